#include "kernels/png_filter.h"

#include <algorithm>
#include <cstdlib>

#include "kernels/kernel_testing.h"

namespace cookline::kernels {
namespace {

// The predictions as the specification writes them (9.2 to 9.4), one byte at a time.
int predicted(int filter, int a, int b, int c) {
  switch (filter) {
    case 1:
      return a;
    case 2:
      return b;
    case 3:
      return (a + b) / 2;
    case 4: {
      const int p = a + b - c, pa = std::abs(p - a), pb = std::abs(p - b), pc = std::abs(p - c);
      return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }
    default:
      return 0;
  }
}

// Two rows of random bytes, exactly as long as they must be.
struct TestRows {
  std::vector<std::uint8_t> now, before;
  std::size_t bytes, pixel;

  TestRows(std::uint64_t seed, std::size_t count, std::size_t pixel_bytes)
      : now(count), before(count), bytes(count), pixel(pixel_bytes) {
    // Few different values make equal distances frequent.
    const std::uint64_t values = seed % 3 == 0 ? 4 : 256;
    for (std::size_t i = 0; i < count; ++i) {
      now[i] = std::uint8_t(random_bits(seed, 2 * i) % values);
      before[i] = std::uint8_t(random_bits(seed, 2 * i + 1) % values);
    }
  }
  PngRows rows() const { return {now.data(), before.data(), now.data(), bytes, pixel}; }
  int difference(int filter, std::size_t x) const {
    const int left = x < pixel ? 0 : now[x - pixel], corner = x < pixel ? 0 : before[x - pixel];
    return (now[x] - predicted(filter, left, before[x], corner)) & 255;
  }
  std::uint64_t cost(int filter, PngSample sample) const {
    std::uint64_t sum = 0;
    for (std::size_t x = 0; x < bytes; ++x) {
      const int d = difference(filter, x);
      if (x / 64 % sample.step == sample.first) sum += std::uint64_t(std::min(d, 256 - d));
    }
    return sum;
  }
};

}  // namespace

TEST(png_filter, differences_are_the_specification_s) {
  on_every_target([] {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      const TestRows test(seed, 1 + random_bits(seed, 0) % 300, 1 + seed % 8);
      for (int filter = 0; filter < png_filter_count; ++filter) {
        std::vector<std::uint8_t> to(test.bytes + png_row_padding);
        png_differences(filter, test.rows(), to.data());
        for (std::size_t x = 0; x < test.bytes; ++x)
          ASSERT_EQ(int(to[x]), test.difference(filter, x)) << "filter " << filter << ", byte " << x;
      }
    }
  });
}

TEST(png_filter, all_neighbours_are_weighed_as_the_specification_does) {
  constexpr int values = 256;
  on_every_target([] {
    // Pairs of pixels: the first are left and corner, the second has all values above it.
    std::vector<std::uint8_t> now(2 * values), before(2 * values), to(2 * values + png_row_padding);
    const PngRows rows{now.data(), before.data(), now.data(), now.size(), 1};
    for (std::size_t up = 0; up < values; ++up) before[2 * up + 1] = std::uint8_t(up);
    for (int left = 0; left < values; ++left)
      for (int corner = 0; corner < values; ++corner) {
        for (std::size_t i = 0; i < values; ++i) now[2 * i] = std::uint8_t(left), before[2 * i] = std::uint8_t(corner);
        png_differences(4, rows, to.data());
        for (std::size_t up = 0; up < values; ++up)
          ASSERT_EQ(-to[2 * up + 1] & 255, predicted(4, left, int(up), corner)) << left << ' ' << up << ' ' << corner;
      }
  });
}

TEST(png_filter, costs_are_sums_of_magnitudes_over_the_sampled_blocks) {
  on_every_target([] {
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
      const TestRows test(seed, 1 + random_bits(seed, 0) % 1200, 1 + seed % 8);
      const PngSample sample{1 + seed % 5, seed / 5 % (1 + seed % 5)};
      const auto costs = png_filter_costs(test.rows(), sample);
      for (int filter = 0; filter < png_filter_count; ++filter)
        ASSERT_EQ(costs[std::size_t(filter)], test.cost(filter, sample))
            << test.bytes << " bytes, 1 in " << sample.step;
    }
  });
}

}  // namespace cookline::kernels
