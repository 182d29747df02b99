// Text, Table, Null, Select and Info DAT.
#include <gtest/gtest.h>

#include "base/text.h"
#include "ops/op_harness.h"

namespace cookline {
const OpDef& text_dat();
const OpDef& table_dat();
const OpDef& null_dat();
const OpDef& select_dat();
const OpDef& info_dat();
namespace {

using Names = std::vector<std::string>;
using Rows = std::vector<Names>;
Table rows(Rows r) { return {.is_table = true, .rows = std::move(r)}; }

TEST(text_dat, holds_text_and_shows_a_table_as_text) {
  Harness h(text_dat());
  h.services.held.text = "print(1)";
  EXPECT_EQ(h.cook_table(0), Table{.text = "print(1)"});
  h.services.held = rows({{"a", "b"}, {"c", "d"}});
  EXPECT_EQ(h.cook_table(1).text, "a\tb\nc\td\n");
  h.input(0, Table{.text = "from the wire"});
  EXPECT_EQ(h.cook_table(2).text, "from the wire");
}

TEST(text_dat, loads_at_the_start_and_a_later_edit_wins) {
  Harness h(text_dat());
  h.services.files["a.txt"] = "file";
  h.services.held.text = "old";
  h.set("file", "a.txt");
  h.set("loadonstart", true);
  EXPECT_EQ(h.cook_table(0).text, "file");
  EXPECT_EQ(h.cook_table(1).text, "file");
  h.services.held.text = "edited";
  EXPECT_EQ(h.cook_table(2).text, "edited");
  EXPECT_EQ(h.services.files["a.txt"], "file") << "without Sync to File nothing is written";
  h.press("writepulse");
  h.cook_table(3);
  EXPECT_EQ(h.services.files["a.txt"], "edited");
}

TEST(text_dat, sync_writes_every_edit_and_makes_the_file_then) {
  Harness h(text_dat());
  h.set("file", "b.txt");
  h.set("syncfile", true);
  h.services.held.text = "mine";
  EXPECT_EQ(h.cook_table(0).text, "mine");
  EXPECT_EQ(h.services.files.count("b.txt"), 0u);
  h.services.held.text = "mine too";
  h.cook_table(1);
  EXPECT_EQ(h.services.files["b.txt"], "mine too");
}

TEST(text_dat, a_file_that_is_needed_and_not_there_is_an_error) {
  Harness h(text_dat());
  h.set("file", "none.txt");
  h.set("loadonstart", true);
  EXPECT_FALSE(h.table(0));
  Harness w(text_dat());
  w.press("writepulse");
  const auto wrong = w.table(0);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().where, "/op1.file");
}

TEST(table_dat, files_are_split_by_tabs_or_commas) {
  Harness h(table_dat());
  h.services.files["a.tsv"] = "x\ty\n\n1\t2\n";
  h.services.files["a.csv"] = "x,\"a,\"\"b\"\"\nc\"\r\n1,2\r\n";
  h.set("file", "a.tsv");
  h.press("loadonstartpulse");
  EXPECT_EQ(h.cook_table(0).rows, (Rows{{"x", "y"}, {"", ""}, {"1", "2"}}));
  h.set("removeblank", true);
  h.press("loadonstartpulse");
  EXPECT_EQ(h.cook_table(1).rows, (Rows{{"x", "y"}, {"1", "2"}}));
  h.set("file", "a.csv");
  h.press("loadonstartpulse");
  EXPECT_EQ(h.cook_table(2).rows, (Rows{{"x", "a,\"b\"\nc"}, {"1", "2"}}));
}

TEST(table_dat, set_size_keeps_cells_and_adds_empty_ones) {
  Harness h(table_dat());
  h.services.held = rows({{"a", "b", "c"}});
  h.set("fill", "setsize");
  h.set("rows", std::int64_t(2));
  h.set("cols", std::int64_t(2));
  EXPECT_EQ(h.cook_table(0).rows, (Rows{{"a", "b"}, {"", ""}}));
}

// Understands "r", "c" and "r*10+c" of a cell's place.
Result<Value> little_python(const std::string& expression, std::span<const std::pair<std::string, Value>> names) {
  std::int64_t row = 0, col = 0;
  for (const auto& [name, value] : names) (name == "me.subRow" ? row : col) = to_int(value);
  if (expression == "r*10+c") return Value(row * 10 + col);
  if (expression == "r") return Value(row);
  return project_error({}, "SyntaxError");
}

TEST(table_dat, expressions_fill_cells_by_their_place) {
  Harness h(table_dat());
  h.services.evaluator = little_python;
  h.set("fill", "setsizeandcontents");
  h.set("rows", std::int64_t(2));
  h.set("cols", std::int64_t(3));
  h.set("cellexpr", "r*10+c");
  EXPECT_EQ(h.cook_table(0).rows, (Rows{{"0", "1", "2"}, {"10", "11", "12"}}));
  h.set("cellexpr", "?");
  const auto wrong = h.table(1);
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().where, "/op1.cellexpr");
}

TEST(table_dat, columns_and_rows_are_filled_block_by_block) {
  Harness h(table_dat());
  h.services.evaluator = little_python;
  h.set("fill", "fillbycol");
  h.set("rows", std::int64_t(2));
  h.set("fills0names", "id");
  h.set("fills0expr", "r");
  h.set("fills1names", "a b");
  h.set("fills1expr", "r*10+c");
  EXPECT_EQ(h.cook_table(0).rows, (Rows{{"id", "a", "b"}, {"0", "0", "1"}, {"1", "10", "11"}}));
  h.set("includenames", false);
  EXPECT_EQ(h.cook_table(1).rows, (Rows{{"0", "0", "1"}, {"1", "10", "11"}}));
  h.set("includenames", true);
  h.set("fill", "fillbyrow");
  h.set("cols", std::int64_t(2));
  EXPECT_EQ(h.cook_table(2).rows, (Rows{{"id", "0", "0"}, {"a", "0", "1"}, {"b", "10", "11"}}));
}

TEST(table_dat, an_expression_in_expression_mode_is_evaluated_for_each_cell) {
  Harness h(table_dat());
  h.services.evaluator = little_python;
  ParView v;
  v.op = "/op1", v.name = "cellexpr", v.mode = "EXPRESSION", v.expression = "r*10+c";
  h.services.views = {v};
  h.set("fill", "setsizeandcontents");
  h.set("cols", std::int64_t(2));
  h.set("cellexpr", "what it was evaluated to once");
  EXPECT_EQ(h.cook_table(0).rows, (Rows{{"0", "1"}}));
}

TEST(null_dat, passes_its_input_through) {
  Harness h(null_dat());
  h.input(0, rows({{"a"}}));
  EXPECT_EQ(h.cook_table(0), rows({{"a"}}));
}

struct SelectDat : testing::Test {
  Harness h{select_dat()};
  void SetUp() override {
    h.refer("dat", rows({{"id", "name", "v"}, {"1", "ann", "3"}, {"2", "bob", "5"}, {"3", "cid", "7"}}));
  }
  Names first_cells() {
    Names cells;
    for (const auto& row : h.cook_table(0).rows) cells.push_back(row.empty() ? "" : row[0]);
    return cells;
  }
};

TEST_F(SelectDat, all_is_all) { EXPECT_EQ(h.cook_table(0).rows.size(), 4u); }

TEST_F(SelectDat, rows_are_chosen_by_names_and_indices_of_both_ends) {
  h.set("fromcol", std::int64_t(1));
  h.set("rownamestart", "ann"), h.set("rownameend", "bob");
  h.set("rowindexstart", std::int64_t(2)), h.set("rowindexend", std::int64_t(-1));
  h.set("extractrows", "byname");
  EXPECT_EQ(first_cells(), (Names{"1", "2"}));
  h.set("extractrows", "byindex");
  EXPECT_EQ(first_cells(), (Names{"2", "3"}));
  h.set("extractrows", "bynameindex");
  EXPECT_EQ(first_cells(), (Names{"1", "2", "3"}));
  h.set("extractrows", "byindexname");
  EXPECT_EQ(first_cells(), Names{"2"});
  h.set("rownameend", "");
  EXPECT_EQ(first_cells(), (Names{"2", "3"}));
  h.set("extractrows", "byname");
  h.set("rownamestart", "nobody");
  EXPECT_EQ(first_cells(), Names{});
  h.set("firstrow", true);
  EXPECT_EQ(first_cells(), Names{"id"});
}

TEST_F(SelectDat, values_are_patterns) {
  h.set("extractrows", "bynames");
  h.set("fromcol", std::int64_t(1));
  h.set("rownames", "[ab]* ^bob");
  EXPECT_EQ(first_cells(), Names{"1"});
  h.set("extractcols", "bynames");
  h.set("colnames", "v");
  h.set("firstcol", true);
  EXPECT_EQ(h.cook_table(0).rows, (Rows{{"1", "3"}}));
}

TEST_F(SelectDat, conditions_see_the_cell) {
  h.services.evaluator = [](const std::string& expression,
                            std::span<const std::pair<std::string, Value>> names) -> Result<Value> {
    EXPECT_EQ(expression, "me.inputCell.val > '4'");
    return Value(to_text(names[0].second) > "4");
  };
  h.set("extractrows", "byexpr");
  h.set("fromcol", std::int64_t(2));
  h.set("rowexpr", "me.inputCell.val > '4'");
  EXPECT_EQ(first_cells(), (Names{"id", "2", "3"}));
  h.set("extractrows", "all");
  h.set("extractcols", "byexpr");
  h.set("fromrow", std::int64_t(-1));
  h.set("colexpr", "me.inputCell.val > '4'");
  EXPECT_EQ(first_cells(), (Names{"name", "ann", "bob", "cid"}));
}

TEST_F(SelectDat, cells_can_be_evaluated) {
  h.refer("dat", rows({{"1+1", ""}}));
  h.services.evaluator = [](const std::string&, auto) { return Value(std::int64_t(2)); };
  h.set("output", "expr");
  EXPECT_EQ(h.cook_table(0).rows, (Rows{{"2", ""}}));
}

TEST_F(SelectDat, the_wired_input_comes_first_and_text_passes) {
  h.input(0, Table{.text = "free"});
  EXPECT_EQ(h.cook_table(0), Table{.text = "free"});
}

TEST(info_dat, shows_what_the_engine_says) {
  Harness h(info_dat());
  EXPECT_TRUE(h.cook_table(0).rows.empty());
  h.services.info_tables["glsl1"] = rows({{"warning", "w"}});
  h.set("op", "glsl1");
  EXPECT_EQ(h.cook_table(1).rows, (Rows{{"warning", "w"}}));
  h.set("op", "nobody");
  EXPECT_FALSE(h.table(2));
}

}  // namespace
}  // namespace cookline
