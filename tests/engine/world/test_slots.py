"""Numbers and measures lie where their paths and names say."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from sim.engine.world import build
from sim.scenario import load
from sim.vocabulary.ladder import Rung
from tests.engine.world.tiny import (
    NORTH,
    NORTH_HILL,
    REBELS,
    SOUTH,
    SOUTH_HILL,
    TINY,
    template,
    world,
)

PLACES: dict[str, Callable[[Any], float]] = {
    "states.north.personnel": lambda w: w.states[NORTH].personnel,
    "states.south.personnel": lambda w: w.states[SOUTH].personnel,
    "states.south.resolve": lambda w: w.states[SOUTH].resolve,
    "states.north.serviceability": lambda w: w.states[NORTH].serviceability,
    "states.north.weights.punish": lambda w: w.states[NORTH].weights_punish,
    "states.south.weights.shadow": lambda w: w.states[SOUTH].weights_shadow,
    "states.south.mobilised": lambda w: w.states[SOUTH].mobilised,
    "rules.bargaining.aim_limited": lambda w: w.rules[0].bargaining_aim_limited,
    "relations.neighbours.trust": lambda w: w.pairs[0].trust,
    "relations.neighbours.ceasefire": lambda w: w.pairs[0].ceasefire,
    "relations.neighbours.views.north.grievance": lambda w: w.dyads[NORTH, SOUTH].grievance,
    "relations.neighbours.views.south.outrage": lambda w: w.dyads[SOUTH, NORTH].outrage,
    "relations.neighbours.views.south.complicity": lambda w: w.dyads[SOUTH, NORTH].complicity,
    "groups.rebels.base_rate": lambda w: w.groups[REBELS].base_rate,
    "groups.rebels.severity.mu": lambda w: w.groups[REBELS].severity_mu,
    "groups.rebels.targets.market": lambda w: w.groups[REBELS].targets_market,
    "groups.rebels.hosts.south.haven": lambda w: w.hosts[REBELS, SOUTH].haven,
    "groups.rebels.hosts.south.share": lambda w: w.hosts[REBELS, SOUTH].share,
    "groups.rebels.fighters.north_hill": lambda w: w.presence[REBELS, NORTH_HILL].fighters,
    "groups.rebels.fighters.south_hill": lambda w: w.presence[REBELS, SOUTH_HILL].fighters,
    "mediators.isle.leverage.north": lambda w: w.leverage[0, NORTH].leverage,
    "mediators.isle.leverage.south": lambda w: w.leverage[0, SOUTH].leverage,
    "mediators.isle.credibility": lambda w: w.mediators[0].credibility,
    "sectors.south_hill.garrison": lambda w: w.sectors[SOUTH_HILL].garrison,
    "borders.ridge.trade_share": lambda w: w.borders[0].trade_share,
    "borders.ridge.posts": lambda w: w.borders[0].posts,
    "borders.ridge.garrison.north": lambda w: w.commands[0, 0].garrison,
    "borders.ridge.garrison.south": lambda w: w.commands[0, 1].garrison,
    "rules.feelings.outrage_life": lambda w: w.rules[0].feelings_outrage_life,
    "rules.crossings.inertia": lambda w: w.rules[0].crossings_inertia,
}

GARRISONS = {"borders.ridge.garrison": {"north": 700, "south": 800}}


@pytest.fixture(scope="module")
def filled() -> tuple[Any, Any, dict[str, float]]:
    """A template, a world whose slots all hold different numbers, and those numbers by path."""
    of = template(GARRISONS)
    opened = world(of)
    values = {path: 1000.0 + n for n, path in enumerate(of.slots)}
    for path, value in values.items():
        opened.words[of.slots[path]] = value
    return of, opened, values


@pytest.mark.parametrize("path", PLACES)
def test_a_slot_is_the_word_of_its_table(
    path: str, filled: tuple[Any, Any, dict[str, float]]
) -> None:
    _, opened, values = filled
    assert PLACES[path](opened) == values[path]


def test_no_two_numbers_share_a_word() -> None:
    slots = list(template(GARRISONS).slots.values())
    assert len(slots) == len(set(slots)) > 100


def test_every_number_of_the_scenario_starts_in_its_word() -> None:
    of = template(GARRISONS)
    numbers = load(TINY, GARRISONS).numbers()
    assert numbers.keys() == of.slots.keys()
    words = of.words.view(np.float64)
    assert {path: words[slot] for path, slot in of.slots.items()} == {
        path: float(q) for path, q in numbers.items()
    }


def test_every_measure_is_read_from_the_row_that_it_names() -> None:
    of = template()
    opened = world(of)
    for n, place in enumerate(of.measure_slots):
        opened.words[place] = n
    names = {
        "states": of.states,
        "groups": of.groups,
        "sectors": of.sectors,
        "rungs": [rung.word for rung in Rung],
    }
    for n, measure in enumerate(of.measures):
        table = getattr(opened, measure.table)
        if measure.table == "dyads":
            row = table[tuple(of.states.index(name) for name in measure.row.split(">"))]
        else:
            rows = names.get(measure.table, [""])
            row = table[rows.index(measure.row)]
        assert getattr(row, measure.field) == n, measure.name


def test_views_of_a_relation_look_both_ways() -> None:
    of = template(
        {
            "relations.neighbours.views.north.grievance": 0.7,
            "relations.neighbours.views.south.grievance": 0.1,
        }
    )
    dyads = world(of).dyads
    assert (dyads[NORTH, SOUTH].grievance, dyads[SOUTH, NORTH].grievance) == (0.7, 0.1)


def test_a_border_is_manned_by_default_where_nothing_is_given() -> None:
    commands = world(
        template({"borders.ridge.garrison": {"north": 700}, "rules.clash.garrison": 900})
    ).commands
    assert (commands[0, 0].men, commands[0, 1].men) == (700, 900)


def test_a_template_survives_a_journey_to_another_process() -> None:
    of = build(
        load(
            TINY,
            {
                "states.north.resolve": {
                    "dist": "uniform",
                    "low": 0.2,
                    "high": 0.8,
                    "assumed": "invented",
                }
            },
        )
    )
    there = pickle.loads(pickle.dumps(of))
    assert np.array_equal(there.words, of.words)
    assert (there.slots, there.spans, there.measures, there.days) == (
        of.slots,
        of.spans,
        of.measures,
        of.days,
    )
    assert {name: rows.tolist() for name, rows in there.fixed.items()} == {
        name: rows.tolist() for name, rows in of.fixed.items()
    }
    assert there.uncertain[0][2].dist.ppf(np.array([0.5])) == pytest.approx([0.5])
