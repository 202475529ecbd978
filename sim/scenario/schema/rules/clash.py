"""Parameters below `rules.clash`."""

from __future__ import annotations

from sim.scenario.fields import Block, Number, number
from sim.scenario.schema.assumptions import OURS, TUNED


class Clash(Block):
    """Ground combat: stochastic Lanchester exchange (`sim/engine/rules/clash.py`)."""

    effectiveness: Number = number(0.012, unit="kills/man/round", low=0, high=1, assumed=TUNED)
    """Enemies that one engaged man puts out of action in a round in the open."""
    rounds: Number = number(6, unit="rounds", low=1, high=8, assumed=OURS)
    """Rounds in a raid."""
    fire_men: Number = number(30, unit="persons", low=1, high=10000, assumed=OURS)
    """Men engaged on each side in border fire."""
    raid_men: Number = number(80, unit="persons", low=1, high=10000, assumed=OURS)
    """Men sent on a raid."""
    post_men: Number = number(30, unit="persons", low=1, high=10000, assumed=OURS)
    """Men holding the posts raided."""
    offensive_men: Number = number(250, unit="persons", low=1, high=100000, assumed=OURS)
    """Men sent in each sector of a ground offensive."""
    break_share: Number = number(0.25, unit="share", low=0.01, high=1, assumed=OURS)
    """Losses at which a side breaks off."""
    sectors: Number = number(4, unit="borders", low=1, high=20, assumed=OURS)
    """Stretches of border on which an offensive or a day of open war is fought."""
    garrison: Number = number(2500, unit="persons", low=1, high=1e6, assumed=OURS)
    """Men of a border command where the scenario gives none."""
    reinforcement: Number = number(30, unit="days", low=1, high=3650, assumed=OURS)
    """Time in which a command's losses are made good from the army."""
    retake: Number = number(0.15, unit="1/day", low=0, high=1, assumed=OURS)
    """Share of lost posts retaken or returned each day."""
    airlift: Number = number(0.15, unit="1", low=0, high=5, assumed=OURS)
    """Gain of raids from helicopters, by log of their number."""
    war_intensity: Number = number(0.25, unit="ratio", low=0, high=5, assumed=TUNED)
    """Men engaged on a day of open war, relative to an offensive."""
    defence_plain: Number = number(1.2, unit="ratio", low=0.1, high=10, assumed=OURS)
    """Defender's advantage on the plain."""
    defence_desert: Number = number(1.2, unit="ratio", low=0.1, high=10, assumed=OURS)
    """In the desert."""
    defence_hill: Number = number(1.5, unit="ratio", low=0.1, high=10, assumed=OURS)
    """In hills."""
    defence_mountain: Number = number(1.8, unit="ratio", low=0.1, high=10, assumed=OURS)
    """In mountains."""
    defence_urban: Number = number(2.0, unit="ratio", low=0.1, high=10, assumed=OURS)
    """In towns."""
