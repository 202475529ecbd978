"""Every bundled scenario.

It loads, its numbers lead to a source or an admitted assumption, and the parts agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import BUNDLED

from sim import scenario as reader
from sim.scenario import Scenario
from sim.scenario.fields import Block, specs
from sim.scenario.spec import Quantity

FOLDER = Path(__file__).parents[2] / "scenarios"
FILES = BUNDLED
DATED = [path for path in FILES if path.stem.startswith("af_pk_")]
LAST_DAY = "2026-02-27"
EXPECTED = {
    "af_pk_base",
    "af_pk_2024",
    "af_pk_october_2025",
    "af_pk_2026",
    "af_pk_2026_no_guarantees",
    "two_states",
    "three_states",
    "naval_strait",
    "cyber_grid",
    "sponsor_valley",
    "two_alliances",
}
LESSONS = [path for path in FILES if path.stem in EXPECTED]

each = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
each_dated = pytest.mark.parametrize("path", DATED, ids=lambda path: path.stem)


@cache
def load(path: Path) -> Scenario:
    """A scenario, read once for all tests: it cannot be changed."""
    return reader.load(path)


def quantities(value: Any) -> Iterator[Quantity]:
    """Every number with provenance in a scenario, those of events too."""
    if isinstance(value, Quantity):
        yield value
    elif isinstance(value, Block):
        for name in (spec.name for spec in specs(type(value)).values()):
            yield from quantities(getattr(value, name))
    elif isinstance(value, dict):
        for item in value.values():
            yield from quantities(item)
    elif isinstance(value, list):
        for item in value:
            yield from quantities(item)


def given(scenario: Scenario) -> list[Quantity]:
    """The numbers that the files give, defaults of the schema left out."""
    return [number for number in quantities(scenario.file) if not number.default]


def unsourced(scenario: Scenario) -> list[str]:
    """Warnings of numbers without a source."""
    return [str(w) for w in scenario.warnings if w.hint == "a number without a source"]


def test_the_folder_holds_the_bundled_scenarios() -> None:
    assert {path.stem for path in FILES} >= EXPECTED


@each
def test_loads_and_is_named_like_its_file(path: Path) -> None:
    assert load(path).id == path.stem


@each
def test_every_number_is_sourced_or_assumed(path: Path) -> None:
    scenario = load(path)
    assert unsourced(scenario) == []
    numbers = given(scenario)
    assert len(numbers) > 20
    assert [n for n in numbers if not n.source and not n.assumed] == []


@each
def test_a_fictional_file_says_itself_that_its_numbers_are_invented(path: Path) -> None:
    """Bundled files are models for others, so they do not lean on what is taken for them."""
    as_stylised = reader.load(path, {"kind": "stylised"})
    assert unsourced(as_stylised) == []


@each
def test_every_source_that_is_cited_exists(path: Path) -> None:
    scenario = load(path)
    cited = {n.source for n in given(scenario) if n.source} | {
        e.source for e in scenario.file.history if e.source
    }
    assert cited <= scenario.file.sources.keys()


@each
def test_no_source_is_listed_in_vain(path: Path) -> None:
    """Each key of the file's own `sources` is named in some number, event, note or comment."""
    text = path.read_text(encoding="utf-8")
    block = re.search(r"^sources:\n((?:  .*\n|\n)+)", text, re.MULTILINE)
    keys = re.findall(r"^  ([\w-]+):", block[1], re.MULTILINE) if block else []
    assert [
        key for key in keys if len(re.findall(rf"(?<![\w-]){re.escape(key)}(?![\w-])", text)) < 2
    ] == []


@each
def test_every_event_says_where_it_comes_from(path: Path) -> None:
    assert [e.label for e in load(path).file.history if not e.source and not e.assumed] == []


@each
def test_history_is_in_order(path: Path) -> None:
    dates = [e.date for e in load(path).file.history if e.date]
    assert dates == sorted(dates)


@each
def test_neighbours_are_mutual(path: Path) -> None:
    sectors = load(path).file.sectors
    assert [
        (a, b)
        for a, sector in sectors.items()
        for b in sector.neighbours
        if a not in sectors[b].neighbours
    ] == []


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_teaching_is_complete(path: Path) -> None:
    teaching = load(path).file.teaching
    assert all(
        (teaching.goals, teaching.notice, teaching.tries, teaching.questions, teaching.roles)
    )
    assert all(role.knows and role.wants and role.may for role in teaching.roles.values())
    assert any(trial.set and trial.watch for trial in teaching.tries)


@pytest.mark.parametrize(
    "name",
    [
        *("two_states", "three_states", "af_pk_2026"),
        *("naval_strait", "cyber_grid", "sponsor_valley", "two_alliances"),
    ],
)
def test_a_lesson_has_an_audience_and_a_plan_and_hints_to_every_question(name: str) -> None:
    teaching = load(FOLDER / f"{name}.yaml").file.teaching
    assert teaching.audience
    assert 30 <= sum(stage.minutes for stage in teaching.plan) <= 120
    assert all(question.hint for question in teaching.questions)
    assert all(trial.do for trial in teaching.tries)


@each
def test_nothing_is_known_from_after_the_last_day(path: Path) -> None:
    scenario = load(path)
    assert str(scenario.release) <= LAST_DAY
    assert [key for key, s in scenario.file.sources.items() if s.date and s.date > LAST_DAY] == []


@each_dated
def test_reference_strength_is_the_effective_strength_at_the_start(path: Path) -> None:
    file = load(path).file
    for group in file.groups.values():
        havens = {group.enemy: 1.0} | {
            state: float(host.haven) for state, host in group.hosts.items()
        }
        effective = sum(
            float(men) * havens[file.sectors[place].state] for place, men in group.fighters.items()
        )
        assert float(group.reference_strength) == pytest.approx(effective, rel=0.01)


@each_dated
def test_the_crossings_carry_the_whole_trade(path: Path) -> None:
    borders = load(path).file.borders
    assert len(borders) == 16
    assert sum(float(border.trade_share) for border in borders.values()) == pytest.approx(
        1, rel=1e-9
    )


@each_dated
def test_no_group_holds_a_sector_at_the_start(path: Path) -> None:
    file = load(path).file
    soldiers = float(file.rules.militancy.hold_ratio)
    for group in file.groups.values():
        at_home = {
            place: float(men)
            for place, men in group.fighters.items()
            if file.sectors[place].state == group.enemy
        }
        assert [
            place
            for place, men in at_home.items()
            if men * soldiers >= float(file.sectors[place].garrison)
        ] == []


@each_dated
def test_plain_sense_of_the_balance(path: Path) -> None:
    states = load(path).file.states
    pakistan, afghanistan = states["pakistan"], states["afghanistan"]
    assert float(afghanistan.personnel) < float(pakistan.personnel) / 3
    assert float(afghanistan.combat_aircraft) == 0
    assert pakistan.nuclear
    assert not afghanistan.nuclear


def test_autumn_and_winter_start_with_the_same_groups() -> None:
    """The two files repeat the strengths of autumn 2025."""
    autumn, winter = (
        load(FOLDER / f"{stem}.yaml") for stem in ("af_pk_october_2025", "af_pk_2026")
    )

    def values(scenario: Scenario) -> dict[str, float]:
        return {
            path: float(number)
            for path, number in scenario.numbers().items()
            if path.startswith("groups.")
        }

    assert values(autumn) == values(winter)


def test_a_number_without_provenance_is_noticed(tmp_path: Path) -> None:
    """The control: the checks above can fail."""
    text = (FOLDER / "two_states.yaml").read_text(encoding="utf-8")
    copy = tmp_path / "two_states.yaml"
    stylised = text.replace("kind: fictional", "kind: stylised")
    without = stylised.replace("    assumed: invented, the larger army\n", "")
    copy.write_text(without, encoding="utf-8")
    scenario = load(copy)
    assert any("states.westmark.personnel" in warning for warning in unsourced(scenario))
    assert any(not n.source and not n.assumed for n in given(scenario))
