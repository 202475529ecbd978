"""Distributions: friendly names against scipy.stats, cuts, choices, cost of their import."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from conftest import Python
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sim.scenario.distributions import FAMILIES, NAMES, SCIPY, Distribution, categorical, family
from sim.scenario.quantities import quantity
from sim.scenario.reading import Place, parse
from sim.scenario.spec import Spec

U = np.linspace(0.0005, 0.9995, 1999)
WIDE = Spec("number", unit="1", low=-1e9, high=1e9)


def dist(text: str, spec: Spec = WIDE) -> Distribution:
    """The distribution that a text means."""
    node, _ = parse(text, Place("x.yaml", "x.yaml"))
    made, bads = quantity(node, spec)
    assert [bad.rule for bad in bads] == []
    assert made is not None
    assert made.dist is not None
    assert made.value == made.dist.median
    return made.dist


CASES = [
    ("{dist: uniform, low: 2, high: 5}", stats.uniform(2, 3)),
    ("{dist: uniform, loc: 2, scale: 3}", stats.uniform(2, 3)),
    ("{dist: normal, mean: 1, sd: 2, high: 1e8, low: -1e8}", stats.norm(1, 2)),
    ("{dist: norm, loc: 1, scale: 2, high: 1e8, low: -1e8}", stats.norm(1, 2)),
    ("{dist: normal, loc: 1, scale: 2, high: 1e8, low: -1e8}", stats.norm(1, 2)),
    ("{dist: lognormal, median: 3, sigma: 0.5, high: 1e8}", stats.lognorm(0.5, scale=3)),
    ("{dist: lognorm, s: 0.5, scale: 3, high: 1e8}", stats.lognorm(0.5, scale=3)),
    ("{dist: beta, a: 6, b: 3}", stats.beta(6, 3)),
    ("{dist: beta, a: 6, b: 3, loc: 1, scale: 2}", stats.beta(6, 3, 1, 2)),
    ("{dist: triangular, low: 1, mode: 2, high: 5}", stats.triang(0.25, 1, 4)),
    ("{dist: triangular, low: 1, mode: 1, high: 5}", stats.triang(0, 1, 4)),
    ("{dist: triangular, low: 1, mode: 5, high: 5}", stats.triang(1, 1, 4)),
    ("{dist: pert, low: 1, mode: 2, high: 5}", stats.beta(2, 4, 1, 4)),
    ("{dist: gamma, a: 2, scale: 3, high: 1e8}", stats.gamma(2, scale=3)),
    ("{dist: poisson, mu: 4, high: 1000}", stats.poisson(4)),
]


@pytest.mark.parametrize(("text", "twin"), CASES, ids=[text for text, _ in CASES])
def test_inverse_equals_that_of_scipy(text: str, twin: object) -> None:
    np.testing.assert_allclose(dist(text).ppf(U), twin.ppf(U), rtol=1e-6, atol=1e-9)  # type: ignore[attr-defined]


CUTS = [
    ("{dist: normal, mean: 0.4, sd: 0.3, low: 0, high: 0.9}", stats.norm(0.4, 0.3), 0.0, 0.9),
    (
        "{dist: lognormal, median: 2, sigma: 1, low: 1, high: 3}",
        stats.lognorm(1, scale=2),
        1.0,
        3.0,
    ),
    ("{dist: beta, a: 2, b: 5, high: 0.3}", stats.beta(2, 5), 0.0, 0.3),
    ("{dist: expon, scale: 2, low: 1, high: 4}", stats.expon(scale=2), 1.0, 4.0),
]


@pytest.mark.parametrize(("text", "whole", "low", "high"), CUTS, ids=[case[0] for case in CUTS])
def test_a_cut_distribution_is_the_whole_one_given_that_it_lies_between(
    text: str, whole: object, low: float, high: float
) -> None:
    made = dist(text)
    values = made.ppf(U)
    assert made.support == (low, high)
    below, upto = whole.cdf(low), whole.cdf(high)  # type: ignore[attr-defined]
    np.testing.assert_allclose((whole.cdf(values) - below) / (upto - below), U, rtol=1e-9)  # type: ignore[attr-defined]


def test_a_cut_keeps_a_discrete_value_at_the_bound() -> None:
    values = dist("{dist: poisson, mu: 1, low: 0, high: 3}").ppf(U)
    assert set(values) == {0.0, 1.0, 2.0, 3.0}
    assert np.mean(values == 0) == pytest.approx(
        stats.poisson(1).pmf(0) / stats.poisson(1).cdf(3), abs=0.002
    )


def test_choices_come_as_often_as_their_chances_say() -> None:
    values = categorical([8, 0, 20], [0.5, 0.2, 0.3]).ppf(U)
    assert [np.mean(values == v).round(2) for v in (0, 8, 20)] == [0.2, 0.5, 0.3]
    assert np.all(np.diff(values) >= 0)


def test_choices_without_chances_are_equally_likely() -> None:
    values = dist("{values: [1, 2, 3, 4]}").ppf(U)
    assert [np.mean(values == v).round(2) for v in (1, 2, 3, 4)] == [0.25] * 4


@given(
    st.floats(0, 1),
    st.sampled_from(
        [text for text, _ in CASES] + [case[0] for case in CUTS] + ["{values: [3, 1]}"]
    ),
)
def test_every_value_lies_in_the_support(u: float, text: str) -> None:
    made = dist(text)
    low, high = made.support
    assert low <= float(made.ppf(u)) <= high


def test_shapes_are_kept() -> None:
    made = dist("{dist: beta, a: 2, b: 2}")
    assert made.ppf(np.full((2, 3), 0.5)).shape == (2, 3)
    assert made.ppf(0.5).shape == ()


@pytest.mark.parametrize("text", [text for text, _ in CASES])
def test_distributions_pickle(text: str) -> None:
    made = dist(text)
    assert pickle.loads(pickle.dumps(made)) == made


def test_descriptions_name_the_parameters() -> None:
    assert dist("{dist: beta, a: 6, b: 3, high: 0.9}").describe() == "beta(a=6, b=3, high=0.9)"
    assert categorical([0, 8], [0.25, 0.75]).describe() == "one of 0 (25%), 8 (75%)"


@pytest.mark.parametrize("name", SCIPY)
def test_every_name_is_a_distribution_of_scipy(name: str) -> None:
    assert isinstance(getattr(stats, name), stats.rv_continuous | stats.rv_discrete)
    made = family(name, ["loc"])
    assert made is not None
    assert made.params[-1 if isinstance(getattr(stats, name), stats.rv_discrete) else -2] == "loc"


def test_friendly_names_come_first() -> None:
    assert NAMES[: len(FAMILIES)] == tuple(FAMILIES)


def test_parameters_that_scipy_refuses_are_refused() -> None:
    node, _ = parse("{dist: gamma, a: -2}", Place("x.yaml", "x.yaml"))
    _, bads = quantity(node, WIDE)
    assert [bad.rule for bad in bads] == ["must have parameters that scipy.stats accepts"]


def test_a_scenario_of_friendly_distributions_does_not_import_scipy_stats(python: Python) -> None:
    code = (
        "import sys; from sim.scenario import load; load('tests/scenario/gallery/base.yaml'); "
        "print('scipy.stats' in sys.modules)"
    )
    assert python(code).stdout.strip() == "False"
