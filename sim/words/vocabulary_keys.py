"""The keys that every complete language must have for the coded words of `sim/vocabulary`."""

from __future__ import annotations

from collections.abc import Iterator

from sim.vocabulary.codes import BarReason, Drop, EventKind, ScriptEvent, Target, Terrain
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.ladder import Action, Rung
from sim.vocabulary.measures import (
    DEFAULT_OUTCOMES,
    FIXED,
    OF_ALLIANCES,
    PER_ALLIANCE,
    PER_EVENT,
    PER_FLOW,
    PER_GROUP,
    PER_OWN_ACT,
    PER_SECTOR,
    PER_STATE,
    PER_VIEW,
)
from sim.vocabulary.policies import Policy
from sim.vocabulary.readings import OF_COALITIONS, OF_THE_WORLD, PER_ROW
from sim.vocabulary.stocks import Stock

ACTION_GROUPS = ("acts", "options", "postures")  # what it does, as a choice, as a posture
MEASURE_GROUPS = ("measures", "meanings")  # in a few words, and what it counts


def needed_keys() -> tuple[str, ...]:
    """Full dotted keys, each once."""
    return tuple(dict.fromkeys(_keys()))


def _keys() -> Iterator[str]:
    for rung in Rung:
        yield f"vocabulary.rungs.{int(rung)}"
    for action in Action:
        yield from (f"vocabulary.{group}.{action.word}" for group in ACTION_GROUPS)
    for target in Target:
        yield f"vocabulary.targets.{target.word}"
    for scripted in ScriptEvent:
        yield f"vocabulary.script.{scripted.word}"
    for policy in Policy:
        yield f"vocabulary.policies.{policy.word}"
    for terrain in Terrain:
        yield f"vocabulary.terrains.{terrain.word}"
    for reason in list(BarReason)[1:]:  # the first is that nothing bars an option
        yield f"vocabulary.barred.{reason.word}"
    for drop in list(Drop)[:-1]:  # the last stands for a reason that bars an option
        yield f"vocabulary.drops.{drop.word}"
    for outcome in DEFAULT_OUTCOMES:
        yield f"vocabulary.outcomes.{outcome}"
        yield f"vocabulary.outcome_sentences.{outcome}"
    counted = [(one.key, one.unit) for one in (*FIXED, *OF_ALLIANCES)]
    per_entity = (
        *PER_STATE,
        *PER_GROUP,
        *PER_SECTOR,
        *PER_VIEW,
        *PER_EVENT,
        *PER_FLOW,
        *PER_OWN_ACT,
        *PER_ALLIANCE,
    )
    counted += [(one.key, one.unit) for one in per_entity]
    for key, unit in counted:
        yield from (f"vocabulary.{group}.{key}" for group in MEASURE_GROUPS)
        yield f"vocabulary.units.{unit}"
    for reading in (*OF_THE_WORLD, *OF_COALITIONS, *PER_ROW):
        yield f"vocabulary.readings.{reading.key}"
        yield f"vocabulary.units.{reading.unit}"
    for stock in Stock:
        yield f"vocabulary.stocks.{stock.word}"
    for kind in DecisionKind:
        yield f"vocabulary.kinds.{kind.word}"
        yield from (f"vocabulary.options.{option.word}" for option in kind.options)
        yield from (f"vocabulary.terms.{term.word}" for term in kind.terms)
    for event in EventKind:
        yield from (f"narration.news.{sentence}" for sentence in event.sentences)
