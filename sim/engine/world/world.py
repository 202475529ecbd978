"""A world of one's own: a block of words, its tables as views, and their addresses."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from sim.engine.world.memo import Memo
from sim.engine.world.tables import (
    DECISION_PARTS,
    EVENT,
    FIXED_TABLES,
    MEMO,
    SCRATCH_TABLES,
    TABLES,
    DecisionTable,
)
from sim.engine.world.template import Template

_NAMES = (*TABLES, *FIXED_TABLES, *SCRATCH_TABLES)
#: decision tables of a world, in the order of its descriptor
DECISION_TABLES = ("table", "rival_table")


class World:
    """All tables of one world on one day; every rule reads and writes these.

    Each table of `TABLES` is a view of `block`; the fixed tables are shared by all replications;
    `words` (the block as plain numbers), `table` (the decision at hand), `weigh`, `log`, `ledger`
    and `memo` are scratch. Compiled code gets the address of `descriptor` (see
    `sim/engine/world/native.py`), so the arrays are never replaced.
    """

    __slots__ = (*_NAMES, *DECISION_TABLES, "address", "descriptor")

    # for the type checker: tables of records, read as attributes
    clock: Any
    states: Any
    dyads: Any
    pairs: Any
    groups: Any
    mediators: Any
    commands: Any
    log: Any
    tally: Any
    block: np.ndarray
    words: np.ndarray
    ledger: np.ndarray
    table: DecisionTable

    def __init__(self, template: Template, log_rows: int = 0, ledger_words: int = 0) -> None:
        self.block = template.words.copy()
        for name, dtype in TABLES.items():
            span = template.spans[name]
            size = int(np.prod(span.shape)) * len(dtype.names or ())
            setattr(
                self,
                name,
                view(self.block[span.start : span.start + size].view(dtype).reshape(span.shape)),
            )
        for name, rows in template.fixed.items():
            setattr(self, name, view(np.ascontiguousarray(rows)))
        self.words = self.block.view(np.float64)
        self.weigh = np.zeros(max(len(template.sectors), len(template.borders), 1))
        self.log = view(np.zeros(log_rows, dtype=EVENT))
        self.unkept = view(np.zeros(1, dtype=EVENT))
        self.ledger = np.zeros(ledger_words)
        pairs = len(template.states) * len(template.states)
        most = max(len(template.groups), pairs, 1)
        self.memo = view(np.full((len(Memo), most), math.nan, dtype=MEMO))
        self.table, self.rival_table = DecisionTable(), DecisionTable()
        self.descriptor = description(self.tables().values())
        self.address = int(self.descriptor.ctypes.data)

    @property
    def _numba_type_(self) -> Any:
        """The compiled type of a world; Numba asks for it when it compiles."""
        from sim.engine.world.native import world_type

        return world_type(DECISION_TABLES)

    def tables(self) -> dict[str, np.ndarray]:
        """All tables by name, in the order of the descriptor."""
        parts = {
            f"{table}.{part}": getattr(getattr(self, table), part)
            for table in DECISION_TABLES
            for part in DECISION_PARTS
        }
        return {name: getattr(self, name) for name in _NAMES} | parts


def description(tables: Iterable[np.ndarray]) -> np.ndarray:
    """Address, rows and columns of each table, (3 * n_tables,) int64, as compiled code reads it."""
    rows = [
        (table.ctypes.data, table.shape[0], table.shape[1] if table.ndim == 2 else 1)
        for table in tables
    ]
    return np.array(rows, dtype=np.int64).ravel()


def view(rows: np.ndarray) -> np.ndarray:
    """Rows whose fields are attributes in the plain interpreter as they are in compiled code."""
    return rows if rows.dtype.names is None else rows.view(np.recarray)
