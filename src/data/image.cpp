#include "data/image.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

namespace cookline {
namespace {

constexpr std::uintptr_t alignment = 64;

// Aligned memory by plain malloc, whose own pointer stands right before it: glibc's aligned_alloc cannot use a freed
// picture's memory for the next picture of the same size, so every frame would take new pages from the kernel.
std::byte* allocate_aligned(std::size_t bytes) {
  void* raw = std::malloc(bytes + 2 * alignment);
  if (!raw) throw std::bad_alloc();
  const std::uintptr_t past = reinterpret_cast<std::uintptr_t>(raw) % alignment;
  std::byte* const aligned = static_cast<std::byte*>(raw) + (past ? 2 * alignment - past : alignment);
  std::memcpy(aligned - sizeof raw, &raw, sizeof raw);
  return aligned;
}

}  // namespace

Image::Image(int width_px, int height_px, PixelFormat format, TextureKind kind, int slices)
    : width_(width_px), height_(height_px), format_(format), kind_(kind), slices_(slices), pixels_(allocate()) {}

Image::Image(int width_px, int height_px, PixelFormat format, TextureKind kind, int slices,
             std::shared_ptr<const DevicePixels> device)
    : width_(width_px), height_(height_px), format_(format), kind_(kind), slices_(slices), device_(std::move(device)) {}

Image::Pixels Image::allocate() const { return Pixels(allocate_aligned((bytes() + 127) / 64 * 64)); }

Status Image::fetch() const {
  const std::lock_guard lock(*mutex_);
  if (pixels_) return {};
  Pixels read = allocate();
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

void Image::Free::operator()(std::byte* p) const {
  if (!p) return;
  void* raw = nullptr;
  std::memcpy(&raw, p - sizeof raw, sizeof raw);
  std::free(raw);
}

}  // namespace cookline
