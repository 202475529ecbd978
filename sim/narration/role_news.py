"""News as one role may know them: its own dead, what others claim, and never what is hidden.

What is hidden is taken out of the rows of the log before they are put in words, so that no sentence
can say it: the other side's dead, who was behind an attack that nobody claims, what a host does
about a group on its soil, how fast a group works, what the other side answers to an offer.
`scripts/play/news.js` has the same for a page.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.engine.world.tables import NOBODY
from sim.narration.event_sentences import EventSentence, event_sentences
from sim.narration.news import NewsWriter
from sim.replication.stops import Role, own_dead
from sim.vocabulary.codes import Answer, EventKind, Target
from sim.vocabulary.ladder import Rung

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.words import Words

#: Kinds that everybody hears of.
PUBLIC = (
    EventKind.ACT,
    EventKind.CLASH,
    EventKind.ATTACK,
    EventKind.OFFENSIVE,
    EventKind.OFFENSIVE_END,
    EventKind.CEASEFIRE,
    EventKind.CEASEFIRE_END,
    EventKind.CLOSE_CROSSINGS,
    EventKind.OPEN_CROSSINGS,
    EventKind.CHANGE,
    EventKind.POSTURE,
    EventKind.HALT,
    EventKind.PROLONG,
    EventKind.CALL,
    EventKind.ENTRY,
    EventKind.ABSENCE,
    EventKind.SEPARATE_PEACE,
)
#: Kinds that only who does it knows of.
OWN = (EventKind.STANCE, EventKind.CONTROL, EventKind.OPERATION)
#: Of weight even if nobody dies.
WEIGHTY = (
    EventKind.CEASEFIRE,
    EventKind.CEASEFIRE_END,
    EventKind.POSTURE,
    EventKind.HALT,
    EventKind.PROLONG,
    EventKind.TALKS,
    EventKind.OFFER,
    EventKind.CALL,
    EventKind.ENTRY,
    EventKind.ABSENCE,
    EventKind.SEPARATE_PEACE,
)
MOST_NEWS = 6
MANY = 3  # events of one kind by one side that are told as one
_WEIGHT, _PER_RUNG = 60, 10  # of a weighty event, and of a rung, in dead
_TOGETHER = (EventKind.ACT, EventKind.CLASH)
_COUNTED = (EventKind.ACT, EventKind.CLASH, EventKind.ATTACK, EventKind.OPERATION)


class RoleNews(NamedTuple):
    """What a role hears of some days.

    `lines` are the events of most weight in sentences, by day; `small` how many small
    attacks and operations there were besides, `more` how many other events; `dead` its own dead.
    """

    lines: list[str]
    small: int
    more: int
    dead: int


def knows(role: Role, row: np.void) -> bool:
    """Whether a role hears of an event at all."""
    kind = EventKind(row["kind"])
    if kind in PUBLIC:
        return True
    state = role.kind == "states"
    if kind in OWN:
        return state and row["actor"] == role.row
    if kind is EventKind.MODE:
        return role.kind == "groups" and row["group"] == role.row
    if kind in (EventKind.TRUCE, EventKind.TRUCE_END):
        group = role.kind == "groups" and row["group"] == role.row
        return group or (state and row["target"] == role.row)
    if kind in (EventKind.OFFER, EventKind.TALKS):
        broker = role.kind == "mediators" and row["group"] == role.row
        return broker or (state and role.row in (row["actor"], row["target"]))
    return False


def known_rows(role: Role, log: np.ndarray) -> np.ndarray:
    """The rows of which a role hears, without what it cannot know of them."""
    rows = log[[knows(role, row) for row in log]] if len(log) else log
    rows = rows.copy()
    acts = np.isin(rows["kind"], (EventKind.ACT, EventKind.CLASH))
    ours = (rows["actor"] == role.row) & (role.kind == "states")
    theirs = (rows["target"] == role.row) & (role.kind == "states")
    rows["dead_own"][acts & ~ours] = 0
    rows["dead_militants"][acts] = 0
    for name in ("dead_security", "dead_civilians"):
        rows[name][acts & ~theirs] = 0
    return rows


def role_news(
    log: np.ndarray, scenario: Scenario, role: Role, words: Words, days: range
) -> RoleNews:
    """What a role hears of some days after the release.

    Parameters
    ----------
    log : rows of `sim.engine.world.tables.EVENT`
    scenario : names the actors
    role : who hears it
    words : the language
    days : which days
    """
    writer = NewsWriter(scenario, words)
    inside = log[(log["day"] >= days.start) & (log["day"] < days.stop)]
    rows = known_rows(role, inside)
    heard: list[_Item] = []
    small = 0
    for part, wording in _parts(rows, role, writer):
        for one in event_sentences(part, scenario, words, days=range(days.start, days.start)):
            if one.routine:
                small += 1
                continue
            what = writer.begin(wording(one))
            heard.append(_Item(one.day, _weight(one), what, one.dead, _series(one), one.what))
    told = _together(heard, writer) + _offers(rows, role, writer)
    kept = sorted(range(len(told)), key=lambda k: (-told[k][1], k))[:MOST_NEWS]
    order = sorted(kept, key=lambda k: (told[k][0], k))
    dead = sum(own_dead(role, row) for row in inside if EventKind(row["kind"]) in _COUNTED)
    return RoleNews(
        [told[k][2] for k in order],
        small,
        len(told) - len(kept),
        int(dead) if role.kind == "states" else 0,
    )


class _Item(NamedTuple):
    """An event as a role hears it; `series` is what it shares with those that are told as one."""

    day: int
    weight: int
    text: str
    dead: int
    series: tuple[str, int, int, int]
    what: str


def _series(one: EventSentence) -> tuple[str, int, int, int]:
    return one.kind, one.actor, one.target, one.action


def _together(heard: list[_Item], writer: NewsWriter) -> list[tuple[int, int, str]]:
    """Events with day, weight and sentence; many of one kind by one side are one line."""
    by: dict[tuple[str, int, int, int], list[_Item]] = {}
    for one in heard:
        by.setdefault(one.series, []).append(one)
    told = []
    for alike in by.values():
        if len(alike) < MANY or EventKind.of(alike[0].series[0]) not in _TOGETHER:
            told += [(one.day, one.weight, _with_day(one.day, one.text, writer)) for one in alike]
            continue
        days, dead = [one.day for one in alike], sum(one.dead for one in alike)
        what = writer.begin(max(alike, key=lambda one: one.weight).what)
        text = writer.words.text(
            "play.news_many", first=min(days), last=max(days), n=len(alike), what=what
        )
        if dead:
            text = f"{text} {writer.words.text('play.news_many_dead', dead=dead)}"
        told.append((min(days), max(one.weight for one in alike) + dead, text))
    return sorted(told, key=lambda one: one[0])


def _with_day(day: int, text: str, writer: NewsWriter) -> str:
    return writer.words.text("play.news_line", day=day, text=text)


def _parts(
    rows: np.ndarray, role: Role, writer: NewsWriter
) -> tuple[tuple[np.ndarray, Callable[[EventSentence], str]], ...]:
    """Rows that are worded alike, and how."""
    quiet = (rows["kind"] == EventKind.ATTACK) & ~(rows["value"] > 0)
    if role.kind == "groups":
        quiet &= rows["group"] != role.row
    offers = rows["kind"] == EventKind.OFFER

    def plain(one: EventSentence) -> str:
        return _text(one, one.what, writer)

    def nameless(one: EventSentence) -> str:
        target = (
            writer.term("targets", Target(one.action).word)
            if one.action != NOBODY
            else writer.say("some_target")
        )
        names = writer.words.join([writer.sectors[k] for k in one.sectors])
        places = writer.say("in", places=names) if one.sectors else ""
        what = writer.words.text("play.unclaimed", target=target, places=places)
        return _text(one, what, writer)

    return ((rows[~quiet & ~offers], plain), (rows[quiet], nameless))


def _text(one: EventSentence, what: str, writer: NewsWriter) -> str:
    """A sentence, what came of it, and what is claimed, without the truth."""
    kind = EventKind.of(one.kind)
    parts = [what]
    if one.aftermath and (one.dead or kind is EventKind.ATTACK) and kind in _COUNTED:
        parts.append(one.aftermath)
    for claim in one.claims:
        if not claim.claimed:
            continue
        heard = (
            ""
            if claim.admitted is None
            else writer.say(
                "admits",
                other=writer.states[claim.other],
                admitted=claim.admitted or writer.say("none"),
            )
        )
        claimant = writer.states[claim.claimant]
        values = {"n": claim.claimed, "claimant": claimant, "heard": heard}
        parts.append(writer.begin(writer.words.text(f"play.claims.{claim.whom}", **values)))
    return " ".join(parts)


def _weight(one: EventSentence) -> int:
    weighty = _WEIGHT if EventKind.of(one.kind) in WEIGHTY else 0
    claimed = sum(claim.claimed for claim in one.claims)
    return one.dead + claimed + weighty + _PER_RUNG * max(one.rung, int(Rung.CALM))


def _offers(rows: np.ndarray, role: Role, writer: NewsWriter) -> list[tuple[int, int, str]]:
    """Offers of talks: a state hears its own answer, a mediator both."""
    found = []
    for row in rows[rows["kind"] == EventKind.OFFER]:
        pair = writer.pair(row)
        if row["group"] == NOBODY:
            what = writer.words.text("play.call_made", pair=pair)
        else:
            mediator = writer.mediators[row["group"]]
            what = writer.words.text("play.offer_made", mediator=mediator, pair=pair)
        said = int(row["value"])
        if role.kind == "states":
            yes = bool(said & (1 if row["actor"] == role.row else 2)) == bool(Answer.ACCEPT)
            answer = writer.words.text("play.answer_yes" if yes else "play.answer_no")
        else:
            both = [
                writer.say("accepts" if said & bit else "refuses", state=writer.states[row[side]])
                for side, bit in (("actor", 1), ("target", 2))
            ]
            answers = writer.words.join(both)
            answer = writer.begin(writer.words.text("play.answers", answers=answers))
        text = _with_day(int(row["day"]), f"{writer.begin(what)} {answer}", writer)
        found.append((int(row["day"]), _WEIGHT, text))
    return found


def hidden_news(
    log: np.ndarray, scenario: Scenario, roles: tuple[Role, ...], words: Words
) -> list[tuple[int, str]]:
    """What no role of a game heard of: day and sentence, of the kinds that somebody hides."""
    rows = (
        log[
            [
                row["day"] > 0
                and EventKind(row["kind"]) in (EventKind.STANCE, EventKind.MODE, EventKind.OFFER)
                and not any(knows(role, row) for role in roles)
                for row in log
            ]
        ]
        if len(log)
        else log
    )
    none = range(1, 1)
    return [(one.day, one.what) for one in event_sentences(rows, scenario, words, days=none)]
