// A picture as a TOP holds it: tightly packed rows in one pixel format, row 0 at the bottom. Filled by one owner, then
// shared as shared_ptr<const Image> and never changed again. Its pixels lie in memory, on a device (a GPU), or both.
#pragma once
#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/result.h"
#include "data/pixel_format.h"
#include "data/pixel_memory.h"

namespace cookline {

// What a picture's slices are: one, the layers of an array, those of a volume, or the six faces of a cube.
enum class TextureKind : std::uint8_t { texture2d, texture2darray, texture3d, cube };

// The pixels of a picture on a device. Implemented by whoever drives the device; thread-safe.
class DevicePixels {
 public:
  virtual ~DevicePixels() = default;
  // Has the device begin the copy of all pixels that read() gives, behind what it was given before. Does not wait, and
  // need not be called; what goes wrong is told by read().
  virtual void start_read() const = 0;
  // Waits until the device has made them.
  virtual Status wait() const = 0;
  // Copies all pixels to memory, packed as Image packs them, when the device has made them.
  virtual Status read(std::byte* to) const = 0;
};

class Image {
 public:
  // Pixels in memory, uninitialised. width_px, height_px and slices are at least 1.
  Image(int width_px, int height_px, PixelFormat format, TextureKind kind = TextureKind::texture2d, int slices = 1);
  // Pixels on a device.
  Image(int width_px, int height_px, PixelFormat format, TextureKind kind, int slices,
        std::shared_ptr<const DevicePixels> device);

  int width() const { return width_; }
  int height() const { return height_; }
  PixelFormat format() const { return format_; }
  TextureKind kind() const { return kind_; }
  int slices() const { return slices_; }
  double aspect = 1;     // width : height of the picture as shown; pixels need not be square
  int newest_slice = 0;  // of a picture whose slices are filled in turn; shaders find it by its offset
  // The colour buffers behind the first of a TOP that makes several.
  std::vector<std::shared_ptr<const Image>> colour_buffers;

  // Brings the pixels to memory if they are not there yet. Thread-safe. Fails if the device does.
  Status fetch() const;
  // Whether they are there. Thread-safe.
  bool fetched() const;
  // Has the device begin to bring them, so that fetch() finds them or waits less. Does not wait itself. Thread-safe.
  void start_fetch() const;
  // The pixels on the device, null if there are none; and adds those that someone has put there. Thread-safe.
  std::shared_ptr<const DevicePixels> device() const;
  void keep_on_device(std::shared_ptr<const DevicePixels> device) const;

  std::size_t row_bytes() const { return std::size_t(width_) * std::size_t(info(format_).bytes); }
  std::size_t slice_bytes() const { return row_bytes() * std::size_t(height_); }
  std::size_t bytes() const { return slice_bytes() * std::size_t(slices_); }
  // Pixels in memory: of a picture that was made on a device, after fetch().
  std::byte* row(int y, int slice = 0) { return pixels_.get() + row_offset(y, slice); }
  const std::byte* row(int y, int slice = 0) const { return pixels_.get() + row_offset(y, slice); }
  std::span<const std::byte> pixels() const { return {pixels_.get(), bytes()}; }

 private:
  PixelMemory allocate() const;
  std::size_t row_offset(int y, int slice) const {
    return slice_bytes() * std::size_t(slice) + row_bytes() * std::size_t(y);
  }
  int width_, height_;
  PixelFormat format_;
  TextureKind kind_;
  int slices_;
  std::unique_ptr<std::mutex> mutex_ = std::make_unique<std::mutex>();  // of what fetch() and keep_on_device() change
  mutable PixelMemory pixels_;                                          // padded to a multiple of 64 bytes
  mutable std::shared_ptr<const DevicePixels> device_;
};

using ImageHandle = std::shared_ptr<const Image>;

}  // namespace cookline
