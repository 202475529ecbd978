"""The outcome classes of a scenario that names none."""

from __future__ import annotations

import attrs

from sim.scenario.schema import ScenarioFile
from sim.scenario.schema.questions import Condition
from sim.vocabulary.measures import DEFAULT_OUTCOMES


def usual_outcomes() -> dict[str, dict[str, Condition]]:
    """The classes of `sim.vocabulary.measures`, as a file would give them."""
    return {
        name: {measure: Condition(**bounds) for measure, bounds in conditions.items()}
        for name, conditions in DEFAULT_OUTCOMES.items()
    }


def with_outcomes(file: ScenarioFile) -> ScenarioFile:
    """The file with the usual classes if it names none."""
    return file if file.outcomes else attrs.evolve(file, outcomes=usual_outcomes())  # type: ignore[call-arg]


def are_usual(outcomes: dict[str, dict[str, Condition]]) -> bool:
    """Whether these are the usual classes, in their order."""
    return list(outcomes.items()) == list(usual_outcomes().items())
