"""A page about many points: what its parts are, and how it becomes figures as files and one HTML file that asks for nothing outside."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.files import make_folder, write_file
from sim.report.figures.drawing import FOLDER, Drawing
from sim.report.figures.drawing import write as write_figure
from sim.report.pages.html import LIBRARIES, Kind, render
from sim.version import versions
from sim.words import words

if TYPE_CHECKING:
    from sim.scenario import Scenario

PAGE = Kind("study.html.j2", "report.study", ("report.css",))


class Table(NamedTuple):
    """A table to read; the first `words` columns are words, the others figures."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    words: int = 1


class Section(NamedTuple):
    """A part of a page: what to see first, then figures, tables and notes."""

    heading: str
    see: Sequence[str] = ()
    drawings: Sequence[Drawing] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()


class Page(NamedTuple):
    """A whole page; `facts` are pairs of a name and a value, `made_from` says in a few words what the figures are made from."""

    kind: str
    title: str
    question: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    made_from: str


def write(page: Page, scenario: Scenario, folder: Path, file: str, command: str) -> Path:
    """Write the figures as PNG and SVG into `figures/` of a folder, and the page beside it.

    Parameters
    ----------
    page : what to say
    scenario : of which
    folder : the results folder
    file : name of the page
    command : the call that makes it again

    Returns
    -------
    path of the page
    """
    make_folder(folder / FOLDER)
    made_from = f"{scenario.id} · {page.made_from}"
    markup = {
        drawing.name: write_figure(drawing, folder / FOLDER, words(), made_from)
        for section in page.sections
        for drawing in section.drawings
    }
    text = render(
        PAGE,
        words(),
        page=page,
        scenario=scenario,
        drawn=markup,
        command=command,
        versions=versions(*LIBRARIES),
    )
    write_file(folder / file, text)
    return folder / file
