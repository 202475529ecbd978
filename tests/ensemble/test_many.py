"""Several scenarios with one pool of workers and common random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from sim.ensemble import Ensemble
from sim.ensemble.stopping import Until
from sim.errors import ModelError, StoreError
from sim.scenario import Scenario

from .conftest import Listener, run, run_many, tables


def test_each_is_what_it_would_be_alone(
    scenario: Scenario, other: Scenario, tmp_path: Path
) -> None:
    made = run_many(
        {"First": scenario, "Second one": other}, runs=600, seed=5, jobs=2, out=tmp_path / "many"
    )
    assert [ensemble.folder.name for ensemble in made.values()] == ["first", "second_one"]
    for ensemble in made.values():
        alone = run(
            ensemble.scenario, runs=600, seed=5, jobs=1, out=tmp_path / ensemble.folder.name
        )
        assert tables(ensemble.folder) == tables(alone.folder)


def test_what_is_stopped_is_balanced_and_goes_on(
    scenario: Scenario, other: Scenario, tmp_path: Path
) -> None:
    class Tired(Listener):
        def advance(self, count: int) -> None:
            super().advance(count)
            if self.ran >= 750:
                raise KeyboardInterrupt

    both = {"a": scenario, "b": other}
    with pytest.raises(
        KeyboardInterrupt, match=r"stopped: (750|1,000) of 2,000 replications are kept in"
    ):
        run_many(both, runs=1000, seed=5, jobs=1, out=tmp_path, progress=Tired())
    kept = [len(list((tmp_path / name / "chunks").iterdir())) for name in both]
    assert kept == [2, 1]
    listener = Listener()
    made = run_many(both, runs=1000, seed=5, jobs=2, out=tmp_path, progress=listener)
    assert (listener.done, listener.ran) == (750, 1250)
    for name, ensemble in made.items():
        assert tables(ensemble.folder) == tables(
            run(both[name], runs=1000, seed=5, jobs=1, out=tmp_path / f"{name}_alone").folder
        )


def test_names_that_give_one_folder_are_refused(
    scenario: Scenario, other: Scenario, tmp_path: Path
) -> None:
    with pytest.raises(
        ModelError,
        match="names of scenarios must differ in letters and digits, got No war!, no war",
    ):
        run_many({"No war!": scenario, "no war": other}, runs=5, out=tmp_path)


def test_another_seed_is_refused(scenario: Scenario, other: Scenario, tmp_path: Path) -> None:
    run_many({"a": scenario, "b": other}, runs=5, seed=1, out=tmp_path)
    with pytest.raises(StoreError, match="seed 1 there, 2 here"):
        run_many({"a": scenario, "b": other}, runs=5, seed=2, out=tmp_path)


def narrow(ensembles: Mapping[str, Ensemble]) -> float:
    """A made-up half-width that falls with the root of the number."""
    return float(1.0 / min(len(ensemble.runs) for ensemble in ensembles.values()) ** 0.5)


def test_a_run_goes_on_until_it_is_precise_enough_whoever_works(
    scenario: Scenario, tmp_path: Path
) -> None:
    until = Until(0.03, 5000, narrow)
    made = [
        run(scenario, runs=500, seed=5, jobs=jobs, out=tmp_path / str(jobs), until=until)
        for jobs in (1, 2)
    ]
    assert made[0].size == made[1].size == len(made[0].runs) == 1250
    assert tables(made[0].folder) == tables(made[1].folder)


def test_a_run_ends_at_the_most_replications(scenario: Scenario) -> None:
    assert run(scenario, runs=500, seed=5, jobs=1, until=Until(0.001, 750, narrow)).size == 750


def test_a_run_that_is_precise_enough_at_once_ends_there(scenario: Scenario) -> None:
    assert run(scenario, runs=500, seed=5, jobs=1, until=Until(0.5, 5000, narrow)).size == 500
