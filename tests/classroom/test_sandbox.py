"""The page that holds the engine: what is in it, and that its numbers are those of the scenario."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from browser.sandboxes import page_file
from conftest import LONG_TESTS, ROOT
from page_policy import refused

from sim.classroom import sandbox
from sim.classroom.levers import free_range, handles
from sim.classroom.telling import frame
from sim.engine.world import build
from sim.ensemble.outcomes import classify
from sim.errors import ModelError, ScenarioError
from sim.scenario import Scenario, load
from sim.stats.difference import bonett_price
from sim.stats.shares import interval
from sim.words import words

SCENARIOS = sorted(path.stem for path in (ROOT / "scenarios").glob("*.yaml"))
NODE = shutil.which("node")
ADDRESS = re.compile(r"""(?:src|href|action)\s*=\s*["']?https?:|url\(\s*["']?https?:|@import""")
MOST = {"two_states": 1 << 20, "af_pk_2026": 2 << 20}


def scenario_of(name: str) -> Scenario:
    return load(ROOT / "scenarios" / f"{name}.yaml")


def content_of(name: str) -> Any:
    scenario = scenario_of(name)
    return sandbox.data(scenario, build(scenario), handles(scenario), 7, name, (), words())


@pytest.mark.compiled
@pytest.mark.parametrize("name", MOST)
def test_a_page_is_small_whole_and_asks_for_nothing(name: str) -> None:
    file = page_file("en", name)
    text = file.read_text(encoding="utf-8")
    assert file.stat().st_size < MOST[name]
    assert ADDRESS.findall(text) == []
    within = frame(scenario_of(name), 7, words())
    assert refused(text, frame=within, engine=True) == []


def test_a_policy_without_the_engine_is_noticed() -> None:
    assert "script-src lacks 'wasm-unsafe-eval'" in refused(
        "<meta http-equiv='Content-Security-Policy' content=\"default-src 'none'\">", engine=True
    )


def test_every_number_lies_on_its_slider() -> None:
    for one in content_of("af_pk_2026")["numbers"]:
        assert one["low"] <= one["value"] <= one["high"], one["path"]
        assert one["low"] < one["high"], one["path"]
        assert one.get("source") or one.get("assumed"), one["path"]


@pytest.mark.parametrize(
    ("value", "low", "high", "expected"),
    [
        (0.5, 0.0, 1.0, (0.0, 1.0)),
        (100.0, 0.0, 1e9, (0.0, 400.0)),
        (0.0, 0.0, 10.0, (0.0, 1.0)),
        (-2.0, None, None, (-8.0, 4.0)),
    ],
)
def test_a_free_number_moves_around_its_value(
    value: float, low: float | None, high: float | None, expected: tuple[float, float]
) -> None:
    assert free_range(value, low, high) == expected


def other_words(name: str, paths: list[str]) -> list[str]:
    """Numbers that, set to another value, change anything but their own word of the world."""
    scenario = scenario_of(name)
    before, found = build(scenario), []
    for path in paths:
        value = float(scenario.numbers()[path])
        for other in (0.9 * value + 0.013, 1.1 * value):
            if other == value:
                continue
            try:
                after = build(load(scenario.path, {path: other}))
            except ScenarioError:
                continue
            moved = np.flatnonzero(before.words != after.words).tolist()
            same = all(
                before.fixed[key].tobytes() == after.fixed[key].tobytes() for key in after.fixed
            )
            drawn = [one for one, *_ in before.uncertain if one != path]
            if (
                moved != [before.slots[path]]
                or not same
                or drawn != [p for p, *_ in after.uncertain]
            ):
                found.append(path)
            break
    return found


def test_a_lever_is_one_word_of_the_world() -> None:
    levers = [lever.path for lever in scenario_of("two_states").file.levers]
    assert other_words("two_states", levers) == []


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["two_states", "af_pk_2026"])
def test_every_number_is_one_word_of_the_world(name: str) -> None:
    scenario = scenario_of(name)
    slots = build(scenario).slots
    paths = [path for path in scenario.numbers() if path in slots]
    if not LONG_TESTS:  # one number of each kind: a field of a sort of actor, place or rule
        kinds = {(path.split(".")[0], path.split(".")[-1]): path for path in reversed(paths)}
        paths = list(kinds.values())
    assert other_words(name, paths) == []


def test_a_scenario_with_a_python_policy_has_no_page(tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text("class Own:\n    pass\n")
    text = (ROOT / "scenarios" / "two_states.yaml").read_text(encoding="utf-8")
    text = text.replace("id: two_states", "id: own_states", 1)
    file = tmp_path / "own_states.yaml"
    file.write_text(text, encoding="utf-8")
    scenario = load(file, {"states.westmark.policy": "own:Own"})
    with pytest.raises(ModelError, match=r"states\.westmark\.policy is a Python policy"):
        sandbox.data(scenario, build(scenario), [], 7, "own_states", (), words())


@pytest.mark.skipif(NODE is None, reason="Node.js is not installed")
def test_estimates_are_those_of_the_tables() -> None:
    scenario = scenario_of("two_states")
    names = [measure.name for measure in scenario.measures]
    rows = np.random.RandomState(3).randint(0, 9, (200, len(names))).astype(float)
    rows[:, names.index("first_ceasefire_day")] = np.nan
    values = dict(zip(names, rows.T, strict=True))
    ours = classify(values, len(rows), scenario.outcomes).tolist()
    content = content_of("two_states")
    code = """
    const {classify, wilson, pairedShares} = await import(process.argv[1]);
    const {rows, outcomes} = JSON.parse(require("fs").readFileSync(0, "utf8"));
    const clean = (row) => row.map((one) => one ?? NaN);
    console.log(JSON.stringify([
      rows.map((row) => outcomes[classify(clean(row), outcomes)]?.name ?? "other"),
      wilson(0.13, 400), pairedShares(31, 9, 400).range,
    ]));
    """
    given = json.dumps(
        {
            "rows": np.where(np.isnan(rows), None, rows).tolist(),
            "outcomes": content["outcomes"],
        }
    )
    module = ROOT / "sim" / "classroom" / "scripts" / "page" / "statistics.js"
    done = subprocess.run(
        [str(NODE), "--eval", f"(async () => {{{code}}})()", module.as_uri()],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    theirs, share, pairs = json.loads(done.stdout)
    assert len(set(ours)) > 3
    assert theirs == ours
    assert share == pytest.approx([float(one) for one in interval(0.13, 400)], rel=1e-12)
    assert pairs == pytest.approx(bonett_price(31, 9, 400), rel=1e-12)
