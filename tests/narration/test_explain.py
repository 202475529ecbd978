"""An explanation says what the record says; turning points are found where they are planted."""

from __future__ import annotations

import re
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import sim
from sim.engine.world.tables import EVENT
from sim.ensemble.progress import Progress
from sim.narration.explain import Explainer
from sim.narration.flip import WEIGHT, Flip, flip
from sim.narration.turning_points import Move, Turning, _moves, turning, turning_of
from sim.narration.turning_words import TurningStory
from sim.replication.fork import Fork
from sim.replication.ledger import Decision, decisions
from sim.vocabulary.coded import words as coded_words
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.ladder import ACTION_NAMES, Action, Rung
from sim.words import words

SEED = 7


@pytest.fixture(scope="module")
def made() -> list[Decision]:
    return decisions(sim.load(sim.scenarios() / "af_pk_2026.yaml"), SEED, 3)


@pytest.fixture(scope="module")
def explain() -> Explainer:
    return Explainer(sim.load(sim.scenarios() / "af_pk_2026.yaml"), words())


def action(made: list[Decision], actor: str, day: int) -> Decision:
    return next(
        one
        for one in made
        if one.kind == "action" and one.actor == f"states.{actor}" and one.day == day
    )


def _by_weight(one: Decision) -> bool:
    """Whether another weight of a term would have changed the choice."""
    change = flip(one)
    return change is not None and change.kind == WEIGHT


def test_a_decision_in_words(made: list[Decision], explain: Explainer) -> None:
    one = next(
        one
        for one in made
        if one.kind == "action" and one.actor == "states.afghanistan" and _by_weight(one)
    )
    text = " ".join(explain.sentences(one))
    assert f"Afghanistan had {one.available.sum()} options: " in text
    assert (
        "Barred: limited air strike and military air strike, since it has no aircraft fit to fly."
        in text
    )
    assert f"the draw was {one.draw:.3f}" in text
    assert f"({explain.words.percent(one.probability[one.taken])}" in text
    assert (
        f"believed with {explain.words.percent(one.believed['complicity'])} that Pakistan "
        "harbours those who attack it" in text
    )
    haven = explain.words.percent(one.true["haven"])
    assert f"in truth their haven there stood at {haven} of a full one" in text
    change = flip(one)
    assert change is not None
    assert (
        f"weighed {change.after:.3g} instead of {change.before:.3g}, "
        f"“{explain.option(change.instead)}” would have been the likeliest" in text
    )


def test_a_mediator_offers_talks_to_both_by_their_names(
    made: list[Decision], explain: Explainer
) -> None:
    one = next(one for one in made if one.kind == "offer" and one.actor == "mediators.qatar")
    assert explain.heading(one) == "Qatar, about Afghanistan and Pakistan: Whether to offer talks"


@pytest.mark.parametrize(
    ("tag", "heading", "said"),
    [
        ("en", "To fight on or to halt", "“fight on”"),
        ("fr", "Continuer ou cesser le combat", "« continuer le combat »"),
    ],
)
def test_a_war_is_explained_as_the_choice_to_fight_on_or_to_halt(
    made: list[Decision], tag: str, heading: str, said: str
) -> None:
    one = next(d for d in made if d.kind == "war" and d.options[d.taken] == "fight_on")
    explain = Explainer(sim.load(sim.scenarios() / "af_pk_2026.yaml"), words(tag))
    assert explain.heading(one).endswith(heading)
    text = " ".join(explain.sentences(one))
    assert said.replace(" ", "\xa0") in text or said in text
    assert "fight_on" not in text


def test_what_spoke_for_a_choice_is_the_difference_of_terms(
    made: list[Decision], explain: Explainer
) -> None:
    one = max(
        (one for one in made if one.kind == "action" and one.actor == "states.afghanistan"),
        key=lambda one: Action.of(one.options[one.taken]).rung,
    )
    assert Action.of(one.options[one.taken]).rung >= Rung.RAID
    others = np.where(
        one.available & (np.arange(len(ACTION_NAMES)) != one.taken), one.utility, -np.inf
    )
    worth = one.weights * (one.table[one.taken] - one.table[int(np.argmax(others))])
    top = int(np.argmax(worth))
    assert f"for it spoke {explain.term(one.terms[top])} ({worth[top]:+.2f})" in " ".join(
        explain.sentences(one)
    )


def test_every_kind_of_decision_has_its_words(made: list[Decision], explain: Explainer) -> None:
    for kind in {one.kind for one in made}:
        one = next(d for d in made if d.kind == kind)
        assert explain.heading(one)
        text = " ".join(explain.sentences(one))
        for name in (*one.options, *one.terms):
            assert (
                explain.option(name) != name
                or explain.term(name) != name
                or name in ACTION_NAMES
                or "_" not in name
            )
            assert f"option_{name}" not in text


def test_in_french_no_english_is_left(made: list[Decision]) -> None:
    explain = Explainer(sim.load(sim.scenarios() / "af_pk_2026.yaml"), words("fr"))
    some = [
        one
        for kind in coded_words(DecisionKind)
        for one in [d for d in made if d.kind == kind][:20]
    ]
    assert len({one.kind for one in some}) > 8
    text = " ".join(
        part for one in some for part in (explain.heading(one), *explain.sentences(one))
    ).lower()
    assert not set(re.findall(r"[a-z]+", text)) & {
        "the",
        "it",
        "its",
        "was",
        "had",
        "would",
        "with",
        "chose",
        "beside",
        "below",
        "above",
    }


def test_no_number_is_written_as_a_machine_writes_it(
    made: list[Decision], explain: Explainer
) -> None:
    one = action(made, "pakistan", 5)
    for before, after, shown in (
        (5e-17, 0.0893, "0.0893 instead of below 0.001"),
        (0.0, 12345.6, "12,346 instead of 0"),
    ):
        assert f"outrage been {shown}, “raid”" in explain._flip(
            one, Flip("stock", "outrage", before, after, "raid")
        )


def test_a_choice_against_the_odds_says_so(made: list[Decision], explain: Explainer) -> None:
    one = next(d for d in made if d.kind == "action" and d.probability[d.taken] < 0.3)
    assert "fell to it, although" in " ".join(explain.sentences(one))


def test_a_policy_from_outside_is_named_and_has_no_flip_by_the_table(
    made: list[Decision], explain: Explainer
) -> None:
    own = replace(action(made, "pakistan", 5), policy="timid:Timid")
    assert (
        "A policy from outside the model decides for it, “timid:Timid”"
        in list(explain.sentences(own))[-1]
    )


def mornings(rng: np.random.Generator, shift: float) -> np.ndarray:
    """Outcomes of 200 futures from each of 60 mornings.

    A few change by chance every day; on day 20 a share of all turns into outcome 1.
    """
    came = np.empty((61, 200), dtype=np.int64)
    came[0] = rng.integers(0, 3, 200)
    for day in range(1, 61):
        came[day] = np.where(rng.random(200) < 0.05, rng.integers(0, 3, 200), came[day - 1])
        if day == 20:
            came[day] = np.where(rng.random(200) < shift, 1, came[day])
    return came


def found_in(came: np.ndarray) -> list[int]:
    names = ("a", "b", "c")
    shares = np.stack([(came == k).mean(axis=1) for k in range(3)], axis=1)
    return [move.day for move in _moves(came, names, shares)[0]]


def test_a_planted_turning_point_is_found_and_luck_is_not() -> None:
    rng = np.random.default_rng(5)
    assert [found_in(mornings(rng, 0.4)) for _ in range(20)] == [[20]] * 20
    false = sum(bool(found_in(mornings(rng, 0.0))) for _ in range(100))
    assert false <= 12, (
        "Holm's procedure finds something in nothing in at most 5 of 100, give or take"
    )


def test_forecasts_begin_in_doubt_and_end_in_what_came() -> None:
    scenario = sim.load(sim.scenarios() / "two_states.yaml", {"horizon": 20, "outcome_window": 10})
    found = turning(Fork(scenario, SEED, 0), 40, None, Progress())
    assert found.shares.shape == (21, len(scenario.outcomes))
    assert np.allclose(found.shares.sum(axis=1), 1.0)
    assert set(np.unique(found.shares[-1])) == {0.0, 1.0}
    assert found.tested == 20 * len(scenario.outcomes)
    assert 0.0 < found.error <= 0.5 / np.sqrt(40)


def test_a_turning_point_by_hand() -> None:
    """Of fifty futures that end in a, forty turn to b on the first day, one back on the second."""
    came = np.zeros((3, 50), dtype=np.int64)
    came[1:, :40] = 1
    came[2, 0] = 0
    moves, tested = _moves(came, ("a", "b"), np.array([[1.0, 0.0], [0.2, 0.8], [0.22, 0.78]]))
    assert moves == (Move(1, "a", 1.0, 0.2, pytest.approx(np.sqrt(0.8 * 0.2 / 49))),)
    assert tested == 4


def test_a_move_below_the_floor_is_none_and_days_stand_in_order() -> None:
    """Of a thousand futures 90 turn on day 1, 100 on day 2, 600 on day 3: each is significant."""
    came = np.zeros((4, 1000), dtype=np.int64)
    for day, turned in enumerate((90, 190, 790), start=1):
        came[day, :turned] = 1
    found = turning_of(came, ("a", "b"))
    assert [(move.day, round(move.size, 2)) for move in found.moves] == [(2, -0.1), (3, -0.6)]
    assert found.near == (1,)
    assert [move.is_near for move in found.moves] == [True, False]


def test_more_futures_find_the_same_up_to_the_error_that_is_said() -> None:
    """What 200 and 2,000 futures do not agree on lies near the floor, and is said to."""
    rng = np.random.default_rng(11)
    turns = {5: 0.3, 9: 0.14, 13: 0.1, 17: 0.06}  # what turns from a to b on a day, of all futures
    told = 0
    for _ in range(40):
        came = np.zeros((21, 2000), dtype=np.int64)
        for day in range(1, 21):
            came[day] = np.where(
                rng.random(2000) < turns.get(day, 0.0), 1 - came[day - 1], came[day - 1]
            )
            came[day] = np.where(rng.random(2000) < 0.05, rng.integers(0, 2, 2000), came[day])
        few, many = turning_of(came[:, :200], ("a", "b")), turning_of(came, ("a", "b"))
        days = [{move.day for move in found.moves} for found in (few, many)]
        doubtful = {*few.near, *(move.day for move in few.moves if move.is_near)}
        assert 5 in days[0] & days[1]
        told += days[0] ^ days[1] <= doubtful
    assert told >= 34, "two standard errors hold nineteen times of twenty, give or take"


def test_turning_points_are_said_in_the_language_of_the_reader() -> None:
    scenario = sim.load(sim.scenarios() / "two_states.yaml")
    names = ("war, not over", "quiet")
    shares = np.array([[0.25, 0.75], [0.85, 0.15], [1.0, 0.0]])
    moves = (Move(1, "war, not over", 0.25, 0.85, 0.05),)
    original = SimpleNamespace(events=np.zeros(0, EVENT))
    fork = SimpleNamespace(scenario=scenario, seed=7, replication=3, original=original)
    french = words("fr")
    low, high = french.percent(0.25), french.percent(0.85)
    story = TurningStory(
        fork,  # type: ignore[arg-type]
        Turning(names, shares, 40, 0.07, moves, 4),
        Explainer(scenario, french),
    )
    first, turn, news, came, _ = story.lines()
    assert f"guerre inachevée ({low}) et calme" in first
    assert turn.startswith("1. jour 1 (")
    assert f"guerre inachevée {low} le matin, {high} le lendemain matin" in turn
    assert "erreur type du changement : 5 points" in turn
    assert news == "   rien n’a été rapporté"
    assert came == "Ce qui est arrivé : guerre inachevée."
    assert story.captions() == [f"jour 1, guerre inachevée {low} → {high} : rien n’a été rapporté"]


def test_of_many_days_near_the_floor_only_the_number_is_said() -> None:
    scenario = sim.load("two_states")
    original = SimpleNamespace(events=np.zeros(0, EVENT))
    fork = SimpleNamespace(scenario=scenario, seed=7, replication=3, original=original)
    shares = np.array([[0.25, 0.75], [1.0, 0.0]])
    said = {}
    for n in (2, 40):
        near = tuple(range(1, n + 1))
        found = Turning(("war, not over", "quiet"), shares, 40, 0.07, (), 4, near)
        story = TurningStory(fork, found, Explainer(scenario, words()))  # type: ignore[arg-type]
        said[n] = story.precision()[-1]
    assert said[2].startswith("Days 1 and 2 are so near to 10 points")
    assert said[40].startswith("40 days are so near to 10 points")


def test_a_future_that_failed_has_no_outcome() -> None:
    def futures(day: int, **_: object) -> SimpleNamespace:
        return SimpleNamespace(runs=pd.DataFrame({"outcome": ["b", "b", "a", None]}))

    fork = SimpleNamespace(
        template=SimpleNamespace(horizon=2),
        scenario=SimpleNamespace(outcomes={"a": None, "b": None}),
        futures=futures,
    )
    assert turning(fork, 4, None, Progress()).shares[:2].tolist() == [[0.25, 0.5]] * 2  # type: ignore[arg-type]
