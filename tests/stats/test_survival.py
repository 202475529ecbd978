"""Times with censoring, against SciPy and against numbers worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import CensoredData, ecdf

from sim.stats.shares import interval
from sim.stats.survival import curve


def test_curve_equals_scipys_product_limit_estimate() -> None:
    rng = np.random.default_rng(2)
    time, stop = rng.geometric(0.04, 300), rng.integers(5, 60, 300)
    seen = time <= stop
    got = curve(np.minimum(time, stop), seen, 59)
    known = ecdf(CensoredData(uncensored=time[seen], right=stop[~seen])).cdf.evaluate(got.day)
    np.testing.assert_allclose(got.probability, known, rtol=1e-12, atol=1e-12)
    assert (got.n, got.events) == (300, int(seen.sum()))


def test_without_early_censoring_it_is_the_share_with_wilsons_interval() -> None:
    time = np.array([1, 3, 3, 8, 20, 20, 20, 20])
    got = curve(time, time < 20, 20)
    share = np.array([(time[time < 20] <= day).sum() / 8 for day in range(21)])
    np.testing.assert_allclose(got.probability, share, atol=1e-12)
    low, high = interval(share, 8)
    np.testing.assert_allclose(got.low, low, atol=1e-9)
    np.testing.assert_allclose(got.high, high, atol=1e-9)


def test_once_all_have_ended_the_band_stays_narrow() -> None:
    got = curve(np.repeat([2, 5], [30, 30]), np.ones(60, bool), 20)
    np.testing.assert_allclose(got.probability[5:], 1)
    np.testing.assert_allclose(got.low[5:], interval(1.0, 60)[0])


def test_censoring_widens_the_interval() -> None:
    """Ten end on day 2, thirty are lost on day 5, ten of the last twenty end on day 8."""
    time, seen = (
        np.repeat([2, 5, 8, 10], [10, 30, 10, 10]),
        np.repeat([True, False, True, False], [10, 30, 10, 10]),
    )
    got = curve(time, seen, 10)
    np.testing.assert_allclose((got.low[4], got.high[4]), interval(1 / 6, 60), rtol=1e-9)
    assert got.probability[8] == pytest.approx(1 - 5 / 6 / 2)
    low, high = interval(got.probability[8], 60)
    assert got.high[8] - got.low[8] > 1.3 * (high - low)


def test_survival_curve_worked_out_by_hand() -> None:
    """Of six, two end on days 2 and 4, one is lost on day 3: 1/6, then 1 - 5/6 x 3/4."""
    got = curve([2, 3, 4, 5, 5, 5], [True, False, True, False, False, False], 6)
    assert got.probability[:6] == pytest.approx([0, 0, 1 / 6, 1 / 6, 0.375, 0.375])
    assert np.isnan(got.probability[6])


def test_before_the_first_event_the_upper_end_is_that_of_none_of_those_at_risk() -> None:
    got = curve([10] * 60, [False] * 60, 10)
    assert (got.low[10], got.high[10]) == (0.0, pytest.approx(float(interval(0.0, 60)[1])))


def test_nobody_watched_is_unknown() -> None:
    got = curve([], [], 7)
    assert got.by(7) is None
    assert got.quantile(0.5) is None


def test_quantile_is_the_first_day_that_reaches_the_share() -> None:
    got = curve([3, 6, 9, 9], [True, True, False, False], 9)
    assert (got.quantile(0.5), got.quantile(0.51), got.by(5), got.by(10)) == (6.0, None, 0.25, None)
