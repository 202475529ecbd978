"""When a row matches, and what the page says of one that does not."""

from __future__ import annotations

import json

import numpy as np
import pytest

from calibration import explanations, page
from calibration.figures import NOTHING, Figure
from calibration.rows import BOTH, BY_INTERVAL, BY_RANGE, NO, NO_DATA, Row, per_run, pooled
from calibration.statistics import Estimate
from calibration.tempo import Tempo


def row(model: float, span: tuple[float, float], data: Figure, key: str = "key") -> Row:
    return Row(key, "Section", "what", Estimate(model), span, data)


@pytest.mark.parametrize(
    ("model", "span", "data", "match"),
    [
        (5.0, (2.0, 8.0), Figure(6.0, 4.0, 7.0), BOTH),
        (5.0, (2.0, 8.0), Figure(7.5, 6.0, 9.0), BY_RANGE),
        (5.0, (4.0, 6.0), Figure(7.0, 1.0, 9.0), BY_INTERVAL),
        (5.0, (4.0, 6.0), Figure(7.0, 6.0, 9.0), NO),
        (5.0, (4.0, 6.0), Figure(7.0), NO),
        (5.0, (4.0, 6.0), NOTHING, NO_DATA),
        (np.nan, (np.nan, np.nan), Figure(7.0, 6.0, 9.0), NO),
    ],
)
def test_a_row_matches_by_range_by_interval_or_not(
    model: float, span: tuple[float, float], data: Figure, match: str
) -> None:
    assert row(model, span, data).match == match


def test_place_is_the_share_of_replications_below_ties_by_half() -> None:
    assert per_run("k", "s", "w", [1, 2, 2, 3], Figure(2.0)).place == pytest.approx(0.5)
    assert per_run("k", "s", "w", [1, 2, 2, 3], Figure(9.0)).place == 1
    assert np.isnan(per_run("k", "s", "w", [1, 2]).place)


def test_a_pooled_row_has_the_range_of_a_history_of_the_records_size() -> None:
    found = pooled("k", "s", "w", [5, 5], [10, 10], Figure(0.5, n=6))
    assert found.range == pytest.approx((1 / 6, 5 / 6))


@pytest.fixture
def tempo() -> Tempo:
    rows = (
        row(5, (4, 6), Figure(9.0, 8.0, 10.0, 3, "how", "where"), "bad"),
        row(5, (4, 6), Figure(5.0), "good"),
        row(np.inf, (1, np.inf), NOTHING, "free"),
    )
    return Tempo(rows, 4, 0, 1, {}, {"af_pk_2024": "0" * 64})


def test_an_unmatched_row_without_a_reason_is_called_so(
    tempo: Tempo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(explanations, "TEMPO", {})
    monkeypatch.setattr(page, "TEMPO", {})
    assert page.Verdict(tempo).unexplained == ["bad"]
    assert "UNEXPLAINED: bad" in page.text(tempo)
    assert page.UNEXPLAINED in page.page(tempo)


def test_a_reason_is_printed_and_one_no_longer_needed_is_called_stale(
    tempo: Tempo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "TEMPO", {"bad": "For this reason.", "good": "Once it did not."})
    assert "For this reason." in page.page(tempo)
    assert "UNEXPLAINED" not in page.page(tempo)
    assert "STALE: good" in page.text(tempo)


def test_json_holds_no_number_that_json_does_not_know(tempo: Tempo) -> None:
    found = json.loads(json.dumps(page.as_json(tempo), allow_nan=False))
    assert found["rows"][2]["model"] is None
    assert found["matched"], found["compared"] == (1, 2)


def test_numbers_have_the_digits_they_need() -> None:
    assert [page.show(x) for x in (0.0, 0.123, 1.0, 2.345, 12.34, 123.4, np.nan, np.inf)] == [
        "0",
        "0.12",
        "1",
        "2.35",
        "12.3",
        "123",
        "-",
        "never",
    ]
