"""A run that ends when it is precise enough."""

from __future__ import annotations

import pytest

import sim
from sim.cli import main
from sim.ensemble.stopping import halfwidth, until, widest

from .conftest import run


def test_a_run_goes_on_until_it_is_precise_and_no_further() -> None:
    scenario = sim.load(sim.scenarios() / "two_states.yaml", {"horizon": 30, "outcome_window": 10})
    ensemble = run(scenario, runs=250, seed=3, until=until(0.03, 5000))
    assert widest({"": ensemble}) == halfwidth(ensemble) <= 0.03
    # at most 1,065 replications are needed at the widest, a share of one half
    assert 250 < ensemble.size <= 1100
    again = run(scenario, runs=250, seed=3, jobs=1, until=until(0.03, 5000))
    assert again.size == ensemble.size
    name = min(scenario.outcomes, key=lambda one: halfwidth(ensemble, one))
    assert halfwidth(ensemble, name) < halfwidth(ensemble)


def test_the_command_says_what_it_reached(capsys: pytest.CaptureFixture[str]) -> None:
    words = [
        "run",
        "two_states",
        "--set",
        "horizon=30",
        "--set",
        "outcome_window=10",
        "--runs",
        "250",
        "--seed",
        "3",
        "--no-report",
    ]
    assert main([*words, "--out", "memory://precise", "--until-halfwidth", "0.03"]) == 0
    assert "0.03 reached" in capsys.readouterr().err
    assert (
        main(
            [*words, "--out", "memory://precise", "--until-halfwidth", "0.001", "--max-runs", "500"]
        )
        == 0
    )
    said = capsys.readouterr().err
    assert "a pilot of 500 replications, which are not kept, foresees 500" in said
    assert "after 500 replications: 0.001 not reached (raise --max-runs)" in said
    assert main([*words, "--until-halfwidth", "0.1", "--on", "war, then a truc"]) == 2
    assert "did you mean war, then a truce?" in capsys.readouterr().err
    assert main([*words, "--on", "quiet"]) == 2
    assert "say how far --until-halfwidth goes" in capsys.readouterr().err
