"""The outcome tree from top to bottom: a line for each place, a bar of outcomes for each end."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.figures import palette, style
from sim.studies.outcome_tree import begin

if TYPE_CHECKING:
    from sim.stats.tree import Node, Path
    from sim.studies.outcome_tree import OutcomeTree
    from sim.words import Words

_STEP = 0.055  # indentation of a level, a share of the width
_LINE, _BAR = 0.30, 0.34  # inches of a line of text, and of a bar
_GAP, _REST = 0.20, 0.9
_CHARACTERS = 66  # of a line that is not indented
_NAMED = 0.085  # share of the width from which a part of a bar has its number


def draw(of: OutcomeTree, words: Words) -> Figure:
    """Places in order, each indented by its level, with lines from what divides them."""
    places = list(of.root.walk())
    texts = [_text(of, path, node, words) for path, node in places]
    heights = [
        _LINE * (text.count("\n") + 1) + (_BAR if _has_bar(path, node) else 0) + _GAP
        for text, (path, node) in zip(texts, places, strict=True)
    ]
    there = [name for name, n in zip(of.classes, of.root.counts, strict=True) if n]
    tall = (sum(heights), _LINE * -(-len(there) // 2))
    fig = style.figure(height=sum(tall) + _REST)
    ax, key = fig.subplots(2, 1, height_ratios=tall)
    colours = palette.outcome_colours(of.classes)
    top, tops = 0.0, []
    for (path, node), text, height in zip(places, texts, heights, strict=True):
        tops.append(top)
        left = _STEP * len(path)
        ax.text(
            left,
            top,
            text,
            va="top",
            fontsize=style.SMALL + (0.5 if path else 1),
            fontweight="bold" if _has_bar(path, node) else "normal",
            linespacing=1.15,
        )
        if _has_bar(path, node):
            _bar(ax, of, node, (left, top + height - _GAP - _BAR + 0.04), colours, words)
        top += height
    bottoms = [
        top + _LINE * (text.count("\n") + 1) + (_BAR if _has_bar(path, node) else 0)
        for top, text, (path, node) in zip(tops, texts, places, strict=True)
    ]
    _lines(ax, [path for path, _ in places], tops, bottoms)
    ax.set_xlim(-0.02, 1)
    ax.set_ylim(top, -0.05)
    ax.axis("off")
    names = [(words.term("vocabulary.outcomes", name), colours[name]) for name in there]
    style.legend(key, names)
    return fig


def _has_bar(path: Path, node: Node) -> bool:
    """All runs, and every end."""
    return not path or node.question is None


def _text(of: OutcomeTree, path: Path, node: Node, words: Words) -> str:
    """What leads to a place, and how many runs are there."""
    if not path:
        return words.text("paper.figures.tree.all", n=node.n)
    question, yes = path[-1]
    condition = of.questions[question].text(words, yes)
    share = words.percent(node.n / of.n)
    text = words.text("paper.figures.tree.place", answer=begin(condition), share=share, n=node.n)
    return textwrap.fill(text, _CHARACTERS - 4 * len(path))


def _bar(
    ax: Axes,
    of: OutcomeTree,
    node: Node,
    corner: tuple[float, float],
    colours: dict[str, str],
    words: Words,
) -> None:
    """How the runs of a place end, as parts of a bar."""
    left, top = corner
    wide = 1 - left
    for name, share in of.shares(node).items():
        part = (share.value or 0.0) * wide
        if part <= 0:
            continue
        ax.barh(
            top + _BAR / 2,
            part,
            left=left,
            height=_BAR,
            color=colours[name],
            edgecolor=palette.PAPER,
            lw=1.0,
        )
        if part >= _NAMED:
            ax.text(
                left + part / 2,
                top + _BAR / 2,
                words.percent(share.value, decimals=0),
                ha="center",
                va="center_baseline",
                fontsize=style.SMALL,
                color=palette.ink_on(colours[name]),
            )
        left += part


def _lines(ax: Axes, paths: list[Path], tops: list[float], bottoms: list[float]) -> None:
    """From below each place that is divided to the two that follow it."""
    below = dict(zip(paths, bottoms, strict=True))
    for path, top in zip(paths, tops, strict=True):
        if not path:
            continue
        x, here = _STEP * (len(path) - 1) + 0.012, top + _LINE / 2
        ax.plot(
            [x, x, x + _STEP - 0.022],
            [below[path[:-1]], here, here],
            color=palette.GREY,
            lw=1.4,
            zorder=0,
        )
