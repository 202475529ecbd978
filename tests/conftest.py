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
    from browser import Browser, Page

ROOT = Path(__file__).resolve().parents[1]

# the same examples on every run and machine, and no clock: a failure today is a failure tomorrow
settings.register_profile("repeatable", derandomize=True, deadline=None, database=None)
settings.load_profile("repeatable")

Python = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def python() -> Python:
    """Run code in a fresh interpreter that sees this checkout; `environ` adds to the environment (None removes)."""

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


class NewPage(Protocol):
    """Opens a window of the headless browser: see `browser.Browser.page`."""

    def __call__(
        self, width: int = 1280, height: int = 800, *, touch: bool = False, still: bool = True
    ) -> Page: ...


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One headless browser for all tests of a process, its network blocked."""
    from browser import NAMES, Browser, chromium

    if chromium() is None:
        pytest.skip(f"no Chromium on this machine (looked for {', '.join(NAMES)})")
    with Browser(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture
def new_page(chromium: Browser) -> Iterator[NewPage]:
    """Windows that are closed when the test is over."""
    pages: list[Page] = []

    def new(
        width: int = 1280, height: int = 800, *, touch: bool = False, still: bool = True
    ) -> Page:
        pages.append(chromium.page(width, height, touch=touch, still=still))
        return pages[-1]

    yield new
    for page in pages:
        page.close()
