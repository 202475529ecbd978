"""The command `explain`: words, records, figures, and what it says to a wrong question."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sim.cli import main

BASE = ["explain", "two_states", "--seed", "7", "--replication", "3"]


def said(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[str, str]:
    assert main([*BASE, *words]) == 0
    got = capsys.readouterr()
    return got.out, got.err


def test_records_of_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    records = json.loads(said(capsys, "--format", "json")[0])
    assert len(records) > 100
    day = next(one["day"] for one in records if one["kind"] == "action")
    some = json.loads(said(capsys, "--format", "json", "--day", str(day))[0])
    assert some == [one for one in records if one["day"] == day]
    assert set(some[0]) >= {
        "actor",
        "day",
        "options",
        "weights",
        "draw",
        "choice",
        "believed",
        "true",
        "flip",
    }
    assert {"available", "barred_because", "terms", "utility", "probability"} == set(
        next(iter(some[0]["options"].values()))
    )


def test_words_of_an_actor(capsys: pytest.CaptureFixture[str]) -> None:
    records = json.loads(said(capsys, "--format", "json", "--actor", "westmark")[0])
    day = next(one["day"] for one in records if one["kind"] == "action")
    out, _ = said(capsys, "--actor", "westmark", "--day", str(day))
    assert "Westmark, about Eastmark: What to do" in out
    assert "Illustrative model, not a forecast." in out


@pytest.mark.parametrize("ending", ["png", "svg", "html"])
def test_a_figure(ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / f"why.{ending}"
    records = json.loads(said(capsys, "--format", "json", "--actor", "westmark")[0])
    day = next(one["day"] for one in records if one["kind"] == "action")
    said(capsys, "--actor", "westmark", "--day", str(day), "--out", str(out))
    assert out.read_bytes().startswith(
        {"png": b"\x89PNG", "svg": b"<?xml", "html": b"<!doctype html>"}[ending]
    )
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    if ending == "html":
        assert "://" not in out.read_text().replace("http://www.w3.org", "")


def test_a_day_on_which_an_order_is_carried_out_has_the_decision(
    capsys: pytest.CaptureFixture[str],
) -> None:
    records = json.loads(said(capsys, "--format", "json")[0])
    late = next(one for one in records if one["delay"])
    day = late["day"] + late["delay"]
    name = late["actor"].partition(".")[2]
    out, _ = said(capsys, "--actor", name, "--day", str(day))
    assert out.splitlines()[2].startswith(f"Day {day} (")
    assert f"Carried out today, decided on day {late['day']} (" in out
    then = json.loads(said(capsys, "--format", "json", "--actor", name, "--day", str(day))[0])
    assert late in then


def test_turning_points(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, _ = said(
        capsys,
        "--set",
        "horizon=20",
        "--set",
        "outcome_window=10",
        "--runs",
        "30",
        "--out",
        str(tmp_path / "turn.svg"),
    )
    assert "moved by 10 points of a hundred or more" in " ".join(out.split())
    assert "the standard error of a share is at most" in " ".join(out.split())
    assert "forecast" not in out.replace("not a forecast", "")
    assert (tmp_path / "turn.svg").exists()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--day", "0"], "--day: must be from 1, the first on which actors decide, to"),
        (["--day", "9999"], "the last; got 9999"),
        (
            ["--actor", "lakeland"],
            "--actor: lakeland decides nothing in this replication; those who decide are "
            "hill_front, westmark, eastmark",
        ),
        (
            ["--actor", "westmrk", "--day", "2"],
            "--actor: nobody called westmrk decides here, did you mean westmark?",
        ),
        (
            ["--out", "why.pdf"],
            "--out: must be a file that ends in .png, .svg or .html, got why.pdf",
        ),
        (
            ["--out", "nowhere/why.png"],
            "--out: must lie in a folder that exists, got nowhere/why.png (make nowhere first)",
        ),
        (["--format", "yaml"], "--format: must be one of text, json"),
        (["--runs", "1"], "--runs: must be a whole number from 2"),
    ],
)
def test_wrong_questions_are_one_clear_line(
    words: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*BASE, *words]) == 2
    err = capsys.readouterr().err.strip()
    assert message in err
    assert "\n" not in err


def test_a_line_never_begins_with_a_sign_of_the_line_before(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for language in ("en", "fr"):
        out, _ = said(capsys, "--actor", "westmark", "--language", language)
        assert out.count("\n") > 100
        assert [
            line
            for line in out.splitlines()
            if line.strip()[:1] in set("%»:;") or line.endswith("«")
        ] == []


def test_a_day_without_decisions_names_those_with(capsys: pytest.CaptureFixture[str]) -> None:
    days = {
        one["day"] for one in json.loads(said(capsys, "--format", "json", "--actor", "westmark")[0])
    }
    quiet = next(day for day in range(1, 60) if day not in days)
    assert main([*BASE, "--actor", "westmark", "--day", str(quiet)]) == 2
    err = capsys.readouterr().err
    assert f"Westmark decided nothing on day {quiet}; the nearest days with decisions are " in err
    assert str(min(days, key=lambda day: (abs(day - quiet), day))) in err
