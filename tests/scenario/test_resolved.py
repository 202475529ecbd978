"""The resolved form: nothing implicit, loads again to itself; the digest: what moves results."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import attrs
import pytest
from conftest import BUNDLED
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from scenario.conftest import BASE, Child
from sim.errors import ScenarioError
from sim.scenario import Scenario, load, load_text
from sim.scenario.catalogue import fields
from sim.scenario.diff import substance
from sim.scenario.reading import Node, Place, parse
from sim.scenario.schema import Event
from sim.scenario.source import MAX_BYTES, RESOLVED_BYTES
from sim.scenario.text import count_events, scalar


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


def test_the_digest_is_that_of_what_can_move_a_result(base: Scenario) -> None:
    assert base.digest == hashlib.sha256(substance(base.file).encode()).hexdigest()


WORDS = {
    "title": "Another title",
    "summary": "Another summary",
    "kind": "fictional",
    "states.avaria.short": "XYZ",
    "states.avaria.prose": "the Avarian Republic",
    "sectors.port.title": "The port",
    "sectors.port.x": 0.25,
    "levers": [],
    "expect": [],
    "teaching.goals": ["Something else."],
}


@pytest.mark.parametrize("path", WORDS)
def test_titles_and_notes_change_no_digest(base: Scenario, path: str) -> None:
    other = load(BASE, {path: WORDS[path]})
    assert other.resolved_text() != base.resolved_text()
    assert other.digest == base.digest


def test_where_a_number_comes_from_changes_no_digest(base: Scenario) -> None:
    number = base.numbers()["states.avaria.personnel"]
    told = {"value": number.value, "assumed": "another reason", "note": "another note"}
    assert load(BASE, {"states.avaria.personnel": told}).digest == base.digest


def test_a_field_that_says_nothing_to_the_rules_is_marked() -> None:
    """Whatever the world, the tables or the outcomes read is no aside."""
    asides = {field.path[-1] for field in fields() if field.spec.aside}
    read = {"start", "release", "horizon", "outcomes", "history", "interventions", "policy"}
    assert not asides & read
    assert {"title", "label", "note", "sources", "short", "prose"} <= asides


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


@pytest.mark.parametrize("path", ["states.avaria.personnel", "horizon", "states.avaria.policy"])
def test_any_change_changes_the_digest(base: Scenario, path: str) -> None:
    value = {"states.avaria.policy": "grim"}.get(path, 91)
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


def crowd(states: int) -> str:
    """A short file whose resolved form is long: every mediator has leverage on every state."""
    names = range(states)
    lines = [
        "format: 1\nid: crowd\ntitle: Many\nstart: 2000-01-01\nrelease: 2000-01-05\nstates:",
        *(f"  s{i}: {{assumed: x, personnel: 50000}}" for i in names),
        "relations:",
        *(f"  r{i}: {{between: [s{i}, s{(i + 1) % states}]}}" for i in names),
        "mediators:",
        *(f"  m{i}: {{assumed: x}}" for i in names),
        "sectors:",
        *(f"  c{i}: {{state: s{i}, population: 1, garrison: 1, assumed: x}}" for i in names),
    ]
    return "\n".join(lines) + "\n"


def test_a_resolved_form_longer_than_a_file_may_be_is_read_again() -> None:
    made = load_text(crowd(40))
    assert len(crowd(40)) < MAX_BYTES < len(made.text)
    again = load_text(made.text)
    assert (again.text, again.digest) == (made.text, made.digest)


@pytest.mark.parametrize(
    ("limit", "rule"),
    [
        ("RESOLVED_BYTES", "must have a resolved form of at most 999 bytes"),
        ("RESOLVED_NODES", "must have a resolved form of at most 999 values"),
    ],
)
def test_a_file_whose_resolved_form_could_not_be_read_is_refused(
    limit: str, rule: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(f"sim.scenario.{limit}", 999)
    with pytest.raises(ScenarioError) as caught:
        load_text(crowd(10))
    assert [problem.rule for problem in caught.value.problems] == [rule]


@pytest.mark.parametrize("path", [BASE, *BUNDLED], ids=str)
def test_the_values_of_a_resolved_form_are_counted_as_the_reader_counts(path: Path) -> None:
    made = load(path)
    counted = sum(1 for _ in YAML(typ="safe", pure=True).parse(made.text))
    _, _, end = made.text.partition("\nfrom:")
    lists = len([line for line in end.splitlines() if not line.startswith("    -")])
    assert (
        count_events(made.file)
        <= counted
        <= count_events(made.file) + 3 * lists + 2 * len(end.splitlines()) + 10
    )


def test_a_long_file_that_is_no_resolved_form_is_refused() -> None:
    for end, most in (("", MAX_BYTES), ("from: {}\n", RESOLVED_BYTES)):
        with pytest.raises(ScenarioError) as caught:
            load_text("# " + "x" * most + "\n" + end)
        (problem,) = caught.value.problems
        assert problem.rule.startswith(f"must be at most {most} bytes long")


def test_a_path_of_four_long_names_may_be_set() -> None:
    long = "a" * 40
    text = crowd(3).replace("r0:", f"{long}:").replace("s0", long)
    path = f"relations.{long}.views.{long}.grievance"
    change = f"interventions: [{{day: 3, set: {{{path}: 1}}}}]\n"
    assert len(path) > 100
    made = load_text(text + change)
    assert load_text(made.text).text == made.text


@pytest.mark.parametrize("key", ["source", "assumed"])
def test_a_blank_word_on_the_numbers_of_an_event_is_refused(key: str, child: Child) -> None:
    event = f"{{date: 2030-02-25, actor: avaria, action: ceasefire, quality: 0.5, {key}: ''}}"
    with pytest.raises(ScenarioError) as caught:
        load(child(f"history: [{event}]"))
    assert {problem.path for problem in caught.value.problems} == {f"history.0.{key}"}
