#include "io/png_filter.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdlib>

#include "io/io_testing.h"

namespace cookline {
using namespace io_testing;
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

struct Rows {
  std::size_t pixel;
  std::vector<std::vector<int>> rows;
  int at(std::ptrdiff_t x, std::ptrdiff_t y) const { return x < 0 || y < 0 ? 0 : rows[std::size_t(y)][std::size_t(x)]; }
  int difference(int filter, std::ptrdiff_t x, std::ptrdiff_t y) const {
    const auto step = std::ptrdiff_t(pixel);
    return (at(x, y) - predicted(filter, at(x - step, y), at(x, y - 1), at(x - step, y - 1))) & 255;
  }
  int sum(int filter, std::ptrdiff_t y) const {
    int total = 0;
    for (std::size_t x = 0; x < rows[std::size_t(y)].size(); ++x) {
      const int d = difference(filter, std::ptrdiff_t(x), y);
      total += std::min(d, 256 - d);
    }
    return total;
  }
};

// Rows of different kinds, so that every filter wins somewhere.
Rows random_rows(std::uint64_t seed, int pixels) {
  Rows made{std::size_t(random_int(seed, 0, 1, 8)), {}};
  const auto count = std::size_t(pixels) * made.pixel;
  for (std::size_t y = 0; y < 12; ++y) {
    made.rows.emplace_back(count);
    const std::uint64_t kind = random_bits(seed, 10 + y) % 4;
    for (std::size_t x = 0; x < count; ++x) {
      const int noise = int(random_bits(seed, 1000 + y * count + x) % 256),
                before = made.at(std::ptrdiff_t(x), std::ptrdiff_t(y) - 1);
      const int values[] = {noise, int(x * 5 + y * 17) & 255, before, (before + noise % 8) & 255};
      made.rows.back()[x] = values[kind];
    }
  }
  return made;
}

// Filters all rows, compares each with the reference and counts the filters chosen.
void check_rows(const Rows& source, std::array<int, 5>& used) {
  const std::size_t count = source.rows[0].size();
  PngFilter filter(int(source.pixel), count);
  std::vector<std::byte> out(1 + count);
  for (std::ptrdiff_t y = 0; y < std::ptrdiff_t(source.rows.size()); ++y) {
    for (std::size_t x = 0; x < count; ++x) filter.row()[x] = std::byte(source.rows[std::size_t(y)][x]);
    filter.apply(out.data());
    const auto chosen = std::size_t(out[0]);
    ASSERT_LE(chosen, 4u);
    ++used[chosen];
    for (std::size_t x = 0; x < count; ++x)
      ASSERT_EQ(int(out[1 + x]), source.difference(int(chosen), std::ptrdiff_t(x), y))
          << "filter " << chosen << ", " << x;
    for (int other = 0; other < 5; ++other) ASSERT_LE(source.sum(int(chosen), y), source.sum(other, y));
  }
}

}  // namespace

TEST(png_filter, differences_are_the_specification_s_and_their_sum_is_the_smallest) {
  std::array<int, 5> used{};
  for (std::uint64_t seed = 0; seed < 300; ++seed) check_rows(random_rows(seed, random_int(seed, 1, 1, 40)), used);
  for (const int count : used) EXPECT_GT(count, 20);
}

TEST(png_filter, long_rows_are_summed_in_full) {
  std::array<int, 5> used{};
  for (std::uint64_t seed = 0; seed < 6; ++seed) check_rows(random_rows(seed, 5000), used);
}

}  // namespace cookline
