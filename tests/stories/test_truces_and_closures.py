"""S5 and S6: a fragile ceasefire that spoilers wear down; closed crossings cost both sides."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.vocabulary.codes import Stage, TruceKind
from tests.engine.world.many import error, many, needs_compilation
from tests.engine.world.tiny import STILL, history, measures, replay, template

PULL = {"mediators.isle.leverage": {"north": 1, "south": 1}}
CRISIS = {
    "groups.rebels.base_rate": 0,
    "rules.militancy.operation_rate": 0,
    "relations.neighbours.views.north.grievance": 0.8,
    "relations.neighbours.views.south.grievance": 0.8,
    "interventions": [
        {
            "day": 1,
            "event": {
                "actor": "north",
                "action": "military_strike",
                "target": "south",
                "deaths": {"security": 20},
            },
        }
    ],
    "rules.mediation.hotline": 0,
    "horizon": "60 days",
}
SEEDS = range(6)


# ---------------------------------------------------------------- S5: mediation and a fragile
# ceasefire


def test_mediators_bring_a_ceasefire_to_a_crisis() -> None:
    of = template({**CRISIS, **PULL})
    stories = [history(of, seed) for seed in SEEDS]
    signed = [row for rows in stories for row in rows if row["kind"] == "ceasefire"]
    assert len(signed) >= len(SEEDS) / 2
    for rows in stories:
        offers = [row for row in rows if row["kind"] == "offer"]
        both = [row["day"] for row in offers if row["value"] == 3]
        # a step of talks for each offer that both accept; a ceasefire for each text, in its time
        assert [row["day"] for row in rows if row["kind"] == "talks"] == both
        texts = [row for row in rows if row["kind"] == "talks" and row["action"] == Stage.TEXT]
        begun = [row["day"] for row in rows if row["kind"] == "ceasefire" and row["group"] >= 0]
        assert len(begun) <= len(texts)
        for day in begun:
            assert any(row["day"] <= day for row in texts)
        assert {row["group"] for row in offers} <= {of.mediators.index("isle")}
    assert all(0 < row["value"] <= 1 for row in signed)


def test_without_leverage_nobody_offers() -> None:
    """What is left is what the sides do by themselves: here, to stop a war that both halt."""
    of = template({**CRISIS, "mediators.isle.leverage": {"north": 0, "south": 0}})
    rows = [row for seed in SEEDS for row in history(of, seed)]
    assert not [row for row in rows if row["kind"] in ("offer", "talks")]
    begun = {row["action"] for row in rows if row["kind"] == "ceasefire"}
    assert begun <= {TruceKind.TACIT}


def test_the_sides_can_end_a_crisis_by_themselves() -> None:
    of = template({**CRISIS, "mediators.isle": None, "rules.mediation.hotline": 1})
    rows = [row for seed in SEEDS for row in history(of, seed)]
    calls = [row for row in rows if row["kind"] == "offer"]
    assert {row["group"] for row in calls} == {-1}
    begun = {row["action"] for row in rows if row["kind"] == "ceasefire"}
    assert TruceKind.HOTLINE in begun
    assert TruceKind.MEDIATED not in begun


def test_offers_are_refused_too() -> None:
    of = template({**CRISIS, **PULL, "rules.bargaining.openness": -2})
    assert {
        row["value"] for seed in SEEDS for row in history(of, seed) if row["kind"] == "offer"
    } >= {0.0}


def test_several_mediators_may_try() -> None:
    more = {
        f"mediators.{name}": {"leverage": {"north": 0.6, "south": 0.6}, "assumed": "invented"}
        for name in ("harbour", "cape")
    }
    of = template({**CRISIS, **PULL, **more, "rules.bargaining.openness": -1})
    who = {row["group"] for seed in SEEDS for row in history(of, seed) if row["kind"] == "offer"}
    assert who == {0, 1, 2}


@needs_compilation
def test_a_ceasefire_erodes_and_some_collapse() -> None:
    found = many({**CRISIS, **PULL, "horizon": "180 days", "groups.rebels.base_rate": 1}, 400)
    signed = found["ceasefires"] > 0
    broken = found["first_ceasefire_broken"][signed]
    assert signed.mean() > 0.3
    assert 0.05 < broken.mean() < 0.95
    ended, held = (found["first_ceasefire_length"][signed][broken == flag] for flag in (1, 0))
    assert len(np.unique(ended)) > 10
    assert held.max() > 90


# ---------------------------------------------------------------- S6: after it


TRUCE: dict[str, Any] = {
    "day": 1,
    "event": {"actor": "north", "action": "ceasefire", "target": "south", "quality": 0.6},
}
BOMB = {
    "day": 3,
    "event": {
        "actor": "rebels",
        "action": "attack",
        "kind": "base",
        "sectors": ["north_hill"],
        "deaths": {"security": 60},
        "evidence": True,
    },
}
SPOILED = {
    **{path: value for path, value in STILL.items() if path != "groups.rebels"},
    "groups.rebels.base_rate": 0,
    "horizon": "8 days",
    "outcome_window": 1,
}


def quality(*interventions: dict[str, Any], **changes: Any) -> float:
    of = template({**SPOILED, "interventions": list(interventions), **changes})
    return measures(of, replay(of).measures)["ceasefire_quality_end"]


def test_an_attack_that_is_blamed_on_the_other_side_spoils_a_ceasefire() -> None:
    assert quality(TRUCE, BOMB) < quality(TRUCE)


@pytest.mark.parametrize(
    "change",
    [{"relations.neighbours.views.north.complicity": 0.02}, {"groups.rebels.hosts.south.share": 0}],
    ids=["belief", "share"],
)
def test_an_attack_that_is_not_blamed_on_it_spoils_little(change: dict[str, Any]) -> None:
    blamed, not_blamed = (
        quality(TRUCE) - quality(TRUCE, BOMB),
        quality(TRUCE, **change) - quality(TRUCE, BOMB, **change),
    )
    assert 0 <= not_blamed < 0.3 * blamed


def test_attacks_and_clashes_go_on_under_a_ceasefire() -> None:
    of = template(
        {
            "interventions": [{**TRUCE, "event": {**TRUCE["event"], "quality": 1.0}}],
            "rules.commands.fire_rate": 0.2,
            "horizon": "30 days",
        }
    )
    under_it = set()
    for seed in SEEDS:
        rows = history(of, seed)
        last = min((row["day"] for row in rows if row["kind"] == "ceasefire_end"), default=31)
        under_it |= {row["kind"] for row in rows if 1 < row["day"] < last}
    assert {"attack", "clash"} <= under_it


def test_crossings_close_after_violence_without_any_script() -> None:
    of = template(CRISIS)
    shut = [row for seed in SEEDS for row in history(of, seed) if row["kind"] == "close_crossings"]
    assert {row["actor"] for row in shut} == {"north", "south"}


def test_a_closed_crossing_costs_both() -> None:
    shut = [{"day": 1, "event": {"actor": "north", "action": "close_crossings", "target": "south"}}]
    closed, left_open = (
        measures(of, replay(of).measures)
        for of in (
            template({**SPOILED, "interventions": shut}),
            template({**SPOILED, "interventions": []}),
        )
    )
    assert closed["trade_lost"] > 0 == left_open["trade_lost"]
    for state in ("north", "south"):
        assert closed[f"weariness_end_{state}"] > left_open[f"weariness_end_{state}"]


@needs_compilation
def test_what_is_closed_is_opened_again_sooner_where_more_trade_is_lost() -> None:
    days = [
        many({**CRISIS, "rules.crossings.trade": weight, "horizon": "120 days"}, 400)[
            "closure_days"
        ]
        for weight in (0.2, 2.0)
    ]
    gain = days[0] - days[1]
    assert gain.mean() > 4 * error(gain)
