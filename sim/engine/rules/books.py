"""What is counted: the measures of a day, and those that look at the last one."""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.jit import entry, njit
from sim.engine.rules import feelings, militants
from sim.engine.rules.record import counting
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import FailureKind
from sim.vocabulary.ladder import Rung

_HELD = 0.5  # share of control from which a sector counts as held by a group
_LULL = 7.0  # days of a pause that still belongs to a war (docs/odd.md)
_WAR = float(Rung.OPEN_WAR)
_LONG_AGE = 1e9  # days; more than any ceasefire


@njit
def record_day(world):
    """Add the day to the measures; rung and dead of the day stay in the tally until the next."""
    t, clock = world.tally[0], world.clock[0]
    rung, fighting, truce_days, war = 0.0, 0.0, 0.0, False
    for p in range(world.pairs.shape[0]):
        pair = world.pairs[p]
        rung = max(rung, pair.rung)
        truce_days = max(truce_days, float(pair.in_force))
        war = war or at_war_today(pair)
        if counting(world):
            count_first_war(world, p)
        pair.rung_before = pair.rung
        pair.rung = 0.0
        pair.dead_today = 0.0
    fighting = t.interstate_today
    rung = math.floor(rung)  # an act between two rungs counts as on the one that it has reached
    t.rung_today = rung
    if not counting(world):
        return
    if rung > t.max_rung or math.isnan(t.max_rung_day):
        t.max_rung = max(t.max_rung, rung)
        t.max_rung_day = float(clock.day)
    count_day(world, int(rung))
    t.ceasefire_days += truce_days
    t.deaths += t.dead_today
    t.interstate_deaths += fighting
    if war:
        t.first_open_war_day = (
            float(clock.day) if math.isnan(t.first_open_war_day) else t.first_open_war_day
        )
        t.wars += 1.0 if t.war_run == 0.0 else 0.0
        t.war_run += 1.0
        t.longest_war = max(t.longest_war, t.war_run)
    else:
        t.war_run = 0.0
    if clock.day > clock.horizon - clock.window:
        t.window_max_rung = max(t.window_max_rung, rung)
        t.window_deaths += fighting


@njit
def at_war_today(pair):
    """Whether there was open war today: it goes on, or ended this evening."""
    return pair.war == 1 or pair.rung == _WAR


@njit
def count_first_war(world, p):
    """Follow the first open war: a pause that lapses within a week belongs to it."""
    t, pair = world.tally[0], world.pairs[p]
    if t.first_war_pair == NOBODY and at_war_today(pair):
        t.first_war_pair = p
        t.first_war_days = 0.0
        t.first_war_lull = 0.0
    if t.first_war_pair != p or t.first_war_lull > _LULL:
        return
    if at_war_today(pair):
        t.first_war_days += 1.0 + t.first_war_lull
        t.first_war_lull = 0.0
    else:
        t.first_war_lull += 1.0
    t.first_war_over = 0.0 if pair.war == 1 else 1.0


@njit
def count_day(world, rung):
    """A day at a rung."""
    if 0 <= rung < world.rungs.shape[0]:
        world.rungs[rung].days += 1
    else:
        chance.fail(world, FailureKind.UNKNOWN_RUNG)


@entry
def finish(world):
    """The measures that look at the last day."""
    t = world.tally[0]
    least, youngest, all_in_force, war = 1.0, _LONG_AGE, world.pairs.shape[0] > 0, False
    for p in range(world.pairs.shape[0]):
        pair = world.pairs[p]
        if pair.in_force == 0:
            all_in_force = False
        least = min(least, pair.ceasefire if pair.in_force == 1 else 0.0)
        youngest = min(youngest, float(pair.age) if pair.in_force == 1 else 0.0)
        war = war or at_war_today(pair)
        if pair.in_force == 1 and t.first_pair == p and math.isnan(t.first_ceasefire_length):
            t.first_ceasefire_length = float(pair.age)
    t.ceasefire_at_end = 1.0 if all_in_force else 0.0
    t.ceasefire_quality_end = least if all_in_force else 0.0
    t.ceasefire_age_end = youngest if all_in_force else 0.0
    t.war_at_end = 1.0 if war else 0.0
    for k in range(world.sectors.shape[0]):
        t.sectors_held_end += 1.0 if world.sectors[k].control >= _HELD else 0.0
    for i in range(world.states.shape[0]):
        for j in range(world.states.shape[0]):
            if world.dyads[i, j].pair != NOBODY:
                world.dyads[i, j].belief_end = feelings.sigmoid(world.dyads[i, j].belief)
    for g in range(world.groups.shape[0]):
        militants.count_strength(world, g)
    check_finite(world)


@njit
def check_finite(world):
    """Fail the replication if a number is infinite or not a number."""
    t = world.tally[0]
    total = t.deaths + t.trade_lost
    for i in range(world.states.shape[0]):
        total += world.states[i].weariness + world.states[i].pressure
    for g in range(world.groups.shape[0]):
        total += world.groups[g].strength + world.groups[g].excited
    if not math.isfinite(total):
        chance.fail(world, FailureKind.NOT_FINITE)
