#include "data/image.h"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

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

Image::Image(int width_px, int height_px, PixelFormat format) : width_(width_px), height_(height_px), format_(format) {
  const std::size_t padded = (bytes() + 127) / 64 * 64;
  pixels_.reset(allocate_aligned(padded));
}

void Image::Free::operator()(std::byte* p) const {
  if (!p) return;
  void* raw = nullptr;
  std::memcpy(&raw, p - sizeof raw, sizeof raw);
  std::free(raw);
}

}  // namespace cookline
