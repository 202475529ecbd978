"""Every estimator that prints an interval, on samples whose truth is known.

A case makes one study of `n` replications in which something happens in a `share` of them, and says
whether each of its 95 % intervals holds the truth (None where no interval is given). What is called
is what commands call.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.coverage.outcome import PATHS, Outcome
from sim.ensemble.result import Ensemble
from sim.ensemble.stopping import Until
from sim.stats.difference import of_means, of_pairs, of_shares, risk_ratio
from sim.stats.restricted import FEWEST_ENDS, Times, log_rank, pseudo_values
from sim.stats.sample_size import for_share
from sim.stats.shares import share
from sim.stats.survival import curve
from sim.stats.variance import decompose
from sim.studies.sensitivity.salib import analyse

RUNS = (10, 50, 400, 2000)
SHARES = (0.003, 0.01, 0.1, 0.5)
#: Points of the studies of inputs, each with so many replications: trajectories, base points.
POINTS, TRAJECTORIES, BASES = 64, 20, 64
HORIZON, HALF = 80, 40  # days
Array = NDArray[np.float64]
Held = bool | None


class Study(NamedTuple):
    """One simulated study: `n` replications (at a point), the `share` that is asked for."""

    n: int
    share: float
    rng: np.random.Generator

    def flags(self, share: float | None = None) -> Array:
        """Whether something happened in each replication."""
        p = self.share if share is None else share
        return (self.rng.random(self.n) < p).astype(np.float64)


@dataclass(frozen=True)
class Case:
    """An estimator: `name` in the record, `what` it is in words, and the studies of it.

    `tries` studies are made for the table, `few` in the tests.
    """

    name: str
    what: str
    holds: Callable[[Study], Iterator[Held]]
    tries: int = 2000
    few: int = 100


def held(low: float | None, high: float | None, truth: float) -> Held:
    """Whether an interval holds the truth; None if there is none."""
    if low is None or high is None or np.isnan(low):
        return None
    return bool(low <= truth <= high)


def one_share(study: Study) -> Iterator[Held]:
    """Wilson."""
    count = int(study.rng.binomial(study.n, study.share))
    yield held(*share(count, study.n).bounds, study.share)


def _flags(study: Study) -> tuple[Array, Array, float]:
    """Two flags of the same replications: a third of the first ends, half as many come new."""
    a = study.flags()
    new = 0.5 * study.share
    b = np.where(a > 0, study.rng.random(study.n) > 1 / 3, study.rng.random(study.n) < new)
    return a, b.astype(np.float64), (1 - study.share) * new - study.share / 3


def pairs_of_shares(study: Study) -> Iterator[Held]:
    """Bonett and Price."""
    a, b, truth = _flags(study)
    gap = of_pairs(a, b, share=True)
    yield held(gap.low, gap.high, truth)


def apart_shares(study: Study) -> Iterator[Held]:
    """Agresti and Caffo."""
    a, b = study.flags(), study.flags(min(2 * study.share, 0.9))
    gap = of_shares(a, b, paired=False)
    yield held(gap.low, gap.high, min(2 * study.share, 0.9) - study.share)


def ratio_of_shares(study: Study) -> Iterator[Held]:
    """Lachenbruch and Lynch."""
    a, b, truth = _flags(study)
    ratio = risk_ratio(a, b, paired=True)
    yield held(ratio.low, ratio.high, 1 + truth / study.share)


def _amounts(study: Study) -> Array:
    """A number that is not 0 in a share of the replications, and then about twenty."""
    return study.flags() * (1 + study.rng.poisson(19.0, study.n))


def mean(study: Study) -> Iterator[Held]:
    """Student."""
    found = of_pairs(np.zeros(study.n), _amounts(study), share=False)
    yield held(found.low, found.high, 20 * study.share)


def pairs_of_means(study: Study) -> Iterator[Held]:
    """Student of the pairs."""
    same = study.rng.normal(100.0, 30.0, study.n)
    found = of_pairs(same, same + _amounts(study), share=False)
    yield held(found.low, found.high, 20 * study.share)


def apart_means(study: Study) -> Iterator[Held]:
    """Welch."""
    gap = of_means(study.rng.normal(9, 3, study.n), _amounts(study), paired=False)
    yield held(gap.low, gap.high, 20 * study.share - 9)


def _times(study: Study, hazard: float) -> Times:
    """Lengths with a constant hazard, watched for a time of their own from 1 to the horizon."""
    end = study.rng.geometric(hazard, study.n)
    left = study.rng.integers(1, HORIZON + 1, study.n)
    return Times(
        np.minimum(end, left).astype(np.float64), end <= left, np.ones(study.n, dtype=bool)
    )


def _hazard(share: float) -> float:
    """The hazard with which a share ends by half of the horizon."""
    return float(1 - (1 - share) ** (1 / HALF))


def by_day(study: Study) -> Iterator[Held]:
    """Wilson at the effective number of Dorey and Korn."""
    of = _times(study, _hazard(study.share))
    found = curve(of.days, of.seen, HORIZON)
    yield held(float(found.low[HALF]), float(found.high[HALF]), study.share)


def restricted(study: Study) -> Iterator[Held]:
    """Student of pseudo-values, where enough ends were seen."""
    hazard = _hazard(study.share)
    of = _times(study, hazard)
    if int(of.seen.sum()) < FEWEST_ENDS:
        yield None
        return
    upto = min(HALF, int(of.longest))
    truth = float(((1 - hazard) ** np.arange(upto)).sum())
    found = of_pairs(np.zeros(study.n), pseudo_values(of, upto), share=False)
    yield held(found.low, found.high, truth)


def same_curves(study: Study) -> Iterator[Held]:
    """The log-rank test of two samples of one law: how often it does not reject at 5 %."""
    hazard = _hazard(study.share)
    p = log_rank(_times(study, hazard), _times(study, hazard))
    yield None if p is None else p > 0.05


def planned(study: Study) -> Iterator[Held]:
    """A share whose number of replications a pilot planned: to the width that `n` would give."""
    low, high = share(round(study.share * study.n), study.n).bounds
    seen: list[tuple[int, int]] = []

    def pilot(size: int) -> Mapping[str, Ensemble]:
        seen.append((int(study.rng.binomial(size, study.share)), size))
        return {}

    n = Until(100_000, lambda _: for_share(*seen[-1], (high - low) / 2)).plan(pilot)
    count = int(study.rng.binomial(n, study.share))
    yield held(*share(count, n).bounds, study.share)


def _split(study: Study, part: str) -> Held:
    of = Outcome(study.share)
    where = study.rng.random((POINTS, len(PATHS)))
    values = of.values(of.probability(where), 1, study.n, study.rng)
    found = getattr(decompose(values, share=True), part)
    return held(found.low, found.high, of.split[part])


def split_mean(study: Study) -> Iterator[Held]:
    """Wilson at the effective number."""
    yield _split(study, "mean")


def split_inputs(study: Study) -> Iterator[Held]:
    """Student over points."""
    yield _split(study, "inputs")


def split_chance(study: Study) -> Iterator[Held]:
    """Student over points."""
    yield _split(study, "chance")


def split_share(study: Study) -> Iterator[Held]:
    """Fieller over points."""
    yield _split(study, "share")


def sobol(study: Study) -> Iterator[Held]:
    """Fieller over base points, total and first-order of each input."""
    of = Outcome(study.share)
    blocks, values = of.sobol(BASES, study.n, int(study.rng.integers(1 << 31)))
    found = analyse(blocks, PATHS, values).indices
    for path in PATHS:
        for index, truth in (("total", of.total), ("first", of.first_order)):
            one = getattr(found[path], index)
            yield held(one.low, one.high, truth[path])


def morris(study: Study) -> Iterator[Held]:
    """Student over trajectories: µ* of each input."""
    seed = int(study.rng.integers(1 << 31))
    blocks, values = Outcome(study.share).morris(TRAJECTORIES, study.n, seed)
    found = analyse(blocks, PATHS, values).indices
    for path, truth in Outcome(study.share).mean_effects.items():
        one = found[path].main
        yield held(one.low, one.high, truth)


def morris_mu(study: Study) -> Iterator[Held]:
    """Student over trajectories: µ of each input."""
    seed = int(study.rng.integers(1 << 31))
    blocks, values = Outcome(study.share).morris(TRAJECTORIES, study.n, seed)
    found = analyse(blocks, PATHS, values).indices
    for path, truth in Outcome(study.share).mean_effects.items():
        one = found[path].mu  # type: ignore[union-attr]
        yield held(one.low, one.high, truth)


CASES = (
    Case("share", "share of replications (Wilson)", one_share),
    Case("pairs of shares", "paired difference of shares (Bonett and Price)", pairs_of_shares),
    Case("shares apart", "unpaired difference of shares (Agresti and Caffo)", apart_shares),
    Case("ratio", "paired ratio of shares (Lachenbruch and Lynch)", ratio_of_shares),
    Case("mean", "mean of a number that is not 0 in this share (Student)", mean),
    Case("pairs of means", "paired difference of such means (Student)", pairs_of_means),
    Case("means apart", "unpaired difference of means (Welch)", apart_means),
    Case("by day", "probability by a day under censoring (Kaplan and Meier)", by_day),
    Case("restricted mean", "restricted mean of a censored time (Student)", restricted),
    Case("log-rank", "log-rank test of one law: not rejected at 5 %", same_curves, 2000),
    Case("planned", "share after `--until-halfwidth` (Wilson)", planned, 2000),
    Case("variance: mean", "`uncertainty`: mean (Wilson)", split_mean, 300, 30),
    Case("variance: inputs", "`uncertainty`: from inputs (Student)", split_inputs, 300, 30),
    Case("variance: chance", "`uncertainty`: from chance (Student)", split_chance, 300, 30),
    Case("variance: share", "`uncertainty`: share of the inputs (Fieller)", split_share, 300, 30),
    Case("Sobol", "`sensitivity`: Sobol's indices (Fieller)", sobol, 200, 12),
    Case("Morris µ*", "`sensitivity`: Morris's µ* (bounds by Student)", morris, 200, 12),
    Case("Morris µ", "`sensitivity`: Morris's µ (Student)", morris_mu, 200, 12),
)


@dataclass(frozen=True)
class Cell:
    """How often the intervals of a case held the truth in `studies` studies.

    `given` intervals were given of `asked`, and `held` of them held the truth.
    """

    held: int
    given: int
    asked: int
    studies: int

    @property
    def covered(self) -> float | None:
        """Share that held the truth; None if no interval was given."""
        return self.held / self.given if self.given else None

    @property
    def error(self) -> float:
        """Standard error of `covered`, at most: intervals of one study may go together."""
        p = min(max(self.covered or 0.5, 1 / (self.studies + 2)), 1 - 1 / (self.studies + 2))
        return float(np.sqrt(p * (1 - p) / max(self.given * self.studies / self.asked, 1)))


def run(case: Case, n: int, share_: float, tries: int, seed: int) -> Cell:
    """Simulate one cell of the table."""
    rng = np.random.default_rng([seed, n, round(1e6 * share_), *case.name.encode()])
    found = [one for _ in range(tries) for one in case.holds(Study(n, share_, rng))]
    given = [one for one in found if one is not None]
    return Cell(sum(given), len(given), len(found), tries)
