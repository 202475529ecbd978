"""The report of a real ensemble: the store's tables, a rerun and the page fit together."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.ensemble import run
from sim.errors import StoreError
from sim.report.pages import ensemble
from sim.words import words
from tests.report import fake
from tests.report.test_report_page import Page


def test_report_of_a_real_ensemble(tmp_path: Path) -> None:
    made = run(
        fake.bare(),
        runs=4,
        seed=3,
        jobs=1,
        out=tmp_path,
        command="run_sim.py run bare.yaml --runs 4 --seed 3",
    )
    page = Page(ensemble.write_report(made).read_text(encoding="utf-8"))
    assert page.open == []
    assert {"figure-outcomes", "figure-typical"} <= set(page.ids)
    assert "run_sim.py run bare.yaml --runs 4 --seed 3" in page.text
    assert "Day 1: Friday, 1 February 2030" in page.text


def test_results_of_another_program_are_refused(tmp_path: Path) -> None:
    made = run(fake.bare(), runs=4, seed=3, jobs=1, out=tmp_path)
    data = ensemble.gather(made.runs, made.series, made.scenario, made.seed)
    assert set(ensemble.stories_of(data, words())) <= {"typical", "extreme"}
    assert data.typical is not None
    data.kept[data.typical][2] += 1
    with pytest.raises(
        StoreError, match=f"replication {data.typical}: must come out as it is kept"
    ):
        ensemble.stories_of(data, words())


def test_a_replication_that_is_typical_and_extreme_is_told_once(tmp_path: Path) -> None:
    made = run(fake.bare(), runs=1, seed=3, jobs=1, out=tmp_path)
    data = ensemble.gather(made.runs, made.series, made.scenario, made.seed)
    assert list(ensemble.stories_of(data, words())) == ["typical"]


def test_of_very_many_replications_the_first_are_drawn_and_all_are_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = run(fake.bare(), runs=20, seed=3, jobs=1, out=tmp_path)
    monkeypatch.setattr(ensemble, "MOST_DRAWN", 5)
    page = Page(ensemble.write_report(made).read_text(encoding="utf-8"))
    assert page.text.count("Made from the first 5 of 20 replications.") == 2
    assert "What follows comes from 20 replications" in page.text
    rows, days = made.first(5)
    assert (len(rows), len(days)) == (5, 5 * made.scenario.horizon)
