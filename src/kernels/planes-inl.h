// Vectors of pixels and the loops over runs that all pointwise kernels share. Included once per instruction set, after
// foreach_target.h.
#if defined(COOKLINE_KERNELS_PLANES_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_PLANES_INL_H_
#undef COOKLINE_KERNELS_PLANES_INL_H_
#else
#define COOKLINE_KERNELS_PLANES_INL_H_
#endif

#include <hwy/highway.h>

#include <cstddef>
#include <cstring>

#include "kernels/planes.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::ScalableTag<float>;
using Words = hn::RebindToUnsigned<Floats>;
using Ints = hn::RebindToSigned<Floats>;
using Vec = hn::Vec<Floats>;
using WordVec = hn::Vec<Words>;
using IntVec = hn::Vec<Ints>;
inline constexpr Floats f{};
inline constexpr Words u{};
inline constexpr Ints s{};

struct Rgba {
  Vec r, g, b, a;
};

HWY_INLINE Vec constant(float v) { return hn::Set(f, v); }

// Limits; NaN becomes the low one, because Max gives its second operand for it.
HWY_INLINE Vec clamp(Vec v, Vec low, Vec high) { return hn::Min(hn::Max(v, low), high); }
HWY_INLINE Vec clamp01(Vec v) { return clamp(v, hn::Zero(f), constant(1.0f)); }

HWY_INLINE Rgba load(const ConstPlanes& p, std::size_t i) {
  return {hn::LoadU(f, p.r + i), hn::LoadU(f, p.g + i), hn::LoadU(f, p.b + i), hn::LoadU(f, p.a + i)};
}
HWY_INLINE void store(const Rgba& v, const Planes& p, std::size_t i) {
  hn::StoreU(v.r, f, p.r + i);
  hn::StoreU(v.g, f, p.g + i);
  hn::StoreU(v.b, f, p.b + i);
  hn::StoreU(v.a, f, p.a + i);
}

// A vector's worth of memory: the rest of a run that does not fill a vector goes through it.
struct Rest {
  HWY_ALIGN float plane[4][hn::MaxLanes(f)] = {};

  Planes planes() { return {plane[0], plane[1], plane[2], plane[3]}; }
  void take(const ConstPlanes& from, std::size_t at, std::size_t n) {
    int c = 0;
    for (const float* p : {from.r, from.g, from.b, from.a}) std::memcpy(plane[c++], p + at, n * sizeof(float));
  }
  void give(const Planes& to, std::size_t at, std::size_t n) const {
    int c = 0;
    for (float* p : {to.r, to.g, to.b, to.a}) std::memcpy(p + at, plane[c++], n * sizeof(float));
  }
};

// to[i] = value(i, from[i]) for one plane; value is called with the index of the first of each vector of values. `to`
// may be `from`. What value reads of other planes at i it must read through load_rest when i + lanes > count.
template <class Value>
HWY_INLINE void transform_plane(const float* from, float* to, std::size_t count, const Value& value) {
  const std::size_t lanes = hn::Lanes(f);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) hn::StoreU(value(i, hn::LoadU(f, from + i)), f, to + i);
  if (i == count) return;
  HWY_ALIGN float rest[hn::MaxLanes(f)] = {};
  std::memcpy(rest, from + i, (count - i) * sizeof(float));
  hn::Store(value(i, hn::Load(f, rest)), f, rest);
  std::memcpy(to + i, rest, (count - i) * sizeof(float));
}

// The values from i on, zeros beyond count.
HWY_INLINE Vec load_rest(const float* from, std::size_t i, std::size_t count) {
  if (i + hn::Lanes(f) <= count) return hn::LoadU(f, from + i);
  HWY_ALIGN float rest[hn::MaxLanes(f)] = {};
  std::memcpy(rest, from + i, (count - i) * sizeof(float));
  return hn::Load(f, rest);
}

// to[i] = pixel(i, from[i]) for a run; pixel is called with the index of the first pixel of each vector. `to` may be
// `from`.
template <class Pixel>
HWY_INLINE void transform_run(const ConstPlanes& from, const Planes& to, std::size_t count, const Pixel& pixel) {
  const std::size_t lanes = hn::Lanes(f);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) store(pixel(i, load(from, i)), to, i);
  if (i == count) return;
  Rest rest;
  rest.take(from, i, count - i);
  store(pixel(i, load(rest.planes(), 0)), rest.planes(), 0);
  rest.give(to, i, count - i);
}

// to[i] = pixel(i) for a run; pixel is called with the index of the first pixel of each vector.
template <class Pixel>
HWY_INLINE void generate_run(const Planes& to, std::size_t count, const Pixel& pixel) {
  const std::size_t lanes = hn::Lanes(f);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) store(pixel(i), to, i);
  if (i == count) return;
  Rest rest;
  store(pixel(i), rest.planes(), 0);
  rest.give(to, i, count - i);
}

// to[i] = pixel(a[i], b[i]). `to` may be `a` or `b`.
template <class Pixel>
HWY_INLINE void combine_runs(const ConstPlanes& a, const ConstPlanes& b, const Planes& to, std::size_t count,
                             const Pixel& pixel) {
  const std::size_t lanes = hn::Lanes(f);
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) store(pixel(load(a, i), load(b, i)), to, i);
  if (i == count) return;
  Rest rest_a, rest_b;
  rest_a.take(a, i, count - i);
  rest_b.take(b, i, count - i);
  store(pixel(load(rest_a.planes(), 0), load(rest_b.planes(), 0)), rest_a.planes(), 0);
  rest_a.give(to, i, count - i);
}

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
