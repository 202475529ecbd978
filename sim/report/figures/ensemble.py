"""The figures of an ensemble: which there are, and how each is drawn.

Their titles, captions and the sentences for readers who cannot see them are words, in the part
`report.figures` under the name of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from sim.report.ensemble_data import EnsembleData
from sim.report.figures import convergence, days, outcomes, schematic, timeline, times
from sim.report.figures.drawing import Drawing, in_words
from sim.words import Words

#: What draws each figure, in the order of the report.
OF_ALL = {
    "outcomes": outcomes.draw,
    "convergence": convergence.draw,
    "rungs": days.draw_rungs,
    "times": times.draw_events,
    "ceasefires": times.draw_ceasefire,
    "deaths": days.draw_deaths,
    "places": schematic.draw,
}
#: Made from the first replications where there are very many.
BY_DAY = ("rungs", "deaths")
#: Single replications, as timelines.
OF_ONE = ("typical", "extreme")


def drawings(
    data: EnsembleData, stories: Mapping[str, timeline.Line], words: Words
) -> dict[str, Drawing]:
    """Every figure by its name.

    Parameters
    ----------
    data : of the ensemble
    stories : replications to draw, by a name in `OF_ONE`
    words : the language of the figures
    """
    runs = words.count(data.n, "replication")
    made_from = f"{data.scenario.id} · {runs}"
    early, caption = made_from, ""
    if data.n_by_day < data.n:
        first = words.text("report.figures.first_of", drawn=data.n_by_day, made_from=runs)
        early = f"{data.scenario.id} · {first}"
        caption = words.text("report.figures.early", drawn=data.n_by_day, n=data.n)

    def drawing(name: str) -> Drawing:
        figure = in_words(f"report.figures.{name}", partial(OF_ALL[name], data, words), words)
        if name in BY_DAY:
            return replace(figure, caption=figure.caption + caption, made_from=early)
        return replace(figure, made_from=made_from)

    def story(name: str) -> Drawing:
        return Drawing(
            name,
            words.text(f"report.figures.{name}.title"),
            words.text("report.figures.timeline.alt"),
            words.text("report.figures.timeline.caption"),
            partial(timeline.draw, stories[name], words),
            made_from=made_from,
        )

    figures = [*map(drawing, OF_ALL), *map(story, stories)]
    return {one.name: one for one in figures}
