"""The pages of a lesson as one archive: what to open first, the engine, stories, sheets."""

from __future__ import annotations

import io
import shlex
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from sim.call import command_line
from sim.classroom import engine_image, sandbox
from sim.classroom.lesson import Call, pages
from sim.classroom.levers import handles
from sim.classroom.page import PACKAGE
from sim.classroom.replay import Replay, data
from sim.classroom.replay import text as replay_text
from sim.classroom.telling import frame
from sim.engine.world import build
from sim.ensemble.engine import ChooseEngine
from sim.errors import ModelError
from sim.replication.ledger import decisions
from sim.replication.pick import pick
from sim.replication.rerun import rerun
from sim.report.pages.html import Kind, render
from sim.scenario import localise
from sim.version import __version__
from sim.vocabulary.stories import STORIES

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
    """A page of a pack in a language: where it lies, what it is, what it is for."""

    place: str
    title: str
    what: str


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
    stories = dict(_stories(lesson))
    for tag in languages:
        scenario, words = localise(lesson.scenario, languages[tag])
        links = []
        for name, page, key, values in _pages(lesson._replace(scenario=scenario), stories, words):
            place = f"{tag}/{name}"
            found[place] = page
            title = words.text(f"classroom.pack.pages.{key}.title", **values)
            what = words.text(f"classroom.pack.pages.{key}.what")
            links.append(Link(place, title, what))
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


def _stories(lesson: Lesson) -> Iterator[tuple[str, int]]:
    """Each of `STORIES` that happens, and a replication that tells it; none is told twice."""
    told: set[int] = set()
    for story in reversed([*STORIES]):
        try:
            number = pick(lesson.scenario, lesson.seed, story, engine=lesson.engine).replication
        except ModelError:  # it does not happen
            continue
        if number not in told:
            told.add(number)
            yield story, number


def _pages(
    lesson: Lesson, stories: Mapping[str, int], words: Words
) -> Iterator[tuple[str, str, str, dict[str, str]]]:
    """Name, page, key of its words and their values."""
    yield "page.html", _sandbox(lesson, words), "page", {}
    for story, number in stories.items():
        page = _replay(lesson, number, words)
        about = {"story": words.term("cli.pick.stories", story)}
        yield f"{story.replace(' ', '-')}.html", page, "story", about
    if lesson.results is not None:
        call = Call(lesson.called, lesson.runs, lesson.seed)
        for name, page in pages(lesson.scenario, lesson.results, call, words).items():
            yield name, page, PurePosixPath(name).stem, {}


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
    return replay_text(data(Replay(scenario, run, seed, number, again, made), words), words)
