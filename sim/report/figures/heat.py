"""Heat maps: a colour and a number a cell, and half its interval below."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, cast

import numpy as np
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize, to_hex
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, ScaledTranslation

from sim.report.figures import palette, style
from sim.report.values import SHARE, short, value_text
from sim.vocabulary.doctrines import FACE_LINE, FACE_SIZE
from sim.words import NONE, Words

if TYPE_CHECKING:
    from sim.stats.estimate import Estimate
    from sim.studies.tournament.tournament import TournamentAnswer

#: Light to dark, in even steps of lightness, for colour-blind readers and in grey: the lower part
#: of Matplotlib's inferno, turned round.
HEAT = "inferno_r"
DARKEST = 0.85
LEAST_TOP = 0.25  # share that is darkest at the least, so that rare outcomes stay pale
_CELL_TYPE, _FEW = 13, 6  # points, and columns up to which cells have room for them
_FACE, _GAP = 0.24, 0.06  # inches: a face, and its distance from the cells
_POINTS = 72  # an inch
_MOVES = {"M": Path.MOVETO, "L": Path.LINETO}


def colour_of(value: float, low: float, high: float) -> str:
    """The colour of a value, the darker the more, between the least and the greatest."""
    scale = Normalize(low, high if high > low else low + 1.0)
    return to_hex(colormaps[HEAT](DARKEST * float(scale(value))))


def ends(values: np.ndarray, unit: str) -> tuple[float, float]:
    """The values that are palest and darkest, from those there are (NaN for none)."""
    least = LEAST_TOP if unit == SHARE else 0.0
    top = max(least, float(np.nanmax(values, initial=0.0))) or 1.0
    return min(0.0, float(np.nanmin(values, initial=0.0))), top


def draw_cells(
    ax: Axes, cells: Mapping[tuple[int, int], Estimate], unit: str, half: str, words: Words
) -> None:
    """Squares at (column, row) with their numbers; `half` is the text of half an interval."""
    values = np.array([np.nan if one.value is None else one.value for one in cells.values()])
    low, high = ends(values, unit)
    across, up = (1 + max(at[axis] for at in cells) for axis in (0, 1))
    for (x, y), one in cells.items():
        if one.value is None:
            colour, text = palette.PALE, NONE
        else:
            colour = colour_of(one.value, low, high)
            width = value_text(None if one.low is None else one.halfwidth, unit, words)
            below = words.text(half, half=width)
            text = f"{value_text(one.value, unit, words)}\n{below}"
        square = (x - 0.5, y - 0.5), 1, 1
        ax.add_patch(Rectangle(*square, facecolor=colour, edgecolor=palette.PAPER, lw=2))
        ax.annotate(
            text,
            (x, y),
            ha="center",
            va="center",
            fontsize=_CELL_TYPE if across <= _FEW else _CELL_TYPE - 2,
            color=palette.ink_on(colour),
            linespacing=1.15,
        )
    ax.set_xlim(-0.5, across - 0.5)
    ax.set_ylim(-0.5, up - 0.5)
    ax.tick_params(length=0)
    for side in ax.spines.values():
        side.set_visible(False)


def tournament(answer: TournamentAnswer, name: str, words: Words) -> Figure:
    """Every pair of strategies, those of the first state from the top, with their faces."""
    board, n = answer.boards[name], len(answer.strategies)
    fig = style.figure(width=max(style.WIDTH, 2.6 + 1.0 * n), height=1.9 + 0.66 * n)
    ax = fig.add_subplot()
    cells = {(b, a): board.cells[a][b] for a in range(n) for b in range(n)}
    draw_cells(ax, cells, board.unit, "doctrines.figures.heat.half", words)
    ax.invert_yaxis()
    titles = [short(title, 14) for title in answer.titles(words)]
    beside = _POINTS * (_FACE + 2 * _GAP) if any(one.face for one in answer.strategies) else 4.0
    first, second = (short(factor.name, 40) for factor in answer.sample.factors)
    ax.set_xticks(range(n), titles, fontsize=style.SMALL)
    ax.set_yticks(range(n), titles, fontsize=style.SMALL)
    ax.tick_params(pad=beside)
    ax.set_xlabel(second)
    ax.set_ylabel(first)
    for k, one in enumerate(answer.strategies):
        if one.face:
            _draw_face(fig, ax, one.face, (k, n - 0.5), (-_FACE / 2, -_GAP - _FACE))
            _draw_face(fig, ax, one.face, (-0.5, k), (-_GAP - _FACE, -_FACE / 2))
    return fig


def _draw_face(
    fig: Figure, ax: Axes, face: str, at: tuple[float, float], by: tuple[float, float]
) -> None:
    """A face, its lower left corner `by` inches from a point of the axes."""
    scale = fig.dpi_scale_trans
    size = Affine2D().translate(0, -FACE_SIZE).scale(_FACE / FACE_SIZE, -_FACE / FACE_SIZE)
    place = ScaledTranslation(*by, scale) + ScaledTranslation(*at, cast(Affine2D, ax.transData))
    patch = PathPatch(
        face_path(face),
        fill=False,
        edgecolor=palette.INK,
        lw=FACE_LINE * _FACE / FACE_SIZE * _POINTS,
        capstyle="round",
        joinstyle="round",
        clip_on=False,
    )
    patch.set_transform(size + scale + place)
    patch.set_in_layout(False)
    ax.add_patch(patch)


def face_path(face: str) -> Path:
    """The line of a face: absolute M, L and Z of an SVG path."""
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    words = face.replace("M", "M ").replace("L", "L ").split()
    while words:
        word = words.pop(0)
        if word == "Z":
            points.append(points[-1])
            codes.append(int(Path.CLOSEPOLY))
            continue
        points.append((float(words.pop(0)), float(words.pop(0))))
        codes.append(int(_MOVES[word]))
    return Path(points, codes)
