"""The page of a comparison: what differs, the findings in words, the figures, the numbers; one HTML file that asks for nothing outside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sim.ensemble.store import read_manifest
from sim.files import write_file
from sim.report.figures.comparison_all import draw_all
from sim.report.pages.comparison_captions import CAPTIONS, PAIRED, UNPAIRED
from sim.report.pages.ensemble import versions
from sim.report.pages.formats import number
from sim.studies.compare import sentences
from sim.studies.compare.sentences import cells
from sim.words import words

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison

MOST_PATHS = 40  # rows of the table of what differs
Json = dict[str, Any]


def write_comparison(of: Comparison, folder: Path) -> Path:
    """Write `figures/` and `compare.html` into a folder; gives the path of the page."""
    (folder / "figures").mkdir(parents=True, exist_ok=True)
    drawn = [
        (name, drawing, Markup(markup))
        for name, drawing, markup in draw_all(of, folder / "figures")
    ]
    path = folder / "compare.html"
    write_file(path, page(of, drawn))
    return path


def page(of: Comparison, drawn: list[tuple[str, Any, Markup]]) -> str:
    """The whole page as text."""
    environment = Environment(
        loader=PackageLoader("sim.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(number=number)
    first = of.ensembles.get(of.baseline)
    manifest = (read_manifest(first.folder) if first else None) or {}
    return environment.get_template("compare.html.j2").render(
        of=of,
        say=sentences,
        title=words().join(of.names),
        differs=list(of.differs.items())[:MOST_PATHS],
        drawn=drawn,
        captions=CAPTIONS,
        cells=lambda row, other, shares: cells(of, row, other, scale=100 if shares else 1),
        method=PAIRED if of.paired else UNPAIRED,
        command=manifest.get("command"),
        versions=manifest.get("versions") or versions(),
    )
