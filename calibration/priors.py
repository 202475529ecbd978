"""Ranges of the numbers of war and peace: the priors from which settings are drawn at random.

They are those over which the prototype of docs/odd.md, section 7.8, was tried: assumed, and the
same for every scenario. A number is uniform in its range, in logs where the range spans more than a
factor of four. What a scenario gives as a distribution keeps that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import qmc

from sim.scenario import Scenario
from sim.scenario.spec import Quantity

_WIDE = 4.0


class Range(NamedTuple):
    """A prior: what lies outside is not tried."""

    low: float
    high: float

    def at(self, share: float) -> float:
        """The number below which this share lies."""
        if self.low > 0 and self.high > _WIDE * self.low:
            return float(self.low * (self.high / self.low) ** share)
        return self.low + share * (self.high - self.low)


#: by path, with `*` for any name
RANGES: Mapping[str, Range] = {
    "rules.bargaining.demonstration": Range(0.2, 0.5),
    "rules.bargaining.attrition": Range(0.12, 0.28),
    "rules.bargaining.aim_demonstration": Range(0.0, 0.2),
    "rules.bargaining.aim_limited": Range(0.7, 1.1),
    "rules.bargaining.aim_attrition": Range(1.1, 1.6),
    "rules.bargaining.aim_spread": Range(0.2, 0.6),
    "rules.bargaining.private": Range(0.15, 0.5),
    "rules.bargaining.optimism": Range(0.1, 0.7),
    "rules.bargaining.optimism_spread": Range(0.2, 0.7),
    "rules.bargaining.conviction": Range(2, 15),
    "rules.bargaining.balance_spread": Range(0.3, 0.9),
    "rules.bargaining.usual_dead": Range(4, 40),
    "rules.bargaining.text_lag": Range(3, 15),
    "rules.bargaining.hopes": Range(0.5, 1.5),
    "rules.bargaining.gains": Range(0.4, 1.2),
    "rules.bargaining.losses": Range(0.2, 1.0),
    "rules.bargaining.sunk": Range(0.75, 1.15),
    "rules.bargaining.pressure": Range(0.2, 0.8),
    "rules.bargaining.targets": Range(0.1, 0.6),
    "rules.bargaining.outrage": Range(0.05, 0.4),
    "rules.bargaining.trust": Range(0.2, 0.8),
    "rules.bargaining.openness": Range(0.35, 0.85),
    "rules.bargaining.rationality": Range(2.5, 5.5),
    "rules.bargaining.alone": Range(0.5, 0.85),
    "rules.bargaining.reciprocity": Range(0.1, 0.6),
    "rules.stocks.weariness_losses": Range(1, 8),
    "rules.mediation.leverage": Range(0.25, 0.9),
    "rules.mediation.access": Range(0.2, 0.8),
    "rules.mediation.harden": Range(0.0, 0.4),
    "rules.mediation.eagerness": Range(0.18, 0.42),
    "rules.mediation.speed": Range(0.25, 0.6),
    "rules.mediation.hotline": Range(0.05, 0.16),
    "rules.mediation.dated": Range(0.25, 0.65),
    "rules.ceasefire.initial": Range(0.14, 0.22),
    "rules.ceasefire.trusted": Range(0.15, 0.45),
    "rules.ceasefire.wear_life": Range(12, 45),
    "rules.ceasefire.wear_left": Range(0.1, 0.35),
    "rules.ceasefire.repair": Range(25, 80),
    "rules.ceasefire.ageing": Range(45, 120),
    "rules.ceasefire.lasting": Range(0.05, 0.25),
    "rules.ceasefire.monitoring": Range(0.45, 0.75),
    "rules.ceasefire.lasting_trust": Range(0.2, 0.5),
    "rules.ceasefire.contact": Range(2, 4),
    "rules.ceasefire.contact_life": Range(1.5, 3),
    "rules.ceasefire.word": Range(0.5, 0.85),
    "rules.ceasefire.word_life": Range(15, 40),
    "rules.ceasefire.collapse": Range(0.07, 0.09),
    "rules.choice.foresight": Range(0.2, 0.6),
    "states.*.weights.retaliation": Range(0.1, 0.35),
    "states.*.weights.commitment": Range(0.7, 1.8),
    "states.*.weights.shadow": Range(0.1, 0.4),
    "mediators.*.patience": Range(2, 6),
    "mediators.*.leverage.*": Range(0.1, 0.8),
}


def of(scenario: Scenario) -> dict[str, Range | Quantity]:
    """What is uncertain in a scenario, by its path: its own distributions, then the priors."""
    found: dict[str, Range | Quantity] = {}
    for path, quantity in scenario.numbers().items():
        if quantity.dist is not None:
            found[path] = quantity
        else:
            known = next((RANGES[key] for key in RANGES if fnmatch(path, key)), None)
            if known is not None:
                found[path] = known
    return found


def settings(scenario: Scenario, count: int, seed: int) -> Iterator[dict[str, float]]:
    """So many settings of all uncertain numbers, by a Latin hypercube (McKay et al. 1979)."""
    uncertain = of(scenario)
    shares: NDArray[np.float64] = qmc.LatinHypercube(len(uncertain), rng=seed).random(count)
    for row in shares:
        yield {
            path: prior.at(share) if isinstance(prior, Range) else _drawn(prior, share)
            for (path, prior), share in zip(uncertain.items(), row.tolist(), strict=True)
        }


def _drawn(quantity: Quantity, share: float) -> float:
    assert quantity.dist is not None
    return float(quantity.dist.ppf(np.array([share]))[0])
