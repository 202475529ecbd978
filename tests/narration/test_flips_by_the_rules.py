"""A flip that is named makes another option the likeliest when the rule fills its table anew."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest

import sim
from sim.engine.rules.state_choice import state_table
from sim.model import EscalationModel, Options, StateAgent
from sim.narration.flip import BELIEF, OUTRAGE, STOCK, WEIGHT, Flip, best, flips, levers
from sim.replication.ledger import Decision, decisions, read
from sim.scenario import Scenario

SEED = 11
STOCKS = {"outrage": "dyads", "weariness": "states", "ceasefire": "pairs"}


def field_of(world: Any, change: Flip, i: int, j: int) -> tuple[Any, str, Callable[[float], float]]:
    """The row and the field that a change is about, and how its value stands there."""
    if change.kind == WEIGHT:
        return world.states[i], f"weights_{change.name}", float
    if change.kind == BELIEF:
        return world.dyads[i, j], "belief", lambda share: math.log(share / (1.0 - share))
    rows = {
        "dyads": world.dyads[i, j],
        "states": world.states[i],
        "pairs": world.pairs[world.dyads[i, j].pair],
    }
    return rows[STOCKS[change.name]], change.name, float


@contextmanager
def changed(world: Any, change: Flip, i: int, j: int) -> Iterator[None]:
    row, name, stands = field_of(world, change, i, j)
    before = row[name].item()
    assert before == pytest.approx(stands(change.before), rel=1e-9)
    row[name] = stands(change.after)
    try:
        yield
    finally:
        row[name] = before


def relaid(world: Any, i: int, j: int, one: Decision) -> np.ndarray:
    """Utilities by the rule itself, as the world stands."""
    state_table(world, i, j)
    o, t = one.table.shape
    return np.asarray(world.table.terms[:o, :t] @ world.table.weights[:t])


def watched(scenario: Scenario, replication: int, seen: Counter[str]) -> None:
    """At each decision of a state in a replication, try every change that should flip it."""

    read_so_far = 0

    class Watcher(StateAgent):
        def decide(self, options: Options) -> str:
            nonlocal read_so_far
            world, template = self.model.world, self.model.template
            noted = int(world.clock[0].ledger_length)
            *_, one = read(template, world.ledger[read_so_far:noted])
            read_so_far = noted
            i, j = self.number, template.states.index(options.about)
            assert np.allclose(relaid(world, i, j, one), one.utility, rtol=1e-12, atol=1e-12)
            for change in flips(one):
                if change.kind == BELIEF and not 0.0 < change.after < 1.0:
                    continue  # certainty has no log-odds
                with changed(world, change, i, j):
                    utility = relaid(world, i, j, one)
                assert (
                    one.options[best(one, utility)]
                    == change.instead
                    != one.options[best(one, one.utility)]
                ), change
                short = change._replace(after=change.before + 0.99 * (change.after - change.before))
                with changed(world, short, i, j):
                    assert best(one, relaid(world, i, j, one)) == best(one, one.utility), change
                seen[change.kind if change.kind != STOCK else change.name] += 1
            return options.default

    policies = {f"states.{name}.policy": Watcher for name in scenario.file.states}
    EscalationModel(
        scenario,
        seed=SEED,
        replication=replication,
        collect="nothing",
        policies=policies,
        ledger_words=1 << 21,
    ).run_model()


@pytest.mark.parametrize(
    ("name", "replications"), [("two_states", 6), ("af_pk_2026", 2), ("three_states", 2)]
)
def test_every_flip_flips_by_the_rule_itself(name: str, replications: int) -> None:
    seen: Counter[str] = Counter()
    scenario = sim.load(sim.scenarios() / f"{name}.yaml")
    for replication in range(replications):
        watched(scenario, replication, seen)
    assert sum(seen.values()) > 200
    assert {WEIGHT, BELIEF, "outrage", "weariness"} <= set(seen), seen


@pytest.mark.parametrize("name", ["two_states", "af_pk_2026"])
def test_no_flip_is_missed_and_none_comes_later_than_it_could(name: str) -> None:
    """Move each lever in small steps to either end.

    Where the best option changes, a flip that is not larger has been named.
    """
    seen: Counter[bool] = Counter()
    for one in decisions(sim.load(sim.scenarios() / f"{name}.yaml"), SEED, 1):
        named = {(flip.kind, flip.name, flip.after > flip.before): flip for flip in flips(one)}
        for lever in levers(one):
            for end in (lever.low, min(lever.high, lever.at + 10.0)):
                steps = np.linspace(0.0, 0.999 * (end - lever.at), 200)
                worth = np.where(one.available, one.utility + steps[:, None] * lever.slope, -np.inf)
                others = steps[worth.argmax(axis=1) != best(one, one.utility)]
                if others.size:
                    flip = named[lever.kind, lever.name, end > lever.at]
                    if lever.name != OUTRAGE:  # which is moved by the rung that it demands
                        assert abs(flip.after - lever.at) <= abs(others[0]) * (1.0 + 1e-5), flip
                    seen[end > lever.at] += 1
    assert min(seen[False], seen[True]) > 20
