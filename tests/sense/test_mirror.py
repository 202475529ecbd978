"""Two identical states that change places, names and random draws change their results too."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pytest

from sim.engine.jit import COMPILED
from sim.engine.replication import run_chunk
from sim.engine.world import build
from sim.scenario import Scenario, load

MIRROR = Path(__file__).with_name("mirror.yaml")
RUNS = 300 if COMPILED else 3


def in_other_rows(scenario: Scenario) -> Scenario:
    """The scenario in the order that the other names would have, so that rows change places.

    A scenario that is read has the order of its names, whatever the order of its file.
    """
    file = scenario.file
    tables = {
        name: dict(sorted(getattr(file, name).items(), key=lambda entry: swap(entry[0])))
        for name in ("states", "groups", "mediators", "sectors")
    }
    joined = {
        table: {
            name: attrs.evolve(one, **{field: sorted(getattr(one, field), key=swap)})
            for name, one in getattr(file, table).items()
        }
        for table, field in (("relations", "between"), ("borders", "sectors"))
    }
    return replace(scenario, file=attrs.evolve(file, **tables, **joined))


def results(scenario: Scenario) -> tuple[dict[str, np.ndarray], Any, Any]:
    of = build(scenario)
    chunk = run_chunk(of, 5, 0, RUNS)
    assert not chunk.status.any()
    return {m.name: chunk.measures[:, n] for n, m in enumerate(of.measures)}, chunk, of


def swap(text: str) -> str:
    """The text with the two names exchanged wherever they stand."""
    return re.sub("alef|beth", lambda found: {"alef": "beth", "beth": "alef"}[found[0]], text)


def border_turned(text: str) -> str:
    """The same border, its two sectors in the other order."""
    one, other = "sectors: [alef_hill, beth_hill]", "sectors: [beth_hill, alef_hill]"
    assert (one in text) != (other in text)
    return text.replace(one, other) if one in text else text.replace(other, one)


def other_world(folder: Path, text: str) -> Scenario:
    (folder / "mirror.yaml").write_text(text, encoding="utf-8")
    return load(folder / "mirror.yaml")


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any]:
    """The world as it is, and with the two states in each other's place; the border stays."""
    turned = other_world(
        tmp_path_factory.mktemp("mirror"), swap(MIRROR.read_text(encoding="utf-8"))
    )
    return results(load(MIRROR)), results(in_other_rows(turned))


def test_the_seats_are_exchanged(both: tuple[Any, Any]) -> None:
    assert both[0][2].states == ("alef", "beth")
    assert both[1][2].states == ("beth", "alef")
    assert both[0][2].groups == both[1][2].groups[::-1]


def test_exchanged_states_have_each_others_results(both: tuple[Any, Any]) -> None:
    (one, chunk, of), (other, mirrored, _) = both
    assert one.keys() == other.keys()
    for measure in of.measures:
        # sums over sectors run in the order of the file: real numbers may differ in their last
        # digit, whole ones may not
        tolerance = 0 if measure.whole else 1e-12
        np.testing.assert_allclose(
            one[measure.name], other[measure.name], rtol=tolerance, atol=0, err_msg=measure.name
        )
    for series in ("rung", "deaths", "interstate"):
        assert np.array_equal(getattr(chunk, series), getattr(mirrored, series))


def test_the_order_of_the_sectors_of_a_border_is_no_matter(
    both: tuple[Any, Any], tmp_path: Path
) -> None:
    turned = results(other_world(tmp_path, border_turned(MIRROR.read_text(encoding="utf-8"))))[0]
    for name, values in both[0][0].items():
        assert np.array_equal(values, turned[name], equal_nan=True), name


def test_two_identical_states_differ_within_a_replication(both: tuple[Any, Any]) -> None:
    """The control: the two are not simply equal in every replication."""
    one = both[0][0]
    for name in ("deaths_{}_security", "attacks_foes_of_{}"):
        assert not np.array_equal(one[name.format("alef")], one[name.format("beth")])


@pytest.mark.compiled
def test_neither_of_two_identical_states_is_favoured(both: tuple[Any, Any]) -> None:
    """Over many replications the difference between the two is chance alone."""
    one = both[0][0]
    for name in (
        "deaths_{}_security",
        "deaths_{}_civilian",
        "strikes_by_{}",
        "raids_by_{}",
        "attacks_foes_of_{}",
        "collapses_by_{}",
        "claimed_by_{}",
    ):
        gap = one[name.format("alef")] - one[name.format("beth")]
        assert abs(gap.mean()) < 4 * gap.std(ddof=1) / np.sqrt(RUNS), name
