"""Every field of a scenario file: its unit, range, default, help and source, defined once.

The reader checks files against these classes; the world lays its arrays out by them; the JSON
Schema, the reference page, sliders and defaults are generated from them. A new parameter is one
field here and the rule that reads it. The text under a field is its help.

A `number` field is a slot of the world: it can be a plain value, `{value, unit, source|assumed,
note}` or a distribution, and it can be set by its dotted path. The other helpers are structure and
words.
"""

from __future__ import annotations

from sim.scenario.schema.actors import (
    PYTHON_CLASS,
    Group,
    Host,
    Mediator,
    PlannedAction,
    Severity,
    State,
    StateWeights,
    Targets,
)
from sim.scenario.schema.alliances import Alliance
from sim.scenario.schema.designs import Point, StudyDesign, Variation
from sim.scenario.schema.events import Deaths, Event, Flow, Intervention, PossibleEvent, Threshold
from sim.scenario.schema.file import Kind, ScenarioFile, Source
from sim.scenario.schema.language import Language, Name
from sim.scenario.schema.lesson import Plan, Question, Role, Stage, Story, Teaching, Trial
from sim.scenario.schema.own_acts import OwnAct
from sim.scenario.schema.own_measures import Lag, Moment, OwnMeasure
from sim.scenario.schema.places import Border, Relation, Sector, View
from sim.scenario.schema.questions import Condition, Expectation, Lever, Watch
from sim.scenario.schema.rules import Rules
from sim.scenario.schema.rules.clash import Clash
from sim.vocabulary.coded import CodedWord, require
from sim.vocabulary.codes import Target, Terrain
from sim.vocabulary.decisions import ActionTerm

__all__ = [
    "PYTHON_CLASS",
    "Alliance",
    "Border",
    "Condition",
    "Deaths",
    "Event",
    "Expectation",
    "Flow",
    "Group",
    "Host",
    "Intervention",
    "Kind",
    "Lag",
    "Language",
    "Lever",
    "Mediator",
    "Moment",
    "Name",
    "OwnAct",
    "OwnMeasure",
    "Plan",
    "PlannedAction",
    "Point",
    "PossibleEvent",
    "Question",
    "Relation",
    "Role",
    "Rules",
    "ScenarioFile",
    "Sector",
    "Severity",
    "Source",
    "Stage",
    "State",
    "StateWeights",
    "Story",
    "StudyDesign",
    "Targets",
    "Teaching",
    "Threshold",
    "Trial",
    "Variation",
    "View",
    "Watch",
]


def _require_numbers(words: type[CodedWord], block: type[object], form: str) -> None:
    """Each of the words has a number in a block: its own field."""
    for word in words:
        field = form.format(word.word)
        require(
            field in block.__annotations__,
            f"{words.__name__}.{word.name}",
            f"must have the number {field} in {block.__module__}.{block.__name__}",
        )


_require_numbers(Target, Targets, "{}")
_require_numbers(ActionTerm, StateWeights, "{}")
_require_numbers(Terrain, Clash, "defence_{}")
