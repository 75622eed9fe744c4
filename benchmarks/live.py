"""Measures what train --live costs a training: processor time with a page open, with none open, and without --live, by turns.

    python3 benchmarks/live.py .build/release/jointvae [--rounds 5] [--steps 1500] [--threads 1]
"""

import argparse
import http.client
import os
import re
import resource
import statistics
import subprocess
import tempfile
import threading
import time


def follow(address, count):
    """Reads events as a browser does, until the training ends."""
    port, path = re.match(r"http://127[.]0[.]0[.]1:(\d+)(/.*)", address).groups()
    connection = http.client.HTTPConnection("127.0.0.1", int(port))
    connection.request("GET", path + "events")
    answer = connection.getresponse()
    while line := answer.readline():
        if line.startswith(b"event: "):
            name = line[7:].strip().decode()
            count[name] = count.get(name, 0) + 1


def train(program, kind, steps, threads):
    """User and system seconds of a training, its wall-clock seconds, and how many pictures a page got."""
    with tempfile.TemporaryDirectory() as folder:
        live = [] if kind == "without" else ["--live"]
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        process = subprocess.Popen(
            [program, "train", "shapes", "--out", "run", "--steps", str(steps), "--threads", str(threads),
             "--checkpoint-every", str(steps), *live], cwd=folder, stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE, text=True)
        count, reader = {}, None
        for line in process.stderr:
            if kind == "page" and (found := re.search(r"http://127[.]0[.]0[.]1:\S+", line)):
                reader = threading.Thread(target=follow, args=(found.group(), count))
                reader.start()
        if process.wait():
            raise SystemExit("the training failed")
        if reader:
            reader.join()
        wall = time.monotonic() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        return used, wall, count.get("pictures", 0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    program = os.path.abspath(arguments.program)
    kinds = ("without", "no page", "page")
    seconds = {kind: [] for kind in kinds}
    for number in range(arguments.rounds):
        for kind in kinds[number % 3:] + kinds[:number % 3]:
            used, wall, pictures = train(program, kind, arguments.steps, arguments.threads)
            seconds[kind].append(used)
            print(f"{number + 1} {kind:8}: {used:6.2f} s of processors, {wall:6.1f} s, {pictures} pictures", flush=True)
    # The page that stays is written once, with a page open or not, however long the training is.
    base = {"without": "without", "no page": "without", "page": "no page"}
    for kind in kinds:
        median = statistics.median(seconds[kind])
        spread = (max(seconds[kind]) - min(seconds[kind])) / 2
        change = 100 * (median / statistics.median(seconds[base[kind]]) - 1)
        print(f"{kind:8}: median {median:.2f} s +- {spread:.2f} s, {change:+.1f} % of {base[kind]}")


if __name__ == "__main__":
    main()
