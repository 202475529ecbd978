"""The figures of a comparison: which there are, what each shows, and how it is drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from sim.report.figures import difference_convergence, distributions, flow, forest, rungs_beside
from sim.report.figures.distributions import measures
from sim.report.figures.drawing import Drawing

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison


def drawings(of: Comparison) -> list[Drawing]:
    """The figures that there is something for: those of each pair, then those of all scenarios."""
    found = []
    for k, other in enumerate(of.others, start=1):
        if of.pairs[other].empty:
            continue
        pair = list(_of_pair(of, other))
        if len(of.others) > 1:
            pair = [
                replace(one, name=f"{one.name}_{k}", heading=f"{one.title}: {other}")
                for one in pair
            ]
        found += pair
    return [*found, *_of_all(of)]


def _of_pair(of: Comparison, other: str) -> Iterator[Drawing]:
    """Another scenario beside the baseline."""
    yield Drawing(
        "differences",
        "How much differs",
        "Dots with intervals: difference of each outcome and main measure, "
        f"{other} minus {of.baseline}.",
        "Dots: the difference from the baseline. Thick bars: its 95 % interval, from pairs on the "
        "same luck where the runs are paired. Thin lines: the interval that the same runs would "
        "give without pairing. Blue: beyond chance with all tests counted (Holm, 5 %).",
        partial(forest.draw, of, other),
    )
    if of.paired:
        yield Drawing(
            "flow",
            "What became of each replication",
            f"Ribbons from the outcomes of {of.baseline} to those of {other}, "
            "replication by replication.",
            "Left: outcomes in the baseline. Right: outcomes of the same replications, with the "
            "same luck, in the other scenario. Grey: the outcome stayed. Coloured: it changed, in "
            "the colour of what it was.",
            partial(flow.draw, of, other),
        )
    if {other, of.baseline} <= of.ensembles.keys():
        yield Drawing(
            "rungs",
            "Rungs, day by day",
            f"Stacked areas: share of each rung by day in {of.baseline} and in {other}, "
            "and their difference.",
            "Above: each column is a day, its colours show how many replications had which rung "
            "as the highest of that day. Below: the second minus the first; what is above zero is "
            "more frequent in the second, what is below less.",
            partial(rungs_beside.draw, of, other),
        )
    yield Drawing(
        "convergence",
        "How it settled",
        f"Lines that settle: difference of {other} and {of.baseline} after so many replications, "
        "with both intervals.",
        "The difference after the first so many replications, for the outcome that differs most "
        "and the first of the main measures. Blue: the estimate and its 95 % interval. Grey "
        "lines: the interval without pairing. The more replications, the narrower both.",
        partial(difference_convergence.draw, of, other),
    )


def _of_all(of: Comparison) -> Iterator[Drawing]:
    """All scenarios over each other."""
    if measures(of, times=True):
        yield Drawing(
            "curves",
            "Up to how much, how often?",
            "Rising lines, one a scenario: share of replications at or below each value.",
            "Each line rises with the share of replications that lie at or below a value; a line "
            "further to the right means more of it. Of times: the share in which it has happened "
            "by that day; a line that does not reach the top belongs to what never came in the "
            "rest.",
            partial(distributions.draw_curves, of),
        )
    if measures(of, times=False):
        yield Drawing(
            "clouds",
            "Where replications lie",
            "For each scenario a hill of how often each value comes, a bar of the middle half, "
            "and dots of single replications.",
            "Hill: how often each value comes. Thick bar: the middle half of the replications. "
            "Thin bar: nine in ten. Ring: the middle one. Dots: single replications.",
            partial(distributions.draw_clouds, of),
        )
