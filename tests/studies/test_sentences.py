"""Numbers in a sentence have as many places as they are worth."""

from __future__ import annotations

import pytest

from sim.studies.compare.quantities import Contrast
from sim.studies.compare.sentences import figure, round_up, with_places


def gap(value: float, low: float, high: float) -> Contrast:
    return Contrast(value, low, high, low, high, p=0.01, spread=1.0)


@pytest.mark.parametrize(
    ("value", "half", "said", "signed"),
    [
        (3.14159, 0.1, "3.14", "+3.14"),
        (-3.14159, 0.1, "3.14", "−3.14"),
        (3.14159, 0.9, "3.14", "+3.14"),
        (3.14159, 5.0, "3.1", "+3.1"),
        (1234.5, 20.0, "1,234", "+1,234"),
        (0.2, 50.0, "0", "0"),  # what is rounded to nothing has no sign
        (2.0, 0.0, "2.0", "+2.0"),
    ],
)
def test_a_number_has_the_places_of_its_interval(
    value: float, half: float, said: str, signed: str
) -> None:
    found = gap(value, value - half, value + half)
    assert (with_places(value, found), with_places(value, found, sign=True)) == (said, signed)


def test_a_share_in_points_is_rounded_by_its_interval_in_points() -> None:
    assert with_places(31.4159, gap(31.4159, 0.29, 0.34), 100) == "31.4"


@pytest.mark.parametrize(("count", "said"), [(7, 7), (42, 42), (785, 790), (12_001, 13_000)])
def test_a_number_of_runs_isround_up_in_two_digits_and_never_too_low(count: int, said: int) -> None:
    assert round_up(count) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "nothing known"),
        (0.12345, "0.123"),
        (99.96, "100"),
        (100.0, "100"),
        (-1234.5, "−1,234"),
    ],
)
def test_a_figure_has_three_digits(value: float | None, said: str) -> None:
    assert figure(value) == said
