"""How a replication ended: its outcome in words, the dead by side, its highest day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.narration.names import Names
from sim.narration.outcomes import meaning
from sim.vocabulary.measures import PER_GROUP, PER_STATE

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.words import Words

_SOLDIERS, _CIVILIANS = PER_STATE[0].pattern, PER_STATE[1].pattern
_FIGHTERS = PER_GROUP[0].pattern


def ending(
    scenario: Scenario,
    measures: Mapping[str, float],
    outcome: str,
    others: np.ndarray,
    words: Words,
) -> list[str]:
    """What is said when a replication is over.

    Parameters
    ----------
    scenario : names the actors
    measures : of the replication, by name
    outcome : its outcome class
    others : (n,) outcomes of n replications of the same seed, to compare it with
    words : the language

    Returns
    -------
    sentences
    """

    def say(key: str, **values: object) -> str:
        return words.text(f"narration.ending.{key}", **values)

    rung = int(measures["max_rung"])
    ended = words.term("vocabulary.outcomes", outcome)
    told = [
        say("outcome", outcome=ended, meaning=meaning(scenario, outcome, words)),
        say(
            "highest",
            rung=rung,
            name=words.term("vocabulary.rungs", str(rung)),
            day=int(measures["max_rung_day"]),
        ),
        say("dead", n=int(measures["deaths"]), list=_dead(scenario, measures, words)),
    ]
    if len(others):
        told.append(say("others", n=int((others == outcome).sum()), runs=len(others)))
    return told


def _dead(scenario: Scenario, measures: Mapping[str, float], words: Words) -> str:
    """The dead of each side, as one list."""
    names = Names(scenario).name_of
    parts = []
    for state in scenario.file.states:
        for pattern, key in ((_SOLDIERS, "dead_security"), (_CIVILIANS, "dead_civilians_of")):
            count = int(measures[pattern.format(state=state)])
            parts.append(words.text(f"narration.news.{key}", n=count, state=names[state]))
    for group in scenario.file.groups:
        count = int(measures[_FIGHTERS.format(group=group)])
        parts.append(words.text("narration.ending.fighters", n=count, group=names[group]))
    return words.join(parts)
