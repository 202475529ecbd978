"""Names of actors and places as a person writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sim.words.names import readable_name

if TYPE_CHECKING:
    from sim.scenario import Scenario


def place_name(title: str | None, name: str) -> str:
    """A sector's title without what stands in brackets or after a comma."""
    return (
        re.sub(r"\s*\([^)]*\)", "", title).split(",")[0].strip() if title else readable_name(name)
    )


class Names:
    """Names of the entities of a scenario, by the indices that the world uses."""

    def __init__(self, scenario: Scenario) -> None:
        file = scenario.file
        self.states = [readable_name(name) for name in file.states]
        self.groups = [group.short or readable_name(name) for name, group in file.groups.items()]
        self.mediators = [readable_name(name) for name in file.mediators]
        self.mediator_of = {name: number for number, name in enumerate(file.mediators)}
        self.name_of = {
            **dict(zip(file.states, self.states, strict=True)),
            **dict(zip(file.groups, self.groups, strict=True)),
            **dict(zip(file.mediators, self.mediators, strict=True)),
        }
        self.sectors = [place_name(sector.title, name) for name, sector in file.sectors.items()]

    def actor(self, index: int) -> str:
        """A state or, counted on from the states, a group."""
        return (
            self.states[index]
            if index < len(self.states)
            else self.groups[index - len(self.states)]
        )
