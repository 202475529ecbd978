"""Options of a scenario's own where options are listed, forced, played, explained and told."""

from __future__ import annotations

import numpy as np
import pytest
from conftest import OWN_OPTIONS

from sim.classroom.page import option_words
from sim.classroom.play_page import stop_rule
from sim.ensemble.engine import engine_for
from sim.errors import ModelError, ScenarioError
from sim.narration.event_sentences import event_sentences
from sim.narration.explain import Explainer
from sim.narration.flip import flips, utility_after
from sim.narration.play import Teller
from sim.replication.fork import Fork
from sim.replication.game_code import code_of, game_of, read_code
from sim.replication.ledger import decisions_of
from sim.replication.ledger_files import by_kind
from sim.replication.play import Game
from sim.replication.record_files import OwnNames, dyads_table, events_table
from sim.replication.rerun import rerun
from sim.scenario import Scenario, load
from sim.vocabulary.codes import BarReason, EventKind
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.ladder import ACTION_NAMES, N_ACTIONS
from sim.words import words

pytestmark = pytest.mark.compiled
SEED, REPLICATION, DAY = 7, 3, 10
OWN = ("break_in", "interception", "release")
BREAK_IN, INTERCEPTION, RELEASE = range(N_ACTIONS, N_ACTIONS + 3)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(OWN_OPTIONS)


@pytest.fixture(scope="module")
def past(scenario: Scenario) -> Fork:
    return Fork(scenario, SEED, REPLICATION)


@pytest.fixture(scope="module")
def game(scenario: Scenario) -> Game:
    return Game(scenario, SEED, REPLICATION, ["westmark"])


def test_the_ledger_lists_them_behind_the_ladder_with_reasons_and_heights(game: Game) -> None:
    run = game.position().run
    made = decisions_of(game.template, run.ledger, run.events)
    ours = [one for one in made if one.kind == "action" and one.actor == "states.eastmark"]
    assert len(ours) > 10
    for one in ours:
        assert one.options == (*ACTION_NAMES, *OWN)
        assert one.barred[INTERCEPTION] == BarReason.NOT_ITS_OWN
        assert one.probability.sum() == pytest.approx(1)
        assert one.rungs[-3:].tolist() == [1.5, 2.5, 0.5]
    shares = sum(one.probability for one in ours) / len(ours)
    assert shares[BREAK_IN] > 0.01
    assert shares[RELEASE] > 0.01
    # another's table is not theirs
    assert all(len(one.options) == len(one.utility) for one in made)


def test_a_choice_can_be_forced_where_it_is_open_and_is_told_by_its_label(past: Fork) -> None:
    futures = past.futures(DAY, runs=3, forced=["westmark@12=interception"])
    assert (futures.applied >= 12).all()
    assert futures.forced_choices[0].choice == "interception"
    story = futures.replay(0)
    told = [one.what for one in event_sentences(story.events, past.scenario, words())]
    assert any("“naval interception”" in one or "naval interception" in one for one in told)
    assert any("stops a ship of its rival at sea" in one for one in told)
    with pytest.raises(ModelError, match="interception is not available on day") as barred:
        past.futures(DAY, runs=3, forced=["eastmark@12=interception"])
    assert "break_in, release" in str(barred.value)
    with pytest.raises(ModelError, match=r"nothing.*interception, release"):
        past.futures(DAY, runs=3, forced=["westmark=nothing"])


def test_every_named_flip_flips(game: Game) -> None:
    run, tried = game.position().run, 0
    for one in decisions_of(game.template, run.ledger, run.events):
        if one.kind != "action":
            continue
        for change in flips(one):
            after = utility_after(one, change)
            likeliest = int(np.argmax(np.where(one.available, after, -np.inf)))
            assert one.options[likeliest] == change.instead
            tried += change.instead in OWN
    assert tried > 5


@pytest.mark.parametrize("tag", ["en", "fr"])
def test_why_is_said_by_its_label(game: Game, scenario: Scenario, tag: str) -> None:
    explain, run = Explainer(scenario, words(tag)), game.position().run
    made = decisions_of(game.template, run.ledger, run.events)
    text = " ".join(
        sentence for one in made if one.kind == "action" for sentence in explain.sentences(one)
    )
    for label in ("naval interception", "break-in into networks", "release of prisoners"):
        assert label in text
    assert words(tag).text("vocabulary.barred.not_its_own") in text
    assert "break_in" not in text


def test_a_game_with_them_has_a_code_and_comes_again(game: Game, scenario: Scenario) -> None:
    position = game.position()
    while (stop := position.stop) is not None:
        own = [k for k, option in enumerate(stop.options, 1) if option >= N_ACTIONS]
        position = game.position((*position.choices, own[0] if own else 0))
    made = zip(position.stops, position.choices, strict=True)
    chosen = [stop.options[choice - 1] for stop, choice in made if choice]
    assert set(chosen) == {BREAK_IN}
    again, choices = game_of(read_code(code_of(game, position.choices)), scenario)
    assert choices == position.choices
    assert again.position(choices).run.events.tobytes() == position.run.events.tobytes()
    acts = position.run.events[position.run.events["kind"] == EventKind.ACT]
    assert BREAK_IN in acts["action"]


def test_a_player_reads_what_they_are(game: Game, scenario: Scenario) -> None:
    teller = Teller(game, words())
    first = "\n".join(teller.question(game.position()))
    assert "naval interception. An action of this scenario's own, at 2.5 on the ladder" in first
    said = option_words(scenario, words())
    assert said["vocabulary.options.release"] == "release of prisoners"
    assert "releases prisoners of its rival" in said["play.options.release"]
    rule = stop_rule(game.template.actions)
    assert set(range(N_ACTIONS, N_ACTIONS + 3)) <= set(rule["once"]) & set(rule["ordered"])
    assert not {BREAK_IN, INTERCEPTION, RELEASE} & {*rule["grave"], *rule["raids"]}


def test_tables_of_the_record_and_the_ledger_name_them(scenario: Scenario) -> None:
    run = rerun(scenario, SEED, REPLICATION)
    details = set(events_table(run, REPLICATION, OwnNames.of(scenario))["detail"].to_pylist())
    assert set(OWN) & details
    rungs = dyads_table(run, REPLICATION)["rung"].to_numpy()
    assert set(np.unique(rungs).tolist()) <= set(range(8))
    engine = engine_for(None, allow_python=False)(scenario)
    ledger = dict(by_kind(engine.replay(SEED, REPLICATION, ledger=True), REPLICATION))
    options = ledger[DecisionKind.ACTION]["option"].to_pylist()
    assert set(options) == {*ACTION_NAMES, *OWN}


def test_an_own_measure_looks_for_one_and_leaves_the_others() -> None:
    releases = {"count": {"event": "calm", "own": "release", "by": "westmark"}}
    asked = {
        "releases": releases,
        "break_ins": {"count": {"event": "raid", "own": "break_in"}},
        "plain": {"count": {"event": "raid"}},
    }
    scenario = load(OWN_OPTIONS, {"measures": asked})
    run = Game(scenario, SEED, REPLICATION, ["westmark"]).fork.original
    found = dict(zip((one.name for one in scenario.measures), run.measures, strict=True))
    acts = run.events[(run.events["kind"] == EventKind.ACT) & (run.events["day"] > 0)]
    released = (acts["action"] == RELEASE) & (
        acts["actor"] == list(scenario.file.states).index("westmark")
    )
    assert found["releases"] == len(np.unique(acts[released]["day"])) > 0
    assert found["break_ins"] == found["acts_break_in"] > 0
    assert found["plain"] == np.sum(acts["action"] == ACTION_NAMES.index("raid"))
    wrong = {"first": {"event": "raid", "own": "release"}}
    with pytest.raises(ScenarioError, match="must be calm, which release is of, got raid"):
        load(OWN_OPTIONS, {"measures": {"wrong": wrong}})
