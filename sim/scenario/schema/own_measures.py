"""Measures of a file's own: what to look for in the days of a replication."""

from __future__ import annotations

from sim.scenario.fields import Block, Days, days, each, link, word
from sim.vocabulary.own_measures import EVENT_WORDS


class Moment(Block):
    """Days on which an event comes, or on which a series lies within bounds."""

    event: str | None = word(None, among=EVENT_WORDS)
    """An action of the ladder, or another kind of event."""
    how: str | None = word(None)
    """Only events of this detail: the target of an attack, how a ceasefire came about."""
    own: str | None = link("actions", None)
    """Only this own action; `event` then is the action that it is of."""
    by: str | None = link("actors", None)
    """Only by this actor; of what two sides share (a ceasefire, talks), either of them."""
    against: str | None = link("states", None)
    """Only against this state."""
    group: str | None = link("groups", None)
    """Only where this group attacks, or is what it is about."""
    place: str | None = link("sectors", None)
    """Only in this sector."""
    path: str | None = word(None)
    """Instead of an event a number by day, such as rung, deaths or states.NAME.weariness."""
    at_least: float | None = word(None)
    """The number is not below this."""
    at_most: float | None = word(None)
    """The number is not above this."""
    above: float | None = word(None)
    """The number is strictly above this."""
    below: float | None = word(None)
    """The number is strictly below this."""


class Lag(Block):
    """From one moment to the next of another, on a later day."""

    since: Moment = each(Moment)
    """The moment from whose first day it counts."""
    until: Moment = each(Moment)
    """The moment whose next later day ends it."""


class OwnMeasure(Block):
    """A measure of the file's own.

    It has exactly one of first, lag, count, dead, highest, lowest and mean.
    """

    label: str | None = word(None, aside=True)
    """What to call it, in words."""
    first: Moment | None = each(Moment, None)
    """The first day of a moment; missing if it never comes."""
    lag: Lag | None = each(Lag, None)
    """Days from the first day of a moment to the next later day of another; a second column, with
    `_ended` after the name, is 1 if that came and 0 if the run ended first."""
    count: Moment | None = each(Moment, None)
    """How many events; an act at several places on one day is one. Of a number by day, how many
    days."""
    dead: Moment | None = each(Moment, None)
    """All the dead of these events."""
    highest: str | None = word(None)
    """Highest value of a number by day."""
    lowest: str | None = word(None)
    """Lowest value of a number by day."""
    mean: str | None = word(None)
    """Mean of a number by day."""
    after: Moment | None = each(Moment, None)
    """Only the days after the first day of this moment count; the measure is missing if it never
    comes."""
    within: Days | None = days(None, low=1, high=7300)
    """With after, only so many days after it count."""
    days: list[int] | None = word(None, length=2, low=1)
    """First and last day that count, from the release; all unless given."""
