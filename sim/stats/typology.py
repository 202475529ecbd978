"""Types of sequences: which courses are alike, how many types there are, an example of each.

Sequence analysis (Abbott and Tsay (2000), Sociol. Methods Res. 29:3) compares whole courses. The
distance here adds up, position by position, how many steps two courses are apart: a Hamming
distance whose costs are the steps. It keeps the timing, which optimal matching gives away for
likeness of order (Lesnard (2010), Sociol. Methods Res. 38:389; Studer and Ritschard (2016), J. R.
Stat. Soc. A 179:481). Types are found by Ward's hierarchical clustering, then each is made the set
of the courses that are nearest to its medoid, the one with the least sum of distances to the others
(Kaufman and Rousseeuw (1990)). Their number is the one with the greatest mean silhouette (Rousseeuw
(1987), J. Comput. Appl. Math. 20:53).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: Most types that are tried: more cannot be told apart in a figure.
MOST = 6
#: Mean silhouette below which there is no substantial structure (Kaufman and Rousseeuw (1990)).
NO_TYPES = 0.25
#: Courses that a type must have, and the share of them.
FEWEST, LEAST = 10, 0.02
_ROUNDS = 30
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Types:
    """Types of courses, the most frequent first.

    `medoids` are the rows of the examples, `label` (n,) the type of each row; `silhouette` is the
    mean of these types, `tried` that of each number that was tried and has no tiny type. Where no
    number reaches `NO_TYPES` there is one type, and `silhouette` is the best that was tried.
    """

    medoids: NDArray[np.int64]
    label: NDArray[np.int64]
    silhouette: float
    tried: Mapping[int, float]


def types(courses: NDArray[np.int64]) -> Types:
    """Types of (n, k) courses, steps by position; memory grows with the square of n.

    Two rows at least.
    """
    from scipy.cluster.hierarchy import cut_tree, linkage
    from scipy.spatial.distance import pdist, squareform

    flat = pdist(courses.astype(np.float64), "cityblock")
    apart = squareform(flat)
    tree = linkage(flat, "ward")
    whole = np.zeros(len(courses), dtype=np.int64)
    best = Types(_medoids(apart, whole), whole, 0.0, {})
    tried: dict[int, float] = {}
    for number in range(2, min(MOST, len(courses) - 1) + 1):
        medoids, label = _settle(apart, cut_tree(tree, [number])[:, 0].astype(np.int64))
        sizes = np.bincount(label)
        if len(sizes) < number or sizes.min() < max(FEWEST, LEAST * len(courses)):
            continue
        tried[number] = silhouette(apart, label)
        if tried[number] >= NO_TYPES and tried[number] > best.silhouette:
            best = Types(medoids, label, tried[number], tried)
    if len(best.medoids) == 1:
        return Types(best.medoids, whole, max(tried.values(), default=0.0), tried)
    order = np.argsort(-np.bincount(best.label), kind="stable")
    place = np.argsort(order)
    return Types(best.medoids[order], place[best.label], best.silhouette, tried)


def nearest(courses: NDArray[np.int64], examples: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n,) the number of the example that each of (n, k) courses is nearest to; the first of ties.

    `examples` are (types, k).
    """
    apart = np.stack([np.abs(courses - one).sum(axis=1) for one in examples], axis=1)
    found: NDArray[np.int64] = np.argmin(apart, axis=1).astype(np.int64)
    return found


def silhouette(apart: Array, label: NDArray[np.int64]) -> float:
    """Mean over the rows of how much nearer they are to their own type than to the next.

    0 for a row that is alone. `apart` is (n, n).
    """
    member = np.eye(label.max() + 1)[label]
    sizes = member.sum(axis=0)
    total = apart @ member
    row = np.arange(len(label))
    own = total[row, label] / np.maximum(sizes[label] - 1, 1)
    means = total / np.maximum(sizes, 1)
    means[row, label] = np.inf
    other = means.min(axis=1)
    widest = np.maximum(own, other)
    width = np.divide(other - own, widest, out=np.zeros(len(label)), where=widest > 0)
    return float(np.where(sizes[label] > 1, width, 0.0).mean())


def _settle(apart: Array, label: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Medoids, and every row with the nearest of them, repeated until nothing moves."""
    medoids = _medoids(apart, label)
    for _ in range(_ROUNDS):
        label = np.argmin(apart[:, medoids], axis=1).astype(np.int64)
        found = _medoids(apart, label)
        if np.array_equal(found, medoids):
            break
        medoids = found
    return medoids, np.argmin(apart[:, medoids], axis=1).astype(np.int64)


def _medoids(apart: Array, label: NDArray[np.int64]) -> NDArray[np.int64]:
    """The row of each type with the least sum of distances to the others; the first of ties."""
    member = np.eye(label.max() + 1)[label]
    total = np.where(member > 0, apart @ member, np.inf)[:, member.any(axis=0)]
    found: NDArray[np.int64] = np.argmin(total, axis=0).astype(np.int64)
    return found
