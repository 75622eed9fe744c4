"""Times encoding and decoding with jointvae and with its strongest peers in turn, and prints the ratios.

    python3 benchmarks/inference.py .build/release/jointvae [--image-size 32] [--channels 1] [--history]

Peers are PyTorch eager and compiled, ONNX Runtime and OpenVINO, as many as are installed. A short trial takes the best
setting of each: the order of the pixels, the size of the batch, the number of threads and of streams. ONNX Runtime and
OpenVINO get the files of `jointvae convert`. One row is many images encoded and decoded; two are one image encoded and
one decoded, as an app or a server asks for it.
"""

import argparse
import importlib.metadata
import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
import time

import history

# As many as `jointvae bench --inference` takes, and those of a trial. Batches divide both, so all are full.
IMAGES, TRIAL = 10_000, 2000
BATCHES = {"PyTorch eager": [50, 250, 1000], "torch.compile": [50, 250], "ONNX Runtime": [16, 50, 250, 1000]}
BATCHES["OpenVINO"] = BATCHES["ONNX Runtime"]
ROWS = ("many", "encodeOne", "decodeOne")
# Ours alone, with the weights of a file of half precision.
HALF_ROWS = ("encodeOneOfHalves", "decodeOneOfHalves")


def peer_makers(options, folder):
    """For each family, its settings: functions that make a peer, by the row that they compete in."""
    size, channels, threads = options.image_size, options.channels, options.threads
    makers = {}
    if importlib.util.find_spec("torch"):
        from pytorch_peer import PeerInference

        for family, compiled in [("PyTorch eager", False)] + ([] if options.no_compile else [("torch.compile", True)]):

            def make(batch, last, compiled=compiled):
                return lambda: PeerInference(size, channels, 10, [10], threads, compiled, last, batch)

            makers[family] = {
                "many": [make(batch, last) for batch in BATCHES[family] for last in (False, True)],
                "one": [make(1, last) for last in (False, True)],
            }
    if importlib.util.find_spec("onnxruntime") or importlib.util.find_spec("openvino"):
        import onnx_peers

        paths = onnx_peers.export(options.program, folder, size, channels)
        counts = sorted({1, threads})
        if importlib.util.find_spec("onnxruntime"):

            def make(batch, threads):
                return lambda: onnx_peers.ONNXRuntimePeer(paths, size, channels, threads, batch)

            makers["ONNX Runtime"] = {
                "many": [make(batch, threads) for batch in BATCHES["ONNX Runtime"]],
                "one": [make(1, count) for count in counts],
            }
        if importlib.util.find_spec("openvino"):

            def make(batch, threads, streams=1):
                return lambda: onnx_peers.OpenVINOPeer(paths, size, channels, threads, batch, streams)

            makers["OpenVINO"] = {
                "many": [make(batch, threads, n) for batch in BATCHES["OpenVINO"] for n in counts],
                "one": [make(1, count) for count in counts],
            }
    return makers


def milliseconds(work):
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


def best(name, makers, trial):
    """The peer whose shortest trial is the shortest of all; nil where none runs here."""
    tried = []
    for make in makers:
        try:
            peer = make()
            trial(peer)
            tried.append((min(trial(peer) for _ in range(3)), peer))
        except Exception as error:  # a compiler or a library may be missing
            print(f"a setting of {name} does not run here: {' '.join(str(error).split())[-300:]}", file=sys.stderr)
    return min(tried, key=lambda pair: pair[0])[1] if tried else None


def many(peer, count):
    encode, decode = peer.work(count)
    return milliseconds(encode) + milliseconds(decode)


def one(peer, half, calls):
    work = peer.work(1)[half]
    return [milliseconds(work) for _ in range(calls)]


def ours(options):
    command = [options.program, "bench", "--inference", "--json", "--threads", str(options.threads)]
    command += ["--image-size", str(options.image_size), "--channels", str(options.channels)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def summary(values):
    """The numbers of a row: of times in milliseconds."""
    ordered = sorted(values)
    return {
        "medianMilliseconds": statistics.median(ordered),
        "minimumMilliseconds": ordered[0],
        "percentile99Milliseconds": ordered[len(ordered) * 99 // 100],
    }


def our_rows(reports):
    def median(values):
        return statistics.median(list(values))

    rows = {
        "many": {
            "medianMilliseconds": median(
                r["encode"]["medianMilliseconds"] + r["decode"]["medianMilliseconds"] for r in reports
            ),
            "minimumMilliseconds": min(
                r["encode"]["minimumMilliseconds"] + r["decode"]["minimumMilliseconds"] for r in reports
            ),
        }
    }
    for row in (*ROWS[1:], *HALF_ROWS):
        rows[row] = {
            "medianMilliseconds": median(r[row]["p50Microseconds"] for r in reports) / 1e3,
            "minimumMilliseconds": min(r[row]["p50Microseconds"] for r in reports) / 1e3,
            "percentile99Milliseconds": median(r[row]["p99Microseconds"] for r in reports) / 1e3,
        }
    return rows


def measure(options, peers):
    """Reports of ours, and times of the peers by family and row, in turns."""
    reports, times = [], {name: {row: [] for row in ROWS} for name in peers}
    for turn in range(options.turns):
        print(f"turn {turn + 1} of {options.turns}", file=sys.stderr, flush=True)
        reports.append(ours(options))
        for name, peer in peers.items():
            # The first call after another program's finds cold caches and threads that sleep.
            many(peer["many"], TRIAL)
            times[name]["many"].append(many(peer["many"], IMAGES))
            for half, row in enumerate(ROWS[1:]):
                times[name][row] += one(peer[row], half, options.calls + 10)[10:]
    return reports, times


def show(result, options):
    size = f"{options.image_size}x{options.image_size}x{options.channels}"
    titles = {
        "many": f"{IMAGES} images of {size} encoded and decoded, {options.threads} threads, "
        + result["instructionSet"],
        "encodeOne": "One image encoded",
        "decodeOne": "One image decoded",
    }
    for row, title in titles.items():
        unit, factor = ("ms", 1) if row == "many" else ("us", 1e3)
        print(title)
        mine = result["jointvae"][row]
        print(f"  {'jointvae':16} {mine['medianMilliseconds'] * factor:8.1f} {unit} median")
        if half := result["jointvae"].get(f"{row}OfHalves"):
            print(f"  {'weights, 16 bits':16} {half['medianMilliseconds'] * factor:8.1f} {unit} median")
        for name, peer in result["peers"].items():
            values = peer[row]
            print(
                f"  {name:16} {values['medianMilliseconds'] * factor:8.1f} {unit} median, "
                f"{values['medianRatio']:.2f} times as long ({values['settings']})"
            )
        if result["peers"]:
            print(f"  the best of them: {result['summary'][row]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("--image-size", type=int, default=32, choices=[32, 64])
    parser.add_argument("--channels", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--calls", type=int, default=500, help="calls a turn for one image")
    parser.add_argument("--no-compile", action="store_true", help="leave torch.compile out, which takes minutes to start")
    parser.add_argument("--only", nargs="+", choices=list(BATCHES), help="measure only these peers")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--history", action="store_true", help="keep the result in docs/performance")
    parser.add_argument("--note", help="words for the history, such as what else the machine did")
    options = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        peers = {}
        for name, makers in peer_makers(options, folder).items():
            if options.only and name not in options.only:
                continue
            print(f"tries the settings of {name}", file=sys.stderr, flush=True)
            found = {
                "many": best(name, makers["many"], lambda peer: many(peer, TRIAL)),
                "encodeOne": best(name, makers["one"], lambda peer: statistics.median(one(peer, 0, 100))),
                "decodeOne": best(name, makers["one"], lambda peer: statistics.median(one(peer, 1, 100))),
            }
            if all(found.values()):
                peers[name] = found
        if not peers:
            print("inference.py: no peer is installed; python3 -m pip install torch onnxruntime openvino", file=sys.stderr)
        reports, times = measure(options, peers)

    mine = our_rows(reports)
    result = {
        "imageSize": options.image_size,
        "channels": options.channels,
        "images": IMAGES,
        "threads": options.threads,
        "instructionSet": reports[0]["instructionSet"],
        "jointvae": mine,
        "peers": {},
        "summary": {},
    }
    for name, rows in times.items():
        result["peers"][name] = {
            row: {
                **summary(values),
                "settings": peers[name][row].settings,
                "medianRatio": statistics.median(values) / mine[row]["medianMilliseconds"],
            }
            for row, values in rows.items()
        }
    for row in ROWS if peers else ():
        name = min(result["peers"], key=lambda name: result["peers"][name][row]["medianRatio"])
        result["summary"][row] = f"{result['peers'][name][row]['medianRatio']:.2f} times as long ({name})"
    if options.history:
        packages = [name for name in ("torch", "onnxruntime", "openvino") if importlib.util.find_spec(name)]
        versions = {name: importlib.metadata.version(name) for name in packages}
        path = history.add("inference", result["instructionSet"], versions, result, options.note)
        print(f"wrote {path}", file=sys.stderr)
    if options.json:
        print(json.dumps(result, indent=2))
    else:
        show(result, options)


if __name__ == "__main__":
    main()
