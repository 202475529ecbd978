"""What is compared: each outcome and each measure as one number a scenario, and as a difference of two."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.stats import distances
from sim.stats.difference import of_means, of_shares, risk_ratio
from sim.stats.restricted import log_rank, pseudo_values, times
from sim.stats.survival import DURATIONS
from sim.stats.table import column
from sim.studies.compare.sides import Pair, Side

if TYPE_CHECKING:
    from sim.stats.table import Table
    from sim.vocabulary.measures import Measure

Json = dict[str, Any]
Array = NDArray[np.float64]
FLAG = "flag"
#: Ends of a duration that must have been seen on a side: with four on average an interval covers
# 90 % where it says 95, with none it has no width.
FEWEST_ENDS = 10


def estimate_outcome(side: Side, name: str) -> float | None:
    """Share of an outcome class; None if every replication failed."""
    ended = side.fine["outcome"].to_numpy(dtype=object)
    return float((ended == name).mean()) if len(ended) else None


def outcome(pair: Pair, name: str) -> Json:
    """The difference of an outcome's shares and their ratio."""
    a, b = ((ending == name).astype(np.float64) for ending in pair.endings)
    found = of_shares(a, b, paired=pair.paired)
    ratio = risk_ratio(a, b, paired=pair.paired)
    return found._asdict() | {
        "risk_ratio": ratio.value,
        "risk_ratio_low": ratio.low,
        "risk_ratio_high": ratio.high,
    }


def window(measure: Measure, sides: Sequence[Side]) -> int | None:
    """Days that a time is compared over: the shortest horizon; for a duration the longest that was watched wherever enough ended, None if nowhere."""
    if not measure.time:
        return None
    upto = min(side.scenario.horizon for side in sides)
    if measure.name in DURATIONS:
        watched = [
            int(times(side.fine, measure.name, side.scenario.horizon).watched)
            for side in sides
            if not few_ends(side.fine, measure)
        ]
        upto = min(upto, *watched) if watched else 0
    return upto or None


def estimate(side: Side, measure: Measure, upto: int | None) -> float | None:
    """Mean of a measure; of a time the restricted mean; None if too little is known."""
    values = numbers(side.fine, measure, upto)
    return None if values is None or not len(values) else float(values.mean())


def numbers(fine: Table, measure: Measure, upto: int | None) -> Array | None:
    """A value a replication, whose mean is compared; None if too little is known."""
    if not measure.time:
        return column(fine, measure.name)
    if upto is None or few_ends(fine, measure):
        return None
    return pseudo_values(times(fine, measure.name, upto), upto)


def few_ends(fine: Table, measure: Measure) -> bool:
    """Whether this is a duration of which too few were seen to end to say anything of its length."""
    return measure.name in DURATIONS and int(times(fine, measure.name, 0).seen.sum()) < FEWEST_ENDS


def measured(pair: Pair, measure: Measure, upto: int | None) -> Json | None:
    """The difference of a measure, and how its distributions differ; None where one side knows nothing of it."""
    a, b = (numbers(fine, measure, upto) for fine in (pair.a, pair.b))
    if a is None or b is None:
        return None
    compare = of_shares if measure.unit == FLAG else of_means
    row = compare(a, b, paired=pair.paired)._asdict()
    if not measure.time or upto is None:
        shape = distances.of_values(a, b)
    else:
        early, late = (times(fine, measure.name, upto) for fine in (pair.a, pair.b))
        row |= {"upto": upto, "log_rank": log_rank(early, late)}
        if measure.name in DURATIONS:
            return row  # those that began are not the same on both sides, and some were not watched to the end
        shape = distances.of_times(early, late)
    return (
        row
        | {f"{name}_difference": value for name, value in shape.quantiles.items()}
        | {"ks": shape.ks, "wasserstein": shape.wasserstein}
    )
