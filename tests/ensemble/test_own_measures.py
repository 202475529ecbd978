"""Measures of a file's own: what they compute, and that they move nothing else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import sim
from sim.design.design import run_design
from sim.design.factors import Design, Factor
from sim.engine.replication import replay, run_chunk
from sim.engine.world import build
from sim.ensemble import Ensemble
from sim.ensemble.engine import Mesa
from sim.replication.fork import fork
from sim.scenario import Scenario, load_text
from sim.stats.table import column

RUNS, SEED = 40, 7
MEASURES = """
id: measured
extends: two_states
horizon: 40
outcome_window: 10
teaching: {stories: null, questions: null}
measures:
  first_strike: {first: {event: limited_strike}}
  first_truce: {first: {event: ceasefire}}
  first_by_rung: {first: {path: rung, at_least: 4}}
  attacks_seen: {count: {event: attack}}
  raids_east: {count: {event: raid, by: eastmark}}
  raids_local: {count: {event: clash, how: raid, by: eastmark}}
  struck_again: {count: {event: limited_strike}, after: {event: limited_strike}, within: 9}
  early: {count: {event: attack}, days: [1, 20]}
  late: {count: {event: attack}, days: [21, 40]}
  top: {highest: rung}
  dead_days: {mean: deaths}
  hill_dead: {count: {path: groups.hill_front.deaths, above: 0}}
  weary: {highest: states.westmark.weariness}
  tired: {lowest: states.westmark.weariness}
  answer: {lag: {since: {event: limited_strike, by: westmark}, until: {event: raid, by: eastmark}}}
outcomes:
  - answered: {answer_ended: {at_least: 1}}
  - struck: {first_strike: {never: false}}
  - quiet: {}
"""


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    path = tmp_path_factory.mktemp("own") / "measured.yaml"
    path.write_text(f"format: 1{MEASURES}", encoding="utf-8")
    return sim.load(path)


@pytest.fixture(scope="module")
def ensemble(scenario: Scenario) -> Ensemble:
    return sim.run(scenario, runs=RUNS, seed=SEED, jobs=1)


def values(of: Ensemble, name: str) -> np.ndarray:
    return column(of.columns(), name)


@pytest.mark.parametrize(
    ("own", "built_in"),
    [
        ("first_strike", "first_limited_strike_day"),
        ("first_truce", "first_ceasefire_day"),
        ("attacks_seen", "attacks"),
        ("top", "max_rung"),
    ],
)
def test_what_the_rules_count_too_comes_out_the_same(
    ensemble: Ensemble, own: str, built_in: str
) -> None:
    np.testing.assert_array_equal(values(ensemble, own), values(ensemble, built_in))
    assert len(set(values(ensemble, own).tolist())) > 1


def test_sums_over_parts_and_means_over_days_agree_with_the_counts_of_the_rules(
    ensemble: Ensemble,
) -> None:
    raids = values(ensemble, "raids_east") + values(ensemble, "raids_local")
    np.testing.assert_array_equal(raids, values(ensemble, "raids_by_eastmark"))
    halves = values(ensemble, "early") + values(ensemble, "late")
    np.testing.assert_array_equal(halves, values(ensemble, "attacks"))
    np.testing.assert_allclose(40 * values(ensemble, "dead_days"), values(ensemble, "deaths"))
    end = values(ensemble, "weariness_end_westmark")
    assert (values(ensemble, "tired") <= end).all()
    assert (values(ensemble, "weary") >= end).all()


def test_a_lag_counts_to_a_later_day_or_is_censored_by_the_end(ensemble: Ensemble) -> None:
    lag, ended = values(ensemble, "answer"), values(ensemble, "answer_ended")
    began = ~np.isnan(lag)
    np.testing.assert_array_equal(began, ~np.isnan(ended))
    assert (lag[began] >= 0).all()
    assert (lag[ended == 1] >= 1).all()
    assert {0.0, 1.0} <= set(ended[began].tolist())
    about = ensemble.summary().measures["answer"]
    assert about.time
    assert about.restricted_mean is not None


def test_a_window_after_a_moment_is_missing_where_the_moment_never_came(
    ensemble: Ensemble,
) -> None:
    came = ~np.isnan(values(ensemble, "first_strike"))
    last_day = values(ensemble, "first_strike") == 40
    np.testing.assert_array_equal(~np.isnan(values(ensemble, "struck_again")), came & ~last_day)


def test_outcomes_are_classified_by_them(ensemble: Ensemble) -> None:
    answered = values(ensemble, "answer_ended") == 1
    np.testing.assert_array_equal((ensemble.runs["outcome"] == "answered").to_numpy(), answered)


def test_they_move_no_other_number(scenario: Scenario, ensemble: Ensemble) -> None:
    without = sim.load("two_states", {"horizon": 40, "outcome_window": 10})
    assert without.digest != scenario.digest
    plain = run_chunk(build(without), SEED, 0, RUNS)
    names = [one.name for one in without.measures]
    np.testing.assert_array_equal(
        plain.measures, np.column_stack([values(ensemble, name) for name in names])
    )


def test_workers_and_an_interruption_leave_no_trace(
    scenario: Scenario, ensemble: Ensemble, tmp_path: Path
) -> None:
    sim.run(scenario, runs=15, seed=SEED, jobs=1, out=tmp_path / "runs")
    again = sim.run(scenario, runs=RUNS, seed=SEED, jobs=2, out=tmp_path / "runs")
    assert again.bits == ensemble.bits


def test_agents_measure_the_same(scenario: Scenario, ensemble: Ensemble) -> None:
    by_agents = Mesa(build(scenario), scenario).run_chunk(SEED, 0, 2)
    by_rules = run_chunk(build(scenario), SEED, 0, 2)
    np.testing.assert_array_equal(by_agents.measures, by_rules.measures)


def test_a_design_has_them(scenario: Scenario) -> None:
    design = Design.grid([Factor("states.westmark.resolve", low=0.0, high=1.0)], [[0.2, 0.9]])
    result = run_design(scenario, design, runs=3, seed=SEED, jobs=1)
    assert result.runs["attacks_seen"].equals(result.runs["attacks"])


def test_a_future_with_the_same_draws_has_the_measures_of_its_past(scenario: Scenario) -> None:
    original = replay(build(scenario), SEED, 3)
    future = fork(scenario, SEED, 3, 20, runs=1, draws="common")
    names = [one.name for one in scenario.measures]
    found = [column(future.runs, name)[0] for name in names]
    np.testing.assert_array_equal(found, original.measures)


def test_a_comparison_takes_the_pairs_in_which_both_have_a_value(scenario: Scenario) -> None:
    bold = load_text(scenario.text, {"states.westmark.resolve": 0.95})
    found = sim.compare({"a": scenario, "b": bold}, runs=RUNS, seed=SEED, jobs=1).comparison
    a, b = (column(side.runs, "struck_again") for side in found.sides.values())
    both = ~(np.isnan(a) | np.isnan(b))
    assert 1 < both.sum() < (~np.isnan(a)).sum()
    row = found.measures["struck_again"]
    assert row.differences["b"].value == pytest.approx((b - a)[both].mean())
    assert row.estimates["a"] == pytest.approx(np.nanmean(a))
