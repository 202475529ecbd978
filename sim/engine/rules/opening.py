"""The first day: stocks filled from the numbers of the scenario, before anything happens."""

from __future__ import annotations

import math

from sim.engine.elementary import log
from sim.engine.jit import njit
from sim.engine.rules import border, militants
from sim.engine.rules.record import deploy
from sim.engine.world.tables import NOBODY

_LONG_QUIET = 10_000  # days without a crisis at the start


@njit
def start(world):
    """Fill the stocks of the first day from the numbers of this replication."""
    start_states(world)
    start_relations(world)
    start_borders(world)
    start_groups(world)
    start_alliances(world)
    border.make_ready(world)
    t = world.tally[0]
    t.max_rung_day = math.nan
    t.first_limited_strike_day = math.nan
    t.first_raid_day = math.nan
    t.first_open_war_day = math.nan
    t.first_ceasefire_day = math.nan
    t.first_ceasefire_length = math.nan
    t.first_pair = NOBODY
    t.first_war_days = math.nan
    t.first_war_pair = NOBODY


@njit
def start_states(world):
    """What people are used to: the mean daily dead of attacks on each state."""
    for g in range(world.groups.shape[0]):
        group = world.groups[g]
        size = militants.mean_severity(world, g)
        world.states[group.enemy].news_mean += group.base_rate / (1.0 - group.branching) * size
    for i in range(world.states.shape[0]):
        s = world.states[i]
        s.toll_start = s.news_mean
        s.losses = world.rules[0].stocks_weariness_losses * s.weariness / (1.0 - s.weariness)


@njit
def start_relations(world):
    """Beliefs in log-odds, full lists of targets, a ceasefire where the scenario has one."""
    for i in range(world.states.shape[0]):
        for j in range(world.states.shape[0]):
            d = world.dyads[i, j]
            if d.pair != NOBODY:
                d.belief = log(d.complicity / (1.0 - d.complicity))
                d.targets = 1.0
                d.kept_outrage = 1.0
                d.kept_grievance = 1.0
                d.outrage_mark = d.outrage
    for p in range(world.pairs.shape[0]):
        pair = world.pairs[p]
        pair.quiet = _LONG_QUIET
        pair.mediator = NOBODY
        if pair.ceasefire > 0.0:
            pair.in_force = 1
            for m in range(world.mediators.shape[0]):
                mean = 0.5 * (
                    world.leverage[m, pair.a].leverage + world.leverage[m, pair.b].leverage
                )
                pair.guarantee = max(pair.guarantee, mean * world.mediators[m].credibility)


@njit
def start_borders(world):
    """Commands as strong as the army can make them, posts in their owners' hands."""
    for b in range(world.borders.shape[0]):
        for side in range(2):
            c = world.commands[b, side]
            if c.garrison == NOBODY:
                c.garrison = world.rules[0].clash_garrison
            c.men = c.garrison
            if world.borders[b].pair != NOBODY:
                world.dyads[c.state, c.rival].posts += world.borders[b].posts
    deploy(world)


@njit
def start_groups(world):
    """Havens open as the scenario has them, strengths counted."""
    for g in range(world.groups.shape[0]):
        for s in range(world.states.shape[0]):
            h = world.hosts[g, s]
            h.haven_now = h.haven
            h.share_now = h.share
        militants.count_strength(world, g)
        for s in range(world.states.shape[0]):
            world.hosts[g, s].fighters_start = world.hosts[g, s].fighters


@njit
def start_alliances(world):
    """Nobody has called on an ally yet."""
    world.tally[0].first_entry_day = math.nan
    for n in range(world.alliances.shape[0]):
        world.alliances[n].first_entry = math.nan
    for p in range(world.fronts.shape[0]):
        world.fronts[p].war = NOBODY
    for i in range(world.calls.shape[0]):
        for j in range(world.calls.shape[1]):
            world.calls[i, j].by = NOBODY
