"""What a batch of replications reads and writes, as tables whose addresses compiled code gets."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from sim.engine.world.tables import BATCH, BATCH_TABLES
from sim.engine.world.template import Template
from sim.engine.world.world import description, view


class Chunk(NamedTuple):
    """Results of replications first, first+1, ...

    measures : (count, n_measures) float64, NaN where a time never came
    rung : (count, horizon) int8, highest rung of each day after the release
    deaths, interstate : (count, horizon) int32, all dead of the day, and those of acts between
        states
    status : (count,) int64, 0 or the code of a failure
    failed_day : (count,) int64, day of the failure, days from the release
    """

    measures: np.ndarray
    rung: np.ndarray
    deaths: np.ndarray
    interstate: np.ndarray
    status: np.ndarray
    failed_day: np.ndarray


def empty_chunk(template: Template, count: int, numbers: int | None = None) -> Chunk:
    """Room for the results of `count` replications, with `numbers` words or all measures each."""
    days = (count, template.horizon)
    width = len(template.measures) if numbers is None else numbers
    return Chunk(
        measures=np.full((count, width), np.nan),
        rung=np.zeros(days, np.int8),
        deaths=np.zeros(days, np.int32),
        interstate=np.zeros(days, np.int32),
        status=np.zeros(count, np.int64),
        failed_day=np.zeros(count, np.int64),
    )


class Branch(NamedTuple):
    """A state of the world from which futures go on.

    past : (n_words,) the block at the end of `day` - 1, with what is to be changed or forced
        written into it
    day : first day of the futures, days from the release, at least 1
    """

    past: np.ndarray
    day: int


class Batch:
    """Replications first .. first+count-1: what they begin from, and room for their results.

    Parameters
    ----------
    template : of the scenario
    first, count : which replications; in a branch, whose random streams
    seed : root seed, unsigned 64-bit; a branch keeps its own
    inputs : (count, n_uncertain) values of the uncertain numbers; a branch has them in its past
    branch : where they go on from, instead of the first day of history
    places : (n,) words to read at the end; left out, those of the measures
    keep_days : whether to keep the block at the end of each day, for a single replication

    Attributes
    ----------
    chunk : the results
    blocks : (days, n_words) uint64 if they are kept, else no row
    """

    __slots__ = (*BATCH_TABLES, "address", "chunk", "descriptor")

    # for the type checker
    settings: Any
    blocks: np.ndarray

    def __init__(
        self,
        template: Template,
        first: int,
        count: int,
        *,
        seed: int = 0,
        inputs: np.ndarray | None = None,
        branch: Branch | None = None,
        places: np.ndarray | None = None,
        keep_days: bool = False,
    ) -> None:
        places = template.measure_slots if places is None else places
        words = np.array([slot for _, slot, _ in template.uncertain], dtype=np.int64)
        first_day = 1 - template.history_days if branch is None else branch.day
        days = template.horizon + 1 - first_day if keep_days else 0
        self.chunk = empty_chunk(template, count, len(places))
        row = (seed, first, first_day, branch is not None, template.horizon, template.window)
        tables = {
            "settings": view(np.array([row], dtype=BATCH)),
            "eve": template.words if branch is None else branch.past,
            "inputs": np.empty((count, 0)) if inputs is None else inputs,
            "slots": words[:0] if inputs is None else words,
            "places": places,
            "blocks": np.empty((days, len(template.words)), dtype=np.uint64),
            **self.chunk._asdict(),
        }
        for name, dtype in BATCH_TABLES.items():
            table = tables[name]
            # compiled code steps from row to row as if there were nothing between them
            table = table if name == "settings" else np.ascontiguousarray(table, dtype)
            setattr(self, name, table)
        self.descriptor = description(getattr(self, name) for name in BATCH_TABLES)
        self.address = int(self.descriptor.ctypes.data)

    @property
    def _numba_type_(self) -> Any:
        """The compiled type of a batch; Numba asks for it when it compiles."""
        from sim.engine.world.native import batch_type

        return batch_type()
