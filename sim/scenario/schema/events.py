"""What happened, and what is made to happen: history and interventions."""

from __future__ import annotations

from datetime import date as Date

from sim.scenario.fields import Block, Number, each, flag, link, links, number, phrase, word
from sim.vocabulary.codes import SCRIPT_NAMES, TARGET_NAMES


class Deaths(Block):
    """The dead of an event, as far as they are known.

    If none are given, the rule draws them, as if an actor had decided. If some are, those left out
    are none; only what soldiers and civilians suffer in an operation is drawn all the same.
    """

    own: Number | None = number(None, unit="deaths", low=0, high=1e6)
    """Of the actor's soldiers."""
    security: Number | None = number(None, unit="deaths", low=0, high=1e6)
    """Of the target state's soldiers and police."""
    civilians: Number | None = number(None, unit="deaths", low=0, high=1e6)
    """Of the target state's civilians."""
    militants: Number | None = number(None, unit="deaths", low=0, high=1e6)
    """Militants."""


class Event(Block):
    """Something that happens on a date (history) or a day after the release (intervention).

    `action` is one of the ladder's actions (actor and target are states), `attack` (actor a group),
    `operation` and `offensive` (actor a state, group), `clash` (two states, local), `ceasefire` and
    `ceasefire_end` (actor and target the two states), `close_crossings`, `open_crossings`, `truce`
    and `truce_end` (actor a group).
    """

    date: Date | None = word(None)
    """Date of a historical event."""
    day: int | None = word(None, low=1, high=36500)
    """Days after the release, for an intervention."""
    actor: str = link("actors")
    """Who acted: a state or a group."""
    action: str = word(among=SCRIPT_NAMES)
    """What it did."""
    target: str | None = link("states", None)
    """Against whom."""
    group: str | None = link("groups", None)
    """The group struck, or fought in an operation."""
    sectors: list[str] = links("sectors")
    """Where."""
    kind: str | None = word(None, among=TARGET_NAMES)
    """Kind of target of an attack."""
    deaths: Deaths = each(Deaths)
    claims: dict[str, Number] = links(
        "actors", number(unit="deaths", low=0, high=1e6, help="Enemy dead that this party claimed.")
    )
    """Enemy dead claimed, by party; where deaths are given, who is left out made no claim."""
    mediators: list[str] = links("mediators")
    """Who brought a ceasefire about; the one with most leverage and credibility guarantees it."""
    quality: Number | None = number(None, unit="quality", low=0, high=1)
    """Quality of the ceasefire; drawn if left out."""
    evidence: bool | None = flag(None)
    """Whether evidence pointed to the host; drawn if left out."""
    announced: bool = flag(False)
    """Whether the actor announced the act beforehand; without dead it then is a gesture."""
    claimed_by: list[str] = links("actors")
    """Who said that it was its act."""
    denied_by: list[str] = links("actors")
    """Who said that it was not, or denied what was charged."""
    label: str | None = phrase(None, aside=True)
    """What to call it in stories and figures."""
    source: str | None = link("sources", None, aside=True)
    """Where it was reported."""
    assumed: str | None = phrase(None, aside=True)
    """Why it is in here without a source."""
    note: str | None = phrase(None, aside=True)
    """What to beware of."""


class Intervention(Block):
    """A change after the release: numbers set by dotted path, or an event."""

    day: int = word(low=1, high=36500)
    """Days after the release, from 1."""
    label: str | None = phrase(None, aside=True)
    """What to call it."""
    set: dict[str, float] = each(dict[str, float])
    """Dotted paths and the values that they take on that day."""
    event: Event | None = each(Event, None)
    """An event of that day (its own day may be left out)."""
