"""The tutorial, end to end: number of images, names, sizes, takes, and equal bytes however it is run."""
import re
import shutil

import pytest
from pictures import digest, jpeg_size, names

TDN = "examples/tutorial/tutorial.tdn"


def sequence(take, count):
    """The names of a take."""
    return [f"{take}.{index}.jpg" for index in range(count)]


@pytest.fixture
def take(cookline, project):
    """Records the tutorial at a small size into a folder and gives the folder."""
    def record(folder, *arguments, file=project / TDN, seconds=0.2, size="64x64"):
        length = ["--set", f"Recordlength={seconds}"] if seconds else []
        sized = ["--res", size] if size else []
        cookline.record(file, "/recorder", *length, *sized, "--out", folder, "--no-provenance", *arguments)
        return cookline.folder / folder
    return record


def test_a_take_has_exactly_its_images_at_full_size(take):
    folder = take("out", seconds=0.25, size=None)
    assert names(folder) == sequence(0, 15)
    assert {jpeg_size(path) for path in folder.glob("*.jpg")} == {(1024, 1024)}


def test_thirty_seconds_are_the_default_length(take):
    assert names(take("out", seconds=None, size="16x16")) == sequence(0, 1800)


@pytest.mark.parametrize("seconds, rate, images", [(1, 24, 24), (0.5, 25, 13), (1, "30000/1001", 30), (2, 29.97, 60), (0.1, 60, 6), (1.01, 60, 61), (1 / 60, 60, 1)])
def test_a_take_of_l_seconds_at_r_images_a_second_is_the_rounded_product(take, seconds, rate, images):
    assert names(take("out", "--rate", rate, seconds=seconds, size="16x16")) == sequence(0, images)


def test_takes_are_numbered_by_the_count(take):
    assert names(take("out", "--takes", 3)) == sequence(0, 12) + sequence(1, 12) + sequence(2, 12)


def test_the_second_take_goes_on_in_time(take):
    folder = take("out", "--takes", 2)
    assert (folder / "0.0.jpg").read_bytes() != (folder / "1.0.jpg").read_bytes()


def test_frames_ends_a_take_early(take):
    assert names(take("out", "--frames", 5, "--takes", 2)) == sequence(0, 5) + sequence(1, 5)


def test_folder_names_the_place(cookline, project):
    shutil.copy(project / TDN, cookline.folder / "show.tdn")
    cookline.record("show.tdn", "/recorder", "--set", "Recordlength=0.05", "--set", "Folder=deep/er", "--res", "16x16")
    assert names(cookline.folder / "deep/er") == sequence(0, 3)
    absolute = cookline.folder / "elsewhere"
    cookline.record("show.tdn", "/recorder", "--set", "Recordlength=0.05", "--set", f"Folder={absolute}", "--res", "16x16")
    assert names(absolute) == sequence(0, 3)


def test_one_thread_gives_the_same_bytes_as_all(take):
    assert digest(take("all", size="200x200")) == digest(take("one", "--threads", 1, size="200x200"))


def test_a_second_run_gives_the_same_bytes(take):
    assert digest(take("first")) == digest(take("second"))


def test_float32_is_a_finer_picture_of_the_same_thing(take):
    fixed, fine = take("fixed"), take("fine", "--precision", "float32")
    assert names(fixed) == names(fine)
    assert jpeg_size(fine / "0.0.jpg") == (64, 64)
    assert digest(fixed) != digest(fine)


def test_another_rate_shows_the_same_moments(take):
    # Image i is the network at i / rate seconds: image 12 at 24 and image 30 at 60 are both at half a second.
    slow, fast = take("slow", "--rate", 24, seconds=0.6), take("fast", seconds=0.6)
    assert len(names(slow)) == 14 and len(names(fast)) == 36
    assert (slow / "0.12.jpg").read_bytes() == (fast / "0.30.jpg").read_bytes()
    assert (slow / "0.12.jpg").read_bytes() != (fast / "0.12.jpg").read_bytes()


def test_the_rectangle_moves_as_the_tutorial_says(cookline, project):
    # centerx = seconds % 1 - 0.5: the white square lies over column seconds % 1 of the picture.
    from pictures import png
    cookline("render", project / TDN, "--op", "/recorder/composite1", "--frames", "15,45", "--res", "64x64", "--out", "out", "--no-sheet")
    for frame, column in ((15, 16), (45, 48)):
        _, _, rows = png(cookline.folder / f"out/0.{frame}.png")
        assert rows[32][column][:3] == (255, 255, 255)
        assert rows[32][64 - column][:3] != (255, 255, 255)


def test_python_builds_the_same_network(take, project):
    script = project / "examples/tutorial-python/build.py"
    assert digest(take("python", "--takes", 2, file=script)) == digest(take("tdn", "--takes", 2))


def test_python_saves_the_same_network(take, cookline, project):
    cookline("python", project / "examples/tutorial-python/build.py", "saved.tdn")
    saved = cookline.folder / "saved.tdn"
    assert digest(take("saved", file=saved)) == digest(take("tdn"))


def test_the_tutorials_own_spelling_works_with_its_own_names(take, cookline, project):
    # The tutorial calls its parameters folder, record and recordLength; TouchDesigner would want a capital.
    text = (project / TDN).read_text()
    for custom, literal in (("Folder", "folder"), ("Record", "record"), ("Recordlength", "recordLength")):
        text = text.replace(f"- name: {custom}\n", f"- name: {literal}\n")
    text = text.replace("parameters: Record Recordlength", "parameters: record recordLength")
    text = text.replace("          renamefrom: Record Recordlength\n          renameto: record recordLength\n", "")
    text = text.replace("parent().par.Record", "parent.par.record")
    (cookline.folder / "literal.tdn").write_text(text)
    literal = take("literal", "--set", "recordLength=0.2", file=cookline.folder / "literal.tdn", seconds=None)
    assert digest(literal) == digest(take("tdn"))


def test_the_tutorials_file_expression_gets_the_suffix(take, cookline, project):
    text = (project / TDN).read_text().replace('"/" + me.fileSuffix', '"/" + "filename"')
    (cookline.folder / "literal.tdn").write_text(text)
    folder = take("out", "--takes", 2, file=cookline.folder / "literal.tdn", seconds=0.05)
    assert names(folder) == [f"filename.{name}" for name in sequence(0, 3) + sequence(1, 3)]


def test_a_new_record_length_initializes_the_timer(cookline, project):
    # onValueChange: the timer is initialized whenever Record Length changes.
    (cookline.folder / "change.py").write_text(
        "run(\"op('/recorder').par.Recordlength = 0.1\", delayFrames=2)\n"
        "run(\"op('/recorder').par.Record = 1\", delayFrames=4)\n"
        "run(\"print('initialized', op('/recorder/timer1')['ready'].eval())\", delayFrames=3)\n"
        "run('', delayFrames=20)\n")
    done = cookline("python", "change.py", "--project", project / TDN, "--out", "out")
    assert "initialized" in done.out
    assert names(cookline.folder / "out") == sequence(0, 6)


def test_the_movie_frame_rate_picks_images(take, cookline, project):
    text = (project / TDN).read_text().replace("imagefiletype: jpeg\n", "imagefiletype: jpeg\n          fps: 20\n")
    (cookline.folder / "fps.tdn").write_text(text)
    folder = take("out", file=cookline.folder / "fps.tdn", seconds=0.5)
    assert names(folder) == sequence(0, 10)
    every = take("every", seconds=0.5)
    assert (folder / "0.3.jpg").read_bytes() == (every / "0.9.jpg").read_bytes()


def test_png_as_the_tutorial_offers(take, cookline, project):
    text = (project / TDN).read_text().replace("imagefiletype: jpeg", "imagefiletype: png")
    (cookline.folder / "png.tdn").write_text(text)
    assert names(take("out", file=cookline.folder / "png.tdn", seconds=0.05)) == ["0.0.png", "0.1.png", "0.2.png"]


def test_the_noise_moves_as_the_tutorial_says(cookline, project):
    # tz = seconds * 0.05: the picture at one second is the still noise at 0.05, and not that of another moment.
    def picture(folder, *arguments):
        cookline("render", project / TDN, "--op", "/recorder/noise1", "--res", "64x64", "--no-sheet", "--no-provenance", "--out", folder, *arguments)
        return (cookline.folder / folder).glob("*.png").__next__().read_bytes()
    moving = picture("moving", "--frames", 60)
    assert moving == picture("still", "--frames", 7, "--set", "/recorder/noise1.tz=0.05", "--set", "/recorder/noise2.tz=0.05")
    assert moving != picture("other", "--frames", 61)


PROBE = """\
r = op('/recorder')
n1, n2, movie = r.op('noise1'), r.op('noise2'), r.op('moviefileout1')
print([n.par.period.eval() for n in (n1, n2)], [n.par.tz.expr for n in (n1, n2)], n1.inputConnectors[1].connections[0].owner)
print(r.par.Folder.style, r.par.Folder.default, r.par.Record.style, r.par.Recordlength.style, r.par.Recordlength.default, r.par.Recordlength.label)
print(movie.par.type, movie.par.imagefiletype, movie.par.file.expr, movie.par.n.expr, r.op('timer1').par.length.expr)
"""


def test_the_component_is_set_up_as_the_tutorial_says(cookline, project):
    (cookline.folder / "probe.py").write_text(PROBE)
    said = cookline("python", "probe.py", "--project", project / TDN).out.splitlines()
    assert said[0] == "[4.0, 4.0] ['absTime.seconds*0.05', 'absTime.seconds*0.05'] /recorder/noise2"
    assert said[1] == "Folder . Toggle Float 30.0 Record Length (S)"
    assert said[2] == "imagesequence jpeg parent.par.folder.eval() + \"/\" + me.fileSuffix op('count1')['record'] parent.par.recordLength.eval()"


def test_the_channels_follow_the_parameters(cookline, project):
    (cookline.folder / "probe.py").write_text(
        "r = op('/recorder')\nr.par.Recordlength = 12.5\n"
        "print([(channel.name, channel.eval()) for channel in r.op('parameter1').chans()], r.op('parameter1')['recordLength'] == 12.5)\n"
        "r.par.Record = 1\nprint(r.op('parameter1')['record'].eval(), r.op('count1')['record'].eval())\n")
    said = cookline("python", "probe.py", "--project", project / TDN).out.splitlines()
    assert said[:2] == ["[('record', 0.0), ('recordLength', 12.5)] True", "1.0 0.0"]


def test_the_timer_starts_with_record_and_ends_it(cookline, project):
    (cookline.folder / "probe.py").write_text(
        "r = op('/recorder')\nr.par.Recordlength = 0.1\n"
        "def say(frame):\n    run(\"r = op('/recorder'); print('frame', %d, r.op('timer1')['done'].eval(), r.par.Record.eval())\" % frame, delayFrames=frame)\n"
        "run(\"op('/recorder').par.Record = 1\", delayFrames=3)\n"
        "for frame in (2, 5, 12):\n    say(frame)\n")
    done = cookline("python", "probe.py", "--project", project / TDN, "--out", "out")
    assert [line for line in done.out.splitlines() if line.startswith("frame")] == ["frame 2 0.0 False", "frame 5 0.0 True", "frame 12 1.0 False"]
    assert names(cookline.folder / "out") == sequence(0, 6)


def test_touchdesigners_own_spelling_gives_the_same_bytes(take, cookline, project):
    text = (project / TDN).read_text()
    for literal, official in (("parent.par.folder.eval()", "parent().par.Folder.eval()"), ("parent.par.recordLength.eval()", "parent().par.Recordlength.eval()"),
                              ("parent.par.record.val = 0", "parent().par.Record.val = 0"), ("channel.name == 'record'", "channel.name == 'Record'"),
                              ("channel.name == 'recordLength'", "channel.name == 'Recordlength'"), ("channames: record", "channames: Record"),
                              ("op('count1')['record']", "op('count1')['Record']")):
        assert literal in text
        text = text.replace(literal, official)
    text = text.replace("          renamefrom: Record Recordlength\n          renameto: record recordLength\n", "")
    (cookline.folder / "official.tdn").write_text(text)
    assert digest(take("official", "--takes", 2, file=cookline.folder / "official.tdn")) == digest(take("literal", "--takes", 2))


def test_this_pages_network_is_the_same(take, cookline, project):
    page = (project / "docs/tutorial.md").read_text()
    script = cookline.folder / "show.py"
    script.write_text("\n".join(re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)))
    assert digest(take("page", "--takes", 2, file=script)) == digest(take("tdn", "--takes", 2))
    for line in re.findall(r"^cookline (.*)$", page, re.M):
        cookline(*line.split(), "--res", "32x32")
    assert names(cookline.folder / "out/first", "[0-9]*") == sequence(0, 10) and len(names(cookline.folder / "out/look", "[0-9]*")) == 4
    assert names(cookline.folder / "out/takes", "[0-9]*") == sequence(0, 120) + sequence(1, 120)


def test_the_page_names_tests_that_exist(project):
    page, tests = ((project / path).read_text() for path in ("docs/tutorial.md", "tests/cli/test_tutorial.py"))
    named = re.findall(r"`(test_\w+)`", page)
    assert len(named) > 15 and all(f"def {name}(" in tests for name in named)
