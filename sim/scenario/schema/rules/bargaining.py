"""Parameters below `rules.bargaining`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import SHAPES


class Bargaining(Block):
    """What a crisis is about, what war teaches, what makes peace dear (`rules/bargaining.py`)."""

    demonstration: Number = number(0.35, unit="probability", low=0, high=1, assumed=SHAPES)
    """Chance that a crisis is a demonstration: its sides want little."""
    attrition: Number = number(0.20, unit="probability", low=0, high=1, assumed=SHAPES)
    """Chance that its sides want to break each other; the other crises have a limited aim."""
    aim_demonstration: Number = number(0.05, unit="utility", low=0, high=5, assumed=SHAPES)
    """Aim of a side in a demonstration: what it would give up by peace."""
    aim_limited: Number = number(0.9, unit="utility", low=0, high=5, assumed=SHAPES)
    """Aim of a side in a crisis with a limited aim."""
    aim_attrition: Number = number(1.3, unit="utility", low=0, high=5, assumed=SHAPES)
    """Aim of a side that wants to break the other."""
    aim_spread: Number = number(0.35, unit="share", low=0, high=2, assumed=SHAPES)
    """Standard deviation of a side's aim, as a share of it."""
    private: Number = number(0.3, unit="utility", low=0, high=5, assumed=SHAPES)
    """Standard deviation of what peace is worth to a side for reasons that only it knows."""
    optimism: Number = number(0.4, unit="log ratio", low=-3, high=3, assumed=SHAPES)
    """How much better than the other each side expects to fare, in the log of the dead."""
    optimism_spread: Number = number(0.4, unit="log ratio", low=0, high=3, assumed=SHAPES)
    """Standard deviation of that between sides and crises."""
    conviction: Number = number(6.0, unit="days of war", low=0.1, high=1000, assumed=SHAPES)
    """Days of full information that weigh as much as what a side expected before."""
    balance_spread: Number = number(0.6, unit="log ratio", low=0, high=3, assumed=SHAPES)
    """Standard deviation of the hidden balance of strength of a crisis."""
    balance_numbers: Number = number(0.3, unit="1", low=0, high=2, assumed=SHAPES)
    """How much of the log of the ratio of mobilised men the hidden balance contains."""
    usual_dead: Number = number(15.0, unit="deaths/day", low=1, high=10000, assumed=SHAPES)
    """Dead of a side on a day of war that teaches in full."""
    text_lag: Number = number(7.0, unit="days", low=0.1, high=365, assumed=SHAPES)
    """Time by which what is on the table lags what happens in the field."""
    hopes: Number = number(1.0, unit="utility", low=0, high=10, assumed=SHAPES)
    """Weight of optimism that is left, and of results that the text does not give."""
    gains: Number = number(0.8, unit="utility", low=0, high=10, assumed=SHAPES)
    """How much a side that has fared well is content with what it has got."""
    losses: Number = number(0.6, unit="utility", low=0, high=10, assumed=SHAPES)
    """How much its weariness makes a side give way."""
    sunk: Number = number(0.95, unit="ratio", low=0, high=5, assumed=SHAPES)
    """Weight of the dead of a crisis that must not have died in vain, relative to `losses`."""
    pressure: Number = number(0.4, unit="utility", low=0, high=10, assumed=SHAPES)
    """Weight of international pressure."""
    targets: Number = number(0.3, unit="utility", low=0, high=10, assumed=SHAPES)
    """Weight of a spent list of targets."""
    outrage: Number = number(0.2, unit="utility", low=0, high=10, assumed=SHAPES)
    """Weight of outrage, against peace."""
    trust: Number = number(0.5, unit="utility", low=0, high=10, assumed=SHAPES)
    """Weight of trust in the other's word."""
    openness: Number = number(0.6, unit="utility", low=-10, high=10, assumed=SHAPES)
    """What a side thinks of peace when nothing else weighs."""
    rationality: Number = number(4.0, unit="1/utility", low=0, high=1000, assumed=SHAPES)
    """Precision of answers, and of the choice to fight on or to halt."""
    below_war: Number = number(0.35, unit="ratio", low=0, high=2, assumed=SHAPES)
    """How much the price of peace counts in a crisis below open war."""
    alone: Number = number(0.65, unit="utility", low=0, high=10, assumed=SHAPES)
    """How much dearer it is to halt than to accept an offer."""
    reciprocity: Number = number(0.35, unit="utility", low=0, high=10, assumed=SHAPES)
    """How much a rival that has halted makes a side halt."""
    inertia: Number = number(0.2, unit="utility", low=0, high=10, assumed=SHAPES)
    """How much a side keeps to what it does, fighting or halting."""
