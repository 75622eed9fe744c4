"""The history of measurements in docs/performance: a JSON file for each.

    python3 benchmarks/history.py

prints a line for each file. compare.py and inference.py add a file with --history.
"""

import datetime
import glob
import json
import os
import platform
import re
import subprocess
import sys

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
FOLDER = os.path.join(PACKAGE, "docs", "performance")


def processor():
    """The processor's name, as the system gives it."""
    try:
        with open("/proc/cpuinfo") as file:
            for line in file:
                if line.startswith("model name"):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    if sys.platform == "darwin":
        command = ["sysctl", "-n", "machdep.cpu.brand_string"]
        return subprocess.run(command, capture_output=True, text=True).stdout.strip()
    return platform.processor() or platform.machine()


def commit():
    """The package's commit, with -dirty behind it where files differ from it."""
    command = ["git", "-C", PACKAGE, "describe", "--always", "--dirty", "--abbrev=10", "--exclude", "*"]
    return subprocess.run(command, capture_output=True, text=True).stdout.strip() or "unknown"


def add(kind, instruction_set, versions, result, note=None):
    """Writes what was measured, with where and when, to a file of its own; returns its path.

    `kind` is a word such as training; `versions` are those of the peers.
    """
    now = datetime.datetime.now(datetime.timezone.utc)
    record = {
        "kind": kind,
        "date": now.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "commit": commit(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "instructionSet": instruction_set,
        "versions": versions,
        "result": result,
    }
    if note:
        record["note"] = note
    name = f"{now.strftime('%Y-%m-%d-%H%M%S')}-{kind}-{instruction_set}.json"
    path = os.path.join(FOLDER, re.sub(r"[^A-Za-z0-9.-]", "-", name))
    os.makedirs(FOLDER, exist_ok=True)
    with open(path, "x") as file:
        json.dump(record, file, indent=2)
        file.write("\n")
    return path


def line(record):
    """A measurement in a line."""
    best = "; ".join(f"{name} {text}" for name, text in record["result"].get("summary", {}).items())
    return (
        f"{record['date'][:10]}  {record['commit']:16} {record['kind']:10} {record['instructionSet']:7} "
        f"{record['processor']}: {best}"
    )


def main():
    paths = sorted(glob.glob(os.path.join(FOLDER, "*.json")))
    if not paths:
        return print("docs/performance has no measurement yet; compare.py and inference.py add some with --history")
    for path in paths:
        with open(path) as file:
            print(line(json.load(file)))


if __name__ == "__main__":
    main()
