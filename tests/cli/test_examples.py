"""Every example renders, and its folder and the index say what it is."""
import re
import shutil

from PIL import Image

from pictures import jpeg_size, names, png, png_size


def test_the_index_names_every_example_with_a_picture(project):
    index = (project / "examples/README.md").read_text()
    folders = sorted(path.name for path in (project / "examples").iterdir() if path.is_dir())
    assert sorted(set(re.findall(r"\]\(([a-z0-9-]+)/[a-z0-9.-]*\)", index))) == folders
    for picture in re.findall(r"\]\(\.\./(docs/images/[a-z0-9-]+\.png)\)", index):
        assert png_size(project / picture)[0] > 0 and (project / picture).stat().st_size < 200_000
    assert index.count("docs/images/") == len(folders)


def test_every_example_passes_check(cookline, project):
    for path in sorted((project / "examples").glob("*/*.tdn")):
        # One plays what lies beside it.
        copy = shutil.copytree(path.parent, cookline.folder / path.parent.name) / path.name
        if path.parent.name == "playback":
            assert "no image file has a name that matches" in cookline("check", copy, code=4).out
            cookline.record(copy, "/look", "--res", "64x36", "--out", copy.parent)
        assert "0 errors, 0 warnings" in cookline("check", copy).out


def test_playback_has_the_very_pixels_that_were_rendered_and_a_graded_look_has_others(cookline, project):
    shutil.copy(project / "examples/playback/playback.tdn", cookline.folder)
    assert "look.0.*.png" in cookline.record("playback.tdn", "/play", "--out", "early", code=4).err
    cookline.record("playback.tdn", "/look", "--res", "64x36", "--out", ".")
    cookline.record("playback.tdn", "/play", "--out", "graded")
    cookline.record("playback.tdn", "/play", "--set", "Graded=0", "--out", "plain")
    assert names(cookline.folder / "plain") == [f"play.0.{i}.png" for i in range(12)]
    rendered, plain, graded = ([png(cookline.folder / name.format(i)) for i in range(12)] for name in ("look.0.{}.png", "plain/play.0.{}.png", "graded/play.0.{}.png"))
    assert plain == rendered and all(a != b for a, b in zip(graded, rendered))
    assert len({str(picture) for picture in rendered}) == 12


def test_png_alpha_is_transparent_around_and_between(cookline, project):
    cookline.record(project / "examples/png-alpha/png-alpha.tdn", "/badge", "--set", "Seconds=0.2", "--res", "64x64", "--out", "out")
    assert names(cookline.folder / "out") == [f"badge.0.{i:04}.png" for i in range(6)]
    width, height, rows = png(cookline.folder / "out/badge.0.0000.png")
    assert (width, height, len(rows[0][0])) == (64, 64, 4)
    assert rows[0][0] == (0, 0, 0, 0)              # around
    assert rows[32][32][3] == 153                  # the core: Fill Alpha 0.6
    assert max(row[x][3] for row in rows for x in range(64)) == 255  # the ring
    shades = {pixel[3] for row in rows for pixel in row}
    assert len(shades) > 5                         # soft edges


def test_takes_by_count_are_three_different_looks(cookline, project):
    cookline.record(project / "examples/takes/takes.tdn", "/counted", "--takes", 3, "--res", "48x27", "--out", "out")
    out = cookline.folder / "out"
    assert names(out) == [f"look.{take}.{i}.jpg" for take in range(3) for i in range(12)]
    assert len({(out / f"look.{take}.0.jpg").read_bytes() for take in range(3)}) == 3


def test_takes_by_unique_suffix_go_on_across_runs(cookline, project):
    for seed in (1, 2):
        cookline.record(project / "examples/takes/takes.tdn", "/unique", "--set", f"Seed={seed}", "--res", "48x27", "--out", "out")
    assert names(cookline.folder / "out") == [f"unique.{take}.{i}.jpg" for take in range(2) for i in range(12)]


def test_the_static_branch_cooks_once(cookline, project):
    done = cookline.record(project / "examples/static-branch/static-branch.tdn", "/show", "--frames", 30, "--res", "128x72", "--out", "out", "--json")
    assert done.summary["images"] == 30
    assert done.summary["cooks"] == {"/show/clouds1": 1, "/show/grain1": 1, "/show/screen1": 1, "/show/level1": 1, "/show/marker1": 30, "/show/over1": 30}
    assert jpeg_size(cookline.folder / "out/0.29.jpg") == (128, 72)


def test_every_shader_example_renders_a_picture_that_is_not_plain(cookline, project):
    for name in ("plasma", "kaleidoscope", "reaction-diffusion", "raymarch", "glitch", "particles", "loop-4k"):
        file = project / f"examples/{name}/{name}.tdn"
        cookline("render", file, "--op", "/show/moviefileout1", "--frames", "20-21", "--res", "64x36", "-o", name, "--quiet", "--no-sheet")
        for picture in names(cookline.folder / name):
            with Image.open(cookline.folder / name / picture) as image:
                assert image.size == (64, 36) and len(image.convert("RGB").getcolors(1 << 24)) > 100, name


def test_the_4k_loop_is_3840_by_2160_and_closes(cookline, project):
    file = project / "examples/loop-4k/loop-4k.tdn"
    cookline("render", file, "--op", "/show/loop1", "--frames", "0", "-o", "one", "--quiet", "--no-sheet")
    assert png_size(cookline.folder / "one" / names(cookline.folder / "one")[0]) == (3840, 2160)
    cookline("render", file, "--op", "/show/loop1", "--rate", 8, "--frames", "0,32", "--res", "64x36", "-o", "two", "--quiet", "--no-sheet")
    first, last = [png(cookline.folder / "two" / name)[2] for name in names(cookline.folder / "two")]
    assert max(abs(a - b) for x, y in zip(first, last) for p, q in zip(x, y) for a, b in zip(p, q)) <= 2
