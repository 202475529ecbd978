"""A page of a study as a record, and how it becomes one HTML file with its figures beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.ensemble.manifest import Manifest
from sim.files import make_folder, write_file
from sim.narration.outcomes import meanings
from sim.report.figures import drawing as figures
from sim.report.figures.drawing import Drawing
from sim.report.pages.html import Kind, Provenance, render
from sim.words import Words

if TYPE_CHECKING:
    from sim.scenario import Scenario

PAGE = Kind("study.html.j2", "studies.page", ("report.css",))


class Table(NamedTuple):
    """A table to read; the first `texts` columns are texts, the others numbers."""

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    texts: int = 1


class Section(NamedTuple):
    """A part of a page: what to see first, then figures, tables and notes."""

    heading: str
    see: Sequence[str] = ()
    drawings: Sequence[Drawing] = ()
    tables: Sequence[Table] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Page:
    """A whole page.

    Attributes
    ----------
    kind : of study, in a word or two
    title, question : at the top
    facts : pairs of a name and a value
    sections : its parts, in order
    made_from : what the figures are made from, in a few words
    """

    kind: str
    title: str
    question: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    made_from: str

    @property
    def drawings(self) -> list[Drawing]:
        """The figures of all sections."""
        return [drawing for section in self.sections for drawing in section.drawings]


def write(page: Page, scenario: Scenario, path: Path, command: str, words: Words) -> Path:
    """Write the figures as PNG and SVG into `figures/`, and the page beside that folder.

    Parameters
    ----------
    page : what to say
    scenario : of which
    path : of the page, in the results folder
    command : the call that makes it again
    words : the language

    Returns
    -------
    path of the page
    """
    folder = path.parent / figures.FOLDER
    make_folder(folder)
    made_from = f"{scenario.id} · {page.made_from}"
    markup = {one.name: figures.write(one, folder, words, made_from) for one in page.drawings}
    provenance = Provenance.of(Manifest(), command)
    text = render(
        PAGE,
        words,
        page=page,
        scenario=scenario,
        markup=markup,
        provenance=provenance,
        meanings=meanings([scenario], words),
    )
    write_file(path, text)
    return path
