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
from sim.engine.rules import forced
from sim.engine.rules.ceasefire import begin_ceasefire, mean_leverage, quality_drawn
from sim.engine.rules.decide import decide
from sim.engine.rules.record import counting, log_event
from sim.engine.world.tables import OFFER
from sim.vocabulary.policies import QUANTAL

OFFER_TERMS = ("readiness", "height", "deaths", "credibility")
ACCEPT_TERMS = (
    "openness",
    "weariness",
    "pressure",
    "leverage",
    "targets",
    "trust",
    "outrage",
    "losses",
    "war_aim",
    "private",
)
N_OFFER_TERMS, N_ACCEPT_TERMS = len(OFFER_TERMS), len(ACCEPT_TERMS)
WAIT, MAKE_OFFER = 0, 1
REFUSE, ACCEPT = 0, 1

_USUAL_CREDIBILITY = 0.8  # the credibility for which mediation.eagerness is given
_DEATHS_SCALE = 20.0  # recent dead at which their log counts one log-unit (docs/odd.md)
_MEMORY_DAYS = 14.0


@njit
def clear(world, options, terms):
    """An empty decision table of so many options and terms: all available, all weights 1."""
    table = world.table
    for a in range(options):
        table.available[a] = 1.0
        for k in range(terms):
            table.terms[a, k] = 0.0
    for k in range(terms):
        table.weights[k] = 1.0


@njit
def may_offer(world, m, p):
    """Whether there is anything to offer: no ceasefire, enough of a crisis, some pull, and the last offer not just made."""
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
    clear(world, 2, N_OFFER_TERMS)
    terms = world.table.terms
    eager = math.log(r.mediation_eagerness / (1.0 - r.mediation_eagerness))
    height = max(0.0, min(pair.activity, 6.0) - r.mediation_threshold) / max(
        6.0 - r.mediation_threshold, 1.0
    )
    terms[MAKE_OFFER, 0] = eager
    terms[MAKE_OFFER, 1] = -r.mediation_urgency * (1.0 - height)
    terms[MAKE_OFFER, 2] = r.mediation_deaths * math.log(1.0 + pair.recent_dead / _DEATHS_SCALE)
    terms[MAKE_OFFER, 3] = math.log(max(mediator.credibility, 1e-6) / _USUAL_CREDIBILITY)
    world.table.available[MAKE_OFFER] = 1.0 if may_offer(world, m, p) else 0.0


@entry
def mediator_decides(world, m, p):
    """The choice of a mediator about a relation: WAIT or MAKE_OFFER; with nothing to offer there is nothing to decide."""
    if not may_offer(world, m, p):
        return WAIT
    offer_table(world, m, p)
    mediator = world.mediators[m]
    u, _, _, _ = chance.uniforms(world, mediator.key ^ world.pairs[p].key, chance.OFFER_TALKS, 0)
    return decide(world, forced.OFFER, m, p, 2, N_OFFER_TERMS, mediator.policy, 1.0, u)


@entry
def acceptance_table(world, m, i, j):
    """Fill the decision table of `i` on an offer of talks with `j`."""
    r, s, d = world.rules[0], world.states[i], world.dyads[i, j]
    clear(world, 2, N_ACCEPT_TERMS)
    terms = world.table.terms
    terms[ACCEPT, 0] = r.mediation_openness
    terms[ACCEPT, 1] = r.mediation_weariness * s.weariness
    terms[ACCEPT, 2] = r.mediation_pressure * s.pressure
    terms[ACCEPT, 3] = r.mediation_leverage * world.leverage[m, i].leverage
    terms[ACCEPT, 4] = r.mediation_targets * (1.0 - d.targets)
    terms[ACCEPT, 5] = r.mediation_trust * world.pairs[d.pair].trust
    terms[ACCEPT, 6] = -r.mediation_outrage * d.outrage
    terms[ACCEPT, 7] = r.mediation_losses * math.log(1.0 + d.recent_losses)
    terms[ACCEPT, 8] = -r.mediation_war_aim * d.war_aim
    terms[ACCEPT, 9] = d.private


@entry
def state_accepts(world, m, i, j):
    """The choice of a state on an offer: REFUSE or ACCEPT."""
    acceptance_table(world, m, i, j)
    u, _, _, _ = chance.uniforms(
        world, world.dyads[i, j].key ^ world.mediators[m].key, chance.ACCEPT, 0
    )
    return decide(
        world,
        forced.ANSWER,
        i,
        j,
        2,
        N_ACCEPT_TERMS,
        QUANTAL,
        world.rules[0].mediation_rationality,
        u,
    )


@entry
def settle(world, m, p, accepted_a, accepted_b):
    """What comes of an offer: told, and a ceasefire if both accept."""
    pair, mediator = world.pairs[p], world.mediators[m]
    mediator.wait = mediator.patience
    if counting(world):
        world.tally[0].offers += 1
    value = float(accepted_a) + 2.0 * float(accepted_b)
    event = log_event(world, OFFER, pair.a, pair.b)
    event.group, event.value = m, value
    if accepted_a == ACCEPT and accepted_b == ACCEPT:
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
    if pair.rung >= 4.0:
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
        u, v, _, _ = chance.uniforms(world, d.key, chance.PRIVATE, 0)
        d.private = r.mediation_private * chance.normal(u, v)
        d.crisis_losses = 0.0
