"""The record: its tables load, each row names a source, and what is counted from them is right."""

from __future__ import annotations

import csv
import re
from datetime import date

import numpy as np
import pytest

from calibration import figures
from calibration.statistics import episodes
from calibration.strikes import GAP_DAYS

TABLES = sorted(path.stem for path in figures.DATA.glob("*.csv"))


def test_there_are_tables() -> None:
    assert {"figures", "episodes", "acts", "truces", "claims", "monthly_deaths"} <= set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_each_row_names_its_source(name: str) -> None:
    rows = figures.table(name)
    assert rows
    assert all(len(row["source"] or "") > 8 for row in rows)


@pytest.mark.parametrize("name", TABLES)
def test_each_row_has_every_column_and_no_more(name: str) -> None:
    with open(figures.DATA / f"{name}.csv", encoding="utf-8", newline="") as file:
        widths = {len(row) for row in csv.reader(file)}
    assert len(widths) == 1


def test_every_given_figure_lies_in_its_interval() -> None:
    for row in figures.table("figures"):
        figure = figures.figure(row["key"])
        assert np.isnan(figure.low) or figure.low <= figure.value <= figure.high, row["key"]
        assert figure.method


def test_keys_of_figures_are_distinct() -> None:
    keys = [row["key"] for row in figures.table("figures")]
    assert len(keys) == len(set(keys))


def test_dates_of_the_tables_are_dates_in_order() -> None:
    for name, column in (("episodes", "first_strike"), ("acts", "day"), ("claims", "day")):
        days = [date.fromisoformat(row[column]) for row in figures.table(name)]
        assert days == sorted(days), name


def test_triggers_come_before_and_answers_after_a_strike() -> None:
    for row in figures.table("episodes"):
        assert row["trigger_day"] <= row["first_strike"]
        assert not row["reply_day"] or row["reply_day"] >= row["first_strike"]


def test_acts_and_episodes_tell_the_same_story() -> None:
    strikes = [
        figures.day_number(row["day"]) for row in figures.table("acts") if int(row["rung"]) >= 4
    ]
    firsts = [figures.day_number(row["first_strike"]) for row in figures.table("episodes")]
    assert [first for first, _ in episodes(strikes, GAP_DAYS)] == [day for day in firsts if day > 0]
    assert figures.strike_episodes().value == 5
    assert figures.strike_episodes(5).value == 2


def test_months_of_deaths_are_those_of_the_window() -> None:
    months = [row["month"] for row in figures.table("monthly_deaths")]
    assert months[0] == "2024-02"
    assert months[-1] == "2026-02"
    assert len(months) == 25
    assert all(re.fullmatch(r"\d{4}-\d{2}", month) for month in months)


def test_yearly_means_of_deaths_are_those_of_the_months() -> None:
    dead = [float(row["pakistan"]) for row in figures.table("monthly_deaths")]
    assert figures.figure("deaths_month_1").value == pytest.approx(np.mean(dead[:12]), abs=0.1)
    assert figures.figure("deaths_month_2").value == pytest.approx(np.mean(dead[12:24]), abs=0.1)
    assert figures.figure("deaths_change_sd").value == pytest.approx(
        np.diff(np.log(dead)).std(ddof=1), abs=0.01
    )


def test_the_window_is_that_of_the_scenario() -> None:
    from calibration.record import template_of

    _, cast = template_of("af_pk_2024", {})
    assert (figures.WINDOW[0] - cast.release).days == 1
    assert cast.horizon == figures.HORIZON
    assert cast.months()[-1] == 24


def test_answers_and_their_control() -> None:
    found = figures.answered(2, 7)
    assert found[:3] == pytest.approx((4 / 6, 0.22, 0.96), abs=0.01)
    assert 0 < found.control < 0.1
    assert figures.answered(5, 7).value == pytest.approx(2 / 6)


def test_a_trigger_must_be_near_and_large() -> None:
    assert figures.preceded(5, 2).value == pytest.approx(3 / 6)
    assert figures.preceded(2, 2).value == pytest.approx(5 / 6)
    assert figures.preceded(5, 3).value == pytest.approx(4 / 6)


def test_truces_of_the_two_states_end_as_in_the_record() -> None:
    assert [figures.ended_by(day).value for day in (7, 30, 90, 365)] == pytest.approx(
        [2 / 3, 2 / 3, 2 / 3, 1]
    )
    assert figures.ceasefire_days().value == pytest.approx(0.17, abs=0.005)


def test_claims_run_from_two_and_a_half_to_twenty_eight() -> None:
    ratios = figures.claim_ratios()
    assert ratios.min() == pytest.approx(2.5, abs=0.03)
    assert ratios.max() == pytest.approx(27.5, abs=0.6)
    assert figures.claims_within(2.5, 28).value == 1


def test_share_of_the_dead_between_states_lies_between_the_two_counts() -> None:
    found = figures.interstate_share()
    assert 0 < found.low < found.value < found.high < 0.2
