"""--profile: where the time of a run went, and that looking at it changes nothing."""
import re

import pytest
from networks import limited, operator, recorder, script, write, WATCH_RECORD
from pictures import digest


def show():
    """A chain that cooks in tiles, a picture of its own, a CHOP, an expression and a callback."""
    return recorder(
        operator("noise1", "noiseTOP", outputresolution="custom", resolutionw=64, resolutionh=48, tz="=me.time.seconds"),
        operator("level1", "levelTOP", ["noise1"], brightness1="=0.5 + me.time.seconds"),
        operator("turn1", "compositeTOP", ["level1", "noise1"], operand="maximum", outputresolution="custom", resolutionw=32, resolutionh=24),
        operator("feedback1", "feedbackTOP", ["turn1"], top="turn1"),
        WATCH_RECORD, operator("count1", "countCHOP", ["parameter1"]),
        script("callback1", "onOffToOn", "parent().store('seen', 1)", offtoon=True),
        source=operator("picture1", "nullTOP", ["turn1"]), limitlength=True, length=5, lengthunit="indices")


def profile_of(done):
    """The event, which comes before the summary."""
    assert done.events[-2]["event"] == "profile" and done.events[-1]["event"] == "summary"
    return done.events[-2]


def test_the_figures_name_the_operators_and_add_up(cookline):
    name = write(cookline.folder, show())
    done = cookline.record(name, "/recorder", "--out", "out", "--json", "--profile")
    profile = profile_of(done)
    rows = {row["path"]: row for row in profile["operators"]}
    for path in ("noise1", "level1", "turn1"):
        row = rows["/recorder/" + path]
        assert row["cooks"] == done.summary["cooks"]["/recorder/" + path] >= 5
        assert row["calls"] >= row["cooks"] and row["cook_s"] > 0
    assert rows["/recorder/noise1"]["type"] == "noiseTOP"
    assert rows["/recorder/level1"]["python_s"] > 0 and rows["/recorder/callback1"]["python_s"] > 0
    assert rows["/recorder/parameter1"]["cooks"] > 0
    total = sum(row["cook_s"] + row["python_s"] for row in rows.values())
    assert total <= profile["seconds"]
    assert sum(row["share"] for row in rows.values()) == pytest.approx(1)
    times = [row["cook_s"] + row["python_s"] for row in profile["operators"]]
    assert times == sorted(times, reverse=True)
    assert profile["images"] == 5 and profile["encode_s"] > 0


def test_it_changes_no_byte_and_is_not_measured_unasked(cookline):
    name = write(cookline.folder, show())
    cookline.record(name, "/recorder", "--out", "plain", "--json")
    cookline.record(name, "/recorder", "--out", "out", "--profile")
    assert digest(cookline.folder / "out") == digest(cookline.folder / "plain")
    assert all(event["event"] != "profile" for event in cookline("resume", "plain", "--json").events)


def test_the_table_is_for_people(cookline):
    write(cookline.folder, limited(3))
    text = cookline.record("show.tdn", "/recorder", "--out", "out", "--quiet", "--profile").out
    lines = text.splitlines()
    assert re.match(r"operator +cooks +calls +cook ms +ms/cook +Python ms +share$", lines[0])
    assert any(re.match(r"/recorder/picture1 +3 +24 +[\d.]+ +[\d.]+ +[\d.]+ +[\d.]+ %$", line) for line in lines[1:-2])
    assert re.match(r"operators [\d.]+ s of [\d.]+ s; encoding 3 images [\d.]+ s of all threads$", lines[-2])
    assert lines[-1].startswith("3 images in ")


def test_the_graph_has_operators_wires_and_references(cookline):
    name = write(cookline.folder, show())
    cookline.record(name, "/recorder", "--out", "out", "--profile=times.dot")
    text = (cookline.folder / "times.dot").read_text()
    assert text.startswith("digraph cookline {") and text.rstrip().endswith("}")
    assert re.search(r'"/recorder/noise1" \[label="/recorder/noise1\\nnoiseTOP\\n[\d.]+ ms, [\d.]+ %", style=filled, fillcolor="[\d. ]+"\]', text)
    assert '"/recorder/noise1" -> "/recorder/level1";' in text
    assert '"/recorder/turn1" -> "/recorder/feedback1" [style=dashed];' in text
    assert text.count("{") == text.count("}") == 1


def test_a_graph_that_cannot_be_written_is_an_error(cookline):
    write(cookline.folder, limited(1))
    (cookline.folder / "times.dot").mkdir()
    assert "times.dot" in cookline.record("show.tdn", "/recorder", "--out", "out", "--profile=times.dot", code=2).err


def test_resume_and_render_have_it_too(cookline):
    write(cookline.folder, limited(3))
    rendered = cookline("render", "show.tdn", "--op", "/recorder/picture1", "--frames", "0-2", "--out", "r", "--json", "--profile", "--no-sheet")
    assert [(r["path"], r["cooks"]) for r in profile_of(rendered)["operators"] if r["cooks"]] == [("/recorder/picture1", 3)]
    (cookline.folder / "r/0.1.png").unlink()
    row = profile_of(cookline("resume", "r", "--json", "--profile", "--no-sheet"))["operators"]
    assert [(r["path"], r["cooks"]) for r in row if r["cooks"]] == [("/recorder/picture1", 1)]
