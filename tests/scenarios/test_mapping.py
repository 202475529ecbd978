"""The nine crises and the ten attacks that were not answered: one rule, and facts alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from conftest import BUNDLED

from calibration import figures
from sim import scenario as reader
from sim.cli.scenarios import find, names
from sim.scenario import Scenario
from sim.scenario.resolve import gather

CASES = {row["scenario"]: date.fromisoformat(row["day_0"]) for row in figures.table("cases")}
NON_EVENTS = {
    row["scenario"]: date.fromisoformat(row["day"]) for row in figures.table("non_events")
}
RELEASE = CASES | NON_EVENTS
PATHS = [path for path in BUNDLED if path.stem in RELEASE]
#: What docs/mapping.md gives by a formula, for all sides of all cases: the spread of each.
SIGMA, CONCENTRATION = 0.3, 12.0
#: Fields that only facts of a sheet fill; the others that a file may fill are formulas.
STATE = {"short", "personnel", "combat_aircraft", "armour", "helicopters", "nuclear"}
each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


@cache
def load(path: Path) -> Scenario:
    return reader.load(path)


def test_nine_cases_and_ten_non_events_have_a_file_each() -> None:
    assert (len(CASES), len(NON_EVENTS)) == (9, 10)
    assert {path.stem for path in PATHS} == RELEASE.keys()
    folders = {path.stem: path.parent.name for path in PATHS}
    assert {name for name, folder in folders.items() if folder == "non_events"} == set(NON_EVENTS)


def test_a_file_of_a_subfolder_is_found_by_its_name() -> None:
    assert find("pathankot_2016").parent.name == "non_events"
    assert len(set(names())) == len(names()) == len(BUNDLED)


@each
def test_it_is_released_on_the_day_of_the_table_and_knows_nothing_later(path: Path) -> None:
    scenario = load(path)
    assert scenario.release == RELEASE[path.stem]
    assert scenario.horizon == 180
    assert 30 <= (scenario.release - scenario.start).days <= 120
    dates = [event.date for event in scenario.file.history if event.date]
    # an opportunity has no incident; all others are released on the day of the last report
    assert dates[-1:] == ([] if path.stem == "colombia_ecuador_2008" else [scenario.release])


@each
def test_it_has_no_rules_and_no_expectations_and_a_note(path: Path) -> None:
    file = load(path).file
    own = gather(path).root.value
    assert isinstance(own, dict)
    assert {"rules", "outcomes", "outcome_window", "expect", "interventions"}.isdisjoint(own)
    assert file.expect == []
    assert len(load(path).note) > 100
    assert load(path).kind == "historical"


@each
def test_its_levers_are_those_of_the_rule(path: Path) -> None:
    file = load(path).file
    wanted = {f"states.{state}.resolve" for state in file.states}
    wanted |= {f"mediators.{m}.leverage.{s}" for m in file.mediators for s in file.states}
    wanted |= {f"groups.{g}.hosts.{h}.haven" for g, b in file.groups.items() for h in b.hosts}
    assert {lever.path for lever in file.levers} == wanted


@each
def test_a_state_has_facts_alone(path: Path) -> None:
    own = gather(path).root.value
    assert isinstance(own, dict)
    for state in own["states"].value.values():
        assert set(state.value) <= STATE


def spreads(scenario: Scenario) -> Iterator[tuple[str, dict[str, float]]]:
    """Path, and parameters, of every number that is uncertain."""
    for where, number in scenario.numbers().items():
        if number.dist is not None:
            yield where, dict(number.dist.params) | {"name": number.dist.name == "beta"}


@each
def test_what_no_sheet_states_is_as_uncertain_in_all(path: Path) -> None:
    found = dict(spreads(load(path)))
    assert len(found) > 15
    for where, params in found.items():
        if params["name"]:
            assert params["a"] + params["b"] == pytest.approx(CONCENTRATION), where
        else:
            assert params["sigma"] == SIGMA, where


@each
def test_the_formulas_hold(path: Path) -> None:
    file = load(path).file
    for name, group in file.groups.items():
        men = sum(float(number) for number in group.fighters.values())
        medians = {
            field: dict(getattr(group, field).dist.params)["median"]
            for field in ("base_rate", "capacity")
        }
        assert medians["capacity"] == pytest.approx(3 * men, rel=0.01), name
        assert medians["base_rate"] == pytest.approx(men / 1500 / 7, rel=0.01), name
    smaller = min(float(state.personnel) for state in file.states.values())
    (border,) = file.borders.values()
    for number in border.garrison.values():
        assert dict(number.dist.params)["median"] == pytest.approx(0.05 * smaller, rel=0.01)


def test_a_file_with_a_rule_of_its_own_is_seen(tmp_path: Path) -> None:
    path = next(path for path in PATHS if path.stem == "pathankot_2016")
    copy = tmp_path / path.name
    copy.write_text(path.read_text("utf-8") + "\nrules: {ceasefire: {guarantees: 0}}\n", "utf-8")
    with pytest.raises(AssertionError):
        test_it_has_no_rules_and_no_expectations_and_a_note(copy)
