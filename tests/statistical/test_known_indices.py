"""Indices of Morris and Sobol on the function of Ishigami and Homma (1990), where known."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.studies.sensitivity.salib import MORRIS, SOBOL, Analysis, Blocks, analyse, sample

pytestmark = pytest.mark.statistical

A, B = 7.0, 0.1
PATHS = ["first", "second", "third"]
_V1 = 0.5 * (1 + B * math.pi**4 / 5) ** 2
_V2 = A**2 / 8
_V13 = B**2 * math.pi**8 * (1 / 18 - 1 / 50)
_V = _V1 + _V2 + _V13
FIRST = {"first": _V1 / _V, "second": _V2 / _V, "third": 0.0}
TOTAL = {"first": (_V1 + _V13) / _V, "second": _V2 / _V, "third": _V13 / _V}


def ishigami(shares: np.ndarray) -> np.ndarray:
    x = -math.pi + 2 * math.pi * shares
    return np.sin(x[:, 0]) + A * np.sin(x[:, 1]) ** 2 + B * x[:, 2] ** 4 * np.sin(x[:, 0])


def twice(values: np.ndarray) -> np.ndarray:
    """Two replications of a function without chance."""
    return np.repeat(values[:, None], 2, axis=1)


def sobol(count: int = 4096, seed: int = 3) -> tuple[Blocks, Analysis]:
    blocks = sample(SOBOL, PATHS, count, seed)
    return blocks, analyse(blocks, PATHS, twice(ishigami(blocks.shares)))


def test_sobol_finds_the_known_indices() -> None:
    _, found = sobol()
    for index, known in (("first", FIRST), ("total", TOTAL)):
        for path in PATHS:
            got = getattr(found.indices[path], index)
            # 1.5 half-widths of a 95 % interval are three standard errors
            half = max(got.high - got.value, got.value - got.low)
            assert abs(got.value - known[path]) < 1.5 * half + 1e-3, (index, path)
            assert half < 0.06


def test_sobol_rejects_the_indices_of_another_function() -> None:
    """Negative control: with a = 4 the second input would matter far less."""
    v2 = 4.0**2 / 8
    wrong = v2 / (_V1 + v2 + _V13)
    _, found = sobol()
    got = found.indices["second"].first
    assert abs(got.value - wrong) > 5 * got.halfwidth


def test_intervals_cover_the_known_indices() -> None:
    hits = [
        f.indices[p].first.low <= FIRST[p] <= f.indices[p].first.high
        for f in (sobol(256, seed)[1] for seed in range(40))
        for p in PATHS
    ]
    assert np.mean(hits) > 0.9


def test_morris_finds_what_is_known_of_the_function() -> None:
    blocks = sample(MORRIS, PATHS, 400, 3)
    found = analyse(blocks, PATHS, twice(ishigami(blocks.shares))).indices
    # on the grid of four levels sin² of x2 is 0 or 3/4, so that each step of the second input is 7
    # x 3/4, and 3/2 of it a range
    assert found["second"].mu_star.value == pytest.approx(7 * 0.75 * 1.5)
    assert abs(found["second"].mu.value) < 0.15 * found["second"].mu_star.value
    # the first always rises with the sine of the grid, the third acts through the first alone
    assert found["first"].mu.value == pytest.approx(found["first"].mu_star.value)
    assert found["third"].sigma.value > found["third"].mu_star.value


def test_an_input_without_effect_has_none() -> None:
    for method in (MORRIS, SOBOL):
        blocks = sample(method, [*PATHS, "dead"], 64, 3)
        found = analyse(blocks, [*PATHS, "dead"], twice(ishigami(blocks.shares))).indices
        assert found["dead"].main.value == pytest.approx(0, abs=1e-12)
        assert found["first"].main.value > 0.1
