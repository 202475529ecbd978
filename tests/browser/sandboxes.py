"""Pages with the engine inside, made once, and what a test does with one."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest
from playwright.sync_api import Page

import sim
from sim.classroom import engine_image, sandbox
from sim.classroom.levers import handles
from sim.classroom.telling import frame
from sim.engine.world import build
from sim.errors import ModelError
from sim.scenario import load, localise
from sim.words import words

SEED = 7
PATIENCE = 60  # seconds
SANDBOX = "#hide=bet&step=sandbox"  # of an address: everything at once


@cache
def page_file(language: str = "en", name: str = "two_states") -> Path:
    """A page; without a linker the test is skipped."""
    scenario, said = localise(load(sim.scenarios() / f"{name}.yaml"), words(language))
    template = build(scenario)
    content = sandbox.data(scenario, template, handles(scenario), SEED, name, (), said)
    try:
        cargo = engine_image.cargo(template, SEED, frame(scenario, SEED, said))
    except ModelError as error:
        pytest.skip(str(error))
    file = Path(mkdtemp()) / f"{name}_{language}.html"
    file.write_text(sandbox.text(scenario, content, cargo, said), encoding="utf-8")
    return file


def until(page: Page, expression: str, patience: float = PATIENCE) -> None:
    """Wait until an expression holds; the page's policy forbids Playwright's own way."""
    end = time.monotonic() + patience
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"never came: {expression}"
        page.wait_for_timeout(20)


def ready(page: Page, worlds: int = 100) -> None:
    """Wait until so many worlds are computed."""
    until(page, f"window.sandbox !== undefined && window.sandbox.nBase() >= {worlds}")
