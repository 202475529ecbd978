"""The books: who died, and what is told. Every death in the model passes through here, and once."""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.elementary import exp
from sim.engine.jit import njit
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import EventKind, Purpose

# log-spread of claims around their median; assumed: spans the 2.5 to 28 of the data at eight to one
_CLAIM_SPREAD = 0.6
_CLAIM_FLOOR = 0.3  # Assumed: what a side "sees" fall where nobody did


@njit
def counting(world):
    """Whether the day counts in the measures: after the release."""
    return world.clock[0].day > 0


@njit
def soldiers_left(world, state):
    """Soldiers and police of a state who are alive."""
    return max(world.states[state].personnel - world.states[state].lost, 0.0)


@njit
def soldiers_die(world, state, dead):
    """Take `dead` soldiers or police from a state; returns how many it had."""
    row = world.states[state]
    dead = int(min(dead, soldiers_left(world, state)))
    row.lost += dead
    if counting(world):
        row.deaths_security += dead
    world.tally[0].dead_today += dead
    return dead


@njit
def count_posts(world):
    """Count the men that sectors and border commands ask for, state by state."""
    for i in range(world.states.shape[0]):
        world.states[i].stationed = 0.0
    for k in range(world.sectors.shape[0]):
        place = world.sectors[k]
        world.states[place.state].stationed += place.garrison
    for b in range(world.commands.shape[0]):
        for side in range(2):
            command = world.commands[b, side]
            world.states[command.state].stationed += command.garrison


@njit
def muster(world):
    """What share of its posts each army can fill.

    All of them, until it has fewer men than its sectors and border commands ask for.
    """
    for i in range(world.states.shape[0]):
        stationed, left = world.states[i].stationed, soldiers_left(world, i)
        world.states[i].manned = 1.0 if stationed <= left else left / stationed


@njit
def deploy(world):
    """Count and fill the posts anew; no border command has more men than the army has for it."""
    count_posts(world)
    muster(world)
    for b in range(world.commands.shape[0]):
        for side in range(2):
            command = world.commands[b, side]
            manned = world.states[command.state].manned
            command.men = min(command.men, command.garrison * manned)


@njit
def garrison(world, sector):
    """Soldiers and police stationed in a sector."""
    place = world.sectors[sector]
    return place.garrison * world.states[place.state].manned


@njit
def garrison_dies(world, sector, dead):
    """Take `dead` soldiers or police stationed in a sector; returns how many were there."""
    place = world.sectors[sector]
    dead = int(min(dead, math.floor(max(garrison(world, sector) - place.fallen, 0.0))))
    dead = soldiers_die(world, place.state, dead)
    place.fallen += dead
    return dead


@njit
def people(world, sector):
    """Civilians who live in a sector, as of this morning."""
    return max(world.sectors[sector].population - world.sectors[sector].perished, 0.0)


@njit
def civilians_die(world, sector, dead):
    """Take `dead` civilians who live in a sector; returns how many were there."""
    place = world.sectors[sector]
    dead = int(min(dead, math.floor(max(people(world, sector) - place.victims, 0.0))))
    place.victims += dead
    if counting(world):
        world.states[place.state].deaths_civilian += dead
    world.tally[0].dead_today += dead
    return dead


@njit
def bury(world, sector):
    """A day's end: its dead civilians are missing from tomorrow on, the garrison is made good."""
    place = world.sectors[sector]
    if place.victims > 0.0 or place.fallen > 0.0:
        place.perished += place.victims
        place.victims = 0.0
        place.fallen = 0.0


@njit
def militants_die(world, group, sector, dead):
    """Take `dead` fighters of a group from a sector; returns how many it had there."""
    place = world.presence[group, sector]
    dead = int(min(dead, math.floor(place.fighters)))
    place.fighters -= dead
    if counting(world):
        world.groups[group].deaths += dead
    world.tally[0].dead_today += dead
    return dead


@njit
def claim(world, state, rival, draw, enemy_dead):
    """What a state says of enemy soldiers it killed, and what the rival admits.

    The ratio of claim to admission in the data runs from 2.5 to 28 (calibration/data). `draw` is
    the key and the index of the random numbers. Returns (claimed, admitted).
    """
    u, v, w, _ = chance.uniforms(world, draw[0], Purpose.CLAIM, draw[1])
    seen = max(float(enemy_dead), _CLAIM_FLOOR)
    claimed = math.floor(
        seen * world.states[state].exaggeration * exp(_CLAIM_SPREAD * chance.normal(u, v)) + 0.5
    )
    return claimed, float(chance.split(enemy_dead, world.states[rival].admission, w))


@njit
def book_claims(world, state, rival, claimed, admitted):
    """Add a claim about soldiers to the measures of the two states."""
    if counting(world):
        world.states[state].claimed += claimed
        world.states[rival].admitted += admitted


@njit
def drop_order(world, i, j, reason):
    """Give up the order of `i` against `j`, if it has one; `reason` is a `Drop`."""
    d = world.dyads[i, j]
    if d.order != NOBODY:
        event = log_event(world, EventKind.DROPPED, i, j)
        event.action = d.order
        event.value = reason
        d.order = NOBODY


@njit
def log_event(world, kind, actor, target):
    """Open a row of the log for an event of today; the caller fills what else applies.

    Returns the record, `EVENT`: nobody and nowhere but for `actor` and `target`, no dead, no
    claims. Where no log is kept, or where it is full, it is a row that nothing reads, so that a
    caller need not ask; the next event overwrites it.
    """
    clock, row = world.clock[0], world.log.shape[0]
    if row > 0:
        row = clock.log_length
        clock.log_length += 1
    event = world.log[row] if row < world.log.shape[0] else world.unkept[0]
    event.day = clock.day
    event.kind = kind
    event.actor = actor
    event.target = target
    event.action = NOBODY
    event.sector = NOBODY
    event.group = NOBODY
    event.dead_own = 0.0
    event.dead_security = 0.0
    event.dead_civilians = 0.0
    event.dead_militants = 0.0
    event.claimed = NOBODY
    event.admitted = NOBODY
    event.counter_claimed = NOBODY
    event.own_admitted = NOBODY
    event.value = 0.0
    event.scripted = 0
    return event


@njit
def touch(world, sector):
    """Count an event in a sector."""
    if counting(world) and sector != NOBODY:
        world.sectors[sector].events += 1


@njit
def raise_rung(world, pair, rung):
    """Note an act of this rung in a relation today."""
    row = world.pairs[pair]
    row.rung = max(row.rung, float(rung))


@njit
def first_day(world, current):
    """Today, if a time measure has no day yet."""
    return float(world.clock[0].day) if math.isnan(current) else current


@njit
def pick(weights, n, u):
    """An index below `n` with probability proportional to weight.

    NOBODY if no weight is positive.
    """
    total = 0.0
    for k in range(n):
        total += weights[k]
    if total <= 0.0:
        return NOBODY
    rest = u * total
    last = NOBODY
    for k in range(n):
        if weights[k] > 0.0:
            last = k
            rest -= weights[k]
            if rest < 0.0:
                return k
    return last
