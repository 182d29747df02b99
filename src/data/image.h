// A picture as a TOP holds it: tightly packed rows in one pixel format, row 0 at the bottom. Filled by one owner, then
// shared as shared_ptr<const Image> and never changed again.
#pragma once
#include <cstddef>
#include <memory>
#include <span>

#include "data/pixel_format.h"

namespace cookline {

class Image {
 public:
  // Pixels are uninitialised. width_px and height_px are at least 1.
  Image(int width_px, int height_px, PixelFormat format);

  int width() const { return width_; }
  int height() const { return height_; }
  PixelFormat format() const { return format_; }
  double aspect = 1;  // width : height of the picture as shown; pixels need not be square

  std::size_t row_bytes() const { return std::size_t(width_) * std::size_t(info(format_).bytes); }
  std::size_t bytes() const { return row_bytes() * std::size_t(height_); }
  std::byte* row(int y) { return pixels_.get() + row_bytes() * std::size_t(y); }
  const std::byte* row(int y) const { return pixels_.get() + row_bytes() * std::size_t(y); }
  std::span<const std::byte> pixels() const { return {pixels_.get(), bytes()}; }

 private:
  struct Free {
    void operator()(std::byte* p) const;
  };
  int width_, height_;
  PixelFormat format_;
  std::unique_ptr<std::byte[], Free> pixels_;  // 64-byte aligned, padded to a multiple of 64
};

using ImageHandle = std::shared_ptr<const Image>;

}  // namespace cookline
