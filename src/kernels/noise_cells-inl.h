// The kinds of noise whose algorithm in TouchDesigner is not public: white, sparse convolution, hermite, alligator.
// Built from an integer hash of the cell; amplitudes and feature sizes are set so that values spread as published
// pictures of TouchDesigner's do. Included once per target.
#if defined(COOKLINE_KERNELS_NOISE_CELLS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef COOKLINE_KERNELS_NOISE_CELLS_INL_H_
#undef COOKLINE_KERNELS_NOISE_CELLS_INL_H_
#else
#define COOKLINE_KERNELS_NOISE_CELLS_INL_H_
#endif

#include "kernels/noise_lattice-inl.h"

HWY_BEFORE_NAMESPACE();
namespace cookline::kernels::HWY_NAMESPACE {

// A bijective mix of 32 bits: multiply and fold, as in MurmurHash3's finaliser (A. Appleby).
HWY_INLINE U mix_bits(U h) {
  h = hn::Xor(h, hn::ShiftRight<16>(h));
  h = hn::Mul(h, set_bits(0x85ebca6b));
  h = hn::Xor(h, hn::ShiftRight<13>(h));
  h = hn::Mul(h, set_bits(0xc2b2ae35));
  return hn::Xor(h, hn::ShiftRight<16>(h));
}

// Four independent bytes for a cell; coordinates count modulo 256.
HWY_INLINE U hash_of_cell(U i, U j, U k) {
  const U byte = set_bits(255);
  const U packed =
      hn::Or(hn::And(i, byte), hn::ShiftLeft<8>(hn::Or(hn::And(j, byte), hn::ShiftLeft<8>(hn::And(k, byte)))));
  return mix_bits(hn::Add(packed, set_bits(0x9e3779b9)));
}

// Byte n of each lane as a float, 0 … 255.
template <int n>
HWY_INLINE F byte_of(U hash) {
  return hn::ConvertTo(Floats(), as_ints(hn::And(hn::ShiftRight<8 * n>(hash), set_bits(255))));
}

// Every point on its own, uniform in [-1, 1). Reads four coordinates.
template <std::uint32_t salt>
struct White {
  static constexpr int dimensions = 4;
  static constexpr bool with_slope = false;

  HWY_INLINE F value(const std::array<U, 4>& c) const {
    U h = set_bits(salt);
    for (int k = 0; k < 4; ++k) h = mix_bits(hn::Add(hn::Mul(h, set_bits(0x9e3779b1)), c[k]));
    const auto high = hn::ShiftRight<8>(as_ints(h));
    return hn::Mul(hn::ConvertTo(Floats(), high), set(0x1p-23f));
  }
};

// A point, its cell and the random points of the 27 cells around it.
struct Neighbourhood {
  std::array<U, 3> cell;
  std::array<F, 3> place;  // within the cell, 0 … 1

  HWY_INLINE explicit Neighbourhood(const std::array<U, 3>& c) {
    for (int k = 0; k < 3; ++k) {
      cell[k] = cell_of(c[k]);
      place[k] = hn::Mul(fraction_of(c[k]), set(0x1p-24f));
    }
  }

  // Calls visit(squared distance to the cell's random point, the cell's random number in (0, 1)) for all 27 cells.
  template <class Visit>
  HWY_INLINE void each(Visit visit) const {
    for (int z = -1; z <= 1; ++z) {
      for (int y = -1; y <= 1; ++y) {
        for (int x = -1; x <= 1; ++x) {
          const U h =
              hash_of_cell(hn::Add(cell[0], set_bits(std::uint32_t(x))), hn::Add(cell[1], set_bits(std::uint32_t(y))),
                           hn::Add(cell[2], set_bits(std::uint32_t(z))));
          const F dx = distance(byte_of<0>(h), x, place[0]), dy = distance(byte_of<1>(h), y, place[1]),
                  dz = distance(byte_of<2>(h), z, place[2]);
          const F squared = hn::MulAdd(dx, dx, hn::MulAdd(dy, dy, hn::Mul(dz, dz)));
          visit(squared, hn::MulAdd(byte_of<3>(h), set(1.0f / 256), set(0.5f / 256)));
        }
      }
    }
  }

 private:
  static HWY_INLINE F distance(F byte, int cell_step, F place) {
    return hn::Sub(hn::MulAdd(byte, set(1.0f / 256), set(float(cell_step) + 0.5f / 256)), place);
  }
};

// Sparse convolution (J. P. Lewis, Algorithms for Solid Noise Synthesis, 1989): one impulse of random height at a
// random place in every cell, smeared by (1 − d²)³.
struct Sparse {
  static constexpr int dimensions = 3;
  static constexpr bool with_slope = false;

  HWY_INLINE F value(const std::array<U, 3>& c) const {
    F sum = hn::Zero(Floats());
    Neighbourhood(c).each([&](F squared, F random) HWY_ATTR {
      const F t = hn::Max(hn::Sub(set(1), squared), hn::Zero(Floats()));
      const F height = hn::MulSub(random, set(2), set(1));
      sum = hn::MulAdd(hn::Mul(hn::Mul(t, t), t), height, sum);
    });
    return sum;
  }
};

// Cellular noise in the manner of Houdini's alligator: every cell has a bump of random height around its random point;
// the result is how much the highest bump stands above the second, so that bumps are parted by valleys of zero.
struct Alligator {
  static constexpr int dimensions = 3;
  static constexpr bool with_slope = false;

  HWY_INLINE F value(const std::array<U, 3>& c) const {
    F highest = hn::Zero(Floats()), second = hn::Zero(Floats());
    Neighbourhood(c).each([&](F squared, F random) HWY_ATTR {
      constexpr float reach = 0.72f;  // cells
      const F t = hn::Max(hn::NegMulAdd(hn::Sqrt(squared), set(1 / reach), set(1)), hn::Zero(Floats()));
      const F bump = hn::Mul(hn::Mul(hn::Mul(t, t), hn::NegMulAdd(t, set(2), set(3))), random);
      second = hn::Max(second, hn::Min(highest, bump));
      highest = hn::Max(highest, bump);
    });
    return hn::Sub(highest, second);
  }
};

// Random values and random slopes at lattice points, joined by Hermite cubics along every axis (G. Ward, A Recursive
// Implementation of the Perlin Noise Function, Graphics Gems II, 1991).
struct Hermite {
  static constexpr int dimensions = 3;
  static constexpr bool with_slope = false;

  // The cubics that carry the value and the slope of the lattice point `upper` along one axis.
  struct Weights {
    F value, slope;
  };
  static HWY_INLINE Weights weights(F place, int upper) {
    const F t = upper ? hn::Sub(place, set(1)) : place, a = hn::Abs(t), rest = hn::Sub(set(1), a);
    return {hn::Mul(hn::Mul(rest, rest), hn::MulAdd(a, set(2), set(1))), hn::Mul(t, hn::Mul(rest, rest))};
  }
  static HWY_INLINE F signed_unit(F byte) { return hn::MulAdd(byte, set(2.0f / 255), set(-1)); }

  HWY_INLINE F value(const std::array<U, 3>& c) const {
    const Neighbourhood at(c);
    F sum = hn::Zero(Floats());
    for (int corner = 0; corner < 8; ++corner) {
      const int o[3] = {corner & 1, corner >> 1 & 1, corner >> 2};
      std::array<U, 3> cell;
      for (int k = 0; k < 3; ++k) cell[k] = hn::Add(at.cell[k], set_bits(std::uint32_t(o[k])));
      const U h = hash_of_cell(cell[0], cell[1], cell[2]);
      const Weights x = weights(at.place[0], o[0]), y = weights(at.place[1], o[1]), z = weights(at.place[2], o[2]);
      const F yz = hn::Mul(y.value, z.value);
      const F along_x = hn::MulAdd(signed_unit(byte_of<3>(h)), x.value, hn::Mul(signed_unit(byte_of<0>(h)), x.slope));
      const F across = hn::MulAdd(hn::Mul(signed_unit(byte_of<1>(h)), y.slope), z.value,
                                  hn::Mul(hn::Mul(signed_unit(byte_of<2>(h)), z.slope), y.value));
      sum = hn::MulAdd(along_x, yz, hn::MulAdd(across, x.value, sum));
    }
    return sum;
  }
};

}  // namespace cookline::kernels::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();
#endif
