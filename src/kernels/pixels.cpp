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

#include "kernels/planes-inl.h"
// After its vectors:
#include "kernels/pixels_codec-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

// Pixels of a rest; no format has larger ones than four floats.
struct RestPixels {
  HWY_ALIGN std::byte bytes[hn::MaxLanes(f) * 16] = {};
};

struct Load {
  const std::byte* from;
  std::size_t count;
  Planes to;
  template <class Pixel>
  void run() const {
    const std::size_t lanes = hn::Lanes(f);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) store(Pixel::load(from + i * Pixel::bytes), to, i);
    if (i == count) return;
    RestPixels pixels;
    Rest rest;
    std::memcpy(pixels.bytes, from + i * Pixel::bytes, (count - i) * Pixel::bytes);
    store(Pixel::load(pixels.bytes), rest.planes(), 0);
    rest.give(to, i, count - i);
  }
};

struct Store {
  ConstPlanes from;
  std::size_t count;
  std::byte* to;
  template <class Pixel>
  void run() const {
    const std::size_t lanes = hn::Lanes(f);
    std::size_t i = 0;
    for (; i + lanes <= count; i += lanes) Pixel::store(load(from, i), to + i * Pixel::bytes);
    if (i == count) return;
    RestPixels pixels;
    Rest rest;
    rest.take(from, i, count - i);
    Pixel::store(load(rest.planes(), 0), pixels.bytes);
    std::memcpy(to + i * Pixel::bytes, pixels.bytes, (count - i) * Pixel::bytes);
  }
};

struct Quantise {
  Planes planes;
  std::size_t count;
  template <class Pixel>
  void run() const {
    transform_run(planes, planes, count, [](std::size_t, const Rgba& p) HWY_ATTR { return Pixel::round(p); });
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

void load_run(PixelFormat format, const std::byte* from, std::size_t count, const Planes& to) {
  run_format(format, Load{from, count, to});
}
void store_run(PixelFormat format, const ConstPlanes& from, std::size_t count, std::byte* to) {
  run_format(format, Store{from, count, to});
}
void quantise_run(PixelFormat format, std::size_t count, const Planes& planes) {
  run_format(format, Quantise{planes, count});
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
  HWY_DYNAMIC_DISPATCH(load_run)(format, from, std::size_t(count), Planes{r, g, b, a});
}

void store_pixels(PixelFormat format, const float* r, const float* g, const float* b, const float* a, int count,
                  std::byte* to) {
  HWY_DYNAMIC_DISPATCH(store_run)(format, ConstPlanes{r, g, b, a}, std::size_t(count), to);
}

void quantise_pixels(PixelFormat format, int count, float* r, float* g, float* b, float* a) {
  HWY_DYNAMIC_DISPATCH(quantise_run)(format, std::size_t(count), Planes{r, g, b, a});
}

int count_nonfinite(const float* values, int count) {
  return int(HWY_DYNAMIC_DISPATCH(nonfinite_run)(values, std::size_t(count)));
}

}  // namespace cookline::kernels
#endif
