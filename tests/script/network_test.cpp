// Operators from Python: making, wiring, finding, flags, storage, extensions.
#include "script_testing.h"

namespace cookline::testing {

using operators = ScriptTest;

TEST_F(operators, are_made_copied_renamed_and_destroyed) {
  run(R"py(
p = op('/project')
a = p.create(noiseTOP)
b = p.create('noiseTOP', 'b')
assert a.name == 'noise1' and a.path == '/project/noise1' and str(a) == a.path and repr(a) == 'type:noiseTOP path:/project/noise1'
assert (a.type, a.OPType, a.opType, a.family, a.label) == ('noise', 'noiseTOP', 'noiseTOP', 'TOP', 'Noise')
assert a.isTOP and not a.isCHOP and isinstance(a, TOP) and isinstance(a, noiseTOP) and isinstance(p, COMP) and isinstance(a, OP)
assert op('/project/noise1') is a and a == a and a != b and len({a, b, a}) == 2 and op(a) is a and op(a.id) is a
assert p.create(noiseTOP, 'b').name == 'b1'
a.par.period = 3
c = p.copy(a, name='c')
assert c.par.period == 3 and c.name == 'c'
c.name = 'renamed'
assert op('/project/renamed') is c and p.op('renamed') is c and c.parent() is p
box = p.create(baseCOMP, 'box')
x, y = box.create(noiseTOP, 'x'), box.create(noiseTOP, 'y')
y.inputConnectors[0].connect(x)
x2, y2 = p.copyOPs([x, y])
assert y2.inputs == [x2] and y.inputs == [x]
twin = p.copy(box)
assert twin.name == 'box1' and twin.op('y').inputs == [twin.op('x')]
box.destroy()
assert not x.valid and not box.valid and p.op('box') is None
assert p.numChildren == len(p.children) == 7
try:
    p.create('noizeTOP')
    assert False
except tdError as error:
    assert "did you mean 'noiseTOP'?" in str(error)
try:
    a.create(noiseTOP)
    assert False
except tdAttributeError:
    pass
try:
    a.nmae = 'x'
    assert False
except AttributeError as error:
    assert "did you mean 'name'?" in str(error)
)py");
}

TEST_F(operators, are_wired_in_every_way) {
  run(R"py(
p = op('/project')
a, b, c = (p.create(noiseTOP, n) for n in 'abc')
b.inputConnectors[0].connect(a)
a.outputConnectors[0].connect(c.inputConnectors[1])
assert b.inputs == [a] and c.inputs == [a] and set(a.outputs) == {b, c}
assert c.inputConnectors[1].connections[0].owner is a and c.inputConnectors[0].connections == []
assert len(a.outputConnectors[0].connections) == 2 and a.outputConnectors[0].isOutput
c.setInputs([b, a])
assert c.inputs == [b, a] and c.maxInputs == 2 and len(c.inputConnectors) == 2
c.inputConnectors[0].disconnect()
assert c.inputs == [a]
a.outputConnectors[0].disconnect()
assert a.outputs == [] and b.inputs == []
try:
    a.inputConnectors[0].connect(p.create(textDAT))
    assert False
except tdError as error:
    assert 'cannot be wired' in str(error)
)py");
}

TEST_F(operators, are_found_by_pattern_and_condition) {
  run(R"py(
p = op('/project')
box = p.create(baseCOMP, 'box')
n1, n2 = p.create(noiseTOP, 'n1'), box.create(noiseTOP, 'n2')
t = box.create(textDAT, 'words')
t.text = 'hello world'
n2.tags = ['red', 'big']; n1.tags.add('red')
n2.comment = 'a note'
n2.par.period.expr = 'absTime.frame'
assert p.findChildren() == [box, n2, t, n1] or set(p.findChildren()) == {box, n1, n2, t}
assert p.findChildren(type=noiseTOP, depth=1) == [n1] and p.findChildren(type=TOP, depth=2) == [n2]
assert p.findChildren(name='n*', maxDepth=1) == [n1] and p.findChildren(path='*box/*') == [n2, t]
assert set(p.findChildren(tags=['red'])) == {n1, n2} and p.findChildren(tags=['red', 'big'], allTags=True) == [n2]
assert p.findChildren(text='*world') == [t] and p.findChildren(comment='*note') == [n2]
assert p.findChildren(parExpr='absTime*') == [n2] and p.findChildren(key=lambda o: o.isDAT) == [t]
assert set(root.ops('project/*')) == {box, n1} and set(p.ops('*', 'box/*')) == {box, n1, n2, t} and p.op('b*') is box
assert op('/project/n*') is n1 and op('nothing', '/project/box') is box
assert n2.relativePath(n1) == '../n1' and op(n2.relativePath(n1)) is None and n2.evalExpression("op('../n1')") is n1
assert n2.relativePath(box) == '..' and n2.relativePath(p) == '../..' and n2.evalExpression("op('../..')") is p
assert n1.relativePath(n2) == 'box/n2' and n1.evalExpression("op('box/n2')") is n2
n1.par.top = n2
assert n1.par.top.eval() is n2 and n1.par.top.evalOPs() == [n2]
)py");
}

TEST_F(operators, keep_flags_and_appearance) {
  const NodeId n = make("noiseTOP", "n");
  run(R"py(
n = op('/project/n')
n.bypass = n.display = n.viewer = True
n.nodeX, n.nodeY, n.nodeWidth = 150, -25, 90
n.color = (1, 0.5, 0)
n.comment = 'hi'
n.tags.add('a'); n.tags.update(['b']); n.tags.remove('a')
n.allowCooking = False
assert n.bypass and not n.lock and n.nodeCenterX == 195 and n.color == (1, 0.5, 0) and n.tags == {'b'}
d = op('/project').create(textDAT)
d.dock = n
assert d.dock is n and n.docked == [d]
)py");
  EXPECT_TRUE(network.at(n).flags.bypass && network.at(n).flags.display && !network.at(n).flags.allow_cooking);
  EXPECT_EQ(network.at(n).position, std::pair(150.0, -25.0));
}

TEST_F(operators, store_values_for_scripts_and_the_project_file) {
  network.find(project)->storage = {
      {"old", R"({"$type": "tuple", "$value": [1, {"$type": "bytes", "$value": "aGk="}]})"}};
  run(R"py(
p = op('/project')
n = p.create(noiseTOP, 'n')
assert p.fetch('old') == (1, b'hi') and n.fetch('old') == (1, b'hi') and n.fetch('old', 3, search=False) == 3
n.store('here', [1, 2])
assert n.fetch('here') == [1, 2] and n.storage['here'] == [1, 2] and n.fetchOwner('old') is p
n.storage['here'].append({3})
assert n.fetch('new', 7, storeDefault=True) == 7 and n.storage['new'] == 7
n.unstore('n*')
assert list(n.storage) == ['here']
try:
    n.fetch('nothing')
    assert False
except tdError as error:
    assert "nothing is stored under 'nothing'" in str(error)
p.store('object', object())
)py");
  ASSERT_TRUE(script->sync_storage());
  const Node& n = network.at(network.lookup(network.root(), "/project/n"));
  ASSERT_EQ(n.storage.size(), 1u);
  EXPECT_EQ(n.storage[0].second, R"([1, 2, {"$type": "set", "$value": [3]}])");
  EXPECT_EQ(network.at(project).storage.size(), 1u);  // the object has no text form
  ASSERT_FALSE(log.empty());
  EXPECT_NE(log.back().text.find("'object' is not saved"), std::string::npos);
}

TEST_F(operators, have_extensions) {
  text("Show", R"py(
class Show:
    def __init__(self, owner):
        self.owner = owner
        self.Count = 0
        self.hidden = 1
    def onInitTD(self):
        self.Ready = True
    def onDestroyTD(self):
        print('destroyed', self.owner.name)
    def Go(self, n=1):
        self.Count += n
        return self.Count
)py");
  run(R"py(
p = op('/project')
p.par.ext0object = "op('./Show').module.Show(me)"
p.par.ext0promote = True
assert p.Go() == 1 and p.Count == 1 and p.ext.Show.Go(2) == 3 and p.Ready
p.Count = 10
assert p.ext.Show.Count == 10 and p.extensions[0].owner is p
n = p.create(noiseTOP, 'n')
assert n.evalExpression('ext.Show.Count') == 10 and n.evalExpression('parent.Go(5)') == 15
n.par.period.expr = 'parent().Count'
assert n.par.period == 15
try:
    p.hidden
    assert False
except tdAttributeError:
    pass
try:
    p.ext.Nothing
    assert False
except tdAttributeError as error:
    assert 'it has Show' in str(error)
p.initializeExtensions()
assert p.Count == 0
p.par.ext0name = 'Other'
assert p.ext.Other.Count == 0
)py");
  ASSERT_TRUE(script->exit());
  EXPECT_EQ(printed, (std::vector<std::string>{"destroyed project", "destroyed project", "destroyed project"}));
}

TEST_F(operators, have_shortcuts) {
  run(R"py(
p = op('/project')
box = p.create(baseCOMP, 'box')
n = box.create(noiseTOP, 'n')
p.par.parentshortcut = 'Show'; p.par.opshortcut = 'Main'
box.par.iop0shortcut = 'Noise'; box.par.iop0op = './n'
assert op.Main is p and n.parent.Show is p and n.evalExpression('parent.Show.name') == 'project'
assert n.evalExpression('parent.Show.par.opshortcut') == 'Main'
assert n.evalExpression('iop.Noise') is n and box.iop.Noise is n and n.evalExpression('ipar.Noise.period') == 1
for bad in ('op.Nothing', 'parent.Nothing', 'iop.Nothing'):
    try:
        n.evalExpression(bad)
        assert False
    except tdAttributeError as error:
        assert 'Nothing' in str(error)
box.setVar('SHOW', 'two')
assert n.var('SHOW') == 'two' and n.evalExpression("var('SHOW')") == 'two' and p.var('SHOW') == '' and box.vars() == ['SHOW']
)py");
}

TEST_F(operators, are_created_with_their_callbacks) {
  run(R"py(
p = op('/project')
e = p.create(executeDAT)
assert 'def onFrameStart(frame):' in e.text and e.docked == []
assert p.create(executeDAT, initialize=False).text == ''
)py");
}

TEST_F(operators, copy_what_is_stored_in_them) {
  run(R"py(
p = op('/project')
box = p.create(baseCOMP, 'box')
n = box.create(noiseTOP, 'n')
n.store('list', [1, n])
twin = p.copy(box)
twin.op('n').fetch('list').append(2)
assert n.fetch('list') == [1, n] and twin.op('n').fetch('list') == [1, n, 2] and n.fetch('list')[1] is n
)py");
}

TEST_F(operators, made_and_destroyed_for_hours_are_forgotten) {
  run(R"py(
import gc
p = op('/project')
kept = p.create(textDAT, 'kept')
for i in range(10000):
    n = p.create(textDAT, 'n')
    n.store('x', i); n.locals['y'] = i
    n.destroy()
gc.collect()
alive = sum(isinstance(thing, textDAT) for thing in gc.get_objects())
assert alive < 5000, alive
assert op('/project/kept') is kept
)py");
}

TEST_F(operators, have_the_helpers_of_extension_templates) {
  text("Ext", R"py(
from TDStoreTools import StorageManager
import TDFunctions as TDF

class Ext:
    def __init__(self, ownerComp):
        self.ownerComp = ownerComp
        TDF.createProperty(self, 'Level', value=1, dependable=True, readOnly=False)
        TDF.createProperty(self, 'Fixed', value=5, readOnly=True)
        self.stored = StorageManager(self, ownerComp, [{'name': 'Kept', 'default': 3, 'dependable': True}])
)py");
  run(R"py(
p = op('/project')
p.par.ext0object, p.par.ext0promote = "op('./Ext').module.Ext(me)", True
assert p.Level == 1 and p.Fixed == 5 and p.Kept == 3 and p.storage == {'Ext': {'Kept': 3}}
n = p.create(noiseTOP, 'n')
n.par.period.expr = 'parent().Level + parent().Kept'
p.Level = 2
p.Kept = 10
assert n.par.period == 12 and p.storage['Ext']['Kept'] == 10
p.initializeExtensions()
assert p.Kept == 10 and p.Level == 1
try:
    p.Fixed = 1
    assert False
except AttributeError:
    pass
import TDFunctions
assert TDFunctions.parentLevel(root, n) == 2
)py");
}

TEST_F(operators, every_public_member_has_a_docstring) {
  run(R"py(
import td, tdu, inspect
bare = []
for name in td.__all__:
    thing = getattr(td, name)
    if not inspect.isclass(thing):
        continue
    for kind in thing.__mro__:
        if not kind.__module__.startswith('td'):
            continue
        for member, value in vars(kind).items():
            documented = isinstance(value, property) or inspect.isfunction(value)
            if not member.startswith('_') and documented and not inspect.getdoc(value):
                bare.append(f'{kind.__name__}.{member}')
for name in tdu.__all__:
    if callable(getattr(tdu, name)) and not inspect.getdoc(getattr(tdu, name)):
        bare.append('tdu.' + name)
assert not bare, sorted(set(bare))
)py");
}

}  // namespace cookline::testing
