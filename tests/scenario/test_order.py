"""The order of a file decides nothing: any order of any mapping or set gives the same bytes."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import BUNDLED, ROOT
from ruamel.yaml import YAML

import sim
from scenario.conftest import BASE
from sim.engine.world import build
from sim.ensemble.manifest import MANIFEST
from sim.scenario import Scenario, canonical, from_tree, load
from sim.scenario import __dict__ as reader
from sim.scenario.permutation import orders, reverse_at
from sim.scenario.reading import Node
from sim.scenario.resolve import ROOT as WHOLE
from sim.scenario.resolve import Gathering, below, gather

EACH = pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
#: mappings at once: those of a number (unit, source, ...), which are read by their keys alone
NUMBERS = "numbers"


def read(gathering: Gathering, root: Node, path: Path) -> Scenario:
    return from_tree(replace(gathering, root=root), path, path.stem)


def walk(root: Node, name: str) -> Iterator[tuple[str, Node]]:
    """Key and node of each step of a dotted path; a key may have dots itself, as a path has."""
    node, rest = root, name
    while rest:
        inner: Any = node.value
        if isinstance(inner, list):
            inner = {str(k): child for k, child in enumerate(inner)}
        key = next(key for key in inner if f"{rest}.".startswith(f"{key}."))
        node, rest = inner[key], rest[len(key) + 1 :]
        yield key, node


def is_number(root: Node, path: str) -> bool:
    """Whether a dotted path is that of a number."""
    spec: Any = WHOLE
    for key, _ in walk(root, path):
        spec = spec.item if spec.form == "list" else below(spec, key)
        if spec is None:
            return True
    return bool(spec.form == "number")


def own(gathering: Gathering, path: Path) -> list[str]:
    """What is in some order in this file itself; what it extends is tried with the other file."""
    found = []
    for name in orders(gathering.root):
        node = [gathering.root, *(node for _, node in walk(gathering.root, name))][-1]
        if name == "" or node.place.origin == path.name:
            found.append(name)
    return found


@EACH
def test_each_mapping_and_set_alone_in_the_opposite_order(path: Path) -> None:
    gathering = gather(path)
    usual = load(path)
    names = own(gathering, path)
    assert len(names) > 3
    ways = [[name] for name in names if not is_number(gathering.root, name)]
    for way in [*ways, [name for name in names if is_number(gathering.root, name)]]:
        other = read(gathering, reverse_at(gathering.root, way), path)
        assert other.text == usual.text, way
        assert other.warnings == () == usual.warnings


def same_worlds(one: Scenario, other: Scenario) -> bool:
    """Whether two scenarios begin in the same world, to the bit."""
    a, b = build(one), build(other)
    tables = all(np.array_equal(a.fixed[name], b.fixed[name]) for name in a.fixed)
    return tables and np.array_equal(a.words, b.words) and a.measures == b.measures


def shuffle(value: Any, draws: random.Random) -> Any:
    """A YAML tree with every mapping in an order by chance, and the lists of names in it too."""
    if isinstance(value, dict):
        keys = list(value)
        draws.shuffle(keys)
        return {key: shuffle(value[key], draws) for key in keys}
    return [shuffle(item, draws) for item in value] if isinstance(value, list) else value


def shuffle_files(folder: Path, seed: int) -> None:
    """All bundled files in a folder, shuffled; their sets of dated things too."""
    draws, yaml = random.Random(seed), YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.width = False, 100_000  # in others it breaks long keys
    for path in BUNDLED:
        tree = shuffle(yaml.load(path.read_text(encoding="utf-8")), draws)
        for name in ("history", "interventions"):
            draws.shuffle(tree.get(name, []))
        with (folder / path.name).open("w", encoding="utf-8") as file:
            yaml.dump(tree, file)


@pytest.fixture(scope="module")
def other_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shuffled")
    shuffle_files(folder, 4)
    return folder


@EACH
def test_all_mappings_at_once_in_an_order_by_chance(path: Path, other_files: Path) -> None:
    # a list in braces is written by another hand, so a date may lose its quotes: only the order
    # differs, and every number, word and digest is the same
    usual, other = load(path), load(other_files / path.name)
    assert other.text == usual.text
    assert other.digest == usual.digest
    assert same_worlds(usual, other)


@pytest.mark.compiled
@EACH
def test_a_results_folder_is_the_same_bytes(path: Path, other_files: Path, tmp_path: Path) -> None:
    for name, file in (("one", path), ("other", other_files / path.name)):
        sim.run(load(file), runs=3, seed=7, jobs=1, out=tmp_path / name)
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*.*"))
    assert {Path("runs.csv"), Path("series.parquet"), Path("resolved.yaml")} <= set(files)
    for name in files:
        one, other = ((tmp_path / side / name).read_bytes() for side in ("one", "other"))
        if name.name == MANIFEST:
            # when it was run is no result
            one, other = (json.dumps(_timeless(json.loads(text))).encode() for text in (one, other))
        assert one == other, name


def _timeless(manifest: dict[str, Any]) -> dict[str, Any]:
    return {
        key: value
        for key, value in manifest.items()
        if not any(word in key for word in ("time", "seconds", "created", "started", "command"))
    }


def test_every_feature_of_the_language_in_another_order() -> None:
    gathering = gather(BASE)
    names = list(orders(gathering.root))
    assert {"", "states", "history", "interventions", "relations.river.between"} <= set(names)
    assert "sectors.port.neighbours" not in names  # a single one
    assert "outcomes" not in names
    assert "levers" not in names
    other = read(gathering, reverse_at(gathering.root, names), BASE)
    assert other.text == load(BASE).text


def test_the_order_of_outcomes_has_a_meaning(tmp_path: Path) -> None:
    """The control: a list in another order is another scenario."""
    shutil.copy(BASE, tmp_path)
    turned = {"outcomes": [{"quiet": {"first_raid_day": {"never": True}}}, {"war": {}}]}
    one = load(tmp_path / "base.yaml", turned | {"expect": []})
    other = load(tmp_path / "base.yaml", {"outcomes": turned["outcomes"][::-1], "expect": []})
    assert list(one.outcomes) == ["quiet", "war"]
    assert list(other.outcomes) == ["war", "quiet"]
    assert one.digest != other.digest


def test_without_the_canonical_order_a_file_would_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the rules add up in the order of the file, so the order has to be made."""
    path = ROOT / "scenarios" / "two_states.yaml"
    gathering = gather(path)
    monkeypatch.setitem(reader, "in_canonical_order", lambda file: file)
    one = from_tree(gathering, path, path.stem)
    names = [name for name in orders(gathering.root) if name == "sectors"]
    other = read(gathering, reverse_at(gathering.root, names), path)
    assert one.digest != other.digest
    assert not same_worlds(one, other)
    assert canonical.in_canonical_order(one.file) is not one.file


SAME_DAY = """\
history:
  - {date: 2030-02-20, actor: avaria, action: ceasefire, target: borduria, assumed: x}
  - {date: 2030-02-20, actor: avaria, action: limited_strike, target: borduria, assumed: x}
  - {date: 2030-02-20, actor: reds, action: attack, sectors: [port, delta], assumed: x}
  - {date: 2030-02-20, actor: reds, action: attack, kind: base, sectors: [delta], assumed: x}
"""


def test_a_day_is_played_in_an_order_of_its_own(tmp_path: Path) -> None:
    """Attacks before acts, acts before ceasefires, whatever stands first in the file."""
    shutil.copy(BASE, tmp_path)
    path = tmp_path / "day.yaml"
    path.write_text(f"id: day\nextends: base.yaml\n{SAME_DAY}", encoding="utf-8")
    usual = load(path)
    actions = [event.action for event in usual.file.history]
    assert actions == ["attack", "attack", "limited_strike", "ceasefire"]
    gathering = gather(path)
    assert read(gathering, reverse_at(gathering.root, ["history"]), path).text == usual.text


def test_another_event_of_the_day_moves_no_draw_of_an_event(tmp_path: Path) -> None:
    shutil.copy(BASE, tmp_path)
    lines = SAME_DAY.splitlines()
    numbers = []
    for kept in (lines, [*lines[:3], *lines[4:]]):
        path = tmp_path / "day.yaml"
        path.write_text("id: day\nextends: base.yaml\n" + "\n".join(kept), encoding="utf-8")
        script = build(load(path)).fixed["script"]
        numbers.append({int(row["kind"]): int(row["draws"]) for row in script})
    assert numbers[0].keys() == numbers[1].keys()
    assert len(set(numbers[0].values())) == len(numbers[0])
    assert numbers[0] == numbers[1]


def test_two_events_that_are_alike_have_draws_of_their_own(tmp_path: Path) -> None:
    shutil.copy(BASE, tmp_path)
    path = tmp_path / "twice.yaml"
    line = "  - {date: 2030-02-20, actor: reds, action: attack, sectors: [delta], assumed: x}\n"
    path.write_text(f"id: twice\nextends: base.yaml\nhistory:\n{line}{line}", encoding="utf-8")
    script = build(load(path)).fixed["script"]
    # the two, and the intervention of the base
    assert len(script) == len(set(script["draws"].tolist())) == 3


@pytest.mark.parametrize(
    ("table", "old", "new"), [("borders", "ford", "a_bridge"), ("relations", "river", "zone")]
)
def test_a_new_name_of_what_joins_two_moves_no_row(
    table: str, old: str, new: str, tmp_path: Path
) -> None:
    text = BASE.read_text(encoding="utf-8")
    (tmp_path / "base.yaml").write_text(
        text.replace(f"  {old}:\n", f"  {new}:\n"), encoding="utf-8"
    )
    one, other = build(load(BASE)), build(load(tmp_path / "base.yaml"))
    assert np.array_equal(one.words, other.words)
    assert getattr(other, table) == (new,)


def test_outcomes_as_a_mapping_are_read_and_remarked_on(tmp_path: Path) -> None:
    shutil.copy(BASE, tmp_path)
    text = "id: old\nextends: base.yaml\noutcomes: ~\nexpect: []\n"
    path = tmp_path / "old.yaml"
    path.write_text(text, encoding="utf-8")
    assert load(path).warnings == ()
    text = BASE.read_text(encoding="utf-8").replace("id: base", "id: old")
    for name in ("war", "quiet", "between"):
        text = text.replace(f"  - {name}:", f"  {name}:")
    path.write_text(text, encoding="utf-8")
    (warning,) = load(path).warnings
    assert (warning.path, warning.rule.split(",")[0]) == ("outcomes", "should be a list")
    assert load(path).outcomes == load(BASE).outcomes
