"""Parameters below `rules.hosting`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import OURS, TUNED


class Hosting(Block):
    """The host's weekly choice: tolerate, restrain or crack down (`sim/engine/rules/host.py`)."""

    review: Number = number(7.0, unit="days", low=1, high=365, assumed=TUNED)
    """Days between reviews."""
    reconsider: Number = number(0.3, unit="probability", low=0, high=1, assumed=TUNED)
    """Chance that a review reopens the question."""
    rationality: Number = number(3.0, unit="1/utility", low=0, high=1000, assumed=TUNED)
    """Precision of choice."""
    coercion_window: Number = number(21.0, unit="days", low=1, high=365, assumed=TUNED)
    """Window over which it feels the rival's coercion."""
    restrained: Number = number(0.65, unit="ratio", low=0, high=1, assumed=TUNED)
    """What is left of the haven under restraint."""
    cracked_down: Number = number(0.3, unit="ratio", low=0, high=1, assumed=TUNED)
    """What is left of it under a crackdown."""
    defection: Number = number(0.2, unit="utility", low=0, high=20, assumed=OURS)
    """Fear that a group cracked down on goes over to the host's own enemies."""
    dispersed: Number = number(0.002, unit="1/day", low=0, high=1, assumed=OURS)
    """Share of the fighters in the host's sectors that give up or are locked up each day of a
    crackdown."""
