"""Writes Tests/Fixtures/Images/gif.json: GIF files of every kind, and what is to be seen of them.

The files are put together here from the GIF89a specification, block by block, and the frames are
drawn here, too, so nothing depends on a decoder. Where Pillow is installed, it must agree.

Usage: python3 Tests/Oracles/make_gif_fixtures.py
"""

import base64
import io
import json
import pathlib
import random
import struct

WIDTH, HEIGHT = 12, 9
KEEP, BACKGROUND, PREVIOUS = 1, 2, 3


def compressed(indices, bits):
    """LZW data that never uses the table: a clear code before it would make codes longer."""
    size = max(2, bits)
    clear, end = 1 << size, (1 << size) + 1
    codes = []
    for position, index in enumerate(indices):
        if position % ((1 << size) - 2) == 0:
            codes.append(clear)
        codes.append(index)
    codes.append(end)
    number = 0
    for position, code in enumerate(codes):
        number |= code << position * (size + 1)
    data = number.to_bytes(-(-len(codes) * (size + 1) // 8), "little")
    return bytes([size]) + blocks(data)


def blocks(data):
    parts = [data[i:i + 255] for i in range(0, len(data), 255)]
    return b"".join(bytes([len(part)]) + part for part in parts) + b"\0"


def table(palette):
    return bytes(v for color in palette for v in color)


def bits_of(palette):
    bits = (len(palette) - 1).bit_length()
    assert len(palette) == 1 << bits
    return bits


class Frame:
    def __init__(self, indices, area=(0, 0, WIDTH, HEIGHT), palette=None, transparent=None,
                 disposal=None, delay=None, interlaced=False):
        self.indices, self.area, self.palette = indices, area, palette
        self.transparent, self.disposal, self.delay = transparent, disposal, delay
        self.interlaced = interlaced


def gif(palette, frames, version=b"GIF89a", loops=None, before=b""):
    output = version + struct.pack("<HHBBB", WIDTH, HEIGHT,
                                   (0x80 | bits_of(palette) - 1) if palette else 0, 0, 0)
    output += table(palette) if palette else b""
    if loops is not None:
        output += b"\x21\xFF\x0BNETSCAPE2.0\x03\x01" + struct.pack("<H", loops) + b"\0"
    output += before
    for frame in frames:
        if (frame.transparent, frame.disposal, frame.delay) != (None, None, None):
            flags = (frame.disposal or 0) << 2 | (frame.transparent is not None)
            output += b"\x21\xF9\x04" + struct.pack("<BHBB", flags, frame.delay or 0,
                                                    frame.transparent or 0, 0)
        x, y, width, height = frame.area
        flags = 0x40 if frame.interlaced else 0
        flags |= (0x80 | bits_of(frame.palette) - 1) if frame.palette else 0
        output += b"," + struct.pack("<HHHHB", x, y, width, height, flags)
        output += table(frame.palette) if frame.palette else b""
        rows = list(range(height))
        if frame.interlaced:
            rows = rows[0::8] + rows[4::8] + rows[2::4] + rows[1::2]
        flat = [frame.indices[row * width + column] for row in rows for column in range(width)]
        output += compressed(flat, bits_of(frame.palette or palette))
    return output + b";"


def drawn(palette, frames, background):
    """The whole pictures, as lists of colors."""
    canvas = [(background,) * 3] * (WIDTH * HEIGHT)
    pictures = []
    for frame in frames:
        before = list(canvas)
        x0, y0, width, height = frame.area
        inside = [(x, y) for y in range(height) for x in range(width)
                  if x0 + x < WIDTH and y0 + y < HEIGHT]
        for x, y in inside:
            index = frame.indices[y * width + x]
            if index != frame.transparent:
                canvas[(y0 + y) * WIDTH + x0 + x] = (frame.palette or palette)[index]
        pictures.append(list(canvas))
        if frame.disposal == PREVIOUS:
            canvas = before
        if frame.disposal == BACKGROUND:
            for x, y in inside:
                canvas[(y0 + y) * WIDTH + x0 + x] = (background,) * 3
    return pictures


def main():
    generator = random.Random(20180403)
    cases = []

    def colors(count):
        return [tuple(generator.randrange(256) for _ in range(3)) for _ in range(count)]

    def noise(count, area=(0, 0, WIDTH, HEIGHT)):
        return [generator.randrange(count) for _ in range(area[2] * area[3])]

    def add(name, palette, frames, background=255, loops=None, check=True, **settings):
        file = gif(palette, frames, loops=loops, **settings)
        pictures = drawn(palette, frames, background)
        if check:
            agree(name, file, pictures)
        used = [color for p in [palette] + [f.palette for f in frames] for color in p or []]
        gray = all(r == g == b for r, g, b in used)
        cases.append({
            "name": name, "channels": 1 if gray else 3, "background": background,
            "isEndless": loops == 0, "delays": [frame.delay or 0 for frame in frames],
            "file": base64.b64encode(file).decode(),
            "frames": [base64.b64encode(bytes(v for color in picture
                                              for v in (color[:1] if gray else color))).decode()
                       for picture in pictures],
        })

    for bits in range(1, 9):
        palette = colors(1 << bits)
        add(f"{1 << bits} colors", palette, [Frame(noise(1 << bits))])
    palette = colors(16)
    add("GIF87a", palette, [Frame(noise(16))], version=b"GIF87a")
    add("interlaced", palette, [Frame(noise(16), interlaced=True)])
    add("palette of its own", None, [Frame(noise(8), palette=colors(8))])
    grays = [(v, v, v) for v in range(256)]
    add("grays", grays, [Frame(noise(256), delay=4), Frame(noise(256), delay=5)], loops=0)
    area = (3, 2, 5, 4)
    for background in (255, 7):
        add(f"transparent over {background}", palette,
            [Frame(noise(16), transparent=3),
             Frame(noise(16, area), area, transparent=5, delay=300)], background, check=False)
    other = (6, 4, 6, 5)
    for background in (255, 7):
        add(f"all disposals over {background}", palette,
            [Frame(noise(16), delay=7, disposal=KEEP),
             Frame(noise(16, area), area, delay=8, disposal=PREVIOUS),
             Frame(noise(8, other), other, palette=colors(8), delay=9, disposal=BACKGROUND),
             Frame(noise(16, area), area, transparent=1, delay=10, disposal=0),
             Frame(noise(16, (0, 0, 1, 1)), (0, 0, 1, 1), delay=65535)],
            background, loops=0, check=False)
    beyond = (8, 6, 9, 9)
    add("beyond the canvas", palette,
        [Frame(noise(16)), Frame(noise(16, beyond), beyond, disposal=BACKGROUND),
         Frame(noise(16, (WIDTH, 0, 2, 2)), (WIDTH, 0, 2, 2))], check=False)
    extras = (b"\x21\xFE" + blocks(b"a comment of two blocks " * 20)
              + b"\x21\xFF\x0BXMP DataXMP\x03\x01\x00\x00\x00" + b"\x21\x01\x0C" + bytes(12) + b"\0"
              + b"\x21\x77\x00")
    add("extensions that say nothing", palette, [Frame(noise(16))], before=extras,
        check=False)
    add("three rounds", palette, [Frame(noise(16), delay=2), Frame(noise(16), delay=3)], loops=3)

    folder = pathlib.Path(__file__).parent.parent / "Fixtures" / "Images"
    text = json.dumps({"width": WIDTH, "height": HEIGHT, "cases": cases}, indent=1)
    (folder / "gif.json").write_text(text + "\n")


def agree(name, file, pictures):
    try:
        from PIL import Image
    except ImportError:
        return
    image = Image.open(io.BytesIO(file))
    assert image.n_frames == len(pictures), name
    for index, picture in enumerate(pictures):
        image.seek(index)
        assert image.convert("RGB").tobytes() == table(picture), f"{name}, frame {index}"


main()
