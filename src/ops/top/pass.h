// What TOPs that hand on an input share: the copy they make when size or format differ, and the choice of input.
#pragma once
#include <algorithm>

#include "op/op.h"

namespace cookline::pass {

struct Pars {};
inline constexpr std::array<Par, 0> no_pars{};

// Copies one input's pixels; transparent black where nothing is connected.
inline void copy_tile(const InTile& in, Tile& out) {
  const float* from[] = {in.r, in.g, in.b, in.a};
  float* to[] = {out.r, out.g, out.b, out.a};
  for (int c = 0; c < 4; ++c) {
    if (in)
      std::copy_n(from[c], out.count, to[c]);
    else
      std::fill_n(to[c], out.count, 0.0f);
  }
}

template <class P>
void copy_first(const P&, const Tiles& in, Tile& out) {
  copy_tile(in[0], out);
}
template <class P>
Use first(const P&, const Connected& connected) {
  if (!connected[0]) return {};
  return {{0}, true};
}
inline void copy(const Pars& p, const Tiles& in, Tile& out) { copy_first(p, in, out); }
inline Use use_first(const Pars& p, const Connected& connected) { return first(p, connected); }

}  // namespace cookline::pass
