"""Counts the instructions of training steps with valgrind, and compares them with benchmarks/counts.json.

    python3 benchmarks/counts.py .build/release/jointvae [--update]

Times change with the machine and what else it does; counts do not, so a change of two in a hundred is seen. They say
nothing of caches and of memory. valgrind knows no AVX-512: the counts are of the AVX2 tiles. A case is one thread that
does 3 steps, and what starting the program and measuring the peak take.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "counts.json")
CASES = {
    "batch 8": ["--batch-size", "8"],
    "batch 8, direct": ["--batch-size", "8", "--convolution", "direct"],
    "batch 1": ["--batch-size", "1"],
}
# The functions of CTiles that matter, and everything together.
KERNELS = ["product", "narrowProduct", "outerProduct", "dots", "patchPoints", "pixelPoints", "foldPoints"]
KERNELS += ["filterPoints", "overlapPoints", "pointProduct", "pointGradient", "transpose", "adam", "binaryCrossEntropy"]
TOLERANCES = {"all": 0.02}
KERNEL_TOLERANCE = 0.01


def self_costs(path):
    """Instructions by function, from a file of callgrind's: calls' own lines, which repeat the callee's, left out."""
    names, costs = {}, {}
    function, skips = None, False
    with open(path) as file:
        for line in file:
            if match := re.match(r"(c?fn)=\((\d+)\)(?: (.*))?", line):
                kind, number, name = match.groups()
                if name:
                    names[number] = re.sub(r"'\d+$", "", name.strip())
                if kind == "fn":
                    function = names[number]
            elif line.startswith("calls="):
                skips = True
            elif re.match(r"[+*\-\d]", line):
                if not skips:
                    costs[function] = costs.get(function, 0) + int(line.split()[-1])
                skips = False
    return costs


def count(program, arguments):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "callgrind.out")
        # Names are enough; valgrind gives up at debugging information newer than itself.
        bare = os.path.join(folder, "jointvae")
        subprocess.run(["strip", "--strip-debug", "-o", bare, program], check=True)
        command = ["valgrind", "--tool=callgrind", f"--callgrind-out-file={path}", "--error-exitcode=3"]
        command += [bare, "bench", "--json", "--threads", "1", "--rounds", "1", "--steps", "1"]
        command += arguments
        done = subprocess.run(command, env={**os.environ, "JOINTVAE_ISA": "avx2"}, capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(f"counts.py: {' '.join(command)} failed:\n{done.stderr}")
        costs = self_costs(path)
    counts = {name: costs[name] for name in KERNELS if name in costs}
    counts["all"] = sum(costs.values())
    return counts


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--update", action="store_true", help="write what was counted to counts.json")
    options = parser.parse_args()
    for tool in ("valgrind", "strip"):
        if not shutil.which(tool):
            sys.exit(f"counts.py: {tool} is not there; install it, for example with: apt-get install valgrind binutils")
    counted = {name: count(options.program, arguments) for name, arguments in CASES.items()}
    if options.update:
        with open(TABLE, "w") as file:
            json.dump(counted, file, indent=2)
            file.write("\n")
        return print(f"wrote {TABLE}")
    with open(TABLE) as file:
        expected = json.load(file)
    differs = False
    for case, counts in counted.items():
        print(case)
        for name in sorted(set(counts) | set(expected.get(case, {})), key=lambda name: -counts.get(name, 0)):
            ours, known = counts.get(name, 0), expected.get(case, {}).get(name, 0)
            change = ours / known - 1 if known else float("inf")
            wrong = abs(change) > TOLERANCES.get(name, KERNEL_TOLERANCE)
            differs = differs or wrong
            print(f"  {name:20} {ours:>15,} {change:+8.2%}{'  <- differs' if wrong else ''}")
    if differs:
        sys.exit("counts.py: counts differ; when that is meant, run it with --update and commit counts.json")


if __name__ == "__main__":
    main()
