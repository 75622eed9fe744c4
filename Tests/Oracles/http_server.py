"""A web server that misbehaves on request, for tests of downloads. Standard library only.

Prints its port on a line, serves until its standard input ends. The first part of a path says what it does, the second
the length of the file: /cut/100000. Byte i of a file is (i * i >> 7) % 256. /log lists the requests so far.
"""

import os
import sys
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

log = []
lock = threading.Lock()


def content(length):
    return bytes((i * i >> 7) & 255 for i in range(length))


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.close_connection = True
        if self.path == "/log":
            with lock:
                text = "\n".join(log).encode()
            return self.answer(200, text)
        with lock:
            number = sum(1 for line in log if line.split(" ")[0] == self.path) + 1
            log.append(f"{self.path} {self.headers.get('Range', '-')} {self.headers.get('If-Range', '-')}")
        # A proxy is asked for whole addresses.
        path = self.path if self.path.startswith("/") else "/proxied/" + self.path.rsplit("/", 1)[1]
        parts = path.split("/")
        action = getattr(self, parts[1], None)
        if action is None:
            return self.answer(404, b"no such file")
        if parts[2].isdigit():
            action(content(int(parts[2])), number)
        else:
            action(parts[2], number)

    def answer(self, status, body, headers=(), sent=None, first=0, total=None):
        """Sends `sent` bytes of `body`, all by default; of a part, those from `first` of `total`."""
        self.send_response(status)
        if not any(name == "Content-Length" for name, _ in headers):
            self.send_header("Content-Length", str(len(body)))
        if status == 206:
            total = total or first + len(body)
            self.send_header("Content-Range", f"bytes {first}-{first + len(body) - 1}/{total}")
        for name, value in headers:
            if value is not None:
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body if sent is None else body[:sent])

    def start(self):
        """The first byte asked for."""
        value = self.headers.get("Range")
        return int(value.removeprefix("bytes=").removesuffix("-")) if value else 0

    def part(self, body, sent=None, tag='"one"'):
        """The part asked for, or the whole file when it is of another version."""
        start = self.start()
        if self.headers.get("If-Range", tag) != tag:
            start = 0
        if start >= len(body):
            return self.answer(416, b"", [("Content-Range", f"bytes */{len(body)}")])
        status = 206 if start else 200
        self.answer(status, body[start:], [("ETag", tag)], sent, start)

    def whole(self, body, number):
        self.part(body)

    proxied = whole

    def cut(self, body, number):
        """Ends half way the first time."""
        self.part(body, len(body) // 2 if number == 1 else None)

    def bits(self, body, number):
        """Never sends more than an eighth at once."""
        self.part(body, len(body) // 8)

    def weak(self, body, number):
        self.part(body, len(body) // 2 if number == 1 else None, 'W/"one"')

    def norange(self, body, number):
        """Knows no parts."""
        self.answer(200, body, (), len(body) // 2 if number == 1 else None)

    def refused(self, body, number):
        """Refuses parts."""
        if self.start():
            return self.answer(416, b"")
        self.answer(200, body, (), len(body) // 2 if number == 1 else None)

    def other(self, body, number):
        """Answers with another part than the one asked for."""
        if self.start():
            return self.answer(206, body[7:], (), None, 7)
        self.answer(200, body, (), len(body) // 2 if number == 1 else None)

    def changed(self, body, number):
        """Has an older version the first time, which ends half way."""
        if number == 1:
            self.answer(200, bytes(len(body)), [("ETag", '"old"')], len(body) // 2)
        else:
            self.part(body)

    def silent(self, body, number):
        """As changed, without names for its versions."""
        if number == 1:
            self.answer(200, bytes(len(body)), (), len(body) // 2)
        else:
            self.part(body, None, None)

    def wrong(self, body, number):
        self.part(bytes(len(body)))

    def short(self, body, number):
        self.part(body[:-10])

    def long(self, body, number):
        self.part(body + b"0123456789")

    def endless(self, body, number):
        """Does not say how long it is, and is too long."""
        self.answer(200, body + b"0123456789", [("Content-Length", None)])

    def unsaid(self, body, number):
        """Does not say how long it is."""
        self.answer(200, body, [("Content-Length", None)])

    def slow(self, body, number):
        self.answer(200, body, (), 0)
        for start in range(0, len(body), len(body) // 8):
            time.sleep(0.1)
            self.wfile.write(body[start : start + len(body) // 8])
            self.wfile.flush()

    def paced(self, body, number):
        """Sends a part in pieces, with a pause after each."""
        try:
            self.part(body, 0)
            for start in range(self.start(), len(body), 10_000):
                self.wfile.write(body[start : start + 10_000])
                time.sleep(0.005)
        except OSError:
            pass

    def huge(self, body, number):
        """Says that it sends as many bytes as a signed number of 64 bits can count."""
        self.answer(200, body, [("Content-Length", str(2**63 - 1))])

    def packed(self, body, number):
        """Sends 256 MB of zeros packed as gzip, and calls it the file."""
        packer = zlib.compressobj(1, zlib.DEFLATED, 31)
        pieces = [packer.compress(bytes(1 << 20)) for _ in range(1 << 8)] + [packer.flush()]
        self.answer(200, b"".join(pieces), [("Content-Encoding", "gzip")])

    def mislabeled(self, body, number):
        """Sends the file itself and calls it packed."""
        self.answer(200, body, [("Content-Encoding", "x-gzip")])

    def flood(self, status, number):
        """Never ends, whatever the answer."""
        status = int(status.removeprefix("s"))
        headers = [("Content-Length", None), ("Location", "/whole/100000" if status == 302 else None)]
        self.answer(status, b"", headers)
        try:
            while True:
                self.wfile.write(bytes(1 << 16))
        except OSError:
            pass

    def wordy(self, body, number):
        """Has a header without an end."""
        self.send_response(200)
        try:
            for number in range(1 << 20):
                self.send_header(f"X-{number}", "x" * 100)
                self.flush_headers()
        except OSError:
            pass

    def trickle(self, body, number):
        """Sends a byte a tenth of a second."""
        self.answer(200, body, (), 0)
        try:
            for byte in body:
                self.wfile.write(bytes([byte]))
                time.sleep(0.1)
        except OSError:
            pass

    def late(self, body, number):
        """Goes on after the end of the file."""
        self.part(body)
        try:
            while True:
                self.wfile.write(bytes(1 << 16))
        except OSError:
            pass

    def stall(self, body, number):
        """Sends half, then nothing, the first time."""
        self.part(body, len(body) // 2 if number == 1 else None)
        if number == 1:
            self.wfile.flush()
            time.sleep(5)

    def mute(self, body, number):
        time.sleep(5)

    def gone(self, body, number):
        self.connection.close()

    def busy(self, body, number):
        """Has no time twice."""
        if number < 3:
            return self.answer(503, b"later")
        self.part(body)

    def status(self, body, number):
        self.answer(len(body), b"sorry")

    def hop(self, body, number):
        self.answer(302, b"", [("Location", f"/cut/{len(body)}")])

    def loop(self, body, number):
        self.answer(302, b"", [("Location", self.path)])

    def away(self, place, number):
        """Leads to what is no web address."""
        self.answer(302, b"", [("Location", "ftp://127.0.0.1:1/" + place)])


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_port, flush=True)
sys.stdin.read()
os._exit(0)
