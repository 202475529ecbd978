"""How an actor can choose: one row a policy; registry, schema and docs are made from the rows.

To add one: its function in `sim/engine/policies/`, its row here, its test.
"""

from __future__ import annotations

from sim.vocabulary.coded import CodedWord, Row, words


class Attention(CodedWord):
    """On which days a state decides about a rival."""

    NOW_AND_THEN = 0
    DAILY = 1
    PLANNED = 2


class Policy(Row):
    """A policy.

    `function` module and function below `sim/engine/policies/`; `needs_rival` whether it answers
    one, so that only a state can have it; `attention` on which days a state that has it decides;
    `weighs` whether the weights and the precision of the actor count; `picks_targets` whether a
    group that has it picks the targets of its attacks by it too.
    """

    function: str
    needs_rival: bool
    attention: Attention
    weighs: bool
    picks_targets: bool

    QUANTAL = "quantal.quantal", False, Attention.NOW_AND_THEN, True, False
    PROPORTIONAL = "reciprocal.proportional", True, Attention.DAILY, False, False
    GRIM = "reciprocal.grim", True, Attention.DAILY, False, False
    RESTRAIN = "simple.restrain", False, Attention.NOW_AND_THEN, False, False
    SCRIPTED = "simple.scripted", True, Attention.PLANNED, False, False
    RANDOM = "simple.uniform", False, Attention.NOW_AND_THEN, False, True


#: The number of a policy that is a Python class of the user's own.
PYTHON = len(Policy)

POLICY_NAMES = words(Policy)
WITHOUT_RIVAL = tuple(policy.word for policy in Policy if not policy.needs_rival)
