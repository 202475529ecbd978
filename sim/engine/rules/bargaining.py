"""The price of peace: what a crisis is about, what war teaches, and what peace is worth.

Aims differ between crises, are drawn once a crisis and persist (Powell 2006; Fearon 2004): wars of
little aim end soon and those that are left are the hard ones, so that the chance of an end falls
with time (Bennett and Stam 1996). Weariness speaks for peace and the dead of the crisis against
it; both count own dead per thousand mobilised men and saturate. War teaches both sides the balance
of strength (Filson and Werner 2002; Slantchev 2003): optimism ends as results are seen. The price
of peace answers offers (`diplomacy.py`) and decides whether to fight on (`war.py`). Equations:
docs/odd.md, section 7.8.
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.elementary import exp, log
from sim.engine.jit import njit
from sim.engine.rules.allies import beside
from sim.engine.world.memo import Memo, exp_of
from sim.vocabulary.codes import CrisisKind, Purpose
from sim.vocabulary.decisions import PriceTerm

_PER_THOUSAND = 1000.0
_MOST_INFORMATION = 1.5  # usual days of war that one day can teach at most (docs/odd.md)


@njit
def men_mobilised(world, i):
    """Men that a state brings to bear in a war."""
    s = world.states[i]
    return max(1.0, s.personnel * s.mobilised)


@njit
def saturation(world, losses):
    """How far losses per thousand mobilised men have worked, from 0 to 1."""
    return losses / (losses + world.rules[0].stocks_weariness_losses)


@njit
def open_crisis(world, p):
    """A new crisis: what it is about, the aims, hopes and private values of both, the balance."""
    r, pair = world.rules[0], world.pairs[p]
    pair.crisis_day = world.clock[0].day
    u, _, _, _ = chance.uniforms(world, pair.key, Purpose.CRISIS, 0)
    pair.crisis_kind = CrisisKind.LIMITED
    aim = r.bargaining_aim_limited
    if u < r.bargaining_demonstration:
        pair.crisis_kind, aim = CrisisKind.DEMONSTRATION, r.bargaining_aim_demonstration
    elif u >= 1.0 - r.bargaining_attrition:
        pair.crisis_kind, aim = CrisisKind.ATTRITION, r.bargaining_aim_attrition
    pair.information = 0.0
    for i, j in ((pair.a, pair.b), (pair.b, pair.a)):
        d = world.dyads[i, j]
        u, v, w, x = chance.uniforms(world, d.key, Purpose.CRISIS, 1)
        d.aim = aim * max(0.0, 1.0 + r.bargaining_aim_spread * chance.normal(u, v))
        d.optimism = r.bargaining_optimism + r.bargaining_optimism_spread * chance.normal(w, x)
        u, v, w, x = chance.uniforms(world, d.key, Purpose.PRIVATE, 0)
        d.private = r.bargaining_private * chance.normal(u, v)
        d.balance = r.bargaining_balance_spread * chance.normal(w, x) / math.sqrt(2.0)
        d.crisis_losses = 0.0
        d.result = 0.0
        d.text = 0.0
    ours, theirs = world.dyads[pair.a, pair.b], world.dyads[pair.b, pair.a]
    chance_part = ours.balance - theirs.balance
    men = log(men_mobilised(world, pair.a)) - log(men_mobilised(world, pair.b))
    ours.balance = chance_part + r.bargaining_balance_numbers * men
    theirs.balance = -ours.balance


@njit
def binding(world, p):
    """How much a ceasefire binds its sides: its quality, and the word while it is fresh."""
    r, pair = world.rules[0], world.pairs[p]
    if pair.in_force == 0:
        return 0.0
    fresh = exp_of(world, Memo.WORD, p, -pair.age / r.ceasefire_word_life)
    return pair.ceasefire + r.ceasefire_word * fresh


@njit
def prowess(world, i, j):
    """Factor on what `i` inflicts on `j` in a day of war: the hidden balance of the crisis."""
    return exp(0.5 * world.dyads[i, j].balance)


@njit
def learn(world, p):
    """A day of war seen by both: the ratio of the day's dead tells of the balance of strength."""
    r, pair = world.rules[0], world.pairs[p]
    ours, theirs = world.dyads[pair.a, pair.b], world.dyads[pair.b, pair.a]
    seen = log(1.0 + theirs.own_dead) - log(1.0 + ours.own_dead)
    dead = ours.own_dead + theirs.own_dead
    usual = log(1.0 + 2.0 * r.bargaining_usual_dead)
    weight = min(_MOST_INFORMATION, log(1.0 + dead) / usual)
    pair.information += weight
    step = weight / (r.bargaining_conviction + pair.information)
    ours.result += step * (seen - ours.result)
    theirs.result += step * (-seen - theirs.result)
    lag = min(1.0, 1.0 / r.bargaining_text_lag)
    for d in (ours, theirs):
        d.text += lag * (d.result - d.text)


@njit
def men_beside(world, i, j):
    """Men of the allies that fight `j` beside `i`, relative to its own, as a logarithm.

    0 for a state that fights alone.
    """
    men = 0.0
    for n in range(world.alliances.shape[0]):
        for side in range(2):
            share = beside(world, n, side, i, j)
            if share > 0.0:
                men += share * men_mobilised(world, world.promises[n, side].to)
    return log(1.0 + men / men_mobilised(world, i)) if men > 0.0 else 0.0


@njit
def fill_price(world, i, j, option, factor):
    """Fill a row of the decision table with the price that `i` pays for peace with `j`.

    `factor` is how much the price counts; what speaks for peace is positive.
    """
    r, s, d = world.rules[0], world.states[i], world.dyads[i, j]
    pair, terms = world.pairs[d.pair], world.table.terms
    left = r.bargaining_conviction / (r.bargaining_conviction + pair.information)
    sunk = saturation(world, _PER_THOUSAND * d.crisis_losses / men_mobilised(world, i))
    terms[option, PriceTerm.OPENNESS] = r.bargaining_openness
    terms[option, PriceTerm.AIM] = -factor * d.aim
    terms[option, PriceTerm.OPTIMISM] = -factor * r.bargaining_hopes * d.optimism * left
    if world.alliances.shape[0] > 0:
        more = men_beside(world, i, j) - men_beside(world, j, i)
        hope = r.bargaining_hopes * r.bargaining_balance_numbers * more
        terms[option, PriceTerm.OPTIMISM] -= factor * hope
    terms[option, PriceTerm.RESULTS] = -factor * r.bargaining_hopes * (d.result - d.text)
    gains = r.bargaining_gains * max(0.0, d.result)
    terms[option, PriceTerm.GAINS] = factor * r.bargaining_hopes * gains
    terms[option, PriceTerm.SUNK] = -factor * r.bargaining_sunk * r.bargaining_losses * sunk
    terms[option, PriceTerm.OUTRAGE] = -factor * r.bargaining_outrage * d.outrage
    terms[option, PriceTerm.LOSSES] = factor * r.bargaining_losses * s.weariness
    terms[option, PriceTerm.PRESSURE] = factor * r.bargaining_pressure * s.pressure
    terms[option, PriceTerm.TARGETS] = factor * r.bargaining_targets * (1.0 - d.targets)
    terms[option, PriceTerm.TRUST] = factor * r.bargaining_trust * pair.trust
    terms[option, PriceTerm.PRIVATE] = factor * d.private


@njit
def price(world, i, j):
    """The price of peace to `i`: what the terms against it weigh more than those for it."""
    fill_price(world, i, j, 0, 1.0)
    total = 0.0
    for k in range(_N_PRICE):
        total -= world.table.terms[0, k]
    return total + world.rules[0].bargaining_openness


_N_PRICE = len(PriceTerm)
