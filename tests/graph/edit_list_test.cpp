// Undo and redo: every kind of edit, nesting, what is kept and what is forgotten, and random edits all undone and
// redone.
#include "graph/edit_list.h"

#include "base/random.h"
#include "network_testing.h"

namespace cookline {
namespace {

std::string dump(const Parameter& p) {
  std::string text = p.info->name + "/" + p.info->label + "/" + std::to_string(p.info->max) + "=" + to_text(p.value);
  text += "|" + std::string(mode_name(p.mode)) + "|" + p.expr + "|" + p.bind_expr + "|" + p.export_source;
  return text + "|" + std::to_string(p.enable) + "|" + p.enable_expr;
}

std::string dump(const std::vector<Wire>& wires) {
  std::string text;
  for (const Wire& wire : wires)
    text += " " + std::to_string(wire.source.index) + "." + std::to_string(wire.source.generation) + ":" +
            std::to_string(wire.output);
  return text;
}

// All that can be edited, handles and order included.
std::string dump(const Network& net) {
  std::string text;
  for (const NodeId id : net.walk(net.root())) {
    const Node& n = net.at(id);
    text += std::to_string(id.index) + "." + std::to_string(id.generation) + " " + net.path(id) + " " + n.type_name;
    text += "\n in" + dump(n.inputs) + " comp" + dump(n.comp_inputs);
    text += "\n flags " + std::to_string(n.flags.bypass) + std::to_string(n.flags.lock) + " dock " +
            std::to_string(n.dock.index) + " at " + std::to_string(n.position.first) + " '" + n.comment + "' tags " +
            std::to_string(n.tags.size()) + " content " + as_text(n.content);
    for (const Parameter& p : n.pars) text += "\n  " + dump(p);
    for (const std::string& page : n.custom_pages) text += "\n  page " + page;
    text += "\n";
  }
  return text;
}

ParInfo number_par(const std::string& name, const std::string& page) {
  ParInfo info;
  info.name = info.group = name, info.page = page, info.style = Style::Float, info.default_value = 0.0;
  return info;
}

// An edit in a block, undone and redone.
template <class F>
void expect_undone_and_redone(Tree& t, F edit) {
  const std::string before = dump(t.net);
  t.net.edits().begin("edit");
  edit();
  t.must(t.net.edits().end());
  const std::string after = dump(t.net);
  EXPECT_NE(before, after);
  for (int i = 0; i < 2; ++i) {
    t.must(t.net.edits().undo());
    EXPECT_EQ(dump(t.net), before);
    t.must(t.net.edits().redo());
    EXPECT_EQ(dump(t.net), after);
  }
  t.must(t.net.edits().undo());
}

struct Undo : testing::Test {
  Tree t;
  EditList& edits = t.net.edits();
  NodeId base = t.make("baseCOMP", "/base"), a = t.make("plainCHOP", "/base/a"), b = t.make("plainCHOP", "/base/b"),
         list = t.make("listDAT", "/base/list");
  Undo() { t.must(t.net.connect(a, 0, b, 0)); }
  void set(double gain) { t.must(t.net.set_value(a, "gain", gain)); }
  Value gain() { return t.net.parameter(a, "gain")->value; }
  void block(const std::string& name, double value) {
    edits.begin(name);
    set(value);
    t.must(edits.end());
  }
};

TEST_F(Undo, takes_back_every_kind_of_edit) {
  const auto check = [&](auto edit) { expect_undone_and_redone(t, edit); };
  check([&] { t.make("plainTOP", "/base/made"); });
  check([&] { t.must(t.net.destroy(base)); });
  check([&] { t.must(t.net.destroy(a)); });
  check([&] { (void)*t.net.copy(base, t.net.root()); });
  check([&] { t.must(t.net.rename(a, "b")); });
  check([&] { t.must(t.net.connect(b, 0, a, 1)); });
  check([&] { t.must(t.net.disconnect(b, 0)); });
  check([&] { t.must(t.net.set_value(a, "gain", 2.0)); });
  check([&] { t.must(t.net.set_expression(a, "gain", "1+1")); });
  check([&] { t.must(t.net.set_bind(a, "gain", "me.par.x")); });
  check([&] { t.must(t.net.set_export(a, "gain", "/x:chan")); });
  check([&] { t.must(t.net.set_mode(list, "last", ParMode::CONSTANT)); });
  check([&] { t.must(t.net.set_enable(a, "gain", false, "x")); });
  check([&] { t.must(t.net.set_blocks(list, "item", 3)); });
  check([&] { t.net.set_flags(a, {.bypass = true}); });
  check([&] { t.net.set_content(list, {.text = "x"}); });
  check([&] { t.net.change_look(a, [&](Look& look) { look.comment = "c", look.dock = b; }); });
}

TEST_F(Undo, takes_back_edits_of_custom_parameters) {
  for (const char* name : {"One", "Two"}) t.must(t.net.add_custom(base, number_par(name, "P")));
  const auto check = [&](auto edit) { expect_undone_and_redone(t, edit); };
  check([&] { t.must(t.net.add_custom(base, number_par("Three", "New"))); });
  check([&] { t.must(t.net.remove_custom(base, "One")); });
  check([&] { t.must(t.net.change_custom(base, "One", [](ParInfo& info) { info.name = "Other", info.max = 9; })); });
  check([&] { t.net.order_custom(base, {"Two", "One"}); });
  check([&] { t.net.set_custom_pages(base, {"Q", "P"}); });
}

TEST_F(Undo, a_handle_of_a_destroyed_operator_is_valid_again) {
  edits.begin("destroy");
  t.must(t.net.destroy(base));
  t.must(edits.end());
  EXPECT_EQ(t.net.find(a), nullptr);
  EXPECT_TRUE(t.net.may_exist(a));
  const NodeId other = t.make("plainCHOP", "/other");
  t.must(edits.undo());
  EXPECT_EQ(t.net.path(a), "/base/a");
  EXPECT_EQ(t.net.lookup(a, "b"), b);
  EXPECT_EQ(t.net.path(other), "/other");
}

TEST_F(Undo, keeps_nothing_outside_of_blocks_and_no_step_for_a_block_without_edits) {
  set(2);
  edits.begin("empty");
  EXPECT_FALSE(t.net.set_value(a, "gain", std::string("no number")));
  t.must(t.net.pulse(a, "go"));
  t.must(edits.end());
  EXPECT_TRUE(edits.undo_names().empty());
  t.must(edits.undo());
  EXPECT_EQ(gain(), Value(2.0));
}

TEST_F(Undo, nested_blocks_are_one_step_and_disabled_ones_keep_nothing) {
  edits.begin("outer");
  set(2);
  edits.begin("inner", false);
  EXPECT_FALSE(edits.recording());
  t.must(t.net.set_value(b, "gain", 3.0));
  edits.begin("innermost");
  t.must(t.net.set_value(b, "text", std::string("kept")));
  t.must(edits.end());
  t.must(edits.end());
  EXPECT_TRUE(edits.recording());
  t.must(t.net.set_value(a, "text", std::string("y")));
  t.must(edits.end());
  EXPECT_EQ(edits.undo_names(), std::vector<std::string>{"outer"});
  t.must(edits.undo());
  EXPECT_EQ(t.pars(a), "gain=1 text=x go=0");
  EXPECT_EQ(t.pars(b), "gain=3 text=kept go=0");
}

TEST_F(Undo, steps_are_undone_last_first_and_a_new_one_forgets_what_could_be_redone) {
  block("one", 2), block("two", 3);
  t.must(edits.undo());
  EXPECT_EQ(gain(), Value(2.0));
  EXPECT_EQ(edits.undo_names(), std::vector<std::string>{"one"});
  EXPECT_EQ(edits.redo_names(), std::vector<std::string>{"two"});
  block("three", 4);
  EXPECT_TRUE(edits.redo_names().empty());
  t.must(edits.redo());
  EXPECT_EQ(gain(), Value(4.0));
  edits.begin("open");
  edits.clear();
  EXPECT_EQ(edits.depth(), 0u);
  EXPECT_TRUE(edits.undo_names().empty());
}

TEST_F(Undo, errors_say_what_is_open_and_what_is_not) {
  EXPECT_EQ(t.error(edits.end()), "no undo block is open; start one first");
  EXPECT_EQ(t.error(edits.add_callback([](bool) { return Status(); })), "no undo block is open; start one first");
  edits.begin("open");
  EXPECT_EQ(t.error(edits.undo()), "an undo block is open; end it before undo and redo");
  EXPECT_EQ(t.error(edits.redo()), "an undo block is open; end it before undo and redo");
}

TEST_F(Undo, off_keeps_nothing_until_it_is_on) {
  edits.enable(false);
  block("off", 2);
  EXPECT_TRUE(edits.undo_names().empty());
  edits.enable(true);
  block("on", 3);
  EXPECT_EQ(edits.undo_names(), std::vector<std::string>{"on"});
}

TEST_F(Undo, calls_are_made_in_their_place_and_their_edits_are_not_kept) {
  std::string told;
  edits.begin("calls");
  set(2);
  t.must(edits.add_callback([&](bool undo) -> Status {
    told += (undo ? "undo " : "redo ") + to_text(gain()) + " ";
    edits.begin("inside");
    t.must(t.net.set_value(b, "gain", undo ? 3.0 : 4.0));
    return usage_error({}, edits.undo() ? "undone" : "refused");
  }));
  t.must(t.net.set_value(a, "text", std::string("y")));
  t.must(edits.end());
  EXPECT_EQ(t.error(edits.undo()), "refused");
  EXPECT_EQ(t.pars(a), "gain=1 text=x go=0");
  EXPECT_EQ(edits.depth(), 0u);
  EXPECT_EQ(t.error(edits.redo()), "refused");
  EXPECT_EQ(told, "undo 2 redo 2 ");
  EXPECT_EQ(t.pars(b), "gain=4 text=x go=0");
}

TEST_F(Undo, the_oldest_steps_are_forgotten_and_their_places_used_again) {
  edits.begin("destroy");
  t.must(t.net.destroy(a));
  t.must(edits.end());
  for (std::size_t i = 0; i < EditList::most_steps; ++i) {
    EXPECT_TRUE(t.net.may_exist(a));
    edits.begin("step");
    t.must(t.net.set_value(b, "gain", double(i % 4)));
    t.must(edits.end());
  }
  EXPECT_EQ(edits.undo_names().size(), EditList::most_steps);
  EXPECT_EQ(edits.undo_names().front(), "step");
  EXPECT_FALSE(t.net.may_exist(a));
  EXPECT_EQ(t.make("plainCHOP", "/next").index, a.index);
}

TEST_F(Undo, a_parameter_set_again_and_again_in_a_block_goes_back_to_its_first_value) {
  edits.begin("loop");
  for (int i = 0; i < 1000; ++i) set(i % 5);
  t.must(edits.end());
  t.must(edits.undo());
  EXPECT_EQ(gain(), Value(1.0));
  t.must(edits.redo());
  EXPECT_EQ(gain(), Value(4.0));
}

TEST_F(Undo, pulses_are_neither_taken_back_nor_lost) {
  edits.begin("pulse");
  t.must(t.net.set_blocks(list, "item", 2));
  set(2);
  t.must(t.net.set_value(a, "go", true));
  t.must(t.net.pulse(a, "go"));
  t.must(edits.end());
  t.must(edits.undo());
  EXPECT_EQ(t.net.parameter(a, "go")->pulses, 1u);
  EXPECT_TRUE(t.net.parameter(a, "go")->pulse_pending);
}

TEST_F(Undo, what_was_edited_outside_of_blocks_stays) {
  edits.begin("destroy a");
  t.must(t.net.destroy(a));
  t.must(edits.end());
  t.make("plainCHOP", "/base/a");
  t.must(edits.undo());
  EXPECT_EQ(t.net.path(a), "/base/a1") << "its name was taken";
  edits.begin("make");
  const NodeId inner = t.make("baseCOMP", "/base/inner");
  t.must(edits.end());
  t.must(t.net.connect(t.make("plainCHOP", "/base/inner/deep"), 0, b, 1));
  t.must(edits.undo());
  EXPECT_EQ(t.net.find(inner), nullptr);
  EXPECT_EQ(t.net.at(b).inputs.size(), 1u);
  edits.begin("destroy b");
  t.must(t.net.destroy(b));
  t.must(edits.end());
  t.must(t.net.destroy(base));
  t.must(edits.undo());
  EXPECT_EQ(t.paths(t.net.walk(t.net.root())), "/");
}

// Random edits of a tree, in blocks.
class RandomEdits {
 public:
  explicit RandomEdits(std::uint64_t seed) : seed_(seed) {}
  Tree t;

  void one() {
    const NodeId id = any();
    switch (pick(16)) {
      case 0:
      case 1:
      case 2:
        (void)t.net.create(any(), types[pick(4)], names[pick(4)]);
        break;
      case 3:
        if (t.net.walk(t.net.root()).size() < 60) (void)t.net.copy(id, any(), names[pick(4)]);
        break;
      case 4:
        if (pick(3) == 0) (void)t.net.destroy(id);
        break;
      case 5:
        (void)t.net.rename(id, names[pick(4)]);
        break;
      case 6:
      case 7:
        (void)t.net.connect(id, int(pick(2)), any(), int(pick(3)));
        break;
      case 8:
        (void)t.net.disconnect(id, int(pick(3)));
        break;
      case 9:
        (void)t.net.set_value(id, "gain", double(pick(5)));
        break;
      case 10:
        (void)t.net.set_expression(id, "text", std::to_string(pick(9)));
        break;
      case 11:
        (void)t.net.set_blocks(id, "item", 1 + int(pick(4)));
        break;
      case 12:
        custom(id);
        break;
      case 13:
        t.net.set_flags(id, {.bypass = pick(2) == 0, .lock = pick(2) == 0});
        break;
      case 14:
        t.net.set_content(id, {.text = std::to_string(pick(5))});
        break;
      default:
        look(id);
    }
  }
  std::size_t pick(std::size_t n) { return std::size_t(random_bits(seed_, drawn_++) % n); }

 private:
  static constexpr std::string_view types[] = {"plainCHOP", "plainTOP", "baseCOMP", "listDAT"};
  static constexpr std::string_view names[] = {"a", "b", "", "x9"};
  NodeId any() {
    const std::vector<NodeId> all = t.net.walk(t.net.root());
    return all[pick(all.size())];
  }
  void look(NodeId id) {
    const NodeId dock = any();
    t.net.change_look(id, [&](Look& look) { look.position.first = double(pick(9)), look.dock = dock; });
  }
  void custom(NodeId id) {
    const std::string name = "Par" + std::to_string(pick(3));
    if (pick(3) == 0)
      (void)t.net.remove_custom(id, name);
    else if (pick(2) == 0)
      (void)t.net.change_custom(id, name, [&](ParInfo& info) { info.max = double(pick(9)); });
    else
      (void)t.net.add_custom(id, number_par(name, "P"));
  }
  std::uint64_t seed_, drawn_ = 0;
};

TEST(undo, random_edits_are_all_undone_and_all_redone) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    RandomEdits random(seed);
    Network& net = random.t.net;
    for (int i = 0; i < 40; ++i) random.one();
    std::vector<std::string> states{dump(net)};
    for (int step = 0; step < 25; ++step) {
      net.edits().begin("step");
      for (std::size_t i = random.pick(12); i > 0; --i) random.one();
      ASSERT_TRUE(net.edits().end());
      if (net.edits().undo_names().size() == states.size()) states.push_back(dump(net));
    }
    const std::size_t last = states.size() - 1;
    ASSERT_GT(last, 10u);
    for (int round = 0; round < 2; ++round) {
      for (std::size_t i = last; i > 0; --i) {
        ASSERT_EQ(dump(net), states[i]) << "seed " << seed << " before undoing step " << i;
        ASSERT_TRUE(net.edits().undo());
      }
      for (std::size_t i = 0; i < last; ++i) {
        ASSERT_EQ(dump(net), states[i]) << "seed " << seed << " before redoing step " << i;
        ASSERT_TRUE(net.edits().redo());
      }
      ASSERT_EQ(dump(net), states[last]);
    }
  }
}

TEST(undo, random_undo_and_redo_between_edits_outside_of_blocks_keep_a_tree) {
  for (std::uint64_t seed = 100; seed < 120; ++seed) {
    RandomEdits random(seed);
    Network& net = random.t.net;
    for (int i = 0; i < 400; ++i) {
      const std::size_t what = random.pick(6);
      if (what == 0)
        net.edits().begin("step");
      else if (what == 1)
        net.edits().end_above(random.pick(2));
      else if (what == 2)
        (void)net.edits().undo();
      else if (what == 3)
        (void)net.edits().redo();
      else
        random.one();
      const std::vector<NodeId> all = net.walk(net.root());
      for (const NodeId id : all) {
        ASSERT_EQ(net.lookup(net.root(), net.path(id)), id) << "seed " << seed << " edit " << i << net.path(id);
        for (const Wire& wire : net.at(id).inputs) ASSERT_TRUE(!wire.source || net.find(wire.source));
      }
    }
  }
}

}  // namespace
}  // namespace cookline
