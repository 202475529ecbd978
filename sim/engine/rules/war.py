"""War belongs to a pair: it begins for both, each side fights on or halts, both halted is a truce.

A side that halts holds its fire; the other may still shoot at it, and it may go back. What each
side fights with is what it has: posts and sectors on the ground, aircraft where there are any.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.jit import entry, njit
from sim.engine.rules.balance import alert, at_war, war_action
from sim.engine.rules.bargaining import fill_price
from sim.engine.rules.decide import Decision, clear_table, decide
from sim.engine.rules.record import drop_order, log_event
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import Drop, EventKind, Fighting, Purpose
from sim.vocabulary.decisions import DecisionKind, WarTerm
from sim.vocabulary.ladder import Rung

_ALERT_RUNG, _WAR_RUNG = float(Rung.TENSION), float(Rung.OPEN_WAR)


@njit
def begin_war(world, i, j):
    """`i` goes over to open war with `j`: both are at war from now on."""
    p = world.dyads[i, j].pair
    pair, action = world.pairs[p], war_action(world)
    if pair.war == 0:
        pair.war = 1
        pair.begun_by = i
        for one, other in ((i, j), (j, i)):
            d = world.dyads[one, other]
            d.posture = action
            if d.order == action:  # this war
                d.order = NOBODY
            drop_order(world, one, other, Drop.WAR)
        log_event(world, EventKind.POSTURE, i, j).action = action
    else:
        world.dyads[i, j].posture = action


@njit
def begin_wars(world, p, ours, theirs):
    """Open war in a relation where a side goes over to it today, or both at once."""
    pair = world.pairs[p]
    if ours:
        begin_war(world, pair.a, pair.b)
    if theirs and not ours:
        begin_war(world, pair.b, pair.a)
    if ours and theirs:
        pair.begun_by = NOBODY
        log_event(world, EventKind.POSTURE, pair.b, pair.a).action = war_action(world)


@entry
def war_table(world, i, j):
    """Fill the decision table of a state at war: to halt, or to fight on."""
    r = world.rules[0]
    clear_table(world, DecisionKind.WAR)
    fill_price(world, i, j, Fighting.HALT, 1.0)
    terms, heights = world.table.terms, world.table.heights
    heights[Fighting.HALT], heights[Fighting.FIGHT_ON] = _ALERT_RUNG, _WAR_RUNG
    terms[Fighting.HALT, WarTerm.ALONE] = -r.bargaining_alone
    if not at_war(world, j, i):
        terms[Fighting.HALT, WarTerm.RIVAL] = r.bargaining_reciprocity
    fights = at_war(world, i, j)
    terms[Fighting.HALT, WarTerm.INERTIA] = r.bargaining_inertia * (-1.0 if fights else 1.0)


@entry
def war_decides(world, i, j):
    """Whether a state at war halts or fights on, a `Fighting`."""
    war_table(world, i, j)
    u, _, _, _ = chance.uniforms(world, world.dyads[i, j].key, Purpose.WAR, 0)
    precision = world.rules[0].bargaining_rationality
    kind = DecisionKind.WAR
    return decide(world, Decision(kind, i, j, world.states[i].policy, precision), u)


@njit
def fight_or_halt(world, i, j, choice):
    """A side at war holds its fire, or fights (again)."""
    d = world.dyads[i, j]
    fights = at_war(world, i, j)
    if choice == Fighting.HALT and fights:
        d.posture = alert(world)
        log_event(world, EventKind.HALT, i, j).action = Fighting.HALT
    elif choice == Fighting.FIGHT_ON and not fights:
        d.posture = war_action(world)
        log_event(world, EventKind.HALT, i, j).action = Fighting.FIGHT_ON
