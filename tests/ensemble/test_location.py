"""Remote results: the same bytes as in a folder, and a run resumes there on another machine."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest

from sim.cli import main
from sim.ensemble.location import Location
from sim.errors import StoreError
from sim.scenario import Scenario

from .conftest import TABLES, Listener, run, run_many, tables


@pytest.fixture
def memory() -> Iterator[fsspec.AbstractFileSystem]:
    system = fsspec.filesystem("memory")
    yield system
    system.store.clear()
    system.pseudo_dirs[:] = [""]


def bytes_at(memory: fsspec.AbstractFileSystem, folder: str) -> dict[str, bytes]:
    return {name: memory.cat_file(f"{folder}/{name}") for name in TABLES}


def test_the_same_bytes_lie_elsewhere(
    scenario: Scenario, memory: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    there = run(scenario, runs=600, seed=5, jobs=2, out="memory://bucket/first")
    here = run(scenario, runs=600, seed=5, jobs=2, out=tmp_path)
    assert bytes_at(memory, "/bucket/first") == tables(here.folder)
    assert there.runs.equals(here.runs)
    assert str(there.location) == "memory://bucket/first"


def test_what_was_stopped_goes_on_on_another_machine(
    scenario: Scenario, memory: fsspec.AbstractFileSystem, tmp_path: Path
) -> None:
    class Tired(Listener):
        def advance(self, count: int) -> None:
            super().advance(count)
            if self.ran >= 500:
                raise KeyboardInterrupt

    with pytest.raises(
        KeyboardInterrupt, match=r"500 of 1,000 replications are kept in memory://bucket/run"
    ):
        run(scenario, runs=1000, seed=5, jobs=1, out="memory://bucket/run", progress=Tired())
    assert not memory.exists("/bucket/run/runs.csv")
    listener = Listener()  # nothing of the first run's copy is left: its folder was temporary
    run(scenario, runs=1000, jobs=1, out="memory://bucket/run", progress=listener)
    assert (listener.done, listener.ran) == (500, 500)
    assert bytes_at(memory, "/bucket/run") == tables(
        run(scenario, runs=1000, seed=5, out=tmp_path).folder
    )


def test_other_results_are_refused_and_discarded_on_demand(
    scenario: Scenario, other: Scenario, memory: fsspec.AbstractFileSystem
) -> None:
    run(scenario, runs=600, seed=5, out="memory://bucket/run")
    with pytest.raises(StoreError, match="must not be mixed"):
        run(other, runs=100, seed=5, out="memory://bucket/run")
    assert len(memory.find("/bucket/run/chunks")) == 3
    run(other, runs=100, seed=5, out="memory://bucket/run", fresh=True)
    assert len(memory.find("/bucket/run/chunks")) == 1


def test_several_scenarios_each_have_a_folder_there(
    scenario: Scenario, other: Scenario, memory: fsspec.AbstractFileSystem
) -> None:
    made = run_many({"One": scenario, "Two": other}, runs=20, seed=5, out="memory://bucket/both")
    assert [str(ensemble.location) for ensemble in made.values()] == [
        "memory://bucket/both/one",
        "memory://bucket/both/two",
    ]
    assert memory.exists("/bucket/both/two/runs.parquet")


def test_an_address_of_this_machine_is_a_plain_folder(scenario: Scenario, tmp_path: Path) -> None:
    ensemble = run(scenario, runs=20, seed=5, out=f"file://{tmp_path}/plain")
    assert ensemble.folder == tmp_path / "plain"
    assert (ensemble.folder / ".lock").exists()


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("nowhere://a/b", "Protocol not known: nowhere"),
        ("s3://a/b", "needs a driver that is not installed"),
    ],
)
def test_an_address_that_cannot_be_used_is_one_clear_line(
    address: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StoreError, match=words):
        Location(address)
    assert main(["run", "two_states", "--runs", "5", "--out", address]) == 2
    said = capsys.readouterr().err.strip().splitlines()
    assert len(said) == 1
    assert said[0].startswith(address)


def test_the_command_puts_pages_and_words_there_too(
    memory: fsspec.AbstractFileSystem, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(
            [
                "run",
                "two_states",
                "--runs",
                "20",
                "--seed",
                "1",
                "--no-report",
                "--out",
                "memory://bucket/words",
            ]
        )
        == 0
    )
    assert "everything is in memory://bucket/words" in capsys.readouterr().out
    assert {"summary.json", "runs_dictionary.csv", "manifest.json"} <= {
        path.rsplit("/", 1)[-1] for path in memory.find("/bucket/words")
    }
