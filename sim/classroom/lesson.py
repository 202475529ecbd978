"""The lesson of a scenario as pages: notes for the teacher, a sheet for students, cards, worlds.

The notes and the ten worlds on paper have answers from runs, the sheet and the cards have none. A
card holds what one role knows, and no other page for pupils does.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sim.classroom import sheets
from sim.classroom.lesson_parts import require_lesson
from sim.classroom.lesson_writer import LessonWriter
from sim.classroom.page import PACKAGE
from sim.classroom.plans import plans
from sim.classroom.stories import Mismatch, StoryNote, lesson_stories, mismatches, story_notes
from sim.classroom.variants import Baseline, Effect, Results
from sim.ensemble.engine import ChooseEngine
from sim.narration.names import titles_of
from sim.report.figures.palette import outcome_colours
from sim.report.pages.html import Kind, render
from sim.scenario import Scenario, localise
from sim.scenario.schema import Event, Question, Trial
from sim.scenario.spec import show
from sim.version import __version__
from sim.words import PLAIN, Words
from sim.words.measures import unit_beside
from sim.words.names import script_name

STYLES = ("page.css", "lesson.css")
TEACHER, STUDENTS, CARDS, WORLDS = "teacher.html", "students.html", "cards.html", "worlds.html"
PAGES = {
    name: Kind(f"{name}.j2", "classroom.lesson", STYLES, package=PACKAGE)
    for name in (TEACHER, STUDENTS, CARDS, WORLDS)
}


class Call(NamedTuple):
    """The call of a lesson: the scenario as a command line names it, replications and seed."""

    scenario: str
    runs: int
    seed: int

    def command(self, name: str, *words: str) -> str:
        """A command that a reader can type."""
        return f"python run_sim.py {name} {self.scenario} {shlex.join(words)}".rstrip()


def pages(
    scenario: Scenario,
    results: Results,
    call: Call,
    words: Words,
    *,
    engine: ChooseEngine | None = None,
) -> dict[str, str]:
    """All pages by the names of their files: those of `PAGES`, and each card in one of its own."""
    scenario, words = localise(scenario, words)
    results = results.with_labels_of(scenario)
    teaching, writer = require_lesson(scenario), LessonWriter(words)
    titles, picture, cards = (
        titles_of(scenario.file),
        sheets.picture(scenario),
        sheets.cards(scenario),
    )
    found = lesson_stories(scenario, call.seed, engine)
    heard = story_notes(scenario, found, call.seed, words, engine)
    careful = list(mismatches(scenario, found, words))
    shares = {name: one.value for name, one in results.outcomes().items()}
    known: dict[str, Any] = {
        "page": scenario,
        "teaching": teaching,
        "version": __version__,
        "plans": plans(teaching, words),
        "people": sheets.people(scenario, words),
        "drawing": picture,
        "drawing_list": "; ".join(
            f"{n} {one['name']}" for n, one in enumerate(picture["sectors"], 1)
        ),
        "rungs": sheets.ladder(words),
        "glossary": sheets.glossary(words),
        "endings": sheets.endings(scenario, shares, words),
        "stories": [_story(one, call, words) for one in heard],
        "paper": list(sheets.paper_worlds(scenario, call.seed, words, engine)),
        "worlds_n": results.n,
        "cards": cards,
        "preparations": _preparations(scenario, call, words),
        "reports": [_report(event, titles, writer) for event in scenario.file.history],
        "release": words.date(scenario.release),
        "bars": list(_bars(results, writer)),
        "ending": _ending(results, writer),
        "trials": [_trial(trial, results, call, writer) for trial in teaching.tries],
        "questions": [
            _question(question, results, writer)
            | _asked_of(question, f"teaching.questions.{i}", heard, careful, words)
            for i, question in enumerate(teaching.questions)
        ],
        "made_from": words.text(
            "classroom.lesson.made_from",
            n=results.n,
            runs=writer.plain(results.n),
            seed=call.seed,
            scenario=scenario.id,
            digest=scenario.digest[:12],
        ),
        "failed": words.text("classroom.lesson.failed", n=results.failures)
        if results.failures
        else "",
    }
    made = {name: render(kind, words, **known) for name, kind in PAGES.items()}
    own = {one.file: render(PAGES[CARDS], words, **known | {"cards": [one]}) for one in cards}
    return made | own


def _story(one: StoryNote, call: Call, words: Words) -> dict[str, Any]:
    """A story of the notes, with the command that makes its page."""
    language = () if words.language == PLAIN else ("--language", words.language)
    number = ("--seed", str(call.seed), "--replication", str(one.replication))
    command = call.command("replay", *number, *language, "--out", "story.html")
    return one._asdict() | {"command": command}


def _asked_of(
    question: Question,
    path: str,
    heard: Sequence[StoryNote],
    careful: Sequence[Mismatch],
    words: Words,
) -> dict[str, Any]:
    """Of which story a question is asked, and what of it happens in none of the stories."""
    story = next((one for one in heard if one.story == question.story), None)
    text = words.text
    return {
        "story": text("sheets.notes.asked_of", story=story.name, n=story.replication)
        if story
        else "",
        "careful": [one.given for one in careful if one.path == path],
    }


def _preparations(scenario: Scenario, call: Call, words: Words) -> list[tuple[str, str]]:
    """What to make before the lesson, and the commands that make it, in the same language."""
    seed, language = (
        ("--seed", str(call.seed)),
        () if words.language == PLAIN else ("--language", words.language),
    )
    return [
        (
            words.text("classroom.lesson.prepare_page"),
            call.command("page", *seed, *language, "--out", "page.html"),
        ),
        (
            words.text("classroom.lesson.prepare_pack"),
            call.command("pack", *seed, "--out", "lesson.zip"),
        ),
        (
            words.text("classroom.lesson.prepare_report"),
            call.command("run", *seed, "--runs", str(call.runs)),
        ),
    ]


def _report(event: Event, titles: Mapping[str, str], writer: LessonWriter) -> dict[str, str]:
    """A dated event as the class reads it, with what each party claims."""
    claims = [
        writer.words.text("classroom.lesson.claims", who=titles[who], n=writer.plain(float(count)))
        for who, count in event.claims.items()
    ]
    what = event.label or f"{titles[event.actor]}: {script_name(event.action, writer.words)}"
    return {
        "date": writer.words.date(event.date) if event.date else "",
        "what": what,
        "claims": f"({'; '.join(claims)})" if claims else "",
    }


def _bars(results: Results, writer: LessonWriter) -> Iterator[dict[str, Any]]:
    """The outcomes as it is, as bars in per cent of the width."""
    rows = results.outcomes()
    colours = outcome_colours(list(rows))
    for name, row in rows.items():
        low, high = row.bounds
        yield {
            "name": writer.words.term("vocabulary.outcomes", name),
            "colour": colours[name],
            "size": round(100 * (row.value or 0), 2),
            "low": round(100 * low, 2),
            "width": round(100 * (high - low), 2),
            "text": writer.value(row.value or 0.0, share=True),
            "interval": writer.range(low, high, share=True),
        }


def _ending(results: Results, writer: LessonWriter) -> str:
    rows = results.outcomes()
    best = max(rows, key=lambda name: rows[name].value or 0)
    share = rows[best].value or 0
    key = "sentence_only" if share == 1 else "sentence_outcome"
    values = {"outcome": writer.words.term("vocabulary.outcomes", best)} | (
        {} if share == 1 else {"share": writer.value(share, share=True)}
    )
    return writer.words.text(f"classroom.lesson.{key}", **values)


def _trial(trial: Trial, results: Results, call: Call, writer: LessonWriter) -> dict[str, Any]:
    """A thing to try: what to do, how, and what comes out."""
    sets = [
        word for path, value in trial.set.items() for word in ("--set", f"{path}={show(value)}")
    ]
    rows = [
        _row_of_effect(results.effect(trial.label, watch, writer.words), writer)
        if trial.set
        else _row_of_baseline(results.baseline(watch, writer.words), writer)
        for watch in trial.watch
    ]
    return {
        "label": trial.label,
        "do": trial.do,
        "sliders": sliders(trial, results.scenario, writer),
        "command": call.command("run", *sets, "--seed", str(call.seed), "--runs", str(call.runs)),
        "rows": rows,
        "sentences": [row["sentence"] for row in rows],
    }


def _row_of_effect(effect: Effect, writer: LessonWriter) -> dict[str, str]:
    pair, share = effect.difference, effect.share
    return {
        "label": effect.label,
        "unit": unit_beside(effect.unit, writer.words),
        "before": writer.value(pair.before, share=share),
        "after": writer.value(pair.after, share=share),
        "change": writer.change(pair.change, share=share),
        "interval": writer.changes(pair.low, pair.high, share=share),
        "sentence": writer.finding(effect),
    }


def _row_of_baseline(number: Baseline, writer: LessonWriter) -> dict[str, str]:
    return {
        "label": number.label,
        "unit": unit_beside(number.unit, writer.words),
        "before": writer.value(number.value, share=number.share),
        "interval": writer.range(number.low, number.high, share=number.share),
        "sentence": writer.now(number),
    }


def sliders(trial: Trial, scenario: Scenario, writer: LessonWriter) -> str:
    """Where the levers of a page stand for a thing to try, if it sets any number."""
    labels = {lever.path: lever.label for lever in scenario.file.levers}
    return "; ".join(
        writer.words.text(
            "classroom.lesson.slider", label=labels.get(path, path), value=writer.plain(value)
        )
        for path, value in trial.set.items()
    )


def _question(question: Question, results: Results, writer: LessonWriter) -> dict[str, Any]:
    """A question with its hint, and the numbers that answer it."""
    answers: list[tuple[str, Sequence[str]]] = []
    if question.watch:
        answers.append(
            (
                writer.words.text("classroom.lesson.from_runs"),
                [writer.now(results.baseline(watch, writer.words)) for watch in question.watch],
            )
        )
    for label in question.trials:
        if label in results.runs:
            found = [
                writer.finding(results.effect(label, watch, writer.words))
                for watch in question.watch
            ]
            answers.append((writer.words.text("classroom.lesson.with_trial", trial=label), found))
    return {"ask": question.ask, "hint": question.hint, "answers": answers}
