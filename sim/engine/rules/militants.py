"""Militant groups' attacks: how many, on what, where, how deadly.

A discrete Hawkes process (Mohler et al. 2011; Porter and White 2012) on a drifting baseline: rate =
mu + X, and each attack adds to X what excites `branching` further attacks in the mean with the
given lag. mu = base x (strength/reference)^elasticity x mode x drift.
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.elementary import exp, log, pow, square
from sim.engine.jit import njit
from sim.engine.policies.registry import picks_targets
from sim.engine.rules.attribution import investigate, run_from
from sim.engine.rules.decide import Decision, clear_table, decide
from sim.engine.rules.feelings import news, resent_attack, sigmoid
from sim.engine.rules.record import (
    civilians_die,
    counting,
    garrison_dies,
    log_event,
    militants_die,
    people,
    pick,
    touch,
)
from sim.engine.rules.records import Attack, Dead, News, Trail
from sim.engine.world.memo import Memo, fading, log_of, spread
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import EventKind, FailureKind, Mode, Purpose, Target
from sim.vocabulary.decisions import DecisionKind, TargetTerm
from sim.vocabulary.policies import Policy

_NEAR = 0.25  # Assumed: weight of fighters in a neighbouring sector in where an attack falls
_ACROSS = 0.5  # Assumed: weight of fighters across the border, times the haven
_HISTORY_CAP = 3  # deaths: in history the attacks that are news are the scripted ones
_TERMS = 50.0  # of a power law's mean that are added one by one
_NEARLY_ZERO = 1e-6
_MOST_ATTACKS = 24  # a day's attacks by one group; draws are addressed by number
_LEAST_HABIT = 1e-9  # a kind of target without any weight; keeps the log finite
# Assumed: at home losses of a fifth of the fighters a group attacks soft targets as much as it can
_SOFTENED, _MOST_SOFTENED = 5.0, 1.0
_PRECISION = 1.0  # of the choice of a target: habits are shares, so their logs are utilities
_WEEK = 7.0  # Assumed: days over which operations answer attacks


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
    u, v, _, _ = chance.uniforms(world, group.key, Purpose.DRIFT, 0)
    keep = fading(world, Memo.DRIFT, g, group.drift_life)
    step = group.drift * spread(world, Memo.DRIFT_STEP, g, keep)
    group.drifted = group.drifted * keep + step * chance.normal(u, v)


@njit
def attack_rate(world, g):
    """Attacks a day to expect from a group today."""
    r, group = world.rules[0], world.groups[g]
    mode = 1.0
    if group.mode == Mode.LIE_LOW:
        mode = r.militancy_low_mode
    elif group.mode == Mode.SURGE:
        mode = r.militancy_surge_mode
    elif group.mode != Mode.SUSTAIN:
        chance.fail(world, FailureKind.UNKNOWN_CHOICE)
    steady = (
        group.base_rate * pow(group.effective / group.reference_strength, group.elasticity) * mode
    )
    rate = steady * exp(group.drifted - 0.5 * group.drift * group.drift) + group.excited
    return rate * r.militancy_truce_calm if group.truce == 1 else rate


@njit
def excite(world, g, attacks):
    """Fade self-excitation and add today's, which sums to `branching` over the days to come."""
    group = world.groups[g]
    keep = fading(world, Memo.EXCITEMENT, g, group.lag)
    if attacks > 0:
        group.excited += group.branching * (1.0 / keep - 1.0) * attacks
    group.excited *= keep


@njit
def severity(world, g, kind, u, v):
    """Deaths in an attack: rounded lognormal, or a power law with a cut-off (Clauset et al.

    2007).
    """
    group = world.groups[g]
    if group.power_law == 1:
        size = 0.5 * pow(1.0 - u, -1.0 / (group.severity_alpha - 1.0)) + 0.5
    else:
        size = exp(group.severity_mu + group.severity_sigma * chance.normal(u, v)) + 0.5
    return int(math.floor(min(size * world.target_kinds[kind].severity, group.severity_cap)))


@njit
def mean_severity(world, g):
    """Mean deaths in an attack of a group before target kind, as `severity` draws them."""
    group = world.groups[g]
    if group.power_law == 0:
        return exp(group.severity_mu + 0.5 * square(group.severity_sigma))
    # P(size >= k) = (2k - 1)^(1 - alpha): the first terms of the sum, and the integral for the rest
    total = 0.0
    for k in range(1, int(min(group.severity_cap, _TERMS)) + 1):
        total += pow(2.0 * k - 1.0, 1.0 - group.severity_alpha)
    if group.severity_cap > _TERMS:
        power = 2.0 - group.severity_alpha
        if abs(power) < _NEARLY_ZERO:
            return total + 0.5 * log(group.severity_cap / _TERMS)
        total += (pow(2.0 * group.severity_cap, power) - pow(2.0 * _TERMS, power)) / (2.0 * power)
    return total


@njit
def habit(world, what, g, weight):
    """What a group's usual share of a kind of target is worth, with the `Memo` of it."""
    return log_of(world, what, g, max(weight, _LEAST_HABIT))


@njit
def target_table(world, g):
    """Fill the decision table of a group's choice of target kind."""
    group = world.groups[g]
    clear_table(world, DecisionKind.TARGET)
    terms = world.table.terms
    terms[Target.PATROL, TargetTerm.HABIT] = habit(world, Memo.PATROL, g, group.targets_patrol)
    terms[Target.POLICE, TargetTerm.HABIT] = habit(world, Memo.POLICE, g, group.targets_police)
    terms[Target.BASE, TargetTerm.HABIT] = habit(world, Memo.BASE, g, group.targets_base)
    terms[Target.MARKET, TargetTerm.HABIT] = habit(world, Memo.MARKET, g, group.targets_market)
    strength = log(max(group.effective, 1.0) / group.reference_strength)
    softened = min(_SOFTENED * group.home_losses / max(group.home, 1.0), _MOST_SOFTENED)
    for a in range(world.target_kinds.shape[0]):
        kind = world.target_kinds[a]
        if kind.bold > 0.0:
            terms[a, TargetTerm.STRENGTH] = kind.bold * strength
        if kind.soft == 1:
            terms[a, TargetTerm.PRESSURE] = softened


@njit
def group_targets(world, g, number):
    """The kind of target of the day's attack with this number."""
    target_table(world, g)
    u, _, _, _ = chance.uniforms(world, world.groups[g].key, Purpose.TARGET_KIND, number)
    own = world.groups[g].policy
    policy = own if picks_targets(own) else Policy.QUANTAL
    return decide(world, Decision(DecisionKind.TARGET, g, NOBODY, policy, _PRECISION), u)


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
def stronghold(world, g, sector):
    """Where a group has most fighters: in the sector, unless it has more of them elsewhere."""
    where, presence, sectors = sector, world.presence[g], world.sectors
    for k in range(sectors.shape[0]):
        if presence[k].fighters > presence[sector].fighters and (
            where == sector
            or chance.outranks(
                world,
                presence[k].fighters,
                presence[where].fighters,
                (sectors[k].key, sectors[where].key),
            )
        ):
            where = k
    return where


@njit
def lose_attackers(world, g, sector, dead):
    """Attackers who die: from the sector, or from where the group is strongest.

    Returns how many.
    """
    where = sector
    if world.presence[g, sector].fighters < dead:
        where = stronghold(world, g, sector)
    return militants_die(world, g, where, dead)


@njit
def blame(world, g, attack, dead):
    """Effects of an attack on views of hosts and on ceasefires (Kydd and Walter 2002)."""
    r, victim = world.rules[0], world.groups[g].enemy
    heard = News(dead, attack.kind, news(world, victim, dead, attack.kind))
    trail = Trail(heard.standing > 0.0, run_from(world, g, attack.number))
    for h in range(world.states.shape[0]):
        d = world.dyads[victim, h]
        share = world.hosts[g, h].share_now
        if d.pair == NOBODY or world.hosts[g, h].present == 0:
            continue
        resent_attack(world, victim, h, heard, share)
        pair = world.pairs[d.pair]
        if pair.in_force == 1:
            pair.hit += r.ceasefire_spoilers * heard.standing * sigmoid(d.belief) * share
        investigate(world, g, h, attack, trail)


@njit
def strike_target(world, g, sector, attack, fallen):
    """Book and log one attack with these `Dead`, and blame the hosts for it."""
    group = world.groups[g]
    victim = group.enemy
    security = garrison_dies(world, sector, fallen.soldiers)
    civilians = civilians_die(world, sector, fallen.civilians)
    militants = lose_attackers(world, g, sector, fallen.militants)
    dead = security + civilians
    world.states[victim].toll += dead
    u, _, _, _ = chance.uniforms(world, group.key, Purpose.CLAIM, attack.number)
    claims = 1.0 if u < group.claims else 0.0
    if counting(world):
        group.attacks += 1
        world.tally[0].attacks += 1
    touch(world, sector)
    event = log_event(world, EventKind.ATTACK, world.states.shape[0] + g, victim)
    event.action, event.sector, event.group = attack.kind, sector, g
    event.dead_security, event.dead_civilians = security, civilians
    event.dead_militants = militants
    event.value = claims
    blame(world, g, attack, dead)


@njit
def one_attack(world, g, number):
    """One attack: target, place, severity, split of the dead.

    Returns 1, or 0 if there is no place.
    """
    group = world.groups[g]
    kind = group_targets(world, g, number)
    u, v, w, x = chance.uniforms(world, group.key, Purpose.ATTACK, number)
    weigh_places(world, g)
    if world.target_kinds[kind].crowd == 1:
        for k in range(world.sectors.shape[0]):
            world.weigh[k] *= people(world, k)
    sector = pick(world.weigh, world.sectors.shape[0], u)
    if sector == NOBODY:
        return 0
    dead = severity(world, g, kind, v, w)
    if not counting(world):
        dead = min(dead, _HISTORY_CAP)
    security = chance.split(dead, world.target_kinds[kind].security, x)
    y, _, _, _ = chance.uniforms(world, group.key, Purpose.ATTACK_TOLL, number)
    militants = chance.poisson(world, world.rules[0].militancy_attack_losses, y)
    fallen = Dead(0, security, dead - security, militants)
    strike_target(world, g, sector, Attack(number, kind, -1), fallen)
    return 1


@njit
def company(world, g, waves):
    """Attacks beyond the first of each wave: geometric, so that a wave has `wave` in the mean."""
    group, more = world.groups[g], 0
    if group.wave <= 1.0:
        return 0
    stays = log(1.0 - 1.0 / group.wave)
    for n in range(waves):
        u, _, _, _ = chance.uniforms(world, group.key, Purpose.ATTACKS, 1 + n)
        more += int(min(math.floor(log(1.0 - u) / stays), float(_MOST_ATTACKS)))
    return more


@njit
def attack(world, g):
    """A day of a group's attacks."""
    group = world.groups[g]
    count_strength(world, g)
    drift(world, g)
    rate = attack_rate(world, g) if group.strength >= 1.0 else 0.0
    u, _, _, _ = chance.uniforms(world, group.key, Purpose.ATTACKS, 0)
    # nobody attacks twice a day
    most = min(float(_MOST_ATTACKS), group.strength)
    waves = int(min(float(chance.poisson(world, rate / group.wave, u)), most))
    attacks = int(min(float(waves + company(world, g, waves)), most))
    made = 0
    for number in range(attacks):
        made += one_attack(world, g, number)
    excite(world, g, made)
    group.recent_attacks += (made - group.recent_attacks) / _WEEK
