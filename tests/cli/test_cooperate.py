"""--cooperate: processes that share one take, some of which die or are stopped; the take is that of one process."""
import json
import os
import shutil
import signal
import subprocess
import time

import pytest
from networks import limited, operator, recorder, write
from pictures import digest, names
from test_resume import stateful

IMAGES = 120


def undisturbed(cookline, wait, *arguments):
    """Writes a project whose frames begin with a line of Python, and makes its take as one process."""
    show = stateful(IMAGES)
    show["children"].append(operator("slow1", "executeDAT", framestart=True, text=f"import os, time\ndef onFrameStart(frame):\n    {wait}\n"))
    write(cookline.folder, show)
    cookline.record("show.tdn", "/recorder", "--out", "whole", *arguments)
    return cookline.folder / "whole"


@pytest.fixture
def whole(cookline):
    """The folder of an undisturbed take."""
    return undisturbed(cookline, "time.sleep(0.004)")


def start(cookline, *arguments, out="out"):
    """One of the processes."""
    return cookline.start("record", "show.tdn", "/recorder", "--out", out, "--cooperate", "--json", "--threads", 1, *arguments)


def finish(process, code=0):
    """Waits; gives the images it made and its last line."""
    out, err = process.communicate(timeout=120)
    assert process.returncode == code, err
    events = [json.loads(line) for line in out.splitlines()]
    return [event["index"] for event in events if event["event"] == "image"], events[-1] if events else None


def wait_for_images(folder, count):
    """Waits until so many images are there."""
    for _ in range(6000):
        if len(list(folder.glob("*.png"))) >= count:
            return
        time.sleep(0.005)
    raise AssertionError(f"no {count} images within 30 seconds")


def check(cookline, whole, out="out"):
    """The take is whole, clean and that of one process."""
    folder = cookline.folder / out
    assert names(folder) == names(whole)
    assert digest(folder) == digest(whole)
    assert f"{IMAGES} images verified" in cookline("verify", out).out
    lines = [json.loads(line)["event"] for line in (folder / "0.take.jsonl").read_text().splitlines()]
    assert lines[0] == "take" and lines[-1] == "end" and lines.count("take") == 1


@pytest.mark.parametrize("count", [1, 2, 3])
def test_processes_share_a_take_and_it_is_that_of_one(cookline, whole, count):
    processes = [start(cookline) for _ in range(count)]
    done = [finish(process) for process in processes]
    check(cookline, whole)
    assert sorted(index for made, _ in done for index in made) == list(range(IMAGES)), "each image is made once"
    for made, summary in done:
        assert summary["images"] == len(made) and summary["kept"] == IMAGES - len(made)


def test_a_process_that_comes_late_takes_its_part_and_one_that_comes_too_late_has_nothing_to_do(cookline, whole):
    first = start(cookline)
    wait_for_images(cookline.folder / "out", 10)
    second = start(cookline)
    (one, _), (two, _) = finish(first), finish(second)
    assert sorted(one + two) == list(range(IMAGES))
    made, summary = finish(start(cookline))
    assert made == [] and summary["kept"] == IMAGES
    check(cookline, whole)


@pytest.mark.parametrize("when", [1, 17, 60])
def test_the_work_of_a_killed_process_is_taken_over(cookline, whole, when):
    first, second = start(cookline), start(cookline)
    wait_for_images(cookline.folder / "out", when)
    first.kill()
    first.communicate()
    finish(second)
    check(cookline, whole)


def test_what_processes_leave_that_were_all_killed_is_resumed_by_one_or_by_several(cookline, whole):
    for go_on in (["resume", "out"], ["resume", "out", "--cooperate"]):
        first, second = start(cookline), start(cookline)
        wait_for_images(cookline.folder / "out", 20)
        for process in (first, second):
            process.kill()
            process.communicate()
        assert "did not come to its end" in cookline("verify", "out", code=5).out
        if "--cooperate" in go_on:
            helper = cookline.start(*go_on)
        cookline(*go_on, "--no-sheet")
        if "--cooperate" in go_on:
            assert helper.wait(60) == 0
            helper.communicate()
        check(cookline, whole)
        shutil.rmtree(cookline.folder / "out")


def test_a_process_that_was_stopped_past_its_lease_harms_nothing(cookline, whole):
    first = start(cookline, "--lease", 1)
    wait_for_images(cookline.folder / "out", 3)
    first.send_signal(signal.SIGSTOP)
    try:
        assert not (cookline.folder / "out/0.119.png").exists()
        second = start(cookline, "--lease", 1)
        made, _ = finish(second)
        assert len(made) >= IMAGES - 70
        assert digest(cookline.folder / "out", "*.png") == digest(whole, "*.png")
    finally:
        first.send_signal(signal.SIGCONT)
    finish(first)
    check(cookline, whole)


def test_a_process_that_is_asked_to_stop_leaves_the_rest_to_others(cookline):
    gate = cookline.folder / "gate"  # without it frames are slow, so that the signal comes in the middle of the take
    gate.touch()
    whole = undisturbed(cookline, f"time.sleep(0.05 if not os.path.exists({str(gate)!r}) else 0)")
    gate.unlink()
    first, second = start(cookline), start(cookline)
    wait_for_images(cookline.folder / "out", 10)
    first.send_signal(signal.SIGINT)
    gate.touch()
    finish(first, code=3)
    finish(second)
    check(cookline, whole)


def test_frames_of_render_are_shared_too_also_by_a_pattern_of_names(cookline):
    write(cookline.folder, operator("picture1", "noiseTOP", outputresolution="custom", resolutionw=64, resolutionh=64, tz="=me.time.seconds"))
    arguments = ["render", "show.tdn", "--frames", "0-98x2", "--name", "{op}/{frame:03}", "--no-sheet"]
    cookline(*arguments, "--out", "whole")
    processes = [cookline.start(*arguments, "--out", "out", "--cooperate", "--threads", 1) for _ in range(2)]
    for process in processes:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    assert digest(cookline.folder / "out/picture1") == digest(cookline.folder / "whole/picture1")
    assert "50 images verified" in cookline("verify", "out/picture1").out


def test_a_process_that_does_not_share_refuses_and_one_that_does_too(cookline):
    write(cookline.folder, stateful(2000))
    for first, second in ((["--cooperate"], []), ([], ["--cooperate"])):
        running = cookline.start("record", "show.tdn", "/recorder", "--out", "out", "--no-sheet", *first)
        running.stdout.readline()
        done = cookline.record("show.tdn", "/recorder", "--out", "out", *second, *([] if second else ["--overwrite"]), code=1)
        assert "another process is writing this take" in done.err
        running.send_signal(signal.SIGINT)
        running.communicate()
        shutil.rmtree(cookline.folder / "out")


def test_other_projects_settings_and_frames_are_refused_and_named(cookline):
    write(cookline.folder, limited(3))
    cookline.record("show.tdn", "/recorder", "--out", "out", "--cooperate")
    error = cookline.record("show.tdn", "/recorder", "--out", "out", "--cooperate", "--set", "/recorder/picture1.colorb=1", code=4).err
    assert "cannot be shared: set is [] there" in error and "colorb=1" in error
    write(cookline.folder, limited(4))
    assert "of another project" in cookline.record("show.tdn", "/recorder", "--out", "out", "--cooperate", code=4).err
    log = cookline.folder / "out/0.take.jsonl"
    write(cookline.folder, limited(3))
    log.write_text(log.read_text().replace('"engine":"', '"engine":"older-', 1))
    assert "it was begun by version older-" in cookline.record("show.tdn", "/recorder", "--out", "out", "--cooperate", code=4).err
    cookline("render", "show.tdn", "--op", "/recorder/picture1", "--frames", "0-3", "--out", "r", "--cooperate")
    assert "its frames are 0-3, not 0-5" in cookline("render", "show.tdn", "--op", "/recorder/picture1", "--frames", "0-5", "--out", "r", "--cooperate", code=4).err


@pytest.mark.parametrize("movie, arguments, words, code", [
    ({"type": "movie"}, [], "one process makes a movie", 4),
    ({"uniquesuff": True}, [], "cannot each look for a free number", 4),
    ({}, ["--overwrite"], "--overwrite", 2),
    ({}, ["--on-duplicate", "warn"], "--on-duplicate", 2)])
def test_what_several_cannot_do_together_is_refused(cookline, movie, arguments, words, code):
    write(cookline.folder, limited(3, **movie))
    assert words in cookline.record("show.tdn", "/recorder", "--out", "out", "--cooperate", *arguments, code=code).err


def test_files_that_no_log_knows_stay(cookline):
    write(cookline.folder, limited(3))
    (cookline.folder / "out").mkdir()
    (cookline.folder / "out/0.2.png").write_bytes(b"mine")
    assert "0.2.png" in cookline.record("show.tdn", "/recorder", "--out", "out", "--cooperate", code=4).err
    assert os.listdir(cookline.folder / "out") == ["0.2.png"]


def test_images_that_one_process_skipped_are_known_to_all(cookline):
    picture = operator("picture1", "constantTOP", outputresolution="custom", resolutionw=16, resolutionh=8, colorr="=1 / (absTime.frame % 20)")
    write(cookline.folder, limited(40, source=picture))
    processes = [start(cookline, "--on-error", "skip") for _ in range(2)]
    for process in processes:
        finish(process, code=5)
    assert cookline("missing", "out", code=5).out.strip() == "out/0: 0,20"


def test_a_lease_says_who_holds_it(cookline, whole):
    process = start(cookline)
    found = None
    while process.poll() is None and not found:
        for lease in (cookline.folder / "out/0.take.shared").glob("*.lease"):
            try:
                found = json.loads(lease.read_text())
            except (OSError, ValueError):
                pass
    assert found and found["pid"] == process.pid and found["host"] and found["boot"] and found["start"]
    assert found["part"].startswith("images ")
    finish(process)
    check(cookline, whole)


# A host of its own as far as a process can tell: a name, the time it was started, numbers of processes that begin with 1.
HOST = 'hostname "$1" && mount --bind "$2" /proc/sys/kernel/random/boot_id && shift 2 && exec "$@"'


@pytest.fixture
def on_host(cookline):
    """Starts one of the processes on a host of that name; they share nothing but the folder."""
    isolated = ["unshare", "--uts", "--pid", "--mount", "--fork", "--kill-child", "--mount-proc", "sh", "-c", HOST, "host"]

    def begin(name, *command):
        boot = cookline.folder / f"{name}.boot"
        boot.write_text(f"boot of {name}\n")
        return subprocess.Popen([*isolated, name, boot, *map(str, command)], cwd=cookline.folder, text=True, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    told = begin("probe", "sh", "-c", "echo $(hostname) $$ $(cat /proc/sys/kernel/random/boot_id)").communicate()[0]
    if told != "probe 1 boot of probe\n":
        pytest.skip("this machine does not let a process have namespaces of its own")
    return lambda name, *arguments: begin(name, cookline.program, "record", "show.tdn", "/recorder", "--out", "out", "--cooperate", "--json",
                                          "--threads", 1, "--lease", 2, *arguments)


def test_hosts_share_a_take(cookline, on_host):
    # Files that take longer to write than frames to pass: whoever writes falls behind, and another one takes what comes next.
    small = ("--png", "small")
    whole = undisturbed(cookline, "time.sleep(0.004)", *small)
    done = [finish(process) for process in [on_host("north", *small), on_host("south", *small), start(cookline, *small)]]
    check(cookline, whole)
    assert sorted(index for made, _ in done for index in made) == list(range(IMAGES)), "each image is made once"
    assert sum(bool(made) for made, _ in done) >= 2


def test_the_work_of_a_host_that_dies_is_taken_over_when_its_lease_has_run_out(cookline, whole, on_host):
    # Its number is also that of the process that goes on, which is not taken for it.
    first = on_host("north")
    wait_for_images(cookline.folder / "out", 5)
    first.kill()
    first.communicate()
    leases = [json.loads(path.read_text()) for path in (cookline.folder / "out/0.take.shared").glob("*.lease")]
    begin = time.monotonic()
    made, _ = finish(on_host("south"))
    for lease in leases:  # none, had it died between two
        assert lease["host"] == "north" and lease["pid"] == 1
        assert time.monotonic() - begin > 1, "nobody there could see that it was dead"
    assert made
    check(cookline, whole)
