"""Support and sanctions: what they add to a stock, up to where, from whom, and since when."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.vocabulary.codes import EventKind
from sim.vocabulary.stocks import STOCK_NAMES, Stock
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, REBELS, SOUTH, SOUTH_HILL, STILL, replay, template, world

flows = plain("sim.engine.rules.flows")
OUTSIDE = {"sponsor": "Ruritania", "to": "north", "stock": "combat_aircraft", "amount": 2}
#: With its group, which the still world does not have.
QUIET = {key: value for key, value in STILL.items() if key != "groups.rebels"}


def after(days: int, of: dict[str, Any], **others: Any) -> Any:
    """The world after so many mornings in which nothing but flows can happen."""
    w = world(template({**QUIET, "flows": of, **others}))
    for day in range(1, days + 1):
        w.clock[0].day = day
        flows.move(w)
    return w


def aircraft(w: Any) -> tuple[float, float]:
    return float(w.states["combat_aircraft"][NORTH]), float(w.states["combat_aircraft"][SOUTH])


def test_an_outsider_adds_so_much_a_day() -> None:
    w = after(5, {"planes": OUTSIDE})
    assert aircraft(w) == (60, 50)
    assert w.flows["moved"][0] == 10


@pytest.mark.parametrize(
    ("amount", "limit", "left"), [(2, 53, 53), (2, 40, 50), (-2, 45, 45), (-2, 60, 50), (-20, 0, 0)]
)
def test_a_limit_is_a_level_that_a_flow_never_crosses(
    amount: float, limit: float, left: float
) -> None:
    w = after(5, {"planes": {**OUTSIDE, "amount": amount, "limit": limit}})
    assert aircraft(w)[0] == left


def test_what_a_state_gives_leaves_it_and_it_gives_no_more_than_it_has() -> None:
    w = after(4, {"planes": {**OUTSIDE, "sponsor": "south", "amount": 20}})
    assert aircraft(w) == (100, 0)


def test_what_is_taken_is_nobody_elses() -> None:
    w = after(2, {"planes": {**OUTSIDE, "sponsor": "south", "amount": -5}})
    assert aircraft(w) == (40, 50)


def test_a_flow_moves_while_its_conditions_hold_and_is_told_twice() -> None:
    of = template(
        {**STILL, "flows": {"planes": {**OUTSIDE, "when": {"day": {"at_least": 4, "below": 7}}}}}
    )
    story = replay(of)
    told = story.events[story.events["kind"] >= EventKind.FLOW_BEGIN]
    assert [(int(row["day"]), EventKind(row["kind"]).word) for row in told] == [
        (4, "flow_begin"),
        (7, "flow_end"),
    ]
    assert {int(row["scripted"]) for row in told} == {1}
    names = [measure.name for measure in of.measures]
    assert story.measures[names.index("moved_planes")] == 6


def test_each_stock_is_one_that_the_rules_read() -> None:
    """Every stock moves by what flows, in the row of its holder and nowhere else."""
    rows: dict[str, tuple[dict[str, str], Any]] = {
        "state": ({"to": "north"}, NORTH),
        "view": ({"to": "north", "against": "south"}, (NORTH, SOUTH)),
        "group": ({"to": "rebels"}, REBELS),
        "place": ({"to": "rebels", "at": "south_hill"}, (REBELS, SOUTH_HILL)),
    }
    for name in STOCK_NAMES:
        stock = Stock.of(name)
        whose, row = rows[stock.holder]
        one = {"sponsor": "Ruritania", "stock": name, "amount": -0.25, **whose}
        before, w = after(0, {"one": one}), after(1, {"one": one})
        was, now = (np.asarray(getattr(x, stock.table)[stock.field]) for x in (before, w))
        expected = max(stock.low, float(was[row]) - 0.25)
        assert float(now[row]) == expected, name
        changed = np.argwhere(was != now)
        assert len(changed) == (expected != was[row]), name


def test_no_name_decides_who_gives_the_last_one() -> None:
    """Two that fill one stock: each is first in half of the replications."""
    first = []
    both = {
        "a": {**OUTSIDE, "amount": 4, "limit": 54},
        "b": {**OUTSIDE, "amount": 4, "limit": 54, "sponsor": "Zembla"},
    }
    of = template({**QUIET, "flows": both})
    for replication in range(200):
        w = world(of, replication=replication)
        flows.move(w)
        moved = [float(one) for one in w.flows["moved"]]
        assert sorted(moved) == [0, 4]
        first.append(moved[0] == 4)
    # 200 throws of a coin: 60 to 140 but for 2e-8
    assert 60 <= sum(first) <= 140


def test_soldiers_fill_posts_anew() -> None:
    one = {"sponsor": "Ruritania", "to": "north", "stock": "personnel", "amount": -45_000}
    w = after(1, {"men": one})
    assert w.states["manned"][NORTH] < 1
    assert w.states["manned"][SOUTH] == 1


def test_until_the_release_nothing_flows() -> None:
    w = world(template({**QUIET, "flows": {"planes": OUTSIDE}}))
    w.clock[0].day = 0
    flows.move(w)
    assert aircraft(w) == (50, 50)
