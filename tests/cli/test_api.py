"""Every attribute of TouchDesigner's classes (python_api.json) is here, or says why it is not."""
import json
import pathlib

FACTS = json.loads((pathlib.Path(__file__).parent / "python_api.json").read_text())

WALK = """
import json
import sys
import tdu
import td._absent
facts = json.loads(open(args[0]).read())
box = root.create(baseCOMP, 'box')
page = box.appendCustomPage('Custom')
page.appendSequence('Items')
page.appendFloat('Size')
box.seq.Items.blockSize = 1
text = box.create(textDAT, 'text')
text.text = '{}'
table = box.create(tableDAT, 'table')
table.appendRow(['a'])
constant = box.create(constantCHOP, 'constant')
noise = box.create(noiseTOP, 'noise')
timer = box.create(timerCHOP, 'timer')
timer.par.start.pulse()
op('/').cook(recurse=True)
movie = box.create(moviefileoutTOP, 'movie')
movie.inputConnectors[0].connect(noise)
film = box.create(moviefileinTOP, 'film')
film.par.file = noise.save('film.png')
things = {
    'OP': noise, 'COMP': box, 'TOP': noise, 'CHOP': constant, 'DAT': text, 'Par': noise.par.period,
    'ParGroup': noise.parGroup.t, 'ParCollection': noise.par, 'ParGroupCollection': noise.parGroup, 'Page': page,
    'Channel': constant[0], 'Cell': table[0, 0], 'Connector': noise.inputConnectors[0], 'Sequence': box.seq.Items,
    'SequenceBlock': box.seq.Items[0], 'SequenceCollection': box.seq, 'timerCHOP': timer,
    'countCHOP': box.create(countCHOP, 'count'), 'moviefileoutTOP': movie, 'moviefileinTOP': film, 'tdu': tdu, 'Vector': tdu.Vector(),
    'Position': tdu.Position(), 'Color': tdu.Color(), 'Quaternion': tdu.Quaternion(), 'Matrix': tdu.Matrix(),
    'Dependency': tdu.Dependency(1), 'Timecode': tdu.Timecode(),
}
found, told, wrong = 0, 0, []
for kind, names in facts.items():
    for name in names:
        try:
            getattr(things[kind], name)
            found += 1
            if name in td._absent.ABSENT.get(kind, ()):
                wrong.append(f'{kind}.{name} is here, but is called absent')
        except tdAttributeError as error:
            told += 1
            if f'.{name} of TouchDesigner is not here: ' not in str(error):
                wrong.append(str(error))
        except Exception as error:
            wrong.append(f'{kind}.{name}: {type(error).__name__}: {error}')
for kind, names in td._absent.ABSENT.items():
    wrong.extend(f'{kind}.{name} is not in the facts' for name in names if name not in facts[kind])
print(json.dumps([found, told, wrong]))
"""


def test_every_attribute_works_or_says_why_it_is_not_there(cookline):
    script = cookline.folder / "walk.py"
    script.write_text(WALK)
    done = cookline("python", script, pathlib.Path(__file__).parent / "python_api.json")
    found, told, wrong = json.loads(done.out.strip().splitlines()[-1])
    assert wrong == []
    assert found + told == sum(len(names) for names in FACTS.values())
    assert found > 5 * told


def test_a_tox_is_refused_with_what_to_use_instead(cookline):
    script = cookline.folder / "tox.py"
    script.write_text("root.create(baseCOMP, 'box').loadTox('a.tox')\n")
    failed = cookline("python", script, code=4)
    assert "COMP.loadTox of TouchDesigner is not here: a .tox is TouchDesigner's own binary format" in failed.err
    assert "tdn_ref" in failed.err


def test_a_timer_goes_where_it_is_told_and_knows_its_segments(cookline):
    script = cookline.folder / "timer.py"
    script.write_text("""
table = root.create(tableDAT, 'table')
for row in (('delay', 'length', 'cycle', 'cyclelimit', 'maxcycles', 'mood'), (0, 1, 0, 0, 1, 'calm'), (0.5, 2, 1, 1, 3, 'wild')):
    table.appendRow(row)
timer = root.create(timerCHOP, 'timer')
timer.par.segdat = table
timer.par.start.pulse()
def at(frame, text):
    run(text, delayFrames=frame)
say = "t = op('/timer'); print(t.segment, t.cycle, round(t.fraction, 3), t.masterFrames, t.timecode.text, t.masterSeconds)"
at(1, "t = op('/timer'); print([s.index for s in t.segments], t.segments[1].row.mood, t.segments[1].owner, t.beginSeconds, t.beginFrame, t.beginSample, t.runningLengthTimecode.text)")
at(2, "op('/timer').goTo(segment=1, cycle=2, seconds=1)"); at(3, say)
at(4, "op('/timer').segment = 0"); at(5, say)
at(6, "op('/timer').masterSeconds = 1.75"); at(7, say)
at(8, "op('/timer').goTo(fraction=0.5)"); at(9, say)
at(10, "op('/timer').masterTimecode = tdu.Timecode('00:00:03:30')"); at(11, say)
at(12, "op('/timer').cycle = 0"); at(13, say)
at(14, "op('/timer').goTo(frame=1, seconds=1)")
""")
    failed = cookline("python", script, code=4)
    assert "one of seconds, frame, sample and fraction is allowed, not 2" in failed.err
    said = [line for line in failed.text.splitlines() if line[:1] in "[01" and " 0" in line]
    assert said[0].startswith("[0, 1] wild /timer [0.0, 1.5] [0.0, 90.0] [0.0, 90.0] 00:00:07:30"), failed.text
    # One frame after each jump.
    assert [line.split()[:2] for line in said[1:]] == [["1.0", "2.0"], ["0.0", "0.0"], ["1.0", "0.0"], ["1.0", "1.0"], ["1.0", "1.0"], ["1.0", "0.0"]], failed.text
