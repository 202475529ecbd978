"""The catalogue of fields: paths, what they mean, and guides for numbers that are hard to know."""

from __future__ import annotations

import pytest

from sim.scenario import Scenario
from sim.scenario.catalogue import Field, fields, find, hint

LEAVES = [field for field in fields() if field.is_leaf]
GUIDES = [field for field in LEAVES if field.spec.guide is not None]


def names(path: str) -> list[str]:
    return [field.name for field in find(path)]


@pytest.mark.parametrize(
    "path", ["groups.base_rate", "groups.GROUP.base_rate", "groups.reds.base_rate"]
)
def test_names_of_entries_may_be_given_or_left_out(path: str) -> None:
    assert names(path) == ["groups.GROUP.base_rate"]


def test_a_part_is_all_that_is_in_it() -> None:
    assert names("groups.hosts") == [
        "groups.GROUP.hosts",
        *(f"groups.GROUP.hosts.STATE.{key}" for key in ("haven", "share", "affinity", "admits")),
    ]
    assert find("") == list(fields())


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("groups.base_rat", "did you mean base_rate?"),
        ("grups", "did you mean groups?"),
        ("base_rate", "there is groups.GROUP.base_rate"),
        ("groups.severity.alfa", "did you mean alpha?"),
        ("rules.clash.x", "there is sectors.SECTOR.x"),
    ],
)
def test_a_path_that_there_is_not_has_near_names(path: str, said: str) -> None:
    assert find(path) == []
    assert said in hint(path)


def test_every_path_of_a_scenario_is_in_it(base: Scenario) -> None:
    for path, number in base.numbers().items():
        (field,) = (one for one in find(path) if one.is_leaf and one.spec.form == "number")
        assert field.unit == number.unit


@pytest.mark.parametrize(
    "path",
    [
        *("extends", "variants", "events.set", "interventions.set", "teaching.try.set"),
        *("languages.sectors", "languages.texts", "groups.fighters"),
    ],
)
def test_what_a_file_may_say_with_free_names_is_shown(path: str) -> None:
    assert any(field.is_leaf for field in find(path))


def test_every_part_has_something_to_say_below_it() -> None:
    parts = [field for field in fields() if not field.is_leaf]
    assert [
        part.name
        for part in parts
        if not any(leaf.path[: len(part.path)] == part.path for leaf in LEAVES)
    ] == []


def test_every_field_says_what_it_is() -> None:
    assert [field.name for field in fields() if not field.help] == []
    assert len(LEAVES) > 300


@pytest.mark.parametrize("field", GUIDES, ids=lambda field: field.name)
def test_a_guide_lies_in_the_range_and_in_order(field: Field) -> None:
    guide = field.spec.guide
    assert guide is not None
    assert guide.low <= guide.typical <= guide.high
    assert all(map(field.spec.within, (guide.low, guide.typical, guide.high)))
    assert "(" in guide.rule or ";" in guide.rule or "," in guide.rule


def test_every_number_that_a_file_must_give_has_a_guide() -> None:
    needed = [one for one in LEAVES if one.spec.form == "number" and one.spec.is_required]
    told = [one for one in needed if one.spec.guide is not None]
    dated = ("history.N", "interventions.N.event", "events.EVENT.event")
    claims = {f"{place}.claims.ACTOR" for place in dated}  # reported, or not
    # of the stock, or of the path, which has a guide of its own where it is hard
    others = {"flows.FLOW.amount", "events.EVENT.set.PATH"}
    assert {one.name for one in needed if one not in told} == claims | others
    assert len(told) >= 8
