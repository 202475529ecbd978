"""A chunk of a design: rows of many points, each run by the engine of its variant.

Rows go round by round: all points get a few replications before any gets more, so that a design
that was stopped is balanced, and one of whole rounds can be given more. With common random numbers
the replications of a point are numbered from 0, the same at each point; in a design of blocks
the points of one block have replications with the same numbers, and no other block has these. With
independent draws each point is a block.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.replication import draw_inputs
from sim.engine.world import Chunk
from sim.ensemble.engine import Engine, Inputs

if TYPE_CHECKING:
    from sim.design.variants import Variants

#: Replications that a point gets in a round: one call of the engine is made ready for all of them.
ROUND = 5


@dataclass(frozen=True, slots=True)
class Layout:
    """Which point and which of its `replications` each row of a design is.

    `block` points after each other have the same draws, and no others have them; with 0 all points
    have the same.
    """

    points: int
    replications: int
    block: int

    def position(self, rows: Any) -> tuple[Any, Any]:
        """Point and number of the replication of rows, each as `rows` (a number or an array)."""
        if self.block:
            blocks = self.points // self.block
            before, here = rows // self.points, rows % self.points
            # the same place of all blocks in turn: rows after each other have consecutive numbers
            place, which = here // blocks, here % blocks
            return which * self.block + place, before * blocks + which
        # replications that every point has from earlier rounds
        before = rows // (self.points * ROUND) * ROUND
        here, size = rows - before * self.points, np.minimum(ROUND, self.replications - before)
        return here // size, before + here % size

    def extends(self, replications: int) -> bool:
        """Whether a layout of that many replications has the first rows of every larger one."""
        return bool(self.block) or replications % ROUND == 0


@dataclass(frozen=True)
class RowRunner:
    """Runs rows of a design; see `sim.ensemble.engine.Runner`.

    `engines` run the variants, one for each combination of the varied words; in a variant every
    varied number counts as uncertain. `columns` says, a row a variant, where in its uncertain
    numbers each varied one stands (-1: it is the same at all points).
    """

    layout: Layout
    engines: tuple[Engine, ...]
    columns: tuple[tuple[int, ...], ...]

    def run_chunk(self, seed: int, first: int, count: int, inputs: Inputs | None = None) -> Chunk:
        """Run rows `first` to `first + count - 1`.

        `inputs` (count, 1 + varied numbers) are the variant of each row and the values of the
        varied numbers.
        """
        assert inputs is not None
        point, replication = self.layout.position(np.arange(first, first + count))
        earliest, latest = int(replication.min()), int(replication.max())
        if self.layout.block:
            point = np.zeros(count)  # rows of different points have consecutive numbers
        drawn: dict[int, NDArray[np.float64]] = {}
        parts = []
        for rows in _batches(point, replication, inputs[:, 0]):
            variant = int(inputs[rows[0], 0])
            engine, start = self.engines[variant], int(replication[rows[0]])
            if variant not in drawn:
                many = latest - earliest + 1
                drawn[variant] = draw_inputs(engine.template, seed, earliest, many)
            values = drawn[variant][start - earliest : start - earliest + len(rows)].copy()
            columns = np.array(self.columns[variant], dtype=np.int64)
            values[:, columns[columns >= 0]] = inputs[rows, 1:][:, columns >= 0]
            parts.append(engine.run_chunk(seed, start, len(rows), values))
        return Chunk(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))

    def draws_of_rows(
        self, prepared: Variants, seed: int, points: NDArray[np.int64], numbers: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """What the numbers that the scenario draws were in some rows, (n_rows, n_drawn).

        Parameters
        ----------
        prepared : the variants, in the order of the engines
        seed : root seed
        points, numbers : (n_rows,) point and replication of each row
        """
        found = np.empty((len(points), len(prepared.drawn_paths)))
        if not found.size:
            return found
        given = prepared.inputs(points)
        earliest, latest = int(numbers.min()), int(numbers.max())
        for variant in np.unique(prepared.which[points]):
            mine = prepared.which[points] == variant
            template = self.engines[variant].template
            values = draw_inputs(template, seed, earliest, latest - earliest + 1)
            place = {path: k for k, (path, _, _) in enumerate(template.uncertain)}
            fixed = prepared.variants[variant].numbers()
            for k, path in enumerate(prepared.drawn_paths):
                if path in prepared.numbers:  # the design gives it
                    found[mine, k] = given[mine, 1 + prepared.numbers.index(path)]
                elif path in place:
                    found[mine, k] = values[numbers[mine] - earliest, place[path]]
                else:
                    found[mine, k] = fixed[path].value
        return found


def _batches(
    point: NDArray[Any], replication: NDArray[np.int64], variant: NDArray[np.float64]
) -> Iterator[NDArray[np.intp]]:
    """Rows of the chunk, in order, that one call of an engine can run.

    They have one point, one variant and consecutive replications.
    """
    breaks = (np.diff(point) != 0) | (np.diff(variant) != 0) | (np.diff(replication) != 1)
    yield from np.split(np.arange(len(point)), np.flatnonzero(breaks) + 1)
