"""Outcome classes: first match wins, and a time that never came meets nothing but `never`."""

from __future__ import annotations

import numpy as np
import pytest

from sim.ensemble.outcomes import classify, meets

NAN = float("nan")


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({}, [True, True, True, False]),
        ({"at_least": 2}, [False, True, True, False]),
        ({"above": 2}, [False, False, True, False]),
        ({"at_most": 2}, [True, True, False, False]),
        ({"below": 2}, [True, False, False, False]),
        ({"at_least": 2, "below": 3}, [False, True, False, False]),
        ({"never": True}, [False, False, False, True]),
        ({"never": False}, [True, True, True, False]),
        ({"never": True, "at_least": 2}, [False, False, False, False]),
        ({"at_least": 2, "at_most": None}, [False, True, True, False]),
    ],
)
def test_bounds(bounds: dict[str, float], expected: list[bool]) -> None:
    assert meets([1.0, 2.0, 3.0, NAN], bounds).tolist() == expected


def test_the_first_class_that_matches_wins() -> None:
    measures = {"rung": np.array([6.0, 4.0, 1.0, 6.0]), "day": np.array([NAN, 3.0, NAN, 9.0])}
    outcomes = {
        "late war": {"rung": {"at_least": 6}, "day": {"at_least": 5}},
        "war": {"rung": {"at_least": 4}},
        "calm": {},
    }
    assert classify(measures, 4, outcomes).tolist() == ["war", "war", "calm", "late war"]


def test_what_meets_no_class_is_other() -> None:
    assert classify(
        {"rung": np.array([1.0, 6.0])}, 2, {"war": {"rung": {"at_least": 6}}}
    ).tolist() == ["other", "war"]


def test_an_empty_chunk_has_no_outcomes() -> None:
    assert classify({"rung": np.array([])}, 0, {"war": {"rung": {"at_least": 6}}}).tolist() == []
