"""A scenario file as a whole."""

from __future__ import annotations

from datetime import date as Date
from typing import Literal

from sim.scenario.fields import Block, Days, days, each, phrase, word
from sim.scenario.schema.actors import Group, Mediator, State
from sim.scenario.schema.alliances import Alliance
from sim.scenario.schema.designs import StudyDesign
from sim.scenario.schema.events import Event, Flow, Intervention, PossibleEvent
from sim.scenario.schema.language import Language
from sim.scenario.schema.lesson import Teaching
from sim.scenario.schema.own_acts import OwnAct
from sim.scenario.schema.own_measures import OwnMeasure
from sim.scenario.schema.places import Border, Relation, Sector
from sim.scenario.schema.questions import Condition, Expectation, Lever
from sim.scenario.schema.rules import Rules
from sim.scenario.spec import ID

Kind = Literal["historical", "stylised", "fictional"]


class Source(Block):
    """Where numbers come from."""

    title: str = word(aside=True)
    """Title of the report, article or data set."""
    publisher: str | None = word(None)
    """Who published it."""
    date: str | None = word(None)
    """Date or year of publication."""
    via: str | None = word(None)
    """The source in which it was read, if not the original."""
    url: str | None = word(None)
    """Address, for the reader; never opened."""
    note: str | None = phrase(None)
    """What is quoted, or what to beware of."""


class ScenarioFile(Block):
    """A whole scenario."""

    format: Literal[1] = word(aside=True)
    """Version of this language: 1."""
    id: str = word(pattern=ID, aside=True)
    """Name of the scenario, equal to the file's name without its ending."""
    title: str = phrase(aside=True)
    """One line."""
    kind: Kind = word("stylised", aside=True)
    """historical or stylised, where each number needs a source or a reason, or fictional, where all
    are invented and none does."""
    question: str = phrase("What happens next?", aside=True)
    """The question that the ensemble answers."""
    summary: str = phrase("", aside=True)
    """A paragraph."""
    note: str | None = phrase(None, aside=True)
    """What it cannot show."""
    start: Date = word()
    """First day that is replayed."""
    release: Date = word()
    """Last day of history, replayed as it happened; from the next day the actors decide."""
    horizon: Days = days(180, low=1, high=7300)
    """Days after the release."""
    outcome_window: Days = days(30, low=1, high=3650)
    """Last days of the run that the window_* measures look at."""
    sources: dict[str, Source] = each(dict[str, Source], aside=True)
    """Where numbers come from, by key."""
    states: dict[str, State] = each(dict[str, State])
    """Governments."""
    relations: dict[str, Relation] = each(dict[str, Relation])
    """Pairs of states that may act against each other."""
    alliances: dict[str, Alliance] = each(dict[str, Alliance])
    """Who stands with whom in a war: what makes one war of several states."""
    groups: dict[str, Group] = each(dict[str, Group])
    """Militant groups."""
    mediators: dict[str, Mediator] = each(dict[str, Mediator])
    """Mediators."""
    sectors: dict[str, Sector] = each(dict[str, Sector])
    """Places."""
    borders: dict[str, Border] = each(dict[str, Border])
    """Stretches of border, with crossings."""
    actions: dict[str, OwnAct] = each(dict[str, OwnAct])
    """Actions of the scenario's own: kinds of the ladder's acts."""
    rules: Rules = each(Rules)
    """Parameters of the rules."""
    history: list[Event] = each(list[Event])
    """Dated events up to the release."""
    interventions: list[Intervention] = each(list[Intervention])
    """Changes after the release."""
    events: dict[str, PossibleEvent] = each(dict[str, PossibleEvent])
    """What may happen after the release by the scenario's own rule: on conditions, by chance."""
    flows: dict[str, Flow] = each(dict[str, Flow])
    """Support from outside and sanctions: so much a day into a stock or out of it."""
    measures: dict[str, OwnMeasure] | None = each(dict[str, OwnMeasure], None)
    """Measures of the file's own, by the names of their columns; they count from the release."""
    outcomes: dict[str, dict[str, Condition]] = each(dict[str, dict[str, Condition]], ordered=True)
    """Outcome classes, a list: a name and its conditions on measures; the first whose conditions
    all hold counts, so their order has a meaning. The last may be {} (everything else)."""
    expect: list[Expectation] = each(list[Expectation], aside=True)
    """Patterns that the scenario claims."""
    levers: list[Lever] = each(list[Lever], aside=True)
    """Numbers that a class may move."""
    designs: dict[str, StudyDesign] | None = each(dict[str, StudyDesign], None, aside=True)
    """Designs of studies, by name: what to vary, run and look at (sweep FILE --design NAME)."""
    teaching: Teaching = each(Teaching, aside=True)
    """The lesson."""
    languages: dict[str, Language] = each(dict[str, Language], aside=True)
    """Its texts in other languages, by tag (fr); each may stand in a file of its own beside the
    scenario, named with the tag: two_states.fr.yaml."""
