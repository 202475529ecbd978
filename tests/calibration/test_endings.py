"""Wars, truces and their ends, read off replications made by hand."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from calibration import endings, priors, shapes
from calibration.record import ROOT, Cast, Record
from sim.engine.replication import replay
from sim.engine.world import EVENT, build
from sim.scenario import load
from sim.vocabulary.codes import EventKind, TruceKind
from sim.vocabulary.ladder import Action

HORIZON = 40
CAST = Cast(("a", "b"), ("g", "h"), np.array([0, 1]), date(2024, 1, 31), HORIZON)


def events(*rows: tuple[int, EventKind, int, int]) -> np.ndarray:
    """Day, kind, action and group of each."""
    made = np.zeros(len(rows), dtype=EVENT)
    for event, (day, kind, action, group) in zip(made, rows, strict=True):
        event["day"], event["kind"], event["action"], event["group"] = day, kind, action, group
        event["target"] = 1
    return made


def record(war: list[int], *rows: tuple[int, EventKind, int, int]) -> Record:
    """A history with open war on some days."""
    days = np.zeros((HORIZON, 2), bool)
    days[np.array(war, int) - 1] = True
    return Record(events(*rows), np.zeros(HORIZON, bool), days)


@pytest.mark.parametrize(
    ("war", "rounds"),
    [
        ([1, 2, 3], [(3, True)]),
        ([1, 2, 10, 11], [(11, True)]),  # a pause of a week
        ([1, 2, 11], [(2, True), (1, True)]),  # one of eight days
        ([39, 40], [(2, False)]),
        ([], []),
    ],
)
def test_a_pause_of_a_week_belongs_to_a_war(war: list[int], rounds: list[tuple[int, bool]]) -> None:
    assert endings.fought(record(war)) == rounds


def test_the_last_day_of_a_war_is_one_of_its_days() -> None:
    """Fighting comes before talks on a day, so that a war may be over on its evening."""
    stopped = (4, EventKind.ACT, int(Action.OPEN_WAR), -1)
    assert endings.fought(record([2, 3], stopped)) == [(3, True)]
    assert endings.fought(record([], stopped)) == [(1, True)]


def test_truces_with_groups_are_told_apart_from_those_between_states() -> None:
    found = record(
        [],
        (5, EventKind.TRUCE, -1, 0),
        (6, EventKind.TRUCE, -1, 1),
        (8, EventKind.CEASEFIRE, TruceKind.MEDIATED, 0),
        (12, EventKind.TRUCE_END, -1, 1),
        (20, EventKind.CEASEFIRE_END, 0, 0),
    )
    assert endings.with_groups(found, HORIZON) == [(36, False), (7, True)]
    rows = {row.key: row for row in endings.rows([found, found], CAST)}
    assert rows["group_truces"].model.value == 2
    assert rows["truce_alive_7"].model.value == 1
    assert rows["truce_alive_30"].model.value == 0
    assert rows["stops_unmediated"].model.value == 0
    assert rows["group_truce_30"].data.n == 4


def test_settings_stay_inside_the_priors_and_cover_them() -> None:
    scenario = load(ROOT / "scenarios" / "af_pk_2026.yaml")
    drawn = list(priors.settings(scenario, 20, 1))
    assert set(drawn[0]) == set(priors.of(scenario))
    # what the file gives as a distribution keeps it
    path = "states.afghanistan.serviceability"
    assert all(0.1 <= one[path] <= 0.6 for one in drawn)
    for key in ("rules.bargaining.openness", "rules.bargaining.conviction"):
        low, high = priors.RANGES[key]
        shares = sorted(one[key] for one in drawn)
        assert low <= shares[0] < priors.RANGES[key].at(0.06)
        assert priors.RANGES[key].at(0.94) < shares[-1] <= high
    load(scenario.path, drawn[0])


def test_every_prior_names_numbers_of_the_rules() -> None:
    scenario = load(ROOT / "scenarios" / "two_states.yaml")
    numbers = scenario.numbers()
    for key, (low, high) in priors.RANGES.items():
        assert low < high
        if "*" not in key:
            assert low <= numbers[key].value <= high, key


def test_a_wide_range_is_drawn_in_logs() -> None:
    assert priors.Range(1, 100).at(0.5) == pytest.approx(10)
    assert priors.Range(1, 3).at(0.5) == pytest.approx(2)


def test_a_war_that_is_ordered_comes_in_most_histories() -> None:
    path = ROOT / "scenarios" / "two_states.yaml"
    short = build(load(path, {"horizon": 1, "outcome_window": 1}))
    long = build(load(path, {"horizon": 30}))
    ordered, free = (
        [bool(one.wars or one.small) for one in shapes._histories(long, short, 3, 20, force=force)]
        for force in (True, False)
    )
    assert sum(ordered) >= 12 > 2 * sum(free)


def test_a_truce_that_stopped_a_war_is_one_that_follows_its_last_day() -> None:
    path = ROOT / "scenarios" / "two_states.yaml"
    template = build(load(path, {"horizon": 10}))
    blocks = replay(template, 1, 0).blocks[template.history_days :].copy()
    words = blocks.view(np.int64)
    war = shapes.slot(template.spans, "pairs", "war", 0)
    a, b = (int(words[0, shapes.slot(template.spans, "pairs", side, 0)]) for side in ("a", "b"))
    words[:, war] = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    log = events(
        (3, EventKind.CEASEFIRE, TruceKind.HOTLINE, -1),
        (5, EventKind.CEASEFIRE_END, 0, -1),
        (8, EventKind.CEASEFIRE, TruceKind.MEDIATED, 0),
    )
    log["actor"], log["target"] = a, b
    toll = np.array([20, 10, 0, 0, 0, 0, 0, 0, 0, 0])
    measures = np.zeros(len(template.measures))
    story = SimpleNamespace(events=log, interstate=toll, measures=measures)
    found = shapes.history(template, story, blocks)  # type: ignore[arg-type]
    assert found.wars == [(2, True)]
    assert found.small == []
    assert found.truces == [(3, True)]
    assert found.others == [(3, False)]
    assert (found.unmediated, found.stops, found.settled) == (1, 1, False)
    few = SimpleNamespace(events=log, interstate=toll // 2, measures=measures)
    assert shapes.history(template, few, blocks).small == [(2, True)]  # type: ignore[arg-type]
