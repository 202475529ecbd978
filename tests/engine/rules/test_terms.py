"""What moves a term of a decision moves the column of its name, and no other.

For every kind of decision the one number that drives a term is changed, and the columns that differ
are named as the ledger, `explain` and the replay name them. A rule that writes a term into another
column, or two names that are swapped, fails here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import pytest

from sim.vocabulary.coded import words
from sim.vocabulary.codes import Stance
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.ladder import Action
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, REBELS, SOUTH, tiny_world

Change = Callable[[Any], None]

border, campaign, crossings, diplomacy, host, joining, militants, operations, state_choice, war = (
    plain(f"sim.engine.rules.{rule}")
    for rule in (
        *("border", "campaign", "crossings", "diplomacy", "host", "joining"),
        *("militants", "operations", "state_choice", "war"),
    )
)


def _command_table(w: Any) -> None:
    border.clear_for_commands(w)
    border.command_table(w, 0, 0)


#: fills the decision table of a kind
FILL: dict[DecisionKind, Change] = {
    DecisionKind.ACTION: lambda w: state_choice.state_table(w, NORTH, SOUTH),
    DecisionKind.ANSWER: lambda w: diplomacy.acceptance_table(w, 0, NORTH, SOUTH),
    DecisionKind.CROSSINGS: lambda w: crossings.crossing_table(w, NORTH, SOUTH),
    DecisionKind.OFFENSIVE: lambda w: operations.offensive_table(w, NORTH),
    DecisionKind.STANCE: lambda w: host.host_table(w, REBELS, SOUTH),
    DecisionKind.MODE: lambda w: campaign.mode_table(w, REBELS),
    DecisionKind.COMMAND: _command_table,
    DecisionKind.OFFER: lambda w: diplomacy.offer_table(w, 0, 0),
    DecisionKind.TARGET: lambda w: militants.target_table(w, REBELS),
    DecisionKind.MOVE: lambda w: campaign.move_table(w, REBELS),
    DecisionKind.TRUCE: lambda w: campaign.truce_table(w, REBELS),
    DecisionKind.WAR: lambda w: war.war_table(w, NORTH, SOUTH),
    DecisionKind.JOIN: lambda w: joining.join_table(w, NORTH, SOUTH),
}
#: North's ally in the west, whom the south has attacked.
WEST = 2
ALLY: dict[str, Any] = {
    "states.west": {"personnel": 50_000},
    "sectors.west_hill": {"state": "west", "population": 1000, "garrison": 100},
    "relations.far": {"between": ["south", "west"]},
    "alliances.pact": {"between": ["north", "west"], "commitment": 0.7},
}


class Driver(NamedTuple):
    """A number of the world that moves one term; `field` is its table, row and name."""

    kind: DecisionKind
    term: str
    table: str
    row: tuple[int, ...]
    field: str
    amount: float = 0.25
    also: tuple[tuple[str, tuple[int, ...], str, float], ...] = ()


DYAD, RIVAL, RELATION, RULE = (NORTH, SOUTH), (SOUTH, NORTH), (0,), (0,)
IN_FORCE = ("pairs", RELATION, "in_force", 1)

DRIVERS = (
    Driver(DecisionKind.ACTION, "punish", "dyads", DYAD, "outrage"),
    Driver(DecisionKind.ACTION, "disrupt", "dyads", DYAD, "targets", -0.25),
    Driver(DecisionKind.ACTION, "cost", "states", (NORTH,), "weariness"),
    Driver(DecisionKind.ACTION, "retaliation", "states", (NORTH,), "reasoning", -1),
    Driver(DecisionKind.ACTION, "diplomatic", "states", (NORTH,), "pressure"),
    Driver(DecisionKind.ACTION, "commitment", "pairs", RELATION, "ceasefire"),
    Driver(DecisionKind.ACTION, "shadow", "dyads", RIVAL, "signalled", 1.0),
    Driver(DecisionKind.ACTION, "inertia", "dyads", DYAD, "posture", 1),
    Driver(DecisionKind.ANSWER, "openness", "rules", RULE, "bargaining_openness"),
    Driver(DecisionKind.ANSWER, "aim", "dyads", DYAD, "aim"),
    Driver(DecisionKind.ANSWER, "optimism", "dyads", DYAD, "optimism"),
    Driver(DecisionKind.ANSWER, "results", "dyads", DYAD, "text"),
    Driver(DecisionKind.ANSWER, "gains", "rules", RULE, "bargaining_gains"),
    Driver(DecisionKind.ANSWER, "sunk", "dyads", DYAD, "crisis_losses", 20),
    Driver(DecisionKind.ANSWER, "outrage", "dyads", DYAD, "outrage"),
    Driver(DecisionKind.ANSWER, "losses", "states", (NORTH,), "weariness"),
    Driver(DecisionKind.ANSWER, "pressure", "states", (NORTH,), "pressure"),
    Driver(DecisionKind.ANSWER, "targets", "dyads", DYAD, "targets", -0.25),
    Driver(DecisionKind.ANSWER, "trust", "pairs", RELATION, "trust"),
    Driver(DecisionKind.ANSWER, "private", "dyads", DYAD, "private"),
    Driver(DecisionKind.WAR, "openness", "rules", RULE, "bargaining_openness"),
    Driver(DecisionKind.WAR, "aim", "dyads", DYAD, "aim"),
    Driver(DecisionKind.WAR, "optimism", "dyads", DYAD, "optimism"),
    Driver(DecisionKind.WAR, "results", "dyads", DYAD, "text"),
    Driver(DecisionKind.WAR, "gains", "rules", RULE, "bargaining_gains"),
    Driver(DecisionKind.WAR, "sunk", "dyads", DYAD, "crisis_losses", 20),
    Driver(DecisionKind.WAR, "outrage", "dyads", DYAD, "outrage"),
    Driver(DecisionKind.WAR, "losses", "states", (NORTH,), "weariness"),
    Driver(DecisionKind.WAR, "pressure", "states", (NORTH,), "pressure"),
    Driver(DecisionKind.WAR, "targets", "dyads", DYAD, "targets", -0.25),
    Driver(DecisionKind.WAR, "trust", "pairs", RELATION, "trust"),
    Driver(DecisionKind.WAR, "private", "dyads", DYAD, "private"),
    Driver(DecisionKind.ANSWER, "leverage", "leverage", (0, NORTH), "leverage"),
    Driver(DecisionKind.ANSWER, "step", "rules", RULE, "mediation_access"),
    Driver(DecisionKind.WAR, "alone", "rules", RULE, "bargaining_alone"),
    Driver(DecisionKind.WAR, "rival", "dyads", RIVAL, "posture", -float(Action.OPEN_WAR)),
    Driver(DecisionKind.WAR, "inertia", "rules", RULE, "bargaining_inertia"),
    Driver(DecisionKind.CROSSINGS, "protest", "dyads", DYAD, "grievance"),
    Driver(DecisionKind.CROSSINGS, "violence", "pairs", RELATION, "activity", 1.0),
    Driver(DecisionKind.CROSSINGS, "trade", "dyads", DYAD, "closed_days", 10),
    Driver(DecisionKind.CROSSINGS, "inertia", "rules", RULE, "crossings_inertia"),
    Driver(DecisionKind.OFFENSIVE, "need", "states", (NORTH,), "news_mean"),
    Driver(DecisionKind.OFFENSIVE, "cost", "states", (NORTH,), "weariness"),
    Driver(
        DecisionKind.OFFENSIVE, "distraction", "dyads", DYAD, "posture", float(Action.OPEN_WAR) - 1
    ),
    Driver(DecisionKind.STANCE, "affinity", "hosts", (REBELS, SOUTH), "affinity"),
    Driver(DecisionKind.STANCE, "coercion", "dyads", RIVAL, "coerced", 2.0),
    Driver(DecisionKind.STANCE, "trust", "pairs", RELATION, "trust"),
    Driver(DecisionKind.STANCE, "defection", "rules", RULE, "hosting_defection"),
    Driver(DecisionKind.MODE, "strength", "groups", (REBELS,), "effective", 100),
    Driver(DecisionKind.MODE, "pressure", "groups", (REBELS,), "home_losses", 5),
    Driver(DecisionKind.MODE, "opportunity", "dyads", DYAD, "posture", float(Action.OPEN_WAR) - 1),
    Driver(DecisionKind.COMMAND, "readiness", "states", (NORTH,), "fire_ready"),
    Driver(DecisionKind.COMMAND, "grievance", "commands", (0, 0), "grievance"),
    Driver(DecisionKind.COMMAND, "posture", "dyads", DYAD, "posture", 1),
    Driver(DecisionKind.COMMAND, "outrage", "dyads", DYAD, "outrage"),
    Driver(DecisionKind.COMMAND, "ceasefire", "pairs", RELATION, "ceasefire"),
    Driver(DecisionKind.COMMAND, "strength", "commands", (0, 0), "men", -100),
    Driver(DecisionKind.OFFER, "readiness", "rules", RULE, "mediation_eagerness", 0.01),
    Driver(DecisionKind.OFFER, "height", "pairs", RELATION, "activity", 1.0),
    Driver(DecisionKind.OFFER, "leverage", "leverage", (0, NORTH), "leverage", -0.25),
    Driver(DecisionKind.OFFER, "credibility", "mediators", (0,), "credibility", -0.25),
    Driver(DecisionKind.TARGET, "habit", "groups", (REBELS,), "targets_police", 0.1),
    Driver(DecisionKind.TARGET, "strength", "groups", (REBELS,), "effective", 100),
    Driver(DecisionKind.TARGET, "pressure", "groups", (REBELS,), "home_losses", 5),
    Driver(DecisionKind.MOVE, "pressure", "groups", (REBELS,), "home_losses", 5),
    Driver(DecisionKind.MOVE, "haven", "hosts", (REBELS, SOUTH), "haven_now", -0.25),
    Driver(DecisionKind.TRUCE, "openness", "groups", (REBELS,), "truce_openness"),
    Driver(DecisionKind.TRUCE, "pressure", "groups", (REBELS,), "haven_losses", 5),
    Driver(DecisionKind.TRUCE, "host", "hosts", (REBELS, SOUTH), "haven", -0.25),
    Driver(DecisionKind.TRUCE, "strength", "groups", (REBELS,), "effective", 100),
    Driver(DecisionKind.JOIN, "punish", "dyads", DYAD, "outrage", 9.0),
    Driver(DecisionKind.JOIN, "disrupt", "dyads", DYAD, "targets", -0.25),
    Driver(DecisionKind.JOIN, "cost", "states", (NORTH,), "weariness"),
    Driver(DecisionKind.JOIN, "retaliation", "states", (NORTH,), "reasoning", -1),
    Driver(DecisionKind.JOIN, "diplomatic", "states", (NORTH,), "pressure"),
    Driver(DecisionKind.JOIN, "commitment", "pairs", RELATION, "ceasefire"),
    Driver(DecisionKind.JOIN, "shadow", "dyads", RIVAL, "signalled", 1.0),
    Driver(DecisionKind.JOIN, "pledge", "alliances", (0,), "commitment"),
)
#: terms that nothing drives: what they are worth, and to which option
CONSTANT = {
    (DecisionKind.MODE, "habit"): ("sustain", 1.0),
    (DecisionKind.MOVE, "habit"): ("stay", 1.0),
    (DecisionKind.JOIN, "inertia"): ("enter", -5.0 / 6.0),  # from tension to open war
}
PREPARED = {
    (DecisionKind.ACTION, "commitment"): (IN_FORCE,),
    (DecisionKind.JOIN, "commitment"): (IN_FORCE,),
    # so that the ally's forces, which count by the same number, decide nothing
    (DecisionKind.JOIN, "pledge"): (("rules", RULE, "choice_ground_cap", 0.1),),
    # so angry that its word asks for nothing more
    (DecisionKind.JOIN, "punish"): (("dyads", DYAD, "outrage", 4.0),),
    (DecisionKind.COMMAND, "ceasefire"): (IN_FORCE,),
    (DecisionKind.WAR, "rival"): (("dyads", RIVAL, "posture", float(Action.OPEN_WAR)),),
}


def situation(kind: DecisionKind) -> Any:
    """A world in which every term of a kind of decision can move."""
    ally = ALLY if kind is DecisionKind.JOIN else {}
    w = tiny_world(**{"states.south.nuclear": True, "states.north.reasoning": 1, **ally})
    if ally:
        war.begin_war(w, SOUTH, WEST)
    d, pair, rebels = w.dyads[NORTH, SOUTH], w.pairs[0], w.groups[REBELS]
    d.posture, d.outrage, d.targets = Action.TENSION, 1.0, 0.75
    d.aim, d.optimism, d.result, d.crisis_losses = 0.25, 0.25, 0.25, 5.0
    d.grievance, d.closed, d.closed_days = 0.5, 1.0, 20.0
    pair.activity, pair.ceasefire, pair.trust = 4.0, 0.5, 0.25
    w.states[NORTH].weariness, w.states[NORTH].pressure = 0.5, 0.25
    w.dyads[SOUTH, NORTH].coerced = 1.0
    plain("sim.engine.rules.militants").count_strength(w, REBELS)
    rebels.home, rebels.abroad, rebels.home_losses, rebels.haven_losses = 400.0, 600.0, 5.0, 5.0
    w.hosts[REBELS, SOUTH].stance, w.hosts[REBELS, SOUTH].haven_now = Stance.RESTRAIN, 0.75
    w.commands[0, 0].men = w.commands[0, 0].garrison - 100
    border.make_ready(w)
    return w


def table(w: Any, kind: DecisionKind) -> np.ndarray:
    """The terms of a decision, (options, terms)."""
    FILL[kind](w)
    return np.array(w.table.terms)[: len(kind.options), : len(kind.terms)]


def columns_that_differ(kind: DecisionKind, a: np.ndarray, b: np.ndarray) -> Iterator[str]:
    names = words(kind.terms)
    return (names[k] for k in range(len(names)) if not np.array_equal(a[:, k], b[:, k]))


@pytest.mark.parametrize(
    "driver", DRIVERS, ids=lambda d: f"{d.kind.word}-{d.term}" if isinstance(d, Driver) else None
)
def test_a_number_moves_the_column_of_its_name_alone(driver: Driver) -> None:
    w = situation(driver.kind)
    for name, row, field, value in PREPARED.get((driver.kind, driver.term), ()):
        setattr(getattr(w, name)[row], field, value)
    before = table(w, driver.kind)
    for name, row, field, amount in (
        (driver.table, driver.row, driver.field, driver.amount),
        *driver.also,
    ):
        record = getattr(w, name)[row]
        setattr(record, field, getattr(record, field) + amount)
    after = table(w, driver.kind)
    assert list(columns_that_differ(driver.kind, before, after)) == [driver.term]


@pytest.mark.parametrize(("kind", "term"), CONSTANT, ids=lambda v: getattr(v, "word", v))
def test_a_constant_term_stands_in_the_column_of_its_name(kind: DecisionKind, term: str) -> None:
    option, worth = CONSTANT[kind, term]
    column = table(situation(kind), kind)[:, words(kind.terms).index(term)]
    assert column.tolist() == [worth if name == option else 0.0 for name in words(kind.options)]


def test_every_term_of_every_kind_is_tried() -> None:
    tried = {(driver.kind, driver.term) for driver in DRIVERS} | set(CONSTANT)
    assert tried == {(kind, term) for kind in DecisionKind for term in words(kind.terms)}
    assert set(FILL) == set(DecisionKind)
