"""Parameters below `rules.ceasefire`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import TUNED


class Ceasefire(Block):
    """What a ceasefire is worth, and what wears it down (`sim/engine/rules/ceasefire.py`)."""

    initial: Number = number(0.1, unit="quality", low=0, high=1, assumed=TUNED)
    """Quality of a ceasefire that nobody guarantees."""
    guarantees: Number = number(0.6, unit="quality", low=0, high=1, assumed=TUNED)
    """Quality that a mediator's full leverage can add."""
    trusted: Number = number(0.3, unit="quality", low=0, high=1, assumed=TUNED)
    """Quality that full trust adds."""
    erosion: Number = number(120.0, unit="days", low=1, high=36500, assumed=TUNED)
    """Time in which quality erodes by itself."""
    monitoring: Number = number(0.005, unit="1/day", low=0, high=1, assumed=TUNED)
    """Daily repair by a guarantor of full leverage and credibility, in quiet times."""
    spoilers: Number = number(0.025, unit="quality", low=0, high=1, assumed=TUNED)
    """Damage by a newsworthy attack that is blamed on the other."""
    local_fire: Number = number(0.015, unit="quality", low=0, high=1, assumed=TUNED)
    """Damage by local border fire."""
    local_raid: Number = number(0.045, unit="quality", low=0, high=1, assumed=TUNED)
    """Damage by a local raid."""
    damage: Number = number(1.0, unit="ratio", low=0, high=20, assumed=TUNED)
    """Scale of the ladder's column of damage by national acts."""
    collapse: Number = number(0.08, unit="quality", low=0, high=1, assumed=TUNED)
    """Quality at which it ends."""
    broken_trust: Number = number(0.75, unit="ratio", low=0, high=1, assumed=TUNED)
    """What is left of trust after a collapse."""
    built_trust: Number = number(0.004, unit="1/day", low=0, high=1, assumed=TUNED)
    """Trust built by a day of ceasefire."""
    relief: Number = number(0.5, unit="ratio", low=0, high=1, assumed=TUNED)
    """What is left of outrage when a ceasefire begins."""
