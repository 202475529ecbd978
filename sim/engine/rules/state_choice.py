"""A state's choice of action against a rival: when it deliberates, the table of terms, and the order it gives.

Terms (columns of the decision table), all from the actor's own row, its beliefs, and what is visible:

    punish      -((rung - demanded)/6)^2: audience costs, Fearon 1994
    disrupt     belief x militant capacity there x what the action takes away x targets left
    cost        men and materiel, growing with weariness, divided by superiority
    retaliation harm expected from the rival's reply, by level-k reasoning (Stahl and Wilson 1995)
    diplomatic  international pressure and mediators' pull, by height
    commitment  quality of a ceasefire in force x violation
    shadow      height against a nuclear rival
    inertia     distance from the present posture
    backdown    at open war: the war aim that any other action falls short of
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.jit import entry, njit
from sim.engine.policies.quantal import quantal
from sim.engine.policies.registry import weigh_up
from sim.engine.policies.simple import has_new_line
from sim.engine.rules import forced
from sim.engine.rules.balance import can, reply_to, superiority
from sim.engine.rules.decide import decide
from sim.engine.rules.feelings import demanded_rung, sigmoid
from sim.engine.world.tables import NOBODY
from sim.vocabulary.ladder import N_ACTIONS, OPEN_WAR, TENSION, column
from sim.vocabulary.policies import GRIM, PROPORTIONAL, SCRIPTED

TERMS = (
    "punish",
    "disrupt",
    "cost",
    "retaliation",
    "diplomatic",
    "commitment",
    "shadow",
    "inertia",
    "backdown",
)
PUNISH, DISRUPT, COST, RETALIATION, DIPLOMATIC, COMMITMENT, SHADOW, INERTIA, BACKDOWN = range(
    len(TERMS)
)
N_STATE_TERMS = len(TERMS)

_RUNG = column("rung")
_DISRUPT = column("disrupt")
_COST = column("cost")
_HARM = column("harm")
_VIOLATION = column("violation")
_DAMAGE = column("damage")
_PERSISTS = column("persists")
_LEAST_SUPERIORITY = (
    0.3  # Assumed: a state never counts itself weaker than this, or it would never act
)
_NO_IDEA = 0.5  # what a state supposes of a rival's belief, which it cannot see
_SHADOW_FROM, _SHADOW_WIDTH = 4.5, 1.5  # rungs over which the nuclear shadow grows (docs/odd.md)


@njit
def capacity(world, i, j):
    """Militant capacity that the enemies of `i` have in `j`, relative to the start, weighted by the violence run from there."""
    total, weight = 0.0, 0.0
    for g in range(world.groups.shape[0]):
        host = world.hosts[g, j]
        if world.groups[g].enemy == i and host.present == 1 and host.fighters_start > 0.0:
            total += host.share * host.fighters / host.fighters_start
            weight += host.share
    return total / weight if weight > 0.0 else 0.0


@njit
def outside_pull(world, i):
    """Pull of all mediators on a state: sum of leverage times credibility."""
    total = 0.0
    for m in range(world.mediators.shape[0]):
        total += world.leverage[m, i].leverage * world.mediators[m].credibility
    return total


@njit
def fill_weights(world, i, table):
    """The weights of a state's terms."""
    s = world.states[i]
    table.weights[PUNISH] = s.weights_punish
    table.weights[DISRUPT] = s.weights_disrupt
    table.weights[COST] = s.weights_cost
    table.weights[RETALIATION] = s.weights_retaliation
    table.weights[DIPLOMATIC] = s.weights_diplomatic
    table.weights[COMMITMENT] = s.weights_commitment
    table.weights[SHADOW] = s.weights_shadow
    table.weights[INERTIA] = s.weights_inertia
    table.weights[BACKDOWN] = s.weights_backdown


@njit
def fill_terms(world, i, j, table, demanded, quality, level, mind):
    """The table of `i` against `j` for a demanded rung, a ceasefire's quality, and reasoning of level 0 or 1.

    `mind` is the state whose private numbers are used: `i` itself, or a rival that puts itself in
    the place of `i`.
    """
    s, d = world.states[mind], world.dyads[i, j]
    belief = sigmoid(d.belief) if mind == i else _NO_IDEA
    loss = belief * capacity(world, i, j) * d.targets
    pull = s.pressure + 1.0 - math.exp(-outside_pull(world, i))
    nuclear = world.states[j].nuclear * (1.0 + world.dyads[j, i].signalled)
    posture = _RUNG[d.posture]
    fill_weights(world, mind, table)
    for a in range(N_ACTIONS):
        rung = _RUNG[a]
        terms = table.terms[a]
        table.available[a] = 1.0 if can(world, i, j, a) else 0.0
        terms[PUNISH] = -(((rung - demanded) / 6.0) ** 2)
        terms[DISRUPT] = loss * _DISRUPT[a]
        strength = min(max(superiority(world, i, j, a), _LEAST_SUPERIORITY), 1.0)
        terms[COST] = -_COST[a] * (1.0 + s.weariness) / strength
        terms[RETALIATION] = 0.0
        if level >= 1 and rung >= 2:
            reply = reply_to(world, i, j, rung)
            terms[RETALIATION] = -_HARM[reply] * superiority(world, j, i, reply)
        terms[DIPLOMATIC] = -pull * max(0.0, rung - 1.0) / 5.0
        terms[COMMITMENT] = -quality * _VIOLATION[a]
        terms[SHADOW] = -nuclear * max(0.0, (rung - _SHADOW_FROM) / _SHADOW_WIDTH) ** 2
        terms[INERTIA] = -abs(rung - posture) / 6.0
        terms[BACKDOWN] = -d.war_aim if d.posture == OPEN_WAR and a != OPEN_WAR else 0.0


@njit
def foresee(world, i, j, table):
    """Level 2: replace the retaliation term by the harm expected of a level-1 rival after the act.

    The rival is thought angrier by the act and freed from the ceasefire by the damage it does; of
    its private numbers only the table's form is known, so the actor puts its own weights and
    precision in the rival's place.
    """
    r, s = world.rules[0], world.states[i]
    theirs = world.dyads[j, i]
    anger = theirs.outrage + r.feelings_grievance_share * theirs.grievance + theirs.war_aim
    quality = world.pairs[world.dyads[i, j].pair].ceasefire
    other = world.rival_table
    for a in range(N_ACTIONS):
        if _RUNG[a] < 2 or table.available[a] == 0.0:
            continue
        hurt = anger + r.feelings_act_outrage * _RUNG[a] / 6.0
        demanded = 6.0 * (1.0 - math.exp(-s.resolve * hurt))
        fill_terms(world, j, i, other, demanded, max(0.0, quality - _DAMAGE[a]), 1, i)
        weigh_up(other, N_ACTIONS, N_STATE_TERMS)
        quantal(other, N_ACTIONS, s.rationality)
        harm = 0.0
        for b in range(N_ACTIONS):
            harm += other.probability[b] * _HARM[b] * superiority(world, j, i, b)
        table.terms[a, RETALIATION] = -harm


@entry
def state_table(world, i, j):
    """Fill the decision table of a state `i` about a rival `j`."""
    quality = world.pairs[world.dyads[i, j].pair].ceasefire
    level = world.states[i].reasoning
    fill_terms(world, i, j, world.table, demanded_rung(world, i, j), quality, min(level, 1), i)
    if level >= 2:
        foresee(world, i, j, world.table)


@entry
def attends(world, i, j):
    """Whether `i` deliberates about `j` today: now and then, more often at war, and at once when outrage has risen.

    The reciprocal policies watch every day; a scripted state moves on the days of its plan.
    """
    r = world.rules[0]
    d = world.dyads[i, j]
    at_war = d.posture == OPEN_WAR or world.dyads[j, i].posture == OPEN_WAR
    u, _, _, _ = chance.uniforms(world, d.key, chance.ATTENTION, 0)
    surprised = d.outrage - d.outrage_mark > r.choice_surprise
    policy = world.states[i].policy
    if policy == SCRIPTED:
        return has_new_line(world, i, j)
    return (
        u < (r.choice_war_attention if at_war else r.choice_attention)
        or surprised
        or policy == GRIM
        or policy == PROPORTIONAL
    )


@entry
def state_decides(world, i, j):
    """The choice of `i` about `j`: an action, or NOBODY on a day on which it does not deliberate."""
    if not attends(world, i, j):
        return NOBODY
    state_table(world, i, j)
    s = world.states[i]
    u, _, _, _ = chance.uniforms(world, world.dyads[i, j].key, chance.DECISION, 0)
    return decide(world, forced.ACTION, i, j, N_ACTIONS, N_STATE_TERMS, s.policy, s.rationality, u)


@entry
def give_order(world, i, j, action):
    """Turn a choice into a posture (kept until changed) or an order (carried out in the days to come)."""
    if action == NOBODY:
        return
    d = world.dyads[i, j]
    d.outrage_mark = d.outrage
    if action == OPEN_WAR and d.posture == OPEN_WAR:
        d.order = NOBODY
    elif _PERSISTS[action] > 0 and action != OPEN_WAR:
        d.posture = action
        d.order = NOBODY
    else:
        d.order = action
        if d.posture == OPEN_WAR:
            d.posture = TENSION


@njit
def stand_down(world, i, j):
    """What a ceasefire does to a side: no orders, forces on alert, aim given up, anger relieved."""
    d = world.dyads[i, j]
    d.order = NOBODY
    d.posture = TENSION
    d.war_aim = 0.0
    d.outrage *= world.rules[0].ceasefire_relief
    d.outrage_mark = d.outrage
