// Edits of parameters: values and modes, pulses, sequences and custom parameters.
#include "network_testing.h"

namespace cookline {
namespace {

struct Parameters : testing::Test {
  Tree t;
  NodeId chop = t.make("plainCHOP", "/chop"), list = t.make("listDAT", "/list"), base = t.make("baseCOMP", "/base");

  ParInfo custom(std::string name, std::string group = {}, int index = 0) {
    ParInfo info{.name = name, .label = name, .page = "Custom", .group = group.empty() ? name : group};
    info.vec_index = index;
    info.default_value = 0.5;
    return info;
  }
};

TEST_F(Parameters, setting_one_makes_the_mode_that_goes_with_it) {
  const Parameter& gain = *t.net.parameter(chop, "gain");
  t.must(t.net.set_expression(chop, "gain", "1+1"));
  EXPECT_EQ(gain.mode, ParMode::EXPRESSION);
  EXPECT_EQ(gain.value, Value(1.0));
  t.must(t.net.set_bind(chop, "gain", "parent().par.Gain"));
  EXPECT_EQ(gain.mode, ParMode::BIND);
  t.must(t.net.set_value(chop, "gain", 9.0));
  EXPECT_EQ(gain.mode, ParMode::CONSTANT);
  EXPECT_EQ(gain.value, Value(4.0));
  EXPECT_EQ(gain.expr, "1+1");
  EXPECT_EQ(t.net.parameter(list, "last")->mode, ParMode::EXPRESSION);
}

TEST_F(Parameters, an_export_needs_a_source) {
  EXPECT_EQ(t.error(t.net.set_mode(chop, "gain", ParMode::EXPORT)),
            "/chop.gain: no channel exports to this parameter, so its mode cannot be EXPORT");
  t.must(t.net.set_export(chop, "gain", "/x:chan1"));
  EXPECT_EQ(t.net.parameter(chop, "gain")->mode, ParMode::EXPORT);
  t.must(t.net.set_export(chop, "gain", ""));
  EXPECT_EQ(t.net.parameter(chop, "gain")->mode, ParMode::CONSTANT);
}

TEST_F(Parameters, errors_name_operator_and_parameter_and_change_nothing) {
  const std::uint64_t before = t.net.epoch();
  EXPECT_EQ(t.error(t.net.set_value(chop, "gain", std::string("much"))),
            "/chop.gain: 'much' is not a number; a number is needed here");
  EXPECT_EQ(t.error(t.net.set_value(chop, "gian", 1.0)),
            "/chop.gian: plainCHOP has no parameter 'gian'; did you mean 'gain'?");
  EXPECT_EQ(t.net.epoch(), before);
  EXPECT_EQ(t.net.parameter(chop, "gain")->mode, ParMode::CONSTANT);
}

TEST_F(Parameters, pulses_are_counted_and_pending_until_cleared) {
  t.must(t.net.pulse(chop, "go"));
  t.must(t.net.pulse(chop, "go"));
  EXPECT_EQ(t.net.parameter(chop, "go")->pulses, 2u);
  EXPECT_TRUE(t.net.parameter(chop, "go")->pulse_pending);
  t.net.clear_pulses();
  EXPECT_FALSE(t.net.parameter(chop, "go")->pulse_pending);
}

TEST_F(Parameters, pulses_of_tops_outlast_the_script_phase_and_new_ones_the_next) {
  const NodeId top = t.make("plainTOP", "/top");
  t.must(t.net.pulse(top, "go"));
  t.must(t.net.pulse(chop, "go"));
  t.net.settle_pulses();
  EXPECT_FALSE(t.net.parameter(chop, "go")->pulse_pending);
  EXPECT_TRUE(t.net.parameter(top, "go")->pulse_pending);
  t.must(t.net.pulse(chop, "go"));
  t.net.end_pulses();
  EXPECT_FALSE(t.net.parameter(top, "go")->pulse_pending);
  EXPECT_TRUE(t.net.parameter(chop, "go")->pulse_pending);
  t.must(t.net.pulse(top, "go"));
  t.net.settle_pulses();
  t.must(t.net.pulse(top, "go"));
  t.net.end_pulses();
  EXPECT_TRUE(t.net.parameter(top, "go")->pulse_pending);
  t.must(t.net.destroy(top));
  t.net.settle_pulses();
  t.net.end_pulses();
}

TEST_F(Parameters, sequences_grow_and_shrink_in_place_and_keep_values) {
  EXPECT_EQ(t.pars(list), "item=1 item0name=first item0value=1 last=5");
  t.must(t.net.set_blocks(list, "item", 3));
  t.must(t.net.set_value(list, "item1value", 7.0));
  EXPECT_EQ(t.pars(list),
            "item=3 item0name=first item0value=1 item1name=n item1value=7 item2name=n item2value=0 last=5");
  t.must(t.net.set_value(list, "item", std::int64_t(2)));
  EXPECT_EQ(t.pars(list), "item=2 item0name=first item0value=1 item1name=n item1value=7 last=5");
  EXPECT_EQ(t.error(t.net.set_blocks(list, "item", 0)), "/list.item: 0 blocks; 1 to 10000 are allowed");
  EXPECT_EQ(t.error(t.net.set_blocks(list, "last", 2)), "/list: listDAT has no sequence 'last'");
}

TEST_F(Parameters, custom_sequences_repeat_their_first_block) {
  ParInfo header = custom("Items"), size = custom("Items0size"), after = custom("After");
  header.style = Style::Sequence, header.default_value = std::int64_t(1);
  size.sequence = "Items", size.block = 0, size.default_value = 4.0;
  for (const ParInfo& info : {header, size, after}) t.must(t.net.add_custom(base, info));
  t.must(t.net.set_blocks(base, "Items", 3));
  t.must(t.net.set_value(base, "Items1size", 7.0));
  EXPECT_EQ(t.pars(base), "Items=3 Items0size=4 Items1size=7 Items2size=4 After=0.5");
  ParInfo late = custom("Items0late");
  late.sequence = "Items", late.block = 0;
  t.must(t.net.add_custom(base, late));
  t.must(t.net.set_value(base, "Items", std::int64_t(2)));
  EXPECT_EQ(t.pars(base), "Items=2 Items0size=4 Items0late=0.5 Items1size=7 Items1late=0.5 After=0.5");
  EXPECT_EQ(t.error(t.net.set_blocks(base, "Items", 0)), "/base.Items: 0 blocks; 1 to 10000 are allowed");
  t.must(t.net.remove_custom(base, "Items1late"));
  EXPECT_EQ(t.pars(base), "Items=2 Items0size=4 Items1size=7 After=0.5") << "a group goes from all blocks";
  t.must(t.net.remove_custom(base, "Items"));
  EXPECT_EQ(t.pars(base), "After=0.5");
}

TEST_F(Parameters, custom_parameters_are_found_in_any_case_and_removed_by_group) {
  t.must(t.net.add_custom(base, custom("Length")));
  for (int i = 0; i < 3; ++i) t.must(t.net.add_custom(base, custom(std::string("Pos") + "xyz"[i], "Pos", i)));
  EXPECT_EQ(t.net.at(base).custom_pages, (std::vector<std::string>{"Custom"}));
  EXPECT_EQ(t.net.parameter(base, "LENGTH")->info->name, "Length");
  EXPECT_EQ(t.net.parameter(chop, "Gain"), nullptr);
  EXPECT_EQ(t.error(t.net.add_custom(base, custom("Length"))), "/base: a parameter 'Length' exists already");
  t.must(t.net.remove_custom(base, "Posy"));
  EXPECT_EQ(t.pars(base), "Length=0.5");
  EXPECT_EQ(t.error(t.net.remove_custom(base, "clone")), "/base: there is no custom parameter 'clone'");
}

TEST_F(Parameters, changing_a_custom_parameter_brings_its_value_into_the_new_range) {
  t.must(t.net.add_custom(base, custom("Size")));
  t.must(t.net.set_value(base, "Size", 9.0));
  t.must(t.net.change_custom(base, "Size", [](ParInfo& info) { info.clamp_max = true, info.max = 2; }));
  EXPECT_EQ(t.net.parameter(base, "Size")->value, Value(2.0));
  EXPECT_FALSE(t.net.change_custom(base, "nothing", [](ParInfo&) {}));
}

}  // namespace
}  // namespace cookline
