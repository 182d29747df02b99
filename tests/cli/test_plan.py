"""cookline plan: what cooks how often, what is missing, what can be split; none of the project's Python runs."""
import json

import pytest
from networks import component, custom, operator, recorder, script, write


@pytest.fixture
def plan(cookline):
    """Plans a network and gives its first sink as JSON tells it."""
    def run(*operators, op=None, code=0):
        show = write(cookline.folder, *operators)
        arguments = ["--op", op] if op else []
        return json.loads(cookline("plan", show, "--json", *arguments, code=code).out)["sinks"][0]
    return run


def times(sink):
    """Time class by path."""
    return {one["path"]: one["time"] for one in sink["operators"]}


def test_the_plan_of_a_movie_file_out_names_size_format_rate_and_file(cookline):
    show = write(cookline.folder, recorder())
    text = cookline("plan", show, "--rate", 30).out
    assert "/recorder/moviefileout1 (moviefileoutTOP)" in text and "16x8 rgba8fixed" in text and "30 frames/s" in text
    assert "=me.fileSuffix" in text and "imagesequence png" in text
    sink = json.loads(cookline("plan", show, "--json", "--rate", "29.97").out)["sinks"][0]
    assert (sink["width"], sink["height"], sink["format"], sink["rate"]) == (16, 8, "rgba8fixed", [30000, 1001])
    assert sink["file"] == "=me.fileSuffix" and sink["image_type"] == "png" and sink["size_expressions"] == []


def test_operators_are_static_per_frame_stateful_or_external_and_what_is_not_needed_is_left_out(plan):
    sink = plan(operator("still", "noiseTOP"), operator("moving", "levelTOP", ["still"], opacity="=absTime.seconds"),
                operator("after", "nullTOP", ["moving"]), operator("source1", "constantCHOP"), operator("count1", "countCHOP", ["source1"]), operator("unused", "noiseTOP"),
                operator("counted", "levelTOP", ["still"], opacity="=op('count1')[0]"),
                operator("outside", "levelTOP", ["still"], opacity="=__import__('random').random()"),
                operator("out1", "compositeTOP", ["after", "counted", "outside"]), op="/out1")
    assert times(sink) == {"/out1": "external", "/after": "per frame", "/moving": "per frame", "/still": "static",
                           "/counted": "per frame", "/count1": "stateful", "/source1": "stateful", "/outside": "external"}
    why = {one["path"]: one["why"] for one in sink["operators"]}
    assert why["/moving"] == "absTime in opacity" and why["/counted"] == "opacity reads /count1"
    assert sink["split"] == "script" and sink["split_because"] == [f"{path}: keeps state from frame to frame" for path in ("/count1", "/source1")]


def test_frames_without_memory_can_be_split_anyhow_and_feedback_cannot_be(plan):
    moving = operator("noise1", "noiseTOP", tz="=absTime.seconds")
    assert plan(moving, op="/noise1")["split"] == "any"
    sink = plan(moving, operator("feedback1", "feedbackTOP", ["noise1"], top="out1"),
                operator("out1", "compositeTOP", ["feedback1", "noise1"]), op="/out1")
    assert sink["split"] == "none" and any("/feedback1" in why and "frame before" in why for why in sink["split_because"])
    assert times(sink)["/feedback1"] == "stateful" and times(sink)["/out1"] == "per frame"


def test_callbacks_anywhere_need_the_script_phase(plan):
    sink = plan(operator("noise1", "noiseTOP"), component("box", [script("watch1", "onOffToOn", "pass")]), op="/noise1")
    assert sink["split"] == "script" and "/box/watch1: makes callbacks" in sink["split_because"]


def test_time_comes_in_through_components_and_their_parameters(plan):
    inner = operator("level1", "levelTOP", ["in1"], opacity="=parent().par.Fade")
    box = {**component("box", [operator("in1", "inTOP"), inner, operator("out1", "outTOP", ["level1"])],
                       [custom("Fade", "Float", value="=me.time.seconds")]), "inputs": ["noise1"]}
    sink = plan(operator("noise1", "noiseTOP"), box, operator("null1", "nullTOP", ["box"]), op="/null1")
    assert times(sink) == {"/null1": "per frame", "/box/out1": "per frame", "/box/level1": "per frame",
                           "/box/in1": "static", "/noise1": "static"}
    assert next(one["why"] for one in sink["operators"] if one["path"] == "/box/level1") == "me.time in Fade"


def test_what_is_missing_is_told_and_exits_with_4(cookline, plan):
    sink = plan(operator("strange1", "wobbleTOP"), operator("select1", "selectTOP", top="nowhere"),
                operator("level1", "levelTOP", ["strange1"], opacity="=op('gone')[0]"),
                operator("unused", "wobbleTOP"), operator("out1", "compositeTOP", ["level1", "select1"]), op="/out1", code=4)
    told = "\n".join(f"{one['level']} {one['where']} {one['what']}" for one in sink["problems"])
    assert "unknown operator type 'wobbleTOP'" in told and "'nowhere'" in told and "'gone'" in told and "unused" not in told
    assert cookline("plan", "show.tdn", "--op", "/out1", code=4).out.count("error: ") == 3


def test_a_missing_file_is_a_warning(plan):
    text = operator("text1", "textDAT", file="lost.txt")
    sink = plan(text, operator("noise1", "noiseTOP", period="=len(op('text1').text)"), op="/noise1")
    assert [one["level"] for one in sink["problems"]] == ["warning"] and "lost.txt" in sink["problems"][0]["what"]


@pytest.fixture
def played(cookline):
    """Operators that read a text, an image, a sequence with a gap and a movie, which are there."""
    source = write(cookline.folder, operator("pic", "noiseTOP", outputresolution="custom", resolutionw=24, resolutionh=14), name="source.tdn")
    cookline("render", source, "--frames", "0-9", "--out", "shots", "--no-sheet")
    cookline("movie", "shots", "a.mov", "--codec", "rle", "--rate", 30)
    (cookline.folder / "shots/0.4.png").unlink()
    (cookline.folder / "words.txt").write_text("words")
    return [operator("text1", "textDAT", file="words.txt"), operator("still", "moviefileinTOP", file="shots/0.0.png"),
            operator("shots", "moviefileinTOP", file="shots"), operator("movie", "moviefileinTOP", file="a.mov"),
            operator("out1", "compositeTOP", ["still", "shots", "movie"])]


def test_the_files_that_a_render_reads_are_listed(cookline, plan, played):
    listed = {one["file"]: one for one in plan(*played, op="/out1")["media"]}
    assert "words.txt" not in listed, "no picture needs it"
    size = {"present": True, "width": 24, "height": 14}
    assert listed["shots/0.0.png"].items() >= {**size, "kind": "image"}.items() and listed["shots/0.0.png"]["where"].endswith("/still.file")
    assert listed["shots"].items() >= {**size, "kind": "sequence", "images": 10, "missing": [4]}.items()
    assert listed["a.mov"].items() >= {**size, "kind": "movie", "images": 10, "rate": [30, 1]}.items()
    assert "reads: a.mov: movie 24x14, 10 images, 30 images/s" in cookline("plan", "show.tdn", "--op", "/out1").out
    checked = json.loads(cookline("check", "show.tdn", "--json").out)["media"]
    assert {one["file"]: one["kind"] for one in checked} == {"words.txt": "text", "shots/0.0.png": "image", "shots": "sequence", "a.mov": "movie"}
    assert "reads: shots: sequence 24x14, 10 images of which 1 missing" in cookline("check", "show.tdn").out


def test_a_missing_or_broken_medium_fails_with_4(cookline, plan, played):
    (cookline.folder / "a.mov").write_bytes(b"no movie")
    (cookline.folder / "shots/0.0.png").unlink()
    listed = {one["file"]: one for one in plan(*played, op="/out1", code=4)["media"]}
    assert listed["a.mov"]["present"] and "kind" not in listed["a.mov"] and "a.mov" in listed["a.mov"]["problem"]
    assert not listed["shots/0.0.png"]["present"]
    text = cookline("check", "show.tdn", code=4).out
    assert "reads: shots/0.0.png: missing" in text and "reads: a.mov: cannot be read" in text and "2 errors" in text


def test_a_size_that_an_expression_makes_is_told(plan):
    sink = plan(operator("noise1", "noiseTOP", outputresolution="custom", resolutionw="=op('noise2').width", resolutionh=20),
                operator("noise2", "noiseTOP"), op="/noise1")
    assert sink["size_expressions"] == ["/noise1.resolutionw"] and sink["height"] == 20


def test_no_python_runs(cookline):
    spy = "open('ran', 'w').close()"
    show = write(cookline.folder, recorder(operator("exec1", "executeDAT", start=True, framestart=True, text=f"def onStart():\n    {spy}\n{spy}\n"),
                                           script("watch1", "onOffToOn", spy), source=operator("picture1", "noiseTOP", period=f"={spy} or 1")))
    cookline("plan", show)
    assert not (cookline.folder / "ran").exists()


def test_wrong_uses_exit_with_2(cookline):
    show = write(cookline.folder, operator("noise1", "noiseTOP"))
    assert "--op" in cookline("plan", show, code=2).err
    assert "no picture" in cookline("plan", show, "--op", "/", code=2).err
    (cookline.folder / "build.py").write_text("open('ran', 'w')\n")
    assert "runs no Python" in cookline("plan", "build.py", code=2).err
    assert not (cookline.folder / "ran").exists()
