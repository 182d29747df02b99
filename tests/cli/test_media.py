"""What a take was made from: pictures and texts outside of the project's file are in its log, and resume sees when they change."""
import json
import shutil

import pytest
from networks import operator, write
from pictures import digest
from test_audio_file import write_song
from test_playback import player, render, source


def media(cookline, out="out"):
    """The files that a take was made from, by name, as the last lines of its log say."""
    lines = [json.loads(line) for line in (cookline.folder / out / "0.take.jsonl").read_text().splitlines()]
    return {line["file"]: line for line in lines if line["event"] == "media"}


def render_until(cookline, project, frames):
    """Renders a part of ten frames; the log knows of all ten."""
    render(cookline, project, "out", frames="0-9")
    for path in (cookline.folder / "out").glob("0.*.png"):
        if int(path.name.split(".")[1]) >= frames:
            path.unlink()


def replace(cookline, name, by):
    """Puts another picture of the source in the place of one."""
    shutil.copy(cookline.folder / "source" / by, cookline.folder / name)


@pytest.fixture
def still(cookline):
    """A project that shows one picture, which is copied from a source."""
    source(cookline, "source")
    (cookline.folder / "in").mkdir()
    replace(cookline, "in/a.png", "0.3.png")
    return player(cookline, "in/a.png")


def test_the_log_says_which_files_were_read_before_the_images_made_from_them(cookline, still):
    render(cookline, still, "out")
    events = [json.loads(line)["event"] for line in (cookline.folder / "out/0.take.jsonl").read_text().splitlines()]
    assert events == ["take", "media"] + ["image"] * 10 + ["end"]
    line = media(cookline)["in/a.png"]
    assert line["bytes"] == (cookline.folder / "in/a.png").stat().st_size
    copied = json.loads(next(text for text in (cookline.folder / "source/0.take.jsonl").read_text().splitlines() if "0.3.png" in text))
    assert line["hash"] == copied["file"]


def test_of_a_sequence_only_what_was_shown_is_noted_with_the_list_of_its_names(cookline):
    source(cookline, "source")
    render(cookline, player(cookline, "source"), "out", frames="2-4")
    noted = media(cookline)
    assert set(noted) == {"source", "source/0.2.png", "source/0.3.png", "source/0.4.png"} and noted["source"]["images"] == 10


def test_a_movie_and_a_file_outside_of_the_project_are_noted(cookline, tmp_path_factory):
    source(cookline, "source")
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "b.mov"
    cookline("movie", "source", "a.mov", "--codec", "rle", "--rate", 60)
    shutil.copy(cookline.folder / "a.mov", elsewhere)
    render(cookline, player(cookline, "a.mov"), "out")
    assert list(media(cookline)) == ["a.mov"]
    render(cookline, player(cookline, str(elsewhere)), "far")
    assert list(media(cookline, "far")) == [str(elsewhere)]


def test_a_sound_that_pictures_follow_is_noted_and_resume_refuses_another(cookline):
    write_song(cookline.folder)
    loud = write(cookline.folder, operator("song1", "audiofileinCHOP", file="song.wav"),
                 operator("pic", "constantTOP", colorr="=abs(op('song1')[0][7])", outputresolution="custom", resolutionw=16, resolutionh=8))
    render_until(cookline, loud, 6)
    assert media(cookline)["song.wav"]["bytes"] == (cookline.folder / "song.wav").stat().st_size
    kept = digest(cookline.folder / "out")
    write_song(cookline.folder, channels=2)
    error = cookline("resume", "out", "--no-sheet", code=4).err
    assert "song.wav was changed" in error and "--anyway" in error and digest(cookline.folder / "out") == kept
    write_song(cookline.folder)
    cookline("resume", "out", "--no-sheet")


def test_resume_refuses_a_picture_that_was_replaced_and_names_it(cookline, still):
    render_until(cookline, still, 6)
    kept = digest(cookline.folder / "out")
    replace(cookline, "in/a.png", "0.7.png")
    error = cookline("resume", "out", "--no-sheet", code=4).err
    assert "in/a.png was changed" in error and "--anyway" in error
    assert digest(cookline.folder / "out") == kept
    replace(cookline, "in/a.png", "0.3.png")
    cookline("resume", "out", "--no-sheet")
    render(cookline, still, "whole")
    assert digest(cookline.folder / "out", "*.png") == digest(cookline.folder / "whole", "*.png")


def test_resume_refuses_a_picture_that_is_gone_and_a_sequence_that_has_become_longer(cookline, still):
    render_until(cookline, still, 6)
    (cookline.folder / "in/a.png").unlink()
    assert "in/a.png cannot be read any more" in cookline("resume", "out", code=4).err
    shutil.rmtree(cookline.folder / "out")
    render_until(cookline, player(cookline, "source"), 6)
    shutil.copy(cookline.folder / "source/0.9.png", cookline.folder / "source/0.10.png")
    assert "source has 11 images and had 10" in cookline("resume", "out", code=4).err


def test_anyway_goes_on_and_images_of_before_are_named_and_made_again(cookline, still):
    render_until(cookline, still, 6)
    replace(cookline, "in/a.png", "0.7.png")
    cookline("resume", "out", "--no-sheet", "--anyway")
    found = [event for event in cookline("verify", "out", "--json", code=5).events if event["event"] == "finding"]
    assert [event["name"] for event in found] == [f"0.{i}.png" for i in range(6)]
    assert all("was made before in/a.png was changed" in event["what"] for event in found)
    cookline("resume", "out", "--no-sheet")
    cookline("verify", "out")
    render(cookline, still, "whole")
    assert digest(cookline.folder / "out", "*.png") == digest(cookline.folder / "whole", "*.png")


def test_a_text_that_a_dat_reads_is_a_medium(cookline):
    (cookline.folder / "in.txt").write_text("7")
    text = operator("text1", "textDAT", file="in.txt", loadonstart=True)
    show = write(cookline.folder, text, operator("pic", "constantTOP", outputresolution="custom", resolutionw=8, resolutionh=8,
                                                 colorr="=float(op('text1').text) / 10"))
    render_until(cookline, show, 6)
    assert list(media(cookline)) == ["in.txt"]
    (cookline.folder / "in.txt").write_text("8")
    assert "in.txt was changed" in cookline("resume", "out", code=4).err


def test_rerender_refuses_when_a_picture_was_replaced(cookline, still):
    render(cookline, still, "out")
    cookline("rerender", "out/0.2.png", "--check")
    replace(cookline, "in/a.png", "0.7.png")
    assert "in/a.png was changed" in cookline("rerender", "out/0.2.png", "--check", code=4).err
    assert "other pixels" in cookline("rerender", "out/0.2.png", "--check", "--anyway", code=5).out


def test_processes_that_share_a_take_must_have_the_same_files(cookline, still):
    render(cookline, still, "out", "--cooperate", frames="0-9")
    assert list(media(cookline)) == ["in/a.png"]
    (cookline.folder / "out/0.4.png").unlink()
    replace(cookline, "in/a.png", "0.7.png")
    assert "is not the file" in render(cookline, still, "out", "--cooperate", frames="0-9", code=4).err
    # The image had its name before it was refused its line, and verify tells.
    assert "0.4.png" in cookline("verify", "out", code=5).out
