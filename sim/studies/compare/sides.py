"""The replications of scenarios that are compared: one side each, two sides row by row."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.stats.table import Table, column, texts

if TYPE_CHECKING:
    from sim.scenario import Scenario


class Side:
    """One scenario's replications.

    `name` is its name in the comparison, `runs` the table of all of them in the order of their
    numbers, `seed` the root seed.
    """

    def __init__(self, name: str, scenario: Scenario, runs: Table, seed: int) -> None:
        self.name, self.scenario, self.runs, self.seed = name, scenario, runs, seed

    @cached_property
    def fine(self) -> Table:
        """The replications that did not fail."""
        found: Table = self.runs[fine(self.runs)]
        return found


def fine(runs: Table) -> NDArray[np.bool_]:
    """Which replications did not fail."""
    return np.equal(column(runs, "status"), 0)


class Pair:
    """Two sides.

    If `paired`, row k of `a` and row k of `b` have one replication number, and both did not fail.
    """

    def __init__(self, base: Side, other: Side, *, paired: bool) -> None:
        self.base, self.other, self.paired = base, other, paired
        masks = [fine(side.runs) for side in (base, other)]
        self.failed = tuple(int((~mask).sum()) for mask in masks)
        if paired:
            n = min(map(len, masks))
            both = masks[0][:n] & masks[1][:n]
            self.dropped = n - int(both.sum())
            masks = [np.concatenate([both, np.zeros(len(mask) - n, dtype=bool)]) for mask in masks]
        else:
            self.dropped = sum(self.failed)
        self.counts = tuple(int(mask.sum()) for mask in masks)
        self.a, self.b = (side.runs[mask] for side, mask in zip((base, other), masks, strict=True))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to compare."""
        return not all(self.counts)

    @cached_property
    def endings(self) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """Outcome of each replication on both sides."""
        return texts(self.a, "outcome"), texts(self.b, "outcome")

    def flow(self) -> list[tuple[str, str, int]]:
        """Outcome of the baseline, outcome of the other, and in how many pairs.

        Most frequent first; nothing without pairs.
        """
        if not self.paired:
            return []
        counted = Counter(zip(*(map(str, ending) for ending in self.endings), strict=True))
        return [
            (*ends, count)
            for ends, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        ]

    def share_changed(self) -> float | None:
        """Share of pairs whose outcome is not the same; None without pairs."""
        if not self.paired or self.empty:
            return None
        one, other = self.endings
        return float((one != other).mean())
