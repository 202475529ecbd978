"""The page docs/compare.md shows what the command says today."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from tests.engine.world.many import needs_compilation

from .conftest import Call

PAGE = (Path(__file__).parents[2] / "docs" / "compare.md").read_text(encoding="utf-8")


@needs_compilation
@pytest.mark.nightly
def test_the_example_of_the_page_is_true_today(engine_call: Call) -> None:
    command, *_ = re.findall(r"^python run_sim.py (compare .*)$", PAGE, re.MULTILINE)
    (block,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    said = engine_call(*shlex.split(command))
    assert said.code == 0, said.err
    printed = [line.rstrip() for line in said.out.splitlines()]
    shown = [line.rstrip() for line in block.splitlines() if line.strip()]
    assert len(shown) > 8
    assert [line for line in shown if line not in printed] == []
