"""Large pictures are encoded with little more memory than they need themselves."""
import json
import os
import subprocess

import pytest
from networks import operator, recorder, write
from pictures import digest

SIDE = 8192


@pytest.mark.parametrize("kind, copies", [("png", 2), ("jpeg", 2), ("tiff", 3), ("exr", 2.5)])
def test_a_large_picture_needs_few_copies_of_itself(cookline, kind, copies):
    show = write(cookline.folder, operator("noise1", "noiseTOP", outputresolution="custom", resolutionw=SIDE, resolutionh=SIDE, mono=False))
    with subprocess.Popen([cookline.program, "render", show, "--frames", "0", "--format", kind, "--out", "out", "--no-sheet", "--json"],
                          cwd=cookline.folder, stdout=subprocess.PIPE) as running:
        lines = running.stdout.read().splitlines()
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0 and json.loads(lines[-1])["images"] == 1
    assert used.ru_maxrss * 1024 < copies * SIDE * SIDE * 4


def test_layers_of_an_exr_are_encoded_band_by_band(cookline):
    side = 4096
    size = {"outputresolution": "custom", "resolutionw": side, "resolutionh": side, "mono": False, "format": "rgba16float"}
    noises = [operator(f"noise{i}", "noiseTOP", seed=i, **size) for i in range(4)]
    layers = [{}] + [{"top": f"noise{i}", "r": f"l{i}.R", "g": f"l{i}.G", "b": f"l{i}.B", "a": f"l{i}.A"} for i in range(1, 4)]
    show = write(cookline.folder, recorder(*noises, source=operator("picture1", "nullTOP", ["noise0"]), imagefiletype="exr", sequences={"input": layers}))
    with subprocess.Popen([cookline.program, "record", show, "/recorder", "--frames", "1", "--out", "out", "--no-sheet"], cwd=cookline.folder) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    assert running.returncode == 0
    # The pictures and the file, which is smaller than they are.
    assert used.ru_maxrss * 1024 < 2.3 * 4 * side * side * 8


def test_pictures_that_wait_take_no_more_than_they_may(cookline):
    """Frames that cook at once and are encoded slowly: back-pressure slows the cook, and the images are the same."""
    write(cookline.folder, operator("constant1", "constantTOP", outputresolution="custom", resolutionw=2048, resolutionh=2048, colorr="=me.time.frame % 7 / 7"))

    def peak_mb(memory):
        with subprocess.Popen([cookline.program, "render", "show.tdn", "--frames", "0-23", "--format", "exr", "--out", memory, "--no-sheet", "--memory", memory],
                              cwd=cookline.folder) as running:
            _, status, used = os.wait4(running.pid, 0)
            running.returncode = os.waitstatus_to_exitcode(status)
        assert running.returncode == 0
        return used.ru_maxrss / 1024

    assert peak_mb("8M") + 100 < peak_mb("2G")
    assert digest(cookline.folder / "8M") == digest(cookline.folder / "2G")


@pytest.mark.parametrize("memory", ["7M", "none", "-1G"])
def test_memory_that_cannot_be_kept_to_is_refused(cookline, memory):
    write(cookline.folder, operator("constant1", "constantTOP"))
    assert "--memory" in cookline("render", "show.tdn", "--frames", "0", f"--memory={memory}", code=2).err
