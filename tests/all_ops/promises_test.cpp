// What every operator promises whatever its parameters: defaults in range, the same bytes for the same inputs, threads,
// tiles and snapshots, untouched inputs, numbers for numbers.
#include <algorithm>

#include "base/parallel.h"
#include "random_settings.h"

namespace cookline {
namespace {

constexpr int draws = 12;  // of random parameters

class Promises : public EveryOperator {
 public:
  // Calls test(settings) with the defaults and with random settings.
  template <class Test>
  void for_all_settings(std::uint64_t seed, Test test) {
    test(Settings{});
    for (int i = 0; i < draws; ++i) {
      SCOPED_TRACE(i);
      test(RandomSettings(seed + std::uint64_t(i)).draw(type()));
    }
  }
};
INSTANTIATE_TEST_SUITE_P(all, Promises, testing::ValuesIn(all_types().all()), type_suffix);

std::string observe(const TypeInfo& type, const Settings& settings, EngineOptions engine = {}) {
  StageOptions options;
  options.engine = std::move(engine);
  return Stage(type, settings, options).run(0, 6);
}

std::string text_of(const Held& held) {
  if (held.image) return to_hex(hash_bytes(held.image->pixels()));
  if (held.table) return as_text(*held.table);
  std::string text;
  if (held.channels)
    for (const Channel& channel : held.channels->channels)
      for (const double v : channel.samples) text += channel.name + to_text(Value(v)) + " ";
  return text;
}

// What an input holds; pictures are locked, so that this very picture is what the operator gets.
Held hold(Stage& stage, NodeId input) {
  Engine& engine = stage.engine();
  const std::string family = engine.network().at(input).family();
  Held held;
  if (family == "TOP") held.image = *engine.image(input), engine.network().set_flags(input, {.lock = true});
  if (family == "CHOP") held.channels = *engine.channels(input);
  if (family == "DAT") held.table = *engine.table(input);
  return held;
}

TEST_P(Promises, defaults_are_allowed_values_and_stay_as_they_are) {
  for (const ParInfoHandle& par : all_pars(type())) {
    const Result<Value> stored = coerce(*par, par->default_value);
    ASSERT_TRUE(stored) << par->name;
    EXPECT_EQ(*stored, par->default_value) << par->name;
    EXPECT_TRUE(!par->clamp_min || to_double(par->default_value) >= par->min) << par->name;
    EXPECT_TRUE(!par->clamp_max || to_double(par->default_value) <= par->max) << par->name;
    EXPECT_TRUE(par->style != Style::Menu || !menu_item(*par, par->default_value).empty()) << par->name;
    EXPECT_LE(par->norm_min, par->norm_max) << par->name;
  }
}

TEST_P(Promises, the_same_settings_give_the_same_results) {
  for_all_settings(100, [&](const Settings& s) { EXPECT_EQ(observe(type(), s), observe(type(), s)); });
}

TEST_P(Promises, results_do_not_depend_on_threads) {
  const int before = thread_limit();
  EngineOptions large;  // enough pixels for several tasks
  large.scale_x = large.scale_y = 12;
  std::vector<std::string> alone;
  set_thread_limit(1);
  for_all_settings(200, [&](const Settings& s) { alone.push_back(observe(type(), s, large)); });
  set_thread_limit(5);
  std::size_t i = 0;
  for_all_settings(200, [&](const Settings& s) { EXPECT_EQ(observe(type(), s, large), alone[i++]); });
  set_thread_limit(before);
}

TEST_P(Promises, results_do_not_depend_on_fusing_and_tiles) {
  EngineOptions unfused, tiny;
  unfused.pixels.fuse = false, tiny.pixels.tile_pixels = 5;
  for_all_settings(300, [&](const Settings& s) {
    const std::string expected = observe(type(), s);
    EXPECT_EQ(observe(type(), s, unfused), expected);
    EXPECT_EQ(observe(type(), s, tiny), expected);
  });
}

TEST_P(Promises, inputs_are_left_as_they_were) {
  for_all_settings(400, [&](const Settings& s) {
    Stage stage(type(), s);
    stage.run(0, 3);
    std::vector<Held> inputs;
    std::vector<std::string> before;
    for (const NodeId input : stage.inputs())
      inputs.push_back(hold(stage, input)), before.push_back(text_of(inputs.back()));
    stage.run(3, 4);
    for (std::size_t i = 0; i < inputs.size(); ++i) EXPECT_EQ(text_of(inputs[i]), before[i]);
  });
}

TEST_P(Promises, finite_inputs_give_numbers) {
  EngineOptions exact;
  exact.float32 = true;
  for_all_settings(500, [&](const Settings& s) {
    StageOptions options;
    options.engine = exact;
    Stage stage(type(), s, options);
    stage.run(0, 3);
    EXPECT_EQ(stage.not_numbers(), 0);
  });
}

TEST_P(Promises, a_restored_snapshot_goes_on_as_the_original_did) {
  for_all_settings(600, [&](const Settings& s) {
    Stage stage(type(), s);
    stage.run(0, 6);
    const Engine::Snapshot snapshot = stage.engine().snapshot();
    const std::string original = stage.run(6, 10);
    stage.engine().restore(snapshot);
    EXPECT_EQ(stage.run(6, 10), original);
  });
}

}  // namespace
}  // namespace cookline
