"""The Mesa face and the compiled loop are two ways to run one set of rules.

The same, bit for bit.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import COSTLY, OWN_OPTIONS, ROOT

from sim import model
from sim.engine import loop, replication
from sim.engine.jit import COMPILED
from sim.engine.rules.books import finish
from sim.engine.world import Batch, World, build
from sim.scenario import load

# the plain interpreter is hundreds of times slower; there a few days of one scenario have to do
FILES = [*COSTLY, OWN_OPTIONS] if COMPILED else [ROOT / "scenarios" / "two_states.yaml"]
COUNT = 20 if COMPILED else 1
SHORTER = {} if COMPILED else {"horizon": 12}
SEED = 20_260_227


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_measures_and_series_of_every_scenario(path: Path) -> None:
    scenario = load(path, SHORTER)
    ours = replication.run_chunk(build(scenario), SEED, 0, COUNT)
    theirs = model.run_chunk(scenario, SEED, 0, COUNT)
    for name, a, b in zip(ours._fields, ours, theirs, strict=True):
        assert a.dtype == b.dtype
        assert a.tobytes() == b.tobytes(), name
    assert ours.status.tolist() == [0] * COUNT
    assert ours.measures[:, 0].max() > 0.0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_word_of_the_world_at_the_end(path: Path) -> None:
    scenario = load(path, SHORTER)
    template = build(scenario)
    world = World(template)
    inputs = replication.draw_inputs(template, SEED, 5, 1)
    loop.begin(world, Batch(template, 5, 1, seed=SEED, inputs=inputs), 0)
    for number in range(1 - template.history_days, template.horizon + 1):
        loop.advance(world, number)
    finish(world)
    told = model.EscalationModel(scenario, seed=SEED, replication=5, collect="nothing")
    told.run_model()
    assert np.array_equal(world.block, told.world.block)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_event_is_told_alike(path: Path) -> None:
    scenario = load(path, SHORTER)
    story = replication.replay(build(scenario), SEED, 5)
    told = model.EscalationModel(
        scenario, seed=SEED, replication=5, collect="nothing", log_rows=len(story.events) + 1
    )
    told.run_model()
    assert len(story.events) > 0
    assert told.events.tobytes() == story.events.tobytes()


def test_the_chunk_begins_where_it_is_told_to() -> None:
    scenario = load(ROOT / "scenarios" / "two_states.yaml", {"horizon": 10})
    both = model.run_chunk(scenario, SEED, 3, 2)
    alone = model.run_chunk(scenario, SEED, 4, 1)
    assert both.measures[1].tobytes() == alone.measures[0].tobytes()
    assert both.measures[0].tobytes() != alone.measures[0].tobytes()


def test_values_of_a_design_replace_the_drawn_ones() -> None:
    scenario = load(
        ROOT / "scenarios" / "two_states.yaml",
        {
            "horizon": 10,
            "states.westmark.resolve": "{dist: uniform, low: 0.2, high: 0.9, assumed: test}",
        },
    )
    template = build(scenario)
    inputs = np.array([[0.25], [0.75]])
    ours = replication.run_chunk(template, SEED, 0, 2, inputs)
    theirs = model.run_chunk(scenario, SEED, 0, 2, inputs)
    assert ours.measures.tobytes() == theirs.measures.tobytes()
    world = model.EscalationModel(scenario, seed=SEED, inputs=inputs[1])
    assert world.actor("states.westmark").resolve == 0.75
