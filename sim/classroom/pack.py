"""The pages of a lesson as one archive: what to open first, the engine, stories, sheets."""

from __future__ import annotations

import io
import re
import shlex
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from sim.call import command_line
from sim.classroom import engine_image, sandbox
from sim.classroom.lesson import CARDS, STUDENTS, TEACHER, WORLDS, Call, pages
from sim.classroom.levers import handles
from sim.classroom.page import PACKAGE
from sim.classroom.replay import Replay, data
from sim.classroom.replay import text as replay_text
from sim.classroom.sheets import cards
from sim.classroom.stories import lesson_stories, story_name
from sim.classroom.telling import frame
from sim.engine.world import build
from sim.ensemble.engine import ChooseEngine
from sim.narration.ending import ending_of
from sim.replication.ledger import decisions
from sim.replication.pick import StoryPick
from sim.replication.rerun import rerun
from sim.report.pages.html import Kind, render
from sim.scenario import localise
from sim.version import __version__

if TYPE_CHECKING:
    from sim.classroom.variants import Results
    from sim.scenario import Scenario
    from sim.words import Words

START = Kind("start.html.j2", "classroom.pack", ("page.css",), package=PACKAGE)
FIRST = "start.html"
_FILE = "FILE.html"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the same bytes whenever it is made


class Lesson(NamedTuple):
    """What a pack is made from.

    scenario, seed : of all its pages
    called : the scenario as it is named on a command line
    results : of the variants of its lesson, or None if it has none
    runs : replications of these
    engine : as for `sim.run`
    """

    scenario: Scenario
    seed: int
    called: str
    results: Results | None
    runs: int
    engine: ChooseEngine | None = None


class Link(NamedTuple):
    """A page of a pack in a language: where it lies, what it is, what it is for.

    `held` if the teacher keeps it back.
    """

    place: str
    title: str
    what: str
    held: bool


class Part(NamedTuple):
    """The pages of a pack in one language, and the scenario in it."""

    scenario: Scenario
    words: Words
    links: Sequence[Link]


def files(lesson: Lesson, languages: Mapping[str, Words]) -> dict[str, str]:
    """The pages of a pack by their place in it; `start.html` comes first.

    Parameters
    ----------
    lesson : what it is made from
    languages : words by the tag of a language
    """
    found: dict[str, str] = {}
    parts: list[Part] = []
    stories = lesson_stories(lesson.scenario, lesson.seed, lesson.engine)
    for tag in languages:
        scenario, words = localise(lesson.scenario, languages[tag])
        links, held = [], {TEACHER, CARDS, WORLDS, *(one.file for one in cards(scenario))}
        for name, page, key, values in _pages(lesson._replace(scenario=scenario), stories, words):
            place = f"{tag}/{name}"
            found[place] = page
            title = words.text(f"{key}.title", **values)
            links.append(Link(place, title, words.text(f"{key}.what"), name in held))
        parts.append(Part(scenario, words, links))
    start = render(START, parts[0].words, parts=parts, version=__version__)
    return {FIRST: start, **found}


def archive(pages: Mapping[str, str]) -> bytes:
    """The pages as a zip, the same bytes for the same pages."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, page in pages.items():
            about = zipfile.ZipInfo(name, _LONG_AGO)
            file.writestr(about, page.encode(), zipfile.ZIP_DEFLATED, compresslevel=9)
    return out.getvalue()


def _pages(
    lesson: Lesson, stories: Sequence[StoryPick], words: Words
) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Name, page, key of its words and their values; those for the teacher come last."""
    scenario = lesson.scenario
    yield "page.html", _sandbox(lesson, words), "classroom.pack.pages.page", {}
    for one in stories:
        about = {"story": story_name(scenario, one.story, words)}
        page = _replay(lesson, one.replication, words)
        yield f"{slug(one.story)}.html", page, "classroom.pack.pages.story", about
    if lesson.results is None:
        return
    call = Call(lesson.called, lesson.runs, lesson.seed)
    made = pages(scenario, lesson.results, call, words, engine=lesson.engine)
    roles = {one.file: {"role": one.name} for one in cards(scenario)}
    for name in (STUDENTS, TEACHER, CARDS, *roles, WORLDS):
        key = "card" if name in roles else PurePosixPath(name).stem
        section = "classroom.pack" if name in (STUDENTS, TEACHER) else "sheets"
        yield name, made[name], f"{section}.pages.{key}", roles.get(name, {})


def slug(story: str) -> str:
    """A story as the name of a file."""
    return re.sub(r"[^a-z0-9]+", "-", story.lower()).strip("-") or "story"


def _sandbox(lesson: Lesson, words: Words) -> str:
    scenario, template = lesson.scenario, build(lesson.scenario)
    content = sandbox.data(
        scenario, template, handles(scenario), lesson.seed, lesson.called, (), words
    )
    cargo = engine_image.cargo(template, lesson.seed, frame(scenario, lesson.seed, words))
    return sandbox.text(scenario, content, cargo, words)


def _replay(lesson: Lesson, number: int, words: Words) -> str:
    scenario, seed = lesson.scenario, lesson.seed
    run = rerun(scenario, seed, number, engine=lesson.engine)
    made = decisions(scenario, seed, number, engine=lesson.engine)
    options = {"seed": seed, "replication": number, "language": words.language, "out": _FILE}
    again = command_line("replay", shlex.split(lesson.called), options)
    end = ending_of(scenario, seed, number, words, engine=lesson.engine)
    return replay_text(data(Replay(scenario, run, seed, number, again, made, end), words), words)
