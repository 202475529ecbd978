"""Who stands with whom: what one state feels, and counts on, for the sake of another.

A promise binds as far as its commitment and the trust that is left in the other's word. Anger and
strength are those of the other rules; an alliance has none of its own.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.world.tables import NOBODY


@njit
def war_between(world, i, j):
    """Whether two states are at war with each other."""
    p = world.dyads[i, j].pair
    return p != NOBODY and world.pairs[p].war == 1


@njit
def bond(world, n, side):
    """How far one side of an alliance stands with the other, and counts on it: a share."""
    return world.alliances[n].commitment * world.promises[n, side].trust


@njit
def covers(world, n, side, enemy):
    """Whether an alliance holds against a state, seen from one of its sides."""
    return world.cover[2 * n + side, enemy].holds == 1


@njit
def share_anger(world, victim, actor, outrage, grievance):
    """Those who have promised to stand with the victim of an act collect a share of what it feels.

    They feel it with all else that the day has collected (`feel_with_allies`).
    """
    for n in range(world.alliances.shape[0]):
        for side in range(2):
            promise = world.promises[n, side]
            if promise.to == victim and promise.bound == 1 and covers(world, n, side, actor):
                share, call = bond(world, n, side), world.calls[promise.of, actor]
                call.new_outrage += share * outrage
                call.new_grievance += share * grievance


@njit
def has_made_peace(world, i, j):
    """Whether two states keep a ceasefire that has stopped a war between them."""
    pair = world.pairs[world.dyads[i, j].pair]
    return pair.in_force == 1 and pair.stopped_war == 1


@njit
def anger_of_allies(world, i, j):
    """Outrage and grievance to which `i` can come against `j` for the sake of its allies."""
    outrage, grievance = 0.0, 0.0
    for n in range(world.alliances.shape[0]):
        for side in range(2):
            promise = world.promises[n, side]
            if promise.of == i and promise.bound == 1 and covers(world, n, side, j):
                share, theirs = bond(world, n, side), world.dyads[promise.to, j]
                outrage = max(outrage, share * theirs.outrage)
                grievance = max(grievance, share * theirs.grievance)
    return outrage, grievance


@njit
def feel_with_allies(world):
    """What was collected for the sake of allies is felt: never more than a share of their anger.

    Who has made peace with the other feels nothing of it.
    """
    for i in range(world.calls.shape[0]):
        for j in range(world.calls.shape[1]):
            call, d = world.calls[i, j], world.dyads[i, j]
            if d.pair == NOBODY or call.new_outrage + call.new_grievance <= 0.0:
                continue
            if not has_made_peace(world, i, j):
                outrage, grievance = anger_of_allies(world, i, j)
                d.outrage = max(d.outrage, min(d.outrage + call.new_outrage, outrage))
                d.grievance = max(d.grievance, min(d.grievance + call.new_grievance, grievance))
            call.new_outrage, call.new_grievance = 0.0, 0.0


@njit
def beside(world, n, side, i, enemy):
    """The share of the forces of the other side of an alliance on which `i` counts.

    0 unless `i` is this side and the other is at war with the same enemy.
    """
    promise = world.promises[n, side]
    if promise.of != i or not covers(world, n, side, enemy):
        return 0.0
    return bond(world, n, side) if war_between(world, promise.to, enemy) else 0.0


@njit
def calls_now(world, n, side, enemy):
    """Whether a promise calls whoever made it into the other's war against an enemy."""
    promise = world.promises[n, side]
    if promise.bound == 0 or not covers(world, n, side, enemy) or bond(world, n, side) <= 0.0:
        return False
    if not war_between(world, promise.to, enemy):
        return False
    begun_by = world.pairs[world.dyads[promise.to, enemy].pair].begun_by
    return world.alliances[n].defensive == 0 or begun_by == enemy


@njit
def strongest_call(world, i, enemy):
    """The promise by which `i` is called most strongly against an enemy, as an alliance and a side.

    NOBODY twice if none calls; where several bind alike, draws decide.
    """
    best, best_side = NOBODY, NOBODY
    for n in range(world.alliances.shape[0]):
        for side in range(2):
            if world.promises[n, side].of != i or not calls_now(world, n, side, enemy):
                continue
            first = best == NOBODY
            if not first:
                ally, other = world.promises[n, side].to, world.promises[best, best_side].to
                keys = world.states[ally].key, world.states[other].key
                bonds = bond(world, n, side), bond(world, best, best_side)
                first = chance.outranks(world, bonds[0], bonds[1], keys)
            if first:
                best, best_side = n, side
    return best, best_side


@njit
def lose_trust(world, n, side):
    """The other side of an alliance is let down by this one, and trusts its word less."""
    world.promises[n, 1 - side].trust *= world.rules[0].ceasefire_broken_trust
    world.alliances[n].deserted += 1
