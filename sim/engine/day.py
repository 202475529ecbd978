"""The order of a day, and one replication. This file alone knows the order.

1. Script: dated events and numbers that change today.
2. Hosts review their stance toward the groups in their land. Militants: each group reviews mode,
   moves and truces; attacks happen; casualties fall; evidence appears; operations answer.
3. Attribution: the victims' feelings and beliefs about each host, collected over the day's attacks,
   move at once. Governments review offensives at home.
4. Border commands choose, all on the same snapshot; then clashes are fought.
5. States choose, all on the same snapshot; then orders are given and what is due is carried out,
   effects collected and applied together.
6. Diplomacy: mediators offer, states accept or refuse; ceasefires begin, hold, erode, collapse;
   crossings close and open.
7. Stocks: feelings, beliefs, pressure fade; weariness and trade losses accumulate; groups recruit;
   control of ground shifts.
8. Record: measures and series.

What is marked `entry` is called from Python too, by the Mesa face, which replaces the choices by
its agents' `decide()`.

Up to the release (day 0) the script alone speaks for states, commands and mediators; groups go on
below the threshold of news.
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.jit import entry, njit
from sim.engine.rules import (
    border,
    campaign,
    ceasefire,
    clash,
    crossings,
    diplomacy,
    feelings,
    host,
    militants,
    operations,
    state_choice,
    stocks,
)
from sim.engine.rules import script as script_rule
from sim.engine.rules.acts import carry_out
from sim.engine.world.tables import NOBODY

_LONG_QUIET = 10_000  # days without a crisis at the start


@entry
def start(world):
    """Fill the stocks of the first day from the numbers of this replication."""
    start_states(world)
    start_relations(world)
    start_borders(world)
    start_groups(world)
    border.make_ready(world)
    t = world.tally[0]
    t.max_rung_day = math.nan
    t.first_limited_strike_day = math.nan
    t.first_raid_day = math.nan
    t.first_open_war_day = math.nan
    t.first_ceasefire_day = math.nan
    t.first_ceasefire_length = math.nan
    t.first_pair = NOBODY


@njit
def start_states(world):
    """What people are used to: the mean daily dead of attacks on each state."""
    for g in range(world.groups.shape[0]):
        group = world.groups[g]
        size = militants.mean_severity(world, g)
        world.states[group.enemy].news_mean += group.base_rate / (1.0 - group.branching) * size
    for i in range(world.states.shape[0]):
        world.states[i].toll_start = world.states[i].news_mean


@njit
def start_relations(world):
    """Beliefs in log-odds, lists of targets full, a ceasefire in force where the scenario says so."""
    for i in range(world.states.shape[0]):
        for j in range(world.states.shape[0]):
            d = world.dyads[i, j]
            if d.pair != NOBODY:
                d.belief = math.log(d.complicity / (1.0 - d.complicity))
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
    """Commands at full strength, posts in their owners' hands."""
    for b in range(world.borders.shape[0]):
        for side in range(2):
            c = world.commands[b, side]
            if c.garrison <= 0.0:
                c.garrison = world.rules[0].clash_garrison
            c.men = c.garrison
            if world.borders[b].pair != NOBODY:
                world.dyads[c.state, c.rival].posts += world.borders[b].posts


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
def deciding(world):
    """Whether the actors decide today: after the release."""
    return world.clock[0].day > 0


@entry
def group_campaigns(world, g):
    """The choices of a group beside its mode: moving across the border, a truce on offer."""
    move = campaign.group_moves(world, g)
    if move != campaign.STAY:
        campaign.shift(world, g, world.rules[0].militancy_movement, move == campaign.INFILTRATE)
    campaign.truce(world, g)


@entry
def group_acts(world, g):
    """A group's attacks of the day, and the operations that answer them."""
    militants.attack(world, g)
    operations.operate(world, g)


@entry
def hosts_decide(world):
    """Each host about each group that lives in its land."""
    for g in range(world.groups.shape[0]):
        for j in range(world.states.shape[0]):
            if world.hosts[g, j].present == 1:
                if deciding(world):
                    host.set_stance(world, g, j, host.host_decides(world, g, j))
                host.disperse(world, g, j)


@entry
def commands_choose(world):
    """Each border command, on the same snapshot."""
    border.clear_for_commands(world)
    for b in range(world.commands.shape[0]):
        if world.borders[b].pair != NOBODY:
            for side in range(2):
                world.commands[b, side].choice = border.next_command_decides(world, b, side)


@entry
def commands_fight(world):
    """What the commands chose."""
    for b in range(world.commands.shape[0]):
        if world.borders[b].pair != NOBODY:
            for side in range(2):
                choice = world.commands[b, side].choice
                if choice != border.HOLD:
                    border.skirmish(world, b, side, choice, clash.LOCAL)


@entry
def states_choose(world):
    """Each state about each rival, on the same snapshot."""
    n = world.states.shape[0]
    for i in range(n):
        for j in range(n):
            if world.dyads[i, j].pair != NOBODY:
                world.dyads[i, j].choice = state_choice.state_decides(world, i, j)


@entry
def states_act(world):
    """Orders are given, and what is due is carried out."""
    n = world.states.shape[0]
    for i in range(n):
        for j in range(n):
            if world.dyads[i, j].pair != NOBODY:
                state_choice.give_order(world, i, j, world.dyads[i, j].choice)
    for i in range(n):
        for j in range(n):
            if world.dyads[i, j].pair != NOBODY:
                carry_out(world, i, j)


@entry
def offensives(world):
    """Each government about an offensive at home."""
    for i in range(world.states.shape[0]):
        choice = operations.offensive_decides(world, i) if deciding(world) else operations.ROUTINE
        operations.campaign_of_state(world, i, choice)


@entry
def remember(world):
    """What a relation remembers of the day, before anybody talks."""
    for p in range(world.pairs.shape[0]):
        diplomacy.follow_crisis(world, p)
    for m in range(world.mediators.shape[0]):
        world.mediators[m].wait = max(0.0, world.mediators[m].wait - 1.0)


@entry
def talks(world):
    """Each mediator about each relation; the first offer that both accept settles it for the day."""
    for p in range(world.pairs.shape[0]):
        for m in range(world.mediators.shape[0]):
            if diplomacy.mediator_decides(world, m, p) == diplomacy.MAKE_OFFER:
                a, b = world.pairs[p].a, world.pairs[p].b
                diplomacy.settle(
                    world,
                    m,
                    p,
                    diplomacy.state_accepts(world, m, a, b),
                    diplomacy.state_accepts(world, m, b, a),
                )


@entry
def keep_peace(world):
    """A day of every ceasefire, and of the crossings."""
    for p in range(world.pairs.shape[0]):
        ceasefire.wear(world, p)
        a, b = world.pairs[p].a, world.pairs[p].b
        if deciding(world):
            ours, theirs = (
                crossings.crossing_decides(world, a, b),
                crossings.crossing_decides(world, b, a),
            )
            crossings.set_crossings(world, a, b, ours)
            crossings.set_crossings(world, b, a, theirs)
        crossings.price_of_closure(world, p)


@entry
def end_stocks(world):
    """The day's end: everything that fades, accumulates, recruits and recovers."""
    n = world.states.shape[0]
    for i in range(n):
        stocks.tire(world, i)
        stocks.habituate(world, i)
        operations.adapt(world, i)
    for i in range(n):
        for j in range(n):
            if world.dyads[i, j].pair != NOBODY:
                stocks.settle_dyad(world, i, j)
    for i in range(n):
        for j in range(n):
            stocks.close_dyad(world, i, j)
    for g in range(world.groups.shape[0]):
        campaign.recruit(world, g)
        campaign.forget_losses(world, g)
    for k in range(world.sectors.shape[0]):
        campaign.contest(world, k)
    clash.recover(world)
    border.calm_down(world)


@entry
def record(world):
    """Add the day to the measures, and clear what belongs to it; returns nothing, leaves rung and dead of the day in the tally."""
    t, clock = world.tally[0], world.clock[0]
    rung, fighting, truce_days, war = 0.0, 0.0, 0.0, False
    for p in range(world.pairs.shape[0]):
        pair = world.pairs[p]
        rung = max(rung, pair.rung)
        truce_days = max(truce_days, float(pair.in_force))
        war = war or ceasefire.at_war(world, p)
        pair.rung = 0.0
        pair.dead_today = 0.0
    fighting = t.interstate_today
    t.rung_today = rung
    if clock.day <= 0:
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
def count_day(world, rung):
    """A day at a rung."""
    t = world.tally[0]
    if rung == 0:
        t.days_at_rung_0 += 1
    elif rung == 1:
        t.days_at_rung_1 += 1
    elif rung == 2:
        t.days_at_rung_2 += 1
    elif rung == 3:
        t.days_at_rung_3 += 1
    elif rung == 4:
        t.days_at_rung_4 += 1
    elif rung == 5:
        t.days_at_rung_5 += 1
    elif rung == 6:
        t.days_at_rung_6 += 1
    else:
        t.days_at_rung_7 += 1


@entry
def open_day(world):
    """Morning: nothing has happened yet; then the script."""
    t = world.tally[0]
    t.dead_today = 0.0
    t.interstate_today = 0.0
    script_rule.play(world)
    border.make_ready(world)


@njit
def day(world):
    """One day, in the order of this file's first lines."""
    open_day(world)
    hosts_decide(world)
    for g in range(world.groups.shape[0]):
        if deciding(world):
            campaign.set_mode(world, g, campaign.group_decides(world, g))
            group_campaigns(world, g)
        group_acts(world, g)
    offensives(world)
    feelings.apply(world)
    if deciding(world):
        commands_choose(world)
        commands_fight(world)
        feelings.apply(world)
        states_choose(world)
        states_act(world)
        feelings.apply(world)
    remember(world)
    if deciding(world):
        talks(world)
    keep_peace(world)
    end_stocks(world)
    record(world)


@entry
def finish(world):
    """The measures that look at the last day."""
    t = world.tally[0]
    least, youngest, all_in_force, war = 1.0, 1e9, world.pairs.shape[0] > 0, False
    for p in range(world.pairs.shape[0]):
        pair = world.pairs[p]
        if pair.in_force == 0:
            all_in_force = False
        least = min(least, pair.ceasefire if pair.in_force == 1 else 0.0)
        youngest = min(youngest, float(pair.age) if pair.in_force == 1 else 0.0)
        war = war or ceasefire.at_war(world, p)
        if pair.in_force == 1 and t.first_pair == p and math.isnan(t.first_ceasefire_length):
            t.first_ceasefire_length = float(pair.age)
    t.ceasefire_at_end = 1.0 if all_in_force else 0.0
    t.ceasefire_quality_end = least if all_in_force else 0.0
    t.ceasefire_age_end = youngest if all_in_force else 0.0
    t.war_at_end = 1.0 if war else 0.0
    for k in range(world.sectors.shape[0]):
        t.sectors_held_end += 1.0 if world.sectors[k].control >= 0.5 else 0.0
    for i in range(world.states.shape[0]):
        for j in range(world.states.shape[0]):
            if world.dyads[i, j].pair != NOBODY:
                world.dyads[i, j].belief_end = feelings.sigmoid(world.dyads[i, j].belief)
    for g in range(world.groups.shape[0]):
        militants.count_strength(world, g)
    check_finite(world)


@njit
def check_finite(world):
    """A number that ran away fails the replication."""
    t = world.tally[0]
    total = t.deaths + t.trade_lost
    for i in range(world.states.shape[0]):
        total += world.states[i].weariness + world.states[i].pressure
    for g in range(world.groups.shape[0]):
        total += world.groups[g].strength + world.groups[g].excited
    if not math.isfinite(total):
        chance.fail(world, chance.NOT_FINITE)
