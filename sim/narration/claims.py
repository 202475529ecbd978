"""What the two sides of an act say of the dead, beside what is true in the model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

from sim.vocabulary.codes import EventKind

if TYPE_CHECKING:
    import numpy as np

    from sim.scenario.options import ActionOption


class Writer(Protocol):
    """What words claims: sentences of the news by their key, and the states by number."""

    @property
    def states(self) -> Sequence[str]: ...
    def say(self, key: str, **values: object) -> str: ...


class Claim(NamedTuple):
    """What one side says of the enemies that it killed, beside what is true in the model.

    `admitted` is what the other side admits, None if it says nothing.
    """

    claimant: int
    other: int
    whom: str  # soldier or militant
    claimed: int
    admitted: int | None
    truth: int


def total(rows: np.ndarray, name: str) -> int:
    """Sum of a column over the rows in which it applies."""
    values = rows[name]
    return int(values[values >= 0].sum())


def sum_or_none(rows: np.ndarray, name: str) -> int | None:
    """Sum of a column that a side states, None if it states nothing."""
    return total(rows, name) if (rows[name] >= 0).any() else None


def claims(rows: np.ndarray, actions: Sequence[ActionOption]) -> tuple[Claim, ...]:
    """What the two sides say of the dead, beside the truth; nothing where nothing is claimed.

    `actions` are what a state can choose from in the scenario.
    """
    actor, target = int(rows["actor"][0]), int(rows["target"][0])
    act = rows["kind"][0] == EventKind.ACT
    hunted = act and actions[rows["action"][0]].hunts
    whom, truth = (
        ("militant", total(rows, "dead_militants"))
        if hunted
        else ("soldier", total(rows, "dead_security"))
    )
    both = (
        (actor, target, whom, sum_or_none(rows, "claimed"), sum_or_none(rows, "admitted"), truth),
        (
            target,
            actor,
            "soldier",
            sum_or_none(rows, "counter_claimed"),
            sum_or_none(rows, "own_admitted"),
            total(rows, "dead_own"),
        ),
    )
    return tuple(
        Claim(a, b, who, claimed, admitted, true)
        for a, b, who, claimed, admitted, true in both
        if claimed is not None and (claimed or true)
    )


def claim_sentences(writer: Writer, both: tuple[Claim, ...]) -> str:
    """What each side claims, beside the truth."""
    if len(both) == 2 and all(one.whom == "soldier" and not one.truth for one in both):
        ours, theirs = both
        return writer.say(
            "claims_of_both",
            actor=writer.states[ours.claimant],
            target=writer.states[theirs.claimant],
            ours=ours.claimed,
            theirs=theirs.claimed,
        )
    return " ".join(_claim(writer, one) for one in both)


def _claim(writer: Writer, one: Claim) -> str:
    """One side's claim, the other's admission and the truth."""
    none, other = writer.say("none"), writer.states[one.other]
    heard = (
        ""
        if one.admitted is None
        else writer.say("admits", other=other, admitted=one.admitted or none)
    )
    return writer.say(
        f"claims.{one.whom}",
        n=one.claimed,
        claimant=writer.states[one.claimant],
        heard=heard,
        truth=one.truth or none,
    )
