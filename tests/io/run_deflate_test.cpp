#include "io/run_deflate.h"

#include <gtest/gtest.h>

#include "io/deflate_testing.h"
#include "io/io_testing.h"
#include "kernels/targets.h"

namespace cookline {
using namespace io_testing;
namespace {

// What is before the stream looks like a good match for anything.
std::vector<std::byte> compressed(const Bytes& bytes, std::size_t pixel, std::size_t row, std::size_t part) {
  RunDeflate deflate(pixel, row);
  std::vector<std::byte> stream;
  Bytes padded(deflate.margin() + bytes.size() + RunDeflate::padding, bytes.empty() ? 0 : bytes.back());
  std::uint8_t* const begin = padded.data() + deflate.margin();
  std::ranges::copy(bytes, begin);
  for (std::size_t at = 0; at < bytes.size(); at += part) {
    const std::size_t size = std::min(part, bytes.size() - at);
    const auto next = deflate.next({begin + at, size}, at + size == bytes.size());
    stream.insert(stream.end(), next.begin(), next.end());
  }
  return stream;
}

// In rows of no particular length.
std::vector<std::byte> compressed(const Bytes& bytes, std::size_t pixel, std::size_t part) {
  return compressed(bytes, pixel, 1 + pixel * (1 + bytes.size() / 7 % 977), part);
}

// Stretches of noise, of small numbers, of one value, and of a repeated pixel.
Bytes mixed(std::uint64_t seed, std::size_t count) {
  Bytes bytes;
  for (std::uint64_t i = 0; bytes.size() < count; ++i) {
    const int kind = random_int(seed, 4 * i, 0, 3), size = random_int(seed, 4 * i + 1, 1, 700);
    const std::size_t start = bytes.size();
    for (int k = 0; k < size; ++k) {
      const auto noise = random_bits(seed + 1, bytes.size());
      const int values[] = {int(noise & 255), int(noise % 5), int(seed & 255), k < 8 ? int(noise & 255) : 0};
      bytes.push_back(kind == 3 && k >= 8 ? bytes[start + std::size_t(k % (1 + int(seed % 8)))]
                                          : std::uint8_t(values[kind]));
    }
  }
  bytes.resize(count);
  return bytes;
}

}  // namespace

TEST(run_deflate, every_stream_reads_back_whatever_its_parts) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Bytes bytes = mixed(seed, std::size_t(random_int(seed, 9, 1, 60000)));
    const std::size_t pixel = 1 + seed % 8;
    for (const std::size_t part : {bytes.size(), std::size_t(random_int(seed, 10, 1, 20000)) + bytes.size() / 50}) {
      SCOPED_TRACE(std::to_string(seed) + ": " + std::to_string(bytes.size()) + " in " + std::to_string(part));
      expect_reads_back(bytes, compressed(bytes, pixel, part));
    }
  }
}

TEST(run_deflate, runs_of_every_length_read_back) {
  for (const std::size_t pixel : {1, 3, 8})
    for (std::size_t run = 1; run < 900; ++run) {
      Bytes bytes = mixed(run, 100);
      bytes.insert(bytes.end(), run, 7);
      const Bytes end = mixed(run + 1, run % 70);
      bytes.insert(bytes.end(), end.begin(), end.end());
      expect_reads_back(bytes, compressed(bytes, pixel, 1 << 20));
    }
}

TEST(run_deflate, noise_costs_no_more_than_being_stored) {
  for (const std::size_t size : {1, 100, 5000, 65535, 65536, 300000}) {
    Bytes bytes(size);
    for (std::size_t i = 0; i < size; ++i) bytes[i] = std::uint8_t(random_bits(3, i));
    const auto stream = compressed(bytes, 3, size);
    EXPECT_LE(stream.size(), size + 5 * (size / 65535 + 1) + 6) << size;
    expect_reads_back(bytes, stream);
  }
}

TEST(run_deflate, a_sample_that_misleads_costs_no_more_than_being_stored) {
  // What is sampled, one block of 64 in sixteen, holds two values; the rest is noise.
  Bytes bytes(1 << 18);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = i / 64 % 16 == 0 ? std::uint8_t(i % 2) : std::uint8_t(random_bits(3, i));
  const auto stream = compressed(bytes, 3, bytes.size());
  EXPECT_LE(stream.size(), bytes.size() + 40);
  expect_reads_back(bytes, stream);
}

TEST(run_deflate, one_value_takes_next_to_no_space) {
  for (const std::size_t pixel : {1, 4, 8}) {
    const Bytes bytes(1 << 20, 200);
    const auto stream = compressed(bytes, pixel, 1 + pixel * 4096, 1 << 18);
    EXPECT_LT(stream.size(), 2600u);
    expect_reads_back(bytes, stream);
  }
}

// Rows of noise, each the one above it moved by some pixels.
Bytes sliding(std::uint64_t seed, std::size_t pixel, std::size_t width, std::size_t rows, int aside) {
  const std::size_t row = 1 + pixel * width;
  Bytes bytes(row * rows);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const std::ptrdiff_t in_row = std::ptrdiff_t(i % row) + aside * std::ptrdiff_t(pixel);
    const bool inside = i >= row && in_row > 0 && in_row < std::ptrdiff_t(row);
    const std::size_t above = inside ? (i / row - 1) * row + std::size_t(in_row) : 0;
    bytes[i] = i % row == 0 ? 1 : inside ? bytes[above] : std::uint8_t(random_bits(seed, i));
  }
  return bytes;
}

TEST(run_deflate, rows_that_are_those_above_moved_by_a_pixel_or_two_take_little_space) {
  for (const std::size_t pixel : {1, 2, 3, 4, 6, 8})
    for (const int aside : {-2, -1, 1, 2}) {
      const Bytes bytes = sliding(pixel, pixel, 1000, 40, aside);
      const auto stream = compressed(bytes, pixel, 1 + pixel * 1000, 10 * (1 + pixel * 1000));
      EXPECT_LT(stream.size(), bytes.size() / 8) << pixel << " bytes a pixel, " << aside << " aside";
      expect_reads_back(bytes, stream);
    }
}

// Literals that take a bit each make long runs worth it; these are hardly long enough, one behind the other.
TEST(run_deflate, runs_of_every_length_one_behind_the_other_read_back) {
  for (std::size_t length = 20; length < 70; ++length)
    for (const std::size_t pixel : {1, 3, 4}) {
      const std::size_t row = 1 + pixel * 1200;
      Bytes bytes(12 * row);
      for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = i < 6 * row ? std::uint8_t(random_bits(length, i) & 1) : std::uint8_t(i / (length * pixel) & 1);
      expect_reads_back(bytes, compressed(bytes, pixel, row, 3 * row));
    }
}

TEST(run_deflate, rows_of_every_width_read_back) {
  for (std::size_t width = 1; width < 200; ++width)
    for (const std::size_t pixel : {1, 3, 4, 8}) {
      const Bytes bytes = sliding(width, pixel, width, 9, int(width % 5) - 2);
      expect_reads_back(bytes, compressed(bytes, pixel, 1 + pixel * width, 2 * (1 + pixel * width)));
    }
}

TEST(run_deflate, rows_as_long_as_deflate_looks_back_read_back) {
  for (const std::size_t width : {8187, 8188, 8189, 8190, 8191, 8192, 20000}) {
    const Bytes bytes = sliding(width, 4, width, 3, 2);
    expect_reads_back(bytes, compressed(bytes, 4, 1 + 4 * width, 1 + 4 * width));
  }
}

TEST(run_deflate, bytes_are_the_same_on_every_instruction_set) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const Bytes bytes = mixed(seed, 100000);
    kernels::use_target("");
    const auto stream = compressed(bytes, 3, 40000);
    for (const std::string& target : kernels::available_targets()) {
      ASSERT_TRUE(kernels::use_target(target));
      EXPECT_TRUE(compressed(bytes, 3, 40000) == stream) << target;
    }
    kernels::use_target("");
  }
}

}  // namespace cookline
