"""What a state can do, and how it compares with a rival: capability decides which actions exist."""

from __future__ import annotations

import math

from sim.engine.jit import njit
from sim.engine.rules.allies import beside
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import BarReason
from sim.vocabulary.ladder import N_ACTIONS, Aim, Domain, Posture, Rung

_FLEET = 1.0  # aircraft fit to fly that it takes to strike at all


@njit
def air_power(world, i):
    """Combat aircraft fit to fly, and what strikes from afar."""
    s = world.states[i]
    return s.combat_aircraft * s.serviceability + s.standoff


@njit
def strikes(world, i, action):
    """Whether an action of a state has an air part.

    It aims at somebody, and there are aircraft for it.
    """
    row = world.actions[action]
    return row.aim != Aim.NOBODY and (row.domain == Domain.AIR or air_power(world, i) >= _FLEET)


@njit
def at_war(world, i, j):
    """Whether `i` is at open war with `j`."""
    return world.actions[world.dyads[i, j].posture].posture == Posture.WAR


@njit
def war_action(world):
    """The action that is open war."""
    for action in range(world.actions.shape[0]):
        if world.actions[action].posture == Posture.WAR:
            return action
    return 0


@njit
def alert(world):
    """The posture to which a state falls back after an act, and at a ceasefire."""
    for action in range(world.actions.shape[0]):
        if world.actions[action].posture == Posture.ALERT:
            return action
    return 0


@njit
def ground_power(world, i):
    """Soldiers left, with armour counted in soldiers."""
    s = world.states[i]
    return max(1.0, s.personnel - s.lost + world.rules[0].choice_armour_men * s.armour)


@njit
def powers(world, i, j, air):
    """What `i` brings against `j`, in the air or on the ground, with those who fight `j` beside it.

    An ally's forces count as far as `i` counts on it.
    """
    own = air_power(world, i) if air else ground_power(world, i)
    for n in range(world.alliances.shape[0]):
        for side in range(2):
            share = beside(world, n, side, i, j)
            if share > 0.0:
                ally = world.promises[n, side].to
                own += share * (air_power(world, ally) if air else ground_power(world, ally))
    return own


@njit
def superiority(world, i, j, action):
    """How far `i` outmatches `j` in what the action needs: 1 is enough, less makes it dear.

    Air: a/(a + w b), 1 against a rival without aircraft. Ground: square root of the ratio of
    numbers (Lanchester's square law), capped, so that sheer mass does not make offensives look
    cheap. Allies who fight the same enemy count on either side.
    """
    r = world.rules[0]
    if world.actions[action].domain == Domain.AIR:
        own, other = powers(world, i, j, True), powers(world, j, i, True)
        return own / (own + r.choice_air_balance * other) if own > 0.0 else 0.0
    ratio = powers(world, i, j, False) / powers(world, j, i, False)
    return min(r.choice_ground_cap, math.sqrt(ratio))


@njit
def vital_threat(world, i, j):
    """Whether a rival at war threatens what a nuclear state holds vital.

    Its losses or its border posts.
    """
    r = world.rules[0]
    attacked = at_war(world, j, i) or world.dyads[i, j].met_rung >= Rung.MILITARY_STRIKES
    losses = world.dyads[i, j].crisis_losses / world.states[i].personnel
    posts = world.dyads[i, j].posts_lost / max(world.dyads[i, j].posts, 1.0)
    return attacked and (losses >= r.choice_vital_losses or posts >= r.choice_vital_posts)


@njit
def has_quarry(world, i, j):
    """Whether fighters of an enemy of `i` are on the soil of `j`."""
    for g in range(world.groups.shape[0]):
        if world.groups[g].enemy == i and world.hosts[g, j].present == 1:
            for k in range(world.sectors.shape[0]):
                if world.sectors[k].state == j and world.presence[g, k].fighters >= 1.0:
                    return True
    return False


@njit
def obstacle(world, i, j, action):
    """What keeps a state from an action against a rival, NOTHING if it can take it."""
    row = world.actions[action]
    domain = row.domain
    if row.by != NOBODY and row.by != i:
        return BarReason.NOT_ITS_OWN
    if domain == Domain.AIR:
        if air_power(world, i) < _FLEET:
            return BarReason.NO_AIRCRAFT
        hunts = row.aim == Aim.MILITANTS
        return BarReason.NO_TARGET if hunts and not has_quarry(world, i, j) else BarReason.NOTHING
    if domain == Domain.GROUND:
        # an air force can wage war where no border is shared; an army cannot
        shared = world.pairs[world.dyads[i, j].pair].borders > 0
        return BarReason.NOTHING if shared or strikes(world, i, action) else BarReason.NO_BORDER
    if domain == Domain.NUCLEAR:
        if world.states[i].nuclear == 0:
            return BarReason.NOT_NUCLEAR
        if not vital_threat(world, i, j):
            return BarReason.NOTHING_VITAL
    return BarReason.NOTHING


@njit
def can(world, i, j, action):
    """Whether the state is able to take the action against the rival at all."""
    return obstacle(world, i, j, action) == BarReason.NOTHING


@njit
def reply_to(world, i, j, rung):
    """The action with which a proportionate `j` answers an act of `i`.

    Its highest one not above the act's rung; of the ladder, of two that are equal.
    """
    best = 0
    for action in range(world.actions.shape[0] - 1, -1, -1):
        row = world.actions[action]
        if row.rung < Rung.BORDER_FIRE or row.rung < world.actions[best].rung:
            if action < N_ACTIONS:
                break  # the ladder's stand in the order of their rungs
        elif row.domain != Domain.NUCLEAR and row.rung <= rung and can(world, j, i, action):
            best = action
            if action < N_ACTIONS:
                break
    return best
