// Look-up of 8-bit pixels in tables.
#include "kernels/code_table.h"

#include "kernel_testing.h"

namespace cookline::kernels {
namespace {

TEST(code_table, maps_every_channel_by_its_own_table_for_any_count_on_every_target) {
  CodeTable table;
  for (int c = 0; c < 4; ++c)
    for (int i = 0; i < CodeTable::codes; ++i)
      table.channels[c][i] = std::uint8_t(random_bits(7, std::uint64_t(256 * c + i)));
  on_every_target([&] {
    for (const int count : {0, 1, 3, 63, 64, 65, 200, 1023}) {
      std::vector<std::byte> from(std::size_t(4 * count)), to(from.size());
      for (std::size_t i = 0; i < from.size(); ++i) from[i] = std::byte(random_bits(11, i));
      map_codes(table, from.data(), count, to.data());
      for (std::size_t i = 0; i < from.size(); ++i)
        ASSERT_EQ(std::uint8_t(to[i]), table.channels[i % 4][std::uint8_t(from[i])]) << i << " of " << count;
      map_codes(table, from.data(), count, from.data());
      ASSERT_EQ(from, to);
    }
  });
}

}  // namespace
}  // namespace cookline::kernels
