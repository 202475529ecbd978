"""The price of peace by hand: the formula of odd.md 7.8, for the answers that need it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from calibration.verification.bench import STRONG, WEAK, Place, Start
from sim.vocabulary.ladder import Action


@dataclass(frozen=True)
class Mind:
    """What weighs with a side, as the table of section 7.8 names it; `lost` dead of the crisis."""

    aim: float = 0.0
    optimism: float = 0.0
    private: float = 0.0
    result: float = 0.0
    text: float = 0.0
    lost: float = 0.0
    outrage: float = 0.0
    weariness: float = 0.0
    pressure: float = 0.0
    targets: float = 1.0

    def words(self, start: Start, state: str) -> dict[Place, float]:
        """Where it stands in the world."""
        i = start.state(state)
        view = ("aim", "optimism", "private", "result", "text", "outrage", "targets")
        return {
            **{start.dyad(name, state): getattr(self, name) for name in view},
            start.dyad("crisis_losses", state): self.lost,
            Place("states", "weariness", (i,)): self.weariness,
            Place("states", "pressure", (i,)): self.pressure,
        }

    def after_a_day_of_war(self) -> Mind:
        """The same when a day of open war has used up targets."""
        return replace(self, targets=self.targets * Action.OPEN_WAR.depletion)


def at_war(start: Start) -> dict[Place, float]:
    """An open war of the two, begun by the strong side, in a crisis that is not new."""
    return {
        Place("pairs", "war"): 1,
        Place("pairs", "begun_by"): start.state(STRONG),
        Place("pairs", "quiet"): 0,
        **{start.dyad("posture", state): int(Action.OPEN_WAR) for state in (STRONG, WEAK)},
    }


def utility(
    start: Start, state: str, mind: Mind, *, information: float, trust: float, factor: float = 1.0
) -> float:
    """The sum of the table: what peace is worth to a side, before what an offer adds."""

    def rule(name: str) -> float:
        return start.rule(f"bargaining_{name}")

    i = start.state(state)
    men = start.read(Place("states", "personnel", (i,))) * start.read(
        Place("states", "mobilised", (i,))
    )
    losses = 1000 * mind.lost / men
    sunk = losses / (losses + start.rule("stocks_weariness_losses"))
    left = rule("conviction") / (rule("conviction") + information)
    total = (
        -mind.aim
        - rule("hopes") * mind.optimism * left
        - rule("hopes") * (mind.result - mind.text)
        + rule("hopes") * rule("gains") * max(0.0, mind.result)
        - rule("sunk") * rule("losses") * sunk
        - rule("outrage") * mind.outrage
        + rule("losses") * mind.weariness
        + rule("pressure") * mind.pressure
        + rule("targets") * (1 - mind.targets)
        + rule("trust") * trust
        + mind.private
    )
    return rule("openness") + factor * total


def sigma(x: float) -> float:
    """The logistic function."""
    return float(1 / (1 + np.exp(-x)))
