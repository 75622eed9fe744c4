"""Times training steps of jointvae and of PyTorch in turn, and prints the ratios.

    python3 benchmarks/compare.py .build/release/jointvae [--image-size 32] [--channels 1] [--batch-size 64]
        [--network wide] [--json comparison.json] [--svg comparison.svg] [--history]

PyTorch runs eager and compiled, each with and without channels_last, and with the fused Adam. All take turns on the same
machine within one run, since its speed changes from minute to minute. Each row reports the median and the minimum of all
steps of all turns; a ratio's spread is its range over the turns. The last line has the ratio to the best of PyTorch. The
chart is drawn by `jointvae bench --comparison`, which draws it from the JSON again at any time.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile

import history

try:
    import torch

    from pytorch_peer import PeerTraining
except ImportError as error:
    sys.exit(f"compare.py: {error}; install it, for example with: python3 -m pip install torch")


def ours(program, options, turn_rounds):
    command = [program, "bench", "--json", "--rounds", str(turn_rounds)]
    for name in ("image_size", "channels", "network", "batch_size", "threads"):
        command += [f"--{name.replace('_', '-')}", str(getattr(options, name))]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--image-size", type=int, default=32, choices=[32, 64])
    parser.add_argument("--channels", type=int, default=1)
    parser.add_argument("--network", default="paper", choices=["paper", "wide", "deep"])
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--turns", type=int, default=6)
    parser.add_argument("--steps", type=int, default=40, help="steps of PyTorch a turn")
    parser.add_argument("--no-compile", action="store_true", help="leave torch.compile out")
    parser.add_argument("--json", metavar="FILE", nargs="?", const="-", help="write JSON; without a name, print it")
    parser.add_argument("--svg", metavar="FILE", help="draw the times, and where those of a step of jointvae go")
    parser.add_argument("--history", action="store_true", help="keep the result in docs/performance")
    parser.add_argument("--note", help="words for the history, such as what else the machine did")
    options = parser.parse_args()

    shape = (options.image_size, options.channels, options.batch_size, 10, [10], options.threads)
    peers = {}
    for name, compiled in [("PyTorch eager", False)] + ([] if options.no_compile else [("torch.compile", True)]):
        for channels_last in (False, True):
            full = name + (", channels_last" if channels_last else "")
            peers[full] = PeerTraining(*shape, compiled, channels_last, network=options.network)
    for name, peer in list(peers.items()):
        try:
            peer.run(5)
        except Exception as error:  # a compiler may be missing
            print(f"{name} does not run here: {str(error).splitlines()[0]}", file=sys.stderr)
            del peers[name]

    times = {name: [] for name in peers}
    reports = []
    turns = []
    for number in range(options.turns):
        print(f"turn {number + 1} of {options.turns}", file=sys.stderr, flush=True)
        report = ours(options.program, options, 2)
        reports.append(report)
        turn = {}
        for name, peer in peers.items():
            measured = peer.run(options.steps)
            times[name] += measured
            turn[name] = statistics.median(measured) / report["medianMilliseconds"]
        turns.append(turn)

    median = statistics.median(r["medianMilliseconds"] for r in reports)
    minimum = min(r["minimumMilliseconds"] for r in reports)
    share = statistics.median(r["shareOfPeak"] for r in reports)
    slow = statistics.median(r["percentile90Milliseconds"] for r in reports)
    phases = {
        name: statistics.median(r["phaseMilliseconds"][name] for r in reports) for name in reports[0]["phaseMilliseconds"]
    }
    result = {
        "imageSize": options.image_size,
        "channels": options.channels,
        "network": options.network,
        "batchSize": options.batch_size,
        "threads": options.threads,
        "instructionSet": reports[0]["instructionSet"],
        "torch": torch.__version__,
        "jointvae": {
            "medianMilliseconds": median,
            "minimumMilliseconds": minimum,
            "percentile90Milliseconds": slow,
            "shareOfPeak": share,
            "phaseMilliseconds": phases,
        },
        "peers": {
            name: {
                "medianMilliseconds": statistics.median(values),
                "minimumMilliseconds": min(values),
                "percentile90Milliseconds": sorted(values)[len(values) * 9 // 10],
                "medianRatio": statistics.median(values) / median,
                "minimumRatio": min(values) / minimum,
                "ratioSpread": [min(t[name] for t in turns), max(t[name] for t in turns)],
            }
            for name, values in times.items()
        },
    }
    if result["peers"]:
        best = min(result["peers"], key=lambda name: result["peers"][name]["medianMilliseconds"])
        values = result["peers"][best]
        result["best"] = best
        result["summary"] = {
            "step": f"{values['medianRatio']:.2f} times as long by medians, "
            f"{values['minimumRatio']:.2f} by minima ({best})"
        }
    if options.history:
        versions = {"torch": torch.__version__}
        path = history.add("training", result["instructionSet"], versions, result, options.note)
        print(f"wrote {path}", file=sys.stderr)
    text = json.dumps(result, indent=2) + "\n"
    if options.json and options.json != "-":
        with open(options.json, "w") as file:
            file.write(text)
    if options.svg:
        with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
            file.write(text)
            file.flush()
            subprocess.run([options.program, "bench", "--comparison", file.name, "--svg", options.svg], check=True)
    if options.json == "-":
        print(text, end="")
        return
    size = f"{options.image_size}x{options.image_size}x{options.channels}"
    print(
        f"Training step, {size}, {options.network} network, batch {options.batch_size}, "
        f"{options.threads} threads, {result['instructionSet']}, torch {torch.__version__}"
    )
    print(f"{'':28} {'median':>10} {'minimum':>10}   times as long")
    print(f"{'jointvae':28} {median:7.2f} ms {minimum:7.2f} ms   {share:.0%} of the multiply-add peak")
    for name, peer in result["peers"].items():
        low, high = peer["ratioSpread"]
        print(
            f"{name:28} {peer['medianMilliseconds']:7.2f} ms {peer['minimumMilliseconds']:7.2f} ms   "
            f"{peer['medianRatio']:.2f} (median), {peer['minimumRatio']:.2f} (minimum), turns {low:.2f} to {high:.2f}"
        )
    if "best" in result:
        print(f"PyTorch's best takes {result['summary']['step']}")


if __name__ == "__main__":
    main()
