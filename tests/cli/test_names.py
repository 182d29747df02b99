"""Names of images that render makes by a pattern."""
import json
import os
import re
import shutil

import pytest
from networks import component, operator, write
from pictures import digest, names

DATE = r"\d{4}-\d\d-\d\d"


def picture(name="picture1", **parameters):
    """A small moving picture."""
    return operator(name, "noiseTOP", outputresolution="custom", resolutionw=16, resolutionh=8, tz="=me.time.seconds", **parameters)


@pytest.fixture
def render(cookline):
    """Renders frames of a small network under a pattern of names."""
    write(cookline.folder, picture(), component("two", [picture()]))

    def run(pattern, *arguments, frames="0-3", op="/picture1", out="out", code=0):
        return cookline("render", "show.tdn", "--op", op, "--frames", frames, "--out", out, "--name", pattern, "--no-sheet", *arguments, code=code)
    return run


def test_every_token_has_its_value(cookline, render):
    render("{project}-{op}-{take:02}-{frame:04}-{time}-{res}-{rate}-{{x}}.png", "--take", 7, "--rate", "29.97", frames="30")
    assert names(cookline.folder / "out") == ["show-picture1-07-0030-1.001-16x8-29.97-{x}.png"]
    render("{date}_{frame}", out="dated", frames="2")
    assert re.fullmatch(DATE + r"_2\.png", names(cookline.folder / "dated")[0])


def test_the_extension_may_be_left_out_but_must_agree(cookline, render):
    render("a{frame}", "--format", "jpeg", frames="0")
    render("b{frame}.jpeg", "--format", "jpeg", frames="0")
    assert names(cookline.folder / "out") == ["a0.jpg", "b0.jpeg"]
    assert "is the name of a jpeg image, but --format is png" in render("c{frame}.jpg", code=2).err


def test_verbs_on_takes_work_with_patterns_in_folders(cookline, render):
    render("{op}/{take}/{frame:04}_{time}.png")
    out = cookline.folder / "out/picture1/0"
    assert names(out) == ["0000_0.000.png", "0001_0.017.png", "0002_0.033.png", "0003_0.050.png"]
    assert "4 images verified" in cookline("verify", "out/picture1/0").out
    shutil.copytree(out, cookline.folder / "whole")
    expected = digest(out)
    (out / "0001_0.017.png").unlink()
    (out / "0002_0.033.png").write_bytes(b"x")
    shutil.copy(out / "0000_0.000.png", out / "0077_1.283.png")
    found = {event["name"]: event["what"] for event in cookline("verify", out, "--json", code=5).events if event["event"] == "finding"}
    assert found["0001_0.017.png"] == "is missing" and found["0002_0.033.png"].startswith("is cut off")
    assert found["0077_1.283.png"].startswith("is not in the log")
    assert cookline("missing", out, code=5).out.strip().endswith(": 1-2")
    (out / "0077_1.283.png").unlink()
    (out / "0001_0.017.png.0123456789abcdef.tmp").write_text("left behind")
    cookline("resume", out, "--no-sheet")
    assert digest(out) == expected
    assert "all 4 images have the same pixels" in cookline("diff", out, "whole").out
    assert "same pixels" in cookline("rerender", out / "0002_0.033.png", "--check").out


def test_a_take_goes_on_under_the_date_it_began_with(cookline, render):
    render("{date}_{frame:03}.png")
    log = next((cookline.folder / "out").glob("*.take.jsonl"))
    today = names(cookline.folder / "out")[0][:10]
    then = cookline.folder / "out" / log.name.replace(today, "2001-02-03")
    then.write_text(log.read_text().replace(today, "2001-02-03"))
    for name in names(cookline.folder / "out"):
        (cookline.folder / "out" / name).rename(cookline.folder / "out" / name.replace(today, "2001-02-03"))
    log.unlink()
    (cookline.folder / "out/2001-02-03_002.png").unlink()
    cookline("resume", "out", "--no-sheet")
    assert names(cookline.folder / "out") == [f"2001-02-03_{i:03}.png" for i in range(4)]
    cookline("verify", "out")


def test_the_name_is_not_in_the_image(cookline, render):
    render("{date}/{project}_{frame}.png", frames="5")
    render("other_{frame}.png", frames="5", out="plain")
    dated = next(path for path in (cookline.folder / "out").rglob("*.png"))
    assert dated.read_bytes() == (cookline.folder / "plain/other_5.png").read_bytes()


@pytest.mark.parametrize("pattern, words", [
    ("{fraem}.png", "'{fraem}' is not a token of names; did you mean '{frame}'?"),
    ("{frame:4}", "'4' in '{frame:4}' is not a width"),
    ("{frame", "has no other half"),
    ("{op}", "frames 0 and 1 would both be"),
    ("{frame}/{op}", "the images of a take lie in one folder"),
    ("../{frame}", "is not inside the output folder"),
    ("a/../../{frame}", "is not inside the output folder"),
    ("/tmp/{frame}", "is not inside the output folder"),
    ("link/{frame}", "is not inside the output folder"),
    ("{op}/", "names a folder, not an image")])
def test_what_cannot_be_a_name_is_refused_before_the_first_frame(cookline, render, pattern, words):
    (cookline.folder / "elsewhere").mkdir()
    (cookline.folder / "out").mkdir()
    (cookline.folder / "out/link").symlink_to(cookline.folder / "elsewhere")
    error = render(pattern, code=2).err
    assert words in error and "--name" in error
    assert [path.name for path in cookline.folder.rglob("*")if path.suffix in (".png", ".jsonl")] == []


def test_times_that_are_alike_collide(render):
    assert "frames 0 and 1 would both be" in render("{time}.png", "--rate", "5000", code=2).err


def test_a_name_beside_a_file_is_refused(render):
    assert "--file" in render("{frame}", "--file", "x", code=2).err


def test_two_operators_of_one_name_do_not_share_a_take(cookline, render):
    render("{op}_{frame}.png")
    assert "this file exists already" in render("{op}_{frame}.png", op="/two/picture1", code=4).err
    error = render("{op}_{frame}.png", op="/two/picture1", frames="8-9", code=4).err
    assert "a take of /picture1" in error and "not of /two/picture1" in error
    assert "with images like" in render("{op}.{frame}.png", frames="8-9", code=4).err
    render("{op}_{frame}.png", frames="8-9")
    assert "6 images verified" in cookline("verify", "out").out


@pytest.mark.parametrize("arguments", [["--name", "x{frame}.png"], ["--file", "x"], []])
def test_a_file_that_must_stay_is_found_before_the_first_frame(cookline, arguments):
    write(cookline.folder, picture())
    (cookline.folder / "out").mkdir()
    third = {"--name": "x3.png", "--file": "x.0.3.png"}.get(arguments[0] if arguments else "", "0.3.png")
    (cookline.folder / "out" / third).write_bytes(b"mine")
    error = cookline("render", "show.tdn", "--frames", "0-3", "--out", "out", *arguments, code=4).err
    assert "this file exists already" in error and third in error
    assert os.listdir(cookline.folder / "out") == [third]


def test_the_log_says_the_pattern(cookline, render):
    render("{project}_{op}_{frame}.png")
    header = json.loads((cookline.folder / "out/show_picture1.take.jsonl").read_text().splitlines()[0])
    assert header["names"] == "show_picture1_{frame}.png" and header["sink"] == "/picture1"
    assert header["recipe"]["name"] == "show_{op}_{frame}.png"
