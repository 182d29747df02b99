"""SIGINT and SIGTERM: the frame in hand is finished, what is on disk is whole, exit code 3."""
import signal
import time

import pytest
from networks import operator, recorder, write
from pictures import names, png_size


def wait_for(folder, count):
    """Waits until so many images are there."""
    for _ in range(600):
        if folder.is_dir() and len(list(folder.glob("*.png"))) >= count:
            return
        time.sleep(0.05)
    raise AssertionError(f"no {count} images within 30 seconds")


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_a_take_between_frames(cookline, sign):
    show = write(cookline.folder, recorder())
    process = cookline.start("record", show, "/recorder", "--out", "out", "--quiet")
    out = cookline.folder / "out"
    wait_for(out, 3)
    process.send_signal(sign)
    text, errors = process.communicate(timeout=30)
    assert process.returncode == 3, errors
    images = names(out, "0.*.png")
    assert f"stopped early: {len(images)} images" in text
    assert images == [f"0.{i}.png" for i in range(len(images))]
    assert all(png_size(out / name) == (16, 8) for name in images[-20:])
    assert not list(out.glob("*tmp*"))


def test_a_signal_stops_render(cookline):
    show = write(cookline.folder, recorder())
    process = cookline.start("render", show, "--op", "/recorder/picture1", "--frames", "0-9999999", "--out", "out", "--json", "--quiet", "--no-sheet")
    wait_for(cookline.folder / "out", 3)
    process.send_signal(signal.SIGINT)
    text, _ = process.communicate(timeout=30)
    assert process.returncode == 3 and '"stopped":true' in text


def test_a_signal_ends_a_scripts_loop(cookline):
    (cookline.folder / "loop.py").write_text(
        "source = root.create(constantTOP)\nout = root.create(moviefileoutTOP, 'out1')\nout.inputConnectors[0].connect(source)\n"
        "out.par.type, out.par.imagefiletype, out.par.record, out.par.pause = 'imagesequence', 'png', 1, 1\n"
        "while True:\n    out.par.addframe.pulse()\n")
    process = cookline.start("python", "loop.py", "--out", "out", "--quiet")
    wait_for(cookline.folder / "out", 3)
    process.send_signal(signal.SIGTERM)
    text, errors = process.communicate(timeout=30)
    assert process.returncode == 3, errors
    assert "stopped early" in text


def test_a_second_signal_ends_a_script_that_hangs(cookline):
    (cookline.folder / "hang.py").write_text("open('started', 'w').close()\nwhile True:\n    pass\n")
    process = cookline.start("python", "hang.py")
    for _ in range(200):
        if (cookline.folder / "started").exists():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    time.sleep(0.2)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=10)
    assert process.returncode == -signal.SIGINT


def test_a_killed_run_leaves_whole_files_only(cookline):
    noise = operator("picture1", "noiseTOP", outputresolution="custom", resolutionw=256, resolutionh=256, tz="=me.time.seconds")
    show = write(cookline.folder, recorder(source=noise))
    process = cookline.start("record", show, "/recorder", "--out", "out", "--quiet")
    out = cookline.folder / "out"
    wait_for(out, 10)
    process.kill()
    process.communicate(timeout=10)
    for name in names(out, "*.png")[-4:]:
        assert png_size(out / name) == (256, 256)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_no_movie_and_nothing_of_it(cookline, sign):
    show = write(cookline.folder, operator("noise1", "noiseTOP", outputresolution="custom", resolutionw=640, resolutionh=360, tz="=me.time.seconds"))
    cookline("render", show, "--frames", "0-199", "--out", "out", "--format", "jpeg", "--no-sheet", "--quiet")
    folder = cookline.folder / "movies"
    folder.mkdir()
    process = cookline.start("movie", "out", "movies/take.webm", "--codec", "av1")
    while process.poll() is None and not list(folder.iterdir()):
        time.sleep(0.01)
    process.send_signal(sign)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 3 and "stopped on request" in errors
    assert list(folder.iterdir()) == []
