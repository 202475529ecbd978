"""What a ceasefire is worth, how it ages and is worn down, and its end.

A violation damages the quality of a ceasefire rather than ending it (docs/odd.md); spoilers after
Stedman (1997) and Kydd and Walter (2002): an attack blamed on the other side damages it. The first
weeks are the dangerous ones and an agreement's strength counts (Fortna 2004): a young ceasefire is
held by its word, an old one by what monitors, trust and time have built, and what wears the young
one down costs the old one little. It ends at a floor of quality, with open war, or with its last
day if it is a pause.
"""

from __future__ import annotations

import math
from typing import NamedTuple

from sim.engine import chance
from sim.engine.elementary import exp
from sim.engine.jit import njit
from sim.engine.rules.bargaining import price
from sim.engine.rules.feelings import sigmoid
from sim.engine.rules.record import counting, first_day, log_event
from sim.engine.rules.state_choice import stand_down
from sim.engine.rules.war import begin_war
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import Collapse, EventKind, Purpose, Stage, TruceKind

_QUIET = 2.5  # activity below which a ceasefire is repaired (docs/odd.md)
_HISTORY_MARGIN = 0.01  # history ends a ceasefire only by its script
_USUAL_QUALITY = 0.3  # the quality for which the damage of local incidents is given
_FIRST_WEEK, _FIRST_WEEK_FACTOR = 7, 2.0  # Assumed: incidents of the first week count twice
_FEW_INCIDENTS = 0.01  # incidents a day below which no more are drawn
_YOUNG = 60  # Assumed: days within which a ceasefire that fails can bring its war back
_LEAST, _MOST = 0.4, 1.6  # of a guarantee, relative to leverage times credibility (docs/odd.md)
_TO_PEACE = 1.0  # the price of peace at which a war comes back as often as not (docs/odd.md)


class Terms(NamedTuple):
    """What a ceasefire begins with.

    kind : a number of `TruceKind`
    mediator : who brought it about, or NOBODY
    quality, guarantee : shares
    """

    kind: int
    mediator: int
    quality: float
    guarantee: float


@njit
def mean_leverage(world, m, pair):
    """A mediator's leverage on the two sides of a relation, in the mean."""
    return 0.5 * (world.leverage[m, pair.a].leverage + world.leverage[m, pair.b].leverage)


@njit
def guarantee_drawn(world, m, pair, index):
    """What a mediator's guarantee of a new ceasefire is worth, with the draw of `index`."""
    u, _, _, _ = chance.uniforms(world, pair.key, Purpose.QUALITY, index)
    worth = mean_leverage(world, m, pair) * world.mediators[m].credibility
    return min(1.0, worth * (_LEAST + (_MOST - _LEAST) * u))


@njit
def first_quality(world, pair, kind, guarantee):
    """Quality of a new ceasefire of a kind."""
    r = world.rules[0]
    bare = r.ceasefire_initial * (r.ceasefire_tacit if kind == TruceKind.TACIT else 1.0)
    return min(1.0, bare + r.ceasefire_guarantees * guarantee + r.ceasefire_trusted * pair.trust)


@njit
def begin_ceasefire(world, p, terms):
    """A ceasefire begins in a relation, on these `Terms`; the war, if there is one, is over."""
    pair, t = world.pairs[p], world.tally[0]
    pair.in_force = 1
    pair.age = 0
    pair.ceasefire = terms.quality
    pair.mediator = terms.mediator
    pair.guarantee = terms.guarantee
    pair.truce_kind = terms.kind
    pair.stopped_war = pair.war
    pair.war = 0
    pair.pause = 0
    pair.called = 0
    pair.hit = 0.0
    pair.rubbed = 0.0
    for m in range(world.mediators.shape[0]):
        world.talks[m, p].stage = Stage.NONE
    for i, j in ((pair.a, pair.b), (pair.b, pair.a)):
        stand_down(world, i, j)
        world.dyads[i, j].hit = 0.0
        world.dyads[i, j].posts_lost = 0.0
    for b in range(world.borders.shape[0]):
        if world.borders[b].pair == p:
            for side in range(2):
                world.commands[b, side].grievance *= world.rules[0].ceasefire_relief
    if counting(world):
        t.ceasefires += 1
        t.first_ceasefire_day = first_day(world, t.first_ceasefire_day)
        if t.first_ceasefire_day == float(world.clock[0].day) and is_first(world, p):
            t.first_pair = p
    event = log_event(world, EventKind.CEASEFIRE, pair.a, pair.b)
    event.action, event.group, event.value = terms.kind, terms.mediator, terms.quality


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
    pair.pause = 0
    pair.trust *= world.rules[0].ceasefire_broken_trust
    if counting(world):
        t.ceasefire_collapses += 1
        if cause == Collapse.CLIMB:
            t.collapses_by_climb += 1
        elif cause == Collapse.EROSION:
            t.collapses_by_erosion += 1
        else:
            t.collapses_by_lapse += 1
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
    """Who began the war that ends a ceasefire; if both did, the side that did more damage."""
    begun_by = world.pairs[p].begun_by
    return begun_by if begun_by != NOBODY else breaker_of(world, p)


@njit
def frailty(world, pair):
    """What a violation costs a ceasefire of this age, relative to a new one."""
    r = world.rules[0]
    left = r.ceasefire_wear_left
    return left + (1.0 - left) * exp(-pair.age / r.ceasefire_wear_life)


@njit
def incidents(world, pair):
    """Incidents of today where the lines are not yet drawn apart."""
    r = world.rules[0]
    mean = r.ceasefire_contact * exp(-pair.age / r.ceasefire_contact_life)
    if mean < _FEW_INCIDENTS:
        return 0
    u, _, _, _ = chance.uniforms(world, pair.key, Purpose.CONTACT, 0)
    return chance.poisson(world, mean, u)


@njit
def reachable(world, pair):
    """The quality to which a ceasefire of this age is repaired."""
    r = world.rules[0]
    held = r.ceasefire_lasting + r.ceasefire_monitoring * pair.guarantee
    old = 1.0 - exp(-pair.age / r.ceasefire_ageing)
    return min(
        1.0, max((held + r.ceasefire_lasting_trust * pair.trust) * old, min(pair.ceasefire, held))
    )


@njit
def next_quality(world, pair):
    """Quality after today: violations and incidents, erosion in busy days, repair in quiet ones."""
    r, quality, week = world.rules[0], pair.ceasefire, 1.0
    if pair.age < _FIRST_WEEK:
        week = _FIRST_WEEK_FACTOR
    rubbed = pair.rubbed + r.ceasefire_local_fire * incidents(world, pair)
    worn = pair.hit + rubbed * week * quality / _USUAL_QUALITY
    if pair.activity < _QUIET:
        change = (reachable(world, pair) - quality) / r.ceasefire_repair
    else:
        change = -quality / r.ceasefire_erosion
    return min(max(quality + change - frailty(world, pair) * worn, 0.0), 1.0)


@njit
def wear(world, p):
    """A day of a ceasefire: violations, erosion, repair, trust; perhaps its end."""
    r, pair = world.rules[0], world.pairs[p]
    if pair.in_force == 0:
        return
    pair.ceasefire = next_quality(world, pair)
    pair.hit = 0.0
    pair.rubbed = 0.0
    pair.age += 1
    if not counting(world):
        pair.ceasefire = max(pair.ceasefire, r.ceasefire_collapse + _HISTORY_MARGIN)
        if pair.war == 1:
            end_ceasefire(world, p, Collapse.CLIMB, climber_of(world, p))
    elif pair.war == 1:
        end_ceasefire(world, p, Collapse.CLIMB, climber_of(world, p))
    elif pair.ceasefire < r.ceasefire_collapse:
        end_ceasefire(world, p, Collapse.EROSION, breaker_of(world, p))
        perhaps_war_again(world, p)
    if pair.in_force == 1:
        pair.trust += r.ceasefire_built_trust * (1.0 - pair.trust)


@njit
def perhaps_war_again(world, p):
    """A young ceasefire that stopped a war and fails may bring it back: while peace is dear."""
    pair = world.pairs[p]
    if pair.stopped_war == 0 or pair.age >= _YOUNG:
        return
    ours, theirs = price(world, pair.a, pair.b), price(world, pair.b, pair.a)
    u, _, _, _ = chance.uniforms(world, pair.key, Purpose.RELAPSE, 0)
    precision = world.rules[0].bargaining_rationality
    if u < sigmoid(precision * (max(ours, theirs) - _TO_PEACE)):
        keys = world.dyads[pair.a, pair.b].key, world.dyads[pair.b, pair.a].key
        if chance.outranks(world, ours, theirs, keys):
            begin_war(world, pair.a, pair.b)
        else:
            begin_war(world, pair.b, pair.a)
