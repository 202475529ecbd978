"""Parameters below `rules.stocks`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import TUNED


class Stocks(Block):
    """Weariness and international pressure (`sim/engine/rules/stocks.py`)."""

    weariness_life: Number = number(60.0, unit="days", low=1, high=3650, assumed=TUNED)
    """Time in which weariness fades."""
    weariness_soldier: Number = number(0.0025, unit="stock/death", low=0, high=1, assumed=TUNED)
    """Weariness from a soldier lost to a rival, double for the smaller army."""
    weariness_war_day: Number = number(0.012, unit="stock/day", low=0, high=1, assumed=TUNED)
    """Weariness from a day of open war."""
    weariness_closure: Number = number(0.002, unit="stock/day", low=0, high=1, assumed=TUNED)
    """Weariness from a day with all crossings closed."""
    pressure_life: Number = number(14.0, unit="days", low=1, high=3650, assumed=TUNED)
    """Time in which international pressure fades."""
    pressure_rung: Number = number(0.05, unit="stock", low=0, high=1, assumed=TUNED)
    """Pressure from an act of rung 6, less for lower rungs."""
    pressure_civilian: Number = number(0.004, unit="stock/death", low=0, high=1, assumed=TUNED)
    """Pressure from a civilian killed."""
