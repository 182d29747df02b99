// ui.undo: blocks, stacks, callbacks, and what a callback leaves open.
#include "script_testing.h"

namespace cookline::testing {

using undo = ScriptTest;

TEST_F(undo, a_block_is_taken_back_and_done_again_with_all_that_was_edited) {
  run(R"py(
p = op('/project')
a = p.create(noiseTOP, 'a')
t = p.create(tableDAT, 't')
t.appendRow(['x', '1'])
p.store('kept', 5)
ui.undo.startBlock('all')
a.par.period = 3
a.par.tx.expr = '1+1'
a.par.seed.enable = False
a.name, a.nodeX, a.comment, a.bypass = 'renamed', 50, 'note', True
a.tags.add('marked')
t[0, 1] = '2'
t.appendRow(['y', '3'])
p.appendCustomPage('Own').appendFloat('Speed')
p.par.Speed = 2
b = p.copy(a, name='b')
b.inputConnectors[0].connect(a)
box = p.create(baseCOMP, 'box')
box.create(noiseTOP, 'inside')
ui.undo.endBlock()
ui.undo.startBlock('destroy')
a.destroy()
ui.undo.endBlock()
assert ui.undo.undoStack == ['all', 'destroy'] and ui.undo.redoStack == []
assert not a.valid and b.inputs == []
ui.undo.undo()
assert a.valid and a.path == '/project/renamed' and b.inputs == [a] and p.op('renamed') is a
assert ui.undo.undoStack == ['all'] and ui.undo.redoStack == ['destroy']
ui.undo.undo()
assert a.par.period == 1 and a.par.tx.mode == ParMode.CONSTANT and a.par.seed.enable
assert (a.name, a.nodeX, a.comment, a.bypass, set(a.tags)) == ('a', 0, '', False, set())
assert t.numRows == 1 and t[0, 1] == '1'
assert not hasattr(p.par, 'Speed') and not b.valid and not box.valid and p.fetch('kept') == 5
ui.undo.redo()
assert a.name == 'renamed' and a.par.period == 3 and t[1, 0] == 'y' and p.par.Speed == 2
assert b.valid and b.inputs == [a] and box.op('inside').valid
ui.undo.redo()
assert not a.valid and ui.undo.redoStack == []
ui.undo.redo()
ui.undo.clear()
assert ui.undo.undoStack == []
ui.undo.undo()
assert not a.valid
)py");
}

TEST_F(undo, nothing_is_kept_outside_of_blocks_or_while_it_is_off) {
  run(R"py(
a = op('/project').create(noiseTOP, 'a')
assert not ui.undo.state and ui.undo.globalState
ui.undo.startBlock('block')
assert ui.undo.state
a.par.period = 2
ui.undo.startBlock('not kept', enable=False)
assert not ui.undo.state
a.par.seed = 7
ui.undo.endBlock()
ui.undo.endBlock()
ui.undo.undo()
assert a.par.period == 1 and a.par.seed == 7
ui.undo.globalState = False
ui.undo.startBlock('off')
a.par.period = 2
ui.undo.endBlock()
assert ui.undo.undoStack == [] and not ui.undo.globalState
)py");
}

TEST_F(undo, callbacks_get_the_direction_and_their_info) {
  run(R"py(
told = []
ui.undo.startBlock('calls')
ui.undo.addCallback(lambda isUndo, info: told.append((isUndo, info)), {'a': 1})
ui.undo.addCallback(lambda isUndo, info: told.append(info))
ui.undo.endBlock()
ui.undo.undo()
ui.undo.redo()
assert told == [None, (True, {'a': 1}), (False, {'a': 1}), None], told
def fail(isUndo, info):
    raise ValueError('from the callback')
ui.undo.startBlock('fails')
ui.undo.addCallback(fail)
ui.undo.endBlock()
try:
    ui.undo.undo()
    assert False
except tdError as error:
    assert 'from the callback' in str(error)
assert ui.undo.redoStack == ['fails']
)py");
}

TEST_F(undo, mistakes_are_errors) {
  EXPECT_NE(error_of("ui.undo.endBlock()").what.find("no undo block is open"), std::string::npos);
  EXPECT_NE(error_of("ui.undo.addCallback(print)").what.find("no undo block is open"), std::string::npos);
  EXPECT_NE(error_of("ui.undo.addCallback(5)").what.find("5 is not a function"), std::string::npos);
  EXPECT_NE(error_of("ui.undo.startBlock('a')\nui.undo.undo()").what.find("an undo block is open"), std::string::npos);
  EXPECT_NE(error_of("ui.undo.undoStak").what.find("undoStack"), std::string::npos);
}

TEST_F(undo, blocks_that_a_callback_leaves_open_end_with_it_and_others_do_not) {
  text("execute", "");
  const NodeId dat = make("executeDAT", "frames");
  network.set_content(dat, {.text = R"py(
def onFrameStart(frame):
    me.store('n', frame)
    ui.undo.startBlock('left open')
    me.par.exit = not me.par.exit
    return
)py"});
  run("op('/project').create(noiseTOP, 'a')");
  frame(0);
  run(R"py(
assert ui.undo.undoStack == ['left open'], ui.undo.undoStack
assert op('/project/frames').fetch('n') == 1
assert not op('/project/frames').par.exit
ui.undo.undo()
assert op('/project/frames').par.exit
ui.undo.startBlock('script')
op('/project/a').par.seed = 3
)py");
  EXPECT_EQ(network.edits().depth(), 0u);
  EXPECT_EQ(network.edits().undo_names(), std::vector<std::string>{"script"});
}

TEST_F(undo, an_operator_that_comes_back_cooks_with_what_it_had) {
  run(R"py(
p = op('/project')
c = p.create(constantCHOP, 'c')
c.par.const0name, c.par.const0value = 'x', 4
before = [(chan.name, chan.eval()) for chan in c.chans()]
t = p.create(textDAT, 't')
t.text = 'one'
ui.undo.startBlock('edits')
t.text = 'two'
ui.undo.endBlock()
assert t.text == 'two'
ui.undo.undo()
assert t.text == 'one'
ui.undo.startBlock('destroy')
c.destroy()
ui.undo.endBlock()
ui.undo.undo()
assert [(chan.name, chan.eval()) for chan in c.chans()] == before and before
)py");
}

}  // namespace cookline::testing
