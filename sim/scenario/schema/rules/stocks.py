"""Parameters below `rules.stocks`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import OURS, SHAPES, TUNED


class Stocks(Block):
    """Weariness and international pressure (`sim/engine/rules/stocks.py`)."""

    weariness_life: Number = number(90.0, unit="days", low=1, high=3650, assumed=SHAPES)
    """Time in which a state's losses stop to tire it."""
    weariness_losses: Number = number(
        3.0, unit="dead per thousand mobilised", low=0.01, high=1000, assumed=SHAPES
    )
    """Own dead of rivals' hands, per thousand mobilised men, at which weariness is one half."""
    weariness_closure: Number = number(
        0.01, unit="dead per thousand mobilised/day", low=0, high=10, assumed=OURS
    )
    """What a day with all crossings closed tires a state by, in the same unit."""
    pressure_life: Number = number(14.0, unit="days", low=1, high=3650, assumed=TUNED)
    """Time in which international pressure fades."""
    pressure_rung: Number = number(0.05, unit="stock", low=0, high=1, assumed=TUNED)
    """Pressure from an act of rung 6, less for lower rungs."""
    pressure_civilian: Number = number(0.004, unit="stock/death", low=0, high=1, assumed=TUNED)
    """Pressure from a civilian killed."""
