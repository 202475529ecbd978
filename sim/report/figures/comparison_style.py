"""What the figures of a comparison have in common: a colour and a dash for each scenario, and which measures are drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from sim.stats.survival import DURATIONS
from sim.stats.table import column
from sim.studies.compare.quantities import FLAG
from sim.studies.compare.sentences import HEADLINES

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison

#: From Okabe and Ito (2008): far apart for colour-blind readers, and in grey too by their dashes.
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#000000", "#e69f00")
DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1)), (0, (6, 1, 1, 1)), "-", (0, (3, 3)))
MOST_DRAWN = 4  # measures in a figure of distributions


@dataclass(frozen=True)
class Look:
    """How a scenario is drawn."""

    name: str
    colour: str
    dashes: object


def looks(of: Comparison) -> list[Look]:
    """The baseline first."""
    names = [of.baseline, *of.others]
    return [
        Look(name, COLOURS[k % len(COLOURS)], DASHES[k % len(DASHES)])
        for k, name in enumerate(names)
    ]


def drawn(of: Comparison, *, times: bool) -> list[str]:
    """Headline measures that all scenarios have: those whose distributions differ most; durations are left out (some were not seen to their end)."""
    names = [
        name
        for name in HEADLINES
        if name in of.about and name not in DURATIONS and of.about[name]["unit"] != FLAG
    ]
    names = [
        name
        for name in names
        if (times or not of.about[name]["time"]) and set(of.names) <= of.measures[name].keys()
    ]
    most = sorted(
        (-max((gap["ks"] for gap in of.measures[name]["difference"].values()), default=0.0), name)
        for name in names
    )
    chosen = {name for _, name in most[:MOST_DRAWN]}
    return [name for name in names if name in chosen]


def values(of: Comparison, side: str, name: str) -> NDArray[np.float64]:
    """A measure of one scenario, (n,); a time that never came lies at infinity."""
    found = column(of.sides[side].fine, name)
    return np.nan_to_num(found, nan=np.inf) if of.about[name]["time"] else found
