"""Says how well what a run knows part of the way, without labels, foretells which seed is best in the end.

    python3 scripts/rank_seeds.py runs/recipe-mnist runs/recipe-sets [--at 0.65]

Takes the runs of experiments (folders called SETTING_seed-N with metrics.csv and evaluation.json, as `jointvae experiment
run` leaves them). For every setting with at least three seeds it prints the rank correlation (Spearman) of each column's mean,
over the tenth of the steps before --at, with the accuracy by majority, and the accuracy of the seed with the smallest value
beside the mean of all. A criterion is good when its correlation is near -1.
"""

import argparse
import csv
import json
import os
import statistics

# Columns of metrics.csv, and one made of them. Small is good for all.
CRITERIA = ["loss", "reconstruction", "consistency", "balance", "gap_c", "overlap"]


def ranks(values):
    """Ranks from 1, equal values sharing the mean of theirs."""
    order = sorted(range(len(values)), key=values.__getitem__)
    result = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end + 1 < len(order) and values[order[end + 1]] == values[order[start]]:
            end += 1
        for place in order[start : end + 1]:
            result[place] = (start + end) / 2 + 1
        start = end + 1
    return result


def spearman(first, second):
    """The correlation of ranks; None where one of them does not vary."""
    a, b = ranks(first), ranks(second)
    if len(set(a)) == 1 or len(set(b)) == 1:
        return None
    return statistics.correlation(a, b)


def part_way(folder, share):
    """Means of the criteria over the tenth of the steps before `share` of them."""
    with open(f"{folder}/metrics.csv", newline="") as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    step = rows[-1]["step"] * share
    window = [row for row in rows if 0.9 * step < row["step"] <= step]
    mean = {name: statistics.fmean(row[name] for row in window) for name in window[0]}
    mean["gap_c"] = abs(mean["capacity_c"] - mean["kl_c"])
    # The divergence of twins beyond their uncertainty: their cross entropies less two entropies of log K - KL_c each, but
    # for log K, which is the same for all seeds.
    if "consistency" in mean:
        mean["overlap"] = mean["consistency"] + 2 * mean["kl_c"]
    return mean


def read(folders, share):
    settings = {}
    for parent in folders:
        for name in sorted(os.listdir(parent)):
            folder = f"{parent}/{name}"
            if "_seed-" in name and os.path.exists(f"{folder}/evaluation.json"):
                with open(f"{folder}/evaluation.json") as file:
                    accuracy = json.load(file)["accuracy"]["majority"]
                settings.setdefault(name.rsplit("_seed-", 1)[0], []).append((part_way(folder, share), accuracy))
    return {name: runs for name, runs in settings.items() if len(runs) >= 3}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", metavar="FOLDER", help="folders of experiments")
    parser.add_argument("--at", type=float, default=0.65, help="the share of the steps at which seeds are compared")
    options = parser.parse_args()
    try:
        settings = read(options.folders, options.at)
    except OSError as error:
        parser.error(f"{error.filename}: {error.strerror}; expected a folder that `jointvae experiment run` filled")
    if not settings:
        parser.error("no setting with three measured seeds in " + ", ".join(options.folders))
    print("| setting | seeds | accuracy | best |" + "".join(f" {name} |" for name in CRITERIA))
    print("|---|---|---|---|" + "---|" * len(CRITERIA))
    for name, runs in settings.items():
        accuracies = [accuracy for _, accuracy in runs]
        cells = []
        for criterion in CRITERIA:
            values = [mean.get(criterion) for mean, _ in runs]
            if None in values:
                cells.append("-")
                continue
            correlation = spearman(values, accuracies)
            chosen = min(zip(values, accuracies))[1]
            cells.append(("-" if correlation is None else f"{correlation:.2f}") + f", {chosen:.3f}")
        print(
            f"| {name} | {len(runs)} | {statistics.fmean(accuracies):.3f} | {max(accuracies):.3f} | "
            + " | ".join(cells)
            + " |"
        )


if __name__ == "__main__":
    main()
