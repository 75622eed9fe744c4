"""Writes small files of every kind to begin fuzzing with, a folder for each reader. Standard library only.

    python3 scripts/fuzz/corpus.py FOLDER
"""

import base64
import gzip
import io
import json
import shutil
import struct
import sys
import tarfile
import zipfile
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]
IMAGES = PACKAGE / "Tests/Fixtures/Images"


def pictures():
    """The fixtures' encoded images by name."""
    found = {}
    for kind in ("png", "gif", "jpeg", "bmp", "webp", "netpbm"):
        for number, case in enumerate(json.loads((IMAGES / f"{kind}.json").read_text())["cases"]):
            for value in case.values():
                data = decoded(value)
                if data and len(data) < 20_000:
                    found[f"{kind}-{number}"] = data
    return found


def decoded(value):
    """The bytes of a base64 text of an image; None for other values."""
    if not isinstance(value, str) or len(value) < 16:
        return None
    try:
        data = base64.b64decode(value, validate=True)
    except ValueError:
        return None
    known = (b"\x89PNG", b"GIF8", b"\xff\xd8", b"BM", b"RIFF", b"P1", b"P2", b"P3", b"P4", b"P5", b"P6")
    return data if data.startswith(known) else None


def npy(kind, shape, data, fortran=False, version=1):
    header = f"{{'descr': '{kind}', 'fortran_order': {fortran}, 'shape': {tuple(shape)}, }}"
    header += " " * (-(len(header) + (11 if version == 1 else 13)) % 64) + "\n"
    length = struct.pack("<H" if version == 1 else "<I", len(header))
    return b"\x93NUMPY" + bytes([version, 0]) + length + header.encode() + data


def ramp(count):
    return bytes(number * 37 % 256 for number in range(count))


def arrays():
    small = {
        "bytes": npy("|u1", (4, 6, 6), ramp(144)),
        "rgb": npy("|u1", (3, 6, 6, 3), ramp(324)),
        "channels-first": npy("|u1", (3, 3, 6, 6), ramp(324)),
        "flat": npy("|u1", (4, 36), ramp(144), version=2),
        "fortran": npy("|u1", (4, 6, 6), ramp(144), fortran=True),
        "bools": npy("|b1", (4, 6, 6), bytes(number % 2 for number in range(144))),
        "floats": npy("<f4", (4, 6, 6), struct.pack("<144f", *(n % 9 / 8 for n in range(144)))),
        "doubles": npy(">f8", (2, 6, 6), struct.pack(">72d", *(n % 9 / 8 for n in range(72)))),
        "halves": npy("<f2", (2, 6, 6), struct.pack("<72e", *(n % 9 / 8 for n in range(72)))),
        "shorts": npy("<i2", (2, 6, 6), struct.pack("<72h", *(n * 7 % 256 for n in range(72)))),
    }
    return {f"{name}.npy": data for name, data in small.items()}


def packed(files, compression=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def tarred(files, kind):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz" if kind == "gz" else "w", format=tarfile.PAX_FORMAT) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return buffer.getvalue()


def tables():
    def rows(count, first=lambda row: [], last=lambda row: [], mark=","):
        return "\n".join(
            mark.join(map(str, [*first(row), *((row * 31 + pixel * 7) % 256 for pixel in range(16)), *last(row)]))
            for row in range(count)
        )

    header = "label," + ",".join(f"pixel{number}" for number in range(16)) + "\n"
    return {
        "plain.csv": rows(5),
        "header.csv": header + rows(5, lambda row: [row % 2]),
        "words.csv": rows(5, last=lambda row: ["ab"[row % 2]]),
        "quoted.csv": rows(5, lambda row: [f'"a ""{row}"""']).replace("\n", "\r\n"),
        "semicolons.csv": rows(5, mark=";"),
        "fractions.csv": "\n".join(",".join(f"{(row + pixel) % 9 / 8}" for pixel in range(16)) for row in range(5)),
        "one-hot.csv": rows(6, last=lambda row: [int(row % 3 == 0), int(row % 3 == 1), int(row % 3 == 2)]),
    }


def idx():
    images = struct.pack(">IIII", 0x803, 5, 6, 6) + ramp(180)
    return {"images.idx": images, "images.idx.gz": gzip.compress(images, mtime=0)}


def safetensors():
    header = json.dumps(
        {"__metadata__": {"format": "pt"}, "a.weight": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]},
         "a.bias": {"dtype": "F16", "shape": [2], "data_offsets": [24, 28]}}
    ).encode()
    return struct.pack("<Q", len(header)) + header + ramp(28)


def write(folder, files):
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)


def main():
    out = Path(sys.argv[1])
    images = pictures()
    kinds = ("png-0", "png-1", "gif-0", "jpeg-0", "bmp-0")
    some = {f"{'ab'[number % 2]}/{name}.{name[:3]}": images[name] for number, name in enumerate(kinds)}
    write(out / "image", images)
    write(out / "npy", arrays())
    write(out / "csv", tables())
    write(out / "idx", idx())
    write(out / "zip", {
        "images.zip": packed(some), "stored.zip": packed(some, zipfile.ZIP_STORED),
        "table.zip": packed({"train.csv": tables()["header.csv"]}), "idx.zip": packed(idx()),
    })
    write(out / "tar", {
        "images.tar": tarred(some, ""), "images.tar.gz": tarred(some, "gz"), "table.tar": tarred(
            {"train.csv": tables()["header.csv"].encode()}, ""),
    })
    write(out / "npz", {
        "images.npz": packed({"images.npy": arrays()["bytes.npy"], "labels.npy": npy("<i8", (4,), struct.pack("<4q", 0, 1, 0, 1))}),
        "names.npz": packed({"x.npy": arrays()["floats.npy"], "y.npy": npy("<U2", (4,), "abcdefgh".encode("utf-32-le"))}),
    })
    write(out / "checkpoint", {"small.safetensors": safetensors()})
    for path in (PACKAGE / "Tests/Fixtures/pytorch").glob("*.*"):
        shutil.copy(path, out / "checkpoint")
    (out / "experiment").mkdir(exist_ok=True)
    for path in (PACKAGE / "Experiments").glob("*.yaml"):
        shutil.copy(path, out / "experiment")


main()
