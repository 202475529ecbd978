"""Talks, step by step: access, text, entry into force; and what the sides do without a mediator.

A mediator seeks access, then a text; both sides have to say yes to each, and a no costs time. The
sides' own hotline leads to a ceasefire or, at war, to a pause of some days that lapses or is
prolonged. A mediator changes speed, answers and guarantee, never whether peace can exist
(Beardsley 2008; Zartman 1989). All channels are tried on the same snapshot; if several are ready on
one day, an addressed draw says which it is, so that no order of theirs decides.
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.elementary import log
from sim.engine.jit import entry, njit
from sim.engine.rules.balance import at_war
from sim.engine.rules.bargaining import fill_price, open_crisis
from sim.engine.rules.ceasefire import (
    Terms,
    begin_ceasefire,
    end_ceasefire,
    first_quality,
    guarantee_drawn,
    mean_leverage,
)
from sim.engine.rules.decide import Decision, clear_table, decide
from sim.engine.rules.record import counting, log_event
from sim.engine.rules.war import begin_wars
from sim.engine.world.memo import Memo, fading
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import Answer, Collapse, EventKind, Offer, Purpose, Stage, TruceKind
from sim.vocabulary.decisions import AnswerTerm, DecisionKind, OfferTerm
from sim.vocabulary.ladder import Rung
from sim.vocabulary.policies import Policy

_USUAL_CREDIBILITY = 0.8  # the credibility for which mediation.eagerness is given
_PRECISION = 1.0  # of a mediator: its utility is the log-odds of an offer
_LEAST_CREDIBILITY = 1e-6  # keeps the log finite
_TOP = float(Rung.OPEN_WAR)  # the height of a crisis that counts in full
_CRISIS_RUNG = float(Rung.LIMITED_STRIKES)  # an act of this rung is a crisis, or keeps one up
# how talks depend on height, leverage and trust: docs/odd.md, section 7.8
_LOW, _BY_HEIGHT = 0.25, 0.75
_WEAK, _BY_LEVERAGE = 0.3, 1.4
_CALL_LOW, _CALL_BY_HEIGHT, _CALL_TRUST = 0.4, 0.6, 0.6
_WAIT = 1.5  # of a mediator without leverage after a no, in its patience; one less with full
_LOSES_STAGE = 0.5  # chance that a no throws talks back by a stage
_FIRST_PAUSE = 2  # days of the shortest pause
_HARDER = 0.1  # quality that a prolonged pause gains
_HOTLINE_DRAW, _PAUSE_DRAW = 1, 2


@njit
def talking(world, p):
    """Whether anybody talks of an end in a relation: a crisis, and no ceasefire."""
    pair = world.pairs[p]
    return pair.in_force == 0 and pair.activity > world.rules[0].mediation_threshold


@njit
def pull(world, m, p):
    """A mediator's leverage on both sides of a relation, in the mean."""
    return mean_leverage(world, m, world.pairs[p])


@njit
def may_offer(world, m, p):
    """Whether a mediator has a step to offer: talks, some pull, time to try again, no text yet."""
    talks = world.talks[m, p]
    return (
        talking(world, p)
        and talks.wait <= 0.0
        and talks.stage != Stage.TEXT
        and pull(world, m, p) > 0.0
    )


@entry
def offer_table(world, m, p):
    """Fill the decision table of a mediator about a relation; p(offer) = logistic(utility)."""
    r, pair, mediator = world.rules[0], world.pairs[p], world.mediators[m]
    clear_table(world, DecisionKind.OFFER)
    terms, offer = world.table.terms, Offer.MAKE_OFFER
    first = world.talks[m, p].stage == Stage.NONE
    ready = r.mediation_eagerness if first else r.mediation_speed
    height = _LOW + _BY_HEIGHT * min(pair.activity, _TOP) / _TOP
    credibility = max(mediator.credibility, _LEAST_CREDIBILITY) / _USUAL_CREDIBILITY
    terms[offer, OfferTerm.READINESS] = log(ready / (1.0 - ready))
    terms[offer, OfferTerm.HEIGHT] = log(height) if first else 0.0
    terms[offer, OfferTerm.LEVERAGE] = log(_WEAK + _BY_LEVERAGE * pull(world, m, p))
    terms[offer, OfferTerm.CREDIBILITY] = log(credibility)
    world.table.available[offer] = 1.0 if may_offer(world, m, p) else 0.0


@entry
def mediator_decides(world, m, p):
    """The `Offer` of a mediator about a relation.

    With nothing to offer there is nothing to decide.
    """
    if not may_offer(world, m, p):
        return Offer.WAIT
    offer_table(world, m, p)
    mediator = world.mediators[m]
    u, _, _, _ = chance.uniforms(world, mediator.key ^ world.pairs[p].key, Purpose.OFFER_TALKS, 0)
    return decide(world, Decision(DecisionKind.OFFER, m, p, mediator.policy, _PRECISION), u)


@njit
def ease(world, m, p):
    """How much easier than a text it is to say yes to what is offered."""
    r, pair = world.rules[0], world.pairs[p]
    if pair.in_force == 1:
        return r.mediation_harden
    if m != NOBODY and world.talks[m, p].stage == Stage.NONE:
        return r.mediation_access
    return 0.0


@entry
def acceptance_table(world, m, i, j):
    """Fill the decision table of `i` on an offer of a mediator, or of `j` itself (NOBODY)."""
    r, p = world.rules[0], world.dyads[i, j].pair
    pair = world.pairs[p]
    clear_table(world, DecisionKind.ANSWER)
    war = pair.war == 1 or (pair.in_force == 1 and pair.stopped_war == 1)
    fill_price(world, i, j, Answer.ACCEPT, 1.0 if war else r.bargaining_below_war)
    terms, yes = world.table.terms, Answer.ACCEPT
    if m != NOBODY:
        terms[yes, AnswerTerm.LEVERAGE] = r.mediation_leverage * world.leverage[m, i].leverage
    terms[yes, AnswerTerm.STEP] = ease(world, m, p)


@entry
def state_accepts(world, m, i, j):
    """The `Answer` of a state to an offer of a mediator, or of its rival itself (NOBODY)."""
    acceptance_table(world, m, i, j)
    d = world.dyads[i, j]
    key, index = d.key, _HOTLINE_DRAW
    if world.pairs[d.pair].in_force == 1:
        index = _PAUSE_DRAW
    elif m != NOBODY:
        key, index = d.key ^ world.mediators[m].key, 0
    u, _, _, _ = chance.uniforms(world, key, Purpose.ACCEPT, index)
    precision = world.rules[0].bargaining_rationality
    return decide(world, Decision(DecisionKind.ANSWER, i, j, Policy.QUANTAL, precision), u)


@entry
def settle(world, m, p, accepted_a, accepted_b):
    """What comes of a mediator's offer: a stage further, or time lost."""
    pair, mediator, talks = world.pairs[p], world.mediators[m], world.talks[m, p]
    if counting(world):
        world.tally[0].offers += 1
    event = log_event(world, EventKind.OFFER, pair.a, pair.b)
    event.group, event.value = m, float(accepted_a) + 2.0 * float(accepted_b)
    if accepted_a == Answer.ACCEPT and accepted_b == Answer.ACCEPT:
        talks.stage += 1
        event = log_event(world, EventKind.TALKS, pair.a, pair.b)
        event.group, event.action = m, talks.stage
        return
    talks.wait = mediator.patience * (_WAIT - pull(world, m, p))
    u, _, _, _ = chance.uniforms(world, mediator.key ^ pair.key, Purpose.ENTRY, 1)
    if u < _LOSES_STAGE and talks.stage > Stage.NONE:
        talks.stage -= 1


@entry
def hotline_rings(world, p):
    """Whether the sides themselves talk of an end today."""
    r, pair = world.rules[0], world.pairs[p]
    if not talking(world, p):
        return False
    u, _, _, _ = chance.uniforms(world, pair.key, Purpose.HOTLINE, 0)
    height = _CALL_LOW + _CALL_BY_HEIGHT * min(pair.activity, _TOP) / _TOP
    return u < r.mediation_hotline * height * (_CALL_TRUST + pair.trust)


@entry
def answer_call(world, p, accepted_a, accepted_b):
    """What comes of a call: an event, and an agreement for today if both accept."""
    pair = world.pairs[p]
    event = log_event(world, EventKind.OFFER, pair.a, pair.b)
    event.value = float(accepted_a) + 2.0 * float(accepted_b)
    both = accepted_a == Answer.ACCEPT and accepted_b == Answer.ACCEPT
    pair.called = 1 if both else 0


@njit
def entry_draw(world, key, index):
    """Two uniform numbers: whether a text enters into force today, and which comes first."""
    u, v, _, _ = chance.uniforms(world, key, Purpose.ENTRY, index)
    return u, v


@entry
def conclude(world, p):
    """A ceasefire begins if a channel is ready today; if several are, a draw says which."""
    r, pair = world.rules[0], world.pairs[p]
    if pair.in_force == 1:
        return
    ready, by, first = False, NOBODY, 2.0
    for m in range(world.mediators.shape[0]):
        if world.talks[m, p].stage == Stage.TEXT:
            u, v = entry_draw(world, world.mediators[m].key ^ pair.key, 0)
            if u < r.mediation_entry and v < first:
                ready, by, first = True, m, v
    if pair.called == 1:
        _, v = entry_draw(world, pair.key, 0)
        if v < first:
            ready, by, first = True, NOBODY, v
        pair.called = 0
    if ready:
        begin_by(world, p, by)


@njit
def begin_by(world, p, m):
    """A ceasefire by a mediator or, without one, by the sides: at war perhaps a pause."""
    r, pair = world.rules[0], world.pairs[p]
    if m != NOBODY:
        guarantee = guarantee_drawn(world, m, pair, 0)
        quality = first_quality(world, pair, TruceKind.MEDIATED, guarantee)
        begin_ceasefire(world, p, Terms(TruceKind.MEDIATED, m, quality, guarantee))
        return
    u, v, _, _ = chance.uniforms(world, pair.key, Purpose.PAUSE, 0)
    pause = pair.war == 1 and u < r.mediation_dated
    kind = TruceKind.PAUSE if pause else TruceKind.HOTLINE
    quality = first_quality(world, pair, kind, 0.0)
    begin_ceasefire(world, p, Terms(kind, NOBODY, quality, 0.0))
    if pause:
        more = 0.0
        if r.mediation_pause < 1.0:
            more = math.floor(log(1.0 - v) / log(1.0 - r.mediation_pause))
        pair.pause = _FIRST_PAUSE + int(more)


@entry
def pause_ends(world, p):
    """Whether this is the last day of a pause: both say whether they prolong it."""
    pair = world.pairs[p]
    return pair.in_force == 1 and pair.pause > 0 and pair.age >= pair.pause


@entry
def prolong(world, p, accepted_a, accepted_b):
    """A pause becomes a ceasefire if both say so; else it lapses, and the war is back."""
    pair = world.pairs[p]
    if accepted_a == Answer.ACCEPT and accepted_b == Answer.ACCEPT:
        pair.pause = 0
        pair.truce_kind = TruceKind.HOTLINE
        pair.ceasefire = min(1.0, pair.ceasefire + _HARDER)
        log_event(world, EventKind.PROLONG, pair.a, pair.b).value = pair.ceasefire
        return
    ours, theirs = accepted_a != Answer.ACCEPT, accepted_b != Answer.ACCEPT
    breaker = NOBODY
    if ours != theirs:
        breaker = pair.a if ours else pair.b
    end_ceasefire(world, p, Collapse.LAPSE, breaker)
    begin_wars(world, p, ours, theirs)


@njit
def follow_crisis(world, p):
    """Keep the relation's memory: activity, and the aims and hopes of a new crisis.

    A war in which both sides have halted is over: a tacit truce.
    """
    r, pair = world.rules[0], world.pairs[p]
    keep = fading(world, Memo.ACTIVITY, 0, r.mediation_activity_life)
    pair.activity = max(pair.rung, pair.activity * keep)
    if pair.rung >= _CRISIS_RUNG or pair.war == 1:
        if pair.quiet >= r.choice_crisis_gap:
            open_crisis(world, p)
        pair.quiet = 0
    else:
        pair.quiet += 1
    fights = at_war(world, pair.a, pair.b) or at_war(world, pair.b, pair.a)
    if pair.war == 1 and not fights:
        if counting(world):
            quality = first_quality(world, pair, TruceKind.TACIT, 0.0)
            begin_ceasefire(world, p, Terms(TruceKind.TACIT, NOBODY, quality, 0.0))
        else:
            pair.war = 0
    for m in range(world.mediators.shape[0]):
        talks = world.talks[m, p]
        talks.wait = max(0.0, talks.wait - 1.0)
        if not talking(world, p):
            talks.stage = Stage.NONE
