"""Takes in every image format, decoded by programs that know nothing of this one."""
import struct
import zlib

import pytest
from networks import limited, operator, write
from pictures import digest, names
from PIL import Image

EXTENSIONS = {"tiff": "tif", "jpeg": "jpg", "bmp": "bmp", "exr": "exr", "png": "png", "dds": "dds", "webp": "webp"}
MENU = ["tiff", "jpeg", "bmp", "exr", "png", "dds"]


def picture(pixel_format="rgba8fixed"):
    """6 x 4 pixels of one colour with a red one in the upper left corner."""
    return [operator("colour1", "constantTOP", outputresolution="custom", resolutionw=6, resolutionh=4, colorr=0.2, colorg=0.4,
                     colorb=0.6, alpha=1, format=pixel_format),
            operator("mark1", "rectangleTOP", ["colour1"], sizex=2 / 6, sizey=0.25, centerx=-2 / 6, centery=0.375, fillcolorr=1, fillcolorg=0,
                     fillcolorb=0, borderwidth=0, antialias=False, outputresolution="useinput", format=pixel_format)]


def render(cookline, kind, pixel_format="rgba8fixed", *arguments):
    """One image of the picture; its path."""
    show = write(cookline.folder, *picture(pixel_format))
    cookline("render", show, "--op", "/mark1", "--frames", "0", "--format", kind, "--out", kind, "--no-sheet", "--overwrite", *arguments)
    return cookline.folder / kind / f"0.0.{EXTENSIONS[kind]}"


@pytest.mark.parametrize("kind, near", [("tiff", 0), ("jpeg", 115), ("bmp", 0), ("png", 0), ("dds", 0)])
def test_another_program_reads_what_is_written(cookline, kind, near):
    with Image.open(render(cookline, kind, "rgba8fixed", "--quality", 1)) as opened:
        image = opened.convert("RGB")
    assert image.size == (6, 4)
    for place, colour in [((0, 0), (255, 0, 0)), ((5, 0), (51, 102, 153)), ((0, 3), (51, 102, 153))]:  # JPEG halves the resolution of colour
        found = image.getpixel(place)
        assert all(abs(a - b) <= near for a, b in zip(found, colour)), (place, found)


def test_small_png_files_are_smaller_and_have_the_same_pixels(cookline):
    write(cookline.folder, operator("noise1", "noiseTOP", period=4))
    for effort in ("fast", "small"):
        cookline("render", "show.tdn", "--frames", "0", "--out", effort, "--png", effort, "--no-sheet")
    fast, small = (cookline.folder / effort / "0.0.png" for effort in ("fast", "small"))
    assert small.stat().st_size < fast.stat().st_size
    with Image.open(fast) as a, Image.open(small) as b:
        assert a.tobytes() == b.tobytes()
    cookline("diff", "fast", "small")


def test_lossless_webp_is_exact_to_another_program(cookline):
    with Image.open(render(cookline, "webp", "rgba8fixed", "--quality", 1)) as image:
        assert image.getpixel((0, 0))[:3] == (255, 0, 0) and image.getpixel((5, 3))[:3] == (51, 102, 153)


def tags(data):
    """The directory of a little-endian TIFF: number of the tag → values."""
    assert data[:4] == b"II*\0"
    start = struct.unpack("<I", data[4:8])[0]
    found = {}
    for i in range(struct.unpack("<H", data[start:start + 2])[0]):
        tag, kind, count = struct.unpack("<HHI", data[start + 2 + 12 * i:start + 10 + 12 * i])
        size = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8}[kind] * count
        at = start + 10 + 12 * i
        if size > 4:
            at = struct.unpack("<I", data[at:at + 4])[0]
        if kind in (3, 4):
            found[tag] = struct.unpack(f"<{count}{' HI'[kind - 2]}", data[at:at + size])
    return found


@pytest.mark.parametrize("pixel_format, bits, code, scale", [("rgba16fixed", 16, "H", 65535), ("rgba32float", 32, "f", 1), ("rgba16float", 32, "f", 1)])
def test_tiffs_of_16_bits_and_floats_hold_the_values(cookline, pixel_format, bits, code, scale):
    data = render(cookline, "tiff", pixel_format).read_bytes()
    found = tags(data)
    assert found[258] == (bits,) * 4 and found[339] == ((3,) if code == "f" else (1,)) * 4 and found[338] == (1,)
    at = found[273][0]
    values = struct.unpack(f"<96{code}", data[at:at + 96 * bits // 8])
    assert values[:4] == pytest.approx((scale, 0, 0, scale))
    assert values[-4:] == pytest.approx((0.2 * scale, 0.4 * scale, 0.6 * scale, scale), rel=1e-3)


def exr(data):
    """(channels, rows of planes) of a scan-line OpenEXR with ZIP: channel name → values of the top row."""
    assert data[:8] == b"\x76\x2f\x31\x01\x02\0\0\0"
    at, header = 8, {}
    while data[at]:
        name, kind = data[at:].split(b"\0", 2)[:2]
        at += len(name) + len(kind) + 2
        size = struct.unpack("<I", data[at:at + 4])[0]
        header[name.decode()] = data[at + 4:at + 4 + size]
        at += 4 + size
    channels, rest = [], header["channels"]
    while rest[0]:
        name, rest = rest.split(b"\0", 1)
        channels.append((name.decode(), struct.unpack("<I", rest[:4])[0]))
        rest = rest[16:]
    left, _, right, _ = struct.unpack("<4i", header["dataWindow"])
    assert header["compression"] == b"\x03"
    block = struct.unpack("<Q", data[at + 1:at + 9])[0]
    size = struct.unpack("<I", data[block + 4:block + 8])[0]
    packed = bytearray(zlib.decompress(data[block + 8:block + 8 + size]))
    for i in range(1, len(packed)):
        packed[i] = packed[i - 1] + packed[i] - 128 & 255
    half = (len(packed) + 1) // 2
    plain = bytearray(len(packed))
    plain[0::2], plain[1::2] = packed[:half], packed[half:]
    width, at, top = right - left + 1, 0, {}
    for name, kind in channels:
        code = {1: "e", 2: "f"}[kind]
        length = width * struct.calcsize(code)
        top[name] = struct.unpack(f"<{width}{code}", plain[at:at + length])
        at += length
    return header, top


@pytest.mark.parametrize("pixel_format", ["rgba8fixed", "rgba16float", "rgba32float"])
def test_exrs_hold_the_values_by_the_format_s_own_rules(cookline, pixel_format):
    header, top = exr(render(cookline, "exr", pixel_format).read_bytes())
    assert sorted(top) == ["A", "B", "G", "R"]
    assert set(header) == {"channels", "chromaticities", "compression", "dataWindow", "displayWindow", "lineOrder", "pixelAspectRatio",
                           "screenWindowCenter", "screenWindowWidth", "cookline"}
    assert [top[c][0] for c in "RGBA"] == [1, 0, 0, 1]
    assert [top[c][5] for c in "RGBA"] == pytest.approx([0.2, 0.4, 0.6, 1], rel=1e-3)


@pytest.mark.parametrize("kind", MENU)
def test_a_take_in_every_format_is_the_same_twice(cookline, kind):
    show = write(cookline.folder, limited(2, imagefiletype=kind))
    for out in "ab":
        cookline.record(show, "/recorder", "--out", out)
    assert names(cookline.folder / "a") == [f"0.{i}.{EXTENSIONS[kind]}" for i in range(2)]
    assert digest(cookline.folder / "a") == digest(cookline.folder / "b")


def test_contact_sheets_show_every_format(cookline):
    for kind in EXTENSIONS:
        show = write(cookline.folder, *picture("rgba16float"))
        cookline("render", show, "--op", "/mark1", "--frames", "0-1", "--format", kind, "--out", kind)
        assert (cookline.folder / kind / "contact-sheet.png").is_file()


def test_include_mip_maps_makes_a_dds_with_all_levels(cookline):
    for mip_maps, levels in [(False, [128]), (True, [128, 32, 8, 2, 1])]:
        cookline.record(write(cookline.folder, limited(1, imagefiletype="dds", mipmaps=mip_maps)), "/recorder", "--out", "out", "--overwrite")
        assert len((cookline.folder / "out/0.0.dds").read_bytes()) == 148 + 4 * sum(levels)


@pytest.mark.parametrize("kind, compression, tag", [("tiff", "none", 1), ("tiff", "lzw", 5), ("tiff", "zip", 8)])
def test_render_compresses_tiffs_as_told(cookline, kind, compression, tag):
    path = render(cookline, kind, "rgba8fixed", "--compression", compression)
    assert tags(path.read_bytes())[259] == (tag,)
    with Image.open(path) as image:
        assert image.convert("RGB").getpixel((5, 3)) == (51, 102, 153)


@pytest.mark.parametrize("number, compression", [(0, "none"), (1, "rle"), (2, "zips"), (3, "zip"), (4, "piz"), (8, "dwaa"), (9, "dwab")])
def test_render_compresses_exrs_as_told(cookline, number, compression):
    data = render(cookline, "exr", "rgba16float", "--compression", compression).read_bytes()
    assert data[data.index(b"compression\0compression\0") + 28] == number


def test_render_makes_mip_maps_and_full_colour_when_told(cookline):
    assert len(render(cookline, "dds", "rgba8fixed", "--mip-maps").read_bytes()) == 148 + 4 * (24 + 6 + 1)
    with Image.open(render(cookline, "jpeg", "rgba8fixed", "--chroma", "444", "--quality", 1)) as image:
        assert image.layer[0][1:3] == (1, 1) and image.getpixel((0, 0))[0] > 240


def test_a_compression_the_type_does_not_have_is_refused_before_the_first_frame(cookline):
    done = cookline("render", write(cookline.folder, *picture()), "--op", "/mark1", "--format", "png", "--compression", "piz", "--out", "out", code=4)
    assert "image file type 'png' has no compression 'piz'; available: standard" in done.err and not (cookline.folder / "out").exists()
