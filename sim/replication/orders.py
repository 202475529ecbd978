"""What became of the orders that were given in a game: carried out, under way or given up."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sim.engine.world import slot
from sim.engine.world.tables import NOBODY
from sim.replication.ledger import starts
from sim.replication.play import LEAVE, Game, Position
from sim.replication.stops import Stop
from sim.vocabulary.codes import EventKind
from sim.vocabulary.decisions import DecisionKind, Header
from sim.vocabulary.ladder import Posture


class Order(NamedTuple):
    """An order that was given at a stop.

    `state` is the key of its words (`play.states`): carried_out (after `days`), done, under_way,
    replaced (by the option `by`), ceasefire, war, or dropped; `day` when that came, 0 if it did
    not or nobody was told.
    """

    stop: Stop
    option: int
    state: str
    day: int = 0
    by: int = NOBODY

    @property
    def days(self) -> int:
        """Days from the order to what came of it."""
        return self.day - self.stop.day


def orders(game: Game, position: Position, until: int) -> Iterator[Order]:
    """The orders of a game, and what became of each by the morning of a day.

    Parameters
    ----------
    game, position : the game as it was played
    until : the day of whose morning it is; the days before it have happened
    """
    for stop, choice in zip(position.stops, position.choices, strict=False):
        if choice == LEAVE or stop.kind != DecisionKind.ACTION or stop.day >= until:
            continue
        option = stop.options[choice - 1]
        if game.template.actions[option].posture in (Posture.KEPT, Posture.ALERT):
            continue  # a posture is taken at once; there is nothing to carry out
        yield _order(game, position, stop, option, until)


def _order(game: Game, position: Position, stop: Stop, option: int, until: int) -> Order:
    """What came first after an order: its act, a truce, a war, or another decision."""
    found: list[tuple[int, int, Order]] = []
    pair = {stop.actor, stop.about}
    for row in position.run.events:
        day, kind = int(row["day"]), EventKind(row["kind"])
        if not stop.day <= day < until or {int(row["actor"]), int(row["target"])} != pair:
            continue
        ours = row["actor"] == stop.actor
        act = kind is EventKind.ACT and ours and row["action"] == option
        if act or (kind is EventKind.POSTURE and ours and row["action"] == option):
            state = "carried_out" if day > stop.day else "done"
            found.append((day, 0, Order(stop, option, state, day)))
        elif kind is EventKind.POSTURE:
            found.append((day, 1, Order(stop, option, "war", day)))
        elif kind is EventKind.CEASEFIRE:
            found.append((day, 2, Order(stop, option, "ceasefire", day)))
    ledger = position.run.ledger
    for at in starts(ledger):
        head = [int(ledger[at + one]) for one in _READ]
        day, taken = head[3], head[4]
        same = head[:3] == [stop.kind, stop.actor, stop.about]
        if same and stop.day < day < until and taken != option:
            found.append((day, -1, Order(stop, option, "replaced", day, taken)))
    if found:
        return min(found, key=lambda one: one[:2])[2]
    block = game.block_before(position, until).view("i8")
    word = slot(game.template.spans, "dyads", "order", stop.actor, stop.about)
    return Order(stop, option, "under_way" if block[word] == option else "dropped")


_READ = (Header.KIND, Header.ACTOR, Header.ABOUT, Header.DAY, Header.TAKEN)
