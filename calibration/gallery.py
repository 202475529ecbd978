"""The gallery of the bundled scenarios: `python -m calibration gallery` writes docs/gallery.md.

Each scenario has its question, who decides in it, and a picture of its replications: the share at
each rung by day, and the share of each outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

import sim
from sim.bundle import bundled_files
from sim.ensemble import Ensemble
from sim.narration.names import titles_of
from sim.report.ensemble_data import EnsembleData, gather
from sim.report.figures import palette, style
from sim.scenario import Scenario
from sim.vocabulary.ladder import N_RUNGS
from sim.words import words

FOLDER = "gallery"  # of the pictures, in docs
NON_EVENTS = "non_events"
POINTS = 60  # days that are drawn, at most
FEWEST = 0.005  # share below which a bar has no place

HEAD = """# Gallery: every bundled scenario

{runs} replications each, seed {seed}. **The model is illustrative. It is not a forecast**, and nothing here says what will happen; of the cases of history
[nineteen](cases.md) are held against what came, and the model is not good at them yet ([validity](validity.md)).

In each picture, left: how many of the replications stand at each rung, day by day, from calm (pale) to nuclear signalling (dark). Right: how
they end.

![The rungs and their colours: {rungs}]({folder}/rungs.svg)

`run_sim.py describe NAME` tells one scenario on a page, `run_sim.py page NAME` makes a page to play with. Written by
`python -m calibration gallery`.

"""


@dataclass(frozen=True)
class Exhibit:
    """A scenario and its replications."""

    scenario: Scenario
    data: EnsembleData

    @property
    def name(self) -> str:
        return self.scenario.path.stem

    @property
    def invented(self) -> bool:
        """Whether it names no source: nobody has reported anything of it."""
        return not self.scenario.file.sources

    @property
    def shares(self) -> list[tuple[str, float]]:
        """The outcomes and their shares, those that hardly came left out."""
        found = [(name, row.value or 0.0) for name, row in self.data.summary.outcomes.items()]
        return [(name, share) for name, share in found if share >= FEWEST]


def exhibits(files: Sequence[Path], runs: int, seed: int, jobs: int | None) -> list[Exhibit]:
    """Every file run."""
    return [_exhibit(sim.run(path, runs=runs, seed=seed, jobs=jobs)) for path in files]


def _exhibit(of: Ensemble) -> Exhibit:
    return Exhibit(of.scenario, gather(of.runs, of.series, of.scenario, of.seed))


def measure(runs: int, seed: int, jobs: int | None) -> list[Exhibit]:
    """All bundled scenarios run."""
    return exhibits(bundled_files(), runs, seed, jobs)


def draw(one: Exhibit) -> Figure:
    """The rungs by day, and the bars of the outcomes beside them."""
    fig = Figure(figsize=(9.2, 2.6), layout="constrained")
    rungs, bars = fig.subplots(1, 2, width_ratios=(1.0, 1.15))
    _rungs(rungs, one)
    _bars(bars, one)
    return fig


def _rungs(ax: Axes, one: Exhibit) -> None:
    at = np.unique(np.linspace(0, one.scenario.horizon - 1, POINTS).astype(int))
    below = np.zeros(len(at))
    for rung in range(N_RUNGS):
        above = below + one.data.rungs[rung, at]
        if np.any(above > below):
            ax.fill_between(at + 1, below, above, color=palette.RUNG_COLOURS[rung], lw=0)
        below = above
    ax.set(xlim=(1, one.scenario.horizon), ylim=(0, 1), xlabel="day", yticks=(0, 0.5, 1))
    ax.set_yticklabels(("0 %", "50 %", "100 %"))


def _bars(ax: Axes, one: Exhibit) -> None:
    colours = palette.outcome_colours(list(one.data.summary.outcomes))
    for place, (name, share) in enumerate(one.shares):
        ax.barh(place, share, height=0.7, color=colours[name], edgecolor=palette.INK, lw=0.5)
        ax.text(share + 0.02, place, f"{name}  {100 * share:.0f} %", va="center")
    rows = max(len(one.shares), 5)
    ax.set(xlim=(0, 1.6), ylim=(rows - 0.4, -0.6), xticks=(), yticks=())
    for side in ax.spines.values():
        side.set_visible(False)


def draw_key() -> Figure:
    """The rungs with their colours."""
    fig = Figure(figsize=(9.2, 1.2))
    ax = fig.add_axes((0.01, 0.0, 0.98, 1.0))
    for rung, name in enumerate(rung_names()):
        column, row = rung % 3, rung // 3
        ax.add_patch(
            Rectangle((column, -row), 0.06, 0.7, fc=palette.RUNG_COLOURS[rung], ec=palette.INK)
        )
        ax.text(column + 0.08, 0.35 - row, name, va="center")
    ax.set(xlim=(0, 3), ylim=(-2.1, 0.9))
    ax.set_axis_off()
    return fig


def rung_names() -> list[str]:
    """What the rungs are called, the lowest first."""
    return [words().text(f"vocabulary.rungs.{rung}") for rung in range(N_RUNGS)]


def svg(drawing: Callable[[], Figure]) -> str:
    """A picture as text; its letters are text too, so that it is small and can be searched."""
    with style.settings():
        mpl.rcParams.update({"svg.fonttype": "none", "font.size": 11, "axes.labelsize": 11})
        mpl.rcParams.update({"xtick.labelsize": 10, "ytick.labelsize": 10})
        out = BytesIO()
        drawing().savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    lines = out.getvalue().decode().splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def page(found: Sequence[Exhibit], runs: int, seed: int) -> str:
    """The page."""
    groups = {
        "Invented, for lessons and to try a rule": [one for one in found if one.invented],
        "Pakistan and Afghanistan": [one for one in found if one.name.startswith("af_pk_")],
        "Nine crises of history": [],
        "Ten attacks that no strike followed": [],
    }
    listed = [one for group in groups.values() for one in group]
    for one in found:
        if one not in listed:
            past = one.scenario.path.parent.name == NON_EVENTS
            name = "Ten attacks that no strike followed" if past else "Nine crises of history"
            groups[name].append(one)
    parts = [
        f"## {title}\n\n" + "\n".join(section(one) for one in group)
        for title, group in groups.items()
        if group
    ]
    return HEAD.format(
        runs=runs, seed=seed, rungs=", ".join(rung_names()), folder=FOLDER
    ) + "\n".join(parts)


def section(one: Exhibit) -> str:
    """Of the page, what is said of one scenario."""
    file, titles, english = one.scenario.file, titles_of(one.scenario.file), words()
    who = english.join([titles[name] for part in (file.states, file.groups) for name in part])
    told = ", ".join(f"{name} {100 * share:.0f} %" for name, share in one.shares)
    return (
        f"### {one.scenario.title}\n\n"
        f"`{one.name}`, {one.scenario.horizon} days, digest {one.scenario.digest[:12]}. {who}.\n\n"
        f"{one.scenario.question.strip()}\n\n"
        f"![Rungs by day and outcomes: {told}]({FOLDER}/{one.name}.svg)\n"
    )
