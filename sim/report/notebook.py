"""The figures of a result as a notebook shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.errors import ModelError
from sim.report.ensemble_data import MOST_DRAWN, gather
from sim.report.figures import comparison, drawing, ensemble, event_study, style
from sim.report.figures.drawing import Drawing
from sim.words import PLAIN, Words
from sim.words import words as words_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from sim.ensemble import Ensemble
    from sim.studies.compare.run import CompareAnswer
    from sim.studies.event_study import EventStudy


@dataclass(frozen=True)
class Picture:
    """A figure that a notebook shows where it is the last value of a cell.

    `title`, `alt` (what a reader who cannot see it should know) and `caption` are its words.
    """

    drawing: Drawing
    words: Words
    made_from: str = ""

    @property
    def title(self) -> str:
        return self.drawing.title

    @property
    def alt(self) -> str:
        return self.drawing.alt

    @property
    def caption(self) -> str:
        return self.drawing.caption

    def figure(self) -> Figure:
        """The Matplotlib figure, to be changed or saved; a new one at each call."""
        with style.settings():
            return drawing.figure(self.drawing, self.words, self.made_from)

    def __repr__(self) -> str:
        return f"<Picture {self.drawing.name}: {self.title}>"

    def _repr_svg_(self) -> str:
        _, svg = drawing.pictures(self.drawing, self.words, self.made_from)
        return svg.decode()


def figures(
    result: Ensemble | CompareAnswer | EventStudy, *, language: str = PLAIN
) -> dict[str, Picture]:
    """The figures of a result, by name; nothing is drawn before it is shown.

    Those of the reports, without the two single replications; of an event study a figure for each
    series.

    Parameters
    ----------
    result : what `sim.run`, `sim.compare` or `sim.event_study` gave
    language : of their words, a tag such as en or fr

    Raises
    ------
    ModelError : if there is no such language, or the result is of another kind
    """
    from sim.report.pages.ensemble import Results
    from sim.studies.compare.run import CompareAnswer
    from sim.studies.event_study import EventStudy

    words = words_of(language)
    if isinstance(result, Results):
        data = gather(*result.first(MOST_DRAWN), result.scenario, result.seed, result.columns())
        found = ensemble.drawings(data, {}, words)
        return {name: Picture(one, words) for name, one in found.items()}
    if isinstance(result, CompareAnswer):
        of = result.comparison
        made_from = of.each_in(words)
        return {one.name: Picture(one, words, made_from) for one in comparison.drawings(of, words)}
    if isinstance(result, EventStudy):
        return {one.name: Picture(one, words) for one in event_study.drawings(result, words)}
    raise ModelError(
        "figures: need what sim.run, sim.compare or sim.event_study gave, "
        f"got {type(result).__name__}"
    )
