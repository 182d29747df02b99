// Sequences of parameters from Python: built-in ones, and those made on custom pages.
#include "script_testing.h"

namespace cookline::testing {

using sequences = ScriptTest;

TEST_F(sequences, take_groups_behind_them_into_their_blocks_and_give_them_back) {
  run(R"py(
box = op('/project').create(baseCOMP, 'box')
page = box.appendCustomPage('Custom')
group = page.appendSequence('Numbers', label='Some Numbers')
page.appendFloat('F')[0].default = 2.5
page.appendXYZ('Place')
page.appendInt('After')
seq = box.seq.Numbers
assert group[0].style == 'Sequence' and group[0].isSequence and group[0].sequence == seq and seq.sequencePar.label == 'Some Numbers'
assert (seq.numBlocks, seq.blockSize, len(seq), box.par.Numbers.eval()) == (1, 0, 1, 1)
seq.blockSize = 2
seq.numBlocks = 3
names = [par.name for par in box.customPars]
assert names == ['Numbers'] + [f'Numbers{i}{n}' for i in range(3) for n in ('f', 'placex', 'placey', 'placez')] + ['After'], names
assert seq.blockSize == 2 and seq[2].par.F == 2.5 and box.par.Numbers2f.sequenceBlock.index == 2 and seq[1].par['None'] is None
seq[1].par.F = 7
seq[1].parGroup.Place = (1, 2, 3)
assert box.par.Numbers1f == 7 and seq[1].parGroup.Place.eval() == (1, 2, 3) == seq.blocks[1].parGroups[1].eval()
assert [par.eval() for par in seq.blockPars.F] == [0, 7, 2.5] and seq.blockPars['Nothing'] is None
assert [g.eval() for g in seq.blockParGroups.Place][1] == (1, 2, 3) and [g.baseName for g in seq[0]] == ['f', 'place']
assert box.parGroup.Numbers1place.blockIndex == 1 and box.parGroup.Numbers1place.sequenceIndex == 1
assert box.parGroup.After.blockIndex is None and box.parGroup.After.baseName == 'After'
seq.blockSize = 1
assert seq.blockSize == 1 and [par.name for par in box.customPars] == [
    'Numbers', 'Numbers0f', 'Numbers1f', 'Numbers2f', 'Placex', 'Placey', 'Placez', 'After'] and seq[1].par.F == 7
seq.blockSize = 3
assert seq.numBlocks == 3 and 'Numbers2after' in box.par and 'After' not in box.par
seq.numBlocks = 2
seq.name = 'Rows'
assert seq.name == 'Rows' and box.par.Rows1f == 7 and box.seq['Numbers'] is None and box.seq.Rows.blockSize == 3
box.par.Rows.destroy()
assert box.customPars == []
)py");
}

TEST_F(sequences, move_sort_and_drop_blocks_with_all_that_their_parameters_say) {
  run(R"py(
box = op('/project').create(baseCOMP, 'box')
page = box.appendCustomPage('Custom')
page.appendSequence('Item'); page.appendStr('Blockname'); page.appendFloat('Size')
seq = box.seq.Item
seq.blockSize, seq.numBlocks = 2, 4
for block, (name, size) in zip(seq, (('c', 3), ('a', 1), ('d', 4), ('b', 2))):
    block.name, block.par.Size = name, size
seq['a'].par.Size.expr = '10 * 0.1'
def order():
    return ''.join(block.name for block in seq)
assert seq.blockName == 'Blockname' and seq[0].namePar.name == 'Item0blockname' and seq['d'].index == 2
seq.sortBlocks()
assert order() == 'abcd' and seq['a'].par.Size.expr == '10 * 0.1' and seq['c'].par.Size.mode == ParMode.CONSTANT and seq['c'].par.Size == 3
seq.sortBlocks(key=lambda block: -block.par.Size.eval())
assert order() == 'dcba'
seq.sortBlocks(baseName='Size')
assert order() == 'abcd'
seq.moveBlock(0, 2)
assert order() == 'bcad'
seq.moveBlock('c', 0, num=2)
assert order() == 'cabd'
seq.reorderBlocks(3, 0)
assert order() == 'dabc'
seq[1].destroy()
assert order() == 'dbc' and seq.numBlocks == 3
made = seq.insertBlock(1)
assert made.index == 1 and made.name == '' and order() == 'dbc' and seq.numBlocks == 4
seq.insertBlock(4).name = 'e'
assert order() == 'dbce'
for wrong, text in ((lambda: seq.destroyBlock(9), 'no block 9'), (lambda: seq.moveBlock('x', 0), "no block 'x'"),
                    (lambda: seq.reorderBlocks(1, 1), 'twice'), (lambda: setattr(seq, 'blockSize', 9), 'only 2'),
                    (lambda: setattr(seq, 'numBlocks', 0), '1 to 10000'), (lambda: setattr(seq, 'name', 'low'), 'upper-case')):
    try:
        wrong()
        assert False
    except tdError as error:
        assert text in str(error), str(error)
)py");
}

TEST_F(sequences, of_an_operators_type_keep_their_blocks_as_they_are) {
  run(R"py(
c = op('/project').create(constantCHOP, 'c')
try:
    c.seq.const.blockSize = 1
    assert False
except tdError as error:
    assert 'cannot be changed' in str(error)
c.par.const0value.expr = 'me.curBlock.index + len(me.curSeq)'
c.seq.const.numBlocks = 2
assert c.par.const0value == 2 and c.curBlock is None and c.curSeq is None
)py");
}

using cooking = ScriptTest;

TEST_F(cooking, is_told_with_its_time_and_frame) {
  run(R"py(
c = op('/project').create(constantCHOP, 'c')
assert (c.totalCooks, c.cookAbsFrame, c.cookFrame, c.cookTime, c.cookedThisFrame) == (0, -1, 0, 0, False)
c.par.const0name = 'a'
assert c['a'] == 0 and c.totalCooks == 1 and c.cookAbsFrame == absTime.frame and c.cookedThisFrame and not c.cookedPreviousFrame
assert c.cookTime > 0 and c.cpuCookTime == c.cookTime and c.gpuCookTime == 0
assert op('/project').childrenCookTime == c.cookTime and op('/project').childrenCookAbsFrame == absTime.frame
)py");
}

TEST_F(cooking, stops_where_opex_finds_nothing) {
  run(R"py(
assert opex('/project').path == '/project' and op('/project').opex('.').path == '/project'
try:
    op('/project').opex('nothing')
    assert False
except tdError as error:
    assert str(error) == "there is no operator 'nothing', seen from /project"
)py");
}

}  // namespace cookline::testing
