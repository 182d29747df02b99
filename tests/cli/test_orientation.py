"""Pictures that were stored on a side or mirrored are played the right way up."""
import struct

import pytest
from networks import operator, recorder, write
from pictures import png
from PIL import Image, ImageOps

SIZE = {"outputresolution": "custom", "resolutionw": 12, "resolutionh": 7}
# Display matrices (a, b, c, d) of the eight orientations: x' = a x + c y, y' = b x + d y.
MATRICES = {1: (1, 0, 0, 1), 2: (-1, 0, 0, 1), 3: (-1, 0, 0, -1), 4: (1, 0, 0, -1), 5: (0, 1, 1, 0), 6: (0, 1, -1, 0), 7: (0, -1, -1, 0), 8: (0, -1, 1, 0)}


def played(cookline, file, out):
    """The rows of the first picture of a file as Movie File In shows it."""
    show = write(cookline.folder, operator("pic", "moviefileinTOP", file=file, premultrgbbyalpha="off"), name=f"{out}.tdn")
    cookline("render", show, "--op", "/pic", "--frames", "0", "--out", out, "--no-sheet")
    return png(cookline.folder / out / "0.0.png")


def turned(picture, orientation):
    """The picture as another program turns it."""
    width, height, rows = picture
    image = Image.new("RGBA", (width, height))
    image.putdata([pixel for row in rows for pixel in row])
    image.getexif()[274] = orientation
    seen = ImageOps.exif_transpose(image)
    pixels = list(seen.getdata())
    return seen.width, seen.height, [pixels[y * seen.width:(y + 1) * seen.width] for y in range(seen.height)]


@pytest.fixture(name="movie")
def fixture_movie(cookline):
    """A lossless movie of one kind of picture."""
    noise = operator("noise1", "noiseTOP", mono=False, alpha="random", period=0.3, **SIZE)
    show = write(cookline.folder, recorder(noise, source=operator("picture1", "nullTOP", ["noise1"]), type="movie", videocodec="rle", moviepixelformat="rgba"))
    cookline.record(show, "/recorder", "--out", "out", "--frames", "2")
    return (cookline.folder / "out/0.mov").read_bytes()


@pytest.mark.parametrize("orientation", MATRICES)
def test_the_display_matrix_of_a_movie_is_honoured(cookline, movie, orientation):
    (cookline.folder / "plain.mov").write_bytes(movie)
    a, b, c, d = MATRICES[orientation]
    at = movie.index(b"tkhd") + 44
    matrix = struct.pack(">9i", a << 16, b << 16, 0, c << 16, d << 16, 0, 0, 0, 1 << 30)
    assert movie[at:at + 36] == struct.pack(">9i", 1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)
    (cookline.folder / "turned.mov").write_bytes(movie[:at] + matrix + movie[at + 36:])
    assert played(cookline, "turned.mov", "turned") == turned(played(cookline, "plain.mov", "plain"), orientation)


@pytest.mark.parametrize("orientation", MATRICES)
@pytest.mark.parametrize("kind", ["jpg", "png", "tif", "webp"])
def test_images_of_another_program_are_turned_as_it_turns_them(cookline, kind, orientation):
    image = Image.effect_noise((16, 8), 90).convert("RGB")
    for x in range(4):
        image.putpixel((x, 0), (255, 0, 0))
    exif = Image.Exif()
    exif[274] = orientation
    options = {"quality": 100, "subsampling": 0} if kind == "jpg" else {"lossless": True} if kind == "webp" else {}
    image.save(cookline.folder / f"a.{kind}", exif=exif, **options)
    image.save(cookline.folder / f"plain.{kind}", **options)
    with Image.open(cookline.folder / f"plain.{kind}") as opened:
        plain = opened.convert("RGB")
    plain.getexif()[274] = orientation
    wanted = ImageOps.exif_transpose(plain)
    width, height, rows = played(cookline, f"a.{kind}", "seen")
    assert (width, height) == wanted.size
    assert all(abs(p - q) <= 3 for y, row in enumerate(rows) for x, pixel in enumerate(row) for p, q in zip(pixel, wanted.getpixel((x, y))))
