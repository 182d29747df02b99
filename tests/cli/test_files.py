"""Where images go: folders, names, what is never overwritten, disks that fail."""
import os
import resource
import shutil
import subprocess

import pytest
from networks import limited, operator, recorder, write
from pictures import names, png_size


@pytest.fixture
def show(cookline):
    """Writes a recorder of three images with this File parameter."""
    def make(file="=me.fileSuffix", **movie):
        return write(cookline.folder, limited(3, file=file, **movie))
    return make


@pytest.mark.parametrize("file, expected", [
    ("=me.fileSuffix", "0.0.png"), ("='look.' + me.fileSuffix", "look.0.0.png"), ("look", "look.0.0.png"), ("look.png", "look.0.0.png"),
    ("a/b/", "a/b/0.0.png"), ("='a/' + me.fileSuffix", "a/0.0.png"), ("v1.2", "v1.2.0.0.png"), ("./look", "look.0.0.png"), ("", "0.0.png"),
    ("Größe ü 10 %", "Größe ü 10 %.0.0.png"),
])
def test_names_get_the_suffix_they_lack(cookline, show, file, expected):
    cookline.record(show(file), "/recorder", "--out", "out")
    assert (cookline.folder / "out" / expected).is_file()
    assert sum(len([f for f in files if not f.endswith(".take.jsonl")]) for _, _, files in os.walk(cookline.folder / "out")) == 3


def test_the_default_file_is_touchdesigners(cookline):
    write(cookline.folder, recorder(limitlength=True, length=1, lengthunit="indices"))
    text = (cookline.folder / "show.tdn").read_text().replace('"file": "=me.fileSuffix",', "")
    (cookline.folder / "show.tdn").write_text(text)
    cookline.record("show.tdn", "/recorder", "--out", "out")
    assert names(cookline.folder / "out") == ["TDMovieOut.0.0.png"]


def test_an_extension_of_another_type_is_refused(cookline, show):
    done = cookline.record(show("look.jpg"), "/recorder", "--out", "out", code=4)
    assert "/recorder/moviefileout1.file" in done.err and "JPEG" in done.err and "PNG" in done.err


@pytest.mark.parametrize("file", ["../escaped", "a/../../escaped", "/tmp/escaped-cookline", "=me.fileSuffix + '/../../x'"])
def test_a_name_that_leaves_the_out_folder_is_refused(cookline, show, file):
    done = cookline.record(show(file), "/recorder", "--out", "out", code=4)
    assert "leaves the output folder" in done.err
    assert not list(cookline.folder.glob("*escaped*")) and not os.path.exists("/tmp/escaped-cookline.0.0.png")


def test_a_link_that_leaves_the_out_folder_is_refused(cookline, show):
    (cookline.folder / "out").mkdir()
    (cookline.folder / "outside").mkdir()
    (cookline.folder / "out/link").symlink_to(cookline.folder / "outside")
    done = cookline.record(show("link/look"), "/recorder", "--out", "out", code=4)
    assert "leaves the output folder" in done.err and names(cookline.folder / "outside") == []


def test_without_out_relative_names_start_at_the_project(cookline, show):
    inner = cookline.folder / "deep"
    inner.mkdir()
    shutil.move(cookline.folder / show(), inner / "show.tdn")
    cookline.record("deep/show.tdn", "/recorder")
    assert names(inner, "*.png") == ["0.0.png", "0.1.png", "0.2.png"]


def test_without_out_a_relative_name_cannot_leave_the_project(cookline, show):
    assert "leaves the output folder" in cookline.record(show("../escaped"), "/recorder", code=4).err


def test_missing_folders_are_made(cookline, show):
    cookline.record(show("a/b/c/look"), "/recorder", "--out", "x/y")
    assert len(names(cookline.folder / "x/y/a/b/c")) == 3


def test_an_existing_file_is_never_overwritten(cookline, show):
    (cookline.folder / "out").mkdir()
    (cookline.folder / "out/0.1.png").write_text("mine")
    done = cookline.record(show(), "/recorder", "--out", "out", code=4)
    assert "out/0.1.png: this file exists already" in done.err and "--overwrite" in done.err
    assert (cookline.folder / "out/0.1.png").read_text() == "mine"
    assert png_size(cookline.folder / "out/0.0.png") == (16, 8)
    assert names(cookline.folder / "out") == ["0.0.png", "0.1.png"]


def test_overwrite_replaces_files(cookline, show):
    (cookline.folder / "out").mkdir()
    (cookline.folder / "out/0.1.png").write_text("mine")
    cookline.record(show(), "/recorder", "--out", "out", "--overwrite")
    assert png_size(cookline.folder / "out/0.1.png") == (16, 8)


def test_what_is_no_file_is_not_even_overwritten_on_request(cookline, show):
    (cookline.folder / "out/0.1.png").mkdir(parents=True)
    done = cookline.record(show(), "/recorder", "--out", "out", "--overwrite", code=2)
    assert "0.1.png" in done.err
    assert (cookline.folder / "out/0.1.png").is_dir()


def test_a_contact_sheet_is_made_and_replaces_nothing(cookline, show):
    (cookline.folder / "out").mkdir()
    (cookline.folder / "out/contact-sheet.png").write_text("mine")
    done = cookline("record", show(), "/recorder", "--out", "out", "--json")
    sheet = cookline.folder / done.summary["contact_sheet"]
    assert sheet.name == "contact-sheet.1.png" and png_size(sheet)[0] > 48
    assert (cookline.folder / "out/contact-sheet.png").read_text() == "mine"


def test_a_read_only_folder_is_an_error_that_names_it(cookline, show):
    done = cookline.record(show(), "/recorder", "--out", "/sys/cookline", code=1)
    assert "/sys/cookline/0." in done.err and "folder cannot be made" in done.err


def test_a_folder_that_is_a_file_is_an_error(cookline, show):
    (cookline.folder / "out").write_text("mine")
    done = cookline.record(show(), "/recorder", "--out", "out", code=2)
    assert "is a file, not a folder" in done.err and (cookline.folder / "out").read_text() == "mine"


def test_a_file_size_limit_is_an_error_and_leaves_no_part(cookline):
    big = operator("picture1", "noiseTOP", outputresolution="custom", resolutionw=256, resolutionh=256, type="random")
    show = write(cookline.folder, limited(3, source=big))
    done = cookline.record(show, "/recorder", "--out", "out", code=1, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)))
    assert "cannot be written" in done.err
    assert names(cookline.folder / "out") == []


def test_a_full_disk_is_an_error_and_what_is_there_is_whole(cookline):
    big = operator("picture1", "noiseTOP", outputresolution="custom", resolutionw=256, resolutionh=256, type="random", seed="=me.time.frame")
    show = write(cookline.folder, limited(20, source=big))
    out = cookline.folder / "out"
    out.mkdir()
    command = (f"mount -t tmpfs -o size=700k tmpfs out && {{ {cookline.program} record {show} /recorder --out out --no-sheet --threads 1; "
               f"code=$?; cp -r out kept; exit $code; }}")
    isolated = ["unshare", "--mount"] + ([] if os.geteuid() == 0 else ["--map-root-user"])
    if subprocess.run([*isolated, "sh", "-c", "mount -t tmpfs tmpfs out"], cwd=cookline.folder, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine lets no test mount a file system")
    done = subprocess.run([*isolated, "sh", "-c", command], cwd=cookline.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "the disk is full" in done.stderr, done.stderr
    kept = names(cookline.folder / "kept")
    assert 0 < len(kept) < 20 and all(png_size(cookline.folder / "kept" / name) == (256, 256) for name in kept)


def test_temporary_files_are_gone(cookline, show):
    cookline.record(show(), "/recorder", "--out", "out")
    assert not list((cookline.folder / "out").glob("*tmp*"))
