"""Shapes from the reference tables: known answers, what must not match, the pages as written."""

from __future__ import annotations

import numpy as np
import pytest

from calibration import __main__ as command
from calibration import figures, reference, reference_page
from calibration.record import ROOT
from calibration.reference import Spells
from calibration.rows import NO


def spells(*days: int, going: tuple[int, ...] = ()) -> Spells:
    """Spells that ended after so many days, and some still going on."""
    return Spells(np.array([*days, *going]), np.array([True] * len(days) + [False] * len(going)))


def sample(shape: float, n: int = 3000, watched: float = np.inf) -> Spells:
    """Whole days of a Weibull with scale 20, no longer watched than so many days."""
    length = 20 * np.random.default_rng(3).weibull(shape, n)
    days = np.floor(np.minimum(length, watched - 1e-9)).astype(np.int64) + 1
    return Spells(days, length < watched)


def test_a_row_is_counted_in_calendar_days() -> None:
    found = reference.spells([{"days": "5", "over": "1"}, {"days": "0", "over": "0"}], "over")
    assert found.days.tolist() == [6, 1]
    assert found.ended.tolist() == [True, False]
    assert reference.spells([], "over").n == 0


def test_hazard_counts_ends_over_days_at_risk() -> None:
    bands = reference.hazard(spells(1, 2, 2, 5, going=(4,)), ((1, 1), (2, 3), (4, 7), (8, None)))
    assert [(band.ended, band.days_at_risk) for band in bands] == [(1, 5), (2, 6), (1, 3), (0, 0)]
    assert bands[0].hazard.value == pytest.approx(0.2)
    assert bands[1].hazard.low < 2 / 6 < bands[1].hazard.high
    assert np.isnan(bands[3].hazard.value)


def test_the_open_band_holds_whatever_lasted_longer() -> None:
    band = reference.hazard(spells(400, 1000, going=(500,)), ((366, None),))[0]
    assert (band.ended, band.days_at_risk) == (2, 35 + 635 + 135)


def test_alive_is_the_product_limit_with_its_band() -> None:
    found = spells(2, 5, 9, going=(3,))
    assert reference.alive(found, 2).value == pytest.approx(3 / 4)
    assert reference.alive(found, 5).value == pytest.approx(3 / 8)
    at = reference.alive(found, 5)
    assert 0 < at.low < at.value < at.high < 1


@pytest.mark.parametrize("true", [0.5, 0.7, 1.0, 2.1])
@pytest.mark.parametrize("watched", [np.inf, 25.0])
def test_weibull_finds_the_shape_of_a_sample(true: float, watched: float) -> None:
    found = sample(true, watched=watched)
    error = 0.78 * true / np.sqrt(found.ended.sum())  # of a complete sample; censoring adds some
    assert abs(reference.weibull(found) - true) < 5 * error


def test_weibull_tells_a_falling_hazard_from_a_rising_one() -> None:
    assert reference.weibull(sample(0.5)) < 0.7 < 1.5 < reference.weibull(sample(2.1))


def test_an_end_that_was_not_seen_is_no_end() -> None:
    found = sample(0.7, watched=25.0)
    wrong = Spells(found.days, np.ones_like(found.ended))
    assert abs(reference.weibull(wrong) - 0.7) > 0.1 > abs(reference.weibull(found) - 0.7)


@pytest.mark.parametrize("found", [spells(), spells(1, 2, 3), spells(3, 3, 3, 3, 3, 3)])
def test_no_shape_of_too_few_ends_or_of_one_age(found: Spells) -> None:
    assert np.isnan(reference.weibull(found))
    assert np.isnan(reference.shape(found, draws=5).value)


def test_the_range_of_a_shape_holds_it_and_comes_again() -> None:
    found = sample(0.6, n=60)
    first, again = (reference.shape(found, draws=60) for _ in range(2))
    assert first == again
    assert first.low < first.value < first.high
    assert first.low < 0.6 < first.high


def test_truces_with_groups_are_never_among_those_of_states() -> None:
    states, groups = reference.truces(), reference.truces(parties="militants")
    assert states.n == len(figures.truces("states"))
    assert groups.n == len(figures.truces("militants"))
    assert reference.unmediated("truces")[1] == states.n


def test_stops_without_a_mediator_are_counted_by_their_way() -> None:
    rows = figures.table("wars")
    alone = sum(row["how"] in {"bilateral", "unilateral", "victory", "lapsed"} for row in rows)
    over = sum(row["over"] == "1" for row in rows)
    assert reference.unmediated("wars") == (alone, over)
    assert reference.without_mediator("wars").value == pytest.approx(alone / over)


def test_the_reference_has_the_shapes_that_the_model_is_held_to() -> None:
    fought, held = reference.wars(), reference.truces()
    assert reference.weibull(fought) < 0.9
    assert reference.hazard(fought)[-1].hazard.high < reference.hazard(fought)[1].hazard.low
    assert reference.hazard(held)[-2].hazard.high < reference.hazard(held)[0].hazard.low
    falling = [band.hazard.value for band in reference.disputes("fatal and answered, since 1946")]
    assert falling[0] > 5 * max(falling[1:])


def test_a_model_like_the_reference_matches_every_row() -> None:
    rows = reference.shapes(
        reference.wars(), reference.truces(), tuple([n] for n in reference.unmediated("truces"))
    )
    assert len({row.key for row in rows}) == len(rows) == 12
    assert [row.key for row in rows if row.match == NO] == []
    assert all(row.data.source and row.data.method for row in rows)


def test_a_model_whose_wars_all_last_a_week_does_not() -> None:
    week = np.random.default_rng(5).integers(5, 15, 500)
    rows = reference.shapes(
        Spells(week, np.ones(500, np.bool_)), Spells(week, np.ones(500, np.bool_)), ([0], [500])
    )
    wrong = {row.key for row in rows if row.match == NO}
    assert {"war_shape", "war_alive_20", "war_alive_60", "truce_alive_90", "truce_shape"} <= wrong
    assert "stops_unmediated" in wrong


def test_the_pages_are_what_the_command_writes() -> None:
    docs = ROOT / "docs"
    assert (docs / "reference_distributions.md").read_text("utf-8") == reference_page.page()
    assert (docs / "non_events.md").read_text("utf-8") == reference_page.non_events()
    assert (docs / reference_page.FIGURE).read_bytes() == reference_page.svg()


def test_the_page_names_every_round_and_truce_that_was_not_read() -> None:
    text = (ROOT / "docs" / "reference_distributions.md").read_text("utf-8")
    for name in ("wars", "truces"):
        for row in figures.table(name):
            assert (f"* {row['name']} (" in text) == (row["checked"] == "no"), row["name"]


def test_the_command_prints_and_writes_nothing_if_told_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reference_page, "page", lambda: "the page\n")
    assert command.main(["reference", "--no-write"]) == 0
    told = capsys.readouterr()
    assert told.out == "the page\n"
    assert "written" not in told.err
