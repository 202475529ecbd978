"""One look for all figures: large type, few colours, names at the lines instead of legends.

A figure is small in inches and large in points, so that it reads from the back row when projected
and still on a phone. Colours stay apart for colour-blind readers and, for the rungs, in grey. Files
hold no date and no random name, so that the same data give the same bytes. Figures are made without
pyplot; the style is set under a lock because Matplotlib keeps its settings for the whole process.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from threading import RLock
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Text

from sim.report.figures import fonts
from sim.report.figures.palette import GREY, INK, PAPER

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from sim.words import Words

WIDTH, HEIGHT = 6.6, 4.4  # inches
TITLE, TEXT, SMALL = 17, 14, 12  # points
DPI = 150
LINK = 0.05  # length of the links to names, as a share of the axes' width

_LOCK = RLock()
#: What Matplotlib says where names are so long that nothing is left for the axes.
_NO_ROOM = "constrained_layout not applied"
_SHORTER = (60, 40, 25, 15, 8)  # characters of a line, tried one after the other
_SETTINGS: Any = {
    "font.family": fonts.OWN,
    "font.size": TEXT,
    # a name with two dollar signs is a name; nothing here is mathematics
    "text.parse_math": False,
    "text.usetex": False,
    "axes.titlesize": TITLE,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.titlepad": 12,
    "axes.labelsize": TEXT,
    "axes.labelcolor": INK,
    "axes.edgecolor": GREY,
    "axes.linewidth": 1.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.labelsize": TEXT,
    "ytick.labelsize": TEXT,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "lines.linewidth": 3.0,
    "hatch.linewidth": 0.6,
    "figure.facecolor": PAPER,
    "axes.facecolor": PAPER,
    "svg.hashsalt": "escalation",
    "svg.fonttype": "path",
    "path.simplify_threshold": 0.3,
}


@contextmanager
def settings() -> Iterator[None]:
    """The settings of all figures, while they are drawn and saved."""
    with _LOCK, mpl.rc_context(), fonts.quiet():
        mpl.rcdefaults()
        mpl.rcParams.update(_SETTINGS)
        yield


def figure(width: float = WIDTH, height: float = HEIGHT) -> Figure:
    """An empty figure, in inches, that leaves room for its labels by itself."""
    return Figure(figsize=(width, height), dpi=DPI, layout="constrained")


def pictures(fig: Figure) -> tuple[bytes, bytes]:
    """A figure that was drawn with the style applied, as PNG and as SVG."""
    png, svg = BytesIO(), BytesIO()
    fonts.use(fig)
    _settle(fig)
    # the canvases' own methods: `savefig` would draw everything once more for each file
    FigureCanvasAgg(fig).print_png(png, metadata={"Software": None})
    FigureCanvasSVG(fig).print_svg(
        svg, metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
    )
    return png.getvalue(), svg.getvalue()


def _settle(fig: Figure) -> None:
    """Compute the layout once and keep it, without the last digits.

    In these the solver is not the same every time.
    """
    for most in _SHORTER:
        if _lay_out(fig):
            break
        shorten(fig, most)
    else:
        _lay_out(fig)
    fig.set_layout_engine("none")
    for ax in fig.axes:
        left, bottom, width, height = (round(value, 6) for value in ax.get_position().bounds)
        ax.set_position((left, bottom, width, height))


def _lay_out(fig: Figure) -> bool:
    """Whether the texts of a figure leave room for its axes, which are then laid out."""
    engine = fig.get_layout_engine()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("error", _NO_ROOM, UserWarning)
            if engine is not None:
                engine.execute(fig)
    except UserWarning:
        return False
    return True


def shorten(fig: Figure, most: int) -> None:
    """Cut each line of all texts of a figure after so many characters."""

    def cut(text: str) -> str:
        lines = text.split("\n")
        return "\n".join(f"{one[: most - 1]}…" if len(one) > most else one for one in lines)

    for ax in fig.axes:
        for axis in (ax.xaxis, ax.yaxis):
            labels = [label.get_text() for label in axis.get_ticklabels()]
            if labels != [cut(label) for label in labels]:
                axis.set_ticks(axis.get_ticklocs(), labels=[cut(label) for label in labels])
    for text in fig.findobj(Text):
        if isinstance(text, Text) and text.get_text() != cut(text.get_text()):
            text.set_text(cut(text.get_text()))


def spread(places: Sequence[float], gap: float, low: float, high: float) -> np.ndarray:
    """Labels' places moved apart until none is nearer than `gap`, between `low` and `high`.

    Pool neighbours that are too near and centre each pool on the mean of its members' places, then
    shift what sticks out; with more labels than room they are evenly spaced.
    """
    wanted = np.asarray(places, np.float64)
    if wanted.size == 0:
        return wanted
    order = np.argsort(wanted, kind="stable")
    gap = min(gap, (high - low) / max(1, wanted.size - 1))
    pools: list[list[float]] = []  # sum of members' wanted first places, members
    for rank, place in enumerate(wanted[order]):
        pools.append([place - rank * gap, 1.0])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] >= pools[-1][0] / pools[-1][1]:
            last = pools.pop()
            pools[-1] = [pools[-1][0] + last[0], pools[-1][1] + last[1]]
    starts = np.concatenate([np.full(int(n), total / n) for total, n in pools])
    starts = np.clip(starts, low, high - gap * (wanted.size - 1))
    out = np.empty_like(wanted)
    out[order] = starts + np.arange(wanted.size) * gap
    return out


def name_lines(
    ax: Axes,
    x: float,
    labels: Sequence[tuple[float, str, str]],
    *,
    gap: float,
    size: float = TEXT,
    swatch: bool = False,
) -> None:
    """Write names to the right of the axes, moved apart, with a thin link to the end of each line.

    Parameters
    ----------
    ax : axes whose limits are set
    x : where the lines end, in data
    labels : height in data, text, colour of each
    gap : least distance of two names, as a share of the axes' height
    size : of the type, in points
    swatch : mark each name with a square of the colour, for areas
    """
    low, high = ax.get_ylim()
    left, right = ax.get_xlim()
    where = spread([(y - low) / (high - low) for y, _, _ in labels], gap, 0.02, 0.98)
    for (y, text, colour), height in zip(labels, where, strict=True):
        aim = low + height * (high - low)
        far = right + LINK * (right - left)
        ax.plot(
            [x, right + 0.2 * (far - right), far],
            [y, y, aim],
            color=GREY if swatch else colour,
            lw=1.2,
            clip_on=False,
            zorder=1,
        )
        if swatch:
            ax.plot(far, aim, "s", ms=13, color=colour, mec=GREY, mew=0.8, clip_on=False)
        ax.annotate(
            text,
            (far, aim),
            (11 if swatch else 5, 0),
            textcoords="offset points",
            va="center",
            fontsize=size,
            annotation_clip=False,
            linespacing=1.0,
        )


def legend(ax: Axes, entries: Sequence[tuple[str, str]]) -> None:
    """Names of colours, in two columns, in axes that hold nothing else.

    Parameters
    ----------
    ax : whose frame is taken away
    entries : name and colour of each
    """
    ax.axis("off")
    handles = [Patch(facecolor=colour, edgecolor=GREY, label=name) for name, colour in entries]
    found = ax.legend(handles=handles, loc="upper left", ncols=2, frameon=False, fontsize=SMALL)
    found.set_in_layout(False)  # it may be wider than the axes above


def day_axis(ax: Axes, words: Words, horizon: int, first: int = 0) -> None:
    """Days since the release along the bottom, with a handful of round numbers."""
    step = next(
        step
        for step in (1, 2, 5, 7, 10, 15, 30, 60, 90, 180, 365, 730, 1825)
        if (horizon - first) / step <= 7
    )
    ax.set_xlim(first, horizon)
    ax.set_xticks(list(range(-(-first // step) * step, horizon + 1, step)))
    ax.set_xlabel(words.text("report.figures.days"))


def percent_ticks(words: Words) -> tuple[list[float], list[str]]:
    """Where an axis of shares has its ticks, and what stands there."""
    ticks = [0, 0.25, 0.5, 0.75, 1]
    return ticks, [words.number(0), *(words.percent(tick) for tick in ticks[1:])]


def percent_axis(ax: Axes, words: Words) -> None:
    """Shares from 0 to 100 % up the side."""
    ax.set_ylim(0, 1)
    ax.set_yticks(*percent_ticks(words))


def rung_name(rung: int, words: Words) -> str:
    """What a rung is called."""
    return words.text(f"vocabulary.rungs.{rung}")


def rung_label(rung: int, words: Words, width: int = 18) -> str:
    """A rung's number and name, broken over lines."""
    lines, line = [], f"{rung} "
    for word in rung_name(rung, words).split():
        if len(line) + len(word) > width and line.strip():
            lines.append(line.rstrip())
            line = "   "
        line += word + " "
    return "\n".join([*lines, line.rstrip()])
