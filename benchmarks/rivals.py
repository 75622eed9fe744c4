"""Clusters the images of a data set with other methods than jointvae, and prints how well the clusters are its classes.

    python3 benchmarks/rivals.py .build/release/jointvae mnist [--methods kmeans,n2d] [--seeds 5] [--json FILE]

Needs numpy, scipy and scikit-learn; n2d, vade and iic also torch, n2d umap-learn. All methods see the same training images, as
`jointvae encode --pixels` writes them, and are told the number of classes. They are measured on test images where the set has
them, else on the training images. Labels serve the measurement alone. `ours` is the shipped model: one seed, which its page
in docs/models.md describes.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

import numpy
from scipy.optimize import linear_sum_assignment
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

# Sets with test images; the others are measured on what they learn from, which is all of them.
WITH_TEST = ("mnist", "fashion-mnist", "arabic-characters", "math-symbols", "shapes")
SCORES = ("one to one", "majority", "NMI", "ARI", "seconds")


@dataclass
class Images:
    """Pixels [image, values] from 0 to 1, classes, and the codes of the shipped model: means of z and probabilities of c."""

    pixels: numpy.ndarray
    labels: numpy.ndarray
    means: numpy.ndarray
    probabilities: numpy.ndarray
    side: int


def load(options, split):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "images.npz")
        call = [options.program, "encode", options.model or options.dataset, options.dataset, "--pixels", "-o", path]
        call += ["--split", split]
        if options.data:
            call += ["--data", options.data]
        if split != "test" and options.images:
            call += ["--limit", str(options.images), "--shuffle-seed", "1"]
        subprocess.run(call, check=True, stdout=subprocess.DEVNULL)
        with numpy.load(path) as arrays:
            if "label" not in arrays:
                sys.exit(f"{options.dataset}: has no labels, which measure the clusters")
            pixels = arrays["pixels"]
            return Images(
                (pixels.reshape(len(pixels), -1) / 255).astype(numpy.float32),
                arrays["label"],
                arrays["mean"],
                arrays["probabilities.0"],
                pixels.shape[1],
            )


def measured(labels, clusters):
    """One to one, majority, NMI and ARI of clusters of any number."""
    counts = numpy.zeros((labels.max() + 1, clusters.max() + 1), int)
    numpy.add.at(counts, (labels, clusters), 1)
    rows, columns = linear_sum_assignment(-counts)
    return (
        counts[rows, columns].sum() / len(labels),
        counts.max(0).sum() / len(labels),
        normalized_mutual_info_score(labels, clusters),
        adjusted_rand_score(labels, clusters),
    )


def main():
    import rivals_classical
    import rivals_deep

    methods = rivals_classical.METHODS | rivals_deep.METHODS
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("dataset")
    parser.add_argument("--data", help="the data set's files")
    parser.add_argument("--model", help="the shipped model whose codes are clustered (default: that of the data set)")
    parser.add_argument("--methods", default=",".join(methods), help="some of " + ", ".join(methods))
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--images", type=int, default=20_000, help="training images; 0 for all (default: 20000)")
    parser.add_argument("--epochs", type=int, default=rivals_deep.EPOCHS, help="of 20,000 images, of an autoencoder (default: %(default)s)")
    parser.add_argument("--iic-epochs", type=int, default=rivals_deep.IIC_EPOCHS, help="of 20,000 images, of IIC (default: %(default)s)")
    parser.add_argument("--bfloat16", action="store_true", help="train with matrices of 16 bits, for processors with AMX")
    parser.add_argument("--threads", type=int, default=1, help="of networks (default: %(default)s)")
    parser.add_argument("--json", help="a file for the numbers")
    options = parser.parse_args()
    rivals_deep.EPOCHS, rivals_deep.IIC_EPOCHS = options.epochs, options.iic_epochs
    rivals_deep.BFLOAT16, rivals_deep.THREADS = options.bfloat16, options.threads
    chosen = options.methods.split(",")
    for name in chosen:
        if name not in methods:
            parser.error(f"{name} is no method; expected some of {', '.join(methods)}")
    has_test = options.dataset in WITH_TEST
    train = load(options, "train" if has_test else "all")
    test = load(options, "test") if has_test else train
    count = int(train.labels.max()) + 1
    print(f"{options.dataset}: {len(train.labels)} images to learn from, {len(test.labels)} measured, {count} classes")
    results = {}
    for name in chosen:
        for seed in range(1, options.seeds + 1):
            start = time.monotonic()
            clusters = methods[name](train, test, count, seed)
            seconds = time.monotonic() - start
            results.setdefault(name, []).append((*measured(test.labels, clusters), seconds))
            if options.json:
                with open(options.json, "w") as file:
                    json.dump({"dataset": options.dataset, "scores": SCORES, "runs": results}, file, indent=1)
            if name == "ours":
                break
        columns = list(zip(*results[name]))
        cells = []
        for title, values in zip(SCORES, columns):
            digits = 1 if title == "seconds" else 3
            spread = f" +- {statistics.stdev(values):.{digits}f}" if len(values) > 1 else ""
            cells.append(f"{title} {statistics.mean(values):.{digits}f}{spread}")
        print(f"{name:16} " + "  ".join(cells), flush=True)


if __name__ == "__main__":
    main()
