"""A war of several states: who is called, who enters, who leaves, and which wars are one.

A state whose ally is at war is called, and decides by the table of its own actions, open war beside
what it does now, with the demand that its word makes (Leeds 2003: promises of war are kept the more
often, the dearer it is to break them). One draw a call says how much it takes, so that a long war
does not make every ally come. A war belongs to a pair still: each pair fights, halts and makes
peace for itself (Weisiger 2016). Rules and numbers: docs/odd.md, section 7.14.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.elementary import square
from sim.engine.jit import entry, njit
from sim.engine.rules.allies import (
    bond,
    calls_now,
    covers,
    lose_trust,
    strongest_call,
    war_between,
)
from sim.engine.rules.balance import can, war_action
from sim.engine.rules.decide import Decision, decide
from sim.engine.rules.feelings import demanded_rung
from sim.engine.rules.record import counting, first_day, log_event
from sim.engine.rules.state_choice import N_STATE_TERMS, state_table
from sim.engine.rules.war import begin_wars
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import Call, EventKind, Joining, Purpose
from sim.vocabulary.decisions import ActionTerm, DecisionKind, JoinTerm
from sim.vocabulary.ladder import Rung

_TOP = float(Rung.OPEN_WAR)  # the rung that a full commitment demands
_OPTIONS = len(Joining)
_SEVERAL = 3  # states that make a war one of several


@njit
def tell(world, kind, n, side, enemy):
    """Log what a side of an alliance does about the other's war against an enemy."""
    promise = world.promises[n, side]
    event = log_event(world, kind, promise.of, enemy)
    event.group, event.action = promise.to, n


@njit
def hear_calls(world, i, enemy):
    """Note which promises call today; a new one is an event."""
    for n in range(world.alliances.shape[0]):
        for side in range(2):
            if world.promises[n, side].of != i:
                continue
            cover, calls = world.cover[2 * n + side, enemy], calls_now(world, n, side, enemy)
            if calls and cover.called == 0:
                world.alliances[n].calls += 1
                tell(world, EventKind.CALL, n, side, enemy)
            cover.called = 1 if calls else 0


@njit
def close_call(world, i, enemy, honoured):
    """A call was answered in time, or was not: then whoever called trusts the word less."""
    for n in range(world.alliances.shape[0]):
        for side in range(2):
            promise = world.promises[n, side]
            if promise.of != i or world.cover[2 * n + side, enemy].called == 0:
                continue
            if honoured:
                world.alliances[n].honoured += 1
            else:
                lose_trust(world, n, side)
                tell(world, EventKind.ABSENCE, n, side, enemy)


@njit
def wait_for(world, i, enemy, patience):
    """A day of a call on a state that is not in the war: it begins, goes on, or is in vain."""
    call = world.calls[i, enemy]
    if call.stage == Call.NONE:
        call.stage, call.days = Call.OPEN, 0
        call.draw, _, _, _ = chance.uniforms(world, world.dyads[i, enemy].key, Purpose.JOIN, 0)
    elif call.stage == Call.OPEN:
        call.days += 1
        if call.days >= patience:
            close_call(world, i, enemy, False)
            call.stage = Call.OUT
    elif call.stage == Call.IN_WAR and world.pairs[world.dyads[i, enemy].pair].pause == 0:
        call.stage = Call.OUT  # it made peace, and no truce of some days


@njit
def review_call(world, i, enemy):
    """Bring a call to its stage of today; without one there is nothing to decide."""
    call, fights = world.calls[i, enemy], war_between(world, i, enemy)
    call.choice = Joining.STAY_OUT
    n, side = strongest_call(world, i, enemy)
    if n == NOBODY:
        call.stage, call.days, call.by = Call.NONE, 0, NOBODY
        hear_calls(world, i, enemy)
        return
    call.by = world.promises[n, side].to
    if call.stage == Call.OPEN or (call.stage == Call.NONE and not fights):
        hear_calls(world, i, enemy)
    if not fights:
        wait_for(world, i, enemy, world.alliances[n].patience)
        return
    if call.stage == Call.OPEN:
        close_call(world, i, enemy, True)
    call.stage = Call.IN_WAR


@njit
def review_calls(world):
    """Who is called into whose war this morning."""
    for i in range(world.calls.shape[0]):
        for j in range(world.calls.shape[1]):
            if world.dyads[i, j].pair != NOBODY:
                review_call(world, i, j)


@entry
def join_table(world, i, enemy):
    """Fill the decision table of a state that is called: to stay as it is, or to enter the war.

    The rows are those of its posture and of open war in its usual table; the last term is what the
    demand that its word makes changes in the first.
    """
    state_table(world, i, enemy)
    table, posture, war = world.table, world.dyads[i, enemy].posture, war_action(world)
    for k in range(N_STATE_TERMS):
        stays, enters = table.terms[posture, k], table.terms[war, k]
        table.terms[Joining.STAY_OUT, k], table.terms[Joining.ENTER, k] = stays, enters
    table.heights[Joining.STAY_OUT] = float(world.actions[posture].rung)
    table.heights[Joining.ENTER] = _TOP
    table.available[Joining.STAY_OUT] = 1.0
    table.available[Joining.ENTER] = 1.0 if can(world, i, enemy, war) else 0.0
    demanded = demanded_rung(world, i, enemy)
    n, side = strongest_call(world, i, enemy)
    asked = max(demanded, _TOP * bond(world, n, side)) if n != NOBODY else demanded
    for option in range(_OPTIONS):
        height = table.heights[option]
        without, within = square((height - demanded) / _TOP), square((height - asked) / _TOP)
        table.terms[option, JoinTerm.PLEDGE] = without - within
    table.weights[JoinTerm.PLEDGE] = table.weights[ActionTerm.PUNISH]


@entry
def ally_decides(world, i, enemy):
    """A `Joining` of a state that is called, or NOBODY on a day on which it is not."""
    if world.calls[i, enemy].stage != Call.OPEN:
        return NOBODY
    join_table(world, i, enemy)
    s, draw = world.states[i], world.calls[i, enemy].draw
    return decide(world, Decision(DecisionKind.JOIN, i, enemy, s.policy, s.rationality), draw)


@njit
def note_entry(world, i, enemy):
    """Log that a state enters a war, and by which promise."""
    n, side = strongest_call(world, i, enemy)
    row, t = world.alliances[n], world.tally[0]
    row.first_entry = first_day(world, row.first_entry)
    t.first_entry_day = first_day(world, t.first_entry_day)
    tell(world, EventKind.ENTRY, n, side, enemy)


@njit
def enter_wars(world):
    """Those who chose so enter the wars of their allies."""
    if world.calls.shape[0] == 0:
        return
    for p in range(world.pairs.shape[0]):
        pair = world.pairs[p]
        ours, theirs = enters(world, pair.a, pair.b), enters(world, pair.b, pair.a)
        if pair.war == 0 and (ours or theirs):
            if ours:
                note_entry(world, pair.a, pair.b)
            if theirs:
                note_entry(world, pair.b, pair.a)
            begin_wars(world, p, ours, theirs)


@njit
def enters(world, i, enemy):
    """Whether a state has chosen today to enter the war against an enemy."""
    call = world.calls[i, enemy]
    return call.stage == Call.OPEN and call.choice == Joining.ENTER


@njit
def still_in(world, n, side):
    """Whether a side of an alliance is at war with anybody against whom it holds."""
    for enemy in range(world.cover.shape[1]):
        if covers(world, n, side, enemy) and war_between(world, world.promises[n, side].of, enemy):
            return True
    return False


@njit
def leave_war(world, i, enemy):
    """A state whose last enemy in a war made peace with it leaves those who fight this one on."""
    left = False
    for n in range(world.alliances.shape[0]):
        for side in range(2):
            promise = world.promises[n, side]
            if promise.of != i or not covers(world, n, side, enemy) or still_in(world, n, side):
                continue
            if war_between(world, promise.to, enemy):
                lose_trust(world, n, side)
                tell(world, EventKind.SEPARATE_PEACE, n, side, enemy)
                left = True
    world.tally[0].separate_peaces += 1 if left else 0


@njit
def build_trust(world):
    """Side by side in a war, allies come to trust each other's word again."""
    for n in range(world.alliances.shape[0]):
        for enemy in range(world.cover.shape[1]):
            ours, theirs = world.promises[n, 0], world.promises[n, 1]
            fight = war_between(world, ours.of, enemy) and war_between(world, theirs.of, enemy)
            if fight and covers(world, n, 0, enemy):
                for side in range(2):
                    promise = world.promises[n, side]
                    promise.trust += world.rules[0].ceasefire_built_trust * (1.0 - promise.trust)


@njit
def are_allies(world, i, j, enemy):
    """Whether an alliance of two states holds against a third."""
    for n in range(world.alliances.shape[0]):
        for side in range(2):
            promise = world.promises[n, side]
            if promise.of == i and promise.to == j and covers(world, n, side, enemy):
                return True
    return False


@njit
def belong_together(world, p, q):
    """Whether two wars are one: allies fight the same enemy."""
    a, b, c, d = world.pairs[p].a, world.pairs[p].b, world.pairs[q].a, world.pairs[q].b
    if a == c:
        return are_allies(world, b, d, a)
    if a == d:
        return are_allies(world, b, c, a)
    if b == c:
        return are_allies(world, a, d, b)
    return b == d and are_allies(world, a, c, b)


@njit
def number_wars(world):
    """Number the wars of today: those that belong together have one number."""
    fronts = world.fronts
    for p in range(fronts.shape[0]):
        fronts[p].war = p if world.pairs[p].war == 1 else NOBODY
    changed = True
    while changed:
        changed = False
        for p in range(fronts.shape[0]):
            for q in range(p):
                same = fronts[p].war == fronts[q].war
                if same or fronts[p].war == NOBODY or fronts[q].war == NOBODY:
                    continue
                if belong_together(world, p, q):
                    first = min(fronts[p].war, fronts[q].war)
                    fronts[p].war, fronts[q].war = first, first
                    changed = True


@njit
def states_in(world, war):
    """How many states fight in a war, by its number."""
    count = 0
    for i in range(world.states.shape[0]):
        fights = False
        for p in range(world.fronts.shape[0]):
            pair = world.pairs[p]
            fights = fights or (world.fronts[p].war == war and (pair.a == i or pair.b == i))
        count += 1 if fights else 0
    return count


@njit
def count_wars(world):
    """The states in the largest war of today, and its days if they are several."""
    t, most = world.tally[0], 0
    for p in range(world.fronts.shape[0]):
        if world.fronts[p].war == p:
            most = max(most, states_in(world, p))
    t.states_today = float(most)
    if not counting(world):
        return
    t.most_states_at_war = max(t.most_states_at_war, float(most))
    if most >= _SEVERAL:
        t.coalition_wars += 1.0 if t.coalition_run == 0.0 else 0.0
        t.coalition_run += 1.0
        t.coalition_war_days += 1.0
    else:
        t.coalition_run = 0.0


@njit
def follow_wars(world):
    """The evening of the wars of several states: who has left them, and who is in them."""
    if world.fronts.shape[0] == 0:
        return
    for p in range(world.fronts.shape[0]):
        pair, front = world.pairs[p], world.fronts[p]
        fights = 1 if pair.war == 1 or (front.fought == 1 and pair.pause > 0) else 0
        if front.fought == 1 and fights == 0 and counting(world):
            leave_war(world, pair.a, pair.b)
            leave_war(world, pair.b, pair.a)
        front.fought = fights
    build_trust(world)
    number_wars(world)
    count_wars(world)
