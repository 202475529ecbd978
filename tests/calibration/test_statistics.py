"""Estimators on lists made by hand, with answers worked out by hand or in the literature."""

from __future__ import annotations

import numpy as np
import pytest

from calibration import statistics as st


def test_days_closer_than_the_gap_are_one_episode() -> None:
    assert st.episodes([1, 7, 14, 15, 30], gap=7) == [(1, 7), (14, 15), (30, 30)]


def test_order_and_repeats_do_not_matter_to_episodes() -> None:
    assert st.episodes([15, 1, 14, 14, 7, 1], gap=7) == st.episodes([1, 7, 14, 15], gap=7)


def test_no_days_make_no_episode() -> None:
    assert st.episodes([], gap=7) == []


def test_something_in_the_two_days_before_counts_with_the_day_itself() -> None:
    assert st.near([10, 20, 30], [8, 20, 27], -2, 0).tolist() == [True, True, False]


def test_something_after_does_not_count_as_before() -> None:
    assert not st.near([10], [11], -2, 0).any()


def test_a_lag_is_to_the_first_thing_in_the_window() -> None:
    found = st.lags([10, 20, 30], [10, 13, 15, 28, 38], 1, 7)
    assert found.tolist()[:1] == [3]
    assert np.isnan(found[1:]).all()


def test_the_last_day_of_a_window_belongs_to_it() -> None:
    assert st.lags([10], [17], 1, 7).tolist() == [7]


def test_control_is_the_share_of_all_days_whose_window_is_whole() -> None:
    # days 1 to 8 of 10 have both following days in the run; 4 and 5 are followed by day 6 within
    # two
    assert st.control(10, [6], 1, 2) == pytest.approx(2 / 8)
    # days 3 to 10 have the two before; 6, 7 and 8 have day 6 in [-2, 0]
    assert st.control(10, [6], -2, 0) == pytest.approx(3 / 8)


def test_control_agrees_with_the_statistic_when_the_days_are_all_days() -> None:
    happened = [3, 4, 19, 40]
    days = np.arange(1, 101 - 7)
    assert st.control(100, happened, 1, 7) == pytest.approx(st.near(days, happened, 1, 7).mean())


def test_strikes_without_any_link_are_answered_as_often_as_any_day() -> None:
    happened = np.arange(5, 1000, 10)  # every tenth day, whatever the strikes do
    strikes = np.arange(1, 981, 7)
    assert st.near(strikes, happened, 1, 7).mean() == pytest.approx(
        st.control(1000, happened, 1, 7), abs=0.03
    )


def test_stretches_of_flags() -> None:
    assert st.stretches([0, 1, 1, 0, 1]) == [(1, 2), (4, 4)]
    assert st.stretches([0, 0]) == []


def test_survival_is_kaplan_and_meier_with_a_censored_one() -> None:
    # at risk 4 on day 2 (one ends: 3/4 left), 2 on day 5 after one left on day 3 (one ends: 3/8
    # left), the last never seen to end
    curve = st.survival([2, 3, 5, 9], [True, False, True, False], upto=8)
    assert [curve.by(day) for day in (1, 2, 4, 5)] == pytest.approx([0, 0.25, 0.25, 0.625])


def test_beyond_what_was_watched_the_last_known_share_stands() -> None:
    curve = st.survival([2, 3, 5, 9], [True, False, True, False], upto=20)
    assert st.ended_by(curve, 5).value == st.ended_by(curve, 20).value == pytest.approx(0.625)
    assert np.isnan(st.ended_by(st.survival([], [], upto=20), 20).value)


def test_fano_factor_of_two_counts() -> None:
    assert st.fano([1, 3]) == pytest.approx(2 / 2)
    assert np.isnan(st.fano([0, 0, 0]))


def test_a_straight_trend_leaves_the_detrended_fano_factor_near_zero() -> None:
    trend = 50 + np.arange(60)
    assert st.fano(trend) > 3
    assert st.detrended_fano(trend) < 0.2


def test_detrended_fano_factor_of_a_zigzag() -> None:
    # window of 3: means 2, 4/3, 8/3, 2; squared distances 4 (of two points), 64/9, 64/9, 4;
    # corrected 8, 32/3, 32/3, 8; mean 28/3, over 2
    assert st.detrended_fano([0, 4, 0, 4], months=3) == pytest.approx(14 / 3)


def test_tail_exponent_finds_the_law_that_made_the_sizes() -> None:
    # the expected counts of a zeta law of exponent 2.5 above 5, a hundred thousand in all
    sizes = np.arange(5, 2000)
    counts = np.round(1e5 * sizes**-2.5 / np.sum(sizes**-2.5)).astype(int)
    found = st.tail_exponent(np.repeat(sizes, counts), 5)
    assert found.value == pytest.approx(2.5, abs=0.03)
    assert st.tail_exponent(np.repeat(sizes, counts), 10).value == pytest.approx(2.5, abs=0.05)


def test_tail_exponent_needs_a_tail() -> None:
    assert np.isnan(st.tail_exponent([1, 2, 3], 5).value)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(4, 6, 0.22, 0.96), (2, 6, 0.04, 0.78), (6, 6, 0.54, 1.0), (0, 6, 0.0, 0.46)],
)
def test_exact_interval_of_a_share(hits: int, n: int, low: float, high: float) -> None:
    assert st.share(hits, n) == pytest.approx((hits / n, low, high), abs=0.006)


def test_exact_interval_of_a_count() -> None:
    assert st.count(5) == pytest.approx((5, 1.62, 11.67), abs=0.01)
    assert st.count(0) == pytest.approx((0, 0, 3.69), abs=0.01)


def test_a_ratio_counts_replications_not_events() -> None:
    once = st.ratio([1, 3], [4, 4])
    assert once.value == pytest.approx(0.5)
    # the same replications a hundred times over narrow it tenfold; the same events in larger
    # replications do not
    many = st.ratio([1, 3] * 100, [4, 4] * 100)
    bigger = st.ratio([10, 30], [40, 40])
    assert many.high - many.low == pytest.approx((once.high - once.low) / 10, rel=1e-6)
    assert bigger.high - bigger.low == pytest.approx(once.high - once.low)


def test_a_share_never_leaves_zero_to_one() -> None:
    low = st.ratio([1, 0, 0], [2, 1, 1])
    assert low.low >= 0
    assert np.isnan(st.ratio([0], [0]).value)


def test_range_of_a_share_of_six_is_binomial() -> None:
    # Binomial(6, 0.5): P(X <= 1) = 7/64 > 0.1, P(X <= 5) = 63/64, P(X <= 4) = 57/64 < 0.9
    assert st.share_range(0.5, 6) == pytest.approx((1 / 6, 5 / 6))


def test_missing_values_are_left_out() -> None:
    assert st.mean([1.0, np.nan, 3.0]).value == 2.0
    assert st.middle([np.nan, *range(101)]) == (10.0, 90.0)
    assert np.isnan(st.median([np.nan]))
