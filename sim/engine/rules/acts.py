"""National acts against a rival: what each action of the ladder does when its order is carried out."""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.rules.balance import air_power, can
from sim.engine.rules.clash import NATIONAL, fight, mobility
from sim.engine.rules.feelings import discharge, note_act, resent_act, resent_clash
from sim.engine.rules.record import (
    book_claims,
    claim,
    counting,
    first_day,
    log_event,
    pick,
    touch,
)
from sim.engine.rules.strike import bomb
from sim.engine.world.tables import ACT, NOBODY, POSTURE
from sim.vocabulary.ladder import (
    BORDER_FIRE,
    CALM,
    GROUND_OFFENSIVE,
    LIMITED_STRIKE,
    MILITARY_STRIKE,
    NUCLEAR_SIGNAL,
    OPEN_WAR,
    RAID,
    TENSION,
    column,
)

_RUNG = column("rung")
_DELAY = column("delay_days")
_DEPLETION = column("depletion")
_DAMAGE = column("damage")
_FIRE_ROUNDS = 2
_OFFENSIVE_DEFENDERS = (
    3.0  # Assumed: posts under a prepared offensive are held by this multiple of the usual men
)
_FIRE_TEMPO = 0.25  # Assumed: chance a day that a posture of border fire is one of fire, not only of leave to fire
_SIGNAL_LIFE_DAYS = 30.0  # Assumed: how long nuclear signals weigh on the rival


@njit
def weigh_borders(world, i, j):
    """Fill the scratch weights with the men of `i` at each border with `j`."""
    for b in range(world.borders.shape[0]):
        side = 0 if world.commands[b, 0].state == i else 1
        facing = world.commands[b, side].state == i and world.commands[b, 1 - side].state == j
        world.weigh[b] = world.commands[b, side].men if facing else 0.0


@njit
def assault(world, i, j, action, attackers, defenders, rounds, place):
    """Attack at one border, drawn by the men there; `place` numbers the attacks of the day. Returns own, rival's dead."""
    u, _, _, _ = chance.uniforms(world, world.dyads[i, j].key, chance.PLACE, 64 + place)
    b = pick(world.weigh, world.borders.shape[0], u)
    if b == NOBODY:
        return 0, 0
    world.weigh[b] = 0.0
    side = 0 if world.commands[b, 0].state == i else 1
    own, other = fight(world, b, side, NATIONAL, attackers, defenders, rounds)
    sector = world.commands[b, 1 - side].sector
    touch(world, sector)
    event = log_event(world, ACT, i, j)
    event.action, event.sector = action, sector
    event.dead_own, event.dead_security = own, other
    key = world.commands[b, side].key
    claimed, admitted = claim(world, i, j, key, 2 * NATIONAL, other)
    countered, own_admitted = claim(world, j, i, key, 2 * NATIONAL + 1, own)
    book_claims(world, i, j, claimed, admitted)
    book_claims(world, j, i, countered, own_admitted)
    event.claimed, event.admitted = claimed, admitted
    event.counter_claimed, event.own_admitted = countered, own_admitted
    return own, other


@njit
def ground(world, i, j, action):
    """The ground part of an act; returns own and the rival's dead."""
    r = world.rules[0]
    weigh_borders(world, i, j)
    own, other = 0, 0
    if action == BORDER_FIRE:
        return assault(world, i, j, action, r.clash_fire_men, r.clash_fire_men, _FIRE_ROUNDS, 0)
    if action == RAID:
        return assault(
            world,
            i,
            j,
            action,
            r.clash_raid_men * mobility(world, i),
            r.clash_post_men,
            r.clash_rounds,
            0,
        )
    if action == GROUND_OFFENSIVE or action == OPEN_WAR:
        intensity = r.clash_war_intensity if action == OPEN_WAR else 1.0
        for place in range(int(r.clash_sectors)):
            men = r.clash_offensive_men * intensity
            fell_own, fell_other = assault(
                world,
                i,
                j,
                action,
                men,
                _OFFENSIVE_DEFENDERS * intensity * r.clash_post_men,
                r.clash_rounds,
                place,
            )
            own += fell_own
            other += fell_other
    return own, other


@njit
def tally_act(world, i, action):
    """Count an act in the measures."""
    if not counting(world):
        return
    t, s = world.tally[0], world.states[i]
    if action == RAID:
        t.raids += 1
        s.raids += 1
        t.first_raid_day = first_day(world, t.first_raid_day)
    elif action == LIMITED_STRIKE:
        t.first_limited_strike_day = first_day(world, t.first_limited_strike_day)
    elif action == GROUND_OFFENSIVE:
        t.offensives += 1
    elif action == NUCLEAR_SIGNAL:
        t.nuclear_signals += 1
    if (
        action == LIMITED_STRIKE
        or action == MILITARY_STRIKE
        or (action == OPEN_WAR and air_power(world, i) >= 1.0)
    ):
        t.strikes += 1
        s.strikes += 1


@njit
def consequences(world, i, j, action, own, soldiers, civilians, capital):
    """What an act does to feelings, pressure, targets, a ceasefire and the memory of both sides."""
    r = world.rules[0]
    rung = _RUNG[action]
    d, pair = world.dyads[i, j], world.pairs[world.dyads[i, j].pair]
    note_act(world, i, j, rung)
    dead = soldiers + civilians
    d.own_dead += own
    world.dyads[j, i].own_dead += dead
    world.states[i].lost_today += own
    world.states[j].lost_today += soldiers
    pair.dead_today += own + dead
    world.tally[0].interstate_today += own + dead
    d.targets *= _DEPLETION[action]
    world.states[i].pressure += (
        r.stocks_pressure_rung * rung / 6.0 + r.stocks_pressure_civilian * civilians
    )
    if rung >= 3:
        resent_act(world, j, i, rung, dead, own, capital)
        discharge(world, i, j, action)
    elif rung == 2:
        resent_clash(world, j, i, False, dead)
    if pair.in_force == 1:
        damage = r.ceasefire_damage * _DAMAGE[action]
        pair.hit += damage
        d.hit += damage
    if action == NUCLEAR_SIGNAL:
        d.signalled = 1.0
    tally_act(world, i, action)


@njit
def act(world, i, j, action):
    """Carry out one action of `i` against `j`."""
    own, soldiers = ground(world, i, j, action)
    fell, civilians, capital = 0, 0, False
    if (
        action == LIMITED_STRIKE
        or action == MILITARY_STRIKE
        or (action == OPEN_WAR and air_power(world, i) >= 1.0)
    ):
        fell, civilians, capital = bomb(world, i, j, action, action == LIMITED_STRIKE)
    elif action == NUCLEAR_SIGNAL:
        log_event(world, ACT, i, j).action = action
    consequences(world, i, j, action, own, soldiers + fell, civilians, capital)


@njit
def begin_war(world, i, j):
    """Go over to open war: a public aim that it will be costly to fall short of (Fearon 1994)."""
    d = world.dyads[i, j]
    if d.posture != OPEN_WAR:
        d.posture = OPEN_WAR
        d.war_aim = 1.0
        log_event(world, POSTURE, i, j).action = OPEN_WAR


@njit
def carry_out(world, i, j):
    """A day of what `i` does to `j`: its posture goes on, its order is carried out when it is due."""
    d = world.dyads[i, j]
    if d.order != NOBODY and not can(world, i, j, d.order):
        d.order = NOBODY
    if d.order != NOBODY:
        u, _, _, _ = chance.uniforms(world, d.key, chance.ORDER, 0)
        if u < 1.0 / (1.0 + world.rules[0].choice_delay * _DELAY[d.order]):
            action = d.order
            d.order = NOBODY
            if action == OPEN_WAR:
                begin_war(world, i, j)
            else:
                d.posture = TENSION
                act(world, i, j, action)
    _, v, _, _ = chance.uniforms(world, d.key, chance.ORDER, 0)
    if d.posture == OPEN_WAR or (d.posture == BORDER_FIRE and v < _FIRE_TEMPO):
        act(world, i, j, d.posture)
    elif d.posture != CALM:
        d.act_rung = max(d.act_rung, 1.0)
        world.pairs[d.pair].rung = max(world.pairs[d.pair].rung, 1.0)
    d.signalled *= math.exp(-1.0 / _SIGNAL_LIFE_DAYS)
