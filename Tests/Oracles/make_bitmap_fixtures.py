"""Writes Tests/Fixtures/Images/{netpbm,bmp,webp}.json: image files of several kinds, and what Pillow decodes.

Usage: python3 Tests/Oracles/make_bitmap_fixtures.py (Pillow 12 with libwebp)

Pillow writes few of the kinds of BMP and netpbm that there are. The others are put together here, byte by byte; what
Pillow makes of them is the expectation, or, where Pillow cannot read them, the picture they were made from.
"""

import base64
import io
import json
import pathlib
import random
import struct

from PIL import Image, ImageOps

WIDTH, HEIGHT = 11, 7
FIXTURES = pathlib.Path(__file__).parents[1] / "Fixtures/Images"


def picture():
    """Without symmetry, so that every turn shows."""
    generator = random.Random(9)
    image = Image.new("RGB", (WIDTH, HEIGHT))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            edge = 90 if x > 2 * y else 0
            noise = generator.randrange(12)
            image.putpixel((x, y), (20 * x + noise, 30 * y + noise, 40 + edge + noise))
    return image


def case(name, data, expected):
    return {
        "name": name,
        "width": expected.width,
        "height": expected.height,
        "channels": len(expected.getbands()),
        "file": base64.b64encode(data).decode(),
        "pixels": base64.b64encode(expected.tobytes()).decode(),
    }


def saved(image, format, **options):
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def read(data):
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def write(name, cases):
    (FIXTURES / name).write_text(json.dumps({"cases": cases}, indent=1) + "\n")


# netpbm


def netpbm():
    color = picture()
    gray = color.convert("L")
    bits = gray.point(lambda value: 255 if value > 100 else 0)
    values = list(gray.getdata())
    ones = [0 if value else 1 for value in bits.getdata()]
    rows = [ones[y * WIDTH : (y + 1) * WIDTH] for y in range(HEIGHT)]
    packed = b""
    for row in rows:
        row = row + [0] * (-len(row) % 8)
        packed += bytes(
            sum(bit << (7 - i) for i, bit in enumerate(row[start : start + 8]))
            for start in range(0, len(row), 8)
        )
    size = f"{WIDTH} {HEIGHT}"
    text = " ".join(map(str, values))
    words = [value * 257 for value in values]
    few = [value * 15 // 255 for value in values]
    spread = Image.new("L", (WIDTH, HEIGHT))
    spread.putdata([value * 17 for value in few])
    colors = [sample for pixel in color.getdata() for sample in pixel]
    return [
        case("P1", f"P1\n{size}\n{' '.join(map(str, ones))}\n".encode(), bits),
        case(
            "P1 without spaces, with a comment",
            ("P1 # bits\n" + size + "\n" + "\n".join("".join(map(str, row)) for row in rows)).encode(),
            bits,
        ),
        case("P2", f"P2\n# a comment\n{WIDTH}\n{HEIGHT}\n255\n{text}\n".encode(), gray),
        case("P2 to 15", f"P2 {size} 15\n{' '.join(map(str, few))}".encode(), spread),
        case("P2 of 16 bits", f"P2 {size} 65535\n{' '.join(map(str, words))}\n".encode(), gray),
        case("P3", f"P3\n{size}\n255\n{' '.join(map(str, colors))}\n".encode(), color),
        case("P4", f"P4\n{size}\n".encode() + packed, bits),
        case("P5", saved(gray, "PPM"), gray),
        case("P5 with a comment", f"P5\n#1 2 3\n{size} #4\n255\n".encode() + bytes(values), gray),
        case("P5 to 15", f"P5 {size} 15 ".encode() + bytes(few), spread),
        case("P5 of 16 bits", f"P5 {size} 65535\n".encode() + struct.pack(f">{len(words)}H", *words), gray),
        case("P6", saved(color, "PPM"), color),
        case("P6 with more behind it", saved(color, "PPM") + b"P6 1 1 255 abc", color),
    ]


# BMP


def header(bits, compression=0, size=40, palette=b"", masks=b"", data=b"", height=HEIGHT, used=0):
    """The headers, masks, palette and pixels of a file."""
    if size == 12:
        info = struct.pack("<IHHHH", 12, WIDTH, height, 1, bits)
    else:
        info = struct.pack(
            "<IiiHHIIiiII", size, WIDTH, height, 1, bits, compression, len(data), 2835, 2835, used, 0
        )
        # The masks of longer headers stand at the place where others follow a short one.
        if size > 40:
            info += (masks + bytes(size))[: size - 40]
            masks = b""
    offset = 14 + len(info) + len(masks) + len(palette)
    start = struct.pack("<2sIHHI", b"BM", offset + len(data), 0, 0, offset)
    return start + info + masks + palette + data


def rows_of(pixels, bits):
    """Rows from the bottom, each filled up to 32 bits."""
    data = b""
    for y in reversed(range(HEIGHT)):
        row = 0
        for x in range(WIDTH):
            row = row << bits | pixels[y * WIDTH + x]
        length = (WIDTH * bits + 31) // 32 * 4
        data += (row << (length * 8 - WIDTH * bits)).to_bytes(length, "big")
    return data


def words_of(pixels, width, rows=None):
    data = b""
    for y in rows or reversed(range(HEIGHT)):
        row = b"".join(pixels[y * WIDTH + x].to_bytes(width, "little") for x in range(WIDTH))
        data += row + bytes(-len(row) % 4)
    return data


def runs_of(numbers, half):
    """Runs of one number, then some pixels as they are, an end of line each; a step instead of zeros at the end."""
    data = b""
    for y in reversed(range(HEIGHT)):
        row = numbers[y * WIDTH : (y + 1) * WIDTH]
        first = 0
        while first < WIDTH and row[first] == row[0]:
            first += 1
        number = row[0] << 4 | row[0] if half else row[0]
        data += bytes([first, number])
        rest = row[first:]
        if len(rest) >= 3:
            data += bytes([0, len(rest)])
            body = (
                bytes((rest + [0])[i] << 4 | (rest + [0])[i + 1] for i in range(0, len(rest), 2))
                if half
                else bytes(rest)
            )
            data += body + bytes(len(body) % 2)
        else:
            for value in rest:
                data += bytes([1, value << 4 if half else value])
        data += b"\0\0"
    return data + b"\0\1"


def bmp():
    color = picture()
    gray = color.convert("L")
    bits = gray.point(lambda value: 255 if value > 100 else 0)
    numbers = [value // 16 for value in gray.getdata()]
    black_white = bytes([0, 0, 0, 0, 255, 255, 255, 0])
    rainbow = b"".join(bytes([255 - 16 * i, 16 * i, 7 * i, 0]) for i in range(16))
    from_palette = Image.new("RGB", (WIDTH, HEIGHT))
    from_palette.putdata([(7 * n, 16 * n, 255 - 16 * n) for n in numbers])
    pixels = list(color.getdata())
    blocks = Image.new("L", (WIDTH, HEIGHT))
    blocks.putdata([0 if x < 5 + y % 3 else 16 * (x % 4) for y in range(HEIGHT) for x in range(WIDTH)])
    block_numbers = [value // 16 for value in blocks.getdata()]
    from_blocks = Image.new("RGB", (WIDTH, HEIGHT))
    from_blocks.putdata([(7 * n, 16 * n, 255 - 16 * n) for n in block_numbers])

    def scaled(value, limit):
        return (value * 255 + limit // 2) // limit

    five = Image.new("RGB", (WIDTH, HEIGHT))
    five.putdata([(scaled(r >> 3, 31), scaled(g >> 3, 31), scaled(b >> 3, 31)) for r, g, b in pixels])
    six = Image.new("RGB", (WIDTH, HEIGHT))
    six.putdata([(scaled(r >> 3, 31), scaled(g >> 2, 63), scaled(b >> 3, 31)) for r, g, b in pixels])
    words5 = [(r >> 3) << 10 | (g >> 3) << 5 | b >> 3 for r, g, b in pixels]
    words6 = [(r >> 3) << 11 | (g >> 2) << 5 | b >> 3 for r, g, b in pixels]
    longs = [0x80 << 24 | r << 16 | g << 8 | b for r, g, b in pixels]
    turned = [r << 24 | g << 16 | b << 8 for r, g, b in pixels]
    half = Image.new("RGB", (WIDTH, HEIGHT))
    half.putdata([tuple((v * 128 + 255 * 127 + 127) // 255 for v in pixel) for pixel in pixels])
    binary = [1 if value else 0 for value in bits.getdata()]
    masks565 = struct.pack("<III", 0xF800, 0x7E0, 0x1F)
    masks32 = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    return [
        case("1 bit", header(1, palette=black_white, data=rows_of(binary, 1)), bits),
        case("4 bits", header(4, palette=rainbow, data=rows_of(numbers, 4)), from_palette),
        case("8 bits, gray", saved(gray, "BMP"), gray),
        case("8 bits", saved(color.quantize(20), "BMP"), color.quantize(20).convert("RGB")),
        case(
            "8 bits with a palette of 16",
            header(8, palette=rainbow, data=rows_of(numbers, 8), used=16),
            from_palette,
        ),
        case(
            "OS/2, 8 bits",
            header(
                8,
                size=12,
                palette=b"".join(rainbow[i : i + 3] for i in range(0, 64, 4)) + bytes(3 * 240),
                data=rows_of(numbers, 8),
            ),
            from_palette,
        ),
        case("OS/2, 24 bits", header(24, size=12, data=saved(color, "BMP")[54:]), color),
        case("24 bits", saved(color, "BMP"), color),
        case(
            "24 bits, top down",
            header(
                24,
                height=-HEIGHT,
                data=words_of([r << 16 | g << 8 | b for r, g, b in pixels], 3, range(HEIGHT)),
            ),
            color,
        ),
        case("32 bits", header(32, data=words_of(longs, 4)), color),
        case("16 bits, 5 5 5", header(16, data=words_of(words5, 2)), five),
        case("16 bits, 5 6 5", header(16, 3, masks=masks565, data=words_of(words6, 2)), six),
        case(
            "32 bits with masks",
            header(32, 3, masks=struct.pack("<III", 0xFF000000, 0xFF0000, 0xFF00), data=words_of(turned, 4)),
            color,
        ),
        case("32 bits with alpha, version 4", header(32, 3, size=108, masks=masks32, data=words_of(longs, 4)), half),
        case("32 bits with alpha, version 5", header(32, 3, size=124, masks=masks32, data=words_of(longs, 4)), half),
        case(
            "runs of 8 bits",
            header(8, 1, palette=rainbow, data=runs_of(block_numbers, False), used=16),
            from_blocks,
        ),
        case(
            "runs of 4 bits",
            header(4, 2, palette=rainbow, data=runs_of(block_numbers, True)),
            from_blocks,
        ),
    ]


# WebP


def webp():
    color = picture()
    gray = color.convert("L")
    alpha = color.copy()
    alpha.putalpha(gray.point(lambda value: 2 * value % 256))
    behind = Image.new("RGB", color.size, (255, 255, 255))
    cases = [
        case("lossless", saved(color, "WEBP", lossless=True), color),
        case("lossless gray", saved(gray, "WEBP", lossless=True), gray),
    ]
    for name, image in [("lossy", color), ("lossy gray", gray)]:
        data = saved(image, "WEBP", quality=80)
        decoded = read(data).convert("RGB")
        isGray = all(r == g == b for r, g, b in decoded.getdata())
        cases.append(case(name, data, decoded.getchannel(0) if isGray else decoded))
    data = saved(alpha, "WEBP", lossless=True, exact=True)
    mixed = []
    for (r, g, b, a) in read(data).convert("RGBA").getdata():
        mixed.append(tuple((v * a + 255 * (255 - a) + 127) // 255 for v in (r, g, b)))
    behind.putdata(mixed)
    cases.append(case("with alpha", data, behind))
    for number in (3, 6):
        exif = Image.Exif()
        exif[0x0112] = number
        data = saved(color, "WEBP", lossless=True, exif=exif)
        cases.append(case(f"orientation {number}", data, ImageOps.exif_transpose(read(data)).convert("RGB")))
    return cases


def main():
    write("netpbm.json", netpbm())
    write("bmp.json", bmp())
    write("webp.json", webp())
    for name in ("netpbm.json", "bmp.json"):
        for one in json.loads((FIXTURES / name).read_text())["cases"]:
            try:
                decoded = read(base64.b64decode(one["file"]))
            except Exception as error:
                print(name, one["name"], "not read by Pillow:", error)
                continue
            expected = base64.b64decode(one["pixels"])
            decoded = decoded.convert("L" if one["channels"] == 1 else "RGB")
            off = max(abs(a - b) for a, b in zip(decoded.tobytes(), expected))
            if off:
                print(name, one["name"], "differs from Pillow by", off)


if __name__ == "__main__":
    main()
