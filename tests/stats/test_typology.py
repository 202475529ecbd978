"""Types of courses: known ones are found, none where there are none, and the silhouette."""

from __future__ import annotations

import numpy as np
import pytest

from sim.stats.typology import FEWEST, nearest, silhouette, types

LENGTH = 12
QUIET, WAR, LATE = [1] * LENGTH, [6] * LENGTH, [1] * 6 + [6] * 6


def around(course: list[int], runs: int, rng: np.random.Generator) -> np.ndarray:
    """Runs that follow a course but for a step up or down now and then."""
    steps = rng.choice([-1, 0, 1], p=[0.15, 0.7, 0.15], size=(runs, LENGTH))
    return np.clip(np.array(course) + steps, 0, 7)


def test_known_types_are_found_with_an_example_of_each() -> None:
    rng = np.random.default_rng(1)
    sizes = (90, 60, 30)
    courses = np.vstack(
        [around(one, n, rng) for one, n in zip((QUIET, LATE, WAR), sizes, strict=True)]
    )
    order = rng.permutation(len(courses))
    got = types(courses[order])
    assert len(got.medoids) == 3
    assert np.bincount(got.label).tolist() == list(sizes)
    truth = np.repeat([0, 1, 2], sizes)[order]
    assert got.label.tolist() == truth.tolist()
    assert got.label[got.medoids].tolist() == [0, 1, 2]
    assert got.silhouette == max(got.tried.values()) > 0.7


def test_noise_has_no_types() -> None:
    got = types(np.random.default_rng(2).integers(0, 7, (200, LENGTH)))
    assert len(got.medoids) == 1
    assert got.label.tolist() == [0] * 200
    assert got.silhouette < 0.25


def test_equal_runs_are_one_type() -> None:
    got = types(np.ones((60, LENGTH), dtype=np.int64))
    assert (len(got.medoids), got.silhouette) == (1, 0.0)


def test_a_few_odd_runs_are_no_type() -> None:
    rng = np.random.default_rng(3)
    courses = np.vstack([around(QUIET, 300, rng), around(WAR, FEWEST - 1, rng)])
    assert len(types(courses).medoids) == 1
    more = np.vstack([courses, around(WAR, 1, rng)])
    assert len(types(more).medoids) == 2


def test_silhouette_by_hand() -> None:
    apart = np.array([[0.0, 1, 4, 4], [1, 0, 4, 4], [4, 4, 0, 2], [4, 4, 2, 0]])
    by_hand = np.mean([(4 - 1) / 4, (4 - 1) / 4, (4 - 2) / 4, (4 - 2) / 4])
    assert silhouette(apart, np.array([0, 0, 1, 1])) == pytest.approx(by_hand)
    assert silhouette(apart, np.array([0, 1, 1, 1])) < by_hand


def test_a_run_goes_to_the_nearest_example() -> None:
    examples = np.array([QUIET, WAR])
    runs = np.array([[2] * LENGTH, [5] * LENGTH, LATE])
    assert nearest(runs, examples).tolist() == [0, 1, 0]
