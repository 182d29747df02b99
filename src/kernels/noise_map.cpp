// From the pixels of a coordinate map to points of noise space, a vector of pixels at a time.
#include "kernels/noise.h"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/noise_map.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

// The first N coordinates of the pixels that a vector of D has room for, starting with pixel i.
template <int N, class D>
HWY_INLINE void map_pixels(D d, const NoiseMap& map, const std::array<const float*, 4>& pixels,
                           const std::array<double*, 4>& points, std::size_t i) {
  const hn::Rebind<float, D> df;
  const auto read = [&](std::size_t c) HWY_ATTR { return hn::PromoteTo(d, hn::LoadU(df, pixels[c] + i)); };
  const auto r = read(0), g = read(1), b = read(2);
  for (std::size_t k = 0; k < std::size_t(std::min(N, 3)); ++k) {
    const auto& row = map.rows[k];
    const auto by_r = hn::MulAdd(r, hn::Set(d, row[0]), hn::Set(d, map.shift[k]));
    const auto by_rg = hn::MulAdd(g, hn::Set(d, row[1]), by_r);
    hn::StoreU(hn::MulAdd(b, hn::Set(d, row[2]), by_rg), d, points[k] + i);
  }
  if constexpr (N == 4) {
    hn::StoreU(hn::MulAdd(read(3), hn::Set(d, map.fourth), hn::Set(d, map.shift[3])), d, points[3] + i);
  }
}

// `map` is a copy, so that what is written cannot change it.
template <int N>
void map_run(const NoiseMap map, const std::array<const float*, 4> pixels, const std::array<double*, 4> points,
             std::size_t count) {
  const hn::ScalableTag<double> d;
  const hn::CappedTag<double, 1> single;
  std::size_t i = 0;
  for (; i + hn::Lanes(d) <= count; i += hn::Lanes(d)) map_pixels<N>(d, map, pixels, points, i);
  for (; i < count; ++i) map_pixels<N>(single, map, pixels, points, i);
}

void map_points(const NoiseMap& map, const std::array<std::span<const float>, 4>& pixels,
                const std::array<std::span<double>, 4>& points, int dimensions) {
  const auto run = dimensions == 2 ? map_run<2> : dimensions == 3 ? map_run<3> : map_run<4>;
  run(map, {pixels[0].data(), pixels[1].data(), pixels[2].data(), pixels[3].data()},
      {points[0].data(), points[1].data(), points[2].data(), points[3].data()}, points[0].size());
}

}  // namespace
}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace cookline::kernels {

HWY_EXPORT(map_points);
void noise_map_points(const NoiseMap& map, const std::array<std::span<const float>, 4>& pixels,
                      const std::array<std::span<double>, 4>& points, int dimensions) {
  HWY_DYNAMIC_DISPATCH(map_points)(map, pixels, points, dimensions);
}

}  // namespace cookline::kernels
#endif
