"""The three records are what the engine tells, compiled and not."""

from __future__ import annotations

import pytest

from sim.engine.replication import replay
from tests.golden.record import CASES, FOLDER, REWRITE, SEED, path, record

MODES = [
    pytest.param(None, id="plain"),
    pytest.param(replay, id="compiled", marks=pytest.mark.compiled),
]


def test_there_is_one_record_for_each_case() -> None:
    assert {file.stem for file in FOLDER.glob("*.txt")} == set(CASES)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("name", CASES)
def test_the_record_is_what_happens(name: str, mode: object) -> None:
    """If results are meant to move, rewrite the records by the named command and say why."""
    assert record(name, mode).splitlines() == path(name).read_text(encoding="utf-8").splitlines(), (
        REWRITE
    )


def test_the_records_hold_events_of_every_main_kind() -> None:
    """A record of days on which nothing happens would hold nothing in place."""
    told = {
        line.split()[2]
        for name in CASES
        for line in path(name).read_text(encoding="utf-8").splitlines()
        if line.startswith("day ")
    }
    assert told >= {
        "act",
        "attack",
        "clash",
        "operation",
        "mode",
        "posture",
        "close_crossings",
        "change",
    }


@pytest.mark.parametrize("name", CASES)
def test_other_random_draws_change_a_record(name: str) -> None:
    """The control: the comparison above can fail."""
    assert (
        record(name, seed=SEED + 1).splitlines()[1:]
        != path(name).read_text(encoding="utf-8").splitlines()[1:]
    )
