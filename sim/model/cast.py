"""The cast of a model: its actors as agents, and who decides with whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sim.engine.world.tables import NOBODY
from sim.model.agents import Actor, BorderCommand, Mediator, MilitantGroup, StateAgent, name_of
from sim.model.rows import Entity, Stage
from sim.printable import one_line


class Cast:
    """The agents of a model, in the order in which they act.

    Parameters
    ----------
    model : to which they belong
    classes : those of actors with a policy of their own, by the path of the policy

    Attributes
    ----------
    states, groups, commands, mediators : all actors of each kind
    guards : commands at borders between states that have a relation; only they decide
    views : each state with the number of each rival about which it decides
    parties : the two states of each relation
    """

    def __init__(self, model: Stage, classes: Mapping[str, type[Actor]]) -> None:
        self._model, self._classes = model, classes
        world, t = model.world, model.template
        self.states: list[StateAgent] = self._all("states", StateAgent, t.states)
        self.groups: list[MilitantGroup] = self._all("groups", MilitantGroup, t.groups)
        self.mediators: list[Mediator] = self._all("mediators", Mediator, t.mediators)
        self.commands: list[BorderCommand] = list(self._border_commands())
        # where two states have no relation there is nothing to decide
        self.guards = [c for c in self.commands if world.borders[c.place[0]].pair != NOBODY]
        self.views = [
            (state, j)
            for state in self.states
            for j in range(len(t.states))
            if world.dyads[state.number, j].pair != NOBODY
        ]
        self.parties = [(self.states[int(p.a)], self.states[int(p.b)]) for p in world.pairs]

    def __iter__(self) -> Iterator[Actor]:
        yield from self.states
        yield from self.groups
        yield from self.commands
        yield from self.mediators

    def _all(self, table: str, kind: type[Actor], names: tuple[str, ...]) -> list[Any]:
        rows = getattr(self._model.world, table)
        paths = [f"{table}.{name}" for name in names]
        return [
            self._make(f"{path}.policy", kind, Entity(name, path, table, n, rows[n]))
            for n, (name, path) in enumerate(zip(names, paths, strict=True))
        ]

    def _border_commands(self) -> Iterator[Any]:
        world, t = self._model.world, self._model.template
        for b, border in enumerate(t.borders):
            for side in range(2):
                row = world.commands[b, side]
                state = t.states[int(row.state)]
                name = f"{border}.{state}"
                entity = Entity(name, f"commands.{name}", "commands", 2 * b + side, row)
                yield self._make(f"states.{state}.command_policy", BorderCommand, entity)

    def _make(self, policy: str, kind: type[Actor], entity: Entity) -> Actor:
        cls = self._classes.get(policy, kind)
        try:
            return cls(self._model, entity)
        except (Exception, SystemExit) as error:
            words = one_line(f"{type(error).__name__}: {error}")
            raise self._model.failure(
                f"{entity.path}: making a {name_of(cls)} raised {words}"
            ) from error
