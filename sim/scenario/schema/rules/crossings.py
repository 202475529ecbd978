"""Parameters below `rules.crossings`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import OURS


class Crossings(Block):
    """Closing and opening of crossings (`sim/engine/rules/crossings.py`)."""

    review: Number = number(7.0, unit="days", low=1, high=365, assumed=OURS)
    """Mean days between reviews; an act of rung 3 or higher forces one."""
    rationality: Number = number(4.0, unit="1/utility", low=0, high=1000, assumed=OURS)
    """Precision of choice."""
    protest: Number = number(0.8, unit="utility", low=0, high=20, assumed=OURS)
    """Weight of grievance and outrage for closing."""
    violence: Number = number(1.0, unit="utility", low=0, high=20, assumed=OURS)
    """Weight of the recent rung for closing."""
    trade: Number = number(0.4, unit="utility", low=0, high=20, assumed=OURS)
    """Weight of lost trade for opening, growing with the time closed."""
    inertia: Number = number(
        0.5,
        unit="utility",
        low=0,
        high=20,
        assumed="crossings closed on 12 October 2025 were still closed four months later",
    )
    """Weight of leaving things as they are."""
