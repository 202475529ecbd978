"""An explanation as a picture, or as a page of pictures with their sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.classroom.page import PACKAGE
from sim.files import write_file
from sim.report.figures import missing, style
from sim.report.figures.svg import element
from sim.report.pages.html import Kind, render

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.words import Words

MOST_FIGURES = 12
HTML, PNG = ".html", ".png"
PAGE = Kind("explain.html.j2", "classroom.explain", ("page.css", "explain.css"), package=PACKAGE)


def write(
    out: Path, title: str, parts: Sequence[tuple[str, str, Callable[[], Figure]]], words: Words
) -> None:
    """Write figures: a page for `.html`, else the first as the picture whose kind the ending names.

    Parameters
    ----------
    out : ends in .html, .png or .svg
    title : of the page
    parts : heading, sentences and what draws the figure, of each
    words : the language of the page
    """
    ending = out.suffix.lower()
    with style.settings():
        if ending != HTML:
            png, svg = style.pictures(parts[0][2]())
            write_file(out, png if ending == PNG else svg)
            missing.tell(words)
            return
        drawn = [
            {
                "heading": heading,
                "text": text,
                "figure": element(*style.pictures(draw()), f"why{n}", f"{heading}. {text}"),
            }
            for n, (heading, text, draw) in enumerate(parts[:MOST_FIGURES])
        ]
    write_file(out, render(PAGE, words, title=title, parts=drawn))
