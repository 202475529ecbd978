"""Tournaments: cells are runs of a scenario, intervals are over worlds, nobody is favoured."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from cli.conftest import Call, engine_call
from conftest import ROOT

import sim
from sim.design.design import run_design
from sim.design.variants import variants_of
from sim.errors import ModelError
from sim.report.pages.tournament import TournamentPage
from sim.scenario import Scenario
from sim.scenario.programs import ConsentError
from sim.stats.difference import LEVEL
from sim.studies.tournament.standings import Seat, differences, standings, swaps
from sim.studies.tournament.strategies import strategies_of, two_states
from sim.studies.tournament.tournament import TournamentAnswer, TournamentQuestion
from sim.studies.tournament.typical import typical_world
from sim.vocabulary.doctrines import DOCTRINES
from sim.words import words

__all__ = ["engine_call"]
SHORT = {"horizon": 40, "outcome_window": 10, "expect": []}
WHO = ("mirror", "tripwire", "scales")
RUNS, SEED = 40, 7


def question(scenario: Scenario, *doctrines: str, policies: tuple[str, ...] = ()) -> Any:
    """A tournament of these doctrines between the first two states."""
    who = strategies_of(doctrines, policies)
    return TournamentQuestion.ask(scenario, who, two_states(scenario), seed=SEED)


def answer_of(asked: TournamentQuestion, out: Path | None = None, **more: Any) -> TournamentAnswer:
    result = run_design(
        asked.scenario, asked.design(), **{"runs": RUNS, "seed": SEED, "out": out, **more}
    )
    return asked.answer(result)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return sim.load(sim.scenarios() / "two_states.yaml", SHORT)


@pytest.fixture(scope="module")
def answer(scenario: Scenario) -> TournamentAnswer:
    return answer_of(question(scenario, *WHO), jobs=1)


def test_a_cell_is_the_scenario_with_these_settings(
    scenario: Scenario, answer: TournamentAnswer
) -> None:
    first, second = answer.states
    assert (first, second) == ("eastmark", "westmark")
    settings = answer.strategies[1].of(first) | answer.strategies[2].of(second)
    path = sim.scenarios() / "two_states.yaml"
    runs = sim.run(sim.load(path, SHORT | settings), runs=RUNS, seed=SEED, jobs=1).runs
    cell = answer.boards["interstate_deaths"].cells[1][2]
    assert cell.value == runs["interstate_deaths"].mean()
    for name in answer.outcomes:
        share = answer.boards[name].cells[1][2]
        assert share.value == (runs["outcome"] == name).mean()
    typical = answer.typical[1][2]
    counts = runs["outcome"].value_counts()
    assert counts[runs["outcome"][typical]] == counts.max()


def test_workers_and_stops_change_nothing(
    scenario: Scenario, answer: TournamentAnswer, tmp_path: Path
) -> None:
    asked = question(scenario, *WHO)
    answer_of(asked, tmp_path, jobs=1, runs=20)
    more = answer_of(asked, tmp_path, jobs=2)
    assert json.dumps(more.as_json()) == json.dumps(answer.as_json())


def test_means_are_of_worlds_and_their_intervals_too(answer: TournamentAnswer) -> None:
    """Within a world cells go together: an interval as if they did not would be narrower."""
    random = np.random.default_rng(5)
    worlds = random.normal(size=200)
    cells = np.add.outer(np.arange(9.0).reshape(3, 3), worlds)
    found = standings(cells)
    for seat, middle in ((Seat.FIRST, (1, 4, 7)), (Seat.SECOND, (3, 4, 5)), (Seat.BOTH, (2, 4, 6))):
        for one, value in zip(found[seat], middle, strict=True):
            assert one.mean.value == pytest.approx(value + worlds.mean())
            half = 1.97 * worlds.std(ddof=1) / np.sqrt(200)
            assert one.mean.halfwidth == pytest.approx(half, rel=0.01)
    # the same in every world: known without an error, though the means are not
    assert [one.rest.value for one in found[Seat.FIRST]] == pytest.approx([-4.5, 0, 4.5])
    gap = found[Seat.FIRST][0].rest
    assert gap.high is not None
    assert gap.high == pytest.approx(-4.5)
    assert {pair: one.value for pair, one in swaps(cells).items()} == pytest.approx(
        {(0, 1): -2, (0, 2): -4, (1, 2): -2}
    )
    assert {pair: one.value for pair, one in differences(cells).items()} == pytest.approx(
        {(0, 1): -2, (0, 2): -4, (1, 2): -2}
    )


def test_chance_alone_tells_nothing_apart() -> None:
    """Of 200 tournaments of chance alone about one in twenty finds anything, and not more."""
    random = np.random.default_rng(6)
    found = 0
    for _ in range(200):
        rest = standings(random.normal(size=(4, 4, 30)))[Seat.BOTH]
        found += any(one.rest.sure for one in rest)
    # 10 expected; 24 or more has a probability below 1e-4
    assert found < 24
    assert LEVEL == 0.95


def test_a_symmetric_scenario_has_a_symmetric_table_up_to_its_error() -> None:
    file = ROOT / "tests" / "sense" / "mirror.yaml"
    asked = question(sim.load(file, SHORT), *WHO)
    board = answer_of(asked, runs=60, jobs=1).boards["interstate_deaths"]
    assert any(gap.p is not None for gap in board.swaps.values())
    assert not any(gap.sure for gap in board.swaps.values())
    assert np.nanmax(board.values) > 2 * max(abs(gap.value or 0) for gap in board.swaps.values())


def test_two_states_are_not_alike_and_the_page_says_so(answer: TournamentAnswer) -> None:
    assert any(gap.sure for gap in answer.boards["interstate_deaths"].swaps.values())
    said = TournamentPage(answer, words("en")).exchange_in_words("interstate_deaths")
    assert "not alike" in said


def test_where_nothing_can_be_told_apart_nobody_is_named(answer: TournamentAnswer) -> None:
    board = answer.boards["interstate_deaths"]
    level = {
        seat: tuple(replace(one, rest=replace(one.rest, p=0.4)) for one in found)
        for seat, found in board.standings.items()
    }
    boards = {**answer.boards, "interstate_deaths": replace(board, standings=level)}
    for language, text in (("en", "may be chance"), ("fr", "hasard")):
        page = TournamentPage(replace(answer, boards=boards), words(language))
        said = page.sentences("interstate_deaths")
        assert text in said[1]
        for word in ("win", "best", "gagne", "meilleur"):
            assert word not in " ".join(said)


@pytest.mark.parametrize(
    ("outcomes", "values", "number"),
    [
        (["a", "b", "b"], [1.0, 3.0, 2.0], 2),
        (["b", "a", "a", "b"], [9.0, 3.0, 2.0, 8.0], 3),  # as frequent: the one that comes first
        ([None, "a"], [np.nan, 1.0], 1),
        ([None, None], [np.nan, np.nan], None),
        (["a", "a", "a"], [2.0, 2.0, 2.0], 1),
        (["a", "a"], [np.nan, np.nan], 0),
    ],
)
def test_a_typical_world(outcomes: list[str | None], values: list[float], number: int) -> None:
    assert typical_world(np.array(outcomes, dtype=object), np.array(values)) == number


REFUSED: dict[str, Callable[[], object]] = {
    "must have two states or more": lambda: two_states(_alone()),
    "and: must be a state of .*did you mean westmark": lambda: two_states(_two(), None, "westmrk"),
    "must be two different states": lambda: two_states(_two(), "westmark", "westmark"),
    "must have a relation between .* birchland and cedarland": lambda: two_states(
        _three(), "birchland", "cedarland"
    ),
    "doctrine: must be one of .*did you mean mirror": lambda: strategies_of(["miror"], []),
    "policy: must be one of .* or module:Class, got a b": lambda: strategies_of([], ["a b"]),
    "each strategy once, got mirror twice": lambda: strategies_of(["mirror", "mirror"], []),
    "2 to 20 strategies, got 1": lambda: strategies_of([], ["grim"]),
}


def _two() -> Scenario:
    return sim.load(sim.scenarios() / "two_states.yaml")


def _three() -> Scenario:
    return sim.load(sim.scenarios() / "three_states.yaml")


def _alone() -> Any:
    return SimpleNamespace(id="alone", file=SimpleNamespace(states={"westmark": None}))


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_is_one_sentence(text: str) -> None:
    with pytest.raises(ModelError, match=text):
        REFUSED[text]()


def test_states_are_found_by_name_or_chosen() -> None:
    assert two_states(_two(), "westmark") == ("westmark", "eastmark")
    assert two_states(_two(), None, "eastmark") == ("westmark", "eastmark")
    assert two_states(_three(), "cedarland") == ("cedarland", "alderland")
    assert two_states(_three()) == ("alderland", "birchland")


def test_what_a_name_stands_for_belongs_to_the_digest(scenario: Scenario) -> None:
    asked = question(scenario, *WHO)
    mild = asked.strategies[0]
    other = replace(mild, settings={**mild.settings, "overshoot": 2})
    changed = TournamentQuestion.ask(
        scenario, (other, *asked.strategies[1:]), asked.states, seed=SEED
    )
    one, two = (variants_of(scenario, each.design()).digest for each in (asked, changed))
    assert one != two


def test_a_python_policy_takes_part_with_consent(tmp_path: Path) -> None:
    for file in (ROOT / "scenarios" / "two_states.yaml", ROOT / "docs/examples/cautious.py"):
        shutil.copy(file, tmp_path)
    few = {**SHORT, "horizon": 5, "outcome_window": 2}
    loaded = sim.load(tmp_path / "two_states.yaml", few)
    asked = question(loaded, policies=("quantal", "cautious.py:Cautious"))
    assert [one.name for one in asked.strategies] == ["quantal", "cautious:Cautious"]
    with pytest.raises(ConsentError, match="--allow-python"):
        answer_of(asked, runs=2, jobs=1)
    found = answer_of(asked, runs=2, jobs=1, allow_python=True)
    assert found.sample.failed == 0


def test_the_command_says_who_meets_and_writes_its_files(engine_call: Call) -> None:
    words = ("two_states", "--doctrine", "mirror,tripwire", "--policies", "random", "--runs", 10)
    short = ("--set", "horizon=40", "--set", "outcome_window=10", "--set", "expect=[]")
    said = engine_call("tournament", *words, *short, "--seed", 7, "--out", "o", "--measure", "wars")
    assert said.code == 0, said.err
    assert "Eastmark and Westmark: the first relation" in said.err
    assert "Mirror" in said.out
    names = {path.name for path in Path("o").iterdir()}
    assert {f"tournament{end}" for end in (".csv", ".json", ".html", "_dictionary.csv")} <= names
    assert {path.name for path in Path("o/figures").iterdir()} == {
        f"{kind}_wars.{end}" for kind in ("tournament", "means") for end in ("png", "svg")
    }
    told = json.loads(Path("o/tournament.json").read_text(encoding="utf-8"))
    assert told["measure"] == "wars"
    assert len(told["targets"]["wars"]["cells"]) == 9
    text = Path("o/tournament.html").read_text(encoding="utf-8")
    assert "Are the two states alike?" in text


PAGE = (ROOT / "docs" / "tournament.md").read_text(encoding="utf-8")


def test_the_example_of_the_docs_prints_what_they_show(engine_call: Call) -> None:
    command, replay = re.findall(r"```sh\npython run_sim.py (.*)\n```", PAGE)
    (shown,) = re.findall(r"```\n(Eastmark.*?)```", PAGE, re.DOTALL)
    said = engine_call(*shlex.split(command), "--no-report")
    assert said.code == 0, said.err
    for line in shown.splitlines():
        assert line in said.out
    told = json.loads(Path("results/tournament/tournament.json").read_text(encoding="utf-8"))
    cells = told["targets"]["interstate_deaths"]["cells"]
    (cell,) = (one for one in cells if (one["first"], one["second"]) == ("tripwire", "mirror"))
    assert f"--replication {cell['typical']} " in replay


def test_the_doctrines_of_the_docs_are_those_there_are() -> None:
    rows = re.findall(r"^\| (.+?) \| .+? \| (`policy.*?) \|$", PAGE, re.MULTILINE)
    said = words()
    assert rows == [
        (
            said.text(f"doctrines.names.{one.name}"),
            ", ".join(f"`{name}: {value}`" for name, value in one.settings.items()),
        )
        for one in DOCTRINES
    ]


def test_python_of_the_docs_works(monkeypatch: pytest.MonkeyPatch) -> None:
    (code,) = re.findall(r"```py\n(.*?)```", PAGE, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code.replace("runs=100", "runs=4"), names)
    assert names["answer"].boards["wars"].values.shape == (3, 3)
