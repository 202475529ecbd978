"""The engine on a bench: a world put together by hand, and many futures of it.

What is verified is the compiled loop that every command runs, not single functions: a state of the
world is written into the block of a replication, days are run with many random streams, and words
of the block are read at the end. The world is `two_states`, silenced: nobody attacks, fires,
deliberates or calls by himself, so that what is left is the rule at hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.record import ROOT
from sim.engine.replication import Replication, replay, replay_future, run_futures
from sim.engine.world import Branch, Template, build, slot
from sim.engine.world.tables import TABLES
from sim.scenario import load

Array = NDArray[np.float64]
Overrides = Mapping[str, Any]
SCENARIO = "two_states"
STRONG, WEAK = "westmark", "eastmark"
GROUP, MEDIATOR = "hill_front", "lakeland"

SILENT: Overrides = {
    "history": [],
    f"groups.{GROUP}.base_rate": 0,
    f"groups.{GROUP}.branching": 0,
    f"groups.{GROUP}.growth": 0,
    f"groups.{GROUP}.elasticity": 0,
    "rules.militancy.low_mode": 1,
    "rules.militancy.surge_mode": 1,
    "rules.militancy.truce_offer": 0,
    "rules.militancy.operation_rate": 0,
    "rules.militancy.operation_reply": 0,
    "rules.militancy.attack_losses": 0,
    "rules.militancy.backlash": 0,
    "rules.hosting.reconsider": 0,
    "rules.hosting.dispersed": 0,
    "rules.commands.fire_rate": 0,
    "rules.commands.raid_rate": 0,
    "rules.commands.posture": 0,
    "rules.commands.raid_posture": 0,
    "rules.choice.attention": 0,
    "rules.choice.war_attention": 0,
    "rules.choice.surprise": 100,
    "rules.mediation.hotline": 0,
    f"mediators.{MEDIATOR}.leverage.{STRONG}": 0,
    f"mediators.{MEDIATOR}.leverage.{WEAK}": 0,
    "rules.ceasefire.contact": 0,
    "rules.ceasefire.built_trust": 0,
    "rules.crossings.rationality": 1000,
    "rules.crossings.inertia": 20,
    "rules.stocks.weariness_closure": 0,
}


class Place(NamedTuple):
    """A word of the world: a field of a row of a table."""

    table: str
    field: str
    row: tuple[int, ...] = (0,)


class Bench:
    """Makes starts; `share` scales the number of futures of all of them."""

    def __init__(self, seed: int, share: float = 1.0) -> None:
        self.seed, self.share = seed, share
        self._built: dict[str, Start] = {}

    def many(self, number: int) -> int:
        """How many futures to run where the full form runs so many."""
        return max(int(number * self.share), 400)

    def start(
        self, days: int, more: Overrides = MappingProxyType({}), name: str = SCENARIO
    ) -> Start:
        """A start for futures of so many days, silenced unless another scenario is named."""
        silent = SILENT if name == SCENARIO else {}
        overrides = {**silent, "horizon": days, "outcome_window": 1, **more}
        key = f"{name} {sorted(overrides.items(), key=str)}"
        if key not in self._built:
            self._built[key] = Start(name, overrides, self.seed)
        return self._built[key]


class Start:
    """A world on the evening before its first day, by the words of a replication.

    Attributes
    ----------
    template : of the scenario with its overrides
    """

    def __init__(self, name: str, overrides: Overrides, seed: int) -> None:
        self.template: Template = build(load(ROOT / "scenarios" / f"{name}.yaml", overrides))
        self.seed = seed
        story = replay(self.template, seed, 0)
        self._evening = story.blocks[self.template.history_days - 1]

    def state(self, name: str) -> int:
        """The number of a state."""
        return self.template.states.index(name)

    def dyad(self, field: str, state: str) -> Place:
        """A word of what a state holds against its rival."""
        i = self.state(state)
        return Place("dyads", field, (i, 1 - i))

    def read(self, place: Place) -> float:
        """A word of the evening."""
        return float(self.words(self._evening[None, :], place)[0])

    def rule(self, name: str) -> float:
        """A number of the rules, as `bargaining_openness`."""
        return self.read(Place("rules", name))

    def words(self, blocks: NDArray[np.uint64], place: Place) -> Array:
        """The word of each of some blocks, as a number."""
        return self._number(blocks[:, self._slot(place)], place)

    def _slot(self, place: Place) -> int:
        return slot(self.template.spans, place.table, place.field, *place.row)

    def _number(self, words: NDArray[np.uint64], place: Place) -> Array:
        kind = TABLES[place.table][place.field]
        return np.ascontiguousarray(words).view(kind).astype(np.float64)

    def past(self, put: Mapping[Place, float]) -> NDArray[np.uint64]:
        """The evening with these words in it."""
        block = self._evening.copy()
        for place, value in put.items():
            kind = TABLES[place.table][place.field]
            block[self._slot(place)] = np.array([value], dtype=kind).view(np.uint64)[0]
        return block

    def futures(self, count: int, put: Mapping[Place, float], *places: Place) -> list[Array]:
        """What stands at some places at the end of so many futures, (count,) each.

        Raises
        ------
        AssertionError : if a replication failed, so that its words mean nothing
        """
        branch = Branch(self.past(put), 1)
        slots = np.array([self._slot(place) for place in places], dtype=np.int64)
        chunk = run_futures(self.template, branch, 1, count, slots)
        assert not chunk.status.any(), "a future failed"
        words = np.ascontiguousarray(chunk.measures).view(np.uint64)
        return [self._number(words[:, k], place) for k, place in enumerate(places)]

    def story(self, put: Mapping[Place, float], stream: int = 1) -> Replication:
        """One future in full."""
        return replay_future(self.template, Branch(self.past(put), 1), stream)
