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
        1.2,
        unit="log deaths",
        low=0.01,
        high=3,
        assumed="near 20 dead the tail then has the exponent 2.3 of strikes in the record "
        "(calibration/data)",
    )
    """Standard deviation of log deaths."""
    sites: Number = number(2, unit="sites", low=1, high=10, assumed=OURS)
    """Sites hit by one strike."""
    opening: Number = number(
        7, unit="sites", low=0, high=20, assumed="nine sites in the first night of May 2025"
    )
    """Sites more that the first night of a war hits, fewer as the list of targets is struck."""
    capital: Number = number(0.15, unit="probability", low=0, high=1, assumed=OURS)
    """Chance that a military strike or a day of war hits the capital."""
