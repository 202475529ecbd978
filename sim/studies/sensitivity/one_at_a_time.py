"""One factor at a time, everything else as the scenario has it, with common random numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.design.factors import Design, Factor
from sim.errors import ModelError
from sim.scenario.fields import Block, specs
from sim.scenario.successors import successor
from sim.stats.difference import of_pairs
from sim.stats.indices import End, OneAtATime

if TYPE_CHECKING:
    from sim.scenario import Scenario

OAT = "oat"
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Plan:
    """A design of one factor at a time.

    Point 0 is the scenario as it is; `ends` are, by factor, its points and its value there.
    """

    design: Design
    ends: tuple[tuple[tuple[int, Any], ...], ...]


def plan(scenario: Scenario, factors: Sequence[Factor]) -> Plan:
    """The scenario as it is, then each factor at its low and high end, or at each of its values."""
    base = {factor.path: value_at(scenario, factor.path) for factor in factors}
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


def value_at(scenario: Scenario, path: str) -> Any:
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
            gone = successor(path)
            raise ModelError(
                f"{path}: must be the dotted path of a value of {scenario.id}"
                + (f" ({gone})" if gone else "")
            )
    if isinstance(here, Block | dict | list) or here is None:
        raise ModelError(f"{path}: must be the dotted path of one value of {scenario.id}")
    return here


def tornado(made: Plan, values: Array, *, share: bool) -> dict[str, OneAtATime]:
    """What each factor does alone.

    Parameters
    ----------
    made : the plan
    values : (n_points, n_replications) of what is asked, NaN where a replication failed; column k
        has the same random draws at every point
    share : whether it is 0 or 1 in each replication

    Returns
    -------
    by path, the largest swing first
    """
    rows = {
        factor.path: _one(factor, ends, values, share)
        for factor, ends in zip(made.design.factors, made.ends, strict=True)
    }
    return dict(sorted(rows.items(), key=lambda row: -abs(row[1].swing.value or 0.0)))


def _one(factor: Factor, ends: Sequence[tuple[int, Any]], values: Array, share: bool) -> OneAtATime:
    means = [_mean(values[point]) for point, _ in ends]
    known = sorted(
        (mean, point) for (point, _), mean in zip(ends, means, strict=True) if mean is not None
    )
    # numbers keep their direction: high end minus low end; words go from the least to the most
    if factor.values is None:
        first, last = ends[0][0], ends[-1][0]
    elif known:
        first, last = known[0][1], known[-1][1]
    else:
        first = last = ends[0][0]
    return OneAtATime(
        tuple(
            End(at, mean, of_pairs(values[0], values[point], share=share))
            for (point, at), mean in zip(ends, means, strict=True)
        ),
        of_pairs(values[first], values[last], share=share),
    )


def _mean(values: Array) -> float | None:
    known = ~np.isnan(values)
    return float(np.nanmean(values)) if known.any() else None
