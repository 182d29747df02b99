#include "kernels/pixels.h"

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>

#include "kernels/pixels_srgb.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/pixels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "kernels/pixels_codec-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

struct Source {
  const float *r, *g, *b, *a;
};
struct Planes {
  float *r, *g, *b, *a;
};

HWY_INLINE Rgba load_planes(const float* r, const float* g, const float* b, const float* a, std::size_t i) {
  return {hn::LoadU(f, r + i), hn::LoadU(f, g + i), hn::LoadU(f, b + i), hn::LoadU(f, a + i)};
}
HWY_INLINE void store_planes(const Rgba& v, float* r, float* g, float* b, float* a, std::size_t i) {
  hn::StoreU(v.r, f, r + i);
  hn::StoreU(v.g, f, g + i);
  hn::StoreU(v.b, f, b + i);
  hn::StoreU(v.a, f, a + i);
}

// The rest of a run that does not fill a vector goes through a vector's worth of memory of its own.
struct Rest {
  HWY_ALIGN float r[hn::MaxLanes(f)] = {}, g[hn::MaxLanes(f)] = {}, b[hn::MaxLanes(f)] = {}, a[hn::MaxLanes(f)] = {};
  HWY_ALIGN std::byte pixels[hn::MaxLanes(f) * 16] = {};

  void take(const Source& from, std::size_t at, std::size_t n) {
    std::memcpy(r, from.r + at, n * sizeof(float));
    std::memcpy(g, from.g + at, n * sizeof(float));
    std::memcpy(b, from.b + at, n * sizeof(float));
    std::memcpy(a, from.a + at, n * sizeof(float));
  }
  void give(const Planes& to, std::size_t at, std::size_t n) const {
    std::memcpy(to.r + at, r, n * sizeof(float));
    std::memcpy(to.g + at, g, n * sizeof(float));
    std::memcpy(to.b + at, b, n * sizeof(float));
    std::memcpy(to.a + at, a, n * sizeof(float));
  }
};

struct Load {
  const std::byte* from;
  std::size_t count;
  Planes to;
  template <class Pixel>
  void run() const {
    const std::size_t lanes = hn::Lanes(f);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes)
      store_planes(Pixel::load(from + i * Pixel::bytes), to.r, to.g, to.b, to.a, i);
    if (i == count) return;
    Rest rest;
    std::memcpy(rest.pixels, from + i * Pixel::bytes, (count - i) * Pixel::bytes);
    store_planes(Pixel::load(rest.pixels), rest.r, rest.g, rest.b, rest.a, 0);
    rest.give(to, i, count - i);
  }
};

struct Store {
  Source from;
  std::size_t count;
  std::byte* to;
  template <class Pixel>
  void run() const {
    const std::size_t lanes = hn::Lanes(f);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes)
      Pixel::store(load_planes(from.r, from.g, from.b, from.a, i), to + i * Pixel::bytes);
    if (i == count) return;
    Rest rest;
    rest.take(from, i, count - i);
    Pixel::store(load_planes(rest.r, rest.g, rest.b, rest.a, 0), rest.pixels);
    std::memcpy(to + i * Pixel::bytes, rest.pixels, (count - i) * Pixel::bytes);
  }
};

struct Quantise {
  Planes p;
  std::size_t count;
  template <class Pixel>
  void run() const {
    const std::size_t lanes = hn::Lanes(f);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes)
      store_planes(Pixel::round(load_planes(p.r, p.g, p.b, p.a, i)), p.r, p.g, p.b, p.a, i);
    if (i == count) return;
    Rest rest;
    rest.take({p.r, p.g, p.b, p.a}, i, count - i);
    store_planes(Pixel::round(load_planes(rest.r, rest.g, rest.b, rest.a, 0)), rest.r, rest.g, rest.b, rest.a, 0);
    rest.give(p, i, count - i);
  }
};

template <class C, class Job>
void run_components(Layout layout, const Job& job) {
  switch (layout) {
    case Layout::rgba:
      return job.template run<Components<C, Layout::rgba>>();
    case Layout::rgb:
      return job.template run<Components<C, Layout::rgb>>();
    case Layout::mono:
      return job.template run<Components<C, Layout::mono>>();
    case Layout::rg:
      return job.template run<Components<C, Layout::rg>>();
    case Layout::a:
      return job.template run<Components<C, Layout::a>>();
    case Layout::monoalpha:
      return job.template run<Components<C, Layout::monoalpha>>();
  }
}

// Runs a job with the codec of a format.
template <class Job>
void run_format(PixelFormat format, const Job& job) {
  if (format == PixelFormat::rgba8fixed) return job.template run<Packed<Rgba8>>();
  if (format == PixelFormat::srgba8fixed) return job.template run<Packed<SrgbA8>>();
  const PixelFormatInfo& i = info(format);
  switch (i.component) {
    case Component::u8:
      return run_components<Fixed<std::uint8_t>>(i.layout, job);
    case Component::u16:
      return run_components<Fixed<std::uint16_t>>(i.layout, job);
    case Component::f16:
      return run_components<Half>(i.layout, job);
    case Component::f32:
      return run_components<Full>(i.layout, job);
    case Component::packed10:
      return job.template run<Packed<Rgb10A2>>();
    case Component::packed11:
      return job.template run<Packed<R11G11B10>>();
  }
}

void load_run(PixelFormat format, const std::byte* from, std::size_t count, float* r, float* g, float* b, float* a) {
  run_format(format, Load{from, count, {r, g, b, a}});
}
void store_run(PixelFormat format, const float* r, const float* g, const float* b, const float* a, std::size_t count,
               std::byte* to) {
  run_format(format, Store{{r, g, b, a}, count, to});
}
void quantise_run(PixelFormat format, std::size_t count, float* r, float* g, float* b, float* a) {
  run_format(format, Quantise{{r, g, b, a}, count});
}

std::size_t nonfinite_run(const float* values, std::size_t count) {
  const std::size_t lanes = hn::Lanes(f);
  const auto exponent = hn::Set(u, 0x7f800000u);
  const auto all_ones = [&](const float* p)
                            HWY_ATTR { return hn::Eq(hn::And(hn::BitCast(u, hn::LoadU(f, p)), exponent), exponent); };
  std::size_t found = 0, i = 0;
  for (; i + lanes <= count; i += lanes) found += hn::CountTrue(u, all_ones(values + i));
  if (i == count) return found;
  HWY_ALIGN float rest[hn::MaxLanes(f)] = {};
  std::memcpy(rest, values + i, (count - i) * sizeof(float));
  return found + hn::CountTrue(u, all_ones(rest));
}

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(load_run);
HWY_EXPORT(store_run);
HWY_EXPORT(quantise_run);
HWY_EXPORT(nonfinite_run);

void load_pixels(PixelFormat format, const std::byte* from, int count, float* r, float* g, float* b, float* a) {
  HWY_DYNAMIC_DISPATCH(load_run)(format, from, std::size_t(count), r, g, b, a);
}

void store_pixels(PixelFormat format, const float* r, const float* g, const float* b, const float* a, int count,
                  std::byte* to) {
  HWY_DYNAMIC_DISPATCH(store_run)(format, r, g, b, a, std::size_t(count), to);
}

void quantise_pixels(PixelFormat format, int count, float* r, float* g, float* b, float* a) {
  HWY_DYNAMIC_DISPATCH(quantise_run)(format, std::size_t(count), r, g, b, a);
}

int count_nonfinite(const float* values, int count) {
  return int(HWY_DYNAMIC_DISPATCH(nonfinite_run)(values, std::size_t(count)));
}

}  // namespace cookline::kernels
#endif
