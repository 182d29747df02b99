"""OpenEXR files of several TOPs: names, depths, parts, headers, logs and provenance, read by a reader of their headers alone."""
import json
import struct

import pytest
from networks import limited, operator, recorder, write
from pictures import digest, names
from test_resume import stateful

LAYERS = [{"r": "R"}, {"top": "normals1", "r": "N.X", "g": "N.Y", "b": "N.Z", "a": ""}, {"top": "depth1", "r": "depth.Z", "g": "", "b": "", "a": ""}]


def changed(block, **changes):
    """The layers with another block."""
    return [{**values, **changes} if i == block else values for i, values in enumerate(LAYERS)]


def tops(depth_width=16):
    """Two moving TOPs besides the input."""
    size = {"outputresolution": "custom", "resolutionh": 8, "tz": "=me.time.seconds"}
    return [operator("normals1", "noiseTOP", resolutionw=16, mono=False, format="rgba32float", **size),
            operator("depth1", "noiseTOP", resolutionw=depth_width, format="mono32float", seed=3, **size)]


def headers(path):
    """The headers of all parts, each attribute → (type, bytes)."""
    data = path.read_bytes()
    version = struct.unpack("<I", data[4:8])[0]
    assert data[:4] == b"\x76\x2f\x31\x01" and version & 255 == 2
    at, found = 8, []
    while True:
        header = {}
        while data[at]:
            name, kind = data[at:].split(b"\0", 2)[:2]
            at += len(name) + len(kind) + 2
            size = struct.unpack("<I", data[at:at + 4])[0]
            header[name.decode()] = (kind.decode(), data[at + 4:at + 4 + size])
            at += 4 + size
        at += 1
        found.append(header)
        if not version & 0x1000 or not data[at]:
            return found


def channels(header):
    """Name → half or float."""
    found, rest = {}, header["channels"][1]
    while rest[0]:
        name, rest = rest.split(b"\0", 1)
        found[name.decode()] = {1: "half", 2: "float"}[struct.unpack("<I", rest[:4])[0]]
        rest = rest[16:]
    return found


def several(others, images, layers=None, **movie):
    """A recorder of OpenEXR files of the input and further TOPs."""
    return recorder(*others, limitlength=True, length=images, lengthunit="indices", imagefiletype="exr", sequences={"input": layers or LAYERS}, **movie)


def record(cookline, *arguments, others=None, layers=None, out="out", code=0, **movie):
    """A take of three."""
    show = write(cookline.folder, several(others or tops(), 3, layers, **movie))
    return cookline.record(show, "/recorder", "--out", out, *arguments, code=code)


def test_additional_inputs_are_layers_with_their_names_and_depths(cookline):
    record(cookline)
    assert names(cookline.folder / "out") == ["0.0.exr", "0.1.exr", "0.2.exr"]
    [header] = headers(cookline.folder / "out/0.1.exr")
    assert channels(header) == {"A": "half", "B": "half", "G": "half", "R": "half", "N.X": "float", "N.Y": "float", "N.Z": "float", "depth.Z": "float"}
    assert "3 images verified" in cookline("verify", "out").out
    cookline("rerender", "out/0.1.exr", "--check")


def test_parts_may_differ_in_size(cookline):
    record(cookline, "--exr", "parts", others=tops(depth_width=31))
    first, normals, depth = headers(cookline.folder / "out/0.2.exr")
    assert [h["name"][1] for h in (first, normals, depth)] == [b"rgba", b"N", b"depth"]
    assert struct.unpack("<4i", depth["dataWindow"][1]) == (0, 0, 30, 7) and depth["displayWindow"] == first["displayWindow"]
    assert "cookline" in first and "cookline" not in depth
    cookline("rerender", "out/0.2.exr", "--check", "-o", "again")
    assert (cookline.folder / "again/0.2.exr").read_bytes() == (cookline.folder / "out/0.2.exr").read_bytes()


def test_layers_of_another_size_are_an_error_that_names_the_top(cookline):
    done = record(cookline, others=tops(depth_width=31), code=4)
    assert "/recorder/depth1" in done.err and "31 x 8" in done.err and "--exr parts" in done.err


@pytest.mark.parametrize("layers, place", [(changed(2, r="N.X"), "/recorder/depth1"), (changed(1, top="gone1"), "gone1"),
                                           (changed(0, top="depth1"), "/recorder/moviefileout1.input0top"),
                                           (changed(1, r="a\tb"), "/recorder/moviefileout1.input1r")])
def test_names_that_are_taken_and_tops_that_are_not_there_are_errors(cookline, layers, place):
    assert place in record(cookline, layers=layers, code=4).err


def test_check_names_a_top_that_is_not_there_before_the_first_frame(cookline):
    write(cookline.folder, several(tops(), 1, changed(1, top="gone1")))
    assert "gone1" in cookline("check", "show.tdn", code=4).text


def test_the_pixel_hash_covers_every_layer(cookline):
    def hashes(out, *arguments):
        record(cookline, *arguments, out=out)
        lines = [json.loads(line) for line in (cookline.folder / out / "0.take.jsonl").read_text().splitlines()]
        return [line["pixels"] for line in sorted((line for line in lines if line["event"] == "image"), key=lambda line: line["index"])]
    plain = hashes("a")
    assert plain == hashes("b") and digest(cookline.folder / "a") == digest(cookline.folder / "b")
    other = hashes("c", "--set", "/recorder/depth1.seed=4")
    assert all(one != two for one, two in zip(plain, other))


def test_a_header_source_dat_is_in_the_header(cookline):
    table = operator("notes1", "tableDAT", text="owner\tme\nshot\t0120\ngain\t1.5\tfloat\nframesPerSecond\t30000/1001\t")
    record(cookline, others=[*tops(), table], headerdat="notes1", pointcloud=True)
    [header] = headers(cookline.folder / "out/0.0.exr")
    assert header["owner"] == ("string", b"me") and header["shot"] == ("string", b"0120")
    assert header["gain"] == ("float", struct.pack("<f", 1.5))
    assert header["framesPerSecond"] == ("rational", struct.pack("<iI", 30000, 1001))
    assert header["pointcloud"] == ("int", b"\1\0\0\0")


@pytest.mark.parametrize("text, row, reason", [("owner\tme\nchannels\tall", 1, "has of itself"), ("a\t1\na\t2", 1, "row above"), ("a", 0, "1 cells"),
                                               ("gain\tmuch\tfloat", 0, "no value of type float"), ("gain\t1\tweight", 0, "not the type")])
def test_a_row_that_no_header_can_have_is_an_error_that_names_it(cookline, text, row, reason):
    done = record(cookline, others=[*tops(), operator("notes1", "tableDAT", text=text)], headerdat="notes1", code=4)
    assert f"/recorder/notes1 row {row}" in done.err and reason in done.err


def test_a_take_with_feedback_in_a_layer_resumes_to_the_same_bytes(cookline):
    layers = [{}, {"top": "trail1", "r": "t.R", "g": "t.G", "b": "t.B", "a": "t.A"}, {"top": "noise1", "r": "n.R", "g": "n.G", "b": "n.B", "a": ""}]
    show = write(cookline.folder, stateful(10, "exr", sequences={"input": layers}))
    for out in ("whole", "broken"):
        cookline.record(show, "/recorder", "--out", out)
    for index in (3, 4, 9):
        (cookline.folder / f"broken/0.{index}.exr").unlink()
    assert cookline("missing", "broken", code=5).out.strip().endswith("3-4,9")
    cookline("resume", "broken", "--no-sheet")
    assert digest(cookline.folder / "whole") == digest(cookline.folder / "broken")


def test_black_in_place_of_a_picture_has_all_layers(cookline):
    size = {"outputresolution": "custom", "resolutionw": 16, "resolutionh": 8, "format": "rgba32float"}
    bright = operator("bright1", "constantTOP", colorr=3e38, **size)
    bad = operator("depth1", "levelTOP", ["bright1"], format="mono32float", brightness1="=1e30 if absTime.frame == 2 else 0.5")
    show = write(cookline.folder, several([tops()[0], bright, bad], 3))
    cookline.record(show, "/recorder", "--out", "out", "--on-nan", "black", code=5)
    assert [set(channels(headers(cookline.folder / f"out/0.{i}.exr")[0])) for i in range(3)] == [{"A", "B", "G", "R", "N.X", "N.Y", "N.Z", "depth.Z"}] * 3


def test_movie_file_in_reads_the_picture_and_tells_of_the_layers(cookline):
    record(cookline, "--exr", "parts")
    show = write(cookline.folder, operator("pic", "moviefileinTOP", file="out/0.*.exr"),
                 operator("about", "infoDAT", op="pic"),
                 operator("tell", "executeDAT", framestart=True,
                          text="def onFrameStart(frame):\n    open('said.txt', 'w').write(repr(dict(op('pic').metadata)) + op('about').text)\n"),
                 name="play.tdn")
    cookline("render", show, "--op", "/pic", "--frames", "1", "--format", "exr", "--out", "played", "--no-sheet")
    assert channels(headers(cookline.folder / "played/0.1.exr")[0]) == {"A": "half", "B": "half", "G": "half", "R": "half"}
    said = (cookline.folder / "said.txt").read_text()
    assert "'parts': 'rgba N depth'" in said and "'channels of N': 'N.X N.Y N.Z'" in said
    assert "\nparts\trgba N depth\n" in said and "\nchannels of depth\tdepth.Z" in said


def test_other_types_and_movies_take_no_notice_of_the_page(cookline):
    show = write(cookline.folder, recorder(*tops(), limitlength=True, length=1, lengthunit="indices", sequences={"input": changed(1, top="gone1")}))
    cookline.record(show, "/recorder", "--out", "png")
    assert names(cookline.folder / "png") == ["0.0.png"]


def test_a_recorder_without_blocks_writes_what_it_did_before(cookline):
    cookline.record(write(cookline.folder, limited(1, imagefiletype="exr")), "/recorder", "--out", "out")
    assert channels(headers(cookline.folder / "out/0.0.exr")[0]) == {"A": "half", "B": "half", "G": "half", "R": "half"}
