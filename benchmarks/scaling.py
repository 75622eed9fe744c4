"""Measures training steps over threads, batches, image sizes and lanes, and fits the model of docs/performance.md.

    python3 benchmarks/scaling.py .build/release/jointvae [--json scaling.json] [--turns 3]

A step is said to take

    t = serial + (update + sum * (lanes - 1)) / min(threads, 2) + work * samples of the thread that has the most

Lanes are dealt whole, so with L lanes and T threads the last is ceil(L / T) / L of the batch. Serial is what one thread
does while others wait, and barriers. The update of all parameters and the sum of the lanes' gradients are bound by
memory; that more than two cores make them faster is not assumed. All four are fitted by least squares of relative
errors to what can be measured here.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys

CORES = os.cpu_count() or 1


def step(program, size=32, batch=64, threads=1, lanes=8, rounds=1, cores=None):
    command = [program, "bench", "--json", "--rounds", str(rounds), "--image-size", str(size)]
    command += ["--batch-size", str(batch), "--threads", str(threads), "--lanes", str(lanes)]
    if cores:
        command = ["taskset", "-c", cores] + command
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


def measured(program, cases, turns):
    """The shortest step of each case over interleaved turns, with how it divides."""
    best = {}
    for _ in range(turns):
        for name, case in cases.items():
            report = step(program, **case)
            if name not in best or report["minimumMilliseconds"] < best[name]["minimumMilliseconds"]:
                best[name] = report
    return best


def lane_count(batch, lanes):
    """What TrainingEngine.laneRanges makes of a batch."""
    return min(lanes, batch, max(2, batch // 2))


def largest_share(batch, threads, lanes=8):
    """The share of a batch's samples that the busiest thread has."""
    used = lane_count(batch, lanes)
    return math.ceil(used / min(threads, used)) / used


# Multiply-adds of a sample's training step, direct convolutions, in millions: NetworkLayout.operationsPerStep / 2e6.
def operations(size):
    depth = int(math.log2(size)) - 2
    encoder = [1] + [32] * (depth - 2) + [64, 64]
    decoder = [64] + ([64] if depth >= 4 else []) + [32] * (depth - 1 - (depth >= 4)) + [1]
    total, first, side = 0, 0, size
    for a, b in zip(encoder, encoder[1:]):
        side //= 2
        total += 3 * side * side * 16 * a * b
        first = first or side * side * 16 * a * b
    side = 4
    for a, b in zip(decoder, decoder[1:]):
        total += 3 * side * side * 16 * a * b
        side *= 2
    return (total - first + 3 * (2 * 1024 * 256 + 2 * 32 * 256)) / 1e6


def features(size, batch, threads, lanes=8):
    """What serial, update, sum and work are multiplied by."""
    shared = min(threads, 2)
    busiest = operations(size) * batch * largest_share(batch, threads, lanes)
    return [1.0, 1.0 / shared, (lane_count(batch, lanes) - 1) / shared, busiest]


def solve(rows, values):
    """Least squares of relative errors, by the normal equations."""
    n = len(rows[0])
    scaled = [[x / value for x in row] for row, value in zip(rows, values)]
    a = [[sum(row[i] * row[j] for row in scaled) for j in range(n)] for i in range(n)]
    b = [sum(row[i] for row in scaled) for i in range(n)]
    for i in range(n):
        pivot = max(range(i, n), key=lambda k: abs(a[k][i]))
        a[i], a[pivot], b[i], b[pivot] = a[pivot], a[i], b[pivot], b[i]
        for k in range(i + 1, n):
            factor = a[k][i] / a[i][i]
            a[k] = [x - factor * y for x, y in zip(a[k], a[i])]
            b[k] -= factor * b[i]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (b[i] - sum(a[i][k] * x[k] for k in range(i + 1, n))) / a[i][i]
    return x


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--json", metavar="FILE", help="write all numbers")
    options = parser.parse_args()

    counts = sorted({1, min(2, CORES), CORES})
    cases = {}
    for threads in counts:
        for batch in (1, 2, 4, 8, 16, 32, 64, 128, 256, 512):
            cases[f"{threads} threads, 32x32, batch {batch}"] = {"batch": batch, "threads": threads}
        for size in (16, 64, 128):
            cases[f"{threads} threads, {size}x{size}, batch 64"] = {"size": size, "threads": threads}
        for lanes in (1, 2, 4, 16, 32):
            cases[f"{threads} threads, 32x32, batch 64, {lanes} lanes"] = {"lanes": lanes, "threads": threads}
    extra = {}
    extra[f"{2 * CORES} threads on {CORES} cores"] = {"threads": 2 * CORES, "cores": f"0-{CORES - 1}"}
    extra["2 threads on 1 core"] = {"threads": 2, "cores": "0"}
    best = measured(options.program, {**cases, **extra}, options.turns)

    rows = [features(c.get("size", 32), c.get("batch", 64), c["threads"], c.get("lanes", 8)) for c in cases.values()]
    values = [best[name]["minimumMilliseconds"] for name in cases]
    constants = solve(rows, values)
    print(f"{'case':42} {'measured':>9} {'model':>9}")
    errors = []
    for name, row, value in zip(cases, rows, values):
        model = sum(c * x for c, x in zip(constants, row))
        errors.append(abs(model / value - 1))
        print(f"{name:42} {value:6.2f} ms {model:6.2f} ms")
    print(f"\nserial {constants[0]:.3f} ms; on one thread update {constants[1]:.3f} ms, ", end="")
    print(f"sum {constants[2]:.3f} ms a lane, work {constants[3] * 1e3:.2f} microseconds a million multiply-adds")
    print(f"relative error: median {statistics.median(errors):.0%}, largest {max(errors):.0%}\n")
    for name in extra:
        print(f"{name:42} {best[name]['minimumMilliseconds']:6.2f} ms")

    print("\nThe model for more cores, batch 64 and 512 of 32x32 and 64 of 128x128, as times as fast as one thread")
    print(f"{'threads':>8} {'lanes':>6}" + "".join(f"{text:>14}" for text in ("64", "512", "128x128")))
    for threads, lanes in [(1, 8), (2, 8), (4, 8), (8, 8), (16, 8), (16, 16), (64, 8), (64, 64)]:
        speeds = []
        for size, batch in [(32, 64), (32, 512), (128, 64)]:
            t = [sum(c * x for c, x in zip(constants, features(size, batch, n, lanes))) for n in (1, threads)]
            speeds.append(t[0] / t[1])
        print(f"{threads:8} {lanes:6}" + "".join(f"{speed:14.1f}" for speed in speeds))
    if options.json:
        with open(options.json, "w") as file:
            json.dump({"constants": constants, "measured": best}, file, indent=2)
            file.write("\n")


if __name__ == "__main__":
    sys.exit(main())
