"""One replication of an ensemble run again with all that happened in it, on the face that the scenario needs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.ensemble.work import reason_of
from sim.errors import RunError
from sim.replication import replay
from sim.scenario import Scenario
from sim.world import build

_LOG_ROWS = 65_536


class Told(NamedTuple):
    """What happened: `events` (n,) rows of `sim.world.EVENT`, `rung` by day after the release, and why it ended early, if it did."""

    events: np.ndarray
    rung: np.ndarray
    failure: RunError | None


def retold(scenario: Scenario, seed: int, replication: int) -> Told:
    """Run a replication again; the same seed and number give the same story as in any ensemble."""
    template = build(scenario)
    if template.python_policies:
        return _by_mesa(scenario, seed, replication)
    story = replay(template, seed, replication)
    if not story.status:
        return Told(story.events, story.rung, None)
    day = len(story.blocks) - template.history_days
    return Told(story.events, story.rung, RunError(reason_of(story.status), scenario=scenario.id, replication=replication, seed=seed, day=day))


def _by_mesa(scenario: Scenario, seed: int, replication: int) -> Told:
    from sim.model import EscalationModel

    model = EscalationModel(scenario, seed=seed, replication=replication, collect="nothing", log_rows=_LOG_ROWS)
    rungs, failure = [], None
    try:
        while model.running:
            model.step()
            if model.day > 0:
                rungs.append(model.rung)
    except RunError as error:
        failure = error
    return Told(model.events, np.array(rungs, dtype=np.int64), failure)
