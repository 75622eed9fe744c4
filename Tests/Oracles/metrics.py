"""Writes metrics.json beside this file: scores computed by numpy, scipy and scikit-learn.

    python3 Tests/Oracles/metrics.py            # pip install numpy scipy scikit-learn

The Swift tests make the same arrays by the same integer formulas and compare.
"""

import json
import pathlib

import numpy as np
import sklearn
from scipy.optimize import linear_sum_assignment
from sklearn import metrics

RESULTS = {}


def noise(i, j):
    """An integer of 0..1008 for row i and column j, as Oracle.noise in Swift."""
    mixed = (i * 7919 + j * 104_729 + i * i * 31 + i * j * 17 + 12_345) % 1_000_003
    return mixed * mixed % 1_000_003 % 1009


def labels():
    count = 600
    truth = [noise(i, 0) % 6 for i in range(count)]
    wrong = [noise(i, 1) for i in range(count)]
    codes = {
        "good": [w % 6 if w % 5 == 0 else (t + 2) % 6 for t, w in zip(truth, wrong)],
        "many": [t * 2 + w % 2 for t, w in zip(truth, wrong)],
        "few": [t // 2 for t in truth],
        "noise": [w % 6 for w in wrong],
    }
    for name, code in codes.items():
        table = metrics.cluster.contingency_matrix(truth, code)
        rows, columns = linear_sum_assignment(-table)
        RESULTS[f"labels.{name}"] = {
            "majority": table.max(axis=0).sum() / count,
            "oneToOne": table[rows, columns].sum() / count,
            "mutualInformation": metrics.mutual_info_score(truth, code),
            "normalizedMutualInformation": metrics.normalized_mutual_info_score(truth, code),
            "adjustedRandIndex": metrics.adjusted_rand_score(truth, code),
        }


def main():
    labels()
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(RESULTS, indent=1, sort_keys=True, default=float) + "\n")
    print(f"{path}: {len(RESULTS)} sections, scikit-learn {sklearn.__version__}, numpy {np.__version__}")


main()
