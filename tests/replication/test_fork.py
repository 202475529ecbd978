"""Forks: the same past, other futures; and what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from conftest import COSTLY, ROOT

from sim.engine.jit import COMPILED
from sim.engine.replication import run_chunk
from sim.engine.world import build, slot
from sim.errors import ModelError, ScenarioError
from sim.model import EscalationModel
from sim.replication.fork import Fork, fork
from sim.scenario import Scenario, load
from sim.vocabulary.codes import Command, EventKind
from sim.vocabulary.ladder import Action

FILES = COSTLY if COMPILED else [ROOT / "scenarios" / "two_states.yaml"]
HORIZON = 60 if COMPILED else 12
RUNS = 40 if COMPILED else 3
SEED, REPLICATION = 20_260_227, 5
DAY = 4


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(ROOT / "scenarios" / "two_states.yaml", {"horizon": HORIZON})


@pytest.fixture(scope="module")
def past(scenario: Scenario) -> Fork:
    return Fork(scenario, SEED, REPLICATION)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_with_common_random_numbers_and_no_change_a_fork_is_the_original(path: Path) -> None:
    scenario = load(path) if COMPILED else load(path, {"horizon": HORIZON})
    original = run_chunk(build(scenario), SEED, REPLICATION, 1)
    replayed = Fork(scenario, SEED, REPLICATION)
    for day in (1, 2, scenario.horizon // 2, scenario.horizon):
        futures = replayed.futures(day, runs=2, draws="common")
        measures = futures.runs[[m.name for m in scenario.measures]].astype("float64").to_numpy()
        for k in range(2):
            assert measures[k].tobytes() == original.measures[0].tobytes()
            assert futures.rung[k].tobytes() == original.rung[0].tobytes()
            assert futures.deaths[k].tobytes() == original.deaths[0].tobytes()
            assert futures.interstate[k].tobytes() == original.interstate[0].tobytes()


def test_the_past_is_the_same_and_the_futures_are_not(past: Fork) -> None:
    futures = past.futures(DAY, runs=RUNS)
    assert (futures.rung[:, : DAY - 1] == past.original.rung[: DAY - 1]).all()
    assert len({row.tobytes() for row in futures.deaths}) > 1
    assert futures.runs["replication"].tolist() == list(range(RUNS))
    assert futures.series["day"].max() == HORIZON
    assert len(futures.series) == RUNS * HORIZON


def test_a_future_does_not_depend_on_how_many_others_there_are(past: Fork) -> None:
    few, many = past.futures(DAY, runs=2), past.futures(DAY, runs=RUNS, jobs=2)
    assert many.runs.iloc[:2].equals(few.runs)


def test_two_forks_have_common_random_numbers(past: Fork) -> None:
    # a number that nothing reads from here on, so that whatever differed would be chance
    other = past.futures(
        DAY, runs=RUNS, changed={"relations.neighbours.views.westmark.complicity": 0.11}
    )
    assert other.changed[0].path.endswith("complicity")
    assert other.runs.equals(past.futures(DAY, runs=RUNS).runs)


def test_a_change_counts_from_the_fork_on(past: Fork, scenario: Scenario) -> None:
    path = "rules.commands.fire_rate"
    assert path in build(scenario).slots
    changed, same = past.futures(DAY, runs=RUNS, changed={path: 0.5}), past.futures(DAY, runs=RUNS)
    assert changed.runs["clashes"].sum() > same.runs["clashes"].sum()
    assert [(one.path, one.after) for one in changed.changed] == [(path, "0.5")]


def test_a_word_can_be_changed_too(past: Fork) -> None:
    calm = past.futures(DAY, runs=RUNS, changed={"states.westmark.policy": "restrain"})
    assert calm.runs["strikes_by_westmark"].max() <= past.original.events["kind"].size
    assert (
        calm.runs["strikes_by_westmark"].sum()
        <= past.futures(DAY, runs=RUNS).runs["strikes_by_westmark"].sum()
    )


def test_the_drawn_value_of_an_uncertain_number_belongs_to_the_past() -> None:
    spread = {
        "states.westmark.resolve": "{dist: uniform, low: 0.2, high: 0.9, assumed: test}",
        "horizon": HORIZON,
    }
    scenario = load(ROOT / "scenarios" / "two_states.yaml", spread)
    replayed = Fork(scenario, SEED, REPLICATION)
    place = replayed.template.slots["states.westmark.resolve"]
    drawn = replayed.original.blocks[-1].view(np.float64)[place]
    assert replayed.state_before(DAY).view(np.float64)[place] == drawn
    # the number in the middle of the range is what the template holds: it is written all the same
    middle = float(replayed.template.words.view(np.float64)[place])
    assert middle != drawn
    state = replayed.state_before(DAY)
    replayed._apply({"states.westmark.resolve": middle}, state)
    assert state.view(np.float64)[place] == middle


@pytest.mark.parametrize(
    "words",
    [
        "westmark>eastmark=open_war",
        "hill_front=surge",
        "hill_pass.eastmark=raid",
        "eastmark=crack_down",
    ],
)
def test_a_forced_choice_is_made_once(past: Fork, words: str) -> None:
    futures = past.futures(DAY, runs=RUNS, forced=[words])
    made = futures.applied[:, 0]
    assert (made[made > 0] >= DAY).all()
    assert made.any() or not COMPILED
    assert futures.forced_choices[0].choice == words.partition("=")[2]


def test_with_several_rivals_the_choice_says_about_whom() -> None:
    three = Fork(
        load(ROOT / "scenarios" / "three_states.yaml", {"horizon": HORIZON}), SEED, REPLICATION
    )
    with pytest.raises(
        ModelError,
        match="alderland has 2 to choose about; "
        "write alderland>OTHER=CHOICE with one of birchland, cedarland",
    ):
        three.futures(DAY, runs=RUNS, forced=["alderland=raid"])
    futures = three.futures(DAY, runs=RUNS, forced=["alderland>cedarland=raid"])
    runs = [futures.replay(k) for k in range(RUNS)]
    rows = np.concatenate([run.events[run.events["kind"] == EventKind.FORCED] for run in runs])
    assert {(int(row["actor"]), int(row["target"])) for row in rows} <= {(0, 2)}
    assert len(rows) == (futures.applied > 0).sum()


def test_a_future_run_again_is_the_same(past: Fork) -> None:
    futures = past.futures(
        DAY, runs=RUNS, forced=["hill_pass.westmark=raid"], changed={"states.eastmark.resolve": 0.9}
    )
    story = futures.replay(RUNS - 1)
    assert story.rung.tolist() == futures.rung[RUNS - 1, DAY - 1 :].tolist()
    assert futures.rung[RUNS - 1, : DAY - 1].tolist() == past.original.rung[: DAY - 1].tolist()
    with pytest.raises(ModelError, match=f"future: must be from 0 to {RUNS - 1}"):
        futures.replay(RUNS)


def test_two_choices_of_one_actor_are_made_one_after_the_other(past: Fork) -> None:
    made = past.futures(
        DAY, runs=RUNS, forced=["hill_pass.westmark=fire", "hill_pass.westmark=raid"]
    ).applied
    assert made.tolist() == [[DAY, DAY + 1]] * RUNS


def test_the_agents_fork_alike(scenario: Scenario, past: Fork) -> None:
    words = {"westmark>eastmark": "limited_strike", "hill_pass.eastmark": "raid"}
    futures = past.futures(
        DAY, runs=1, draws="common", forced=words, changed={"states.eastmark.resolve": 0.9}
    )
    model = EscalationModel(
        scenario, seed=SEED, replication=REPLICATION, collect="nothing", log_rows=4096
    )
    while model.day < DAY - 1:
        model.step()
    spans, world = past.template.spans, model.world
    world.words[past.template.slots["states.eastmark.resolve"]] = 0.9
    world.block[slot(spans, "clock", "forced", 0)] = len(futures.forced_choices)
    for k, one in enumerate(futures.forced_choices):
        for name, value in {
            "kind": one.kind,
            "actor": one.actor,
            "about": one.about,
            "option": one.option,
            "open": 1,
        }.items():
            world.block[slot(spans, "forced", name, k)] = np.int64(value).view(np.uint64)
    model.run_model()
    measures = futures.runs[[m.name for m in scenario.measures]].astype("float64").to_numpy()
    assert measures[0].tobytes() == np.array(list(model.measures.values())).tobytes()
    rows = model.events[model.events["kind"] == EventKind.FORCED]
    assert set(rows["action"]) <= {
        Action.LIMITED_STRIKE,
        Command.RAID,
    }
    assert len(rows) == (futures.applied > 0).sum()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"day": 0},
            r"day: must be from 1 \(the first day after the release, .*\) to \d+ .*, got 0",
        ),
        ({"day": HORIZON + 1}, f"got {HORIZON + 1}"),
        ({"draws": "lucky"}, "draws: must be common or independent, got lucky"),
        (
            {"forced": ["westmark=nuclear_signal"]},
            r"nuclear_signal is not available on day \d+, .*; there are calm, tension",
        ),
        ({"forced": ["westmak=raid"]}, "no actor westmak, did you mean westmark"),
        ({"forced": ["westmark=rade"]}, "westmark cannot choose rade, did you mean raid"),
        (
            {"forced": ["westmark>lakeland=raid"]},
            "does not choose about lakeland; there are eastmark",
        ),
        ({"forced": ["hill_front>westmark=surge"]}, "hill_front chooses about nobody else"),
        ({"forced": ["raid"]}, "must be ACTOR=CHOICE"),
        ({"forced": ["hill_front=surge"] * 13}, "at most 12 choices, got 13"),
        ({"changed": {"horizon": 11}}, "horizon must not change actors, sectors or dates"),
        (
            {
                "changed": {
                    "states.westmark.resolve": "{dist: uniform, low: 0.1, high: 0.3, assumed: x}"
                }
            },
            "must be one number at a fork",
        ),
        ({"runs": 0}, "runs: must be a whole number from 1"),
    ],
)
def test_what_cannot_be_is_refused(past: Fork, given: dict[str, object], words: str) -> None:
    arguments: dict[str, object] = {"day": DAY, "runs": RUNS} | given
    with pytest.raises(ModelError, match=words):
        past.futures(**arguments)  # type: ignore[arg-type]


def test_a_change_out_of_range_is_the_scenarios_own_error(past: Fork) -> None:
    with pytest.raises(ScenarioError, match=r"states.westmark.resolve: must be in \[0, 1\], got 2"):
        past.futures(DAY, changed={"states.westmark.resolve": 2})


def test_a_scenario_with_a_python_policy_cannot_be_forked() -> None:
    scenario = load(
        ROOT / "scenarios" / "two_states.yaml",
        {"horizon": HORIZON, "states.westmark.policy": "tests.model.conftest:Nothing"},
    )
    with pytest.raises(
        ModelError,
        match="so this scenario cannot be forked: the policy's internal state cannot be restored",
    ):
        fork(scenario, SEED, 0, DAY)


@pytest.mark.parametrize(("choice", "halts"), [("halt", True), ("fight_on", False)])
def test_a_state_at_war_can_be_forced_to_halt_or_to_fight_on(choice: str, halts: bool) -> None:
    short = {"horizon": 6, "outcome_window": 1, "rules.choice.war_attention": 1}
    war = load(ROOT / "scenarios" / "af_pk_2026.yaml", short)
    futures = Fork(war, SEED, REPLICATION).futures(1, runs=3, forced=[f"pakistan={choice}"])
    assert futures.applied.tolist() == [[1]] * 3
    for k in range(3):
        events = futures.replay(k).events
        told = events[(events["day"] == 1) & (events["kind"] == EventKind.HALT)]
        pakistan = [row for row in told if row["actor"] == list(war.file.states).index("pakistan")]
        assert bool(pakistan) is halts
