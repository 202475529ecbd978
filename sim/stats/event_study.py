"""Series before and after an event, beside control days that are matched to it.

Event studies are described by MacKinlay (1997), J. Econ. Lit. 35:13, and Miller (2023), J. Econ.
Perspect. 37:203. Here many replications have events again and again, so the comparison is one of
many small ones, each with controls that are clear of the event, as Cengiz, Dube, Lindner and
Zipperer (2019), Q. J. Econ. 134:1405, stack them:

- An event day is a day with the event and none in the `window` days before it.
- Its controls are the same day of other replications that are in the same stratum (here: stood at
  the same rung the day before), without the event on that day and in the `window` days before it.
  What comes later is left open on both sides: to ask controls for quiet days after would choose
  them by their future, and show an effect where there is none. `ahead` asks for it all the same.
- Each event day counts once. Its controls count as one together. Without `FEWEST_CONTROLS` of them
  it is left out, and counted as unmatched.

The difference before day 0 shows how the replications with an event differed already: selection.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.stats.bands import Bands, bands

#: Controls that an event day must have; with fewer, their spread is not known.
FEWEST_CONTROLS = 5
#: Replications with an event from which errors by replication can be trusted.
FEWEST_RUNS = 20
Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Sample:
    """Which days are compared: `events` and `controls`, (n, days) flags.

    `edge` counts the event days whose window does not lie within the run, `repeated` those with an
    event in the days before.
    """

    events: Flags
    controls: Flags
    window: int
    edge: int
    repeated: int


@dataclass(frozen=True)
class Curves:
    """Means from `window` days before to `window` days after, of events, controls and the gap.

    Attributes
    ----------
    events, controls, gap : each with bands by replication
    after : the gap added up from day 0 on, one value with its bounds
    before : the mean of the gap over the days before
    days, runs : event days that were matched, and the replications that they are in
    unmatched : event days without enough controls
    """

    events: Bands
    controls: Bands
    gap: Bands
    after: Bands
    before: Bands
    days: int
    runs: int
    unmatched: int


def sample(happened: Flags, window: int, *, ahead: bool = False) -> Sample:
    """The event days and the days that can be controls.

    Parameters
    ----------
    happened : (n, days) whether the event came on a day
    window : days before and after
    ahead : ask controls for no event in the `window` days after, too
    """
    days = happened.shape[1]
    total: NDArray[np.int64] = np.pad(np.cumsum(happened, axis=1), ((0, 0), (1, 0)))
    first = np.arange(days)
    before: NDArray[np.int64] = total[:, first] - total[:, np.maximum(first - window, 0)]
    last = np.minimum(first + window + 1, days)
    after: NDArray[np.int64] = total[:, last] - total[:, first + 1]
    inside = (first >= window) & (first < days - window)
    events = happened & inside & (before == 0)
    controls = ~happened & inside & (before == 0)
    if ahead:
        controls &= after == 0
    edge = int((happened & ~inside).sum())
    return Sample(events, controls, window, edge, int((happened & inside & (before > 0)).sum()))


def curves(of: Sample, series: Array, stratum: NDArray[np.int64]) -> Curves | None:
    """The mean series around events and their controls; None where no event day is matched.

    Parameters
    ----------
    of : the days
    series : (n, days) what is averaged
    stratum : (n, days) an event and its controls have the same number on the day
    """
    n = len(of.events)
    wide = 2 * of.window + 1
    parts = {name: np.zeros((n, wide)) for name in ("events", "controls")}
    times = np.zeros(n)
    unmatched = 0
    for day in np.flatnonzero(of.events.any(axis=0)):
        rows = series[:, day - of.window : day + of.window + 1]
        for level in np.unique(stratum[of.events[:, day], day]):
            here = stratum[:, day] == level
            found, others = here & of.events[:, day], here & of.controls[:, day]
            count, size = int(found.sum()), int(others.sum())
            if size < FEWEST_CONTROLS:
                unmatched += count
                continue
            mean = rows[others].mean(axis=0)
            times[found] += 1
            parts["events"][found] += rows[found]
            parts["controls"][found] += mean
            # a control's share in the error of the mean that it is part of
            parts["controls"][others] += (rows[others] - mean) * (
                count / size * np.sqrt(size / (size - 1))
            )
    total, runs = int(times.sum()), int((times > 0).sum())
    if not total:
        return None
    free = runs - 1
    value = {name: one.sum(axis=0) / total for name, one in parts.items()}
    error = {name: (one - times[:, None] * value[name]) / total for name, one in parts.items()}
    gap, apart = value["events"] - value["controls"], error["events"] - error["controls"]
    kept = np.flatnonzero(apart.any(axis=1) | (times > 0))  # others add nothing

    def band(curve: Array, rows: Array) -> Bands:
        return bands(curve, rows[kept], freedom=free)

    zero = of.window
    return Curves(
        band(value["events"], error["events"]),
        band(value["controls"], error["controls"]),
        band(gap, apart),
        band(gap[zero:].sum(keepdims=True), apart[:, zero:].sum(axis=1, keepdims=True)),
        band(gap[:zero].mean(keepdims=True), apart[:, :zero].mean(axis=1, keepdims=True)),
        total,
        runs,
        unmatched,
    )
