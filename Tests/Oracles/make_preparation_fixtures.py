"""Writes what Pillow makes of images on their way to a model, to Tests/Fixtures/Preparation.

drawn.json holds a few PNG files drawn here, with the pixels expected of them. pillow-crc.json holds
nothing of the real data sets but a CRC-32 of the expected bytes of 200 images of four-shapes
(200 -> 32) and of math-symbols (28 -> 32 and 28 -> 64), evenly spread over the set, as they are and
with light and dark exchanged.

Usage: python3 Tests/Oracles/make_preparation_fixtures.py [FOLDER OF DATA SETS]   (needs Pillow)
"""

import base64
import io
import json
import pathlib
import re
import sys
import tarfile
import zipfile
import zlib

import PIL
from PIL import Image, ImageChops, ImageDraw

FOLDER = pathlib.Path(__file__).parent.parent / "Fixtures" / "Preparation"
COUNT = 200


def prepared(image, size):
    """A gray square image as the model gets it."""
    return image.convert("L").resize((size, size), Image.Resampling.BILINEAR)


def natural(name):
    """A key by which 2.png comes before 10.png."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", name)]


def members(path):
    """The PNG files of an archive: name and bytes."""
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return [(n, archive.read(n)) for n in archive.namelist() if n.endswith(".png")]
    with tarfile.open(path) as archive:
        return [(m.name, archive.extractfile(m).read()) for m in archive if m.name.endswith(".png")]


def checksums(path, part, sizes):
    """CRC-32 of evenly spread images of a part, for each size and for both polarities."""
    files = sorted((m for m in members(path) if part in m[0]), key=lambda m: natural(m[0]))
    chosen = [files[i * len(files) // COUNT] for i in range(COUNT)]
    images = [Image.open(io.BytesIO(data)) for _, data in chosen]
    result = []
    for size in sizes:
        small = [prepared(image, size) for image in images]
        result.append({
            "size": size,
            "kept": [zlib.crc32(image.tobytes()) for image in small],
            "inverted": [zlib.crc32(ImageChops.invert(image).tobytes()) for image in small],
        })
    return {"imageCount": len(files), "sizes": result}


def drawings():
    """Images of ink on paper and light on dark, in the shapes and kinds of files people have."""
    for number, (mode, width, height, paper, ink) in enumerate([
        ("L", 28, 28, 255, 0), ("L", 200, 200, 250, 10), ("L", 28, 28, 0, 255),
        ("L", 45, 30, 255, 40), ("RGB", 60, 60, (255, 250, 240), (20, 30, 120)),
        ("RGB", 30, 50, (10, 20, 30), (250, 200, 100)), ("P", 40, 40, 0, 200),
        ("1", 33, 33, 1, 0),
    ]):
        image = Image.new(mode, (width, height), paper)
        draw = ImageDraw.Draw(image)
        draw.ellipse([4, 5, width - 7, height - 6], outline=ink, width=2)
        draw.line([3, height - 4, width // 2, 6 + number], fill=ink, width=3)
        draw.polygon([(8, 8), (width - 9, 12), (width // 2, height - 10)], fill=ink)
        yield image


def square(image):
    """The largest square in the middle."""
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return image.crop((left, top, left + side, top + side))


def main():
    FOLDER.mkdir(exist_ok=True)
    cases = []
    for image in drawings():
        buffer = io.BytesIO()
        image.save(buffer, "PNG")
        source = square(image.convert("RGB" if image.mode in ("RGB", "P") else "L"))
        case = {"file": base64.b64encode(buffer.getvalue()).decode(), "prepared": []}
        for size in (16, 32, 64):
            for color in ("gray", "rgb"):
                result = source.convert("L" if color == "gray" else "RGB").resize(
                    (size, size), Image.Resampling.BILINEAR)
                case["prepared"].append(
                    {"size": size, "color": color, "checksum": zlib.crc32(result.tobytes())})
                if size == 16 and color == "gray":
                    case["gray16"] = base64.b64encode(result.tobytes()).decode()
        cases.append(case)
    made_by = f"Pillow {PIL.__version__}"
    (FOLDER / "drawn.json").write_text(
        json.dumps({"madeBy": made_by, "cases": cases}, indent=1) + "\n")

    data = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data")
    sets = {
        "four-shapes": checksums(data / "four-shapes/archive.zip", "shapes/", [32]),
        "math-symbols": checksums(
            data / "math-symbols/math-symbols.tar.gz", "/train/", [32, 64]),
    }
    (FOLDER / "pillow-crc.json").write_text(json.dumps({"madeBy": made_by, "sets": sets}) + "\n")


main()
