#include "io/image_orientation.h"

#include <cstring>
#include <utility>

#include "base/parallel.h"

namespace cookline {
namespace {

bool lies(int orientation) { return orientation >= 5 && orientation <= 8; }

// One row of the result: pixels of the stored picture a constant step apart.
template <std::size_t bytes>
void copy_pixels(const std::byte* from, std::ptrdiff_t step, int count, std::byte* to) {
  for (int x = 0; x < count; ++x, from += step, to += bytes) std::memcpy(to, from, bytes);
}

void copy_row(const std::byte* from, std::ptrdiff_t step, int count, int pixel_bytes, std::byte* to) {
  switch (pixel_bytes) {
    case 1:
      return copy_pixels<1>(from, step, count, to);
    case 2:
      return copy_pixels<2>(from, step, count, to);
    case 4:
      return copy_pixels<4>(from, step, count, to);
    case 8:
      return copy_pixels<8>(from, step, count, to);
    case 16:
      return copy_pixels<16>(from, step, count, to);
    default:
      break;
  }
  for (int x = 0; x < count; ++x, from += step, to += pixel_bytes) std::memcpy(to, from, std::size_t(pixel_bytes));
}

}  // namespace

Image oriented_size(Image image, int orientation) {
  if (!lies(orientation)) return image;
  Image turned(image.height(), image.width(), image.format());
  turned.aspect = 1 / image.aspect;
  return turned;
}

Image oriented(Image image, int orientation) {
  if (orientation < 2 || orientation > 8) return image;
  const int width = image.width(), height = image.height();
  Image seen(lies(orientation) ? height : width, lies(orientation) ? width : height, image.format());
  seen.aspect = lies(orientation) ? 1 / image.aspect : image.aspect;
  const int pixel = info(image.format()).bytes;
  // A row of the result, counted from its top, is a row or a column of the stored picture, from one of its ends.
  const bool from_right = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  const bool from_bottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  const auto at = [&](int x, int y) { return image.row(height - 1 - y) + std::ptrdiff_t(x) * pixel; };
  const auto row_bytes = std::ptrdiff_t(image.row_bytes());
  parallel_for(seen.height(), [&](std::int64_t line) {
    const int i = int(line);
    std::byte* const to = seen.row(seen.height() - 1 - i);
    if (lies(orientation))
      copy_row(at(from_right ? width - 1 - i : i, from_bottom ? height - 1 : 0), from_bottom ? row_bytes : -row_bytes,
               seen.width(), pixel, to);
    else
      copy_row(at(from_right ? width - 1 : 0, from_bottom ? height - 1 - i : i), from_right ? -pixel : pixel,
               seen.width(), pixel, to);
  });
  return seen;
}

}  // namespace cookline
