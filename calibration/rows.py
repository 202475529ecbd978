"""A row of the tempo table: a figure of the model, the same of the record, whether they agree."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from calibration.figures import NOTHING, Figure
from calibration.statistics import Estimate, mean, middle, ratio, share_range

BOTH, BY_RANGE, BY_INTERVAL, NO, NO_DATA = "yes", "by range", "by interval", "NO", "no data"
_ROUNDING = 1e-9


class Row(NamedTuple):
    """One figure of model and record.

    `model` : with its 95 % interval, the chance in the sample of replications
    `range` : the central 80 % of histories as long, or with as many events, as the record
    `data` : of the record
    `control` : the model's same statistic of any day at all
    `place` : share of replications below the record's figure, ties by half
    """

    key: str
    section: str
    what: str
    model: Estimate
    range: tuple[float, float]
    data: Figure = NOTHING
    control: float = np.nan
    place: float = np.nan

    @property
    def match(self) -> str:
        """Whether the record lies in the model's 80 %, the model in its interval, or both."""
        if np.isnan(self.data.value):
            return NO_DATA
        by_range = self.range[0] - _ROUNDING <= self.data.value <= self.range[1] + _ROUNDING
        by_interval = self.data.low - _ROUNDING <= self.model.value <= self.data.high + _ROUNDING
        return {
            (True, True): BOTH,
            (True, False): BY_RANGE,
            (False, True): BY_INTERVAL,
            (False, False): NO,
        }[bool(by_range), bool(by_interval)]


def per_run(key: str, section: str, what: str, values: ArrayLike, data: Figure = NOTHING) -> Row:
    """A number that each replication has: mean, and central range over replications."""
    known = np.asarray(values, np.float64)
    known = known[~np.isnan(known)]
    place = (
        float(((known < data.value).mean() + (known <= data.value).mean()) / 2)
        if known.size and not np.isnan(data.value)
        else np.nan
    )
    return Row(key, section, what, mean(known), middle(known), data, place=place)


def pooled(
    key: str,
    section: str,
    what: str,
    hits: ArrayLike,
    out_of: ArrayLike,
    data: Figure = NOTHING,
    control: float = np.nan,
) -> Row:
    """A share of events, over all replications.

    The range is of a history with as many events as the record has.
    """
    estimate = ratio(hits, out_of)
    return Row(key, section, what, estimate, share_range(estimate.value, data.n), data, control)
