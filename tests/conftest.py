"""What every test can use: the project's root, and a fresh interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from browser.chromium import View
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
#: Every bundled scenario, by name: for what is cheap (reading, resolving, orders, reported lines).
BUNDLED = sorted((ROOT / "scenarios").rglob("*.yaml"), key=lambda path: path.stem)
#: Those that are run in full where that is costly: the lessons and the founding case, and of the
#: historical cases, which differ in numbers alone, one with groups on both sides and one without.
COSTLY = [
    path
    for path in BUNDLED
    if path.stem.startswith("af_pk_")
    or path.stem in ("two_states", "three_states", "iran_pakistan_2024", "thailand_cambodia_2025")
]

#: The first lesson with own actions that are options of their own.
OWN_OPTIONS = ROOT / "tests" / "own_options.yaml"

#: `make nightly` takes its time: whole samples where CI takes a part of each.
LONG_TESTS = bool(os.environ.get("LONG_TESTS"))

# the same examples on every run and machine, and no clock: a failure today is a failure tomorrow
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")

# tests of single rules read the engine uncompiled in any session (tests/README.md says how)
INTERPRETED = tuple(
    ROOT / "tests" / folder
    for folder in (
        "engine/chance",
        "engine/day",
        "engine/policies",
        "engine/rules",
        "engine/world",
        "stories",
    )
)

Python = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give each test the markers that follow from where it lies and from what else it is."""
    switch = os.environ.get("NUMBA_DISABLE_JIT", "0")
    for item in items:
        if item.get_closest_marker("statistical"):
            item.add_marker(pytest.mark.nightly)
        if item.get_closest_marker("compiled"):
            if switch not in ("", "0"):
                item.add_marker(pytest.mark.skip(reason="compilation is off"))
        elif any(item.path.is_relative_to(folder) for folder in INTERPRETED):
            item.add_marker(pytest.mark.interpreted)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def python() -> Python:
    """Run code in a fresh interpreter that sees this checkout.

    `environ` adds to the environment (None removes).
    """

    def run(
        code: str,
        *,
        path: Path = ROOT,
        environ: dict[str, str | None] | None = None,
        check: bool = True,
    ) -> subprocess.CompletedProcess[str]:
        merged = os.environ | {"PYTHONPATH": str(path)} | (environ or {})
        clean = {name: value for name, value in merged.items() if value is not None}
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            env=clean,
            cwd=path,
            timeout=300,
        )
        assert not check or done.returncode == 0, done.stderr
        return done

    return run


class OpenPage(Protocol):
    """Open a file in a window of the browser; the test fails if the page complains."""

    def __call__(
        self, file: Path, view: View | None = None, *, fragment: str = "", still: bool = True
    ) -> Page: ...


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for all tests of a process."""
    from browser.chromium import NAMES, launch, program

    if program() is None:
        pytest.skip(f"no Chromium on this machine (looked for {', '.join(NAMES)})")
    with launch() as browser:
        yield browser


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Empty windows, see `browser.chromium.new_page`; they are closed when the test is over."""
    from browser.chromium import new_page

    pages: list[Page] = []

    def new(*view: View, still: bool = True) -> Page:
        pages.append(new_page(chromium, *view, still=still))
        return pages[-1]

    yield new
    for page in pages:
        page.context.close()


@pytest.fixture
def open_page(new_page: Callable[..., Page]) -> Iterator[OpenPage]:
    """Pages that must not complain: an error in the console fails the test that opened them."""
    from browser.chromium import DESK, complaints

    pages: list[Page] = []

    def open_file(
        file: Path, view: View | None = None, *, fragment: str = "", still: bool = True
    ) -> Page:
        page = new_page(view or DESK, still=still)
        page.goto(file.resolve().as_uri() + fragment)
        pages.append(page)
        return page

    yield open_file
    assert [complaint for page in pages for complaint in complaints(page)] == []
