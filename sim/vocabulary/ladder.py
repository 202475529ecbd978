"""The ladder of escalation as data: rungs, the actions on them, and the kinds of militant target.

A new action is one row of `ACTIONS` and its effect in one rule. The numbers of a row are those of
the prototype in docs/odd.md, section "Ladder": assumed, tuned by hand on the founding case's tempo.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

# Militarized Interstate Dispute hostility level (Palmer et al. 2022, MID 5): 1 none, 2 threat, 3
# display, 4 use, 5 war
RUNGS = (
    ("calm", 1),
    ("tension", 3),
    ("border fire", 4),
    ("raid", 4),
    ("limited strikes", 4),
    ("military strikes or ground offensive", 4),
    ("open war", 5),
    ("nuclear signalling", 3),
)


class Action(NamedTuple):
    """One thing that a state can do to a rival.

    `rung` on the ladder; `air`, `ground`, `atom` what it needs (0 or 1); `persists`: 1 a posture
    kept until changed, 0 done once; `delay_days` mean time from order to act; `disrupt` share of
    the militant capacity it can take away; `cost` in men and materiel; `harm` to the rival;
    `violation` of a ceasefire in the actor's eyes; `damage` to a ceasefire's quality; `depletion`
    factor on the target list; `spent` share of outrage that acting discharges.
    """

    name: str
    rung: int
    air: int
    ground: int
    atom: int
    persists: int
    delay_days: float
    disrupt: float
    cost: float
    harm: float
    violation: float
    damage: float
    depletion: float
    spent: float
    verb: str


ACTIONS = (
    # name               rung air gr atom per delay disr  cost  harm  viol  damage depl  spent  verb
    Action("calm",              0, 0, 0, 0, 1, 0.0, 0.00, 0.00, 0.00, 0.00, 0.000, 1.00, 0.00, "stands down"),
    Action("tension",           1, 0, 0, 0, 1, 0.0, 0.00, 0.03, 0.02, 0.00, 0.000, 1.00, 0.00, "protests and puts its forces on alert"),
    Action("border_fire",       2, 0, 1, 0, 1, 0.0, 0.00, 0.12, 0.10, 0.35, 0.015, 1.00, 0.00, "opens fire across the border"),
    Action("raid",              3, 0, 1, 0, 0, 1.0, 0.08, 0.25, 0.35, 0.70, 0.120, 1.00, 0.41, "raids border posts"),
    Action("limited_strike",    4, 1, 0, 0, 0, 0.7, 0.60, 0.32, 0.40, 0.80, 0.250, 0.94, 0.55, "strikes militant targets from the air"),
    Action("military_strike",   5, 1, 0, 0, 0, 0.5, 0.30, 0.45, 0.70, 1.00, 0.600, 0.90, 0.55, "strikes posts, headquarters and depots from the air"),
    Action("ground_offensive",  5, 0, 1, 0, 0, 2.0, 0.00, 0.45, 0.60, 1.00, 0.600, 1.00, 0.55, "attacks along several sectors of the border"),
    Action("open_war",          6, 0, 1, 0, 1, 0.6, 0.55, 0.56, 1.10, 1.20, 1.000, 0.88, 0.75, "wages open war"),
    Action("nuclear_signal",    7, 0, 0, 1, 0, 1.0, 0.00, 0.90, 1.60, 1.20, 0.600, 1.00, 0.75, "signals with its nuclear forces"),
)  # fmt: skip


class Target(NamedTuple):
    """A kind of target that a militant group attacks.

    `arousal` weight in the victim's outrage; `spectacular` 1 if every attack of this kind is news
    of the first order; `security` share of the dead that are members of the security forces;
    `severity` factor on deaths.
    """

    name: str
    arousal: float
    spectacular: int
    security: float
    severity: float
    noun: str


TARGETS = (
    Target("patrol", 1.0, 0, 0.90, 1.0, "a patrol or convoy"),
    Target("police", 1.0, 0, 0.85, 0.9, "a police station or check post"),
    Target("base", 1.8, 1, 0.90, 1.6, "a military base or airport"),
    Target("market", 0.7, 0, 0.05, 1.1, "a market or mosque"),
)

ACTION_NAMES = tuple(a.name for a in ACTIONS)
TARGET_NAMES = tuple(t.name for t in TARGETS)
RUNG_NAMES = tuple(name for name, _ in RUNGS)

(
    CALM,
    TENSION,
    BORDER_FIRE,
    RAID,
    LIMITED_STRIKE,
    MILITARY_STRIKE,
    GROUND_OFFENSIVE,
    OPEN_WAR,
    NUCLEAR_SIGNAL,
) = range(len(ACTIONS))
N_ACTIONS = len(ACTIONS)
N_RUNGS = len(RUNGS)


def column(field: str) -> np.ndarray:
    """One column of the ladder, (n_actions,) float, for the compiled rules."""
    return np.array([getattr(a, field) for a in ACTIONS], dtype=np.float64)


def target_column(field: str) -> np.ndarray:
    """One column of the table of target kinds, (n_targets,) float."""
    return np.array([getattr(t, field) for t in TARGETS], dtype=np.float64)
