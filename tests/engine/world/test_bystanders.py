"""Nobody's draws depend on who else is in the file, or on what a relation is called."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import sim
from tests.engine.world.many import needs_compilation
from tests.engine.world.tiny import TINY, events, measures, replay, template

HOT = """\
groups:
  rebels: {base_rate: 1.5, fighters: {north_hill: 1_000, south_hill: 1_500}, assumed: invented}
relations:
  neighbours:
    views:
      north: {outrage: 1.5, assumed: invented}
      south: {outrage: 1.0, assumed: invented}
rules:
  commands: {fire_rate: 0.05, raid_rate: 0.02}
  bargaining: {openness: 1.5}
  militancy: {truce_offer: 0.2, truce_days: 5}
horizon: 40 days
"""

BYSTANDERS = {
    "state": """states:
  {}:
    {{personnel: 90_000, combat_aircraft: 200, nuclear: true, assumed: invented}}
""",
    "group": """groups:
  {}:
    assumed: invented
    enemy: south
    hosts: {{north: {{haven: 0.9, share: 0.9, assumed: invented}}}}
    base_rate: 0
    reference_strength: 100
    capacity: 100
""",
    "mediator": """mediators:
  {}:
    {{leverage: {{north: 0, south: 0}}, credibility: 1, patience: 0, assumed: invented}}
""",
}
SEEDS = (1, 2)


def hot(folder: Path, text: str, extra: str = "", heat: str = HOT) -> Any:
    """A template of the tiny world in which everything happens; `extra` extends its text."""
    (folder / "tiny.yaml").write_text(text, encoding="utf-8")
    (folder / "hot.yaml").write_text(f"id: hot\nextends: tiny.yaml\n{heat}", encoding="utf-8")
    (folder / "child.yaml").write_text(f"id: child\nextends: hot.yaml\n{extra}", encoding="utf-8")
    return template(path=folder / "child.yaml")


def history_without(
    of: Any, seed: int, without: str = ""
) -> tuple[list[dict[str, Any]], dict[str, float]]:
    """Events and measures of a replication, but those of one actor; groups by name."""
    story = replay(of, seed)
    rows = events(of, story)
    for row in rows:
        row["group"] = (
            of.groups[row["group"]]
            if row["kind"] in ("attack", "operation", "stance", "mode", "truce", "truce_end")
            else None
        )
    kept = [row for row in rows if without not in (row["actor"], row["target"], row["group"])]
    return kept, {
        name: value
        for name, value in measures(of, story.measures).items()
        if not without or without not in name
    }


def same(
    one: tuple[list[dict[str, Any]], dict[str, float]],
    other: tuple[list[dict[str, Any]], dict[str, float]],
) -> None:
    assert one[0] == other[0]
    assert one[1] == pytest.approx(other[1], rel=0, abs=0, nan_ok=True)


@pytest.fixture(scope="module")
def usual(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[int, tuple[list[dict[str, Any]], dict[str, float]]]:
    of = hot(tmp_path_factory.mktemp("usual"), TINY.read_text(encoding="utf-8"))
    return {seed: history_without(of, seed) for seed in SEEDS}


def test_everything_happens_in_the_hot_world(usual: dict[int, Any]) -> None:
    """The other tests here say nothing of what never happens."""
    kinds = {row["kind"] for rows, _ in usual.values() for row in rows}
    assert kinds >= {
        "act",
        "clash",
        "attack",
        "operation",
        "mode",
        "truce",
        "truce_end",
        "offer",
        "ceasefire",
        "close_crossings",
    }


@pytest.mark.parametrize("where", ["first", "last"])
@pytest.mark.parametrize("kind", BYSTANDERS)
def test_a_bystander_changes_nothing(
    kind: str, where: str, usual: dict[int, Any], tmp_path: Path
) -> None:
    # entities stand in the order of their names
    name = {"first": "a_bystander", "last": "z_bystander"}[where]
    of = hot(tmp_path, TINY.read_text(encoding="utf-8"), BYSTANDERS[kind].format(name))
    place = {"state": of.states, "group": of.groups, "mediator": of.mediators}[kind].index(name)
    assert place == 0 if where == "first" else place > 0
    for seed in SEEDS:
        same(history_without(of, seed, without=name), usual[seed])


def compared(folder: Path, extra: str) -> Any:
    """The hot world beside the same with an actor more, as a user compares them."""
    (folder / "tiny.yaml").write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "hot.yaml").write_text(f"id: hot\nextends: tiny.yaml\n{HOT}", encoding="utf-8")
    (folder / "child.yaml").write_text(f"id: child\nextends: hot.yaml\n{extra}", encoding="utf-8")
    return sim.compare(
        [sim.load(folder / "hot.yaml"), sim.load(folder / "child.yaml")], runs=100, seed=5, jobs=1
    )


@needs_compilation
@pytest.mark.parametrize("kind", BYSTANDERS)
def test_a_comparison_with_a_bystander_is_zero_throughout(kind: str, tmp_path: Path) -> None:
    answer = compared(tmp_path, BYSTANDERS[kind].format("bystander"))
    gaps = [
        row.differences["child"]
        for part in (answer.outcomes, answer.measures)
        for row in part.values()
        if "child" in row.differences
    ]
    assert len(gaps) > 50
    assert {(gap.value, gap.spread) for gap in gaps} == {(0.0, 0.0)}
    assert answer.as_json()["changed"] == {"child": 0.0}
    assert any(
        "no outcome changed in any of 100 replications, and every difference is exactly 0" in line
        for line in answer.verdicts
    )


@needs_compilation
def test_a_comparison_with_a_busy_group_is_not(tmp_path: Path) -> None:
    """The control."""
    block = (
        BYSTANDERS["group"]
        .format("busy")
        .replace(
            "base_rate: 0\n", "base_rate: 2\n    fighters: {north_hill: 500, south_hill: 100}\n"
        )
    )
    answer = compared(tmp_path, block)
    assert answer.as_json()["changed"]["child"] > 0
    assert not answer.comparison.no_difference("child")


def test_a_group_that_attacks_is_noticed(usual: dict[int, Any], tmp_path: Path) -> None:
    """The control: the comparison above can fail."""
    block = (
        BYSTANDERS["group"]
        .format("busy")
        .replace(
            "base_rate: 0\n", "base_rate: 2\n    fighters: {north_hill: 500, south_hill: 100}\n"
        )
    )
    of = hot(tmp_path, TINY.read_text(encoding="utf-8"), block)
    assert history_without(of, 1, without="busy")[1] != pytest.approx(
        usual[1][1], rel=0, abs=0, nan_ok=True
    )


@pytest.mark.parametrize(("old", "new"), [("ridge", "zenith"), ("neighbours", "allies")])
def test_a_new_name_of_a_border_or_relation_changes_nothing(
    old: str, new: str, usual: dict[int, Any], tmp_path: Path
) -> None:
    renamed = hot(
        tmp_path,
        *(
            text.replace(f"  {old}:", f"  {new}:")
            for text in (TINY.read_text(encoding="utf-8"), "", HOT)
        ),
    )
    assert new in (*renamed.borders, *renamed.relations)
    for seed in SEEDS:
        same(history_without(renamed, seed), usual[seed])
