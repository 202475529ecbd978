"""The notebooks of the docs run, and what they show is what comes out today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.notebooks.execute import NOTEBOOKS, execute, read, texts


@pytest.mark.compiled
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_shows_what_comes_out(path: Path) -> None:
    kept = texts(read(path))
    assert any(kept), "it was never executed"
    assert texts(execute(path)) == kept, "python -m tests.notebooks.rewrite"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_names_no_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"/(?:home|root|tmp|work|Users)/", text) == []
    assert "not a forecast" in text
