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
from sim.classroom.lesson import (
    CARDS,
    STUDENTS,
    TEACHER,
    WORLDS,
    Call,
    pages,
    sliders,
)
from sim.classroom.lesson_parts import require_lesson
from sim.classroom.lesson_writer import LessonWriter
from sim.classroom.plans import plans
from sim.classroom.sheets import whole_hundred
from sim.classroom.stories import lesson_stories, mismatches
from sim.classroom.variants import AS_IT_IS, Effect, Results, change, run_variants
from sim.cli import main
from sim.errors import ModelError
from sim.scenario import load
from sim.words import words
from tests.engine.world.many import needs_compilation
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
    for name, text in made(results).items():
        page = Page(text)
        assert page.open == []
        assert page.addresses == ["data:,"]  # no icon
        assert refused(text) == []
        assert "script" not in page.tags
        private = name in (CARDS, "card-westmark.html")
        assert ("<script>alert(1)</script>" in page.text) == private  # as text


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
    for minutes, last in ((20, "17–20 min"), (45, "38–45 min"), (90, "80–90 min")):
        assert f"A lesson of {minutes} minutes" in text
        assert last in text


def test_students_get_no_answers(results: Results) -> None:
    text, teaching = Page(made(results)[STUDENTS]).text, results.scenario.file.teaching
    assert [question.ask for question in teaching.questions if question.ask not in text] == []
    assert [
        question.hint for question in teaching.questions if question.hint and question.hint in text
    ] == []
    assert "%" not in text.split("}")[-1]  # what stands after the style
    assert "interval" not in text
    assert [one for one in teaching.notice if one in text] == []


def test_a_card_is_a_page_and_only_its_role_has_it(results: Results) -> None:
    files, roles = made(results), results.scenario.file.teaching.roles
    assert files[CARDS].count('<section class="role"') == len(roles)
    assert re.search(r"\.role \{ break-before: page;", files[CARDS])
    for role in roles.values():
        private = [*role.knows, *role.wants]
        own = f"card-{role.actor}.html"
        for name in (STUDENTS, *(f"card-{one.actor}.html" for one in roles.values())):
            seen = [one for one in private if one in Page(files[name]).text]
            assert seen == (private if name == own else []), (name, role.actor)


def test_the_common_sheet_introduces_everybody_and_asks_for_the_bet_first(results: Results) -> None:
    text, file = Page(made(results)[STUDENTS]).text, results.scenario.file
    for role in file.teaching.roles.values():
        assert role.public
        assert role.public in text
    for part in ("The map", "The ladder", "Who is who", "Hill Pass", "open war", "haven"):
        assert part in text
    assert text.index("My bet") < text.index("Things to try") < text.index("Questions")
    assert text.count("12 March 2000") == 1
    assert "2000-03" not in text
    assert "13 March" not in text
    assert "run_sim" not in text


#: What a pupil has not heard of; as parts of words, in English and French.
STATISTICS = (
    *("holm", "kaplan", "wilson", "bonett", "matérn", "replication", "réplication", "random numb"),
    *("nombres aléatoires", "confiden", "confianc", "interval", "standard error", "erreur type"),
    *("quantile", "median", "médian", "ensemble of", "stochast", "p-value", "bootstrap"),
)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_pupils_read_no_words_of_statistics(results: Results, language: str) -> None:
    for name, text in made(results, language).items():
        if name not in (TEACHER, WORLDS):
            seen = Page(text).text.split("}")[-1].lower()
            assert [word for word in STATISTICS if word in seen] == [], name


def test_plans_fit_on_the_clock(results: Results) -> None:
    file = results.scenario.file
    for plan in plans(file.teaching, words()):
        ends = [0, *(step.end for step in plan.steps)]
        assert [step.start for step in plan.steps] == ends[:-1]
        assert ends[-1] == plan.minutes
    assert [(plan.minutes, plan.own) for plan in plans(file.teaching, words())] == [
        (20, False),
        (45, True),
        (90, False),
    ]


@needs_compilation
def test_stories_contrast_and_a_question_about_what_none_has_is_told(results: Results) -> None:
    scenario = results.scenario
    found = lesson_stories(scenario, SEED, None)
    assert 3 <= len(found) <= 5
    assert len({one.replication for one in found}) == len(found)
    runs = results.runs[AS_IT_IS]
    for one in found:
        if one.replication < RUNS and one.story in scenario.outcomes:
            assert runs["outcome"][one.replication] == one.story
    assert [one.path for one in mismatches(scenario, found, words())] == []
    calm = [one for one in found if not one.has("ceasefires")]
    assert calm
    said = list(mismatches(scenario, calm, words()))
    assert "ceasefires that broke" not in [one.given for one in said]  # its story is not there
    ask = {"teaching.questions": [{"ask": "?", "watch": [{"measure": "ceasefires"}]}]}
    other = load(FILE, {"horizon": 40, **ask})
    (one,) = [one for one in mismatches(other, calm, words()) if "questions" in one.path]
    assert "there is none in" in str(one.problem("x.yaml", SEED))


def test_shares_become_a_hundred_throws() -> None:
    assert whole_hundred({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}) == {"a": 34, "b": 33, "c": 33}
    assert sum(whole_hundred({"a": 0.004, "b": 0.006, "c": 0.99}).values()) == 100


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
    assert command in Page(made(results)[TEACHER]).text
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
    story = rf"replay two_states --seed {SEED} --replication \d+{option} --out story.html"
    assert re.search(story, text)
    assert ("12 mars 2000" if option else "12 March 2000") in text
    assert "2000-03-" not in text


def test_a_language_speaks_its_own_words_and_numbers(results: Results) -> None:
    for name, text in made(results, "fr").items():
        assert '<html lang="fr" dir="ltr">' in text
        titles = {TEACHER: "Notes pour l’enseignant", STUDENTS: "Feuille de l’élève"}
        assert titles.get(name, "monde" if name == WORLDS else "Rôle") in text
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
    roles = load(FILE).file.teaching.roles.values()
    assert capfd.readouterr().out.splitlines() == [
        str(tmp_path / name)
        for name in (TEACHER, STUDENTS, CARDS, WORLDS, *(f"card-{one.actor}.html" for one in roles))
    ]
    assert "--set horizon=15 --set mediators.lakeland.leverage.eastmark=0" in (
        tmp_path / TEACHER
    ).read_text(encoding="utf-8")
    assert main([*words, "--seed", "5", "--role", "Lakeland"]) == 0
    assert capfd.readouterr().out.splitlines() == [str(tmp_path / "card-lakeland.html")]
    assert main([*words, "--seed", "5", "--role", "Lakland"]) == 2
    assert "got Lakland, did you mean Lakeland?; there are" in capfd.readouterr().err
    assert main([*words, "--seed", "6"]) == 2
    assert "must not be mixed" in capfd.readouterr().err
    assert main([*words, "--seed", "6", "--fresh"]) == 0
