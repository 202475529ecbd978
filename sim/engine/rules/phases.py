"""The parts of a day: each lets everybody act who has something to do in it.

`sim/engine/day.py` puts them in order. A phase takes the world; one that is lived through group by
group takes the number of a group too.
"""

from __future__ import annotations

from sim.engine.jit import entry
from sim.engine.rules import (
    bargaining,
    books,
    border,
    campaign,
    ceasefire,
    clash,
    crossings,
    diplomacy,
    feelings,
    flows,
    host,
    joining,
    militants,
    operations,
    own_acts,
    possible,
    script,
    state_choice,
    stocks,
    war,
)
from sim.engine.rules.acts import carry_out, drop_impossible, goes_to_war, readiness_of
from sim.engine.rules.record import bury, counting
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import Clash, Command, Move, Offensive, Offer


@entry
def play_script(world):
    """Morning: nothing has happened yet; then the script, and what happens by its rule."""
    t = world.tally[0]
    t.dead_today = 0.0
    t.interstate_today = 0.0
    own_acts.scale_options(world)
    script.play(world)
    possible.play(world)
    flows.move(world)
    own_acts.scale_options(world)
    border.make_ready(world)


@entry
def hosts_decide(world):
    """Each host about each group that lives in its land."""
    for g in range(world.groups.shape[0]):
        for j in range(world.states.shape[0]):
            if world.hosts[g, j].present == 1:
                if counting(world):
                    host.set_stance(world, g, j, host.host_decides(world, g, j))
                host.disperse(world, g, j)


@entry
def groups_choose(world, g):
    """A group reviews its mode."""
    campaign.set_mode(world, g, campaign.group_decides(world, g))


@entry
def groups_move(world, g):
    """The choices of a group beside its mode: moving across the border, a truce on offer."""
    move = campaign.group_moves(world, g)
    if move != Move.STAY:
        campaign.shift(world, g, world.rules[0].militancy_movement, move == Move.INFILTRATE)
    campaign.truce(world, g)


@entry
def groups_attack(world, g):
    """A group's attacks."""
    militants.attack(world, g)


@entry
def states_answer(world, g):
    """The operations that answer a group."""
    operations.operate(world, g)


@entry
def governments_decide(world):
    """Each government about an offensive at home."""
    for i in range(world.states.shape[0]):
        choice = Offensive.NO_OFFENSIVE
        if counting(world):
            choice = operations.offensive_decides(world, i)
        operations.campaign_of_state(world, i, choice)


@entry
def feel(world):
    """What was collected since the last time is felt and believed, at once."""
    feelings.apply(world)


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
            ours, theirs = world.commands[b, 0].choice, world.commands[b, 1].choice
            both = ours != Command.HOLD and theirs != Command.HOLD
            first = border.opens_first(world, b) if both else 0
            for side in (first, 1 - first):
                choice = world.commands[b, side].choice
                if choice != Command.HOLD:
                    border.skirmish(world, b, side, choice, Clash.LOCAL)


@entry
def states_choose(world):
    """Each state about each rival, on the same snapshot."""
    n = world.states.shape[0]
    for i in range(n):
        for j in range(n):
            if world.dyads[i, j].pair != NOBODY:
                world.dyads[i, j].choice = state_choice.state_decides(world, i, j)


@entry
def call_allies(world):
    """Who is called into the war of an ally."""
    joining.review_calls(world)


@entry
def allies_choose(world):
    """Each state that is called, about each enemy of an ally, on the same snapshot."""
    for i in range(world.calls.shape[0]):
        for j in range(world.calls.shape[1]):
            choice = joining.ally_decides(world, i, j)
            if choice != NOBODY:
                world.calls[i, j].choice = choice


@entry
def states_act(world):
    """Orders are given; wars begin, for both sides of each; what is due is carried out."""
    n, pending = world.states.shape[0], False
    for i in range(n):
        for j in range(n):
            d = world.dyads[i, j]
            if d.pair != NOBODY:
                state_choice.give_order(world, i, j, d.choice)
                pending = pending or d.order != NOBODY
    if pending:
        drop_impossible(world)
        for p in range(world.pairs.shape[0]):
            a, b = world.pairs[p].a, world.pairs[p].b
            war.begin_wars(world, p, goes_to_war(world, a, b), goes_to_war(world, b, a))
    joining.enter_wars(world)
    for p in range(world.pairs.shape[0]):
        a, b = world.pairs[p].a, world.pairs[p].b
        ours, theirs = readiness_of(world, a, b), readiness_of(world, b, a)
        ready, i, j = ours, a, b
        if theirs.turn < ours.turn:
            ready, i, j = theirs, b, a
        for _ in range(2):
            carry_out(world, i, j, ready)
            ready = theirs if i == a else ours
            i, j = j, i


@entry
def follow_crises(world):
    """What a relation remembers of the day, before anybody talks."""
    for p in range(world.pairs.shape[0]):
        diplomacy.follow_crisis(world, p)


@entry
def mediators_talk(world):
    """Each mediator about each relation, and the sides among themselves, on the same snapshot.

    What they agree on begins when all have spoken.
    """
    for p in range(world.pairs.shape[0]):
        a, b = world.pairs[p].a, world.pairs[p].b
        for m in range(world.mediators.shape[0]):
            if diplomacy.mediator_decides(world, m, p) == Offer.MAKE_OFFER:
                ours = diplomacy.state_accepts(world, m, a, b)
                theirs = diplomacy.state_accepts(world, m, b, a)
                diplomacy.settle(world, m, p, ours, theirs)
        if diplomacy.hotline_rings(world, p):
            ours = diplomacy.state_accepts(world, NOBODY, a, b)
            theirs = diplomacy.state_accepts(world, NOBODY, b, a)
            diplomacy.answer_call(world, p, ours, theirs)
    for p in range(world.pairs.shape[0]):
        if diplomacy.pause_ends(world, p):
            a, b = world.pairs[p].a, world.pairs[p].b
            ours = diplomacy.state_accepts(world, NOBODY, a, b)
            theirs = diplomacy.state_accepts(world, NOBODY, b, a)
            diplomacy.prolong(world, p, ours, theirs)
        else:
            diplomacy.conclude(world, p)


@entry
def keep_peace(world):
    """A day of every ceasefire, and of the crossings."""
    for p in range(world.pairs.shape[0]):
        ceasefire.wear(world, p)
        a, b = world.pairs[p].a, world.pairs[p].b
        if counting(world):
            ours = crossings.crossing_decides(world, a, b)
            theirs = crossings.crossing_decides(world, b, a)
            crossings.set_crossings(world, a, b, ours)
            crossings.set_crossings(world, b, a, theirs)
        crossings.price_of_closure(world, p)
    joining.follow_wars(world)


@entry
def change_stocks(world):
    """The day's end: everything that fades, accumulates, recruits and recovers."""
    n = world.states.shape[0]
    for i in range(n):
        stocks.tire(world, i)
        stocks.habituate(world, i)
        operations.adapt(world, i)
    for p in range(world.pairs.shape[0]):
        if world.pairs[p].war == 1:
            bargaining.learn(world, p)
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
        bury(world, k)
    clash.recover(world)
    border.calm_down(world)


@entry
def record_day(world):
    """Measures and series."""
    books.record_day(world)
