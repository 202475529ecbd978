"""Scenario discovery: the ranges of the inputs in which an outcome is likely.

The patient rule induction method of Friedman and Fisher (1999), Stat. Comput. 9:123, used for
scenarios as by Bryant and Lempert (2010), Technol. Forecast. Soc. Change 77:34. A box starts as
everything, and loses again and again the thin slice whose loss raises the mean of the outcome in it
most for what it costs (peeling; Kwakkel and Cunningham 2016, Technol. Forecast. Soc. Change
111:124). Of all these boxes one that is dense and covers much is taken; its sides move out again as
long as that raises the mean (pasting). Boxes are sought in one half of the cases and judged in the
other, since a search finds something in pure chance, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.stats.shares import interval

PEEL = 0.05  # share of a box's cases that one slice takes: patience
SMALLEST = 0.05  # share of all cases below which a box is not made smaller
LIMIT = (
    0.05  # quasi-p, divided by the number of inputs, from which a restriction is taken for chance
)
LEAST_CASES = 20  # in each half

Array = NDArray[np.float64]
#: A side of a box: a column and lowest and highest value kept, or the words kept.
Kept = tuple[float, float] | frozenset[Any]
Sides = dict[str, Kept]


class Judged(NamedTuple):
    """What a box holds of a set of cases.

    `density`: share of its cases with the outcome, with a 95 % interval; `coverage`: share of all
    cases with the outcome that are in it; `mass`: share of all cases that are in it.
    """

    density: float
    low: float
    high: float
    coverage: float
    mass: float
    cases: int


@dataclass(frozen=True)
class Box:
    """Sides by column; a column without a side is not restricted.

    `seen` is how it does where it was sought, `fresh` in the other half. `chance` is by column the
    quasi-p of its restriction.
    """

    sides: Sides
    seen: Judged
    fresh: Judged
    chance: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Discovery:
    """Boxes from everything to the smallest, the one that is chosen, and the share of the outcome everywhere."""

    boxes: tuple[Box, ...]
    chosen: Box
    everywhere: float
    cases: int

    @property
    def found(self) -> bool:
        """Whether the chosen box holds clearly more of the outcome than there is everywhere, in cases that it was not made from."""
        return bool(self.chosen.sides) and self.chosen.fresh.low > self.everywhere


class _Making(NamedTuple):
    """The two halves of the cases, from which boxes are made."""

    seek: pd.DataFrame
    came: Array
    judge: pd.DataFrame
    came_fresh: Array

    def box(self, sides: Sides) -> Box:
        """Sides with how well they do in both halves."""
        return Box(
            sides,
            _judged(self.seek, self.came, sides),
            _judged(self.judge, self.came_fresh, sides),
            _chances(self.seek, self.came, sides),
        )


def inside(cases: pd.DataFrame, sides: Sides) -> NDArray[np.bool_]:
    """Which cases lie in a box, (n,)."""
    held = np.ones(len(cases), dtype=bool)
    for name, kept in sides.items():
        held &= _within(cases[name], kept)
    return held


def _without(
    cases: pd.DataFrame, sides: Sides
) -> tuple[NDArray[np.bool_], dict[str, NDArray[np.bool_]]]:
    """Which cases lie in a box, and which would, without each of its sides."""
    outside = {name: ~_within(cases[name], kept) for name, kept in sides.items()}
    missed = np.zeros(len(cases), dtype=np.int64)
    for misses in outside.values():
        missed += misses
    return missed == 0, {name: missed - misses == 0 for name, misses in outside.items()}


def discover(cases: pd.DataFrame, outcome: Array) -> Discovery | None:
    """Seek boxes; None if there are too few cases, or all or none of them have the outcome.

    Parameters
    ----------
    cases : (n, n_inputs) a row a case, independent of each other; columns that are no numbers are
        words
    outcome : (n,) 1 where the outcome came, 0 where not
    """
    half = np.arange(len(cases)) % 2 == 0
    seek, judge = cases[half].reset_index(drop=True), cases[~half].reset_index(drop=True)
    came, came_fresh = outcome[half], outcome[~half]
    if min(len(seek), len(judge)) < LEAST_CASES or came.min() == came.max() or not came_fresh.any():
        return None
    # what a peel took by chance is given back before boxes are compared, or chance decides which
    # one looks best
    pruned = [_pruned(seek, came, sides) for sides in _peeled(seek, came)]
    best = max(pruned, key=lambda sides: _balance(_judged(seek, came, sides)))
    made = _Making(seek, came, judge, came_fresh)
    boxes = [made.box(sides) for n, sides in enumerate(pruned) if n == 0 or sides != pruned[n - 1]]
    chosen = made.box(_pruned(seek, came, _pasted(seek, came, best)))
    return Discovery(tuple(boxes), chosen, float(outcome.mean()), len(cases))


def _balance(judged: Judged) -> float:
    """Harmonic mean of how dense the box is and how much it covers."""
    whole = judged.density + judged.coverage
    return 2 * judged.density * judged.coverage / whole if whole > 0 else 0.0


def _peeled(cases: pd.DataFrame, came: Array) -> Sequence[Sides]:
    """Boxes, each with a slice less than the one before."""
    sides: Sides = {}
    found = [sides]
    held = np.ones(len(cases), dtype=bool)
    while True:
        slices = [
            (str(name), *smaller)
            for name in cases
            for smaller in _slices(cases[name], held, sides.get(str(name)))
        ]
        options = [option for option in slices if option[2].sum() >= SMALLEST * len(cases)]
        if not options or came[held].mean() == 1:
            return found
        name, kept, left = max(options, key=lambda option: _gain(came, held, option[2]))
        sides, held = sides | {name: kept}, left
        found.append(sides)


def _gain(came: Array, held: NDArray[np.bool_], left: NDArray[np.bool_]) -> float:
    """Rise of the mean for each case given up, so that a word, which takes many at once, has no advantage."""
    rise = float(came[left].mean() - came[held].mean())
    return rise * float(left.sum() / (held.sum() - left.sum())) if rise > 0 else rise


def _slices(
    column: pd.Series, held: NDArray[np.bool_], kept: Kept | None
) -> Sequence[tuple[Kept, NDArray[np.bool_]]]:
    """Ways to make the box smaller along a column, and what is left."""
    if not pd.api.types.is_numeric_dtype(column):
        words = kept if isinstance(kept, frozenset) else frozenset(column)
        there = (
            [
                (words - {word}, held & (column != word).to_numpy())
                for word in sorted(words, key=str)
            ]
            if len(words) > 1
            else []
        )
        return [(smaller, left) for smaller, left in there if left.sum() < held.sum()]
    values = column.to_numpy(dtype=np.float64)
    low, high = kept if isinstance(kept, tuple) else (-np.inf, np.inf)
    ordered = np.sort(values[held])
    cut = max(1, int(PEEL * len(ordered)))
    options: list[tuple[Kept, NDArray[np.bool_]]] = []
    above, below = ordered[ordered > ordered[cut - 1]], ordered[ordered < ordered[-cut]]
    if above.size:
        options.append(
            (
                (_between(ordered[ordered <= ordered[cut - 1]][-1], above[0]), high),
                held & (values >= above[0]),
            )
        )
    if below.size:
        options.append(
            (
                (low, _between(below[-1], ordered[ordered >= ordered[-cut]][0])),
                held & (values <= below[-1]),
            )
        )
    return options


def _between(a: float, b: float) -> float:
    return float(a + b) / 2


def _pasted(cases: pd.DataFrame, came: Array, sides: Sides) -> Sides:
    """The box with its sides moved out again where that raises the mean."""
    while True:
        held, without = _without(cases, sides)
        wider = [
            (name, kept, without[name] & _within(cases[name], kept))
            for name in sides
            for kept in _wider(cases[name], without[name], sides[name])
        ]
        better = [
            (float(came[rows].mean()), name, kept)
            for name, kept, rows in wider
            if came[rows].mean() > came[held].mean()
        ]
        if not better:
            return sides
        _, name, kept = max(better, key=lambda option: option[0])
        sides = sides | {name: kept}


def _wider(column: pd.Series, others: NDArray[np.bool_], kept: Kept) -> Sequence[Kept]:
    """Ways to move one side out by as many cases as a slice has, of those that the `others` let in."""
    if isinstance(kept, frozenset):
        return [kept | {word} for word in sorted(set(column) - kept, key=str)]
    values = np.sort(column.to_numpy(dtype=np.float64)[others])
    low, high = kept
    below, above = values[values < low], values[values > high]
    cut = max(1, int(PEEL * (len(values) - len(below) - len(above))))
    options: list[Kept] = []
    if below.size:
        options.append(
            (-np.inf if cut >= below.size else _between(below[-cut - 1], below[-cut]), high)
        )
    if above.size:
        options.append((low, np.inf if cut >= above.size else _between(above[cut - 1], above[cut])))
    return options


def _judged(cases: pd.DataFrame, came: Array, sides: Sides) -> Judged:
    held = inside(cases, sides)
    n = int(held.sum())
    density = float(came[held].mean()) if n else 0.0
    low, high = interval(density, n)
    return Judged(
        density, float(low), float(high), float(came[held].sum() / came.sum()), n / len(cases), n
    )


def _within(column: pd.Series, kept: Kept) -> NDArray[np.bool_]:
    if isinstance(kept, frozenset):
        return column.isin(kept).to_numpy()
    values = column.to_numpy(dtype=np.float64)
    return (values >= kept[0]) & (values <= kept[1])


def _chances(cases: pd.DataFrame, came: Array, sides: Sides) -> dict[str, float]:
    """Quasi-p of each side: the chance of as many hits as the box has, if that side did nothing (Bryant and Lempert 2010)."""
    from scipy.stats import binom

    held, without = _without(cases, sides)
    hits, n = came[held].sum(), held.sum()
    return {name: float(binom.sf(hits - 1, n, came[rows].mean())) for name, rows in without.items()}


def _pruned(cases: pd.DataFrame, came: Array, sides: Sides) -> Sides:
    """The sides without those that may well be chance, the weakest first; the more inputs, the more of them look good by chance."""
    while sides:
        chance = _chances(cases, came, sides)
        weakest = max(chance, key=lambda name: chance[name])
        if chance[weakest] <= LIMIT / cases.shape[1]:
            return sides
        sides = {name: kept for name, kept in sides.items() if name != weakest}
    return sides
