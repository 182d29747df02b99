"""Disks that fail midway: a file size limit, a folder made read-only or taken away, slow writes. Each ends in a clear error, what is
verified stays, and resume completes the take to the bytes of an undisturbed run."""
import os
import pathlib
import resource
import shutil
import signal
import subprocess
import time

import pytest
from pictures import digest, names
from test_resume import stateful, take

IMAGES = 400


def wait_for(folder, images):
    """Until so many images are there."""
    end = time.monotonic() + 60
    while len(list(folder.glob("*.png"))) < images:
        assert time.monotonic() < end, "no image comes"
        time.sleep(0.001)


def start_take(cookline, out):
    """A long take that is running and has written images; the same take, undisturbed, is in `whole`."""
    take(cookline, "whole", stateful(IMAGES))
    running = cookline.start("record", "show.tdn", "/recorder", "--out", out, "--no-sheet", "--fsync", "file")
    wait_for(cookline.folder / out, 5)
    return running


def pause(running):
    """Stops a process with all its threads and waits until it stands still."""
    running.send_signal(signal.SIGSTOP)
    while any(path.read_text().rsplit(")", 1)[1].split()[0] != "T" for path in pathlib.Path(f"/proc/{running.pid}/task").glob("*/stat")):
        time.sleep(0.001)


def check_kept_and_resume(cookline, out):
    """What is there is right; what is not is made."""
    findings = [event for event in cookline("verify", out, "--json", code=5).events if event["event"] == "finding" and event["needed"]]
    assert findings == []
    assert 5 <= len(names(cookline.folder / out)) < IMAGES
    cookline("resume", out, "--no-sheet")
    cookline("verify", out)
    assert digest(cookline.folder / out) == digest(cookline.folder / "whole")


def test_images_beyond_a_limit_of_the_size_of_files_are_an_error(cookline):
    # As with a quota, writing fails midway through a file; the system's signal for it must not end the process.
    take(cookline, "whole", stateful(30))
    most = max(path.stat().st_size for path in (cookline.folder / "whole").glob("*.png"))
    limits = (most - 1, most - 1)
    done = take(cookline, "out", stateful(30), code=1, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limits))
    assert "cannot be written" in done.err and "limit" in done.err
    assert not list((cookline.folder / "out").glob("*.tmp"))
    # The limit is the log's too: each thread may have given an image its name when there is no room for its line any more.
    found = [event["what"] for event in cookline("verify", "out", "--json", code=5).events if event["event"] == "finding"]
    assert len(found) <= len(os.sched_getaffinity(0)) and all("is not in the log" in what for what in found)
    cookline("resume", "out", "--no-sheet")
    assert digest(cookline.folder / "out") == digest(cookline.folder / "whole")


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
def test_a_folder_that_becomes_read_only_is_an_error(cookline):
    running = start_take(cookline, "out")
    out = cookline.folder / "out"
    pause(running)
    mounted = subprocess.run(["mount", "--bind", out, out], check=False, capture_output=True).returncode == 0
    try:
        if not mounted:
            pytest.skip("this machine does not let root mount")
        subprocess.run(["mount", "-o", "remount,bind,ro", out], check=True)
        running.send_signal(signal.SIGCONT)
        _, error = running.communicate(timeout=60)
        assert running.returncode == 1 and "cannot be written" in error and "read-only" in error.lower(), error
    finally:
        running.kill()
        running.wait()
        if mounted:
            subprocess.run(["umount", out], check=True)
    check_kept_and_resume(cookline, "out")


def test_a_folder_that_is_taken_away_is_an_error(cookline):
    running = start_take(cookline, "out")
    pause(running)
    (cookline.folder / "out").rename(cookline.folder / "gone")
    (cookline.folder / "out").write_text("a file where the folder was")
    running.send_signal(signal.SIGCONT)
    _, error = running.communicate(timeout=60)
    assert running.returncode in (1, 2) and "is a file, not a folder" in error, error
    (cookline.folder / "out").unlink()
    shutil.move(cookline.folder / "gone", cookline.folder / "out")
    check_kept_and_resume(cookline, "out")


SLOW = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <unistd.h>
/* A write layer that is slow, writes parts, and is interrupted now and then. */
ssize_t write(int fd, const void* from, size_t size) {
  static ssize_t (*real)(int, const void*, size_t);
  static __thread unsigned turn;
  if (!real) real = (ssize_t(*)(int, const void*, size_t))dlsym(RTLD_NEXT, "write");
  if (fd < 3) return real(fd, from, size);
  usleep(2000);
  if (++turn % 5 == 0) { errno = EINTR; return -1; }
  return real(fd, from, size > 1000 ? 1000 : size);
}
"""


def test_a_slow_disk_that_writes_in_parts_changes_nothing(cookline):
    (cookline.folder / "slow.c").write_text(SLOW)
    made = subprocess.run(["cc", "-shared", "-fPIC", "-o", "slow.so", "slow.c", "-ldl"], cwd=cookline.folder, check=False, capture_output=True)
    if made.returncode != 0:
        pytest.skip("no C compiler")
    take(cookline, "whole", stateful(20))
    take(cookline, "out", stateful(20), env={**os.environ, "LD_PRELOAD": str(cookline.folder / "slow.so")})
    cookline("verify", "out")
    assert digest(cookline.folder / "out") == digest(cookline.folder / "whole")


@pytest.fixture
def quota(tmp_path):
    """A folder on a disk of its own with a quota, and a function that sets it: quota.limit("1M")."""
    if os.geteuid() != 0:
        pytest.skip("mounting needs root")
    image, disk = tmp_path / "disk.img", tmp_path / "disk"
    disk.mkdir()
    with image.open("wb") as file:
        file.truncate(128 << 20)
    subprocess.run(["mkfs.btrfs", "-q", image], check=True)
    if subprocess.run(["mount", "-o", "loop", image, disk], check=False, capture_output=True).returncode != 0:
        pytest.skip("this machine does not let root mount a btrfs image")
    try:
        subprocess.run(["btrfs", "-q", "quota", "enable", disk], check=True)
        subprocess.run(["btrfs", "-q", "subvolume", "create", disk / "own"], check=True)

        def limit(size):
            subprocess.run(["sync", "-f", disk], check=True)  # what is used is counted when it comes to the disk
            subprocess.run(["btrfs", "qgroup", "limit", size, disk / "own"], check=True)
        yield disk / "own", limit
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_quota_that_is_used_up_is_an_error_and_the_take_goes_on_when_there_is_room(cookline, quota):
    folder, limit = quota
    limit("400K")
    larger = stateful(IMAGES)
    noise = next(child for child in larger["children"] if child["name"] == "noise1")
    noise["parameters"].update(resolutionw=96, resolutionh=64)  # more than the file system gives without counting
    take(cookline, "whole", larger)
    assert sum(path.stat().st_size for path in (cookline.folder / "whole").iterdir()) > 2 << 20
    failed = take(cookline, folder / "out", larger, code=1)
    assert "your disk quota is used up; free some space or choose another folder" in failed.err, failed.err
    # The log of a full disk may lack the lines of the images that got their names last; all else is right.
    assert not list((folder / "out").glob("*.tmp"))
    found = [event["what"] for event in cookline("verify", folder / "out", "--json", code=5).events if event["event"] == "finding" and event["needed"]]
    assert len(found) <= len(os.sched_getaffinity(0)) and all("is not in the log" in what for what in found), found
    limit("none")
    cookline("resume", folder / "out", "--no-sheet")
    cookline("verify", folder / "out")
    assert digest(folder / "out") == digest(cookline.folder / "whole")
