"""The files that CONTRIBUTING and README name are there."""

from __future__ import annotations

import re

import pytest
from conftest import ROOT


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md", "docs/design.md", "docs/odd.md"])
def test_every_file_that_a_page_names_is_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`((?:sim|tests|docs|bench|calibration|scenarios)/[\w./-]*)`", text))
    assert named
    assert sorted(name for name in named if not (ROOT / name).exists()) == []
