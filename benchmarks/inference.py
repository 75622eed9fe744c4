"""Times encoding and decoding with jointvae and with PyTorch in turn, and prints the ratios.

    python3 benchmarks/inference.py .build/release/jointvae [--image-size 32] [--channels 1]

PyTorch runs in inference mode, in batches of 256, with channels_last and without: the quicker of the two counts. One row
is 10,000 images encoded and decoded; another is one code decoded, as an app or a server asks for it.
"""

import argparse
import json
import statistics
import subprocess
import sys

try:
    import torch

    from pytorch_peer import PeerInference
except ImportError as error:
    sys.exit(f"inference.py: {error}; install it, for example with: python3 -m pip install torch")


def ours(program, options):
    command = [program, "bench", "--inference", "--json", "--threads", str(options.threads)]
    command += ["--image-size", str(options.image_size), "--channels", str(options.channels)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--image-size", type=int, default=32, choices=[32, 64])
    parser.add_argument("--channels", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--images", type=int, default=10_000)
    parser.add_argument("--no-compile", action="store_true", help="leave torch.compile out")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()

    peers = {}
    for name, compiled in [("PyTorch eager", False), ("torch.compile", True)]:
        if compiled and options.no_compile:
            continue
        shape = (options.image_size, options.channels, 10, [10], options.threads, compiled)
        variants = []
        for channels_last in (False, True):
            try:
                variant = PeerInference(*shape, channels_last)
                variant.many(512)
                variant.one(3)
                variants.append(variant)
            except Exception as error:  # a compiler may be missing
                print(f"{name} does not run here: {str(error).splitlines()[0]}", file=sys.stderr)
        if variants:
            peers[name] = min(variants, key=lambda variant: min(sum(variant.many(2560)) for _ in range(3)))

    reports = []
    many = {name: [] for name in peers}
    one = {name: [] for name in peers}
    for _ in range(options.turns):
        reports.append(ours(options.program, options))
        for name, peer in peers.items():
            many[name].append(sum(peer.many(options.images)))
            one[name] += peer.one(500)

    def both(key):
        return [report["encode"][key] + report["decode"][key] for report in reports]

    mine = {
        "manyMedian": statistics.median(both("medianMilliseconds")),
        "manyMinimum": min(both("minimumMilliseconds")),
        "oneMedian": statistics.median(report["decodeOne"]["p50Microseconds"] for report in reports) / 1e3,
        "onePercentile99": statistics.median(report["decodeOne"]["p99Microseconds"] for report in reports) / 1e3,
    }
    result = {"torch": torch.__version__, "threads": options.threads, "jointvae": mine, "peers": {}}
    for name, peer in peers.items():
        result["peers"][name] = {
            "channelsLast": peer.format == torch.channels_last,
            "manyMedian": statistics.median(many[name]),
            "manyMinimum": min(many[name]),
            "oneMedian": statistics.median(one[name]),
            "onePercentile99": sorted(one[name])[len(one[name]) * 99 // 100],
        }
    if options.json:
        print(json.dumps(result, indent=2))
        return
    size = f"{options.image_size}x{options.image_size}x{options.channels}"
    print(f"{options.images} images of {size} encoded and decoded, {options.threads} threads, torch {torch.__version__}")
    print(f"{'jointvae':16} {mine['manyMedian']:8.1f} ms median, {mine['manyMinimum']:8.1f} ms minimum")
    for name, peer in result["peers"].items():
        layout = "channels_last" if peer["channelsLast"] else "contiguous"
        print(
            f"{name:16} {peer['manyMedian']:8.1f} ms median, {peer['manyMinimum']:8.1f} ms minimum   "
            f"{peer['manyMedian'] / mine['manyMedian']:.2f} and {peer['manyMinimum'] / mine['manyMinimum']:.2f} "
            f"times as long ({layout})"
        )
    print("One code decoded")
    print(f"{'jointvae':16} {mine['oneMedian'] * 1e3:8.0f} us median, {mine['onePercentile99'] * 1e3:8.0f} us p99")
    for name, peer in result["peers"].items():
        print(
            f"{name:16} {peer['oneMedian'] * 1e3:8.0f} us median, {peer['onePercentile99'] * 1e3:8.0f} us p99   "
            f"{peer['oneMedian'] / mine['oneMedian']:.1f} times as long"
        )


if __name__ == "__main__":
    main()
