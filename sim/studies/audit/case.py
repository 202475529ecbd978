"""What the reasons of an audit look up: the scenario, and what was done in its replications."""

from __future__ import annotations

from collections import Counter
from functools import cached_property

from sim.scenario import Scenario
from sim.studies.audit.activity import Activity


class Case:
    """What is looked up: the scenario, and what was done in its replications."""

    def __init__(self, scenario: Scenario, activity: Activity) -> None:
        self.file, self.activity = scenario.file, activity
        self.history = (scenario.release - scenario.start).days

    def rivals(self, state: str) -> list[str]:
        """States that a state has a relation with."""
        return [
            b if a == state else a
            for a, b in (r.between for r in self.file.relations.values())
            if state in (a, b)
        ]

    @cached_property
    def nuclear(self) -> list[str]:
        return [name for name, state in self.file.states.items() if state.nuclear]

    def fought_from(self, state: str) -> bool:
        """Whether a rival hosts a group that fights a state."""
        return any(
            g.enemy == state and set(g.hosts) & set(self.rivals(state))
            for g in self.file.groups.values()
        )

    @cached_property
    def most_borders(self) -> int:
        """Stretches of border that the two states of a relation share, at most."""
        shared = Counter(
            frozenset(self.file.sectors[sector].state for sector in border.sectors)
            for border in self.file.borders.values()
        )
        return max(shared.values(), default=0)

    def on_borders(self, terrain: str) -> bool:
        return any(
            self.file.sectors[s].terrain == terrain
            for b in self.file.borders.values()
            for s in b.sectors
        )
