// Parameter Execute, DAT Execute and Execute DAT.
#include <gtest/gtest.h>

#include "ops/op_harness.h"

namespace cookline {
const OpDef& parameterexecute_dat();
const OpDef& datexecute_dat();
const OpDef& execute_dat();
namespace {

using Names = std::vector<std::string>;

struct ParameterExecute : testing::Test {
  Harness h{parameterexecute_dat()};
  void SetUp() override {
    for (const char* toggle :
         {"valuechange", "valueschanged", "onpulse", "expressionchange", "exportchange", "enablechange", "modechange"})
      h.set(toggle, true);
    h.set("op", "..");
    h.set("pars", "*");
    for (const char* name : {"Gain", "Go"}) {
      ParView v;
      v.op = "/project1", v.name = v.group = name, v.custom = true, v.mode = "CONSTANT", v.value = 1.0;
      h.services.views.push_back(v);
    }
    h.services.views[1].style = Style::Pulse, h.services.views[1].value = false;
    EXPECT_TRUE(h.watch(0));
    EXPECT_TRUE(h.events.empty()) << "the first look only records";
  }
  Names look(std::int64_t frame) {
    EXPECT_TRUE(h.watch(frame));
    return h.callbacks();
  }
  ParView& gain() { return h.services.views[0]; }
  ParView& go() { return h.services.views[1]; }
};

TEST_F(ParameterExecute, a_value_that_changes_is_told_with_its_former_value) {
  EXPECT_EQ(look(1), Names{});
  gain().value = 2.0;
  EXPECT_EQ(look(1), (Names{"onValueChange", "onValuesChanged"}));
  const Event& e = h.events[0];
  EXPECT_FALSE(e.owner_first);
  EXPECT_EQ(std::get<ParArgument>(e.arguments[0]).par, "Gain");
  EXPECT_EQ(std::get<ParArgument>(e.arguments[0]).op, "/project1");
  EXPECT_EQ(std::get<Value>(e.arguments[1]), Value(1.0));
  const auto& changes = std::get<std::vector<std::pair<ParArgument, Value>>>(h.events[1].arguments[0]);
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].second, Value(1.0));
  EXPECT_EQ(look(2), Names{});
}

TEST_F(ParameterExecute, each_press_of_a_pulse_is_told_and_its_value_is_not) {
  go().pulses = 2, go().value = true;
  EXPECT_EQ(look(1), (Names{"onPulse", "onPulse"}));
  go().value = false;
  EXPECT_EQ(look(2), Names{});
}

TEST_F(ParameterExecute, expression_export_enable_and_mode_have_functions_of_their_own) {
  gain().mode = "EXPRESSION", gain().expression = "me.time.frame", gain().enable = false, gain().export_source = "/c:a";
  EXPECT_EQ(look(1), (Names{"onExpressionChange", "onExportChange", "onEnableChange", "onModeChange"}));
  EXPECT_EQ(std::get<Value>(h.events[3].arguments[1]), Value(std::string("EXPRESSION")));
  EXPECT_EQ(std::get<Value>(h.events[3].arguments[2]), Value(std::string("CONSTANT")));
}

TEST_F(ParameterExecute, only_what_is_asked_for_is_watched) {
  h.set("custom", false);
  look(1);
  gain().value = 5.0;
  EXPECT_EQ(look(2), Names{});
  h.set("custom", true);
  EXPECT_EQ(look(3), Names{}) << "what comes into view anew has not changed";
  h.set("active", false);
  gain().value = 6.0;
  EXPECT_EQ(look(4), Names{});
  h.set("active", true);
  EXPECT_EQ(look(5), Names{});
}

struct DatExecute : testing::Test {
  Harness h{datexecute_dat()};
  void SetUp() override {
    for (const char* toggle : {"tablechange", "rowchange", "colchange", "cellchange", "sizechange"})
      h.set(toggle, true);
  }
  Names look(std::int64_t frame, std::vector<Names> rows) {
    h.refer("dat", Table{.is_table = true, .rows = std::move(rows)});
    EXPECT_TRUE(h.watch(frame));
    return h.callbacks();
  }
  std::vector<std::int64_t> list(const std::string& name) const {
    std::vector<std::int64_t> numbers;
    for (const auto& [key, value] :
         std::get<std::vector<std::pair<std::string, ListArgument>>>(h.events[0].arguments[2]))
      if (key == name)
        for (const Value& v : value.items)
          if (!std::holds_alternative<std::string>(v)) numbers.push_back(to_int(v));
    return numbers;
  }
  using Numbers = std::vector<std::int64_t>;
};

TEST_F(DatExecute, a_changed_cell_is_told_by_table_row_column_and_cell) {
  EXPECT_EQ(look(0, {{"name", "v"}, {"a", "1"}, {"b", "2"}}), Names{});
  EXPECT_EQ(look(1, {{"name", "v"}, {"a", "1"}, {"b", "2"}}), Names{});
  EXPECT_EQ(look(2, {{"name", "v"}, {"a", "1"}, {"b", "5"}}),
            (Names{"onTableChange", "onRowChange", "onColChange", "onCellChange"}));
  EXPECT_EQ(list("rowsChanged"), Numbers{2});
  EXPECT_EQ(list("colsChanged"), Numbers{1});
  EXPECT_EQ(list("cellsChanged"), (Numbers{2, 1}));
  EXPECT_EQ(list("sizeChanged"), Numbers{0});
  EXPECT_EQ(std::get<TableArgument>(h.events[0].arguments[0]).op, "/dat_target");
  EXPECT_EQ(std::get<TableArgument>(h.events[0].arguments[1]).former->rows[2][1], "2");
  EXPECT_EQ(std::get<ListArgument>(h.events[3].arguments[2]).items[0], Value(std::string("2")));
}

TEST_F(DatExecute, rows_and_columns_come_and_go_by_name) {
  look(0, {{"name", "v"}, {"a", "1"}, {"b", "2"}});
  EXPECT_EQ(look(1, {{"name", "v"}, {"a", "1"}, {"b", "2"}, {"c", "3"}}),
            (Names{"onTableChange", "onRowChange", "onSizeChange"}));
  EXPECT_EQ(list("rowsAdded"), Numbers{3});
  EXPECT_EQ(list("sizeChanged"), Numbers{1});
  EXPECT_EQ(look(2, {{"name", "v"}, {"b", "2"}, {"c", "3"}}), (Names{"onTableChange", "onSizeChange"}))
      << "a removal is a size change alone";
  EXPECT_EQ(list("rowsRemoved"), Numbers{1});
  EXPECT_EQ(look(3, {{"name"}, {"b"}, {"c"}}), (Names{"onTableChange", "onSizeChange"}));
  EXPECT_EQ(list("colsRemoved"), Numbers{1});
}

TEST_F(DatExecute, at_the_end_of_frames_it_tells_at_most_once_each) {
  h.set("execute", "end");
  for (const char* toggle : {"rowchange", "colchange", "cellchange", "sizechange"}) h.set(toggle, false);
  look(0, {{"1"}});
  EXPECT_EQ(look(1, {{"2"}}), Names{"onTableChange"});
  EXPECT_EQ(look(1, {{"3"}}), Names{});
  EXPECT_EQ(look(2, {{"3"}}), Names{"onTableChange"});
  EXPECT_EQ(std::get<TableArgument>(h.events[0].arguments[1]).former->rows[0][0], "2");
}

TEST_F(DatExecute, free_text_is_one_cell) {
  h.refer("dat", Table{.text = "a"});
  ASSERT_TRUE(h.watch(0));
  h.refer("dat", Table{.text = "b"});
  ASSERT_TRUE(h.watch(1));
  EXPECT_EQ(list("cellsChanged"), (Numbers{0, 0}));
  EXPECT_EQ(list("rowsAdded"), Numbers{});
}

TEST(execute_dat, holds_its_text_and_loads_it_from_a_file) {
  Harness h(execute_dat());
  h.services.held.text = "def onStart(): pass\n";
  EXPECT_EQ(h.cook_table(0).text, "def onStart(): pass\n");
  h.services.files["e.py"] = "def onExit(): pass\n";
  h.set("file", "e.py");
  h.press("loadonstartpulse");
  EXPECT_EQ(h.cook_table(1).text, "def onExit(): pass\n");
}

TEST_F(ParameterExecute, the_file_page_works_although_only_the_watch_runs) {
  h.services.held.text = "mine";
  h.set("file", "p.py");
  h.press("writepulse");
  ASSERT_TRUE(h.watch(1));
  EXPECT_EQ(h.services.files["p.py"], "mine");
  h.services.files["p.py"] = "theirs";
  h.press("loadonstartpulse");
  ASSERT_TRUE(h.watch(2));
  EXPECT_EQ(h.cook_table(2, true).text, "theirs");
}

}  // namespace
}  // namespace cookline
