"""What stands on the sheets of a lesson: who is who, map, ladder, cards of roles, ten worlds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from sim.classroom.scene import scene
from sim.narration.ending import ending_of
from sim.narration.event_sentences import EventSentence, event_sentences
from sim.narration.names import titles_of
from sim.narration.outcomes import meaning
from sim.replication.rerun import rerun
from sim.vocabulary.ladder import N_RUNGS
from sim.words.names import readable_name

if TYPE_CHECKING:
    from sim.ensemble.engine import ChooseEngine
    from sim.scenario import Scenario
    from sim.scenario.schema import Group, Role
    from sim.words import Words

#: Words of the glossary of a sheet, keys of sheets.glossary.
GLOSSARY = (
    *("world", "outcome", "rung", "state", "group", "mediator", "haven", "leverage", "resolve"),
    *("border_fire", "raid", "strike", "ceasefire", "claim", "lever"),
)
WORLDS = 10  # told on paper
_NEWS = 4  # of a world on paper
Json = dict[str, Any]


class Person(NamedTuple):
    """An actor as everybody knows it: its name, what kind of actor it is, and a sentence."""

    name: str
    kind: str
    public: str


class Card(NamedTuple):
    """The card of a role: the name of its file, its name, what everybody knows, what it alone."""

    file: str
    name: str
    public: str
    role: Role


class Ending(NamedTuple):
    """An end that a world can have: its name, what makes it, its share and the throws that mean it.

    `throws` of two dice with ten sides, read as a number from 00 to 99; empty if it never came.
    """

    name: str
    sentence: str
    share: str
    throws: str


class PaperWorld(NamedTuple):
    """A world on paper: its number, its largest news in order of days, and how it ended."""

    number: int
    news: list[tuple[str, str]]
    end: list[str]


def people(scenario: Scenario, words: Words) -> list[Person]:
    """Every actor of a scenario: states, groups, mediators."""
    file, titles = scenario.file, titles_of(scenario.file)
    public = {role.actor: role.public for role in file.teaching.roles.values() if role.public}
    tables = (("state", file.states), ("group", file.groups), ("mediator", file.mediators))
    titles |= {name: _full_name(name, one) for name, one in file.groups.items()}
    return [
        Person(
            titles[name],
            words.text(f"sheets.kinds.{kind}"),
            public.get(name) or words.text(f"sheets.publics.{kind}"),
        )
        for kind, table in tables
        for name in table
    ]


def _full_name(name: str, group: Group) -> str:
    """The name of a group, with the short one that news use in brackets if it is another."""
    full, short = group.title or readable_name(name), group.short
    if not short or short == full:
        return full
    return short if short.lower() == full.lower() else f"{full} ({short})"


def cards(scenario: Scenario) -> list[Card]:
    """A card for each role; its file is named by the actor, or by its number."""
    roles = scenario.file.teaching.roles
    return [
        Card(f"card-{role.actor or n}.html", name, role.public or "", role)
        for n, (name, role) in enumerate(roles.items(), start=1)
    ]


def ladder(words: Words) -> list[tuple[int, str]]:
    """The rungs from the highest down."""
    return [(rung, words.term("vocabulary.rungs", str(rung))) for rung in range(N_RUNGS)][::-1]


def glossary(words: Words) -> list[tuple[str, str]]:
    """Words of the sheet and what they mean."""
    return [
        (words.text(f"sheets.glossary.{key}.word"), words.text(f"sheets.glossary.{key}.means"))
        for key in GLOSSARY
    ]


def picture(scenario: Scenario) -> Json:
    """The map of a sheet: places, borders, ground of each state, and where its name stands."""
    drawn, titles = scene(scenario), titles_of(scenario.file)
    xy = np.array([[one["x"], one["y"]] for one in drawn["sectors"]]).reshape(-1, 2)
    states = []
    for k, state in enumerate(scenario.file.states):
        mine = xy[[one["state"] == k for one in drawn["sectors"]]]
        if len(mine):
            # beside the place that lies farthest from all others, so that two names do not meet
            x, y = mine[np.hypot(*(mine - xy.mean(axis=0)).T).argmax()]
            room = 9 * len(titles[state]) + 9
            x = min(max(float(x), room), drawn["wide"] - room)
            top = max(26.0, float(y) - drawn["radius"] - 18)
            states.append({"name": titles[state], "x": x, "y": top})
    return drawn | {"states": states}


def endings(scenario: Scenario, shares: Mapping[str, float | None], words: Words) -> list[Ending]:
    """The ends of a scenario with their shares, and the throws of dice that stand for them."""
    counts = whole_hundred({name: shares.get(name) or 0.0 for name in scenario.outcomes})
    found, first = [], 0
    for name in scenario.outcomes:
        last = first + counts[name] - 1
        throws = f"{first:02d}" if counts[name] == 1 else f"{first:02d}–{last:02d}"
        found.append(
            Ending(
                words.term("vocabulary.outcomes", name),
                meaning(scenario, name, words),
                words.percent(shares.get(name)),
                throws if counts[name] else "",
            )
        )
        first += counts[name]
    return found


def whole_hundred(shares: Mapping[str, float]) -> dict[str, int]:
    """Shares as whole numbers that make a hundred: what is left goes to the largest remainders."""
    total = sum(shares.values()) or 1.0
    exact = {name: 100 * share / total for name, share in shares.items()}
    whole = {name: int(value) for name, value in exact.items()}
    left = sorted(exact, key=lambda name: whole[name] - exact[name])
    for name in left[: 100 - sum(whole.values())]:
        whole[name] += 1
    return whole


def paper_worlds(
    scenario: Scenario, seed: int, words: Words, engine: ChooseEngine | None
) -> Iterator[PaperWorld]:
    """The first `WORLDS` worlds, each with its largest news and its end."""
    for number in range(WORLDS):
        run = rerun(scenario, seed, number, engine=engine)
        after = [one for one in event_sentences(run.events, scenario, words) if one.day > 0]
        largest = _different(sorted(after, key=lambda one: -one.weight))[:_NEWS]
        news = [
            (
                words.date(scenario.release + timedelta(days=one.day)),
                f"{one.what} {one.aftermath}".strip(),
            )
            for one in sorted(largest, key=lambda one: one.day)
        ]
        yield PaperWorld(number, news, ending_of(scenario, seed, number, words, engine=engine))


def _different(news: list[EventSentence]) -> list[EventSentence]:
    """The first of each kind and action before the others of it."""
    seen: set[tuple[str, int]] = set()
    first = []
    for one in news:
        if (one.kind, one.action) not in seen:
            seen.add((one.kind, one.action))
            first.append(one)
    return [*first, *(one for one in news if one not in first)]
