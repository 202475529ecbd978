"""What a ceasefire is worth, how it is worn down, and its end.

Quality is damaged rather than the ceasefire ended by a violation (docs/odd.md); spoilers after
Stedman (1997) and Kydd and Walter (2002): an attack blamed on the other side damages it. Collapse
comes at a floor of quality or with open war.
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.rules import balance
from sim.engine.rules.record import counting, first_day, log_event
from sim.engine.rules.state_choice import stand_down
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import Collapse, EventKind, Purpose

_QUIET = 2.5  # activity below which monitors can repair (docs/odd.md)
_HISTORY_MARGIN = 0.01  # history ends a ceasefire only by its script


@njit
def mean_leverage(world, m, pair):
    """A mediator's leverage on the two sides of a relation, in the mean."""
    return 0.5 * (world.leverage[m, pair.a].leverage + world.leverage[m, pair.b].leverage)


@njit
def quality_drawn(world, pair, leverage, index):
    """Quality of a new ceasefire.

    Leverage times the draw of `index` guarantees it, trust adds to it.
    """
    r = world.rules[0]
    u, _, _, _ = chance.uniforms(world, pair.key, Purpose.QUALITY, index)
    return min(
        1.0,
        r.ceasefire_initial
        + r.ceasefire_guarantees * leverage * u
        + r.ceasefire_trusted * pair.trust,
    )


@njit
def begin_ceasefire(world, p, mediator, quality, guarantee):
    """A ceasefire begins in a relation, brought by a mediator (or NOBODY)."""
    pair, t = world.pairs[p], world.tally[0]
    pair.in_force = 1
    pair.age = 0
    pair.ceasefire = quality
    pair.mediator = mediator
    pair.guarantee = guarantee
    pair.hit = 0.0
    for i, j in ((pair.a, pair.b), (pair.b, pair.a)):
        stand_down(world, i, j)
        world.dyads[i, j].hit = 0.0
        world.dyads[i, j].posts_lost = 0.0
    if counting(world):
        t.ceasefires += 1
        t.first_ceasefire_day = first_day(world, t.first_ceasefire_day)
        if t.first_ceasefire_day == float(world.clock[0].day) and is_first(world, p):
            t.first_pair = p
    event = log_event(world, EventKind.CEASEFIRE, pair.a, pair.b)
    event.group, event.value = mediator, quality


@njit
def is_first(world, p):
    """Whether a ceasefire that begins on the day of the first counts as the first.

    The draws of their relations decide between several.
    """
    first, pairs = world.tally[0].first_pair, world.pairs
    return first == NOBODY or chance.tie(world, pairs[p].key) < chance.tie(
        world, pairs[int(first)].key
    )


@njit
def end_ceasefire(world, p, cause, breaker):
    """End a ceasefire; `breaker` is the state that ended or damaged it most, or NOBODY."""
    pair, t = world.pairs[p], world.tally[0]
    pair.in_force = 0
    pair.ceasefire = 0.0
    pair.trust *= world.rules[0].ceasefire_broken_trust
    if counting(world):
        t.ceasefire_collapses += 1
        if cause == Collapse.CLIMB:
            t.collapses_by_climb += 1
        else:
            t.collapses_by_erosion += 1
        if t.first_pair == p and math.isnan(t.first_ceasefire_length):
            t.first_ceasefire_broken = 1.0
            t.first_ceasefire_length = float(pair.age)
        if breaker != NOBODY:
            world.states[breaker].collapses += 1
    event = log_event(world, EventKind.CEASEFIRE_END, pair.a, pair.b)
    event.action, event.group, event.value = cause, breaker, float(pair.age)


@njit
def breaker_of(world, p):
    """Who did a failing ceasefire the most damage; NOBODY where both did the same."""
    pair = world.pairs[p]
    ours, theirs = world.dyads[pair.a, pair.b].hit, world.dyads[pair.b, pair.a].hit
    if ours == theirs:
        return NOBODY
    return pair.a if ours > theirs else pair.b


@njit
def climber_of(world, p):
    """Who is at open war in a relation.

    NOBODY, one side, or (if both) the side that did more damage.
    """
    pair = world.pairs[p]
    ours = balance.at_war(world, pair.a, pair.b)
    theirs = balance.at_war(world, pair.b, pair.a)
    if ours and theirs:
        return breaker_of(world, p)
    if ours:
        return pair.a
    return pair.b if theirs else NOBODY


@njit
def at_war(world, p):
    """Whether either side of a relation is at open war."""
    pair = world.pairs[p]
    return balance.at_war(world, pair.a, pair.b) or balance.at_war(world, pair.b, pair.a)


@njit
def wear(world, p):
    """A day of a ceasefire: violations, erosion, repair, trust; perhaps its end."""
    r, pair = world.rules[0], world.pairs[p]
    if pair.in_force == 0:
        return
    quality = pair.ceasefire - pair.hit - pair.ceasefire / r.ceasefire_erosion
    if pair.activity < _QUIET:
        quality += r.ceasefire_monitoring * pair.guarantee * (1.0 - pair.ceasefire)
    pair.hit = 0.0
    pair.ceasefire = min(max(quality, 0.0), 1.0)
    pair.age += 1
    if not counting(world):
        pair.ceasefire = max(pair.ceasefire, r.ceasefire_collapse + _HISTORY_MARGIN)
    elif at_war(world, p):
        end_ceasefire(world, p, Collapse.CLIMB, climber_of(world, p))
    elif pair.ceasefire < r.ceasefire_collapse:
        end_ceasefire(world, p, Collapse.EROSION, breaker_of(world, p))
    if pair.in_force == 1:
        pair.trust += r.ceasefire_built_trust * (1.0 - pair.trust)
