"""No library of C decides a bit: the rules call our own functions, and drawn inputs are rounded."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT

from sim.scenario import distributions

ENGINE = ROOT / "sim" / "engine"
#: what the standard gives to the last bit, or is no function
EXACT = {
    *("sqrt", "floor", "isnan", "isfinite", "inf", "nan", "pi"),
    *("isqrt", "factorial"),  # of whole numbers, in the tables
}
#: NumPy's functions of numbers that are exact
EXACT_UFUNCS = {"add", "subtract", "multiply", "maximum", "minimum", "isnan", "isfinite"}
EXACT_UFUNCS |= {"greater", "greater_equal", "less", "less_equal", "logical_and"}


def modules() -> list[Path]:
    return sorted(ENGINE.rglob("*.py"))


def of_library(text: str) -> Iterator[str]:
    """Calls of a C library, and powers whose value is not plain from the text."""
    tree = ast.parse(text)
    own = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "sim.engine.elementary"
        for alias in node.names
    } | {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            of_numpy = isinstance(vars(np).get(node.attr), np.ufunc)
            if node.value.id == "math" and node.attr not in EXACT:
                yield f"line {node.lineno}: math.{node.attr}"
            if node.value.id in ("np", "numpy") and of_numpy and node.attr not in EXACT_UFUNCS:
                yield f"line {node.lineno}: {node.value.id}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in ("math", "numpy", "cmath"):
            yield from (
                f"line {node.lineno}: {node.module}.{alias.name}"
                for alias in node.names
                if alias.name not in EXACT
            )
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "pow" and "pow" not in own:
                yield f"line {node.lineno}: pow"
        elif isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Pow):
            yield f"line {node.lineno}: **="
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and is_open(node):
            yield f"line {node.lineno}: **"


def is_open(node: ast.BinOp) -> bool:
    """Whether a power is neither of a whole number nor one of 2.0, which every library has."""
    try:
        base = ast.literal_eval(node.left)
        if isinstance(base, int):
            return False
        return base != 2.0 or not isinstance(ast.literal_eval(node.right), int)
    except ValueError:
        return True


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(ENGINE).as_posix())
def test_the_engine_calls_no_library(path: Path) -> None:
    assert not list(of_library(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "text",
    [
        "math.exp(x)",
        "math.log1p(x)",
        "np.tanh(x)",
        "numpy.power(x, y)",
        "from math import exp",
        "from numpy import log",
        "pow(x, 0.5)",
        "x ** y",
        "x ** 2",
        "x **= 2",
        "10.0 ** k",
        "2.0 ** y",
    ],
)
def test_a_call_of_a_library_is_found(text: str) -> None:
    assert list(of_library(text))


def test_what_is_exact_may_stay() -> None:
    text = "from sim.engine.elementary import pow\npow(x, y); math.sqrt(x); 2.0**-53; (-1) ** k"
    assert not list(of_library(text))


SHARES = (np.arange(400) + 0.37) / 400
DRAWN = {
    "uniform": "low: 0.123456789012, high: 3.3",
    "normal": "mean: 0.3, sd: 0.07",
    "lognormal": "median: 0.0123, sigma: 1.7",
    "beta": "a: 2.3, b: 5.1",
    "triangular": "low: 1, mode: 2.2, high: 7",
    "pert": "low: 0.1, mode: 0.3, high: 0.9",
}


def drawn_from(name: str) -> distributions.Distribution:
    pairs = (part.split(": ") for part in DRAWN[name].split(", "))
    return distributions.Distribution(name, tuple((key, float(value)) for key, value in pairs))


@pytest.mark.parametrize("steps", [-2, -1, 1, 2])
@pytest.mark.parametrize("name", DRAWN)
def test_a_last_bit_of_a_library_moves_no_drawn_input(
    name: str, steps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = drawn_from(name).ppf(SHARES)
    family = distributions.FAMILIES[name]

    def moved(*given: object) -> np.ndarray:
        values = np.asarray(family.ppf(*given))
        return (values.view(np.int64) + steps).view(np.float64)

    changed = {**distributions.FAMILIES, name: family._replace(ppf=moved)}
    monkeypatch.setattr(distributions, "FAMILIES", changed)
    np.testing.assert_array_equal(drawn_from(name).ppf(SHARES), usual)


def test_every_family_of_our_own_is_tried() -> None:
    assert set(DRAWN) == set(distributions.FAMILIES)


@pytest.mark.parametrize("size", [1e-290, 1e-12, 1e-3, 1.0, 12345.678, 1e9, 1e15, 1e300])
def test_a_drawn_input_has_nine_digits(size: float) -> None:
    dist = distributions.Distribution("uniform", (("low", size), ("high", 3.0 * size)))
    for value in dist.ppf(SHARES).tolist():
        assert value == pytest.approx(float(f"{value:.9g}"), rel=1e-15)
        if 1e-9 < size < 1e13:
            assert value == float(f"{value:.9g}")
    assert dist.ppf(0.0) == size
    assert dist.ppf(1.0) == pytest.approx(3.0 * size)


def test_a_rounded_input_stays_where_its_distribution_is() -> None:
    low, high = 0.1234567891, 0.1234567899
    dist = distributions.Distribution("uniform", (("low", low), ("high", high)))
    values = dist.ppf(SHARES)
    assert low <= values.min() <= values.max() <= high
