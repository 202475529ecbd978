"""Replications by the number, through the agents.

For scenarios in which an actor is a Python class.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from sim.engine.own_measures import own_values
from sim.engine.replication import draw_inputs
from sim.engine.world import Chunk, Template
from sim.engine.world.batch import empty_chunk
from sim.errors import RunError
from sim.model.agents import Actor
from sim.model.model import EscalationModel
from sim.model.opening import open_scenario
from sim.model.own import classes_of
from sim.scenario import Scenario
from sim.scenario.programs import read_source

_LOG_ROWS = 1 << 14  # room for the events of one replication; more is made if needed


def run_chunk(
    scenario: Scenario | Template,
    seed: int,
    first: int,
    count: int,
    inputs: np.ndarray | None = None,
    *,
    policies: Mapping[str, type[Actor]] | None = None,
    allow_python: bool = False,
) -> Chunk:
    """Run replications first .. first+count-1, with the results of the compiled engine.

    Parameters
    ----------
    scenario : or the template of its world, which knows no folder, so that Python classes have to
        be given
    seed : root seed, unsigned 64-bit
    first, count : which replications
    inputs : (count, n_uncertain) values of the uncertain numbers, if a design gives them; else
        drawn
    policies, allow_python : as for `EscalationModel`

    Returns
    -------
    Chunk

    Raises
    ------
    ConsentError : if the scenario names a Python class and that is not allowed
    ModelError : if a class cannot be loaded or does not fit
    RunError : if a class raises, or chooses what is no option; names the replication
    """
    template, loaded = open_scenario(scenario, {})
    classes = classes_of(template, loaded, policies or {}, allow_python=allow_python)
    if inputs is None:
        inputs = draw_inputs(template, seed, first, count)
    chunk = empty_chunk(template, count)
    for r in range(count):

        def model_with(log_rows: int, r: int = r) -> EscalationModel:
            return EscalationModel(
                scenario,
                seed=seed,
                replication=first + r,
                collect="nothing",
                policies=classes,
                inputs=inputs[r],
                log_rows=log_rows,
            )

        if template.own:
            _run_with_record(model_with, chunk, r)
        else:
            _run(model_with(0), chunk, r, [])
    return chunk


def _run_with_record(model_with: Callable[[int], EscalationModel], chunk: Chunk, r: int) -> None:
    """The same with measures of the file's own; again with more room if the log overflows."""
    rows = _LOG_ROWS
    while True:
        model, blocks = model_with(rows), list[np.ndarray]()
        _run(model, chunk, r, blocks)
        wanted = int(model.world.clock[0].log_length)
        if wanted <= rows:
            break
        rows = wanted
    if model.status == 0:
        own = own_values(model.template, model.events, np.array(blocks))
        chunk.measures[r, len(model.template.measure_slots) :] = own


def _run(model: EscalationModel, chunk: Chunk, r: int, blocks: list[np.ndarray]) -> None:
    """Run one replication into a row of the chunk; keep the days if the file measures of its own.

    `blocks` are filled with the world's words at the end of each day.
    """
    try:
        while model.running:
            model.step()
            if model.template.own:
                blocks.append(model.world.block.copy())
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
        slots = model.template.measure_slots
        chunk.measures[r, : len(slots)] = model.world.words[slots]


def policy_digests(scenario: Scenario) -> dict[str, str]:
    """SHA-256 of the files of the Python classes that a scenario names, by the path of each policy.

    They are the Python files that these can import from their folder, as `Source` reads them:
    results of two versions must not be mixed. Runs none of them.
    """
    wanted = scenario.programs
    digest = read_source(wanted).digest if wanted else ""
    return {one.path: digest for one in wanted}
