"""Pictures that go wrong, by the policy that the run was given: nothing passes in silence, and resume makes them when the cause is gone."""
import json

import pytest
from networks import limited, operator, recorder, write
from pictures import digest, names, png

SIZE = {"outputresolution": "custom", "resolutionw": 16, "resolutionh": 8}


def failing(images=6, feedback=False):
    """A take whose picture cannot be made while a text names its frames. Nothing of the take is made from that text."""
    picture = operator("picture1", "constantTOP", **SIZE, colorr="=(absTime.frame % 7) / 7 if str(absTime.frame) not in open(project.folder + '/broken.txt').read().split() else 1 / 0")
    more = []
    if feedback:
        more = [operator("feedback1", "feedbackTOP", ["picture1"], top="trail1"), operator("trail1", "compositeTOP", ["picture1", "feedback1"], operand="maximum")]
    return recorder(*more, source=picture, limitlength=True, length=images, lengthunit="indices")


def broken(cookline, frames):
    """Says which frames cannot be made."""
    (cookline.folder / "broken.txt").write_text(frames)


def lines(cookline, event, log="out/0.take.jsonl"):
    """The lines of a log with an event."""
    return [line for line in map(json.loads, (cookline.folder / log).read_text().splitlines()) if line["event"] == event]


def test_an_error_stops_unless_told(cookline):
    broken(cookline, "2")
    done = cookline.record(write(cookline.folder, failing()), "/recorder", "--out", "out", code=4)
    assert "picture1.colorr" in done.err
    assert names(cookline.folder / "out") == ["0.0.png", "0.1.png"]


def test_black_needs_a_picture_before_it_that_tells_its_size(cookline):
    player = operator("picture1", "moviefileinTOP", file="nothing.png")
    write(cookline.folder, player)
    render = ["render", "show.tdn", "--op", "/picture1", "--frames", "0-2", "--out", "out", "--no-sheet", "--on-error"]
    done = cookline(*render, "black", code=4)
    assert "nothing.png: there is no such file; no picture before it tells how large a black one would be; --on-error skip leaves it out" in done.err
    assert "3 images were not rendered" in cookline(*render, "skip", code=5).err


@pytest.mark.parametrize("policy", ["skip", "black"])
def test_what_was_not_rendered_is_logged_listed_and_made_by_resume(cookline, policy):
    show = write(cookline.folder, failing())
    broken(cookline, "")
    cookline.record(show, "/recorder", "--out", "whole", "--on-error", policy)
    broken(cookline, "2 4")
    done = cookline.record(show, "/recorder", "--out", "out", "--on-error", policy, code=5)
    assert "2 images were not rendered" in done.err
    wrong = ["0.2.png", "0.4.png"]
    if policy == "skip":
        assert names(cookline.folder / "out") == [f"0.{i}.png" for i in (0, 1, 3, 5)]
        assert [line["name"] for line in lines(cookline, "skipped")] == wrong
    else:
        assert len(names(cookline.folder / "out")) == 6
        assert sorted(line["name"] for line in lines(cookline, "image") if "fault" in line) == wrong
        assert {pixel for row in png(cookline.folder / "out/0.2.png")[2] for pixel in row} <= {(0, 0, 0), (0, 0, 0, 255)}
    found = [event for event in cookline("verify", "out", "--json", code=5).events if event["event"] == "finding"]
    assert [event["name"] for event in found] == wrong and all("picture1.colorr" in event["what"] for event in found)
    assert cookline("missing", "out", code=5).out.strip() == "out/0: 2,4"
    cookline("resume", "out", "--no-sheet", code=5)
    broken(cookline, "")
    cookline("resume", "out", "--no-sheet")
    cookline("verify", "out")
    assert digest(cookline.folder / "out") == digest(cookline.folder / "whole")


@pytest.mark.parametrize("policy", ["skip", "black"])
def test_render_follows_the_same_policy(cookline, policy):
    show = write(cookline.folder, failing())
    for frames, out, code in (("", "whole", 0), ("3", "out", 5)):
        broken(cookline, frames)
        cookline("render", show, "--op", "/recorder/picture1", "--frames", "2,3,5", "--out", out, "--no-sheet", "--on-error", policy, code=code)
    assert cookline("missing", "out", code=5).out.strip() == "out/0: 3"
    broken(cookline, "")
    cookline("resume", "out", "--no-sheet")
    assert digest(cookline.folder / "out") == digest(cookline.folder / "whole")


def test_with_image_feedback_an_error_always_stops(cookline):
    show = write(cookline.folder, failing(feedback=True))
    broken(cookline, "4")
    cookline("render", show, "--op", "/recorder/trail1", "--frames", "0-5", "--out", "out", "--no-sheet", "--on-error", "skip", code=4)


def nan(images=4):
    """A take whose third picture holds NaN, and nothing else does."""
    bright = operator("bright1", "constantTOP", format="rgba32float", **SIZE, colorr=3e38)
    return recorder(bright, source=operator("picture1", "levelTOP", ["bright1"], format="rgba32float", brightness1="=1e30 if absTime.frame == 2 else 0.5"), limitlength=True, length=images, lengthunit="indices")


@pytest.mark.parametrize("policy, code, images", [("stop", 4, 2), ("warn", 0, 4), ("skip", 5, 3), ("black", 5, 4)])
def test_pixels_that_are_no_numbers_follow_their_policy(cookline, policy, code, images):
    done = cookline.record(write(cookline.folder, nan()), "/recorder", "--out", "out", "--on-nan", policy, code=code)
    assert "infinite or NaN" in done.err and len(names(cookline.folder / "out")) == images
    if policy == "warn":
        assert [line["index"] for line in lines(cookline, "image") if "warnings" in line] == [2]
        cookline("verify", "out")
    if code == 5:
        assert cookline("missing", "out", code=5).out.strip() == "out/0: 2"


def still(images, values, **parameters):
    """A take whose picture has these values of red, frame by frame."""
    return recorder(source=operator("picture1", "constantTOP", **SIZE, colorr=f"={values}[int(absTime.frame)]", colorg=0, colorb=0, **parameters),
                    limitlength=True, length=images, lengthunit="indices")


@pytest.mark.parametrize("option, at", [("--on-black", [1, 2]), ("--on-duplicate", [2, 4])])
def test_black_and_repeated_pictures_are_told_of(cookline, option, at):
    show = write(cookline.folder, still(6, [0.5, 0, 0, 0.25, 0.25, 0.75]))
    cookline.record(show, "/recorder", "--out", "quiet")
    assert not any("warnings" in line for line in lines(cookline, "image", "quiet/0.take.jsonl"))
    cookline.record(show, "/recorder", "--out", "out", option, "warn")
    assert sorted(line["index"] for line in lines(cookline, "image") if "warnings" in line) == at
    assert digest(cookline.folder / "out") == digest(cookline.folder / "quiet")
    stopped = cookline.record(show, "/recorder", "--out", "stopped", option, "stop", code=4)
    assert f"0.{at[0]}.png" in stopped.err
    assert names(cookline.folder / "stopped") == [f"0.{i}.png" for i in range(at[0])]


def test_a_resumed_run_finds_the_repeats_of_images_that_were_there(cookline):
    show = write(cookline.folder, still(4, [0.5, 0.25, 0.25, 0.75]))
    cookline.record(show, "/recorder", "--out", "out", "--on-duplicate", "warn")
    (cookline.folder / "out/0.2.png").unlink()
    assert "same pixels" in cookline("resume", "out", "--no-sheet").err


def test_two_takes_may_begin_alike(cookline):
    show = write(cookline.folder, limited(1, uniquesuff=True))
    cookline.record(show, "/recorder", "--out", "out", "--takes", "1", "--on-duplicate", "stop")
    cookline.record(show, "/recorder", "--out", "out", "--takes", "1", "--on-duplicate", "stop")
    assert names(cookline.folder / "out") == ["0.0.png", "1.0.png"]


@pytest.mark.parametrize("policy, written", [("stop", [0, 1]), ("skip", [0, 1, 3, 4]), ("black", [0, 1, 2, 3, 4])])
@pytest.mark.parametrize("stored", ["png", "exr"])
def test_an_operator_that_fails_while_pixels_are_cooked_is_a_fault_too(cookline, stored, policy, written):
    """The header of a damaged image is right: only its pixels cannot be read."""
    write(cookline.folder, operator("noise1", "noiseTOP", outputresolution="custom", resolutionw=64, resolutionh=48, mono=False, tz="=me.time.seconds"))
    cookline("render", "show.tdn", "--frames", "0-4", "--format", stored, "--out", "baked", "--no-sheet")
    image = next((cookline.folder / "baked").glob("0.2.*"))
    whole = image.read_bytes()
    middle = len(whole) // 2
    image.write_bytes(whole[:middle] + bytes(200) + whole[middle + 200:])
    (cookline.folder / "baked" / "0.take.jsonl").unlink()
    write(cookline.folder, operator("player", "moviefileinTOP", file="baked", playmode="specify", index="=absTime.frame", indexunit="indices"), name="play.tdn")
    code = {"stop": 1, "skip": 5, "black": 5}[policy]
    done = cookline("render", "play.tdn", "--op", "/player", "--frames", "0-4", "--out", "out", "--no-sheet", "--on-error", policy, code=code)
    assert image.name in done.err
    assert names(cookline.folder / "out") == [f"0.{i}.png" for i in written]
    image.write_bytes(whole)
    if policy == "stop":
        return
    cookline("resume", "out", "--no-sheet")
    cookline("verify", "out")
