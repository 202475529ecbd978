"""Indices of Sobol and Morris of what is *expected* at a point, from a few replications there.

What is asked of the inputs is how they move f(x), the mean over endless replications at a point x.
A point has R replications, whose mean is f(x) plus chance; put into the textbook formulas, chance
counts as an effect of every input. Here no product of chance with itself enters:

- The points of a block (a base point of Sobol with all made of it, a trajectory of Morris) share
  their random draws, so that a difference D = Y(x) - Y(x') of two of them is sharp; blocks are
  independent of each other. An input that does nothing has D = 0 in every replication.
- Replications r and s of a block are independent given its points, so E[D_r D_s] is the square of
  f(x) - f(x') for r other than s. The mean of D_r D_s over all such pairs, (mean D)² - var(D)/R, is
  therefore unbiased for it from two replications on (a U-statistic: Hoeffding 1948, Ann. Math.
  Stat. 19:293), whatever the draws within a block have in common.

With it Sobol's indices are ratios of means over blocks, by the formulas of Jansen (1999), Comput.
Phys. Commun. 117:35 (Saltelli et al. 2010, Comput. Phys. Commun. 181:259, table 2 b and f):

    V = E (f(A) - f(B))² / 2
    V_Ti = E (f(A) - f(AB_i))² / 2
    V_i = V - E (f(B) - f(AB_i))² / 2

Their intervals are those of a ratio of means (Fieller 1954, J. R. Stat. Soc. B 16:175), with
Student's quantile for the number of blocks. Where the variance between points itself is not clear
of zero the ratio may be anything: the index is not known, and its interval is 0 to 1.

Morris's µ is a mean over trajectories, and has Student's interval. µ*, the mean of |E D|, has no
unbiased estimator: |mean D| lies above it on average (Jensen), and the mean of D_r in the direction
of the other replications below it, since a direction guessed from other replications is sometimes
the wrong one. The interval goes from the lower end of the one to the upper end of the other; the
value is the jackknife of |mean D| over replications (Quenouille 1956, Biometrika 43:353), which
takes off half of its bias where there is no effect, and nothing where all differences have one
sign.

Where few replications differ, a spread is estimated from next to nothing. So in an interval, and
there alone, two further blocks are counted in which the smallest change seen just happened, as
Agresti and Coull (1998), Am. Stat. 52:119, and Bonett and Price (2012) do for shares.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from sim.stats.difference import LEVEL
from sim.stats.indices import Index, MorrisIndices, SobolIndices

Array = NDArray[np.float64]
#: An index of which the replications say nothing.
UNKNOWN = Index(None, 0.0, 1.0)
NOTHING = Index(None, None, None)


def squares(differences: Array) -> Array:
    """Unbiased squares of expected differences, (..., R) with R of at least 2 as (...)."""
    runs = differences.shape[-1]
    return np.asarray(differences.mean(axis=-1) ** 2 - differences.var(axis=-1, ddof=1) / runs)


def size_of(differences: Array) -> float:
    """Root mean square of the differences that are not 0; 0 where there is none at all."""
    seen = differences[differences != 0]
    return float(np.sqrt((seen**2).mean())) if seen.size else 0.0


def sobol(values: Array) -> list[SobolIndices]:
    """First-order and total index of each input.

    Parameters
    ----------
    values : (n_blocks, n_inputs + 2, n_replications) at A, at AB_1, AB_2, ... and at B of each
        block; AB_i is A with the value of input i from B
    """
    a, b = values[:, 0], values[:, -1]
    apart = a - b
    if not apart.any():
        return [SobolIndices(UNKNOWN, UNKNOWN)] * (values.shape[1] - 2)
    variance, pairs = squares(apart) / 2, values.shape[2] * (values.shape[2] - 1)
    least = size_of(apart) ** 2 / pairs  # what two replications that both differ make of a square
    found = []
    for i in range(1, values.shape[1] - 1):
        alone = a - values[:, i]
        rare = (size_of(alone) ** 2 / pairs) or least
        first = ratio_of_means(variance - squares(b - values[:, i]) / 2, variance, rare, least)
        found.append(SobolIndices(first, ratio_of_means(squares(alone) / 2, variance, rare, least)))
    return found


def ratio_of_means(above: Array, below: Array, rare: float, least: float) -> Index:
    """Mean of `above` over mean of `below`, (n_blocks,) each, a share.

    `rare` is what the smallest change seen makes of `above` in a block, `least` of `below`.
    """
    n, quantile = len(above), float(stats.t.ppf((1 + LEVEL) / 2, len(above) - 1))
    spread = np.cov(above, below) + np.diag([2 * rare**2, 2 * least**2]) / (n - 1)
    spread *= quantile**2 / n
    top, bottom = float(above.mean()) + 2 * rare / n, float(below.mean())
    # ends of all t with (top - t bottom)² at most quantile² x the variance of top - t bottom
    square, half, rest = (
        bottom**2 - spread[1, 1],
        top * bottom - spread[0, 1],
        top**2 - spread[0, 0],
    )
    if square <= 0 or bottom <= 0:
        return UNKNOWN
    root = float(np.sqrt(max(half**2 - square * rest, 0.0)))
    low, high = (float(np.clip(end / square, 0.0, 1.0)) for end in (half - root, half + root))
    return Index(float(above.mean()) / bottom, low, high)


def morris(effects: Array, size: float) -> MorrisIndices:
    """The indices of one input.

    Parameters
    ----------
    effects : (n_trajectories, n_replications) change of a replication over the input's whole range
    size : of a change where there is one, for an input that changed nothing in any replication; 0
        if every value was the same, and then nothing is known
    """
    if not size:
        return MorrisIndices(NOTHING, NOTHING, NOTHING)
    runs, total = effects.shape[1], effects.sum(axis=1, keepdims=True)
    others, means = total - effects, total[:, 0] / effects.shape[1]
    rare = (size_of(effects) or size) / runs
    folded = np.abs(total[:, 0]) - np.abs(others).mean(axis=1)
    low, _ = mean_of_blocks((effects * np.sign(others)).mean(axis=1), (0.0, 0.0))
    _, high = mean_of_blocks(np.abs(means), (rare, rare))
    noise = float(effects.var(axis=1, ddof=1).mean()) / runs
    return MorrisIndices(
        mu_star=Index(max(float(folded.mean()), 0.0), max(low, 0.0), high),
        mu=Index(float(means.mean()), *mean_of_blocks(means, (rare, -rare))),
        sigma=Index(float(np.sqrt(max(float(means.var(ddof=1)) - noise, 0.0))), None, None),
    )


def mean_of_blocks(sample: Array, more: tuple[float, float]) -> tuple[float, float]:
    """Student's interval of the mean of a sample, with two further changes from that mean."""
    n, apart = len(sample), np.array(more)
    variance = float(sample.var(ddof=1)) + float((apart**2).sum()) / (n - 1)
    half = float(stats.t.ppf((1 + LEVEL) / 2, n - 1)) * float(np.sqrt(variance / n))
    middle = float(sample.mean()) + float(apart.sum()) / n
    return middle - half, middle + half
