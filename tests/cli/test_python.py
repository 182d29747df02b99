"""The verb python, scripts as projects, and images that scripts ask for."""
import os
import subprocess

import pytest
from networks import operator, recorder, write
from pictures import digest, names, png

SINK = """\
source = root.create(constantTOP, 'source1')
source.par.outputresolution, source.par.resolutionw, source.par.resolutionh = 'custom', 4, 4
movie = root.create(moviefileoutTOP, 'movie1')
movie.inputConnectors[0].connect(source)
movie.par.type, movie.par.imagefiletype = 'imagesequence', 'png'
movie.par.file.expr = 'me.fileSuffix'
"""


@pytest.fixture
def python(cookline):
    """Runs a script."""
    def run(text, *arguments, code=0, name="script.py"):
        (cookline.folder / name).write_text(text)
        return cookline("python", name, *arguments, code=code)
    return run


def test_a_script_prints_and_gets_arguments(python):
    done = python("import sys\nprint(sys.argv, me.path, op('/').path)\n", "a", "b")
    assert done.out.splitlines()[0] == "['script.py', 'a', 'b'] / /"


def test_a_script_without_images_says_nothing_of_them(python):
    assert python("x = 1\n").out == ""


def test_a_failing_script_names_its_line(python):
    done = python("def f():\n    return root.par.Nothing\n\nf()\n", code=4)
    assert "script.py:2" in done.err and "Nothing" in done.err and "Traceback" in done.err


def test_a_scripts_own_exit_code_is_a_failure(python):
    assert "exit code 7" in python("import sys\nsys.exit(7)\n", code=4).err


def test_a_loop_of_add_frame_writes_as_many_different_right_images(python, cookline):
    done = python(SINK + "movie.par.record = movie.par.pause = 1\nfor f in range(200):\n    source.par.colorr = f / 255\n    movie.par.addframe.pulse()\n", "--out", "out")
    assert names(cookline.folder / "out") == [f"0.{f}.png" for f in range(200)]
    for f in (0, 1, 77, 199):
        assert png(cookline.folder / f"out/0.{f}.png")[2][0][0][0] == f
    assert "200 images" in done.out


def test_images_of_a_loop_are_there_when_add_frame_has_returned_or_the_script_ends(python, cookline):
    python(SINK + "import os\nmovie.par.record = movie.par.pause = 1\nmovie.par.addframe.pulse()\nmovie.par.record = 0\n", "--out", "out")
    assert names(cookline.folder / "out") == ["0.0.png"]


def test_file_and_record_set_in_one_script_do_not_race(python, cookline):
    text = "movie.par.record = movie.par.pause = 1\nfor name in 'abc':\n    movie.par.file = name\n    source.par.colorr = ord(name) / 255\n    movie.par.addframe.pulse()\n"
    python(SINK + text, "--out", "out")
    assert names(cookline.folder / "out") == ["a.0.0.png", "b.0.1.png", "c.0.2.png"]
    assert png(cookline.folder / "out/b.0.1.png")[2][0][0][0] == ord("b")


def test_save_in_a_loop_writes_what_the_network_shows(python, cookline):
    python(SINK + "for f in range(10):\n    source.par.colorg = f / 255\n    print(source.save(f'saved.{f}.png'))\n")
    assert [png(cookline.folder / f"saved.{f}.png")[2][0][0][1] for f in range(10)] == list(range(10))


def test_frames_run_while_a_delayed_call_waits(python, cookline):
    python(SINK + "movie.par.record = 1\nsource.par.colorr.expr = '(me.time.frame - 1) / 255'\nrun('op(\"movie1\").par.record = 0', delayFrames=6)\n", "--out", "out")
    assert names(cookline.folder / "out") == [f"0.{f}.png" for f in range(6)]
    assert png(cookline.folder / "out/0.5.png")[2][0][0][0] == 5


def test_a_record_that_is_left_on_is_told(python):
    assert "/movie1" in python(SINK + "movie.par.record = 1\n").err


def test_a_project_can_be_opened_first(python, cookline):
    show = write(cookline.folder, recorder())
    done = python("print([child.name for child in op('recorder').children])\n", "--project", show)
    assert done.out.splitlines()[0] == "['picture1', 'moviefileout1']"


def test_a_script_can_be_the_project_of_record_and_render(cookline):
    (cookline.folder / "build.py").write_text(SINK + "source.par.colorb = 0.2\n")
    cookline.record("build.py", "/movie1", "--frames", 2, "--out", "recorded", "--no-provenance")
    cookline("render", "build.py", "--op", "/source1", "--frames", "0-1", "--out", "rendered", "--no-sheet", "--no-provenance")
    assert digest(cookline.folder / "recorded") == digest(cookline.folder / "rendered")


def test_check_does_not_run_a_script(cookline):
    (cookline.folder / "build.py").write_text("open('ran', 'w')\n")
    assert "runs no Python" in cookline("check", "build.py", code=2).err
    assert not (cookline.folder / "ran").exists()


def test_the_programs_python_does_not_depend_on_the_environment(cookline):
    (cookline.folder / "json.py").write_text("raise SystemError\n")
    (cookline.folder / "script.txt.py").write_text("import fractions\nprint('fine')\n")
    environment = {"PYTHONHOME": "/nowhere", "PYTHONPATH": str(cookline.folder / "nowhere"), "PATH": "/nowhere", "COOKLINE": "x"}
    assert cookline("python", "script.txt.py", env=environment).out == "fine\n"


def test_modules_beside_a_script_can_be_imported(python, cookline):
    (cookline.folder / "helper_module.py").write_text("value = 42\n")
    assert python("import helper_module\nprint(helper_module.value)\n").out == "42\n"


def test_feedback_goes_one_step_a_frame(cookline):
    (cookline.folder / "feedback.py").write_text(
        SINK + "back = root.create(feedbackTOP, 'back1')\nlevel = root.create(levelTOP, 'level1')\nback.par.top = level\n"
        "back.inputConnectors[0].connect(source)\nlevel.inputConnectors[0].connect(back)\nsource.par.colorr = 1\nlevel.par.opacity = 0.5\nmovie.inputConnectors[0].connect(level)\n")
    cookline.record("feedback.py", "/movie1", "--frames", 4, "--out", "out")
    assert [png(cookline.folder / f"out/0.{i}.png")[2][0][0][0] for i in range(4)] == [128, 64, 32, 16]


def test_a_saved_project_is_the_same_network(cookline):
    show = write(cookline.folder, recorder())
    (cookline.folder / "save.py").write_text("op('/recorder').store('note', {'a': [1, 2]})\nop('/recorder/picture1').par.colorg = 0.25\nproject.save()\nproject.save('copy')\n")
    cookline("python", "save.py", "--project", show)
    assert (cookline.folder / "copy.tdn").read_text() == (cookline.folder / show).read_text()
    cookline.record("copy.tdn", "/recorder", "--frames", 1, "--out", "out")
    assert png(cookline.folder / "out/0.0.png")[2][0][0][1] == 64
    (cookline.folder / "read.py").write_text("print(op('/recorder').fetch('note'))\n")
    assert cookline("python", "read.py", "--project", "copy.tdn").out == "{'a': [1, 2]}\n"


def test_a_script_that_cannot_save_says_why(python):
    assert "/sys/x.tdn" in python("project.save('/sys/x.tdn')\n", code=1).err


@pytest.mark.skipif(os.geteuid() != 0, reason="hiding Python's library needs root")
def test_networks_without_python_do_not_start_it_and_others_say_that_it_is_not_there(cookline):
    def without_library(*operators):
        write(cookline.folder, *operators)
        hide = 'mount -t tmpfs none /usr/lib/python3.11 && exec "$@"'
        return subprocess.run(["unshare", "--mount", "sh", "-c", hide, "sh", cookline.program, "render", "show.tdn", "--op", "/still", "--frames", "0-2",
                               "--out", "out", "--overwrite", "--no-sheet"], cwd=cookline.folder, capture_output=True, text=True, check=False)
    still = operator("still", "constantTOP", outputresolution="custom", resolutionw=4, resolutionh=4)
    done = without_library(still, operator("text1", "textDAT", text="def f():\n    pass\n"), operator("timer1", "timerCHOP", callbacks="text1"))
    if "unshare" in done.stderr or "mount" in done.stderr:
        pytest.skip("this machine does not let root mount")
    assert done.returncode == 0 and len(names(cookline.folder / "out")) == 3, done.stderr
    for needs in (operator("still", "constantTOP", colorr="=0.5"), operator("execute1", "executeDAT", start=True, text="def onStart():\n    pass\n"),
                  {"name": "comp1", "type": "baseCOMP", "sequences": {"ext": [{"object": "dict()"}]}}):
        done = without_library(needs, *[still] * (needs["name"] != "still"))
        assert done.returncode == 1 and "Python cannot start" in done.stderr and "install the packages" in done.stderr, (needs, done.stderr)
