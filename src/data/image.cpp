#include "data/image.h"

#include <utility>

namespace cookline {
Image::Image(int width_px, int height_px, PixelFormat format, TextureKind kind, int slices)
    : width_(width_px), height_(height_px), format_(format), kind_(kind), slices_(slices), pixels_(allocate()) {}

Image::Image(int width_px, int height_px, PixelFormat format, TextureKind kind, int slices,
             std::shared_ptr<const DevicePixels> device)
    : width_(width_px), height_(height_px), format_(format), kind_(kind), slices_(slices), device_(std::move(device)) {}

PixelMemory Image::allocate() const { return allocate_pixels((bytes() + 127) / 64 * 64); }

Status Image::fetch() const {
  const std::lock_guard lock(*mutex_);
  if (pixels_) return {};
  PixelMemory read = allocate();
  if (Status status = device_->read(read.get()); !status) return status;
  pixels_ = std::move(read);
  return {};
}

bool Image::fetched() const {
  const std::lock_guard lock(*mutex_);
  return pixels_ != nullptr;
}

void Image::start_fetch() const {
  const std::lock_guard lock(*mutex_);
  if (!pixels_) device_->start_read();
}

std::shared_ptr<const DevicePixels> Image::device() const {
  const std::lock_guard lock(*mutex_);
  return device_;
}

void Image::keep_on_device(std::shared_ptr<const DevicePixels> device) const {
  const std::lock_guard lock(*mutex_);
  device_ = std::move(device);
}

}  // namespace cookline
