"""Mediation: when talks are offered, and whether both sides accept.

Offers follow the height of the crisis and its dead; acceptance is ripeness (Zartman 1989; Beardsley
2008): weariness, losses, leverage, trust, a spent target list, against outrage and war aims. Each
side has a private value of peace, drawn once a crisis, without which daily offers succeed within
days whatever the acceptance (docs/odd.md).
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.jit import entry, njit
from sim.engine.rules.ceasefire import begin_ceasefire, mean_leverage, quality_drawn
from sim.engine.rules.decide import Decision, clear_table, decide
from sim.engine.rules.forced_choice import was_forced
from sim.engine.rules.record import counting, log_event
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import Answer, EventKind, Offer, Purpose
from sim.vocabulary.decisions import AnswerTerm, DecisionKind, OfferTerm
from sim.vocabulary.ladder import Rung
from sim.vocabulary.policies import Policy

_USUAL_CREDIBILITY = 0.8  # the credibility for which mediation.eagerness is given
_DEATHS_SCALE = 20.0  # recent dead at which their log counts one log-unit (docs/odd.md)
_MEMORY_DAYS = 14.0  # Assumed: for how long the dead of a crisis press for talks
_PRECISION = 1.0  # of a mediator: its utility is the log-odds of an offer
_LEAST_CREDIBILITY = 1e-6  # keeps the log finite
_LEAST_HEIGHT = 1.0  # rungs from the threshold of a crisis to its top, at least
_TOP = float(Rung.OPEN_WAR)  # the height of a crisis that counts in full
_CRISIS_RUNG = float(Rung.LIMITED_STRIKES)  # an act of this rung is a crisis, or keeps one up


@njit
def may_offer(world, m, p):
    """Whether there is anything to offer.

    A crisis without a ceasefire, some pull, time to try again.
    """
    pair = world.pairs[p]
    pull = world.leverage[m, pair.a].leverage + world.leverage[m, pair.b].leverage
    return (
        pair.in_force == 0
        and world.mediators[m].wait <= 0.0
        and pair.activity > world.rules[0].mediation_threshold
        and pull > 0.0
    )


@entry
def offer_table(world, m, p):
    """Fill the decision table of a mediator about a relation; p(offer) = logistic(utility)."""
    r, pair, mediator = world.rules[0], world.pairs[p], world.mediators[m]
    clear_table(world, DecisionKind.OFFER)
    terms, offer = world.table.terms, Offer.MAKE_OFFER
    eager = math.log(r.mediation_eagerness / (1.0 - r.mediation_eagerness))
    height = max(0.0, min(pair.activity, _TOP) - r.mediation_threshold) / max(
        _TOP - r.mediation_threshold, _LEAST_HEIGHT
    )
    credibility = max(mediator.credibility, _LEAST_CREDIBILITY) / _USUAL_CREDIBILITY
    terms[offer, OfferTerm.READINESS] = eager
    terms[offer, OfferTerm.HEIGHT] = -r.mediation_urgency * (1.0 - height)
    deaths = math.log(1.0 + pair.recent_dead / _DEATHS_SCALE)
    terms[offer, OfferTerm.DEATHS] = r.mediation_deaths * deaths
    terms[offer, OfferTerm.CREDIBILITY] = math.log(credibility)
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


@entry
def acceptance_table(world, m, i, j):
    """Fill the decision table of `i` on an offer of talks with `j`."""
    r, s, d = world.rules[0], world.states[i], world.dyads[i, j]
    clear_table(world, DecisionKind.ANSWER)
    terms, yes = world.table.terms, Answer.ACCEPT
    terms[yes, AnswerTerm.OPENNESS] = r.mediation_openness
    terms[yes, AnswerTerm.WEARINESS] = r.mediation_weariness * s.weariness
    terms[yes, AnswerTerm.PRESSURE] = r.mediation_pressure * s.pressure
    terms[yes, AnswerTerm.LEVERAGE] = r.mediation_leverage * world.leverage[m, i].leverage
    terms[yes, AnswerTerm.TARGETS] = r.mediation_targets * (1.0 - d.targets)
    terms[yes, AnswerTerm.TRUST] = r.mediation_trust * world.pairs[d.pair].trust
    terms[yes, AnswerTerm.OUTRAGE] = -r.mediation_outrage * d.outrage
    terms[yes, AnswerTerm.LOSSES] = r.mediation_losses * math.log(1.0 + d.recent_losses)
    terms[yes, AnswerTerm.WAR_AIM] = -r.mediation_war_aim * d.war_aim
    terms[yes, AnswerTerm.PRIVATE] = d.private


@entry
def state_accepts(world, m, i, j):
    """The `Answer` of a state to an offer."""
    acceptance_table(world, m, i, j)
    u, _, _, _ = chance.uniforms(
        world, world.dyads[i, j].key ^ world.mediators[m].key, Purpose.ACCEPT, 0
    )
    precision = world.rules[0].mediation_rationality
    return decide(world, Decision(DecisionKind.ANSWER, i, j, Policy.QUANTAL, precision), u)


@entry
def take_table(world, m, p):
    """A mediator would offer talks in a relation today: of several, its draw picks one.

    One in which it is forced to offer comes first.
    """
    purpose, mediator = Purpose.TABLE, world.mediators[m]
    if mediator.table != NOBODY and was_forced(world, DecisionKind.OFFER, m, mediator.table):
        return
    if (
        was_forced(world, DecisionKind.OFFER, m, p)
        or mediator.table == NOBODY
        or turn(world, m, p, purpose) < turn(world, m, mediator.table, purpose)
    ):
        mediator.table = p


@njit
def turn(world, m, p, purpose):
    """The uniform number of a mediator and a relation for today: of several, the least counts."""
    key = world.mediators[m].key ^ world.pairs[p].key
    u, _, _, _ = chance.uniforms(world, key, purpose, 0)
    return u


@entry
def is_accepted(world, m, p, ours, theirs):
    """Count and log an offer with the `Answer` of either side; whether both accept."""
    pair, mediator = world.pairs[p], world.mediators[m]
    mediator.wait = mediator.patience
    if counting(world):
        world.tally[0].offers += 1
    event = log_event(world, EventKind.OFFER, pair.a, pair.b)
    event.group, event.value = m, float(ours) + 2.0 * float(theirs)
    return ours == Answer.ACCEPT and theirs == Answer.ACCEPT


@entry
def broker_of(world, p, one, other):
    """Who brings the ceasefire about: of two mediators whose offers were accepted, by their draws.

    `one` may be NOBODY.
    """
    purpose = Purpose.SETTLE
    if one == NOBODY or turn(world, other, p, purpose) < turn(world, one, p, purpose):
        return other
    return one


@entry
def settle(world, m, p):
    """The ceasefire that a mediator brings about."""
    pair, mediator = world.pairs[p], world.mediators[m]
    leverage = mean_leverage(world, m, pair)
    begin_ceasefire(
        world, p, m, quality_drawn(world, pair, leverage, 0), leverage * mediator.credibility
    )


@njit
def follow_crisis(world, p):
    """Keep the relation's memory: activity, recent dead, and the private values of a new crisis."""
    r, pair = world.rules[0], world.pairs[p]
    pair.activity = max(pair.rung, pair.activity * math.exp(-1.0 / r.mediation_activity_life))
    pair.recent_dead = pair.recent_dead * math.exp(-1.0 / _MEMORY_DAYS) + pair.dead_today
    if pair.rung >= _CRISIS_RUNG:
        if pair.quiet >= r.choice_crisis_gap:
            open_crisis(world, p)
        pair.quiet = 0
    else:
        pair.quiet += 1


@njit
def open_crisis(world, p):
    """A new crisis: each side's private value of peace is drawn, its losses count from here."""
    r, pair = world.rules[0], world.pairs[p]
    pair.crisis_day = world.clock[0].day
    for i, j in ((pair.a, pair.b), (pair.b, pair.a)):
        d = world.dyads[i, j]
        u, v, _, _ = chance.uniforms(world, d.key, Purpose.PRIVATE, 0)
        d.private = r.mediation_private * chance.normal(u, v)
        d.crisis_losses = 0.0
