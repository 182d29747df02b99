"""Colour spaces of files: what Movie File Out writes in a space, Movie File In reads back out of it."""
import pytest
from networks import TAKE, component, custom, operator, write
from pictures import names, png
from PIL import Image, ImageChops, ImageStat

SPACES = ["srgb", "srgblinear", "rec601ntsc", "rec709", "rec2020", "rec2020st2084pq", "rec2020hlg", "dcip3", "dcip3d60", "displayp3d65",
          "displayp3d65linear", "aces2065-1", "acescg", "acesproxy", "passthrough"]
SIZE = {"outputresolution": "custom", "resolutionw": 64, "resolutionh": 48}
# What is not said in files of a type; Automatic takes it for sRGB.
UNSAID = {"acesproxy", "passthrough"}


def writers(pixel_format, kind, sources):
    """A recorder that writes each source in its space, by number: 0.0.png, 1.0.png …"""
    made = [operator(f"out{i}", "moviefileoutTOP", [name],
                     **{**TAKE, "outputcolorspace": space, "n": i, "imagefiletype": kind}) for i, (name, space) in enumerate(sources)]
    noise = operator("noise1", "noiseTOP", mono=False, format=pixel_format, period=0.7, **SIZE)
    return noise, made


def record(cookline, out, *operators, pars=()):
    """One image of each writer."""
    show = write(cookline.folder, component("recorder", operators, [custom("Record"), *pars]))
    return cookline.record(show, "/recorder", "--out", out, "--no-provenance", "--frames", "1")


def played(kind, explicit):
    """Movie File Ins of all files of `first`."""
    return [operator(f"in{i}", "moviefileinTOP", file=f"first/{i}.0.{kind}", premultrgbbyalpha="off",
                     **({"inputcolorspace": space} if explicit or space in UNSAID else {})) for i, space in enumerate(SPACES)]


@pytest.mark.parametrize("kind, pixel_format, explicit", [("png", "rgba16fixed", True), ("png", "rgba16fixed", False), ("bmp", "rgba8fixed", True)],
                         ids=["16 bits", "automatic", "8 bits"])
def test_what_is_read_out_of_a_space_is_written_into_it_as_the_same_file(cookline, kind, pixel_format, explicit):
    noise, first = writers(pixel_format, kind, [("noise1", space) for space in SPACES])
    record(cookline, "first", noise, *first)
    _, second = writers(pixel_format, kind, [(f"in{i}", space) for i, space in enumerate(SPACES)])
    record(cookline, "second", *played(kind, explicit), *second)
    folder = cookline.folder
    assert names(folder / "first") == names(folder / "second") == [f"{i}.0.{kind}" for i in range(len(SPACES))]
    different = [space for i, space in enumerate(SPACES) if (folder / f"first/{i}.0.{kind}").read_bytes() != (folder / f"second/{i}.0.{kind}").read_bytes()]
    assert not different


def test_a_space_that_is_named_counts_against_what_the_file_says(cookline):
    noise, made = writers("rgba8fixed", "png", [("noise1", "displayp3d65")])
    record(cookline, "first", noise, *made)
    inside = [operator(f"in{i}", "moviefileinTOP", file="first/0.0.png", premultrgbbyalpha="off", **values)
              for i, values in enumerate([{"inputcolorspace": "passthrough"}, {"inputcolorspace": "srgb"}, {}])]
    _, made = writers("rgba8fixed", "png", [("in0", "srgb"), ("in1", "srgb"), ("in2", "srgb")])
    record(cookline, "second", *inside, *made)
    stored = png(cookline.folder / "first/0.0.png")
    assert png(cookline.folder / "second/0.0.png") == stored == png(cookline.folder / "second/1.0.png")
    assert (cookline.folder / "second/2.0.png").read_bytes() != (cookline.folder / "second/1.0.png").read_bytes()


def played_movie(cookline, space, **values):
    """How far the first picture of a lossless movie in a space is from its source: the mean of 8-bit steps of sRGB."""
    noise = operator("noise1", "noiseTOP", mono=False, period=0.7, **SIZE)
    movie = operator("out1", "moviefileoutTOP", ["noise1"], **{**TAKE, "type": "movie", "videocodec": "rle", "moviepixelformat": "rgba", "outputcolorspace": space})
    record(cookline, "movie", noise, movie)
    inside = operator("in0", "moviefileinTOP", file="movie/0.mov", premultrgbbyalpha="off", **values)
    _, made = writers("rgba8fixed", "bmp", [("in0", "srgb"), ("noise1", "srgb")])
    record(cookline, "played", inside, noise, *made)
    with Image.open(cookline.folder / "played/0.0.bmp") as one, Image.open(cookline.folder / "played/1.0.bmp") as other:
        return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def test_movies_are_read_in_the_space_that_their_codes_state(cookline):
    assert played_movie(cookline, "displayp3d65") < 0.5


def test_the_curve_of_television_counts_as_srgb_unless_it_is_named(cookline):
    assert played_movie(cookline, "rec709") > 2


def test_the_curve_of_television_is_converted_where_it_is_named(cookline):
    assert played_movie(cookline, "rec709", inputcolorspace="rec709") < 0.5


def test_no_code_counts_in_passthrough(cookline):
    assert played_movie(cookline, "displayp3d65", inputcolorspace="passthrough") > 2


@pytest.mark.parametrize("kind, extension, pixel_format", [("png", "png", "rgba8fixed"), ("jpeg", "jpg", "rgba8fixed"), ("tiff", "tif", "rgba16fixed"),
                                                           ("tiff", "tif", "rgba32float"), ("exr", "exr", "rgba16float")])
def test_automatic_reads_each_type_as_if_its_space_were_named(cookline, kind, extension, pixel_format):
    spaces = ["rec2020", "displayp3d65", "acescg", "rec2020hlg"]
    noise, made = writers(pixel_format, kind, [("noise1", space) for space in spaces])
    record(cookline, "first", noise, *made)
    inside = [operator(f"{how}{i}", "moviefileinTOP", file=f"first/{i}.0.{extension}", premultrgbbyalpha="off", **({"inputcolorspace": space} if how == "named" else {}))
              for i, space in enumerate(spaces) for how in ("named", "automatic")]
    for how in ("named", "automatic"):
        record(cookline, how, *inside, *writers(pixel_format, "tiff", [(f"{how}{i}", "srgb") for i in range(len(spaces))])[1])
    files = [[(cookline.folder / how / f"{i}.0.tif").read_bytes() for i in range(len(spaces))] for how in ("named", "automatic")]
    assert files[0] == files[1] and len(set(files[0])) == len(spaces)
