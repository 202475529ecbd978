"""The page docs/paper.md shows what the program says today, and its Python works."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import sim
from sim.cli import main
from sim.ensemble.reopen import reopen
from sim.words import words

PAGE = (Path(__file__).parents[2] / "docs" / "paper.md").read_text(encoding="utf-8")
BEFORE, TYPES, TREE = (
    block.splitlines() for block in re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
)
pytestmark = pytest.mark.compiled


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the first command of the section leaves."""
    return tmp_path_factory.mktemp("page") / "turns"


def test_the_page_shows_what_comes_out(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    section = PAGE[PAGE.index("## Before and after an event") :]
    block = re.search(r"```sh\n(.*?)```", section, re.DOTALL)
    assert block is not None
    for command in block[1].splitlines():
        typed = [str(folder) if word == "results/turns" else word for word in shlex.split(command)]
        more = ["--no-report"] if "run" in typed else []
        assert main([*typed[2:], *more]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line for line in shown if line in BEFORE] == BEFORE
    ensemble, said = reopen(folder), words()
    types, tree = sim.typology(ensemble), sim.outcome_tree(ensemble)
    assert types is not None
    assert tree is not None
    assert [types.see(said), *types.sentences(said)] == TYPES
    assert [tree.see(said), *tree.sentences(said)] == TREE


def test_the_python_of_the_page_works() -> None:
    section = PAGE[PAGE.index("## The same in Python") :]
    block = re.search(r"```python\n(.*?)```", section, re.DOTALL)
    assert block is not None
    names: dict[str, object] = {}
    exec(block[1].replace("runs=400", "runs=160"), names)
    assert names["study"].event == "strike"  # type: ignore[attr-defined]
