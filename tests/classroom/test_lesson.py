"""The lesson pages: what is on them, for whom, and that their numbers are those of the runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import BUNDLED
from page_policy import refused

import sim
from sim.classroom.lesson import STUDENTS, TEACHER, Call, pages, require_lesson, sliders
from sim.classroom.lesson_writer import LessonWriter
from sim.classroom.variants import AS_IT_IS, Effect, Results, change, run_variants
from sim.cli import main
from sim.errors import ModelError
from sim.scenario import load
from sim.words import words
from tests.report.marked import Visible, marked_words, unmarked
from tests.report.test_report_page import Page

RUNS, SEED = 60, 5
FILE = sim.scenarios() / "two_states.yaml"


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Results:
    scenario = load(
        FILE, {"horizon": 40, "teaching.roles.Westmark.wants": ["<script>alert(1)</script>"]}
    )
    return run_variants(
        scenario, runs=RUNS, seed=SEED, jobs=1, out=tmp_path_factory.mktemp("lesson")
    )


def made(results: Results, language: str = "en") -> Mapping[str, str]:
    return pages(results.scenario, results, Call("two_states", RUNS, SEED), words(language))


def test_every_word_comes_from_the_scenario_or_from_words(results: Results, tmp_path: Path) -> None:
    call = Call("two_states", RUNS, SEED)
    for text in pages(results.scenario, results, call, marked_words(tmp_path)).values():
        known = "escalation alert script two_states"
        assert unmarked(Visible(text).texts, results.scenario, known) == []


def test_pages_are_whole_and_ask_for_nothing(results: Results) -> None:
    for text in made(results).values():
        page = Page(text)
        assert page.open == []
        assert page.addresses == ["data:,"]  # no icon
        assert refused(text) == []
        assert "script" not in page.tags
        assert "<script>alert(1)</script>" in page.text  # as text


def test_the_notes_hold_all_of_the_lesson_and_the_numbers_behind_it(results: Results) -> None:
    text, teaching = Page(made(results)[TEACHER]).text, results.scenario.file.teaching
    said = [
        *teaching.goals,
        *teaching.notice,
        *(stage.what for stage in teaching.plan),
        *(q.hint for q in teaching.questions),
        *(t.do for t in teaching.tries),
    ]
    assert [one for one in said if one and one not in text] == []
    assert f"{RUNS} replications each, seed {SEED}" in text
    assert results.scenario.digest[:12] in text
    assert "0–10 min" in text
    assert "60–65 min" in text


def test_students_get_no_answers(results: Results) -> None:
    text, teaching = Page(made(results)[STUDENTS]).text, results.scenario.file.teaching
    assert [question.ask for question in teaching.questions if question.ask not in text] == []
    assert [
        question.hint for question in teaching.questions if question.hint and question.hint in text
    ] == []
    assert "%" not in text.split("}")[-1]  # what stands after the style
    assert "interval" not in text


def test_each_role_has_a_card_that_starts_a_page(results: Results) -> None:
    text = made(results)[STUDENTS]
    assert text.count('<section class="role"') == len(results.scenario.file.teaching.roles)
    assert re.search(r"\.role \{ break-before: page;", text)


def test_an_effect_is_the_difference_of_paired_runs(results: Results) -> None:
    trial = next(
        trial for trial in results.scenario.file.teaching.tries if trial.label == "No haven"
    )
    before, after = (
        results.runs[name]["attacks"].to_numpy(float) for name in (AS_IT_IS, "No haven")
    )
    found = results.effect("No haven", trial.watch[0], words()).difference
    assert found.change == pytest.approx(np.mean(after - before))
    assert found.change < 0
    assert np.std(after - before) < np.hypot(before.std(), after.std())


def test_a_change_knows_how_many_pairs_differ_and_leaves_failures_out() -> None:
    found = change(np.array([1, 2, 3, np.nan]), np.array([2, 2, 5, 7.0]), share=False)
    assert (found.before, found.after, found.change, found.n, found.changed) == (2, 3, 1, 3, 2)
    assert not change(np.zeros(50), np.zeros(50), share=True).clear
    assert change(np.array([np.nan]), np.array([1.0]), share=False).n == 0
    assert not change(np.array([0.0]), np.array([1.0]), share=False).clear  # one pair says nothing


def test_findings_say_which_way_or_that_nothing_can_be_told() -> None:
    said, zero = LessonWriter(words()), np.zeros(50)
    cases = [
        (zero + 1 + np.arange(50) % 2, "up by 1.5"),
        (zero - 1, "down by 1"),
        (zero, "exactly the same"),
        (np.arange(50) % 2 * 2 - 1.0, "do not tell"),
    ]
    for after, expected in cases:
        assert expected in said.finding(
            Effect("attacks", False, "", change(zero, after, share=False))
        )
    assert "no replication says" in said.finding(
        Effect("attacks", False, "", change(zero * np.nan, zero, share=False))
    )


def test_a_time_that_never_came_is_in_no_range_and_as_late_as_the_end_in_a_mean(
    results: Results,
) -> None:
    from sim.scenario.schema import Watch

    never = results.runs[AS_IT_IS]["first_ceasefire_day"].isna().to_numpy()
    assert 0 < never.sum() < RUNS
    share = results.baseline(
        Watch(measure="first_ceasefire_day", probability_within=[0, 40]), words()
    )
    assert share.value == pytest.approx(1 - never.mean())
    mean = results.baseline(Watch(measure="first_ceasefire_day"), words())
    assert mean.value == pytest.approx(
        results.runs[AS_IT_IS]["first_ceasefire_day"].fillna(40).astype(float).mean()
    )


def test_commands_and_sliders_say_exactly_what_to_set(results: Results) -> None:
    text = Page(made(results)[STUDENTS]).text
    command = (
        "python run_sim.py run two_states --set groups.hill_front.hosts.eastmark.haven=0 "
        f"--seed {SEED} --runs {RUNS}"
    )
    assert command in text
    assert "Levers of the page: Haven of the Hill Front in Eastmark: 0." in text


def test_a_number_without_a_label_is_named_by_its_path() -> None:
    scenario = load(sim.scenarios() / "af_pk_2026.yaml")
    trial = next(
        trial
        for trial in scenario.file.teaching.tries
        if "states.pakistan.true_positive" in trial.set
    )
    assert "states.pakistan.true_positive: 0.9" in sliders(trial, scenario, LessonWriter(words()))


@pytest.mark.parametrize(("language", "option"), [("en", ""), ("fr", " --language fr")])
def test_what_is_made_before_the_lesson_speaks_its_language(
    results: Results, language: str, option: str
) -> None:
    text = Page(made(results, language)[TEACHER]).text
    assert f"page two_states --seed {SEED}{option} --out page.html" in text
    assert f"replay two_states --seed {SEED} --replication 0{option} --out replay.html" in text
    assert ("12 mars 2000" if option else "12 March 2000") in text
    assert "2000-03-" not in text


def test_a_language_speaks_its_own_words_and_numbers(results: Results) -> None:
    for name, text in made(results, "fr").items():
        assert '<html lang="fr" dir="ltr">' in text
        assert ("Notes pour l’enseignant" if name == TEACHER else "Feuille de l’élève") in text
    assert LessonWriter(words("fr")).change(0.053, share=True) == "+5,3 points"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {f"teaching.{part}": [] for part in ("goals", "notice", "try", "questions")}
            | {"teaching.roles": None},
            "got no lesson at all",
        ),
        ({"teaching.notice": []}, "teaching: must have notice, got a lesson without notice"),
    ],
)
def test_a_scenario_without_a_lesson_is_told_what_to_add(
    changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(ModelError, match=said):
        require_lesson(load(FILE, changes))


def test_every_bundled_lesson_can_be_made() -> None:
    lessons = [path for path in BUNDLED if load(path).file.teaching.goals]
    assert len(lessons) >= 7
    for path in lessons:
        assert require_lesson(load(path)).goals


def test_the_command_writes_both_pages_and_refuses_to_mix_seeds(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["run_sim.py", "lesson"])
    words = [
        "lesson",
        str(FILE),
        "--set",
        "horizon=15",
        "--runs",
        "3",
        "--jobs",
        "1",
        "--out",
        str(tmp_path),
    ]
    assert main([*words, "--seed", "5"]) == 0
    assert capfd.readouterr().out.splitlines() == [
        str(tmp_path / name) for name in (TEACHER, STUDENTS)
    ]
    assert "--set horizon=15 --set mediators.lakeland.leverage.eastmark=0" in (
        tmp_path / STUDENTS
    ).read_text(encoding="utf-8")
    assert main([*words, "--seed", "6"]) == 2
    assert "must not be mixed" in capfd.readouterr().err
    assert main([*words, "--seed", "6", "--fresh"]) == 0
