"""How far the elementary functions are from the truth, which is mpmath's with 160 bits."""

from __future__ import annotations

import math
from collections.abc import Iterable

import mpmath
import numpy as np
import pytest
from conftest import LONG_TESTS

from tests.engine.elementary.arguments import EDGES, KINDS, edges, random_arguments
from tests.engine.world.plain import plain

elementary = plain("sim.engine.elementary")

SHORT, LONG = 20_000, 1_000_000 if LONG_TESTS else 100_000
TRUTH = {name: getattr(mpmath, name) for name in ("exp", "log", "log10", "cos")} | {
    "pow": mpmath.power
}
#: what each docstring promises, in units in the last place; more where the result is subnormal
PROMISED = {"exp": 0.51, "log": 0.52, "log10": 0.51, "pow": 0.51, "cos": 0.8}
SUBNORMAL = 0.8
NORMAL = 2.0**-1022
Rows = Iterable[tuple[float, ...]]


@pytest.fixture(autouse=True)
def _bits() -> Iterable[None]:
    with mpmath.workprec(160):
        yield


def ulps(value: float, truth: mpmath.mpf) -> float:
    """How many units in the last place a value is off."""
    nearest = float(truth)
    if value == nearest or math.isinf(nearest) or math.isinf(value):
        return 0.0 if value == nearest else math.inf
    return float(abs(mpmath.mpf(value) - truth) / math.ulp(nearest))


def excess(name: str, rows: Rows) -> list[tuple[tuple[float, ...], float]]:
    """The arguments at which a function is further off than it promises, and by how much."""
    function, truth, found = getattr(elementary, name), TRUTH[name], []
    for row in rows:
        value = function(*row)
        true = truth(*map(mpmath.mpf, row))
        off = ulps(float(value), true)
        if off > (PROMISED[name] if abs(value) >= NORMAL else SUBNORMAL):
            found.append((row, off))
    return found


def hold(name: str, count: int) -> None:
    for kind, columns in random_arguments(name, count):
        rows = zip(*(column.tolist() for column in columns), strict=True)
        assert not excess(name, rows), kind


@pytest.mark.parametrize("name", KINDS)
def test_it_is_as_close_as_it_says(name: str) -> None:
    hold(name, SHORT)


@pytest.mark.nightly
@pytest.mark.parametrize("name", KINDS)
def test_it_is_as_close_as_it_says_on_many_arguments(name: str) -> None:
    hold(name, LONG)


def has_value(name: str, row: tuple[float, ...]) -> bool:
    """Whether a function has a finite true value at finite arguments, without special cases."""
    if not all(map(math.isfinite, row)):
        return False
    if name in ("log", "log10", "pow") and row[0] <= 0.0:
        return False
    if name == "pow":  # mpmath would take long over a number of 2^80 digits
        return abs(row[1] * math.log(row[0])) < 745.0
    if name == "exp":
        return abs(row[0]) < 746.0
    return name != "cos" or abs(row[0]) <= 2.0**19


@pytest.mark.parametrize("name", KINDS)
def test_edges_are_as_close(name: str) -> None:
    rows = zip(*map(np.ndarray.tolist, edges(name)), strict=True)
    rows = [row for row in rows if has_value(name, row)]
    assert len(rows) >= 10
    assert not excess(name, rows)


def test_one_unit_off_is_found() -> None:
    truth = mpmath.exp(1)
    right = float(truth)
    assert ulps(right, truth) == 0.0
    assert 0.5 <= ulps(math.nextafter(right, 3.0), truth) <= 1.5
    assert ulps(math.inf, truth) == math.inf


SPECIAL = [
    *[("exp", (x,), value) for x, value in ((0.0, 1.0), (-0.0, 1.0), (math.inf, math.inf))],
    *[("exp", (x,), value) for x, value in ((-math.inf, 0.0), (1e308, math.inf), (-1e308, 0.0))],
    *[("exp", (x,), value) for x, value in ((710.0, math.inf), (-745.2, 0.0))],
    *[
        (name, (x,), value)
        for name in ("log", "log10")
        for x, value in (
            *((0.0, -math.inf), (-0.0, -math.inf), (math.inf, math.inf), (1.0, 0.0)),
            *((-1.0, math.nan), (-math.inf, math.nan), (-5e-324, math.nan)),
        )
    ],
    *[("log10", (float(f"1e{k}"),), float(k)) for k in range(23)],
    *[("cos", (x,), value) for x, value in ((0.0, 1.0), (-0.0, 1.0), (5e-324, 1.0))],
    *[("cos", (x,), math.nan) for x in (math.inf, -math.inf, 1e9, -1e300)],
    *[(name, (math.nan,), math.nan) for name in ("exp", "log", "log10", "cos")],
    *[("pow", (x, 0.0), 1.0) for x in EDGES],
    *[("pow", (1.0, y), 1.0) for y in EDGES],
    *[("pow", (float(x), float(y)), float(x**y)) for x in range(1, 11) for y in range(15)],
    *[("pow", (-2.0, y), (-2.0) ** int(y)) for y in (1.0, 2.0, 3.0, -3.0, 10.0)],
]


def c_power(x: float, y: float) -> float:
    """What C has for a power at the edges, where Python raises an error instead."""
    try:
        return math.pow(x, y)
    except ValueError:
        return math.inf if x == 0.0 else math.nan
    except OverflowError:
        return math.inf


@pytest.mark.parametrize(("name", "row", "value"), SPECIAL)
def test_what_is_exact_or_has_no_value(name: str, row: tuple[float, ...], value: float) -> None:
    found = getattr(elementary, name)(*row)
    assert type(found) is float
    assert found == value or (math.isnan(found) and math.isnan(value))


def test_a_power_at_the_edges_is_that_of_c_but_for_its_last_bit() -> None:
    for x, y in zip(*map(np.ndarray.tolist, edges("pow")), strict=True):
        found, other = elementary.pow(x, y), c_power(x, y)
        if (x == 0.0 and y < 0.0) or abs(other) == math.inf:  # Python's error has lost the sign
            found, other = abs(found), abs(other)
        same = found == other and math.copysign(1.0, found) == math.copysign(1.0, other)
        near = math.isclose(found, other, rel_tol=1e-15, abs_tol=5e-324)
        assert same or near or (math.isnan(found) and math.isnan(other)), (x, y)


def test_the_power_keeps_the_sign_of_odd_powers_of_nothing() -> None:
    for y in (3.0, -3.0):
        assert math.copysign(1.0, elementary.pow(-0.0, y)) == -1.0
    assert math.copysign(1.0, elementary.pow(-0.0, 2.0)) == 1.0


@pytest.mark.parametrize("name", ["exp", "log", "log10"])
def test_it_never_falls(name: str) -> None:
    """Neighbours keep their order: the log-odds of a larger chance are never the smaller ones."""
    function = getattr(elementary, name)
    for start in (0.1, 0.6953125, 0.99999, 1.0, 1.39, 7.0, 123.456):
        x, before = start, function(start)
        for _ in range(200):
            x = math.nextafter(x, math.inf)
            now = function(x)
            assert now >= before
            before = now
