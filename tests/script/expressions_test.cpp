// Expressions: names in scope, values of every kind, time, errors.
#include "script_testing.h"

namespace cookline::testing {

using expressions = ScriptTest;

TEST_F(expressions, give_values_of_every_kind) {
  EXPECT_EQ(eval(project, "1 + 2"), Value(std::int64_t(3)));
  EXPECT_EQ(eval(project, "  0.5 * 3"), Value(1.5));
  EXPECT_EQ(eval(project, "'a' + \"b\""), Value(std::string("ab")));
  EXPECT_EQ(eval(project, "1 < 2"), Value(true));
  EXPECT_EQ(eval(project, "me"), Value(std::string("/project")));
  EXPECT_EQ(eval(project, "None"), Value(std::string()));
  EXPECT_EQ(eval(project, "(n := 4) * n"), Value(std::int64_t(16)));
  EXPECT_EQ(eval(project, "sum(x * len(me.name) for x in range(3))"), Value(std::int64_t(21)));
}

TEST_F(expressions, see_the_operator_they_belong_to) {
  const NodeId noise = make("noiseTOP", "noise3");
  make("noiseTOP", "other");
  EXPECT_EQ(eval(noise, "me.path"), Value(std::string("/project/noise3")));
  EXPECT_EQ(eval(noise, "me.digits"), Value(std::int64_t(3)));
  EXPECT_EQ(eval(noise, "me.base"), Value(std::string("noise")));
  EXPECT_EQ(eval(noise, "op('other').name"), Value(std::string("other")));
  EXPECT_EQ(eval(noise, "op('../project').path + op('..').path"), Value(std::string("/project/project")));
  EXPECT_EQ(eval(noise, "op('../other') is None"), Value(true));
  EXPECT_EQ(eval(noise, "op('missing') is None"), Value(true));
  EXPECT_EQ(eval(noise, "parent().name + parent(1).name + parent(2).path"), Value(std::string("projectproject/")));
  EXPECT_EQ(eval(noise, "parent(3) is None"), Value(true));
  EXPECT_EQ(eval(noise, "len(ops('*'))"), Value(std::int64_t(2)));
  EXPECT_EQ(eval(noise, "root.path"), Value(std::string("/")));
}

TEST_F(expressions, reach_the_parents_custom_parameters_in_every_spelling) {
  run(R"py(
page = op('/project').appendCustomPage('Record')
page.appendFolder('Folder')
page.appendFloat('Recordlength')
op('/project').par.Folder = 'out'
op('/project').par.Recordlength = 2.5
)py");
  const NodeId noise = make("noiseTOP", "noise1");
  EXPECT_EQ(eval(noise, "parent.par.folder.eval() + '/' + 'filename'"), Value(std::string("out/filename")));
  EXPECT_EQ(eval(noise, "parent.par.recordLength.eval()"), Value(2.5));
  EXPECT_EQ(eval(noise, "parent().par.Folder"), Value(std::string("out")));
  EXPECT_EQ(eval(noise, "parent().par.Recordlength * 2"), Value(5.0));
  EXPECT_EQ(eval(noise, "parent(1).par['Folder']"), Value(std::string("out")));
}

TEST_F(expressions, know_the_time_exactly) {
  engine.set_frame({7, {30000, 1001}});
  EXPECT_EQ(eval(project, "absTime.frame"), Value(std::int64_t(7)));
  EXPECT_EQ(eval(project, "absTime.seconds"), Value(7 * 1001.0 / 30000));
  EXPECT_EQ(eval(project, "me.time.frame"), Value(std::int64_t(8)));
  EXPECT_EQ(eval(project, "me.time.rate"), Value(30000.0 / 1001));
  engine.set_frame({150, {60, 1}});
  EXPECT_EQ(eval(project, "(absTime.seconds % 1) - 0.5"), Value(0.0));
  EXPECT_EQ(eval(project, "me.time.timecode"), Value(std::string("00:00:02.30")));
}

TEST_F(expressions, follow_other_parameters) {
  const NodeId a = make("noiseTOP", "a");
  const NodeId b = make("noiseTOP", "b");
  ASSERT_TRUE(network.set_expression(a, "period", "op('b').par.period * 2"));
  ASSERT_TRUE(network.set_expression(b, "period", "me.par.tx + 1"));
  ASSERT_TRUE(network.set_value(b, "tx", 4.0));
  EXPECT_EQ(*engine.eval(a, "period"), Value(10.0));
  ASSERT_TRUE(network.set_expression(a, "type", "'ramp'"));
  EXPECT_EQ(*engine.eval(a, "type"), Value(std::int64_t(1)));
  EXPECT_EQ(eval(a, "me.par.type"), Value(std::string("ramp")));
  EXPECT_EQ(eval(a, "me.par.type.menuIndex"), Value(std::int64_t(1)));
}

TEST_F(expressions, have_the_modules_of_python_and_td_at_hand) {
  EXPECT_EQ(eval(project, "mod.math.floor(2.5)"), Value(std::int64_t(2)));
  EXPECT_EQ(eval(project, "tdu.clamp(5, 0, 3)"), Value(std::int64_t(3)));
  EXPECT_EQ(eval(project, "tdu.remap(5, 0, 10, 0, 1)"), Value(0.5));
  EXPECT_EQ(eval(project, "0 <= tdu.rand(3) < 1 and tdu.rand(3) == tdu.rand(3.0) != tdu.rand(4)"), Value(true));
  EXPECT_EQ(eval(project, "project.name"), Value(std::string("test.tdn")));
  EXPECT_EQ(eval(project, "app.product"), Value(std::string("Cookline")));
}

TEST_F(expressions, that_fail_name_operator_and_parameter) {
  const NodeId noise = make("noiseTOP", "noise1");
  ASSERT_TRUE(network.set_expression(noise, "period", "undefined * 2"));
  const Result<Value> value = engine.eval(noise, "period");
  ASSERT_FALSE(value);
  EXPECT_EQ(value.error().where, "/project/noise1.period");
  EXPECT_EQ(value.error().what, "NameError: name 'undefined' is not defined, in the expression 'undefined * 2'");
  EXPECT_EQ(value.error().code, ErrorCode::project);
}

TEST_F(expressions, of_the_wrong_kind_are_errors) {
  const NodeId noise = make("noiseTOP", "noise1");
  ASSERT_TRUE(network.set_expression(noise, "period", "[1, 2]"));
  const Result<Value> list = engine.eval(noise, "period");
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().where, "/project/noise1.period");
  EXPECT_NE(list.error().what.find("of type list"), std::string::npos) << list.error().what;
  ASSERT_TRUE(network.set_expression(noise, "period", "None"));
  const Result<Value> none = engine.eval(noise, "period");
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().what.find("None"), std::string::npos) << none.error().what;
  ASSERT_TRUE(network.set_expression(noise, "period", "1 +"));
  EXPECT_NE(engine.eval(noise, "period").error().what.find("SyntaxError"), std::string::npos);
}

TEST_F(expressions, that_miss_a_name_suggest_one) {
  const NodeId noise = make("noiseTOP", "noise1");
  EXPECT_NE(eval_error(noise, "me.par.perioid").what.find("did you mean 'period'?"), std::string::npos);
  EXPECT_NE(eval_error(noise, "me.pathh").what.find("did you mean 'path'?"), std::string::npos);
  ASSERT_TRUE(network.set_bind(noise, "period", "me.nothing"));
  EXPECT_NE(eval_error(noise, "me.par.period.bindMaster").what.find("'nothing'"), std::string::npos);
  EXPECT_NE(eval_error(noise, "me.par.tx.evall()").what.find("did you mean 'eval'?"), std::string::npos);
}

TEST_F(expressions, that_read_themselves_end_in_an_error) {
  const NodeId noise = make("noiseTOP", "noise1");
  ASSERT_TRUE(network.set_expression(noise, "period", "me.par.period + 1"));
  EXPECT_FALSE(engine.eval(noise, "period"));
}

TEST_F(expressions, take_names_given_with_them) {
  const std::pair<std::string, Value> names[] = {{"x", 3.0}, {"name", std::string("n")}};
  const Result<Value> value =
      engine.hooks.evaluate(project, nullptr, "[name * int(x + y) for y in range(1)][0]", names);
  ASSERT_TRUE(value) << to_string(value.error());
  EXPECT_EQ(*value, Value(std::string("nnn")));
  EXPECT_FALSE(engine.hooks.evaluate(project, nullptr, "x", {}));
  const std::pair<std::string, Value> of_me[] = {{"me.subRow", std::int64_t(4)},
                                                 {"me.inputCell.val", std::string("a7")}};
  const auto of_cell = engine.hooks.evaluate(
      project, nullptr, "f'{me.subRow} {me.inputCell.val[1:]} {me.inputCell} {me.inputCell == \"a7\"} {me.name}'",
      of_me);
  ASSERT_TRUE(of_cell) << to_string(of_cell.error());
  EXPECT_EQ(to_text(*of_cell), "4 7 a7 True project");
  EXPECT_FALSE(engine.hooks.evaluate(project, nullptr, "me.subRow", {})) << "only while such an expression runs";
}

TEST_F(expressions, of_a_destroyed_operator_raise_a_clear_error) {
  run(R"py(
a = op('/project').create(noiseTOP, 'a')
a.destroy()
assert not a.valid
try:
    a.par.period.eval()
    assert False
except tdError as error:
    assert '/project/a' in str(error) and 'does not exist any more' in str(error), error
assert repr(a) == 'invalid operator'
)py");
}

TEST_F(expressions, of_missing_types_tell_that_something_is_missing) {
  ASSERT_TRUE(network.create(project, "lostCHOP", "lost", true));
  const NodeId noise = make("noiseTOP", "n");
  ASSERT_TRUE(network.set_expression(noise, "period", "op('lost').par['x'] or evaluate()"));
  EXPECT_FALSE(engine.eval(noise, "period").error().missing);
  ASSERT_TRUE(network.set_expression(noise, "period", "op('lost')['x']"));
  const Result<Value> value = engine.eval(noise, "period");
  ASSERT_FALSE(value);
  EXPECT_TRUE(value.error().missing);
  EXPECT_NE(value.error().what.find("unknown operator type 'lostCHOP'"), std::string::npos) << value.error().what;
}

TEST_F(expressions, draw_the_same_random_numbers_in_every_run) {
  const Value first = eval(project, "mod.random.random()");
  EXPECT_NE(eval(project, "mod.random.random()"), first);
  Network other(registry());
  Engine second(other, {});
  Script of_second(second);
  EXPECT_EQ(*of_second.evaluate(other.root(), "mod.random.random()"), first);
}

TEST_F(expressions, work_in_one_engine_after_another) {
  for (int i = 0; i < 3; ++i) {
    Network other(registry());
    Engine second(other, {});
    Script of_second(second);
    const Result<Value> value = of_second.evaluate(other.root(), "me.path + str(len(me.children))");
    ASSERT_TRUE(value) << to_string(value.error());
    EXPECT_EQ(*value, Value(std::string("/0")));
  }
}

}  // namespace cookline::testing
