"""What every registered policy has to keep, in every situation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.policies.question import Question
from sim.scenario.fields import specs
from sim.scenario.schema import State
from sim.vocabulary.codes import FailureKind, Purpose
from sim.vocabulary.ladder import N_ACTIONS, Action, Domain
from sim.vocabulary.policies import POLICY_NAMES, WITHOUT_RIVAL, Policy
from tests.engine.policies.situations import (
    AT_WAR,
    FIGHTING,
    SITUATIONS,
    choices,
    decide,
    named,
    situation,
)
from tests.engine.world.plain import plain
from tests.engine.world.tiny import NORTH, SOUTH, template, world

registry = plain("sim.engine.policies.registry")
chance = plain("sim.engine.chance")

every_policy = pytest.mark.parametrize("policy", POLICY_NAMES)
every_situation = pytest.mark.parametrize("name", SITUATIONS)

PRIVATE = (
    "resolve",
    "rationality",
    "reasoning",
    "weariness",
    "discipline",
    "true_positive",
    "false_positive",
    "overshoot",
    "exaggeration",
    "policy",
)


def available(name: str) -> set[str]:
    """What north can do in a situation, said without the engine."""
    if name == AT_WAR:
        return set(FIGHTING)
    overrides, _, _ = SITUATIONS[name]
    border, aircraft = (
        "borders.ridge" not in overrides,
        "states.north.combat_aircraft" not in overrides,
    )
    can = {
        a.word
        for a in Action
        if (aircraft or a.domain is not Domain.AIR)
        and (border or a.domain is not Domain.GROUND)
        and a.domain is not Domain.NUCLEAR
    }
    if not border and aircraft:
        can.add("open_war")
    return can | ({"nuclear_signal"} if name == "vital" else set())


def test_the_registry_and_the_language_agree() -> None:
    assert specs(State)["policy"].among == POLICY_NAMES
    assert specs(State)["command_policy"].among == WITHOUT_RIVAL


@every_situation
@every_policy
def test_an_action_is_legal(policy: str, name: str) -> None:
    for seed in range(5):
        opened = situation(name, policy, seed=seed)
        choice, probability = decide(opened)
        free = opened.table.available[: len(choices(name))] > 0
        assert {a for a, can in zip(choices(name), free, strict=True) if can} == available(name)
        assert named(choice, name) in available(name)
        assert probability[choice] > 0


@every_situation
@every_policy
def test_probabilities_are_of_available_actions_and_sum_to_one(policy: str, name: str) -> None:
    _, probability = decide(situation(name, policy))
    assert probability.sum() == pytest.approx(1, rel=1e-12)
    assert (probability >= 0).all()
    chosen = zip(choices(name), probability, strict=True)
    assert {option for option, p in chosen if p > 0} <= available(name)


@every_situation
@every_policy
def test_the_same_seed_plays_the_same(policy: str, name: str) -> None:
    (one, p), (other, q) = (decide(situation(name, policy, seed=8)) for _ in range(2))
    assert one == other
    assert p.tolist() == q.tolist()


@every_situation
@every_policy
def test_a_decision_leaves_the_world_as_it_was(policy: str, name: str) -> None:
    """What a policy remembers is in the world, and choosing twice is choosing once."""
    opened = situation(name, policy)
    before = opened.block.copy()
    first = decide(opened)
    assert np.array_equal(opened.block, before)
    second = decide(opened)
    assert first[0] == second[0]
    assert first[1].tolist() == second[1].tolist()


@every_policy
def test_every_policy_draws_the_same_draw(policy: str) -> None:
    """Even one that is certain: so a change of policy moves no other draw."""
    opened = situation("outrage", policy)
    decide(opened)
    assert (
        opened.table.draw[0]
        == chance.uniforms(opened, opened.dyads[NORTH, SOUTH].key, Purpose.DECISION, 0)[0]
    )


@pytest.mark.parametrize("reasoning", [0, 1, 2])
@every_situation
@every_policy
def test_the_private_numbers_of_a_rival_are_not_read(
    policy: str, name: str, reasoning: int
) -> None:
    opened = situation(name, policy, reasoning)
    _, before = decide(opened)
    rival, view = opened.states[SOUTH], opened.dyads[SOUTH, NORTH]
    for field in PRIVATE:
        setattr(rival, field, 0.77 if field not in ("reasoning", "policy") else 2)
    for field in rival.dtype.names:
        if field.startswith("weights_"):
            setattr(rival, field, 9.0)
    view.belief, view.private, view.complicity, view.prior, view.order, view.choice = (
        2.5,
        3.0,
        0.9,
        0.9,
        4,
        4,
    )
    _, after = decide(opened)
    assert after.tolist() == before.tolist()


@every_situation
def test_the_own_numbers_are_read(name: str) -> None:
    """The control: the comparison above can fail."""
    opened = situation(name)
    _, before = decide(opened)
    opened.states[NORTH].weights_punish = 50.0
    opened.dyads[NORTH, SOUTH].private = 1.5
    _, after = decide(opened)
    assert after.tolist() != before.tolist()


@every_policy
def test_an_option_that_is_not_there_gets_nothing(policy: str) -> None:
    """Whatever is available, and for every kind of actor that may have the policy."""
    opened = situation("outrage", policy)
    table = opened.table
    rival = (NORTH, SOUTH) if policy not in WITHOUT_RIVAL else (-1, -1)
    for options in (2, 3, 4, N_ACTIONS):
        for free in range(1, 2**options):
            table.available[:options] = [free >> a & 1 for a in range(options)]
            table.utility[:options] = np.linspace(1.0, -1.0, options)
            if policy not in WITHOUT_RIVAL and options < N_ACTIONS:
                continue
            question = Question(options, 3.0, *rival)
            registry.fill_probabilities(opened, table, int(Policy.of(policy)), question)
            p = table.probability[:options]
            assert p.sum() == pytest.approx(1, rel=1e-12)
            assert not (p[table.available[:options] == 0] > 0).any()


#: policies that play as quantal response does wherever they are tried; none but itself
LIKE_QUANTAL = {"quantal"}


@every_policy
def test_a_policy_differs_from_quantal_response_somewhere(policy: str) -> None:
    """A name without a function of its own would play quantal response and pass all else."""

    def plays(name: str, policy: str) -> list[float]:
        opened = situation(name, policy)
        return decide(opened)[1].tolist()

    differs = any(plays(name, policy) != plays(name, "quantal") for name in SITUATIONS)
    assert differs is (policy not in LIKE_QUANTAL)


def test_a_draw_falls_where_the_probability_lies() -> None:
    table = situation("peace").table
    table.probability[:4] = [0.25, 0.0, 0.5, 0.25]
    falls = {
        u: registry.draw(table, 4, u)
        for u in (0.0, 0.2499, 0.25, 0.7499, 0.75, np.nextafter(1.0, 0.0))
    }
    assert list(falls.values()) == [0, 0, 2, 2, 3, 3]
    assert table.draw[0] == np.nextafter(1.0, 0.0)


def test_without_an_option_the_replication_fails() -> None:
    opened = situation("peace")
    opened.table.available[:3] = 0
    quantal, question = int(Policy.of("quantal")), Question(3, 1.0, -1, -1)
    assert registry.choose(opened, opened.table, quantal, question, 0.5) == 0
    assert opened.clock[0].error == FailureKind.NO_OPTION


def test_a_python_class_needs_the_mesa_face() -> None:
    of = template({"states.north.policy": "my.module:Hawk", "rules.choice.attention": 1})
    chunk = plain("sim.engine.replication").run_chunk(of, 1, 0, 2)
    assert chunk.status.tolist() == [FailureKind.NEEDS_MESA] * 2
    assert chunk.failed_day.tolist() == [1, 1]


def actors(policy: str) -> Any:
    """A world in which everybody else has a policy, too."""
    return world(
        template(
            {
                "groups.rebels.policy": policy,
                "mediators.isle.policy": policy,
                "states.north.command_policy": policy,
                "rules.militancy.review": 1,
            }
        )
    )


@pytest.mark.parametrize("policy", WITHOUT_RIVAL)
def test_groups_commands_and_mediators_keep_it_too(policy: str) -> None:
    campaign, border, diplomacy = (
        plain(f"sim.engine.rules.{rule}") for rule in ("campaign", "border", "diplomacy")
    )
    for decides, options in (
        (lambda w: campaign.group_decides(w, 0), 3),
        (lambda w: border.command_decides(w, 0, 0), 3),
        (lambda w: diplomacy.mediator_decides(w, 0, 0), 2),
    ):
        opened = actors(policy)
        opened.pairs[0].activity = 6.0
        border.make_ready(opened)
        before = opened.block.copy()
        choice = decides(opened)
        p = opened.table.probability[:options]
        assert p.sum() == pytest.approx(1, rel=1e-12)
        assert p[choice] > 0
        assert np.array_equal(opened.block, before)
        if policy == "restrain":
            assert choice == 0
        elif policy == "random":
            assert p.tolist() == pytest.approx([1 / options] * options)
        else:
            assert len({round(float(x), 9) for x in p}) > 1
