// PNG files beside libpng, the library that most programs use: it reads what is written, and its best is no smaller.
#include <gtest/gtest.h>
#include <png.h>

#include <cmath>
#include <cstring>
#include <functional>

#include "io/image_file.h"
#include "io/io_testing.h"

namespace cookline {
using namespace io_testing;
namespace {

using Bytes = std::vector<std::byte>;

Bytes png(const Image& image, PngEffort effort) {
  auto file = encode_image(image, ImageFileType::png, {.png_effort = effort});
  EXPECT_TRUE(file);
  return file ? *std::move(file) : Bytes();
}

// The rows of a file from the bottom, as libpng reads them; empty where it finds fault with the file.
Bytes read_by_libpng(const Bytes& file, const Image& like) {
  png_structp reader = png_create_read_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(reader);
  std::span<const std::byte> rest(file);
  Bytes pixels(like.bytes());
  std::vector<png_bytep> rows;
  for (int y = like.height(); y-- > 0;)
    rows.push_back(reinterpret_cast<png_bytep>(pixels.data()) + std::size_t(y) * like.row_bytes());
  if (setjmp(png_jmpbuf(reader))) {
    png_destroy_read_struct(&reader, &info, nullptr);
    return {};
  }
  png_set_read_fn(reader, &rest, [](png_structp from, png_bytep to, std::size_t count) {
    auto& left = *static_cast<std::span<const std::byte>*>(png_get_io_ptr(from));
    if (count > left.size()) png_error(from, "the file ends early");
    std::memcpy(to, left.data(), count);
    left = left.subspan(count);
  });
  png_read_info(reader, info);
  if (png_get_bit_depth(reader, info) == 16) png_set_swap(reader);
  png_read_update_info(reader, info);
  if (png_get_rowbytes(reader, info) != like.row_bytes()) png_error(reader, "rows of another size");
  png_read_image(reader, rows.data());
  png_read_end(reader, info);
  png_destroy_read_struct(&reader, &info, nullptr);
  return pixels;
}

// The size of the file that libpng makes of RGBA at its highest level, with filters of its choice.
std::size_t libpng_size(const Image& image) {
  png_structp writer = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, nullptr, nullptr);
  png_infop info = png_create_info_struct(writer);
  std::size_t size = 0;
  png_set_write_fn(
      writer, &size,
      [](png_structp to, png_bytep, std::size_t count) { *static_cast<std::size_t*>(png_get_io_ptr(to)) += count; },
      nullptr);
  png_set_IHDR(writer, info, png_uint_32(image.width()), png_uint_32(image.height()), 8, PNG_COLOR_TYPE_RGBA,
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_set_sRGB(writer, info, PNG_sRGB_INTENT_PERCEPTUAL);
  png_set_compression_level(writer, 9);
  png_write_info(writer, info);
  for (int y = image.height(); y-- > 0;) png_write_row(writer, reinterpret_cast<png_const_bytep>(image.row(y)));
  png_write_end(writer, info);
  png_destroy_write_struct(&writer, &info);
  return size;
}

Image painted(const std::function<double(int, int, int)>& value) {
  Image image(320, 300, PixelFormat::rgba8fixed);
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x)
      for (int c = 0; c < 4; ++c) {
        const double at = c < 3 ? std::clamp(value(x, y, c), 0.0, 255.0) : 255;
        image.row(y)[4 * x + c] = std::byte(std::lround(at));
      }
  return image;
}

double noise(int x, int y, int c) { return random_unit(1, std::uint64_t((y * 4096 + x) * 4 + c)); }

double waves(int x, int y, int c) { return 127 + 100 * std::sin(x * 0.011 + c) * std::sin(y * 0.013 + x * 0.005); }

}  // namespace

TEST(png_libpng, it_reads_every_format_in_both_efforts) {
  for (const PixelFormat format : {PixelFormat::mono8fixed, PixelFormat::monoalpha8fixed, PixelFormat::rgba8fixed,
                                   PixelFormat::mono16fixed, PixelFormat::monoalpha16fixed, PixelFormat::rgba16fixed})
    for (const PngEffort effort : {PngEffort::fast, PngEffort::small})
      for (const Image& image : {random_image(301, 200, format, 1), smooth_image(257, 300, format)}) {
        const Bytes pixels = read_by_libpng(png(image, effort), image);
        ASSERT_EQ(pixels.size(), image.bytes()) << info(format).name;
        EXPECT_EQ(std::memcmp(pixels.data(), image.row(0), pixels.size()), 0) << info(format).name;
      }
}

TEST(png_libpng, small_is_no_larger_than_its_level_9) {
  const std::pair<const char*, std::function<double(int, int, int)>> kinds[] = {
      {"noise", [](int x, int y, int c) { return 255 * noise(x, y, c); }},
      {"slopes", waves},
      {"grey slopes", [](int x, int y, int) { return waves(x, y, 0); }},
      {"grain", [](int x, int y, int c) { return waves(x, y, c) + 8 * noise(x, y, c); }},
      {"few colours", [](int x, int y, int c) { return (x / 17 + y / 23) % 3 == c ? 200 : 30; }},
      {"dots", [](int x, int y, int) { return x % 8 == 0 && y % 8 == 0 ? 255 : 0; }},
      {"one colour", [](int, int, int c) { return 80.0 + c; }}};
  for (const auto& [name, value] : kinds) {
    const Image image = painted(value);
    EXPECT_LE(png(image, PngEffort::small).size(), libpng_size(image)) << name;
  }
}

}  // namespace cookline
