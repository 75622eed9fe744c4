"""Writes Sources/JointVAE/Losses/RobustPartition+Table.swift: log Z(alpha) of Barron's general distribution.

    python3 scripts/robust_partition.py         # pip install mpmath; a minute

Z(alpha) is the integral of exp(-rho(x, alpha, 1)) over all x (Barron 2019, equation 17), for alpha from 0 to 2. It is
tabulated at evenly spaced s with alpha = 2 s^4 / (s^4 + (1 - s)^4): it bends without end towards both ends, and by s its
slope is 0 there.
Both integrals are taken over u with x = sqrt(2 - alpha) sinh(u), where the tails fall off exponentially.
"""

import pathlib

import mpmath as mp

mp.mp.dps = 30
INTERVALS = 256
TARGET = pathlib.Path(__file__).parent.parent / "Sources/JointVAE/Losses/RobustPartition+Table.swift"


def relative_growth(t):
    """(e^t - 1) / t and its derivative."""
    if abs(t) < mp.mpf("1e-8"):
        return 1 + t / 2 + t * t / 6, mp.mpf(1) / 2 + t / 3 + t * t / 8
    growth = mp.expm1(t) / t
    return growth, (mp.exp(t) - growth) / t


def loss(z, alpha):
    """rho and its derivative by alpha, at z = (x / c)^2, for alpha below 2."""
    b = 2 - alpha
    logarithm = mp.log1p(z / b)
    growth, slope = relative_growth(alpha * logarithm / 2)
    share = z / (b + z)
    value = b * logarithm * growth / 2
    by_alpha = (
        -logarithm * growth + share * growth + logarithm * slope * (b * logarithm + alpha * share) / 2
    ) / 2
    return value, by_alpha


def partition(alpha):
    """log Z and its derivative."""
    root = mp.sqrt(2 - alpha)
    center = mp.asinh(1 / root)
    places = [0] + [center + step for step in (0, 1, 2, 4, 8, 16, 32, 64)]

    def density(u):
        value, _ = loss((root * mp.sinh(u)) ** 2, alpha)
        return mp.exp(-value) * root * mp.cosh(u)

    def weighted(u):
        value, by_alpha = loss((root * mp.sinh(u)) ** 2, alpha)
        return by_alpha * mp.exp(-value) * root * mp.cosh(u)

    half = mp.quad(density, places)
    return mp.log(2 * half), -mp.quad(weighted, places) / half


def knot(index):
    """log Z at s = index / INTERVALS, and its derivative by s."""
    if index == 0:
        return mp.log(mp.pi * mp.sqrt(2)), mp.mpf(0)
    if index == INTERVALS:
        return mp.log(2 * mp.pi) / 2, mp.mpf(0)
    s = mp.mpf(index) / INTERVALS
    total = s**4 + (1 - s) ** 4
    value, slope = partition(2 * s**4 / total)
    return value, slope * 8 * (s * (1 - s)) ** 3 / total**2


def literal(number):
    return repr(float(number))


def main():
    # alpha = 0 is the Cauchy density with scale sqrt(2), alpha = 1 has a Bessel function.
    assert abs(partition(mp.mpf(0))[0] - mp.log(mp.pi * mp.sqrt(2))) < 1e-20
    assert abs(partition(mp.mpf(1))[0] - mp.log(2 * mp.e * mp.besselk(1, 1))) < 1e-20
    knots = [knot(index) for index in range(INTERVALS + 1)]
    lines = [
        "// Written by scripts/robust_partition.py; change that, not this.",
        "",
        "extension RobustPartition {",
        "  /// log Z and its derivative by s at the ends of equal intervals of s from 0 to 1.",
        "  static let knots: [(value: Double, slope: Double)] = [",
    ]
    lines += [f"    ({literal(value)}, {literal(slope)})," for value, slope in knots]
    lines += ["  ]", "}", ""]
    TARGET.write_text("\n".join(lines))


main()
