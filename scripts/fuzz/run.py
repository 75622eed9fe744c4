"""Fuzzes the readers of files in turns, a minute each, and adds up what was done. Standard library only.

    python3 scripts/fuzz/run.py scripts/fuzz/.build/release/FuzzFiles --seconds 540 --folder runs/fuzz

Inputs that reach new code stay in the folder, and the next call begins with them. A finding is a file of its own; call
the program with its reader and path to see it again: `FUZZ_READER=npy FuzzFiles runs/fuzz/found/npy-crash-...`.
"""

import argparse
import os
import re
import resource
import subprocess
import sys
from pathlib import Path

TURN = 60


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("--seconds", type=float, default=540, help="processor seconds in all")
    parser.add_argument("--folder", type=Path, default=Path("runs/fuzz"))
    parser.add_argument("--only", help="one reader")
    arguments = parser.parse_args()
    corpus, found = arguments.folder / "corpus", arguments.folder / "found"
    found.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, Path(__file__).parent / "corpus.py", corpus], check=True)
    readers = sorted(folder.name for folder in corpus.iterdir() if arguments.only in (None, folder.name))
    runs = dict.fromkeys(readers, 0)
    turn = 0
    try:
        while used() < arguments.seconds:
            reader = readers[turn % len(readers)]
            left = arguments.seconds - used()
            runs[reader] += fuzz(arguments.program, reader, corpus / reader, found, min(TURN, max(1, left)))
            turn += 1
    except KeyboardInterrupt:
        print("stopped before the time was over", flush=True)
    print(f"\nfuzz: {used():.0f} processor seconds")
    for reader in readers:
        print(f"{runs[reader]:10d}  {reader} ({len(list((corpus / reader).iterdir()))} inputs kept)")
    findings = sorted(found.iterdir())
    print(f"{len(findings):10d}  findings")
    for path in findings:
        print(f"            {path}")
    sys.exit(1 if findings else 0)


def used():
    """Processor seconds of the calls so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def fuzz(program, reader, corpus, found, seconds):
    """Fuzzes one reader; the number of inputs it read. A finding ends the call early."""
    result = subprocess.run(
        [program, f"-max_total_time={seconds:.0f}", "-rss_limit_mb=1024", "-timeout=20", "-report_slow_units=20", "-max_len=65536",
         f"-artifact_prefix={found}/{reader}-", corpus],
        env=os.environ | {"FUZZ_READER": reader}, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        errors="replace",
    )
    counts = [int(count) for count in re.findall(r"^#(\d+)\t", result.stderr, re.MULTILINE)]
    if result.returncode != 0:
        print(f"FOUND by {reader}:\n{result.stderr[-2000:]}", flush=True)
    return max(counts, default=0)


main()
