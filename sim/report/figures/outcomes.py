"""How it ends: the share of each outcome class, with its interval."""

from __future__ import annotations

from matplotlib.figure import Figure

from sim.report.ensemble_data import EnsembleData
from sim.report.figures import palette, style
from sim.words import Words


def draw(data: EnsembleData, words: Words) -> Figure:
    """Horizontal bars with class and share above each, and its 95 % interval as a whisker."""
    rows = data.summary.outcomes
    colours = palette.outcome_colours(list(rows))
    fig = style.figure(height=1.3 + 0.72 * len(rows))
    ax = fig.add_subplot()
    for place, (name, row) in enumerate(rows.items()):
        known, probability = row.value is not None, row.value or 0.0
        low, high = row.bounds
        ax.barh(place, probability, height=0.42, color=colours[name], edgecolor=palette.INK, lw=0.8)
        if known:
            ax.errorbar(
                probability,
                place,
                xerr=[[max(0.0, probability - low)], [max(0.0, high - probability)]],
                color=palette.INK,
                lw=2,
                capsize=5,
                capthick=2,
            )
        shares = {"share": probability, "low": low, "high": high}
        text = (
            words.text(
                "report.figures.outcomes.bar",
                **{key: words.percent(share) for key, share in shares.items()},
            )
            if known
            else words.text("report.figures.outcomes.unknown")
        )
        title = f"{words.term('vocabulary.outcomes', name)}   "
        ax.text(0, place - 0.28, title, fontsize=style.TEXT, fontweight="bold", va="bottom")
        ax.text(1, place - 0.28, text, fontsize=style.TEXT, va="bottom", ha="right")
    ax.set_ylim(len(rows) - 0.5, -0.85)
    ax.set_xlim(0, 1)
    ax.set_xticks(*style.percent_ticks(words))
    ax.set_yticks([])
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(words.text("report.figures.share"))
    return fig
