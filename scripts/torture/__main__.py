"""Ends and disturbs the program at every place where it writes, and looks at what it leaves. Standard library only.

    python3 scripts/torture .build/release/jointvae --seconds 600 --seed 7

For each scenario it first counts the calls that change files and keeps what an undisturbed run leaves. Then, until the
time is over, it takes scenarios in turn and lets the program be killed at a random time or call, lets a call fail, fills
the disk from a call on, or flips a bit of a file that the program wrote. Each time the program is called again until it
ends well. Then all files have to be those of the undisturbed run, but for times, and nothing half written may be left.
"""

import argparse
import collections
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from faults import Disturbances
from flips import Flips
from scenarios import all_scenarios


class Torture:
    def __init__(self, program, folder, seed):
        self.path = str(Path(program).resolve())
        self.folder = folder
        self.random = random.Random(seed)
        self.figures = collections.Counter()
        self.failures = []
        self.shim = folder / "shim.so"
        compiler = os.environ.get("CC", "cc")
        source = Path(__file__).parent / "shim.c"
        subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", self.shim, source, "-ldl"], check=True)

    def run(self, arguments, folder, extra=None, kill_after=None):
        """Calls the program; the code it ends with, negative for a signal, and what it says."""
        environment = {"PATH": os.environ.get("PATH", ""), "XDG_CACHE_HOME": str(folder / "cache")}
        process = subprocess.Popen(
            [self.path, *arguments], cwd=folder, env=environment | (extra or {}), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        try:
            out, err = process.communicate(timeout=kill_after or 300)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
        return process.returncode, out.decode(errors="replace"), err.decode(errors="replace")

    def new_folder(self):
        return Path(tempfile.mkdtemp(dir=self.folder))

    def fail(self, folder, words):
        """Notes a failure, and keeps the folder to be looked at."""
        folder = folder.rename(self.new_folder() / "files")
        self.failures.append(f"{words}\n    files: {folder}")
        print(f"FAILED: {self.failures[-1]}", flush=True)

    def report(self, seconds, seed):
        print(f"\ntorture: seed {seed}, {seconds:.0f} s")
        for kind, count in sorted(self.figures.items()):
            print(f"{count:7d}  {kind}")
        print(f"{len(self.failures):7d}  failures")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", help="scenarios whose name begins with this")
    parser.add_argument("--kind", default="", help="disturbances whose name contains this, such as killed")
    arguments = parser.parse_args()
    print(f"torture: seed {arguments.seed}, {arguments.seconds:.0f} s", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="jointvae-torture-"))
    start = time.monotonic()
    torture = Torture(arguments.program, folder, arguments.seed)
    scenarios = [
        scenario
        for scenario in all_scenarios(torture.run)
        if scenario.name.startswith(arguments.only or "")
    ]
    torture.random.shuffle(scenarios)
    makers = [Disturbances(torture, scenario, arguments.kind) for scenario in scenarios]
    if not arguments.kind and (not arguments.only or "flips".startswith(arguments.only)):
        makers.append(Flips(torture))
    turn = 0
    while time.monotonic() - start < arguments.seconds:
        makers[turn % len(makers)].step()
        turn += 1
    torture.report(time.monotonic() - start, arguments.seed)
    if torture.failures:
        sys.exit(1)
    shutil.rmtree(folder)


main()
