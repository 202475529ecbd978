"""What the page of a sensitivity study says, from made-up answers."""

from __future__ import annotations

from typing import Any

import pytest

from sim.report.pages.formats import points
from sim.report.pages.sensitivity import cells, matters, sentence


def swing(value: float, half: float) -> dict[str, Any]:
    ends = [
        {"at": at, "mean": mean, "value": mean - 0.3, "low": 0.0, "high": 0.0}
        for at, mean in ((0.2, 0.3), (0.9, 0.3 + value))
    ]
    return {
        "ends": ends,
        "swing": {"value": value, "low": value - half, "high": value + half, "n": 100},
    }


def result_of(**swings: dict[str, Any]) -> dict[str, Any]:
    factors = {name: {"label": name.capitalize(), "low": 0.2, "high": 0.9} for name in swings}
    return {
        "method": "oat",
        "factors": factors,
        "results": {"war": {"unit": "probability", "mean": 0.3, "factors": swings}},
    }


def test_the_largest_clear_effect_comes_first() -> None:
    text = sentence(
        result_of(fear=swing(-0.21, 0.02), trust=swing(0.1, 0.02), stream=swing(0.03, 0.05)), "war"
    )
    assert text == (
        "“war” depends most on Fear (down by 21 percentage points from one end to the other), then on Trust. "
        "2 inputs of 3 clearly move it, also if one allows for looking at so many."
    )


def test_one_clear_effect_and_every_clear_effect_are_said_in_good_english() -> None:
    assert "1 input of 2 clearly moves it" in sentence(
        result_of(fear=swing(-0.21, 0.02), stream=swing(0.03, 0.05)), "war"
    )
    assert "Every input moves it" in sentence(result_of(fear=swing(-0.21, 0.02)), "war")


def test_where_nothing_is_clear_that_is_said() -> None:
    assert sentence(result_of(stream=swing(0.03, 0.05)), "war").startswith(
        "“war”: no input moves it by more than chance could"
    )


def test_what_is_clear_alone_need_not_be_clear_among_many() -> None:
    row = swing(0.10, 0.09)
    assert matters("oat", row, 1)
    assert not matters("oat", row, 20)


def test_no_interval_is_no_evidence() -> None:
    assert not matters("oat", {"swing": {"value": 0.5, "low": None, "high": None}}, 1)


def test_cells_have_signs_and_units() -> None:
    assert [
        text.replace("\u202f", " ") for text in cells("oat", swing(-0.21, 0.02), "probability")
    ] == ["30 %", "9 %", "−21 %", "−23 % to −19 %"]
    sobol = {
        "S1": {"value": -0.0001, "low": -0.02, "high": 0.02},
        "ST": {"value": 0.5, "low": None, "high": None},
    }
    assert [text.replace("\u202f", " ") for text in cells("sobol", sobol, "deaths")] == [
        "0 %",
        "−2 % to 2 %",
        "50 %",
        "–",
    ]


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.214, "21"), (-0.214, "−21"), (0.004, "0.4"), (-0.0001, "0"), (0.0, "0"), (None, "–")],
)
def test_percentage_points(share: float | None, text: str) -> None:
    assert points(share) == text
