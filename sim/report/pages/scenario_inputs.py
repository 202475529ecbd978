"""What went into a run: every number of the scenario with its source, and the dated events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sim.narration.conditions import RuleWriter
from sim.narration.names import titles_of
from sim.report.values import distribution_text
from sim.scenario.spec import Quantity
from sim.words import Words
from sim.words.names import place_name, readable_name, script_name

if TYPE_CHECKING:
    from sim.scenario import Scenario

Titles = Mapping[str, str]
_CASUALTIES = ("own", "security", "civilians", "militants")


@dataclass(frozen=True)
class Input:
    """One number: its dotted path, value, unit, what it is, where it comes from and a note.

    `by_schema` tells that the schema says where it comes from, which it does in English.
    """

    path: str
    value: str
    unit: str
    help: str
    source: str
    assumed: str
    note: str
    by_schema: bool


@dataclass(frozen=True)
class Inputs:
    """The numbers of a scenario by how well they are founded; those left at the default apart."""

    unsourced: list[Input] = field(default_factory=list)
    assumed: list[Input] = field(default_factory=list)
    sourced: list[Input] = field(default_factory=list)
    defaults: list[Input] = field(default_factory=list)


@dataclass(frozen=True)
class DatedEvent:
    """One event of the history or intervention: when, what in words, and where it was reported."""

    when: str
    what: str
    source: str


def inputs_by_source(scenario: Scenario, words: Words) -> Inputs:
    """The numbers of a resolved scenario, each list in the order of the file."""
    specs = scenario.number_specs()
    inputs, titles = Inputs(), titles_of(scenario.file)
    for path, quantity in scenario.numbers().items():
        row = _input(path, quantity, specs[path].help, titles, words)
        if quantity.default:
            inputs.defaults.append(row)
        elif quantity.source:
            inputs.sourced.append(row)
        elif quantity.assumed:
            inputs.assumed.append(row)
        else:
            inputs.unsourced.append(row)
    return inputs


def _input(path: str, quantity: Quantity, text: str, titles: Titles, words: Words) -> Input:
    value = words.exact(quantity.value)
    if quantity.dist is not None:
        value = words.text(
            "report.ensemble.numbers.median",
            distribution=distribution_text(quantity.dist, words),
            median=words.number(quantity.value, significant=4),
        )
    who = quantity.claimed_by
    claimed = (
        words.text("report.ensemble.numbers.claimed_by", who=titles.get(who, readable_name(who)))
        if who
        else ""
    )
    note = "; ".join(part for part in (quantity.note, claimed) if part)
    source, reason = quantity.source or "", quantity.assumed or ""
    return Input(path, value, quantity.unit, text, source, reason, note, quantity.default)


def dated_events(scenario: Scenario, words: Words) -> list[DatedEvent]:
    """The events of the history, the interventions, and what may happen by the scenario's rule.

    With what is known of the dead.
    """
    places = {
        f"sectors.{name}": place_name(sector.title, name)
        for name, sector in scenario.file.sectors.items()
    }
    titles = titles_of(scenario.file) | places
    return [
        *_history(scenario, titles, words),
        *_interventions(scenario, titles, words),
        *_rules(scenario, words),
    ]


def _history(scenario: Scenario, titles: Titles, words: Words) -> Iterator[DatedEvent]:
    for event in scenario.file.history:
        source = event.source or ""
        if not source and event.assumed:
            source = words.text("report.ensemble.numbers.assumption", reason=event.assumed)
        yield DatedEvent(f"{event.date}", _event(event, titles, words), source)


def _interventions(scenario: Scenario, titles: Titles, words: Words) -> Iterator[DatedEvent]:
    for one in scenario.file.interventions:
        parts = [
            words.text(
                "report.ensemble.numbers.becomes",
                path=path,
                value=words.number(value, significant=6),
            )
            for path, value in one.set.items()
        ]
        parts += [_event(one.event, titles, words)] if one.event else []
        what = words.join(parts)
        if one.label:
            what = words.text("report.ensemble.numbers.labelled", label=one.label, what=what)
        when = words.text("report.ensemble.numbers.day", day=one.day)
        yield DatedEvent(when, what, (one.event.source or "") if one.event else "")


def _rules(scenario: Scenario, words: Words) -> Iterator[DatedEvent]:
    writer = RuleWriter(scenario, words)
    for name in scenario.file.alliances:
        yield DatedEvent(words.text("narration.rules.head"), writer.alliance(name), "")
    for name, one in scenario.file.events.items():
        source = (one.event.source or "") if one.event else ""
        yield DatedEvent(words.text("narration.rules.head"), writer.event(name), source)
    for name in scenario.file.flows:
        yield DatedEvent(words.text("narration.rules.head"), writer.flow(name), "")


def _event(event: Any, titles: Titles, words: Words) -> str:
    """A dated event in a few words."""

    def text(key: str, **values: object) -> str:
        return words.text(f"report.ensemble.numbers.{key}", **values)

    parts = [titles[event.actor], script_name(event.action, words)]
    if event.target:
        parts.append(text("against", state=titles[event.target]))
    if event.group:
        parts.append(f"({titles[event.group]})")
    if event.sectors:
        places = words.join([titles[f"sectors.{name}"] for name in event.sectors])
        parts.append(text("in_places", places=places))
    dead = [
        f"{text(f'killed.{name}')} {words.number(float(count))}"
        for name in _CASUALTIES
        if (count := getattr(event.deaths, name)) is not None
    ]
    claims = [text("claims", who=titles[k], n=float(count)) for k, count in event.claims.items()]
    tail = [
        text("dead", dead=", ".join(dead)) if dead else "",
        ", ".join(claims),
        event.note or "",
    ]
    what = "; ".join([" ".join(parts), *(part for part in tail if part)])
    return text("labelled", label=event.label, what=what) if event.label else what
