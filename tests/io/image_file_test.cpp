#include "io/image_file.h"

#include <gtest/gtest.h>
#include <turbojpeg.h>

#include <thread>

#include "io/io_testing.h"

namespace cookline {
using namespace io_testing;
namespace {

std::vector<std::byte> from_hex(std::string_view hex) {
  std::vector<std::byte> bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    bytes.push_back(std::byte(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16)));
  return bytes;
}

void expect_png_is_exact(int width, int height, PixelFormat format, std::uint64_t seed) {
  SCOPED_TRACE(std::string(info(format).name) + " " + std::to_string(width) + "x" + std::to_string(height));
  const Image image = stored(random_image(width, height, format, seed));
  const Image read = decoded(encoded(image, ImageFileType::png));
  ASSERT_EQ(read.width(), width);
  ASSERT_EQ(read.height(), height);
  const bool eight = info(format).component == Component::u8;
  ASSERT_EQ(info(read.format()).component, eight ? Component::u8 : Component::u16);
  const int most = eight ? 255 : 65535;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const auto want = pixel(image, x, y), got = pixel(read, x, y);
      for (std::size_t c = 0; c < 4; ++c)
        ASSERT_EQ(fixed_value(got[c], most), fixed_value(want[c], most)) << "at " << x << ", " << y << " channel " << c;
    }
}

double psnr(const Image& a, const Image& b) {
  double sum = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x)
      for (std::size_t c = 0; c < 3; ++c) sum += std::pow(pixel(a, x, y)[c] - pixel(b, x, y)[c], 2);
  return -10 * std::log10(sum / (3.0 * a.width() * a.height()) + 1e-12);
}

constexpr ImageFileType written_types[] = {ImageFileType::tiff, ImageFileType::jpeg, ImageFileType::bmp,
                                           ImageFileType::exr,  ImageFileType::png,  ImageFileType::dds,
                                           ImageFileType::webp};

}  // namespace

TEST(image_file, types_have_the_menu_s_names_and_their_usual_extensions) {
  EXPECT_EQ(image_file_type_named("jpeg"), ImageFileType::jpeg);
  EXPECT_EQ(image_file_type_named("exr"), ImageFileType::exr);
  EXPECT_EQ(image_file_type_named("jpg"), std::nullopt);
  EXPECT_EQ(info(ImageFileType::jpeg).extensions[0], "jpg");
  EXPECT_EQ(image_file_type_of("a/0.1.JPEG"), ImageFileType::jpeg);
  EXPECT_EQ(image_file_type_of("0.1.png"), ImageFileType::png);
  EXPECT_EQ(image_file_type_of("png"), std::nullopt);
  EXPECT_EQ(image_file_type_of("a."), std::nullopt);
  for (int i = 0; i < image_file_type_count; ++i) {
    const ImageFileTypeInfo& type = info(ImageFileType(i));
    EXPECT_EQ(image_file_type_named(type.name), ImageFileType(i));
    EXPECT_EQ(image_file_type_of("x." + std::string(type.extensions[0])), ImageFileType(i));
  }
}

TEST(image_file, png_is_exact_in_every_pixel_format) {
  for (int format = 0; format < pixel_format_count; ++format)
    for (std::uint64_t seed = 0; seed < 8; ++seed)
      expect_png_is_exact(random_int(seed, 0, 1, 67), random_int(seed, 1, 1, 21), PixelFormat(format), seed);
}

TEST(image_file, png_is_exact_for_the_smallest_and_thinnest_pictures) {
  for (int format = 0; format < pixel_format_count; ++format) {
    expect_png_is_exact(1, 1, PixelFormat(format), 1);
    expect_png_is_exact(1, 97, PixelFormat(format), 2);
    expect_png_is_exact(97, 1, PixelFormat(format), 3);
  }
}

TEST(image_file, png_holds_as_many_channels_as_the_format) {
  const auto colour_and_depth = [](PixelFormat format) {
    const auto bytes = encoded(random_image(3, 2, format, 5), ImageFileType::png);
    return std::pair(int(bytes[25]), int(bytes[24]));  // IHDR's colour type and bit depth
  };
  EXPECT_EQ(colour_and_depth(PixelFormat::rgba8fixed), std::pair(6, 8));
  EXPECT_EQ(colour_and_depth(PixelFormat::rgba16float), std::pair(6, 16));
  EXPECT_EQ(colour_and_depth(PixelFormat::rgb10a2fixed), std::pair(6, 16));
  EXPECT_EQ(colour_and_depth(PixelFormat::rgb32float), std::pair(2, 16));
  EXPECT_EQ(colour_and_depth(PixelFormat::rg8fixed), std::pair(2, 8));
  EXPECT_EQ(colour_and_depth(PixelFormat::mono8fixed), std::pair(0, 8));
  EXPECT_EQ(colour_and_depth(PixelFormat::mono32float), std::pair(0, 16));
  EXPECT_EQ(colour_and_depth(PixelFormat::monoalpha8fixed), std::pair(4, 8));
  EXPECT_EQ(colour_and_depth(PixelFormat::a16fixed), std::pair(4, 16));
}

TEST(image_file, a_png_of_several_chunks_reads_back) {
  expect_png_is_exact(900, 500, PixelFormat::rgba8fixed, 11);  // random bits: 1.8 MB that do not compress
}

TEST(image_file, png_says_that_it_is_srgb) {
  const auto bytes = encoded(random_image(3, 2, PixelFormat::rgba8fixed, 5), ImageFileType::png);
  const std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  EXPECT_EQ(text.substr(33, 9), std::string("\0\0\0\1sRGB\0", 9));
}

TEST(image_file, png_files_of_other_programs_are_read) {
  const Image palette = decoded(from_hex(
      "89504e470d0a1a0a0000000d4948445200000003000000020203000000e01a8e890000000c504c5445ff000000ff000000ff090807a2d262"
      "c00000000274524e53ff80080fb36a0000000c4944415478da639060380200011000dd2f18dc8e0000000049454e44ae426082"));
  EXPECT_EQ(pixel(palette, 0, 1), (std::array<float, 4>{1, 0, 0, 1}));
  EXPECT_EQ(pixel(palette, 1, 1), (std::array<float, 4>{0, 1, 0, 128 / 255.0f}));
  EXPECT_EQ(pixel(palette, 0, 0), (std::array<float, 4>{9 / 255.0f, 8 / 255.0f, 7 / 255.0f, 1}));

  const Image one_bit = decoded(from_hex(
      "89504e470d0a1a0a0000000d4948445200000009000000020100000000a22dcb7e0000000e4944415478da6358d5c0c0c000000558012b0f"
      "8280a90000000049454e44ae426082"));
  EXPECT_EQ(one_bit.format(), PixelFormat::mono8fixed);
  for (int x = 0; x < 9; ++x) EXPECT_EQ(pixel(one_bit, x, 1)[0], x % 2 == 0 ? 1.0f : 0.0f);
  for (int x = 0; x < 9; ++x) EXPECT_EQ(pixel(one_bit, x, 0)[0], 0.0f);

  const Image transparent_grey = decoded(from_hex(
      "89504e470d0a1a0a0000000d4948445200000002000000010800000000d14920560000000274524e530007e8f7589b0000000b4944415478"
      "da63603f010000d900d0440255db0000000049454e44ae426082"));
  EXPECT_EQ(pixel(transparent_grey, 0, 0)[3], 0.0f);
  EXPECT_EQ(pixel(transparent_grey, 1, 0), (std::array<float, 4>{200 / 255.0f, 200 / 255.0f, 200 / 255.0f, 1}));

  const Image interlaced = decoded(from_hex(
      "89504e470d0a1a0a0000000d4948445200000005000000030802000001a35362390000002c4944415478da0dc83101000008844036fa98e9"
      "3399e963e9700300d297474d6d65707f4cdd2fe2c4c48d8d0717a30c22b1987a160000000049454e44ae426082"));
  for (int y = 0; y < 3; ++y)
    for (int x = 0; x < 5; ++x)
      EXPECT_EQ(pixel(interlaced, x, 2 - y),
                (std::array<float, 4>{float(x * 50) / 255.0f, float(y * 100) / 255.0f, 7 / 255.0f, 1}));
}

TEST(image_file, jpeg_of_smooth_content_is_near_the_original) {
  for (const PixelFormat format : {PixelFormat::rgba8fixed, PixelFormat::rgba16float, PixelFormat::rgba16fixed,
                                   PixelFormat::rgb32float, PixelFormat::mono8fixed, PixelFormat::mono32float})
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      const Image image = smooth_image(random_int(seed, 0, 100, 301), random_int(seed, 1, 100, 301), format);
      const Image read = decoded(encoded(image, ImageFileType::jpeg, {.quality = 0.9}));
      ASSERT_EQ(std::pair(read.width(), read.height()), std::pair(image.width(), image.height()));
      EXPECT_GT(psnr(image, read), 40) << info(format).name << " " << image.width() << "x" << image.height();
    }
}

TEST(image_file, every_size_and_format_makes_a_jpeg) {
  for (int format = 0; format < pixel_format_count; ++format) {
    if (info(PixelFormat(format)).layout == Layout::a) continue;
    const bool grey =
        info(PixelFormat(format)).layout == Layout::mono || info(PixelFormat(format)).layout == Layout::monoalpha;
    for (const auto& [width, height] : {std::pair(1, 1), {1, 50}, {50, 1}, {17, 9}, {8, 8}, {33, 7}}) {
      const Image read = decoded(encoded(random_image(width, height, PixelFormat(format), 3), ImageFileType::jpeg));
      EXPECT_EQ(std::pair(read.width(), read.height()), std::pair(width, height));
      EXPECT_EQ(read.format(), grey ? PixelFormat::mono8fixed : PixelFormat::rgba8fixed);
    }
  }
}

TEST(image_file, jpeg_refuses_what_it_cannot_hold) {
  const auto alpha_only = encode_image(Image(2, 2, PixelFormat::a16float), ImageFileType::jpeg);
  ASSERT_FALSE(alpha_only);
  EXPECT_NE(alpha_only.error().what.find("a16float"), std::string::npos);
  const auto wide = encode_image(random_image(65501, 1, PixelFormat::mono8fixed, 1), ImageFileType::jpeg);
  ASSERT_FALSE(wide);
  EXPECT_NE(wide.error().what.find("65500"), std::string::npos);
}

TEST(image_file, the_top_of_the_picture_is_the_top_of_the_file) {
  for (const ImageFileType type : written_types)
    for (const PixelFormat format : {PixelFormat::rgba8fixed, PixelFormat::rgba32float}) {
      const auto bytes = encoded(red_above_blue(32, 32, format), type);
      const Image read = decoded(bytes);
      EXPECT_GT(pixel(read, 16, 31)[0], 0.95f) << info(type).name;
      EXPECT_LT(pixel(read, 16, 0)[0], 0.05f) << info(type).name;
    }
  // Told by a program that knows nothing of bottom rows: TurboJPEG as it comes.
  const auto bytes = encoded(red_above_blue(32, 32, PixelFormat::rgba8fixed), ImageFileType::jpeg);
  std::vector<unsigned char> rgb(32 * 32 * 3);
  const tjhandle handle = tjInitDecompress();
  ASSERT_EQ(tjDecompress2(handle, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), rgb.data(), 32, 0,
                          32, TJPF_RGB, 0),
            0);
  tjDestroy(handle);
  EXPECT_GT(rgb[0], 240);
  EXPECT_LT(rgb[32 * 31 * 3], 15);
}

TEST(image_file, alpha_does_not_change_a_jpeg) {
  Image image = smooth_image(40, 30, PixelFormat::rgba8fixed);
  const auto opaque = encoded(image, ImageFileType::jpeg);
  for (std::size_t i = 3; i < image.bytes(); i += 4) image.row(0)[i] = std::byte(0);
  EXPECT_EQ(encoded(image, ImageFileType::jpeg), opaque);
}

// As TurboJPEG makes it of pixels that it takes for colours.
std::vector<std::byte> plain_jpeg(const Image& image, int chroma) {
  unsigned char* buffer = nullptr;
  unsigned long size = 0;
  const tjhandle handle = tjInitCompress();
  EXPECT_EQ(tjCompress2(handle, reinterpret_cast<const unsigned char*>(image.row(0)), image.width(), 0, image.height(),
                        TJPF_RGBX, &buffer, &size, chroma, 90, TJFLAG_BOTTOMUP | TJFLAG_ACCURATEDCT),
            0);
  const auto* const bytes = reinterpret_cast<const std::byte*>(buffer);
  std::vector<std::byte> file(bytes, bytes + size);
  tjFree(buffer);
  tjDestroy(handle);
  return file;
}

TEST(image_file, a_jpeg_of_a_picture_without_colour_is_the_same_file_as_if_it_were_not_seen_to_have_none) {
  constexpr std::pair<ChromaSubsampling, int> chromas[] = {{ChromaSubsampling::s420, TJSAMP_420},
                                                           {ChromaSubsampling::s422, TJSAMP_422},
                                                           {ChromaSubsampling::s444, TJSAMP_444}};
  const auto expect_same = [&](const Image& image) {
    for (const auto& [option, chroma] : chromas)
      EXPECT_EQ(
          encoded(image, ImageFileType::jpeg, {.quality = 0.9, .chroma = option, .colour = {.space = "passthrough"}}),
          plain_jpeg(image, chroma))
          << image.width() << "x" << image.height() << " chroma " << chroma;
  };
  // Small ones after large ones: what a thread has kept is not taken for the next.
  for (const auto& [width, height] :
       {std::pair(256, 70), {1, 1}, {1, 50}, {50, 1}, {17, 9}, {8, 8}, {33, 7}, {15, 16}}) {
    Image image = random_image(width, height, PixelFormat::rgba8fixed, 6);
    for (std::size_t i = 0; i < image.bytes(); ++i)  // the first row has every grey
      if (i % 4 != 3) image.row(0)[i] = i < 1024 ? std::byte(i / 4) : image.row(0)[i / 4 * 4];
    expect_same(image);
    image.row(height / 2)[4 * (width / 2) + 1] ^= std::byte(1);
    expect_same(image);
  }
}

TEST(image_file, quality_and_chroma_do_what_they_say) {
  const Image image = random_image(64, 64, PixelFormat::rgba8fixed, 9);
  const auto size = [&](double quality) { return encoded(image, ImageFileType::jpeg, {.quality = quality}).size(); };
  EXPECT_LT(size(0.1), size(0.5));
  EXPECT_LT(size(0.5), size(1));
  EXPECT_EQ(size(-3), size(0.01));
  EXPECT_EQ(size(NAN), size(0.01));
  EXPECT_EQ(size(7), size(1));
  const auto chroma = [&](ChromaSubsampling option) {
    const auto bytes = encoded(image, ImageFileType::jpeg, {.chroma = option});
    int width = 0, height = 0, found = 0, colours = 0;
    const tjhandle handle = tjInitDecompress();
    tjDecompressHeader3(handle, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), &width, &height,
                        &found, &colours);
    tjDestroy(handle);
    return found;
  };
  EXPECT_EQ(chroma(ChromaSubsampling::s420), TJSAMP_420);
  EXPECT_EQ(chroma(ChromaSubsampling::s422), TJSAMP_422);
  EXPECT_EQ(chroma(ChromaSubsampling::s444), TJSAMP_444);
  EXPECT_EQ(EncodeOptions().chroma, ChromaSubsampling::s420);
}

TEST(image_file, jpeg_files_of_inks_and_progressive_ones_are_read) {
  std::vector<unsigned char> ink(16 * 16 * 4);
  for (std::size_t i = 0; i < ink.size(); i += 4) ink[i] = 200, ink[i + 1] = 100, ink[i + 2] = 50, ink[i + 3] = 128;
  unsigned char* file = nullptr;
  unsigned long size = 0;
  const tjhandle handle = tjInitCompress();
  ASSERT_EQ(tjCompress2(handle, ink.data(), 16, 0, 16, TJPF_CMYK, &file, &size, TJSAMP_444, 100, TJFLAG_PROGRESSIVE),
            0);
  const Image read = decoded(std::as_bytes(std::span(file, size)));
  tjFree(file);
  tjDestroy(handle);
  const auto middle = pixel(read, 8, 8);
  EXPECT_NEAR(middle[0] * 255, 200 * 128 / 255.0, 3);
  EXPECT_NEAR(middle[1] * 255, 100 * 128 / 255.0, 3);
  EXPECT_NEAR(middle[2] * 255, 50 * 128 / 255.0, 3);
  EXPECT_EQ(middle[3], 1);
}

TEST(image_file, a_picture_has_the_same_bytes_whatever_the_thread_has_encoded_before) {
  const Image image = random_image(70, 50, PixelFormat::rgba8fixed, 4);
  for (const ImageFileType type : written_types) {
    const auto first = encoded(image, type);
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
      threads.emplace_back([&, t] {
        for (int i = 0; i < 5; ++i) {
          encoded(random_image(10 + 90 * t, 20 + 31 * i, PixelFormat::mono8fixed, 8), type, {.quality = 0.2 * i});
          EXPECT_EQ(encoded(image, type), first);
        }
      });
  }
}

TEST(image_file, every_truncated_file_is_an_error) {
  for (const ImageFileType type : written_types)
    for (const PixelFormat format : {PixelFormat::rgba8fixed, PixelFormat::mono16fixed}) {
      const auto bytes = encoded(random_image(23, 19, format, 2), type);
      for (std::size_t size = 0; size < bytes.size(); ++size) {
        const auto result = decode_image(std::span(bytes).first(size));
        ASSERT_FALSE(result) << info(type).name << " of " << size << " of " << bytes.size() << " bytes";
        ASSERT_FALSE(result.error().what.empty());
      }
    }
}

TEST(image_file, damaged_files_never_crash) {
  for (const ImageFileType type : written_types) {
    const auto bytes = encoded(smooth_image(37, 29, PixelFormat::rgba8fixed), type);
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
      auto damaged = bytes;
      for (int i = 0; i < 1 + int(seed % 3); ++i)
        damaged[std::size_t(random_int(seed, std::uint64_t(i), 0, int(bytes.size()) - 1))] =
            std::byte(random_bits(seed, 100 + std::uint64_t(i)));
      const auto result = decode_image(damaged);
      if (result)
        EXPECT_GE(result.operator*().width(), 1);
      else
        EXPECT_FALSE(result.error().what.empty());
    }
  }
}

TEST(image_file, a_good_file_is_read_after_any_damaged_one) {
  for (const ImageFileType type : written_types) {
    const auto bytes = encoded(smooth_image(37, 29, PixelFormat::rgba8fixed), type);
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
      auto damaged = bytes;
      damaged[std::size_t(random_int(seed, 0, 0, int(bytes.size()) - 1))] = std::byte(random_bits(seed, 1));
      (void)decode_image(damaged);
      ASSERT_TRUE(decode_image(bytes)) << info(type).name << " after seed " << seed;
    }
  }
}

TEST(image_file, a_header_that_states_a_monstrous_size_is_refused_before_memory_is_asked_for) {
  auto png = encoded(random_image(3, 2, PixelFormat::rgba8fixed, 5), ImageFileType::png);
  const auto monster = from_hex("89504e470d0a1a0a0000000d494844520000ffff0000ffff1006000000e6950513");
  std::copy(monster.begin(), monster.end(), png.begin());
  const auto png_result = decode_image(png);
  ASSERT_FALSE(png_result);
  EXPECT_NE(png_result.error().what.find("65535 x 65535"), std::string::npos) << png_result.error().what;

  auto jpeg = encoded(random_image(8, 8, PixelFormat::mono8fixed, 5), ImageFileType::jpeg);
  for (std::size_t i = 0; i + 9 < jpeg.size(); ++i)  // the frame header: FF C0, length, precision, height, width
    if (jpeg[i] == std::byte(0xff) && jpeg[i + 1] == std::byte(0xc0))
      for (std::size_t k = 5; k < 9; ++k) jpeg[i + k] = std::byte(k % 2 ? 0xff : 0xdc);
  const auto jpeg_result = decode_image(jpeg);
  ASSERT_FALSE(jpeg_result);
  EXPECT_NE(jpeg_result.error().what.find("65500 x 65500"), std::string::npos) << jpeg_result.error().what;
}

TEST(image_file, files_of_other_kinds_are_named) {
  const auto text = decode_image(bytes_of("hello"));
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().what, "is no image file of a known type; readable: tiff, jpeg, bmp, exr, png, dds, webp");
}

TEST(image_file, reading_a_file_names_it_in_its_errors) {
  const TemporaryFolder folder;
  put(folder / "text.png", "no picture");
  const auto text = read_image_file(folder / "text.png");
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().where, folder / "text.png");
  const auto missing = read_image_file(folder / "missing.png");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().where, folder / "missing.png");
  const auto bytes = encoded(smooth_image(5, 4, PixelFormat::rgba8fixed), ImageFileType::png);
  put(folder / "good.png", {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  const auto good = read_image_file(folder / "good.png");
  ASSERT_TRUE(good);
  EXPECT_EQ(good.operator*().width(), 5);
}

}  // namespace cookline
