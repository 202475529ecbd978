"""The smallest single change that would have made another option of a decision the most likely.

Seen against another option, what an option is worth is a straight line in each thing that may be
changed: in a weight, in the belief (it multiplies what a strike would disrupt), in weariness, in
the quality of a ceasefire, and, since the square of the demanded rung is the same for all options,
in the demanded rung and so in outrage. So the change at which the first other option draws level
has a closed form. Of all of them the smallest in proportion is named.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.replication.ledger import Decision
from sim.scenario.fields import specs
from sim.scenario.schema import StateWeights
from sim.vocabulary.decisions import ActionTerm
from sim.vocabulary.ladder import Rung
from sim.vocabulary.policies import Policy

WEIGHT, BELIEF, STOCK = "weight", "belief", "stock"
OUTRAGE = "outrage"
_TOP = float(Rung.OPEN_WAR)  # rungs over which a demand is measured (sim/engine/rules/feelings.py)
# the largest weight that a scenario may give
_HEAVIEST = max(float(spec.high or 0.0) for spec in specs(StateWeights).values())
_PAST = 1e-6  # how far beyond drawing level, in proportion
# level of reasoning from which a state assumes that its rival has its own weights and weariness
_MIRRORS = 2

Array = NDArray[np.float64]


class Flip(NamedTuple):
    """A change of one thing, `kind` and `name`, from `before` to `after`.

    `instead` is the option that is then the most likely.
    """

    kind: str
    name: str
    before: float
    after: float
    instead: str

    @property
    def proportion(self) -> float:
        """How large a change it is, relative to the value before."""
        return abs(self.after - self.before) / abs(self.before) if self.before else math.inf

    def as_json(self) -> dict[str, str | float]:
        return {
            "change": self.kind,
            "name": self.name,
            "before": self.before,
            "after": self.after,
            "instead": self.instead,
        }


class Lever(NamedTuple):
    """Something that may be changed, in which what an option is worth is a straight line.

    `kind` and `name`; `at` where it stands, `slope` (options,) what a unit of it adds, `low` and
    `high` where it may go. Outrage is measured by the rung that it demands.
    """

    kind: str
    name: str
    at: float
    slope: Array
    low: float
    high: float


def flip(decision: Decision) -> Flip | None:
    """The smallest single change that flips the most likely choice.

    None if none does, or if the policy does not weigh the terms of the table.
    """
    return min(flips(decision), key=lambda one: one.proportion, default=None)


def flips(decision: Decision) -> Iterator[Flip]:
    """Every single change that flips the most likely choice.

    Of each thing that may be changed, the smallest one upwards and the smallest one downwards.
    """
    if (
        decision.policy != Policy.QUANTAL.word
        or not decision.rationality > 0.0
        or decision.available.sum() < 2
    ):
        return
    for lever in levers(decision):
        yield from _crossings(decision, lever)


def best(decision: Decision, utility: Array) -> int:
    """The most likely option: the available one that is worth most, the first of equals."""
    return int(np.argmax(np.where(decision.available, utility, -np.inf)))


def levers(decision: Decision) -> Iterator[Lever]:
    """What may be changed: each weight above zero and, for a state's action, beliefs and stocks."""
    table, weights = decision.table, decision.weights
    for k, name in enumerate(decision.terms):
        if weights[k] > 0.0:
            yield Lever(WEIGHT, name, float(weights[k]), table[:, k], 0.0, _HEAVIEST)
    if decision.kind != "action":
        return
    known, belief = decision.stocks, decision.believed["complicity"]
    worth = table * weights
    yield Lever(BELIEF, "complicity", belief, worth[:, ActionTerm.DISRUPT] / belief, 0.0, 1.0)
    if known["reasoning"] < _MIRRORS:
        yield Lever(
            STOCK,
            "weariness",
            known["weariness"],
            worth[:, ActionTerm.COST] / (1.0 + known["weariness"]),
            0.0,
            math.inf,
        )
        if known["ceasefire"] > 0.0:
            yield Lever(
                STOCK,
                "ceasefire",
                known["ceasefire"],
                worth[:, ActionTerm.COMMITMENT] / (known["ceasefire"] + known["word"]),
                0.0,
                1.0,
            )
    if known["resolve"] > 0.0:
        low, at = (
            _rung_of(known, known["anger"] - known["outrage"]),
            _rung_of(known, known["anger"]),
        )
        yield Lever(
            STOCK,
            OUTRAGE,
            at,
            weights[ActionTerm.PUNISH] * 2.0 * decision.rungs / _TOP**2,
            low,
            _TOP * (1.0 - 1e-9),
        )


def _crossings(decision: Decision, lever: Lever) -> Iterator[Flip]:
    """Where another option draws level first, upwards and downwards."""
    a = best(decision, decision.utility)
    gap, lead = decision.utility[a] - decision.utility, lever.slope - lever.slope[a]
    rivals = decision.available & (gap > 0.0) & (lead != 0.0)
    steps = gap[rivals] / lead[rivals]
    for sign in (1.0, -1.0):
        ahead = (sign * steps)[sign * steps > 0.0]
        if not ahead.size:
            continue
        step = sign * (ahead.min() * (1.0 + _PAST) + _PAST**2)
        there = lever.at + step
        instead = best(decision, decision.utility + lever.slope * (there - lever.at))
        if lever.low <= there <= lever.high and instead != a:
            before, after = (
                _outrage(decision.stocks, x) if lever.name == OUTRAGE and lever.kind == STOCK else x
                for x in (lever.at, there)
            )
            yield Flip(lever.kind, lever.name, before, after, decision.options[instead])


def _rung_of(known: Mapping[str, float], anger: float) -> float:
    """The rung that so much anger demands (`sim.engine.rules.feelings.demanded_rung`)."""
    return _TOP * (1.0 - math.exp(-known["resolve"] * anger))


def _outrage(known: Mapping[str, float], rung: float) -> float:
    """The outrage at which a state demands a rung of itself."""
    return -math.log1p(-rung / _TOP) / known["resolve"] - (known["anger"] - known["outrage"])


def utility_after(decision: Decision, change: Flip) -> Array:
    """Utilities on the same table after a change, (options,), worked out from the terms."""
    table, weights = decision.table.copy(), decision.weights.copy()
    known = decision.stocks
    if change.kind == WEIGHT:
        weights[decision.terms.index(change.name)] = change.after
    elif change.kind == BELIEF:
        table[:, ActionTerm.DISRUPT] *= change.after / change.before
    elif change.name == "weariness":
        table[:, ActionTerm.COST] *= (1.0 + change.after) / (1.0 + change.before)
    elif change.name == "ceasefire":
        word = known["word"]
        table[:, ActionTerm.COMMITMENT] *= (change.after + word) / (change.before + word)
    else:
        rung = _rung_of(known, known["anger"] - change.before + change.after)
        table[:, ActionTerm.PUNISH] = -(((decision.rungs - rung) / _TOP) ** 2)
    return np.asarray(table @ weights)
