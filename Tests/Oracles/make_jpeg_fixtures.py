"""Writes Tests/Fixtures/Images/jpeg.json: JPEG files of several kinds, and what Pillow decodes.

Usage: python3 Tests/Oracles/make_jpeg_fixtures.py (Pillow 13.0.0 with libjpeg-turbo 3.2.0)
"""

import base64
import io
import json
import pathlib
import random

from PIL import Image, ImageOps

WIDTH, HEIGHT = 19, 13


def picture():
    """Smooth with a few edges, and without symmetry, so that every turn shows."""
    generator = random.Random(7)
    image = Image.new("RGB", (WIDTH, HEIGHT))
    for y in range(HEIGHT):
        for x in range(WIDTH):
            edge = 90 if x > 2 * y else 0
            noise = generator.randrange(12)
            image.putpixel((x, y), (10 * x + noise, 15 * y + noise, 40 + edge + noise))
    return image


def case(name, image, **options):
    file = io.BytesIO()
    image.save(file, "JPEG", **options)
    decoded = Image.open(io.BytesIO(file.getvalue()))
    decoded.load()
    decoded = ImageOps.exif_transpose(decoded)
    if decoded.mode == "CMYK":
        decoded = decoded.convert("RGB")
    return {
        "name": name,
        "width": decoded.width,
        "height": decoded.height,
        "channels": len(decoded.getbands()),
        "file": base64.b64encode(file.getvalue()).decode(),
        "pixels": base64.b64encode(decoded.tobytes()).decode(),
    }


def orientation(number):
    exif = Image.Exif()
    exif[0x010E] = "a description before the orientation"
    exif[0x0112] = number
    return exif


def main():
    color = picture()
    gray = color.convert("L")
    cases = [
        case("gray", gray, quality=90),
        case("gray progressive", gray, quality=70, progressive=True),
        case("color 4:4:4", color, quality=90, subsampling=0),
        case("color 4:2:2", color, quality=80, subsampling=1),
        case("color 4:2:0", color, quality=75, subsampling=2),
        case("color progressive", color, quality=75, progressive=True),
        case("color restarts", color, quality=75, restart_marker_blocks=1),
        case("RGB as it is", color, quality=90, keep_rgb=True),
        case("CMYK", color.convert("CMYK"), quality=75),
    ]
    cases += [
        case(f"orientation {n}", color, quality=80, exif=orientation(n)) for n in range(1, 9)
    ]
    cases.append(case("gray orientation 6", gray, quality=80, exif=orientation(6)))
    cases.append(case("orientation 9", color, quality=80, exif=orientation(9)))
    path = pathlib.Path(__file__).parents[1] / "Fixtures/Images/jpeg.json"
    path.write_text(json.dumps({"cases": cases}, indent=1) + "\n")


if __name__ == "__main__":
    main()
