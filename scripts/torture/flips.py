"""Flipped bits in the files that the program writes."""

import shutil

from scenarios import SMALL, photos

RUN = f"train shapes --out run {SMALL} --steps 14 --log-every 3"


class Flips:
    """A file of each kind, and a call that reads it.

    A flip has to be noticed, by an error that names the file, or to change nothing of what the call leaves.
    """

    def __init__(self, torture):
        self.torture = torture
        self.folder = None

    def prepare(self):
        torture = self.torture
        # Made where it is read again: paths are in some files.
        self.folder = torture.folder / "flips"
        self.folder.mkdir()
        photos(self.folder)
        for call in (RUN, "convert run m.pt", "convert run half.safetensors --half", "data show photos --image-size 16"):
            code, _, err = torture.run(call.split(), self.folder)
            if code != 0:
                raise SystemExit(f"{call} fails undisturbed: {err}")
        cached = next((self.folder / "cache" / "jointvae" / "prepared").iterdir()).relative_to(self.folder)
        self.folder = self.folder.rename(torture.folder / "flips-start")
        resume = "train --resume --out run --steps 20"
        sample = "-o flipped.png --seed 3"
        self.kinds = [
            ("model of a run", "run/model.safetensors", f"sample run {sample}", "flipped.png"),
            ("safetensors of 16 bits", "half.safetensors", f"sample half.safetensors {sample}", "flipped.png"),
            ("PyTorch file", "m.pt", f"sample m.pt {sample}", "flipped.png"),
            ("training state", "run/checkpoints/state.safetensors", resume, "run/model.safetensors"),
            ("cache of images", str(cached), "data show photos --image-size 16 -o flipped.png", "flipped.png"),
            ("frame of training.gif", "run/checkpoints/frames/000001.png", resume, "run/training.gif"),
        ]
        self.expected = {}
        for kind, _, call, result in self.kinds:
            folder = self.copy()
            code, out, err = torture.run(call.split(), folder)
            if code != 0:
                raise SystemExit(f"{call} fails undisturbed: {err}")
            self.expected[kind] = (out if "data" in call else "", (folder / result).read_bytes())
            shutil.rmtree(folder)

    def copy(self):
        return shutil.copytree(self.folder, self.torture.folder / "flips")

    def step(self):
        if self.folder is None:
            self.prepare()
        torture = self.torture
        kind, name, call, result = torture.random.choice(self.kinds)
        folder = self.copy()
        path = folder / name
        data = bytearray(path.read_bytes())
        # Headers are short and full of meaning, so half of the flips go there.
        limit = len(data) if torture.random.random() < 0.5 else min(len(data), 4000)
        place = torture.random.randrange(limit)
        bit = torture.random.randrange(8)
        data[place] ^= 1 << bit
        path.write_bytes(data)
        code, out, err = torture.run(call.split(), folder)
        torture.figures[f"flipped bit: {kind}"] += 1
        problem = self.problem(kind, name, code, out, err, folder / result)
        if problem:
            torture.fail(folder, f"bit {bit} of byte {place} of {len(data)} flipped in {name}: {problem}")
        else:
            shutil.rmtree(folder)

    def problem(self, kind, name, code, out, err, result):
        if code < 0 or code > 1:
            return f"exit code {code}: {err[-500:]}"
        if code == 1:
            # A frame stands for its folder, and a path may be the run's.
            parts = name.split("/")
            return None if parts[0] in err or parts[-1] in err else f"the file is not named: {err[-500:]}"
        found = (out if self.expected[kind][0] else "", result.read_bytes())
        return None if found == self.expected[kind] else "went unnoticed and changed the result"
