"""National acts against a rival.

What each action of the ladder does when its order is carried out.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.rules.balance import alert, obstacle, strikes
from sim.engine.rules.bargaining import prowess
from sim.engine.rules.clash import fight, mobility
from sim.engine.rules.feelings import discharge, note_act, resent_act, resent_clash
from sim.engine.rules.own_acts import calm_rival, which
from sim.engine.rules.record import (
    book_claims,
    claim,
    counting,
    drop_order,
    first_day,
    log_event,
    pick,
    touch,
)
from sim.engine.rules.records import Dead, Deed, Force, Manner, Readiness
from sim.engine.rules.strike import bomb
from sim.engine.world.memo import Memo, fading
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import BarReason, Clash, Drop, EventKind, Purpose
from sim.vocabulary.ladder import N_ACTIONS, Domain, Fight, Posture, Rung, Tally

# Assumed: fire across the border is an exchange or two, not a fight to a decision
_FIRE_ROUNDS = 2.0
# Assumed: posts under a prepared offensive are held by this multiple of the usual men
_OFFENSIVE_DEFENDERS = 3.0
_PLACES = 64  # draws of places on the ground are numbered from here, after those of sites
_ALERT_RUNG = float(Rung.TENSION)  # what a posture counts as on a day without an act
_WEAR = float(Rung.OPEN_WAR)  # the rung at which an act brings pressure in full
_NOTHING_TO_DO = Readiness(1.0, 1.0, 1.0)
_SIGNAL_LIFE_DAYS = 30.0  # Assumed: how long nuclear signals weigh on the rival


@njit
def weigh_borders(world, i, j):
    """Fill the scratch weights with the men of `i` at each border with `j`."""
    for b in range(world.borders.shape[0]):
        side = 0 if world.commands[b, 0].state == i else 1
        facing = world.commands[b, side].state == i and world.commands[b, 1 - side].state == j
        world.weigh[b] = world.commands[b, side].men if facing else 0.0


@njit
def assault(world, deed, force, place):
    """Attack at one border, drawn by the men there; returns own and the rival's dead.

    `place` numbers the attacks of the day.
    """
    i, j, _ = deed
    key = world.dyads[i, j].key
    u, _, _, _ = chance.uniforms(world, key, Purpose.PLACE, _PLACES + place)
    b = pick(world.weigh, world.borders.shape[0], u)
    if b == NOBODY:
        return 0, 0
    world.weigh[b] = 0.0
    side = 0 if world.commands[b, 0].state == i else 1
    own, other = fight(world, b, side, Clash.NATIONAL, force)
    sector, doing = world.commands[b, 1 - side].sector, world.dyads[i, j].own_act
    event = log_event(world, EventKind.ACT, i, j)
    event.action, event.value = deed.action, float(doing)
    event.dead_own, event.dead_security = own, other
    if world.own_acts[doing].placed == 1:
        touch(world, sector)
        event.sector = sector
    if world.own_acts[doing].deaths == 0.0:
        return own, other
    key = world.commands[b, side].key
    claimed, admitted = claim(world, i, j, (key, 2 * Clash.NATIONAL), other)
    countered, own_admitted = claim(world, j, i, (key, 2 * Clash.NATIONAL + 1), own)
    book_claims(world, i, j, claimed, admitted)
    book_claims(world, j, i, countered, own_admitted)
    event.claimed, event.admitted = claimed, admitted
    event.counter_claimed, event.own_admitted = countered, own_admitted
    return own, other


@njit
def ground(world, i, j, action):
    """The ground part of an act, at borders by the scratch weights; own and the rival's dead."""
    r, fight_as = world.rules[0], world.actions[action].fight
    deed, toll = Deed(i, j, action), world.own_acts[world.dyads[i, j].own_act].deaths
    if fight_as == Fight.FIRE:
        force = Force(r.clash_fire_men, r.clash_fire_men, _FIRE_ROUNDS, 1.0, toll)
        return assault(world, deed, force, 0)
    if fight_as == Fight.RAID:
        men = r.clash_raid_men * mobility(world, i)
        return assault(world, deed, Force(men, r.clash_post_men, r.clash_rounds, 1.0, toll), 0)
    own, other = 0, 0
    if fight_as == Fight.OFFENSIVE:
        war = world.actions[action].posture == Posture.WAR
        intensity = r.clash_war_intensity if war else 1.0
        men = r.clash_offensive_men * intensity
        posts = _OFFENSIVE_DEFENDERS * intensity * r.clash_post_men
        edge = prowess(world, i, j) if war else 1.0
        for place in range(int(r.clash_sectors)):
            force = Force(men, posts, r.clash_rounds, edge, toll)
            fell, felled = assault(world, deed, force, place)
            own += fell
            other += felled
    return own, other


@njit
def tally_act(world, i, action):
    """Count an act in the measures."""
    if not counting(world):
        return
    t, s, tally = world.tally[0], world.states[i], world.actions[action].tally
    if tally == Tally.RAID:
        t.raids += 1
        s.raids += 1
        t.first_raid_day = first_day(world, t.first_raid_day)
    elif tally == Tally.LIMITED_STRIKE:
        t.first_limited_strike_day = first_day(world, t.first_limited_strike_day)
    elif tally == Tally.OFFENSIVE:
        t.offensives += 1
    elif tally == Tally.NUCLEAR_SIGNAL:
        t.nuclear_signals += 1
    if strikes(world, i, action):
        t.strikes += 1
        s.strikes += 1


@njit
def consequences(world, deed, fallen, manner):
    """What an act does to feelings, pressure, targets, a ceasefire and the memory of both sides."""
    i, j, action = deed
    own, soldiers, civilians, _ = fallen
    r, row = world.rules[0], world.actions[action]
    rung, like = row.rung, world.actions[row.like]
    d, pair = world.dyads[i, j], world.pairs[world.dyads[i, j].pair]
    note_act(world, i, j, rung)
    dead = soldiers + civilians
    d.own_dead += own
    world.dyads[j, i].own_dead += dead
    world.states[i].lost_today += own
    world.states[j].lost_today += soldiers
    pair.dead_today += own + dead
    world.tally[0].interstate_today += own + dead
    d.targets *= row.depletion
    own_act = world.own_acts[d.own_act]
    world.states[i].pressure += (
        r.stocks_pressure_rung * own_act.pressure * rung / _WEAR
        + r.stocks_pressure_civilian * civilians
    )
    if like.rung >= Rung.RAID:
        resent_act(world, deed, fallen, manner)
        discharge(world, i, j, action)
    elif like.rung == Rung.BORDER_FIRE:
        resent_clash(world, j, i, False, dead)
    if action >= N_ACTIONS:
        calm_rival(world, i, j, d.own_act)
    if pair.in_force == 1:
        damage = r.ceasefire_damage * like.damage * own_act.damage
        pair.hit += damage
        d.hit += damage
    if row.domain == Domain.NUCLEAR:
        d.signalled = 1.0
    tally_act(world, i, action)
    if counting(world):
        own_act.acts += 1


@njit
def act(world, i, j, action):
    """Carry out one action of `i` against `j`."""
    d = world.dyads[i, j]
    d.own_act = which(world, i, j, action)
    weigh_borders(world, i, j)
    own, soldiers = ground(world, i, j, action)
    fell, civilians, capital = 0, 0, False
    if strikes(world, i, action):
        fell, civilians, capital = bomb(world, i, j, action)
    elif world.actions[action].fight == Fight.NONE:
        event = log_event(world, EventKind.ACT, i, j)
        event.action, event.value = action, float(d.own_act)
    fallen = Dead(own, soldiers + fell, civilians, 0)
    announced = world.own_acts[d.own_act].announced == 1
    consequences(world, Deed(i, j, action), fallen, Manner(capital, announced))
    d.own_act = 0


@njit
def drop_impossible(world):
    """Orders that cannot be carried out any more are given up.

    Before anybody acts, so that no act of today decides it.
    """
    for i in range(world.states.shape[0]):
        for j in range(world.states.shape[0]):
            d = world.dyads[i, j]
            if d.pair != NOBODY and d.order != NOBODY:
                reason = obstacle(world, i, j, d.order)
                if reason != BarReason.NOTHING:
                    drop_order(world, i, j, Drop.IMPOSSIBLE + reason)


@njit
def readiness_of(world, i, j):
    """The draws of `i` toward `j` for today, `Readiness`; none if it has nothing to carry out."""
    d = world.dyads[i, j]
    if d.order == NOBODY and world.actions[d.posture].tempo == 0.0:
        return _NOTHING_TO_DO
    order, posture, turn, _ = chance.uniforms(world, d.key, Purpose.ORDER, 0)
    return Readiness(order, posture, turn)


@njit
def is_due(world, i, j, ready):
    """Whether an order is carried out today; `ready` are the draws of `i`, `Readiness`."""
    d = world.dyads[i, j]
    if d.order == NOBODY:
        return False
    delay = world.rules[0].choice_delay * world.actions[d.order].delay_days
    return ready.order < 1.0 / (1.0 + delay)


@njit
def goes_to_war(world, i, j):
    """Whether `i` goes over to open war with `j` today."""
    order = world.dyads[i, j].order
    if order == NOBODY or world.actions[order].posture != Posture.WAR:
        return False
    return is_due(world, i, j, readiness_of(world, i, j))


@njit
def carry_out(world, i, j, ready):
    """A day of what `i` does to `j`: its posture goes on, its order is carried out when due.

    `ready` are its draws, `Readiness`.
    """
    d = world.dyads[i, j]
    if is_due(world, i, j, ready):
        action = d.order
        d.order = NOBODY
        if world.actions[action].rung > _ALERT_RUNG or world.actions[d.posture].rung > _ALERT_RUNG:
            d.posture = alert(world)  # an act that calms puts no forces on alert
        act(world, i, j, action)
    if ready.posture < world.actions[d.posture].tempo:
        act(world, i, j, d.posture)
    elif world.actions[d.posture].rung > Rung.CALM:
        d.act_rung = max(d.act_rung, _ALERT_RUNG)
        world.pairs[d.pair].rung = max(world.pairs[d.pair].rung, _ALERT_RUNG)
    d.signalled *= fading(world, Memo.SIGNAL, 0, _SIGNAL_LIFE_DAYS)
