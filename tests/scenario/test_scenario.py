"""What a loaded scenario offers, and the schema behind it."""

from __future__ import annotations

import json
import pickle
import re
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from effort import effort

from scenario.conftest import BASE, Child, problems
from sim.errors import ModelError, ScenarioError
from sim.scenario import Change, Scenario, changes, load, load_text, scenario_of, schema_json
from sim.scenario.fields import Block, specs
from sim.scenario.schema import Lever, ScenarioFile, State
from sim.scenario.spec import Quantity
from sim.vocabulary.measures import DEFAULT_OUTCOMES


def test_the_words_of_a_scenario(base: Scenario) -> None:
    assert (base.id, base.title, base.kind, base.path) == (
        "base",
        "Two states and a river",
        "stylised",
        BASE,
    )
    assert (base.start, base.release, base.horizon) == (date(2030, 1, 1), date(2030, 3, 1), 182)
    assert base.question == "What happens next?"


def test_numbers_are_those_of_the_world_by_path(base: Scenario) -> None:
    numbers = base.numbers()
    assert numbers["states.avaria.personnel"].value == 120_000
    assert numbers["states.avaria.weights.punish"].value == 6
    assert numbers["groups.reds.hosts.borduria.haven"].value == 0.7
    assert numbers["groups.reds.fighters.delta"].claimed_by == "avaria"
    assert numbers["mediators.cantona.leverage.borduria"].value == 0.4
    assert numbers["borders.ford.garrison.avaria"].value == 400
    assert numbers["relations.river.views.avaria.grievance"].value == 0.4
    assert numbers["rules.feelings.outrage_life"].value == 4
    assert not any(path.startswith(("history", "interventions")) for path in numbers)


def test_what_other_parts_imply_is_filled_in(base: Scenario) -> None:
    file = base.file
    assert list(file.relations["river"].views) == ["avaria", "borduria"]
    assert file.mediators["cantona"].leverage["avaria"].default
    assert list(file.borders["ford"].garrison) == ["avaria"]


def test_a_block_gives_its_source_to_its_numbers(base: Scenario) -> None:
    numbers = base.numbers()
    assert numbers["groups.reds.hosts.borduria.haven"].source == "gazette"
    assert numbers["groups.reds.hosts.borduria.share"].assumed == "wide"
    assert base.file.history[1].claims["avaria"].source == "gazette"


def test_a_number_is_as_wide_as_its_distribution(base: Scenario) -> None:
    numbers = base.numbers()
    assert (numbers["groups.reds.branching"].low, numbers["groups.reds.branching"].high) == (0, 0.9)
    assert float(numbers["relations.river.trade"]) == pytest.approx(5 - 6**0.5)
    assert (
        numbers["states.avaria.personnel"].low == numbers["states.avaria.personnel"].high == 120_000
    )


def test_measures_name_every_entity_and_view(base: Scenario) -> None:
    names = [measure.name for measure in base.measures]
    assert {"max_rung", "strikes_by_avaria", "attacks_reds", "events_hills"} < set(names)
    assert [name for name in names if name.startswith("belief_end")] == [
        "belief_end_avaria_borduria",
        "belief_end_borduria_avaria",
    ]


def test_outcomes_are_plain_bounds(base: Scenario) -> None:
    assert base.outcomes == {
        "war": {"max_rung": {"at_least": 6}, "days_at_rung_6": {"at_least": 14}},
        "quiet": {"first_raid_day": {"never": True}},
        "between": {},
    }


def test_outcomes_of_the_measures_where_none_are_given(child: Child) -> None:
    assert load(child("outcomes: null\nexpect: null")).outcomes == DEFAULT_OUTCOMES


def test_scenarios_pickle(base: Scenario) -> None:
    assert pickle.loads(pickle.dumps(base)) == base


def test_blocks_cannot_be_changed(base: Scenario) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        base.file.states["avaria"].nuclear = False
    assert base.file.states["avaria"].nuclear


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"path": 3}, "Lever.path: must be text, got 3"),
        ({"low": "much"}, "Lever.low: must be a number, got 'much'"),
        ({"high": float("nan")}, "Lever.high: must be a finite number, got nan"),
        ({"label": None}, "Lever.label: must be given, got None"),
    ],
)
def test_blocks_are_checked_when_code_makes_one(fields: dict[str, Any], rule: str) -> None:
    lever = Lever(path="a.b", label="b", low=0.0, high=1.0)
    with pytest.raises(ModelError, match=f"^{re.escape(rule)}$"):
        attrs.evolve(lever, **fields)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"reasoning": 3}, "State.reasoning: must be in [0, 2], got 3"),
        ({"policy": "boldest"}, "State.policy: must be one of quantal,"),
        ({"nuclear": "yes"}, "State.nuclear: must be true or false, got 'yes'"),
        ({"resolve": 0.5}, "State.resolve: must be a Quantity, got 0.5"),
        ({"resolve": Quantity(0.5, unit="days")}, "State.resolve: must be in probability, got"),
        ({"resolve": Quantity(1.5, unit="probability")}, "State.resolve: must be in [0, 1], got"),
        ({"weights": {}}, "State.weights: must be a StateWeights, got {}"),
        ({"plan": ["raid"]}, "State.plan: 0: must be a PlannedAction, got ['raid']"),
    ],
)
def test_a_changed_copy_is_checked_too(base: Scenario, fields: dict[str, Any], rule: str) -> None:
    with pytest.raises(ModelError, match=f"^{re.escape(rule)}"):
        attrs.evolve(base.file.states["avaria"], **fields)


def test_years_and_other_numbers_may_stand_for_text(base: Scenario) -> None:
    assert base.file.sources["atlas-2029"].date == "2029"


def test_reading_grows_with_the_length_of_the_history_and_no_faster(tmp_path: Path) -> None:
    head, tail = BASE.read_text(encoding="utf-8").split("history:\n")
    event = (
        "  - {date: 2030-02-20, actor: reds, action: attack, kind: base, sectors: [delta], "
        "deaths: {security: 12, civilians: 3}, source: gazette}\n"
    )
    path = tmp_path / "base.yaml"

    def work(events: int) -> int:
        path.write_text(f"{head}history:\n{event * events}{tail}", encoding="utf-8")
        return effort(lambda: load(path))

    load(BASE)
    none, some, many = work(0), work(150), work(600)
    assert many - none <= 4.1 * (some - none)


def blocks(block: type[Block], seen: set[type[Block]]) -> set[type[Block]]:
    """All blocks that a block is made of."""
    seen.add(block)
    for spec in specs(block).values():
        inner = spec
        while inner.item is not None:
            inner = inner.item
        if inner.block is not None and inner.block not in seen:
            blocks(inner.block, seen)
    return seen


@pytest.mark.parametrize(
    "block", sorted(blocks(ScenarioFile, set()), key=lambda b: b.__name__), ids=lambda b: b.__name__
)
def test_every_field_has_help_and_a_default_in_its_range(block: type[Block]) -> None:
    for key, spec in specs(block).items():
        assert spec.help, key
        if isinstance(spec.default, Quantity):
            assert spec.low is not None
            assert spec.high is not None
            assert spec.low <= spec.default.value <= spec.high, key
            assert spec.default.source or spec.default.assumed, key


def test_a_changed_number_is_a_change(base: Scenario) -> None:
    other = load(
        BASE, {"states.avaria.resolve": 0.5, "states.borduria.policy": "grim", "history": []}
    )
    found = changes(base.file, other.file)
    assert Change("states.avaria.resolve", "beta(a=6, b=3)", "0.5", "probability") in found
    assert Change("states.borduria.policy", "scripted", "grim") in found
    assert Change("history.0.actor", "reds", "") in found
    assert {change.path.split(".")[0] for change in found} == {"states", "history"}


def test_provenance_is_no_change(base: Scenario) -> None:
    assert changes(base.file, load(BASE, {"states.avaria.personnel": 120_000}).file) == []


def test_the_json_schema_describes_every_field() -> None:
    schema = json.loads(json.dumps(schema_json()))
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["properties"]) == {*specs(ScenarioFile), "extends", "from", "variants"}
    for block in blocks(ScenarioFile, set()) - {ScenarioFile}:
        made = schema["$defs"][block.__name__]
        assert specs(block).keys() <= made["properties"].keys()
        assert all(made["properties"][key]["description"] for key in specs(block))
        assert made["additionalProperties"] is False


def test_the_json_schema_states_unit_range_and_default() -> None:
    field = schema_json()["$defs"]["State"]["properties"]["resolve"]
    default = specs(State)["resolve"].default
    assert field["default"] == default.value
    assert field["description"].endswith(
        f"[probability; 0 to 1; default {default.value:g}: {default.assumed}]"
    )
    assert field["anyOf"][0] == {"type": "number", "minimum": 0, "maximum": 1}


def test_every_reference_of_the_json_schema_leads_somewhere() -> None:
    schema = schema_json()
    text = json.dumps(schema)
    used = {part.split('"')[0] for part in text.split('"#/$defs/')[1:]}
    assert used <= set(schema["$defs"])
    assert used


@pytest.mark.parametrize(
    "name",
    [
        *(
            "../../elsewhere/x",
            "/elsewhere",
            "..",
            ".",
            "a/b",
            "a\\b",
            "a.b",
            "-rf",
            "~root",
            "CON",
        ),
        *("x\u202ey", "\uff41", "1a", "_a", "a\n", "a" * 65, ""),
    ],
)
def test_an_id_is_a_name_in_every_form_of_file(name: str, child: Child, tmp_path: Path) -> None:
    text = json.dumps(name)
    child("", name="plain")
    (tmp_path / "child.yaml").write_text(f"id: {text}\nextends: base.yaml\n")
    resolved = load(tmp_path / "plain.yaml").text.replace("id: plain", f"id: {text}")
    (tmp_path / "resolved.yaml").write_text(resolved)
    with pytest.raises(ScenarioError) as of_text:
        load_text(resolved)
    found = (
        problems(tmp_path / "child.yaml"),
        problems(tmp_path / "resolved.yaml"),
        problems(tmp_path / "plain.yaml", {"id": text}),
        of_text.value.problems,
    )
    for each in found:
        assert [one.path for one in each if one.rule.startswith("must be a name of") or not name]


def test_a_file_with_an_impossible_name_is_told_to_take_another(child: Child) -> None:
    path = child("", name="Not-a-name")
    path.write_text(path.read_text().replace("id: Not-a-name", "id: a_name"))
    (problem,) = problems(path)
    assert problem.rule == "must be the file's name without its ending"
    assert problem.hint.startswith("rename the file: its name must be a name of lower-case letters")


def test_a_text_is_the_same_scenario_as_its_file(child: Child, tmp_path: Path) -> None:
    path = child("")
    assert load_text(load(path).text).digest == load(path).digest
    whole = (tmp_path / "base.yaml").read_text()
    assert load_text(whole).text == load(tmp_path / "base.yaml").text
    with pytest.raises(ScenarioError, match="extends: must be left out of a text"):
        load_text(path.read_text())


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        (
            5,
            "scenario: must be a file, the name of a bundled scenario or what sim.load gave",
        ),
        (None, "got NoneType"),
        ({"id": "x"}, "got dict"),
    ],
)
def test_what_is_no_file_and_no_name_is_refused_in_a_sentence(given: Any, rule: str) -> None:
    for call in (load, scenario_of):
        with pytest.raises(ModelError, match=re.escape(rule)):
            call(given)


def test_settings_that_are_no_mapping_are_refused() -> None:
    settings: Any = ["states.avaria.resolve=0.5"]
    with pytest.raises(ModelError, match=r"overrides: must be a mapping .* got list"):
        load(BASE, settings)


def test_a_bundled_name_that_is_misspelt_has_near_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (problem,) = problems(Path("two_state"))
    assert "did you mean two_states?" in problem.hint
    (problem,) = problems(Path("two_state.yaml"))
    assert "two_states" not in problem.hint


def test_one_of_a_kind_is_not_many(base: Scenario) -> None:
    assert "2 states, 1 group, 1 mediator;" in repr(base)
