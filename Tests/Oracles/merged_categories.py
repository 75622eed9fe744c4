"""Prints the groups that CategoryGroupsTests expects: S / (n n^T) and average linkage by scipy.

    python3 Tests/Oracles/merged_categories.py
"""
import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

IMAGES, CATEGORIES = 40, 9
image, category = np.arange(IMAGES)[:, None], np.arange(CATEGORIES)[None, :]
# Probabilities without a random generator, so that both sides have the same.
logits = 3 * np.sin(0.7 * image * (category % 4 + 1) + 1.3 * category)
alpha = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
together, alone = alpha.T @ alpha, alpha.sum(0)
similarity = together / np.outer(alone, alone)
distance = similarity.max() + 1 - similarity
np.fill_diagonal(distance, 0)
tree = linkage(squareform(distance, checks=False), "average")
for count in (2, 3, 5, 8):
    found = fcluster(tree, count, "maxclust")
    names = {}
    print(count, [names.setdefault(number, len(names)) for number in found])
