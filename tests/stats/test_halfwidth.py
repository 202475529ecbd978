"""Half-widths, and estimates that settle."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import sim
from sim.cli import main
from sim.stats.halfwidth import halfwidth, running, until, widest
from sim.stats.survival import interval


def test_a_running_estimate_ends_at_the_share_of_all() -> None:
    fine = pd.DataFrame({"outcome": ["war"] * 30 + ["peace"] * 70})
    line = running(fine, "war")
    assert (line.runs[0], line.runs[-1]) == (10, 100)
    assert np.all(line.share[line.runs <= 30] == 1.0)
    assert line.share[-1] == 0.3
    assert (line.low[-1], line.high[-1]) == interval(0.3, 100)


def test_a_run_goes_on_until_it_is_precise_and_no_further() -> None:
    scenario = sim.load(sim.scenarios() / "two_states.yaml", {"horizon": 30, "outcome_window": 10})
    ensemble = sim.run(scenario, runs=250, seed=3, until=until(0.03, 5000))
    assert widest({"": ensemble}) == halfwidth(ensemble) <= 0.03
    assert (
        250 < ensemble.size < 2500
    )  # at most 1,068 replications are needed at the widest, a share of one half
    again = sim.run(scenario, runs=250, seed=3, jobs=1, until=until(0.03, 5000))
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
    assert "after 500 replications: 0.001 not reached (raise --max-runs)" in capsys.readouterr().err
    assert main([*words, "--until-halfwidth", "0.1", "--on", "ceasefire holdin"]) == 2
    assert "did you mean ceasefire holding?" in capsys.readouterr().err
    assert main([*words, "--on", "settlement"]) == 2
    assert "say how far --until-halfwidth goes" in capsys.readouterr().err
