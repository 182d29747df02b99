// What every lattice noise shares, per target: walking over the blocks of an octave, fixed-point coordinates, hashing
// of lattice points through the tables, gradients. Included once per target, after foreach_target.h.
#if defined(COOKLINE_KERNELS_NOISE_LATTICE_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_NOISE_LATTICE_INL_H_
#undef COOKLINE_KERNELS_NOISE_LATTICE_INL_H_
#else
#define COOKLINE_KERNELS_NOISE_LATTICE_INL_H_
#endif

#include <hwy/highway.h>

#include <array>
#include <cstddef>
#include <cstdint>

#include "kernels/noise_run.h"
#include "kernels/noise_tables.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::ScalableTag<float>;
using Bits = hn::RebindToUnsigned<Floats>;
using Ints = hn::RebindToSigned<Floats>;
using F = hn::Vec<Floats>;
using U = hn::Vec<Bits>;
using I = hn::Vec<Ints>;
using M = hn::Mask<Floats>;

HWY_INLINE F set(float value) { return hn::Set(Floats(), value); }
HWY_INLINE U set_bits(std::uint32_t value) { return hn::Set(Bits(), value); }
HWY_INLINE I as_ints(U bits) { return hn::BitCast(Ints(), bits); }
HWY_INLINE U as_bits(I ints) { return hn::BitCast(Bits(), ints); }

// The lattice cell of a fixed-point coordinate, 0 … 255.
HWY_INLINE U cell_of(U coordinate) { return hn::ShiftRight<24>(coordinate); }

// The place within the cell in units of 2^-24, exactly.
HWY_INLINE F fraction_of(U coordinate) {
  return hn::ConvertTo(Floats(), as_ints(hn::And(coordinate, set_bits(0xffffff))));
}

template <int N>
struct Sample {
  std::array<F, N> slope;
};

// Adds basis(coordinates) over all blocks of an octave. Basis::dimensions coordinates are read; basis.value gives F,
// basis.slope gives Sample.
template <class Basis>
HWY_INLINE void add_octave(const NoiseOctave& octave, const Basis& basis) {
  constexpr int n = Basis::dimensions;
  const Floats d;
  const Bits du;
  constexpr std::size_t lanes = hn::MaxLanes(Floats());
  static_assert(noise_block % lanes == 0);
  std::array<std::uint64_t, n> at;
  for (int k = 0; k < n; ++k) at[k] = octave.axes[k].start;
  const auto amplitude = set(octave.amplitude), slope_amplitude = set(octave.slope_amplitude);
  for (int block = 0; block < octave.blocks; ++block) {
    for (std::size_t part = 0; part < noise_block; part += lanes) {
      std::array<U, n> c;
      for (int k = 0; k < n; ++k) {
        const NoiseAxis& axis = octave.axes[k];
        c[k] = hn::Add(set_bits(std::uint32_t(at[k] >> 32)), hn::LoadU(du, axis.lane + block * axis.stride + part));
      }
      const std::size_t pixel = std::size_t(block) * noise_block + part;
      if constexpr (Basis::with_slope) {
        const auto sample = basis.slope(c);
        for (int k = 0; k < n; ++k) {
          float* to = octave.slope[k] + pixel;
          hn::StoreU(hn::MulAdd(sample.slope[k], slope_amplitude, hn::LoadU(d, to)), d, to);
        }
      } else {
        float* to = octave.sum + pixel;
        hn::StoreU(hn::MulAdd(basis.value(c), amplitude, hn::LoadU(d, to)), d, to);
      }
    }
    for (int k = 0; k < n; ++k) at[k] += octave.axes[k].step;
  }
}

// One component of a gradient, given its code in the two lowest bits of each lane; the bits above do not matter.
HWY_INLINE F component(F table, U code) {
#if HWY_TARGET == HWY_AVX2
  return F{_mm256_permutevar_ps(table.raw, as_ints(code).raw)};
#elif HWY_TARGET == HWY_AVX3 || HWY_TARGET == HWY_AVX3_DL
  return F{_mm512_permutevar_ps(table.raw, code.raw)};
#else
  const hn::Repartition<std::uint8_t, Floats> d8;
  const auto bytes = hn::Add(hn::Mul(hn::And(code, set_bits(3)), set_bits(0x04040404)), set_bits(0x03020100));
  return hn::BitCast(Floats(), hn::TableLookupBytes(hn::BitCast(d8, table), hn::BitCast(d8, bytes)));
#endif
}

// Reads gradients out of codes of N components (noise_tables.h), from the lowest bits of each lane.
template <int N>
struct CodedGradients {
  F table;
  CodedGradients() {
    alignas(16) static constexpr float values[4] = {noise_component[0], noise_component[1], noise_component[2], 0};
    table = hn::LoadDup128(Floats(), values);
  }
  HWY_INLINE std::array<F, N> operator()(U code) const {
    std::array<F, N> g;
    g[0] = component(table, code);
    g[1] = component(table, hn::ShiftRight<2>(code));
    if constexpr (N > 2) g[2] = component(table, hn::ShiftRight<4>(code));
    if constexpr (N > 3) g[3] = component(table, hn::ShiftRight<6>(code));
    return g;
  }
};

// The four lookups around cell (i, j): (i, j), (i+1, j), (i, j+1), (i+1, j+1), lowest byte first.
HWY_INLINE U quad_of(const NoiseTables& tables, U i, U j) {
  const U at = hn::Or(hn::ShiftLeft<8>(j), i);
  return hn::GatherIndex(Bits(), tables.quad.data(), as_ints(at));
}

// Gradient codes of the points k and k+1 (two lowest bytes) of a column. `column` has the column's lookup in bits 9 to
// 16 and anything elsewhere; `k` is the cell, doubled.
HWY_INLINE U column_codes(const NoiseTables& tables, U column, U doubled_k) {
  const U at = hn::Or(hn::And(column, set_bits(0x1fe00)), doubled_k);
  const auto* base = reinterpret_cast<const std::uint32_t*>(tables.code_3d.data());
  return hn::GatherOffset(Bits(), base, as_ints(at));
}

// Gradient code of the 4-D point whose pairs of coordinates were looked up as p and q; bits above the lowest byte of
// each do not matter.
HWY_INLINE U code_of_pairs(const NoiseTables& tables, U p, U q) {
  const U at = hn::Or(hn::And(hn::ShiftLeft<8>(p), set_bits(0xff00)), hn::And(q, set_bits(0xff)));
  const auto* base = reinterpret_cast<const std::uint32_t*>(tables.code_4d.data());
  return hn::GatherOffset(Bits(), base, as_ints(at));
}

// 3-D gradient codes of four lookups at once, byte by byte.
HWY_INLINE U codes_of_lookups(U lookups) {
  const hn::Repartition<std::uint8_t, Floats> d8;
  alignas(16) static constexpr std::array<std::uint8_t, 16> codes = noise_codes_3d;
  const auto index = hn::BitCast(d8, hn::And(lookups, set_bits(0x0f0f0f0f)));
  return hn::BitCast(Bits(), hn::TableLookupBytes(hn::LoadDup128(d8, codes.data()), index));
}

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
