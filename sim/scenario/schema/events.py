"""What happened, and what is made to happen.

History, interventions, and what may happen by the scenario's own rule.
"""

from __future__ import annotations

from datetime import date as Date

from sim.scenario.fields import (
    Block,
    Number,
    each,
    flag,
    link,
    links,
    number,
    phrase,
    settings,
    word,
)
from sim.vocabulary.codes import SCRIPT_NAMES, TARGET_NAMES
from sim.vocabulary.stocks import STOCK_NAMES


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
    own: str | None = link("actions", None)
    """Which of the file's own actions it was, of which `action` is the act of the ladder."""
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


class Threshold(Block):
    """Bounds on one reading; all that are given must hold, in the unit of the reading.

    What is missing because it has not come yet meets `never: true` only.
    """

    at_least: Number | None = number(None, unit="of the reading", low=-1e9, high=1e9)
    """Not below this."""
    at_most: Number | None = number(None, unit="of the reading", low=-1e9, high=1e9)
    """Not above this."""
    above: Number | None = number(None, unit="of the reading", low=-1e9, high=1e9)
    """Strictly above this."""
    below: Number | None = number(None, unit="of the reading", low=-1e9, high=1e9)
    """Strictly below this."""
    never: bool | None = flag(None)
    """true: it has not come yet; false: it has come."""


class PossibleEvent(Block):
    """Something that may happen after the release by the scenario's own rule.

    On each day on which all of `when` holds in the morning it happens with `chance`: its numbers
    are set, its event is played. It happens once, or `again` after a pause.
    """

    label: str | None = phrase(None, aside=True)
    """What to call it in stories, figures and tables; its name if left out."""
    when: dict[str, Threshold] = each(dict[str, Threshold])
    """Conditions, all of which must hold: a reading by its name (`measures --conditions` lists
    them), and its bounds; none for every day."""
    chance: Number = number(1, unit="1/day", low=0, high=1, assumed="what has no chance is certain")
    """Chance a day that it happens, on days on which the conditions hold."""
    again: Number | None = number(None, unit="days", low=1, high=36500)
    """Days from one time to the next at the least; if left out, it happens once."""
    set: dict[str, Number] = settings()
    """Dotted paths and the values that they take on that day, and keep: numbers, or distributions
    that are drawn once for each replication."""
    event: Event | None = each(Event, None)
    """An event of that day; it has no date and no day."""
    note: str | None = phrase(None, aside=True)
    """What to beware of."""


class Flow(Block):
    """Support from outside, or a sanction: so much a day into a stock, or out of it.

    On each day after the release on which all of `when` holds in the morning, `amount` is added to
    the stock of `to`. What one state of the file gives to another (soldiers, aircraft, vehicles)
    leaves the giver, who gives no more than it has.
    """

    label: str | None = phrase(None, aside=True)
    """What to call it in stories, figures and tables; made from the rest if left out."""
    sponsor: str = word()
    """Who gives or takes: a state, group or mediator of the file, or the name of an outsider."""
    to: str = link("actors")
    """Whose stock it is: a state, or a group for capacity, base_rate and fighters."""
    stock: str = word(among=STOCK_NAMES)
    """What flows: personnel, combat_aircraft, standoff, helicopters, armour (arms); burden, of
    which weariness is made (money below 0, sanctions above); pressure; targets (intelligence, with
    `against`); capacity (a group's money), base_rate (its means), fighters (with `at`)."""
    against: str | None = link("states", None)
    """The rival whose targets are known, for targets."""
    at: str | None = link("sectors", None)
    """Where fighters come to, or leave."""
    amount: Number = number(unit="of the stock/day", low=-1e6, high=1e6)
    """Amount a day; below 0 it takes away."""
    limit: Number | None = number(None, unit="of the stock", low=0, high=1e8)
    """Level of the stock to which it flows: up to it, or down to it if the amount is below 0."""
    when: dict[str, Threshold] = each(dict[str, Threshold])
    """Conditions, as those of `events`; none for every day. `day` says from when until when."""
    note: str | None = phrase(None, aside=True)
    """What to beware of."""
