"""The audit: quiet on a sound scenario, and it finds what is planted."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import COSTLY, LONG_TESTS, ROOT

from sim.engine.jit import COMPILED
from sim.engine.replication import run_chunk
from sim.engine.world import build
from sim.errors import ModelError
from sim.replication.mirror import mirror_of
from sim.scenario import load
from sim.studies.audit.activity import Activity
from sim.studies.audit.audit import audit
from sim.studies.audit.effects import Baseline, Number, numbers_of, with_number
from sim.studies.audit.findings import ACTION, ACTOR, LABEL, MEASURE, MIRROR, NUMBER, ORDER, OUTCOME
from sim.studies.audit.known_reasons import readers

TINY = ROOT / "tests" / "engine" / "world" / "tiny.yaml"
TWO, THREE = ROOT / "scenarios" / "two_states.yaml", ROOT / "scenarios" / "three_states.yaml"
FEW = ("rules.clash.defence_*", "states.*.overshoot", "rules.feelings.discharge")
compiled = pytest.mark.compiled

#: what is planted in a copy of the rules: file, text there, text in its place
PLANTED = {
    "bias": (
        "engine/rules/state_choice.py",
        "if not attends(world, i, j):",
        "if i == 0 or not attends(world, i, j):",
    ),
    "label": (
        "engine/world/first_day.py",
        "nuclear=state.nuclear,",
        'nuclear=state.nuclear or name == "north",',
    ),
    "order": (
        "scenario/canonical.py",
        "names = value if spec.ordered else sorted(value)",
        "names = list(value)",
    ),
    "dead": (
        "engine/rules/feelings.py",
        "1.0 - r.feelings_discharge * world.actions[action].spent",
        "1.0 - world.actions[action].spent + 0.0 * r.feelings_discharge",
    ),
    "unread": (
        "engine/rules/feelings.py",
        "r.feelings_discharge * world.actions[action].spent",
        "world.actions[action].spent",
    ),
}


def planted(folder: Path, name: str, *words: str) -> dict[str, Any]:
    """What an audit by a copy of the rules with something planted in it finds."""
    shutil.copytree(ROOT / "sim", folder / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    file, old, new = PLANTED[name]
    path = folder / "sim" / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    command = [
        sys.executable,
        "-c",
        "import sys; from sim.cli import main; sys.exit(main())",
        "audit",
        str(TINY),
        "--format",
        "json",
        "--runs",
        "6",
        "--jobs",
        "1",
        *words,
    ]
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(folder)}
    done = subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=folder, check=False
    )
    assert not done.stderr
    found = dict(json.loads(done.stdout))
    assert done.returncode == (1 if found["faults"] else 0)
    return found


def faults(found: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in found["findings"] if one["fault"]]


def test_a_planted_bias_is_found_and_where_it_begins(tmp_path: Path) -> None:
    only = (
        "--set",
        "states.north.resolve=0.5",
        "--set",
        "relations.neighbours.views.north.grievance=1.2",
        "--only",
        "states.north.overshoot",
    )
    found = faults(planted(tmp_path, "bias", *only))
    assert [one["part"] for one in found] == [MIRROR]
    assert "do not mirror" in found[0]["says"]
    assert "diverges on day" in found[0]["why"]


def test_a_planted_look_at_a_label_is_found(tmp_path: Path) -> None:
    found = faults(planted(tmp_path, "label", "--only", "states.north.overshoot"))
    assert [one["part"] for one in found] == [MIRROR]


@pytest.mark.parametrize(
    ("name", "why", "fault"),
    [
        ("dead", "read in engine/rules/feelings.py, but", False),
        ("unread", "no rule reads it", True),
    ],
)
def test_a_planted_dead_number_is_found(tmp_path: Path, name: str, why: str, fault: bool) -> None:
    """What no rule reads is a fault; what one reads may work in rarer histories."""
    war = (
        "--set",
        "relations.neighbours.views.north.grievance=1.2",
        "--set",
        "states.north.resolve=0.9",
        "--only",
        "rules.feelings.discharge",
    )
    answer = planted(tmp_path, name, *war)
    (found,) = (one for one in answer["findings"] if one["part"] == NUMBER)
    assert (found["about"], found["fault"]) == ("rules.feelings.discharge", fault)
    assert found["why"].startswith(why)
    assert answer["faults"] == fault


@compiled
def test_a_planted_order_is_found(tmp_path: Path) -> None:
    """A reader that keeps the order of the file: every result then hangs on it."""
    answer = planted(tmp_path, "order", "--only", "rules.feelings.discharge")
    found = {one["about"]: one for one in answer["findings"] if one["part"] == ORDER}
    assert {"all", "half", "sectors"} <= found.keys()
    assert all(one["fault"] for one in found.values())
    assert "events in" in found["sectors"]["says"]


#: What is switched off, so that many numbers come to nothing, for reasons that are known.
OFF = {
    "aircraft": {f"states.{one}.combat_aircraft": 0 for one in ("westmark", "eastmark")},
    "war": {f"states.{one}.policy": "restrain" for one in ("westmark", "eastmark")},
    "days": {"horizon": 3, "outcome_window": 1, "outcomes": {"any": {}}, "expect": []},
}


@compiled
@pytest.mark.parametrize("off", OFF)
def test_what_cannot_come_up_is_a_remark_and_not_a_fault(off: str) -> None:
    few = ("rules.strike.*", "rules.crossings.*", "rules.ceasefire.*", "borders.*", "*war*")
    found = audit(load(TWO, OFF[off]), runs=6, seed=1, only=few)
    assert found.faults == []
    assert len(found.of(NUMBER)) > 3


@compiled
@pytest.mark.parametrize("path", [TWO, THREE] if LONG_TESTS else [TWO], ids=lambda path: path.stem)
def test_a_sound_scenario_has_no_fault(path: Path) -> None:
    found = audit(load(path), runs=200, seed=1)
    assert [one.as_json() for one in found.faults] == []
    assert found.numbers == len(numbers_of(load(path), build(load(path))))
    # every number without effect has a reason that was looked up
    assert all(one.why for one in found.of(NUMBER))


@compiled
@pytest.mark.parametrize("path", COSTLY, ids=lambda path: path.stem)
def test_every_bundled_scenario_mirrors_to_the_bit(path: Path) -> None:
    scenario = load(path)
    first, *others = scenario.file.states
    for other in others:
        turned = mirror_of(scenario, first, other)
        ours, theirs = (
            run_chunk(turned.template, 3, 0, 30),
            run_chunk(turned.mirror, 3, 0, 30, turned.draw_inputs(3, 0, 30)),
        )
        assert (
            ours.measures.tobytes()
            == np.ascontiguousarray(theirs.measures[:, turned.columns]).tobytes()
        )
        assert ours.rung.tobytes() == theirs.rung.tobytes()
        assert turned.first_divergence(3, 0) is None
        # a mirror that changed nothing would prove nothing
        assert turned.mirror.words.tobytes() != turned.template.words.tobytes()


@compiled
def test_labels_alone_change_no_distribution_and_something_that_looks_at_them_does() -> None:
    found = audit(load(TWO), runs=500, seed=1, only=FEW)
    assert not found.of(LABEL)
    # the negative control: the sides' numbers stay where they are, so that the labels seem to
    # matter
    from sim.studies.audit.labels import other_distributions

    turned = mirror_of(load(TWO), "westmark", "eastmark", move_draws=False)
    ours = run_chunk(turned.template, 1, 0, 500)
    assert other_distributions(ours, run_chunk(turned.template, 2, 0, 500), turned)


@compiled
def test_remarks_on_what_never_happens() -> None:
    quiet = {
        "mediators.lakeland.leverage.westmark": 0,
        "mediators.lakeland.leverage.eastmark": 0,
        "states.eastmark.policy": "restrain",
    }
    found = audit(load(TWO, quiet), runs=60, seed=1, only=FEW)
    assert not found.faults
    assert {one.about for one in found.of(ACTOR)} >= {"lakeland"}
    assert ("nuclear_signal", "no state has nuclear weapons") in {
        (one.about, one.as_json()["why"]) for one in found.of(ACTION)
    }
    assert "war, settled" in {one.about for one in found.of(OUTCOME)}
    assert "offers" in {one.about for one in found.of(MEASURE)}


def test_no_actor_or_action_is_called_idle_that_is_not() -> None:
    scenario = load(TWO if COMPILED else TINY)
    acting = Activity(scenario, build(scenario), 1, 10 if COMPILED else 2)
    group = next(iter(scenario.file.groups))
    assert acting.took(group, "attack")
    assert group not in acting.idle()


def test_values_tried_lie_in_the_range() -> None:
    scenario = load(TINY)
    for number in numbers_of(scenario, build(scenario)):
        others = list(number.others())
        assert others, number.path
        assert all(number.low <= value <= number.high and value != number.value for value in others)


def test_a_number_has_an_effect_or_not() -> None:
    scenario = load(TINY, {"horizon": 6, "outcome_window": 3})
    beside = Baseline(build(scenario), 1, 6)
    rate, alpha = (
        Number("groups.rebels.base_rate", 0.5, 0.0, 50.0),
        Number("groups.rebels.severity.alpha", 2.4, 1.5, 6.0),
    )
    assert beside.shows(rate)
    assert not beside.shows(alpha)
    with ThreadPoolExecutor(1) as pool:
        assert beside.idle([rate, alpha], pool) == [alpha]


def test_a_number_that_matters_late_is_found_among_those_that_never_do() -> None:
    scenario = load(TINY, {"horizon": 6, "outcome_window": 3})
    beside, numbers = (
        Baseline(build(scenario), 1, 6),
        {n.path: n for n in numbers_of(scenario, build(scenario))},
    )
    never = [
        numbers[f"rules.clash.defence_{terrain}"]
        for terrain in ("plain", "desert", "urban", "mountain")
    ]
    rate = numbers["groups.rebels.base_rate"]
    assert beside.late([*never[:3], rate, never[3]], 0) == {rate.path}
    assert beside.late(never, 0) == set()


def test_moving_a_number_takes_its_uncertainty_away() -> None:
    scenario = load(
        TINY, {"states.north.resolve": "{dist: uniform, low: 0.2, high: 0.9, assumed: test}"}
    )
    template = build(scenario)
    other = with_number(template, "states.north.resolve", 0.3)
    assert [path for path, _, _ in other.uncertain] == []
    assert other.words.view(np.float64)[template.slots["states.north.resolve"]] == 0.3


def test_the_readers_of_a_number() -> None:
    template = build(load(TINY))
    assert readers(template, "rules.clash.retake") == ["engine/rules/clash.py"]


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(
        ModelError, match=r"only: must match the path of a number, got states\.nobody"
    ):
        audit(load(TINY), runs=1, seed=1, only=["states.nobody"])
    own = load(TINY, {"states.north.policy": "tests.model.conftest:Nothing"})
    with pytest.raises(ModelError, match=r"states\.north\.policy is a Python class"):
        audit(own, runs=1, seed=1)
