"""The events of one replication as sentences: rows of its log that belong together, in words.

An event sentence says who did what to whom and where, who died, what each side claims and what the
model knows. The wording is the same for all sides. How a kind of event is worded stands in
`sim/narration/news.py`; the sentences themselves stand in `sim/words`, by language.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.narration.claims import Claim, claim_sentences, claims, total
from sim.narration.news import SENTENCES, NewsWriter
from sim.narration.reports import DEAD, Report, filled_in, reports
from sim.vocabulary.codes import RUNG_WEIGHT, Command, EventKind
from sim.vocabulary.ladder import Action

if TYPE_CHECKING:
    import numpy as np

    from sim.scenario import Scenario
    from sim.scenario.schema import Event
    from sim.words import Words

# dead, militants apart, from which violence is news by itself: the floor of news of the schema
# (rules.feelings.news_floor)
NEWS = 6


class EventSentence(NamedTuple):
    """One event: its day, its kind (the word of an `EventKind`), and what happened in words."""

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
    filled: str = ""  # of a reported event: what the model filled in
    sectors: tuple[int, ...] = ()
    claims: tuple[Claim, ...] = ()
    by_rule: bool = False  # it happened by the scenario's own rule

    @property
    def routine(self) -> bool:
        """Whether it is daily violence and no news: a small attack, operation or change of pace."""
        return (
            EventKind.of(self.kind).routine == 1
            and self.dead - self.militants < NEWS
            and not self.scripted
        )

    @property
    def weight(self) -> int:
        """How large a piece of news it is, in dead, militants not counted."""
        dead = self.dead - self.militants
        return EventKind.of(self.kind).weight + RUNG_WEIGHT * max(self.rung, 0) + dead

    @property
    def text(self) -> str:
        """All of it."""
        return f"{self.what} {self.more}".strip()


def event_sentences(
    log: np.ndarray,
    scenario: Scenario,
    words: Words | None = None,
    *,
    days: range | None = None,
) -> Iterator[EventSentence]:
    """Put the log of a replication in words, the largest news of each day first.

    What happened until the release comes from the file, where it was reported; the rows that the
    rules made of it say what they filled in.

    Parameters
    ----------
    log : rows of `sim.engine.world.tables.EVENT`, in the order in which they happened
    scenario : whose actors and places they name
    words : the language; English if left out
    days : days whose reported events are told; those from the first row of the log on if left out

    Yields
    ------
    one sentence for each event, or for the rows of one act of several places
    """
    writer = NewsWriter(scenario, words)
    if days is None:
        days = range(int(log["day"].min()) if len(log) else 1, 1)
    history = scenario.file.history
    of_file = (log["day"] <= 0) & (log["scripted"] > 0) & (log["scripted"] <= len(history))
    told = [
        _report_sentence(
            one, history[one.number], log[of_file & (log["scripted"] == one.number + 1)], writer
        )
        for one in reports(scenario, writer, days)
    ]
    happened = [
        _sentence(log[~of_file][[k for k, _ in rows]], writer)
        for _, rows in groupby(_rows_by_day(log[~of_file]), key=_unit)
    ]
    yield from sorted([*told, *happened], key=lambda one: (one.day, -one.weight))


def _report_sentence(
    one: Report, event: Event, rows: np.ndarray, writer: NewsWriter
) -> EventSentence:
    """A reported event as a sentence; the dead and the places are those of the replication."""
    first, happened = one.rows[0], rows if len(rows) else one.rows
    return EventSentence(
        day=one.day,
        kind=one.kind.word,
        actor=int(first["actor"]),
        target=int(first["target"]),
        action=int(first["action"]),
        rung=_rung(one.kind, int(first["action"]), writer),
        dead=sum(total(happened, name) for name in DEAD.values()),
        militants=total(happened, "dead_militants"),
        sector=int(first["sector"]),
        scripted=True,
        what=one.what,
        more=one.more,
        aftermath=one.more,
        filled=filled_in(writer, event, rows),
        claims=claims(one.rows, writer.actions),
        sectors=tuple(dict.fromkeys(int(k) for k in one.rows["sector"] if k >= 0)),
    )


def _rows_by_day(log: np.ndarray) -> list[tuple[int, Any]]:
    """Rows with their places in the log; those of one act brought together within their day."""
    first: dict[tuple[int, ...], int] = {}
    keyed = []
    for k, event in enumerate(log):
        unit = _unit((k, event))
        keyed.append(((int(event["day"]), first.setdefault(unit, k), k), (k, event)))
    return [row for _, row in sorted(keyed, key=lambda pair: pair[0])]


def _unit(row: tuple[int, Any]) -> tuple[int, ...]:
    """What the rows of one sentence have in common; a row of another kind stands alone."""
    k, event = row
    alone = -1 if EventKind(event["kind"]).joined else k
    names = ("day", "kind", "actor", "target", "action", "group", "scripted")
    return (*(int(event[name]) for name in names), alone)


def _sentence(rows: np.ndarray, writer: NewsWriter) -> EventSentence:
    row = rows[0]
    kind = EventKind(row["kind"])
    what, aftermath = SENTENCES[kind](writer, rows)
    both = claims(rows, writer.actions) if kind.claimed else ()
    dead = ("dead_own", "dead_security", "dead_civilians", "dead_militants")
    return EventSentence(
        day=int(row["day"]),
        kind=kind.word,
        actor=int(row["actor"]),
        target=int(row["target"]),
        action=int(row["action"]),
        rung=_rung(kind, int(row["action"]), writer),
        dead=sum(total(rows, name) for name in dead),
        militants=total(rows, "dead_militants"),
        sector=int(row["sector"]),
        scripted=bool(row["scripted"]),
        what=what,
        more=f"{aftermath} {claim_sentences(writer, both)}".strip(),
        aftermath=aftermath,
        sectors=tuple(dict.fromkeys(int(k) for k in rows["sector"] if k >= 0)),
        claims=both,
        by_rule=writer.by_rule(row),
    )


def _rung(kind: EventKind, action: int, writer: NewsWriter) -> int:
    """The rung that what an event did has reached, -1 if it is not on the ladder."""
    if kind.action is Action:
        return writer.actions[action].rung
    return int(Command(action).rung) if kind.action is Command else -1
