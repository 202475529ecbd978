"""Known answers: the short form on the engine, and the judge on made-up figures."""

from __future__ import annotations

import json

import numpy as np
import pytest

from calibration import __main__ as command
from calibration.verification import page
from calibration.verification.answer import Answer, Point, exact, limit, mean, share, variance


def answer(*points: Point) -> Answer:
    return Answer("key", "7", "what", "formula", "control", points)


@pytest.mark.compiled
def test_every_known_answer_holds_and_every_wrong_formula_is_rejected(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command.main(["verify", "--quick", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["off"], found["blind"]) == ([], [])
    assert len(found["answers"]) >= 30
    keys = [one["key"] for one in found["answers"]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ((exact("one", 1.1, 1.0, 2.0),), "OFF: key, one: 1.1 where 1 is right"),
        ((exact("one", 1.0, 1.0, 1.0),), "BLIND: key: control is not rejected"),
    ],
)
def test_what_is_off_and_a_check_that_lets_everything_pass_end_with_1(
    points: tuple[Point, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = page.Verification([answer(*points)], 4.0, 1, quick=True)
    monkeypatch.setattr(page, "verify", lambda seed, quick: found)
    assert command.main(["verify", "--quick"]) == 1
    assert said in capsys.readouterr().out


def test_the_tolerance_lets_a_right_model_fail_once_in_a_thousand_runs() -> None:
    """Of many made-up runs of a right model, as many fail as were said to."""
    drawn = np.random.default_rng(3).standard_normal((20_000, 10))
    points = [mean(str(n), [0.0, 1.0], 0.5, 9.0) for n in range(10)]
    assert limit([answer(*points)]) == pytest.approx(3.89, abs=0.01)
    often = limit([answer(*points)], false_alarm=0.05)
    failed = (np.abs(drawn) > often).any(axis=1).mean()
    assert abs(failed - 0.05) < 4 * np.sqrt(0.05 * 0.95 / 20_000)


def test_figures_without_chance_widen_no_tolerance() -> None:
    drawn = mean("drawn", [0.0, 1.0], 0.5, 9.0)
    assert limit([answer(drawn, exact("exact", 1, 1, 2))]) == limit([answer(drawn)])


def test_shares_means_and_variances_are_judged_by_their_own_error() -> None:
    sample = np.random.default_rng(5).normal(2.0, 3.0, 4_000)
    points = [
        share("share", sample > 2.0, 0.5, 0.4),
        mean("mean", sample, 2.0, 2.5),
        variance("variance", sample, 9.0, 12.0),
    ]
    assert all(abs(point.z) < 4 < abs(point.z_wrong) for point in points)
    assert points[0].error == pytest.approx(np.sqrt(0.25 / 4_000))
    assert points[1].error == pytest.approx(3 / np.sqrt(4_000), rel=0.05)
    assert points[2].error == pytest.approx(9 * np.sqrt(2 / 4_000), rel=0.1)


def test_a_share_far_from_the_middle_is_judged_exactly() -> None:
    """3 of 1,000 at one in a thousand: not three standard errors off, as a normal law would say."""
    flags = np.arange(1_000) < 3
    assert share("rare", flags, 0.001, 0.5).z == pytest.approx(1.4, abs=0.1)
    assert share("never", flags, 0.0, 0.003).z == np.inf
    assert share("never", flags[3:], 0.0, 0.5).z == 0


def test_the_page_names_each_answer_once_and_draws_it() -> None:
    found = page.Verification(
        [answer(exact("a", 1.0, 1.0, 2.0), mean("b", [0.0, 1.0, 0.5], 0.5, 9.0))], 4.0, 1, False
    )
    told = page.page(found)
    assert told.count("| what | 7 | 2 | 0.0 | yes | control | > 36 | yes |") == 1
    assert "1 of 1 known answers hold (2 figures, 1 of them drawn" in told
    assert b"what" in page.svg(found)
