"""A chunk of a design: rows of many points, each run by the face that its scenario needs.

Rows go round by round: all points get a few replications before any gets more, so that a design
that was stopped is balanced, and one of whole rounds can be given more. With common random
numbers the replications of a point are numbered from 0, the same at each point; with independent
draws a row's number is its replication's, so that no two rows share any.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.replication import draw_inputs
from sim.engine.world import Chunk, Template, build

FACE = "sim.design.chunks"
#: Replications that a point gets in a round: one call of the engine is made ready for all of them.
ROUND = 5


@dataclass(frozen=True)
class Source:
    """What all chunks of a design share.

    `face` runs replications; it takes one of `variants`, a template or scenario for each
    combination of the words that are varied, in which every varied number counts as uncertain.
    `columns` says, a row a variant, where in its uncertain numbers each varied one stands (-1: it
    is the same at all points). `points` and `replications` (at each) are their numbers.
    """

    face: str
    variants: tuple[Any, ...]
    columns: tuple[tuple[int, ...], ...]
    points: int
    replications: int
    independent: bool

    def place(self, rows: Any) -> tuple[Any, Any]:
        """Point and replication number of rows."""
        if self.independent:
            return rows % self.points, rows
        before = (
            rows // (self.points * ROUND) * ROUND
        )  # replications that every point has from earlier rounds
        here, size = rows - before * self.points, np.minimum(ROUND, self.replications - before)
        return here // size, before + here % size

    def whole(self, replications: int) -> bool:
        """Whether a design of this many replications at each point has the first rows of every larger one."""
        return self.independent or replications % ROUND == 0


def run_chunk(
    source: Source, seed: int, first: int, count: int, inputs: NDArray[np.float64]
) -> Chunk:
    """Run rows first .. first+count-1 of a design.

    Parameters
    ----------
    source : of the design
    seed : root seed
    first, count : which rows
    inputs : (count, 1 + varied numbers) the variant of each row, and the values of the varied
        numbers

    Returns
    -------
    Chunk
    """
    face = importlib.import_module(source.face)
    point, replication = source.place(np.arange(first, first + count))
    earliest, latest = int(replication.min()), int(replication.max())
    drawn: dict[int, NDArray[np.float64]] = {}
    parts = []
    for rows in _together(
        np.zeros(count) if source.independent else point, replication, inputs[:, 0]
    ):
        variant = int(inputs[rows[0], 0])
        if variant not in drawn:
            drawn[variant] = draw_inputs(
                _template(source.variants[variant]), seed, earliest, latest - earliest + 1
            )
        start = int(replication[rows[0]])
        values = drawn[variant][start - earliest : start - earliest + len(rows)].copy()
        columns = np.array(source.columns[variant], dtype=np.int64)
        values[:, columns[columns >= 0]] = inputs[rows, 1:][:, columns >= 0]
        parts.append(face.run_chunk(source.variants[variant], seed, start, len(rows), values))
    return Chunk(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))


def _template(world: Any) -> Template:
    return world if isinstance(world, Template) else build(world)


def _together(
    point: NDArray[Any], replication: NDArray[np.int64], variant: NDArray[np.float64]
) -> Iterator[NDArray[np.int64]]:
    """Rows of the chunk, in order, that one call of the engine can do: one point (any, with independent draws), one variant, consecutive replications."""
    breaks = (np.diff(point) != 0) | (np.diff(variant) != 0) | (np.diff(replication) != 1)
    yield from np.split(np.arange(len(point)), np.flatnonzero(breaks) + 1)
