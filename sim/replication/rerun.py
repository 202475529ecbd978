"""One replication of an ensemble run again with all that happened in it, on the face that the scenario needs."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.engine.replication import replay
from sim.engine.world import Template, build
from sim.ensemble.work import reason_of
from sim.errors import RunError
from sim.scenario import Scenario

_LOG_ROWS = 65_536


class Rerun(NamedTuple):
    """What happened: `events` (n,) rows of `sim.engine.world.EVENT`, `rung` by day after the release, and why it ended early, if it did.

    `blocks` (days, n_words) uint64 are the world's words at the end of each day from the first of
    history, laid out by `template`.
    """

    events: np.ndarray
    rung: np.ndarray
    failure: RunError | None
    blocks: np.ndarray
    template: Template


def rerun(scenario: Scenario, seed: int, replication: int) -> Rerun:
    """Run a replication again; the same seed and number give the same story as in any ensemble."""
    template = build(scenario)
    if template.python_policies:
        return _by_mesa(scenario, template, seed, replication)
    story = replay(template, seed, replication)
    failure = None
    if story.status:
        day = len(story.blocks) - template.history_days
        failure = RunError(
            reason_of(story.status),
            scenario=scenario.id,
            replication=replication,
            seed=seed,
            day=day,
        )
    return Rerun(story.events, story.rung, failure, story.blocks, template)


def _by_mesa(scenario: Scenario, template: Template, seed: int, replication: int) -> Rerun:
    from sim.model import EscalationModel

    model = EscalationModel(
        scenario, seed=seed, replication=replication, collect="nothing", log_rows=_LOG_ROWS
    )
    rungs: list[int] = []
    blocks: list[np.ndarray] = []
    failure = None
    try:
        while model.running:
            model.step()
            blocks.append(model.world.block.copy())
            if model.day > 0:
                rungs.append(model.rung)
    except RunError as error:
        failure = error
    return Rerun(
        model.events,
        np.array(rungs, dtype=np.int64),
        failure,
        np.array(blocks, dtype=np.uint64),
        template,
    )
