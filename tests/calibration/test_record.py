"""What is read off the events of a replication, on events made by hand."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from calibration import strikes, truces, violence
from calibration.record import KIND, Cast, Record
from sim.engine.world import EVENT
from sim.vocabulary.codes import Command
from sim.vocabulary.ladder import Action

HORIZON = 100
PAK, AFG = 0, 1
CAST = Cast(
    ("pakistan", "afghanistan"), ("ttp", "baloch"), np.array([PAK, AFG]), date(2024, 1, 31), HORIZON
)


def event(day: int, kind: str, actor: int, action: str = "", **fields: float) -> np.ndarray:
    made = np.zeros(1, dtype=EVENT)
    for name in (
        "action",
        "sector",
        "group",
        "claimed",
        "admitted",
        "counter_claimed",
        "own_admitted",
    ):
        made[name] = -1
    made["day"], made["kind"], made["actor"], made["target"] = day, KIND[kind], actor, 1 - actor
    if action:
        made["action"] = Command.of(action) if kind == "clash" else Action.of(action)
    for name, value in fields.items():
        made[name] = value
    return made


def attack(day: int, dead: int, group: int = 0, sector: int = 0, militants: int = 0) -> np.ndarray:
    fields = {
        "target": PAK,
        "group": group,
        "sector": sector,
        "dead_security": dead,
        "dead_militants": militants,
    }
    return event(day, "attack", 2 + group, **fields)


def record(
    *events: np.ndarray, truce: tuple[int, int] | None = None, war: tuple[int, int] | None = None
) -> Record:
    held, fought = np.zeros(HORIZON, dtype=bool), np.zeros((HORIZON, 2), dtype=bool)
    if truce:
        held[truce[0] - 1 : truce[1]] = True
    if war:
        fought[war[0] - 1 : war[1], PAK] = True
    rows = np.concatenate(events) if events else np.zeros(0, dtype=EVENT)
    return Record(rows, held, fought)


def row(rows: list, key: str):  # type: ignore[no-untyped-def,type-arg]
    return next(r for r in rows if r.key == key)


def test_an_episode_has_its_opener_its_highest_rung_and_pakistans_first_strike() -> None:
    told = record(
        event(10, "act", AFG, "ground_offensive"),
        event(12, "act", PAK, "limited_strike"),
        event(40, "act", PAK, "limited_strike"),
        event(60, "act", AFG, "raid"),
    )
    found = strikes.read(told, CAST)
    assert found.first.tolist() == [10, 40]
    assert found.opener.tolist() == [AFG, PAK]
    assert found.top.tolist() == [5, 4]
    assert found.strikes.tolist() == [12, 40]


def test_triggers_and_answers_stand_beside_their_controls() -> None:
    told = record(
        attack(9, 5),
        event(10, "act", PAK, "limited_strike"),
        event(13, "act", AFG, "border_fire"),
        event(50, "act", PAK, "limited_strike"),
    )
    rows = strikes.rows([told], CAST)
    before, after = row(rows, "preceded_5"), row(rows, "answered_state")
    assert before.model.value == pytest.approx(1 / 2)
    assert before.control == pytest.approx(3 / (HORIZON - 2))
    assert after.model.value == pytest.approx(1 / 2)
    assert after.control == pytest.approx(7 / (HORIZON - 7))
    assert row(rows, "answered_raid").model.value == 0
    assert row(rows, "reply_median").model.value == 3


def test_a_command_answers_for_its_state_but_not_for_its_capital() -> None:
    told = record(event(10, "act", PAK, "limited_strike"), event(12, "clash", AFG, "raid"))
    rows = strikes.rows([told], CAST)
    assert row(rows, "answered_any").model.value == row(rows, "answered_raid").model.value == 1
    assert row(rows, "answered_state").model.value == 0


def test_a_strike_whose_answer_cannot_be_seen_is_left_out() -> None:
    told = record(
        event(10, "act", PAK, "limited_strike"),
        event(12, "clash", AFG, "fire"),
        event(HORIZON - 3, "act", PAK, "limited_strike"),
    )
    assert row(strikes.rows([told], CAST), "answered_any").model.value == 1


def test_a_strike_on_the_same_day_is_no_answer() -> None:
    told = record(event(10, "act", PAK, "limited_strike"), event(10, "act", AFG, "raid"))
    assert row(strikes.rows([told], CAST), "answered_any").model.value == 0


def test_ceasefires_last_until_they_end_or_the_run_does() -> None:
    told = record(
        event(10, "ceasefire", PAK), event(15, "ceasefire_end", PAK), event(80, "ceasefire", PAK)
    )
    times, seen = truces.spells(told, HORIZON)
    assert times.tolist() == [5, 20]
    assert seen.tolist() == [True, False]


def test_the_end_of_a_ceasefire_of_history_ends_none_of_the_run() -> None:
    told = record(
        event(5, "ceasefire_end", PAK), event(10, "ceasefire", PAK), event(12, "ceasefire_end", PAK)
    )
    assert truces.spells(told, HORIZON)[0].tolist() == [2]


def test_a_war_that_stops_as_a_ceasefire_begins_was_ended_by_it() -> None:
    assert truces.wars(record(event(15, "ceasefire", PAK), war=(10, 14))) == [(10, 14, True)]
    assert truces.wars(record(event(17, "ceasefire", PAK), war=(10, 14))) == [(10, 14, False)]


def test_claims_of_a_day_are_added_before_they_are_compared() -> None:
    told = record(
        event(
            10,
            "act",
            AFG,
            "ground_offensive",
            claimed=20,
            admitted=4,
            counter_claimed=30,
            own_admitted=10,
        ),
        event(
            10,
            "act",
            AFG,
            "ground_offensive",
            claimed=10,
            admitted=2,
            counter_claimed=0,
            own_admitted=0,
        ),
        event(20, "clash", PAK, "fire", claimed=3, admitted=1, counter_claimed=0, own_admitted=0),
        event(30, "act", PAK, "limited_strike", claimed=50, admitted=0),
        # militants claimed are no soldiers claimed, on the day of a clash either
        event(40, "act", PAK, "limited_strike", claimed=50, admitted=0),
        event(40, "clash", PAK, "raid", claimed=20, admitted=10),
    )
    assert sorted(truces.ratios(told)) == [2, 3, 5]


def test_attacks_are_counted_where_they_fall() -> None:
    told = record(attack(1, 0), attack(2, 4, militants=2), attack(3, 9, sector=1))
    assert len(violence.at_home(told.of("attack"), CAST)) == 2
    assert row(violence.rows([told], CAST), "dead_per_attack").model.value == pytest.approx(3)


def test_months_are_those_of_the_calendar() -> None:
    # 2024 was a leap year: days 1-29 are February
    assert violence.by_month(np.array([1, 29, 30, 60]), CAST).tolist()[:2] == [2, 2]


def test_share_of_the_dead_between_states() -> None:
    told = record(
        attack(1, 6),
        event(2, "act", PAK, "limited_strike", dead_civilians=3),
        event(3, "clash", AFG, "fire", dead_own=1),
    )
    assert row(violence.rows([told], CAST), "interstate_share").model.value == pytest.approx(4 / 10)
