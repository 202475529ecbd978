"""The resolved form: nothing implicit, loads again to itself, the digest is that of its text."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scenario.conftest import BASE, Child
from sim.errors import ScenarioError
from sim.scenario import Scenario, load
from sim.scenario.reading import Node, Place, parse
from sim.scenario.schema import Event
from sim.scenario.text import scalar


def again(scenario: Scenario, folder: Path, name: str = "resolved") -> Scenario:
    """The scenario loaded from its resolved form."""
    path = folder / f"{name}.yaml"
    path.write_text(scenario.resolved_text(), encoding="utf-8")
    return load(path)


def leaves(node: Node, path: str = "") -> dict[str, Node]:
    if isinstance(node.value, dict) and not {"value", "dist", "values"} & node.value.keys():
        return {
            k: v
            for key, inner in node.value.items()
            for k, v in leaves(inner, f"{path}.{key}" if path else key).items()
        }
    return {path: node}


def without_numbers(event: Event) -> dict[str, Any]:
    """The fields of an event but its numbers, whose place differs between the two forms."""
    numbers = {"deaths", "claims", "quality"}
    return attrs.asdict(event, filter=lambda field, _: field.name not in numbers)


def test_resolving_a_resolved_form_changes_nothing(base: Scenario, tmp_path: Path) -> None:
    once = again(base, tmp_path)
    assert once.resolved_text() == base.resolved_text()
    assert once.digest == base.digest
    assert again(once, tmp_path, "base").digest == base.digest


def test_the_digest_is_that_of_the_text(base: Scenario) -> None:
    assert base.digest == hashlib.sha256(base.resolved_text().encode()).hexdigest()


def test_what_was_read_is_what_is_read_again(base: Scenario, tmp_path: Path) -> None:
    once = again(base, tmp_path)
    assert {
        p: (n.value, n.dist, n.unit, n.source, n.assumed, n.note, n.claimed_by, n.default, n.file)
        for p, n in once.numbers().items()
    } == {
        p: (n.value, n.dist, n.unit, n.source, n.assumed, n.note, n.claimed_by, n.default, n.file)
        for p, n in base.numbers().items()
    }
    assert [without_numbers(e) for e in once.file.history] == [
        without_numbers(e) for e in base.file.history
    ]
    assert once.warnings == base.warnings == ()


def test_every_number_states_unit_provenance_and_file(base: Scenario) -> None:
    root, wrong = parse(base.resolved_text(), Place("x", "x"))
    assert wrong == []
    found = leaves(root)
    assert base.numbers().keys() <= found.keys()
    for path in base.numbers():
        entries = found[path].value
        assert isinstance(entries, dict)
        assert {"unit", "from"} <= entries.keys()
        assert {"source", "assumed"} & entries.keys()


def test_every_default_is_written_out(base: Scenario) -> None:
    found = leaves(parse(base.resolved_text(), Place("x", "x"))[0])
    for path in (
        "rules.crossings.inertia",
        "states.borduria.weights.punish",
        "relations.river.views.borduria.prior",
        "mediators.cantona.leverage.avaria",
    ):
        assert found[path].value["from"].value == "default"  # type: ignore[index, union-attr]
    assert found["states.avaria.policy"].value == "quantal"


def test_inherited_leaves_are_listed_by_file(child: Child) -> None:
    lines = load(child("title: Another")).resolved_text().split("\nfrom:\n")[1].splitlines()
    inherited = lines[lines.index("  base.yaml:") : lines.index("  default:")]
    assert "    - states.borduria.policy" in inherited
    assert "    - title" not in lines
    assert "    - states.avaria.policy" in lines[lines.index("  default:") :]


def test_origins_survive_a_second_resolving(child: Child, tmp_path: Path) -> None:
    first = load(
        child("title: Another"), {"states.avaria.resolve": 0.5, "states.avaria.policy": "grim"}
    )
    assert again(first, tmp_path).digest == first.digest


def test_a_resolved_form_may_be_extended(base: Scenario, child: Child, tmp_path: Path) -> None:
    again(base, tmp_path)
    scenario = load(
        child(
            "states: {avaria: {resolve: {value: 0.1, assumed: x}, policy: grim}}",
            extends="resolved.yaml",
        )
    )
    assert scenario.numbers()["states.avaria.resolve"].file == "child.yaml"
    assert scenario.numbers()["states.avaria.personnel"].file == "base.yaml"
    assert scenario.numbers()["states.avaria.armour"].default
    assert again(scenario, tmp_path).digest == scenario.digest


def test_an_unresolved_file_must_be_named_like_its_id(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_bytes(BASE.read_bytes())
    with pytest.raises(ScenarioError, match="id: must be other"):
        load(path)


@pytest.mark.parametrize(
    "path", ["states.avaria.personnel", "title", "horizon", "states.avaria.policy"]
)
def test_any_change_changes_the_digest(base: Scenario, path: str) -> None:
    value = {"title": "New", "states.avaria.policy": "grim"}.get(path, 91)
    assert load(BASE, {path: value}).digest != base.digest


def test_no_folder_of_this_machine_stands_in_it(base: Scenario) -> None:
    assert str(BASE.parent) not in base.resolved_text()


@given(
    st.text(max_size=60).filter(
        lambda text: (
            not any(
                ord(c) < 32
                or 127 <= ord(c) < 160
                or 0xD800 <= ord(c) < 0xE000
                or ord(c) in (0xFFFE, 0xFFFF, 0xFEFF)
                for c in text
            )
        )
    )
)
@settings(max_examples=300)
def test_any_text_is_written_so_that_it_is_read_again(text: str) -> None:
    root, _ = parse(
        f"a: {scalar(text)}\nb: {{{scalar(text or 'k')}: [{scalar(text)}]}}", Place("x", "x")
    )
    assert isinstance(root.value, dict)
    assert root.value["a"].scalar == text
    inner = root.value["b"].value
    assert isinstance(inner, dict)
    assert list(inner) == [text or "k"]


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=300)
def test_any_number_is_written_so_that_it_is_read_again(value: float) -> None:
    root, _ = parse(f"a: {scalar(value)}", Place("x", "x"))
    assert isinstance(root.value, dict)
    assert root.value["a"].scalar == value


SHARES = st.floats(0, 1)
NUMBERS = st.one_of(
    SHARES,
    st.fixed_dictionaries(
        {"value": SHARES},
        optional={
            "note": st.text("abc :#,{}[]'\"é\n", min_size=1).filter(str.strip),
            "claimed_by": st.just("the other side"),
        },
    ),
    st.builds(
        lambda a, b: {"dist": "beta", "a": a, "b": b}, st.floats(0.5, 20), st.floats(0.5, 20)
    ),
    st.builds(
        lambda low, width: {"dist": "uniform", "low": low, "high": low + width},
        st.floats(0, 0.5),
        st.floats(0.1, 0.5),
    ),
    st.lists(SHARES, min_size=1, max_size=4, unique=True).map(lambda values: {"values": values}),
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "states.avaria.resolve",
                "states.borduria.discipline",
                "groups.reds.claims",
                "rules.ceasefire.initial",
            ]
        ),
        NUMBERS,
        min_size=1,
    ),
    st.integers(40, 400),
    st.sampled_from(["quantal", "grim", "my.module:Policy"]),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_valid_change_survives_resolving(
    tmp_path: Path, numbers: dict[str, object], horizon: int, policy: str
) -> None:
    scenario = load(BASE, {**numbers, "horizon": horizon, "states.avaria.policy": policy})
    once = again(scenario, tmp_path)
    assert once.digest == scenario.digest
    assert {p: (n.value, n.dist) for p, n in once.numbers().items()} == {
        p: (n.value, n.dist) for p, n in scenario.numbers().items()
    }


@pytest.mark.parametrize(
    "word",
    [
        "yes",
        "No",
        "on",
        "OFF",
        "y",
        "true",
        "null",
        "~",
        "12",
        "1e3",
        "2030-01-01x: y",
        "- a",
        "#",
        "",
    ],
)
def test_words_that_some_reader_takes_for_more_are_quoted(word: str) -> None:
    assert scalar(word) == f'"{word}"'
