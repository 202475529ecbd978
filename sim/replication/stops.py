"""Where a game stops: the decisions of a role at which a player is asked.

The rule reads what the role knows and nothing else: its own decisions, the options of each, what
the model's own would do there, and the news to it of the days before. So a stop tells a player
nothing that the role could not know. It is whole numbers from end to end, and
`scripts/play/stops.js` has it again for a page, to the last stop (docs/design.md).

A role has a purse of stops. It begins with two, fills evenly over the horizon and holds four at
most; a stop takes one. How full it must be says why the game would stop (`Reason`): a turn of
events may take the last one, a quiet stretch only one of three. So the stops are spread over the
horizon, and are never more than the budget. A purse has room for one more than a quiet stretch
takes, since a government decides every few days: what comes in until then would be lost. A
mediator has all its stops from the first day: it decides nothing but offers, which are possible in
a crisis alone, so that its decisions are few and come close together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.engine.world import Template
from sim.engine.world.tables import NOBODY
from sim.replication.ledger import starts
from sim.scenario.options import ActionOption
from sim.vocabulary.coded import Row
from sim.vocabulary.codes import EventKind, Fighting
from sim.vocabulary.decisions import DecisionKind, Header
from sim.vocabulary.ladder import Posture, Rung

#: Stops of a game at most, all roles together; each role has an equal share.
BUDGET = 12
MOST_ROLES = 4
FIRST_FULL, MOST_FULL = 2, 4  # stops in a purse on the first day, and at most
GAP = 3  # days between two stops of a role that are not urgent
#: Own dead of a day of fighting, or of an attack, from which it is a reason to stop: the floor of
#: news of the schema (rules.feelings.news_floor).
DEAD = 6
WAR_APART = 30  # days without a decision about it after which a war is another one
LATE = 3  # last days, on which an order would come too late to matter
#: The kinds of decision at which a player is asked; the others are the routine of a staff.
ASKED = (
    DecisionKind.ACTION,
    DecisionKind.ANSWER,
    DecisionKind.STANCE,
    DecisionKind.MODE,
    DecisionKind.OFFER,
    DecisionKind.WAR,
    DecisionKind.JOIN,
)


#: Those that are asked on many days about one war.
OF_WARS = (DecisionKind.WAR, DecisionKind.JOIN)


class Reason(Row):
    """Why a game stops: `full` stops that the purse must hold, `gap` days since the last stop."""

    full: int
    gap: int

    # fmt: off
    FIRST  = 0, 0     # the role's first decision
    GRAVE  = 1, 0     # its own staff would begin the gravest acts, or a war, its own or an ally's,
    #                   asks its first answer
    OFFER  = 1, 1     # an offer of talks is to be made, or answered
    STRUCK = 1, GAP   # something happened to it since the last stop
    COURSE = 2, GAP   # its own staff would change course
    QUIET  = 3, GAP   # nothing of this for a long time
    # fmt: on


class Role(NamedTuple):
    """Who is played: `kind` the table ("states", "groups", "mediators"), `row` in it, `name`.

    `bound` is 1 for a state that has promised to stand with an ally: it keeps a stop for the call.
    """

    kind: str
    row: int
    name: str
    bound: int = 0

    def decides(self, kind: int, actor: int) -> bool:
        """Whether a decision is this role's."""
        return DecisionKind(kind).actor == self.kind and actor == self.row


class Stop(NamedTuple):
    """A decision at which a player is asked.

    `role` is its number among the roles of the game; `kind`, `actor` and `about` are those of the
    ledger; `options` the options that are open; `own` what the model's own would do, `taken` what
    is done if the player leaves it to them: the same, or an order that stands; `at` where its
    record begins in the ledger.
    """

    role: int
    day: int
    kind: int
    actor: int
    about: int
    options: tuple[int, ...]
    own: int
    taken: int
    reason: int
    at: int


class _Purse:
    """The stops that a role has left, in parts of which `horizon` are one stop."""

    def __init__(self, horizon: int, budget: int, first: int) -> None:
        self.horizon, self.rate = horizon, budget - first
        self.most, self.full = max(first, MOST_FULL) * horizon, first * horizon
        self.day = 0
        self.last: int | None = None

    def allows(self, day: int, reason: Reason, kept: int) -> bool:
        """Whether there is a stop for this reason, and `kept` are left after it.

        The purse fills up to this day.
        """
        gained = self.rate * (day - self.day)
        self.full, self.day = min(self.most, self.full + gained), day
        if self.full < max(1 + kept, reason.full) * self.horizon:
            return False
        return self.last is None or day - self.last >= reason.gap

    def spend(self, day: int) -> None:
        self.full -= self.horizon
        self.last = day


def stops(
    template: Template,
    ledger: NDArray[np.float64],
    events: NDArray[Any],
    roles: Sequence[Role],
) -> list[Stop]:
    """The stops of a game in the order in which they come.

    A stop depends on what lies before it alone: other choices after it do not move it.

    Parameters
    ----------
    template : of the scenario
    ledger, events : of the game as it was played so far, from the first day on
    roles : that are played, at most `MOST_ROLES`
    """
    budget = BUDGET // len(roles)
    watches = [_Watch(template, role, budget, events) for role in roles]
    found = []
    for at in starts(ledger):
        head = ledger[at : at + len(Header)]
        kind, actor = int(head[Header.KIND]), int(head[Header.ACTOR])
        for number, role in enumerate(roles):
            if role.decides(kind, actor):
                stop = watches[number].stop_at(ledger, int(at), number)
                found += [stop] if stop else []
    return found


class _Watch:
    """What a role remembers between its decisions."""

    def __init__(self, template: Template, role: Role, budget: int, events: NDArray[Any]) -> None:
        first = budget if role.kind == "mediators" else FIRST_FULL
        self.role, self.purse = role, _Purse(template.horizon, budget, first)
        self.actions = template.actions
        self.last_day = template.horizon - LATE
        self.struck = sorted(
            {int(row["day"]) for row in events if concerns(role, row, self.actions)}
        )
        self.last: dict[tuple[int, int], tuple[int, int]] = {}  # day and what was done, by subject
        self.asked = NOBODY  # the kind of the last stop

    def stop_at(self, ledger: NDArray[np.float64], at: int, number: int) -> Stop | None:
        """The stop at a decision of the role, or None."""
        head = ledger[at : at + len(Header)]
        day, kind, actor, about, own, taken = (int(head[one]) for one in _READ)
        before = self.last.get((kind, about))
        self.last[kind, about] = day, taken
        options = open_options(ledger, at)
        again = before is not None and before[0] == day
        if kind not in ASKED or len(options) < 2 or again or day > self.last_day:
            return None
        reason = self._reason(day, kind, own, before)
        kept = 0 if kind == DecisionKind.JOIN else self.role.bound
        if not self.purse.allows(day, reason, kept):
            return None
        self.purse.spend(day)
        self.asked = kind
        return Stop(number, day, kind, actor, about, options, own, taken, int(reason), at)

    def _reason(self, day: int, kind: int, own: int, before: tuple[int, int] | None) -> Reason:
        """The most urgent reason to stop at a decision."""
        if self.asked == NOBODY:
            return Reason.FIRST
        if self._is_grave(kind, own) or (kind in OF_WARS and self._is_new_war(day, before)):
            return Reason.GRAVE
        if kind in (DecisionKind.ANSWER, DecisionKind.OFFER):
            return Reason.OFFER
        since = self.purse.last or 0
        # a war strikes every day: about the same war again only from a fuller purse
        same_war = kind in OF_WARS and kind == self.asked
        if not same_war and any(since <= one < day for one in self.struck):
            return Reason.STRUCK
        if self._changes_course(kind, own, before[1] if before else None):
            return Reason.COURSE
        return Reason.QUIET

    def _is_grave(self, kind: int, own: int) -> bool:
        """Whether the model's own would begin one of the gravest acts."""
        return kind == DecisionKind.ACTION and self.actions[own].rung >= Rung.MILITARY_STRIKES

    def _changes_course(self, kind: int, own: int, before: int | None) -> bool:
        """Whether the model's own would do another thing than the last time."""
        if kind == DecisionKind.ACTION:
            return self.actions[own].posture == Posture.ONCE
        if kind == DecisionKind.WAR and before is None:
            return own == Fighting.HALT
        return before is not None and own != before

    def _is_new_war(self, day: int, before: tuple[int, int] | None) -> bool:
        """Whether this is the first decision of a war: none of its kind for some time."""
        return before is None or day - before[0] > WAR_APART


_READ = (Header.DAY, Header.KIND, Header.ACTOR, Header.ABOUT, Header.CHOICE, Header.TAKEN)


def open_options(ledger: NDArray[np.float64], at: int) -> tuple[int, ...]:
    """The options of a record that are not barred."""
    options, terms, extras = (
        int(ledger[at + one]) for one in (Header.OPTIONS, Header.TERMS, Header.EXTRAS)
    )
    first = at + len(Header) + extras + terms
    return tuple(k for k in range(options) if ledger[first + k] == 0.0)


def concerns(role: Role, row: Any, actions: Sequence[ActionOption]) -> bool:
    """Whether an event is a reason to stop: of weight, and one that the role knows of."""
    kind = EventKind(row["kind"])
    if kind in (EventKind.CEASEFIRE, EventKind.CEASEFIRE_END, EventKind.POSTURE, EventKind.HALT):
        return role.kind == "mediators" or is_party(role, row)
    if kind is EventKind.ACT:
        hit = role.kind == "mediators" or (role.kind == "states" and row["target"] == role.row)
        return bool(hit) and actions[row["action"]].rung >= Rung.RAID
    if kind is EventKind.CLASH:
        return is_party(role, row) and own_dead(role, row) >= DEAD
    if kind is EventKind.ATTACK:
        return role.kind == "states" and row["target"] == role.row and own_dead(role, row) >= DEAD
    if kind in (EventKind.OFFENSIVE, EventKind.OFFENSIVE_END):
        return role.kind == "groups"
    return False


def is_party(role: Role, row: Any) -> bool:
    """Whether a state is one of the two sides of an event."""
    return role.kind == "states" and role.row in (int(row["actor"]), int(row["target"]))


def own_dead(role: Role, row: Any) -> int:
    """The dead of a state in an event, those that it counts itself."""
    dead = 0.0
    if row["actor"] == role.row and row["kind"] != EventKind.ATTACK:
        dead += max(0.0, float(row["dead_own"]))
    if row["target"] == role.row:
        dead += max(0.0, float(row["dead_security"])) + max(0.0, float(row["dead_civilians"]))
    return int(dead)
