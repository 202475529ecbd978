"""An explanation as a picture, or as a page of pictures with their sentences."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from sim.classroom import page
from sim.report.figures import style
from sim.report.figures.svg import embedded

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.words import Words

MOST_FIGURES = 12
PAGE = ".html"


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
    with tempfile.TemporaryDirectory(prefix="escalation-") as folder, style.applied():
        drawn = []
        for n, (heading, text, draw) in enumerate(
            parts[: MOST_FIGURES if out.suffix.lower() == PAGE else 1]
        ):
            png, svg = style.save(draw(), Path(folder) / f"figure{n}")
            if out.suffix.lower() != PAGE:
                partial = out.with_name(f".{out.name}.{os.getpid()}.part")
                partial.write_bytes((png if out.suffix.lower() == ".png" else svg).read_bytes())
                os.replace(partial, out)
                return
            drawn.append(
                {
                    "heading": heading,
                    "text": text,
                    "figure": Markup(embedded(png, svg, f"why{n}", f"{heading}. {text}")),
                }
            )
    page.write(out, page.render("explain.html.j2", words, "explain", title=title, parts=drawn))
