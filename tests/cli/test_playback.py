"""Movie File In: what was written plays back as the same pixels; what is not there stops the run."""
import json
import shutil
import subprocess

import pytest
from networks import operator, write
from pictures import names

NOISE = {"outputresolution": "custom", "resolutionw": 24, "resolutionh": 14, "tx": "=me.time.seconds", "mono": False}


def render(cookline, project, out, *arguments, frames="0-9", op="/pic", **options):
    """Renders a TOP into a folder of its own."""
    return cookline("render", project, "--op", op, "--frames", frames, "--out", out, "--no-sheet", *arguments, **options)


def source(cookline, out, *arguments, stored="rgba8fixed", alpha="random", **options):
    """A take of ten pictures that move."""
    project = write(cookline.folder, operator("pic", "noiseTOP", format=stored, alpha=alpha, **NOISE), name="source.tdn")
    render(cookline, project, out, *arguments, **options)
    return cookline.folder / out


def player(cookline, file, *others, name="play.tdn", **parameters):
    """A project that plays a file."""
    return write(cookline.folder, operator("pic", "moviefileinTOP", file=file, **parameters), *others, name=name)


def pixels(cookline, out):
    """What a take shows, as {index: hash of the pixels}."""
    lines = [json.loads(line) for line in (cookline.folder / out / "0.take.jsonl").read_text().splitlines()]
    return {line["index"]: line["pixels"] for line in lines if line["event"] == "image"}


def same(cookline, one, other):
    """Whether two takes have the same pixels."""
    return "have the same pixels" in cookline("diff", one, other).out


LOSSLESS = [("png", "rgba8fixed"), ("png", "rgba16fixed"), ("png", "mono8fixed"), ("tiff", "rgba8fixed"), ("tiff", "rgba16fixed"),
            ("tiff", "rgba32float"), ("exr", "rgba32float"), ("exr", "rgba16float"), ("bmp", "rgba8fixed"), ("dds", "rgba32float"),
            ("webp", "rgba8fixed")]


@pytest.mark.parametrize(("kind", "stored"), LOSSLESS)
def test_a_lossless_take_plays_back_as_the_same_pixels(cookline, kind, stored):
    source(cookline, "first", "--format", kind, "--quality", "1", stored=stored)
    render(cookline, player(cookline, "first"), "second", "--format", kind, "--quality", "1")
    assert pixels(cookline, "first") == pixels(cookline, "second")
    assert same(cookline, "first", "second")


def test_frames_are_the_same_in_any_choice_and_on_any_number_of_threads(cookline):
    source(cookline, "first")
    project = player(cookline, "first")
    render(cookline, project, "all", "--threads", "1")
    for frame in ("9", "3,7", "0-9x4"):
        render(cookline, project, "some", "--threads", "5", frames=frame)
        assert pixels(cookline, "some").items() <= pixels(cookline, "all").items()
        shutil.rmtree(cookline.folder / "some")


def test_the_contact_sheet_of_a_take_is_none_of_its_pictures(cookline):
    project = write(cookline.folder, operator("pic", "noiseTOP", **NOISE), name="source.tdn")
    cookline("render", project, "--op", "/pic", "--frames", "0-4", "--out", "first")
    assert "contact-sheet.png" in names(cookline.folder / "first")
    render(cookline, player(cookline, "first", textendright="black"), "second", frames="0-5")
    first, second = pixels(cookline, "first"), pixels(cookline, "second")
    assert {**first, 5: second[5]} == second and second[5] not in first.values()


@pytest.mark.parametrize("naming", ["0.{}.png", "prefix.{:04}.png", "prefix_{}.png", "{}.png"])
def test_any_numbering_plays_in_the_order_of_its_numbers(cookline, naming):
    first = source(cookline, "first", frames="0-11")
    named = cookline.folder / "named"
    named.mkdir()
    for frame in range(12):
        shutil.copy(first / f"0.{frame}.png", named / naming.format(frame))
    render(cookline, player(cookline, "named"), "second", frames="0-11")
    assert pixels(cookline, "first") == pixels(cookline, "second")


def test_patterns_play_what_they_match_and_a_file_plays_itself(cookline):
    source(cookline, "first", frames="0-11")
    first = pixels(cookline, "first")
    for pattern in ("first/0.*.png", "first/0.##.png", "first/0.%02d.png"):
        at = 0 if "*" in pattern else 10
        render(cookline, player(cookline, pattern), f"second{at}", "--overwrite", frames="0")
        assert pixels(cookline, f"second{at}")[0] == first[at]
        shutil.rmtree(cookline.folder / f"second{at}")
    render(cookline, player(cookline, "first/0.7.png"), "third", frames="0-2")
    assert set(pixels(cookline, "third").values()) == {first[7]}


def test_the_file_may_be_an_expression(cookline):
    source(cookline, "first")
    render(cookline, player(cookline, "='first/0.%d.png' % (9 - (me.time.frame - 1))"), "second")
    first = pixels(cookline, "first")
    assert pixels(cookline, "second") == {frame: first[9 - frame] for frame in range(10)}


def shown(cookline, frames="0-9", count=10, **parameters):
    """Which pictures of a take of `count` are shown, by number; None for others."""
    if not (cookline.folder / "first").exists():
        source(cookline, "first", frames=f"0-{count - 1}")
    render(cookline, player(cookline, "first", **parameters), "shown", frames=frames)
    known = {shows: i for i, shows in pixels(cookline, "first").items()}
    made = [known.get(shows) for _, shows in sorted(pixels(cookline, "shown").items())]
    shutil.rmtree(cookline.folder / "shown")
    return made


def test_trims_extends_speeds_and_indices(cookline):
    trim = {"trim": True, "tstart": 2, "tend": 4, "tendunit": "indices"}
    assert shown(cookline, **trim) == [2, 3, 4, 2, 3, 4, 2, 3, 4, 2]
    assert shown(cookline, **trim, textendright="hold") == [2, 3, 4, 4, 4, 4, 4, 4, 4, 4]
    assert shown(cookline, **trim, textendright="mirror") == [2, 3, 4, 4, 3, 2, 2, 3, 4, 4]
    assert shown(cookline, **trim, textendright="black") == [2, 3, 4] + [None] * 7
    assert shown(cookline, overridesample=True, samplerate=20) == [0, 0, 0, 1, 1, 1, 2, 2, 2, 3]
    assert shown(cookline, stepsize=3) == [0, 0, 0, 3, 3, 3, 6, 6, 6, 9]
    assert shown(cookline, playmode="specify", index="=9 - (me.time.frame - 1)") == [9, 8, 7, 6, 5, 4, 3, 2, 1, 0]
    assert shown(cookline, playmode="specify", index="=me.time.seconds * 60", frames="0-29x7", count=10) == [0, 7, 4, 1, 8]
    assert shown(cookline, playmode="sequential", speed=2) == [0, 2, 4, 6, 8, 0, 2, 4, 6, 8]
    assert shown(cookline, playmode="sequential", speed="=2 if me.time.frame > 5 else 1", frames="3-7") == [3, 4, 6, 8, 0]
    assert shown(cookline, playmode="sequential", cue="=3 <= me.time.frame <= 4", cuepoint=8) == [0, 1, 8, 8, 8, 9, 0, 1, 2, 3]


def test_a_missing_picture_stops_the_run_and_says_which(cookline):
    source(cookline, "first")
    (cookline.folder / "first/0.4.png").unlink()
    project = player(cookline, "first")
    failed = render(cookline, project, "second", code=4)
    assert "/pic.file" in failed.err and "image 4 of the sequence is missing" in failed.err and "0.4.png" in failed.err
    assert names(cookline.folder / "second") == ["0.0.png", "0.1.png", "0.2.png", "0.3.png"]
    for verb in (("check", project), ("plan", project, "--op", "/pic")):
        assert "1 image of the sequence is missing, the first is 4" in cookline(*verb).text
    asked = render(cookline, player(cookline, "first", loadingerrorimage="zero"), "third")
    assert "image 4 of the sequence is missing" in asked.err and len(names(cookline.folder / "third")) == 10


def test_a_file_that_is_not_there_fails_before_anything_is_written(cookline):
    project = player(cookline, "gone/film.mov")
    for verb in (("check", project), ("plan", project, "--op", "/pic"), ("render", project, "--op", "/pic", "--out", "out", "--frames", "0")):
        failed = cookline(*verb, code=4)
        assert "/pic.file" in failed.text and "gone/film.mov: there is no such file" in failed.text
    # What nothing needs does not stop a run.
    write(cookline.folder, operator("film", "moviefileinTOP", file="gone.png", playmode="sequential"), operator("pic", "noiseTOP", **NOISE))
    assert "gone.png: there is no such file" in render(cookline, "show.tdn", "out", frames="0").text


def test_a_damaged_picture_stops_the_run_and_says_which(cookline):
    first = source(cookline, "first")
    (first / "0.3.png").write_bytes((first / "0.3.png").read_bytes()[:200])
    failed = render(cookline, player(cookline, "first"), "second", code=4)
    assert "first/0.3.png" in failed.err and "incomplete PNG" in failed.err
    assert len(names(cookline.folder / "second")) == 3


def test_info_operators_and_python_tell_what_is_played(cookline):
    source(cookline, "first")
    script = cookline.folder / "tell.py"
    script.write_text("""
film = root.create(moviefileinTOP, 'film')
film.par.file, film.par.trim, film.par.tstart, film.par.tend, film.par.tendunit = 'first', True, 2, 6, 'indices'
chop, dat = root.create(infoCHOP, 'chop'), root.create(infoDAT, 'dat')
chop.par.op = dat.par.op = film
def tell():
    print(film.index, film.trueIndex, film.numImages, film.trueNumImages, film.rate, film.isOpen, film.fileWidth, film.fileHeight,
          film.isLastFrame, film.sourceChannels, film.timecode.text, film.metadata, sep=' | ')
    print(int(chop['index']), int(chop['true_index']), int(chop['file_number']), chop['resx'].eval(), dat['length', 1].val)
run(tell, delayFrames=4)
def gone():
    film.par.file = 'nowhere.png'
    print(film.isOpen, film.isInvalid, chop['open'].eval(), chop['errors'].eval(), dat['error', 1].val)
run(gone, delayFrames=6)
""")
    told = cookline("python", script).out.splitlines()
    assert told[0] == "4.0 | 6.0 | 5.0 | 10.0 | 60.0 | True | 24 | 14 | True | ('R', 'G', 'B', 'A') | 00:00:00:06 | {}"
    assert told[1] == "4 6 6 24.0 5"
    assert told[2].startswith("False True 0.0 1.0 /film.file: ") and "there is no such file" in told[2]


MOVIES = [("qtrle", "mov", "argb", "rgba8fixed", "random"), ("qtrle", "mov", "rgb24", "rgba8fixed", "one"),
          ("png", "mov", "rgba", "rgba8fixed", "random"), ("png", "mov", "rgba64be", "rgba16fixed", "random"),
          ("png", "mkv", "rgb24", "rgba8fixed", "one"), ("png", "mov", "gray", "mono8fixed", "one"),
          ("ffv1", "mkv", "bgra", "rgba8fixed", "random"), ("ffv1", "mkv", "gbrap16le", "rgba16fixed", "random"),
          ("ffv1", "avi", "bgr0", "rgba8fixed", "one"), ("libx264rgb", "mp4", "rgb24", "rgba8fixed", "one")]


def movie(cookline, out, codec, *arguments, rate="60", folder="first"):
    """Makes a movie of a take."""
    subprocess.run(["ffmpeg", "-v", "error", "-y", "-framerate", rate, "-i", f"{folder}/0.%d.png", "-c:v", codec, *arguments, out],
                   cwd=cookline.folder, check=True, stdin=subprocess.DEVNULL)
    return out


@pytest.mark.parametrize(("codec", "container", "coded", "stored", "alpha"), MOVIES)
def test_a_lossless_movie_plays_back_as_the_pictures_it_was_made_of(cookline, codec, container, coded, stored, alpha):
    source(cookline, "first", stored=stored, alpha=alpha)
    film = movie(cookline, f"film.{container}", codec, "-pix_fmt", coded, *(["-qp", "0", "-g", "4"] if "x264" in codec else []))
    # Forced, as a movie without alpha has RGBA pixels all the same.
    project = player(cookline, film, format=stored)
    render(cookline, project, "second")
    assert pixels(cookline, "first") == pixels(cookline, "second")


@pytest.mark.parametrize(("codec", "container", "arguments"), [
    ("libx264", "mp4", ["-pix_fmt", "yuv420p", "-g", "12", "-bf", "3"]), ("libx264", "mkv", ["-g", "30", "-bf", "2", "-x264-params", "open-gop=1"]),
    ("libx265", "mp4", ["-pix_fmt", "yuv420p10le", "-g", "20", "-x265-params", "log-level=error"]), ("mpeg4", "avi", ["-g", "10", "-bf", "2"]), ("libvpx-vp9", "webm", ["-g", "15"]),
    ("libvpx", "webm", ["-g", "15", "-pix_fmt", "yuv420p", "-auto-alt-ref", "1", "-lag-in-frames", "16"]), ("mpeg2video", "ts", ["-g", "9", "-bf", "2"])])
def test_frames_of_a_movie_are_the_same_in_any_order(cookline, codec, container, arguments):
    source(cookline, "first", frames="0-39")
    film = movie(cookline, f"film.{container}", codec, *arguments, "-vf", "scale=64:48")
    render(cookline, player(cookline, film), "onwards", "--threads", "1", frames="0-39")
    render(cookline, player(cookline, film, playmode="specify", index="=39 - (me.time.frame - 1)"), "back", "--threads", "4", frames="0-39")
    render(cookline, player(cookline, film, playmode="specify", index="=(me.time.frame - 1) * 17 % 40"), "jumps", frames="0-39")
    onwards = pixels(cookline, "onwards")
    assert len(set(onwards.values())) > 35
    assert pixels(cookline, "back") == {i: onwards[39 - i] for i in range(40)}
    assert pixels(cookline, "jumps") == {i: onwards[i * 17 % 40] for i in range(40)}


def test_a_movie_keeps_its_own_rate(cookline):
    source(cookline, "first")
    film = movie(cookline, "film.mov", "qtrle", rate="30000/1001")
    project = player(cookline, film)
    render(cookline, project, "second", "--rate", "60000/1001", frames="0-19")
    first = pixels(cookline, "first")
    assert pixels(cookline, "second") == {frame: first[frame // 2] for frame in range(20)}


@pytest.mark.parametrize("container", ["mov", "mkv", "avi"])
def test_a_movie_that_is_cut_off_is_refused(cookline, container):
    source(cookline, "first", frames="0-29")
    film = cookline.folder / movie(cookline, f"film.{container}", "png", *(["-movflags", "faststart"] if container == "mov" else []))
    film.write_bytes(film.read_bytes()[:film.stat().st_size * 2 // 3])
    failed = cookline("check", player(cookline, film.name), code=4)
    assert "/pic.file" in failed.text and f"film.{container}" in failed.text and "cut off" in failed.text


def test_colours_of_a_movie_follow_its_matrix_and_range(cookline):
    bars = "color=c=0xB04020:size=64x48:rate=60,format=rgb24"
    for matrix, full in (("bt709", "tv"), ("smpte170m", "tv"), ("bt709", "pc"), ("bt2020nc", "tv")):
        scale = f"scale=out_color_matrix={'bt601' if matrix == 'smpte170m' else matrix.replace('nc', '')}:out_range={full}"
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", bars, "-vf", scale, "-pix_fmt", "yuv444p", "-frames:v", "2",
                        "-c:v", "ffv1", "-colorspace", matrix, "-color_range", full, "film.mkv"], cwd=cookline.folder, check=True)
        script = cookline.folder / "tell.py"
        script.write_text("film = root.create(moviefileinTOP, 'film')\nfilm.par.file = 'film.mkv'\nprint([round(v * 255) for v in film.sample(x=20, y=20)])\n")
        colour = json.loads(cookline("python", script).out.splitlines()[-1])
        assert all(abs(a - b) <= 2 for a, b in zip(colour, (0xB0, 0x40, 0x20, 255))), (matrix, full, colour)


def cached(**parameters):
    """Noise, five frames late, beside the newest one kept and another."""
    return [operator("noise", "noiseTOP", **NOISE), operator("cache", "cacheTOP", ["noise"], outputindex=-5, cachesize=8, **parameters),
            operator("other", "cacheselectTOP", cachetop="cache", index=-2),
            operator("pic", "compositeTOP", ["cache", "other"], operand="difference")]


def test_a_cache_shows_pictures_of_frames_before(cookline):
    project = write(cookline.folder, *cached())
    render(cookline, project, "now", op="/noise", frames="0-19")
    render(cookline, project, "late", op="/cache", frames="0-19")
    render(cookline, project, "two", op="/other", frames="0-19")
    now = pixels(cookline, "now")
    assert pixels(cookline, "late") == {i: now[max(0, i - 5)] for i in range(20)}
    assert {i: p for i, p in pixels(cookline, "two").items() if i > 1} == {i: now[i - 2] for i in range(2, 20)}
    every_third = write(cookline.folder, *cached(step=3), name="step.tdn")
    render(cookline, every_third, "step", op="/cache", frames="0-29")
    assert pixels(cookline, "step")[29] == now[12]


def test_a_cache_gives_the_same_bytes_for_chosen_frames_and_resumed_takes(cookline):
    project = write(cookline.folder, *cached(interp=True))
    render(cookline, project, "whole", frames="0-19")
    whole = pixels(cookline, "whole")
    render(cookline, project, "some", frames="9,17")
    assert pixels(cookline, "some") == {i: whole[i] for i in (9, 17)}
    kept = {path.name: path.read_bytes() for path in (cookline.folder / "whole").glob("*.png")}
    for name in ("0.7.png", "0.18.png"):
        (cookline.folder / "whole" / name).unlink()
    cookline("resume", "whole", "--no-sheet")
    assert {path.name: path.read_bytes() for path in (cookline.folder / "whole").glob("*.png")} == kept
    assert "shows pictures of frames before" in cookline("plan", project, "--op", "/pic").out


def test_a_cache_select_needs_a_cache(cookline):
    project = write(cookline.folder, operator("noise", "noiseTOP", **NOISE), operator("pic", "cacheselectTOP", cachetop="noise"))
    assert "/pic.cachetop: /noise is a noiseTOP, and a cacheTOP is needed" in render(cookline, project, "out", code=4).err
