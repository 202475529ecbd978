"""Event studies: an effect that is known, none where there is none, and who is compared."""

from __future__ import annotations

import numpy as np

from sim.stats.event_study import FEWEST_CONTROLS, Curves, curves, sample

WINDOW = 4
RUNS, DAYS, SAMPLES = 80, 24, 200


def made(rng: np.random.Generator, effect: float = 0.0) -> tuple[np.ndarray, ...]:
    """Events, a series and strata: events are more likely where the level was high the day before.

    The level persists and is a part of the series, so that runs with an event differ; an event
    changes nothing but, by `effect`, the series of its day and the two days after.
    """
    level = np.zeros((RUNS, DAYS), dtype=np.int64)
    level[:, 0] = rng.integers(2, size=RUNS)
    for day in range(1, DAYS):
        stays = rng.random(RUNS) < 0.8
        level[:, day] = np.where(stays, level[:, day - 1], rng.integers(2, size=RUNS))
    before = np.pad(level, ((0, 0), (1, 0)))[:, :-1]
    happened = rng.random((RUNS, DAYS)) < np.where(before == 1, 0.12, 0.02)
    series = 3.0 * level + rng.normal(size=(RUNS, 1)) + rng.normal(size=(RUNS, DAYS))
    for lag in range(3):
        series[:, lag:] += effect * happened[:, : DAYS - lag]
    return happened, series, before


def study(
    rng: np.random.Generator, effect: float = 0.0, *, ahead: bool = False, match: bool = True
) -> Curves:
    happened, series, before = made(rng, effect)
    stratum = before if match else np.zeros_like(before)
    got = curves(sample(happened, WINDOW, ahead=ahead), series, stratum)
    assert got is not None
    return got


def test_no_effect_is_found_where_there_is_none() -> None:
    """Coverage of 0 by the whole band, three binomial errors of 200 samples below 95 % at most.

    Negative control: without matching it is missed.
    """
    rng = np.random.default_rng(11)
    error = np.sqrt(0.95 * 0.05 / SAMPLES)
    covered = np.mean([not study(rng).gap.apart.any() for _ in range(SAMPLES)])
    assert covered > 0.95 - 3 * error
    loose = np.mean([not study(rng, match=False).gap.apart.any() for _ in range(30)])
    assert loose < 0.2


def test_controls_that_are_chosen_by_their_future_show_an_effect_where_there_is_none() -> None:
    """Mean of 100 samples, by its standard error."""
    far = {}
    for ahead in (False, True):
        rng = np.random.default_rng(14)
        sums = [float(study(rng, ahead=ahead).after.value[0]) for _ in range(100)]
        far[ahead] = np.mean(sums) / (np.std(sums, ddof=1) / 10)
    assert abs(far[False]) < 3
    assert far[True] > 4


def test_a_known_effect_is_recovered() -> None:
    """Mean of 40 samples, within three of its standard errors on each day.

    Events on both sides come again: within the two days that an effect lasts it is less than its
    own, and stays on later, by what later events differ; here the rate is the same on both sides,
    so that only the day itself is exact.
    """
    rng = np.random.default_rng(12)
    gaps = np.array([study(rng, 5.0).gap.value for _ in range(40)])
    mean, error = gaps.mean(axis=0), gaps.std(axis=0, ddof=1) / np.sqrt(len(gaps))
    assert abs(mean[WINDOW] - 5.0) < 3 * error[WINDOW]
    assert (np.abs(mean[:WINDOW]) < 3.5 * error[:WINDOW]).all()
    assert mean[WINDOW + 2] > 3.0
    assert abs(mean[-1]) < 1.0


def test_which_days_are_events_and_controls() -> None:
    happened = np.zeros((3, 12), dtype=bool)
    happened[0, [5, 6]] = True
    happened[1, 1] = True
    of = sample(happened, 2)
    assert np.argwhere(of.events).tolist() == [[0, 5]]
    assert (of.edge, of.repeated) == (1, 1)
    assert of.controls[1].tolist() == [False] * 4 + [True] * 6 + [False] * 2
    assert (
        of.controls[0].tolist()
        == [False, False, True, True, True] + [False] * 4 + [True] + [False] * 2
    )
    assert sample(happened, 2, ahead=True).controls[0, 2:5].tolist() == [True, False, False]


def test_an_event_without_enough_controls_is_left_out_and_counted() -> None:
    happened = np.zeros((FEWEST_CONTROLS + 1, 9), dtype=bool)
    happened[0, 4] = True
    series = np.arange(happened.size, dtype=float).reshape(happened.shape)
    level = np.zeros(happened.shape, dtype=np.int64)
    whole = curves(sample(happened, 2), series, level)
    assert whole is not None
    assert (whole.days, whole.runs, whole.unmatched) == (1, 1, 0)
    np.testing.assert_allclose(whole.gap.value, series[0, 2:7] - series[1:, 2:7].mean(axis=0))
    level[1, 4] = 1
    assert curves(sample(happened, 2), series, level) is None


def test_each_event_day_counts_once_and_its_controls_as_one() -> None:
    rng = np.random.default_rng(13)
    happened = np.zeros((40, 9), dtype=bool)
    happened[:4, 4] = True
    level = np.zeros(happened.shape, dtype=np.int64)
    level[[0, *range(4, 10)], 4] = 1  # one event with six controls, three events with thirty
    series = rng.normal(size=happened.shape)
    got = curves(sample(happened, 2), series, level)
    assert got is not None
    first = series[0, 4] - series[4:10, 4].mean()
    rest = [series[k, 4] - series[10:, 4].mean() for k in (1, 2, 3)]
    assert abs(got.gap.value[2] - np.mean([first, *rest])) < 1e-12
