"""Parameters below `rules.militancy`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import OURS, TUNED


class Militancy(Block):
    """Militant groups' choices, recruits and losses (`sim/engine/rules/militants.py`)."""

    review: Number = number(7.0, unit="days", low=1, high=365, assumed=OURS)
    """Days between reviews of a group's campaign."""
    low_mode: Number = number(0.6, unit="ratio", low=0, high=10, assumed=TUNED)
    """Rate of attacks when lying low."""
    surge_mode: Number = number(1.5, unit="ratio", low=0, high=10, assumed=TUNED)
    """Rate of attacks in a surge."""
    capacity_base: Number = number(0.4, unit="share", low=0, high=1, assumed=TUNED)
    """Share of the capacity left without any haven."""
    operation_rate: Number = number(0.05, unit="1/day", low=0, high=10, assumed=TUNED)
    """Operations a day against a group that does not attack."""
    operation_reply: Number = number(
        0.1,
        unit="operations/attack",
        low=0,
        high=10,
        assumed="0.13 (0.09-0.17) operations a militant attack, 2008-14 (calibration/data)",
    )
    """Operations that one attack draws."""
    operation_mu: Number = number(1.7, unit="log deaths", low=-3, high=6, assumed=TUNED)
    """Mean of log militants killed by an operation."""
    operation_sigma: Number = number(0.8, unit="log deaths", low=0.01, high=3, assumed=TUNED)
    """Standard deviation of the same."""
    operation_losses: Number = number(0.08, unit="ratio", low=0, high=10, assumed=OURS)
    """Soldiers lost for each militant killed in operations."""
    backlash: Number = number(
        0.05,
        unit="recruits/death",
        low=0,
        high=100,
        assumed="weak: no rise of attacks after strikes in the data (calibration/data)",
    )
    """Recruits for each civilian killed by strikes and operations."""
    attack_losses: Number = number(0.35, unit="deaths/attack", low=0, high=100, source="pips-2025")
    """Militants killed in an attack of their own."""
    operation_civilians: Number = number(0.03, unit="ratio", low=0, high=10, assumed=OURS)
    """Civilians lost for each militant killed in operations."""
    offensive_factor: Number = number(3.0, unit="ratio", low=1, high=50, assumed=TUNED)
    """Operations in an offensive, relative to routine."""
    offensive_displaced: Number = number(0.01, unit="1/day", low=0, high=1, assumed=OURS)
    """Share of the fighters at home driven across the border each day of an offensive."""
    offensive_days: Number = number(120, unit="days", low=1, high=3650, assumed=OURS)
    """Mean length of an offensive before it fades."""
    offensive_need: Number = number(4.0, unit="ratio", low=0.1, high=100, assumed=OURS)
    """Deaths a day, relative to the start, at which an offensive looks as good as routine."""
    movement: Number = number(0.08, unit="share", low=0, high=1, assumed=OURS)
    """Share of the fighters that one decision to move takes across the border."""
    truce_offer: Number = number(
        0.002,
        unit="1/day",
        low=0,
        high=1,
        assumed="three truces of one group in 2014-2022 (calibration/data)",
    )
    """Chance a day that a truce is offered to a group, doubled under a host's restraint."""
    truce_calm: Number = number(
        0.17,
        unit="ratio",
        low=0,
        high=1,
        assumed="0.16 and 0.19 in the truces of 2021 and 2014 (calibration/data)",
    )
    """Rate of attacks during a truce, relative to before."""
    truce_days: Number = number(
        75, unit="days", low=1, high=3650, assumed="30, 46 and 179 days (calibration/data)"
    )
    """Mean length of a truce."""
    hold_ratio: Number = number(
        8.0,
        unit="soldiers/fighter",
        low=0.1,
        high=1000,
        assumed="ten to one is the old rule of thumb",
    )
    """Soldiers in a sector that one fighter offsets in the contest for control."""
    control_days: Number = number(30.0, unit="days", low=1, high=3650, assumed=OURS)
    """Time in which control of a sector shifts."""
    control_recruits: Number = number(0.5, unit="ratio", low=0, high=20, assumed=OURS)
    """Gain of recruits from full control of the sectors where a group lives."""
