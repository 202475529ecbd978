"""How a replication ended: its outcome in words, the dead by side, its highest day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from sim.ensemble.engine import ChooseEngine, engine_for
from sim.narration.names import Names
from sim.narration.outcomes import meaning
from sim.plain import replication_number, seed_number
from sim.replication.pick import outcomes_of
from sim.vocabulary.measures import PER_GROUP, PER_STATE

if TYPE_CHECKING:
    from sim.ensemble.progress import Progress
    from sim.scenario import Scenario
    from sim.words import Words

OTHERS = 100  # replications that an end is compared with
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

    rung, day = int(measures["max_rung"]), measures["max_rung_day"]
    ended = words.term("vocabulary.outcomes", outcome)
    told = [
        say("outcome", outcome=ended, meaning=meaning(scenario, outcome, words)),
        say(
            "highest",
            rung=rung,
            name=words.term("vocabulary.rungs", str(rung)),
            day=0 if np.isnan(day) else int(day),
        ),
        say("dead", n=int(measures["deaths"]), list=_dead(scenario, measures, words)),
    ]
    if len(others):
        told.append(say("others", n=int((others == outcome).sum()), runs=len(others)))
    return told


def ending_of(
    scenario: Scenario,
    seed: int,
    replication: int,
    words: Words,
    *,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> list[str]:
    """The same of a replication by its number, beside the first `OTHERS` of its seed.

    Nothing is said of one that fails. `engine` and `allow_python` as for `sim.run`.
    """
    running = engine_for(engine, allow_python=allow_python)(scenario)
    chunk = running.run_chunk(seed_number(seed), replication_number(replication), 1)
    if chunk.status[0]:
        return []
    names = (one.name for one in scenario.measures)
    measures = dict(zip(names, chunk.measures[0], strict=True))
    others = outcomes_of(scenario, running.run_chunk(seed, 0, OTHERS))
    return ending(scenario, measures, outcomes_of(scenario, chunk)[0], others, words)


def turning_sentences(
    scenario: Scenario, seed: int, replication: int, runs: int, words: Words, progress: Progress
) -> list[str]:
    """Its turning points, from `runs` futures of each morning, one sentence each."""
    # an end without them needs neither tables nor tests
    from sim.narration.explain import Explainer
    from sim.narration.turning_points import turning
    from sim.narration.turning_words import TurningStory
    from sim.replication.fork import Fork

    fork = Fork(scenario, seed, replication)
    story = TurningStory(fork, turning(fork, runs, None, progress), Explainer(scenario, words))
    return story.summary()


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
