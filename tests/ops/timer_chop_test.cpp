#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "ops/op_harness.h"

namespace cookline {
const OpDef& timer_chop();
namespace {

TEST(timer_chop, a_length_of_l_seconds_is_exactly_its_rounded_number_of_frames) {
  const Rate rates[] = {{60, 1}, {30000, 1001}, {24, 1}, {25, 1}, {1, 1}, {1000, 7}};
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Rate rate = rates[random_bits(1, seed) % 6];
    const double length = random_unit(2, seed) * (seed % 2 ? 0.5 : 4);
    const std::int64_t begin = std::int64_t(random_bits(3, seed) % 50),
                       frames = std::llround(length * double(rate.num) / double(rate.den));
    Harness h(timer_chop());
    h.rate = rate;
    h.set("length", length);
    h.set("outrunning", true);
    h.set("outdonepulse", true);
    for (std::int64_t f = begin; f <= begin + frames + 1; ++f) {
      if (f == begin) h.press("start");
      const Channels c = h.cook(f);
      ASSERT_EQ(value_of(c, "done"), f >= begin + frames)
          << "length " << length << " rate " << rate.hz() << " frame " << f - begin;
      ASSERT_EQ(value_of(c, "running"), f < begin + frames);
      ASSERT_EQ(value_of(c, "done_pulse"), f == begin + frames);
    }
  }
}

}  // namespace
}  // namespace cookline
