"""Ground combat: a stochastic Lanchester exchange at a stretch of border.

Lanchester (1916), "Aircraft in warfare", ch. 5-6: aimed fire, each side's losses in proportion to
the other's men, so that without chance alpha*A^2 - beta*B^2 is conserved (the square law). Here a
round's losses are Poisson with that mean. A side that has lost its breaking share goes back; a
defender who does leaves posts in the attacker's hands.
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.elementary import log
from sim.engine.jit import njit
from sim.engine.rules.record import muster, soldiers_die
from sim.engine.rules.records import Force
from sim.vocabulary.codes import FailureKind, Purpose, Terrain

_MOST_ROUNDS = 8
_MEN_PER_POST = 80.0  # Assumed: attackers that it takes to overrun one post
# Assumed: of its men a side can send half out to attack; four in five are there to defend
_SENT, _PRESENT = 0.5, 0.8


@njit
def exchange(world, key, index, force, defence):
    """Fight; the draws are those of `index`.

    Parameters
    ----------
    key : entity whose random draws they are
    force : the men engaged, a `Force`; at most 8 rounds
    defence : factor by which the attacker's kills are divided

    Returns
    -------
    dead attackers, dead defenders, whether the defenders broke
    """
    r = world.rules[0]
    attackers, defenders, rounds, edge, toll = force
    kill, share = r.clash_effectiveness * toll, r.clash_break_share
    fell_a, fell_d = 0, 0
    for n in range(min(int(rounds), _MOST_ROUNDS)):
        u, v, _, _ = chance.uniforms(world, key, Purpose.EXCHANGE, index * _MOST_ROUNDS + n)
        men_a, men_d = attackers - fell_a, defenders - fell_d
        hit_d = chance.poisson(world, kill * edge * men_a / defence, u)
        hit_a = chance.poisson(world, kill / edge * men_d, v)
        fell_d = int(min(fell_d + hit_d, math.floor(defenders)))
        fell_a = int(min(fell_a + hit_a, math.floor(attackers)))
        if fell_d >= share * defenders or fell_a >= share * attackers:
            break
    return fell_a, fell_d, fell_d >= share * defenders and fell_a < share * attackers


@njit
def fight(world, border, side, index, force):
    """A clash at a border opened by `side` (0 or 1): both lose men, posts may fall.

    The draws are those of the command that opens it. Returns dead of the attacker's and of the
    defender's soldiers.
    """
    own, other = world.commands[border, side], world.commands[border, 1 - side]
    attackers = min(force.attackers, _SENT * own.men)
    defenders = min(force.defenders, _PRESENT * other.men)
    defence = defence_of(world, world.sectors[other.sector].terrain)
    fell_a, fell_d, broke = exchange(
        world,
        own.key,
        index,
        Force(attackers, defenders, force.rounds, force.edge, force.toll),
        defence,
    )
    fell_a = command_dies(world, border, side, fell_a)
    fell_d = command_dies(world, border, 1 - side, fell_d)
    if broke:
        loser = world.dyads[other.state, own.state]
        loser.posts_lost = min(
            loser.posts, loser.posts_lost + max(1.0, math.floor(attackers / _MEN_PER_POST))
        )
    return fell_a, fell_d


@njit
def command_dies(world, border, side, dead):
    """Take `dead` men from a border command; returns how many it had left today."""
    command = world.commands[border, side]
    dead = int(min(dead, math.floor(max(command.men - command.fallen, 0.0))))
    dead = soldiers_die(world, command.state, dead)
    command.fallen += dead
    return dead


@njit
def mobility(world, state):
    """Gain of a raid from helicopters fit to fly."""
    s = world.states[state]
    return 1.0 + world.rules[0].clash_airlift * log(1.0 + s.helicopters * s.serviceability)


@njit
def defence_of(world, terrain):
    """The defender's advantage on a terrain."""
    r = world.rules[0]
    if terrain == Terrain.PLAIN:
        return r.clash_defence_plain
    if terrain == Terrain.HILL:
        return r.clash_defence_hill
    if terrain == Terrain.MOUNTAIN:
        return r.clash_defence_mountain
    if terrain == Terrain.DESERT:
        return r.clash_defence_desert
    if terrain == Terrain.URBAN:
        return r.clash_defence_urban
    chance.fail(world, FailureKind.UNKNOWN_CHOICE)
    return 1.0


@njit
def recover(world):
    """A day's end at the border.

    The fallen are replaced by reserves as far as the army has any, lost posts retaken or returned.
    """
    r = world.rules[0]
    muster(world)
    for b in range(world.commands.shape[0]):
        for side in range(2):
            c = world.commands[b, side]
            c.men = max(0.0, c.men - c.fallen)
            c.fallen = 0.0
            c.men += (c.garrison - c.men) / r.clash_reinforcement
            c.men = min(c.men, c.garrison * world.states[c.state].manned)
    for i in range(world.states.shape[0]):
        for j in range(world.states.shape[0]):
            world.dyads[i, j].posts_lost *= 1.0 - r.clash_retake
