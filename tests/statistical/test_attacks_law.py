"""Attacks of a group against the closed forms of a Hawkes process; severity against its law."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy import stats

from sim.engine.rules.records import Attack, Trail
from sim.vocabulary.codes import TARGET_NAMES
from tests.engine.world.many import error, many, needs_compilation
from tests.engine.world.plain import plain
from tests.engine.world.tiny import REBELS, template, world

MU, BRANCHING, LAG = 0.4, 0.5, 3.0
DAYS, RUNS = 1500, 1500

#: a group whose strength and mode change nothing, so that only chance and excitation are left
STEADY = {
    "states.north.policy": "restrain",
    "states.south.policy": "restrain",
    "groups.rebels.base_rate": MU,
    "groups.rebels.branching": BRANCHING,
    "groups.rebels.lag": LAG,
    "groups.rebels.drift": 0,
    "groups.rebels.elasticity": 0,
    "groups.rebels.growth": 0,
    "rules.militancy.low_mode": 1,
    "rules.militancy.surge_mode": 1,
    "rules.militancy.truce_offer": 0,
    "rules.militancy.operation_rate": 0,
    "rules.militancy.operation_reply": 0,
    "rules.militancy.attack_losses": 0,
    "rules.militancy.backlash": 0,
    "rules.hosting.reconsider": 0,
    "horizon": DAYS,
}

pytestmark = pytest.mark.statistical


def attacks(**changes: Any) -> np.ndarray:
    return many({**STEADY, **changes}, RUNS)["attacks_rebels"]


def expected(branching: float) -> float:
    """Mean of the attacks after the release; the process begins unexcited a day before."""
    fading, excited, total = math.exp(-1 / LAG), 0.0, 0.0
    for day in range(DAYS + 1):
        rate = MU + excited
        total += rate if day > 0 else 0.0
        excited = (excited + branching * (1 / fading - 1) * rate) * fading
    return total


@needs_compilation
def test_the_mean_rate_is_that_of_a_hawkes_process() -> None:
    found = attacks()
    assert abs(found.mean() - expected(BRANCHING)) < 4 * error(found)
    assert abs(found.mean() - expected(BRANCHING + 0.02)) > 4 * error(found)
    assert abs(found.mean() - expected(0.0)) > 4 * error(found)
    # and the beginning is forgotten: mu/(1-n) a day
    assert found.mean() / DAYS == pytest.approx(MU / (1 - BRANCHING), rel=0.01)


@needs_compilation
@pytest.mark.parametrize("branching", [0.0, 0.3, 0.5])
def test_counts_are_as_dispersed_as_those_of_a_hawkes_process(branching: float) -> None:
    """Variance over mean in a long window: 1/(1-n)^2, with relative error sqrt(2/(runs-1))."""
    found = attacks(**{"groups.rebels.branching": branching})
    fano = found.var(ddof=1) / found.mean()
    tolerance = 4 * fano * math.sqrt(2 / (RUNS - 1))
    assert abs(fano - 1 / (1 - branching) ** 2) < tolerance
    for wrong in (branching + 0.12, branching - 0.12 if branching else 0.2):
        assert abs(fano - 1 / (1 - wrong) ** 2) > tolerance


@needs_compilation
def test_excitation_without_offspring_is_poisson() -> None:
    found = attacks(**{"groups.rebels.branching": 0})
    z = (found.mean() - MU * DAYS) / math.sqrt(MU * DAYS / RUNS)
    assert abs(z) < 4


# ---------------------------------------------------------------- severity

N = 20_000
PATROL = TARGET_NAMES.index("patrol")


@cache
def severities(family: str, **numbers: float) -> np.ndarray:
    law = {"family": family, "cap": 100_000, "assumed": "invented", **numbers}
    w = world(template({"groups.rebels.severity": law}))
    draw = plain("sim.engine.rules.militants").severity
    return np.array(
        [draw(w, REBELS, PATROL, u, v) for u, v in np.random.default_rng(11).random((N, 2))]
    )


def exponent(sample: np.ndarray, least: int) -> tuple[float, float]:
    """Most likely exponent of a discrete power law from `least` on, and its standard error.

    Clauset, Shalizi and Newman (2009), eq. 3.7 and 3.2.
    """
    tail = sample[sample >= least]
    alpha = 1 + len(tail) / np.log(tail / (least - 0.5)).sum()
    return alpha, (alpha - 1) / math.sqrt(len(tail))


@pytest.mark.parametrize("alpha", [2.1, 2.4, 3.0])
def test_the_exponent_of_severity_is_recovered(alpha: float) -> None:
    found, tolerance = exponent(severities("power_law", alpha=alpha), least=5)
    assert abs(found - alpha) < 4 * tolerance
    assert abs(found - alpha - 0.6) > 4 * tolerance


def test_the_tail_is_that_of_the_power_law_exactly() -> None:
    """P(X >= x) = (2x-1)^-(alpha-1), for a continuous law from one half, rounded."""
    sample = severities("power_law", alpha=2.4)
    for least in (1, 2, 5, 20):
        want = (2 * least - 1) ** -1.4
        assert abs((sample >= least).mean() - want) < 4 * math.sqrt(want * (1 - want) / N) + 1e-12
        wrong = (2 * least - 1) ** -1.6
        assert least == 1 or abs((sample >= least).mean() - wrong) > 4 * math.sqrt(
            wrong * (1 - wrong) / N
        )


def lognormal_fit(sample: np.ndarray, mu: float, sigma: float) -> float:
    """P-value of a sample against the rounded lognormal law."""
    edges = np.array([0.5, 1.5, 2.5, 3.5, 5.5, 8.5, 15.5, 30.5])
    below = stats.norm.cdf((np.log(edges) - mu) / sigma)
    want = np.diff(np.concatenate([[0.0], below, [1.0]])) * len(sample)
    observed = np.bincount(np.searchsorted(edges, sample), minlength=len(want))
    return float(stats.chisquare(observed, want).pvalue)


def test_severity_is_a_rounded_lognormal() -> None:
    sample = severities("lognormal", mu=0.6, sigma=1.1)
    assert lognormal_fit(sample, 0.6, 1.1) > 1e-3
    assert lognormal_fit(sample, 0.7, 1.1) < 1e-6
    assert lognormal_fit(sample, 0.6, 1.2) < 1e-6


@pytest.mark.parametrize(
    ("family", "numbers"), [("lognormal", {"mu": 1.5, "sigma": 0.8}), ("power_law", {"alpha": 3.5})]
)
def test_the_toll_that_people_are_used_to_is_the_mean_of_the_law(
    family: str, numbers: dict[str, float]
) -> None:
    """The usual toll that `start` takes, against the sample; small counts are rounded."""
    sample = severities(family, **numbers)
    w = world(
        template(
            {
                "groups.rebels.severity": {
                    "family": family,
                    "cap": 100_000,
                    "assumed": "invented",
                    **numbers,
                }
            }
        )
    )
    mean = plain("sim.engine.rules.militants").mean_severity(w, REBELS)
    assert abs(sample.mean() - mean) < 4 * error(sample) + 0.05
    assert abs(sample.mean() - 1.2 * mean) > 4 * error(sample) + 0.05


def test_evidence_points_where_it_should_as_often_as_it_should() -> None:
    """Mean gain of log-odds of a newsworthy attack.

    It is p ln(tp/fp) + (1-p) ln((1-tp)/(1-fp)) with p = share tp + (1-share) fp.
    """
    tp, fp, share = 0.7, 0.2, 0.6
    w = world(
        template(
            {
                "states.north.true_positive": tp,
                "states.north.false_positive": fp,
                "groups.rebels.hosts.south.share": share,
            }
        )
    )
    attribution, n, gains = plain("sim.engine.rules.attribution"), 4000, []
    for number in range(n):
        w.dyads[0, 1].new_evidence = 0.0
        trail = Trail(True, attribution.run_from(w, REBELS, number))
        attribution.investigate(w, REBELS, 1, Attack(number, 0, -1), trail)
        gains.append(float(w.dyads[0, 1].new_evidence))
    sample, up, down = np.array(gains), math.log(tp / fp), math.log((1 - tp) / (1 - fp))

    def mean(points: float) -> float:
        return points * up + (1 - points) * down

    assert set(np.round(sample, 9)) == {round(up, 9), round(down, 9)}
    assert abs(sample.mean() - mean(share * tp + (1 - share) * fp)) < 4 * error(sample)
    for wrong in (tp, fp, 0.5 * (tp + fp)):
        assert abs(sample.mean() - mean(wrong)) > 4 * error(sample)
