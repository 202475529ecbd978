"""The variants of a scenario in a design: one for each combination of the varied words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.design.factors import Design, Factor
from sim.engine.world import Template, build
from sim.errors import ModelError, ScenarioError
from sim.scenario import Scenario, load_text
from sim.scenario.successors import near_or_successor
from sim.vocabulary.measures import Measure

_WHY = "varied by a design"


@dataclass(frozen=True)
class Variants:
    """A scenario prepared for a design.

    `variants` are its versions, one for each combination of varied words, `which` (n_points,) says
    which is whose; `numbers` are the paths of the varied numbers, `values` (n_points, n_numbers)
    theirs.
    """

    scenario: Scenario
    design: Design
    variants: tuple[Scenario, ...]
    which: NDArray[np.int64]
    numbers: tuple[str, ...]
    values: NDArray[np.float64]

    @property
    def digest(self) -> str:
        """Of the points alone, and of what their names stand for; the scenario has its own."""
        named = [
            (factor.path, {name: dict(sets) for name, sets in factor.settings.items()})
            for factor in self.design.factors
            if factor.settings is not None
        ]
        text = self.design.csv() + (repr(named) if named else "")
        return hashlib.sha256(text.encode()).hexdigest()

    def columns(self, templates: Sequence[Template]) -> tuple[tuple[int, ...], ...]:
        """For the template of each variant, where its varied numbers are among its uncertain ones.

        -1 if a number is the same at all points.
        """
        places = [
            {path: n for n, (path, _, _) in enumerate(template.uncertain)} for template in templates
        ]
        return tuple(tuple(place.get(path, -1) for path in self.numbers) for place in places)

    @property
    def drawn_paths(self) -> tuple[str, ...]:
        """Paths of the numbers that the scenario draws anew for each replication, as `run` does."""
        numbers = self.scenario.numbers().items()
        return tuple(path for path, number in numbers if number.dist is not None)

    def inputs(self, points: NDArray[np.int64]) -> NDArray[np.float64]:
        """Variant and numbers of rows at these points, as `RowRunner` needs them."""
        return np.column_stack([self.which[points], self.values[points]])


def variants_of(scenario: Scenario, design: Design) -> Variants:
    """Prepare a scenario for a design.

    Every version is read with the whole range of each number in place of the number, so that the
    reader's own checks see all corners at once.

    Raises
    ------
    ScenarioError : if a path does not exist, or a value or a combination of values cannot be
    ModelError : if a version has other measures or another horizon
    """
    slots = build(scenario).slots
    numbers = [factor.path for factor in design.factors if factor.path in slots]
    worded = [factor for factor in design.factors if factor.path not in slots]
    words = [factor.path for factor in worded]
    for factor in worded:
        if factor.values is None:
            hint = near_or_successor(factor.path, slots, "numbers are")
            raise ModelError(
                f"{factor.path}: must be the dotted path of a number to have a range, "
                f"or have values ({hint})"
            )
    values = _numbers(design, numbers)
    spans = {path: _span(column) for path, column in zip(numbers, values.T, strict=True)}
    combinations = (
        [tuple(row) for row in design.points[words].itertuples(index=False)]
        if words
        else [()] * len(design)
    )
    distinct = list(dict.fromkeys(combinations))
    variants = tuple(
        reread(scenario, {**_settings(worded, combination), **spans}) for combination in distinct
    )
    for variant in variants:
        if _columns(variant) != _columns(scenario) or variant.horizon != scenario.horizon:
            raise ModelError(
                f"design: must keep the measures and the horizon of {scenario.id}; "
                f"{', '.join(words)} changes them"
            )
    which = np.array([distinct.index(combination) for combination in combinations], dtype=np.int64)
    return Variants(scenario, design, variants, which, tuple(numbers), values)


def _settings(factors: Sequence[Factor], values: Sequence[Any]) -> dict[str, Any]:
    """What a combination of values sets, by dotted path."""
    return {
        path: value
        for factor, chosen in zip(factors, values, strict=True)
        for path, value in factor.sets(chosen).items()
    }


def _numbers(design: Design, paths: Sequence[str]) -> NDArray[np.float64]:
    """The varied numbers as floats, (n_points, n_paths)."""
    table = np.empty((len(design), len(paths)))
    for k, path in enumerate(paths):
        try:
            table[:, k] = design.points[path].astype(float)
        except (TypeError, ValueError) as error:
            got = ", ".join(map(str, design.points[path].unique()[:4]))
            raise ModelError(f"{path}: must have numbers as values, got {got}") from error
        if not np.isfinite(table[:, k]).all():
            raise ModelError(
                f"{path}: must have finite values, "
                f"got {table[:, k].min():g} to {table[:, k].max():g}"
            )
    return table


def _span(values: NDArray[np.float64]) -> dict[str, Any]:
    low, high = float(values.min()), float(values.max())
    return (
        {"value": low, "assumed": _WHY}
        if low == high
        else {"dist": "uniform", "low": low, "high": high, "assumed": _WHY}
    )


def _columns(scenario: Scenario) -> list[Measure]:
    """Its measures, whatever the scenario calls the entities in the language that it is in."""
    return [measure._replace(title="") for measure in scenario.measures]


def reread(scenario: Scenario, overrides: Mapping[str, Any]) -> Scenario:
    """The same scenario with other values, wherever it came from.

    Raise a `ScenarioError` that names the paths alone.
    """
    try:
        return load_text(scenario.text, overrides, path=scenario.path)
    except ScenarioError as error:
        raise ScenarioError(
            [replace(p, file=str(scenario.path), line=0, column=0) for p in error.problems]
        ) from error
