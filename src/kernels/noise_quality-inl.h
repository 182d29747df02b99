// What the Noise TOP's quality mode changes in simplex noise: lattice points hashed as a whole, gradients in 256
// directions instead of 12, and a radius at which corners fade out before they vanish, so that neither axes nor steps
// show. Included once per target.
// TD differs: the formula of TouchDesigner's quality mode is not public; this one has its purpose, not its picture.
#if defined(COOKLINE_KERNELS_NOISE_QUALITY_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_NOISE_QUALITY_INL_H_
#undef COOKLINE_KERNELS_NOISE_QUALITY_INL_H_
#else
#define COOKLINE_KERNELS_NOISE_QUALITY_INL_H_
#endif

#include "kernels/noise_cells-inl.h"
#include "kernels/noise_simplex-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

// Gradients of unit length by the lowest eight bits of a hash.
template <int N>
struct DirectionGradients {
  const NoiseDirections& directions = noise_directions(N);
  HWY_INLINE std::array<F, N> operator()(U hash) const {
    const auto index = as_ints(hn::And(hash, set_bits(255)));
    std::array<F, N> g;
    for (int k = 0; k < N; ++k) g[k] = hn::GatherIndex(Floats(), directions.component[k].data(), index);
    return g;
  }
};

template <int N>
struct QualityCorners {
  using Gradients = DirectionGradients<N>;

  HWY_INLINE Corners<N> operator()(const std::array<U, N>& c, const std::array<F, N>&, const Walk<N>& walk) const {
    Corners<N> hashes;
    for (int m = 0; m <= N; ++m) {
      U packed = set_bits(0);
      for (int k = 0; k < N; ++k) {
        U cell = cell_of(c[k]);
        if (m == N) cell = hn::Add(cell, set_bits(1));
        if (m > 0 && m < N) {
          cell = hn::Add(cell, hn::IfThenElseZero(hn::RebindMask(Bits(), walk.step[m - 1][k]), set_bits(1)));
        }
        packed = hn::Or(hn::ShiftLeft<8>(packed), hn::And(cell, set_bits(255)));
      }
      hashes[m] = mix_bits(hn::Add(packed, set_bits(0x9e3779b9)));
    }
    return hashes;
  }
};

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
