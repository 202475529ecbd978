"""The pages of the studies in a browser: nothing asked for outside, nothing pale, nothing that sticks out on a phone, all reached by Tab."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import complaints, overflow, pale, unnamed, unreached
from conftest import NewPage

from .conftest import Call
from .test_studies import STUDIES, named

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", ["morris", "grid", "uncertainty", "discover"])
def test_a_page_has_no_faults(kind: str, call: Call, new_page: NewPage, tmp_path: Path) -> None:
    code, _, err = call(*named(STUDIES[kind]), "--seed", 3, "--out", "here")
    assert code == 0, err
    (file,) = (tmp_path / "here").glob("*.html")
    page = new_page(360, 640).open(file)
    assert complaints(page) + overflow(page) + pale(page) + unreached(page) + unnamed(page) == []
