"""Parameters below `rules.ceasefire`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import SHAPES, TUNED


class Ceasefire(Block):
    """What a ceasefire is worth, what wears it down, how it ages (`rules/ceasefire.py`)."""

    initial: Number = number(0.18, unit="quality", low=0, high=1, assumed=SHAPES)
    """Quality of a ceasefire that nobody guarantees."""
    tacit: Number = number(0.6, unit="ratio", low=0, high=1, assumed=SHAPES)
    """What is left of that where both have merely stopped."""
    guarantees: Number = number(0.3, unit="quality", low=0, high=1, assumed=SHAPES)
    """Quality that a full guarantee adds at the start; a guarantee is worth the guarantor's mean
    leverage times its credibility, within chance."""
    trusted: Number = number(0.3, unit="quality", low=0, high=1, assumed=SHAPES)
    """Quality that full trust adds."""
    lasting: Number = number(0.15, unit="quality", low=0, high=1, assumed=SHAPES)
    """Quality that an old ceasefire reaches with nobody to guarantee it and no trust."""
    monitoring: Number = number(0.6, unit="quality", low=0, high=1, assumed=SHAPES)
    """Quality that a full guarantee adds to that: monitors, crossings, a joint commission."""
    lasting_trust: Number = number(0.4, unit="quality", low=0, high=1, assumed=SHAPES)
    """Quality that full trust adds to it."""
    repair: Number = number(45.0, unit="days", low=1, high=36500, assumed=SHAPES)
    """Time in which quality moves to what it can reach, in quiet times."""
    ageing: Number = number(75.0, unit="days", low=1, high=36500, assumed=SHAPES)
    """Age by which that has come near its height."""
    erosion: Number = number(120.0, unit="days", low=1, high=36500, assumed=TUNED)
    """Time in which quality erodes while there is fighting."""
    wear_life: Number = number(25.0, unit="days", low=1, high=3650, assumed=SHAPES)
    """Age by which violations have come to cost little."""
    wear_left: Number = number(0.2, unit="ratio", low=0, high=1, assumed=SHAPES)
    """What they cost an old ceasefire, relative to a new one."""
    contact: Number = number(3.0, unit="incidents/day", low=0, high=100, assumed=SHAPES)
    """Incidents on the first day, until the lines are drawn apart."""
    contact_life: Number = number(2.0, unit="days", low=0.1, high=365, assumed=SHAPES)
    """Time in which they become rare."""
    word: Number = number(0.65, unit="quality", low=0, high=2, assumed=SHAPES)
    """What a fresh word binds a side by, whatever the quality."""
    word_life: Number = number(25.0, unit="days", low=1, high=3650, assumed=SHAPES)
    """Time in which that fades."""
    spoilers: Number = number(0.025, unit="quality", low=0, high=1, assumed=TUNED)
    """Damage by a newsworthy attack that is blamed on the other."""
    local_fire: Number = number(0.015, unit="quality", low=0, high=1, assumed=TUNED)
    """Damage by local border fire to a ceasefire of quality 0.3; a better one loses more by it."""
    local_raid: Number = number(0.045, unit="quality", low=0, high=1, assumed=TUNED)
    """Damage by a local raid to a ceasefire of quality 0.3."""
    damage: Number = number(0.6, unit="ratio", low=0, high=20, assumed=SHAPES)
    """Scale of the ladder's column of damage by national acts."""
    collapse: Number = number(0.08, unit="quality", low=0, high=1, assumed=TUNED)
    """Quality at which it ends."""
    broken_trust: Number = number(0.75, unit="ratio", low=0, high=1, assumed=TUNED)
    """What is left of trust after a collapse."""
    built_trust: Number = number(0.0015, unit="1/day", low=0, high=1, assumed=SHAPES)
    """Trust built by a day of ceasefire."""
    relief: Number = number(0.3, unit="ratio", low=0, high=1, assumed=SHAPES)
    """What is left of outrage when a ceasefire begins."""
    relief_grievance: Number = number(0.55, unit="ratio", low=0, high=1, assumed=SHAPES)
    """What is left of grievance when a ceasefire begins."""
