"""Every decision can be worked out from its record alone, and recording it moves nothing."""

from __future__ import annotations

import itertools
import math
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from conftest import COSTLY

import sim
from sim.engine.replication import replay
from sim.engine.world import build, slot
from sim.model import EscalationModel, Options, StateAgent
from sim.narration.flip import best, flip, utility_after
from sim.replication.ledger import Decision, decisions
from sim.scenario import Scenario
from sim.vocabulary.coded import words
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.ladder import ACTION_NAMES

NAMES = [path.stem for path in COSTLY]
SEED = 7
ENOUGH = 10_000


def load(name: str, **changes: object) -> Scenario:
    return sim.load(sim.scenarios() / f"{name}.yaml", changes)


@pytest.fixture(scope="module")
def many() -> list[Decision]:
    """Decisions of the bundled scenarios, at least ten thousand, of every kind."""
    made = [one for name in NAMES for one in decisions(load(name), SEED, 3)]
    made += [
        one
        for name in ("two_states", "three_states", "two_alliances")
        for k in range(3)
        for one in decisions(load(name), SEED, k)
    ]
    assert len(made) >= ENOUGH
    assert set(Counter(one.kind for one in made)) == set(words(DecisionKind))
    return made


def test_utilities_follow_from_terms_and_weights(many: Sequence[Decision]) -> None:
    for one in many:
        assert np.allclose(one.table @ one.weights, one.utility, rtol=1e-12, atol=1e-12), one


def test_probabilities_follow_from_utilities(many: Sequence[Decision]) -> None:
    for one in many:
        assert one.policy == "quantal"
        weight = np.where(
            one.barred == 0,
            np.exp(one.rationality * (one.utility - one.utility[one.barred == 0].max())),
            0.0,
        )
        assert np.allclose(weight / weight.sum(), one.probability, rtol=1e-9, atol=1e-15), one


def test_the_choice_follows_from_probabilities_and_draw(many: Sequence[Decision]) -> None:
    for one in many:
        edges = itertools.accumulate(one.probability)
        assert one.choice == next(
            a
            for a, edge in enumerate(edges)
            if one.draw < edge or a == np.flatnonzero(one.probability)[-1]
        ), one
        assert one.taken == one.choice
        assert 0.0 <= one.draw < 1.0


def test_the_flip_flips(many: Sequence[Decision]) -> None:
    found, others = 0, 0
    for one in many:
        change = flip(one)
        if change is None:
            continue
        found += 1
        utility = utility_after(one, change)
        assert one.options[best(one, utility)] == change.instead
        assert best(one, utility) != best(one, one.utility)
        short = change._replace(after=change.before + 0.999 * (change.after - change.before))
        assert best(one, utility_after(one, short)) == best(one, one.utility), (
            "a smaller change would do"
        )
        others += one.kind != "command"
    # of border commands, which hold nearly always, one half would need a weight that no scenario
    # may give
    assert found > ENOUGH
    assert others > 0.8 * sum(one.kind != "command" for one in many)


def test_what_is_barred_says_why(many: Sequence[Decision]) -> None:
    barred = [
        (one.as_json(), name) for one in many for a, name in enumerate(one.options) if one.barred[a]
    ]
    assert len({record["options"][name]["barred_because"] for record, name in barred}) >= 3
    for record, name in barred:
        option = record["options"][name]
        assert not option["available"]
        assert option["probability"] == 0.0
        assert option["barred_because"]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_depends_on_whether_it_is_written(name: str) -> None:
    template = build(load(name))
    plain, recorded = replay(template, SEED, 5), replay(template, SEED, 5, ledger=True)
    at = slot(template.spans, "clock", "ledger_length", 0)
    recorded.blocks[:, at] = 0
    assert np.array_equal(plain.blocks, recorded.blocks)
    assert plain.events.tobytes() == recorded.events.tobytes()
    assert plain.measures.tobytes() == recorded.measures.tobytes()
    assert len(plain.ledger) == 0 < len(recorded.ledger)


def test_a_ledger_that_is_too_short_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.engine import replication

    template = build(load("two_states"))
    whole = replay(template, SEED, 1, ledger=True).ledger
    monkeypatch.setattr(replication, "_LEDGER_WORDS", 10)
    assert np.array_equal(replay(template, SEED, 1, ledger=True).ledger, whole)


def test_belief_and_truth_are_those_of_the_moment() -> None:
    scenario = load("two_states", horizon=60, outcome_window=30)
    seen: list[tuple[int, float, float]] = []

    class Watcher(StateAgent):
        def decide(self, options: Options) -> str:
            belief = float(self.toward(options.about).belief)
            haven = float(self.model.row(f"hosts.hill_front.{options.about}").haven_now)
            seen.append((self.model.day, 1.0 / (1.0 + math.exp(-belief)), haven))
            return options.default

    EscalationModel(
        scenario,
        seed=SEED,
        replication=3,
        collect="nothing",
        policies={"states.westmark.policy": Watcher},
    ).run_model()
    made = [
        one
        for one in decisions(scenario, SEED, 3)
        if one.kind == "action" and one.actor == "states.westmark"
    ]
    assert np.allclose(
        [(one.day, one.believed["complicity"], one.true["haven"]) for one in made], seen, rtol=1e-12
    )
    assert len(seen) > 5
    assert all(
        one.believed == one.true == {}
        for one in decisions(scenario, SEED, 3)
        if one.kind not in ("action", "answer", "crossings")
    )


def test_an_order_says_when_it_was_carried_out() -> None:
    made = [one for one in decisions(load("af_pk_2026"), SEED, 3) if one.kind == "action"]
    assert {one.delay for one in made} >= {None, 0, 1}
    assert all(one.delay is None for one in made if ACTION_NAMES[one.taken] in ("calm", "tension"))


TIMID = """
from sim.model import StateAgent


class Timid(StateAgent):
    def decide(self, options):
        return "calm"
"""


def test_a_policy_in_python_decides_in_the_ledger_too(tmp_path: Path) -> None:
    (tmp_path / "timid.py").write_text(TIMID)
    shutil.copy(sim.scenarios() / "two_states.yaml", tmp_path)
    own = sim.load(
        tmp_path / "two_states.yaml",
        {"states.westmark.policy": "timid:Timid", "horizon": 60, "outcome_window": 30},
    )
    made = decisions(own, SEED, 1, allow_python=True)
    of_its_own = [one for one in made if one.actor == "states.westmark" and one.kind == "action"]
    assert {one.options[one.taken] for one in of_its_own} == {"calm"}
    assert any(one.choice != one.taken for one in of_its_own)
    assert {one.policy for one in of_its_own} == {"timid:Timid"}
    assert {one.policy for one in made if one not in of_its_own} == {"quantal"}
    assert any(
        one.options[one.taken] != "calm"
        for one in made
        if one.actor == "states.eastmark" and one.kind == "action"
    )
