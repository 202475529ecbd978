"""Known answers as text, as docs/verification.md, and as one page of small figures."""

from __future__ import annotations

import math
import textwrap
from typing import Any, NamedTuple

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from calibration.page import plain
from calibration.reference_page import table
from calibration.verification import choices, fighting, militancy, truces, war
from calibration.verification.answer import FALSE_ALARM, Answer, Point, limit
from calibration.verification.bench import SCENARIO, Bench
from sim.report.figures import palette, style

FIGURE = "verification.svg"
QUICK = 0.1  # share of the futures of the full form that the short form runs
_PARTS = (militancy, choices, war, truces, fighting)
_COLUMNS, _PANEL = 4, (3.1, 2.3)
_SHOWN = 8  # figures of an answer that fit below a panel with their names
_WIDE = 3.0  # tolerance, relative to what is known, from which ratios show nothing
_FAR = 36.5  # standard errors from which a probability is too small to be told


class Verification(NamedTuple):
    """All known answers, and how they were found."""

    answers: list[Answer]
    limit: float
    seed: int
    quick: bool

    @property
    def off(self) -> list[Answer]:
        """Answers of the engine that are not what they have to be."""
        return [answer for answer in self.answers if not answer.holds(self.limit)]

    @property
    def blind(self) -> list[Answer]:
        """Answers whose check would let the wrong formula pass."""
        return [answer for answer in self.answers if not answer.rejects(self.limit)]

    @property
    def points(self) -> list[Point]:
        """The figures of all answers."""
        return [point for answer in self.answers for point in answer.points]


def verify(seed: int, quick: bool = False) -> Verification:
    """Ask the engine for every known answer."""
    bench = Bench(seed, QUICK if quick else 1.0)
    answers = [answer for part in _PARTS for answer in part.answers(bench)]
    return Verification(answers, limit(answers), seed, quick)


def _distance(z: float, answer: Answer) -> str:
    if answer.exact:
        return "exact" if z == 0 else "off"
    return f"{z:.1f}" if z < _FAR else "> 36"


def _cells(found: Verification, answer: Answer) -> tuple[str, ...]:
    return (
        answer.what,
        answer.section,
        str(len(answer.points)),
        _distance(answer.worst, answer),
        "yes" if answer.holds(found.limit) else "NO",
        answer.control,
        _distance(answer.worst_wrong, answer),
        "yes" if answer.rejects(found.limit) else "NO",
    )


HEADER = (
    "known answer",
    "odd.md; source",
    "figures",
    "worst z",
    "holds",
    "wrong formula",
    "its z",
    "rejected",
)


def summary(found: Verification) -> str:
    """In a sentence."""
    drawn = sum(point.error > 0 for point in found.points)
    held = len(found.answers) - len(found.off)
    seen = len(found.answers) - len(found.blind)
    return (
        f"{held} of {len(found.answers)} known answers hold ({len(found.points)} figures, {drawn} "
        f"of them drawn; tolerance {found.limit:.2f} standard errors); {seen} of "
        f"{len(found.answers)} wrong formulas are rejected"
    )


def text(found: Verification) -> str:
    """The table for a terminal."""
    rows = [
        (answer.key, *_cells(found, answer)[1:5], *_cells(found, answer)[6:])
        for answer in found.answers
    ]
    header = ("answer", *HEADER[1:5], *HEADER[6:])
    widths = [max(len(row[k]) for row in (header, *rows)) for k in range(len(header))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in (header, *rows)
    ]
    lines += [
        f"OFF: {answer.key}, {point.label}: {point.found:.6g} where {point.known:.6g} is right"
        for answer in found.off
        for point in answer.points
        if abs(point.z) > found.limit
    ]
    lines += [f"BLIND: {answer.key}: {answer.control} is not rejected" for answer in found.blind]
    return "\n".join([*lines, "", summary(found)]) + "\n"


def as_json(found: Verification) -> dict[str, Any]:
    """The figures as an object; a distance without bounds is null."""
    return {
        "seed": found.seed,
        "quick": found.quick,
        "limit": found.limit,
        "off": [answer.key for answer in found.off],
        "blind": [answer.key for answer in found.blind],
        "answers": [
            {
                **answer._asdict(),
                "points": [
                    {
                        name: value if isinstance(value, str) else plain(float(value))
                        for name, value in point._asdict().items()
                    }
                    for point in answer.points
                ],
            }
            for answer in found.answers
        ],
    }


def page(found: Verification) -> str:
    """docs/verification.md."""
    formulas = table(
        ("known answer", "formula"), ((answer.what, answer.formula) for answer in found.answers)
    )
    return f"""# Verification: does the engine do what the page on the model says?

Written by `python -m calibration verify --seed {found.seed}`; do not edit it by hand. {summary(found)}.

That a program follows its equations says nothing about the world (that is [validity](validity.md)); but a program that does not
follow them says nothing at all. For each rule below the answer is known: a mean, a probability, a law, worked out from the formula of
[the model](odd.md). The engine gives its own answer: a state of the world of `{SCENARIO}` is put together, days are run by the compiled
loop that every command runs, thousands of times with other draws, and words of the world are read at the end.

* **Holds**: each figure lies within {found.limit:.2f} standard errors of its known answer. That limit makes a right model fail
  {FALSE_ALARM * 1000:.0f} time in 1,000 runs of this command, all figures together (Bonferroni). Figures without chance agree to nine digits.
* **Worst z**: the figure that lies farthest off, in standard errors.
* **Rejected**: the same check with a wrong formula in the place of the right one says no. A check that cannot say no proves nothing.

{table(HEADER, (_cells(found, answer) for answer in found.answers))}

![Each known answer: figures of the engine, the right and the wrong formula]({FIGURE})

Dots are the engine's figures with bars of {found.limit:.2f} standard errors (mostly smaller than the dot), black lines the known answers, crosses
the wrong formula.

## The formulas

{formulas}

Small letters are those of [odd.md](odd.md): Φ and φ are the normal distribution and its density, σ the logistic function, N a standard
normal or a Poisson number, U a uniform one.
"""


def draw(found: Verification) -> Figure:
    """One panel for each known answer."""
    rows = math.ceil(len(found.answers) / _COLUMNS)
    fig = style.figure(width=_COLUMNS * _PANEL[0], height=rows * _PANEL[1])
    axes = fig.subplots(rows, _COLUMNS).ravel()
    for ax, answer in zip(axes, found.answers, strict=False):
        _panel(ax, answer, found.limit)
    for ax in axes[len(found.answers) :]:
        ax.set_axis_off()
    return fig


def _panel(ax: Axes, answer: Answer, bound: float) -> None:
    """Figures against their known answers, as ratios where they differ much in size."""
    points = [point for point in answer.points if math.isfinite(point.found)]
    scale = [abs(point.known) or 1.0 for point in points]
    sizes = [abs(point.known) for point in points if point.known]
    bars = [bound * point.error / unit for point, unit in zip(points, scale, strict=True)]
    relative = bool(sizes) and max(sizes) > 20 * min(sizes) and max(bars) < _WIDE
    units = np.array(scale if relative else [1.0] * len(points))
    found, known, wrong, error = (
        np.array([getattr(point, name) for point in points]) / units
        for name in ("found", "known", "wrong", "error")
    )
    at = np.arange(len(points))
    ax.hlines(known, at - 0.4, at + 0.4, color="black", lw=1.2, zorder=1)
    near = np.abs(wrong) < 4 if relative else np.isfinite(wrong)
    ax.plot(at[near], wrong[near], "x", color=palette.OKABE_ITO[1], ms=4, zorder=2)
    ax.errorbar(at, found, bound * error, fmt="o", ms=3, lw=1, color=palette.OKABE_ITO[0])
    ax.set_title("\n".join(textwrap.wrap(answer.what, 38)), fontsize=8, loc="left")
    few = len(points) <= _SHOWN
    ax.set_xticks(range(len(points)) if few else [])
    if few:
        labels = ["\n".join(textwrap.wrap(point.label, 14)) for point in points]
        ax.set_xticklabels(labels, fontsize=5, rotation=60, ha="right", rotation_mode="anchor")
    else:
        ax.set_xlabel(f"{len(points)} figures", fontsize=6)
    ax.set_xlim(-0.6, len(points) - 0.4)
    ax.tick_params(axis="y", labelsize=6)
    if relative:
        ax.set_ylabel("found over known", fontsize=6)


def svg(found: Verification) -> bytes:
    """The figure as a file; its many words stay text, which keeps it small."""
    with style.settings(), rc_context({"svg.fonttype": "none"}):
        return style.pictures(draw(found))[1]
