"""A small complete scenario, `gallery/base.yaml`, and ways to write others upon it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import Problem, ScenarioError
from sim.scenario import Scenario, load

GALLERY = Path(__file__).parent / "gallery"
BASE = GALLERY / "base.yaml"

Child = Callable[..., Path]


@pytest.fixture(scope="session")
def base() -> Scenario:
    return load(BASE)


@pytest.fixture
def child(tmp_path: Path) -> Child:
    """Write a file that extends the base, in a folder of its own."""
    shutil.copy(BASE, tmp_path)

    def write(text: str, name: str = "child", extends: str = "base.yaml") -> Path:
        path = tmp_path / f"{name}.yaml"
        path.write_text(f"id: {name}\nextends: {extends}\n{text}", encoding="utf-8")
        return path

    return write


def problems(path: Path, overrides: dict[str, object] | None = None) -> list[Problem]:
    """What is wrong with a file."""
    with pytest.raises(ScenarioError) as caught:
        load(path, overrides or {})
    return caught.value.problems
