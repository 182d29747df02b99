// Par, ParGroup, Page, Sequence from Python.
#include "script_testing.h"

namespace cookline::testing {

using parameters = ScriptTest;

TEST_F(parameters, are_set_in_every_form) {
  const NodeId n = make("noiseTOP", "n");
  run(R"py(
n = op('/project/n')
n.par.period = 2
assert n.par.period.eval() == 2 and n.par.period.val == 2.0
n.par.period.val = 3
assert n.par['period'] == 3
n.par['period'] = 0.5
assert n.par.period == 0.5
n.par.seed = 4.7
assert n.par.seed.eval() == 4 and isinstance(n.par.seed.eval(), int)
n.par.mono = 0
assert n.par.mono.eval() is False
n.par.type = 'ramp'
assert n.par.type.eval() == 'ramp' and n.par.type.menuIndex == 1
n.par.type = 0
assert n.par.type == 'flat'
n.par.type.menuIndex = 1
assert n.par.type.menuNames == ['flat', 'ramp'] and n.par.type.menuLabels == ['Flat', 'Ramp']
n.par.period.expr = 'me.digits or 9'
assert n.par.period == 9 and n.par.period.mode == ParMode.EXPRESSION and repr(n.par.period.mode) == 'ParMode.EXPRESSION'
n.par.period.mode = ParMode.CONSTANT
assert n.par.period == 0.5
n.par.period.bindExpr = "me.par.tx"
n.par.tx = 6
assert n.par.period == 6 and n.par.period.mode == ParMode.BIND
n.par.period.val = 7
assert n.par.tx == 7 and n.par.period == 7
n.par.period = -1
assert n.par.tx == -1
assert n.par.top.eval() is None
n.par.top = op('/project')
assert n.par.top.eval() is op('/project') and n.par.top.val is op('/project')
n.par.ty = n.par.tx
assert n.par.ty.eval() == -1
)py");
  EXPECT_EQ(to_text(network.at(n).find("top")->value), "..");
}

TEST_F(parameters, calculate_and_compare_as_their_values) {
  make("noiseTOP", "n");
  run(R"py(
p = op('/project/n').par
p.period, p.seed, p.file = 1.5, 3, 'out'
assert p.period + 1 == 2.5 and 1 + p.period == 2.5 and p.period * p.seed == 4.5 and -p.period == -1.5
assert p.seed % 2 == 1 and 7 // p.seed == 2 and p.seed ** 2 == 9 and abs(p.seed) == 3 and round(p.period) == 2
assert p.period < 2 <= p.seed and p.period != p.seed and p.seed == 3
assert int(p.period) == 1 and float(p.seed) == 3.0 and str(p.seed) == '3' and bool(p.mono) and [1, 2, 3, 4][p.seed] == 4
assert f'{p.period:.3f}' == '1.500' and f'{p.seed:03d}' == '003' and p.file + '/x' == 'out/x' and 'a' + p.file == 'aout'
import math
assert math.floor(p.period) == 1 and math.sin(p.period) == math.sin(1.5)
)py");
}

TEST_F(parameters, know_their_definition) {
  make("noiseTOP", "n");
  run(R"py(
p = op('/project/n').par.period
assert (p.name, p.label, p.style, p.page.name, p.owner.name) == ('period', 'Period', 'Float', 'Noise', 'n')
assert p.min == 0 and p.clampMin and not p.clampMax and (p.normMin, p.normMax) == (0, 4)
assert p.default == 1 and p.isDefault and p.isNumber and p.isFloat and not p.isCustom and not p.isMenu
p.val = -5
assert p.eval() == 0 and not p.isDefault and p.reset() and p.eval() == 1 and not p.reset()
p.normVal = 0.5
assert p == 2 and p.evalNorm() == 0.5
t = op('/project/n').par.ty
assert t.vecIndex == 1 and t.parGroup.name == 't' and t.parGroup.size == 3
assert op('/project/n').par.top.isOP and op('/project/n').par.reset.isPulse and op('/project/n').par.type.isMenu
assert [x.name for x in op('/project/n').pars('t?', 's*')] == ['tx', 'ty', 'tz', 'seed']
assert 'period' in op('/project/n').par and op('/project/n').par['nothing'] is None
assert p.isSamePar(op('/project/n').par.period) and not p.isSamePar(t)
)py");
}

TEST_F(parameters, in_groups_are_set_together) {
  make("noiseTOP", "n");
  run(R"py(
n = op('/project/n')
n.parGroup.t = (1, 2, 3)
assert n.parGroup.t.eval() == (1, 2, 3) and n.parGroup['t'].val == (1, 2, 3) and n.par.tz == 3
n.parGroup.t.val = 5
assert n.parGroup.t == (5, 5, 5) and [p.name for p in n.parGroup.t] == ['tx', 'ty', 'tz']
n.parGroup.t.expr = ('1', '1+1', 'me.par.ty + 1')
assert n.parGroup.t.eval() == (1, 2, 3)
assert n.parGroup.period.eval() == (1,)
assert [g.name for g in n.parGroups('t*')] == ['type', 't', 'top']
try:
    n.parGroup.t.val = (1, 2)
    assert False
except tdError as error:
    assert '2 values for 3 components' in str(error)
)py");
}

TEST_F(parameters, are_pulsed_and_enabled) {
  const NodeId n = make("noiseTOP", "n");
  run(R"py(
n = op('/project/n')
n.par.reset.pulse()
n.par.period.enable = False
assert not n.par.period.enable
n.par.period.enableExpr = 'me.par.mono'
assert n.par.period.enableExpr == 'me.par.mono'
n.par.seed.pulse(9, frames=2)
assert n.par.seed == 9
)py");
  EXPECT_EQ(network.at(n).find("reset")->pulses, 1u);
  frame(1);
  EXPECT_EQ(network.at(n).find("seed")->value, Value(std::int64_t(9)));
  frame(2);
  EXPECT_EQ(network.at(n).find("seed")->value, Value(std::int64_t(1)));
}

TEST_F(parameters, that_cannot_take_a_value_say_why) {
  make("noiseTOP", "n");
  EXPECT_NE(error_of("op('/project/n').par.period = 'much'").what.find("/project/n.period: 'much' is not a number"),
            std::string::npos);
  EXPECT_NE(error_of("op('/project/n').par.type = 'ram'").what.find("did you mean 'ramp'?"), std::string::npos);
  EXPECT_NE(error_of("op('/project/n').par.perod = 1").what.find("did you mean 'period'?"), std::string::npos);
  EXPECT_NE(error_of("op('/project/n').par.period.vall = 1").what.find("did you mean 'val'?"), std::string::npos);
  EXPECT_NE(error_of("op('/project/n').par.period = object()").what.find("of type object"), std::string::npos);
  EXPECT_NE(error_of("op('/project/n').par.type.menuIndex = 7").what.find("0 to 1 are allowed"), std::string::npos);
  EXPECT_NE(error_of("op('/project/n').par.period.default = 7").what.find("no custom parameter"), std::string::npos);
  EXPECT_EQ(error_of("\n\nop('/project/n').par.period = 'much'").where, "test.py:3");
}

TEST_F(parameters, are_made_on_custom_pages) {
  run(R"py(
c = op('/project')
page = c.appendCustomPage('Settings')
g = page.appendFloat('Speed', label='The Speed', size=3)
assert [p.name for p in g] == ['Speed1', 'Speed2', 'Speed3'] and g[0].label == 'The Speed' and g.label == 'The Speed'
page.appendXYZ('Move'); page.appendRGBA('Tint'); page.appendWH('Size'); page.appendUVW('Tex'); page.appendInt('Count')
assert c.par.Movez.vecIndex == 2 and c.par.Tinta.style == 'RGBA' and c.par.Sizeh.name == 'Sizeh' and c.par.Texw is not None
menu = page.appendMenu('Choice')[0]
menu.menuNames = ['a', 'b']; menu.menuLabels = ['A', 'B']
c.par.Choice = 'b'
assert c.par.Choice == 'b' and c.par.choice.menuIndex == 1
t = page.appendToggle('On')[0]
t.default = True
assert t.eval() is False and t.default is True and not t.isDefault and t.reset() and t.eval() is True
f = page.appendFloat('Length')[0]
f.min, f.clampMin, f.normMax, f.default = 1, True, 60, 30
f.val = 0
assert f.eval() == 1 and f.normMax == 60
f.name = 'Duration'
assert c.par.Duration == 1 and c.par['Length'] is None
assert page.appendStr('Note') and page.appendFile('In') and page.appendFolder('Folder') and page.appendTOP('Pic')
c.par.Pic = c.create(noiseTOP, 'pic')
assert c.par.Pic.eval().name == 'pic'
page.appendPulse('Go'); page.appendHeader('Head'); page.appendPython('Thing'); page.appendStrMenu('Words')
c.par.Thing = '[1, {2: 3}]'
assert c.par.Thing.eval() == [1, {2: 3}]
c.par.Thing.expr = 'me'
assert c.par.Thing.eval() is c
assert [p.name for p in c.customPages] == ['Settings'] and c.customPages[0].isCustom
assert [g.name for g in c.customParGroups][:3] == ['Speed', 'Move', 'Tint'] and len(c.customPars) == 27
page.appendInt('First', order=0)
assert page.parGroups[0].name == 'First'
page.sort('Tint', 'Move')
assert [g.name for g in page.parGroups][:3] == ['Tint', 'Move', 'First']
page.appendInt('Count', label='Again')
assert c.par.Count.label == 'Again' and c.par.Count.order == 6, c.par.Count.order
c.par.Tintr.destroy()
assert c.par['Tintg'] is None
c.appendCustomPage('Other').appendFloat('Tail')
c.sortCustomPages('Other')
assert [p.name for p in c.customPages] == ['Other', 'Settings']
page.destroy()
assert [p.name for p in c.customPars] == ['Tail'] and c.destroyCustomPars() == 1 and c.customPages == []
)py");
}

TEST_F(parameters, with_illegal_names_are_refused_with_a_suggestion) {
  const std::string page = "op('/project').appendCustomPage('P').";
  EXPECT_NE(error_of(page + "appendFloat('recordLength')").what.find("did you mean 'Recordlength'?"),
            std::string::npos);
  EXPECT_NE(error_of(page + "appendFloat('Record Length')").what.find("did you mean 'Recordlength'?"),
            std::string::npos);
  EXPECT_NE(error_of(page + "appendFloat('')").what.find("is not a name"), std::string::npos);
  run(page + "appendFloat('A')");
  EXPECT_NE(error_of(page + "appendFloat('A', replace=False)").what.find("exists already"), std::string::npos);
  make("noiseTOP", "n");
  EXPECT_NE(error_of("op('/project/n').appendCustomPage('P')").what.find("no attribute"), std::string::npos);
}

TEST_F(parameters, in_sequences_grow_and_shrink) {
  make("constantCHOP", "c");
  run(R"py(
c = op('/project/c')
assert c.seq.const.numBlocks == 1
c.seq.const.numBlocks = 3
for i, block in enumerate(c.seq.const.blocks):
    block.par.name = f'ch{i}'
    block.par.value = i * 10
assert c.par.const2name == 'ch2' and c.par.const1value.sequence.name == 'const' and c.par.const1value.sequenceBlock.index == 1
assert [x.name for x in c.chans()] == ['ch0', 'ch1', 'ch2'] and c['ch2'] == 20
c.seq.const.insertBlock(1).par.name = 'new'
assert [x.name for x in c.chans()] == ['ch0', 'new', 'ch1', 'ch2'] and c['new'] == 0
c.seq.const.destroyBlock(0)
assert [x.name for x in c.chans()] == ['new', 'ch1', 'ch2'] and c.seq.const.blockSize == 2
c.par['const'] = 1
assert c.seq.const.numBlocks == 1
)py");
}

}  // namespace cookline::testing
