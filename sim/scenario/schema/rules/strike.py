"""Parameters below `rules.strike`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import OURS, TUNED


class Strike(Block):
    """Air and missile strikes (`sim/engine/rules/strike.py`)."""

    militants: Number = number(20.0, unit="deaths", low=0, high=10000, assumed=TUNED)
    """Mean militant dead of a limited strike on a full target list."""
    soldiers: Number = number(15.0, unit="deaths", low=0, high=10000, assumed=TUNED)
    """Mean soldiers dead of a strike on military targets."""
    civilians: Number = number(6.0, unit="deaths", low=0, high=10000, assumed=TUNED)
    """Mean civilian dead of a strike."""
    war_soldiers: Number = number(15.0, unit="deaths", low=0, high=10000, assumed=TUNED)
    """Mean soldiers dead of the strikes of a day of open war."""
    spread: Number = number(
        0.8,
        unit="log deaths",
        low=0.01,
        high=3,
        assumed="sigma 0.89 for drone strikes on militants (calibration/data)",
    )
    """Standard deviation of log deaths."""
    sites: Number = number(2, unit="sectors", low=1, high=10, assumed=OURS)
    """Sectors hit by one strike."""
    capital: Number = number(0.15, unit="probability", low=0, high=1, assumed=OURS)
    """Chance that a military strike or a day of war hits the capital."""
