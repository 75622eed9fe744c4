"""Methods of clustering without networks of their own, for rivals.py. Each takes the training and the measured images, the number
of classes and a seed, and returns a cluster for each measured image."""

import numpy
from sklearn.cluster import KMeans, SpectralClustering
from sklearn.decomposition import PCA
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import StandardScaler

# The similarities of spectral clustering are a matrix of all pairs.
SPECTRAL_IMAGES = 4000
COMPONENTS = 50


def pixels(train, test):
    return train.pixels, test.pixels


def components(train, test):
    pca = PCA(min(COMPONENTS, train.pixels.shape[1]), random_state=0).fit(train.pixels)
    return pca.transform(train.pixels), pca.transform(test.pixels)


def codes(train, test):
    scaler = StandardScaler().fit(train.means)
    return scaler.transform(train.means), scaler.transform(test.means)


def kmeans(features):
    def cluster(train, test, count, seed):
        learned, measured = features(train, test)
        return KMeans(count, n_init=10, random_state=seed).fit(learned).predict(measured)

    return cluster


def mixture(features):
    def cluster(train, test, count, seed):
        learned, measured = features(train, test)
        return GaussianMixture(count, n_init=3, reg_covar=1e-3, random_state=seed).fit(learned).predict(measured)

    return cluster


def spectral(features):
    def cluster(train, test, count, seed):
        learned, measured = features(train, test)
        chosen = numpy.random.default_rng(seed).permutation(len(learned))[:SPECTRAL_IMAGES]
        method = SpectralClustering(count, affinity="nearest_neighbors", n_neighbors=10, random_state=seed)
        # It has no clusters for other images than those it was given; these take that of the nearest one.
        clusters = method.fit_predict(learned[chosen])
        return KNeighborsClassifier(1).fit(learned[chosen], clusters).predict(measured)

    return cluster


def ours(train, test, count, seed):
    return test.probabilities.argmax(1)


METHODS = {"ours": ours}
for title, method in {"kmeans": kmeans, "mixture": mixture, "spectral": spectral}.items():
    for suffix, features in {"pixels": pixels, "pca": components, "codes": codes}.items():
        if (title, suffix) != ("mixture", "pixels"):
            METHODS[f"{title}-{suffix}"] = method(features)
