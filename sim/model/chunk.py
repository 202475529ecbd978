"""Replications by the number, through the agents.

For scenarios in which an actor is a Python class.
"""

from __future__ import annotations

import numpy as np

from sim.engine.replication import draw_inputs
from sim.engine.world import Chunk, Template
from sim.engine.world.batch import empty_chunk
from sim.errors import RunError
from sim.model.model import EscalationModel
from sim.model.opening import open_scenario
from sim.model.own import classes_of, digests
from sim.scenario import Scenario


def run_chunk(
    scenario: Scenario | Template,
    seed: int,
    first: int,
    count: int,
    inputs: np.ndarray | None = None,
) -> Chunk:
    """Run replications first .. first+count-1, with the results of the compiled engine.

    Parameters
    ----------
    scenario : or the template of its world, which knows no folder, so that Python classes must be
        importable
    seed : root seed, unsigned 64-bit
    first, count : which replications
    inputs : (count, n_uncertain) values of the uncertain numbers, if a design gives them; else
        drawn

    Returns
    -------
    Chunk

    Raises
    ------
    ModelError : if a class cannot be loaded or does not fit
    RunError : if a class raises, or chooses what is no option; names the replication
    """
    template, _, folder = open_scenario(scenario, {})
    classes = classes_of(template, folder, {})
    if inputs is None:
        inputs = draw_inputs(template, seed, first, count)
    chunk = empty_chunk(template, count)
    for r in range(count):
        model = EscalationModel(
            scenario,
            seed=seed,
            replication=first + r,
            collect="nothing",
            policies=classes,
            inputs=inputs[r],
        )
        _run(model, chunk, r)
    return chunk


def _run(model: EscalationModel, chunk: Chunk, r: int) -> None:
    """Run one replication into a row of the chunk."""
    try:
        while model.running:
            model.step()
            if model.day > 0:
                chunk.rung[r, model.day - 1] = model.rung
                chunk.deaths[r, model.day - 1] = model.deaths
                chunk.interstate[r, model.day - 1] = model.interstate
    except RunError:
        if model.status == 0:
            raise
    chunk.status[r] = model.status
    chunk.failed_day[r] = model.day if model.status else 0
    if model.status == 0:
        chunk.measures[r] = model.world.words[model.template.measure_slots]


def policy_digests(scenario: Scenario) -> dict[str, str]:
    """SHA-256 of the file of each Python class that a scenario names, by the path of its policy.

    Results of two versions must not be mixed.
    """
    template, _, folder = open_scenario(scenario, {})
    return digests(template, folder)
