// What each type of image file keeps of each pixel format, and what its files say of themselves.
#include <ImfChannelList.h>
#include <ImfFrameBuffer.h>
#include <ImfHeader.h>
#include <ImfOutputFile.h>
#include <ImfTiledOutputFile.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <tiffio.h>

#include <algorithm>
#include <map>

#include "io/image_file.h"
#include "io/io_testing.h"

namespace cookline {
using namespace io_testing;
namespace {

using T = ImageFileType;
using F = PixelFormat;

// Floats that are equal or both not a number.
bool same(float a, float b) { return a == b || (std::isnan(a) && std::isnan(b)); }

// The steps that a type keeps of a channel of a format; 0: every value exactly.
int steps(T type, F format, std::size_t channel) {
  const Component component = info(format).component;
  if (type == T::bmp || type == T::webp) return 255;
  if (type == T::dds || !info(format).fixed()) return 0;
  if (component == Component::u8) return 255;
  if (type == T::tiff) return 65535;
  if (component == Component::packed10) return channel == 3 ? 3 : 1023;
  return 0;
}

void expect_kept(const Image& image, const Image& read, T type) {
  ASSERT_EQ(read.width(), image.width());
  ASSERT_EQ(read.height(), image.height());
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) {
      const auto want = pixel(image, x, y), got = pixel(read, x, y);
      for (std::size_t c = 0; c < 4; ++c) {
        const int most = steps(type, image.format(), c);
        const bool kept = most ? fixed_value(got[c], most) == fixed_value(want[c], most) : same(got[c], want[c]);
        ASSERT_TRUE(kept) << "at " << x << ", " << y << " channel " << c << ": " << got[c] << " for " << want[c];
      }
    }
}

void expect_type_keeps(T type, int width, int height, F format, std::uint64_t seed, EncodeOptions options = {}) {
  SCOPED_TRACE(fmt::format("{} {} {}x{} {}", info(type).name, info(format).name, width, height,
                           compression_names[std::size_t(options.compression)]));
  options.quality = 1;
  const Image image = random_image(width, height, format, seed);
  const Image read = decoded(encoded(image, type, options));
  // A DDS knows of the sRGB curve, all others keep what is stored.
  const Image numbers = stored(image);
  expect_kept(type == T::dds ? image : numbers, read, type);
}

// Entries of a TIFF's only directory: number of the tag → its first value.
std::map<int, std::uint32_t> tags_of(const std::vector<std::byte>& file) {
  const auto number = [&](std::size_t at, int size) {
    std::uint32_t value = 0;
    std::memcpy(&value, file.data() + at, std::size_t(size));
    return value;
  };
  std::map<int, std::uint32_t> tags;
  const std::size_t start = number(4, 4);
  for (std::size_t i = 0; i < number(start, 2); ++i) {
    const std::size_t entry = start + 2 + 12 * i;
    tags[int(number(entry, 2))] = number(entry + 8, number(entry + 2, 2) == 3 ? 2 : 4);
  }
  return tags;
}

std::string text_of(const std::vector<std::byte>& file) {
  return {reinterpret_cast<const char*>(file.data()), file.size()};
}

std::vector<std::byte> file_at(const std::filesystem::path& path) {
  const std::string text = content(path);
  const auto bytes = bytes_of(text);
  return {bytes.begin(), bytes.end()};
}

constexpr T lossless_types[] = {T::tiff, T::exr, T::bmp, T::dds, T::webp};

}  // namespace

TEST(image_types, lossless_ones_keep_every_pixel_format) {
  for (const T type : lossless_types)
    for (int format = 0; format < pixel_format_count; ++format)
      for (std::uint64_t seed = 0; seed < 4; ++seed)
        expect_type_keeps(type, random_int(seed, 0, 1, 67), random_int(seed, 1, 1, 21), F(format), seed);
}

TEST(image_types, lossless_ones_keep_the_smallest_and_thinnest_pictures) {
  for (const T type : lossless_types)
    for (int format = 0; format < pixel_format_count; ++format) {
      expect_type_keeps(type, 1, 1, F(format), 1);
      expect_type_keeps(type, 1, 97, F(format), 2);
      expect_type_keeps(type, 97, 1, F(format), 3);
    }
}

TEST(image_types, every_lossless_compression_keeps_every_pixel_format) {
  using C = Compression;
  for (int format = 0; format < pixel_format_count; ++format) {
    for (const C c : {C::none, C::lzw, C::zip}) expect_type_keeps(T::tiff, 53, 19, F(format), 7, {.compression = c});
    for (const C c : {C::none, C::rle, C::zips, C::zip, C::piz})
      expect_type_keeps(T::exr, 53, 39, F(format), 7, {.compression = c});
  }
  // Several strips, and blocks of more than 32 lines.
  expect_type_keeps(T::tiff, 700, 300, F::rgba16fixed, 8, {.compression = C::lzw});
  expect_type_keeps(T::tiff, 700, 300, F::rgb32float, 8);
  expect_type_keeps(T::exr, 300, 301, F::rgba32float, 8, {.compression = C::piz});
}

TEST(image_types, compressions_make_files_smaller_and_dwa_loses_little) {
  using C = Compression;
  const Image image = smooth_image(200, 150, F::rgba16float);
  const auto size = [&](T type, C c) { return encoded(image, type, {.compression = c}).size(); };
  for (const C c : {C::lzw, C::zip}) EXPECT_LT(size(T::tiff, c), size(T::tiff, C::none) / 2);
  for (const C c : {C::rle, C::zips, C::zip, C::piz, C::dwaa, C::dwab})
    EXPECT_LT(size(T::exr, c), size(T::exr, C::none)) << compression_names[std::size_t(c)];
  EXPECT_EQ(encoded(image, T::exr), encoded(image, T::exr, {.compression = C::zip}));
  EXPECT_EQ(encoded(image, T::tiff), encoded(image, T::tiff, {.compression = C::none}));
  for (const C c : {C::dwaa, C::dwab}) {
    const Image read = decoded(encoded(image, T::exr, {.compression = c}));
    for (int y = 0; y < 150; ++y)
      for (int x = 0; x < 200; ++x)
        for (std::size_t k = 0; k < 4; ++k) ASSERT_NEAR(pixel(read, x, y)[k], pixel(image, x, y)[k], 0.01);
  }
}

TEST(image_types, compressions_have_names_and_types_know_their_own) {
  for (std::size_t i = 0; i < compression_names.size(); ++i)
    EXPECT_EQ(compression_named(compression_names[i]), Compression(i));
  EXPECT_EQ(compression_named("ZIP"), std::nullopt);
  EXPECT_TRUE(can_compress(T::jpeg, Compression::standard));
  const auto jpeg = encode_image(Image(1, 1, F::mono8fixed), T::jpeg, {.compression = Compression::zip});
  ASSERT_FALSE(jpeg);
  EXPECT_EQ(jpeg.error().code, ErrorCode::project);
  EXPECT_EQ(jpeg.error().what, "image file type 'jpeg' has no compression 'zip'; available: standard");
  EXPECT_EQ(can_compress(T::tiff, Compression::piz).error().what,
            "image file type 'tiff' has no compression 'piz'; available: standard, none, lzw, zip");
  EXPECT_EQ(
      can_compress(T::exr, Compression::lzw).error().what,
      "image file type 'exr' has no compression 'lzw'; available: standard, none, rle, zips, zip, piz, dwaa, dwab");
}

TEST(image_types, files_come_back_in_their_own_depth_and_channels) {
  const auto format = [](T type, F from) { return decoded(encoded(random_image(3, 2, from, 5), type)).format(); };
  EXPECT_EQ(format(T::tiff, F::srgba8fixed), F::rgba8fixed);
  EXPECT_EQ(format(T::tiff, F::rgb10a2fixed), F::rgba16fixed);
  EXPECT_EQ(format(T::tiff, F::mono16float), F::mono32float);
  EXPECT_EQ(format(T::tiff, F::monoalpha8fixed), F::monoalpha8fixed);
  EXPECT_EQ(format(T::exr, F::rgba8fixed), F::rgba16float);
  EXPECT_EQ(format(T::exr, F::rgba16fixed), F::rgba32float);
  EXPECT_EQ(format(T::exr, F::mono16float), F::mono16float);
  EXPECT_EQ(format(T::exr, F::a32float), F::a32float);
  EXPECT_EQ(format(T::bmp, F::rgba32float), F::rgba8fixed);
  EXPECT_EQ(format(T::bmp, F::mono32float), F::mono8fixed);
  for (const F f : {F::rgba8fixed, F::srgba8fixed, F::rgba16float, F::rgba32float, F::rgb10a2fixed, F::rgba11float,
                    F::rgb32float, F::mono16fixed, F::rg16float, F::a8fixed})
    EXPECT_EQ(format(T::dds, f), f);
  EXPECT_EQ(format(T::dds, F::rgb16float), F::rgba16float);
  EXPECT_EQ(format(T::webp, F::mono8fixed), F::rgba8fixed);
}

TEST(image_types, a_tiff_states_its_alpha_and_nothing_of_time_or_place) {
  const auto rgba = tags_of(encoded(smooth_image(8, 4, F::rgba8fixed), T::tiff));
  EXPECT_EQ(rgba.at(338), 1u);  // extra samples: associated alpha
  EXPECT_EQ(rgba.at(277), 4u);  // samples per pixel
  EXPECT_EQ(rgba.at(274), 1u);  // orientation: top left
  EXPECT_EQ(rgba.at(262), 2u);  // RGB
  const auto rgb = tags_of(encoded(smooth_image(8, 4, F::rgb32float), T::tiff, {.compression = Compression::zip}));
  EXPECT_EQ(rgb.count(338), 0u);
  EXPECT_EQ(tags_of(encoded(smooth_image(8, 4, F::mono16float), T::tiff)).at(339), 3u);  // sample format: IEEE float
  EXPECT_EQ(rgb.at(317), 3u);                                                            // predictor: of floats
  for (const int tag : {269, 271, 272, 285, 305, 306, 315, 316, 700, 33432}) {
    EXPECT_EQ(rgba.count(tag), 0u) << tag;
    EXPECT_EQ(rgb.count(tag), 0u) << tag;
  }
}

TEST(image_types, an_exr_states_its_chromaticities_and_nothing_of_time_or_place) {
  const std::string text = text_of(encoded(smooth_image(8, 4, F::rgba16float), T::exr));
  EXPECT_NE(text.find("chromaticities"), std::string::npos);
  for (const char* name : {"capDate", "owner", "utcOffset", "comments", "software", "host"})
    EXPECT_EQ(text.find(name), std::string::npos) << name;
}

TEST(image_types, webp_below_quality_1_is_smaller_and_near) {
  const Image image = smooth_image(64, 48, F::rgba8fixed);
  const Image read = decoded(encoded(image, T::webp, {.quality = 0.9}));
  for (int y = 0; y < 48; ++y)
    for (int x = 0; x < 64; ++x)
      for (std::size_t c = 0; c < 4; ++c) ASSERT_NEAR(pixel(read, x, y)[c], pixel(image, x, y)[c], 0.05);
  const Image noise = random_image(64, 64, F::rgba8fixed, 3);
  const auto size = [&](double quality) { return encoded(noise, T::webp, {.quality = quality}).size(); };
  EXPECT_LT(size(0.1), size(0.8));
  EXPECT_LT(size(0.8), size(1));
  EXPECT_EQ(size(NAN), size(0));
  EXPECT_EQ(size(7), size(1));
}

TEST(image_types, bmp_bytes_are_as_the_format_says) {
  Image image(1, 2, F::rg8fixed);
  const std::uint8_t pixels[] = {10, 20, 30, 40};
  std::memcpy(image.row(0), pixels, 4);
  const auto file = encoded(image, T::bmp);
  ASSERT_EQ(file.size(), 54u + 8u);
  EXPECT_EQ(text_of(file).substr(0, 6), std::string("BM\x3e\0\0\0", 6));
  EXPECT_EQ(text_of(file).substr(54), std::string("\0\x14\x0a\0\0\x28\x1e\0", 8));  // B G R, bottom row first, padded
}

TEST(image_types, a_bmp_with_its_top_row_first_or_without_masks_is_read) {
  auto file = encoded(red_above_blue(4, 4, F::rgba8fixed), T::bmp);
  const std::int32_t height = -4;
  std::memcpy(file.data() + 22, &height, 4);
  EXPECT_EQ(pixel(decoded(file), 0, 0), (std::array<float, 4>{1, 0, 0, 1}));
  file[30] = std::byte(0);  // no masks: the fourth byte means nothing
  for (std::size_t at = 122 + 3; at < file.size(); at += 4) file[at] = std::byte(7);
  EXPECT_EQ(pixel(decoded(file), 0, 3), (std::array<float, 4>{0, 0, 1, 1}));
  file[28] = std::byte(16);
  EXPECT_NE(decode_image(file).error().what.find("16 bits"), std::string::npos);
}

TEST(image_types, a_bmp_palette_of_colours_is_read) {
  Image image(2, 1, F::mono8fixed);
  image.row(0)[0] = std::byte(3), image.row(0)[1] = std::byte(4);
  auto file = encoded(image, T::bmp);
  file[54 + 3 * 4] = std::byte(255);  // blue of entry 3
  EXPECT_EQ(fixed_value(pixel(decoded(file), 0, 0)[2], 255), 255);
  EXPECT_EQ(fixed_value(pixel(decoded(file), 0, 0)[0], 255), 3);
  file[46] = std::byte(4);  // entry 4 does not exist any more
  EXPECT_FALSE(decode_image(file));
}

TEST(image_types, dds_mip_maps_are_means_down_to_one_pixel) {
  Image image(4, 2, F::mono8fixed);
  const std::uint8_t bottom[] = {0, 40, 100, 100}, top[] = {80, 120, 101, 107};
  std::memcpy(image.row(0), bottom, 4);
  std::memcpy(image.row(1), top, 4);
  const auto plain = encoded(image, T::dds);
  ASSERT_EQ(plain.size(), 148u + 8u);
  EXPECT_EQ(int(plain[28]), 1);
  const auto file = encoded(image, T::dds, {.mip_maps = true});
  ASSERT_EQ(file.size(), 148u + 8u + 2u + 1u);
  EXPECT_EQ(int(file[28]), 3);
  EXPECT_EQ(int(file[156]), 60);
  EXPECT_EQ(int(file[157]), 102);
  EXPECT_EQ(int(file[158]), 81);
  EXPECT_EQ(text_of(file).substr(148, 8), text_of(plain).substr(148));
  EXPECT_TRUE(std::ranges::equal(decoded(file).pixels(), image.pixels()));
  EXPECT_FALSE(decode_image(std::span(file).first(file.size() - 1)));
}

TEST(image_types, dds_mip_maps_of_odd_sizes_and_of_every_format_are_whole) {
  for (int format = 0; format < pixel_format_count; ++format) {
    const Image image = smooth_image(13, 5, F(format));
    const auto plain = encoded(image, T::dds), file = encoded(image, T::dds, {.mip_maps = true});
    const std::size_t pixel_bytes = (plain.size() - 148) / 65;
    EXPECT_EQ(file.size(), 148 + pixel_bytes * (13 * 5 + 6 * 2 + 3 * 1 + 1)) << info(F(format)).name;
  }
}

TEST(image_types, an_old_dds_of_24_bits_is_read) {
  auto file = encoded(random_image(2, 2, F::rgba8fixed, 1), T::dds);
  file.resize(128 + 12);
  const std::uint32_t fields[] = {32, 0x40, 0, 24, 0xff0000, 0xff00, 0xff, 0};
  std::memcpy(file.data() + 76, fields, sizeof fields);
  for (std::size_t i = 0; i < 12; ++i) file[128 + i] = std::byte(i);
  const Image read = decoded(file);
  EXPECT_EQ(fixed_value(pixel(read, 0, 1)[0], 255), 2);  // B G R, top row first
  EXPECT_EQ(fixed_value(pixel(read, 1, 0)[2], 255), 9);
  EXPECT_EQ(pixel(read, 1, 0)[3], 1);
  const std::uint32_t dxt1[] = {32, 0x4, 0x31545844};
  std::memcpy(file.data() + 76, dxt1, sizeof dxt1);
  EXPECT_NE(decode_image(file).error().what.find("compressed"), std::string::npos);
}

TEST(image_types, pictures_above_the_limits_are_refused) {
  for (int type = 0; type < image_file_type_count; ++type) {
    const auto file = encoded(smooth_image(20, 10, F::rgba8fixed), T(type));
    EXPECT_TRUE(decode_image(file, {.side_px = 20, .pixels = 200})) << info(T(type)).name;
    for (const DecodeLimits limits : {DecodeLimits{.side_px = 19}, DecodeLimits{.pixels = 199}}) {
      const auto result = decode_image(file, limits);
      ASSERT_FALSE(result) << info(T(type)).name;
      EXPECT_NE(result.error().what.find("20 x 10"), std::string::npos) << result.error().what;
    }
  }
}

TEST(image_types, headers_that_state_a_monstrous_size_are_refused) {
  const std::uint32_t side = 0x7fffff00;
  auto bmp = encoded(smooth_image(20, 10, F::rgba8fixed), T::bmp),
       dds = encoded(smooth_image(20, 10, F::rgba8fixed), T::dds);
  std::memcpy(bmp.data() + 18, &side, 4);
  std::memcpy(dds.data() + 12, &side, 4);
  auto exr = encoded(smooth_image(20, 10, F::rgba16float), T::exr);
  const std::size_t window = text_of(exr).find("dataWindow") + 11 + 6 + 4;
  std::memcpy(exr.data() + window + 12, &side, 4);
  auto tiff = encoded(smooth_image(20, 10, F::rgba8fixed), T::tiff);
  std::uint32_t directory = 0;
  std::memcpy(&directory, tiff.data() + 4, 4);
  std::memcpy(tiff.data() + directory + 2 + 2, "\4\0", 2);  // the first entry, the width, as a number of 32 bits
  std::memcpy(tiff.data() + directory + 2 + 8, &side, 4);
  for (const auto& file : {bmp, dds, exr, tiff}) EXPECT_FALSE(decode_image(file));
}

TEST(image_types, pictures_too_large_for_a_type_are_refused_before_any_work) {
  const Image large(16384, 16400, F::rgba32float);  // 4.3 GB that are never touched
  const auto tiff = encode_image(large, T::tiff);
  ASSERT_FALSE(tiff);
  EXPECT_EQ(tiff.error().hint, "choose exr");
  const auto webp = encode_image(Image(16384, 1, F::mono8fixed), T::webp);
  ASSERT_FALSE(webp);
  EXPECT_NE(webp.error().what.find("at most 16383"), std::string::npos);
}

TEST(image_types, tiffs_of_other_programs_are_read) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.tif";
  const auto write = [&](const char* mode, auto&& fill) {
    TIFF* const tiff = TIFFOpen(path.c_str(), mode);
    TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, 2);
    TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, 2);
    TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
    fill(tiff);
    TIFFClose(tiff);
    Result<Image> picture = decode_image(file_at(path));
    const Result<Image> from_disk = read_image_file(path);
    EXPECT_EQ(bool(from_disk), bool(picture));
    if (picture && from_disk) {
      EXPECT_TRUE(same_pixels(*from_disk, *picture));
    }
    return picture;
  };
  const auto shape = [](TIFF* tiff, int bits, int channels, int photometric) {
    TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, bits);
    TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, channels);
    TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, photometric);
  };
  // Big-endian, bottom row first.
  const auto turned = write("wb", [&](TIFF* tiff) {
    shape(tiff, 16, 3, PHOTOMETRIC_RGB);
    TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_BOTLEFT);
    for (std::uint32_t y = 0; y < 2; ++y) {
      std::uint16_t row[] = {1, 2, 3, 400, 500, std::uint16_t(600 + y)};
      TIFFWriteScanline(tiff, row, y);
    }
  });
  ASSERT_TRUE(turned);
  EXPECT_EQ((*turned).format(), F::rgba16fixed);
  EXPECT_EQ(fixed_value(pixel(*turned, 1, 0)[2], 65535), 600);
  EXPECT_EQ(fixed_value(pixel(*turned, 1, 1)[2], 65535), 601);
  EXPECT_EQ(pixel(*turned, 1, 1)[3], 1);
  // White is 0: shown the right way round.
  const auto inverted = write("w", [&](TIFF* tiff) {
    shape(tiff, 8, 1, PHOTOMETRIC_MINISWHITE);
    std::uint8_t row[] = {255, 0};
    for (std::uint32_t y = 0; y < 2; ++y) TIFFWriteScanline(tiff, row, y);
  });
  ASSERT_TRUE(inverted);
  EXPECT_EQ(pixel(*inverted, 0, 0)[0], 0);
  EXPECT_EQ(pixel(*inverted, 1, 0)[0], 1);
  const auto wide = write("w", [&](TIFF* tiff) {
    shape(tiff, 32, 1, PHOTOMETRIC_MINISBLACK);
    std::uint32_t row[] = {1, 2};
    for (std::uint32_t y = 0; y < 2; ++y) TIFFWriteScanline(tiff, row, y);
  });
  ASSERT_FALSE(wide);
  EXPECT_NE(wide.error().what.find("32 bits"), std::string::npos);
}

TEST(image_types, exr_windows_and_tiles_of_other_programs_are_read) {
  const TemporaryFolder folder;
  const std::string path = folder / "a.exr";
  const Imath::Box2i display({-2, 10}, {5, 13}), data({0, 11}, {7, 12});
  std::vector<float> values(8 * 2);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = float(i + 1);
  const auto view = [&](int height) {
    Imf::FrameBuffer frame;
    char* const base = reinterpret_cast<char*>(values.data());
    frame.insert("Y", Imf::Slice(Imf::FLOAT, base - (height == 2 ? 11 * 32 : 0), 4, 32));
    return frame;
  };
  {
    Imf::Header header(display, data);
    header.channels().insert("Y", Imf::Channel(Imf::FLOAT));
    Imf::OutputFile file(path.c_str(), header);
    file.setFrameBuffer(view(2));
    file.writePixels(2);
  }
  const Image windowed = decoded(file_at(path));
  ASSERT_EQ(windowed.format(), F::mono32float);
  ASSERT_EQ(windowed.width(), 8);
  ASSERT_EQ(windowed.height(), 4);
  EXPECT_EQ(pixel(windowed, 2, 2)[0], 1);   // the data's corner, on line 11
  EXPECT_EQ(pixel(windowed, 7, 1)[0], 14);  // its sixth value of line 12; two more lie outside
  EXPECT_EQ(pixel(windowed, 1, 2)[0], 0);
  EXPECT_EQ(pixel(windowed, 2, 3)[0], 0);
  {
    Imf::Header header(8, 1);
    header.channels().insert("Y", Imf::Channel(Imf::FLOAT));
    header.setTileDescription(Imf::TileDescription(4, 4));
    Imf::TiledOutputFile file(path.c_str(), header);
    file.setFrameBuffer(view(1));
    file.writeTiles(0, file.numXTiles() - 1, 0, 0);
  }
  EXPECT_EQ(pixel(decoded(file_at(path)), 5, 0)[0], 6);
  {
    Imf::Header header(8, 1);
    header.channels().insert("depth", Imf::Channel(Imf::FLOAT));
    Imf::OutputFile file(path.c_str(), header);
    Imf::FrameBuffer frame;
    frame.insert("depth", Imf::Slice(Imf::FLOAT, reinterpret_cast<char*>(values.data()), 4, 32));
    file.setFrameBuffer(frame);
    file.writePixels(1);
  }
  const Image depth = decoded(file_at(path));
  EXPECT_EQ(depth.format(), F::mono32float);
  EXPECT_EQ(pixel(depth, 2, 0)[0], 3);
}

}  // namespace cookline
