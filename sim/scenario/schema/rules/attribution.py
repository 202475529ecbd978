"""Parameters below `rules.attribution`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import OURS, TUNED


class Attribution(Block):
    """Bayes' rule in log-odds over who harbours whom (`sim/engine/rules/attribution.py`)."""

    background: Number = number(0.15, unit="share", low=0, high=1, assumed=TUNED)
    """Share of the attacks that are not news whose evidence is looked at."""
    forgetting: Number = number(120.0, unit="days", low=1, high=36500, assumed=TUNED)
    """Time in which belief drifts to its prior."""
    bound: Number = number(3.0, unit="log-odds", low=0.1, high=20, assumed=TUNED)
    """Most that belief can be off even odds."""
    blame: Number = number(1.0, unit="ratio", low=0, high=20, assumed=OURS)
    """Scale of what attacks by groups do to feelings through blame."""
