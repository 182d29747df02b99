// Finding operators by path and by pattern.
#include "network_testing.h"

namespace cookline {
namespace {

// /a  /b  /box (/box/a /box/noise1 /box/noise2 /box/deep (/box/deep/noise3))
struct Paths : testing::Test {
  Tree t;
  NodeId a = t.make("plainCHOP", "/a"), b = t.make("plainCHOP", "/b"), box = t.make("baseCOMP", "/box");
  NodeId inner = t.make("plainCHOP", "/box/a");
  NodeId n1 = t.make("plainTOP", "/box/noise1"), n2 = t.make("plainTOP", "/box/noise2");
  NodeId deep = t.make("baseCOMP", "/box/deep"), n3 = t.make("plainTOP", "/box/deep/noise3");

  std::string from(NodeId id, std::string_view path) const {
    const NodeId found = t.net.lookup(id, path);
    return found ? t.net.path(found) : "none";
  }
  std::string matches(NodeId id, std::string_view patterns, bool child = false) const {
    return t.paths(t.net.match(id, patterns, child));
  }
};

TEST_F(Paths, a_bare_name_is_a_sibling) {
  EXPECT_EQ(from(a, "b"), "/b");
  EXPECT_EQ(from(inner, "noise1"), "/box/noise1");
  EXPECT_EQ(from(inner, "b"), "none");
  EXPECT_EQ(from(a, "box/noise1"), "/box/noise1");
}

TEST_F(Paths, dots_lead_to_the_operator_itself_its_children_and_its_parent) {
  EXPECT_EQ(from(box, "."), "/box");
  EXPECT_EQ(from(box, "./a"), "/box/a");
  EXPECT_EQ(from(inner, ".."), "/box");
  EXPECT_EQ(from(inner, "../../../.."), "none");
}

TEST_F(Paths, a_name_behind_dots_is_a_sibling_of_where_they_lead) {
  EXPECT_EQ(from(inner, "../b"), "/b");
  EXPECT_EQ(from(n3, "../noise2"), "/box/noise2");
  EXPECT_EQ(from(n3, "../../b"), "/b");
  EXPECT_EQ(from(n3, "../.."), "/box");
  EXPECT_EQ(from(n3, "../../"), "/box");
  EXPECT_EQ(from(inner, ".././a"), "/box/a");
  EXPECT_EQ(from(inner, "../box/deep/noise3"), "/box/deep/noise3");
  EXPECT_EQ(from(inner, "../a"), "/a") << "the sibling of the parent, not the parent's child of the same name";
  EXPECT_EQ(from(a, ".."), "/");
  EXPECT_EQ(from(a, "../b"), "none") << "the root has no siblings";
  EXPECT_EQ(from(t.net.root(), "a"), "/a");
  EXPECT_EQ(from(t.net.root(), "../a"), "none");
  EXPECT_EQ(from(box, "./deep/../noise1"), "/box/noise1") << "further along a path .. only goes back";
}

TEST_F(Paths, absolute_paths_begin_at_the_root) {
  EXPECT_EQ(from(n3, "/a"), "/a");
  EXPECT_EQ(from(n3, "/"), "/");
  EXPECT_EQ(from(n3, "/box//deep/./noise3"), "/box/deep/noise3");
  EXPECT_EQ(from(n3, "/nowhere/a"), "none");
  EXPECT_EQ(from(t.net.root(), "box/a"), "/box/a");
}

TEST_F(Paths, nothing_is_found_by_an_empty_path_or_in_another_case) {
  EXPECT_EQ(from(a, ""), "none");
  EXPECT_EQ(from(a, "B"), "none");
  EXPECT_EQ(from(a, " b"), "none");
}

TEST_F(Paths, a_components_op_method_looks_inside_it) {
  EXPECT_EQ(t.net.path(t.net.lookup_in(box, "a")), "/box/a");
  EXPECT_EQ(t.net.path(t.net.lookup_in(box, "../b")), "/b");
  EXPECT_EQ(t.net.path(t.net.lookup_in(box, "/b")), "/b");
}

TEST_F(Paths, patterns_match_siblings_in_network_order_and_a_caret_takes_away) {
  EXPECT_EQ(matches(n1, "*"), "/box/a /box/noise1 /box/noise2 /box/deep");
  EXPECT_EQ(matches(n1, "noise[2-9] a missing"), "/box/noise2 /box/a");
  EXPECT_EQ(matches(n1, "* ^noise*"), "/box/a /box/deep");
  EXPECT_EQ(matches(n1, "noise1 noise2 ^noise1 noise1"), "/box/noise2 /box/noise1");
  EXPECT_EQ(matches(n1, "noise1 noise* /box/noise1 ../box/noise1"), "/box/noise1 /box/noise2");
}

TEST_F(Paths, patterns_go_along_paths_and_two_stars_to_any_depth) {
  EXPECT_EQ(matches(a, "/box/*/noise?"), "/box/deep/noise3");
  EXPECT_EQ(matches(n3, "../noise*"), "/box/noise1 /box/noise2");
  EXPECT_EQ(matches(a, "*/a"), "/box/a");
  EXPECT_EQ(matches(box, "./noise*"), "/box/noise1 /box/noise2");
  EXPECT_EQ(matches(box, "noise*", true), "/box/noise1 /box/noise2");
  EXPECT_EQ(matches(a, "/box/**/noise3"), "/box/deep/noise3");
}

TEST_F(Paths, walking_gives_parents_before_children_in_network_order) {
  EXPECT_EQ(t.paths(t.net.walk(t.net.root())),
            "/ /a /b /box /box/a /box/noise1 /box/noise2 /box/deep /box/deep/noise3");
}

TEST(names, digits_at_the_end_are_split_off) {
  using Split = std::pair<std::string, std::optional<std::int64_t>>;
  EXPECT_EQ(split_digits("noise12"), Split("noise", 12));
  EXPECT_EQ(split_digits("noise"), Split("noise", std::nullopt));
  EXPECT_EQ(split_digits("a1b02"), Split("a1b", 2));
}

TEST(names, are_letters_digits_and_underscores) {
  for (const char* name : {"a", "A_1", "9", "_"}) EXPECT_TRUE(legal_name(name)) << name;
  for (const char* name : {"", "a b", "a.b", "a/b", "..", "ä", "a\n", "a-b"}) EXPECT_FALSE(legal_name(name)) << name;
}

}  // namespace
}  // namespace cookline
