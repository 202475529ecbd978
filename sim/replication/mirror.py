"""A scenario in the mirror: two states exchange names and rows.

They keep their numbers, their neighbours and their random draws.

What was the first state stands in the second's row under the second's name, in every table, and
each side of a relation and of a border changes places too. If no rule looks at a label or depends
on who stands first, every replication is the same with the names changed, to the last bit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import attrs
import numpy as np
from numpy.typing import NDArray

from sim.engine.replication import draw_inputs, replay
from sim.engine.world import Template, build, slot
from sim.engine.world.tables import TABLES
from sim.scenario import Scenario
from sim.scenario.checks import measures_of
from sim.scenario.fields import Block, specs
from sim.scenario.possible import readings_of

_SEEN = (
    "states",
    "dyads",
    "pairs",
    "groups",
    "hosts",
    "presence",
    "sectors",
    "borders",
    "commands",
    "mediators",
    "leverage",
    "talks",
    "tally",
    "alliances",
    "promises",
    "cover",
    "calls",
    "fronts",
)
_NAMES_OF_ROWS = (
    "a",
    "b",
    "state",
    "rival",
    "enemy",
    "begun_by",
    "of",
    "to",
    "by",
)  # fields that say which row somebody stands in


class Divergence(NamedTuple):
    """The first divergence of a replication and its mirror.

    `table`, `field` and `row` name the word that differs at the end of `day`; `value` and
    `mirrored` are its two values.
    """

    day: int
    table: str
    field: str
    row: tuple[int, ...]
    value: float
    mirrored: float


@dataclass(frozen=True)
class Mirror:
    """A template, its mirror, and how they correspond.

    `columns` (n_measures,) is the measure of the mirror for each of the original; `inputs`
    (n_uncertain,) the uncertain number of the original for each of the mirror; `there` (n_states,)
    the row in the mirror of each state of the original.
    """

    template: Template
    mirror: Template
    columns: NDArray[np.int64]
    inputs: NDArray[np.int64]
    there: NDArray[np.int64]

    def draw_inputs(self, seed: int, first: int, count: int) -> NDArray[np.float64]:
        """The uncertain numbers of the mirror: those that the original drew."""
        return np.ascontiguousarray(draw_inputs(self.template, seed, first, count)[:, self.inputs])

    def first_divergence(self, seed: int, replication: int) -> Divergence | None:
        """The first word of a replication that differs in the mirror; None if none does."""
        ours = replay(self.template, seed, replication).blocks
        theirs = replay(
            self.mirror, seed, replication, self.draw_inputs(seed, replication, 1)
        ).blocks
        for row in range(min(len(ours), len(theirs))):
            for table in TABLES:
                if table in _SEEN:
                    a, b = self._table(ours[row], table), self._turn(theirs[row], table)
                    for name in a.dtype.names or ():
                        differs = np.argwhere(a[name].view(np.uint64) != b[name].view(np.uint64))
                        if name not in _NAMES_OF_ROWS and differs.size:
                            where = tuple(int(k) for k in differs[0])
                            return Divergence(
                                row + 1 - self.template.history_days,
                                table,
                                name,
                                where,
                                float(a[name][where]),
                                float(b[name][where]),
                            )
        return None

    def _table(self, block: NDArray[np.uint64], table: str) -> Any:
        span, dtype = self.template.spans[table], TABLES[table]
        return (
            block[span.start : span.start + int(np.prod(span.shape)) * len(dtype.names or ())]
            .view(dtype)
            .reshape(span.shape)
        )

    def _turn(self, block: NDArray[np.uint64], table: str) -> Any:
        """A table of the mirror with its rows where the original has them."""
        rows = self._table(block, table)
        if table == "states":
            rows = rows[self.there]
        elif table in ("dyads", "calls") and rows.size:
            rows = rows[np.ix_(self.there, self.there)]
        elif table in ("hosts", "leverage", "cover"):
            rows = rows[:, self.there]
        elif table == "commands":
            sides = (
                self._table(self.template.words, table)["sector"][:, :1]
                != self._table(self.mirror.words, table)["sector"][:, :1]
            )
            rows = np.where(sides, rows[:, ::-1], rows)
        return np.ascontiguousarray(rows)


def mirror_of(scenario: Scenario, one: str, other: str, *, move_draws: bool = True) -> Mirror:
    """Put a scenario in the mirror of two of its states.

    With `move_draws` each state keeps its random draws in its new row. Without, the draws stay with
    the labels: then a replication is another one, and only distributions can be compared.
    """
    swap = {one: other, other: one}
    template = build(scenario)
    renamed = _with_readings(_rename(scenario.file, swap), scenario, swap)
    file = _in_order(renamed, scenario.file, swap)
    mirror = build(replace(scenario, file=file))
    if move_draws:
        mirror = replace(mirror, words=_with_draws(template, mirror, swap))
    rows = {(m.table, m.field, m.row): n for n, m in enumerate(mirror.measures)}
    columns = np.array(
        [rows[m.table, m.field, _row(m.row, swap)] for m in template.measures], dtype=np.int64
    )
    paths = [path for path, _, _ in template.uncertain]
    inputs = np.array(
        [paths.index(_path(path, swap)) for path, _, _ in mirror.uncertain], dtype=np.int64
    )
    there = np.array(
        [mirror.states.index(swap.get(name, name)) for name in template.states], dtype=np.int64
    )
    return Mirror(template, mirror, columns, inputs, there)


def _row(row: str, swap: Mapping[str, str]) -> str:
    return ">".join(swap.get(part, part) for part in row.split(">"))


def _path(text: str, swap: Mapping[str, str]) -> str:
    """A name, or a dotted path, with the two names exchanged."""
    return ".".join(swap.get(part, part) for part in text.split("."))


def _rename(value: Any, swap: Mapping[str, str]) -> Any:
    """A part of a scenario with the two names exchanged wherever one stands alone or in a path."""
    if isinstance(value, Block):
        names = (spec.name for spec in specs(type(value)).values())
        return attrs.evolve(value, **{name: _rename(getattr(value, name), swap) for name in names})
    if isinstance(value, dict):
        return {_path(key, swap): _rename(item, swap) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_rename(item, swap) for item in value)
    return swap.get(value, value) if isinstance(value, str) else value


def _with_readings(file: Any, scenario: Scenario, swap: Mapping[str, str]) -> Any:
    """The file whose conditions look at the same things with the two states exchanged."""
    there = readings_of(file, measures_of(file))  # what a host is to a group has moved with it
    at = {(one.table, one.field, one.row): one.name for one in there}
    turned = {
        one.name: at[one.table, one.field, _row(one.row, swap)]
        for one in readings_of(scenario.file, scenario.measures)
    }

    def turn(table: Mapping[str, Any]) -> dict[str, Any]:
        return {
            name: attrs.evolve(one, when={turned[key]: bound for key, bound in one.when.items()})
            for name, one in table.items()
        }

    return attrs.evolve(file, events=turn(file.events), flows=turn(file.flows))


def _in_order(file: Any, original: Any, swap: Mapping[str, str]) -> Any:
    """The file with its labels in their old order.

    That is the order of the states, and of the two sides of relations and borders between the two.
    """
    relations = {
        name: attrs.evolve(relation, between=original.relations[name].between)
        if set(relation.between) == set(swap)
        else relation
        for name, relation in file.relations.items()
    }
    borders = {
        name: attrs.evolve(border, sectors=type(border.sectors)(reversed(border.sectors)))
        if {file.sectors[sector].state for sector in border.sectors} == set(swap)
        else border
        for name, border in file.borders.items()
    }
    states = {name: file.states[name] for name in original.states}
    return attrs.evolve(file, states=states, relations=relations, borders=borders)


def _with_draws(
    template: Template, mirror: Template, swap: Mapping[str, str]
) -> NDArray[np.uint64]:
    """The words of the mirror, in which each entity keeps the key of its random draws."""
    words = mirror.words.copy()
    there = [mirror.states.index(swap.get(name, name)) for name in mirror.states]

    def take(table: str, to: tuple[int, ...], source: tuple[int, ...]) -> None:
        words[slot(mirror.spans, table, "key", *to)] = template.words[
            slot(template.spans, table, "key", *source)
        ]

    for i, ours in enumerate(there):
        take("states", (i,), (ours,))
        for j, theirs in enumerate(there):
            take("dyads", (i, j), (ours, theirs))
    for p in range(len(mirror.relations)):
        take("pairs", (p,), (p,))
    return words
