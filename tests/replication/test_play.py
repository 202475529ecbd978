"""Games: where they stop, what a code holds, and the same bytes in every way to play."""

from __future__ import annotations

import random

import numpy as np
import pytest
from conftest import ROOT

from sim.engine.jit import COMPILED
from sim.engine.world import slot
from sim.errors import ModelError
from sim.replication.fork import Fork
from sim.replication.game_code import (
    SIGNS,
    code_of,
    find_scenario,
    fingerprint,
    game_of,
    read_code,
    seems_code,
)
from sim.replication.ledger import read
from sim.replication.orders import orders
from sim.replication.play import Game, Position, run_digest
from sim.replication.stops import BUDGET, LATE
from sim.scenario import Scenario, load
from sim.vocabulary.codes import EventKind
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.ladder import Action

SEED, REPLICATION = 7, 3
HORIZON = 120 if COMPILED else 14
RAID = int(Action.RAID)


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load(
        ROOT / "scenarios" / "two_states.yaml",
        {"horizon": HORIZON, "outcome_window": min(30, HORIZON)},
    )


@pytest.fixture(scope="module")
def game(scenario: Scenario) -> Game:
    return Game(scenario, SEED, REPLICATION, ["westmark"])


def at_random(game: Game, number: int) -> Position:
    """A game with choices by a stream of its own."""
    stream, position = random.Random(number), game.position()
    while (stop := position.stop) is not None:
        position = game.position(
            (*position.choices, stream.randrange(len(stop.options) + 1)),
        )
    return position


def test_without_a_choice_a_game_is_the_replication(game: Game) -> None:
    run, original = game.position().run, game.fork.original
    assert np.array_equal(run.measures, original.measures, equal_nan=True)
    left = at_random(game, 0).choices
    alone = game.position((0,) * len(game.position().stops))
    assert len(left) <= BUDGET
    assert run_digest(game.template, alone.run) == run_digest(game.template, run)


@pytest.mark.parametrize("number", range(3))
def test_later_choices_move_no_stop(game: Game, number: int) -> None:
    position = at_random(game, number)
    for k in range(len(position.choices)):
        earlier = game.position(position.choices[:k]).stops[: k + 1]
        assert earlier[:k] == position.stops[:k]
        assert earlier[k]._replace(taken=0) == position.stops[k]._replace(taken=0)
    days = [stop.day for stop in position.stops]
    assert days == sorted(days)
    assert days[-1] <= HORIZON - LATE
    assert len(position.stops) <= BUDGET


@pytest.mark.compiled
def test_a_game_has_eight_to_twelve_stops_for_a_state(scenario: Scenario) -> None:
    counts = [
        len(at_random(Game(scenario, SEED, k, [role]), k).stops)
        for k in range(8)
        for role in ("westmark", "eastmark")
    ]
    assert max(counts) <= BUDGET
    assert sum(count >= 8 for count in counts) >= len(counts) * 3 // 4
    both = Game(scenario, SEED, 1, ["eastmark", "westmark"])
    assert len(at_random(both, 1).stops) <= BUDGET


def test_a_stop_knows_nothing_of_what_is_hidden(game: Game, scenario: Scenario) -> None:
    """Stops are the same where the log lacks all that the role cannot know."""
    from sim.narration.role_news import known_rows
    from sim.replication.stops import stops

    run = game.position().run
    known = known_rows(game.roles[0], run.events)
    assert len(known) < len(run.events)
    assert stops(game.template, run.ledger, known, game.roles) == list(game.position().stops)


def test_the_same_bytes_by_code_and_by_fork(scenario: Scenario) -> None:
    for roles in (["westmark"], ["eastmark", "westmark"]):
        game = Game(scenario, SEED, REPLICATION, roles)
        position = at_random(game, 1)
        digest = run_digest(game.template, position.run)
        code = code_of(game, position.choices)
        again, choices = game_of(read_code(code), scenario)
        assert (choices, [one.name for one in again.roles]) == (position.choices, sorted(roles))
        assert run_digest(game.template, again.position(choices).run) == digest
        forced = [one.words for one in game.forced_choices(position)]
        assert len(forced) == sum(choice > 0 for choice in choices)
        futures = Fork(scenario, SEED, REPLICATION).futures(
            1, runs=1, draws="common", forced=forced
        )
        assert run_digest(game.template, futures.replay(0)) == digest
        made = [stop.day for stop, choice in zip(position.stops, choices, strict=True) if choice]
        assert futures.applied[0].tolist() == made


@pytest.mark.compiled
def test_a_code_has_some_twenty_signs_and_notices_every_slip(game: Game) -> None:
    code = code_of(game, at_random(game, 2).choices)
    plain = code.replace("-", "")
    assert len(plain) <= 20
    assert read_code(code.lower().replace("-", " ").replace("0", "o")) == read_code(code)
    for k, sign in enumerate(plain):
        wrong = [plain[:k] + other + plain[k + 1 :] for other in SIGNS if other != sign]
        if k and plain[k - 1] != sign:
            wrong.append(plain[: k - 1] + sign + plain[k - 1] + plain[k + 1 :])
        for text in wrong:
            with pytest.raises(ModelError, match="has a slip"):
                read_code(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "from 11 to 120 signs"),
        ("4RB07-02DPW-A3C1U-0G", "written with the signs"),
        ("0" * 500, "from 11 to 120 signs"),
    ],
)
def test_what_is_no_code_is_one_sentence(text: str, said: str) -> None:
    with pytest.raises(ModelError, match=said) as error:
        read_code(text)
    assert len(str(error.value).splitlines()) == 1


def test_a_code_of_another_scenario_says_so(game: Game, scenario: Scenario) -> None:
    other = load(ROOT / "scenarios" / "three_states.yaml")
    code = read_code(code_of(game, ()))
    with pytest.raises(ModelError, match="must be of a game of three_states"):
        game_of(code, other)
    assert find_scenario(code, [lambda: other, lambda: scenario]) is scenario
    with pytest.raises(ModelError, match="must be of a bundled scenario"):
        find_scenario(code, [lambda: other])


def test_codes_are_told_from_scenarios() -> None:
    names = [path.stem for path in (ROOT / "scenarios").rglob("*.yaml")]
    assert not [name for name in names if seems_code(name)]
    prints = [fingerprint(load(path)) for path in sorted((ROOT / "scenarios").rglob("*.yaml"))]
    assert len(set(prints)) == len(prints)


def test_a_choice_that_is_not_there_is_refused(game: Game) -> None:
    stop = game.position().stops[0]
    with pytest.raises(ModelError, match=rf"choice 1: must be from 0 .* to {len(stop.options)}"):
        game.position((len(stop.options) + 1,))
    with pytest.raises(ModelError, match="no actor nobody"):
        Game(game.scenario, SEED, REPLICATION, ["nobody"])
    with pytest.raises(ModelError, match="from 1 to 4"):
        Game(game.scenario, SEED, REPLICATION, [])


def test_an_order_stands_until_it_is_carried_out(game: Game) -> None:
    """No later decision of the model's own replaces an order that is under way."""
    war = game.position().stops[0].options.index(int(Action.OPEN_WAR)) + 1
    position = game.position((war,))
    (order,) = orders(game, position, HORIZON + 1)
    assert order.state in ("done", "carried_out", "war", "ceasefire", "under_way")
    word = slot(game.template.spans, "dyads", "order", 1, 0)
    waits = position.run.blocks.view(np.int64)[:, word] == Action.OPEN_WAR
    until = order.day if order.day else HORIZON
    assert waits[: until - 1].all()


def test_a_forced_choice_with_a_day_waits_for_it(scenario: Scenario) -> None:
    late = HORIZON // 2
    futures = Fork(scenario, SEED, REPLICATION).futures(
        1, runs=1, draws="common", forced=[f"westmark@{late}=raid"]
    )
    assert futures.applied[0, 0] == 0 or futures.applied[0, 0] >= late
    for text in ("westmark@=raid", "westmark@x=raid", "westmark@0=raid"):
        with pytest.raises(ModelError, match="ACTOR@DAY=CHOICE"):
            Fork(scenario, SEED, REPLICATION).futures(1, runs=1, forced=[text])


def test_a_morning_knows_no_later_choice(game: Game) -> None:
    position = at_random(game, 1)
    fork = game.as_fork(position)
    words = fork.original.blocks.view(np.int64)[game.template.history_days :]
    for k, one in enumerate(game.forced_choices(position)):
        stays = words[:, slot(game.template.spans, "forced", "open", k)]
        assert not stays.any()
        assert one.since > 0
    futures = fork.futures(HORIZON, runs=1, draws="common")
    deaths = position.run.measures[[m.name for m in game.scenario.measures].index("deaths")]
    assert futures.runs["deaths"].iloc[0] == deaths


def test_a_choice_that_stands_holds_on_the_mornings_after_it(game: Game) -> None:
    choices = at_random(game, 1).choices
    names = [measure.name for measure in game.scenario.measures]
    for n in range(1, len(choices) + 1):
        position = game.position(choices[:n])  # the rest is left to the model
        fork, made = game.as_fork(position), position.stops[n - 1].day
        ours = position.run.measures[names.index("deaths")]
        for day in range(made + 1, min(made + 4, HORIZON)):
            futures = fork.futures(day, runs=1, draws="common")
            assert futures.runs["deaths"].iloc[0] == ours, (n, day)


def test_what_is_hidden_from_a_role_is_in_no_news(game: Game, scenario: Scenario) -> None:
    from sim.narration.role_news import role_news
    from sim.words import words

    events, days = game.position().run.events, range(1, HORIZON + 1)
    said = " ".join(
        text for text in role_news(events, scenario, game.roles[0], words(), days).lines
    )
    assert "in the model" not in said
    assert "on its soil" not in said  # what a host does about a group
    silent = events[(events["kind"] == EventKind.ATTACK) & ~(events["value"] > 0)]
    if len(silent) and not (events["kind"] == EventKind.ACT).any():
        assert "Hill Front" not in said


def test_a_player_of_a_mediator_is_asked_about_talks(scenario: Scenario) -> None:
    game = Game(scenario, SEED, 12, ["lakeland"])
    kinds = {stop.kind for stop in game.position().stops}
    assert kinds <= {DecisionKind.OFFER}


@pytest.mark.compiled
def test_a_choice_of_a_posture_holds_for_a_week(scenario: Scenario) -> None:
    """The model's own decisions of the week would be others, and do not replace it."""
    others = 0
    for replication in range(10):
        game = Game(scenario, SEED, replication, ["westmark"])
        stop = game.position().stops[0]
        run = game.position((stop.options.index(int(Action.TENSION)) + 1,)).run
        for one in read(game.template, run.ledger):
            days = one.day - stop.day
            if one.kind == "action" and one.actor == "states.westmark" and 0 <= days < 7:
                assert one.options[one.taken] == "tension"
                others += one.choice != one.taken
    assert others
