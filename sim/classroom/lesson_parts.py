"""The parts that a lesson needs. Little is imported here, since `check` asks for them too."""

from __future__ import annotations

from sim.errors import ModelError
from sim.scenario import Scenario
from sim.scenario.schema import Teaching

PARTS = ("goals", "notice", "tries", "questions", "roles")


def require_lesson(scenario: Scenario) -> Teaching:
    """The lesson of a scenario. Raise a `ModelError` that says what to add if there is none."""
    lacking = lacking_parts(scenario)
    if lacking:
        got = (
            "no lesson at all"
            if len(lacking) == len(PARTS)
            else f"a lesson without {', '.join(lacking)}"
        )
        raise ModelError(
            f"{scenario.path}: teaching: must have {', '.join(lacking)}, got {got} "
            "(two_states.yaml shows how)"
        )
    return scenario.file.teaching


def lacking_parts(scenario: Scenario) -> list[str]:
    """The parts of `teaching:` that a lesson needs and the scenario does not have."""
    teaching = scenario.file.teaching
    return ["try" if part == "tries" else part for part in PARTS if not getattr(teaching, part)]
