"""Movies of the Movie File Out, decoded by the program ffmpeg."""
import json
import os
import re
import signal
import struct
import subprocess
import time

import pytest
from networks import limited, operator, recorder, script, write
from pictures import names, png
from test_resume import reach_progress

MOVIE = {"type": "movie", "videocodec": "rle"}


def probe(path, *arguments):
    """What ffprobe says of a movie, decoding all of it."""
    told = subprocess.run(["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-show_format", "-of", "json", *arguments, path],
                          capture_output=True, check=True)
    return json.loads(told.stdout)


def stream(path, kind="video"):
    """Its one stream of a kind."""
    found = [one for one in probe(path)["streams"] if one["codec_type"] == kind]
    assert len(found) == 1, found
    return found[0]


def pictures(path, pixels="rgb24"):
    """The bytes of every picture of a 16 x 8 movie."""
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", pixels, "-"],
                         capture_output=True, check=True).stdout
    size = 16 * 8 * (4 if "a" in pixels else 3)
    assert len(raw) % size == 0
    return [raw[i:i + size] for i in range(0, len(raw), size)]


def samples(path):
    """The samples of its mono sound."""
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", path, "-f", "f64le", "-"], capture_output=True, check=True).stdout
    return struct.unpack(f"<{len(raw) // 8}d", raw)


def test_a_take_is_one_movie_with_a_picture_for_every_frame(cookline):
    show = write(cookline.folder, recorder(**MOVIE))
    done = cookline("record", show, "/recorder", "--frames", 45, "--rate", 25, "--out", "out")
    movie = cookline.folder / "out" / "0.mov"
    assert names(cookline.folder / "out") == ["0.mov", "contact-sheet.png"] and "45 images" in done.text
    told = stream(movie)
    assert told["nb_read_frames"] == "45" and told["r_frame_rate"] == "25/1" and float(told["duration"]) == 1.8
    assert [picture[0] for picture in pictures(movie)] == [int(i / 25 % 1 * 255 + 0.5) for i in range(45)]
    assert "1 image verified" in cookline("verify", "out").text


def test_the_contact_sheet_of_a_movie_shows_pictures_decoded_from_it(cookline):
    show = write(cookline.folder, recorder(**MOVIE))
    cookline("record", show, "/recorder", "--frames", 45, "--rate", 60, "--out", "out")
    _, _, rows = png(cookline.folder / "out" / "contact-sheet.png")
    shown = {pixel[0] for row in rows for pixel in row if pixel[1] == 128 and pixel[2] != 128}
    assert shown >= {int(i / 60 * 255 + 0.5) for i in (0, 44)} and len(shown) == 25


def test_the_pictures_are_those_of_the_sequence(cookline):
    sequence = write(cookline.folder, recorder(), name="sequence.tdn")
    movie = write(cookline.folder, recorder(**MOVIE), name="movie.tdn")
    cookline.record(sequence, "/recorder", "--frames", 9, "--out", "images")
    cookline.record(movie, "/recorder", "--frames", 9, "--out", "movies")
    raw = [subprocess.run(["ffmpeg", "-v", "error", "-i", cookline.folder / "images" / f"0.{i}.png", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
                          capture_output=True, check=True).stdout for i in range(9)]
    assert pictures(cookline.folder / "movies" / "0.mov") == raw


def test_two_runs_give_the_same_bytes(cookline):
    for codec, extension in [("h264nvgpu", "mp4"), ("prores", "mov"), ("vp9", "webm")]:
        show = write(cookline.folder, recorder(type="movie", videocodec=codec))
        for run, threads in (("a", 1), ("b", 2)):
            cookline.record(show, "/recorder", "--frames", 20, "--out", codec + run, "--threads", threads)
        a, b = (cookline.folder / (codec + run) / f"0.{extension}" for run in "ab")
        assert a.read_bytes() == b.read_bytes()


@pytest.mark.parametrize("codec, extension", [("mjpa", "mov"), ("mpeg4", "mp4"), ("gif", "gif"), ("vp8", "webm")])
def test_the_kind_of_file_follows_the_codec(cookline, codec, extension):
    show = write(cookline.folder, limited(3, type="movie", videocodec=codec))
    cookline.record(show, "/recorder", "--out", "out")
    assert names(cookline.folder / "out") == [f"0.{extension}"]


def test_the_name_may_choose_the_kind_of_file(cookline):
    show = write(cookline.folder, limited(3, type="movie", videocodec="h264nvgpu", file="look.mkv"))
    cookline.record(show, "/recorder", "--out", "out")
    assert names(cookline.folder / "out") == ["look.mkv"]
    assert probe(cookline.folder / "out" / "look.mkv")["format"]["format_name"].startswith("matroska")


def test_takes_are_numbered_and_a_movie_is_never_replaced_unasked(cookline):
    show = write(cookline.folder, limited(3, **MOVIE, uniquesuff=True))
    cookline.record(show, "/recorder", "--takes", 2, "--out", "out")
    assert names(cookline.folder / "out") == ["0.mov", "1.mov"]
    plain = write(cookline.folder, limited(3, **MOVIE), name="plain.tdn")
    refused = cookline.record(plain, "/recorder", "--out", "out", code=4)
    assert "0.mov: this file exists already" in refused.text


def test_movie_fps_picks_and_repeats_frames(cookline):
    for fps, count in [(15, 15), (29.97, 30), (120, 120)]:
        show = write(cookline.folder, recorder(**MOVIE, fps=fps))
        cookline.record(show, "/recorder", "--frames", 60, "--out", f"at{fps}")
        told = stream(cookline.folder / f"at{fps}" / "0.mov")
        assert told["nb_read_frames"] == str(count)
        assert told["r_frame_rate"] == {15: "15/1", 29.97: "30000/1001", 120: "120/1"}[fps]


def test_a_stop_frame_movie_has_the_pictures_that_add_frame_took(cookline):
    add = script("chopexec1", "onOffToOn", "op('moviefileout1').par.addframe.pulse()", chop="pulses", offtoon=True)
    pulses = operator("pulses", "constantCHOP", const0value="=1 if absTime.frame % 3 == 2 else 0", const0name="chan1")
    show = write(cookline.folder, recorder(pulses, add, type="stopframemovie", videocodec="rle", pause=True))
    cookline.record(show, "/recorder", "--frames", 12, "--rate", 30, "--out", "out")
    taken = [picture[0] for picture in pictures(cookline.folder / "out" / "0.mov")]
    assert len(taken) >= 3 and taken == sorted(set(taken))


def sound(**parameters):
    """48000 samples a second; those of frame i are i / 1000."""
    return operator("sound1", "constantCHOP", const0name="chan1", const0value="=absTime.frame / 1000", rate=48000, **parameters)


@pytest.mark.parametrize("codec, container, step", [("pcm16", "mov", 1 / 32768), ("pcm24", "mov", 1 / 8388608), ("alac", "mp4", 1 / 8388608)])
def test_sound_belongs_to_its_frame_to_the_sample(cookline, codec, container, step):
    show = write(cookline.folder, recorder(sound(), type="movie", videocodec="h264nvgpu", moviecontainer=container, audiochop="sound1", audiocodec=codec))
    cookline.record(show, "/recorder", "--frames", 30, "--rate", 30, "--out", "out")
    heard = samples(cookline.folder / "out" / f"0.{container}")
    assert len(heard) == 48000
    first = round(heard[0] * 1000)
    for i in range(30):
        assert all(abs(value - (first + i) / 1000) <= step for value in heard[1600 * i:1600 * (i + 1)])


def test_sound_is_silent_where_add_frame_took_a_picture(cookline):
    add = script("chopexec1", "onOffToOn", "op('moviefileout1').par.addframe.pulse()", chop="pulses", offtoon=True)
    pulses = operator("pulses", "constantCHOP", const0value="=1 if absTime.frame == 8 else 0", const0name="chan1")
    show = write(cookline.folder, recorder(sound(), pulses, add, **MOVIE, audiochop="sound1", audiocodec="pcm16", pause="=4 < absTime.frame < 12"))
    cookline.record(show, "/recorder", "--frames", 15, "--rate", 30, "--out", "out")
    movie = cookline.folder / "out" / "0.mov"
    count, heard = int(stream(movie)["nb_read_frames"]), samples(movie)
    assert len(heard) == 1600 * count
    silent = [i for i in range(count) if not any(heard[1600 * i:1600 * (i + 1)]) and i > 0]
    assert len(silent) == 1


def test_check_tells_what_the_render_would_stumble_over(cookline):
    for wrong, told in [({"videocodec": "notchlc"}, "no encoder for the video codec 'notchlc'"), ({"videocodec": "vvc"}, "these are written"),
                        ({"videocodec": "prores", "moviecontainer": "webm"}, "cannot hold the video codec prores"),
                        ({"videocodec": "hap", "moviepixelformat": "yuv444"}, "it stores: rgb, rgba"),
                        ({"videocodec": "prores", "videocodectype": "hapq"}, "its types: standard, proxy")]:
        show = write(cookline.folder, recorder(type="movie", **wrong))
        assert told in cookline("check", show, code=4).text
        assert told in cookline.record(show, "/recorder", "--frames", 2, "--out", "out", code=4).text
    assert names(cookline.folder / "out") == []


def test_a_picture_that_the_codec_cannot_store_is_an_error_with_the_encoders_words(cookline):
    odd = operator("picture1", "constantTOP", outputresolution="custom", resolutionw=15, resolutionh=8)
    show = write(cookline.folder, recorder(source=odd, type="movie", videocodec="h264nvgpu"))
    assert "not divisible by 2" in cookline("check", show, code=4).text
    assert "15 x 8 pixels" in cookline.record(show, "/recorder", "--frames", 2, "--out", "out", code=4).text


def test_sound_that_is_no_sound_is_an_error(cookline):
    show = write(cookline.folder, recorder(operator("sound1", "constantCHOP", const0name="chan1"), **MOVIE, audiochop="sound1"))
    assert "60 samples a second are no sound" in cookline.record(show, "/recorder", "--frames", 2, "--out", "out", code=4).text
    missing = write(cookline.folder, recorder(**MOVIE, audiochop="nothing"), name="missing.tdn")
    assert "moviefileout1.audiochop" in cookline.record(missing, "/recorder", "--frames", 2, "--out", "out", code=4).text


def test_a_movie_that_was_interrupted_is_kept_as_a_part_and_resumed_whole(cookline):
    long = write(cookline.folder, recorder(**MOVIE))
    process = cookline.start("record", long, "/recorder", "--frames", 100000, "--out", "out", "--quiet", "--no-sheet")
    out = cookline.folder / "out"
    for _ in range(200):
        if list(out.glob("*.tmp")):
            break
        time.sleep(0.02)
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 3 and "0.part.mov" in errors
    assert names(out) == ["0.part.mov"] and int(stream(out / "0.part.mov")["nb_read_frames"]) > 0
    show = write(cookline.folder, recorder(**MOVIE), name="short.tdn")
    cookline.record(show, "/recorder", "--frames", 7, "--out", "out", "--overwrite")
    assert names(out) == ["0.mov"]


def test_a_killed_movie_is_resumed_to_the_bytes_of_an_undisturbed_run(cookline):
    show = write(cookline.folder, recorder(**MOVIE))
    cookline.record(show, "/recorder", "--frames", 3000, "--out", "whole")
    process = cookline.start("record", show, "/recorder", "--frames", 3000, "--out", "out", "--quiet", "--no-sheet")
    out = cookline.folder / "out"
    reach_progress(process, out / "0.take.jsonl", lines=1)
    while process.poll() is None and not list(out.glob("*.tmp")):
        time.sleep(0.005)
    process.kill()
    process.communicate()
    if (out / "0.mov").exists():
        pytest.skip("it had ended already")
    cookline("resume", "out", "--no-sheet")
    assert names(out) == ["0.mov"]
    assert (out / "0.mov").read_bytes() == (cookline.folder / "whole" / "0.mov").read_bytes()
    (out / "0.mov").write_bytes((out / "0.mov").read_bytes()[:-5])
    assert "cut off" in cookline("verify", "out", code=5).text
    cookline("resume", "out", "--no-sheet")
    assert (out / "0.mov").read_bytes() == (cookline.folder / "whole" / "0.mov").read_bytes()


def test_a_full_disk_is_an_error_that_leaves_no_movie(cookline):
    picture = operator("picture1", "noiseTOP", outputresolution="custom", resolutionw=256, resolutionh=256, t4d="=absTime.frame")
    show = write(cookline.folder, recorder(source=picture, **MOVIE))
    limited_run = ["bash", "-c", 'ulimit -f 200; exec "$@"', "-", cookline.program, "record", show, "/recorder", "--frames", "60", "--out", "out", "--no-sheet"]
    done = subprocess.run(limited_run, cwd=cookline.folder, text=True, capture_output=True, check=False)
    assert done.returncode == 1 and "larger than the file system" in done.stderr + done.stdout
    assert names(cookline.folder / "out") == []


def test_a_movie_of_a_finished_take_has_its_pictures_and_its_rate(cookline):
    show = write(cookline.folder, recorder())
    cookline.record(show, "/recorder", "--frames", 12, "--rate", 25, "--out", "take")
    told = cookline("movie", "take", "take.mkv", "--lossless", "--pixels", "rgb").text
    assert "12 images, all of them decoded again" in told
    movie = cookline.folder / "take.mkv"
    assert stream(movie)["r_frame_rate"] == "25/1" and stream(movie)["codec_name"] == "h264"
    raw = [subprocess.run(["ffmpeg", "-v", "error", "-i", cookline.folder / "take" / f"0.{i}.png", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
                          capture_output=True, check=True).stdout for i in range(12)]
    assert pictures(movie) == raw
    assert "exists already" in cookline("movie", "take", "take.mkv", code=2).text
    cookline("movie", "take/0.take.jsonl", "take.mkv", "--overwrite", "--rate", "29.97", "--codec", "mjpa")
    assert stream(movie)["r_frame_rate"] == "30000/1001" and stream(movie)["codec_name"] == "mjpeg"


def test_no_movie_is_made_of_a_take_that_is_not_whole(cookline):
    show = write(cookline.folder, recorder())
    cookline.record(show, "/recorder", "--frames", 5, "--out", "take")
    (cookline.folder / "take" / "0.3.png").unlink()
    assert "images are missing or wrong: 3" in cookline("movie", "take", "take.mp4", code=5).text
    assert not (cookline.folder / "take.mp4").exists()


def test_images_without_a_log_become_a_movie_in_the_order_of_their_numbers(cookline):
    show = write(cookline.folder, recorder())
    cookline.record(show, "/recorder", "--frames", 12, "--out", "take")
    (cookline.folder / "take" / "0.take.jsonl").unlink()
    assert "--rate" in cookline("movie", "take", "take.mov", code=2).text
    cookline("movie", "take", "take.mov", "--codec", "rle", "--rate", 30)
    assert [picture[0] for picture in pictures(cookline.folder / "take.mov")] == [int(i / 60 * 255 + 0.5) for i in range(12)]
    (cookline.folder / "take" / "0.3.png").unlink()
    assert "missing" in cookline("movie", "take", "gap.mov", "--rate", 30, code=5).text
    assert "is a movie already" in cookline("movie", "take.mov", "b.mov", "--rate", 30, code=2).text


def test_output_color_space_reaches_images_and_movies(cookline):
    white = operator("picture1", "constantTOP", outputresolution="custom", resolutionw=16, resolutionh=8, colorr=1, colorg=0, colorb=0)
    for name, more in [("image", {"type": "imagesequence"}), ("movie", MOVIE)]:
        show = write(cookline.folder, recorder(source=white, **more, outputcolorspace="displayp3d65"))
        cookline.record(show, "/recorder", "--frames", 1, "--out", name)
    raw = subprocess.run(["ffmpeg", "-v", "error", "-i", cookline.folder / "image" / "0.0.png", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"],
                         capture_output=True, check=True).stdout
    assert tuple(raw[:3]) == (234, 51, 35)  # sRGB's red in Display P3
    assert tuple(pictures(cookline.folder / "movie" / "0.mov")[0][:3]) == (234, 51, 35)
    assert stream(cookline.folder / "movie" / "0.mov")["color_primaries"] == "smpte432"


def test_only_movies_and_sound_need_ffmpeg_and_where_it_cannot_be_loaded_that_is_said(cookline):
    listed = subprocess.run(["/sbin/ldconfig", "-p"], capture_output=True, text=True, check=True).stdout
    (cookline.folder / "broken").mkdir()
    for library in re.findall(r"libavformat[.]so[.]\d+", listed):
        (cookline.folder / "broken" / library).write_text("no library")
    without = {"env": {**os.environ, "LD_LIBRARY_PATH": str(cookline.folder / "broken")}}
    write(cookline.folder, limited(3), name="images.tdn")
    assert "3 images" in cookline.record("images.tdn", "/recorder", "--out", "images", **without).text
    write(cookline.folder, limited(3, **MOVIE), name="movie.tdn")
    for code, *command in ([4, "check", "movie.tdn"], [1, "record", "movie.tdn", "/recorder", "--out", "movies"]):
        failed = cookline(*command, code=code, **without)
        assert f"FFmpeg's libraries, which movies and sound need, cannot be loaded: {cookline.folder}/broken/libavformat.so." in failed.text
        assert "file too short; install the packages" in failed.text
    assert not (cookline.folder / "movies").exists() or not names(cookline.folder / "movies")
    cookline.record("movie.tdn", "/recorder", "--out", "movies")
    player = operator("player", "moviefileinTOP", file="movies/0.mov")
    write(cookline.folder, player, name="play.tdn")
    render = ["render", "play.tdn", "--op", "/player", "--frames", "0-2", "--out", "played", "--no-sheet"]
    assert "cannot be loaded" in cookline(*render, code=4, **without).err
    assert "3 images" in cookline(*render).text
