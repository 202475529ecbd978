"""A named design of a scenario file as what a study runs: factors, points, sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

from sim.design.factors import Factor
from sim.design.sampling import filling, with_range
from sim.errors import ModelError
from sim.scenario.designs import Axis, NamedDesign
from sim.studies.tournament.strategies import Strategy, factor_of, strategy_of
from sim.studies.tournament.tournament import state_title

if TYPE_CHECKING:
    from sim.scenario import Scenario

_MOST_SHOWN = 4  # significant digits of a value in a name


@dataclass(frozen=True)
class Choice:
    """One combination of a design within a scenario.

    `option` names what is chosen in it and `given` what is not the chooser's to choose; `settings`
    are its values by dotted path.
    """

    option: str
    given: str
    settings: Mapping[str, Any]


def require_fit(design: NamedDesign, command: str) -> None:
    """Refuse a design that a command cannot run.

    Raises
    ------
    ModelError : which says what can
    """
    if command not in design.commands:
        raise ModelError(
            f"design {design.name}: must be one that {command} can run, "
            f"got one for {' or '.join(design.commands) or 'none of the commands'} "
            "(docs/writing.md#designs)"
        )


def factors_of(scenario: Scenario, design: NamedDesign) -> tuple[Factor, ...]:
    """What a design varies: its numbers and words by path, then the policies of states."""
    asked = design.asked
    return (
        *map(_factor, design.axes),
        *(
            factor_of(state, [strategy_of(name) for name in names], state_title(scenario, state))
            for state, names in asked.policies.items()
        ),
    )


def ranged_factors(design: NamedDesign) -> list[Factor]:
    """The same for studies that move an input from low to high: distributions by quantiles."""
    found = map(_factor, design.axes)
    return [with_range(one) if one.dist is not None else one for one in found]


def _factor(axis: Axis) -> Factor:
    if axis.values is not None:
        return Factor(axis.path, axis.label, values=axis.values)
    return Factor(axis.path, axis.label, axis.low, axis.high, dist=axis.dist)


def grid_of(design: NamedDesign) -> tuple[tuple[Any, ...], ...]:
    """The values of each factor where every combination is run, in the order of `factors_of`."""
    grids = [axis.grid or () for axis in design.axes]
    return (*grids, *(tuple(map(_plain, names)) for names in design.asked.policies.values()))


def _plain(name: str) -> str:
    return strategy_of(name).name


def choices_of(design: NamedDesign, seed: int) -> list[Choice]:
    """Every combination of policies and values; one without settings if it has neither.

    Parameters
    ----------
    design : of a file
    seed : from which the points of a Latin hypercube are drawn
    """
    asked = design.asked
    strategies = {
        state: [strategy_of(name) for name in names] for state, names in asked.policies.items()
    }
    several = len(strategies) > 1
    found = []
    for chosen in product(*strategies.values()):
        policies = dict(zip(strategies, chosen, strict=True))
        named = {
            state: f"{state}: {one.name}" if several and state != asked.chooser else one.name
            for state, one in policies.items()
        }
        for text, values in _points(design, seed):
            settings = {
                path: value
                for state, one in policies.items()
                for path, value in one.of(state).items()
            }
            mine = [one for state, one in named.items() if asked.chooser in (None, state)]
            rest = [one for state, one in named.items() if asked.chooser not in (None, state)]
            (mine if asked.chooser is None else rest).extend(text)
            found.append(Choice(", ".join(mine), ", ".join(rest), {**settings, **values}))
    return found


def _points(design: NamedDesign, seed: int) -> list[tuple[list[str], dict[str, Any]]]:
    """Names and settings of the combinations of values of a design."""
    asked = design.asked
    if asked.points:
        return [
            ([point.label or _name_point(point.set)], dict(point.set)) for point in asked.points
        ]
    if not design.axes:
        return [([], {})]
    rows: Sequence[Sequence[Any]]
    if asked.fill:
        shares = filling("lhs", asked.fill, len(design.axes), seed)
        columns = [
            [float(f"{x:.12g}") if isinstance(x, float) else x for x in _factor(axis).at(column)]
            for axis, column in zip(design.axes, shares.T, strict=True)
        ]
        rows = list(zip(*columns, strict=True))
    else:
        rows = list(product(*(axis.grid or () for axis in design.axes)))
    paths = [axis.path for axis in design.axes]
    settings = [dict(zip(paths, row, strict=True)) for row in rows]
    return [([_name_point(values, design.axes)], values) for values in settings]


def _name_point(values: Mapping[str, Any], axes: Sequence[Axis] = ()) -> str:
    """What to call a point: the last names of its paths, where they differ, and its values."""
    labels = {axis.path: axis.label for axis in axes}
    last = [path.rpartition(".")[2] for path in values]
    parts = []
    for path, value in values.items():
        short = path.rpartition(".")[2]
        name = labels.get(path) or (short if last.count(short) == 1 else path)
        number = f"{value:.{_MOST_SHOWN}g}" if isinstance(value, float) else str(value)
        parts.append(f"{name} {number}")
    return ", ".join(parts)


def strategies_and_states(design: NamedDesign) -> tuple[tuple[Strategy, ...], tuple[str, str]]:
    """Who meets whom in a tournament of a design."""
    first, second = design.asked.policies
    names = design.asked.policies[first]
    return tuple(strategy_of(name) for name in names), (first, second)
