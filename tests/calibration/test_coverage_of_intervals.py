"""Intervals hold the truth as often as docs/statistics.md says: a few studies against its many."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from calibration.coverage import page, record
from calibration.coverage.cases import CASES, RUNS, SHARES, Case, Cell, Study, held, run
from sim.stats.shares import share

pytestmark = pytest.mark.statistical
SEED = 3
KEPT = record.load()


def apart(one: Cell, other: Cell) -> float:
    """How many standard errors two covering shares are apart; 0 where one has no interval.

    The error is that of two samples of one share, which is that of both together.
    """
    if one.covered is None or other.covered is None:
        return 0.0
    sizes = [cell.given * cell.studies / cell.asked for cell in (one, other)]
    together = np.average([one.covered, other.covered], weights=sizes)
    together = min(max(together, 0.001), 0.999)
    error = np.sqrt(together * (1 - together) * sum(1 / size for size in sizes))
    return float(abs(one.covered - other.covered) / error)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_intervals_hold_as_often_as_the_table_says(case: Case) -> None:
    for n in RUNS:
        for share_ in SHARES:
            few = run(case, n, share_, case.few, SEED)
            assert apart(few, KEPT.cells[case.name, n, share_]) < 4, (n, share_, few)


def test_an_interval_that_is_too_narrow_is_noticed() -> None:
    """The control: Wilson's, half as wide."""

    def half(study: Study) -> object:
        found = share(int(study.rng.binomial(study.n, study.share)), study.n)
        middle = sum(found.bounds) / 2
        yield held(middle - found.halfwidth / 2, middle + found.halfwidth / 2, study.share)

    few = run(replace(CASES[0], holds=half), 400, 0.5, 100, SEED)  # type: ignore[arg-type]
    assert apart(few, KEPT.cells["share", 400, 0.5]) > 4


def test_the_page_has_the_table_and_a_reason_for_each_case_that_falls_short() -> None:
    text = page.PAGE.read_text(encoding="utf-8")
    assert page.table(KEPT) in text
    assert KEPT.day in text
    assert set(KEPT.cells) == {(c.name, n, s) for c in CASES for n in RUNS for s in SHARES}
    short = {key[0] for key in KEPT.cells if KEPT.falls_short(key)}
    assert set(page.SHORT) == short


def test_a_cell_knows_its_error() -> None:
    assert Cell(95, 100, 100, 100).error == pytest.approx(np.sqrt(0.95 * 0.05 / 100))
    # six intervals of one study may go together: they count as one
    assert Cell(570, 600, 600, 100).error == pytest.approx(np.sqrt(0.95 * 0.05 / 100))
    assert Cell(0, 0, 100, 100).covered is None
