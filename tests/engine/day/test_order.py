"""The order of a day is the order of the list in `sim/engine/day.py`, for whoever lives a day."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from conftest import ROOT

from tests.engine.world.plain import plain
from tests.engine.world.tiny import template, world

day = plain("sim.engine.day")
phases = plain("sim.engine.rules.phases")

#: item of the list -> functions that are called there, by module and name as
# `sim/engine/rules/phases.py` sees them
ITEMS: dict[int, tuple[str, ...]] = {
    1: ("script.play",),
    2: (
        *(
            "host.host_decides",
            "host.set_stance",
            "host.disperse",
            "campaign.group_decides",
            "campaign.set_mode",
        ),
        *("campaign.group_moves", "campaign.truce", "militants.attack", "operations.operate"),
    ),
    3: ("operations.offensive_decides", "operations.campaign_of_state", "feelings.apply"),
    4: ("border.next_command_decides", "border.skirmish"),
    5: (
        *("state_choice.state_decides", "state_choice.give_order"),
        *("drop_impossible", "carry_out"),
    ),
    6: (
        *(
            "diplomacy.follow_crisis",
            "diplomacy.mediator_decides",
            "diplomacy.state_accepts",
            "diplomacy.settle",
            "diplomacy.hotline_rings",
            "diplomacy.answer_call",
            "diplomacy.pause_ends",
            "diplomacy.prolong",
            "diplomacy.conclude",
        ),
        *(
            "ceasefire.wear",
            "crossings.crossing_decides",
            "crossings.set_crossings",
            "crossings.price_of_closure",
        ),
    ),
    7: (
        *(
            "stocks.tire",
            "stocks.habituate",
            "operations.adapt",
            "bargaining.learn",
            "stocks.settle_dyad",
            "stocks.close_dyad",
            "campaign.recruit",
        ),
        *("campaign.forget_losses", "campaign.contest", "clash.recover", "border.calm_down"),
    ),
    8: ("books.record_day",),
}
ITEM = {name: item for item, names in ITEMS.items() for name in names}
# what was collected is applied after each part of the day in which something happens
AGAIN = "feelings.apply"

WORDS = (
    "Script",
    "Hosts",
    "Attribution",
    "Border commands",
    "States",
    "Diplomacy",
    "Stocks",
    "Record",
)

#: the same in the words of docs/odd.md
IN_WORDS = (
    "script",
    "hosts and groups",
    "feelings and beliefs",
    "border commands",
    "states",
    "diplomacy",
    "stocks",
    "record",
)

BUSY = {
    "rules.choice.attention": 1,
    "rules.choice.delay": 0,
    "rules.commands.fire_rate": 0.5,
    "rules.commands.raid_rate": 0.5,
    "rules.mediation.threshold": 0,
    "rules.mediation.eagerness": 0.999,
    "rules.bargaining.openness": 10,
    "rules.mediation.hotline": 1,
    "rules.mediation.dated": 1,
    "rules.mediation.pause": 1,
    "states.north.discipline": 0,
    "states.south.discipline": 0,
    "states.north.policy": "random",
    "states.south.policy": "random",
    "rules.militancy.review": 1,
    "mediators.isle.patience": 0,
    "horizon": "8 days",
    "outcome_window": "1 day",
}
HISTORY = [
    {
        "date": "2000-01-01",
        "actor": "north",
        "action": "raid",
        "target": "south",
        "deaths": {"security": 3},
        "assumed": "invented",
    }
]


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the functions above as they are called."""
    names: list[str] = []

    def watch(name: str) -> None:
        module, _, function = name.rpartition(".")
        home = getattr(phases, module) if module else phases
        real: Callable[..., Any] = getattr(home, function)

        def recorded(*arguments: Any) -> Any:
            names.append(name)
            return real(*arguments)

        monkeypatch.setattr(home, function, recorded)

    for name in ITEM:
        watch(name)
    return names


def run(number: int, of: Any, **relation: int) -> Any:
    """A day of a world; `relation` sets fields of its one relation in the morning."""
    opened = world(of, day=number)
    for field, value in relation.items():
        setattr(opened.pairs[0], field, value)
    day.day(opened)
    return opened


#: days that do not come by themselves in a world that begins anew each day
WAR = {"war": 1}
LAST_DAY_OF_A_PAUSE = {"in_force": 1, "pause": 2, "age": 2}


def test_the_list_has_eight_items_that_begin_with_these_words() -> None:
    found = re.findall(r"^(\d)\. ([A-Z][a-z]+(?: commands)?)", day.__doc__, re.MULTILINE)
    assert found == [(str(n), word) for n, word in enumerate(WORDS, start=1)]


def test_every_phase_belongs_to_an_item_of_the_list_in_its_order() -> None:
    items = [phase.item for phase in day.PHASES]
    assert items == sorted(items)
    assert set(items) == set(range(1, len(WORDS) + 1))


def test_the_phases_are_all_that_a_day_can_be_made_of() -> None:
    made = {
        function
        for name, function in vars(phases).items()
        if getattr(function, "__module__", "") == phases.__name__ and not name.startswith("_")
    }
    assert {phase.run for phase in day.PHASES} == made


def test_the_model_page_names_the_parts_of_a_day_in_this_order() -> None:
    text = (ROOT / "docs" / "odd.md").read_text(encoding="utf-8")
    sentence = text[text.index("The order of a day is the docstring of `sim/engine/day.py`") :]
    places = [sentence.lower().index(word.lower()) for word in IN_WORDS]
    assert places == sorted(places)


def test_a_phase_more_is_lived_through_where_it_stands() -> None:
    lived = []

    def seen(opened: Any) -> None:
        lived.append(len(lived_before(opened)))

    def lived_before(opened: Any) -> list[int]:
        return [k for k in range(opened.pairs.shape[0]) if opened.pairs[k].rung > 0.0]

    more = day.Phase(8, "watch", seen)
    opened = world(template({**BUSY, "history": HISTORY}), day=0)
    day.compose([day.PHASES[0], more, *day.PHASES[1:], more])(opened)
    # the raid of the script has been done at the first, and cleared away at the last
    assert lived == [1, 0]


def test_a_day_follows_the_list(called: list[str]) -> None:
    of = template(BUSY)
    seen: set[str] = set()
    for number in range(1, 9):
        called.clear()
        run(number, of, **{1: WAR, 2: LAST_DAY_OF_A_PAUSE}.get(number, {}))
        seen |= set(called)
        items = [ITEM[name] for name in called if name != AGAIN]
        assert items == sorted(items), f"day {number}"
    # each function of the list was called on some day, so that the order says something of it
    assert seen == set(ITEM)


def test_what_happened_is_felt_before_anybody_decides_upon_it(called: list[str]) -> None:
    run(1, template(BUSY))
    applied = [n for n, name in enumerate(called) if name == AGAIN]
    assert len(applied) == 3
    parts = [
        {ITEM[name] for name in called[a:b] if name != AGAIN}
        for a, b in zip([0, *applied], [*applied, len(called)], strict=True)
    ]
    assert parts == [{1, 2, 3}, {4}, {5}, {6, 7, 8}]


def test_all_choose_before_anybody_acts(called: list[str]) -> None:
    of = template({**BUSY, "rules.commands.rationality": 0})
    for number in range(1, 9):
        called.clear()
        run(number, of)
        for choice, deed in (
            ("border.next_command_decides", "border.skirmish"),
            ("state_choice.state_decides", "state_choice.give_order"),
            ("state_choice.give_order", "carry_out"),
            ("crossings.crossing_decides", "crossings.set_crossings"),
        ):
            last = max(n for n, name in enumerate(called) if name == choice)
            assert all(n > last for n, name in enumerate(called) if name == deed), (number, choice)


@pytest.mark.parametrize(
    ("choosing", "field"), [("states_choose", "dyads"), ("commands_choose", "commands")]
)
def test_choosing_changes_nothing_but_the_choice(choosing: str, field: str) -> None:
    """The snapshot on which all choose is the same for the first and the last of them."""
    of = template(BUSY)
    opened = world(of)
    phases.play_script(opened)
    before = opened.block.copy()
    getattr(phases, choosing)(opened)
    chosen = [opened.block.copy(), before]
    for block in chosen:
        span = of.spans[field]
        table = block[span.start :][
            : int(np.prod(span.shape)) * len(getattr(opened, field).dtype.names)
        ]
        table.view(getattr(opened, field).dtype)["choice"] = 0
    assert not np.array_equal(opened.block, before)
    assert np.array_equal(*chosen)


def test_before_the_release_the_script_alone_speaks_for_governments(called: list[str]) -> None:
    opened = run(0, template({**BUSY, "history": HISTORY}))
    decisions = {
        name
        for name in called
        if re.search(r"decides|accepts|give_order|carry_out|group_moves|campaign\.truce", name)
    }
    assert decisions == set()
    assert set(called) >= {
        "script.play",
        "militants.attack",
        "operations.operate",
        "ceasefire.wear",
        "stocks.tire",
        "books.record_day",
    }
    assert opened.states[0].claimed == 0
    assert opened.states[1].lost >= 3


def test_the_first_day_of_decisions_is_the_day_after_the_release(called: list[str]) -> None:
    of = template(BUSY)
    for number in (-1, 0, 1):
        called.clear()
        run(number, of)
        assert ("state_choice.state_decides" in called) == (number >= 1)
