"""A row of a table of comparison: a figure of the model, the same of the record, and whether they agree."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from calibration.figures import NOTHING, Figure
from calibration.statistics import Estimate, mean, middle, ratio, share_range

MATCHED, NOT_MATCHED, NO_DATA = "yes", "NO", "no data"


class Row(NamedTuple):
    """A figure: `model` with its 95 % interval (chance of the sample of replications), the central 80 % of histories as long
    or as many as the record's, the same statistic on control days, and the figure of the record.
    """

    key: str
    section: str
    what: str
    model: Estimate
    range: tuple[float, float]
    data: Figure
    control: float = np.nan

    @property
    def matched(self) -> str:
        """Whether the record lies within the model's central 80 %, or the model's mean within the record's interval."""
        if np.isnan(self.data.value) or np.isnan(self.model.value):
            return NO_DATA if np.isnan(self.data.value) else NOT_MATCHED
        inside = self.range[0] - 1e-9 <= self.data.value <= self.range[1] + 1e-9
        return MATCHED if inside or self.data.low <= self.model.value <= self.data.high else NOT_MATCHED


def per_run(key: str, section: str, what: str, values: ArrayLike, data: Figure = NOTHING, control: float = np.nan) -> Row:
    """A number that each replication has: mean, and central range over replications."""
    return Row(key, section, what, mean(values), middle(values), data, control)


def pooled(key: str, section: str, what: str, hits: ArrayLike, out_of: ArrayLike, data: Figure = NOTHING, control: float = np.nan) -> Row:
    """A share of events, over all replications; the range is of a history with as many events as the record has."""
    estimate = ratio(hits, out_of)
    return Row(key, section, what, estimate, share_range(estimate.value, data.n), data, control)
