"""Files of our own making on a web server of this machine, which the tests of downloads use as well."""

import hashlib
import subprocess
import sys
from pathlib import Path

SERVER = Path(__file__).resolve().parents[2] / "Tests" / "Oracles" / "http_server.py"
# The server makes files of these lengths, which are their names.
LENGTHS = (300_000, 40_000, 100)


def content(length):
    return bytes((i * i >> 7) & 255 for i in range(length))


class Mirror:
    """The server; it ends with this process, as its input then does."""

    def __init__(self):
        self.process = subprocess.Popen([sys.executable, SERVER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        port = int(self.process.stdout.readline())
        # It takes a tenth of a second and more to send them.
        self.address = f"http://127.0.0.1:{port}/paced"

    def list_files(self, folder):
        """Writes the list that `data fetch` is given."""
        lines = [f"{hashlib.sha256(content(length)).hexdigest()}  {length}\n" for length in LENGTHS]
        (folder / "SHA256SUMS").write_text("".join(lines))
