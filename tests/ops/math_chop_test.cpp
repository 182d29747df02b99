#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"
#include "ops/op_harness.h"

namespace cookline {
const OpDef& math_chop();
namespace {

using Names = std::vector<std::string>;

double plain_unary(const std::string& op, double x) {
  if (op == "negate") return -x;
  if (op == "pos") return x < 0 ? -x : x;
  if (op == "root") return x < 0 ? 0 : std::sqrt(x);
  if (op == "square") return x * x;
  if (op == "inverse") return x == 0 ? 0 : 1 / x;
  return x;
}
double plain_combine(const std::string& op, const std::vector<double>& v) {
  double out = v[0], squares = 0, sum = 0;
  for (double x : v) squares += x * x, sum += x;
  for (std::size_t i = 1; i < v.size(); ++i) {
    if (op == "sub") out -= v[i];
    if (op == "mul") out *= v[i];
    if (op == "div") out = v[i] == 0 ? 0 : out / v[i];
    if (op == "min") out = std::min(out, v[i]);
    if (op == "max") out = std::max(out, v[i]);
  }
  if (op == "add") return sum;
  if (op == "avg") return sum / double(v.size());
  if (op == "len") return std::sqrt(squares);
  return out;
}

TEST(math_chop, every_operation_agrees_with_plain_loops) {
  const Names unaries = {"off", "negate", "pos", "root", "square", "inverse"};
  const Names combines = {"off", "add", "sub", "mul", "div", "avg", "min", "max", "len"};
  const Names integers = {"off", "ceiling", "floor", "round"};
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    std::uint64_t n = 0;
    const auto pick = [&](const Names& list) { return list[random_bits(seed, n++) % list.size()]; };
    const auto value = [&] { return std::round(random_unit(seed, n++) * 20 - 10) / 2; };
    Harness h(math_chop());
    const std::string pre = pick(unaries), chan = pick(combines), chop = pick(combines), post = pick(unaries),
                      whole = pick(integers);
    h.set("preop", pre), h.set("chanop", chan), h.set("chopop", chop), h.set("postop", post), h.set("integer", whole);
    const double preoff = value(), gain = value(), postoff = value(), f1 = value(), f2 = f1 + 2, t1 = value(),
                 t2 = value();
    h.set("preoff", preoff), h.set("gain", gain), h.set("postoff", postoff);
    h.set("fromrange1", f1), h.set("fromrange2", f2), h.set("torange1", t1), h.set("torange2", t2);
    const int sets = 1 + int(random_bits(seed, n++) % 3), channels = 1 + int(random_bits(seed, n++) % 3);
    std::vector<std::vector<double>> table;  // by set and channel
    for (int s = 0; s < sets; ++s) {
      std::vector<std::pair<std::string, double>> named;
      table.emplace_back();
      for (int c = 0; c < channels; ++c) {
        table.back().push_back(value());
        named.emplace_back("c" + std::to_string(c), table.back().back());
      }
      h.input(s, one_sample(named));
    }
    // The same by the book: sets, then channels across sets, then one value after the other.
    std::vector<std::vector<double>> stage;
    for (auto& set : table) {
      for (double& x : set) x = plain_unary(pre, x);
      stage.push_back(chan == "off" ? set : std::vector<double>{plain_combine(chan, set)});
    }
    std::vector<double> expected;
    if (chop == "off") {
      for (auto& set : stage) expected.insert(expected.end(), set.begin(), set.end());
    } else {
      for (std::size_t c = 0; c < stage[0].size(); ++c) {
        std::vector<double> across;
        for (auto& set : stage) across.push_back(set[c]);
        expected.push_back(plain_combine(chop, across));
      }
    }
    const Channels out = h.cook(0);
    ASSERT_EQ(out.channels.size(), expected.size()) << seed;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      double x = (plain_unary(post, expected[i]) + preoff) * gain + postoff;
      x = t1 + (x - f1) * (t2 - t1) / (f2 - f1);
      if (whole == "ceiling") x = std::ceil(x);
      if (whole == "floor") x = std::floor(x);
      if (whole == "round") x = std::round(x);
      ASSERT_NEAR(out.channels[i].samples[0], x, 1e-9 * std::max(1.0, std::abs(x)))
          << "seed " << seed << " " << pre << " " << chan << " " << chop;
    }
  }
}

TEST(math_chop, by_default_nothing_changes_not_even_the_last_bit) {
  Harness h(math_chop());
  h.input(0, one_sample({{"a", 0.1}, {"b", 1e300}, {"c", -1e-300}}));
  const Channels c = h.cook(0);
  EXPECT_EQ(value_of(c, "a"), 0.1);
  EXPECT_EQ(value_of(c, "b"), 1e300);
  EXPECT_EQ(value_of(c, "c"), -1e-300);
}

TEST(math_chop, inputs_are_matched_by_name_where_so_chosen) {
  Harness h(math_chop());
  h.input(0, one_sample({{"a", 1}, {"b", 2}}));
  h.input(1, one_sample({{"b", 10}, {"c", 20}}));
  h.set("chopop", "add");
  EXPECT_EQ(value_of(h.cook(0), "a"), 11);
  h.set("match", "name");
  const Channels c = h.cook(1);
  EXPECT_EQ(names_of(c), (Names{"a", "b", "c"}));
  EXPECT_EQ(value_of(c, "a"), 1);
  EXPECT_EQ(value_of(c, "b"), 12);
  EXPECT_EQ(value_of(c, "c"), 20);
}

TEST(math_chop, uncombined_inputs_stand_side_by_side_under_names_of_their_own) {
  Harness h(math_chop());
  for (int i = 0; i < 3; ++i) h.input(i, one_sample({{"a", double(i)}, {"a1", 5}}));
  EXPECT_EQ(names_of(h.cook(0)).size(), 6u);
  const Names names = names_of(h.cook(1));
  EXPECT_EQ(std::set<std::string>(names.begin(), names.end()).size(), 6u);
  EXPECT_EQ(names[0], "a");
  EXPECT_EQ(names[1], "a1");
}

TEST(math_chop, inputs_of_different_length_are_aligned) {
  Harness h(math_chop());
  Channels longer;
  longer.channels = {{"a", {1, 2, 3}}};
  h.input(0, longer);
  h.input(1, one_sample({{"a", 10}}));
  h.set("chopop", "add");
  EXPECT_EQ(h.cook(0).channels[0].samples, (std::vector<double>{11, 12, 13}));
  h.set("align", "trim");
  EXPECT_EQ(h.cook(1).channels[0].samples, (std::vector<double>{11}));
}

TEST(math_chop, an_empty_range_gives_its_start) {
  Harness h(math_chop());
  h.input(0, one_sample({{"a", 3}}));
  h.set("fromrange2", 0.0);
  h.set("torange1", 4.0);
  EXPECT_EQ(value_of(h.cook(0), "a"), 4);
}

}  // namespace
}  // namespace cookline
