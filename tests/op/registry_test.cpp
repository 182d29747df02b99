// The registry: rows expanded to single parameters, values coerced to what they store, and structs filled from them.
#include "op/registry.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/random.h"

namespace cookline {
namespace {

enum class Mode { off, half, full };
constexpr MenuItem modes[] = {{"off", "Off"}, {"half", "Half Way"}, {"full", "Full"}};

struct Block {
  std::string name;
  XY at = {0.5, 0.25};
};
struct Pars {
  double gain = 1;
  int count = 3;
  bool on = true;
  Mode mode = Mode::half;
  std::string text = "x";
  XYZ t = {1, 2, 3};
  Ints<2> size = {640, 480};
  Pulse go;
  OpRef<void> target;
  std::vector<Block> block = {{"first"}};
};
constexpr Par block_rows[] = {
    par<&Block::name>("name", "Name").help("Name."),
    par<&Block::at>("at", "At").help("Place."),
};
constexpr Par table[] = {
    par<&Pars::gain>("gain", "Gain").on("Main").range(0, 4).help("Gain."),
    par<&Pars::count>("count", "Count").on("Main").at_least(1).slider(1, 10).help("Count."),
    par<&Pars::on>("on", "On").on("Main").help("On."),
    par<&Pars::mode>("mode", "Mode").on("Main").items(modes).help("Mode."),
    par<&Pars::text>("text", "Text").on("Main").help("Text."),
    par<&Pars::t>("t", "Translate").on("More").help("Translate."),
    par<&Pars::size>("size", "Size").on("More").suffixes("wh").help("Size."),
    par<&Pars::go>("go", "Go").on("More").help("Go."),
    par<&Pars::target>("target", "Target").on("More").help("Target."),
    sequence<&Pars::block>("block", "Block", block_rows).on("Blocks").blocks_at_least(1).help("Blocks."),
};

Result<Table> cook(const Pars&) { return Table{}; }

const TypeInfo& probe() {
  static const OpDef op = Define<Pars, table>(Family::DAT, "probeDAT", "Probe", "For tests.").cook<&cook>();
  static const OpDef* const list[] = {&op};
  static const Registry registry{list};
  return *registry.find("probeDAT");
}

ParInfoHandle find(std::string_view name) {
  for (const ParInfoHandle& par : probe().pars)
    if (par->name == name) return par;
  return nullptr;
}
Value coerced(std::string_view par, const Value& value) {
  const Result<Value> result = coerce(*find(par), value);
  return result ? *result : Value("error: " + to_string(result.error()));
}
Value text(std::string_view t) { return std::string(t); }

TEST(registry, vectors_expand_to_one_parameter_a_component_in_one_group) {
  std::vector<std::string> names;
  for (const ParInfoHandle& par : probe().pars)
    if (par->page == "More") names.push_back(par->name + " " + par->group + " " + std::to_string(par->vec_index));
  EXPECT_EQ(names, (std::vector<std::string>{"tx t 0", "ty t 1", "tz t 2", "sizew size 0", "sizeh size 1", "go go 0",
                                             "target target 0"}));
  EXPECT_EQ(find("ty")->default_value, Value(2.0));
  EXPECT_EQ(find("sizeh")->default_value, Value(std::int64_t(480)));
  EXPECT_EQ(find("tz")->style, Style::XYZ);
  EXPECT_EQ(probe().pages, (std::vector<std::string>{"Main", "More", "Blocks", "Common"}));
}

TEST(registry, sequences_have_their_least_number_of_blocks_with_the_defaults_of_the_struct) {
  EXPECT_EQ(find("block")->default_value, Value(std::int64_t(1)));
  EXPECT_EQ(find("block0name")->default_value, text("first"));
  EXPECT_EQ(find("block0aty")->default_value, Value(0.25));
  EXPECT_EQ(find("block0atx")->sequence, "block");
  const std::vector<ParInfoHandle> later = probe().block_pars(*find("block"), 7);
  ASSERT_EQ(later.size(), 3u);
  EXPECT_EQ(later[0]->default_value, text(""));
  EXPECT_EQ(later[2]->name, "block7aty");
  EXPECT_EQ(later[2]->group, "block7at");
  EXPECT_EQ(later[2]->block, 7);
}

TEST(registry, values_reach_the_structs_and_copies_are_independent) {
  ParSet set = probe().make_pars();
  store(set, *find("ty"), 9.5);
  store(set, *find("block"), Value(std::int64_t(3)));
  store(set, *probe().block_pars(*find("block"), 2)[2], 8.0);
  ParSet copy = probe().copy_pars(set);
  store(copy, *find("mode"), Value(std::int64_t(2)));
  const auto& a = *static_cast<const Pars*>(set.own());
  const auto& b = *static_cast<const Pars*>(copy.own());
  EXPECT_EQ(a.t[1], 9.5);
  ASSERT_EQ(b.block.size(), 3u);
  EXPECT_EQ(b.block[2].at[1], 8);
  EXPECT_EQ(a.mode, Mode::half);
  EXPECT_EQ(b.mode, Mode::full);
}

TEST(coerce, numbers_are_clamped_to_their_range) {
  EXPECT_EQ(coerced("gain", -1.0), Value(0.0));
  EXPECT_EQ(coerced("gain", 5.0), Value(4.0));
  EXPECT_EQ(coerced("gain", INFINITY), Value(4.0));
  EXPECT_EQ(coerced("tx", 1e300), Value(1e300));
  EXPECT_EQ(coerced("count", 0.0), Value(std::int64_t(1)));
}

TEST(coerce, whole_numbers_are_cut_towards_zero_and_end_at_the_bounds_of_their_type) {
  EXPECT_EQ(coerced("count", 2.99), Value(std::int64_t(2)));
  EXPECT_EQ(coerced("count", text(" 7 ")), Value(std::int64_t(7)));
  EXPECT_EQ(coerced("sizew", -1.7), Value(std::int64_t(-1)));
  EXPECT_EQ(coerced("count", 1e300), Value(std::numeric_limits<std::int64_t>::max()));
  ParSet set = probe().make_pars();
  store(set, *find("count"), coerced("count", 1e300));
  EXPECT_EQ(static_cast<const Pars*>(set.own())->count, std::numeric_limits<int>::max());
}

TEST(coerce, what_is_no_finite_number_is_refused) {
  EXPECT_EQ(coerced("gain", text("1,5")), text("error: '1,5' is not a number; a number is needed here"));
  EXPECT_EQ(coerced("gain", NAN), text("error: the value is not a number (NaN); a finite number is needed here"));
  EXPECT_EQ(coerced("tx", INFINITY), text("error: the value is infinite; a finite number is needed here"));
  EXPECT_EQ(coerced("sizew", text("-inf")), text("error: the value is infinite; a finite number is needed here"));
}

TEST(coerce, menus_take_names_labels_and_indices) {
  EXPECT_EQ(coerced("mode", text("full")), Value(std::int64_t(2)));
  EXPECT_EQ(coerced("mode", text("Half Way")), Value(std::int64_t(1)));
  EXPECT_EQ(coerced("mode", text("0")), Value(std::int64_t(0)));
  EXPECT_EQ(coerced("mode", 99.0), Value(std::int64_t(2)));
  EXPECT_EQ(coerced("mode", -1.0), Value(std::int64_t(0)));
  EXPECT_EQ(coerced("mode", text("ful")),
            text("error: 'ful' is not an item of the menu (off, half, full); did you mean 'full'?"));
}

TEST(coerce, toggles_take_on_off_and_numbers) {
  for (const char* word : {"on", "On", "true", "1", "2.5"}) EXPECT_EQ(coerced("on", text(word)), Value(true)) << word;
  for (const char* word : {"off", "False", "no", "", "0"}) EXPECT_EQ(coerced("on", text(word)), Value(false)) << word;
  EXPECT_EQ(coerced("on", text("maybe")), text("error: 'maybe' is not on or off; use 0, 1, on or off"));
}

TEST(coerce, accepts_what_it_has_stored_whatever_it_was_given) {
  const char* words[] = {"", "0", "-7", "1e400", "nan", "inf", "half", "on", "\xff\xfe", "a b", " 3 "};
  for (std::uint64_t i = 0; i < 3000; ++i) {
    const ParInfo& par = *probe().pars[random_bits(1, i) % probe().pars.size()];
    Value value = text(words[random_bits(7, i) % std::size(words)]);
    if (random_bits(2, i) % 3 == 0) value = std::ldexp(random_unit(3, i) - 0.5, int(random_bits(4, i) % 200));
    if (random_bits(2, i) % 3 == 1) value = std::int64_t(random_bits(5, i));
    const Result<Value> once = coerce(par, value);
    if (!once) {
      EXPECT_FALSE(once.error().what.empty());
      continue;
    }
    const Result<Value> twice = coerce(par, *once);
    ASSERT_TRUE(twice) << par.name << " " << to_text(value);
    EXPECT_EQ(*twice, *once) << par.name << " " << to_text(value);
    ParSet set = probe().make_pars();
    if (par.style != Style::Sequence) store(set, par, *once);
  }
}

TEST(style, names_read_back) {
  Style style = Style::Float;
  for (int i = 0; i <= int(Style::Sequence); ++i) {
    EXPECT_TRUE(style_named(style_name(Style(i)), style));
    EXPECT_EQ(style, Style(i));
  }
  EXPECT_FALSE(style_named("Colour", style));
}

}  // namespace
}  // namespace cookline
