// Callbacks, Execute DATs, delayed calls, modules of DATs and scripts.
#include "script_testing.h"

namespace cookline::testing {

class callbacks : public ScriptTest {
 protected:
  Result<std::optional<Value>> call(NodeId owner, NodeId dat, Event event) {
    return engine.hooks.callback(owner, dat, event);
  }
  std::string last() const { return printed.empty() ? "" : printed.back(); }
};

TEST_F(callbacks, pass_the_objects_that_touchdesigner_passes) {
  const NodeId chop = make("constantCHOP", "c");
  ASSERT_TRUE(network.set_value(chop, "const0name", std::string("speed")));
  ASSERT_TRUE(network.set_value(chop, "const0value", 2.5));
  const NodeId dat = text("calls", R"py(
def onValueChange(channel, sampleIndex, val, prev):
    print(type(channel).__name__, channel.name, channel.owner.name, channel.val, sampleIndex, val, prev, me.name)
def onPar(par, prev):
    print(par.name, par.eval(), prev)
def onOwner(timerOp, segment, interrupt):
    print(timerOp.path, int(segment), segment.lengthSeconds, segment == 1, interrupt)
def onTable(dat, prevDAT, info):
    print(dat[0, 0], prevDAT[0, 0], info.rowsChanged, info.sizeChanged)
def onCells(dat, cells, prev):
    print([cell.val for cell in cells], prev)
def onInfo(dat, info):
    print([cell.val for cell in info.cellsChanged])
def onSegment(timerOp, segment):
    print(segment.row.level, segment.custom['my col'], list(segment.custom))
def onMany(changes):
    print([(c.par.name, c.prev) for c in changes])
)py");
  const NodeId table = make("tableDAT", "t");
  network.set_content(table, {.is_table = true, .rows = {{"new"}}});
  const auto say = [&](Event event, std::string_view expected) {
    const auto result = call(chop, dat, std::move(event));
    ASSERT_TRUE(result) << to_string(result.error());
    EXPECT_TRUE(*result);
    EXPECT_EQ(last(), expected);
  };
  say({"onValueChange",
       {ChannelArgument{"/project/c", "speed"}, Value(std::int64_t(0)), Value(2.5), Value(1.0)},
       false},
      "Channel speed c 2.5 0 2.5 1.0 calls");
  say({"onPar", {ParArgument{"/project/c", "length"}, Value(3.0)}, false}, "length 1.0 3.0");
  say({"onOwner", {SegmentArgument{{{"index", Value(std::int64_t(1))}, {"lengthSeconds", Value(4.0)}}}, Value(true)}},
      "/project/c 1 4.0 True True");
  const auto former = std::make_shared<const Table>(Table{.is_table = true, .rows = {{"old"}}});
  say({"onTable",
       {TableArgument{"/project/t", nullptr}, TableArgument{"/project/t", former},
        std::vector<std::pair<std::string, ListArgument>>{{"rowsChanged", {{Value(std::int64_t(0))}}},
                                                          {"sizeChanged", {{Value(false)}}}}},
       false},
      "new old [0] False");
  say({"onCells",
       {TableArgument{"/project/t", nullptr}, CellArgument{"/project/t", {{0, 0}}},
        ListArgument{{Value(std::string("old"))}}},
       false},
      "['new'] ['old']");
  say({"onInfo",
       {TableArgument{"/project/t", nullptr},
        std::vector<std::pair<std::string, ListArgument>>{
            {"cellsChanged", {{Value(std::string("/project/t")), Value(std::int64_t(0)), Value(std::int64_t(0))}}}}},
       false},
      "['new']");
  say({"onSegment",
       {SegmentArgument{{{"index", Value(std::int64_t(1))},
                         {"row.level", Value(std::string("3"))},
                         {"custom.my col", Value(std::string("x"))}}}}},
      "3 x ['my col']");
  say({"onMany", {std::vector<std::pair<ParArgument, Value>>{{{"/project/c", "length"}, Value(7.0)}}}, false},
      "[('length', 7.0)]");
}

TEST_F(callbacks, compare_a_channels_name_as_the_tutorial_spells_it) {
  run(R"py(
c = op('/project').create(constantCHOP, 'c')
c.seq.const.numBlocks = 2
c.par.const0name, c.par.const1name = 'Recordlength', 'speed'
names = [channel.name for channel in c.chans()]
assert names == ['Recordlength', 'speed'] and names[0] == 'recordLength' and names[0] != 'record' and names[1] != 'Speed'
assert names[0] in ('record', 'recordLength') and str(names[0]) == 'Recordlength' and isinstance(names[0], str)
assert c['recordLength'] == 0 and c['Recordlength'] == 0
)py");
}

TEST_F(callbacks, without_a_function_do_nothing) {
  const NodeId chop = make("constantCHOP", "c");
  const NodeId dat = text("calls", "def other():\n    pass\n");
  auto result = call(chop, dat, {"onDone", {}});
  ASSERT_TRUE(result);
  EXPECT_FALSE(*result);
  // A bare snippet is no callback and does not run.
  network.set_content(
      dat, {.text = "# When record goes on:\nparent.par.record.val = 0\nprint([x for x in 'ab'])\nf = lambda: 1\n"});
  result = call(chop, dat, {"onDone", {}});
  ASSERT_TRUE(result) << to_string(result.error());
  EXPECT_FALSE(*result);
  network.set_content(dat, {.text = ""});
  result = call(chop, dat, {"onDone", {}});
  ASSERT_TRUE(result);
  EXPECT_FALSE(*result);
  EXPECT_TRUE(printed.empty());
}

TEST_F(callbacks, take_fewer_arguments_and_the_older_order) {
  const NodeId chop = make("constantCHOP", "c");
  const NodeId dat = text("calls", R"py(
def onValueChange(par, val, prev):
    print(par.name, val, prev)
def onDone(timerOp):
    print(timerOp.name)
def onStart(*args):
    print(len(args))
)py");
  ASSERT_TRUE(call(chop, dat, {"onValueChange", {ParArgument{"/project/c", "length"}, Value(3.0)}, false}));
  EXPECT_EQ(last(), "length 1.0 3.0");
  ASSERT_TRUE(call(chop, dat, {"onDone", {Value(1.0), Value(false)}}));
  EXPECT_EQ(last(), "c");
  ASSERT_TRUE(call(chop, dat, {"onStart", {Value(1.0), Value(false)}}));
  EXPECT_EQ(last(), "3");
}

TEST_F(callbacks, give_their_result_when_asked) {
  const NodeId dat = text(
      "calls", "def onInitialize(op, n):\n    return n + 1\ndef bad():\n    return [1]\ndef nothing():\n    pass\n");
  Event event{"onInitialize", {Value(std::int64_t(4))}};
  event.wants_reply = true;
  auto result = call(project, dat, event);
  ASSERT_TRUE(result && *result);
  EXPECT_EQ(**result, Value(std::int64_t(5)));
  event = {"nothing", {}, false, true};
  result = call(project, dat, event);
  ASSERT_TRUE(result && *result);
  EXPECT_EQ(to_int(**result), 0);
  event = {"bad", {}, false, true};
  result = call(project, dat, event);
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().what.find("bad returned something"), std::string::npos);
}

TEST_F(callbacks, that_fail_name_the_line_and_show_the_traceback) {
  const NodeId dat = text("calls", "def helper(x):\n    return 1 / x\n\ndef onDone(timerOp):\n    helper(0)\n");
  const auto result = call(project, dat, {"onDone", {}});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().where, "/project/calls:2");
  EXPECT_EQ(result.error().what, "ZeroDivisionError: division by zero, in onDone");
  EXPECT_NE(result.error().hint.find(
                "/project/calls:5, in onDone\n    helper(0)\n  /project/calls:2, in helper\n    return 1 / x"),
            std::string::npos)
      << result.error().hint;
  EXPECT_EQ(result.error().hint.find("<td>"), std::string::npos);
  network.set_content(dat, {.text = "def onDone(:\n    pass\n"});
  const auto syntax = call(project, dat, {"onDone", {}});
  ASSERT_FALSE(syntax);
  EXPECT_EQ(syntax.error().where, "/project/calls:1");
  EXPECT_NE(syntax.error().what.find("SyntaxError"), std::string::npos);
}

TEST_F(callbacks, keep_module_variables_until_the_text_changes) {
  const NodeId dat = text("calls", "count = 0\ndef go():\n    global count\n    count += 1\n    print(count)\n");
  ASSERT_TRUE(call(project, dat, {"go", {}, false}));
  ASSERT_TRUE(call(project, dat, {"go", {}, false}));
  EXPECT_EQ(last(), "2");
  network.set_content(dat, {.text = "count = 10\ndef go():\n    print(count)\n"});
  ASSERT_TRUE(call(project, dat, {"go", {}, false}));
  EXPECT_EQ(last(), "10");
}

TEST_F(callbacks, of_execute_dats_come_with_start_frames_and_exit) {
  const NodeId dat = make("executeDAT", "execute1");
  network.set_content(dat, {.text = R"py(
def onStart():
    print('start')
def onCreate():
    print('create')
def onExit():
    print('exit')
def onFrameStart(frame):
    print('begin', frame, absTime.frame)
def onFrameEnd(frame):
    print('end', frame)
)py"});
  ASSERT_TRUE(script->start());
  frame(0);
  frame(1);
  ASSERT_TRUE(script->exit());
  EXPECT_EQ(printed, (std::vector<std::string>{"start", "begin 1 0", "end 1", "begin 2 1", "end 2", "exit"}));
  printed.clear();
  ASSERT_TRUE(network.set_value(dat, "active", false));
  frame(2);
  ASSERT_TRUE(network.set_value(dat, "active", true));
  ASSERT_TRUE(network.set_value(dat, "create", true));
  ASSERT_TRUE(network.set_value(dat, "start", false));
  ASSERT_TRUE(script->start());
  EXPECT_EQ(printed, (std::vector<std::string>{"create"}));
  network.set_content(dat, {.text = "def onFrameStart(frame):\n    nothing()\n"});
  const Status failed = engine.script_phase({3, {60, 1}});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().where, "/project/execute1:2");
}

TEST_F(callbacks, delayed_calls_come_in_the_time_of_the_run) {
  frame(0);
  run(R"py(
run("print('text', args[0], me.name, absTime.frame)", 'A', delayFrames=2, fromOP=op('/project'))
run(lambda x: print('function', x, absTime.frame), 7, delayFrames=1)
run("print('now')")
run("print('ms', absTime.frame)", delayMilliSeconds=50)
run("print('end', absTime.frame)", endFrame=True)
run("print('never')", delayFrames=1, group='g')
import td
assert len(td.runs) == 5 and td.runs['g'][0].group == 'g' and td.runs['g'][0].remainingFrames == 1
for r in td.runs['g']: r.kill()
assert len(td.runs) == 4
)py");
  EXPECT_EQ(script->pending_runs(), 4);
  for (int i = 1; i <= 3; ++i) frame(i);
  EXPECT_EQ(printed, (std::vector<std::string>{"now", "function 7 1", "end 1", "text A project 2", "ms 3"}));
  EXPECT_EQ(script->pending_runs(), 0);
  run("run('1/0', delayFrames=1, fromOP=op('/project'))");
  const Status failed = engine.script_phase({4, {60, 1}});
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().where, "<run from /project>:1");
}

TEST_F(callbacks, dats_are_modules) {
  text("helper", "SPEED = 3\ndef twice(x):\n    return 2 * x * SPEED\ndef who():\n    return me.path\n");
  const NodeId local = make("baseCOMP", "local");
  const NodeId modules = make("baseCOMP", "modules", local);
  text("shared", "NAME = 'shared'", modules);
  const NodeId user = text(
      "user",
      "import helper, math\nfrom helper import SPEED\ndef f():\n    return helper.twice(math.floor(1.5)) + SPEED\n");
  EXPECT_EQ(eval(user, "mod.helper.twice(2)"), Value(std::int64_t(12)));
  EXPECT_EQ(eval(user, "mod('helper').SPEED"), Value(std::int64_t(3)));
  EXPECT_EQ(eval(user, "mod.shared.NAME"), Value(std::string("shared")));
  EXPECT_EQ(eval(user, "me.module.f()"), Value(std::int64_t(9)));
  EXPECT_EQ(eval(user, "op('helper').module.who()"), Value(std::string("/project/helper")));
  EXPECT_NE(eval_error(user, "mod.nothing").what.find("neither a DAT 'nothing'"), std::string::npos);
}

TEST_F(callbacks, modules_outside_the_network_import_td) {
  const auto folder = std::filesystem::path(::testing::TempDir()) / "cookline_script";
  std::filesystem::create_directories(folder);
  const std::string path = (folder / "main.py").string();
  FILE* file = std::fopen((folder / "outside.py").c_str(), "w");
  std::fputs(
      "from td import *\nimport td\ndef f():\n    return op('noise1').name, td.me.path, absTime.frame, "
      "td.op('/').path\n",
      file);
  std::fclose(file);
  file = std::fopen(path.c_str(), "w");
  std::fputs(
      "import sys, outside\nassert sys.argv[1:] == ['a'] and __name__ == '__main__'\n"
      "op('/project').create(noiseTOP)\nt = op('/project').create(textDAT, 't')\n"
      "t.text = 'import outside\\nfrom td import *\\ndef g():\\n    return outside.f(), op(\"noise1\").name'\n"
      "assert t.module.g() == (('noise1', '/project/t', 0, '/'), 'noise1'), t.module.g()\nsys.exit()\n",
      file);
  std::fclose(file);
  const std::string arguments[] = {"a"};
  const Status status = script->run_file(path, arguments);
  EXPECT_TRUE(status) << to_string(status.error());
  EXPECT_NE(script->run_text("import sys\nsys.exit(3)").error().what.find("exit code 3"), std::string::npos);
}

TEST_F(callbacks, dats_run_as_scripts) {
  text("go", "print(me.name, args)\n");
  run("op('/project/go').run(1, 'b')\nop('/project/go').run(2, delayFrames=1)");
  frame(1);
  EXPECT_EQ(printed, (std::vector<std::string>{"go (1, 'b')", "go (2,)"}));
  run("project.quit()");
  EXPECT_TRUE(script->quit_requested());
}

TEST_F(callbacks, dependencies_make_expressions_cook_again) {
  const NodeId n = make("noiseTOP", "n");
  text("state", "value = tdu.Dependency(1)\ndef set(x):\n    value.val = x\n");
  ASSERT_TRUE(network.set_expression(n, "period", "mod.state.value.val"));
  EXPECT_EQ(*engine.eval(n, "period"), Value(1.0));
  const std::uint64_t before = network.epoch();
  EXPECT_EQ(eval(n, "mod.state.set(5)"), Value(std::string()));
  EXPECT_NE(network.epoch(), before);
  EXPECT_EQ(*engine.eval(n, "period"), Value(5.0));
}

}  // namespace cookline::testing
