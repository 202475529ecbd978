"""YAML text to nodes: what scalars mean, where they stand, and what is refused."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from effort import effort
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from scenario.conftest import BASE, Child, problems
from sim.errors import Problem, ScenarioError
from sim.scenario import load
from sim.scenario.reading import MAX_NODES, Node, Place, Unreadable, from_python, parse
from sim.scenario.source import MAX_BYTES

HERE = Place("x.yaml", "x.yaml")


def entry(text: str, key: str = "a") -> Node:
    root, wrong = parse(text, HERE)
    assert wrong == []
    assert isinstance(root.value, dict)
    return root.value[key]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("600_000", 600_000),
        ("-12", -12),
        ("+3", 3),
        ("010", "010"),
        ("1.5", 1.5),
        (".5", 0.5),
        ("5.", 5.0),
        ("1e3", 1000.0),
        ("2.5E-1", 0.25),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        (".inf", math.inf),
        ("-.INF", -math.inf),
        ("yes", "yes"),
        ("off", "off"),
        ("1__0", "1__0"),
        ("_1", "_1"),
        ("0x1F", "0x1F"),
        ("1:30", "1:30"),
        ("2026-02-27", "2026-02-27"),
        ("'12'", "12"),
        ('"true"', "true"),
        ("9" * 41, "9" * 41),
    ],
)
def test_scalars_mean_what_yaml_1_2_says(text: str, meaning: object) -> None:
    got = entry(f"a: {text}").scalar
    assert (got, type(got)) == (meaning, type(meaning))


def test_not_a_number_is_not_a_number() -> None:
    got = entry("a: .nan").scalar
    assert isinstance(got, float)
    assert math.isnan(got)


def test_a_node_knows_its_place_and_that_of_its_key() -> None:
    node = entry("# first\n\nb: 1\na:   [x,\n  {c: d}]\n")
    assert node.key is not None
    assert (node.key.line, node.key.column) == (4, 1)
    assert (node.place.line, node.place.column) == (4, 6)
    assert isinstance(node.value, list)
    inner = node.value[1]
    assert isinstance(inner.value, dict)
    assert (inner.value["c"].place.line, inner.value["c"].place.column) == (5, 7)


def test_an_alias_stands_where_its_anchor_does() -> None:
    root, _ = parse("a: &x 5\nb: *x\n", HERE)
    assert isinstance(root.value, dict)
    assert root.value["b"].place.line == 1
    assert root.value["b"].key == HERE._replace(line=2, column=1)


def test_every_repeated_key_is_reported() -> None:
    _, wrong = parse("a: {b: 1, b: 2}\nc: [{d: 1, d: 2}]\na: 3\n", HERE)
    assert [(p.line, p.column, p.path) for p in wrong] == [
        (1, 11, "a.b"),
        (2, 12, "c.d"),
        (3, 1, "a"),
    ]


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"title: caf\xe9\n", "must be UTF-8 text"),
        (b"\xff\xfei\x00d\x00", "must be UTF-8 text"),
        (b"", "must not be empty"),
        (b"\n\n", "must not be empty"),
        (b"---\n...\n", "must not be empty"),
        (b"id: \x07\n", "must be YAML"),
        (b"x" * (MAX_BYTES + 1), f"must be at most {MAX_BYTES} bytes long"),
        (b"- " * 50_000, "must be"),
        (b"[" * 100_000, "must be nested at most 30 deep"),
        (b"a: " + b"{b: " * 40_000, "must be nested at most 30 deep"),
        (b"[" + b"1," * 90_000 + b"]", f"must have at most {MAX_NODES} values"),
        (b"? " * 60_000, "must be nested at most 30 deep"),
        (b'title: "\\ud800"\n', "must be printable text"),
        (b'title: "\\UFFFFFFFF"\n', "must be YAML"),
    ],
)
def test_hostile_files_are_refused_at_once(content: bytes, rule: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(content)
    found: list[Problem] = []
    # some 30 calls a byte of brackets; a parser that went back over what it has read would need
    # thousands
    assert effort(lambda: found.extend(problems(path))) <= 1000 + 60 * len(content)
    (problem,) = found
    assert problem.rule.startswith(rule)


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "base.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + BASE.read_bytes().replace(b"\n", b"\r\n"))
    assert load(path).digest == load(BASE).digest


def test_a_byte_that_is_not_utf_8_has_a_line(tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_bytes(b"a: 1\nb: 2\nc: \xe9\n")
    assert problems(path)[0].line == 3


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path)[0].given == "a directory"


def test_a_missing_file_brings_the_nearest_name(child: Child) -> None:
    path = child("", name="something")
    (problem,) = problems(path.with_name("somthing.yaml"))
    assert problem.rule == "must be a file that exists"
    assert problem.hint.startswith("did you mean something.yaml?")


def test_a_missing_folder_is_a_missing_file(tmp_path: Path) -> None:
    assert problems(tmp_path / "no" / "such.yaml")[0].rule == "must be a file that exists"


def test_problems_past_a_count_are_counted(child: Child) -> None:
    found = problems(child("".join(f"unknown_{i}: 1\n" for i in range(3000))))
    assert len(found) == 201
    assert found[-1].rule == "must have fewer problems: 2800 more are not listed"


def test_python_objects_become_nodes() -> None:
    node = from_python({"a": [1, 2.5, True, None, "1", 1e300]}, HERE)
    assert isinstance(node.value, dict)
    inner = node.value["a"].value
    assert isinstance(inner, list)
    assert [n.scalar for n in inner if isinstance(n, Node)] == [1, 2.5, True, None, "1", 1e300]


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, b"x", "a\x07", {"a": ["\x1b[0m"]}, {"\x07": 1}]
)
def test_other_python_objects_are_refused(value: object) -> None:
    with pytest.raises(Unreadable):
        from_python(value, HERE)


def test_a_python_object_that_holds_itself_is_refused() -> None:
    loop: list[object] = []
    loop.append(loop)
    with pytest.raises(Unreadable):
        from_python(loop, HERE)


TEXT = BASE.read_text(encoding="utf-8")
SCRAPS = st.sampled_from(
    [
        *"{}[]:,-#&*!|>'\"%@`?\n\t ~",
        "null",
        "true",
        ".nan",
        "1e999",
        "-1",
        "<<: ",
        "\n  ",
        "avaria",
        "dist",
        "value",
        "\x00",
        "\ud7ff",
        "é",
        "9" * 50,
    ]
)


@given(
    st.lists(
        st.tuples(st.integers(0, len(TEXT)), st.integers(0, 30), SCRAPS), min_size=1, max_size=4
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example([(0, len(TEXT), "- a")])
def test_a_mutated_file_loads_or_is_refused(
    tmp_path: Path, edits: list[tuple[int, int, str]]
) -> None:
    text = TEXT
    for at, cut, scrap in edits:
        text = text[:at] + scrap + text[at + cut :]
    path = tmp_path / "base.yaml"
    path.write_text(text, encoding="utf-8")
    found: list[Problem] = []
    try:
        load(path)
    except ScenarioError as error:
        found = error.problems or [Problem("nothing said", 0, 0, "", "")]
    assert {problem.file for problem in found} <= {str(path)}


@given(
    st.recursive(
        st.text(max_size=20) | st.integers() | st.booleans() | st.none(),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=8,
    )
)
@settings(max_examples=60)
def test_any_text_parses_or_is_unreadable(value: object) -> None:
    rule = "must be a tree"
    try:
        parse(f"a: {value}\nb: 1", HERE)
    except Unreadable as error:
        rule = error.problem.rule
    assert rule.startswith("must")


def test_a_long_list_of_misspelt_names_costs_no_more_hints_than_a_short_one(tmp_path: Path) -> None:
    path = tmp_path / "base.yaml"

    def work(names: int, word: str) -> int:
        sources = "".join(f"  some-long-source-name-{i:04d}: {{title: x}}\n" for i in range(names))
        events = "".join(
            f"  - {{date: 2030-02-20, actor: reds, action: attack, source: "
            f"some-long-{word}-name-{i:04d}}}\n"
            for i in range(names)
        )
        path.write_text(
            TEXT.replace("sources:\n", f"sources:\n{sources}").replace(
                "history:\n", f"history:\n{events}"
            ),
            encoding="utf-8",
        )
        return effort(lambda: load(path) if word == "source" else problems(path))

    def hints(names: int) -> int:
        return work(names, "sourse") - work(names, "source")

    assert hints(800) <= 1.2 * hints(400)


@pytest.mark.parametrize(
    ("text", "write"),
    [
        ("0120", "write 120: YAML 1.1 reads 0120 as 80"),
        ("-017", "write -17: YAML 1.1 reads -017 as -15"),
        ("00", "write 0: YAML 1.1 reads 00 as 0"),
        ("089", "write 89: no zero leads"),
        ("00.5", "write 0.5: no zero leads"),
        ("0_1", "write 1: YAML 1.1 reads 0_1 as 1"),
        ("0o17", "write 15"),
        ("0x1F", "write 31"),
        ("0b11", "write 3"),
        ("1_0", "write 10: underscores stand between groups of three digits"),
        ("10_00_000", "write 1000000: underscores stand between groups of three digits"),
        ("12:30:00", "YAML 1.1 reads it as 45000: write the number that you mean"),
        ("-1:30", "YAML 1.1 reads it as -90: write the number that you mean"),
        ("1e-400", "it is too small for a number of the machine: write 0"),
        ("\u0663", "write it with the digits 0 to 9"),
        ("\uff11\uff12", "write it with the digits 0 to 9"),
        ("70%", "write 70% as 0.7"),
        ("yes", ""),
        ("2026-02-27", ""),
        ("'12'", "write it without quotes"),
    ],
)
def test_what_others_take_for_another_number_is_none(text: str, write: str, child: Child) -> None:
    for field in ("states: {avaria: {armour: ", "states: {avaria: {armour: {value: "):
        found = problems(child(f"{field}{text}{'}' * field.count('{')}"))
        assert [(one.rule, one.hint) for one in found] == [("must be a number", write)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("600_000", 600000), ("1_000.5", 1000.5), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("+3", 3)],
)
def test_numbers_that_all_read_alike_are_read(text: str, value: float, child: Child) -> None:
    scenario = load(child(f"states: {{avaria: {{armour: {{value: {text}, assumed: x}}}}}}"))
    assert float(scenario.file.states["avaria"].armour) == value


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("0120", "write 120: YAML 1.1 reads 0120 as 80"),
        ("1e2", "write 100"),
        ("100.0", "write 100"),
        ("026 weeks", ""),
        ("\u0662 weeks", "write it with the digits 0 to 9"),
        ("1_0 days", ""),
    ],
)
def test_what_others_take_for_another_count_is_none(text: str, hint: str, child: Child) -> None:
    (problem,) = problems(child(f"horizon: {text}"))
    assert problem.rule.startswith("must be a whole number of days")
    assert problem.hint == hint


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        *(("yes", "true"), ("No", "false"), ("ON", "true"), ("y", "true"), ("0o17", "a number")),
        *(("12:30", "a number"), ("007", "a number"), ("1_0", "a number")),
    ],
)
def test_a_text_that_others_take_for_another_thing_is_warned_of(
    text: str, reads: str, child: Child
) -> None:
    warned = load(child(f"title: {text}")).warnings
    (found,) = [one for one in warned if one.path == "title"]
    assert (found.rule, found.given, found.line) == ("should be in quotes", text, 3)
    assert found.hint == f"read as this text; YAML 1.1 reads {reads}"
    assert not [one for one in load(child(f"title: '{text}'")).warnings if one.path == "title"]


def test_a_name_that_others_take_for_a_flag_is_warned_of(child: Child) -> None:
    warned = load(child("sources: {no: {title: Norway}}")).warnings
    assert [one.rule for one in warned if one.path == "sources.no"] == ["should be in quotes"]


def test_a_merge_key_is_refused_and_not_read_as_a_name() -> None:
    _, wrong = parse("a: &x {b: 1}\nc: {<<: *x}\nd: {'<<': 1}\n", HERE)
    assert [(p.line, p.path, p.rule) for p in wrong] == [(2, "c.<<", "must not be a merge key")]
