"""Scenario discovery: the ranges of the inputs in which an outcome is likely.

The patient rule induction method of Friedman and Fisher (1999), Stat. Comput. 9:123, used for
scenarios as by Bryant and Lempert (2010), Technol. Forecast. Soc. Change 77:34. A box starts as
everything, and loses again and again the thin slice whose loss raises the mean of the outcome in it
most for what it costs (peeling; Kwakkel and Cunningham 2016, Technol. Forecast. Soc. Change
111:124). Of all these boxes one that is dense and covers much is taken; its sides move out again as
long as that raises the mean (pasting). Boxes are sought in one half of the cases and tested in the
other, since a search finds something in random numbers, too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.stats.shares import interval

PEEL = 0.05  # share of a box's cases that one slice takes: patience
SMALLEST = 0.05  # share of all cases below which a box is not made smaller
LIMIT = 0.05  # quasi-p above which, divided by the inputs, a restriction is taken for chance
LEAST_CASES = 20  # in each half

Array = NDArray[np.float64]
#: A side of a box: a column and lowest and highest value kept, or the words kept.
Kept = tuple[float, float] | frozenset[Any]
Sides = dict[str, Kept]


@dataclass(frozen=True, slots=True)
class BoxScore:
    """What a box holds of a set of `cases`.

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

    `sought` is its score in the half of the cases in which it was sought, which flatters it;
    `tested` its score in the other half. `quasi_p` is by column the probability of as many hits if
    that restriction did nothing.
    """

    sides: Sides
    sought: BoxScore
    tested: BoxScore
    quasi_p: Mapping[str, float]


@dataclass(frozen=True)
class BoxSearch:
    """Boxes from everything to the smallest, and the `chosen` one.

    `everywhere` is the share of the outcome in all `cases`.
    """

    boxes: tuple[Box, ...]
    chosen: Box
    everywhere: float
    cases: int

    @property
    def success(self) -> bool:
        """Whether the chosen box holds clearly more of the outcome than there is everywhere.

        Judged by the cases that the box was not made from.
        """
        return bool(self.chosen.sides) and self.chosen.tested.low > self.everywhere


class _Halves(NamedTuple):
    """The two halves of the cases: boxes are sought in one and tested in the other."""

    seek: pd.DataFrame
    came: Array
    test: pd.DataFrame
    came_test: Array

    def box(self, sides: Sides) -> Box:
        """Sides with how well they do in both halves."""
        return Box(
            sides,
            _score(self.seek, self.came, sides),
            _score(self.test, self.came_test, sides),
            _quasi_p(self.seek, self.came, sides),
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


def search_boxes(cases: pd.DataFrame, outcome: Array) -> BoxSearch | None:
    """Search for boxes.

    Parameters
    ----------
    cases : (n, n_inputs) a row a case, independent of each other; columns that are no numbers are
        words
    outcome : (n,) 1 where the outcome came, 0 where not

    Returns
    -------
    None if there are too few cases, or all or none of them have the outcome
    """
    half = np.arange(len(cases)) % 2 == 0
    seek, test = cases[half].reset_index(drop=True), cases[~half].reset_index(drop=True)
    came, came_test = outcome[half], outcome[~half]
    if min(len(seek), len(test)) < LEAST_CASES or came.min() == came.max() or not came_test.any():
        return None
    # what a peel took by chance is given back before boxes are compared: else chance decides which
    # one looks best
    pruned = [_prune(seek, came, sides) for sides in _peel(seek, came)]
    best = max(pruned, key=lambda sides: _balance(_score(seek, came, sides)))
    halves = _Halves(seek, came, test, came_test)
    boxes = [
        halves.box(sides) for n, sides in enumerate(pruned) if n == 0 or sides != pruned[n - 1]
    ]
    chosen = halves.box(_prune(seek, came, _paste(seek, came, best)))
    return BoxSearch(tuple(boxes), chosen, float(outcome.mean()), len(cases))


def _balance(score: BoxScore) -> float:
    """Harmonic mean of how dense the box is and how much it covers."""
    whole = score.density + score.coverage
    return 2 * score.density * score.coverage / whole if whole > 0 else 0.0


def _peel(cases: pd.DataFrame, came: Array) -> Sequence[Sides]:
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
    """Rise of the mean for each case given up.

    So a word, which takes many cases at once, has no advantage.
    """
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


def _paste(cases: pd.DataFrame, came: Array, sides: Sides) -> Sides:
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
    """Ways to move one side out by as many cases as a slice has.

    `others` are the cases that the other sides let in.
    """
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


def _score(cases: pd.DataFrame, came: Array, sides: Sides) -> BoxScore:
    held = inside(cases, sides)
    n = int(held.sum())
    density = float(came[held].mean()) if n else 0.0
    low, high = interval(density, n)
    return BoxScore(
        density, float(low), float(high), float(came[held].sum() / came.sum()), n / len(cases), n
    )


def _within(column: pd.Series, kept: Kept) -> NDArray[np.bool_]:
    if isinstance(kept, frozenset):
        return column.isin(kept).to_numpy()
    values = column.to_numpy(dtype=np.float64)
    return (values >= kept[0]) & (values <= kept[1])


def _quasi_p(cases: pd.DataFrame, came: Array, sides: Sides) -> dict[str, float]:
    """Quasi-p of each side (Bryant and Lempert 2010).

    The probability of as many hits as the box has, if that side did nothing.
    """
    from scipy.stats import binom

    held, without = _without(cases, sides)
    hits, n = came[held].sum(), held.sum()
    return {name: float(binom.sf(hits - 1, n, came[rows].mean())) for name, rows in without.items()}


def _prune(cases: pd.DataFrame, came: Array, sides: Sides) -> Sides:
    """The sides without those that may well be due to chance, the weakest first.

    The more inputs, the more of them look good by chance.
    """
    while sides:
        quasi_p = _quasi_p(cases, came, sides)
        weakest = max(quasi_p, key=lambda name: quasi_p[name])
        if quasi_p[weakest] <= LIMIT / cases.shape[1]:
            return sides
        sides = {name: kept for name, kept in sides.items() if name != weakest}
    return sides
