"""What a file reports, in words: the same in every replication, since nothing in it is drawn.

A reported event is told from the file: its label, who did what where, the dead that are stated and
by whom, what was claimed and denied. What the rules filled in, because the file does not say it, is
told apart (`filled_in`), and never as reported.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.engine.world.tables import EVENT, NOBODY
from sim.narration.claims import claims, total
from sim.narration.news import SENTENCES, NewsWriter
from sim.scenario.options import own_options
from sim.vocabulary.coded import words as coded_words
from sim.vocabulary.codes import Command, EventKind, ScriptEvent, Target
from sim.vocabulary.ladder import Action

if TYPE_CHECKING:
    from sim.scenario import Scenario
    from sim.scenario.schema import Event, ScenarioFile

#: The columns of the log for the dead that a file can state.
DEAD = {
    "own": "dead_own",
    "security": "dead_security",
    "civilians": "dead_civilians",
    "militants": "dead_militants",
}


class Report(NamedTuple):
    """A reported event: its day, its kind, the row that it would be in a log, and its words."""

    number: int
    day: int
    kind: EventKind
    rows: np.ndarray
    what: str
    more: str


def reports(scenario: Scenario, writer: NewsWriter, days: range) -> Iterator[Report]:
    """The reported events of some days, in the order of the file within a day."""
    dated = [
        (number, (event.date - scenario.release).days, event)
        for number, event in enumerate(scenario.file.history)
        if event.date is not None
    ]
    for number, day, event in sorted(dated, key=lambda one: one[1]):
        if day in days:
            kind = _kind(event)
            rows = _rows(scenario, event, kind, day)
            what = _what(writer, event, kind, rows)
            if event.label:
                what = _with_label(writer, event.label, what, rows)
            yield Report(number, day, kind, rows, what, _more(writer, event, rows))


def _with_label(writer: NewsWriter, label: str, what: str, rows: np.ndarray) -> str:
    """A report under its label.

    A label that begins with who acted is a sentence, and the model's own would say it again: then
    the places alone are added that it does not name. Who is behind an attack, or fired first, is
    said with care, so those keep their sentence.
    """
    actor = writer.actor(int(rows["actor"][0]))
    careful = EventKind(rows["kind"][0]) in (EventKind.ATTACK, EventKind.CLASH)
    if careful or not label.casefold().startswith(f"{actor} ".casefold()):
        return writer.say("reported.labelled", label=label, what=what)
    there = dict.fromkeys(writer.sectors[k] for k in rows["sector"] if k != NOBODY)
    places = [place for place in there if place.casefold() not in label.casefold()]
    key = "sentence_at" if places else "sentence"
    return writer.say(f"reported.{key}", label=label, places=writer.words.join(places))


def report_sentences(
    scenario: Scenario, writer: NewsWriter, history_days: int
) -> list[dict[str, Any]]:
    """The reported events as plain values, for a program that has the rows of a log without Python.

    Of each: `number`, `day`, `kind` (a number), the `row` that it would be in a log, its sectors,
    words (`what`, `more`), the dead that are stated, and what of it the rules have to fill in
    (`unstated` kinds of dead, `quality`, `target_open`); `claims` are those of `Claim`.
    """
    found = []
    for one in reports(scenario, writer, range(1 - history_days, 1)):
        event, first = scenario.file.history[one.number], one.rows[0]
        found.append(
            {
                "number": one.number,
                "day": one.day,
                "kind": int(one.kind),
                "actor": int(first["actor"]),
                "target": int(first["target"]),
                "action": int(first["action"]),
                "sectors": list(dict.fromkeys(int(k) for k in one.rows["sector"] if k >= 0)),
                "what": one.what,
                "more": one.more,
                "dead": sum(total(one.rows, name) for name in DEAD.values()),
                "militants": total(one.rows, "dead_militants"),
                "unstated": [name for name in DEAD if getattr(event.deaths, name) is None],
                "quality": event.quality is None,
                "target_open": event.kind is None,
                "claims": [list(claim) for claim in claims(one.rows, writer.actions)],
            }
        )
    return found


def filled_in(writer: NewsWriter, event: Event, rows: np.ndarray) -> str:
    """What the rules drew of an event because the file does not say it; empty if nothing was."""
    drawn = rows[0:0] if len(rows) == 0 else rows
    parts = []
    dead = _dead(
        writer,
        {
            name: total(drawn, column)
            for name, column in DEAD.items()
            if getattr(event.deaths, name) is None
        },
        drawn,
    )
    if dead:
        parts.append(writer.say("dead", dead=dead))
    for row in drawn:
        kind = EventKind(row["kind"])
        if kind is EventKind.CEASEFIRE and event.quality is None:
            quality = writer.words.number(float(row["value"]), decimals=2)
            parts.append(writer.say("quality", quality=quality))
        if kind is EventKind.ATTACK and event.kind is None and row["action"] != NOBODY:
            target = writer.term("targets", Target(row["action"]).word)
            parts.append(writer.say("reported.target", target=target))
    return " ".join(dict.fromkeys(parts))


def _kind(event: Event) -> EventKind:
    if event.action in coded_words(ScriptEvent):
        return EventKind.of(event.action)
    return EventKind.ACT


def _rows(scenario: Scenario, event: Event, kind: EventKind, day: int) -> np.ndarray:
    """The rows that a log would have of what the file states: one for each place."""
    file = scenario.file
    states, groups, sectors = list(file.states), list(file.groups), list(file.sectors)
    rows = np.zeros(max(1, len(event.sectors)), dtype=EVENT)
    for name in ("target", "sector", "group", "claimed", "admitted"):
        rows[name] = NOBODY
    rows["counter_claimed"] = rows["own_admitted"] = NOBODY
    rows["day"], rows["kind"], rows["action"] = day, kind, _action(file, event, kind)
    rows["value"] = 1 + list(file.actions).index(event.own) if event.own else 0
    if event.actor in groups:
        rows["actor"] = len(states) + groups.index(event.actor)
        rows["group"] = groups.index(event.actor)
        rows["target"] = states.index(file.groups[event.actor].enemy)
    else:
        rows["actor"] = states.index(event.actor)
        if event.group:
            rows["group"] = groups.index(event.group)
        rows["target"] = _target(scenario, event, states)
    for row, sector in zip(rows, event.sectors, strict=False):
        row["sector"] = sectors.index(sector)
    for name, column in DEAD.items():
        stated = getattr(event.deaths, name)
        rows[0][column] = 0 if stated is None else float(stated)
    if event.actor in states:
        rows[0]["claimed"] = _count_or_nobody(event.claims.get(event.actor))
        rows[0]["counter_claimed"] = _count_or_nobody(event.claims.get(event.target or ""))
        rows[0]["admitted"] = _count_or_nobody(event.deaths.security)
        rows[0]["own_admitted"] = _count_or_nobody(event.deaths.own)
    return rows


def _count_or_nobody(count: Any) -> float:
    return NOBODY if count is None else float(count)


def _target(scenario: Scenario, event: Event, states: list[str]) -> int:
    """The rival that an event is about: the one that is named, or the only one."""
    if event.target:
        return states.index(event.target)
    rivals = [
        b if event.actor == a else a
        for a, b in (one.between for one in scenario.file.relations.values())
        if event.actor in (a, b)
    ]
    return states.index(rivals[0]) if len(rivals) == 1 else NOBODY


def _action(file: ScenarioFile, event: Event, kind: EventKind) -> int:
    if kind is EventKind.ACT:
        return own_options(file).get(event.own or "", int(Action.of(event.action)))
    if kind is EventKind.CLASH:
        return int(Command.FIRE)
    if kind is EventKind.ATTACK and event.kind:
        return int(Target.of(event.kind))
    return NOBODY


def _what(writer: NewsWriter, event: Event, kind: EventKind, rows: np.ndarray) -> str:
    """Who did what to whom and where, as far as the file says it."""
    if kind is EventKind.CEASEFIRE:
        brokers = [writer.mediators[writer.mediator_of[name]] for name in event.mediators]
        by = writer.say("brought_about", mediator=writer.words.join(brokers)) if brokers else ""
        return writer.say("ceasefires.mediated", pair=writer.pair(rows[0]), by=by)
    if kind is EventKind.CEASEFIRE_END:
        return writer.say("reported.ceasefire_end", pair=writer.pair(rows[0]))
    if kind is EventKind.CLASH:  # who fired first is often disputed, and no field of an event
        return writer.say("reported.clash", pair=writer.pair(rows[0]), places=writer.where(rows))
    if kind is EventKind.OPERATION:  # one event, at however many places
        actor, group = writer.actor(int(rows["actor"][0])), writer.whom(rows[0])
        return writer.say("operation", n=1, actor=actor, group=group, places=writer.where(rows))
    if kind is EventKind.ATTACK:  # what was hit is in the label; its kind is the model's
        key = "reported.attack" if event.actor in event.claimed_by else "reported.attributed"
        actor = writer.actor(int(rows["actor"][0]))
        return writer.say(key, actor=actor, places=writer.where(rows))
    return SENTENCES[kind](writer, rows)[0]


def _more(writer: NewsWriter, event: Event, rows: np.ndarray) -> str:
    """The dead that are stated, and what was claimed, avowed and denied."""
    stated = {name: getattr(event.deaths, name) for name in DEAD}
    known = {name: count for name, count in stated.items() if count is not None}
    parts = []
    dead = _dead(writer, known, rows, sourced=bool(event.source))
    if dead:
        parts.append(writer.say("dead", dead=dead))
    elif known:
        parts.append(writer.say("reported.nobody"))
    parts += [
        writer.say("reported.claims", n=int(float(count)), who=writer.name_of[who])
        for who, count in event.claims.items()
    ]
    for key in ("claimed_by", "denied_by"):
        names = [writer.name_of[who] for who in getattr(event, key)]
        if names:
            parts.append(writer.say(f"reported.{key}", who=writer.words.join(names)))
    return " ".join(parts)


def _dead(
    writer: NewsWriter, counts: Mapping[str, Any], rows: np.ndarray, *, sourced: bool = False
) -> str:
    """The dead of some kinds as one list, with who says so; empty if there are none.

    In the event of a source (`sourced`) a number that the file assumes is marked.
    """
    if not len(rows):
        return ""
    actor = writer.actor(int(rows["actor"][0]))
    target = int(rows["target"][0])
    whom = writer.actor(target) if target != NOBODY else actor
    keys = {
        "own": ("soldiers", actor),
        "security": ("security", whom),
        "civilians": ("civilians_of", whom),
        "militants": ("fighters", whom),
    }
    parts = []
    for name, count in counts.items():
        number = int(float(count))
        if number:
            key, state = keys[name]
            text = writer.say(f"dead_{key}", n=number, state=state)
            who = getattr(count, "claimed_by", None)
            if who:
                text += writer.say("reported.according", who=writer.name_of[who])
            elif sourced and getattr(count, "assumed", None):
                text += writer.say("reported.assumed")
            parts.append(text)
    return writer.words.join(parts) if parts else ""
