"""The pages of the studies on a telephone: no request, no barrier, every control within reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.checks import faults, unreached
from browser.chromium import TELEPHONE
from conftest import OpenPage

from .conftest import Call
from .test_studies import STUDIES, named

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", ["morris", "grid", "uncertainty", "discover"])
def test_a_page_has_no_faults(kind: str, call: Call, open_page: OpenPage, tmp_path: Path) -> None:
    code, _, err = call(*named(STUDIES[kind]), "--seed", 3, "--out", "here")
    assert code == 0, err
    (file,) = (tmp_path / "here").glob("*.html")
    page = open_page(file, TELEPHONE)
    assert faults(page) + unreached(page) == []
