"""Restricted mean times: plain without censoring, else the area under the product-limit curve."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import CensoredData, ecdf, norm

from sim.stats.restricted import Times, log_rank, pseudo_values, times
from sim.stats.survival import curve
from sim.vocabulary.measures import FIXED

FIRST_RAID = next(one for one in FIXED if one.name == "first_raid_day")


def censored(n: int = 40, seed: int = 5) -> Times:
    rng = np.random.default_rng(seed)
    end, left = rng.geometric(0.05, n).astype(float), rng.geometric(0.03, n).astype(float)
    return Times(np.minimum(end, left), end <= left, np.ones(n, dtype=bool))


def test_without_censoring_a_pseudo_value_is_the_time_itself_cut_at_the_end() -> None:
    days = np.array([3.0, 8.0, 8.0, 12.0, 20.0])
    values = pseudo_values(Times(days, np.ones(5, dtype=bool), np.ones(5, dtype=bool)), 10)
    assert values.tolist() == [3, 8, 8, 10, 10]


def test_the_mean_is_the_area_under_the_curve() -> None:
    of = censored()
    alive = 1 - curve(of.days, of.seen, 25).probability
    assert pseudo_values(of, 25).mean() == pytest.approx(alive[:25].sum(), rel=1e-9)


def test_the_spread_is_that_of_the_estimate() -> None:
    """Against Greenwood's variance of an area: sum over days of (area ahead)^2 d / (Y (Y - d))."""
    of = censored(400)
    upto = 25
    risk = np.array([(of.days >= day).sum() for day in range(upto)])
    ended = np.array([((of.days == day) & of.seen).sum() for day in range(upto)])
    alive = np.cumprod(1 - ended / risk)
    ahead = np.cumsum(alive[::-1])[::-1]
    known = float((ahead**2 * ended / (risk * (risk - ended))).sum())
    values = pseudo_values(of, upto)
    assert values.var() / len(values) == pytest.approx(known, rel=0.02)


def test_who_never_began_counts_for_nothing_but_dilutes() -> None:
    of = censored()
    more = Times(
        np.append(of.days, np.zeros(40)),
        np.append(of.seen, np.zeros(40, bool)),
        np.append(of.began, np.zeros(40, bool)),
    )
    once, twice = pseudo_values(of, 25), pseudo_values(more, 25)
    assert twice.mean() == pytest.approx(once.mean(), rel=1e-9)
    assert twice.var() / 80 == pytest.approx(once.var() / 40, rel=1e-9)


def test_nobody_began() -> None:
    none = np.zeros(3, dtype=bool)
    assert np.isnan(pseudo_values(Times(np.zeros(3), none, none), 25)).all()


def test_a_time_that_never_came_is_watched_to_the_horizon() -> None:
    of = times(pd.DataFrame({"first_raid_day": [3.0, np.nan, 30.0]}), FIRST_RAID, 20)
    assert of.days.tolist() == [3, 20, 20]
    assert of.seen.tolist() == [True, False, False]


def test_log_rank_finds_a_difference_and_none_where_there_is_none() -> None:
    of, other = censored(200), censored(200, seed=6)
    assert log_rank(of, other) > 0.05  # type: ignore[operator]
    assert log_rank(of, replace(other, days=2 * other.days)) < 1e-4  # type: ignore[operator]


def test_log_rank_says_nothing_of_what_never_ended() -> None:
    of = censored(5)
    still = replace(of, seen=np.zeros(5, dtype=bool))
    assert log_rank(still, still) is None
    one_day = Times(np.ones(5), np.ones(5, dtype=bool), np.ones(5, dtype=bool))
    assert log_rank(one_day, one_day) is None


def test_the_restricted_mean_is_the_area_under_scipys_product_limit_curve() -> None:
    rng = np.random.default_rng(8)
    time, stop = rng.geometric(0.05, 400), rng.integers(10, 80, 400)
    seen = time <= stop
    of = Times(np.minimum(time, stop).astype(float), seen, np.ones(400, bool))
    upto = 60
    alive = ecdf(CensoredData(uncensored=time[seen], right=stop[~seen])).sf
    area = alive.evaluate(np.arange(upto)).sum()
    assert pseudo_values(of, upto).mean() == pytest.approx(area, rel=1e-10)


def test_the_log_rank_test_is_the_formula_of_mantel() -> None:
    """Observed minus expected ends over the hypergeometric variance, by hand (Mantel 1966)."""
    rng = np.random.default_rng(9)
    sides = []
    for rate in (0.05, 0.08):
        time, stop = rng.geometric(rate, 120), rng.integers(5, 60, 120)
        sides.append(Times(np.minimum(time, stop).astype(float), time <= stop, np.ones(120, bool)))
    a, b = sides
    gap = variance = 0.0
    for day in np.unique(np.concatenate([a.days[a.seen], b.days[b.seen]])):
        risk = [(one.days >= day).sum() for one in sides]
        ends = [((one.days == day) & one.seen).sum() for one in sides]
        n, d = sum(risk), sum(ends)
        gap += ends[0] - d * risk[0] / n
        if n > 1:
            variance += d * (risk[0] / n) * (risk[1] / n) * (n - d) / (n - 1)
    assert log_rank(a, b) == pytest.approx(2 * norm.sf(abs(gap) / variance**0.5), rel=1e-9)
    assert log_rank(a, a) == pytest.approx(1.0)
