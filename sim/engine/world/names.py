"""Numbers of the entities of a scenario, by name."""

from __future__ import annotations

from sim.engine.world import tables as t
from sim.engine.world.tables import NOBODY
from sim.scenario import Scenario
from sim.scenario.options import own_options
from sim.vocabulary.ladder import N_ACTIONS, Rung


class Names:
    """Numbers of the entities by name."""

    def __init__(self, scenario: Scenario) -> None:
        file = scenario.file
        self.states = tuple(file.states)
        self.groups = tuple(file.groups)
        self.mediators = tuple(file.mediators)
        self.sectors = tuple(file.sectors)
        self.borders = tuple(file.borders)
        self.relations = tuple(file.relations)
        self.pairs = [tuple(r.between) for r in file.relations.values()]
        self.state = {name: n for n, name in enumerate(self.states)}
        self.group = {name: n for n, name in enumerate(self.groups)}
        self.mediator = {name: n for n, name in enumerate(self.mediators)}
        self.sector = {name: n for n, name in enumerate(self.sectors)}
        self.event = {name: n for n, name in enumerate(file.events)}
        self.lines = sum(one.event is not None for one in file.events.values())
        self.flow = {name: n for n, name in enumerate(file.flows)}
        self.own_act = {name: 1 + n for n, name in enumerate(file.actions)}
        self.option = own_options(file)
        self.alliance = {name: n for n, name in enumerate(file.alliances)}
        self.conditions = sum(len(one.when) for one in file.events.values())
        self.conditions += sum(len(one.when) for one in file.flows.values())
        self.new_values = sum(len(one.set) for one in file.events.values())

    def pair(self, a: str, b: str) -> int:
        """Number of the relation between two states, or NOBODY."""
        return next((n for n, p in enumerate(self.pairs) if set(p) == {a, b}), NOBODY)

    def index(self, table: str, row: str) -> tuple[int, ...]:
        """The place of a row by the names of its entities, parted by ">"; the first by none."""
        if not row:
            return (0,)
        first, _, second = row.partition(">")
        if table == "pairs":
            return (self.pair(first, second),)
        rows = {
            "states": (self.state,),
            "groups": (self.group,),
            "sectors": (self.sector,),
            "rungs": ({rung.word: int(rung) for rung in Rung},),
            "possible": (self.event,),
            "flows": (self.flow,),
            "own_acts": (self.own_act,),
            "alliances": (self.alliance,),
            "dyads": (self.state, self.state),
            "hosts": (self.group, self.state),
            "presence": (self.group, self.sector),
        }
        return tuple(
            numbers[name] for numbers, name in zip(rows[table], (first, second), strict=False)
        )

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Shape of each table."""
        s, g, k, b, m = (
            len(self.states),
            len(self.groups),
            len(self.sectors),
            len(self.borders),
            len(self.mediators),
        )
        return {
            "clock": (1,),
            "rules": (1,),
            "states": (s,),
            "dyads": (s, s),
            "pairs": (len(self.pairs),),
            "groups": (g,),
            "hosts": (g, s),
            "presence": (g, k),
            "sectors": (k,),
            "borders": (b,),
            "commands": (b, 2),
            "mediators": (m,),
            "leverage": (m, s),
            "talks": (m, len(self.pairs)),
            "tally": (1,),
            "rungs": (len(Rung),),
            "forced": (t.MOST_FORCED,),
            "possible": (len(self.event),),
            "lines": (self.lines,),
            "bounds": (self.conditions,),
            "new_values": (self.new_values,),
            "flows": (len(self.flow),),
            "own_acts": (1 + len(self.own_act),),
            "actions": (N_ACTIONS + len(self.option),),
            "alliances": (len(self.alliance),),
            "promises": (len(self.alliance), 2),
            "cover": (2 * len(self.alliance), s),
            "calls": (s, s) if self.alliance else (0, 0),
            "fronts": (len(self.pairs),) if self.alliance else (0,),
        }
