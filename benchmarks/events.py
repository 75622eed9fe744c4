"""What writing event files costs of a training.

usage: events.py PROGRAM [--rounds N] [--steps N] [-- OPTIONS...]

Trains the same run with and without --tensorboard by turns, on one thread, and compares the processor time of the whole
program: other programs on the machine lengthen the wall-clock time of both. The median over the rounds is printed.
OPTIONS go to `jointvae train`; they begin with the data set (default: shapes --limit 2000).

    python3 benchmarks/events.py .build/release/jointvae --steps 3000 -- mnist --data ../shared/data/mnist
"""

import argparse
import pathlib
import resource
import statistics
import subprocess
import tempfile


def seconds(call: list[str]) -> float:
    """Processor seconds of a call."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(call, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


parser = argparse.ArgumentParser()
parser.add_argument("program", type=pathlib.Path)
parser.add_argument("--rounds", type=int, default=5)
parser.add_argument("--steps", type=int, default=3000)
parser.add_argument("options", nargs="*", default=["shapes", "--limit", "2000"])
arguments = parser.parse_args()

shares = []
for number in range(arguments.rounds):
    times = {}
    for flag in ([], ["--tensorboard"]) if number % 2 == 0 else (["--tensorboard"], []):
        with tempfile.TemporaryDirectory() as folder:
            call = [str(arguments.program.resolve()), "train", *arguments.options, "--steps", str(arguments.steps)]
            times[bool(flag)] = seconds(call + ["--threads", "1", "--out", f"{folder}/run", *flag])
    shares.append(times[True] / times[False] - 1)
    print(f"round {number + 1}: {times[False]:.2f} s without, {times[True]:.2f} s with events: {shares[-1]:+.2%}")
print(f"median: {statistics.median(shares):+.2%} of {arguments.steps} steps")
