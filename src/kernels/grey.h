// Pictures in colour that show none.
#pragma once
#include <cstddef>

namespace cookline::kernels {

// Whether red, green and blue of all `count` pixels of four bytes are the same, whatever the fourth is. If so, they are
// in `to`, a byte for each pixel; if not, what is there means nothing.
bool grey_bytes(const std::byte* from, std::size_t count, std::byte* to);

}  // namespace cookline::kernels
