"""Distributions: friendly names against scipy.stats, cuts, choices, cost of their import."""

from __future__ import annotations

import os
import pickle
import sys
from functools import partial
from typing import Any

import numpy as np
import pytest
from conftest import Python
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from sim.errors import ModelError
from sim.scenario import scipy_families
from sim.scenario.distributions import FAMILIES, NAMES, SCIPY, Distribution, categorical
from sim.scenario.quantities import quantity
from sim.scenario.reading import Place, parse
from sim.scenario.scipy_families import PARAMS
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
    np.testing.assert_allclose((whole.cdf(values) - below) / (upto - below), U, atol=1e-8)  # type: ignore[attr-defined]


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
def test_every_name_is_a_distribution_of_scipy_with_its_own_parameters(name: str) -> None:
    own = getattr(stats, name)
    tail = ("loc", "scale") if isinstance(own, stats.rv_continuous) else ("loc",)
    assert isinstance(own, stats.rv_continuous | stats.rv_discrete)
    assert PARAMS[name] == (*(own.shapes.split(", ") if own.shapes else ()), *tail)


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


def verdict(text: str, spec: Spec = WIDE) -> list[str]:
    """The rules that a distribution breaks; empty if it is taken, and can be drawn from."""
    node, _ = parse(text, Place("x.yaml", "x.yaml"))
    made, bads = quantity(node, spec)
    if made is not None:
        assert made.dist is not None
        values = made.dist.ppf(np.concatenate([U[::40], [0.0, 1e-18, 1 - 2.0**-53, 1.0]]))
        low, high = made.dist.support
        assert np.isfinite(values).all()
        assert low <= values.min() <= values.max() <= high
        assert spec.low is not None
        assert low >= spec.low
    return [bad.rule for bad in bads]


SIZES = (0, 1e-9, 1e-3, 0.5, 1, 2, 7, 1e4, 1e12, -1e-9, -3, -1e12)
HOSTILE = (
    "{dist: nbinom, n: 1e300, p: 1e-300}",
    "{dist: nbinom, n: 0.5, p: 1.0e-300, loc: 0, low: 0, high: 1}",
    "{dist: nbinom, n: 1e18, p: 0.22, low: 0, high: 1}",
    "{dist: invgauss, mu: 5e-324, low: 0, high: 1}",
    "{dist: binom, n: 1.7e308, p: 0.5, low: 0, high: 1}",
    "{dist: gamma, a: 1e-300, low: 0, high: 1}",
    "{dist: beta, a: 1e200, b: 1e-200}",
    "{dist: normal, mean: 0.5, sd: 1e-300, low: 0, high: 1}",
    "{dist: triangular, low: -1e300, mode: 0, high: 1e300}",
    "{dist: normal, mean: 1e308, sd: 1e-308, low: 0, high: 1}",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_parameters_of_an_impossible_size_are_refused_before_anything_is_evaluated(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scipy_families.Child, "ask", None)
    (rule,) = verdict(text)
    assert " of a size from " in rule


@pytest.mark.parametrize("name", SCIPY)
def test_every_distribution_at_the_bounds_of_its_parameters_is_refused_or_drawn(name: str) -> None:
    params = PARAMS[name]
    ends = {param: scipy_families.bounds(name, param) for param in params}
    sizes = {param: (least, 1.0, most) for param, (least, most) in ends.items()}
    for turn in range(9):
        # each parameter at its ends and between, not all together: they are millions
        values = {
            param: sizes[param][(turn // 3 if at % 2 else turn) % 3] * (1 - 2 * (turn == 4))
            for at, param in enumerate(params)
        }
        given = ", ".join(f"{param}: {value!r}" for param, value in values.items())
        cut = "" if {"low", "high"} & set(params) else ", low: 0, high: 1"
        rules = verdict(f"{{dist: {name}, {given}{cut}}}")
        assert all(rule.startswith("must have") or "between low" in rule for rule in rules), rules


@given(
    st.sampled_from(sorted(FAMILIES)),
    st.lists(
        st.sampled_from((0, 1e-9, 1e-3, 0.5, 1, 2, 7, 1e4, 1e12, -1e-9, -3, -1e12)), min_size=3
    ),
)
@settings(max_examples=150)
def test_friendly_distributions_at_the_bounds_are_refused_or_drawn(
    name: str, values: list[float]
) -> None:
    pairs = zip(FAMILIES[name].params, values, strict=False)
    given_values = ", ".join(f"{param}: {value!r}" for param, value in pairs)
    cut = "" if "low" in FAMILIES[name].params else ", low: 0, high: 1"
    assert all(
        rule.startswith("must") for rule in verdict(f"{{dist: {name}, {given_values}{cut}}}")
    )


@pytest.mark.parametrize(
    ("values", "wanted"), [([1e300, 1e-300, 0.0], "ppf"), ([1.0, 0.5, 0.0], "no_such_question")]
)
def test_what_stops_the_interpreter_stops_only_the_process_that_evaluates(
    values: list[float], wanted: str
) -> None:
    with pytest.raises(ModelError, match=r"^nbinom: must be evaluated by scipy.stats within the"):
        scipy_families.CHILD.ask("nbinom", values, wanted, [0.5])
    assert scipy_families.CHILD.ask("norm", [0.0, 1.0], "ppf", [0.5]) == [0.0]


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is read from /proc")
def test_what_takes_all_memory_gives_no_numbers() -> None:
    crowd: Any = [[[0.0]] * 20_000, 1.0]
    assert np.isnan(scipy_families.CHILD.ask("norm", crowd, "ppf", [0.5] * 20_000)).all()


def test_an_interrupted_question_is_not_answered_by_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    child = scipy_families.Child()
    assert child.ask("norm", [0.0, 1.0], "cdf", [0.0]) == [0.5]

    def interrupt(*_: object) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(scipy_families.Child, "_answer", interrupt)
        with pytest.raises(KeyboardInterrupt):
            child.ask("norm", [0.0, 1.0], "ppf", [0.9])
    assert child.ask("norm", [0.0, 1.0], "cdf", [0.0]) == [0.5]
    child.close()


def test_no_answer_is_a_problem_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> list[float]:
        raise ModelError("gamma: must be evaluated in time")

    monkeypatch.setattr(scipy_families.CHILD, "ask", refuse)
    assert verdict("{dist: gamma, a: 2.125, low: 0, high: 1}") == ["must be evaluated in time"]


def test_a_distribution_that_falls_or_has_holes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def answer(
        name: str, values: object, wanted: str, at: list[float], *, bad: float
    ) -> list[float]:
        if wanted == "ppf" and len(at) > 1:
            return [*at[:-2], bad, at[-1]]
        return {"support": [0.0, 1.0], "ppf": at, "cdf": at}[wanted]

    for bad, rule in (
        (0.2, "must have an inverse that never falls"),
        (np.nan, "must have a value"),
    ):
        monkeypatch.setattr(scipy_families.CHILD, "ask", partial(answer, bad=bad))
        (found,) = verdict(f"{{dist: weibull_min, c: {2.5 if bad == 0.2 else 3.5}}}")
        assert found.startswith(rule)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks here")
def test_a_fork_evaluates_in_a_process_of_its_own(python: Python) -> None:
    code = """
import os
from sim.scenario.scipy_families import CHILD

ask = lambda at: CHILD.ask("norm", [0.0, 1.0], "ppf", [at])
assert ask(0.5) == [0.0]
CHILD._lock.acquire()  # as another thread would, in the middle of a question
if pid := os.fork():
    CHILD._lock.release()
    answers = [ask(0.1) for _ in range(50)]
    assert answers == answers[:1] * 50 and answers[0][0] < -1
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    print("same")
else:
    answers = [ask(0.9) for _ in range(50)]
    os._exit(answers != answers[:1] * 50 or answers[0][0] < 1)
"""
    assert python(code).stdout.split() == ["same"]
