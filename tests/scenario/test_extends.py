"""Files that extend files: what the child wins, what null removes, where things came from."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from scenario.conftest import BASE, Child, problems
from sim.scenario import Scenario, load
from sim.scenario.source import MAX_BYTES


def test_the_child_wins_key_by_key(child: Child, base: Scenario) -> None:
    file = load(child("states: {avaria: {personnel: {value: 5, assumed: x}}}")).file
    assert float(file.states["avaria"].personnel) == 5
    assert file.states["avaria"].combat_aircraft == base.file.states["avaria"].combat_aircraft
    assert list(file.states) == ["avaria", "borduria"]


def test_a_number_is_replaced_whole(child: Child) -> None:
    made = load(
        child("states: {avaria: {personnel: 5, resolve: {value: 0.2, assumed: x}}}")
    ).file.states["avaria"]
    assert (made.personnel.source, made.personnel.note) == (None, None)
    assert made.resolve.dist is None


def test_a_list_is_replaced_whole(child: Child) -> None:
    assert len(load(child("history: []")).file.history) == 0
    assert len(load(child("expect: [{measure: deaths, between: [0, 1]}]")).file.expect) == 1


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        (
            "mediators: {cantona: null}\nhistory: []\ninterventions: []\nlevers: []",
            lambda s: "cantona" not in s.file.mediators,
        ),
        ("outcomes: null\nexpect: null", lambda s: "war, not over" in s.outcomes),
        ("rules: null", lambda s: s.file.rules.feelings.outrage_life.default),
        ("states: {avaria: {resolve: null}}", lambda s: s.file.states["avaria"].resolve.default),
        ("borders: {ford: {crossing: ~}}", lambda s: s.file.borders["ford"].crossing is None),
    ],
)
def test_null_removes_what_is_inherited(child: Child, text: str, gone: object) -> None:
    assert gone(load(child(text)))  # type: ignore[operator]


def test_a_removed_field_that_must_be_given_is_missed(child: Child) -> None:
    (problem,) = problems(child("states: {avaria: {personnel: null}}"))
    assert (problem.path, problem.rule) == ("states.avaria.personnel", "must be given")


def test_chains_are_followed_and_the_last_child_wins(child: Child) -> None:
    child("horizon: 50\noutcome_window: 20", name="middle")
    scenario = load(child("horizon: 60", name="last", extends="middle.yaml"))
    assert (scenario.horizon, scenario.file.outcome_window) == (60, 20)


def test_a_problem_points_to_the_file_it_stands_in(child: Child) -> None:
    child("states:\n  avaria:\n    resolve: 3", name="middle")
    path = child("horizon: 0", name="last", extends="middle.yaml")
    assert [(Path(p.file).name, p.line, p.column) for p in problems(path)] == [
        ("last.yaml", 3, 10),
        ("middle.yaml", 5, 14),
    ]


def test_a_number_knows_the_file_it_came_from(child: Child) -> None:
    numbers = load(child("states: {avaria: {resolve: {value: 0.2, assumed: x}}}")).numbers()
    assert numbers["states.avaria.resolve"].file == "child.yaml"
    assert numbers["states.avaria.personnel"].file == "base.yaml"
    assert numbers["states.avaria.armour"].file == "default"


def test_the_source_of_a_block_covers_its_own_file_only(child: Child) -> None:
    scenario = load(
        child(
            "sectors: {port: {population: 7}, delta: {garrison: 90, assumed: guess}, hills: "
            "{population: 8, source: gazette}}"
        )
    )
    numbers = {
        path: (number.source, number.assumed)
        for path, number in scenario.numbers().items()
        if path.startswith("sectors")
    }
    assert numbers == {
        "sectors.port.population": (None, None),
        "sectors.port.garrison": ("atlas-2029", None),
        "sectors.delta.population": ("atlas-2029", None),
        "sectors.delta.garrison": (None, "guess"),
        "sectors.hills.population": ("gazette", None),
        "sectors.hills.garrison": ("atlas-2029", None),
    }
    assert [w.path for w in scenario.warnings] == ["sectors.port.population"]


def test_files_below_the_folder_may_be_extended(child: Child, tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "base.yaml").rename(tmp_path / "parts" / "base.yaml")
    scenario = load(child("", extends="parts/base.yaml"))
    assert scenario.numbers()["states.avaria.personnel"].file == "parts/base.yaml"


def test_a_link_out_of_the_folder_is_refused(child: Child, tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    os.symlink(tmp_path / "base.yaml", inside / "link.yaml")
    path = inside / "child.yaml"
    path.write_text("id: child\nextends: link.yaml\n", encoding="utf-8")
    assert problems(path)[0].rule.startswith("extends: must stay inside the scenario's folder")


def test_a_long_chain_is_refused(child: Child) -> None:
    for i in range(12):
        child("", name=f"link{i}", extends=f"link{i + 1}.yaml")
    assert (
        problems(child("", extends="link0.yaml"))[0].rule
        == "extends: must be a chain of at most 10 files"
    )


def test_a_file_with_a_wrong_byte_is_named_though_another_extends_it(
    child: Child, tmp_path: Path
) -> None:
    (tmp_path / "middle.yaml").write_bytes(b"\xff")
    assert Path(problems(child("", extends="middle.yaml"))[0].file).name == "middle.yaml"


def test_the_digest_does_not_hang_on_the_folder(
    child: Child, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = child("horizon: 9\ninterventions: null")
    digest = load(path).digest
    moved = tmp_path.rename(tmp_path.with_name("elsewhere"))
    assert load(moved / "child.yaml").digest == digest
    monkeypatch.chdir(moved)
    assert load("child.yaml").digest == digest
    assert load(Path("..") / "elsewhere" / "child.yaml").digest == digest


def unreadable(kind: str, folder: Path) -> str:
    """Put something that is no scenario file into a folder; gives its name."""
    path = folder / "odd.yaml"
    if kind == "a circle of links":
        path.symlink_to(path)
    elif kind == "a circle of two links":
        path.symlink_to(folder / "other.yaml")
        (folder / "other.yaml").symlink_to(path)
    elif kind == "a link to nothing":
        path.symlink_to(folder / "nothing.yaml")
    elif kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a socket":
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(os.path.relpath(path))
    elif kind == "a long name":
        return "a" * 300 + ".yaml"
    elif kind == "a name below a file":
        return "base.yaml/odd.yaml"
    elif kind == "not UTF-8":
        path.write_bytes(b"title: caf\xe9\n")
    elif kind == "too long":
        path.write_bytes(b"# " + b"x" * MAX_BYTES)
    elif kind == "no mapping":
        path.write_text("- 1\n")
    return path.name


KINDS = {
    "a circle of links": "must be readable, got Too many levels of symbolic links",
    "a circle of two links": "must be readable, got Too many levels of symbolic links",
    "a link to nothing": "must be a file that exists",
    "a folder": "must be a file, got a directory",
    "a pipe": "must be a regular file",
    "a socket": "must be a regular file",
    "a long name": "must be ",
    "a name below a file": "must be a file that exists",
    "not UTF-8": "must be UTF-8 text",
    "too long": "must be at most",
    "no mapping": "must be a mapping of fields",
}


@pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and sockets of POSIX")
@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_refused_as_a_base_and_as_a_scenario(
    kind: str, child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = child("")
    monkeypatch.chdir(path.parent)
    name = unreadable(kind, path.parent)
    (problem,) = problems(child("", extends=name))
    assert KINDS[kind] in str(problem)
    (problem,) = problems(path.parent / name)
    assert KINDS[kind] in str(problem)


def test_a_file_that_may_not_be_read_is_refused(
    child: Child, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = child("")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", refuse)
    (problem,) = problems(path)
    assert (problem.rule, problem.given) == ("must be readable", "Permission denied")


def test_a_bundled_scenario_is_extended_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("id: mine\nextends: two_states\nhorizon: 30\n", encoding="utf-8")
    scenario = load(path)
    assert scenario.horizon == 30
    assert scenario.numbers()["states.westmark.personnel"].file == "two_states.yaml"
    (tmp_path / "resolved.yaml").write_text(scenario.resolved_text(), encoding="utf-8")
    assert load(tmp_path / "resolved.yaml").digest == scenario.digest


def test_a_name_that_is_no_bundled_scenario_has_near_names(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("id: mine\nextends: two_state\n", encoding="utf-8")
    (problem,) = problems(path)
    assert "did you mean two_states?" in problem.hint


@pytest.mark.parametrize("inside", [True, False])
def test_a_file_beside_may_be_extended_below_the_folder_of_work(
    inside: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ours", "theirs", "elsewhere"):
        (tmp_path / name).mkdir()
    shutil.copy(BASE, tmp_path / "theirs")
    path = tmp_path / "ours" / "mine.yaml"
    path.write_text("id: mine\nextends: ../theirs/base.yaml\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path if inside else tmp_path / "elsewhere")
    if inside:
        assert load(path).numbers()["states.avaria.personnel"].file == "../theirs/base.yaml"
    else:
        assert problems(path)[0].rule.startswith("extends: must stay inside the scenario's folder")


ACTORS = [
    (path, f"{table}.{name}")
    for path in sorted((ROOT / "scenarios").glob("*.yaml"))
    for table in ("states", "groups", "mediators")
    for name in getattr(load(path).file, table)
]


@pytest.mark.parametrize(("path", "actor"), ACTORS, ids=lambda one: getattr(one, "stem", one))
def test_an_actor_is_removed_with_all_that_is_said_about_it(path: Path, actor: str) -> None:
    whole, left = load(path), load(path, {actor: None})
    table, name = actor.split(".")
    assert name not in getattr(left.file, table)
    parties = {(e.actor, e.target, e.group) for e in left.file.history}
    assert not any(name in party for party in parties)
    assert {m.name for m in left.measures} <= {m.name for m in whole.measures}
    assert left.file.rules == whole.file.rules


def test_what_the_file_itself_says_of_a_removed_actor_is_refused(child: Child) -> None:
    text = (
        "groups: {reds: null}\nlevers: [{path: groups.reds.base_rate, label: x, low: 0, high: 1}]"
    )
    assert any(problem.path == "levers.0.path" for problem in problems(child(text)))
