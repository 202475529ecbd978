"""Parameters below `rules.mediation`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import SHAPES, TUNED


class Mediation(Block):
    """How talks go on, step by step (`sim/engine/rules/diplomacy.py`)."""

    activity_life: Number = number(4.0, unit="days", low=0.1, high=365, assumed=TUNED)
    """Time in which the memory of the highest rung fades."""
    threshold: Number = number(2.5, unit="rung", low=0, high=7, assumed=TUNED)
    """Activity below which nobody talks."""
    eagerness: Number = number(0.3, unit="1/day", low=0.001, high=0.999, assumed=SHAPES)
    """Chance a day at open war that a mediator of credibility 0.8 and leverage 0.5 seeks access."""
    speed: Number = number(0.4, unit="1/day", low=0.001, high=0.999, assumed=SHAPES)
    """The same for a text, once both sides talk."""
    leverage: Number = number(0.5, unit="utility", low=0, high=20, assumed=SHAPES)
    """Weight of a mediator's leverage in a side's answer."""
    access: Number = number(0.5, unit="utility", low=-10, high=10, assumed=SHAPES)
    """How much easier it is to say yes to talks than to a text."""
    harden: Number = number(0.2, unit="utility", low=-10, high=10, assumed=SHAPES)
    """How much easier it is to prolong a pause than to begin one."""
    entry: Number = number(0.6, unit="1/day", low=0.01, high=1, assumed=SHAPES)
    """Chance a day that a text both have accepted enters into force."""
    hotline: Number = number(0.1, unit="1/day", low=0, high=1, assumed=SHAPES)
    """Chance a day that the sides themselves talk of an end, at open war, with a trust of 0.4."""
    dated: Number = number(0.45, unit="share", low=0, high=1, assumed=SHAPES)
    """Share of such talks at war that lead to a pause of some days and not to a ceasefire."""
    pause: Number = number(0.25, unit="1/day", low=0.01, high=1, assumed=SHAPES)
    """A pause lasts two days and more; each further day is its last with this chance."""
