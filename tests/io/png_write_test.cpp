// PNG writing in both efforts: exactness in every shape, filters, sizes.
#include <gtest/gtest.h>
#include <libdeflate.h>

#include <set>

#include "io/image_file.h"
#include "io/io_testing.h"
#include "kernels/targets.h"

namespace cookline {
using namespace io_testing;
namespace {

using Bytes = std::vector<std::byte>;

Bytes png(const Image& image, PngEffort effort = PngEffort::fast) {
  auto file = encode_image(image, ImageFileType::png, {.png_effort = effort});
  EXPECT_TRUE(file);
  return file ? *std::move(file) : Bytes();
}

// Rows of different kinds, so that every filter wins somewhere.
Image varied(int width, int height, PixelFormat format, std::uint64_t seed) {
  Image image(width, height, format);
  const std::size_t bytes = image.row_bytes();
  for (int y = height - 1; y >= 0; --y) {
    const int kind = random_int(seed, std::uint64_t(y), 0, 5);
    for (std::size_t i = 0; i < bytes; ++i) {
      const int noise = int(random_bits(seed + 1, std::uint64_t(y) * bytes + i) & 255);
      const int up = y + 1 < height ? int(image.row(y + 1)[i]) : 0, left = i >= 4 ? int(image.row(y)[i - 4]) : 0;
      const int values[] = {noise, noise % 3, up + noise % 5, left + noise % 5, (up + left) / 2 + noise % 3, 77};
      image.row(y)[i] = std::byte(values[kind]);
    }
  }
  return image;
}

void expect_exact(const Image& image, PngEffort effort = PngEffort::fast) {
  const Result<Image> read = decode_image(png(image, effort));
  ASSERT_TRUE(read) << to_string(read.error());
  ASSERT_EQ(read->format(), image.format());
  ASSERT_EQ(std::pair(read->width(), read->height()), std::pair(image.width(), image.height()));
  ASSERT_TRUE(std::ranges::equal(read->pixels(), image.pixels()));
}

std::uint32_t number(const Bytes& file, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | std::uint32_t(file[at + i]);
  return value;
}

// The filtered rows in a file.
Bytes filtered(const Bytes& file, std::size_t size) {
  Bytes stream, rows(size);
  for (std::size_t at = 8; at + 12 <= file.size(); at += 12 + number(file, at))
    if (file[at + 4] == std::byte('I') && file[at + 5] == std::byte('D'))
      stream.insert(stream.end(), file.begin() + std::ptrdiff_t(at) + 8,
                    file.begin() + std::ptrdiff_t(at + 8 + number(file, at)));
  libdeflate_decompressor* const with = libdeflate_alloc_decompressor();
  EXPECT_EQ(libdeflate_zlib_decompress(with, stream.data(), stream.size(), rows.data(), size, nullptr),
            LIBDEFLATE_SUCCESS);
  libdeflate_free_decompressor(with);
  return rows;
}

constexpr PixelFormat stored_as_is[] = {PixelFormat::mono8fixed,       PixelFormat::monoalpha8fixed,
                                        PixelFormat::rgba8fixed,       PixelFormat::mono16fixed,
                                        PixelFormat::monoalpha16fixed, PixelFormat::rgba16fixed};

}  // namespace

TEST(png_write, every_width_and_height_reads_back_in_every_format) {
  for (const PixelFormat format : stored_as_is)
    for (int size = 1; size <= 70; ++size) {
      SCOPED_TRACE(std::string(info(format).name) + " " + std::to_string(size));
      expect_exact(varied(size, 1 + size % 13, format, std::uint64_t(size)));
      expect_exact(varied(1 + size % 17, size, format, std::uint64_t(size)));
      expect_exact(varied(size, 3, format, std::uint64_t(size)), PngEffort::small);
    }
}

TEST(png_write, pictures_of_several_bands_read_back) {
  for (const PixelFormat format : stored_as_is) {
    expect_exact(varied(700, 900, format, 5));
    expect_exact(varied(3, 65000, format, 6));
    expect_exact(varied(65000, 3, format, 7));
    expect_exact(random_image(400, 500, format, 8));
    expect_exact(smooth_image(500, 400, format));
    expect_exact(smooth_image(500, 400, format), PngEffort::small);
  }
}

TEST(png_write, every_filter_is_used) {
  std::set<int> used;
  for (std::uint64_t seed = 0; seed < 10; ++seed) {
    const Bytes rows = filtered(png(varied(100, 100, PixelFormat::rgba8fixed, seed)), 100 * 401);
    for (std::size_t y = 0; y < 100; ++y) used.insert(int(rows[y * 401]));
  }
  EXPECT_EQ(used, (std::set<int>{0, 1, 2, 3, 4}));
}

TEST(png_write, noise_is_hardly_larger_than_its_pixels) {
  for (const PixelFormat format : stored_as_is) {
    const Image image = random_image(500, 600, format, 1);
    EXPECT_LT(png(image).size(), image.bytes() + image.bytes() / 2000 + 600 + 200) << info(format).name;
  }
}

TEST(png_write, a_picture_of_one_colour_is_tiny) {
  for (const PixelFormat format : stored_as_is) {
    Image image(1000, 1000, format);
    std::fill_n(image.row(0), image.bytes(), std::byte(99));
    EXPECT_LT(png(image).size(), image.bytes() / 250) << info(format).name;
  }
}

TEST(png_write, small_is_smaller) {
  for (const PixelFormat format : stored_as_is) {
    const Image image = smooth_image(300, 300, format);
    EXPECT_LT(png(image, PngEffort::small).size(), png(image).size());
  }
}

TEST(png_write, bytes_are_the_same_on_every_instruction_set) {
  for (const PixelFormat format : stored_as_is) {
    const Image image = varied(333, 200, format, 12);
    const Bytes file = png(image), small = png(image, PngEffort::small);
    for (const std::string& target : kernels::available_targets()) {
      ASSERT_TRUE(kernels::use_target(target));
      EXPECT_TRUE(png(image) == file) << target;
      EXPECT_TRUE(png(image, PngEffort::small) == small) << target;
    }
    kernels::use_target("");
  }
}

}  // namespace cookline
