"""The command fork: what it prints and keeps, and what it refuses."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from sim.engine.jit import COMPILED

from .conftest import Call

SHORT = ("--base", "horizon=12", "--base", "outcome_window=5") if not COMPILED else ()
RUNS = 60 if COMPILED else 4
PAST = ("--seed", 7, "--replication", 3, "--day", 4)
FEW = ("--runs", RUNS, "--no-report", "--out", "o")


def test_a_forced_choice_is_compared_and_everything_is_kept(
    engine_call: Call, tmp_path: Path
) -> None:
    said = engine_call("fork", "two_states", *PAST, "--force", "westmark=open_war", *FEW, *SHORT)
    assert said.code == 0, said.err
    assert f"{RUNS} futures from day 4" in said.out
    assert "westmark=open_war, made in" in said.out
    assert re.search(r"choice of westmark\s+its own choice\s+open_war", said.out)
    assert "forked against unforked: outcomes" in said.out
    told = json.loads((tmp_path / "o" / "fork.json").read_text())
    assert (told["fork"]["day"], told["fork"]["draws"], told["runs"]) == (4, "independent", RUNS)
    rows = {
        name: list(csv.DictReader(io.StringIO((tmp_path / "o" / name).read_text())))
        for name in ("futures.csv", "unforked.csv")
    }
    assert [len(found) for found in rows.values()] == [RUNS, RUNS]
    assert "day of westmark=open_war" in rows["futures.csv"][0]


def test_json_is_one_object(engine_call: Call) -> None:
    said = engine_call(
        "fork",
        "two_states",
        *PAST,
        "--set",
        "states.westmark.resolve=0.2",
        "--format",
        "json",
        *FEW,
        *SHORT,
    )
    told = json.loads(said.out)
    assert told["scenarios"] == ["unforked", "forked"]
    assert told["fork"]["set"] == {"states.westmark.resolve": ["0.85", "0.2"]}
    assert set(told["outcomes"]["quiet"]) == {"unforked", "forked", "difference"}


def test_without_a_change_it_says_what_could_have_come(engine_call: Call) -> None:
    said = engine_call("fork", "two_states", *PAST, "--format", "json", *FEW, *SHORT)
    told = json.loads(said.out)
    assert sum(row["probability"] for row in told["outcomes"].values()) == pytest.approx(1)
    assert told["fork"]["original"]["outcome"] in told["outcomes"]
    assert (
        "What can follow from that day"
        in engine_call("fork", "two_states", *PAST, *FEW, *SHORT).out
    )


def test_common_random_numbers_tell_one_history_beside_the_other(engine_call: Call) -> None:
    said = engine_call(
        "fork",
        "two_states",
        *PAST,
        "--draws",
        "common",
        "--force",
        "hill_pass.eastmark=raid",
        *FEW,
        *SHORT,
    )
    assert said.code == 0
    assert "with common random numbers there is one future" in said.err
    assert re.search(r"outcome +\S+", said.out)
    assert "hill_pass.eastmark=raid, on day 4" in said.out


def test_a_future_is_told_from_the_fork_on(engine_call: Call) -> None:
    words = ("fork", "two_states", *PAST, "--force", "hill_pass.eastmark=raid", *FEW, *SHORT)
    said = engine_call(*words, "--tell", RUNS - 1)
    assert f"Future {RUNS - 1}, from the morning of day 4:" in said.out
    assert (
        "Forced in this fork: a border command of Eastmark chooses “raid” toward Westmark"
        in said.out
    )
    assert "Day 3," not in said.out
    assert "--tell: must be a whole number from 0" in engine_call(*words, "--tell", RUNS).err


def test_what_changes_nothing_is_said(engine_call: Call) -> None:
    said = engine_call(
        "fork",
        "two_states",
        *PAST,
        "--set",
        "relations.neighbours.views.westmark.complicity=0.1",
        *FEW,
        *SHORT,
    )
    assert "the change moves nothing in any future" in said.err


def test_the_same_call_gives_the_same_files(engine_call: Call, tmp_path: Path) -> None:
    words = (
        "fork",
        "two_states",
        *PAST,
        "--runs",
        RUNS,
        "--no-report",
        "--set",
        "states.westmark.resolve=0.3",
        *SHORT,
    )
    engine_call(*words, "--out", "a", "--jobs", 1)
    engine_call(*words, "--out", "b", "--jobs", 2)
    for name in ("fork.json", "futures.csv"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_past_that_was_set_is_given_as_base(engine_call: Call) -> None:
    calls = [(), ("--base", "states.westmark.resolve=0.4")]
    told = [
        json.loads(
            engine_call("fork", "two_states", *PAST, *words, "--format", "json", *FEW, *SHORT).out
        )
        for words in calls
    ]
    assert told[0]["fork"]["digest"] != told[1]["fork"]["digest"]
    assert told[1]["fork"]["set"] == {}


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--day", "0"), "day: must be from 1 (the first day after the release"),
        (("--day", "x"), "--day: must be a whole number"),
        (
            ("--day", "4", "--draws", "independant"),
            "--draws: must be one of common, independent, got independant, did you mean "
            "independent?",
        ),
        (
            ("--day", "4", "--force", "westmark=raidd"),
            "force: westmark cannot choose raidd, did you mean raid?",
        ),
        (
            ("--day", "4", "--force", "westmark=nuclear_signal"),
            "nuclear_signal is not available on day",
        ),
        (("--day", "4", "--force", "raid"), "force: must be ACTOR=CHOICE"),
        (("--day", "4", "--set", "states.westmark.resolve"), "--set: must be path=value"),
        (("--day", "4", "--set", "states.westmark.resolv=1"), "states.westmark.resolv"),
        (("--day", "4", "--set", "horizon=9"), "must not change actors, sectors or dates"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    engine_call: Call, words: tuple[str, ...], complaint: str
) -> None:
    said = engine_call("fork", "two_states", "--seed", 7, "--replication", 3, *words, *FEW, *SHORT)
    assert said.code == 2
    assert complaint in said.err
    assert "Traceback" not in said.err
