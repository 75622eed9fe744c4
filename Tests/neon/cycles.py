"""Estimates the cycles of the hottest loops for ARM, with llvm-mca; no hardware takes part.

    python3 Tests/neon/cycles.py [--cpu cortex-a57]

Compiles Sources/CTiles/TilesNEON.c, finds the loops with the most multiply-adds of each kernel, and prints what llvm-mca
computes for them: cycles of a round, multiply-adds of a cycle, and the share of what the processor's pipes can do.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys

PACKAGE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
KERNELS = ("product", "narrowProduct", "pointProduct", "outerProduct", "pointGradient", "dots")
# Multiply-adds of 4 floats that a core starts in a cycle, at most.
PIPES = {"cortex-a55": 1, "cortex-a57": 1, "exynos-m5": 3}


def assembly():
    tools = os.path.dirname(os.path.realpath(shutil.which("swiftc") or sys.exit("cycles.py: swiftc is not there")))
    command = [os.path.join(tools, "clang"), "--target=aarch64-linux-gnu", "-O2", "-ffreestanding", "-S", "-o", "-"]
    command += [f"-I{PACKAGE}/Sources/CTiles/include", f"{PACKAGE}/Sources/CTiles/TilesNEON.c"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def loops(text):
    """The innermost loops of each kernel: lines from a label to a branch back to it."""
    found, function, lines = {}, None, []
    for line in text.splitlines():
        code = line.split("//")[0].rstrip()
        if match := re.match(r"([A-Za-z]\w*):", code):
            function, lines = match.group(1), []
        elif match := re.match(r"(\.LBB\w+):", code):
            lines = [match.group(1)]
        elif function in KERNELS and code.startswith("\t") and not code.startswith("\t."):
            lines.append(code)
            back = re.match(r"\t(?:b\.\w+|cbn?z\s+\w+,|tbn?z\s+\w+, \S+,)\s*(\.LBB\w+)", code)
            if back and back.group(1) == lines[0]:
                found.setdefault(function, []).append(lines[1:])
    return found


def multiply_adds(lines):
    return sum(line.split()[0] in ("fmla", "fmadd", "fmul") for line in lines)


def cycles(lines, cpu):
    command = ["llvm-mca", "-mtriple=aarch64-linux-gnu", f"-mcpu={cpu}", "-iterations=100", "-instruction-info=0"]
    command += ["-resource-pressure=0"]
    body = "\n".join(line for line in lines if not re.match(r"\t(b\.|cb|tb)", line))
    done = subprocess.run(command, input=body, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"cycles.py: llvm-mca: {done.stderr.splitlines()[0]}")
    return int(re.search(r"Total Cycles:\s+(\d+)", done.stdout).group(1)) / 100


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cpu", nargs="+", default=list(PIPES), choices=sorted(PIPES))
    options = parser.parse_args()
    if not shutil.which("llvm-mca"):
        sys.exit("cycles.py: llvm-mca is not there; install it, for example with: apt-get install llvm")
    for kernel, bodies in loops(assembly()).items():
        body = max(bodies, key=multiply_adds)
        count = multiply_adds(body)
        for cpu in options.cpu:
            taken = cycles(body, cpu)
            print(
                f"{kernel:14} {cpu:11} {count:3} multiply-adds of 4 floats in {taken:6.1f} cycles: "
                f"{count / taken:.2f} a cycle, {count / taken / PIPES[cpu]:.0%} of its pipes"
            )


if __name__ == "__main__":
    main()
