"""A figure, from what draws it to its files and its place in a page.

Every figure of the project is a `Drawing`: those of an ensemble and of a comparison are listed in
`ensemble.py` and `comparison.py`, those of a study in its page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup
from matplotlib.figure import Figure

from sim.files import write_file
from sim.report.figures import palette, style
from sim.report.figures.svg import element
from sim.words import Words

FOLDER = "figures"  # in a results folder
FOOT_SIZE = 10.5  # points


@dataclass(frozen=True)
class Drawing:
    """A figure and what is said of it.

    Attributes
    ----------
    name : of its files, and of the ids in its markup
    title : above it
    alt : what a reader who cannot see it should know
    caption : below it in a page
    draw : gives the figure; called with the style applied
    made_from : what stands in its foot, if not what the page gives for all
    heading : above it in a page, if that says more than the title
    """

    name: str
    title: str
    alt: str
    caption: str
    draw: Callable[[], Figure]
    made_from: str = ""
    heading: str = ""


def in_words(part: str, draw: Callable[[], Figure], words: Words, **values: object) -> Drawing:
    """A drawing whose title, alternative text and caption are words.

    Parameters
    ----------
    part : of the words; its last name becomes that of the files
    draw : gives the figure
    words : the language
    values : what is filled in
    """
    title, alt, caption = (
        words.text(f"{part}.{key}", **values) for key in ("title", "alt", "caption")
    )
    return Drawing(part.rpartition(".")[2], title, alt, caption, draw)


def figure(drawing: Drawing, words: Words, made_from: str = "") -> Figure:
    """The figure with its title and foot; called with the style applied."""
    fig = drawing.draw()
    foot = words.text("report.page.foot", made_from=drawing.made_from or made_from)
    fig.suptitle(drawing.title, x=0.01, ha="left", fontsize=style.TITLE, fontweight="bold")
    fig.supxlabel(foot, x=0.01, ha="left", fontsize=FOOT_SIZE, color=palette.GREY)
    return fig


def pictures(drawing: Drawing, words: Words, made_from: str = "") -> tuple[bytes, bytes]:
    """The figure as PNG and as SVG."""
    with style.settings():
        return style.pictures(figure(drawing, words, made_from))


def write(drawing: Drawing, folder: Path, words: Words, made_from: str = "") -> Markup:
    """Draw a figure, give it its title and foot, and write it as PNG and SVG.

    Parameters
    ----------
    drawing : what to draw
    folder : where the files go; it exists
    words : the language of its foot
    made_from : what it is made from, in a few words, if the drawing does not say it

    Returns
    -------
    its markup for a page
    """
    png, svg = pictures(drawing, words, made_from)
    write_file(folder / f"{drawing.name}.png", png)
    write_file(folder / f"{drawing.name}.svg", svg)
    return element(png, svg, drawing.name, drawing.alt)
