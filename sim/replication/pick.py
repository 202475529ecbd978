"""A replication that is found by what happens in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.world import Chunk
from sim.ensemble.engine import ChooseEngine, engine_for
from sim.ensemble.outcomes import classify, meets
from sim.errors import ModelError
from sim.plain import seed_number
from sim.scenario import Scenario
from sim.vocabulary.stories import STORIES

#: Replications that are searched at most, and at first.
MOST, STEP = 2000, 200
#: Stories of a lesson that names none.
USUAL = 5


class Pick(NamedTuple):
    """What was found.

    replication : the first in which it happens
    among, searched : replications in which it happens, of how many
    """

    replication: int
    among: int
    searched: int


def stories(scenario: Scenario) -> list[str]:
    """What can be asked for: the outcome classes, then `STORIES`."""
    return [*scenario.outcomes, *STORIES]


def pick(
    scenario: Scenario,
    seed: int,
    story: str,
    *,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> Pick:
    """Find the first replication in which something happens.

    Parameters
    ----------
    scenario, seed : as for an ensemble, whose replications these are
    story : one of `stories`
    engine, allow_python : as for `sim.run`

    Raises
    ------
    ModelError : for another word, or if it happens in none of the first `MOST` replications
    """
    if story not in stories(scenario):
        known = ", ".join(stories(scenario))
        raise ModelError(f"pick: must be an outcome or a story, got {story} (there are: {known})")
    running = engine_for(engine, allow_python=allow_python)(scenario)
    seed = seed_number(seed)
    for first in range(0, MOST, STEP):
        happens = _happens(scenario, running.run_chunk(seed, first, STEP), story)
        if happens.any():
            return Pick(first + int(np.argmax(happens)), int(happens.sum()), first + STEP)
    raise ModelError(f"pick: must happen in one of the first {MOST} replications, got {story}")


class StoryPick(NamedTuple):
    """A story and the replication that tells it.

    `measures` are those of the replication, by name; `outcome` is its outcome class.
    """

    story: str
    replication: int
    outcome: str
    measures: Mapping[str, float]

    def has(self, measure: str, low: float | None = None, high: float | None = None) -> bool:
        """Whether something happens in it: an outcome, or what a measure counts.

        With bounds, whether a time lies in them.
        """
        if measure not in self.measures:
            return self.outcome == measure
        value = self.measures[measure]
        if low is not None and high is not None:
            return bool(low <= value <= high)
        return bool(np.isfinite(value) and value != 0)


def pick_all(
    scenario: Scenario,
    seed: int,
    wanted: Sequence[str],
    *,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> list[StoryPick]:
    """The first replication for each of some stories, none of which tells two.

    Parameters
    ----------
    scenario, seed, engine, allow_python : as for `pick`
    wanted : some of `stories`; if there are none, the outcomes that come most often, `USUAL` at
        most

    Returns
    -------
    those that were found among the first `MOST` replications, in the order of `wanted`
    """
    running, seed = engine_for(engine, allow_python=allow_python)(scenario), seed_number(seed)
    found: dict[str, StoryPick] = {}
    for first in range(0, MOST, STEP):
        chunk = running.run_chunk(seed, first, STEP)
        outcomes, measures = outcomes_of(scenario, chunk), _by_name(scenario, chunk)
        wanted = wanted or [name for name, _ in Counter(outcomes[chunk.status == 0]).most_common()]
        for story in wanted:
            told = {one.replication for one in found.values()}
            numbers = np.flatnonzero(_happens(scenario, chunk, story)).tolist()
            number = next((k for k in numbers if first + k not in told), None)
            if story not in found and number is not None:
                own = {name: float(values[number]) for name, values in measures.items()}
                found[story] = StoryPick(story, first + number, str(outcomes[number]), own)
        if len(found) == len(wanted):
            break
    return [found[story] for story in wanted if story in found][:USUAL]


def outcomes_of(scenario: Scenario, chunk: Chunk) -> np.ndarray:
    """The outcome of each replication of a chunk, (count,) names; None where it failed."""
    found = classify(_by_name(scenario, chunk), len(chunk.status), scenario.outcomes)
    found[chunk.status != 0] = None
    return found


def _happens(scenario: Scenario, chunk: Chunk, story: str) -> NDArray[np.bool_]:
    if story in scenario.outcomes:
        same: NDArray[np.bool_] = outcomes_of(scenario, chunk) == story
        return same
    happens: NDArray[np.bool_] = chunk.status == 0
    measures = _by_name(scenario, chunk)
    for measure, bounds in STORIES[story].items():
        happens = happens & meets(measures[measure], bounds)
    return happens


def _by_name(scenario: Scenario, chunk: Chunk) -> dict[str, np.ndarray]:
    return {one.name: chunk.measures[:, k] for k, one in enumerate(scenario.measures)}
