"""Writes Tests/Fixtures/Images/resize.json: small images and what Pillow's BILINEAR makes of them.

Usage: python3 Tests/Oracles/make_resize_fixtures.py   (needs Pillow 13 or later)
"""

import base64
import json
import pathlib
import random

import PIL
from PIL import Image

# (channels, old width, old height, new width, new height)
CASES = [
    (1, 28, 28, 32, 32),
    (1, 28, 28, 64, 64),
    (1, 64, 64, 32, 32),
    (1, 50, 50, 32, 32),
    (1, 37, 23, 16, 32),
    (1, 16, 32, 32, 16),
    (1, 33, 20, 33, 32),
    (1, 20, 33, 32, 33),
    (1, 1, 1, 5, 7),
    (1, 2, 3, 1, 1),
    (1, 40, 3, 7, 3),
    (1, 31, 17, 100, 3),
    (1, 20, 20, 20, 20),
    (1, 40, 41, 30, 20),
    (1, 40, 41, 30, 21),
    (3, 28, 28, 32, 32),
    (3, 45, 31, 32, 32),
    (3, 7, 9, 19, 5),
    (3, 1, 12, 4, 4),
    (3, 24, 16, 24, 8),
]


def pixels(generator, count):
    """Noise with runs of black and white, where rounding and clamping show."""
    values = bytearray()
    while len(values) < count:
        kind = generator.randrange(4)
        length = generator.randrange(1, 6)
        if kind == 0:
            values += bytes([0] * length)
        elif kind == 1:
            values += bytes([255] * length)
        else:
            values += bytes(generator.randrange(256) for _ in range(length))
    return bytes(values[:count])


def main():
    generator = random.Random(20180403)
    cases = []
    for channels, old_width, old_height, new_width, new_height in CASES:
        mode = "L" if channels == 1 else "RGB"
        source = pixels(generator, old_width * old_height * channels)
        image = Image.frombytes(mode, (old_width, old_height), source)
        resized = image.resize((new_width, new_height), Image.Resampling.BILINEAR)
        cases.append({
            "channels": channels,
            "from": [old_width, old_height],
            "to": [new_width, new_height],
            "source": base64.b64encode(source).decode(),
            "resized": base64.b64encode(resized.tobytes()).decode(),
        })
    folder = pathlib.Path(__file__).parent.parent / "Fixtures" / "Images"
    text = json.dumps({"madeBy": f"Pillow {PIL.__version__}", "cases": cases}, indent=1)
    (folder / "resize.json").write_text(text + "\n")


main()
