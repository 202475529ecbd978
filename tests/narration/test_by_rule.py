"""An explanation names the scenario's own actions and what came by its own rule."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

import sim
from sim.engine.world.tables import EVENT
from sim.ensemble.engine import engine_for
from sim.narration.by_rule import EVERYBODY, Cause, RuleHistory, parties_of
from sim.narration.explain import Explainer
from sim.narration.turning_points import Move, Turning
from sim.narration.turning_words import TurningStory
from sim.replication.fork import Fork
from sim.replication.ledger import Decision, decisions_of
from sim.vocabulary.codes import EventKind
from sim.words import words

SEED = 7
REPLICATION = {"naval_strait": 0, "cyber_grid": 2, "sponsor_valley": 3}


@cache
def told(name: str) -> tuple[Any, Any, list[Decision]]:
    """A scenario, a replication of it in which its own rules show, and its decisions."""
    scenario = sim.load(name)
    run = engine_for(None, allow_python=False)(scenario).replay(
        SEED, REPLICATION[name], ledger=True
    )
    return scenario, run, decisions_of(run.template, run.ledger, run.events)


def text(name: str, tag: str, one: Decision) -> str:
    scenario, run, _ = told(name)
    return " ".join(Explainer(scenario, words(tag), run.events).sentences(one))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("naval_strait", "It was “naval interception”, this scenario's kind of “raid”: "),
        ("cyber_grid", "It was “break-in into networks”, this scenario's kind of “raid”: "),
    ],
)
def test_an_act_is_named_as_the_own_action_that_it_was(name: str, said: str) -> None:
    scenario, run, made = told(name)
    first = next(iter(scenario.file.actions))
    one = next(one for one in made if one.own == 1)
    assert said in text(name, "en", one)
    assert "propre à ce scénario" in text(name, "fr", one)
    assert Explainer(scenario, words(), run.events).own_name(one) == first
    plain = next(one for one in made if one.delay is not None and not one.own)
    assert "this scenario's kind" not in text(name, "en", plain)


def test_what_came_by_rule_is_named_until_it_is_over() -> None:
    scenario, run, made = told("sponsor_valley")
    labels = {
        "embargo": "The League puts an embargo on Lowland",
        "sanctions": "Sanctions on Lowland",
    }
    last = [one for one in made if one.actor == "states.lowland"][-1]
    explain = Explainer(scenario, words(), run.events)
    paths = {str(cause["path"]): cause["day"] for cause in explain.rule_causes(last)}
    assert {"events.embargo", "flows.sanctions"} <= set(paths)
    said = text("sponsor_valley", "en", last)
    assert f"{labels['embargo']} (day {paths['events.embargo']})" in said
    assert f"{labels['sanctions']} (since day {paths['flows.sanctions']})" in said
    assert "flows.air_bridge" not in paths  # the embargo ends it
    day = paths["events.embargo"]
    assert isinstance(day, int)
    assert labels["embargo"] in explain.rule_news(day)
    first = next(one for one in made if one.actor == "states.lowland")
    assert "embargo" not in text("sponsor_valley", "en", first)


def test_what_an_event_set_is_named_with_it() -> None:
    _, run, made = told("cyber_grid")
    last = [one for one in made if one.kind == "action"][-1]
    day = next(int(row["day"]) for row in run.events if row["kind"] == EventKind.CHANGE)
    assert f"(day {day}: actions.break_in.felt becomes 1.2)" in text("cyber_grid", "en", last)


def test_a_law_of_the_file_concerns_those_whom_it_touches() -> None:
    naval = dict(
        zip(("fog", "wreck", "insurers"), parties_of(sim.load("naval_strait").file), strict=True)
    )
    assert naval["fog"] == naval["wreck"] == {"pellania", "corvath"}
    assert naval["insurers"] == {"corvath"}
    blackout, leak = parties_of(sim.load("cyber_grid").file)
    assert leak == {EVERYBODY}
    assert blackout == {EVERYBODY, "lantern", "norvald"}  # the leak waits for it
    valley = sim.load("sponsor_valley").file
    embargo = dict(zip((*valley.events, *valley.flows), parties_of(valley), strict=True))["embargo"]
    assert embargo == {"lowland"}


def rows(*given: tuple[int, EventKind, int]) -> np.ndarray:
    log = np.zeros(len(given), dtype=EVENT)
    for row, (day, kind, action) in zip(log, given, strict=True):
        row["day"], row["kind"], row["action"] = day, kind, action
    return log


def test_an_event_counts_with_its_last_time_and_a_flow_while_it_flows() -> None:
    _, _, made = told("sponsor_valley")
    file = told("sponsor_valley")[0].file
    flow = list(file.flows).index("sanctions")
    embargo = list(file.events).index("embargo")
    sanctions = len(file.events) + flow
    history = RuleHistory(
        file,
        rows(
            (2, EventKind.HAPPENING, embargo),
            (3, EventKind.FLOW_BEGIN, flow),
            (5, EventKind.HAPPENING, embargo),
            (8, EventKind.FLOW_END, flow),
        ),
    )
    lowland = next(one for one in made if one.actor == "states.lowland")

    def on(day: int) -> list[Cause]:
        return history.before(replace(lowland, day=day))

    assert on(1) == []
    assert on(4) == [Cause(2, embargo), Cause(3, sanctions)]
    assert on(6) == [Cause(3, sanctions), Cause(5, embargo)]
    assert on(9) == [Cause(5, embargo)]


def test_a_turning_point_by_rule_says_so() -> None:
    scenario, _, _ = told("naval_strait")
    fork = Fork(scenario, SEED, REPLICATION["naval_strait"])
    names = tuple(scenario.outcomes)
    shares = np.full((scenario.horizon + 1, len(names)), 1 / len(names))
    day = next(
        int(row["day"]) for row in fork.original.events if row["kind"] == EventKind.HAPPENING
    )
    found = Turning(names, shares, 100, 0.01, (Move(day, names[0], 0.2, 0.5, 0.02),), 1)
    lines = list(TurningStory(fork, found, Explainer(scenario, words())).lines())
    assert "   (by the scenario's rule) Fog stops the ferry." in lines


def test_an_act_that_the_file_ordered_carries_out_no_order() -> None:
    _, run, made = told("naval_strait")
    one = next(one for one in made if one.own == 1)
    assert one.delay is not None
    log = run.events.copy()
    done = (log["kind"] == EventKind.ACT) & (log["day"] == one.day + one.delay)
    log["scripted"][done] = 1
    again = decisions_of(run.template, run.ledger, log)[made.index(one)]
    assert (again.day, again.actor) == (one.day, one.actor)
    assert again.delay != one.delay
