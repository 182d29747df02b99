// Shared by the tests of src/io: folders that vanish after the test, and pictures with random or smooth content.
#pragma once
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cmath>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "base/random.h"
#include "data/image.h"
#include "io/image_file.h"
#include "kernels/pixels.h"

namespace cookline::io_testing {

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "cookline-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::filesystem::path operator/(const std::filesystem::path& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }
  std::size_t files() const {
    return std::size_t(
        std::distance(std::filesystem::directory_iterator(path_), std::filesystem::directory_iterator()));
  }

 private:
  std::filesystem::path path_;
};

inline std::span<const std::byte> bytes_of(std::string_view text) { return std::as_bytes(std::span(text)); }

inline std::string content(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

inline void put(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

inline int random_int(std::uint64_t seed, std::uint64_t counter, int low, int high) {
  return low + int(random_bits(seed, counter) % std::uint64_t(high - low + 1));
}

// Any bits in fixed formats; in float formats values from -0.25 to 1.25, one in 16 of them not a number or infinite.
inline Image random_image(int width, int height, PixelFormat format, std::uint64_t seed) {
  Image image(width, height, format);
  if (info(format).fixed()) {
    for (std::size_t i = 0; i < image.bytes(); ++i) image.row(0)[i] = std::byte(random_bits(seed, i));
    return image;
  }
  std::vector<float> planes(std::size_t(width) * 4);
  for (int y = 0; y < height; ++y) {
    for (std::size_t i = 0; i < planes.size(); ++i) {
      const std::uint64_t counter = std::uint64_t(y) * planes.size() + i;
      planes[i] = float(random_unit(seed, counter) * 1.5 - 0.25);
      if (random_bits(seed + 1, counter) % 16 == 0) planes[i] = counter % 2 ? NAN : INFINITY;
    }
    float* const p = planes.data();
    kernels::store_pixels(format, p, p + width, p + 2 * width, p + 3 * width, width, image.row(y));
  }
  return image;
}

inline bool same_pixels(const Image& a, const Image& b) {
  return a.width() == b.width() && a.height() == b.height() && a.format() == b.format() &&
         std::memcmp(a.row(0), b.row(0), a.bytes()) == 0;
}

// Gradients that JPEG keeps well: red grows to the right, green to the top, blue falls to the right; alpha is 1.
inline Image smooth_image(int width, int height, PixelFormat format) {
  Image image(width, height, format);
  const auto count = std::size_t(width);
  std::vector<float> r(count), g(count), b(count), a(count);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      const auto i = std::size_t(x);
      r[i] = float(x) / float(width);
      g[i] = float(y) / float(height);
      b[i] = 1 - r[i];
      a[i] = 1;
    }
    kernels::store_pixels(format, r.data(), g.data(), b.data(), a.data(), width, image.row(y));
  }
  return image;
}

// One pixel as r, g, b, a.
inline std::array<float, 4> pixel(const Image& image, int x, int y) {
  std::array<float, 4> v{};
  kernels::load_pixels(image.format(), image.row(y) + x * info(image.format()).bytes, 1, &v[0], &v[1], &v[2], &v[3]);
  return v;
}

inline std::vector<std::byte> encoded(const Image& image, ImageFileType type, const EncodeOptions& options = {}) {
  auto bytes = encode_image(image, type, options);
  EXPECT_TRUE(bytes) << (bytes ? "" : to_string(bytes.error()));
  return bytes ? *bytes : std::vector<std::byte>();
}

inline Image decoded(std::span<const std::byte> bytes) {
  auto image = decode_image(bytes);
  EXPECT_TRUE(image) << (image ? "" : to_string(image.error()));
  return image ? *std::move(image) : Image(1, 1, PixelFormat::mono8fixed);
}

// What a fixed-point file holds for a value, by the definition: limited, scaled, to the nearest and in doubt to even.
inline int fixed_value(float v, int most) {
  if (!(v > 0)) return 0;
  return int(std::nearbyint(double(std::min(v, 1.0f)) * most));
}

// The format of what is stored, without sRGB's curve.
inline Image stored(const Image& image) {
  if (image.format() != PixelFormat::srgba8fixed) {
    Image copy(image.width(), image.height(), image.format());
    std::memcpy(copy.row(0), image.row(0), image.bytes());
    return copy;
  }
  Image copy(image.width(), image.height(), PixelFormat::rgba8fixed);
  std::memcpy(copy.row(0), image.row(0), image.bytes());
  return copy;
}

// The top half red, the rest blue.
inline Image red_above_blue(int width, int height, PixelFormat format) {
  Image image(width, height, format);
  const float red[4] = {1, 0, 0, 1}, blue[4] = {0, 0, 1, 1};
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x) {
      const float* const v = y >= height / 2 ? red : blue;
      kernels::store_pixels(format, v, v + 1, v + 2, v + 3, 1, image.row(y) + x * info(format).bytes);
    }
  return image;
}

}  // namespace cookline::io_testing
