"""The one way to decide.

Weigh up, draw, apply what a fork forces, and record it if a ledger is kept.

A record is a run of words in the world's ledger, so that everything that decided can be read and
worked out again afterwards:

    head     the members of `Header`
    extras   the first members of `Extra`; how many says the kind of decision
    weights  (terms)
    barred   (options): 0, or why it is barred, a number of `BarReason`
    table    (options x terms)
    utility, probability   (options) each

A world without a ledger (all but one that is to be explained) writes nothing, and nothing depends
on what is written.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from sim.engine.jit import hot, njit
from sim.engine.policies.question import Question
from sim.engine.policies.registry import choose, weigh_up
from sim.engine.rules import forced_choice
from sim.engine.rules.balance import obstacle, war_action
from sim.engine.rules.bargaining import binding
from sim.engine.rules.feelings import demanding_anger, sigmoid
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import BarReason, Move
from sim.vocabulary.decisions import DecisionKind, Extra, Header

# by the number of a kind of decision; a state's action has more in some scenarios
_OPTIONS = np.array([len(kind.options) for kind in DecisionKind])
_TERMS = np.array([len(kind.terms) for kind in DecisionKind])
_EXTRAS = np.array([kind.extras for kind in DecisionKind])
_N_HEADER = len(Header)


class Decision(NamedTuple):
    """Who decides what, and how.

    kind : a number of `DecisionKind`
    actor, about : rows of whoever decides and of whom it is about, or NOBODY
    policy : a number of `Policy`
    rationality : precision of a quantal choice, 1/utility
    """

    kind: int
    actor: int
    about: int
    policy: int
    rationality: float


@njit
def options_of(world, kind):
    """How many options a kind of decision has in a world: its own actions are options too."""
    return world.actions.shape[0] if kind == DecisionKind.ACTION else _OPTIONS[kind]


@njit
def clear_table(world, kind):
    """An empty decision table of a kind of decision: all options available, all weights 1."""
    options, terms, table = options_of(world, kind), _TERMS[kind], world.table
    for a in range(options):
        table.available[a] = 1.0
        for k in range(terms):
            table.terms[a, k] = 0.0
    for k in range(terms):
        table.weights[k] = 1.0


@hot
def decide(world, decision, u):
    """Decide by the decision table as it is filled; returns the option that is taken.

    Parameters
    ----------
    decision : a `Decision`
    u : the uniform number in [0, 1) that draws the option
    """
    kind, actor, about = decision.kind, decision.actor, decision.about
    options = options_of(world, kind)
    about_rival = (
        kind == DecisionKind.ACTION or kind == DecisionKind.WAR or kind == DecisionKind.JOIN
    )
    rival = about if about_rival else NOBODY
    weigh_up(world.table, options, _TERMS[kind])
    question = Question(options, decision.rationality, actor, rival)
    choice = choose(world, world.table, decision.policy, question, u)
    taken = forced_choice.apply_forced_choice(world, kind, actor, about, choice)
    if world.ledger.shape[0] > 0:
        record(world, decision, choice, taken)
    return taken


@njit
def record(world, decision, choice, taken):
    """Write a decision into the ledger if there is room.

    `ledger_length` counts the words anyway.
    """
    clock, table, ledger = world.clock[0], world.table, world.ledger
    kind, actor, about = decision.kind, decision.actor, decision.about
    options, terms, extras = options_of(world, kind), _TERMS[kind], _EXTRAS[kind]
    length = _N_HEADER + extras + terms + options * (terms + 3)
    at = clock.ledger_length
    clock.ledger_length = at + length
    if at + length > ledger.shape[0]:
        return
    ledger[at + Header.LENGTH] = length
    ledger[at + Header.DAY] = clock.day
    ledger[at + Header.KIND] = kind
    ledger[at + Header.ACTOR] = actor
    ledger[at + Header.ABOUT] = about
    ledger[at + Header.OPTIONS] = options
    ledger[at + Header.TERMS] = terms
    ledger[at + Header.EXTRAS] = extras
    ledger[at + Header.POLICY] = decision.policy
    ledger[at + Header.RATIONALITY] = decision.rationality
    ledger[at + Header.DRAW] = table.draw[0]
    ledger[at + Header.CHOICE] = choice
    ledger[at + Header.TAKEN] = taken
    at += _N_HEADER
    if extras > 0:
        record_extras(world, actor, about, extras, at)
        at += extras
    for k in range(terms):
        ledger[at + k] = table.weights[k]
    at += terms
    for a in range(options):
        ledger[at + a] = (
            0.0 if table.available[a] > 0.0 else why_barred(world, kind, actor, about, a)
        )
    at += options
    for a in range(options):
        row = table.terms[a]
        for k in range(terms):
            ledger[at + k] = row[k]
        at += terms
    for a in range(options):
        ledger[at + a] = table.utility[a]
        ledger[at + options + a] = table.probability[a]


@njit
def record_extras(world, i, j, extras, at):
    """Write what state `i` believes of `j`, what is true, and the parts of its demand."""
    ledger, s, d = world.ledger, world.states[i], world.dyads[i, j]
    haven = 0.0
    for g in range(world.groups.shape[0]):
        if world.groups[g].enemy == i and world.hosts[g, j].present == 1:
            haven = max(haven, world.hosts[g, j].haven_now)
    ledger[at + Extra.BELIEVED_COMPLICITY] = sigmoid(d.belief)
    ledger[at + Extra.HAVEN] = haven
    if extras <= Extra.OUTRAGE:
        return
    ledger[at + Extra.OUTRAGE] = d.outrage
    ledger[at + Extra.ANGER] = demanding_anger(world, i, j)
    ledger[at + Extra.RESOLVE] = s.resolve
    ledger[at + Extra.WEARINESS] = s.weariness
    ledger[at + Extra.CEASEFIRE] = world.pairs[d.pair].ceasefire
    ledger[at + Extra.REASONING] = s.reasoning
    ledger[at + Extra.WORD] = binding(world, d.pair) - world.pairs[d.pair].ceasefire


@njit
def why_barred(world, kind, actor, about, option):
    """The number in `BarReason` of the reason for which an option is not available."""
    if kind == DecisionKind.ACTION:
        return float(obstacle(world, actor, about, option))
    if kind == DecisionKind.JOIN:
        return float(obstacle(world, actor, about, war_action(world)))
    if kind == DecisionKind.MOVE:
        return float(BarReason.NO_HAVEN if option == Move.WITHDRAW else BarReason.NOBODY_ABROAD)
    return math.nan
