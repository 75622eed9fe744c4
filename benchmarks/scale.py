"""How long a training step takes on many machines: a model of it, and measurements to check it with.

    python3 benchmarks/scale.py .build/release/jointvae                     # the model, from this machine's steps
    sudo python3 benchmarks/scale.py .build/release/jointvae --check 1gbit  # two ranks behind a network of that rate

The model measures steps of one rank with several batches, and adds the messages of docs/scale.md. `--check` runs two ranks of
MPICH in network namespaces, joined by a pair of interfaces that `tc tbf` slows down; it needs root, iproute2 and MPICH.
Standard library only.
"""

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
from pathlib import Path

# Of the paper's network for 32x32x1 with latents 10 + [10], as `jointvae info mnist` lists them.
CONVOLUTIONS = 544 + 32832 + 65600 + 32800 + 16416 + 513
DENSE = 262400 + 7710 + 5376 + 263168
# Numbers of an image that dense layers read, and gradients by what they write; latents and heads are padded to 32.
VECTORS = (1024 + 256 + 256) + (256 + 32 + 256 + 1024)
# Bytes of an image in the exchange of latents and losses: mean and log variance, alpha, 11 KL, loss.
LATENTS = 4 * (20 + 10) + 8 * 11 + 8
# z and c, which go with the vectors.
SAMPLES = 4 * 20


def splits(batch):
    """Whether gradients of dense layers are sums over lanes, and are exchanged themselves."""
    return batch * VECTORS > 1024 * 256 * 2 + 256 * 32 * 2


def communication(ranks, batch, bandwidth, latency):
    """Seconds of the messages of a step; bandwidth in bytes a second, of each rank in each direction."""
    if ranks == 1:
        return 0.0
    rounds = math.ceil(math.log2(ranks))
    part = (ranks - 1) / ranks
    gathered = batch * LATENTS
    sums = 4 * CONVOLUTIONS
    messages = rounds + 2 * rounds
    if splits(batch):
        sums += 4 * DENSE
    else:
        gathered += batch * (4 * VECTORS + SAMPLES)
        messages += rounds
    return messages * latency + part * (gathered + 2 * sums) / bandwidth


def computation(steps, ranks, batch):
    """Seconds of the steps of a rank: what its own images take, and the rest.

    `steps` are measured (batch, seconds); the line through them is the time of a batch and the time of the update. Of a batch
    whose dense layers are not split, every rank computes their gradients for all images.
    """
    (small, first), (large, second) = steps
    slope = (second - first) / (large - small)
    constant = first - slope * small
    redundant = 0.0
    if not splits(batch):
        # Multiply-adds of an image: three passes of all layers, of which these are one pass of the dense ones.
        redundant = slope * batch * (1 - 1 / ranks) * DENSE / (3 * 5517824)
    return constant + slope * batch / ranks + redundant


def bench(program, batch, threads, launcher=(), environment=None):
    """The median step in seconds."""
    out = subprocess.run(
        [*launcher, program, "bench", "--batch-size", str(batch), "--rounds", "4", "--threads", str(threads), "--json"],
        check=True, capture_output=True, text=True, env=environment)
    return json.loads(out.stdout)["medianMilliseconds"] / 1e3


def namespaces(rate):
    """Two network namespaces with a pair of interfaces between them, each slowed down to `rate`."""
    for name in ("ra", "rb"):
        subprocess.run(["ip", "netns", "del", name], stderr=subprocess.DEVNULL)
    run = lambda text: subprocess.run(text.split(), check=True)
    run("ip netns add ra")
    run("ip netns add rb")
    run("ip link add va netns ra type veth peer name vb netns rb")
    for name, interface, address in (("ra", "va", "10.77.0.1"), ("rb", "vb", "10.77.0.2")):
        run(f"ip netns exec {name} ip addr add {address}/24 dev {interface}")
        run(f"ip netns exec {name} ip link set {interface} up")
        run(f"ip netns exec {name} ip link set lo up")
        if rate != "none":
            run(f"ip netns exec {name} tc qdisc add dev {interface} root tbf rate {rate} burst 256kb latency 50ms")


def pair(program, batch):
    """The median step of two ranks of one thread, in the namespaces."""
    words = [
        "mpiexec.hydra", "-bind-to", "core", "-genv", "MPIR_CVAR_NOLOCAL", "1", "-genv", "UCX_TLS", "tcp,self"]
    call = [program, "bench", "--batch-size", str(batch), "--rounds", "4", "--threads", "1", "--json"]
    for index, (name, interface) in enumerate((("ra", "va"), ("rb", "vb"))):
        words += [":"] * (index > 0) + [
            "-n", "1", "ip", "netns", "exec", name, "env", f"UCX_NET_DEVICES={interface}", *call]
    # In namespaces, libraries may not find each other at their very end; the result is there before.
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    text = ""
    for line in process.stdout:
        text += line
        if line.startswith("}"):
            break
    try:
        process.wait(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
    return json.loads(text)["medianMilliseconds"] / 1e3


def check(program, rate, batches, latency):
    bits = {"gbit": 1e9, "mbit": 1e6}[rate.lstrip("0123456789")] * float(rate.rstrip("gmbit"))
    namespaces(rate)
    print(f"two ranks of one thread, {rate}, latency {latency * 1e6:.0f} us")
    print("batch   one rank   two ranks   model   model / measured")
    for batch in batches:
        rows = []
        for _ in range(3):
            alone = [(size, bench(program, size, 1)) for size in (batch // 2, batch)]
            together = pair(program, batch)
            # The line through both batches, which are those of two ranks and of one.
            model = computation(alone, 2, batch) + communication(2, batch, bits / 8 * 0.94, latency)
            rows.append((alone[1][1], together, model))
        alone, together, model = (statistics.median(column) for column in zip(*rows))
        print(f"{batch:5d} {alone * 1e3:8.2f} ms {together * 1e3:8.2f} ms {model * 1e3:8.2f} ms {model / together:6.2f}")


def table(program, threads, latency):
    steps = [(size, bench(program, size, threads)) for size in (64, 512)]
    print(f"one rank, {threads} threads: " + ", ".join(f"{s * 1e3:.2f} ms for {b} images" for b, s in steps))
    print("images a rank  ranks  " + "  ".join(f"{g:>4d} Gbit/s" for g in (1, 10, 100)))
    for share in (64, 512):
        for ranks in (2, 4, 16, 64, 256):
            batch = share * ranks
            alone = computation(steps, 1, share)
            cells = [
                alone / (computation(steps, ranks, batch) + communication(ranks, batch, gigabits * 1e9 / 8 * 0.94, latency))
                for gigabits in (1, 10, 100)]
            print(f"{share:13d} {ranks:6d}  " + "  ".join(f"{cell * 100:9.0f} %" for cell in cells))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=Path)
    parser.add_argument("--check", metavar="RATE", help="measure two ranks behind a network, such as 1gbit")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of a rank, for the model")
    parser.add_argument("--latency", type=float, default=30e-6, help="seconds of a message")
    parser.add_argument("--batches", default="64,128,256,512,1024")
    arguments = parser.parse_args()
    program = str(arguments.program.resolve())
    if arguments.check:
        check(program, arguments.check, [int(size) for size in arguments.batches.split(",")], arguments.latency)
    else:
        table(program, arguments.threads, arguments.latency)


if __name__ == "__main__":
    sys.exit(main())
