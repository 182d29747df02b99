"""Reads just enough of image files for tests: sizes of JPEG, pixels of 8-bit PNG."""
import hashlib
import struct
import zlib


def names(folder, pattern="*"):
    """Names of the files in a folder, in natural order; logs of takes are none of them."""
    def key(name):
        return [int(part) if part.isdigit() else part for part in name.split(".")]
    return sorted((path.name for path in folder.glob(pattern) if not path.name.endswith(".take.jsonl")), key=lambda name: [(isinstance(p, str), p) for p in key(name)])


def digest(folder, pattern="*"):
    """One hash of the names and bytes of files."""
    total = hashlib.sha256()
    for name in names(folder, pattern):
        total.update(name.encode() + b"\0" + (folder / name).read_bytes())
    return total.hexdigest()


def jpeg_size(path):
    """(width, height) of a JPEG that is whole: it ends with the end-of-image marker."""
    data = path.read_bytes()
    assert data[:2] == b"\xff\xd8" and data[-2:] == b"\xff\xd9", path
    at = 2
    while True:
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2:at + 4])[0]
        if 0xC0 <= marker <= 0xC3:
            height, width = struct.unpack(">HH", data[at + 5:at + 9])
            return width, height
        at += 2 + length


def _chunks(data):
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    at = 8
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        assert zlib.crc32(kind + body) == struct.unpack(">I", data[at + 8 + length:at + 12 + length])[0]
        yield kind, body
        at += 12 + length


def _unfilter(kind, line, above, step):
    for i in range(len(line)):
        left = line[i - step] if i >= step else 0
        corner = above[i - step] if i >= step else 0
        if kind == 1:
            line[i] = line[i] + left & 255
        elif kind == 2:
            line[i] = line[i] + above[i] & 255
        elif kind == 3:
            line[i] = line[i] + (left + above[i]) // 2 & 255
        elif kind == 4:
            guess = left + above[i] - corner
            away = abs(guess - left), abs(guess - above[i]), abs(guess - corner)
            line[i] = line[i] + (left if away[0] <= away[1] and away[0] <= away[2] else above[i] if away[1] <= away[2] else corner) & 255


def png_size(path):
    """(width, height) of a PNG that is whole: all checksums are right and all rows are there."""
    chunks = list(_chunks(path.read_bytes()))
    width, height, depth, colour = struct.unpack(">IIBB", chunks[0][1][:10])
    data = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    assert chunks[-1][0] == b"IEND" and len(data) == height * (1 + width * {0: 1, 2: 3, 4: 2, 6: 4}[colour] * depth // 8)
    return width, height


def png(path):
    """(width, height, rows) of an 8-bit PNG; a row is a list of pixels, a pixel a tuple of channels. Top row first."""
    chunks = list(_chunks(path.read_bytes()))
    width, height, depth, colour = struct.unpack(">IIBB", chunks[0][1][:10])
    channels = {0: 1, 2: 3, 4: 2, 6: 4}[colour]
    assert depth == 8 and chunks[-1][0] == b"IEND"
    data = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    rows, above, size = [], bytearray(width * channels), width * channels
    for y in range(height):
        start = y * (size + 1)
        line = bytearray(data[start + 1:start + 1 + size])
        _unfilter(data[start], line, above, channels)
        rows.append([tuple(line[i:i + channels]) for i in range(0, size, channels)])
        above = line
    return width, height, rows
