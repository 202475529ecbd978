"""Regret of the sides of a comparison, and many scenarios crossed on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.cli import main
from sim.cli.compare_cross import cross
from sim.cli.compare_sides import Extra
from sim.cli.parsers import BadUse
from sim.errors import ModelError
from sim.stats.table import column
from sim.studies.compare.comparison import Comparison
from sim.studies.compare.crossing import AS_IT_IS, Cell, Crossing, matrices
from sim.studies.compare.regret import WORST, regret
from sim.words.sentence import Sentence

SHORT = {"horizon": 20, "outcome_window": 5}
FILE = """
id: crossed
extends: two_states
horizon: 20
outcome_window: 5
variants:
  calm: {states: {westmark: {resolve: {value: 0.1, assumed: x}}}}
"""


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    sides = {
        f"{state}, {resolve}": sim.load("two_states", {**SHORT, f"states.{state}.resolve": resolve})
        for state in ("westmark", "eastmark")
        for resolve in (0.1, 0.9)
    }
    return sim.compare(sides, runs=20, seed=7, jobs=1).comparison


def test_regret_is_the_mean_loss_beyond_the_least(comparison: Comparison) -> None:
    found = regret(comparison, "attacks")
    losses = {name: column(side.runs, "attacks") for name, side in comparison.sides.items()}
    least = min(values.mean() for values in losses.values())
    best = np.min(list(losses.values()), axis=0)
    for cell, one in found.found.items():
        assert one.value == pytest.approx(losses[cell.option].mean() - least)
        assert one.in_hindsight == pytest.approx((losses[cell.option] - best).mean())
        assert one.low is not None
        assert one.high is not None
        assert 0 <= one.low <= one.value <= one.high
    assert found.worst() == {}
    assert found.worlds == 20


def test_the_worst_scenario_counts_for_every_option(comparison: Comparison) -> None:
    cells = {name: Cell(*name.split(", ")) for name in comparison.names}
    found = regret(comparison, "first_ceasefire_day", cells)
    worst, rows = found.worst(), found.table()
    for option in ("0.1", "0.9"):
        each = [one.value for cell, one in found.found.items() if cell.option == option]
        assert worst[option][0] == max(each)
        assert each[0] == 0 or min(each) >= 0
    assert (rows["scenario"] == WORST).sum() == 2
    assert list(rows.columns) == [one.name for one in found.columns()]
    json.dumps(found.as_json(), allow_nan=False)
    assert len(found.dictionary()) == len(found.columns())


def test_an_outcome_is_a_loss_too(comparison: Comparison) -> None:
    found = regret(comparison, "quiet")
    assert found.unit == "probability"
    assert all(0 <= one.loss <= 1 for one in found.found.values())


@pytest.mark.parametrize(
    ("loss", "rule"),
    [("atacks", "must be a measure or an outcome"), ("first_war_days", "must not be a duration")],
)
def test_what_is_no_loss_is_one_sentence(comparison: Comparison, loss: str, rule: str) -> None:
    with pytest.raises(ModelError, match=f"regret: {rule}"):
        regret(comparison, loss)


def test_worlds_must_be_the_same(comparison: Comparison) -> None:
    sides = list(comparison.sides.values())
    apart = Comparison(sides, unpaired_because=Sentence("studies.compare.each"))
    with pytest.raises(ModelError, match="common random numbers"):
        regret(apart, "attacks")


def test_files_variants_and_values_are_crossed(tmp_path: Path) -> None:
    path = tmp_path / "crossed.yaml"
    path.write_text(f"format: 1{FILE}", encoding="utf-8")
    policy = "states.westmark.policy=quantal,grim"
    sides, crossing = cross([str(path), "two_states"], Extra(crosses=("variants", policy)), ())
    assert [side.name for side in sides] == [
        "crossed: policy=quantal",
        "crossed: policy=grim",
        "crossed: calm, policy=quantal",
        "crossed: calm, policy=grim",
        "two_states: policy=quantal",
        "two_states: policy=grim",
    ]
    assert crossing.cells["crossed: calm, policy=grim"] == ("crossed", "calm, policy=grim")
    assert sides[3].scenario.file.states["westmark"].policy == "grim"
    assert float(sides[3].scenario.file.states["westmark"].resolve) == 0.1
    assert "#calm" in sides[3].called


def test_the_file_as_it_is_is_one_option_in_every_file(tmp_path: Path) -> None:
    path = tmp_path / "crossed.yaml"
    path.write_text(f"format: 1{FILE}", encoding="utf-8")
    _, crossing = cross([str(path), "two_states"], Extra(crosses=("variants",)), ())
    options = [(cell.scenario, cell.option) for cell in crossing.cells.values()]
    assert options == [("crossed", AS_IT_IS), ("crossed", "calm"), ("two_states", AS_IT_IS)]


def test_a_matrix_has_a_number_with_its_interval_in_every_cell(comparison: Comparison) -> None:
    cells = {name: Cell(*name.split(", ")) for name in comparison.names}
    deaths, quiet = matrices(comparison, Crossing(cells, ("deaths", "quiet")))
    assert (deaths.scenarios, deaths.options) == (("westmark", "eastmark"), ("0.1", "0.9"))
    for name, cell in cells.items():
        one, values = deaths.cells[cell], column(comparison.sides[name].runs, "deaths")
        assert one.value == pytest.approx(values.mean())
        half = 2.093 * values.std(ddof=1) / np.sqrt(20)  # Student's t of 19 degrees of freedom
        assert one.halfwidth == pytest.approx(half, rel=1e-3)
        share = quiet.cells[cell]
        assert share.value == comparison.outcomes["quiet"].estimates[name]
        assert (share.low or 0) <= (share.value or 0) <= (share.high or 0)
    with pytest.raises(ModelError, match="look: must be a measure or an outcome, got dead"):
        matrices(comparison, Crossing(cells, ("dead",)))


@pytest.mark.parametrize("given", ["variant", "a.b", "a.b=", "a.b=1,1", "=1,2"])
def test_what_is_no_cross_is_one_sentence(given: str) -> None:
    with pytest.raises(BadUse, match="--cross: must be variants or PATH=VALUE,VALUE"):
        cross(["two_states"], Extra(crosses=(given,)), ())


def test_the_command_writes_the_regret_and_shows_a_row_a_scenario(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["compare", "two_states", "--cross", "states.westmark.resolve=0.1,0.9", "--regret"]
    few = ["--set", "horizon=20", "--set", "outcome_window=5", "--runs", "4", "--seed", "7"]
    out = ["--jobs", "1", "--no-report", "--out", str(tmp_path)]
    assert main([*words, "deaths", *few, *out]) == 0
    screen = capsys.readouterr().out
    assert "resolve=0.1" in screen
    assert "A: war, not over" in screen
    assert "Regret of all dead" in screen
    assert "Whose loss is it?" in screen
    rows = pd.read_csv(tmp_path / "regret.csv")
    assert rows["option"].tolist() == ["resolve=0.1", "resolve=0.9"]
    assert (tmp_path / "regret_dictionary.csv").is_file()
    assert main([*words, "deaths", *few, *out, "--variants", "all"]) == 2
