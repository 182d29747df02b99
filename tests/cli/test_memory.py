"""Large pictures are encoded with little more memory than they need themselves."""
import json
import os
import subprocess

import pytest
from networks import operator, write

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
