"""Disks on which single calls of the system fail or are slow (tests/failing_disk): quota, no space, errors of the medium. Each ends
in a clear error that names the file, what is verified stays, and resume completes the take to the bytes of an undisturbed run."""
import errno
import os
import subprocess

import pytest
from networks import operator, recorder, write
from pictures import digest, names
from test_resume import stateful, take

IMAGES = 20
WORDS = {errno.EDQUOT: "disk quota is used up", errno.ENOSPC: "free", errno.EIO: "Input/output error", errno.EACCES: "permission denied"}


@pytest.fixture
def whole(cookline):
    """The hash of an undisturbed take."""
    take(cookline, "whole", stateful(IMAGES))
    return digest(cookline.folder / "whole")


def check_and_resume(cookline, whole):
    """All that the log counts is right, no part of a file lies around, and resume makes the rest."""
    findings = [event for event in cookline("verify", "out", "--json", code=5).events if event["event"] == "finding"]
    # Where the log could not be written either, an image may have its name and no line.
    assert all("is not in the log" in event["what"] for event in findings) and len(findings) <= os.cpu_count(), findings
    assert not list((cookline.folder / "out").glob("*.tmp"))
    cookline("resume", "out", "--no-sheet")
    cookline("verify", "out")
    assert digest(cookline.folder / "out") == whole


@pytest.mark.parametrize("error", [errno.EDQUOT, errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("images", [2, 7.5, 15])
def test_a_disk_that_takes_no_more_bytes_ends_the_run_and_what_is_there_stays(cookline, failing_disk, whole, error, images):
    sizes = [path.stat().st_size for path in (cookline.folder / "whole").glob("*.png")]
    room = int(sum(sizes) / len(sizes) * images) + 3000
    done = take(cookline, "out", stateful(IMAGES), code=1, env=failing_disk("out", "write", error, room))
    assert "out/0." in done.err and "cannot be written" in done.err and WORDS[error] in done.err
    assert 0 < len(names(cookline.folder / "out")) < IMAGES
    check_and_resume(cookline, whole)


def test_a_disk_that_fails_while_it_is_forced_to_keep_an_image_does_not_count_it(cookline, failing_disk, whole):
    done = take(cookline, "out", stateful(IMAGES), arguments=["--fsync", "file"], code=1, env=failing_disk("out", "fsync", errno.EIO, 6))
    assert "out/0." in done.err and WORDS[errno.EIO] in done.err
    assert len(names(cookline.folder / "out")) <= 6
    check_and_resume(cookline, whole)


def test_a_disk_that_fails_at_the_end_does_not_say_the_take_is_whole(cookline, failing_disk, whole):
    done = take(cookline, "out", stateful(IMAGES), arguments=["--fsync", "take"], code=1, env=failing_disk("out", "fsync", errno.EIO))
    assert WORDS[errno.EIO] in done.err
    assert "did not come to its end" in cookline("verify", "out", code=5).out
    check_and_resume(cookline, whole)


@pytest.mark.parametrize("call,error", [("rename", errno.EIO), ("rename", errno.ENOSPC), ("rename", errno.EDQUOT), ("open", errno.EDQUOT), ("open", errno.EACCES)])
def test_an_image_that_cannot_get_its_name_or_be_made_is_named(cookline, failing_disk, whole, call, error):
    done = take(cookline, "out", stateful(IMAGES), code=1, env=failing_disk("out", call, error, 8))
    assert "out/0." in done.err and WORDS[error] in done.err
    assert len(names(cookline.folder / "out")) <= 8
    check_and_resume(cookline, whole)


@pytest.mark.parametrize("call,error", [("write", errno.ENOSPC), ("fsync", errno.EIO), ("rename", errno.EDQUOT)])
def test_a_movie_that_cannot_be_written_is_an_error_and_resume_makes_it(cookline, failing_disk, call, error):
    movie = {"type": "movie", "videocodec": "mjpa", "moviepixelformat": "yuv420"}
    take(cookline, "whole", stateful(IMAGES, **movie))
    size = (cookline.folder / "whole/0.mov").stat().st_size
    after = {"write": size // 2, "rename": 1, "fsync": 0}[call]  # the first name is that of the log
    done = take(cookline, "out", stateful(IMAGES, **movie), arguments=["--fsync", "file"], code=1, env=failing_disk("out", call, error, after))
    assert "0.mov" in done.err and WORDS[error] in done.err
    assert not (cookline.folder / "out/0.mov").exists()
    cookline("resume", "out", "--no-sheet")
    cookline("verify", "out")
    assert (cookline.folder / "out/0.mov").read_bytes() == (cookline.folder / "whole/0.mov").read_bytes()


def peak_bytes(cookline, *arguments, **options):
    """The most memory that a run had, which must end well."""
    process = subprocess.Popen([cookline.program, *arguments], cwd=cookline.folder, stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, **options)
    error = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, error
    return used.ru_maxrss * 1024


def test_a_slow_disk_slows_the_cook_and_memory_stays_bounded(cookline, failing_disk):
    size, images = 1024, 60
    moving = operator("picture1", "constantTOP", outputresolution="custom", resolutionw=size, resolutionh=size, colorr="=me.time.seconds % 1")
    show = write(cookline.folder, recorder(source=moving, limitlength=True, length=images, lengthunit="indices"))
    record = ["record", show, "/recorder", "--no-sheet", "--memory", "8M", "--threads", "2"]
    least = peak_bytes(cookline, *record, "--set", "/recorder/moviefileout1.length=2", "--out", "short")
    cookline(*record, "--out", "whole")
    most = peak_bytes(cookline, *record, "--out", "out", env=failing_disk("out", sleep_us=30000))
    picture = size * size * 4
    assert most < least + 16 * picture, "the pictures wait in memory"
    assert len(names(cookline.folder / "out")) == images
    cookline("verify", "out")
    assert digest(cookline.folder / "out") == digest(cookline.folder / "whole")
