// What TOPs share whose pictures are chosen (OpDef::choose): the weighted sum of them.
#pragma once
#include <algorithm>

#include "op/op.h"

namespace cookline::chosen {

// Opaque black, as a chosen picture.
inline ImageHandle black(Key& key) {
  auto image = std::make_shared<Image>(1, 1, PixelFormat::rgba8fixed);
  for (int c = 0; c < 4; ++c) image->row(0)[c] = std::byte(c == 3 ? 255 : 0);
  key = hash_bytes(image->pixels());
  return image;
}

template <class P>
void blend(const P&, const Tiles& in, Tile& out) {
  float* to[] = {out.r, out.g, out.b, out.a};
  for (float* plane : to) std::fill_n(plane, out.count, 0.0f);
  const int first = int(in.inputs.size() - in.weights.size());
  for (std::size_t i = 0; i < in.weights.size(); ++i) {
    const InTile& tile = in[first + int(i)];
    const float weight = in.weights[i];
    const float* from[] = {tile.r, tile.g, tile.b, tile.a};
    for (int c = 0; tile && c < 4; ++c)
      for (int x = 0; x < out.count; ++x) to[c][x] += weight * from[c][x];
  }
}

}  // namespace cookline::chosen
