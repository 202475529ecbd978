"""A row of a world as an object.

Its fields are attributes, read from and written to the world itself.

A number of the scenario keeps the range that the schema gives it, a state variable has to stay
finite, and what says who is who (enemies, sectors, policies) is not for writing: compiled rules
trust it as an index.
"""

from __future__ import annotations

import math
from difflib import get_close_matches
from functools import cache
from typing import Any, NamedTuple, Protocol

import numpy as np

from sim.engine.world import Template
from sim.engine.world.tables import NOBODY
from sim.errors import ModelError, RunError
from sim.scenario import schema
from sim.scenario.fields import Block, specs
from sim.vocabulary.codes import Mode, Stance
from sim.vocabulary.ladder import N_ACTIONS

Range = tuple[float, float]


class Stage(Protocol):
    """What an actor asks of the model that it belongs to.

    world : the tables
    template : names and numbers of all entities
    errors : the clock's word of failure, 0 while all is well
    """

    world: Any
    template: Template
    errors: np.ndarray

    def row(self, path: str) -> Row:
        """A row of the world by table and names."""

    def failure(self, words: str) -> RunError:
        """An error of this replication, with what is needed to repeat it."""


class Entity(NamedTuple):
    """Who an actor is: its name, its path, and its row and number in a table of the world."""

    name: str
    path: str
    table: str
    number: int
    row: Any


#: Whole-number fields that may be written, and their ranges; the others are links and memory of
# the rules.
WHOLE: dict[str, Range] = {
    "nuclear": (0, 1),
    "reasoning": (0, 2),
    "offensive": (0, 1),
    "posture": (0, N_ACTIONS - 1),
    "order": (NOBODY, N_ACTIONS - 1),
    "provoked": (0, 1),
    "mode": (0, len(Mode) - 1),
    "truce": (0, 1),
    "stance": (0, len(Stance) - 1),
}

_BLOCKS: dict[str, tuple[tuple[type[Block], str], ...]] = {
    "states": ((schema.State, ""), (schema.StateWeights, "weights_")),
    "dyads": ((schema.View, ""),),
    "pairs": ((schema.Relation, ""),),
    "groups": ((schema.Group, ""), (schema.Severity, "severity_"), (schema.Targets, "targets_")),
    "hosts": ((schema.Host, ""),),
    "sectors": ((schema.Sector, ""),),
    "borders": ((schema.Border, ""),),
    "mediators": ((schema.Mediator, ""),),
    "rules": tuple(
        (spec.block, f"{name}_") for name, spec in specs(schema.Rules).items() if spec.block
    ),
}
_SHARES = {("leverage", "leverage"): (0.0, 1.0), ("presence", "fighters"): (0.0, math.inf)}
_NEAR = 0.75  # likeness at which an unknown name is taken for a slip


@cache
def ranges(table: str) -> dict[str, Range]:
    """Fields of a table that the schema bounds, and the bounds."""
    bounds_of = {field: bounds for (name, field), bounds in _SHARES.items() if name == table}
    for block, prefix in _BLOCKS.get(table, ()):
        for key, spec in specs(block).items():
            if spec.form == "number" and spec.low is not None and spec.high is not None:
                bounds_of[prefix + key] = (spec.low, spec.high)
    return bounds_of


class View:
    """A view of a row of a world.

    Reading a field gives a plain number, writing it changes the world. An unknown name raises an
    `AttributeError` that names the nearest one, a value that does not fit a `ModelError`.
    """

    path: str
    table: str
    _row: Any

    def _bind(self, path: str, table: str, row: Any) -> None:
        self.path = path
        self.table = table
        self.__dict__["_row"] = row

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of all numbers of the row."""
        return tuple(self._row.dtype.names)

    def __getattr__(self, name: str) -> Any:
        row = self.__dict__.get("_row")
        if row is not None and name in row.dtype.names:
            return row[name].item()
        raise AttributeError(self._unknown(name), name=name, obj=self)

    def __setattr__(self, name: str, value: Any) -> None:
        row = self.__dict__.get("_row")
        if (
            row is None
            or name.startswith("_")
            or name in self.__dict__
            or hasattr(type(self), name)
        ):
            object.__setattr__(self, name, value)
        elif name in row.dtype.names:
            row[name] = self._fitting(name, value)
        elif self._keeps(name):
            object.__setattr__(self, name, value)
        else:
            raise AttributeError(self._unknown(name), name=name, obj=self)

    def _keeps(self, name: str) -> bool:
        """Whether the object may have an attribute of its own by this name."""
        return False

    def _near(self, name: str) -> list[str]:
        row = self.__dict__.get("_row")
        return get_close_matches(name, row.dtype.names, 1, _NEAR) if row is not None else []

    def _unknown(self, name: str) -> str:
        near = self._near(name)
        hint = f"; did you mean '{near[0]}'?" if near else ""
        return f"{self.__dict__.get('path', type(self).__name__)} has no attribute '{name}'{hint}"

    def _fitting(self, name: str, value: Any) -> float:
        """The value, if the field can hold it."""
        whole = self._row.dtype[name].kind != "f"
        if whole and name not in WHOLE:
            raise ModelError(f"{self.path}.{name} cannot be set: the rules rely on it")
        if not isinstance(
            value, int | np.integer if whole else int | float | np.integer | np.floating
        ):
            raise ModelError(
                f"{self.path}.{name} must be a {'whole ' if whole else ''}number, got {value!r}"
            )
        low, high = WHOLE[name] if whole else ranges(self.table).get(name, (-math.inf, math.inf))
        if not low <= value <= high or not math.isfinite(value):
            bounds = f"must lie in [{low:g}, {high:g}]" if math.isfinite(low) else "must be finite"
            raise ModelError(f"{self.path}.{name} {bounds}, got {value!r}")
        return int(value) if whole else float(value)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.__dict__.get('path', '')}>"


class Row(View):
    """A row that is nobody's own: a relation, a sector, what one holds against another.

    Parameters
    ----------
    path : what it is called, such as "sectors.hills" or "dyads.westmark.eastmark"
    table : the world's table
    row : the record
    """

    def __init__(self, path: str, table: str, row: Any) -> None:
        self._bind(path, table, row)
