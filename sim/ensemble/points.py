"""A chunk of a design: rows of many points, each run by the face that its scenario needs.

Row k of a design of P points is point k mod P: all points get their first replication before any gets its second, so that a
design that was stopped is balanced. The replication is k div P, the same luck at each point; or, with fresh luck, k itself.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.replication import Chunk, draw_inputs
from sim.world import Template, build

FACE = "sim.ensemble.points"


@dataclass(frozen=True)
class Source:
    """What all chunks of a design share.

    `face` runs replications; it takes one of `variants`, a template or scenario for each combination of the words that are
    varied, in which every varied number counts as uncertain. `columns` says, a row a variant, where in its uncertain
    numbers each varied one stands (-1: it is the same at all points). `points` is their number.
    """

    face: str
    variants: tuple[Any, ...]
    columns: tuple[tuple[int, ...], ...]
    points: int
    fresh: bool

    def replication(self, rows: Any) -> Any:
        """The replication number of each row."""
        return rows if self.fresh else rows // self.points


def run_chunk(source: Source, seed: int, first: int, count: int, inputs: NDArray[np.float64]) -> Chunk:
    """Run rows first .. first+count-1 of a design.

    Parameters
    ----------
    source : of the design
    seed : root seed
    first, count : which rows
    inputs : (count, 1 + varied numbers) the variant of each row, and the values of the varied numbers

    Returns
    -------
    Chunk
    """
    face = importlib.import_module(source.face)
    parts, order = [], []
    for rows in _together(source, first, inputs[:, 0]):
        variant = int(inputs[rows[0], 0])
        world, columns = source.variants[variant], np.array(source.columns[variant], dtype=np.int64)
        template = world if isinstance(world, Template) else build(world)
        start = int(source.replication(first + rows[0]))
        values = draw_inputs(template, seed, start, len(rows))
        values[:, columns[columns >= 0]] = inputs[rows, 1:][:, columns >= 0]
        parts.append(face.run_chunk(world, seed, start, len(rows), values))
        order.append(rows)
    back = np.argsort(np.concatenate(order))
    return Chunk(*(np.concatenate(arrays)[back] for arrays in zip(*parts, strict=True)))


def _together(source: Source, first: int, variant: NDArray[np.float64]) -> Iterator[NDArray[np.int64]]:
    """Rows of the chunk, counted in it, that have one variant and consecutive replications."""
    rows = np.arange(len(variant))
    if source.fresh:
        yield from np.split(rows, np.flatnonzero(np.diff(variant)) + 1)
    else:
        for point in range(min(source.points, len(rows))):
            yield rows[point :: source.points]
