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


def at_least(count: int) -> Until:
    """A plan that wants so many replications, whatever the pilot."""
    return Until(5000, lambda ensembles: count)


def test_a_pilot_plans_the_run_whoever_works(scenario: Scenario, tmp_path: Path) -> None:
    seen: list[Ensemble] = []

    def plan(ensembles: Mapping[str, Ensemble]) -> int:
        seen.extend(ensembles.values())
        return 1240

    made = [
        run(scenario, runs=500, seed=5, jobs=j, out=tmp_path / str(j), until=Until(5000, plan))
        for j in (1, 2)
    ]
    assert made[0].size == made[1].size == len(made[0].runs) == 1250
    assert tables(made[0].folder) == tables(made[1].folder)
    assert [one.size for one in seen] == [500, 500]
    assert not {one.seed for one in seen} & {made[0].seed}  # draws of its own
    assert tables(
        run(scenario, runs=1250, seed=5, jobs=1, out=tmp_path / "fixed").folder
    ) == tables(made[0].folder)


def test_far_more_than_the_pilot_is_planned_from_a_larger_one() -> None:
    sizes: list[int] = []

    def pilot(size: int) -> dict[str, Ensemble]:
        sizes.append(size)
        return {}

    assert Until(100_000, lambda _: 40_000).plan(pilot) == 40_000
    assert sizes == [500, 5000]
    assert Until(3000, lambda _: None).plan(pilot) == 3000  # nothing can be foreseen


def test_a_run_has_at_least_the_replications_asked_for_and_at_most_the_most(
    scenario: Scenario,
) -> None:
    assert run(scenario, runs=500, seed=5, jobs=1, until=at_least(300)).size == 500
    assert run(scenario, runs=100, seed=5, jobs=1, until=Until(700, lambda _: 900)).size == 700
