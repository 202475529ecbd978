"""Boxes of scenario discovery: how dense and how much they cover, and where the chosen one lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from sim.design.factors import Factor
from sim.report.figures import palette, style
from sim.report.figures.bars import said, short
from sim.stats.prim import Box, BoxSearch

BOX_COLOUR, ALL_COLOUR = palette.OKABE_ITO[0], palette.OKABE_ITO[2]


def trade(found: BoxSearch) -> Figure:
    """Each box by how much of the outcome it covers and how dense it is, in the half that it was not made from."""
    fig = style.figure(height=4.9)
    ax = fig.add_subplot()
    seen = np.array([(box.sought.coverage, box.sought.density) for box in found.boxes])
    fresh = np.array([(box.tested.coverage, box.tested.density) for box in found.boxes])
    ax.plot(*seen.T, "-", color=palette.GREY, lw=1.5)
    ax.plot(*fresh.T, "o", ms=8, color=ALL_COLOUR, mec=palette.INK)
    chosen = found.chosen.tested
    ax.plot([chosen.coverage] * 2, [chosen.low, chosen.high], color=palette.INK, lw=2)
    ax.plot(chosen.coverage, chosen.density, "s", ms=15, color=BOX_COLOUR, mec=palette.INK)
    ax.axhline(found.everywhere, color=palette.INK, ls="--", lw=1.2)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25 %", "50 %", "75 %", "100 %"])
    ax.set_xlim(0, 1.02)
    ax.set_ylim(0, min(1.02, 1.15 * max(chosen.high, seen[:, 1].max(), fresh[:, 1].max())))
    ax.yaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f} %")
    ax.locator_params(axis="y", nbins=5)
    ax.set_xlabel("coverage: share of the outcome in the box")
    ax.set_ylabel("density: share of the\nbox with the outcome")
    style.name_lines(
        ax,
        1.02,
        [
            (found.everywhere, "everywhere", palette.GREY),
            (chosen.density, "chosen box", BOX_COLOUR),
        ],
        gap=0.1,
        size=style.SMALL + 1,
    )
    return fig


def sides(box: Box, cases: pd.DataFrame, factors: Sequence[Factor]) -> Figure:
    """Where the chosen box lies in the range of each restricted input."""
    names: Mapping[str, Factor] = {factor.path: factor for factor in factors}
    fig = style.figure(height=1.7 + 0.72 * max(1, len(box.sides)))
    ax = fig.add_subplot()
    for place, (path, kept) in enumerate(box.sides.items()):
        if isinstance(kept, frozenset):
            words = list(dict.fromkeys(names[path].values or sorted(cases[path], key=str)))
            for n, word in enumerate(words):
                colour = BOX_COLOUR if word in kept else palette.PALE
                ax.barh(
                    place + 0.12,
                    1 / len(words),
                    left=n / len(words),
                    height=0.34,
                    color=colour,
                    edgecolor=palette.INK,
                    lw=0.8,
                )
                ax.text(
                    (n + 0.5) / len(words),
                    place + 0.12,
                    str(word),
                    ha="center",
                    va="center",
                    fontsize=style.SMALL - 1,
                    color=palette.ink_on(colour),
                )
            text = " or ".join(str(word) for word in words if word in kept)
        else:
            low, high = _range(names[path], cases[path])
            left, right = (np.clip((edge - low) / (high - low), 0, 1) for edge in kept)
            ax.barh(place + 0.12, 1, height=0.34, color=palette.PALE, edgecolor=palette.INK, lw=0.8)
            ax.barh(
                place + 0.12,
                right - left,
                left=left,
                height=0.34,
                color=BOX_COLOUR,
                edgecolor=palette.INK,
                lw=0.8,
            )
            text = limits(kept)
            ax.text(
                0.005,
                place + 0.45,
                said(low),
                fontsize=style.SMALL - 2,
                va="center",
                color=palette.GREY,
            )
            ax.text(
                0.995,
                place + 0.45,
                said(high),
                fontsize=style.SMALL - 2,
                va="center",
                ha="right",
                color=palette.GREY,
            )
        ax.text(
            0,
            place - 0.24,
            f"{short(names[path].name, 38)}: {text}",
            fontsize=style.SMALL + 1,
            fontweight="bold",
            va="center",
        )
    ax.set_xlim(0, 1)
    ax.set_ylim(max(1, len(box.sides)) - 0.35, -0.6)
    ax.set_axis_off()
    return fig


def _range(factor: Factor, points: pd.Series) -> tuple[float, float]:
    """Where a factor was varied."""
    if factor.low is not None and factor.high is not None:
        return factor.low, factor.high
    return float(points.min()), float(points.max())


def limits(kept: tuple[float, float]) -> str:
    """A range in words."""
    low, high = kept
    if np.isinf(low):
        return f"below {said(high)}"
    return f"above {said(low)}" if np.isinf(high) else f"{said(low)} to {said(high)}"
