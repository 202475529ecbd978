"""The page of a comparison: what differs, the findings in words, the figures, the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from sim.ensemble.manifest import Manifest, read_manifest
from sim.files import make_inside, write_file
from sim.narration.outcomes import meanings
from sim.report.figures.comparison import MOST_SIDES, drawings
from sim.report.figures.drawing import FOLDER, Drawing, write
from sim.report.pages.crossing import MatrixText, RegretText
from sim.report.pages.html import Kind, Provenance, render
from sim.studies.compare.by_day import sentences
from sim.studies.compare.regret import CrossResults
from sim.studies.compare.sentences import Findings, cells
from sim.words import PLAIN, Words
from sim.words import words as words_of
from sim.words.measures import measure_meaning, target_name, unit_name

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison
    from sim.studies.compare.quantities import Contrast

MOST_PATHS = 40  # rows of the table of what differs
PAGE = Kind("compare.html.j2", "report.comparison", ("report.css",))
FILE = "compare.html"
NOTHING = CrossResults()
_DIGEST = 12  # characters that are shown


def write_comparison(
    of: Comparison, folder: Path, found: CrossResults | None = None, *, language: str = PLAIN
) -> Path:
    """Write `figures/` and `compare.html` into a folder; gives the path of the page.

    `found` is what was worked out beside the differences: matrices and regret.
    """
    of, words = of.in_language(words_of(language))
    make_inside(folder, FOLDER)
    figures = [
        (drawing, write(drawing, folder / FOLDER, words, of.each_in(words)))
        for drawing in drawings(of, words)
    ]
    write_file(folder / FILE, page(of, figures, words, found or NOTHING))
    return folder / FILE


def page(
    of: Comparison,
    figures: Sequence[tuple[Drawing, Markup]],
    words: Words,
    found: CrossResults = NOTHING,
) -> str:
    """The whole page as text, from its figures and their markup."""
    first = of.ensembles.get(of.baseline)
    manifest = (read_manifest(first.folder) if first else None) or Manifest()

    def meaning(name: str, gap: Contrast) -> str:
        about = of.about[name]
        key = "about"
        values = {
            "meaning": measure_meaning(about, words),
            "unit": unit_name(about.unit, words),
        }
        if gap.upto is not None:
            key, values = "about_time", {**values, "day": str(gap.upto)}
        return words.text(f"report.comparison.numbers.{key}", **values)

    findings = Findings(of, words)
    return render(
        PAGE,
        words,
        of=of,
        pairing=findings.pairing(),
        about=findings.about,
        apart={name: sentences(one, words) for name, one in of.by_day.items()},
        each=of.each_in(words),
        title=_title(of, found, words),
        differs=list(of.differs.items())[:MOST_PATHS],
        figures=figures,
        meaning=meaning,
        meanings=meanings((side.scenario for side in of.sides.values()), words),
        name_of=lambda name: target_name(name, of.about, words),
        cells=lambda row, other, shares: cells(
            of, row, other, scale=100 if shares else 1, words=words
        ),
        method=words.text(f"report.comparison.{'paired' if of.paired else 'unpaired'}"),
        sides=[
            (
                name,
                words.text(
                    "report.comparison.side",
                    seed=str(side.seed),
                    digest=side.scenario.digest[:_DIGEST],
                ),
            )
            for name, side in of.sides.items()
        ],
        provenance=Provenance.of(manifest),
        asked=found.crossing.asked if found.crossing else None,
        matrix=MatrixText(of, found, words) if found.matrices else None,
        regret=RegretText(of, found, words) if found.regret else None,
        crowded=len(of.names) > MOST_SIDES,
        most_sides=MOST_SIDES,
    )


def _title(of: Comparison, found: CrossResults, words: Words) -> str:
    """What the design is called, else the names of all, or how many they are."""
    if found.crossing is not None and found.crossing.asked is not None:
        return found.crossing.asked.label
    if len(of.names) > MOST_SIDES:
        return words.text("paper.matrix.number", n=len(of.names))
    return words.join(of.names)
