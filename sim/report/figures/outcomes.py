"""How it ends: the share of each outcome class, with its interval."""

from __future__ import annotations

from matplotlib.figure import Figure

from sim.report.figures import style
from sim.report.pages.facts import Facts
from sim.report.pages.formats import percent


def draw(facts: Facts) -> Figure:
    """Horizontal bars, the class and its share written above each, the 95 % interval as a whisker."""
    rows = facts.summary.outcomes
    colours = style.outcome_colours(list(rows))
    fig = style.figure(height=1.3 + 0.72 * len(rows))
    ax = fig.add_subplot()
    for place, (name, row) in enumerate(rows.items()):
        known, probability = row.value is not None, row.value or 0.0
        low, high = row.bounds
        ax.barh(place, probability, height=0.42, color=colours[name], edgecolor=style.INK, lw=0.8)
        if known:
            ax.errorbar(
                probability,
                place,
                xerr=[[max(0.0, probability - low)], [max(0.0, high - probability)]],
                color=style.INK,
                lw=2,
                capsize=5,
                capthick=2,
            )
        text = (
            f"{percent(probability)}  (95 %: {percent(low)} to {percent(high)})"
            if known
            else "unknown: every replication failed"
        )
        ax.text(0, place - 0.28, f"{name}   ", fontsize=style.TEXT, fontweight="bold", va="bottom")
        ax.text(1, place - 0.28, text, fontsize=style.TEXT, va="bottom", ha="right")
    ax.set_ylim(len(rows) - 0.5, -0.85)
    ax.set_xlim(0, 1)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25 %", "50 %", "75 %", "100 %"])
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_xlabel("share of replications")
    return fig
