"""All figures of a comparison: which there are, how each is drawn and what it shows in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from matplotlib.figure import Figure

from sim.report.figures import convergence, distributions, flow, forest, rungs_beside, style
from sim.report.figures.all import finished
from sim.report.figures.comparison_style import drawn

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison


class Drawing(NamedTuple):
    """A figure: the scenario that it sets beside the baseline (None: all), its kind, title, what one who cannot see it should be told, how it is drawn."""

    other: str | None
    kind: str
    title: str
    alt: str
    draw: Callable[[], Figure]


def drawings(of: Comparison) -> dict[str, Drawing]:
    """The figures that there is something for, by the name of their files."""
    found = {}
    for k, other in enumerate(of.others, start=1):
        tail = f"_{k}" if len(of.others) > 1 else ""
        if of.pairs[other].empty:
            continue
        alt = f"Dots with intervals: difference of each outcome and main measure, {other} minus {of.baseline}."
        found[f"differences{tail}"] = Drawing(
            other, "differences", "How much differs", alt, partial(forest.draw, of, other)
        )
        if of.paired:
            alt = f"Ribbons from the outcomes of {of.baseline} to those of {other}, replication by replication."
            found[f"flow{tail}"] = Drawing(
                other, "flow", "What became of each replication", alt, partial(flow.draw, of, other)
            )
        if {other, of.baseline} <= of.ensembles.keys():
            alt = f"Stacked areas: share of each rung by day in {of.baseline} and in {other}, and their difference."
            found[f"rungs{tail}"] = Drawing(
                other, "rungs", "Rungs, day by day", alt, partial(rungs_beside.draw, of, other)
            )
        alt = f"Lines that settle: difference of {other} and {of.baseline} after so many replications, with both intervals."
        found[f"settling{tail}"] = Drawing(
            other, "settling", "How it settled", alt, partial(convergence.draw, of, other)
        )
    if drawn(of, times=True):
        alt = "Rising lines, one a scenario: share of replications at or below each value."
        found["curves"] = Drawing(
            None,
            "curves",
            "Up to how much, how often?",
            alt,
            partial(distributions.draw_curves, of),
        )
    if drawn(of, times=False):
        alt = "For each scenario a hill of how often each value comes, a bar of the middle half, and dots of single replications."
        found["clouds"] = Drawing(
            None, "clouds", "Where replications lie", alt, partial(distributions.draw_clouds, of)
        )
    return found


def draw_all(of: Comparison, folder: Path) -> Iterator[tuple[str, Drawing, str]]:
    """Write every figure as PNG and SVG; yields name, drawing, and markup for a page."""
    for name, drawing in drawings(of).items():
        with style.applied():
            yield (
                name,
                drawing,
                finished(drawing.draw(), drawing.title, of.each, folder / name, drawing.alt),
            )
