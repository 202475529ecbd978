"""The figures of a comparison: which there are, and how each is drawn.

Their titles, captions and the sentences for readers who cannot see them are words, in the part
`report.figures.compared` under the name of each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from sim.report.figures import by_day as days_apart
from sim.report.figures import difference_convergence, distributions, flow, forest, rungs_beside
from sim.report.figures.distributions import measures
from sim.report.figures.drawing import Drawing, in_words
from sim.words import Words

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison


#: Scenarios up to which there are figures: of more, pairs would be pages and curves a tangle.
MOST_SIDES = 6


def drawings(of: Comparison, words: Words) -> list[Drawing]:
    """The figures that there is something for: those of each pair, then those of all scenarios.

    None for more than `MOST_SIDES` scenarios, of which a matrix tells more.
    """
    if len(of.names) > MOST_SIDES:
        return []
    pairs = []
    for k, other in enumerate(of.others, start=1):
        if of.pairs[other].empty:
            continue
        pair = list(_of_pair(of, other, words))
        if len(of.others) > 1:
            pair = [
                replace(one, name=f"{one.name}_{k}", heading=f"{one.title}: {other}")
                for one in pair
            ]
        pairs += pair
    return [*pairs, *_of_all(of, words)]


def _of_pair(of: Comparison, other: str, words: Words) -> Iterator[Drawing]:
    """Another scenario beside the baseline."""

    def drawing(name: str, draw: Callable[[Comparison, str, Words], Figure]) -> Drawing:
        paint = partial(draw, of, other, words)
        return in_words(
            f"report.figures.compared.{name}", paint, words, baseline=of.baseline, other=other
        )

    yield drawing("differences", forest.draw)
    if of.paired:
        yield drawing("flow", flow.draw)
    if {other, of.baseline} <= of.ensembles.keys():
        yield drawing("rungs", rungs_beside.draw)
    if other in of.by_day:
        paint = partial(days_apart.draw, of.by_day[other], words)
        names = {"baseline": of.baseline, "other": other}
        yield in_words("paper.figures.by_day", paint, words, **names)
    if difference_convergence.has_panels(of, other, words):
        yield drawing("convergence", difference_convergence.draw)


def _of_all(of: Comparison, words: Words) -> Iterator[Drawing]:
    """All scenarios over each other."""

    def drawing(name: str, draw: Callable[[Comparison, Words], Figure]) -> Drawing:
        return in_words(f"report.figures.compared.{name}", partial(draw, of, words), words)

    if measures(of, times=True):
        yield drawing("curves", distributions.draw_curves)
    if measures(of, times=False):
        yield drawing("clouds", distributions.draw_clouds)
