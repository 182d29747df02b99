// What files say of colour and orientation: our own files of every space, and files that cameras and other programs
// turn, in all eight ways.
#include "io/image_tags.h"

#include <gtest/gtest.h>
#include <lcms2.h>
#include <libdeflate.h>
#include <tiffio.h>

#include "io/colour_codes.h"
#include "io/file_segments.h"
#include "io/icc_profile.h"
#include "io/image_orientation.h"
#include "io/io_testing.h"
#include "kernels/colour_space.h"

namespace cookline {
using namespace io_testing;
namespace {

using F = PixelFormat;
using T = ImageFileType;

// Where a pixel of the picture that is seen lies in the stored one, counted from the top left.
std::pair<int, int> place(int orientation, int x, int y, int width, int height) {
  switch (orientation) {
    case 2:
      return {width - 1 - x, y};
    case 3:
      return {width - 1 - x, height - 1 - y};
    case 4:
      return {x, height - 1 - y};
    case 5:
      return {y, x};
    case 6:
      return {y, height - 1 - x};
    case 7:
      return {width - 1 - y, height - 1 - x};
    case 8:
      return {width - 1 - y, x};
    default:
      return {x, y};
  }
}

void expect_turned(const Image& seen, const Image& image, int orientation) {
  const bool lies = orientation >= 5;
  ASSERT_EQ(seen.width(), lies ? image.height() : image.width());
  ASSERT_EQ(seen.height(), lies ? image.width() : image.height());
  ASSERT_EQ(seen.format(), image.format());
  const auto bytes = std::size_t(info(image.format()).bytes);
  for (int y = 0; y < seen.height(); ++y)
    for (int x = 0; x < seen.width(); ++x) {
      const auto [from_x, from_y] = place(orientation, x, y, image.width(), image.height());
      ASSERT_EQ(std::memcmp(seen.row(seen.height() - 1 - y) + std::size_t(x) * bytes,
                            image.row(image.height() - 1 - from_y) + std::size_t(from_x) * bytes, bytes),
                0)
          << orientation << " at " << x << ", " << y;
    }
}

// EXIF with an orientation alone.
std::vector<std::byte> exif(int orientation, bool big) {
  const std::string text = big ? std::string("MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0", 19) + char(orientation) +
                                     std::string("\0\0\0\0\0\0", 6)
                               : std::string("II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0", 18) + char(orientation) +
                                     std::string("\0\0\0\0\0\0\0", 7);
  const auto bytes = bytes_of(text);
  return {bytes.begin(), bytes.end()};
}

void add_png_chunk(std::vector<std::byte>& file, std::string_view name, const std::vector<std::byte>& content) {
  std::vector<std::byte> chunk;
  const auto number = [&](std::uint32_t v) {
    for (int shift = 24; shift >= 0; shift -= 8) chunk.push_back(std::byte(v >> shift));
  };
  number(std::uint32_t(content.size()));
  append_text(chunk, name);
  chunk.insert(chunk.end(), content.begin(), content.end());
  number(libdeflate_crc32(0, chunk.data() + 4, chunk.size() - 4));
  file.insert(file.begin() + 33, chunk.begin(), chunk.end());
}

std::vector<std::byte> with_exif(const Image& image, T type, int orientation, bool big) {
  EncodeOptions options;
  options.quality = 1;
  options.chroma = ChromaSubsampling::s444;
  std::vector<std::byte> file = encoded(image, type, options), content;
  if (type == T::jpeg) append_text(content, std::string_view("Exif\0\0", 6));
  const std::vector<std::byte> body = exif(orientation, big);
  content.insert(content.end(), body.begin(), body.end());
  if (type == T::png) add_png_chunk(file, "eXIf", content);
  if (type == T::webp) add_to_webp(file, {.name = "EXIF", .flag = 0x08}, content, image.width(), image.height(), true);
  if (type == T::jpeg) {
    std::vector<std::byte> segment;
    append_jpeg_segment(segment, 0xe1, content);
    add_to_jpeg(file, segment);
  }
  return file;
}

TEST(image_orientation, turns_pictures_of_every_pixel_size) {
  for (const F format : {F::mono8fixed, F::rg8fixed, F::rgba8fixed, F::rgb16float, F::rgba16fixed, F::rgba32float})
    for (int orientation = 0; orientation <= 9; ++orientation) {
      const Image image = random_image(7, 5, format, std::uint64_t(orientation));
      const int known = orientation >= 1 && orientation <= 8 ? orientation : 1;
      expect_turned(oriented(stored(image), orientation), stored(image), known);
      EXPECT_EQ(oriented_size(stored(image), orientation).width(), known >= 5 ? 5 : 7);
    }
}

TEST(image_orientation, of_exif_is_honoured_in_every_type_that_holds_it) {
  const Image image = random_image(9, 6, F::rgba8fixed, 3);
  for (const T type : {T::png, T::webp, T::jpeg})
    for (int orientation = 1; orientation <= 8; ++orientation)
      for (const bool big : {false, true}) {
        SCOPED_TRACE(std::string(info(type).name) + " " + std::to_string(orientation));
        const auto file = with_exif(image, type, orientation, big);
        EXPECT_EQ(image_tags(file).orientation, orientation);
        EncodeOptions options;
        options.quality = 1;
        options.chroma = ChromaSubsampling::s444;
        expect_turned(decoded(file), decoded(encoded(image, type, options)), orientation);
        const auto header = decode_image(file, {.header_only = true});
        ASSERT_TRUE(header);
        EXPECT_EQ(header->width(), orientation >= 5 ? 6 : 9);
      }
}

// 9 x 6 pixels: in rows, or in tiles, which go another way.
std::vector<std::byte> tiff_of(const Image& image, int orientation, bool tiled, const std::string& path) {
  TIFF* const tiff = TIFFOpen(path.c_str(), "w");
  TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, image.width());
  TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, image.height());
  TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 4);
  const std::uint16_t alpha[] = {EXTRASAMPLE_ASSOCALPHA};
  TIFFSetField(tiff, TIFFTAG_EXTRASAMPLES, 1, alpha);
  TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
  TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField(tiff, TIFFTAG_ORIENTATION, orientation);
  std::vector<std::byte> tile(16 * 16 * 4);
  if (tiled) {
    TIFFSetField(tiff, TIFFTAG_TILEWIDTH, 16);
    TIFFSetField(tiff, TIFFTAG_TILELENGTH, 16);
  }
  for (int y = 0; y < image.height(); ++y) {
    std::memcpy(tile.data() + (tiled ? y * 64 : 0), image.row(image.height() - 1 - y), image.row_bytes());
    if (!tiled) TIFFWriteScanline(tiff, tile.data(), std::uint32_t(y), 0);
  }
  if (tiled) TIFFWriteTile(tiff, tile.data(), 0, 0, 0, 0);
  TIFFClose(tiff);
  const std::string text = content(path);
  const auto bytes = bytes_of(text);
  return {bytes.begin(), bytes.end()};
}

TEST(image_orientation, of_tiffs_is_honoured_in_rows_and_tiles) {
  const TemporaryFolder folder;
  const Image image = random_image(9, 6, F::rgba8fixed, 4);
  for (const bool tiled : {false, true})
    for (int orientation = 1; orientation <= 8; ++orientation) {
      SCOPED_TRACE(orientation);
      const std::string path = folder / "a.tif";
      expect_turned(decoded(tiff_of(image, orientation, tiled, path)), image, orientation);
      const auto from_disk = read_image_file(path);
      ASSERT_TRUE(from_disk);
      expect_turned(*from_disk, image, orientation);
      EXPECT_EQ(read_image_header(path)->width_px, orientation >= 5 ? 6 : 9);
    }
}

std::vector<std::byte> in_space(const Image& image, T type, std::string_view space) {
  EncodeOptions options;
  options.colour.space = space;
  return encoded(image, type, options);
}

TEST(image_tags, our_files_say_their_space) {
  const Image image = smooth_image(6, 4, F::rgba16fixed), grey = smooth_image(6, 4, F::mono16fixed);
  for (const kernels::ColourSpace& space : kernels::colour_spaces()) {
    SCOPED_TRACE(space.name);
    const bool proxy = space.curve == kernels::Curve::acesproxy, srgb = space.name == "srgb";
    EXPECT_EQ(image_tags(in_space(image, T::png, space.name)).colour, proxy ? "" : space.name);
    EXPECT_EQ(image_tags(in_space(image, T::exr, space.name)).colour, srgb ? "" : space.name);
    for (const T type : {T::jpeg, T::tiff, T::webp}) {
      EXPECT_EQ(image_tags(in_space(image, type, space.name)).colour, proxy || srgb ? "" : space.name);
      if (proxy || srgb || type == T::webp) continue;
      // Of grey the curve is all that there is.
      const std::string found = image_tags(in_space(grey, type, space.name)).colour;
      ASSERT_NE(kernels::colour_space_named(found), nullptr);
      EXPECT_EQ(kernels::colour_space_named(found)->curve, space.curve);
    }
  }
  for (const T type : {T::png, T::exr, T::tiff, T::bmp, T::dds})
    EXPECT_EQ(image_tags(in_space(image, type, "passthrough")).colour, "");
  const TemporaryFolder folder;
  for (const T type : {T::png, T::exr, T::tiff, T::jpeg, T::webp}) {
    const auto file = in_space(image, type, "rec2020");
    put(folder / "a", {reinterpret_cast<const char*>(file.data()), file.size()});
    EXPECT_EQ(read_image_header(folder / "a")->colour, "rec2020") << "as a header";
  }
}

TEST(image_tags, profiles_of_other_programs_are_known_by_what_they_describe) {
  const auto bytes_of_profile = [](cmsHPROFILE profile) {
    cmsUInt32Number size = 0;
    cmsSaveProfileToMem(profile, nullptr, &size);
    std::vector<std::byte> bytes(size);
    cmsSaveProfileToMem(profile, bytes.data(), &size);
    cmsCloseProfile(profile);
    return bytes;
  };
  EXPECT_EQ(space_of_profile(bytes_of_profile(cmsCreate_sRGBProfile())), "srgb");
  EXPECT_EQ(space_of_profile(bytes_of_profile(cmsCreateLab4Profile(nullptr))), "");
  // Adobe RGB is none of the menu.
  const cmsCIExyY white = {0.3127, 0.3290, 1};
  const cmsCIExyYTRIPLE adobe = {{0.64, 0.33, 1}, {0.21, 0.71, 1}, {0.15, 0.06, 1}};
  cmsToneCurve* const curve = cmsBuildGamma(nullptr, 563.0 / 256);
  cmsToneCurve* const curves[3] = {curve, curve, curve};
  EXPECT_EQ(space_of_profile(bytes_of_profile(cmsCreateRGBProfile(&white, &adobe, curves))), "");
  cmsFreeToneCurve(curve);
}

TEST(image_tags, codes_of_h273_are_spaces) {
  for (const kernels::ColourSpace& space : kernels::colour_spaces()) {
    const ColourCodes codes = colour_codes(space.name);
    if (!codes.known()) continue;
    EXPECT_EQ(space_of_codes(codes.primaries, codes.transfer), space.name);
  }
  EXPECT_EQ(space_of_codes(9, 15), "rec2020");
  EXPECT_EQ(space_of_codes(7, 1), "rec601ntsc");
  EXPECT_EQ(space_of_codes(2, 2), "");
  EXPECT_EQ(space_of_codes(12, 16), "");
}

TEST(image_tags, of_damaged_files_are_none_and_do_no_harm) {
  const Image image = smooth_image(6, 4, F::rgba8fixed);
  for (const T type : {T::png, T::jpeg, T::webp, T::tiff, T::exr}) {
    std::vector<std::byte> file = in_space(image, type, "rec2020");
    for (std::size_t size = 0; size < file.size(); size += 1 + size / 40) (void)image_tags(std::span(file).first(size));
    for (std::uint64_t i = 0; i < 400; ++i) {
      std::vector<std::byte> damaged = file;
      for (std::uint64_t k = 0; k < 4; ++k)
        damaged[random_bits(i, k) % damaged.size()] = std::byte(random_bits(i, k + 10));
      const ImageTags tags = image_tags(damaged);
      EXPECT_TRUE(tags.orientation >= 1 && tags.orientation <= 8);
    }
  }
  EXPECT_EQ(image_tags({}).orientation, 1);
}

}  // namespace
}  // namespace cookline
