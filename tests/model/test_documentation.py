"""docs/own_policy.md: what it shows is what is there, and it runs."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import ROOT

from sim.engine import replication
from sim.engine.jit import COMPILED
from sim.engine.world import build
from sim.model import Options, run_chunk
from sim.model.own import KINDS
from sim.scenario import load
from sim.vocabulary.ladder import Action

PAGE = (ROOT / "docs" / "own_policy.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "docs" / "examples" / "cautious.py"
RUNS, HORIZON = (20, 120) if COMPILED else (1, 15)


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.DOTALL)


@pytest.fixture
def lesson(folder: Path) -> Path:
    """The scenario of the page, with its class beside it."""
    (folder / "cautious.py").write_text(blocks("python")[0], encoding="utf-8")
    (folder / "cautious_westmark.yaml").write_text(blocks("yaml")[0], encoding="utf-8")
    return folder / "cautious_westmark.yaml"


def test_the_page_shows_the_example_as_it_is() -> None:
    assert blocks("python")[0] in EXAMPLE.read_text(encoding="utf-8")


def test_the_scenario_of_the_page_runs_and_is_more_cautious(lesson: Path) -> None:
    cautious = run_chunk(load(lesson, {"horizon": HORIZON}), 7, 0, RUNS, allow_python=True)
    usual = replication.run_chunk(
        build(load(lesson.parent / "two_states.yaml", {"horizon": HORIZON})), 7, 0, RUNS
    )
    column = [m.name for m in build(load(lesson)).measures].index("strikes_by_westmark")
    assert cautious.status.tolist() == [0] * RUNS
    assert cautious.measures[:, column].sum() < usual.measures[:, column].sum() or not COMPILED


def test_the_example_stays_one_rung_above_what_it_met(lesson: Path) -> None:
    from sim.model import EscalationModel

    model = EscalationModel(
        lesson, allow_python=True, seed=7, replication=3, from_release=True, collect="nothing"
    )
    state, rung = model.actor("states.westmark"), {action.word: action.rung for action in Action}
    chosen = 0
    while model.running and model.day < HORIZON:
        met = state.toward("eastmark").met_rung
        model.step()
        if state.choice is not None:
            chosen += 1
            # what it met may have risen since the morning, by a clash of the day
            assert rung[state.choice] <= max(met, 3) + 1
    assert chosen > 0


def test_the_session_of_the_page_runs(
    lesson: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(lesson.parent)
    names: dict[str, Any] = {}
    exec(blocks("python")[0], names)
    exec(blocks("python")[1], names)
    said = capsys.readouterr().out.splitlines()
    assert re.match(r"2000-07-10 \d", said[0])
    assert said[1].split() == ["day", "rung", "deaths", "interstate", "ceasefires"]


def test_the_override_of_the_page_names_the_example(folder: Path) -> None:
    name = re.search(r"--set (\S+)=(\S+) --allow-python", blocks("sh")[0])
    assert name is not None
    shutil.copy(EXAMPLE, folder)
    scenario = load(folder / "two_states.yaml", {name[1]: name[2], "horizon": 3})
    assert np.all(run_chunk(scenario, 0, 0, 1, allow_python=True).status == 0)


def test_every_kind_of_actor_is_in_the_table() -> None:
    rows = {
        (base, path)
        for base, path in re.findall(
            r"^\| `(\w+)` \| `(\w+\.<name>\.\w+)` \|", PAGE, flags=re.MULTILINE
        )
    }
    assert rows == {
        (cls.__name__, f"{table}.<name>.{policy}") for (table, policy), cls in KINDS.items()
    }


def test_everything_that_options_offer_is_in_the_table() -> None:
    public = {name for name in vars(Options) if not name.startswith("_")} - {"number"} | {
        "about",
        "draw",
        "default",
        "all",
    }
    assert {name for name in public if f"options.{name}" not in PAGE} == set()
