"""Parameters below `rules.mediation`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import TUNED


class Mediation(Block):
    """Offers and their acceptance (`sim/engine/rules/diplomacy.py`)."""

    activity_life: Number = number(4.0, unit="days", low=0.1, high=365, assumed=TUNED)
    """Time in which the memory of the highest rung fades."""
    threshold: Number = number(2.5, unit="rung", low=0, high=7, assumed=TUNED)
    """Activity below which no mediator offers."""
    eagerness: Number = number(0.48, unit="1/day", low=0.001, high=0.999, assumed=TUNED)
    """Chance a day of an offer at open war by a mediator of credibility 0.8."""
    urgency: Number = number(2.5, unit="utility", low=0, high=20, assumed=TUNED)
    """How much the offer hangs on the height of the crisis."""
    deaths: Number = number(0.15, unit="utility", low=0, high=20, assumed=TUNED)
    """How much it hangs on the log of recent deaths."""
    openness: Number = number(-0.1, unit="utility", low=-10, high=10, assumed=TUNED)
    """What a state thinks of talks when nothing else weighs."""
    rationality: Number = number(4.0, unit="1/utility", low=0, high=1000, assumed=TUNED)
    """Precision of acceptance."""
    weariness: Number = number(1.0, unit="utility", low=0, high=20, assumed=TUNED)
    """Weight of weariness in acceptance."""
    pressure: Number = number(0.8, unit="utility", low=0, high=20, assumed=TUNED)
    """Weight of international pressure."""
    leverage: Number = number(1.0, unit="utility", low=0, high=20, assumed=TUNED)
    """Weight of the mediator's leverage."""
    targets: Number = number(0.6, unit="utility", low=0, high=20, assumed=TUNED)
    """Weight of a spent target list."""
    trust: Number = number(0.5, unit="utility", low=0, high=20, assumed=TUNED)
    """Weight of trust."""
    outrage: Number = number(0.45, unit="utility", low=0, high=20, assumed=TUNED)
    """Weight of outrage, against."""
    losses: Number = number(0.2, unit="utility", low=0, high=20, assumed=TUNED)
    """Weight of the log of recent own losses."""
    war_aim: Number = number(2.4, unit="utility", low=0, high=20, assumed=TUNED)
    """Weight of the war aim, against."""
    private: Number = number(1.0, unit="utility", low=0, high=20, assumed=TUNED)
    """Standard deviation of each side's private value of peace in a crisis."""
