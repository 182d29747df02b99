// The script phase: what runs in which order, cascades, loops, states, exports, bypass, lock, components and feedback.
#include <algorithm>
#include <cmath>

#include "studio.h"

namespace cookline {
namespace {

// A studio whose expressions are "frame", a number, or "destroy"; callbacks are noted and then handed to `on_callback`.
struct Scene : Studio {
  std::vector<std::string> called;
  std::function<void(const Event&)> on_callback;

  explicit Scene(EngineOptions options = {}) : Studio(std::move(options)) {
    engine.hooks.evaluate = [this](NodeId owner, const ParInfo*, const std::string& expr,
                                   std::span<const std::pair<std::string, Value>>) -> Result<Value> {
      if (expr == "frame") return engine.note_time_read(), Value(double(engine.frame().index));
      if (expr == "destroy") return (void)network.destroy(owner), Value(1.0);
      if (expr == "me.time.rate") return Value(engine.options().rate.hz());
      if (expr.find("fileSuffix") != std::string::npos) return Value(engine.file_suffix(owner));
      return Value(expr);
    };
    engine.hooks.callback = [this](NodeId owner, NodeId, const Event& event) -> Result<std::optional<Value>> {
      called.push_back(network.path(owner) + " " + event.callback);
      if (on_callback) on_callback(event);
      return std::optional<Value>();
    };
  }
  Status frame(std::int64_t index) { return engine.script_phase({index, engine.options().rate}); }
  void run(std::int64_t first, std::int64_t last) {
    for (std::int64_t i = first; i < last; ++i) ASSERT_TRUE(frame(i)) << to_string(frame(i).error());
  }
  NodeId constant(double value) { return make("constantCHOP", {{"const0name", text("v")}, {"const0value", value}}); }
  NodeId watcher(std::string_view chop) {
    return make("chopexecuteDAT", {{"chop", text(chop)}, {"valuechange", true}});
  }
  double value(NodeId chop) {
    const Result<ChannelsHandle> held = engine.channels(chop);
    return held && !(*held)->channels.empty() ? (*held)->channels[0].samples[0] : -1;
  }
  NodeId colour(double red, const Settings& more = {}) {
    Settings settings{{"colorr", red}, {"format", text("rgba32float")}};
    settings.insert(settings.end(), more.begin(), more.end());
    return make("constantTOP", 1, 1, settings);
  }
  float red(const Image& image) { return reinterpret_cast<const float*>(image.row(0))[0]; }
  NodeId inside(NodeId comp, std::string_view type, std::string_view name) { return *network.create(comp, type, name); }
};

TEST(script_phase, a_select_takes_channels_of_all_chops_that_its_patterns_name) {
  Scene s;
  s.constant(1), s.constant(2), s.constant(3);
  const NodeId select = s.make("selectCHOP", {{"chop", s.text("constant* ^constant2")}, {"autoprefix", true}});
  const Result<ChannelsHandle> held = s.engine.channels(select);
  ASSERT_TRUE(held);
  ASSERT_EQ((*held)->channels.size(), 2u);
  EXPECT_EQ((*held)->channels[0].name, "constant1:v");
  EXPECT_EQ((*held)->channels[1].name, "constant3:v");
  EXPECT_EQ((*held)->channels[1].samples, std::vector<double>{3});
}

TEST(script_phase, callbacks_come_in_network_order_and_only_for_what_changes_after_the_start) {
  Scene s;
  const NodeId a = s.constant(1), b = s.constant(1);
  s.watcher("constant2"), s.watcher("constant1");
  ASSERT_TRUE(s.engine.prime());
  s.run(0, 2);
  EXPECT_TRUE(s.called.empty());
  s.set(a, "const0value", 2.0), s.set(b, "const0value", 2.0);
  s.run(2, 3);
  EXPECT_EQ(s.called, (std::vector<std::string>{"/chopexecute1 onValueChange", "/chopexecute2 onValueChange"}));
}

TEST(script_phase, what_a_callback_sets_is_seen_in_the_same_frame_by_those_before_and_behind_it) {
  Scene s;
  const NodeId a = s.constant(0), b = s.constant(0), c = s.constant(0);
  s.watcher("constant3"), s.watcher("constant1"), s.watcher("constant2");
  ASSERT_TRUE(s.engine.prime());
  s.on_callback = [&](const Event&) {
    if (s.called.size() == 1) s.set(b, "const0value", 5.0);
    if (s.called.size() == 2) s.set(c, "const0value", 6.0);
  };
  s.set(a, "const0value", 1.0);
  s.run(0, 1);
  EXPECT_EQ(s.called, (std::vector<std::string>{"/chopexecute2 onValueChange", "/chopexecute3 onValueChange",
                                                "/chopexecute1 onValueChange"}));
}

TEST(script_phase, callbacks_without_end_are_an_error_that_names_who_takes_part) {
  Scene s;
  const NodeId a = s.constant(0);
  s.constant(0);
  s.watcher("constant1"), s.watcher("constant2");
  ASSERT_TRUE(s.engine.prime());
  double next = 1;
  s.on_callback = [&](const Event&) { s.set(a, "const0value", ++next); };
  s.set(a, "const0value", 1.0);
  const Status status = s.frame(7);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().where, "frame 7");
  EXPECT_EQ(status.error().what, "callbacks keep causing callbacks after 64 rounds: /chopexecute1");
}

TEST(script_phase, a_failing_frame_leaves_states_as_they_were) {
  Scene s;
  const NodeId in = s.constant(0), count = s.make("countCHOP", {{"on", s.text("inc")}}, {in});
  s.set(in, "const0value", 1.0);
  s.run(0, 3);
  const double before = s.value(count);
  s.engine.hooks.frame_end = [](const Frame&) -> Status { return project_error("x", "broken"); };
  EXPECT_FALSE(s.frame(3));
  s.engine.hooks.frame_end = {};
  s.run(3, 4);
  EXPECT_EQ(s.value(count), before + 1);
}

TEST(script_phase, stepped_operators_cook_once_a_frame_however_often_they_are_asked) {
  Scene s;
  const NodeId in = s.constant(1), count = s.make("countCHOP", {{"on", s.text("inc")}}, {in});
  for (int i = 0; i < 5; ++i) {
    s.run(i, i + 1);
    const double first = s.value(count);
    for (int again = 0; again < 3; ++again) EXPECT_EQ(s.value(count), first);
    s.set(in, "const0value", 1.0 + i);
    EXPECT_EQ(s.value(count), first) << "an edit between frames lets no time pass";
    EXPECT_EQ(first, i);
  }
}

TEST(script_phase, a_restored_snapshot_goes_on_in_another_engine_as_in_the_first) {
  const auto build = [](Scene& s) { return s.make("countCHOP", {{"on", s.text("inc")}}, {s.constant(1)}); };
  Scene a, b;
  const NodeId in_a = build(a), in_b = build(b);
  a.run(0, 7);
  b.engine.restore(a.engine.snapshot());
  a.run(7, 9), b.run(7, 9);
  EXPECT_EQ(b.value(in_b), a.value(in_a));
  EXPECT_EQ(a.value(in_a), 8);
  b.engine.reset_states();
  b.run(9, 10);
  EXPECT_EQ(b.value(in_b), 0);
}

TEST(script_phase, a_pulse_from_the_end_of_a_frame_is_for_the_next_one) {
  Scene s;
  const NodeId in = s.constant(1), count = s.make("countCHOP", {{"on", s.text("inc")}, {"resetvalue", 100.0}}, {in});
  s.run(0, 3);
  s.engine.hooks.frame_end = [&](const Frame& f) {
    return f.index == 3 ? s.engine.pulse(count, "resetpulse") : Status();
  };
  s.run(3, 5);
  EXPECT_GE(s.value(count), 100);
}

TEST(values, loops_of_channels_are_errors_that_name_them) {
  Scene s;
  const NodeId a = s.make("nullCHOP"), b = s.make("nullCHOP", {}, {a});
  ASSERT_TRUE(s.network.connect(b, 0, a, 0));
  const Result<ChannelsHandle> held = s.engine.channels(b);
  ASSERT_FALSE(held);
  EXPECT_EQ(held.error().what, "cook loop: /null2 → /null1 → /null2");
  EXPECT_EQ(held.error().where, "/null2");
}

TEST(values, bypass_passes_the_input_on_and_can_be_turned_off_again) {
  Scene s;
  const NodeId in = s.constant(2), math = s.make("mathCHOP", {{"gain", 10.0}}, {in});
  EXPECT_EQ(s.value(math), 20);
  s.network.set_flags(math, {.bypass = true});
  EXPECT_EQ(s.value(math), 2);
  s.network.set_flags(math, {});
  EXPECT_EQ(s.value(math), 20);
}

TEST(values, a_locked_chop_keeps_what_it_held) {
  Scene s;
  const NodeId in = s.constant(2), null = s.make("nullCHOP", {}, {in});
  EXPECT_EQ(s.value(null), 2);
  s.network.set_flags(null, {.lock = true});
  s.set(in, "const0value", 3.0);
  s.run(0, 2);
  EXPECT_EQ(s.value(null), 2);
  s.network.set_flags(null, {});
  EXPECT_EQ(s.value(null), 3);
}

TEST(values, an_operator_that_its_own_expression_destroys_is_an_error) {
  Scene s;
  const NodeId c = s.constant(1);
  ASSERT_TRUE(s.network.set_expression(c, "const0value", "destroy"));
  ASSERT_TRUE(s.network.set_expression(c, "rate", "60"));
  const Result<ChannelsHandle> held = s.engine.channels(c);
  ASSERT_FALSE(held);
  EXPECT_TRUE(held.error().missing);
}

TEST(values, in_and_out_operators_carry_channels_through_nested_components) {
  Scene s;
  const NodeId source = s.constant(5), outer = s.make("baseCOMP", {}, {source});
  const NodeId outer_in = s.inside(outer, "inCHOP", "in1"), inner = s.inside(outer, "baseCOMP", "inner");
  const NodeId inner_in = s.inside(inner, "inCHOP", "in1"), math = s.inside(inner, "mathCHOP", "math");
  const NodeId inner_out = s.inside(inner, "outCHOP", "out1"), outer_out = s.inside(outer, "outCHOP", "out1");
  const auto wire = [&](NodeId a, NodeId b) { ASSERT_TRUE(s.network.connect(a, 0, b, 0)); };
  wire(outer_in, inner), wire(inner_in, math), wire(math, inner_out), wire(inner, outer_out);
  s.set(math, "gain", 2.0);
  const NodeId user = s.make("nullCHOP", {}, {outer});
  EXPECT_EQ(s.value(user), 10);
  s.set(source, "const0value", 7.0);
  EXPECT_EQ(s.value(user), 14);
}

TEST(values, connectors_are_in_the_order_people_count) {
  Scene s;
  const NodeId comp = s.make("baseCOMP");
  const NodeId ten = s.inside(comp, "inCHOP", "in10"), two = s.inside(comp, "inCHOP", "in2"),
               one = s.inside(comp, "inCHOP", "in1");
  EXPECT_EQ(s.engine.connectors(comp, false), (std::vector<NodeId>{one, two, ten}));
}

TEST(exports, drive_parameters_by_the_names_of_channels_until_the_flag_goes_off) {
  Scene s;
  const NodeId target = s.colour(0);
  const NodeId chop =
      s.make("constantCHOP",
             {{"const0name", s.text("constant1:colorr")}, {"const0value", 0.25}, {"exportmethod", s.text("autoname")}});
  s.network.set_flags(chop, {.export_channels = true});
  s.run(0, 1);
  EXPECT_EQ(s.red(*s.image(target)), 0.25f);
  s.set(chop, "const0value", 0.5);
  s.run(1, 2);
  EXPECT_EQ(s.red(*s.image(target)), 0.5f);
  s.network.set_flags(chop, {});
  s.run(2, 3);
  EXPECT_EQ(s.network.parameter(target, "colorr")->mode, ParMode::CONSTANT);
  EXPECT_EQ(s.red(*s.image(target)), 0.0f);
}

TEST(exports, follow_a_table_by_name_or_by_index) {
  Scene s;
  const NodeId target = s.colour(0), dat = s.make("tableDAT");
  s.network.set_content(dat, {.is_table = true,
                              .rows = {{"path", "parameter", "channel", "enable"},
                                       {"constant1", "colorr", "v", "1"},
                                       {"constant1", "colorg", "v", "0"}}});
  const NodeId chop = s.constant(0.75);
  s.set(chop, "exporttable", s.text("table1"));
  s.network.set_flags(chop, {.export_channels = true});
  s.run(0, 1);
  EXPECT_EQ(s.red(*s.image(target)), 0.75f);
  EXPECT_EQ(s.network.parameter(target, "colorg")->mode, ParMode::CONSTANT);
  s.network.set_content(dat, {.is_table = true, .rows = {{"0", "constant1", "colorb"}}});
  s.set(chop, "exportmethod", s.text("datindex"));
  s.run(1, 2);
  EXPECT_EQ(s.network.parameter(target, "colorr")->mode, ParMode::CONSTANT);
  EXPECT_EQ(s.network.parameter(target, "colorb")->mode, ParMode::EXPORT);
}

TEST(exports, of_two_chops_to_one_parameter_come_to_rest) {
  Scene s;
  const NodeId target = s.colour(0);
  for (const double v : {0.25, 0.5}) {
    const NodeId chop =
        s.make("constantCHOP",
               {{"const0name", s.text("constant1:colorr")}, {"const0value", v}, {"exportmethod", s.text("autoname")}});
    s.network.set_flags(chop, {.export_channels = true});
  }
  const Status status = s.frame(0);
  ASSERT_TRUE(status) << to_string(status.error());
  EXPECT_EQ(s.red(*s.image(target)), 0.5f);
}

TEST(rates, of_inputs_are_matched_as_the_menu_says) {
  Scene s;
  const NodeId a = s.make("constantCHOP", {{"single", false}, {"end", 5.0}, {"rate", 60.0}}),
               b = s.make("constantCHOP", {{"single", false}, {"end", 5.0}, {"rate", 30.0}});
  const NodeId math = s.make("mathCHOP", {}, {a, b});
  const auto rate = [&](std::string_view how) {
    s.set(math, "srselect", s.text(how));
    const Result<ChannelsHandle> held = s.engine.channels(math);
    return held ? (*held)->rate_hz : -1;
  };
  EXPECT_EQ(rate("first"), 60);
  EXPECT_EQ(rate("min"), 30);
  EXPECT_EQ(rate("max"), 60);
  EXPECT_EQ(rate("err"), -1);
}

TEST(time_slice, gives_exactly_the_samples_of_each_frame) {
  Scene s;
  const NodeId c = s.make("constantCHOP", {{"single", false}, {"end", 599.0}, {"rate", 150.0}, {"timeslice", true}});
  double next = 1;
  for (int f = 1; f < 20; ++f) {
    s.run(f, f + 1);
    const Channels& held = **s.engine.channels(c);
    EXPECT_EQ(held.start, next) << f;
    EXPECT_TRUE(held.time_slice);
    next = held.start + double(held.length());
    EXPECT_EQ(next - 1, std::floor(f * 2.5)) << f;
  }
}

TEST(feedback, of_n_frames_equals_a_plain_loop) {
  Scene s;
  const NodeId feedback = s.make("feedbackTOP", {{"top", s.text("level1")}}, {s.colour(1)});
  const NodeId level = s.make("levelTOP", {{"brightness1", 0.875}}, {feedback});
  float expected = 1;
  for (int f = 0; f < 12; ++f) {
    s.run(f, f + 1);
    const Result<PixelPlanHandle> plan = s.engine.plan(level);
    ASSERT_TRUE(plan);
    const Result<CookedPixels> cooked = cook_pixels(**plan, s.engine.cache());
    ASSERT_TRUE(cooked);
    s.engine.commit(*cooked);
    expected *= 0.875f;
    EXPECT_FLOAT_EQ(s.red(*cooked->output), expected) << f;
  }
}

TEST(feedback, goes_across_components_and_starts_anew_when_it_is_reset) {
  Scene s;
  const NodeId comp = s.make("baseCOMP", {}, {s.colour(1)});
  const NodeId in = s.inside(comp, "inTOP", "in1"), feedback = s.inside(comp, "feedbackTOP", "feedback1");
  const NodeId out = s.inside(comp, "outTOP", "out1");
  ASSERT_TRUE(s.network.connect(in, 0, feedback, 0));
  ASSERT_TRUE(s.network.connect(feedback, 0, out, 0));
  const NodeId level = s.make("levelTOP", {{"brightness1", 0.5}}, {comp});
  s.set(feedback, "top", s.text("/level1"));
  const auto next = [&](int f) {
    s.run(f, f + 1);
    const Result<CookedPixels> cooked = cook_pixels(**s.engine.plan(level), s.engine.cache());
    s.engine.commit(*cooked);
    return s.red(*cooked->output);
  };
  EXPECT_EQ(next(0), 0.5f);
  EXPECT_EQ(next(1), 0.25f);
  ASSERT_TRUE(s.engine.pulse(feedback, "resetpulse"));
  EXPECT_EQ(next(2), 0.5f);
  EXPECT_EQ(next(3), 0.25f);
}

TEST(pictures, that_stand_still_keep_their_key_and_moving_ones_do_not) {
  Scene s;
  const NodeId still = s.colour(0.5), moving = s.colour(0.5);
  ASSERT_TRUE(s.network.set_expression(moving, "alpha", "frame"));
  const auto key = [&](NodeId id) {
    const PixelPlanHandle plan = *s.engine.plan(id);
    return plan->nodes[std::size_t(plan->output)].key;
  };
  s.run(0, 1);
  const Key first_still = key(still), first_moving = key(moving);
  s.run(1, 2);
  EXPECT_EQ(key(still), first_still);
  EXPECT_NE(key(moving), first_moving);
  s.set(still, "colorr", 0.25);
  EXPECT_NE(key(still), first_still);
  s.set(still, "colorr", 0.5);
  EXPECT_EQ(key(still), first_still);
}

TEST(pictures, of_a_network_without_states_are_the_same_in_any_order_of_frames) {
  const auto build = [](Scene& s) {
    const NodeId noise = s.make("noiseTOP", 33, 17, {{"mono", false}});
    EXPECT_TRUE(s.network.set_expression(noise, "tz", "frame"));
    const NodeId level = s.make("levelTOP", {{"contrast", 1.4}}, {noise});
    return s.make("compositeTOP", {{"operand", s.text("difference")}}, {level, s.colour(0.3)});
  };
  const auto pixels = [](Scene& s, NodeId top, std::int64_t frame) {
    EXPECT_TRUE(s.frame(frame));
    const Result<ImageHandle> image = s.engine.image(top);
    EXPECT_TRUE(image);
    return std::vector<std::byte>((*image)->pixels().begin(), (*image)->pixels().end());
  };
  Scene in_order;
  const NodeId top = build(in_order);
  std::vector<std::vector<std::byte>> expected;
  for (std::int64_t frame = 0; frame < 8; ++frame) expected.push_back(pixels(in_order, top, frame));
  EXPECT_NE(expected[0], expected[7]);
  Scene mixed;
  const NodeId same = build(mixed);
  for (const std::int64_t frame : {5, 0, 7, 3, 3, 6, 1, 4, 2, 0})
    EXPECT_EQ(pixels(mixed, same, frame), expected[std::size_t(frame)]) << frame;
}

TEST(pictures, bypassed_without_an_input_are_transparent_black) {
  Scene s;
  const NodeId c = s.colour(0.5);
  s.network.set_flags(c, {.bypass = true});
  EXPECT_EQ(s.red(*s.image(c)), 0.0f);
}

TEST(pictures, the_cache_stays_within_its_budget) {
  const auto image = [] {
    auto made = std::make_shared<Image>(64, 64, PixelFormat::rgba8fixed);
    std::fill_n(made->row(0), made->bytes(), std::byte(0));
    return made;
  };
  PixelCache cache(10 * image()->bytes());
  for (std::uint64_t i = 0; i < 100; ++i) {
    cache.keep({1, i}, image());
    cache.find({1, i});
    EXPECT_LE(cache.bytes(), 10 * image()->bytes());
  }
  EXPECT_TRUE(cache.find({1, 99}));
  EXPECT_FALSE(cache.find({1, 0}));
}

}  // namespace
}  // namespace cookline
