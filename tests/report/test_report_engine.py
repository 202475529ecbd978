"""The report of a real ensemble: the tables of the store, a replay of the engine, and the page fit together."""

from __future__ import annotations

from pathlib import Path

from sim.ensemble import run
from sim.report import report
from tests.report import fake
from tests.report.test_report_page import Page


def test_report_of_a_real_ensemble(tmp_path: Path) -> None:
    made = run(fake.bare(), runs=4, seed=3, jobs=1, out=tmp_path, command="run_sim.py run bare.yaml --runs 4 --seed 3")
    page = Page(report.write_report(made).read_text(encoding="utf-8"))
    assert page.open == []
    assert {"figure-outcomes", "figure-typical"} <= set(page.ids)
    assert "run_sim.py run bare.yaml --runs 4 --seed 3" in page.text
    assert "Day 1, Friday 1 February 2030" in page.text


def test_story_of_a_replication_agrees_with_the_ensemble(tmp_path: Path) -> None:
    made = run(fake.bare(), runs=4, seed=3, jobs=1, out=tmp_path)
    facts = report.gather(made.runs, made.series, made.scenario, made.seed)
    told = report.replayed(facts, made.seed)
    for name in told:
        number = facts.typical if name == "typical" else facts.extreme
        assert told[name]["line"].rung.tolist() == made.series[made.series["replication"] == number]["rung"].tolist()
