"""Takes that can be trusted: logs, verify, missing and resume, through kills, full disks and files that were swapped."""
import json
import os
import random
import shutil
import signal
import subprocess
import time

import pytest
from networks import WATCH_RECORD, custom, limited, operator, recorder, script, write
from pictures import digest, names


def stateful(images, file_type="png", **movie):
    """A take whose every frame depends on those before: image feedback, a timer, a count and a callback that edits."""
    return recorder(
        operator("noise1", "noiseTOP", outputresolution="custom", resolutionw=48, resolutionh=32, tz="=me.time.seconds", mono=False),
        operator("feedback1", "feedbackTOP", ["noise1"], top="trail1"),
        operator("fade1", "levelTOP", ["feedback1"], opacity=0.9),
        operator("trail1", "compositeTOP", ["noise1", "fade1"], operand="maximum"),
        operator("look1", "levelTOP", ["trail1"], brightness1=1),
        WATCH_RECORD,
        operator("count1", "countCHOP", ["parameter1"], offtoon="none", ontooff="inc"),
        operator("timer1", "timerCHOP", length=0.2, cycle=True, play=True, initialize=True),
        operator("execute1", "executeDAT", framestart=True, text="def onFrameStart(frame):\n    op('look1').par.brightness1 = 0.5 + (frame * 7 % 10) / 10\n"),
        source=operator("picture1", "nullTOP", ["look1"]), imagefiletype=file_type,
        limitlength=True, length=images, lengthunit="indices", **movie)


def take(cookline, out, *operators, arguments=(), **options):
    """Records into a folder of its own."""
    return cookline.record(write(cookline.folder, *operators), "/recorder", "--out", out, *arguments, **options)


def test_an_undisturbed_take_verifies_and_its_log_says_what_it_is(cookline):
    take(cookline, "out", limited(3))
    assert "3 images verified" in cookline("verify", "out").out
    lines = [json.loads(line) for line in (cookline.folder / "out/0.take.jsonl").read_text().splitlines()]
    assert [line["event"] for line in lines] == ["take", "image", "image", "image", "end"]
    assert lines[0]["recipe"]["op"] == "/recorder" and lines[0]["rate"] == "60/1" and (lines[0]["width"], lines[0]["height"]) == (16, 8)
    assert {line["name"] for line in lines[1:4]} == {"0.0.png", "0.1.png", "0.2.png"}
    for line in lines[1:4]:
        assert line["bytes"] == (cookline.folder / "out" / line["name"]).stat().st_size
        assert len(line["pixels"]) == len(line["file"]) == 32


def test_verify_names_every_kind_of_wrong_file(cookline):
    take(cookline, "out", stateful(12))
    take(cookline, "other", stateful(12), arguments=["--set", "/recorder/moviefileout1.n=1", "--set", "/recorder/moviefileout1.length=4"])
    out = cookline.folder / "out"
    for path in (cookline.folder / "other").iterdir():
        shutil.copy(path, out)
    (out / "0.1.png").unlink()
    whole = (out / "0.2.png").read_bytes()
    (out / "0.2.png").write_bytes(whole[:len(whole) // 2])
    shutil.copy(out / "0.4.png", out / "0.3.png")
    (out / "0.5.png").write_bytes(b"x")
    shutil.copy(out / "1.3.png", out / "0.6.png")
    (out / "0.7.png").write_bytes(b"\xff\xd8\xff\xe0" + bytes(5000))
    (out / "0.8.png").write_bytes(whole[:-1] + b"y" + b"z" * 300)
    shutil.copy(out / "0.0.png", out / "0.12.png")
    found = {event["name"]: event["what"] for event in cookline("verify", "out", "--json", code=5).events if event["event"] == "finding"}
    assert found.pop("0.1.png") == "is missing"
    assert found.pop("0.2.png").startswith("is cut off")
    assert found.pop("0.3.png") == "is the picture of 0.4.png"
    assert found.pop("0.5.png").startswith("is cut off: 1 bytes")
    # The second take begins as the first one: its picture may be known by either name.
    assert "1.3.png of another take" in found["0.6.png"] or found["0.6.png"] == "is the picture of 0.3.png"
    found.pop("0.6.png")
    assert found.pop("0.7.png") == "is a jpg file under the name of a png"
    assert "changed" in found.pop("0.8.png")
    assert found.pop("0.12.png").startswith("is not in the log")
    assert not found
    assert cookline("missing", "out/0.take.jsonl", code=5).out.strip().endswith("1-3,5-8")
    cookline("resume", "out", "--no-sheet")
    (out / "0.12.png").unlink()
    cookline("verify", "out")


def test_with_one_thread_an_image_is_on_disk_before_the_next_is_cooked(cookline):
    show = stateful(20)
    show["children"].append(operator("end1", "executeDAT", framestart=True, text="import os\ndef onFrameStart(frame):\n    if os.path.exists('out/0.7.png'): os._exit(9)\n"))
    assert take(cookline, "out", show, arguments=["--threads", 1], code=9).code == 9
    assert names(cookline.folder / "out") == [f"0.{i}.png" for i in range(8)]


def test_resume_equals_a_run_that_was_never_interrupted(cookline):
    take(cookline, "whole", stateful(20))
    take(cookline, "out", stateful(20))
    out = cookline.folder / "out"
    for name in ("0.0.png", "0.7.png", "0.19.png"):
        (out / name).unlink()
    done = cookline("resume", "out", "--json", "--no-sheet")
    assert sorted(event["index"] for event in done.events if event["event"] == "image") == [0, 7, 19]
    assert done.summary["kept"] == 17
    assert digest(out) == digest(cookline.folder / "whole")
    assert "nothing to do: all 20 images" in cookline("resume", "out").out
    (out / "0.3.png").unlink()
    assert "; 19 were there already" in cookline("resume", "out", "--quiet").out


def test_a_run_killed_after_its_last_image_is_brought_to_its_end(cookline):
    take(cookline, "out", limited(3))
    log = cookline.folder / "out/0.take.jsonl"
    log.write_text(log.read_text().replace('{"event":"end"}\n', '{"eve'))
    (cookline.folder / "out/0.2.png.0123456789abcdef.tmp").write_text("left behind")
    another = cookline.folder / "out/0.look.7.3.png.0123456789abcdef.tmp"
    another.write_text("of another take, which may be written right now")
    assert "did not come to its end" in cookline("verify", "out", code=5).out
    assert cookline("resume", "out", "--json").summary["images"] == 0
    cookline("verify", "out")
    another.unlink()
    assert names(cookline.folder / "out") == ["0.0.png", "0.1.png", "0.2.png"]


def test_resume_cooks_only_what_is_missing(cookline):
    take(cookline, "out", limited(20))
    (cookline.folder / "out/0.11.png").unlink()
    assert cookline("resume", "out", "--json", "--no-sheet").summary["cooks"] == {"/recorder/picture1": 1}


def reach_progress(running, log, lines):
    """Waits until the log of a running take has so many lines, or the run ended: a moment that a busy machine only puts off."""
    while running.poll() is None and (log.read_bytes().count(b"\n") if log.exists() else 0) < lines:
        time.sleep(0.0005)


@pytest.mark.parametrize("file_type, moments", [("png", 100), ("jpeg", 100)])
def test_a_take_killed_at_any_moment_is_resumed_to_the_same_bytes(cookline, file_type, moments):
    show = stateful(40, file_type)
    take(cookline, "whole", show)
    expected, chance = digest(cookline.folder / "whole"), random.Random(file_type)
    interrupted = 0
    for moment in range(moments):
        out = cookline.folder / f"out{moment}"
        running = cookline.start("record", "show.tdn", "/recorder", "--out", out.name, "--no-sheet", "--quiet")
        reach_progress(running, out / "0.take.jsonl", lines=chance.randrange(42))
        time.sleep(0.005 * chance.random())
        running.kill()
        running.communicate()
        if not list(out.glob("*.take.jsonl")):  # killed before its first image
            take(cookline, out.name, show, arguments=["--overwrite"])
        else:
            interrupted += (out / "0.take.jsonl").read_text().count('"end"') == 0
            cookline("resume", out.name, "--no-sheet", "--quiet")
        assert names(out) == names(cookline.folder / "whole"), f"after a kill at moment {moment}"
        assert digest(out) == expected, f"after a kill at moment {moment}"
        cookline("verify", out.name)
        shutil.rmtree(out)
    assert interrupted > moments / 10


def test_several_takes_with_unique_numbers_are_resumed_under_the_same_numbers(cookline):
    show = recorder(uniquesuff=True)
    (cookline.folder / "out").mkdir()
    (cookline.folder / "out/0.0.png").write_bytes(b"another take")
    take(cookline, "out", show, arguments=["--frames", 3, "--takes", 3])
    expected = digest(cookline.folder / "out")
    assert names(cookline.folder / "out") == ["0.0.png"] + [f"{n}.{i}.png" for n in (1, 2, 3) for i in range(3)]
    (cookline.folder / "out/2.1.png").unlink()
    cookline("resume", "out", "--no-sheet")
    assert digest(cookline.folder / "out") == expected


def test_a_stopped_run_goes_on_where_it_was(cookline):
    take(cookline, "whole", stateful(300))
    running = cookline.start("record", "show.tdn", "/recorder", "--out", "out", "--no-sheet")
    while not running.stdout.readline().strip().endswith("0.5.png"):
        pass
    running.send_signal(signal.SIGINT)
    running.communicate()
    assert running.returncode == 3
    if "did not come to its end" in cookline("verify", "out", code=5).out:
        cookline("resume", "out", "--no-sheet")
    assert digest(cookline.folder / "out") == digest(cookline.folder / "whole")


def test_logs_of_many_takes_at_a_time_end_once_and_at_the_end(cookline):
    # More sinks than logs are held open: each take goes on after its log was closed and opened again.
    sinks = [operator(f"out{i}", "moviefileoutTOP", ["picture1"], type="imagesequence", imagefiletype="png", file=f"s{i}", record="=parent().par.Record") for i in range(40)]
    take(cookline, "out", recorder(*sinks), arguments=["--frames", 3])
    logs = list((cookline.folder / "out").glob("*.take.jsonl"))
    assert len(logs) == 41
    for log in logs:
        events = [json.loads(line)["event"] for line in log.read_text().splitlines()]
        assert events == ["take", "image", "image", "image", "end"], log.name
    cookline("verify", "out")


def test_a_take_with_pixels_that_are_no_numbers_is_resumed_by_its_own_policy(cookline):
    noise = operator("noise1", "noiseTOP", outputresolution="custom", resolutionw=8, resolutionh=8, amp=1e30, format="rgba32float")
    show = recorder(noise, source=operator("picture1", "compositeTOP", ["noise1", "noise1"], operand="multiply", format="rgba32float"))
    take(cookline, "out", show, arguments=["--frames", 2, "--on-nan", "warn"])
    (cookline.folder / "out/0.1.png").unlink()
    cookline("resume", "out", "--no-sheet", "--fsync", "file")
    cookline("verify", "out")


def test_resume_refuses_another_project_and_says_what_differs(cookline):
    take(cookline, "out", limited(3))
    (cookline.folder / "out/0.1.png").unlink()
    write(cookline.folder, limited(3, source=operator("picture1", "constantTOP", colorr=1)))
    assert "show.tdn was changed since" in cookline("resume", "out", code=4).err
    assert not (cookline.folder / "out/0.1.png").exists()
    cookline("resume", "out", "--anyway", "--no-sheet")
    assert "was made by another project" in cookline("verify", "out", code=5).out


def test_frames_of_render_are_resumed_too(cookline):
    write(cookline.folder, operator("picture1", "noiseTOP", tz="=me.time.seconds"))
    cookline("render", "show.tdn", "--frames", "0-9", "--res", "32x32", "--out", "whole", "--no-sheet")
    cookline("render", "show.tdn", "--frames", "0-3", "--res", "32x32", "--out", "out", "--no-sheet")
    cookline("render", "show.tdn", "--frames", "4-9", "--res", "32x32", "--out", "out", "--no-sheet")
    for name in ("0.2.png", "0.8.png"):
        (cookline.folder / "out" / name).unlink()
    assert cookline("missing", "out", code=5).out.strip() == "out/0: 2,8"
    cookline("resume", "out", "--no-sheet")
    assert digest(cookline.folder / "out") == digest(cookline.folder / "whole")


def test_a_take_that_was_moved_is_resumed_where_it_is(cookline):
    take(cookline, "out", limited(4), arguments=["--set", "/recorder/moviefileout1.file=deep/look"])
    (cookline.folder / "out/deep/look.0.2.png").unlink()
    (cookline.folder / "out").rename(cookline.folder / "elsewhere")
    cookline("resume", "elsewhere/deep", "--no-sheet")
    assert names(cookline.folder / "elsewhere/deep") == [f"look.0.{i}.png" for i in range(4)]
    assert not (cookline.folder / "out").exists()


def test_two_processes_do_not_write_one_take(cookline):
    write(cookline.folder, stateful(2000))
    first = cookline.start("record", "show.tdn", "/recorder", "--out", "out", "--no-sheet")
    first.stdout.readline()
    second = cookline("record", "show.tdn", "/recorder", "--out", "out", "--no-sheet", "--overwrite", code=1)
    assert "another process is writing this take" in second.err
    first.send_signal(signal.SIGINT)
    first.communicate()


@pytest.mark.parametrize("what", ["nothing", "a file", "no log"])
def test_a_take_that_is_none_is_an_error_that_says_what_is_wanted(cookline, what):
    (cookline.folder / "empty").mkdir()
    (cookline.folder / "text.take.jsonl").write_text("hello\n{}\n[]\n")
    name, code, words = {"nothing": ("nowhere", 2, "no such folder"), "a file": ("text.take.jsonl", 5, "no header"), "no log": ("empty", 2, "no take in this folder")}[what]
    for verb in ("verify", "missing", "resume"):
        assert words in cookline(verb, name, code=code).err


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting a small disk needs root")
def test_a_full_disk_keeps_what_is_verified_and_resume_finishes_when_there_is_room(cookline):
    disk = cookline.folder / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk], check=False, capture_output=True).returncode != 0:
        pytest.skip("this machine does not let root mount")
    try:
        show = stateful(60)
        take(cookline, "whole", show)
        done = take(cookline, "disk", show, code=1)
        assert "No space left" in done.err or "full" in done.err or "space" in done.err
        assert not list(disk.glob("*.tmp"))
        report = cookline("verify", "disk", code=5).out
        assert "did not come to its end" in report and "wrong" not in report
        subprocess.run(["mount", "-o", "remount,size=16m", disk], check=True)
        cookline("resume", "disk", "--no-sheet")
        assert digest(disk) == digest(cookline.folder / "whole")
    finally:
        subprocess.run(["umount", disk], check=False)
