"""A page about many points: what its parts are, and how it becomes figures as files and one HTML file that asks for nothing outside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from matplotlib.figure import Figure

from sim.files import make_folder, write_file
from sim.report.figures import style
from sim.report.figures.all import FOOT, FOOT_SIZE
from sim.report.figures.svg import embedded
from sim.report.pages.ensemble import versions

if TYPE_CHECKING:
    from sim.scenario import Scenario

FIGURES = "figures"


class Drawing(NamedTuple):
    """A figure: the name of its files, its title, what one who cannot see it should be told, what stands below, and how it is drawn."""

    name: str
    title: str
    alt: str
    caption: str
    draw: Callable[[], Figure]


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
    make_folder(folder / FIGURES)
    foot = f"{FOOT} · {scenario.id} · {page.made_from}"
    drawn = {
        drawing.name: Markup(made(drawing, folder / FIGURES, foot))
        for section in page.sections
        for drawing in section.drawings
    }
    environment = Environment(
        loader=PackageLoader("sim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    text = environment.get_template("study.html.j2").render(
        page=page, scenario=scenario, drawn=drawn, command=command, versions=versions()
    )
    write_file(folder / file, text)
    return folder / file


def made(drawing: Drawing, folder: Path, foot: str) -> str:
    """Draw a figure in the style of all, write its files, and give its markup."""
    with style.applied():
        fig = drawing.draw()
        fig.suptitle(drawing.title, x=0.01, ha="left", fontsize=style.TITLE, fontweight="bold")
        fig.supxlabel(foot, x=0.01, ha="left", fontsize=FOOT_SIZE, color=style.GREY)
        return embedded(*style.save(fig, folder / drawing.name), drawing.name, drawing.alt)
