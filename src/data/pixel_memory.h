// Memory for pixels. Pictures come and go every frame, and memory that the kernel has just given is slow: it is cleared
// page by page when it is met first. So what was a picture is kept to be the next one.
#pragma once
#include <cstddef>
#include <memory>

namespace cookline {

struct FreePixels {
  std::size_t bytes = 0;
  void operator()(std::byte* pixels) const;
};
using PixelMemory = std::unique_ptr<std::byte[], FreePixels>;

// Uninitialised, aligned to 64 bytes; large ones lie in huge pages where the kernel has some. Thread-safe. Throws
// std::bad_alloc.
PixelMemory allocate_pixels(std::size_t bytes);

}  // namespace cookline
