"""Militant groups' attacks: how many, on what, where, how deadly.

A discrete Hawkes process (Mohler et al. 2011; Porter and White 2012) on a drifting baseline: rate =
mu + X, and each attack adds to X what excites `branching` further attacks in the mean with the
given lag. mu = base x (strength/reference)^elasticity x mode x drift.
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.rules.attribution import investigate, run_from
from sim.engine.rules.decide import TARGET, decide
from sim.engine.rules.diplomacy import clear
from sim.engine.rules.feelings import news, resent_attack, sigmoid
from sim.engine.rules.record import (
    civilians_die,
    counting,
    log_event,
    militants_die,
    pick,
    soldiers_die,
    touch,
)
from sim.engine.world.tables import ATTACK, NOBODY
from sim.vocabulary.ladder import target_column
from sim.vocabulary.policies import QUANTAL, RANDOM

TARGET_TERMS = ("habit", "strength", "pressure")
N_TARGET_TERMS = len(TARGET_TERMS)
N_TARGETS = 4
MARKET = 3

_SPECTACULAR = target_column("spectacular")
SECURITY_SHARE = target_column("security")
_SEVERITY = target_column("severity")
_NEAR = 0.25  # Assumed: weight of fighters in a neighbouring sector in where an attack falls
_ACROSS = 0.5  # Assumed: weight of fighters across the border, times the haven
_HISTORY_CAP = 3  # deaths: in history the attacks that are news are the scripted ones
_TERMS = 50.0  # of a power law's mean that are added one by one
_NEARLY_ZERO = 1e-6
_MOST_ATTACKS = 24  # a day's attacks by one group; draws are addressed by number


@njit
def count_strength(world, g):
    """Take stock of a group: fighters at home, in havens, and its effective strength."""
    group = world.groups[g]
    home, away, abroad = 0.0, 0.0, 0.0
    for s in range(world.states.shape[0]):
        world.hosts[g, s].fighters = 0.0
    presence, sectors, hosts, enemy = world.presence[g], world.sectors, world.hosts[g], group.enemy
    for k in range(sectors.shape[0]):
        fighters = presence[k].fighters
        state = sectors[k].state
        if state == enemy:
            home += fighters
        else:
            host = hosts[state]
            host.fighters += fighters
            abroad += fighters
            away += fighters * host.haven_now
    group.home = home
    group.abroad = abroad
    group.strength = home + abroad
    group.effective = home + away


@njit
def drift(world, g):
    """A day of the slow drift of a group's rate: an Ornstein-Uhlenbeck walk in logs."""
    group = world.groups[g]
    u, v, _, _ = chance.uniforms(world, group.key, chance.DRIFT, 0)
    keep = math.exp(-1.0 / group.drift_life)
    group.drifted = group.drifted * keep + group.drift * math.sqrt(
        1.0 - keep * keep
    ) * chance.normal(u, v)


@njit
def attack_rate(world, g):
    """Attacks a day to expect from a group today."""
    r, group = world.rules[0], world.groups[g]
    mode = 1.0
    if group.mode == 0:
        mode = r.militancy_low_mode
    elif group.mode == 2:
        mode = r.militancy_surge_mode
    steady = (
        group.base_rate * (group.effective / group.reference_strength) ** group.elasticity * mode
    )
    rate = steady * math.exp(group.drifted - 0.5 * group.drift * group.drift) + group.excited
    return rate * r.militancy_truce_calm if group.truce == 1 else rate


@njit
def excite(world, g, attacks):
    """Fading of self-excitation and what today's attacks add; sums to `branching` over the days to come."""
    group = world.groups[g]
    fading = math.exp(-1.0 / group.lag)
    group.excited = (group.excited + group.branching * (1.0 / fading - 1.0) * attacks) * fading


@njit
def severity(world, g, kind, u, v):
    """Deaths in an attack: rounded lognormal, or a power law with a cut-off (Clauset, Young and Gleditsch 2007)."""
    group = world.groups[g]
    if group.power_law == 1:
        size = 0.5 * (1.0 - u) ** (-1.0 / (group.severity_alpha - 1.0)) + 0.5
    else:
        size = math.exp(group.severity_mu + group.severity_sigma * chance.normal(u, v)) + 0.5
    return int(math.floor(min(size * _SEVERITY[kind], group.severity_cap)))


@njit
def mean_severity(world, g):
    """Mean deaths in an attack of a group, before target kind: of what `severity` draws, cut off at the cap for a power law."""
    group = world.groups[g]
    if group.power_law == 0:
        return math.exp(group.severity_mu + 0.5 * group.severity_sigma**2)
    # P(size >= k) = (2k - 1)^(1 - alpha): the first terms of the sum, and the integral for the rest
    total = 0.0
    for k in range(1, int(min(group.severity_cap, _TERMS)) + 1):
        total += (2.0 * k - 1.0) ** (1.0 - group.severity_alpha)
    if group.severity_cap > _TERMS:
        power = 2.0 - group.severity_alpha
        if abs(power) < _NEARLY_ZERO:
            return total + 0.5 * math.log(group.severity_cap / _TERMS)
        total += ((2.0 * group.severity_cap) ** power - (2.0 * _TERMS) ** power) / (2.0 * power)
    return total


@njit
def target_table(world, g):
    """Fill the decision table of a group's choice of target kind."""
    group = world.groups[g]
    clear(world, N_TARGETS, N_TARGET_TERMS)
    terms = world.table.terms
    terms[0, 0] = math.log(max(group.targets_patrol, 1e-9))
    terms[1, 0] = math.log(max(group.targets_police, 1e-9))
    terms[2, 0] = math.log(max(group.targets_base, 1e-9))
    terms[3, 0] = math.log(max(group.targets_market, 1e-9))
    strength = math.log(max(group.effective, 1.0) / group.reference_strength)
    terms[2, 1] = 0.5 * strength
    terms[0, 1] = 0.25 * strength
    # a group under pressure turns to soft targets
    terms[3, 2] = min(5.0 * group.home_losses / max(group.home, 1.0), 1.0)


@njit
def group_targets(world, g, number):
    """The kind of target of the day's attack with this number."""
    target_table(world, g)
    u, _, _, _ = chance.uniforms(world, world.groups[g].key, chance.TARGET_KIND, number)
    policy = RANDOM if world.groups[g].policy == RANDOM else QUANTAL
    return decide(world, TARGET, g, NOBODY, N_TARGETS, N_TARGET_TERMS, policy, 1.0, u)


@njit
def weigh_places(world, g):
    """Fill the scratch weights with how exposed each sector of the enemy is to a group."""
    enemy, sectors, edges, weigh = world.groups[g].enemy, world.sectors, world.edges, world.weigh
    presence, hosts = world.presence[g], world.hosts[g]
    for k in range(sectors.shape[0]):
        weigh[k] = presence[k].fighters if sectors[k].state == enemy else 0.0
    for e in range(edges.shape[0]):
        a, b = edges[e].a, edges[e].b
        for here, there in ((a, b), (b, a)):
            if sectors[here].state != enemy or presence[there].fighters == 0.0:
                continue
            state = sectors[there].state
            weigh[here] += presence[there].fighters * (
                _NEAR if state == enemy else _ACROSS * hosts[state].haven_now
            )
    for k in range(sectors.shape[0]):
        weigh[k] *= 1.0 + sectors[k].control


@njit
def lose_attackers(world, g, sector, dead):
    """Attackers who die: from the sector, or from wherever the group is strongest; returns (dead, sector)."""
    where = sector
    if world.presence[g, sector].fighters < dead:
        for k in range(world.sectors.shape[0]):
            if world.presence[g, k].fighters > world.presence[g, where].fighters:
                where = k
    return militants_die(world, g, where, dead)


@njit
def blame(world, g, victim, dead, kind, number, known):
    """What an attack does to the victim's view of each host, and to ceasefires that it spoils (Kydd and Walter 2002)."""
    r = world.rules[0]
    standing = news(world, victim, dead, kind)
    source = run_from(world, g, number)
    for h in range(world.states.shape[0]):
        d = world.dyads[victim, h]
        share = world.hosts[g, h].share_now
        if d.pair == NOBODY or world.hosts[g, h].present == 0:
            continue
        resent_attack(world, victim, h, dead, kind, standing, share)
        pair = world.pairs[d.pair]
        if pair.in_force == 1:
            pair.hit += r.ceasefire_spoilers * standing * sigmoid(d.belief) * share
        investigate(world, g, victim, h, number, standing, source, known)


@njit
def strike_target(world, g, number, kind, sector, security, civilians, militants, known):
    """Book, tell and blame one attack with these dead."""
    group = world.groups[g]
    victim = group.enemy
    security = soldiers_die(world, victim, security)
    civilians = civilians_die(world, victim, civilians)
    militants = lose_attackers(world, g, sector, militants)
    dead = security + civilians
    world.states[victim].toll += dead
    u, _, _, _ = chance.uniforms(world, group.key, chance.CLAIM, number)
    claims = 1.0 if u < group.claims else 0.0
    if counting(world):
        group.attacks += 1
        world.tally[0].attacks += 1
    touch(world, sector)
    event = log_event(world, ATTACK, world.states.shape[0] + g, victim)
    event.action, event.sector, event.group = kind, sector, g
    event.dead_security, event.dead_civilians = security, civilians
    event.dead_militants = militants
    event.value = claims
    blame(world, g, victim, dead, kind, number, known)


@njit
def one_attack(world, g, number):
    """One attack: target, place, severity, split of the dead; markets are where people live. Returns 1, or 0 if there is no place."""
    group = world.groups[g]
    kind = group_targets(world, g, number)
    u, v, w, x = chance.uniforms(world, group.key, chance.ATTACK, number)
    weigh_places(world, g)
    if kind == MARKET:
        for k in range(world.sectors.shape[0]):
            world.weigh[k] *= world.sectors[k].population
    sector = pick(world.weigh, world.sectors.shape[0], u)
    if sector == NOBODY:
        return 0
    dead = severity(world, g, kind, v, w)
    if not counting(world):
        dead = min(dead, _HISTORY_CAP)
    security = chance.split(dead, SECURITY_SHARE[kind], x)
    y, _, _, _ = chance.uniforms(world, group.key, chance.ATTACK_TOLL, number)
    militants = chance.poisson(world, world.rules[0].militancy_attack_losses, y)
    strike_target(world, g, number, kind, sector, security, dead - security, militants, -1)
    return 1


@njit
def attack(world, g):
    """A day of a group's attacks."""
    group = world.groups[g]
    count_strength(world, g)
    drift(world, g)
    rate = attack_rate(world, g) if group.strength >= 1.0 else 0.0
    u, _, _, _ = chance.uniforms(world, group.key, chance.ATTACKS, 0)
    attacks = min(chance.poisson(world, rate, u), _MOST_ATTACKS)
    made = 0
    for number in range(attacks):
        made += one_attack(world, g, number)
    excite(world, g, made)
    group.recent_attacks += (made - group.recent_attacks) / 7.0
