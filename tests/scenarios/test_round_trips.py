"""Each bundled file, and one with everything that a file may say, survives what commands do to it.

Resolved twice it is what it is resolved once, with the same digest and the same results, and it
differs from itself in nothing. That each fits the published schema and has the layout of `fmt`
stands in `tests/test_reference_pages.py` and `tests/scenario/test_layout.py`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
from conftest import BUNDLED

import sim
from sim.engine.jit import COMPILED
from sim.engine.replication import run_chunk
from sim.engine.world import build
from sim.scenario import Scenario, changes, load_text

BLOCKS = Path(__file__).parents[1] / "fuzz" / "seeds" / "blocks.yaml"
GIVEN = [*map(str, BUNDLED), str(BLOCKS), *(f"{BLOCKS}#{name}" for name in ("alone", "calm"))]
#: Replications of each form; the plain interpreter takes a second for one.
RUNS = 3

each = pytest.mark.parametrize("given", GIVEN, ids=lambda given: Path(given).stem)


@cache
def both(given: str) -> tuple[Scenario, Scenario]:
    """A scenario and what its resolved form is read as."""
    scenario = sim.load(given)
    return scenario, load_text(scenario.text)


@each
def test_resolved_twice_is_resolved_once(given: str) -> None:
    scenario, again = both(given)
    assert (again.text, again.digest) == (scenario.text, scenario.digest)


@each
def test_it_differs_from_itself_and_its_resolved_form_in_nothing(given: str) -> None:
    scenario, again = both(given)
    assert changes(scenario.file, scenario.file) == []
    assert changes(scenario.file, again.file) == []


@pytest.mark.skipif(not COMPILED, reason="some sixty replications")
@each
def test_both_forms_have_the_same_results(given: str) -> None:
    ways = [run_chunk(build(one), 7, 0, RUNS) for one in both(given)]
    assert not ways[0].status.any()
    for name in ("measures", "rung", "deaths", "interstate"):
        assert np.array_equal(getattr(ways[0], name), getattr(ways[1], name), equal_nan=True), name
