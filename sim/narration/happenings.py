"""What happened in one replication, as sentences: rows of its log that belong together, joined and put in words.

The wording is the same for all sides and says who did what to whom and where, who died, what each
side claims and what the model knows. The sentences themselves are in `sim/narration/news.py` and, a
language a file, in `sim/words`.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.engine.world import tables
from sim.narration.news import NOBODY, TELL, Claim, Speaker, claimed, claims, total
from sim.vocabulary.ladder import ACTION_NAMES, ACTIONS

if TYPE_CHECKING:
    import numpy as np

    from sim.scenario import Scenario
    from sim.words import Words

NEWS = 6  # dead, militants apart, from which violence is told by itself; the floor of news of the schema (rules.feelings.news_floor)
_CLAIMING = ("act", "clash")  # kinds of which both sides speak
_JOINED = ("act", "clash", "operation")  # rows of one day, actor and target that are one sentence
_LOCAL = (
    NOBODY,
    ACTION_NAMES.index("border_fire"),
    ACTION_NAMES.index("raid"),
)  # what a border command chooses, as an action


class Happening(NamedTuple):
    """One thing that happened: its day, kind (a name of `EVENT_KINDS`), what it was in a sentence, and more about it."""

    day: int
    kind: str
    actor: int
    target: int
    action: int
    rung: int  # of a state's act, else -1
    dead: int  # all, militants among them
    militants: int
    sector: int
    scripted: bool
    what: str
    more: str
    aftermath: str = ""  # more, without the claims
    sectors: tuple[int, ...] = ()
    claims: tuple[Claim, ...] = ()

    @property
    def routine(self) -> bool:
        """Whether it is daily violence that would be no news: a small attack or operation, or a group's change of pace."""
        return (
            self.kind in ("attack", "operation", "mode")
            and self.dead - self.militants < NEWS
            and not self.scripted
        )

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.what} {self.more}".strip()


def happenings(
    events: np.ndarray, scenario: Scenario, words: Words | None = None
) -> Iterator[Happening]:
    """Put the log of a replication in words.

    Parameters
    ----------
    events : rows of `sim.engine.world.tables.EVENT`, in the order in which they happened
    scenario : whose actors and places they name
    words : the language; English if left out

    Yields
    ------
    one happening for each event, or for the rows of one act of several places
    """
    speak = Speaker(scenario, words)
    for _, rows in groupby(_rows_of_days(events), key=_unit):
        block = events[[k for k, _ in rows]]
        kind = tables.EVENT_KINDS[int(block["kind"][0])]
        if kind in TELL:
            yield _happening(kind, block, speak)


def _rows_of_days(events: np.ndarray) -> list[tuple[int, Any]]:
    """Rows with their places in the log; those of one act brought together within their day."""
    first: dict[tuple[int, ...], int] = {}
    keyed = []
    for k, event in enumerate(events):
        unit = _unit((k, event))
        keyed.append(((int(event["day"]), first.setdefault(unit, k), k), (k, event)))
    return [row for _, row in sorted(keyed, key=lambda pair: pair[0])]


def _unit(row: tuple[int, Any]) -> tuple[int, ...]:
    """What rows share that are told in one sentence; a row of another kind stands alone."""
    k, event = row
    alone = -1 if tables.EVENT_KINDS[int(event["kind"])] in _JOINED else k
    return (
        *(
            int(event[name])
            for name in ("day", "kind", "actor", "target", "action", "group", "scripted")
        ),
        alone,
    )


def _happening(kind: str, rows: np.ndarray, speak: Speaker) -> Happening:
    row = rows[0]
    action = {
        "act": int(row["action"]),
        "posture": int(row["action"]),
        "clash": _LOCAL[row["action"]] if kind == "clash" else NOBODY,
    }.get(kind, NOBODY)
    what, aftermath = TELL[kind](speak, rows)
    found = claims(rows) if kind in _CLAIMING else ()
    return Happening(
        day=int(row["day"]),
        kind=kind,
        actor=int(row["actor"]),
        target=int(row["target"]),
        action=int(row["action"]),
        rung=ACTIONS[action].rung if action != NOBODY else -1,
        dead=sum(
            total(rows, name)
            for name in ("dead_own", "dead_security", "dead_civilians", "dead_militants")
        ),
        militants=total(rows, "dead_militants"),
        sector=int(row["sector"]),
        scripted=bool(row["scripted"]),
        what=what,
        more=f"{aftermath} {claimed(speak, found)}".strip(),
        aftermath=aftermath,
        sectors=tuple(dict.fromkeys(int(k) for k in rows["sector"] if k != NOBODY)),
        claims=found,
    )
