"""What is tortured: calls of the program that write files, and what they have to leave in the end."""

import os
import struct
import zlib
from pathlib import Path

from mirror import Mirror

SMALL = "--image-size 16 --limit 64 --batch-size 16 --continuous 2 --discrete 4 --threads 1"
EXPERIMENT = """base: {dataset: shapes, image-size: 16, limit: 48, batch-size: 16, continuous: 2, steps: 6, checkpoint-every: 4}
axes: {discrete: [2, 3]}
evaluate: {limit: 20}
"""


def png(path, number, size=20):
    """Writes a gray picture, another one for each number."""
    rows = b"".join(
        b"\0" + bytes((x * (number % 7 + 1) + y * (number % 5 + 1) + number) % 256 for x in range(size))
        for y in range(size)
    )

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    )


def without_times(path, data):
    """What of a file may not depend on how often the program was ended."""
    if path.suffix == ".csv":
        rows = [line.split(",") for line in data.decode().splitlines()]
        place = rows[0].index("seconds")
        return "\n".join(",".join(row[:place] + row[place + 1 :]) for row in rows)
    # Pages show times.
    return "page" if path.suffix == ".html" else data


class Scenario:
    """A call, the call that goes on after it, and the files that matter."""

    def __init__(self, name, call, resume=None, marks=(), prepare=None):
        self.name = name
        self.call = call.split()
        self.resume = resume.split() if resume else self.call
        self.marks = marks
        self.prepare = prepare or (lambda folder: None)

    def next_call(self, folder):
        """What a user calls next: what goes on, where there is something to go on with."""
        begun = any((folder / mark).exists() for mark in self.marks)
        return self.resume if begun else self.call

    def files(self, folder):
        """Everything that is there, without times."""
        result = {}
        for root, _, names in os.walk(folder):
            for name in names:
                path = Path(root) / name
                data = b"" if path.suffix == ".prepared" else path.read_bytes()
                # Names and headers of cached files depend on the folder and the time.
                shown = path.parent / "x.prepared" if path.suffix == ".prepared" else path
                result[str(shown.relative_to(folder))] = without_times(path, data)
        return result

    def problem_between(self, folder, before, after):
        """What is wrong with what an ended call left; None when nothing is."""
        return None


class Replacing(Scenario):
    """A call that replaces files: at any time each is the old one or the new one."""

    def problem_between(self, folder, before, after):
        for name, data in self.files(folder).items():
            if not name.endswith(".partial") and data not in (before.get(name), after.get(name)):
                return f"{name} is neither the old file nor the new one"
        return None


def photos(folder):
    for number in range(40):
        png(folder / "photos" / "ab"[number % 2] / f"{number}.png", number)


def old_model(program, name):
    def prepare(folder):
        program(f"convert mnist {name}".split(), folder)

    return prepare


def all_scenarios(program):
    """`program` runs the program with arguments in a folder."""

    def experiment(folder):
        (folder / "small.yaml").write_text(EXPERIMENT)

    def pictures(folder):
        for call in ("sample shapes -o p.png --seed 9", "traverse mnist -o t.gif --size 3"):
            program(call.split(), folder)

    mirror = Mirror()
    fetch = f"data fetch --checksums SHA256SUMS --mirror {mirror.address} --to set"
    train = f"train shapes --out run {SMALL} --steps 14 --checkpoint-every 4 --log-every 3"
    resume = "train --resume --out run"
    run = ("run/config.json",)
    return [
        Scenario("train", train, resume, run),
        Scenario("pairs", f"{train} --recipe pairs --validation 16", resume, run),
        Scenario(
            "restarts", f"{train} --restarts 3 --restart-steps 5", resume, run + ("run.restarts/restarts.json",)
        ),
        Scenario("experiment", "experiment run small.yaml --out exp --threads 1", prepare=experiment),
        Scenario("cache", "data show photos --image-size 16 -o sheet.png", prepare=photos),
        Scenario(
            "train on files", f"train photos --out run {SMALL} --steps 6 --log-every 2", resume, run, prepare=photos
        ),
        Scenario("fetch", fetch, prepare=mirror.list_files),
        Replacing("convert", "convert shapes m.safetensors --force", prepare=old_model(program, "m.safetensors")),
        Replacing("convert to PyTorch", "convert shapes m.pt --force", prepare=old_model(program, "m.pt")),
        Replacing("sample", "sample shapes -o p.png", prepare=pictures),
        Replacing("traverse", "traverse shapes -o t.gif --size 3", prepare=pictures),
    ]
