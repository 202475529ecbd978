"""Parameters below `rules.commands`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import TUNED


class Commands(Block):
    """Border commands (`sim/engine/rules/border.py`); rates hold in calm and without grievance."""

    fire_rate: Number = number(0.0019, unit="1/day", low=0, high=0.5, assumed=TUNED)
    """Chance a day that a command opens fire by itself."""
    raid_rate: Number = number(0.000075, unit="1/day", low=0, high=0.5, assumed=TUNED)
    """Chance a day that it raids by itself."""
    rationality: Number = number(5.0, unit="1/utility", low=0, high=1000, assumed=TUNED)
    """Precision of choice."""
    grievance: Number = number(0.7, unit="utility", low=0, high=100, assumed=TUNED)
    """Weight of local grievance."""
    posture: Number = number(0.5, unit="utility", low=0, high=100, assumed=TUNED)
    """Weight of the capital's posture on fire."""
    raid_posture: Number = number(0.75, unit="utility", low=0, high=100, assumed=TUNED)
    """Weight of the capital's posture on raids."""
    outrage: Number = number(0.15, unit="utility", low=0, high=100, assumed=TUNED)
    """Weight of the nation's outrage on fire."""
    ceasefire: Number = number(0.4, unit="utility", low=0, high=100, assumed=TUNED)
    """Weight of a ceasefire against fire."""
    raid_ceasefire: Number = number(0.5, unit="utility", low=0, high=100, assumed=TUNED)
    """Weight of a ceasefire against raids."""
    grievance_life: Number = number(4.0, unit="days", low=0.1, high=365, assumed=TUNED)
    """Time in which local grievance fades."""
