"""A state's choice of action against a rival: when it decides, what weighs, what it orders.

Terms (columns of the decision table), from the actor's own row, its beliefs, and what is visible:

    punish      -((rung - demanded)/6)^2: audience costs, Fearon 1994
    disrupt     belief x militant capacity there x what the action takes away x targets left
    cost        men and materiel, growing with weariness, divided by superiority
    retaliation harm expected from the rival's reply, by level-k reasoning (Stahl and Wilson 1995)
    diplomatic  international pressure and mediators' pull, by height
    commitment  quality of a ceasefire in force x violation
    shadow      height against a nuclear rival
    inertia     distance from the present posture

At open war the ladder is left: a side fights on or halts (`rules/war.py`).
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.elementary import exp, square
from sim.engine.jit import entry, njit
from sim.engine.policies.quantal import quantal
from sim.engine.policies.question import Question
from sim.engine.policies.registry import attention_of, weigh_up
from sim.engine.policies.simple import has_new_line
from sim.engine.rules.balance import alert, can, reply_to, superiority
from sim.engine.rules.bargaining import binding
from sim.engine.rules.decide import Decision, decide
from sim.engine.rules.feelings import demanded_rung, demanding_anger, sigmoid
from sim.engine.rules.record import drop_order
from sim.engine.rules.records import Standpoint
from sim.engine.rules.war import fight_or_halt, war_decides
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import Drop, FailureKind, Purpose
from sim.vocabulary.decisions import ActionTerm, DecisionKind
from sim.vocabulary.ladder import Action, Posture, Rung
from sim.vocabulary.policies import Attention

N_STATE_TERMS, _CALM = len(ActionTerm), int(Action.CALM)

# Assumed: a state never counts itself weaker than this, or it would never act
_LEAST_SUPERIORITY = 0.3
_NO_IDEA = 0.5  # what a state supposes of a rival's belief, which it cannot see
_SHADOW_FROM, _SHADOW_WIDTH = 3.5, 2.5  # rungs over which the nuclear shadow grows (docs/odd.md)
_TOP = float(Rung.OPEN_WAR)  # heights are shares of the way to open war
_ALERT, _SPAN = float(Rung.TENSION), float(Rung.OPEN_WAR - Rung.TENSION)
_THOUGHTFUL, _FORESEEING = 1, 2  # levels of reasoning (Stahl and Wilson 1995)


@njit
def capacity(world, i, j):
    """Militant capacity of the enemies of `i` in `j`, relative to the start."""
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
    table.weights[ActionTerm.PUNISH] = s.weights_punish
    table.weights[ActionTerm.DISRUPT] = s.weights_disrupt
    table.weights[ActionTerm.COST] = s.weights_cost
    table.weights[ActionTerm.RETALIATION] = s.weights_retaliation
    table.weights[ActionTerm.DIPLOMATIC] = s.weights_diplomatic
    table.weights[ActionTerm.COMMITMENT] = s.weights_commitment
    table.weights[ActionTerm.SHADOW] = s.weights_shadow
    table.weights[ActionTerm.INERTIA] = s.weights_inertia


@njit
def fill_terms(world, i, j, table, standpoint):
    """Fill the table of `i` against `j` from a `Standpoint`."""
    demanded, quality, level, mind = standpoint
    s, d = world.states[mind], world.dyads[i, j]
    belief = sigmoid(d.belief) if mind == i else _NO_IDEA
    loss = belief * capacity(world, i, j) * d.targets
    pull = s.pressure + 1.0 - exp(-outside_pull(world, i))
    nuclear = world.states[j].nuclear * (1.0 + world.dyads[j, i].signalled)
    posture = world.actions[d.posture].rung
    fill_weights(world, mind, table)
    for a in range(world.actions.shape[0]):
        row, terms = world.actions[a], table.terms[a]
        rung = row.rung
        table.heights[a] = rung
        table.available[a] = 1.0 if can(world, i, j, a) else 0.0
        terms[ActionTerm.PUNISH] = -square((rung - demanded) / _TOP)
        terms[ActionTerm.DISRUPT] = loss * row.disrupt
        strength = min(max(superiority(world, i, j, a), _LEAST_SUPERIORITY), 1.0)
        terms[ActionTerm.COST] = -row.cost * (1.0 + s.weariness) / strength
        terms[ActionTerm.RETALIATION] = 0.0
        if level >= _THOUGHTFUL and rung >= Rung.BORDER_FIRE:
            reply = reply_to(world, i, j, rung)
            harm = world.actions[reply].harm
            terms[ActionTerm.RETALIATION] = -harm * superiority(world, j, i, reply)
        terms[ActionTerm.DIPLOMATIC] = -pull * max(0.0, rung - _ALERT) / _SPAN
        terms[ActionTerm.COMMITMENT] = -quality * row.violation
        terms[ActionTerm.SHADOW] = -nuclear * max(0.0, (rung - _SHADOW_FROM) / _SHADOW_WIDTH)
        terms[ActionTerm.INERTIA] = -abs(rung - posture) / _TOP


@njit
def foresee(world, i, j, table):
    """Level 2: add to the retaliation term the harm expected of a level-1 rival after the act.

    Of an act below fire that relieves the rival's anger, what it keeps off is taken away instead.
    One round more is thought of, it does not replace the first, so that more reasoning never makes
    bolder. The rival is thought angrier by the act and freed from the ceasefire by the damage it
    does; of its private numbers only the table's form is known, so the actor puts its own weights
    and precision in the rival's place.
    """
    r = world.rules[0]
    anger = demanding_anger(world, j, i)
    quality = binding(world, world.dyads[i, j].pair)
    for a in range(world.actions.shape[0]):
        row = world.actions[a]
        own = world.own_acts[row.own]
        if table.available[a] == 0.0 or (row.rung < Rung.BORDER_FIRE and own.relief == 0.0):
            continue
        hurt = anger * (1.0 - own.relief)
        if row.like != _CALM:
            hurt += r.feelings_act_outrage * row.rung / _TOP * own.felt
        harm = harm_expected(world, i, j, hurt, max(0.0, quality - row.damage))
        if row.rung < Rung.BORDER_FIRE:
            harm -= harm_expected(world, i, j, anger, quality)
        table.terms[a, ActionTerm.RETALIATION] -= r.choice_foresight * harm


@njit
def harm_expected(world, i, j, anger, quality):
    """The harm that `i` expects of a level-1 rival so angry, under a ceasefire of this quality."""
    s, other, options = world.states[i], world.rival_table, world.actions.shape[0]
    demanded = _TOP * (1.0 - exp(-s.resolve * anger))
    fill_terms(world, j, i, other, Standpoint(demanded, quality, _THOUGHTFUL, i))
    weigh_up(other, options, N_STATE_TERMS)
    quantal(world, other, Question(options, s.rationality, j, i))
    harm = 0.0
    for b in range(options):
        harm += other.probability[b] * world.actions[b].harm * superiority(world, j, i, b)
    return harm


@entry
def state_table(world, i, j):
    """Fill the decision table of a state `i` about a rival `j`."""
    quality = binding(world, world.dyads[i, j].pair)
    level = world.states[i].reasoning
    demanded = demanded_rung(world, i, j)
    fill_terms(world, i, j, world.table, Standpoint(demanded, quality, min(level, _THOUGHTFUL), i))
    if level >= _FORESEEING:
        foresee(world, i, j, world.table)


@entry
def attends(world, i, j):
    """Whether `i` decides about `j` today.

    Now and then, more often at war, at once if outrage rose.

    Some policies decide every day, and one as it is planned (`Policy.attention`): at open war on
    each day, since a war can be begun by the other.
    """
    r = world.rules[0]
    d = world.dyads[i, j]
    warring = world.pairs[d.pair].war == 1
    u, _, _, _ = chance.uniforms(world, d.key, Purpose.ATTENTION, 0)
    surprised = d.outrage - d.outrage_mark > r.choice_surprise
    attention = attention_of(world.states[i].policy)
    if attention == Attention.PLANNED:
        return warring or has_new_line(world, i, j)
    return (
        u < (r.choice_war_attention if warring else r.choice_attention)
        or surprised
        or attention == Attention.DAILY
    )


@entry
def state_decides(world, i, j):
    """The choice of `i` about `j`, or NOBODY on a day on which it does not decide.

    An action; at open war a `Fighting`.
    """
    if not attends(world, i, j):
        return NOBODY
    if world.pairs[world.dyads[i, j].pair].war == 1:
        return war_decides(world, i, j)
    state_table(world, i, j)
    s = world.states[i]
    u, _, _, _ = chance.uniforms(world, world.dyads[i, j].key, Purpose.DECISION, 0)
    return decide(world, Decision(DecisionKind.ACTION, i, j, s.policy, s.rationality), u)


@entry
def give_order(world, i, j, action):
    """Turn a choice into a posture, kept until changed, or an order for the days to come."""
    if action == NOBODY:
        return
    if not 0 <= action < world.actions.shape[0]:
        chance.fail(world, FailureKind.UNKNOWN_ACTION)
        return
    d, posture = world.dyads[i, j], world.actions[action].posture
    d.outrage_mark = d.outrage
    if world.pairs[d.pair].war == 1:
        fight_or_halt(world, i, j, action)
    elif posture == Posture.KEPT or posture == Posture.ALERT:
        d.posture = action
        drop_order(world, i, j, Drop.RECALLED)
    else:
        if d.order != action:
            drop_order(world, i, j, Drop.REPLACED)
        d.order = action


@njit
def stand_down(world, i, j):
    """What a ceasefire does to a side: no orders, forces on alert, anger relieved."""
    d = world.dyads[i, j]
    drop_order(world, i, j, Drop.CEASEFIRE)
    d.posture = alert(world)
    d.outrage *= world.rules[0].ceasefire_relief
    d.grievance *= world.rules[0].ceasefire_relief_grievance
    d.outrage_mark = d.outrage
