"""Convergence of the shares of outcomes as replications are added."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from sim.report.ensemble_data import EnsembleData
from sim.report.figures import palette, style
from sim.stats.convergence import running
from sim.words import Words


def draw(data: EnsembleData, words: Words) -> Figure:
    """One line an outcome class with its 95 % band, against the number of replications."""
    classes = list(data.summary.outcomes)
    colours = palette.outcome_colours(classes)
    fig = style.figure(height=4.9)
    ax = fig.add_subplot()
    labels = []
    for name in classes if data.n else ():
        line = running(data.whole, name)
        ax.fill_between(line.runs, line.low, line.high, color=colours[name], alpha=0.22, lw=0)
        ax.plot(line.runs, line.share, color=colours[name])
        labels.append(
            (
                line.share[-1],
                f"{words.term('vocabulary.outcomes', name)}\n{words.percent(line.share[-1])}",
                colours[name],
            )
        )
    ax.set_xscale("log")
    ax.set_xlim(min(10, max(1, data.n)), max(11, data.n))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: words.number(int(value))))
    ax.xaxis.set_minor_formatter(NullFormatter())
    top = max((row.bounds[1] for row in data.summary.outcomes.values()), default=1.0)
    style.percent_axis(ax, words)
    ax.set_ylim(0, min(1.0, 1.35 * top))
    ax.set_xlabel(words.text("report.figures.convergence.x"))
    ax.set_ylabel(words.text("report.figures.share"))
    if data.n:
        style.name_lines(ax, data.n, labels, gap=0.15)
    else:
        ax.text(0.5, 0.5, words.text("report.figures.nothing"), transform=ax.transAxes, ha="center")
    return fig
