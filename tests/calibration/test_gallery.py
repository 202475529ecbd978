"""The gallery shows every bundled scenario, and its numbers are those of today."""

from __future__ import annotations

import re

import pytest
from conftest import BUNDLED, ROOT

from calibration import gallery
from sim.scenario import load

DOCS = ROOT / "docs"
PAGE = (DOCS / "gallery.md").read_text(encoding="utf-8")
SHOWN = dict(re.findall(r"^`(\w+)`, \d+ days, digest (\w+)\.", PAGE, re.MULTILINE))
RUNS, SEED = map(int, re.findall(r"^(\d+) replications each, seed (\d+)\.", PAGE, re.MULTILINE)[0])


def test_every_bundled_scenario_has_its_section_and_picture() -> None:
    assert sorted(SHOWN) == sorted(path.stem for path in BUNDLED)
    pictures = {path.stem for path in (DOCS / gallery.FOLDER).glob("*.svg")}
    assert pictures == SHOWN.keys() | {"rungs"}


def test_the_page_is_of_the_scenarios_as_they_stand() -> None:
    digests = {path.stem: load(path).digest[:12] for path in BUNDLED}
    assert digests == SHOWN, "python -m calibration gallery --seed 7"


@pytest.mark.compiled
def test_its_shares_are_those_that_come_out() -> None:
    (path,) = (path for path in BUNDLED if path.stem == "two_states")
    (one,) = gallery.exhibits([path], RUNS, SEED, None)
    assert gallery.section(one) in PAGE, "python -m calibration gallery --seed 7"
