"""A replication as Mesa drives it: days, history, what is collected, and its end."""

from __future__ import annotations

import gc
import weakref
from datetime import date
from typing import Any

import mesa
import numpy as np
import pytest

from model.conftest import TWO_STATES, Make, two_states
from sim.engine.jit import COMPILED
from sim.engine.world import build
from sim.errors import ModelError, RunError
from sim.model import EscalationModel

HISTORY = 12  # days from 1 to 12 March, the release


def test_a_step_is_a_day_history_included(make: Make) -> None:
    model = make(horizon=3)
    assert (model.day, model.steps) == (-HISTORY, 0)
    model.step()
    assert (model.day, model.steps, model.date) == (1 - HISTORY, 1, date(2000, 3, 1))
    model.run_model()
    assert (model.day, model.steps, model.date) == (3, HISTORY + 3, date(2000, 3, 15))
    assert not model.running


def test_history_can_be_lived_through_at_once(make: Make) -> None:
    slowly, halfway, at_once = make(), make(), make(from_release=True)
    for _ in range(HISTORY):
        slowly.step()
    for _ in range(3):
        halfway.step()
    halfway.skip_history()
    assert [model.day for model in (slowly, halfway, at_once)] == [0, 0, 0]
    assert [model.steps for model in (slowly, halfway, at_once)] == [HISTORY, 3, 0]
    assert np.array_equal(slowly.world.block, at_once.world.block)
    assert np.array_equal(slowly.world.block, halfway.world.block)
    slowly.skip_history()
    assert slowly.day == 0


def test_a_replication_that_is_over_cannot_go_on(make: Make) -> None:
    model = make(horizon=1, from_release=True)
    model.step()
    with pytest.raises(ModelError, match="two_states: this replication is over"):
        model.step()


def test_the_collector_has_a_row_for_each_step(make: Make) -> None:
    model = make(horizon=20, from_release=True)
    model.run_model()
    days = model.datacollector.get_model_vars_dataframe()
    assert list(days.columns) == ["day", "rung", "deaths", "interstate", "ceasefires"]
    assert days["day"].tolist() == list(range(1, 21))
    assert days["deaths"].sum() == model.measures["deaths"] > 0
    assert days["rung"].max() == model.measures["max_rung"]
    agents = model.datacollector.get_agent_vars_dataframe()
    assert len(agents) == 20 * 8
    today = agents.xs(20, level="Step").set_index("name")
    assert today.loc["westmark", "weariness"] == model.actor("states.westmark").weariness
    assert today.loc["hill_pass.westmark", "choice"] in {"hold", "fire", "raid"}
    assert today.loc["westmark", "posture"] == model.actor("states.westmark").posture


def test_what_is_collected_can_be_less(make: Make) -> None:
    model = make(collect="model")
    model.step()
    assert model.datacollector.agent_reporters == {}
    assert model.datacollector.model_vars["day"] == [1 - HISTORY]
    model = make(collect="nothing")
    model.step()
    assert model.datacollector.model_vars == {}


def test_a_choice_is_of_its_day(make: Make) -> None:
    model = make(from_release=True)
    seen = set()
    for _ in range(30):
        model.step()
        seen |= {agent.choice for agent in model.groups}
        assert {agent.choice for agent in model.commands} <= {"hold", "fire", "raid"}
    assert None in seen
    assert len(seen) > 1


def test_events_are_told_if_there_is_room_for_them(make: Make) -> None:
    model = make(log_rows=500)
    model.run_model()
    events = model.events
    assert 0 < len(events) < 500
    assert set(events["day"]) <= set(range(1 - HISTORY, 31))
    assert make().events.tolist() == []


def test_batch_run_sweeps_replications() -> None:
    parameters: dict[str, Any] = {
        "scenario": two_states(10),
        "seed": 7,
        "replication": range(3),
        "from_release": True,
        "collect": "model",
    }
    rows = mesa.batch_run(EscalationModel, parameters, max_steps=10, display_progress=False)
    assert [row["replication"] for row in rows] == [0, 1, 2]
    assert {row["day"] for row in rows} == {10}
    alone = EscalationModel(two_states(10), seed=7, replication=2, from_release=True)
    alone.run_model()
    assert rows[2]["deaths"] == alone.deaths


def test_batch_run_sweeps_numbers_of_a_file() -> None:
    parameters = {
        "scenario": str(TWO_STATES),
        "horizon": 2,
        "states.westmark.resolve": [0.2, 0.9],
        "collect": "model",
    }
    rows = mesa.batch_run(EscalationModel, parameters, max_steps=100, display_progress=False)
    assert [(row["states.westmark.resolve"], row["day"]) for row in rows] == [(0.2, 2), (0.9, 2)]


def test_numbers_are_set_in_a_file_only() -> None:
    with pytest.raises(
        ModelError,
        match="numbers can be set only if the scenario is given as a file",
    ):
        EscalationModel(two_states(10), **{"states.westmark.resolve": 0.2})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"seed": -1}, "seed: must be a whole number from 0 to 18446744073709551615, got -1"),
        ({"seed": 1 << 64}, "seed: must be a whole number"),
        ({"replication": -1}, "replication: must be a whole number"),
        ({"collect": "some"}, "collect must be one of all, model, nothing, got 'some'"),
    ],
)
def test_options_that_make_no_sense(make: Make, options: dict[str, Any], words: str) -> None:
    with pytest.raises(ModelError, match=words):
        make(**options)


def test_a_template_will_do_but_knows_no_dates() -> None:
    model = EscalationModel(build(two_states(5)), seed=(1 << 64) - 1)
    model.run_model()
    assert model.day == 5
    with pytest.raises(ModelError, match="a template knows no dates"):
        _ = model.date


def test_mesas_own_chance_differs_by_replication_and_repeats(make: Make) -> None:
    assert make().random.random() == make().random.random() != make(replication=1).random.random()
    assert make().rng.random() == make().rng.random() != make(replication=1).rng.random()


def test_a_failure_of_the_rules_says_where(make: Make) -> None:
    model = make(from_release=True)
    model.actor("groups.hill_front").excited = -5_000.0
    with pytest.raises(
        RunError, match=r"two_states, replication 0, seed 7, day 1: a Poisson mean was below 0"
    ):
        model.step()
    assert not model.running


@pytest.mark.compiled
def test_arithmetic_of_the_rules_says_where(make: Make) -> None:
    model = make(from_release=True)
    model.step()
    model.actor("groups.hill_front").strength = 1.0
    model.row("rules")._row["militancy_review"] = 0.0
    with pytest.raises(RunError, match=r"replication 0, seed 7, day 2: ZeroDivisionError"):
        model.step()


def test_mesa_is_kept_from_changing_how_pools_start(python: Any) -> None:
    code = (
        "import multiprocessing as m; a = m.get_start_method(allow_none=True); import sim.model; "
        "print(a == m.get_start_method(allow_none=True))"
    )
    assert (
        python(code, environ=None if COMPILED else {"NUMBA_DISABLE_JIT": "1"}).stdout.strip()
        == "True"
    )


def test_a_model_that_is_over_can_be_forgotten(make: Make) -> None:
    model = make(horizon=1, collect="nothing")
    model.run_model()
    trace = weakref.ref(model)
    del model
    gc.collect()
    assert trace() is None
