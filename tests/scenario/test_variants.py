"""Variants in a file: merged as a child is, named by FILE#NAME, refused with all that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.errors import ScenarioError
from sim.scenario import load, load_text

TEXT = """
id: mine
extends: two_states
title: Mine
variants:
  calm:
    label: a calmer Westmark
    states: {westmark: {resolve: 0.2}}
    outcomes: [{war: {wars: {at_least: 1}}}, {rest: {}}]
  alone:
    mediators: {lakeland: null}
  three:
    states: {northmark: {personnel: 50_000}}
    relations: {wn: {between: [westmark, northmark]}}
    sectors: {north: {state: northmark, population: 100_000, garrison: 5_000, capital: true}}
    borders: {nb: {sectors: [west_plain, north]}}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "mine.yaml"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_a_file_says_what_variants_it_has(path: Path) -> None:
    scenario = load(path)
    assert scenario.variants == {"calm": "a calmer Westmark", "alone": "alone", "three": "three"}
    assert scenario.digest == load("two_states").digest


def test_a_variant_is_the_file_with_what_differs(path: Path) -> None:
    calm = load(f"{path}#calm")
    assert (calm.id, calm.title) == ("mine_calm", "Mine, a calmer Westmark")
    assert calm.numbers()["states.westmark.resolve"].value == 0.2
    assert list(calm.outcomes) == ["war", "rest"]
    assert calm.variants == {}
    same = load("two_states", {"states.westmark.resolve": 0.2, "outcomes": calm_outcomes()})
    assert calm.digest == same.digest


def calm_outcomes() -> list[dict[str, object]]:
    return [{"war": {"wars": {"at_least": 1}}}, {"rest": {}}]


def test_a_variant_removes_and_adds_actors(path: Path) -> None:
    assert not load(f"{path}#alone").file.mediators
    three = load(f"{path}#three")
    assert set(three.file.states) == {"eastmark", "northmark", "westmark"}
    assert load(f"{path}#three", {"horizon": 30}).horizon == 30


def test_a_resolved_variant_is_a_scenario_of_its_own(path: Path, tmp_path: Path) -> None:
    calm = load(f"{path}#calm")
    (tmp_path / "resolved.yaml").write_text(calm.resolved_text(), encoding="utf-8")
    again = load(tmp_path / "resolved.yaml")
    assert (again.resolved_text(), again.digest) == (calm.resolved_text(), calm.digest)


def test_a_child_inherits_replaces_and_removes_variants(path: Path, tmp_path: Path) -> None:
    (tmp_path / "child.yaml").write_text(
        "id: child\nextends: mine.yaml\nhorizon: 40\nvariants:\n"
        "  alone: null\n  calm: {states: {westmark: {resolve: 0.1}}}\n",
        encoding="utf-8",
    )
    child = load(tmp_path / "child.yaml")
    assert set(child.variants) == {"calm", "three"}
    calm = load(f"{tmp_path / 'child.yaml'}#calm")
    assert (calm.horizon, calm.numbers()["states.westmark.resolve"].value) == (40, 0.1)
    assert load(f"{tmp_path / 'child.yaml'}#three").horizon == 40


def test_a_file_whose_name_has_the_sign_is_a_file(tmp_path: Path) -> None:
    odd = tmp_path / "two#calm"
    odd.write_text("id: odd\nextends: two_states\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="id: must be"):
        load(odd)


@pytest.mark.parametrize(
    ("variants", "said"),
    [
        ("[calm]", "variants: must be a mapping from names"),
        ("{Calm: {horizon: 10}}", "variants.Calm: must be a name of lower-case letters"),
        ("{calm: 3}", "variants.calm: must be a mapping of what differs"),
        ("{calm: {horizn: 3}}", "variants.calm.horizn: must be a field that a variant can change"),
        ("{calm: {id: x}}", "variants.calm.id: must be a field that a variant can change"),
        ("{calm: {extends: x}}", "variants.calm.extends: must be a field that a variant can"),
        ("{calm: {label: [x]}}", "variants.calm.label: must be text"),
    ],
)
def test_what_is_no_variant_is_refused_with_its_place(
    tmp_path: Path, variants: str, said: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"id: mine\nextends: two_states\nvariants: {variants}\n", encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert said in str(caught.value)
    assert "mine.yaml:3:" in str(caught.value)


def test_a_variant_that_there_is_not_has_near_names(path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"got calme \(did you mean calm\?"):
        load(f"{path}#calme")


def test_what_a_variant_says_wrong_is_told_with_its_line(path: Path) -> None:
    path.write_text(TEXT.replace("resolve: 0.2", "resolve: 2"), encoding="utf-8")
    load(path)  # the file itself is right; `check` tries each variant too
    with pytest.raises(ScenarioError, match=r"mine\.yaml:8:\d+: states\.westmark\.resolve"):
        load(f"{path}#calm")


def test_a_text_has_variants_too(path: Path) -> None:
    whole = load("two_states").resolved_text() + "variants: {short: {horizon: 20}}\n"
    assert load_text(whole, variant="short").horizon == 20
