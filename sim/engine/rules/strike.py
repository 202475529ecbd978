"""Air strikes across a border: who is hit, and what is left of the list of targets.

The dead are rounded lognormal counts; 256 drone strikes of 2004-18 fit sigma 0.89
(calibration/data). Harm to militants goes with the list of targets, harm to soldiers only partly:
0.3 + 0.7 T (docs/odd.md).
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.rules.bargaining import prowess
from sim.engine.rules.record import (
    book_claims,
    civilians_die,
    claim,
    garrison,
    garrison_dies,
    log_event,
    militants_die,
    pick,
    touch,
)
from sim.engine.rules.records import Dead, Deed, Site
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import EventKind, Purpose
from sim.vocabulary.ladder import Aim, Posture

_FIXED_PART = 0.3  # share of soldiers' exposure that does not hang on the list of targets
_CROWD = 3.0  # Assumed: civilians hit in a capital, relative to elsewhere


@njit
def quarry(world, i, j, sector):
    """Fighters in a sector of `j` that belong to enemies of `i`."""
    total = 0.0
    for g in range(world.groups.shape[0]):
        if world.groups[g].enemy == i:
            total += world.presence[g, sector].fighters
    return total


@njit
def weigh_sectors(world, i, j, militants):
    """Fill the scratch weights with what makes a sector of `j` a target.

    Fighters, or soldiers there.
    """
    for s in range(world.sectors.shape[0]):
        place = world.sectors[s]
        if place.state != j:
            world.weigh[s] = 0.0
        elif militants:
            world.weigh[s] = quarry(world, i, j, s)
        else:
            world.weigh[s] = garrison(world, s)


@njit
def kill_of(world, g, sector, dead):
    """Militant dead of a strike on one group; returns how many it had there."""
    killed = militants_die(world, g, sector, dead)
    world.groups[g].haven_losses += killed
    return killed


@njit
def part_of(total, upto, whole, u):
    """Whole part of `total` that falls to the first `upto` of `whole`.

    One uniform number for all the parts makes each of them unbiased, and their sum the total.
    """
    return min(int(math.floor(total * upto / whole + u)), int(total))


@njit
def share_of(total, there, upto, u):
    """Whole part of stated dead that falls to a sector: nearly equal ones where anybody is.

    `there` is 1 if anybody is there, else 0; `upto` counts the sectors of which that is so, those
    before this one and all. Who gets one more is drawn by `u`.
    """
    if there == 0:
        return 0
    before, whole = float(upto[0]), float(upto[1])
    return part_of(total, before + 1.0, whole, u) - part_of(total, before, whole, u)


@njit
def kill_quarry(world, deed, sector, dead, index):
    """Spread militant dead of a strike over the groups there by their numbers.

    The draw is that of `index`. Returns how many died.
    """
    i = deed.actor
    total, there = 0.0, 0
    for g in range(world.groups.shape[0]):
        if world.groups[g].enemy == i and world.presence[g, sector].fighters > 0.0:
            total += world.presence[g, sector].fighters
            there += 1
    if total < 1.0:
        return 0
    u, killed, counted = 0.0, 0, 0.0
    if there > 1:
        u, _, _, _ = chance.uniforms(world, world.dyads[i, deed.target].key, Purpose.SPREAD, index)
    for g in range(world.groups.shape[0]):
        if world.groups[g].enemy == i:
            before = part_of(dead, counted, total, u)
            counted += world.presence[g, sector].fighters
            killed += kill_of(world, g, sector, part_of(dead, counted, total, u) - before)
    return killed


@njit
def tolls(world, deed, sector, site):
    """Draw the dead of one site, `Dead`."""
    r, row = world.rules[0], world.actions[deed.action]
    view = world.dyads[deed.actor, deed.target]
    targets = view.targets
    exposed = _FIXED_PART + (1.0 - _FIXED_PART) * targets
    sites = max(1.0, r.strike_sites)
    soldiers = r.strike_war_soldiers if row.posture == Posture.WAR else r.strike_soldiers
    if row.posture == Posture.WAR:
        soldiers *= prowess(world, deed.actor, deed.target)
    soldiers = soldiers * exposed / sites if row.aim == Aim.SOLDIERS else 0.0
    militants = r.strike_militants * targets / sites * row.hunted
    civilians = r.strike_civilians / sites * (_CROWD if world.sectors[sector].capital == 1 else 1.0)
    toll = world.own_acts[view.own_act].deaths
    return Dead(
        0,
        drawn_toll(world, view.key, 3 * site, soldiers * toll),
        drawn_toll(world, view.key, 3 * site + 1, civilians * toll),
        drawn_toll(world, view.key, 3 * site + 2, militants * toll),
    )


@njit
def drawn_toll(world, key, index, mean):
    """A count of dead with this mean."""
    u, v, w, _ = chance.uniforms(world, key, Purpose.TOLL, index)
    return chance.lognormal_count(mean, world.rules[0].strike_spread, u, v, w)


@njit
def hit(world, deed, site, fallen, only):
    """Strike one `Site`: the dead are booked and logged.

    `only` is the group that is hit, or NOBODY for all groups that are there. Returns the event,
    whose dead are at most those who were there.
    """
    i, j, action = deed
    sector = site.sector
    killed = (
        kill_quarry(world, deed, sector, fallen.militants, site.draws)
        if only == NOBODY
        else kill_of(world, only, sector, fallen.militants)
    )
    soldiers = garrison_dies(world, sector, fallen.soldiers)
    civilians = civilians_die(world, sector, fallen.civilians)
    for g in range(world.groups.shape[0]):
        if world.groups[g].enemy == i and world.hosts[g, j].present == 1:
            world.groups[g].grievances += civilians
    doing = world.dyads[i, j].own_act
    event = log_event(world, EventKind.ACT, i, j)
    event.action, event.value = action, float(doing)
    if world.own_acts[doing].placed == 1:
        touch(world, sector)
        event.sector = sector
    event.dead_security, event.dead_civilians = soldiers, civilians
    event.dead_militants = killed
    return event


@njit
def claim_hit(world, event, site):
    """What both sides say of a site that was struck."""
    i, j, action = event.actor, event.target, event.action
    if world.own_acts[world.dyads[i, j].own_act].deaths == 0.0:
        return  # nobody has anybody to count
    hunted = world.actions[action].aim == Aim.MILITANTS
    aimed = event.dead_militants if hunted else event.dead_security
    claimed, admitted = claim(world, i, j, (world.dyads[i, j].key, site), int(aimed))
    if hunted:
        # the host denies that fighters were there: it admits soldiers only, and there were none
        admitted = 0.0
    else:
        book_claims(world, i, j, claimed, admitted)
    event.claimed, event.admitted = claimed, admitted


@njit
def sites_today(world, i, j, action):
    """How many sites an act strikes; the first days of a war strike most of those that are fixed.

    The additional sites go with what is left of the list of targets beyond half of it.
    """
    r = world.rules[0]
    sites = int(r.strike_sites)
    if world.actions[action].posture == Posture.WAR:
        fresh = max(0.0, 2.0 * world.dyads[i, j].targets - 1.0)
        sites += int(r.strike_opening * fresh + 0.5)
    return sites


@njit
def bomb(world, i, j, action):
    """Strike all sites, each drawn by its weight.

    Returns soldiers and civilians dead, and whether the capital was hit.
    """
    r = world.rules[0]
    militants = world.actions[action].aim == Aim.MILITANTS
    soldiers, civilians = 0, 0
    capital = False
    for site in range(sites_today(world, i, j, action)):
        u, v, _, _ = chance.uniforms(world, world.dyads[i, j].key, Purpose.PLACE, site)
        weigh_sectors(world, i, j, militants)
        sector = pick(world.weigh, world.sectors.shape[0], u)
        if sector == NOBODY:
            weigh_sectors(world, i, j, False)
            sector = pick(world.weigh, world.sectors.shape[0], u)
        if sector == NOBODY:
            continue
        seat = world.states[j].capital
        if not militants and seat != NOBODY and site == 0 and v < r.strike_capital:
            sector = seat
        capital = capital or sector == seat
        deed = Deed(i, j, action)
        fallen = tolls(world, deed, sector, site)
        event = hit(world, deed, Site(sector, site), fallen, NOBODY)
        claim_hit(world, event, site)
        soldiers += int(event.dead_security)
        civilians += int(event.dead_civilians)
    return soldiers, civilians, capital
