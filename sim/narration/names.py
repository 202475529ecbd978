"""Names of actors and places as a person says them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.scenario import Scenario

_SMALL_WORDS = {"and", "of", "the", "in", "on"}


def spoken(name: str) -> str:
    """The id of an actor or place as a name: isle_of_man becomes Isle of Man."""
    words = name.split("_")
    return " ".join(
        word if k and word in _SMALL_WORDS else word[:1].upper() + word[1:]
        for k, word in enumerate(words)
    )


def place_name(title: str | None, name: str) -> str:
    """A sector's title without what stands in brackets or after a comma."""
    return re.sub(r"\s*\([^)]*\)", "", title).split(",")[0].strip() if title else spoken(name)


def listed(words: list[str], last: str = " and ") -> str:
    """Words in a row: a, b and c."""
    return (
        words[0] if len(words) == 1 else ", ".join(words[:-1]) + last + words[-1] if words else ""
    )


def counted(count: int, noun: str) -> str:
    """A count with its noun: 1 replication, 2,000 replications."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


class Names:
    """Names of the entities of a scenario, by the indices that the world uses."""

    def __init__(self, scenario: Scenario) -> None:
        file = scenario.file
        self.states = [spoken(name) for name in file.states]
        self.groups = [group.short or spoken(name) for name, group in file.groups.items()]
        self.mediators = [spoken(name) for name in file.mediators]
        self.sectors = [place_name(sector.title, name) for name, sector in file.sectors.items()]
        self.changes = [
            f"{one.label + ': ' if one.label else ''}{path} becomes {value:g}"
            for one in file.interventions
            for path, value in one.set.items()
        ]

    def actor(self, index: int) -> str:
        """A state or, counted on from the states, a group."""
        return (
            self.states[index]
            if index < len(self.states)
            else self.groups[index - len(self.states)]
        )
