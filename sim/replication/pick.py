"""A replication that is found by what happens in it."""

from __future__ import annotations

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
