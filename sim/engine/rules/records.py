"""Small records that rules hand to each other, so that no call is a row of bare numbers."""

from __future__ import annotations

from typing import NamedTuple


class Deed(NamedTuple):
    """An act of a state: who acts, against whom (rows of states), and the action."""

    actor: int
    target: int
    action: int


class Dead(NamedTuple):
    """Dead of one event: the actor's own, the target's soldiers and civilians, and militants."""

    own: int
    soldiers: int
    civilians: int
    militants: int


class Readiness(NamedTuple):
    """A state's draws of a day toward a rival, uniform in [0, 1).

    Whether an order is due, whether its posture strikes, and which of two states is first: the one
    with the lesser `turn`.
    """

    order: float
    posture: float
    turn: float


class Site(NamedTuple):
    """What an act hits: the sector, and the number of its random draws within the day's acts."""

    sector: int
    draws: int


class Manner(NamedTuple):
    """How an act was done: whether the capital was hit, whether it was announced beforehand."""

    capital: bool
    announced: bool


class Force(NamedTuple):
    """Who meets at a border: men that attack and that defend, and for how many rounds at most.

    The attackers kill `edge` times as many as they would, the defenders by so much fewer, and both
    `toll` times as many.
    """

    attackers: float
    defenders: float
    rounds: float
    edge: float
    toll: float


class Attack(NamedTuple):
    """An attack of a group: its number within the day, the kind of target, what is known.

    `known` is 1 or 0 where a scenario says whether the evidence points to the hosts, -1 where it
    is drawn.
    """

    number: int
    kind: int
    known: int


class News(NamedTuple):
    """What a victim hears of an attack: the dead, the kind of target, and how far it stands out."""

    dead: int
    kind: int
    standing: float


class Trail(NamedTuple):
    """What leads to the hosts of an attack: whether it is news, and the host it was run from."""

    striking: bool
    source: int


class Operation(NamedTuple):
    """An operation of a state against a group in a sector (rows of each)."""

    group: int
    state: int
    sector: int


class Standpoint(NamedTuple):
    """From where a state's options are judged.

    demanded : the rung that its anger demands
    quality : of the ceasefire in force, 0 if none is
    level : level of reasoning, 0 or 1
    mind : the state whose private numbers are used: the actor, or a rival in its place
    """

    demanded: float
    quality: float
    level: int
    mind: int
