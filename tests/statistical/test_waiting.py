"""Waiting times under a constant hazard are geometric: orders, truces, offensives, raids."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.vocabulary.ladder import ACTION_NAMES, Action
from tests.engine.world.many import many, needs_compilation
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, REBELS, SOUTH, STILL, planned, template, world

LEVEL, REJECTED = 1e-3, 1e-6

pytestmark = pytest.mark.statistical


def fit(waits: np.ndarray, p: float) -> float:
    """P-value of waiting times (from 1) against a geometric law; the last cell holds the rest."""
    last = max(2, int(stats.geom.ppf(1 - 30 / len(waits), p)))
    want = stats.geom.pmf(np.arange(1, last + 1), p)
    want[-1] = stats.geom.sf(last - 1, p)
    observed = np.bincount(np.minimum(waits.astype(int), last), minlength=last + 1)[1:]
    keep = want * len(waits) >= 5
    want, observed = (
        np.append(want[keep], want[~keep].sum()),
        np.append(observed[keep], observed[~keep].sum()),
    )
    used = want > 0
    return float(stats.chisquare(observed[used], want[used] * len(waits)).pvalue)


def geometric(waits: np.ndarray, p: float) -> None:
    assert fit(waits, p) > LEVEL
    assert fit(waits, 1.3 * p) < REJECTED
    assert fit(waits, 0.7 * p) < REJECTED


@needs_compilation
@pytest.mark.parametrize("action", ["raid", "ground_offensive"])
def test_an_order_is_carried_out_after_a_geometric_wait(action: str) -> None:
    delay = 4.0
    p = 1 / (1 + delay * next(a.delay_days for a in Action if a.word == action))
    plan = planned(north=[{"day": 1, "action": action}], south=[])
    found = many({**STILL, **plan, "rules.choice.delay": delay, "horizon": "200 days"}, 2000)
    geometric(found["max_rung_day"], p)


@needs_compilation
def test_a_constant_hazard_of_local_raids_gives_a_geometric_time_to_escalation() -> None:
    """Two commands that each raid with probability p on a quiet day: 1-(1-p)^2."""
    p = 0.03
    quiet = {
        **STILL,
        "rules.commands.raid_rate": p,
        "rules.commands.fire_rate": 0,
        "states.north.policy": "restrain",
        "states.south.policy": "restrain",
    }
    views = {f"relations.neighbours.views.{state}.grievance": 0 for state in ("north", "south")}
    found = many({**quiet, **views, "horizon": "400 days"}, 2000)
    geometric(found["first_raid_day"], 1 - (1 - p) ** 2)


def lengths(end: Any, begin: Any, going: Any, n: int) -> np.ndarray:
    """Days from the beginning of something to its end, n times over, day after day of one world."""
    w, day = world(template()), 1
    found: list[int] = []
    while len(found) < n:
        begin(w)
        wait = 0
        while going(w):
            day, wait = day + 1, wait + 1
            w.clock[0].day = day
            end(w)
        found.append(wait)
    return np.array(found)


def test_truces_last_a_geometric_time() -> None:
    campaign, of = plain("sim.engine.rules.campaign"), 6.0

    def begin(w: Any) -> None:
        w.rules[0].militancy_truce_days, w.groups[REBELS].truce, w.groups[REBELS].strength = (
            of,
            1,
            100.0,
        )

    geometric(
        lengths(
            lambda w: campaign.truce(w, REBELS), begin, lambda w: w.groups[REBELS].truce == 1, 1500
        ),
        1 / of,
    )


def test_offensives_last_a_geometric_time() -> None:
    operations, of = plain("sim.engine.rules.operations"), 6.0

    def begin(w: Any) -> None:
        w.rules[0].militancy_offensive_days, w.states[NORTH].offensive = of, 1

    end = lengths(
        lambda w: operations.campaign_of_state(w, NORTH, 0),
        begin,
        lambda w: w.states[NORTH].offensive == 1,
        1500,
    )
    geometric(end, 1 / of)


def test_without_precision_every_action_is_as_likely() -> None:
    """At lambda 0 chi-square accepts all available actions, and rejects one action less."""
    w = world(template({"states.north.rationality": 0, "rules.choice.attention": 1}))
    decides, n, chosen = plain("sim.engine.rules.state_choice").state_decides, 4000, []
    for day in range(1, n + 1):
        w.clock[0].day = day
        chosen.append(decides(w, NORTH, SOUTH))
    counts = np.bincount(chosen, minlength=len(ACTION_NAMES))
    assert counts[ACTION_NAMES.index("nuclear_signal")] == 0
    assert stats.chisquare(counts[:-1]).pvalue > LEVEL
    assert (
        stats.chisquare(counts[:-1], np.array([1.3, 0.7, 1, 1, 1, 1, 1, 1]) * n / 8).pvalue
        < REJECTED
    )


def test_a_state_chooses_as_often_as_its_table_says() -> None:
    """Lambda in between: observed choices against the probabilities shown."""
    w = world(template({"states.north.rationality": 3, "rules.choice.attention": 1}))
    w.dyads[NORTH, SOUTH].outrage = 1.0
    decides, n, chosen = plain("sim.engine.rules.state_choice").state_decides, 4000, []
    for day in range(1, n + 1):
        w.clock[0].day = day
        chosen.append(decides(w, NORTH, SOUTH))
    shown = w.table.probability[: len(ACTION_NAMES)] * n
    counts = np.bincount(chosen, minlength=len(ACTION_NAMES))
    used = shown >= 5
    seen, due = (np.append(x[used], x[~used].sum()) for x in (counts, shown))
    assert stats.chisquare(seen[due > 0], due[due > 0]).pvalue > LEVEL
    wrong = np.roll(shown[:8], 1)
    assert stats.chisquare(counts[:8], wrong / wrong.sum() * counts[:8].sum()).pvalue < REJECTED
