"""Comparing takes, and the options that say how careful a run is."""
import math

from networks import operator, recorder, write
from pictures import names


def take(cookline, out, colour, images=3, **more):
    """A take of one colour."""
    show = recorder(source=operator("picture1", "constantTOP", outputresolution="custom", resolutionw=4, resolutionh=2, colorr=colour, **more),
                    limitlength=True, length=images, lengthunit="indices")
    return cookline.record(write(cookline.folder, show), "/recorder", "--out", out)


def test_equal_takes_have_no_differences(cookline):
    take(cookline, "a", 0.5)
    take(cookline, "b", 0.5)
    assert "all 3 images have the same pixels" in cookline("diff", "a", "b").out


def test_differences_are_told_in_decibels_and_shown(cookline):
    take(cookline, "a", 0.2)
    take(cookline, "b", "=0.2 + 0.2 * (me.time.frame > 2)", images=4)
    done = cookline("diff", "a", "b", "--json", "--sheet", "difference.png", code=5)
    first, second, summary = done.events
    # Red differs by 0.2 in one of four channels.
    assert first["index"] == 2 and abs(first["largest"] - 0.2) < 1e-6
    assert abs(first["psnr_db"] - 10 * math.log10(4 / 0.2 ** 2)) < 1e-3
    assert second["index"] == 3 and "only the second take" in second["problem"]
    assert (summary["equal"], summary["different"], summary["first_different"]) == (2, 2, 2)
    assert (cookline.folder / "difference.png").stat().st_size > 100


def test_files_that_lose_differ_though_the_pictures_were_the_same(cookline):
    write(cookline.folder, operator("noise1", "noiseTOP", outputresolution="custom", resolutionw=64, resolutionh=64, mono=False))
    for out, quality in (("fine", 1), ("coarse", 0.1)):
        cookline("render", "show.tdn", "--frames", 0, "--format", "jpeg", "--quality", quality, "--out", out, "--no-sheet")
    assert cookline("diff", "fine", "coarse", "--json", code=5).events[0]["psnr_db"] < 40


def render(cookline, out, *more, colour="=me.time.frame / 20", frames="3-12"):
    """Frames whose red goes up, as images or as a movie."""
    show = write(cookline.folder, operator("picture1", "constantTOP", outputresolution="custom", resolutionw=16, resolutionh=8, colorr=colour))
    return cookline("render", show, "--frames", frames, "--out", out, "--no-sheet", *more)


def test_pictures_of_movies_are_compared_one_by_one(cookline):
    render(cookline, "a/look.mov", "--codec", "rle")
    render(cookline, "b/look.mov", "--codec", "rle")
    assert "all 10 images have the same pixels" in cookline("diff", "a", "b").text
    render(cookline, "c/look.mov", "--codec", "rle", colour="=me.time.frame / 20 + 0.2 * (me.time.frame == 8)", frames="3-14")
    done = cookline("diff", "a", "c", "--json", "--sheet", "difference.png", code=5)
    changed, *added, summary = done.events
    # Frames count from 1 for Python: its 8 is the fifth of the list 3, 4, ...
    assert changed["index"] == 4 and abs(changed["largest"] - 0.2) < 0.005
    assert abs(changed["psnr_db"] - 10 * math.log10(4 / changed["largest"] ** 2)) < 1e-3
    assert [event["index"] for event in added] == [10, 11] and all("only the second take" in event["problem"] for event in added)
    assert (summary["equal"], summary["different"], summary["first_different"]) == (9, 3, 4)
    assert (cookline.folder / "difference.png").stat().st_size > 100
    assert "look.mov, picture 4: PSNR" in cookline("diff", "a", "c", code=5).text


def test_a_movie_is_compared_with_the_images_it_was_made_from_in_their_order(cookline):
    render(cookline, "images")
    cookline("movie", "images", "whole.mov", "--codec", "rle")
    assert "all 10 images have the same pixels" in cookline("diff", "images", "whole.mov").text
    cookline("movie", "images", "small.mp4")
    lossy = [event for event in cookline("diff", "small.mp4", "images", "--json", code=5).events if event["event"] == "difference"]
    assert {event["index"] for event in lossy} <= set(range(3, 13)) and all(30 < event["psnr_db"] < 80 for event in lossy)


def test_single_images_are_compared_as_well(cookline):
    render(cookline, "images")
    assert "the image has the same pixels" in cookline("diff", "images/0.3.png", "images/0.3.png").text
    assert abs(cookline("diff", "images/0.3.png", "images/0.5.png", "--json", code=5).events[0]["largest"] - 0.1) < 0.005


def test_files_that_are_neither_movie_nor_image_are_refused(cookline):
    render(cookline, "a/look.mov", "--codec", "rle")
    (cookline.folder / "notes.txt").write_text("no movie")
    assert "notes.txt" in cookline("diff", "a", "notes.txt", code=4).err
    movie = cookline.folder / "a/look.mov"
    movie.write_bytes(movie.read_bytes()[:100])
    assert "look.mov" in cookline("diff", "a", "a/look.mov", code=4).err


def test_a_folder_with_two_takes_must_be_told_which(cookline):
    take(cookline, "a", 0.5)
    cookline.record("show.tdn", "/recorder", "--out", "a", "--set", "/recorder/moviefileout1.n=1")
    error = cookline("diff", "a", "a/0.take.jsonl", code=2).err
    assert "0.take.jsonl, 1.take.jsonl" in error
    cookline("diff", "a/0.take.jsonl", "a/1.take.jsonl")


def test_pixels_that_are_no_numbers_stop_a_run_unless_it_may_only_warn(cookline):
    show = recorder(operator("noise1", "noiseTOP", outputresolution="custom", resolutionw=8, resolutionh=8, amp=1e30, format="rgba32float"),
                    source=operator("picture1", "compositeTOP", ["noise1", "noise1"], operand="multiply", format="rgba32float"),
                    limitlength=True, length=1, lengthunit="indices")
    write(cookline.folder, show)
    error = cookline.record("show.tdn", "/recorder", "--out", "out", code=4).err
    assert "infinite or NaN" in error and "frame 0" in error
    assert names(cookline.folder / "out") == []
    warned = cookline.record("show.tdn", "/recorder", "--out", "out", "--on-nan", "warn")
    assert "infinite or NaN" in warned.text
    assert names(cookline.folder / "out") == ["0.0.png"]


def test_images_may_be_forced_to_the_disk(cookline):
    take(cookline, "a", 0.5)
    for policy in ("file", "take"):
        cookline.record("show.tdn", "/recorder", "--out", policy, "--fsync", policy)
        cookline("diff", "a", policy)
        cookline("verify", policy)
    assert "never, file" in cookline.record("show.tdn", "/recorder", "--fsync", "often", code=2).err.replace(",", ", ").replace("  ", " ")
