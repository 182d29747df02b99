"""render --out look.mp4: any TOP as a movie, with the encoders, the log and the faults of Movie File Out's movies."""
import json
import signal

import pytest
from networks import operator, write
from pictures import names
from test_movies import pictures, samples, sound, stream

PICTURE = operator("pic", "constantTOP", outputresolution="custom", resolutionw=16, resolutionh=8, colorr="=me.time.seconds % 1", colorg=0.5)


@pytest.fixture
def show(cookline):
    """A moving picture, and a sound whose samples of frame i are i / 1000."""
    return write(cookline.folder, PICTURE, sound())


def render(cookline, show, *arguments, **options):
    """Renders the picture."""
    return cookline("render", show, "--op", "/pic", "--no-sheet", *arguments, **options)


def test_the_movie_has_the_pictures_of_the_frame_list_at_the_rate_of_the_project(cookline, show):
    done = render(cookline, show, "--frames", "3-20", "--rate", 25, "--codec", "rle", "--out", "movies/look.mov")
    movie = cookline.folder / "movies/look.mov"
    assert "18 images" in done.text and names(cookline.folder / "movies") == ["look.mov"]
    assert stream(movie)["r_frame_rate"] == "25/1"
    assert [picture[0] for picture in pictures(movie)] == [int(i / 25 * 255 + 0.5) for i in range(3, 21)]
    assert "1 image verified" in cookline("verify", "movies").text


@pytest.mark.parametrize("name, codec", [("a.mp4", "h264"), ("a.webm", "vp9"), ("a.gif", "gif")])
def test_the_name_chooses_the_codec(cookline, show, name, codec):
    render(cookline, show, "--frames", "0-4", "--out", name)
    assert stream(cookline.folder / name)["codec_name"] == codec


def test_codec_and_quality_are_those_of_the_verb_movie(cookline, show):
    render(cookline, show, "--frames", "0-9", "--out", "images")
    cookline("movie", "images", "made.mov", "--codec", "mjpa", "--pixels", "yuv444", "--quality", 0.5)
    render(cookline, show, "--frames", "0-9", "--out", "look.mov", "--codec", "mjpa", "--pixels", "yuv444", "--quality", 0.5)
    assert (cookline.folder / "look.mov").read_bytes() == (cookline.folder / "made.mov").read_bytes()


def test_the_sound_of_a_chop_is_in_sync_to_the_sample(cookline, show):
    render(cookline, show, "--frames", "10-39", "--rate", 30, "--out", "look.mov", "--codec", "rle", "--audio", "/sound1", "--audio-codec", "pcm16")
    heard = samples(cookline.folder / "look.mov")
    assert len(heard) == 48000
    for i in range(30):
        assert all(abs(value - (heard[0] + i / 1000)) <= 2 / 32768 for value in heard[1600 * i:1600 * (i + 1)])


def test_tokens_are_those_of_images_but_for_frame_and_time(cookline, show):
    render(cookline, show, "--frames", "0-4", "--name", "{project}/{op}_{res}_{take}.mov", "--codec", "rle", "--take", 7, "--out", "out")
    assert names(cookline.folder / "out/show") == ["pic_16x8_7.mov"]
    render(cookline, show, "--frames", "0-4", "--codec", "rle", "--out", "out/{op}.mov")
    assert (cookline.folder / "out/pic.mov").exists()
    assert "one file for all frames" in render(cookline, show, "--name", "{frame}.mov", "--out", "out", code=2).err


def test_options_that_mean_nothing_are_refused(cookline, show):
    for arguments, told in [(["--out", "a.mov", "--format", "png"], "of images"), (["--codec", "rle"], "of movies"),
                            (["--audio", "/sound1"], "no sound"), (["--out", "a.mov", "--audio-codec", "aac"], "--audio"),
                            (["--out", "a.mov", "--audio", "/pic"], "name a CHOP"), (["--out", "a.mov", "--name", "b.mov"], "names the movie already"),
                            (["--out", "a.mov", "--audio", "/sound1", "--frames", "0-9x2"], "frames are left out"),
                            (["--out", "a.mov", "--cooperate"], "one process makes a movie")]:
        assert told in render(cookline, show, *arguments, code=2).err
    assert "cannot hold" in render(cookline, show, "--out", "a.webm", "--codec", "prores", code=4).err
    assert names(cookline.folder) == ["show.tdn"]


def test_a_movie_that_is_there_is_not_replaced_unasked(cookline, show):
    render(cookline, show, "--frames", "0-4", "--out", "a.mov", "--codec", "rle")
    before = (cookline.folder / "a.mov").read_bytes()
    assert "exists already" in render(cookline, show, "--frames", "0-9", "--out", "a.mov", "--codec", "rle", code=4).err
    assert (cookline.folder / "a.mov").read_bytes() == before
    render(cookline, show, "--frames", "0-9", "--out", "a.mov", "--codec", "rle", "--overwrite")
    assert len(pictures(cookline.folder / "a.mov")) == 10


def test_resume_makes_a_movie_anew_with_its_frames_codec_and_sound(cookline, show):
    movie = ["--frames", "5-34", "--rate", 30, "--codec", "rle", "--audio", "/sound1", "--audio-codec", "pcm16"]
    render(cookline, show, *movie, "--out", "whole/a.mov")
    render(cookline, show, *movie, "--out", "out/a.mov")
    assert "nothing to do" in cookline("resume", "out").out
    (cookline.folder / "out/a.mov").write_bytes(b"damaged")
    cookline("verify", "out", code=5)
    cookline("resume", "out")
    assert (cookline.folder / "out/a.mov").read_bytes() == (cookline.folder / "whole/a.mov").read_bytes()


def test_a_movie_that_is_stopped_is_a_part(cookline, show):
    running = cookline.start("render", show, "--op", "/pic", "--frames", "0-999999", "--out", "a.mov", "--codec", "rle", "--json", "--no-sheet")
    for line in running.stdout:
        if json.loads(line)["event"] == "progress":
            break
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=60)
    assert running.returncode == 3 and names(cookline.folder, "*.mov") == ["a.part.mov"]
