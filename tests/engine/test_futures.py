"""Futures from the state at the end of a day: with its own draws it is the original, to the bit."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import COSTLY, ROOT

from sim.engine import replication
from sim.engine.jit import COMPILED
from sim.engine.world import Branch, build, slot
from sim.scenario import load
from sim.vocabulary.codes import EventKind, FailureKind
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.ladder import Action

FILES = COSTLY if COMPILED else [ROOT / "scenarios" / "two_states.yaml"]
SHORTER = {} if COMPILED else {"horizon": 12}
SEED, REPLICATION = 20_260_227, 5
DAYS = (1, 2, 40, 100) if COMPILED else (1, 7)
FIRST = 1 << 62


def state_before(
    template: replication.Template, run: replication.Replication, day: int
) -> np.ndarray:
    """The block at the end of the day before."""
    return run.blocks[template.history_days + day - 2].copy()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_same_draws_give_the_original(path: Path) -> None:
    template = build(load(path, SHORTER))
    run = replication.replay(template, SEED, REPLICATION)
    for day in (*DAYS, template.horizon):
        past = state_before(template, run, day)
        ours = replication.run_futures(
            template, Branch(past, day), REPLICATION, 1, template.measure_slots
        )
        future = replication.replay_future(template, Branch(past, day), REPLICATION)
        assert ours.measures[0].tobytes() == run.measures.tobytes() == future.measures.tobytes()
        assert (
            ours.rung[0, day - 1 :].tolist() == run.rung[day - 1 :].tolist() == future.rung.tolist()
        )
        assert ours.deaths[0, day - 1 :].tolist() == run.deaths[day - 1 :].tolist()
        assert not ours.rung[0, : day - 1].any()
        late = run.events[run.events["day"] >= day]
        assert future.events.tobytes() == late.tobytes()


def test_independent_draws_give_many_futures_each_of_which_can_be_run_alone() -> None:
    template = build(load(FILES[-1], SHORTER))
    past = state_before(template, replication.replay(template, SEED, REPLICATION), 3)
    many = replication.run_futures(template, Branch(past, 3), FIRST, 8, template.measure_slots)
    alone = replication.replay_future(template, Branch(past, 3), FIRST + 6)
    assert len({row.tobytes() for row in many.measures}) > 1
    assert many.measures[6].tobytes() == alone.measures.tobytes()


def forced(template: replication.Template, past: np.ndarray, option: int) -> np.ndarray:
    """The state with the first state's next choice about the second replaced."""
    past = past.copy()
    past[slot(template.spans, "clock", "forced", 0)] = 1
    for name, value in {
        "kind": DecisionKind.ACTION,
        "actor": 0,
        "about": 1,
        "option": option,
        "open": 1,
    }.items():
        past[slot(template.spans, "forced", name, 0)] = value
    return past


def test_a_forced_choice_is_made_once_and_logged() -> None:
    template = build(load(ROOT / "scenarios" / "two_states.yaml", SHORTER))
    day = 2
    raid = int(Action.RAID)
    past = forced(
        template, state_before(template, replication.replay(template, SEED, REPLICATION), day), raid
    )
    future = replication.replay_future(template, Branch(past, day), FIRST)
    rows = future.events[future.events["kind"] == EventKind.FORCED]
    assert rows[["actor", "target", "action"]].tolist() == [(0, 1, raid)]
    assert int(future.blocks[-1][slot(template.spans, "forced", "day", 0)]) == rows["day"][0] >= day


def test_an_option_that_is_barred_fails_the_replication() -> None:
    # no rival threatens what it holds vital, so the first state cannot signal with nuclear forces
    template = build(load(ROOT / "scenarios" / "two_states.yaml", SHORTER))
    nuclear = int(Action.NUCLEAR_SIGNAL)
    past = forced(
        template,
        state_before(template, replication.replay(template, SEED, REPLICATION), 2),
        nuclear,
    )
    future = replication.replay_future(template, Branch(past, 2), FIRST)
    assert future.status == FailureKind.BARRED
    mask = int(future.blocks[-1][slot(template.spans, "forced", "available", 0)])
    assert mask & 1
    assert not mask >> nuclear & 1
