"""The page of a comparison: what differs, the findings in words, the figures, the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from sim.ensemble.store import read_manifest
from sim.files import make_folder, write_file
from sim.report.figures.comparison import drawings
from sim.report.figures.drawing import FOLDER, Drawing, write
from sim.report.pages.html import LIBRARIES, Kind, render
from sim.studies.compare import sentences
from sim.studies.compare.sentences import cells
from sim.version import versions
from sim.words import words

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison

MOST_PATHS = 40  # rows of the table of what differs
PAGE = Kind("compare.html.j2", "report.comparison", ("report.css",))
PAIRED = (
    "All scenarios ran on the same seed: every chance in a replication hangs on the replication's number, on who is concerned, the day and "
    "what it is for, so replication k meets the same luck in each. Differences are taken replication by replication. Intervals: Student's t "
    "of the differences; for shares the adjusted interval of Bonett and Price (2012), which keeps its coverage where few replications change. "
    "Times that had not come are cut at the horizon (restricted means)."
)
UNPAIRED = "The runs are independent samples. Intervals: Welch's; for shares that of Agresti and Caffo (2000). Times are restricted means."


def write_comparison(of: Comparison, folder: Path) -> Path:
    """Write `figures/` and `compare.html` into a folder; gives the path of the page."""
    make_folder(folder / FOLDER)
    figures = [(drawing, write(drawing, folder / FOLDER, of.each)) for drawing in drawings(of)]
    path = folder / "compare.html"
    write_file(path, page(of, figures))
    return path


def page(of: Comparison, figures: Sequence[tuple[Drawing, Markup]]) -> str:
    """The whole page as text."""
    first = of.ensembles.get(of.baseline)
    manifest = (read_manifest(first.folder) if first else None) or {}
    return render(
        PAGE,
        words(),
        of=of,
        say=sentences,
        title=words().join(of.names),
        differs=list(of.differs.items())[:MOST_PATHS],
        figures=figures,
        cells=lambda row, other, shares: cells(of, row, other, scale=100 if shares else 1),
        method=PAIRED if of.paired else UNPAIRED,
        command=manifest.get("command"),
        versions=manifest.get("versions") or versions(*LIBRARIES),
    )
