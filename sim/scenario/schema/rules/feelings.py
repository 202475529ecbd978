"""Parameters below `rules.feelings`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import OURS, TUNED


class Feelings(Block):
    """Two stocks of feeling, and what fills and empties them (`sim/engine/rules/feelings.py`)."""

    outrage_life: Number = number(3.0, unit="days", low=0.1, high=365, assumed=TUNED)
    """Time in which outrage fades."""
    grievance_life: Number = number(75.0, unit="days", low=1, high=3650, assumed=TUNED)
    """Time in which grievance fades."""
    outrage_cap: Number = number(4.0, unit="stock", low=0.1, high=100, assumed=TUNED)
    """Most that outrage can reach."""
    grievance_cap: Number = number(1.5, unit="stock", low=0.1, high=100, assumed=TUNED)
    """Most that grievance can reach."""
    grievance_share: Number = number(0.6, unit="1", low=0, high=10, assumed=TUNED)
    """Weight of grievance beside outrage in the demanded rung."""
    news_window: Number = number(90.0, unit="days", low=1, high=3650, assumed=TUNED)
    """Window over which people get used to daily deaths."""
    news_floor: Number = number(9.0, unit="deaths", low=1, high=1000, assumed=TUNED)
    """Deaths below which no attack is news."""
    news_multiple: Number = number(2.0, unit="days of deaths", low=0, high=100, assumed=TUNED)
    """Habituation: an attack is news above this many mean days of deaths."""
    news_spectacular: Number = number(1.5, unit="ratio", low=0.1, high=10, assumed=TUNED)
    """Factor on the deaths of a spectacular attack."""
    attack_outrage: Number = number(0.75, unit="stock", low=0, high=10, assumed=TUNED)
    """Outrage from a newsworthy attack, by belief in the host's part."""
    attack_grievance: Number = number(0.01, unit="stock", low=0, high=10, assumed=TUNED)
    """Grievance from any attack, by log deaths."""
    act_outrage: Number = number(2.5, unit="stock", low=0, high=10, assumed=TUNED)
    """Outrage at a rival's act of rung 6, less for lower rungs."""
    act_deaths: Number = number(0.18333, unit="stock", low=0, high=10, assumed=TUNED)
    """Outrage by log deaths in a rival's act."""
    gesture: Number = number(0.35, unit="ratio", low=0, high=1, assumed=OURS)
    """Factor on both for an act that was announced and in which nobody died."""
    act_grievance: Number = number(0.2, unit="stock", low=0, high=10, assumed=TUNED)
    """Grievance at a rival's act of rung 6, less for lower rungs."""
    capital_factor: Number = number(2.0, unit="ratio", low=1, high=10, assumed=TUNED)
    """Factor on both when the capital is hit."""
    own_deaths: Number = number(0.091667, unit="stock", low=0, high=10, assumed=TUNED)
    """Outrage by log of own dead in an own act."""
    fire_outrage: Number = number(0.06, unit="stock", low=0, high=10, assumed=TUNED)
    """Outrage at local border fire."""
    local_raid_outrage: Number = number(0.2, unit="stock", low=0, high=10, assumed=TUNED)
    """Outrage at a local raid."""
    local_deaths: Number = number(0.128, unit="stock", low=0, high=10, assumed=TUNED)
    """Outrage by log deaths in a local clash."""
    local_grievance: Number = number(0.01, unit="stock/rung", low=0, high=10, assumed=TUNED)
    """Grievance from a local clash, by its rung."""
    grievance_spent: Number = number(0.08, unit="share", low=0, high=1, assumed=TUNED)
    """Share of grievance that acting discharges."""
    discharge: Number = number(1.0, unit="ratio", low=0, high=1.3, assumed=TUNED)
    """Scale of the ladder's column of outrage spent by acting."""
