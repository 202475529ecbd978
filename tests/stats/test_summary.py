"""The numbers of an ensemble, against values worked out by hand or published."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sim.stats import summary
from sim.stats.estimate import WILSON, Estimate
from sim.stats.shares import Z95, interval, outcome_shares, share
from sim.stats.summary import DAYS, Summary
from sim.studies.dictionary import SERIES, dictionary
from tests.report import fake


def summarise(frame: pd.DataFrame, about: SimpleNamespace) -> Summary:
    return summary.summarise(
        frame, outcomes=list(about.outcomes), measures=about.measures, horizon=about.horizon
    )


def small(**columns: list[float | None]) -> pd.DataFrame:
    """A table of a few replications: what is not given is zero."""
    about = fake.Outline(100)
    n = len(next(iter(columns.values())))
    table = {"replication": range(n), "status": [0] * n, "outcome": ["quiet"] * n}
    return pd.DataFrame(
        table
        | {
            measure.name: pd.array(columns.get(measure.name, [0] * n), dtype="Float64")
            for measure in about.measures
        }
    )


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [  # Newcombe (1998), Stat. Med. 17:857, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_matches_published_intervals(count: int, n: int, low: float, high: float) -> None:
    found = share(count, n)
    assert (found.value, *found.bounds) == pytest.approx((count / n, low, high), abs=5e-5)
    assert (found.n, found.method) == (n, WILSON)


def test_none_and_all_get_a_two_sided_interval() -> None:
    rare = Z95**2 / (100 + Z95**2)
    assert share(0, 100).bounds == (0.0, pytest.approx(rare))
    assert share(100, 100).bounds == (pytest.approx(1 - rare), 1.0)


def test_no_replication_says_nothing() -> None:
    assert share(0, 0) == Estimate(None, 0.0, 1.0, 0, WILSON)


def test_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    """Mean coverage over shares 0.02 to 0.98 at n = 100; the control is half as wide."""
    truth = np.linspace(0.02, 0.98, 49)
    seen = np.random.default_rng(4).binomial(100, truth, size=(4000, 49)) / 100
    low, high = interval(seen, 100)
    assert np.mean((low <= truth) & (truth <= high)) == pytest.approx(0.95, abs=0.01)
    middle, half = (low + high) / 2, (high - low) / 4
    assert np.mean((middle - half <= truth) & (truth <= middle + half)) < 0.8


def test_every_class_is_listed_and_shares_sum_to_one() -> None:
    frame, _ = fake.ensemble_tables(runs=50)
    got = summarise(frame, fake.Outline()).outcomes
    assert list(got) == list(fake.Outline().outcomes)
    assert got["war, settled"] == share(0, 50)
    assert got["war, settled"].bounds == (0.0, pytest.approx(Z95**2 / (50 + Z95**2)))
    assert sum(row.value or 0 for row in got.values()) == pytest.approx(1, abs=1e-12)


def test_failed_replications_leave_the_denominators() -> None:
    frame, _ = fake.ensemble_tables(runs=10)
    frame["outcome"] = ["war, not over"] * 4 + ["quiet"] * 6
    got = summarise(fake.fail(frame, [0, 1]), fake.Outline())
    assert (got.runs, got.failed) == (10, 2)
    assert got.outcomes["war, not over"].value == 2 / 8
    assert got.measures["deaths"].mean == pytest.approx(frame["deaths"][2:].astype(float).mean())


def test_by_day_counts_among_all_and_stops_at_the_horizon() -> None:
    got = summarise(small(first_raid_day=[1, 7, 8, 30, None]), fake.Outline(100)).by_day[
        "first_raid_day"
    ]
    assert got == {
        7: pytest.approx(0.4),
        14: pytest.approx(0.6),
        30: pytest.approx(0.8),
        60: pytest.approx(0.8),
        90: pytest.approx(0.8),
        180: None,
    }
    assert tuple(got) == DAYS


def test_quantiles_of_times_count_never_as_later_than_all() -> None:
    got = summarise(small(first_raid_day=[2, 4, 6, None, None]), fake.Outline(100)).measures[
        "first_raid_day"
    ]
    assert got.as_json() == {
        "mean": None,
        "restricted_mean": (2 + 4 + 6 + 200) / 5,
        "q05": 2.0,
        "q50": 6.0,
        "q95": None,
        "ever": 0.6,
        "unit": "days",
    }


def test_time_that_always_came_has_a_mean() -> None:
    got = summarise(small(first_raid_day=[2, 4]), fake.Outline(100)).measures["first_raid_day"]
    assert (got.mean, got.ever) == (3.0, 1.0)


def test_event_that_never_happens() -> None:
    got = summarise(small(first_open_war_day=[None, None]), fake.Outline(100))
    assert got.measures["first_open_war_day"].as_json() == {
        "mean": None,
        "restricted_mean": 100.0,
        "q05": None,
        "q50": None,
        "q95": None,
        "ever": 0.0,
        "unit": "days",
    }
    assert got.by_day["first_open_war_day"][90] == 0.0


def test_length_of_a_ceasefire_is_among_those_that_began() -> None:
    """Lengths 5 and 20 broken, 10 still holding, one without: Kaplan-Meier by hand."""
    frame = small(first_ceasefire_length=[5, 10, 20, None], first_ceasefire_broken=[1, 0, 1, 0])
    got = summarise(frame, fake.Outline(100))
    assert got.by_day["first_ceasefire_length"][7] == pytest.approx(1 / 3)
    assert got.by_day["first_ceasefire_length"][30] == pytest.approx(1.0)
    assert got.measures["first_ceasefire_length"].ever == 0.75
    assert got.measures["first_ceasefire_length"].quantiles["q50"] == 20.0


def test_plain_measures_have_mean_and_quantiles() -> None:
    got = summarise(small(deaths=list(range(101))), fake.Outline(100)).measures["deaths"]
    assert got.as_json() == {
        "mean": 50.0,
        "q05": pytest.approx(5.0),
        "q50": 50.0,
        "q95": pytest.approx(95.0),
        "unit": "deaths",
    }


@pytest.mark.parametrize("rows", [1, 5])
def test_all_failed_is_still_json(rows: int) -> None:
    frame, _ = fake.ensemble_tables(runs=rows)
    got = summarise(fake.fail(frame, list(range(rows))), fake.Outline())
    assert got.failed == rows
    assert got.outcomes["quiet"].value is None
    assert got.measures["deaths"].mean is None
    assert got.by_day["first_raid_day"][7] is None
    json.dumps(got.as_json(), allow_nan=False)


@pytest.mark.parametrize(("runs", "horizon"), [(1, 180), (3, 7)])
def test_small_ensembles_are_json(runs: int, horizon: int) -> None:
    about = fake.Outline(horizon, groups=())
    frame, _ = fake.ensemble_tables(runs, about=about)
    got = summarise(frame, about)
    assert got.by_day["first_raid_day"][7] is not None
    assert (got.by_day["first_raid_day"][180] is None) == (horizon < 180)
    json.dumps(got.as_json(), allow_nan=False)


def test_outcome_names_that_the_table_has_not_are_zero() -> None:
    assert outcome_shares(small(deaths=[1]), ["peace"])["peace"].value == 0.0


def test_replications_of_no_class_are_listed_too_so_that_shares_sum_to_one() -> None:
    frame = small(deaths=[1, 2, 3, 4])
    frame["outcome"] = ["peace", "other", "other", "peace"]
    assert {name: row.value for name, row in outcome_shares(frame, ["war", "peace"]).items()} == {
        "war": 0.0,
        "peace": 0.5,
        "other": 0.5,
    }


def test_dictionary_has_every_column_with_a_meaning() -> None:
    frame, series = fake.ensemble_tables(runs=2)
    rows = dictionary(fake.Outline())
    assert [row.name for row in rows] == list(frame.columns)
    assert [row.name for row in SERIES] == list(series.columns)
    assert all(row.unit and row.meaning for row in rows)


def test_a_summary_shows_itself_in_a_line() -> None:
    found = summarise(small(deaths=[1, 2, 3]), fake.Outline(100))
    assert len(repr(found)) < 300
    assert repr(found).startswith("<Summary of 3 replications, ")
    assert "<table>" in found._repr_html_()
