"""Means over all opponents of a tournament, as dots with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from sim.report.figures import palette, style
from sim.report.values import SHARE, short
from sim.studies.tournament.standings import Seat
from sim.words import Words
from sim.words.measures import unit_name

if TYPE_CHECKING:
    from sim.studies.tournament.tournament import TournamentAnswer

_ROW, _APART = 0.55, 0.18  # inches a strategy, and rows between the two states
_MARKS = {Seat.FIRST: ("o", palette.OKABE_ITO[2]), Seat.SECOND: ("s", palette.OKABE_ITO[0])}


def draw(answer: TournamentAnswer, name: str, words: Words) -> Figure:
    """A row a strategy, from the top; in it the mean where either state has it."""
    board, n = answer.boards[name], len(answer.strategies)
    fig = style.figure(height=2.2 + _ROW * n)
    ax = fig.add_subplot()
    for place, (seat, (mark, colour)) in enumerate(_MARKS.items()):
        for k, one in enumerate(board.standings[seat]):
            mean, y = one.mean, k + (2 * place - 1) * _APART
            if mean.value is None:
                continue
            if mean.low is not None:
                ax.plot(mean.bounds, [y, y], color=colour, lw=2.5)
            label = answer.sample.factors[place].name if k == 0 else None
            ax.plot(mean.value, y, mark, ms=9, color=colour, label=label, clip_on=False)
    ax.set_ylim(n - 0.5, -0.5)
    ax.set_yticks(range(n), [short(title, 18) for title in answer.titles(words)])
    ax.set_xlim(left=min(0.0, ax.get_xlim()[0]))
    if board.unit == SHARE:
        ax.xaxis.set_major_formatter(lambda value, _: words.percent(value))
        ax.set_xlabel(words.text("report.figures.share"))
    else:
        ax.xaxis.set_major_formatter(lambda value, _: words.number(value))
        ax.set_xlabel(unit_name(board.unit, words))
    ax.locator_params(axis="x", nbins=5)
    ax.grid(axis="y", color=palette.PALE)
    # above the axes: below them stands the line that every figure ends with
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=2, frameon=False, fontsize=style.SMALL)
    return fig
