"""What is compared: each outcome and each measure as one number a scenario, and as a contrast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.stats import distances, restricted
from sim.stats.difference import SURE, Difference, Ratio, of_means, of_shares, risk_ratio
from sim.stats.distances import Shape
from sim.stats.estimate import Json
from sim.stats.restricted import few_ends, log_rank, pseudo_values, times
from sim.stats.sample_size import for_mean, for_pairs
from sim.stats.table import Table, column, texts
from sim.studies.compare.sides import Pair, Side

if TYPE_CHECKING:
    from sim.vocabulary.measures import Measure

Array = NDArray[np.float64]
#: The one word that cannot name a scenario, since it stands beside their names in the results.
DIFFERENCE = "difference"
FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Contrast(Difference):
    """The difference of one outcome or measure from the baseline, and what belongs to it.

    `ratio` is that of the shares of an outcome. A time is compared over the days up to `upto`, with
    the p value `log_rank` of the log-rank test; `shape` says how the distributions of a measure
    differ beyond their means (None for an outcome and a duration). `p_holm` is `p` corrected
    together with all others of the comparison (Holm), 1 where nothing was tested;
    `runs_to_separate` the replications of each scenario with which such a difference would be
    significant with power 0.8, None where there is no spread.
    """

    ratio: Ratio | None = None
    upto: int | None = None
    log_rank: float | None = None
    shape: Shape | None = None
    p_holm: float = 1.0
    runs_to_separate: int | None = None

    @property
    def significant(self) -> bool:
        """Whether the difference is significant after the correction for all that were tested."""
        return self.p_holm <= SURE

    def as_json(self) -> Json:
        """Plain values by the names of the columns of `compare.csv`."""
        values: Json = {field.name: getattr(self, field.name) for field in fields(Difference)}
        if self.ratio is not None:
            values |= {
                "risk_ratio": self.ratio.value,
                "risk_ratio_low": self.ratio.low,
                "risk_ratio_high": self.ratio.high,
            }
        if self.upto is not None:
            values |= {"upto": self.upto, "log_rank": self.log_rank}
        if self.shape is not None:
            values |= {f"{name}_difference": q for name, q in self.shape.quantiles.items()}
            values |= {"ks": self.shape.ks, "wasserstein": self.shape.wasserstein}
        return {**values, "p_holm": self.p_holm, "runs_to_separate": self.runs_to_separate}


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome or measure in the scenarios that have it.

    `estimates` holds a share, mean or restricted mean a scenario, None where too little is known;
    `differences` the contrast of each scenario that can be compared with the baseline.
    """

    estimates: Mapping[str, float | None]
    differences: Mapping[str, Contrast]

    def as_json(self) -> Json:
        """Estimates by scenario, and under `difference` the contrasts."""
        gaps = {other: gap.as_json() for other, gap in self.differences.items()}
        return {**self.estimates, DIFFERENCE: gaps}


def estimate_outcome(side: Side, name: str) -> float | None:
    """Share of an outcome class; None if every replication failed."""
    ended = texts(side.fine, "outcome")
    return float((ended == name).mean()) if len(ended) else None


def outcome_contrast(pair: Pair, name: str) -> Contrast:
    """The difference of an outcome's shares and their ratio."""
    a, b = ((ending == name).astype(np.float64) for ending in pair.endings)
    found = of_shares(a, b, paired=pair.paired)
    return Contrast(**asdict(found), ratio=risk_ratio(a, b, paired=pair.paired))


def window(measure: Measure, sides: Sequence[Side]) -> int | None:
    """Days that a time is compared over, None if nowhere enough is known.

    The shortest horizon; for a duration the longest time that was observed wherever enough ended.
    """
    if not measure.time:
        return None
    each = [times(side.fine, measure, side.scenario.horizon) for side in sides]
    return restricted.window(measure, each, min(side.scenario.horizon for side in sides))


def estimate_measure(side: Side, measure: Measure, upto: int | None) -> float | None:
    """Mean of a measure; of a time the restricted mean; None if too little is known."""
    values = numbers(side.fine, measure, upto)
    known = values if values is None or measure.time else values[~np.isnan(values)]
    return None if known is None or not len(known) else float(known.mean())


def known_numbers(pair: Pair, measure: Measure, upto: int | None) -> tuple[Array, Array] | None:
    """A value a replication of both sides whose means are compared; None if too little is known.

    What looks at the days after a moment has no value where that never came: pairs are those in
    which both sides have one.
    """
    a, b = (numbers(fine, measure, upto) for fine in (pair.a, pair.b))
    if a is None or b is None:
        return None
    if not measure.time:
        missing = np.isnan(a), np.isnan(b)
        if pair.paired:
            missing = (missing[0] | missing[1],) * 2
        a, b = a[~missing[0]], b[~missing[1]]
    return (a, b) if len(a) and len(b) else None


def numbers(fine: Table, measure: Measure, upto: int | None) -> Array | None:
    """A value a replication, whose mean is compared; None if too little is known."""
    if not measure.time:
        return column(fine, measure.name)
    of = times(fine, measure, upto or 0)
    return None if upto is None or few_ends(measure, of) else pseudo_values(of, upto)


def measure_contrast(pair: Pair, measure: Measure, upto: int | None) -> Contrast | None:
    """The difference of a measure and of its distributions; None where one side has no values."""
    known = known_numbers(pair, measure, upto)
    if known is None:
        return None
    a, b = known
    found = asdict((of_shares if measure.unit == FLAG else of_means)(a, b, paired=pair.paired))
    if not measure.time or upto is None:
        return Contrast(**found, shape=distances.of_values(a, b))
    early, late = (times(fine, measure, upto) for fine in (pair.a, pair.b))
    # the durations that began are not the same on both sides, and some were censored: no distances
    shape = None if measure.duration else distances.of_times(early, late)
    return Contrast(**found, upto=upto, log_rank=log_rank(early, late), shape=shape)


def pairs_for_outcome(pair: Pair, name: str, halfwidth: float) -> int:
    """Pairs with which the difference of an outcome would be known that well."""
    a, b = ((ending == name).astype(np.float64) for ending in pair.endings)
    return _pairs_for_flags(a, b, halfwidth)


def pairs_for_measure(
    pair: Pair, measure: Measure, upto: int | None, halfwidth: float
) -> int | None:
    """Pairs with which the difference of a measure would be known that well; None if unknown."""
    known = known_numbers(pair, measure, upto)
    if known is None:
        return None
    a, b = known
    if measure.unit == FLAG:
        return _pairs_for_flags(a, b, halfwidth)
    return for_mean(b - a, halfwidth)


def _pairs_for_flags(a: Array, b: Array, halfwidth: float) -> int:
    return for_pairs(int((b > a).sum()), int((b < a).sum()), len(a), halfwidth)
