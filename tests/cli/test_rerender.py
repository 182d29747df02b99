"""Images that say how they were made, and the verb that makes them again from it."""
import json
import re
import shutil
import zlib

import pytest
from networks import limited, operator, recorder, write
from pictures import digest, names
from test_resume import stateful, take

KEEP = ["png", "jpeg", "tiff", "exr"]


def said(path):
    """What a PNG says of how it was made."""
    data = path.read_bytes()
    at = data.index(b"iTXtcookline\0\0\0\0\0")
    size = int.from_bytes(data[at - 4:at], "big")
    assert zlib.crc32(data[at:at + 4 + size]) == int.from_bytes(data[at + 4 + size:at + 8 + size], "big")
    return json.loads(data[at + 17:at + 4 + size])


def noise(cookline, **parameters):
    """A project with one moving TOP."""
    return write(cookline.folder, operator("noise1", "noiseTOP", outputresolution="custom", resolutionw=24, resolutionh=16, tz="=me.time.seconds", mono=False, **parameters))


@pytest.mark.parametrize("kind", KEEP)
def test_an_image_of_a_stateful_take_is_made_again_from_itself(cookline, kind):
    take(cookline, "out", stateful(12, kind))
    image = names(cookline.folder / "out")[9]
    assert "the same pixels" in cookline("rerender", f"out/{image}", "--check").out
    cookline("rerender", f"out/{image}", "-o", "again")
    assert names(cookline.folder / "again") == [image]
    assert (cookline.folder / "again" / image).read_bytes() == (cookline.folder / "out" / image).read_bytes()


@pytest.mark.parametrize("kind", [*KEEP, "webp"])
def test_an_image_of_a_sequence_is_made_again(cookline, kind):
    show = noise(cookline)
    cookline("render", show, "--frames", "0-5", "--format", kind, "--out", "out", "--no-sheet", "--file", 'a"<&>ö')
    image = names(cookline.folder / "out")[4]
    shutil.move(cookline.folder / "out" / image, cookline.folder / image)
    assert "name the project" in cookline("rerender", image, "--check", code=2).err
    cookline("rerender", image, show, "--check", "--out", "again")
    assert (cookline.folder / "again" / image).read_bytes() == (cookline.folder / image).read_bytes()


def test_an_image_says_nothing_of_time_place_and_machine(cookline):
    show = noise(cookline)
    cookline("render", show, "--frames", "3", "--out", "a", "--no-sheet")
    cookline("render", show, "--frames", "2-4", "--out", cookline.folder / "b", "--no-sheet", "--threads", "1")
    assert (cookline.folder / "a/0.3.png").read_bytes() == (cookline.folder / "b/0.3.png").read_bytes()
    about = said(cookline.folder / "a/0.3.png")
    assert about["project"] == "show.tdn" and about["frame"] == 3 and about["sink"] == "/noise1" and (about["width"], about["height"]) == (24, 16)
    assert re.fullmatch("[0-9a-f]{32}", about["pixels"]) and not re.search(r'"/(?!noise1)', json.dumps(about))


def test_where_images_go_is_not_part_of_them(cookline):
    for out in ("a", "b"):
        folder = cookline.folder / out
        cookline.record(write(cookline.folder, limited(3)), "/recorder", "--set", f"/recorder/moviefileout1.file={folder}/0.0.png", "--frames", "1")
    assert digest(cookline.folder / "a") == digest(cookline.folder / "b")
    assert cookline("rerender", "a/0.0.png", "--check").code == 0


def test_overrides_size_rate_and_precision_are_kept(cookline):
    show = noise(cookline)
    cookline("render", show, "--frames", "7", "--out", "out", "--no-sheet", "--set", "period=0.3", "--res", "40x30", "--rate", "25", "--precision", "float32", "--format", "exr")
    cookline("rerender", "out/0.7.exr", "--check")


def test_a_second_take_is_made_again(cookline):
    take(cookline, "out", stateful(4, uniquesuff=True), arguments=["--takes", "3"])
    assert len(names(cookline.folder / "out")) == 12
    cookline("rerender", "out/2.3.png", "--check", "-o", "again")
    assert (cookline.folder / "again/2.3.png").read_bytes() == (cookline.folder / "out/2.3.png").read_bytes()


def test_a_changed_project_is_refused_unless_told(cookline):
    noise(cookline)
    cookline("render", noise(cookline), "--frames", "0", "--out", "out", "--no-sheet")
    noise(cookline, period=0.2)
    assert "was changed since" in cookline("rerender", "out/0.0.png", "--check", code=4).err
    assert "other pixels" in cookline("rerender", "out/0.0.png", "--check", "--anyway", code=5).out


def test_an_image_that_the_project_no_longer_makes_is_named(cookline):
    take(cookline, "out", limited(5))
    write(cookline.folder, limited(3))
    assert "does not make this image any more" in cookline("rerender", "out/0.4.png", "--check", "--anyway", code=5).err


@pytest.mark.parametrize("kind", ["bmp", "dds"])
def test_types_that_keep_nothing_say_so(cookline, kind):
    cookline("render", noise(cookline), "--frames", "0", "--out", "out", "--no-sheet", "--format", kind)
    assert "bmp and dds cannot" in cookline("rerender", f"out/0.0.{kind}", "--check", code=4).err


def test_provenance_can_be_left_out(cookline):
    show = noise(cookline)
    for out, more in (("with", []), ("without", ["--no-provenance"])):
        cookline("render", show, "--frames", "0-2", "--out", out, "--no-sheet", *more)
    assert "--no-provenance" in cookline("rerender", "without/0.0.png", "--check", code=4).err
    grown = (cookline.folder / "with/0.0.png").stat().st_size - (cookline.folder / "without/0.0.png").stat().st_size
    assert 0 < grown < 800
    whole = digest(cookline.folder / "without")
    (cookline.folder / "without/0.1.png").unlink()
    cookline("resume", "without", "--no-sheet")
    assert digest(cookline.folder / "without") == whole


def test_a_damaged_image_is_an_error_that_names_it(cookline):
    cookline("render", noise(cookline), "--frames", "0", "--out", "out", "--no-sheet")
    path = cookline.folder / "out/0.0.png"
    path.write_bytes(path.read_bytes().replace(b'"pixels"', b'"pixel5"'))
    assert "out/0.0.png" in cookline("rerender", "out/0.0.png", "--check", code=5).err
    assert "--check" in cookline("rerender", "out/0.0.png", code=2).err


def test_movies_beside_an_image_are_left_alone_when_it_is_made_again(cookline):
    movie = operator("movie1", "moviefileoutTOP", ["picture1"], type="movie", videocodec="rle", file="look.mov", record="=parent().par.Record")
    show = write(cookline.folder, recorder(movie))
    cookline.record(show, "/recorder", "--frames", 6, "--out", "out")
    before = (cookline.folder / "out" / "look.mov").read_bytes()
    assert "the same pixels" in cookline("rerender", "out/0.3.png", "--check").out
    cookline("rerender", "out/0.3.png", "-o", "again")
    assert names(cookline.folder / "again") == ["0.3.png"]
    assert (cookline.folder / "out" / "look.mov").read_bytes() == before
