#include "kernels/pixels.h"

#include <cmath>
#include <cstring>

#include "kernels/kernel_testing.h"

namespace cookline::kernels {
namespace {

constexpr float inf = std::numeric_limits<float>::infinity();
constexpr float nan_value = std::numeric_limits<float>::quiet_NaN();

// ---- Slow references, one component at a time, from the definitions of the formats.

std::uint32_t fixed_code(float v, int max) {
  if (!(v > 0)) return 0;  // NaN too
  if (v >= 1) return std::uint32_t(max);
  return std::uint32_t(std::nearbyint(double(v) * max));
}

std::uint32_t srgb_code(float v) {
  if (!(v > 0)) return 0;
  if (v >= 1) return 255;
  const long double x = v;
  const long double encoded = x <= 0.0031308L ? 12.92L * x : 1.055L * std::pow(x, 1 / 2.4L) - 0.055L;
  return std::uint32_t(std::nearbyint(encoded * 255));
}

float srgb_value(std::uint32_t code) {
  const long double c = code / 255.0L;
  return float(c <= 0.04045L ? c / 12.92L : std::pow((c + 0.055L) / 1.055L, 2.4L));
}

// A float of 5 exponent bits (bias 15) and `mantissa` bits: its value, and the nearest code of a value (ties to even).
double small_value(std::uint32_t code, int mantissa) {
  const std::uint32_t e = code >> mantissa, m = code & ((1u << mantissa) - 1);
  if (e == 31) return m ? double(nan_value) : double(inf);
  if (e == 0) return std::ldexp(double(m), -14 - mantissa);
  return std::ldexp(double(m + (1u << mantissa)), int(e) - 15 - mantissa);
}
std::uint32_t small_code(double v, int mantissa) {
  const std::uint32_t infinite = 31u << mantissa;
  if (std::isnan(v)) return infinite | (1u << (mantissa - 1));
  const double step = v < std::ldexp(1, -14) ? std::ldexp(1, -14 - mantissa) : std::ldexp(1, std::ilogb(v) - mantissa);
  const double rounded = std::isinf(v) ? v : std::nearbyint(v / step) * step;
  if (rounded > small_value(infinite - 1, mantissa)) return infinite;
  std::uint32_t code = 0;
  for (std::uint32_t bit = 1u << (4 + mantissa); bit; bit >>= 1)
    if (code + bit < infinite && small_value(code + bit, mantissa) <= rounded) code += bit;
  return code;
}
std::uint32_t half_code(float v) {
  const std::uint32_t sign = std::signbit(v) ? 0x8000 : 0;
  return sign | small_code(std::fabs(v), 10);
}
double half_value(std::uint32_t code) { return (code & 0x8000 ? -1 : 1) * small_value(code & 0x7fff, 10); }

// One component: the stored word for a value, and the value of a stored word.
std::uint32_t encode(const PixelFormatInfo& i, int channel, float v) {
  switch (i.component) {
    case Component::u8:
      return i.srgb && channel < 3 ? srgb_code(v) : fixed_code(v, 255);
    case Component::u16:
      return fixed_code(v, 65535);
    case Component::packed10:
      return fixed_code(v, channel < 3 ? 1023 : 3);
    case Component::packed11:
      return small_code(v != v ? v : std::max(v, 0.0f), channel < 2 ? 6 : 5);
    case Component::f16:
      return half_code(v);
    case Component::f32:
      break;
  }
  return std::bit_cast<std::uint32_t>(v);
}
float decode(const PixelFormatInfo& i, int channel, std::uint32_t word) {
  switch (i.component) {
    case Component::u8:
      return i.srgb && channel < 3 ? srgb_value(word) : float(word) / 255;
    case Component::u16:
      return float(word) / 65535;
    case Component::packed10:
      return float(word) / (channel < 3 ? 1023 : 3);
    case Component::packed11:
      return float(small_value(word, channel < 2 ? 6 : 5));
    case Component::f16:
      return float(half_value(word));
    case Component::f32:
      break;
  }
  return std::bit_cast<float>(word);
}

// Which planes a layout stores, in order.
std::vector<int> stored_planes(Layout layout) {
  switch (layout) {
    case Layout::rgba:
      return {0, 1, 2, 3};
    case Layout::rgb:
      return {0, 1, 2};
    case Layout::mono:
      return {0};
    case Layout::rg:
      return {0, 1};
    case Layout::a:
      return {3};
    case Layout::monoalpha:
      break;
  }
  return {0, 3};
}

std::uint64_t packed_position(const PixelFormatInfo& i, int channel) {
  return i.component == Component::packed10 ? std::uint64_t(10 * channel) : std::uint64_t(11 * channel);
}

std::vector<std::byte> reference_store(PixelFormat format, const TestPlanes& p) {
  const PixelFormatInfo& i = info(format);
  std::vector<std::byte> out;
  const auto append = [&](std::uint32_t word, int bytes) {
    for (int b = 0; b < bytes; ++b) out.push_back(std::byte(word >> (8 * b)));
  };
  const bool packed = i.component == Component::packed10 || i.component == Component::packed11;
  for (int x = 0; x < p.count(); ++x) {
    std::uint32_t word = 0;
    for (int c : stored_planes(i.layout)) {
      const std::uint32_t code = encode(i, c, p[c][x]);
      if (packed)
        word |= code << packed_position(i, c);
      else
        append(code, i.bytes / i.channels);
    }
    if (packed) append(word, 4);
  }
  return out;
}

TestPlanes reference_load(PixelFormat format, const std::vector<std::byte>& bytes) {
  const PixelFormatInfo& i = info(format);
  TestPlanes p(int(bytes.size()) / i.bytes);
  for (int x = 0; x < p.count(); ++x) {
    std::array<float, 4> v = {0, 0, 0, i.layout == Layout::a ? 0.0f : 1.0f};
    int at = 0;
    for (int c : stored_planes(i.layout)) {
      std::uint32_t word = 0;
      const bool packed = i.component == Component::packed10 || i.component == Component::packed11;
      const int size = packed ? 4 : i.bytes / i.channels;
      std::memcpy(&word, bytes.data() + x * i.bytes + (packed ? 0 : at), std::size_t(size));
      if (i.component == Component::packed10) word = word >> packed_position(i, c) & (c < 3 ? 1023 : 3);
      if (i.component == Component::packed11) word = word >> packed_position(i, c) & (c < 2 ? 2047 : 1023);
      v[std::size_t(c)] = decode(i, c, word);
      at += size;
    }
    if (i.layout == Layout::mono || i.layout == Layout::monoalpha) v[1] = v[2] = v[0];
    for (int c = 0; c < 4; ++c) p[c][x] = v[std::size_t(c)];
  }
  return p;
}

// Values near every kind of edge: range ends, ties, subnormals of every format, huge, infinite, NaN; then random ones.
TestPlanes awkward_planes(int count) {
  const std::vector<float> special = {0.0f,    -0.0f,   1.0f,      -1.0f,     0.5f / 255,   1.5f / 255, 0.5f,
                                      2.0f,    inf,     -inf,      nan_value, 1e-8f,        6e-8f,      1e-40f,
                                      65504.f, 65520.f, 65519.99f, 65024.f,   65280.f,      64512.f,    6.1e-5f,
                                      1e30f,   -1e30f,  0.999999f, 1.000001f, 127.5f / 255, 0.0031308f, 0x1p-14f};
  TestPlanes p(count);
  for (int c = 0; c < 4; ++c)
    for (int i = 0; i < count; ++i) {
      const std::size_t n = std::size_t(i + 7 * c);
      p[c][i] = n < special.size() ? special[n] : random_float(std::uint64_t(c), i, -0.1, 1.1);
      if (n % 3 == 2 && n >= special.size()) p[c][i] *= std::exp2(random_float(9, int(n), -24, 17));
    }
  return p;
}

std::vector<std::byte> stored(PixelFormat format, const TestPlanes& p) {
  std::vector<std::byte> bytes(std::size_t(p.count() * info(format).bytes));
  store_pixels(format, p[0], p[1], p[2], p[3], p.count(), bytes.data());
  return bytes;
}
TestPlanes loaded(PixelFormat format, const std::vector<std::byte>& bytes) {
  TestPlanes p(int(bytes.size()) / info(format).bytes);
  load_pixels(format, bytes.data(), p.count(), p[0], p[1], p[2], p[3]);
  return p;
}

template <class Check>
void for_every_format(const Check& check) {
  for (int i = 0; i < pixel_format_count; ++i) {
    SCOPED_TRACE(info(PixelFormat(i)).name);
    check(PixelFormat(i));
  }
}

}  // namespace

TEST(pixels, storing_equals_the_definition_of_every_format) {
  const TestPlanes p = awkward_planes(3001);
  for_every_format([&](PixelFormat format) {
    const std::vector<std::byte> expected = reference_store(format, p);
    on_every_target([&] {
      const std::vector<std::byte> got = stored(format, p);
      if (info(format).component == Component::f16 || info(format).component == Component::f32) {
        expect_same_bits(reference_load(format, got), reference_load(format, expected));  // any NaN will do
      } else {
        ASSERT_EQ(got, expected);
      }
    });
  });
}

TEST(pixels, every_16_bit_component_loads_exactly) {
  for (PixelFormat format : {PixelFormat::rgba16fixed, PixelFormat::rgba16float, PixelFormat::mono16fixed,
                             PixelFormat::mono16float, PixelFormat::rg16float, PixelFormat::rgb16float}) {
    std::vector<std::byte> bytes(65536 * std::size_t(info(format).bytes));
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
      const std::uint16_t word = std::uint16_t(i / 2 * 40503u);
      std::memcpy(&bytes[i], &word, 2);
    }
    on_every_target([&] { expect_same_bits(loaded(format, bytes), reference_load(format, bytes)); });
  }
}

TEST(pixels, random_bytes_load_as_the_definition_says) {
  for_every_format([&](PixelFormat format) {
    std::vector<std::byte> bytes(2049 * std::size_t(info(format).bytes));
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = std::byte(random_bits(3, i));
    on_every_target([&] { expect_same_bits(loaded(format, bytes), reference_load(format, bytes)); });
  });
}

TEST(pixels, quantising_is_storing_and_loading) {
  const TestPlanes p = awkward_planes(1000);
  for_every_format([&](PixelFormat format) {
    const TestPlanes expected = reference_load(format, reference_store(format, p));
    on_every_target([&] {
      TestPlanes q = p;
      quantise_pixels(format, q.count(), q[0], q[1], q[2], q[3]);
      expect_same_bits(q, expected);
      expect_same_bits(q, loaded(format, stored(format, p)));
    });
  });
}

TEST(pixels, stored_values_survive_a_second_trip) {
  for_every_format([&](PixelFormat format) {
    std::vector<std::byte> bytes(1024 * std::size_t(info(format).bytes));
    const PixelFormatInfo& i = info(format);
    for (std::size_t n = 0; n < bytes.size(); ++n) bytes[n] = std::byte(i.fixed() ? random_bits(5, n) : n % 60);
    on_every_target([&] { EXPECT_EQ(stored(format, loaded(format, bytes)), bytes); });
  });
}

TEST(pixels, runs_of_any_length_touch_only_their_own_memory) {
  for (int count = 0; count <= 70; ++count) {
    const TestPlanes p = awkward_planes(count);
    for_every_format([&](PixelFormat format) {
      on_every_target([&] {
        const std::vector<std::byte> bytes = stored(format, p);
        EXPECT_EQ(bytes, stored(format, loaded(format, bytes)));
        std::vector<std::byte> guarded(bytes.size() + 64, std::byte(0xa5));
        store_pixels(format, p[0], p[1], p[2], p[3], count, guarded.data());
        for (std::size_t i = bytes.size(); i < guarded.size(); ++i) ASSERT_EQ(guarded[i], std::byte(0xa5));
        TestPlanes q = awkward_planes(count + 20);
        const TestPlanes before = q;
        quantise_pixels(format, count, q[0], q[1], q[2], q[3]);
        load_pixels(format, bytes.data(), count, q[0], q[1], q[2], q[3]);
        for (int c = 0; c < 4; ++c)
          for (int i = count; i < count + 20; ++i) ASSERT_EQ(bits_of(q[c][i]), bits_of(before[c][i]));
      });
    });
  }
}

TEST(pixels, every_srgb_threshold_is_exact) {
  TestPlanes p(256 * 2);
  for (int k = 1; k < 256; ++k) {
    // The floats on both sides of the point half way between two codes.
    const long double c = (k - 0.5L) / 255;
    const long double exact = c <= 0.04045L ? c / 12.92L : std::pow((c + 0.055L) / 1.055L, 2.4L);
    float above = float(exact);
    while ((long double)above < exact) above = std::nextafter(above, 2.0f);
    while ((long double)std::nextafter(above, 0.0f) >= exact) above = std::nextafter(above, 0.0f);
    p[0][2 * k] = above;
    p[0][2 * k + 1] = std::nextafter(above, 0.0f);
  }
  on_every_target([&] {
    const std::vector<std::byte> bytes = stored(PixelFormat::srgba8fixed, p);
    for (int k = 1; k < 256; ++k) {
      EXPECT_EQ(int(bytes[std::size_t(8 * k)]), k);
      EXPECT_EQ(int(bytes[std::size_t(8 * k + 4)]), k - 1);
    }
  });
}

TEST(pixels, values_that_are_not_finite_are_counted) {
  std::vector<float> v(53, 0.5f);
  on_every_target([&] { EXPECT_EQ(count_nonfinite(v.data(), 53), 0); });
  v[0] = nan_value;
  v[17] = inf;
  v[52] = -inf;
  v[51] = std::numeric_limits<float>::max();
  on_every_target([&] {
    EXPECT_EQ(count_nonfinite(v.data(), 53), 3);
    EXPECT_EQ(count_nonfinite(v.data(), 52), 2);
    EXPECT_EQ(count_nonfinite(v.data(), 0), 0);
  });
}

}  // namespace cookline::kernels
