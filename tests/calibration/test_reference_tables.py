"""The reference tables: each row is dated, counted, sourced, and says what of it was read."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest

from calibration import figures

LAST = figures.WINDOW[1]
TABLES = ("wars", "truces", "disputes", "tolls", "non_events", "cases")
SPELLS = (("wars", "over"), ("truces", "ended"))
ISO = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")


def ids(row: dict[str, str]) -> str:
    return " ".join(list(row.values())[:3])


@pytest.mark.parametrize("name", TABLES)
def test_each_row_says_whether_it_was_read_and_what_was_not(name: str) -> None:
    for row in figures.table(name):
        assert len(row["source"]) > 8, ids(row)
        assert row["checked"] in {"yes", "part", "no"}, ids(row)
        assert bool(row["unread"]) == (row["checked"] != "yes"), ids(row)


@pytest.mark.parametrize("name", TABLES)
def test_no_date_lies_after_the_last_day_of_the_record(name: str) -> None:
    for row in figures.table(name):
        for cell in row.values():
            for found in ISO.findall(cell):
                assert date.fromisoformat(found) <= LAST, ids(row)


@pytest.mark.parametrize("name", TABLES)
def test_no_row_stands_twice(name: str) -> None:
    rows = [tuple(row.values())[:4] for row in figures.table(name)]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(("name", "over"), SPELLS)
def test_days_are_those_from_the_first_to_the_last(name: str, over: str) -> None:
    for row in figures.table(name):
        start, end = (date.fromisoformat(row[key]) for key in ("start", "end"))
        assert int(row["days"]) == (end - start).days >= 0, ids(row)
        assert row[over] in {"0", "1"}, ids(row)
        if row[over] == "0":
            assert end == LAST, ids(row)


@pytest.mark.parametrize("name", ["wars", "truces"])
def test_parties_are_two_in_order_and_a_proxy_is_marked(name: str) -> None:
    for row in figures.table(name):
        parties = row["pair"].split("; ")
        assert len(parties) == 2, ids(row)
        assert row["proxy"] in {"0", "1"}, ids(row)
        assert parties == sorted(parties), ids(row)


@pytest.mark.parametrize(
    ("name", "ways"),
    [
        ("wars", {"mediated", "bilateral", "unilateral", "victory", "lapsed"}),
        ("truces", {"mediator", "bilateral", "unilateral", "un"}),
    ],
)
def test_how_it_came_about_is_one_of_the_known_ways(name: str, ways: set[str]) -> None:
    rows = figures.table(name)
    assert {row["how"] for row in rows if row.get("over") != "0"} == ways
    assert all(row["how"] == "" for row in rows if row.get("over") == "0")


def test_rows_of_wars_are_in_the_order_of_their_days() -> None:
    rows = figures.table("wars")
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)
    assert all(row["year"] == row["start"][:4] for row in rows)


def test_a_pair_fights_one_round_at_a_time() -> None:
    ends: dict[str, str] = {}
    for row in figures.table("wars"):
        assert row["start"] > ends.get(row["pair"], ""), row["name"]
        ends[row["pair"]] = row["end"]


def test_truces_between_states_and_with_groups_are_kept_apart() -> None:
    states, groups = figures.truces("states"), figures.truces("militants")
    assert len(states) + len(groups) == len(figures.table("truces"))
    assert len(states) > 40
    assert {row["name"] for row in groups} == {"M23 2012", "TTP 2014", "TTP 2021", "TTP 2022"}
    assert len(figures.truces("states", figures.NEIGHBOURS)) == 3


def test_tolls_lie_in_their_intervals() -> None:
    for row in figures.table("tolls"):
        low, value, high = (float(row[key]) for key in ("low", "exponent", "high"))
        assert 1 < low <= value <= high, ids(row)
        assert 0 < int(row["tail"]) <= int(row["n"]), ids(row)
        assert str(row["least"]).isdigit(), ids(row)


def test_bands_of_disputes_follow_each_other() -> None:
    rows = figures.table("disputes")
    for before, after in pairwise(rows):
        if before["sample"] == after["sample"]:
            assert int(after["first"]) == int(before["last"]) + 1
    assert all(0 < int(row["ended"]) < int(row["days_at_risk"]) for row in rows)


def test_there_are_ten_non_events_and_no_war_of_the_two_followed() -> None:
    rows = figures.table("non_events")
    assert len(rows) == 10
    wars = [(set(row["pair"].split("; ")), row["start"]) for row in figures.table("wars")]
    for row in rows:
        assert int(row["dead"]) > 0
        assert all(row[key] for key in ("place", "blamed", "by_7", "by_30", "by_90"))
        day, two = date.fromisoformat(row["day"]), {row["victim"], row["neighbour"]}
        assert (LAST - day).days >= 90, row["name"]
        assert not any(
            parties == two and 0 <= (date.fromisoformat(start) - day).days <= 90
            for parties, start in wars
        ), row["name"]


def test_nine_cases_have_three_horizons_and_nothing_is_undone() -> None:
    rows = figures.table("cases")
    names = list(dict.fromkeys(row["case"] for row in rows))
    assert len(names) == 9
    for name in names:
        mine = [row for row in rows if row["case"] == name]
        assert [row["horizon"] for row in mine] == ["7", "30", "90"], name
        assert len({row["day_0"] for row in mine}) == 1, name
        for key in ("rung_4", "top_rung", "war", "ceasefire", "fighting_days"):
            known = [int(row[key]) for row in mine if row[key]]
            assert known == sorted(known), (name, key)
        for row in mine:
            assert row["rung_4"] == str(int(int(row["top_rung"]) >= 4)), name
            assert int(row["fighting_days"] or 0) <= int(row["horizon"]) + 1, name
            if row["dead_low"] and row["dead_high"]:
                assert int(row["dead_low"]) <= int(row["dead_high"]), name


@pytest.mark.parametrize(
    ("case", "war"),
    [
        ("india-pakistan-2025", "India-Pakistan 2025"),
        ("israel-hezbollah", "Israel-Hezbollah 2006"),
        ("thailand-cambodia-2025", "Thailand-Cambodia July 2025"),
        ("ethiopia-eritrea-1998", "Eritrea-Ethiopia 1998"),
    ],
)
def test_a_case_has_its_war_when_the_table_of_wars_has_it(case: str, war: str) -> None:
    found = next(row for row in figures.table("wars") if row["name"] == war)
    for row in figures.table("cases"):
        if row["case"] != case:
            continue
        day = date.fromisoformat(row["day_0"]).toordinal() + int(row["horizon"])
        assert row["war"] == str(int(date.fromisoformat(found["start"]).toordinal() <= day))
        assert row["ceasefire"] == str(int(date.fromisoformat(found["end"]).toordinal() <= day))
