"""What went into a run: every number of the scenario with its source, the sources, and the dated events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.narration.names import spoken
from sim.report.pages.formats import exact, number
from sim.scenario.fields import Block, specs
from sim.scenario.spec import Quantity, Spec
from sim.words import words

if TYPE_CHECKING:
    from sim.scenario import Scenario


@dataclass(frozen=True)
class Row:
    """One number: its dotted path, value, unit, what it is, where it comes from and what to beware of."""

    path: str
    value: str
    unit: str
    help: str
    source: str
    assumed: str
    note: str


@dataclass(frozen=True)
class Numbers:
    """The numbers of a scenario by how well they are founded; those left at the schema's default apart."""

    unsourced: list[Row]
    assumed: list[Row]
    sourced: list[Row]
    defaults: list[Row]


@dataclass(frozen=True)
class Dated:
    """One event of the history or intervention: when, what in words, and where it was reported."""

    when: str
    what: str
    source: str


def numbers(scenario: Scenario) -> Numbers:
    """Sort the numbers of a scenario.

    Parameters
    ----------
    scenario : resolved

    Returns
    -------
    Numbers, each list in the order of the file
    """
    helps = dict(_helps(scenario.file, ""))
    found = Numbers([], [], [], [])
    for path, quantity in scenario.numbers().items():
        row = _row(path, quantity, helps.get(path, ""))
        if quantity.default:
            found.defaults.append(row)
        elif quantity.source:
            found.sourced.append(row)
        else:
            (found.assumed if quantity.assumed else found.unsourced).append(row)
    return found


def _row(path: str, quantity: Quantity, text: str) -> Row:
    value = exact(quantity.value)
    if quantity.dist is not None:
        value = f"{quantity.dist.describe()}, median {quantity.value:.4g}"
    note = "; ".join(
        word
        for word in (
            quantity.note,
            quantity.claimed_by and f"claimed by {spoken(quantity.claimed_by)}",
        )
        if word
    )
    return Row(
        path, value, quantity.unit, text, quantity.source or "", quantity.assumed or "", note
    )


def _helps(value: Any, path: str, spec: Spec | None = None) -> Iterator[tuple[str, str]]:
    """Dotted path and help of every number below a value."""
    if isinstance(value, Quantity):
        yield path, spec.help if spec else ""
    elif isinstance(value, Block):
        for key, below in specs(type(value)).items():
            yield from _helps(getattr(value, below.name), f"{path}.{key}" if path else key, below)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _helps(item, f"{path}.{key}", (spec.item or spec) if spec else None)


def dated(scenario: Scenario) -> list[Dated]:
    """The events of the history, then the interventions, with what is known of the dead."""
    rows = [
        Dated(
            f"{event.date}",
            _event(event),
            event.source or (f"assumed: {event.assumed}" if event.assumed else ""),
        )
        for event in scenario.file.history
    ]
    for one in scenario.file.interventions:
        what = [f"{path} becomes {value:g}" for path, value in one.set.items()]
        what += [_event(one.event)] if one.event else []
        rows.append(
            Dated(
                f"day {one.day}",
                f"{one.label + ': ' if one.label else ''}{words().join(what)}",
                (one.event.source or "") if one.event else "",
            )
        )
    return rows


def _event(event: Any) -> str:
    """A dated event in a few words."""
    parts = [
        f"{event.label}:" if event.label else "",
        spoken(event.actor),
        event.action.replace("_", " "),
    ]
    parts += [
        "against " + spoken(event.target) if event.target else "",
        f"({event.group})" if event.group else "",
    ]
    parts += [
        "in " + words().join([spoken(name) for name in event.sectors]) if event.sectors else ""
    ]
    dead = [
        f"{name} {number(float(count))}"
        for name in ("own", "security", "civilians", "militants")
        if (count := getattr(event.deaths, name)) is not None
    ]
    claims = [
        f"{spoken(name)} claims {number(float(count))}" for name, count in event.claims.items()
    ]
    tail = "; ".join(
        part
        for part in (
            "dead: " + ", ".join(dead) if dead else "",
            ", ".join(claims),
            event.note or "",
        )
        if part
    )
    return " ".join(part for part in parts if part) + (f"; {tail}" if tail else "")
