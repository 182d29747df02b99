// What operators hold, from Python: tables, channels, pictures; and the utility functions.
#include "script_testing.h"

#include "io/image_file.h"

namespace cookline::testing {

using contents = ScriptTest;

TEST_F(contents, of_tables_are_read_and_edited) {
  make("tableDAT", "t");
  run(R"py(
t = op('/project/t')
t.clear()
assert t.numRows == 0 and t.numCols == 0 and t[0, 0] is None
assert t.appendRow(['name', 'size', 'note']) == 0 and t.appendRow(['a', 1, 2.5]) == 1
t.appendRows([['b', 10], ['c', 3, 'x']])
assert (t.numRows, t.numCols) == (4, 3) and t.isTable and t.isEditable
assert t['a', 'size'] == 1 and t['a', 'size'] == '1' and t['a', 'note'] == 2.5 and t[-1, 'note'] == 'x' and t['b', 2] == ''
assert t['a', 'size'] + 1 == 2 and t['a', 'size'] < 5 and t[0, 0] + '!' == 'name!' and f"{t['a', 'note']:.2f}" == '2.50'
assert int(t['b', 1]) == 10 and float(t['b', 1]) == 10.0 and str(t['b', 1]) == '10' and [5, 6][t['a', 1]] == 6
assert t['zzz', 0] is None and t[0, 'zzz'] is None and t[9, 9] is None
t['b', 'note'] = 7
t[0, 1].val = 'SIZE'
assert t['b', 'note'].val == '7' and t.cell(0, 1).val == 'SIZE' and t.cell('B', 0, caseSensitive=False) == 'b'
assert [c.val for c in t.row('a')] == ['a', '1', '2.5'] and t.col('SIZE', val=True) == ['SIZE', '1', '10', '3']
assert t.row('none') is None and [len(r) for r in t.rows()] == [3] * 4 and len(t.cols('n*')) == 2
assert [c.val for c in t.cells('[ab]', 0)] == ['a', 'b'] and t.findCell('1*').val == '1' and len(t.findCells('*', rows=['a'])) == 3
assert (t['b', 0].row, t['b', 0].col, t['b', 0].owner) == (2, 0, t) and t['a', 0].offset(1, 1) == 10 and t[0, 0].offset(-1, 0) is None
t.insertRow(['top'], 0); t.insertCol(['c0', 'c1'], 'SIZE') if t['top', 0] is None else None
assert t[0, 0] == 'top'
t.deleteRow('top'); t.appendCol(['extra', 'e1']); t.replaceRow('c', ['c', 'new'], entireRow=False)
assert t['a', 'extra'] == 'e1' and t['c', 1] == 'new' and t['c', 'note'] == 'x'
t.replaceCol('extra', ['extra', 'z']); t.deleteCol('note'); t.deleteRows(['a', 'b'])
assert t.text == 'name\tSIZE\textra\nc\tnew\t\n', repr(t.text)
t.text = 'p\tq\n1\t2'
assert t['1', 'q'] == 2 and t.csv == 'p,q\n1,2\n'
t.csv = 'a,"b,c"'
assert t[0, 1] == 'b,c'
u = op('/project').create(tableDAT, 'u')
u.copy(t); u.setSize(3, 2)
assert u.numRows == 3 and u[0, 1] == 'b,c' and u[2, 1] == ''
u.clear(keepFirstRow=True)
assert u.numRows == 1
u.clear(keepSize=True)
assert u.text == '\t\n'
u.appendRow(['b']); u.appendRow(['a'], sort=0)
assert u.col(0, val=True) == ['', 'a', 'b']
)py");
  EXPECT_NE(error_of("op('/project/t')['zz', 0] = 1").what.find("no row 'zz'"), std::string::npos);
  EXPECT_NE(error_of("op('/project/t').deleteRow(77)").what.find("no row 77; it has 1"), std::string::npos);
}

TEST_F(contents, of_texts_are_read_and_written) {
  text("t", "one\ntwo");
  run(R"py(
t = op('/project/t')
assert t.isText and t.text == 'one\ntwo' and t.numRows == 2 and t[1, 0] == 'two'
t.write('\nthree')
print('four', file=t)
assert t.text == 'one\ntwo\nthreefour\n'
t.text = '{"a": [1, 2]}'
assert t.jsonObject == {'a': [1, 2]}
t.clear()
assert t.text == ''
t.locals['x'] = 1
assert op('/project/t').locals['x'] == 1
)py");
}

TEST_F(contents, of_chops_are_channels) {
  run(R"py(
c = op('/project').create(constantCHOP, 'c')
c.seq.const.numBlocks = 3
for i, n in enumerate(('tx', 'ty', 'r')):
    c.par[f'const{i}name'], c.par[f'const{i}value'] = n, i + 0.5
assert c.numChans == len(c) == 3 and c.numSamples == 1 and c.rate == 60 and not c.isTimeSlice
assert c['ty'] == 1.5 and c[0] == 0.5 and c[-1].name == 'r' and c['none'] is None and c[5] is None
assert c['ty'] + 1 == 2.5 and 2 * c['ty'] == 3 and float(c['ty']) == 1.5 and int(c['ty']) == 1 and c['tx'] < c['ty']
assert [x.name for x in c.chans('t*')] == ['tx', 'ty'] and c.chan('R', caseSensitive=False).name == 'r' and c.chan('q') is None
ch = c['ty']
assert ch.eval() == 1.5 and ch.eval(0) == 1.5 and ch.vals == [1.5] and ch.index == 1 and ch.owner is c and ch[0] == 1.5 and ch.val == 1.5
c.par.length = 4
assert ch.vals == [1.5, 2.5, 3.5, 4.5] and ch.min() == 1.5 and ch.max() == 4.5 and ch.average() == 3 and len(ch) == 4
assert ch.evalFrame(3) == 3.5 and ch.evalSeconds(9) == 4.5 and ch.eval() == 1.5
c.export = True
assert c.export
c.par.const1name = 'other'
assert not ch.valid
try:
    float(ch)
    assert False
except tdError as error:
    assert "no channel 'ty' any more" in str(error)
if c: pass
else: assert False
n = op('/project').create(noiseTOP, 'n')
n.par.period.expr = "op('c')['other']"
assert n.par.period == 1.5
n.par.period.expr = "op('c')['nothing']"
try:
    n.par.period.eval()
    assert False
except tdError as error:
    assert 'None' in str(error)
)py");
  engine.set_frame({2, {60, 1}});
  run("assert op('/project/c')['r'] == 4.5");
}

TEST_F(contents, of_tops_are_pixels) {
  const NodeId n = make("noiseTOP", "n");
  for (const auto& [name, value] : {std::pair{"outputresolution", Value(std::string("custom"))},
                                    {"resolutionw", Value(4.0)},
                                    {"resolutionh", Value(2.0)},
                                    {"format", Value(std::string("rgba32float"))}})
    ASSERT_TRUE(network.set_value(n, name, value));
  run(R"py(
n = op('/project/n')
assert (n.width, n.height, n.aspect, n.pixelFormat) == (4, 2, 2.0, 'rgba32float')
assert n.sample(x=0, y=0) == (0.125, 0.25, 1, 1) and n.sample(x=3, y=1) == (0.875, 0.75, 1, 1)
assert n.sample(u=0.3, v=0.9) == (0.375, 0.75, 1, 1) and n.sample(u=1, v=1) == n.sample(x=3, y=1)
n.par.period = 0.5
assert n.sample(x=0, y=0)[2] == 0.5
n.cook(force=True)
try:
    import numpy
except ImportError:
    numpy = None
if numpy is not None:
    a = n.numpyArray()
    assert a.shape == (2, 4, 4) and a.dtype == numpy.float32 and tuple(a[1, 3]) == (0.875, 0.75, 0.5, 1)
    n.par.seed = numpy.int64(7)
    n.par.period = numpy.float32(0.25)
    assert n.par.seed == 7 and n.par.period == 0.25
else:
    try:
        n.numpyArray()
        assert False
    except ImportError as error:
        assert 'needs numpy' in str(error)
)py");
  EXPECT_NE(error_of("op('/project/n').sample(x=4, y=0)").what.find("outside the picture of 4 by 2"),
            std::string::npos);
}

TEST_F(contents, of_tops_are_saved_as_files) {
  const NodeId n = make("noiseTOP", "n");
  for (const auto& [name, value] : {std::pair{"outputresolution", Value(std::string("custom"))},
                                    {"resolutionw", Value(4.0)},
                                    {"resolutionh", Value(2.0)}})
    ASSERT_TRUE(network.set_value(n, name, value));
  const auto folder = std::filesystem::path(::testing::TempDir()) / "cookline_save";
  std::filesystem::remove_all(folder);
  engine.options().project_folder = folder.string();
  EXPECT_NE(error_of("op('/project/n').save('a.png')").what.find("does not exist"), std::string::npos);
  run(R"py(
import os
for i in range(3):
    n = op('/project/n')
    n.par.period = i / 2
    path = n.save(f'out/{i}.png', createFolders=True)
    assert os.path.exists(path) and path.endswith(f'out/{i}.png')
assert bytes(n.saveByteArray('.jpg'))[:2] == b'\xff\xd8'
n.save('out/0.png')
)py");
  const Result<Image> image = read_image_file(folder / "out" / "1.png");
  ASSERT_TRUE(image) << to_string(image.error());
  EXPECT_EQ(image->row(0)[2], std::byte(128));
  EXPECT_EQ(image->row(0)[0], std::byte(32));
  const Result<Image> again = read_image_file(folder / "out" / "0.png");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->row(0)[2], std::byte(255));
  EXPECT_NE(error_of("op('/project/n').save('out/x.xyz')").what.find("'.xyz' is not an image file type"),
            std::string::npos);
}

TEST_F(contents, are_helped_by_the_utility_functions) {
  run(R"py(
assert tdu.base('noise12') == 'noise' and tdu.digits('noise12') == 12 and tdu.digits('noise') is None
assert tdu.expand('a[1-3] b') == ['a1', 'a2', 'a3', 'b'] and tdu.expand('x[01-03]') == ['x01', 'x02', 'x03']
assert tdu.expand('p[x,y][a-c:2]') == ['pxa', 'pxc', 'pya', 'pyc']
assert tdu.match('a*', ['ab', 'ba', 'AC']) == ['ab'] and tdu.match('a*', ['ab', 'AC'], caseSensitive=False) == ['ab', 'AC']
assert tdu.legalName('a b-c/1') == 'a_b_c_1' and tdu.validName('x') == 'x' and tdu.validPath('/a b/../c') == '/a_b/../c'
assert tdu.remap(5, 0, 10, 100, 200) == 150 and tdu.clamp(-1, 0, 1) == 0 and tdu.split('a "b c" 3', eval=True) == ['a', 'b c', 3]
assert 0 <= min(tdu.rand(i) for i in range(1000)) and max(tdu.rand(i) for i in range(1000)) < 1
assert abs(sum(tdu.rand(i) for i in range(1000)) / 1000 - 0.5) < 0.05 and tdu.rand('a') == tdu.rand('a') != tdu.rand('b')
assert tdu.tryExcept(lambda: 1 / 0, 7) == 7 and tdu.parSummary(noiseTOP)['period']['default'] == 1.0
assert tdu.FileInfo('x/y.PNG').fileType == 'image' and tdu.FileInfo('x/y.PNG').baseName == 'y' and tdu.FileInfo('x/y.PNG').ext == '.PNG'
p = op('/project').appendCustomPage('P').appendStrMenu('Choice')[0]
p.menuSource = "tdu.TableMenu(op('./items'), labelCol=1)"
t = op('/project').create(tableDAT, 'items')
t.clear(); t.appendRows([['name', 'label'], ['a', 'A'], ['b', 'B']])
assert p.menuNames == ['a', 'b'] and p.menuLabels == ['A', 'B']
p.menuIndex = 1
assert p == 'b' and p.menuIndex == 1
project.cookRate = 29.97
assert abs(project.cookRate - 30000 / 1001) < 1e-12 and project.realTime is False
project.cookRate = 24
assert project.cookRate == 24 and absTime.stepSeconds == 1 / 24 and me.time.rate == 24
try:
    ui.messageBox('a', 'b')
    assert False
except tdError as error:
    assert 'no user interface' in str(error)
debug('seen', 1)
)py");
  ASSERT_FALSE(log.empty());
  EXPECT_EQ(log.back().level, LogLevel::debug);
  EXPECT_EQ(log.back().text, "seen 1");
}

}  // namespace cookline::testing
