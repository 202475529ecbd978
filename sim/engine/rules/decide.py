"""The one way to decide: weigh up, draw, apply what a fork forces, and record the decision if a ledger is kept.

A record is a run of words in the world's ledger, so that everything that decided can be read and
worked out again afterwards:

    HEADER  length, day, kind, actor, about, options, terms, extras, policy, rationality, draw,
    choice, taken extras  what the actor believed and what was true, and (of a state's action) the
    stocks behind its terms: EXTRAS weights (terms)   barred (options; 0, or why: the number in
    BARRED)   table (options x terms)   utility, probability (options)

A world without a ledger (all but one that is to be explained) writes nothing, and nothing depends
on what is written.
"""

from __future__ import annotations

import math

from sim.engine.jit import hot, njit
from sim.engine.policies.registry import choose
from sim.engine.rules import forced
from sim.engine.rules.balance import obstacle
from sim.engine.rules.feelings import sigmoid
from sim.engine.world.tables import NOBODY

#: kinds of decision that cannot be forced, after those of `sim/engine/rules/forced.py`
TARGET, MOVE, TRUCE = range(len(forced.KINDS), len(forced.KINDS) + 3)
KINDS = (*forced.KINDS, "target", "move", "truce")

HEADER = (
    "length",
    "day",
    "kind",
    "actor",
    "about",
    "options",
    "terms",
    "extras",
    "policy",
    "rationality",
    "draw",
    "choice",
    "taken",
)
EXTRAS = (
    "believed_complicity",
    "haven",
    "outrage",
    "anger",
    "resolve",
    "weariness",
    "ceasefire",
    "reasoning",
)
BARRED = (
    "",
    "no_aircraft",
    "no_border",
    "not_nuclear",
    "nothing_vital",
    "no_haven",
    "nobody_abroad",
)
NO_HAVEN, NOBODY_ABROAD = 5, 6
TAKEN = HEADER.index("taken")
_N_HEADER, _N_EXTRAS = len(HEADER), len(EXTRAS)
_WITHDRAW = 1


@hot
def decide(world, kind, actor, about, options, terms, policy, rationality, u):
    """Decide by the decision table as it is filled; returns the option that is taken."""
    rival = about if kind == forced.ACTION else NOBODY
    choice = choose(world, world.table, options, terms, policy, rationality, actor, rival, u)
    taken = forced.apply_forced_choice(world, kind, actor, about, choice)
    if world.ledger.shape[0] > 0:
        note(world, kind, actor, about, options, terms, policy, rationality, choice, taken)
    return taken


@njit
def note(world, kind, actor, about, options, terms, policy, rationality, choice, taken):
    """Write a decision into the ledger if there is room; `noted` counts the words all the same."""
    clock, table, ledger = world.clock[0], world.table, world.ledger
    extras = (
        _N_EXTRAS
        if kind == forced.ACTION
        else (2 if kind == forced.ANSWER or kind == forced.CROSSINGS else 0)
    )
    length = _N_HEADER + extras + terms + options * (terms + 3)
    at = clock.ledger_length
    clock.ledger_length = at + length
    if at + length > ledger.shape[0]:
        return
    ledger[at] = length
    ledger[at + 1] = clock.day
    ledger[at + 2] = kind
    ledger[at + 3] = actor
    ledger[at + 4] = about
    ledger[at + 5] = options
    ledger[at + 6] = terms
    ledger[at + 7] = extras
    ledger[at + 8] = policy
    ledger[at + 9] = rationality
    ledger[at + 10] = table.draw[0]
    ledger[at + 11] = choice
    ledger[at + 12] = taken
    at += _N_HEADER
    if extras > 0:
        note_extras(world, actor, about, extras, at)
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
def note_extras(world, i, j, extras, at):
    """What state `i` believes of `j` and what is true; for an action also what its demand is made from."""
    ledger, s, d = world.ledger, world.states[i], world.dyads[i, j]
    haven = 0.0
    for g in range(world.groups.shape[0]):
        if world.groups[g].enemy == i and world.hosts[g, j].present == 1:
            haven = max(haven, world.hosts[g, j].haven_now)
    ledger[at] = sigmoid(d.belief)
    ledger[at + 1] = haven
    if extras == 2:
        return
    ledger[at + 2] = d.outrage
    ledger[at + 3] = d.outrage + world.rules[0].feelings_grievance_share * d.grievance + d.war_aim
    ledger[at + 4] = s.resolve
    ledger[at + 5] = s.weariness
    ledger[at + 6] = world.pairs[d.pair].ceasefire
    ledger[at + 7] = s.reasoning


@njit
def why_barred(world, kind, actor, about, option):
    """Number in `BARRED` of the reason for which an option is not available."""
    if kind == forced.ACTION:
        return float(obstacle(world, actor, about, option))
    if kind == MOVE:
        return float(NO_HAVEN if option == _WITHDRAW else NOBODY_ABROAD)
    return math.nan
