"""Two alliances: one set of rules in three faces, explained, forced, mirrored and told."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import sim
from sim import model
from sim.engine.replication import replay, run_chunk
from sim.engine.world import build
from sim.errors import ModelError
from sim.narration.event_sentences import event_sentences
from sim.narration.explain import Explainer
from sim.replication.forcing import forced_choices, questions
from sim.replication.fork import Fork
from sim.replication.ledger import decisions
from sim.replication.mirror import mirror_of
from sim.replication.play import Game
from sim.scenario import Scenario, load
from sim.vocabulary.codes import EventKind
from sim.vocabulary.decisions import DecisionKind
from sim.words import words

pytestmark = pytest.mark.compiled
SEED, COUNT = 7, 40
#: Common random numbers make the pair comparable: nothing but the promises differs.
LOOSE = {f"alliances.{name}.commitment": 0 for name in ("moor_pact", "fell_pact")}


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return load("two_alliances")


@pytest.fixture(scope="module")
def runs(scenario: Scenario) -> Any:
    return sim.run(scenario, runs=COUNT, seed=SEED).runs


@pytest.fixture(scope="module")
def called(runs: Any) -> int:
    """A replication in which somebody is called and comes, early enough for what is told of it."""
    early = runs[(runs["first_entry_day"] < 60) & (runs["separate_peaces"] > 0)]
    return int(early["replication"].iloc[0])


def test_a_promise_without_commitment_is_none(scenario: Scenario) -> None:
    """Every measure that both have is the same to the bit, in the same worlds."""
    loose = load("two_alliances", LOOSE)
    given = sim.scenario.load_text(
        "\n".join(_without_alliances((sim.scenarios() / "two_alliances.yaml").read_text()))
    )
    ours, theirs = (sim.run(one, runs=COUNT, seed=SEED).runs for one in (loose, given))
    both = [name for name in theirs.columns if name != "outcome"]
    assert ours[both].equals(theirs[both])
    assert (ours["coalition_wars"] == 0).all()
    assert not ours[both].equals(sim.run(scenario, runs=COUNT, seed=SEED).runs[both])


def _without_alliances(text: str) -> list[str]:
    """The file without its alliances and all that asks about them."""
    left, inside = [], False
    for line in text.splitlines():
        if line and not line.startswith((" ", "#")):
            inside = line.split(":")[0] in ("alliances", "outcomes", "expect", "levers", "teaching")
        left += [] if inside else [line]
    return left


def test_more_commitment_more_come_and_the_war_grows(runs: Any) -> None:
    steel = load("two_alliances", dict.fromkeys(LOOSE, 1))
    more = sim.run(steel, runs=COUNT, seed=SEED).runs
    assert more["first_entry_day"].notna().sum() > runs["first_entry_day"].notna().sum() > 0
    assert more["most_states_at_war"].mean() > runs["most_states_at_war"].mean() > 0
    assert set(more["most_states_at_war"]) <= {0, 2, 3, 4}
    for name in ("moor_pact", "fell_pact"):
        assert (more[f"honoured_{name}"] <= more[f"calls_{name}"]).all()


def test_the_mesa_face_gives_the_same_bits(scenario: Scenario) -> None:
    ours, theirs = run_chunk(build(scenario), SEED, 0, 4), model.run_chunk(scenario, SEED, 0, 4)
    for name, a, b in zip(ours._fields, ours, theirs, strict=True):
        assert a.tobytes() == b.tobytes(), name


class Loyal(model.StateAgent):
    """Enters every war of its ally."""

    def join(self, options: Any) -> str:
        """Come if it can."""
        return "enter" if "enter" in options else "stay_out"


class Absent(model.StateAgent):
    """Enters none."""

    def join(self, options: Any) -> str:
        """Stay at home."""
        return "stay_out"


def test_a_class_of_ones_own_answers_the_call(scenario: Scenario, called: int) -> None:
    day = {}
    for cls in (Loyal, Absent):
        policies = {f"states.{name}.policy": cls for name in scenario.file.states}
        told = model.EscalationModel(
            scenario, seed=SEED, replication=called, policies=policies, collect="nothing"
        )
        told.run_model()
        day[cls] = told.measures["first_entry_day"]
    assert day[Loyal] > 0
    assert np.isnan(day[Absent])


@pytest.mark.parametrize("pair", [("lowmoor", "lowfell"), ("highmoor", "lowmoor")])
def test_the_mirror_is_the_same_to_the_bit(scenario: Scenario, pair: tuple[str, str]) -> None:
    """Enemies change places, and allies do."""
    turned = mirror_of(scenario, *pair)
    ours = run_chunk(turned.template, SEED, 0, 20)
    theirs = run_chunk(turned.mirror, SEED, 0, 20, turned.draw_inputs(SEED, 0, 20))
    measures = np.ascontiguousarray(theirs.measures[:, turned.columns])
    assert ours.measures.tobytes() == measures.tobytes()
    assert turned.first_divergence(SEED, 0) is None
    assert turned.mirror.words.tobytes() != turned.template.words.tobytes()


def test_the_decision_to_enter_is_recorded_and_explained(scenario: Scenario, called: int) -> None:
    joins = [
        one
        for replication in range(called + 1)
        for one in decisions(scenario, SEED, replication)
        if one.kind == "join"
    ]
    assert {one.options[one.taken] for one in joins} == {"stay_out", "enter"}
    explainer = Explainer(scenario, words())
    for one in joins:
        assert one.terms[-1] == "pledge"
        text = " ".join(explainer.sentences(one))
        assert ("chose “enter the war”" in text) == (one.options[one.taken] == "enter")
    weighed = [one for one in joins if one.table[1, -1] - one.table[0, -1] > 0.3]
    assert "the word given to an ally" in " ".join(explainer.sentences(weighed[0]))


def test_an_entry_can_be_forced_and_a_refusal_stands_as_long_as_the_call(
    scenario: Scenario, runs: Any, called: int
) -> None:
    first = int(runs.set_index("replication").loc[called, "first_entry_day"])
    past = Fork(scenario, SEED, called)
    entry = next(row for row in past.original.events if row["kind"] == EventKind.ENTRY)
    states = list(scenario.file.states)
    pair = f"{states[entry['actor']]}>{states[entry['target']]}"
    same, stays = (
        past.futures(first, runs=1, draws="common", forced=forced)
        for forced in ({pair: "enter"}, {f"{pair}@{first}": "stay_out"})
    )
    assert same.runs["first_entry_day"].iloc[0] == first
    rows = stays.replay(0).events
    about = (rows["actor"] == entry["actor"]) & (rows["target"] == entry["target"])
    entries = rows[about & (rows["kind"] == EventKind.ENTRY)]["day"]
    patience = int(scenario.file.alliances["moor_pact"].patience.value)
    assert not [day for day in entries if day < first + patience]


def test_what_can_be_forced_is_what_can_be_asked(scenario: Scenario) -> None:
    asked = {one.who for one in questions(build(scenario)) if one.kind is DecisionKind.JOIN}
    assert asked == {
        *("highmoor>highfell", "highmoor>lowfell", "lowmoor>highfell", "lowmoor>lowfell"),
        *("highfell>highmoor", "highfell>lowmoor", "lowfell>highmoor", "lowfell>lowmoor"),
    }
    without = build(load("two_states"))
    assert not [one for one in questions(without) if one.kind is DecisionKind.JOIN]
    with pytest.raises(ModelError, match="cannot choose enter"):
        forced_choices(without, {"westmark": "enter"})


def test_a_player_is_asked_when_the_first_call_comes(scenario: Scenario, called: int) -> None:
    """A state that is bound keeps a stop for it."""
    first = next(one for one in decisions(scenario, SEED, called) if one.kind == "join")
    role = first.actor.removeprefix("states.")
    stops = Game(scenario, SEED, called, [role]).position().stops
    assert [one.day for one in stops if one.kind == DecisionKind.JOIN][:1] == [first.day]


@pytest.mark.parametrize(
    ("tag", "entry", "alone"),
    [
        ("en", "enters the war at the side of", "alone"),
        ("fr", "entrée en guerre", "paix séparée"),
    ],
)
def test_it_is_told(scenario: Scenario, called: int, tag: str, entry: str, alone: str) -> None:
    story = replay(build(scenario), SEED, called)
    told = [one.what for one in event_sentences(story.events, scenario, words(tag))]
    for part in (entry, alone):
        assert any(part in one for one in told)
