"""Writes robust_loss.json beside this file: Barron's general loss and its density with 50 digits, rounded to doubles.

    python3 Tests/Oracles/robust_loss.py        # pip install mpmath

Everything is computed straight from the paper's definitions (arXiv 1701.03077, equations 8, 16 and 17) and by numerical
differentiation, without the rearrangements that the program makes.
"""

import json
import pathlib

import mpmath as mp

mp.mp.dps = 50
TARGET = pathlib.Path(__file__).with_suffix(".json")
INFINITY = "-inf"


def loss(x, alpha, c):
    half = (x / c) ** 2 / 2
    if alpha == INFINITY:
        return 1 - mp.exp(-half)
    if alpha == 2:
        return half
    if alpha == 0:
        return mp.log(half + 1)
    b = abs(alpha - 2)
    return b / alpha * (((x / c) ** 2 / b + 1) ** (alpha / 2) - 1)


def log_partition(alpha):
    # x = e^u: the tail of alpha near 0 takes many powers of ten.
    places = [-80, -20, -5, -2, 0, 1, 2, 3, 5, 10, 20, 40, 80, 160]
    return mp.log(2 * mp.quad(lambda u: mp.exp(u - loss(mp.exp(u), alpha, 1)), places))


def main():
    curves = []
    alphas = [INFINITY, -1e6, -30, -2, -0.5, -1e-9, 0, 1e-12, 1e-5, 0.3, 1, 1.5, 2 - 1e-6, 2 - 2**-52, 2, 2 + 1e-9, 3, 4]
    for alpha in alphas:
        for x, c in [(0, 0.5), (1e-6, 0.5), (0.02, 0.1), (0.5, 0.5), (-1, 0.25), (0.9, 3), (1, 1e-3)]:
            shape = alpha if alpha == INFINITY else mp.mpf(alpha)
            value = lambda at: loss(at, shape, mp.mpf(c))
            curves.append(
                {
                    "alpha": str(alpha), "x": x, "c": c, "value": float(value(mp.mpf(x))),
                    "slope": float(mp.diff(value, mp.mpf(x), h=mp.mpf("1e-20"))),
                }
            )
    shapes = []
    for alpha in [0.001, 0.01, 0.3, 1, 1.5, 1.9, 1.999]:
        for x, c in [(1e-3, 0.1), (0.02, 0.1), (-0.5, 0.1), (1, 0.01)]:
            by_alpha = mp.diff(lambda a: loss(mp.mpf(x), a, mp.mpf(c)), mp.mpf(alpha), h=mp.mpf("1e-20"))
            shapes.append({"alpha": alpha, "x": x, "c": c, "byAlpha": float(by_alpha)})
    mp.mp.dps = 25
    partitions = []
    for alpha in [0, 0.001, 0.0123, 0.1, 0.25, 0.5, 0.777, 1, 1.234, 1.5, 1.75, 1.9, 1.99, 1.999, 2]:
        exact = mp.mpf(alpha)
        step = mp.mpf("1e-6")
        entry = {"alpha": alpha, "value": float(log_partition(exact))}
        if 0 < alpha < 2:
            above, below = log_partition(exact + step), log_partition(exact - step)
            entry["slope"] = float((above - below) / (2 * step))
        partitions.append(entry)
    TARGET.write_text(json.dumps({"curves": curves, "shapes": shapes, "partitions": partitions}, indent=1) + "\n")


main()
