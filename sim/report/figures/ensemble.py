"""The figures of an ensemble: which there are, and how each is drawn.

Their titles, captions and the sentences for readers who cannot see them are words, in the part
`report.figures` under the name of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial

from sim.report.ensemble_data import EnsembleData
from sim.report.figures import (
    convergence,
    days,
    outcome_tree,
    outcomes,
    schematic,
    timeline,
    times,
    typology,
)
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
#: Beside them, where there are replications enough (`courses`).
OF_COURSES = ("typology", "tree")
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

    figures = [*map(drawing, OF_ALL), *courses(data, words, early), *map(story, stories)]
    return {one.name: one for one in figures}


def courses(data: EnsembleData, words: Words, made_from: str) -> Iterator[Drawing]:
    """How runs go and which early turns lead where, if there are runs enough to say it."""
    if (types := data.typology) is not None:
        step = words.text(f"paper.figures.typology.each_{'day' if types.step == 1 else 'week'}")
        paint = partial(typology.draw, types, words)
        figure = in_words("paper.figures.typology", paint, words, step=step)
        yield replace(figure, made_from=made_from)
    if (tree := data.tree) is not None and tree.has_turns:
        figure = in_words("paper.figures.tree", partial(outcome_tree.draw, tree, words), words)
        yield replace(figure, made_from=made_from)
