"""The table of cases: classes of runs and of the record, scores worked out by hand, the page."""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import pytest

from calibration import __main__ as command
from calibration import cases, cases_page
from calibration.cases import CLASSES, HORIZONS, Case, Forecast, Scores
from sim.cli.scenarios import find
from sim.engine.world import Chunk, build
from sim.scenario import load

NAMES = list(CLASSES)
BRIEF = ["cases", "--runs", "3", "--no-write"]


def test_the_record_has_nine_crises_and_ten_attacks_that_were_not_answered() -> None:
    found = cases.record()
    assert [one.answered for one in found] == [True] * 9 + [False] * 10
    came = {one.scenario: [NAMES[k] for k in one.came] for one in found}
    assert came["india_pakistan_2019"] == ["no strike", "strikes, ceasefire", "strikes, ceasefire"]
    assert came["ethiopia_eritrea_1998"] == ["war", "war", "war, ceasefire"]
    assert came["pathankot_2016"] == ["no strike"] * 3


def test_runs_are_put_into_the_class_of_what_has_come_by_the_day() -> None:
    template = build(load(find("pathankot_2016")))
    runs = 5
    chunk = Chunk(
        measures=np.full((runs, len(template.measures)), np.nan),
        rung=np.zeros((runs, 180), np.int8),
        deaths=np.zeros((runs, 180), np.int32),
        interstate=np.zeros((runs, 180), np.int32),
        status=np.array([0, 0, 0, 0, 9]),
        failed_day=np.zeros(runs, np.int64),
    )
    column = {measure.name: k for k, measure in enumerate(template.measures)}
    chunk.rung[0, 6] = 4  # a strike on day 7
    chunk.rung[1, 7] = 5  # a strike on day 8, a ceasefire on day 30
    chunk.measures[1, column["first_ceasefire_day"]] = 30
    chunk.measures[2, column["first_open_war_day"]] = 31  # a war, and a ceasefire on day 60
    chunk.rung[2, 30] = 6
    chunk.measures[2, column["first_ceasefire_day"]] = 60
    chunk.rung[3, 2] = 3  # raids and a ceasefire; the last run failed
    chunk.measures[3, column["first_ceasefire_day"]] = 5
    assert cases.count(template, chunk).tolist() == [
        [3, 1, 0, 0, 0],
        [2, 1, 1, 0, 0],
        [1, 1, 1, 0, 1],
    ]


@dataclass
class Toy:
    """A table of three cases with one class each, on all days."""

    forecasts: list[Forecast]


def toy(*rows: tuple[int, list[int]]) -> Toy:
    scenario = load(find("pathankot_2016"))
    return Toy(
        [
            Forecast(
                Case(str(k), "pathankot_2016", (came,) * 3, came > 0),
                scenario,
                np.array([counts] * 3),
                sum(counts),
                0,
            )
            for k, (came, counts) in enumerate(rows)
        ]
    )


def test_scores_of_a_toy_table_are_those_by_hand() -> None:
    found = cases.scores(
        toy((0, [8, 2, 0, 0, 0]), (0, [10, 0, 0, 0, 0]), (3, [10, 0, 0, 0, 0])).forecasts
    )
    # (k + 1/2) / (n + 5/2): 8 of 10, 10 of 10, 0 of 10
    assert np.exp(found.model) == pytest.approx(
        np.array([[8.5], [10.5], [0.5]] * np.ones(3)) / 12.5
    )
    # of two others: 1 of class 0; 1 of class 0; none of class 3
    assert np.exp(found.base) == pytest.approx(np.array([[1.5], [1.5], [0.5]] * np.ones(3)) / 4.5)
    assert np.isfinite(found.model).all()


def test_the_difference_has_its_standard_error_over_cases() -> None:
    mean, error = Scores(np.array([[0.0, -1.0], [-2.0, -2.0]]), np.full((2, 2), -1.0)).difference()
    assert mean == pytest.approx(-0.25)  # 0.5 and -1
    assert error == pytest.approx(np.std([0.5, -1.0], ddof=1) / np.sqrt(2))


def test_a_forecast_of_what_came_beats_the_base_rates_and_one_of_the_opposite_does_not() -> None:
    """The control: the score can tell good from bad, whatever the model makes of the cases."""
    record = cases.record()
    scenario = load(find("pathankot_2016"))

    def mean(shift: int) -> float:
        counts = [
            100 * np.eye(len(CLASSES), dtype=np.int64)[[(k + shift) % 5 for k in case.came]]
            for case in record
        ]
        forecasts = [
            Forecast(case, scenario, count, 100, 0)
            for case, count in zip(record, counts, strict=True)
        ]
        return cases.scores(forecasts).difference()[0]

    assert mean(0) > 0.5
    assert mean(1) < -3


def test_crises_are_told_apart_where_they_have_more_strikes() -> None:
    """Of two crises and two attacks without an answer: three pairs of four, and one half tie."""
    found = toy(
        (1, [5, 5, 0, 0, 0]), (3, [8, 0, 0, 2, 0]), (0, [8, 2, 0, 0, 0]), (0, [10, 0, 0, 0, 0])
    ).forecasts
    assert cases.struck(found, 0).tolist() == pytest.approx([0.5, 0.2, 0.2, 0.0])
    assert cases.told_apart(found, 0) == pytest.approx(3.5 / 4)
    assert cases.told_apart(found[::-1], 0) == pytest.approx(3.5 / 4)


def test_the_dead_of_an_attack_are_those_that_its_file_states() -> None:
    names = ("mumbai_2008", "rwanda_drc_2025", "ethiopia_eritrea_1998")
    found = [cases.dead_of_attack(load(find(name))) for name in names]
    assert found[0] == 18 + 148
    assert np.isnan(found[1] or 0)
    assert found[2] is None


def test_a_factor_on_blame_multiplies_what_the_file_says() -> None:
    scenario = load(find("pathankot_2016"))
    usual = float(scenario.file.rules.attribution.blame)
    assert cases.louder(4)(scenario) == {cases.BLAME: 4 * usual}


@pytest.mark.compiled
def test_the_command_prints_the_scores_and_the_page_has_every_case(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert command.main([*BRIEF, "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["cases"], found["non_events"], found["failed"]) == (9, 10, 0)
    assert found["log_score"] < 0
    assert found["log_score_base_rates"] < 0
    assert found["difference"] == pytest.approx(found["log_score"] - found["log_score_base_rates"])
    assert [
        sum(by["runs"].values()) for one in found["forecasts"] for by in one["by_day"].values()
    ] == [3] * 19 * len(HORIZONS)


@pytest.mark.compiled
def test_the_page_and_its_figure() -> None:
    made = [cases.forecast(case, 2, 1) for case in cases.record()]
    text = cases_page.page(cases_page.Run(made, made, {1: made, 4: made}, 1))
    assert all(f"| `{one.case.scenario}` |" in text for one in made)
    assert all(one.scenario.note.strip() in text for one in made)
    assert "chosen and not sampled" in text.replace("\n", " ")
    assert cases_page.svg(made).count(b"<svg") == 1
    # the same bytes for the same runs
    assert cases_page.svg(made) == cases_page.svg(made)


def test_one_attack_a_day_is_seven_times_one_a_week() -> None:
    scenario = load(find("iran_pakistan_2024"))
    daily = cases.daily_attacks(scenario)
    medians = {
        f"groups.{name}.base_rate": dict(group.base_rate.dist.params)["median"]
        for name, group in scenario.file.groups.items()
    }
    assert daily.keys() == medians.keys()
    for path, median in medians.items():
        assert daily[path] == pytest.approx(7 * median, rel=0.01)
