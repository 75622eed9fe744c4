"""Writes Tests/Fixtures/Images/png.json: PNG files of every kind, and the values they stand for.

The files are put together here from the PNG specification, chunk by chunk, so the values are known
without any decoder. Where Pillow is installed, it must agree on the kinds that it reads unchanged.

Usage: python3 Tests/Oracles/make_png_fixtures.py
"""

import base64
import io
import json
import pathlib
import random
import struct
import zlib

WIDTH, HEIGHT = 11, 7
GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6
SAMPLES = {GRAY: 1, RGB: 3, PALETTE: 1, GRAY_ALPHA: 2, RGBA: 4}
# Adam7: first column and row of each pass, and the steps between.
PASSES = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
          (0, 1, 1, 2)]


def chunk(name, body):
    checksum = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", checksum)


def packed(samples, depth):
    """The bytes of one row."""
    bits = "".join(format(sample, f"0{depth}b") for sample in samples)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def paeth(a, b, c):
    estimate = a + b - c
    return min((abs(estimate - a), 0, a), (abs(estimate - b), 1, b), (abs(estimate - c), 2, c))[2]


def filtered(rows, distance):
    """Rows with filter types 0 to 4 in turn."""
    output = b""
    previous = bytes(len(rows[0])) if rows else b""
    for index, row in enumerate(rows):
        kind = index % 5
        output += bytes([kind])
        for i, value in enumerate(row):
            a = row[i - distance] if i >= distance else 0
            b = previous[i]
            c = previous[i - distance] if i >= distance else 0
            guess = [0, a, b, (a + b) // 2, paeth(a, b, c)][kind]
            output += bytes([(value - guess) % 256])
        previous = row
    return output


def png(kind, depth, pixels, interlaced=False, before=b"", parts=1):
    """A file of `pixels[y][x]`, tuples of samples; `before` are chunks ahead of the pixels."""
    distance = max(1, SAMPLES[kind] * depth // 8)
    passes = PASSES if interlaced else [(0, 0, 1, 1)]
    raw = b""
    for x0, y0, dx, dy in passes:
        rows = [[s for p in row[x0::dx] for s in p] for row in pixels[y0::dy]]
        raw += filtered([packed(row, depth) for row in rows if row], distance)
    data = zlib.compress(raw, 9)
    size = -(-len(data) // parts)
    body = b"".join(chunk(b"IDAT", data[i:i + size]) for i in range(0, len(data), size))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, kind, 0, 0, int(interlaced))
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + before + body + chunk(b"IEND", b""))


def eight(value, depth):
    """A sample of `depth` bits as the nearest of 0...255."""
    top = (1 << depth) - 1
    return (value * 255 * 2 + top) // (2 * top)


def over(value, alpha, background, depth=8):
    """A sample of `depth` bits over an 8-bit background, as the nearest of 0...255."""
    top = (1 << depth) - 1
    doubled = 2 * (255 * value * alpha + background * top * (top - alpha))
    return (doubled + top * top) // (2 * top * top)


def main():
    generator = random.Random(20180403)
    cases = []

    def pixels(kind, depth, limit=None):
        top = limit or (1 << depth)
        return [[tuple(generator.randrange(top) for _ in range(SAMPLES[kind]))
                 for _ in range(WIDTH)] for _ in range(HEIGHT)]

    def add(name, channels, file, values, background=255, check=False):
        flat = bytes(v for row in values for p in row for v in p)
        assert len(flat) == WIDTH * HEIGHT * channels
        if check:
            agree(name, file, flat, channels)
        cases.append({
            "name": name, "channels": channels, "background": background,
            "file": base64.b64encode(file).decode(), "pixels": base64.b64encode(flat).decode(),
        })

    for depth in (1, 2, 4, 8, 16):
        values = pixels(GRAY, depth)
        expected = [[(eight(g, depth),) for g, in row] for row in values]
        add(f"gray {depth}", 1, png(GRAY, depth, values), expected, check=depth < 16)
        add(f"gray {depth} interlaced", 1, png(GRAY, depth, values, True), expected)

    values = pixels(GRAY, 8)
    add("gray in many pieces", 1, png(GRAY, 8, values, parts=20), values)
    extras = (chunk(b"gAMA", struct.pack(">I", 100000)) + chunk(b"sBIT", b"\x03")
              + chunk(b"tEXt", b"Comment\0hello"))
    add("gray with gamma 1, sBIT and text", 1, png(GRAY, 8, values, before=extras), values)
    transparent = values[3][4][0]
    expected = [[(40,) if p[0] == transparent else p for p in row] for row in values]
    file = png(GRAY, 8, values, before=chunk(b"tRNS", struct.pack(">H", transparent)))
    add("gray with a transparent value", 1, file, expected, 40)

    for depth in (8, 16):
        values = pixels(RGB, depth)
        expected = [[tuple(eight(s, depth) for s in p) for p in row] for row in values]
        add(f"RGB {depth}", 3, png(RGB, depth, values), expected, check=depth == 8)
        add(f"RGB {depth} interlaced", 3, png(RGB, depth, values, True), expected)
        for kind, name in ((GRAY_ALPHA, "gray and alpha"), (RGBA, "RGBA")):
            values = pixels(kind, depth)
            for background in (255, 0):
                expected = [[tuple(over(s, p[-1], background, depth) for s in p[:-1])
                             for p in row] for row in values]
                add(f"{name} {depth} over {background}", SAMPLES[kind] - 1,
                    png(kind, depth, values, interlaced=background == 0), expected, background)

    values = pixels(RGB, 8)
    transparent = values[2][5]
    expected = [[(255, 255, 255) if p == transparent else p for p in row] for row in values]
    before = chunk(b"tRNS", struct.pack(">HHH", *transparent))
    add("RGB with a transparent color", 3, png(RGB, 8, values, before=before), expected)

    before = chunk(b"PLTE", bytes([0, 0, 0, 90, 90, 90]))
    add("RGB with a gray palette as advice", 3, png(RGB, 8, values, before=before), values)

    for depth in (1, 2, 4, 8):
        count = (1 << depth) - (1 if depth > 1 else 0)
        palette = [tuple(generator.randrange(256) for _ in range(3)) for _ in range(count)]
        alphas = [generator.randrange(256) for _ in range(max(1, count // 2))]
        values = pixels(PALETTE, depth, count)
        table = chunk(b"PLTE", bytes(v for color in palette for v in color))
        expected = [[palette[p[0]] for p in row] for row in values]
        add(f"palette {depth}", 3, png(PALETTE, depth, values, before=table), expected, check=True)
        full = alphas + [255] * (count - len(alphas))
        expected = [[tuple(over(v, full[p[0]], 255) for v in palette[p[0]]) for p in row]
                    for row in values]
        before = table + chunk(b"tRNS", bytes(alphas))
        add(f"palette {depth} with alpha", 3, png(PALETTE, depth, values, depth == 8, before),
            expected)

    grays = [generator.randrange(256) for _ in range(16)]
    values = pixels(PALETTE, 4)
    table = chunk(b"PLTE", bytes(v for gray in grays for v in (gray, gray, gray)))
    expected = [[(grays[p[0]],) for p in row] for row in values]
    add("palette of grays", 1, png(PALETTE, 4, values, before=table), expected)
    alphas = [generator.randrange(256) for _ in range(16)]
    expected = [[(over(grays[p[0]], alphas[p[0]], 255),) for p in row] for row in values]
    before = table + chunk(b"tRNS", bytes(alphas))
    add("palette of grays with alpha", 1, png(PALETTE, 4, values, before=before), expected)

    folder = pathlib.Path(__file__).parent.parent / "Fixtures" / "Images"
    text = json.dumps({"width": WIDTH, "height": HEIGHT, "cases": cases}, indent=1)
    (folder / "png.json").write_text(text + "\n")


def agree(name, file, expected, channels):
    try:
        from PIL import Image
    except ImportError:
        return
    image = Image.open(io.BytesIO(file)).convert("L" if channels == 1 else "RGB")
    assert image.tobytes() == expected, name


main()
