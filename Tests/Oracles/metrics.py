"""Writes metrics.json beside this file: scores computed by numpy, scipy and scikit-learn.

    python3 Tests/Oracles/metrics.py            # pip install numpy scipy scikit-learn

The Swift tests make the same arrays by the same integer formulas and compare.
"""

import json
import pathlib

import numpy as np
import scipy.linalg
import scipy.spatial
import scipy.special
import scipy.stats
import sklearn
from scipy.optimize import linear_sum_assignment
from sklearn import metrics
from sklearn.dummy import DummyClassifier
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

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


class Random:
    """RandomSequence in Swift, for factor draws: Philox4x32-10 with counter (index, 0, 258) and key (seed, 0)."""

    def __init__(self, seed):
        self.seed, self.index = seed, 0

    def below(self, bound):
        x, key = [self.index & 0xFFFFFFFF, self.index >> 32, 0, 258], [self.seed & 0xFFFFFFFF, self.seed >> 32]
        for _ in range(10):
            first, second = x[0] * 0xD2511F53, x[2] * 0xCD9E8D57
            x = [
                (second >> 32) ^ x[1] ^ key[0], second & 0xFFFFFFFF,
                (first >> 32) ^ x[3] ^ key[1], first & 0xFFFFFFFF,
            ]
            key = [(key[0] + 0x9E3779B9) & 0xFFFFFFFF, (key[1] + 0xBB67AE85) & 0xFFFFFFFF]
        self.index += 1
        return ((x[0] << 32 | x[1]) * bound) >> 64


IMAGES = 900
FACTOR_SIZES = [3, 4, 5]


def factors():
    """Classes of three factors, [image, factor]."""
    return np.array([[noise(i, 10 + f) % n for f, n in enumerate(FACTOR_SIZES)] for i in range(IMAGES)])


def representation(classes):
    """Four numbers and a category of four an image; the same quotients as in Swift."""
    rows = []
    for i, (a, b, c) in enumerate(classes):
        e = [noise(i, 20 + j) / 1009 for j in range(5)]
        wrong = noise(i, 30) % 10
        rows.append([a + e[0], c * 0.5 + b * 0.25 + e[1], c - e[2] * 2, e[3], b if wrong > 2 else wrong])
    return np.array(rows, dtype=float)


def one_hot(values):
    return np.hstack([values[:, :4], np.eye(4)[values[:, 4].astype(int)]])


def gap(scores):
    ordered = np.sort(scores, axis=0)
    return ordered[-1] - ordered[-2]


def information(values, classes, categorical):
    codes = []
    for j in range(values.shape[1]):
        column = values[:, j]
        if j not in categorical:
            column = np.digitize(column, np.histogram(column, 20)[1][:-1])
        codes.append([metrics.mutual_info_score(classes[:, f], column) for f in range(classes.shape[1])])
    return np.array(codes)


def array_scores(name, values, classes, categorical):
    matrix = information(values, classes, categorical)
    entropies = [metrics.mutual_info_score(f, f) for f in classes.T]
    squares = matrix**2
    top = squares.max(axis=1)
    modularity = 1 - (squares.sum(axis=1) - top) / (top * (squares.shape[1] - 1))
    train, test = slice(0, 600), slice(600, None)
    accuracies = np.zeros(matrix.shape)
    for f in range(classes.shape[1]):
        for j in range(values.shape[1]):
            if j in categorical:
                table = metrics.cluster.contingency_matrix(classes[train, f], values[train, j])
                predicted = table.argmax(axis=0)[values[test, j].astype(int)]
            else:
                machine = LinearSVC(C=0.01, class_weight="balanced", dual=False, tol=1e-13, max_iter=100_000)
                machine.fit(values[train, j : j + 1], classes[train, f])
                predicted = machine.predict(values[test, j : j + 1])
            accuracies[j, f] = np.mean(predicted == classes[test, f])
    RESULTS[f"arrays.{name}"] = {
        "mig": np.mean(gap(matrix) / entropies),
        "modularity": modularity.mean(),
        "sap": gap(accuracies).mean(),
    }


def spread(rows):
    return 1 - scipy.stats.entropy(rows.T + 1e-11, base=rows.shape[1])


def dci(name, matrix, accuracy):
    RESULTS[f"dci.{name}"] = {
        "disentanglement": np.sum(spread(matrix) * matrix.sum(axis=1)) / matrix.sum(),
        "completeness": np.sum(spread(matrix.T) * matrix.sum(axis=0)) / matrix.sum(),
        "informativeness": accuracy[1],
        "trainAccuracy": accuracy[0],
    }
    return RESULTS[f"dci.{name}"]


def best_split(columns, residuals, rows):
    """Variable, threshold and gain of a node's best split; the first of equals up to rounding."""
    best = None
    if len(rows) < 2 or np.var(residuals[rows]) <= np.finfo(float).eps:
        return None
    for j in range(columns.shape[1]):
        order = rows[np.argsort(columns[rows, j], kind="stable")]
        x, r = columns[order, j], residuals[order]
        left, count = np.cumsum(r)[:-1], np.arange(1, len(rows))
        right, rest = r.sum() - left, len(rows) - count
        gains = (rest * left - count * right) ** 2 / (count * rest * len(rows))
        for k in np.flatnonzero(x[1:] > x[:-1] + np.float32(1e-7)):
            if best is None or gains[k] > best[2] * (1 + 1e-10):
                best = j, (float(x[k]) + float(x[k + 1])) / 2, gains[k]
    return best


def own_boosted_trees(values, classes, test_values, test_classes):
    """Gradient boosting as Friedman (2001) gives it, with ties between splits broken in order."""
    columns, test = values.astype(np.float32), test_values.astype(np.float32)
    count = classes.max() + 1
    targets = np.eye(count)[classes]
    logits = np.tile(np.log(targets.mean(axis=0)), (len(classes), 1))
    test_logits = np.tile(logits[0], (len(test), 1))
    importances = np.zeros(columns.shape[1])
    for _ in range(100):
        p = np.exp(logits - logits.max(axis=1, keepdims=True))
        p /= p.sum(axis=1, keepdims=True)
        for k in range(count):
            residuals = targets[:, k] - p[:, k]
            nodes = [(np.arange(len(columns)), np.arange(len(test)), 0)]
            while nodes:
                rows, test_rows, depth = nodes.pop()
                split = best_split(columns, residuals, rows) if depth < 3 else None
                if split:
                    j, threshold, gain = split
                    importances[j] += gain
                    here, there = columns[rows, j] <= threshold, test[test_rows, j] <= threshold
                    nodes += [(rows[here], test_rows[there], depth + 1)]
                    nodes += [(rows[~here], test_rows[~there], depth + 1)]
                    continue
                curvature = np.sum(p[rows, k] * (1 - p[rows, k]))
                if curvature >= 1e-150:
                    value = (count - 1) / count * residuals[rows].sum() / curvature
                    logits[rows, k] += 0.1 * value
                    test_logits[test_rows, k] += 0.1 * value
    right = logits.argmax(axis=1) == classes, test_logits.argmax(axis=1) == test_classes
    return importances / importances.sum(), [np.mean(r) for r in right]


def boosted_trees(values, classes):
    """DCI by the trees above, and by scikit-learn's, which break ties at random: for several seeds."""
    train, test = slice(0, 600), slice(600, None)

    def results(name, fit):
        matrix, accuracies = zip(*(fit(f) for f in range(classes.shape[1])))
        matrix, accuracy = np.array(matrix).T, np.mean(accuracies, axis=0)
        dci(f"{name}category", np.vstack([matrix[:4], matrix[4:].sum(axis=0)]), accuracy)
        return dci(f"{name}one-hot", matrix, accuracy)

    def by_sklearn(f):
        model = GradientBoostingClassifier(random_state=seed).fit(values[train], classes[train, f])
        scores = [model.score(values[part], classes[part, f]) for part in (train, test)]
        return model.feature_importances_, scores

    print("dci", results(
        "", lambda f: own_boosted_trees(values[train], classes[train, f], values[test], classes[test, f])))
    for seed in range(3):
        print(f"dci of scikit-learn, seed {seed}", results("sklearn.", by_sklearn))
    halves = classes[:, 2:] > 1
    for seed in range(3):
        model = GradientBoostingClassifier(random_state=seed).fit(values[train, :4], halves[train, 0])
        print("two classes", model.feature_importances_)
    RESULTS["dci.sklearn.two"] = {f"importance.{j}": v for j, v in enumerate(model.feature_importances_)} | {
        "informativeness": model.score(values[test, :4], halves[test, 0]),
        "trainAccuracy": model.score(values[train, :4], halves[train, 0]),
    }


def draw(random, classes, groups, size):
    """Rows of groups that share a factor's value, in the order in which FactorTable draws them."""
    rows = []
    for factor in groups:
        if factor is None:
            rows += [random.below(len(classes)) for _ in range(size)]
        else:
            present = [np.flatnonzero(classes[:, factor] == v) for v in range(FACTOR_SIZES[factor])]
            images = present[random.below(len(present))]
            rows += [images[random.below(len(images))] for _ in range(size)]
    return rows


def variance(column, categorical):
    if categorical:
        n = len(column)
        return (n * n - np.sum(np.unique(column, return_counts=True)[1] ** 2)) / (2 * n * (n - 1))
    return np.var(column, ddof=1)


def factor_vae(name, values, classes, categorical, seed, votes, evaluation, size, equal):
    random = Random(seed)
    rows = values[draw(random, classes, [None], 500)]
    whole = [variance(rows[:, j], j in categorical) for j in range(values.shape[1])]
    active = [j for j, v in enumerate(whole) if v**0.5 >= 0.05]

    def collect(count):
        table = np.zeros((len(active), 3), dtype=int)
        if equal:
            shared = [f for f in range(3) for _ in range(count // 3)]
        else:
            shared = [random.below(3) for _ in range(count)]
        for factor in shared:
            group = values[draw(random, classes, [factor], size)]
            ratios = [variance(group[:, j], j in categorical) / whole[j] for j in active]
            table[np.argmin(ratios), factor] += 1
        return table

    training = collect(votes)
    best = training.argmax(axis=1)
    scored = collect(evaluation) if evaluation else training
    RESULTS[f"factor-vae.{name}"] = {
        "score": scored[range(len(active)), best].sum() / scored.sum(),
        "trainAccuracy": training[range(len(active)), best].sum() / training.sum(),
        "activeLatents": len(active),
    }


def beta_vae(name, values, classes, categorical, seed, training, evaluation, pairs):
    random = Random(seed)

    def points(count):
        features, labels = [], []
        for start in range(0, count, 32):
            shared = [random.below(3) for _ in range(min(32, count - start))]
            for factor in shared:
                rows = values[draw(random, classes, [factor] * pairs, 2)]
                distances = np.abs(rows[0::2] - rows[1::2])
                for j in categorical:
                    distances[:, j] = np.minimum(distances[:, j], 1)
                features.append(distances.mean(axis=0))
            labels += shared
        return np.array(features), np.array(labels)

    train, test = points(training), points(evaluation)
    model = LogisticRegression(solver="newton-cholesky", tol=1e-14, max_iter=1000).fit(*train)
    RESULTS[f"beta-vae.{name}"] = {"score": model.score(*test), "trainAccuracy": model.score(*train)}


def infomec(name, values, classes, categorical):
    """InfoM, InfoE and InfoC (Hsu et al. 2023), with mutual information from histograms."""
    train, test = slice(0, 600), slice(600, None)
    ranges = np.ptp(values[train], axis=0)
    numbers = [j for j in range(values.shape[1]) if j not in categorical]
    active = [j for j in range(values.shape[1]) if ranges[j] > 0 and (j in categorical or ranges[j] >= max(ranges[numbers]) / 8)]
    shares = information(values[train], classes[train], categorical)[active]
    shares /= [metrics.mutual_info_score(f, f) for f in classes[train].T]
    explicit = []
    inputs = one_hot(values) if categorical else values
    mean, deviation = inputs[train].mean(axis=0), inputs[train].std(axis=0)
    inputs = (inputs - mean) / np.where(deviation > 0, deviation, 1)
    for f in classes.T:
        model = LogisticRegression(solver="newton-cholesky", tol=1e-14, max_iter=1000).fit(inputs[train], f[train])
        known = metrics.log_loss(f[test], model.predict_proba(inputs[test]))
        frequencies = np.bincount(f[train]) / 600
        explicit.append(max(0, 1 - known / -np.log(frequencies[f[test]]).mean()))

    def concentration(rows):
        even = 1 / rows.shape[1]
        return np.mean((rows.max(axis=1) / rows.sum(axis=1) - even) / (1 - even))

    RESULTS[f"infomec.{name}"] = {
        "infoM": concentration(shares), "infoC": concentration(shares.T), "infoE": np.mean(explicit)}


def irs(name, values, classes):
    """Interventional robustness (Suter et al. 2019), as disentanglement_lib's protocol has it."""
    largest = np.abs(values - values.mean(axis=0)).max(axis=0)
    robust = np.zeros((values.shape[1], classes.shape[1]))
    for f in range(classes.shape[1]):
        present = np.unique(classes[:, f])
        for v in present:
            group = values[classes[:, f] == v]
            robust[:, f] += np.percentile(np.abs(group - group.mean(axis=0)), 99, axis=0) / len(present)
    RESULTS[f"irs.{name}"] = {"score": np.average((1 - robust / largest[:, None]).max(axis=1), weights=largest)}


def med(name, values, classes, categorical):
    """MED (Cao et al. 2022): DCI's entropies of mutual information, a factor's shares adding up to 1."""
    matrix = information(values, classes, categorical)
    matrix = matrix / matrix.sum(axis=0)
    RESULTS[f"med.{name}"] = {
        "disentanglement": np.sum(spread(matrix) * matrix.sum(axis=1)) / matrix.sum(),
        "completeness": np.sum(spread(matrix.T) * matrix.sum(axis=0)) / matrix.sum(),
    }


def sampled_information():
    """The information of posteriors about factors by Chen et al. (2018), a sample of each of 300 images."""
    count = 300
    classes = factors()[:count]
    a, b, c = classes.T
    noises = np.array([[noise(i, 100 + j) / 1009 for j in range(3)] for i in range(count)])
    means = np.stack([a * 1.5 + noises[:, 0] * 0.5, b * 0.75 + c * 0.25 + noises[:, 1], noises[:, 2] * 3], axis=1)
    log_variances = np.array([[noise(i, 110 + j) / 1009 * 3 - 4 for j in range(3)] for i in range(count)])
    means, log_variances = (x.astype(np.float32).astype(float) for x in (means, log_variances))
    weights = np.array([[noise(i, 120 + k) + 1 + (1000 if k == b[i] else 0) for k in range(4)] for i in range(count)], dtype=float)
    alphas = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32).astype(float)
    epsilon = np.array([[(noise(i, 130 + j) / 1009 - 0.5) * 4 for j in range(3)] for i in range(count)])
    z = means + np.exp(0.5 * log_variances) * epsilon
    # [sample, image, dimension]
    log_densities = scipy.stats.norm.logpdf(z[:, None], means[None], np.exp(0.5 * log_variances)[None])
    result = {}
    for f in range(3):
        alike = classes[:, None, f] == classes[None, :, f]
        for j in range(3):
            densities = log_densities[:, :, j]
            known = scipy.special.logsumexp(np.where(alike, densities, -np.inf), axis=1) - np.log(alike.sum(axis=1))
            all_ = scipy.special.logsumexp(densities, axis=1) - np.log(count)
            result[f"z{j}.{f}"] = max(0, np.mean(known - all_))
        parts = [alphas[classes[:, f] == v] for v in np.unique(classes[:, f])]
        inner = sum(len(p) / count * scipy.stats.entropy(p.mean(axis=0)) for p in parts)
        result[f"c0.{f}"] = scipy.stats.entropy(alphas.mean(axis=0)) - inner
    RESULTS["mig.chen"] = result


def probes():
    """Accuracies of linear probes of each factor, and those of a guess."""
    classes = factors()
    values = one_hot(representation(classes))
    train, test = slice(0, 600), slice(600, None)
    inputs = StandardScaler().fit(values[train]).transform(values)
    for name, columns in [("z", slice(0, 4)), ("c", slice(4, None)), ("both", slice(None))]:
        result = {}
        for f in range(3):
            model = LogisticRegression(solver="newton-cholesky", tol=1e-14, max_iter=1000)
            model.fit(inputs[train, columns], classes[train, f])
            guess = DummyClassifier().fit(inputs[train], classes[train, f])
            result[f"{f}"] = model.score(inputs[test, columns], classes[test, f])
            result[f"{f}.majority"] = guess.score(inputs[test], classes[test, f])
        RESULTS[f"probe.{name}"] = result


def samples():
    """Precision and recall (Kynkaanniemi et al. 2019), density and coverage (Naeem et al. 2020) of two clouds of points."""
    real = np.array([[noise(i, 140 + j) / 1009 for j in range(19)] for i in range(150)], dtype=np.float32)
    fake = np.array([[noise(i, 160 + j) / 1009 * (1 + i % 3) / 2 for j in range(19)] for i in range(120)], dtype=np.float32)
    between = scipy.spatial.distance.cdist(real.astype(float), fake.astype(float))

    def radii(points, k):
        return np.sort(scipy.spatial.distance.cdist(points.astype(float), points.astype(float)), axis=1)[:, k]

    RESULTS["samples"] = {
        "precision": (between <= radii(real, 3)[:, None]).any(axis=0).mean(),
        "recall": (between <= radii(fake, 3)[None]).any(axis=1).mean(),
        "density": (between <= radii(real, 5)[:, None]).sum() / (5 * len(fake)),
        "coverage": (between.min(axis=1) <= radii(real, 5)).mean(),
    }


def frechet():
    """The squared Frechet distance (Dowson and Landau 1982) of the same two clouds, and of one whose last column is constant."""
    real = np.array([[noise(i, 140 + j) / 1009 for j in range(19)] for i in range(150)])
    fake = np.array([[noise(i, 160 + j) / 1009 * (1 + i % 3) / 2 for j in range(19)] for i in range(120)])
    flat = real.copy()
    flat[:, 18] = 0.5
    for name, points in [("full", real), ("flat", flat)]:
        first, second = np.cov(points.T), np.cov(fake.T)
        # A singular matrix may have no square root that sqrtm finds; the trace of the root is the sum of eigenvalues' roots.
        root = np.sqrt(np.maximum(np.linalg.eigvals(first @ second).real, 0)).sum()
        if name == "full":
            assert abs(root - np.trace(scipy.linalg.sqrtm(first @ second).real)) < 1e-9
        means = ((points.mean(axis=0) - fake.mean(axis=0)) ** 2).sum()
        RESULTS[f"frechet.{name}"] = {"squared": means + np.trace(first + second) - 2 * root, "means": means}


def udr():
    """UDR_S (Duan et al. 2020) of three models of four, three and four variables."""
    models = []
    for m in range(3):
        columns = [[noise(i, 70 + j) / 1009 + (m + 1) * 0.1 * noise(i, 80 + 4 * m + j) / 1009 for j in range(4 - m % 2)]
                   for i in range(300)]
        models.append(np.array(columns)[:, ::-1 if m == 2 else 1])
    kls = [[1, 0.5, 0.001, 0.2], [1, 1, 1], [0.3, 0.02, 0.011, 0]]

    def agreement(a, b):
        first, second = models[a][:, np.array(kls[a]) > 0.01], models[b][:, np.array(kls[b]) > 0.01]
        r = np.array([[abs(scipy.stats.spearmanr(x, y)[0]) for y in second.T] for x in first.T])
        parts = [(r.max(axis=k) ** 2 / r.sum(axis=k)).sum() for k in (0, 1)]
        return sum(parts) / (first.shape[1] + second.shape[1])

    RESULTS["udr"] = {f"model.{a}": np.median([agreement(a, b) for b in range(3) if b != a]) for a in range(3)}


def regression():
    """Coefficients of logistic regression, for three and for two classes."""
    for name, count in [("three", 3), ("two", 2)]:
        inputs = np.array([[noise(i, 40 + j) / 1009 for j in range(2)] for i in range(200)])
        classes = [int(inputs[i, 0] * count * 0.7 + noise(i, 50) / 1009 * count * 0.3) for i in range(200)]
        model = LogisticRegression(solver="newton-cholesky", tol=1e-14, max_iter=1000).fit(inputs, classes)
        RESULTS[f"regression.{name}"] = {
            f"{k}.{j}": model.coef_[k, j] for k in range(len(model.coef_)) for j in range(2)
        }


def support_vectors():
    """Lines of support vector machines, for three and for two classes."""
    for name, count in [("three", 3), ("two", 2)]:
        inputs = np.array([[noise(i, 60) / 1009] for i in range(200)])
        classes = [int(inputs[i, 0] ** 2 * count * 0.7 + noise(i, 61) / 1009 * count * 0.3) for i in range(200)]
        machine = LinearSVC(C=0.01, class_weight="balanced", dual=False, tol=1e-14, max_iter=100_000)
        machine.fit(inputs, classes)
        RESULTS[f"support.{name}"] = {
            f"{part}.{k}": value
            for k in range(len(machine.coef_))
            for part, value in [("slope", machine.coef_[k, 0]), ("bias", machine.intercept_[k])]
        }


def disentanglement():
    classes = factors()
    values = representation(classes)
    codes = {"category": (values, [4]), "one-hot": (one_hot(values), [])}
    for code, (columns, categorical) in codes.items():
        array_scores(code, columns, classes, categorical)
        infomec(code, columns, classes, categorical)
        med(code, columns, classes, categorical)
        irs(code, one_hot(values), classes)
        factor_vae(f"equal.{code}", columns, classes, categorical, 3, 150, 0, 40, True)
        factor_vae(f"random.{code}", columns, classes, categorical, 4, 150, 80, 10, False)
        beta_vae(code, columns, classes, categorical, 5, 150, 100, 4)
    boosted_trees(one_hot(values), classes)


def main():
    labels()
    regression()
    support_vectors()
    disentanglement()
    udr()
    sampled_information()
    probes()
    samples()
    frechet()
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(RESULTS, indent=1, sort_keys=True, default=float) + "\n")
    print(f"{path}: {len(RESULTS)} sections, scikit-learn {sklearn.__version__}, numpy {np.__version__}")


main()
