"""The commands on real scenarios, few replications."""

from __future__ import annotations

import json

import numpy as np
import pytest

from calibration import __main__ as command
from calibration import explanations, levers, levers_page
from calibration.record import ROOT
from sim.scenario import load


def test_tempo_prints_its_rows(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["tempo", "--runs", "4", "--no-write", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["runs"] == 4
    assert found["failed"] == 0
    assert {"episodes", "answered_any", "ended_by_7", "october_within_30"} <= {
        row["key"] for row in found["rows"]
    }
    assert all(row["source"] and row["method"] for row in found["rows"] if row["data"] is not None)


def test_a_number_that_is_set_moves_the_table_and_is_not_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = [
        "tempo",
        "--runs",
        "2",
        "--set",
        "groups.ttp.base_rate=0.05",
        "--set",
        "groups.baloch.base_rate=0.05",
    ]
    assert command.main([*options, "--format", "json"]) == 0
    told = capsys.readouterr()
    found = json.loads(told.out)
    assert next(row["model"] for row in found["rows"] if row["key"] == "attacks_month_1") < 15
    assert "not written" in told.err


def test_an_unknown_path_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["tempo", "--runs", "1", "--set", "states.pakistan.resolv=1"]) == 2
    assert "states.pakistan.resolv" in capsys.readouterr().err


def test_a_pair_needs_its_sign(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(["tempo", "--set", "horizon"])
    assert "must be PATH=VALUE, got 'horizon'" in capsys.readouterr().err


def test_a_lever_at_its_own_value_moves_nothing_and_a_strong_one_does() -> None:
    bench = levers.Bench(4, 1, (levers.FREE,))
    rate = bench.scenarios[levers.FREE].numbers()["rules.militancy.operation_rate"].value
    still = bench.lever(levers.Knob("rules.militancy.operation_rate", "", rate, rate, rate))
    assert still.verdict == levers.DEAD
    loud = bench.lever(levers.Knob("groups.ttp.base_rate", "", 0.67, 0.0, 5.0))
    assert loud.verdict == levers.MOVES
    assert loud.low["attacks"].change < -0.3 < 0.3 < loud.high["attacks"].change


def test_half_and_double_stay_within_the_range() -> None:
    assert levers.around(0.6, 0, 1) == (0.3, 1)
    assert levers.around(-0.3, -10, 10) == (-0.6, -0.15)
    assert levers.around(0.0, 0, 0.5) == (0, 0.5)


def test_an_effect_is_paired() -> None:
    default, shifted = np.array([1.0, 100.0, 10.0]), np.array([2.0, 101.0, 12.0])
    found = levers.effect("attacks", default, shifted)
    assert found.change == pytest.approx((4 / 3) / 37)
    assert found.z == pytest.approx((4 / 3) / (np.std([1, 1, 2], ddof=1) / np.sqrt(3)))
    assert levers.effect("attacks", default, default) == (0, 0)


def test_every_number_of_the_rules_is_a_knob_once() -> None:
    bench = levers.Bench(1, 1, (levers.FREE,))
    scenario = bench.scenarios[levers.FREE]
    found = [knob.path for knob in levers.knobs(scenario)]
    assert len(found) == len(set(found))
    assert {path for path in scenario.numbers() if path.startswith("rules.")} <= set(found)
    assert {lever.path for lever in scenario.file.levers} <= set(found)


def test_a_number_that_moves_nothing_is_kept_for_a_reason_or_called_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dead = levers.Lever(levers.Knob("rules.a.b", "", 1.0, 0.5, 2.0), {}, {}, True)
    alive = levers.Lever(
        levers.Knob("rules.a.c", "", 1.0, 0.5, 2.0), {}, {"attacks": levers.Effect(0.5, 9.0)}, False
    )
    monkeypatch.setattr(levers_page, "LEVERS", {})
    assert "UNEXPLAINED: rules.a.b" in levers_page.text([dead, alive])
    monkeypatch.setattr(levers_page, "LEVERS", {"rules.a.b": "For this.", "rules.a.c": "For that."})
    told = levers_page.text([dead, alive])
    assert "UNEXPLAINED" not in told
    assert "STALE: rules.a.c" in told


def test_every_explained_lever_exists() -> None:
    numbers = load(ROOT / "scenarios" / f"{levers.FREE}.yaml").numbers()
    assert set(explanations.LEVERS) <= set(numbers)
    assert all(
        text.endswith(".") for text in (*explanations.LEVERS.values(), *explanations.TEMPO.values())
    )


@pytest.mark.parametrize(
    ("change", "z", "verdict"),
    [(0.5, 2.0, levers.UNSEEN), (0.05, 9.0, levers.WEAK), (-0.5, -9.0, levers.MOVES)],
)
def test_a_verdict_needs_a_visible_change_and_a_large_one(
    change: float, z: float, verdict: str
) -> None:
    knob = levers.Knob("rules.a.b", "", 1.0, 0.5, 2.0)
    assert levers.Lever(knob, {"attacks": levers.Effect(change, z)}, {}, False).verdict == verdict
