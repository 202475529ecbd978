"""Are these replications enough: the share of each outcome among the first so many of them."""

from __future__ import annotations

from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullFormatter

from sim.report.figures import style
from sim.report.pages.facts import Facts
from sim.report.pages.formats import number, percent
from sim.stats.convergence import running


def draw(facts: Facts) -> Figure:
    """One line an outcome class with its narrowing 95 % band, against the number of replications."""
    classes = list(facts.summary.outcomes)
    colours = style.outcome_colours(classes)
    fig = style.figure(height=4.9)
    ax = fig.add_subplot()
    labels = []
    for name in classes if facts.n else ():
        line = running(facts.whole, name)
        ax.fill_between(line.runs, line.low, line.high, color=colours[name], alpha=0.22, lw=0)
        ax.plot(line.runs, line.share, color=colours[name])
        labels.append((line.share[-1], f"{name}\n{percent(line.share[-1])}", colours[name]))
    ax.set_xscale("log")
    ax.set_xlim(min(10, max(1, facts.n)), max(11, facts.n))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(int(value))))
    ax.xaxis.set_minor_formatter(NullFormatter())
    top = max((row.bounds[1] for row in facts.summary.outcomes.values()), default=1.0)
    style.percent_axis(ax)
    ax.set_ylim(0, min(1.0, 1.35 * top))
    ax.set_xlabel("replications so far")
    ax.set_ylabel("share of replications")
    if facts.n:
        style.name_lines(ax, facts.n, labels, gap=0.15)
    else:
        ax.text(0.5, 0.5, "every replication failed", transform=ax.transAxes, ha="center")
    return fig
