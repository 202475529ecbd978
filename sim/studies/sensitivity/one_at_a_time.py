"""One factor at a time: everything else stays as the scenario has it, and the luck is the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.design.factors import Design, Factor
from sim.errors import ModelError
from sim.scenario.fields import Block, specs
from sim.stats.shares import Z95

if TYPE_CHECKING:
    from sim.scenario import Scenario

OAT = "oat"
Array = NDArray[np.float64]


class Plan(NamedTuple):
    """A design of one factor at a time: point 0 is the scenario as it is; `ends` are, by factor, its points and what it is there."""

    design: Design
    ends: tuple[tuple[tuple[int, Any], ...], ...]


class Difference(NamedTuple):
    """A mean difference on the same luck, with its 95 % interval, over `n` replications."""

    value: float
    low: float
    high: float
    n: int


def plan(scenario: Scenario, factors: Sequence[Factor]) -> Plan:
    """The scenario as it is, then each factor at its low and high end, or at each of its values."""
    base = {factor.path: given(scenario, factor.path) for factor in factors}
    rows, ends = [base], []
    for factor in factors:
        there = (
            factor.values
            if factor.values is not None
            else tuple(float(value) for value in factor.at([0.0, 1.0]))
        )
        ends.append(tuple((len(rows) + n, value) for n, value in enumerate(there)))
        rows += [base | {factor.path: value} for value in there]
    return Plan(Design(factors, pd.DataFrame(rows, dtype=object)), tuple(ends))


def given(scenario: Scenario, path: str) -> Any:
    """What a scenario has at a path: a number (the median of a distribution) or a word.

    Raises
    ------
    ModelError : if the path leads nowhere, or to a whole block
    """
    numbers = scenario.numbers()
    if path in numbers:
        return float(numbers[path])
    here: Any = scenario.file
    for key in path.split("."):
        if isinstance(here, Block) and key in specs(type(here)):
            here = getattr(here, specs(type(here))[key].name)
        elif isinstance(here, dict) and key in here:
            here = here[key]
        else:
            raise ModelError(f"{path}: must be the dotted path of a value of {scenario.id}")
    if isinstance(here, Block | dict | list) or here is None:
        raise ModelError(f"{path}: must be the dotted path of one value of {scenario.id}")
    return here


def difference(values: Array, one: int, other: int) -> Difference:
    """How much more there is at point `one` than at point `other`, (n_points, n_replications) paired by their luck."""
    gaps = values[one] - values[other]
    gaps = gaps[~np.isnan(gaps)]
    if gaps.size < 2:
        return Difference(np.nan, np.nan, np.nan, int(gaps.size))
    half = Z95 * float(gaps.std(ddof=1)) / np.sqrt(gaps.size)
    middle = float(gaps.mean())
    return Difference(middle, middle - half, middle + half, int(gaps.size))


def tornado(found: Plan, values: Array) -> dict[str, dict[str, Any]]:
    """For each factor the `ends` (what it is there, the mean, the difference to the scenario as it is) and the `swing` between the farthest.

    Parameters
    ----------
    found : the plan
    values : (n_points, n_replications) of what is asked, NaN where a replication failed

    Returns
    -------
    by path, the largest swing first
    """
    rows: dict[str, dict[str, Any]] = {}
    for factor, ends in zip(found.design.factors, found.ends, strict=True):
        means = [
            float(np.nanmean(values[point])) if not np.isnan(values[point]).all() else np.nan
            for point, _ in ends
        ]
        told = [
            {"at": at, "mean": mean, **_named(difference(values, point, 0))}
            for (point, at), mean in zip(ends, means, strict=True)
        ]
        order = [
            point
            for _, point in sorted(
                (mean, point)
                for (point, _), mean in zip(ends, means, strict=True)
                if not np.isnan(mean)
            )
        ]
        # numbers keep their direction: high end minus low end; words go from the least to the most
        last, first = (
            (ends[-1][0], ends[0][0])
            if factor.values is None
            else (order[-1], order[0])
            if order
            else (ends[0][0], ends[0][0])
        )
        rows[factor.path] = {"ends": told, "swing": _named(difference(values, last, first))}
    return dict(sorted(rows.items(), key=lambda row: -abs(row[1]["swing"]["value"] or 0.0)))


def _named(found: Difference) -> dict[str, float | None]:
    return {
        name: None if isinstance(value, float) and np.isnan(value) else value
        for name, value in found._asdict().items()
    }
