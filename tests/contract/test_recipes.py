"""The recipes of README, section "Adding to it", followed on a copy of the tree.

Each recipe is done with all of its steps, then with each step left out: that has to fail with a
text that names what is missing. The number of files is the one that README states.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import LONG_TESTS, ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
STATED = {kind: int(n) for kind, n in re.findall(r"\*\*An? (\w+)\*\* \((\d+) files\)", README)}


class Edit(NamedTuple):
    """One insertion of a recipe: the file, the line that it follows, the text.

    `missing` is what is said if this step alone is left out.
    """

    file: str
    after: str
    text: str
    missing: str


class Recipe(NamedTuple):
    """The steps, and the calls that have to work once all are done."""

    edits: tuple[Edit, ...]
    trials: tuple[tuple[str, ...], ...]


PROMISES = "from pathlib import Path; from tests.contract import promises as p; "
SHORT = ("--set", "horizon=20", "--set", "outcome_window=5")
PLAN = ("--set", "states.westmark.policy=scripted")
STRIKES = "states.westmark.plan=[{day: 1, action: drone_strike, against: eastmark}]"
RAIDS = "states.westmark.plan=[{day: 1, action: raid, against: eastmark}]"
TRACE = ("run_sim.py", "trace", "two_states", "--seed", "7", *SHORT)
EXPLAIN = ("run_sim.py", "explain", "two_states", "--seed", "7", *SHORT)
READERS = "tests/engine/rules/test_every_number_is_read.py"

DRONES = """    DRONE_STRIKE = (
        Rung.LIMITED_STRIKES, Domain.AIR, Posture.ONCE, 0.00, Fight.NONE, Aim.MILITANTS, 1.0,
        Tally.NONE, 0.7, 0.60, 0.30, 0.40, 0.80, 0.250, 0.94, 0.55,
    )
"""
BOLDEST = '''

@njit
def boldest(world, table, question):
    """Always the highest available option."""
    choice = 0
    for a in range(question.options):
        if table.available[a] > 0.0:
            choice = a
    certain(table, question.options, choice)
'''
BOLDEST_TEST = """

def test_the_boldest_takes_the_highest_available_option() -> None:
    assert Policy.of("boldest").function == "simple.boldest"
"""


def words_of_boldest(language: str, text: str) -> Iterator[Edit]:
    """What the new policy does in one language."""
    file = f"sim/words/{language}/vocabulary.yaml"
    line = f"  boldest: {text}\n"
    yield Edit(
        file, "policies:\n", line, f"{language}/vocabulary.yaml: policies.boldest: must have"
    )


def words_of_drones(language: str, act: str, noun: str) -> Iterator[Edit]:
    """The words of the new action in one language: what it does, its posture, its option."""
    file = f"sim/words/{language}/vocabulary.yaml"
    for section, text in (("acts", act), ("postures", noun), ("options", noun)):
        yield Edit(file, f"{section}:\n", f"  drone_strike: {text}\n", "drone_strike")


def words_of_closed_days(language: str, text: str) -> Iterator[Edit]:
    """The words of the new measure in one language: its name, and what it counts."""
    file = f"sim/words/{language}/vocabulary.yaml"
    for section in ("measures", "meanings"):
        key = f"{section}.closed_relation_days"
        line = f"  closed_relation_days: {text}\n"
        yield Edit(file, f"{section}:\n", line, f"{language}/vocabulary.yaml: {key}: must have")


RECIPES = {
    "policy": Recipe(
        (
            Edit("sim/engine/policies/simple.py", "", BOLDEST, "boldest"),
            Edit(
                "sim/vocabulary/policies.py",
                '    RANDOM = "simple.uniform", False, Attention.NOW_AND_THEN, False, True\n',
                '    BOLDEST = "simple.boldest", False, Attention.NOW_AND_THEN, False, False\n',
                "states.westmark.policy: must be one of",
            ),
            *words_of_boldest("en", "Always takes the highest option that it has."),
            *words_of_boldest("fr", "Prend toujours l’option la plus haute qu’elle a."),
            Edit(
                "tests/engine/policies/test_simple.py",
                "",
                BOLDEST_TEST,
                "the policy boldest has no test",
            ),
        ),
        (
            ("run_sim.py", "check", "two_states", "--set", "states.westmark.policy=boldest"),
            (*TRACE, "--set", "states.westmark.policy=boldest"),
            ("-c", PROMISES + "found = p.policies_without_a_test(Path()); assert not found, found"),
        ),
    ),
    "action": Recipe(
        (
            Edit(
                "sim/vocabulary/ladder.py",
                "Tally.LIMITED_STRIKE, 0.7, 0.60, 0.32, 0.40, 0.80, 0.250, 0.94, 0.55,\n    )\n",
                DRONES,
                "drone_strike",
            ),
            *words_of_drones("en", "strikes militant targets with drones", "drone strike"),
            *words_of_drones("fr", "frappe des groupes armés par drones", "frappe de drones"),
        ),
        (
            ("run_sim.py", "check", "two_states", *PLAN, "--set", STRIKES),
            (*TRACE, *PLAN, "--set", STRIKES),
            (*EXPLAIN, *PLAN, "--set", STRIKES, "--day", "1", "--actor", "westmark"),
        ),
    ),
    "measure": Recipe(
        (
            Edit(
                "sim/vocabulary/measures.py",
                '    _tally("trade_lost", "million USD", whole=False),\n',
                '    _tally("closed_relation_days", "days"),\n',
                "closed_relation_days",
            ),
            Edit(
                "sim/engine/rules/crossings.py",
                "        t.closure_days += share\n",
                "        t.closed_relation_days += 1.0\n",
                "no rule counts the measure closed_relation_days",
            ),
            *words_of_closed_days("en", "relation-days of closure"),
            *words_of_closed_days("fr", "jours-relations de fermeture"),
        ),
        (
            ("run_sim.py", "check", "two_states"),
            ("-c", PROMISES + "found = p.measures_without_a_rule(Path()); assert not found, found"),
            (*TRACE, *PLAN, "--set", RAIDS),
        ),
    ),
    "number": Recipe(
        (
            Edit(
                "sim/scenario/schema/rules/crossings.py",
                '    """Precision of choice."""\n',
                '    patience: Number = number(1.0, unit="factor", low=0, high=10, assumed=OURS)\n'
                '    """Factor on the days that a crossing counts as closed."""\n',
                "crossings_patience",
            ),
            Edit(
                "sim/engine/rules/crossings.py",
                "        d.closed_days += 1.0\n",
                "        d.closed_days += r.crossings_patience - 1.0\n",
                "nothing reads crossings_patience",
            ),
        ),
        (
            ("run_sim.py", "check", "two_states"),
            (*TRACE, *PLAN, "--set", RAIDS),
            ("-m", "pytest", "-q", "-p", "no:cacheprovider", READERS, "-k", "patience or inertia"),
        ),
    ),
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of what the recipes touch and run."""
    skip = shutil.ignore_patterns("__pycache__", "node_modules", "golden", "browser")
    for name in ("sim", "scenarios", "tests", "run_sim.py", "pyproject.toml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=skip)
        else:
            shutil.copy(source, tmp_path / name)
    return tmp_path


def apply(tree: Path, edits: tuple[Edit, ...]) -> None:
    for edit in edits:
        path = tree / edit.file
        text = path.read_text(encoding="utf-8")
        assert text.count(edit.after) >= 1, f"{edit.file} has no line {edit.after!r}"
        at = text.index(edit.after) + len(edit.after) if edit.after else len(text)
        path.write_text(text[:at] + edit.text + text[at:], encoding="utf-8")


def first_failure(tree: Path, recipe: Recipe) -> str | None:
    """What the first trial that fails says; None if all work."""
    environment = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(tree)}
    for trial in recipe.trials:
        done = subprocess.run(
            [sys.executable, *trial], cwd=tree, env=environment, capture_output=True, text=True
        )
        if done.returncode:
            return done.stdout + done.stderr
    return None


def test_every_recipe_states_its_number_of_files() -> None:
    counts = {kind: len({edit.file for edit in one.edits}) for kind, one in RECIPES.items()}
    assert {kind: STATED.get(kind) for kind in counts} == counts


@pytest.mark.parametrize("kind", RECIPES)
def test_a_recipe_works(kind: str, tree: Path) -> None:
    apply(tree, RECIPES[kind].edits)
    assert first_failure(tree, RECIPES[kind]) is None


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("kind", "step"),
    [
        (kind, n)
        for kind, one in RECIPES.items()
        for n in range(len(one.edits) if LONG_TESTS else 2)
    ],
)
def test_a_step_that_is_left_out_is_named(kind: str, step: int, tree: Path) -> None:
    recipe = RECIPES[kind]
    apply(tree, tuple(edit for n, edit in enumerate(recipe.edits) if n != step))
    failure = first_failure(tree, recipe)
    assert failure is not None
    assert recipe.edits[step].missing in failure
