"""How long a server's other requests wait while four callers draw 3,000 images each.

usage: server.py PROGRAM [--seconds N] [--port P]

    swift build -c release --package-path Examples
    python3 benchmarks/server.py Examples/.build/release/DigitServer

Starts the example server, and asks it for /ping a hundred times a second: first alone, then while four callers ask for
pictures of 3,000 digits, one after the other. All requests go to this machine.
"""

import argparse
import http.client
import subprocess
import threading
import time

CALLERS, IMAGES = 4, 3000


def get(port: int, path: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise SystemExit(f"{path} answers with {response.status}: {body.decode(errors='replace')}")
    return body


class Load:
    """Pings, and callers beside them, for some seconds."""

    def __init__(self, port: int, callers: int, seconds: float):
        self.port, self.end = port, time.monotonic() + seconds
        self.waits: list[float] = []
        self.calls = 0
        threads = [threading.Thread(target=self.ping)]
        threads += [threading.Thread(target=self.draw, args=(number,)) for number in range(callers)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.waits.sort()

    def ping(self) -> None:
        while time.monotonic() < self.end:
            start = time.perf_counter()
            get(self.port, "/ping")
            self.waits.append(time.perf_counter() - start)
            time.sleep(0.01)

    def draw(self, number: int) -> None:
        seed = 0
        while time.monotonic() < self.end:
            get(self.port, f"/digits?count={IMAGES}&seed={number * 10_000 + seed}")
            seed += 1
            self.calls += 1

    def quantile(self, share: float) -> float:
        return self.waits[min(len(self.waits) - 1, int(len(self.waits) * share))] * 1e3


parser = argparse.ArgumentParser()
parser.add_argument("program")
parser.add_argument("--seconds", type=float, default=20)
parser.add_argument("--port", type=int, default=18080)
arguments = parser.parse_args()
server = subprocess.Popen([arguments.program, str(arguments.port)], stdout=subprocess.PIPE, text=True)
try:
    # The first line is the address: it listens a moment later.
    print(server.stdout.readline().strip())
    time.sleep(0.5)
    for callers in (0, CALLERS):
        load = Load(arguments.port, callers, arguments.seconds if callers else 3)
        waits = f"median {load.quantile(0.5):.1f} ms, 99 % within {load.quantile(0.99):.1f} ms, most {load.waits[-1] * 1e3:.1f} ms"
        print(f"{callers} callers, {load.calls} pictures of {IMAGES} images: {len(load.waits)} pings, {waits}")
finally:
    server.kill()
