// The tree: making, copying, naming and destroying operators, handles and wires.
#include "base/random.h"
#include "network_testing.h"

namespace cookline {
namespace {

TEST(network, names_are_made_from_the_type_and_counted_up) {
  Tree t;
  const NodeId a = *t.net.create(t.net.root(), "plainCHOP"), b = *t.net.create(t.net.root(), "plainCHOP");
  const NodeId c = t.make("plainTOP", "/plain7"), d = t.make("plainTOP", "/plain7");
  const NodeId e = t.make("plainTOP", "/x"), f = t.make("plainTOP", "/x");
  EXPECT_EQ(t.paths({a, b, c, d, e, f}), "/plain1 /plain2 /plain7 /plain8 /x /x1");
}

TEST(network, names_with_very_long_numbers_are_counted_up_too) {
  Tree t;
  for (const char* name : {"/a99999999999999999999", "/a9223372036854775807"}) {
    const NodeId first = t.make("plainCHOP", name), second = t.make("plainCHOP", name);
    EXPECT_TRUE(legal_name(t.net.at(second).name)) << t.net.at(second).name;
    EXPECT_NE(t.net.at(second).name, t.net.at(first).name);
  }
}

TEST(network, illegal_names_parents_and_types_are_refused) {
  Tree t;
  const NodeId chop = t.make("plainCHOP", "/chop");
  EXPECT_EQ(t.net.create(t.net.root(), "plainCHOP", "a b").error().what, "'a b' is not an operator name");
  EXPECT_EQ(to_string(t.net.create(chop, "plainCHOP").error()),
            "/chop: a plainCHOP cannot hold other operators; only components can");
  EXPECT_EQ(to_string(t.net.create(t.net.root(), "plaiCHOP").error()),
            "/: unknown operator type 'plaiCHOP'; did you mean 'plainCHOP'?");
}

TEST(network, an_unknown_type_becomes_a_placeholder_where_that_is_asked_for) {
  Tree t;
  const NodeId id = *t.net.create(t.net.root(), "geometryCOMP", "", true);
  EXPECT_EQ(t.net.path(id), "/geometry1");
  EXPECT_EQ(t.net.at(id).type, nullptr);
  EXPECT_EQ(t.net.at(id).family(), "COMP");
  EXPECT_EQ(t.net.path(*t.net.create(id, "plainCHOP", "inside")), "/geometry1/inside");
}

TEST(network, handles_of_destroyed_operators_find_nothing_even_when_the_place_is_used_again) {
  Tree t;
  const NodeId base = t.make("baseCOMP", "/base"), child = t.make("plainCHOP", "/base/child");
  t.must(t.net.destroy(base));
  for (const NodeId stale : {base, child}) {
    EXPECT_EQ(t.net.find(stale), nullptr);
    EXPECT_EQ(t.net.path(stale), "");
    EXPECT_EQ(t.error(t.net.set_value(stale, "gain", 1.0)), "gain: the operator does not exist any more");
    EXPECT_EQ(t.error(t.net.destroy(stale)), "the operator does not exist any more");
    EXPECT_FALSE(t.net.connect(stale, 0, stale, 0));
    EXPECT_FALSE(t.net.copy(stale, t.net.root()));
    EXPECT_FALSE(t.net.rename(stale, "x"));
    EXPECT_EQ(t.net.parameter(stale, "gain"), nullptr);
    EXPECT_TRUE(t.net.match(stale, "*").empty());
    EXPECT_TRUE(t.net.walk(stale).empty());
    t.net.set_flags(stale, {.bypass = true});
    t.net.set_content(stale, {});
  }
  const NodeId next = t.make("plainCHOP", "/next");
  EXPECT_TRUE(next.index == base.index || next.index == child.index);
  EXPECT_EQ(t.net.find(base), nullptr);
  EXPECT_EQ(t.net.find(child), nullptr);
}

TEST(network, the_root_stays) {
  Tree t;
  EXPECT_EQ(t.error(t.net.destroy(t.net.root())), "/: the root cannot be destroyed");
  EXPECT_FALSE(t.net.rename(t.net.root(), "x"));
}

TEST(network, destroying_takes_wires_and_docks_away) {
  Tree t;
  const NodeId a = t.make("plainCHOP", "/a"), b = t.make("plainCHOP", "/b"), c = t.make("plainCHOP", "/c");
  t.must(t.net.connect(a, 0, c, 0));
  t.must(t.net.connect(b, 0, c, 1));
  t.net.find(c)->dock = b;
  t.must(t.net.destroy(b));
  EXPECT_EQ(t.net.at(c).inputs.size(), 1u);
  EXPECT_FALSE(t.net.at(c).dock);
  t.must(t.net.destroy(a));
  EXPECT_TRUE(t.net.at(c).inputs.empty());
}

TEST(network, renaming_keeps_the_handle_and_finds_a_free_name) {
  Tree t;
  const NodeId a = t.make("plainCHOP", "/a");
  t.make("plainCHOP", "/b");
  t.must(t.net.rename(a, "b"));
  EXPECT_EQ(t.net.path(a), "/b1");
  EXPECT_EQ(t.error(t.net.rename(a, "")), "/b1: '' is not an operator name; letters, digits and _ are allowed");
}

TEST(network, a_copy_has_everything_below_it_and_the_wires_inside) {
  Tree t;
  const NodeId base = t.make("baseCOMP", "/base");
  const NodeId a = t.make("plainCHOP", "/base/a"), b = t.make("plainCHOP", "/base/b");
  t.must(t.net.connect(a, 0, b, 1));
  t.must(t.net.set_value(a, "gain", 3.0));
  t.must(t.net.set_expression(b, "gain", "1+1"));
  const NodeId copy = *t.net.copy(base, t.net.root());
  EXPECT_EQ(t.paths(t.net.walk(copy)), "/base1 /base1/a /base1/b");
  const NodeId a2 = t.net.lookup(copy, "./a"), b2 = t.net.lookup(copy, "./b");
  EXPECT_EQ(t.net.at(b2).inputs.at(1).source, a2);
  EXPECT_EQ(t.net.parameter(b2, "gain")->expr, "1+1");
  t.must(t.net.set_value(a2, "gain", 2.0));
  EXPECT_EQ(t.net.parameter(a, "gain")->value, Value(3.0));
}

TEST(network, a_copy_beside_the_original_keeps_its_inputs_and_one_elsewhere_does_not) {
  Tree t;
  const NodeId a = t.make("plainCHOP", "/a"), b = t.make("plainCHOP", "/b"), base = t.make("baseCOMP", "/base");
  t.must(t.net.connect(a, 0, b, 0));
  EXPECT_EQ(t.net.at(*t.net.copy(b, t.net.root(), "beside")).inputs.at(0).source, a);
  EXPECT_TRUE(t.net.at(*t.net.copy(b, base, "inside")).inputs.empty());
}

TEST(network, a_component_is_not_copied_into_itself) {
  Tree t;
  const NodeId base = t.make("baseCOMP", "/base"), inner = t.make("baseCOMP", "/base/inner");
  EXPECT_EQ(to_string(t.net.copy(base, inner).error()), "/base: a component cannot be copied into itself");
  EXPECT_FALSE(t.net.copy(base, base));
}

TEST(network, ten_thousand_operators_in_one_component_are_made_found_and_destroyed) {
  Tree t;
  const NodeId base = t.make("baseCOMP", "/base");
  std::vector<NodeId> made;
  for (int i = 0; i < 10000; ++i) made.push_back(*t.net.create(base, "plainCHOP"));
  for (int i = 0; i < 10000; ++i)
    ASSERT_EQ(t.net.lookup_in(base, "plain" + std::to_string(i + 1)), made[std::size_t(i)]);
  t.must(t.net.destroy(made[41]));
  EXPECT_FALSE(t.net.lookup_in(base, "plain42"));
  EXPECT_EQ(t.net.path(*t.net.create(base, "plainCHOP")), "/base/plain42");
  t.must(t.net.rename(made[50], "other"));
  EXPECT_EQ(t.net.path(*t.net.create(base, "plainCHOP")), "/base/plain51");
  EXPECT_EQ(t.net.path(*t.net.create(base, "plainCHOP")), "/base/plain10001");
  EXPECT_EQ(t.net.at(*t.net.copy(base, t.net.root())).children.size(), 10002u);
  t.must(t.net.destroy(base));
  EXPECT_EQ(t.paths(t.net.walk(t.net.root())).substr(0, 20), "/ /base1 /base1/plai");
}

TEST(connect, errors_name_the_operator_and_what_is_allowed) {
  Tree t;
  const NodeId chop = t.make("plainCHOP", "/chop"), top = t.make("plainTOP", "/top"),
               base = t.make("baseCOMP", "/base");
  EXPECT_EQ(t.error(t.net.connect(chop, 0, chop, 2)), "/chop: input 2 does not exist: plainCHOP has 2 inputs");
  EXPECT_EQ(t.error(t.net.connect(top, 0, top, 1)), "/top: input 1 does not exist: plainTOP has 1 input");
  EXPECT_EQ(t.error(t.net.connect(chop, 0, top, 0)),
            "/top: a CHOP cannot be wired into a TOP; wires join operators of one family");
  EXPECT_EQ(t.error(t.net.connect(chop, 0, chop, -1)), "/chop: connect: inputs and outputs count from 0");
  t.must(t.net.connect(base, 1, top, 0));
}

TEST(connect, a_new_wire_replaces_the_old_and_gaps_close_at_the_end_only) {
  Tree t;
  const NodeId a = t.make("plainCHOP", "/a"), b = t.make("plainCHOP", "/b"), c = t.make("plainCHOP", "/c");
  t.must(t.net.connect(a, 0, c, 0));
  t.must(t.net.connect(b, 0, c, 0));
  EXPECT_EQ(t.net.at(c).inputs.at(0).source, b);
  t.must(t.net.connect(a, 0, c, 1));
  t.must(t.net.disconnect(c, 0));
  EXPECT_EQ(t.net.at(c).inputs.size(), 2u);
  t.must(t.net.disconnect(c, 1));
  EXPECT_TRUE(t.net.at(c).inputs.empty());
  t.must(t.net.disconnect(c, 7));
}

TEST(epoch, changes_with_every_edit_and_with_nothing_else) {
  Tree t;
  const NodeId a = t.make("plainCHOP", "/a"), b = t.make("plainCHOP", "/b");
  const auto edits = [&](auto edit) {
    const std::uint64_t before = t.net.epoch();
    edit();
    return t.net.epoch() != before;
  };
  EXPECT_TRUE(edits([&] { t.must(t.net.set_value(a, "gain", 2.0)); }));
  EXPECT_TRUE(edits([&] { t.must(t.net.connect(a, 0, b, 0)); }));
  EXPECT_TRUE(edits([&] { t.must(t.net.rename(b, "c")); }));
  EXPECT_TRUE(edits([&] { t.net.set_flags(a, {.bypass = true}); }));
  EXPECT_TRUE(edits([&] { t.net.set_content(a, {.text = "x"}); }));
  EXPECT_FALSE(edits([&] { t.net.set_flags(a, {.bypass = true}); }));
  EXPECT_FALSE(edits([&] { t.net.set_content(a, {.text = "x"}); }));
  EXPECT_FALSE(edits([&] { t.net.lookup(a, "/c"), t.net.match(a, "*"); }));
  EXPECT_TRUE(edits([&] { t.must(t.net.destroy(a)); }));
}

// Random edits, some of them refused, against what must always hold of a tree.
TEST(network, stays_a_tree_whatever_is_edited) {
  Tree t;
  std::vector<NodeId> all{t.net.root()};
  std::uint64_t drawn = 0;
  const auto pick = [&](std::size_t n) { return std::size_t(random_bits(11, drawn++) % n); };
  const auto any = [&] { return all[pick(all.size())]; };
  const std::string_view types[] = {"plainCHOP", "plainTOP", "baseCOMP", "baseCOMP", "listDAT"};
  const std::string_view names[] = {"a", "a1", "b", "", "x9"};
  for (int i = 0; i < 3000; ++i) {
    const std::size_t what = pick(9);
    if (what < 3) {
      if (const auto id = t.net.create(any(), types[pick(5)], names[pick(5)])) all.push_back(*id);
    } else if (what == 3 && all.size() < 200) {
      if (const auto id = t.net.copy(any(), any(), names[pick(5)]))
        for (const NodeId made : t.net.walk(*id)) all.push_back(made);
    } else if (what == 4 && pick(3) == 0) {
      (void)t.net.destroy(any());
    } else if (what == 5) {
      (void)t.net.rename(any(), names[pick(5)]);
    } else {
      (void)t.net.connect(any(), 0, any(), int(pick(3)));
    }
    if (i % 100 != 0) continue;
    const std::vector<NodeId> alive = t.net.walk(t.net.root());
    EXPECT_EQ(std::size_t(std::count_if(all.begin(), all.end(), [&](NodeId id) { return t.net.find(id) != nullptr; })),
              alive.size());
    for (const NodeId id : alive) {
      EXPECT_EQ(t.net.lookup(t.net.root(), t.net.path(id)), id) << t.net.path(id);
      for (const NodeId child : t.net.at(id).children) EXPECT_EQ(t.net.at(child).parent, id);
      for (const Wire& wire : t.net.at(id).inputs) EXPECT_TRUE(!wire.source || t.net.find(wire.source));
    }
  }
  EXPECT_GT(t.net.walk(t.net.root()).size(), 10u);
}

}  // namespace
}  // namespace cookline
