"""How long a training step takes on many machines: a model of it, and measurements to check it with.

    python3 benchmarks/scale.py .build/release/jointvae                     # the model, from this machine's steps
    sudo python3 benchmarks/scale.py .build/release/jointvae --check 1gbit  # two ranks behind a network of that rate

The model measures steps of one rank with several batches, and adds the messages of docs/scale.md. `--check` runs two ranks of
MPICH in network namespaces, joined by a pair of interfaces that `tc tbf` slows down; it needs root, iproute2 and MPICH.
Standard library only.
"""

import argparse
import collections
import fcntl
import json
import math
import os
import select
import statistics
import struct
import subprocess
import sys
import time
from pathlib import Path

# Of the paper's network for 32x32x1 with latents 10 + [10], as `jointvae info mnist` lists them.
ENCODER = 544 + 32832 + 65600
DECODER = 32800 + 16416 + 513
DENSE = 262400 + 7710 + 5376 + 263168
# Numbers of an image that dense layers read, and gradients by what they write; latents and heads are padded to 32.
VECTORS = (1024 + 256 + 256) + (256 + 32 + 256 + 1024)
# Bytes of an image in the exchange of latents and losses: mean and log variance, alpha, 11 KL, loss.
LATENTS = 4 * (20 + 10) + 8 * 11 + 8
# z and c, which go with the vectors.
SAMPLES = 4 * 20
# The namespaces of the two ranks, and their interfaces.
SIDES = ("jvra", "jvrb")


def splits(batch):
    """Whether gradients of dense layers are sums over lanes, and are exchanged themselves."""
    return batch * VECTORS > 1024 * 256 * 2 + 256 * 32 * 2


def messages(ranks, batch, bandwidth, latency):
    """Seconds of the messages of a step: those that computation waits for, and those beside the encoder's gradients.

    The bandwidth is in bytes a second, of each rank in each direction.
    """
    if ranks == 1:
        return 0.0, 0.0
    rounds = math.ceil(math.log2(ranks))
    part = (ranks - 1) / ranks

    def gather(count):
        return rounds * latency + part * count / bandwidth

    def add(count):
        return 2 * rounds * latency + 2 * part * count / bandwidth

    waited = gather(batch * LATENTS) + add(4 * ENCODER)
    if splits(batch):
        return waited, add(4 * (DECODER + DENSE))
    return waited, gather(batch * (4 * VECTORS + SAMPLES)) + add(4 * DECODER)


def computation(steps, ranks, batch):
    """Seconds of a step that a rank computes: the encoder's gradients, and the rest.

    `steps` are measured (batch, seconds, seconds of the encoder's gradients); the line through them is the time of a batch and
    the time of the update. Of a batch whose dense layers are not split, every rank computes their gradients for all images.
    """
    (small, first, first_encoder), (large, second, second_encoder) = steps
    slope = (second - first) / (large - small)
    constant = first - slope * small
    encoder = (second_encoder - first_encoder) / (large - small) * batch / ranks
    redundant = 0.0
    if not splits(batch):
        # Multiply-adds of an image: three passes of all layers, of which these are one pass of the dense ones.
        redundant = slope * batch * (1 - 1 / ranks) * DENSE / (3 * 5517824)
    return encoder, constant + slope * batch / ranks + redundant - encoder


def step(steps, ranks, batch, bandwidth, latency):
    """Seconds of a step on some ranks."""
    encoder, rest = computation(steps, ranks, batch)
    waited, beside = messages(ranks, batch, bandwidth, latency)
    return rest + waited + max(encoder, beside)


def bench(program, batch, threads):
    """The median step in seconds, and what of it the encoder's gradients take."""
    out = subprocess.run(
        [program, "bench", "--batch-size", str(batch), "--rounds", "4", "--threads", str(threads), "--json"],
        check=True, capture_output=True, text=True)
    result = json.loads(out.stdout)
    return result["medianMilliseconds"] / 1e3, result["phaseMilliseconds"]["encoderBackward"] / 1e3


def run(text):
    subprocess.run(text.split(), check=True)


def namespaces(rate, delay):
    """Two network namespaces with a network between them: of some rate, "none" for any, and some seconds of delay."""
    for name in SIDES:
        subprocess.run(["ip", "netns", "del", name], stderr=subprocess.DEVNULL)
        run(f"ip netns add {name}")
    ends = [tunnel(name) for name in SIDES] if delay else []
    if not delay:
        run("ip link add jvra netns jvra type veth peer name jvrb netns jvrb")
    for number, name in enumerate(SIDES):
        inside = f"ip netns exec {name} "
        run(f"{inside}ip addr add 10.77.0.{number + 1}/24 dev {name}")
        run(f"{inside}ip link set {name} up")
        run(f"{inside}ip link set lo up")
        if rate != "none":
            run(f"{inside}tc qdisc add dev {name} root tbf rate {rate} burst 256kb latency 50ms")
    if delay and os.fork() == 0:
        carry(ends, delay)


def tunnel(name):
    """An interface in a namespace whose packets this program reads and writes."""
    end = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    # TUNSETIFF; an interface of packets without a header in front of each.
    fcntl.ioctl(end, 0x400454CA, struct.pack("16sH", name.encode(), 0x0001 | 0x1000))
    run(f"ip link set {name} netns {name}")
    # Few large packets: Python carries each.
    run(f"ip netns exec {name} ip link set {name} mtu 60000")
    return end


def carry(ends, delay):
    """Carries packets from each end to the other, each after the delay, until the program ends."""
    parent = os.getppid()
    on_the_way = collections.deque()
    while os.getppid() == parent:
        wait = min(0.5, max(0.0, on_the_way[0][0] - time.monotonic())) if on_the_way else 0.5
        for end in select.select(ends, [], [], wait)[0]:
            try:
                packet = os.read(end, 65536)
            except BlockingIOError:
                continue
            on_the_way.append((time.monotonic() + delay, ends[1 - ends.index(end)], packet))
        while on_the_way and on_the_way[0][0] <= time.monotonic():
            _, end, packet = on_the_way.popleft()
            try:
                os.write(end, packet)
            except OSError:
                # Lost, as on a network; the sender sends it again.
                pass
    os._exit(0)


def pair(program, batch):
    """The median step of two ranks of one thread, in the namespaces."""
    words = [
        "mpiexec.hydra", "-bind-to", "core", "-genv", "MPIR_CVAR_NOLOCAL", "1", "-genv", "UCX_TLS", "tcp,self"]
    call = [program, "bench", "--batch-size", str(batch), "--rounds", "4", "--threads", "1", "--json"]
    for index, name in enumerate(SIDES):
        words += [":"] * (index > 0) + [
            "-n", "1", "ip", "netns", "exec", name, "env", f"UCX_NET_DEVICES={name}", *call]
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


def check(program, rate, batches, latency, delay):
    bits = math.inf
    if rate != "none":
        bits = {"gbit": 1e9, "mbit": 1e6}[rate.lstrip("0123456789")] * float(rate.rstrip("gmbit"))
    namespaces(rate, delay)
    print(f"two ranks of one thread, {rate}, latency {latency * 1e6:.0f} us and a delay of {delay * 1e6:.0f} us")
    print("batch   one rank   two ranks   model   model / measured")
    for batch in batches:
        rows = []
        for _ in range(3):
            # The line through both batches, which are those of two ranks and of one.
            alone = [(size, *bench(program, size, 1)) for size in (batch // 2, batch)]
            together = pair(program, batch)
            rows.append((alone[1][1], together, step(alone, 2, batch, bits / 8 * 0.94, latency + delay)))
        alone, together, model = (statistics.median(column) for column in zip(*rows))
        print(f"{batch:5d} {alone * 1e3:8.2f} ms {together * 1e3:8.2f} ms {model * 1e3:8.2f} ms {model / together:6.2f}")


def table(program, threads, latency):
    steps = [(size, *bench(program, size, threads)) for size in (64, 512)]
    print(f"one rank, {threads} threads: " + ", ".join(f"{s * 1e3:.2f} ms for {b} images" for b, s, _ in steps))
    print("images a rank  ranks  " + "  ".join(f"{g:>4d} Gbit/s" for g in (1, 10, 100)))
    for share in (64, 512):
        for ranks in (2, 4, 16, 64, 256):
            alone = step(steps, 1, share, math.inf, latency)
            cells = [
                alone / step(steps, ranks, share * ranks, gigabits * 1e9 / 8 * 0.94, latency)
                for gigabits in (1, 10, 100)]
            print(f"{share:13d} {ranks:6d}  " + "  ".join(f"{cell * 100:9.0f} %" for cell in cells))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program", type=Path)
    parser.add_argument("--check", metavar="RATE", help="measure two ranks behind a network, such as 1gbit; none for any rate")
    parser.add_argument("--delay", type=float, default=0, help="seconds that the network of --check takes for a packet")
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="of a rank, for the model")
    parser.add_argument("--latency", type=float, default=30e-6, help="seconds of a message")
    parser.add_argument("--batches", default="64,128,256,512,1024")
    arguments = parser.parse_args()
    program = str(arguments.program.resolve())
    if arguments.check:
        sizes = [int(size) for size in arguments.batches.split(",")]
        check(program, arguments.check, sizes, arguments.latency, arguments.delay)
    else:
        table(program, arguments.threads, arguments.latency)


if __name__ == "__main__":
    sys.exit(main())
