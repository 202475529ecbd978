"""What the outcome classes of a scenario mean, one sentence each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from sim.vocabulary.measures import DEFAULT_OUTCOMES
from sim.words.measures import target_name

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.words import Words

_BOUNDS = ("at_least", "at_most", "above", "below")


class Meaning(NamedTuple):
    """An outcome class as it is read: its name, and one sentence that defines it."""

    name: str
    sentence: str


def meanings(scenarios: Iterable[Scenario], words: Words) -> list[Meaning]:
    """What the outcome classes of some scenarios mean, in order of the first that has them."""
    found: dict[str, str] = {}
    for scenario in scenarios:
        for name in scenario.outcomes:
            found.setdefault(name, meaning(scenario, name, words))
    return [Meaning(words.term("vocabulary.outcomes", name), text) for name, text in found.items()]


def meaning(scenario: Scenario, name: str, words: Words) -> str:
    """What makes an outcome class: its sentence, or the conditions that the file gives."""
    outcomes = scenario.outcomes
    if name not in outcomes:
        return words.text("narration.outcomes.no_class")
    if outcomes[name] == DEFAULT_OUTCOMES.get(name) and scenario.has_default_outcomes:
        return words.text(f"vocabulary.outcome_sentences.{name}")
    return _conditions(scenario, name, words)


def _conditions(scenario: Scenario, name: str, words: Words) -> str:
    """The conditions of an outcome class, in words."""
    named = {measure.name: measure for measure in scenario.measures}

    def text(key: str, **values: object) -> str:
        return words.text(f"narration.outcomes.{key}", **values)

    parts = []
    for key, given in scenario.outcomes[name].items():
        measure = target_name(key, named, words)
        parts += [
            text(bound, measure=measure, value=words.number(value, significant=6))
            for bound, value in given.items()
            if bound in _BOUNDS
        ]
        if given.get("never") is not None:
            parts.append(text("never" if given["never"] else "came", measure=measure))
    return "; ".join(parts) or text("otherwise")
