"""What a state can do, and how it compares with a rival: capability decides which actions exist."""

from __future__ import annotations

import math

from sim.engine.jit import njit
from sim.vocabulary.ladder import BORDER_FIRE, NUCLEAR_SIGNAL, OPEN_WAR, column

_AIR = column("air")
_GROUND = column("ground")
_ATOM = column("atom")
_RUNG = column("rung")

NOTHING, NO_AIRCRAFT, NO_BORDER, NOT_NUCLEAR, NOTHING_VITAL = range(5)


@njit
def air_power(world, i):
    """Combat aircraft fit to fly."""
    return world.states[i].combat_aircraft * world.states[i].serviceability


@njit
def ground_power(world, i):
    """Soldiers left, with armour counted in soldiers."""
    s = world.states[i]
    return max(1.0, s.personnel - s.lost + world.rules[0].choice_armour_men * s.armour)


@njit
def superiority(world, i, j, action):
    """How far `i` outmatches `j` in what the action needs: 1 is enough, less makes it dear.

    Air: a/(a + w b), 1 against a rival without aircraft. Ground: square root of the ratio of
    numbers (Lanchester's square law), capped, so that sheer mass does not make offensives look
    cheap.
    """
    r = world.rules[0]
    if _AIR[action] > 0:
        own = air_power(world, i)
        return own / (own + r.choice_air_balance * air_power(world, j)) if own > 0.0 else 0.0
    return min(r.choice_ground_cap, math.sqrt(ground_power(world, i) / ground_power(world, j)))


@njit
def vital_threat(world, i, j):
    """Whether a rival at war threatens what a nuclear state holds vital: its losses or its border posts."""
    r = world.rules[0]
    attacked = world.dyads[j, i].posture == OPEN_WAR or world.dyads[i, j].met_rung >= 5.0
    losses = world.dyads[i, j].crisis_losses / world.states[i].personnel
    posts = world.dyads[i, j].posts_lost / max(world.dyads[i, j].posts, 1.0)
    return attacked and (losses >= r.choice_vital_losses or posts >= r.choice_vital_posts)


@njit
def obstacle(world, i, j, action):
    """What keeps a state from an action against a rival, 0 if nothing does."""
    if _AIR[action] > 0 and air_power(world, i) < 1.0:
        return NO_AIRCRAFT
    # an air force can wage war where no border is shared; an army cannot
    if (
        _GROUND[action] > 0
        and world.pairs[world.dyads[i, j].pair].borders == 0
        and not (action == OPEN_WAR and air_power(world, i) >= 1.0)
    ):
        return NO_BORDER
    if _ATOM[action] > 0:
        if world.states[i].nuclear == 0:
            return NOT_NUCLEAR
        if not vital_threat(world, i, j):
            return NOTHING_VITAL
    return NOTHING


@njit
def can(world, i, j, action):
    """Whether the state is able to take the action against the rival at all."""
    return obstacle(world, i, j, action) == NOTHING


@njit
def reply_to(world, i, j, rung):
    """The action with which a proportionate `j` answers an act of `i`: its highest one not above the act's rung."""
    for action in range(NUCLEAR_SIGNAL - 1, BORDER_FIRE - 1, -1):
        if _RUNG[action] <= rung and can(world, j, i, action):
            return action
    return 0
