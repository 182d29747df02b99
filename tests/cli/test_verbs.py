"""Verbs, help, logs for machines, and what check and ops say."""
import json
import os
import pty
import subprocess

import pytest
from networks import custom, limited, operator, recorder, script, write
from pictures import names, png_size

VERBS = ["record", "render", "check", "plan", "ops", "python"]


def test_the_help_names_all_verbs_and_exit_codes(cookline):
    text = cookline("--help").out
    assert all(verb in text for verb in VERBS)
    assert "Exit codes" in text and "3 stopped early" in text


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_a_verb_teaches_with_an_example(cookline, verb):
    text = cookline(verb, "--help").out
    assert f"  cookline {verb} " in text


@pytest.mark.parametrize("arguments", [[], ["recrod", "x"], ["record", "--frobnicate"], ["ops", "noizTOP"], ["--nonsense"]])
def test_a_wrong_command_line_exits_with_2(cookline, arguments):
    done = cookline(*arguments, code=2)
    assert done.err


def test_a_misspelt_verb_is_told(cookline):
    assert "recrod" in cookline("recrod", "x.tdn", code=2).err


def test_a_misspelt_operator_type_gets_a_suggestion(cookline):
    assert "noiseTOP" in cookline("ops", "noizeTOP", code=2).err


def test_the_version_is_a_number(cookline):
    assert cookline("--version").out.strip()[0].isdigit()


def test_ops_lists_every_operator_with_a_sentence(cookline):
    lines = cookline("ops").out.splitlines()
    listed = json.loads(cookline("ops", "--json").out)
    assert len(lines) == len(listed) >= 30
    for line, entry in zip(lines, listed):
        kind, sentence = line.split(None, 1)
        assert kind == entry["type"] and sentence.endswith("."), line


def test_ops_tells_every_parameter_of_every_operator(cookline):
    for entry in json.loads(cookline("ops", "--json").out):
        for par in entry["pars"]:
            assert par["name"] and par["label"] and par["page"] and par["style"], (entry["type"], par)
            assert par["help"], (entry["type"], par["name"])
            assert "menuNames" in par or par["style"] != "Menu", (entry["type"], par["name"])


def test_ops_of_a_type_shows_ranges_menus_and_defaults(cookline):
    text = cookline("ops", "noiseTOP").out
    assert "simplex3d" in text and "period" in text and "resolutionw" in text
    assert json.loads(cookline("ops", "noiseTOP", "--json").out)["type"] == "noiseTOP"


def test_json_lines_parse_and_add_up(cookline):
    show = write(cookline.folder, limited(3))
    done = cookline("record", show, "/recorder", "--out", "out", "--json")
    images = [event for event in done.events if event["event"] == "image"]
    assert sorted(event["index"] for event in images) == [0, 1, 2]
    for event in images:
        path = cookline.folder / event["path"]
        assert path.stat().st_size == event["bytes"] and event["take"] == 0 and event["frame"] == event["index"] and event["encode_s"] >= 0
    summary = done.summary
    assert summary["images"] == 3 and summary["bytes"] == sum(event["bytes"] for event in images) and not summary["stopped"]
    assert summary["folder"] == str(cookline.folder / "out") and png_size(cookline.folder / summary["contact_sheet"])[0] > 0


def test_without_a_terminal_every_image_is_a_line_and_a_summary_follows(cookline):
    show = write(cookline.folder, limited(3))
    lines = cookline("record", show, "/recorder", "--out", "out").out.splitlines()
    assert len(lines) == 5 and sorted(lines[:3]) == [str(cookline.folder / f"out/0.{i}.png") for i in range(3)]
    assert lines[3].startswith("3 images in ") and "images/s" in lines[3] and "kB" in lines[3]
    assert lines[4].startswith("contact sheet: ")


def test_quiet_prints_the_summary_alone(cookline):
    show = write(cookline.folder, limited(3))
    assert len(cookline.record(show, "/recorder", "--out", "out", "--quiet").out.splitlines()) == 1
    assert len(cookline.record(show, "/recorder", "--out", "out", "--overwrite", "--quiet", "--json").events) == 1


def test_options_come_in_any_order(cookline):
    show = write(cookline.folder, limited(1))
    cookline("record", "--out", "out", "--no-sheet", show, "--rate", 24, "/recorder")
    assert names(cookline.folder / "out") == ["0.0.png"]


@pytest.mark.parametrize("frames, expected", [("3", [3]), ("0-2", [0, 1, 2]), ("1-7x3", [1, 4, 7]), ("9,2,2-3", [2, 3, 9])])
def test_render_takes_frame_lists(cookline, frames, expected):
    show = write(cookline.folder, recorder())
    cookline("render", show, "--op", "/recorder/picture1", "--frames", frames, "--out", "out", "--no-sheet")
    assert names(cookline.folder / "out") == [f"0.{i}.png" for i in expected]


@pytest.mark.parametrize("frames", ["3-1", "x", "1-", "1-5x0", "-1", "1;2", "0-99999999999"])
def test_render_refuses_what_is_no_frame_list(cookline, frames):
    show = write(cookline.folder, recorder())
    assert "--frames" in cookline("render", show, "--op", "/recorder/picture1", f"--frames={frames}", "--out", "out", code=2).err


def test_render_and_record_agree(cookline):
    show = write(cookline.folder, limited(3))
    cookline.record(show, "/recorder", "--out", "recorded", "--no-provenance")
    cookline("render", show, "--op", "/recorder/picture1", "--frames", "0-2", "--out", "rendered", "--no-sheet", "--no-provenance")
    for i in range(3):
        assert (cookline.folder / f"recorded/0.{i}.png").read_bytes() == (cookline.folder / f"rendered/0.{i}.png").read_bytes()


def test_render_of_a_jpeg_at_another_size(cookline):
    from pictures import jpeg_size
    show = write(cookline.folder, recorder())
    cookline("render", show, "--op", "/recorder/picture1", "--frames", 0, "--format", "jpeg", "--res", "48x24", "--take", 3, "--file", "look", "--out", "out", "--no-sheet")
    assert jpeg_size(cookline.folder / "out/look.3.0.jpg") == (48, 24)


def test_render_needs_to_know_which_top(cookline):
    show = write(cookline.folder, recorder())
    assert "--op" in cookline("render", show, code=2).err
    assert "no picture" in cookline("render", show, "--op", "/recorder", code=2).err


def test_check_tells_what_can_be_recorded(cookline):
    show = write(cookline.folder, recorder())
    done = cookline("check", show)
    assert f"cookline record {show} /recorder" in done.out and "0 errors" in done.out
    found = json.loads(cookline("check", show, "--json").out)
    assert found["record"] == ["/recorder"] and found["operators"]["constantTOP"] == 1 and found["expressions"] >= 3


def test_check_runs_no_python(cookline):
    spy = "open('ran', 'w').close()"
    show = write(cookline.folder, recorder(operator("exec1", "executeDAT", start=True, create=True, framestart=True, text=f"def onStart():\n    {spy}\ndef onCreate():\n    {spy}\n{spy}\n"),
                                           operator("value1", "constantCHOP", const0value=f"={spy} or 1"), script("watch1", "onOffToOn", spy, chop="value1"), pars=[custom("Value", "Float", value=f"={spy} or 1")]))
    cookline("check", show)
    assert not (cookline.folder / "ran").exists()
    cookline.record(show, "/recorder", "--frames", 1, "--out", "out")
    assert (cookline.folder / "ran").exists()


def test_check_finds_what_record_would_stumble_over(cookline):
    show = write(cookline.folder, recorder(operator("select1", "selectTOP", top="nowhere"), operator("strange1", "wobbleTOP")))
    done = cookline("check", show, code=4)
    assert "nowhere" in done.out and "select1" in done.out and "wobbleTOP" in done.out and "1 errors, 1 warnings" in done.out


def test_check_reports_errors_of_the_file(cookline):
    (cookline.folder / "broken.tdn").write_text("format: tdn\nversion: '2.0'\noperators: [\n")
    assert "broken.tdn:" in cookline("check", "broken.tdn", code=4).err


def test_a_terminal_gets_a_progress_bar(cookline):
    slow = operator("exec1", "executeDAT", framestart=True, text="import time\ndef onFrameStart(frame):\n    time.sleep(0.02)\n")
    show = write(cookline.folder, recorder(slow))
    ours, theirs = pty.openpty()
    arguments = [cookline.program, "record", show, "/recorder", "--frames", "40", "--out", "out"]
    process = subprocess.Popen(arguments, cwd=cookline.folder, stdout=subprocess.PIPE, stderr=theirs, text=True)
    out, _ = process.communicate(timeout=60)
    bar = os.read(ours, 100_000).decode()
    os.close(ours)
    os.close(theirs)
    assert "#" in bar and "%" in bar and "images/s" in bar and "ETA" in bar and "\n" not in bar
    assert out.startswith("40 images in ")


def test_what_scripts_print_is_a_log_event_in_json(cookline):
    hello = operator("exec1", "executeDAT", start=True, text="def onStart():\n    print('hello')\n    debug('there')\n")
    events = cookline.record(write(cookline.folder, limited(1), hello), "/recorder", "--out", "out", "--json").events
    logs = [(event["level"], event["text"]) for event in events if event["event"] == "log"]
    assert ("info", "hello") in logs and ("debug", "there") in logs


BOMB = "".join(f"{name}: &{name} [{', '.join(['*' + below] * 9 if below else ['x'] * 9)}]\n" for below, name in zip(["", *"abcdefgh"], "abcdefghi"))


@pytest.mark.parametrize("text", ["[" * 100_000, BOMB, "\x00\xff", "operators: 3", "", "{" * 1000, "format: tdn\noperators: [{name: 1, type: [2]}]\n"])
def test_a_hostile_file_is_an_error_and_soon(cookline, text):
    (cookline.folder / "hostile.tdn").write_text(text)
    assert "hostile.tdn" in cookline("check", "hostile.tdn", code=4, timeout=20).err
