"""The bits of an ensemble's measures in one line, to compare machines, programs and pages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.ensemble import tables
from sim.vocabulary.measures import Measure

_ROWS = 4096  # that are in memory at a time
_NAN = np.uint64(0x7FF8000000000000)


def bits(rows: Iterable[NDArray[np.float64]]) -> str:
    """SHA-256 of measures as little-endian float64, row by row; whatever is no number is one NaN.

    Parameters
    ----------
    rows : arrays (n, n_measures) of replications one after the other, measures in the order of the
        dictionary, NaN where a time never came and in all measures of a replication that failed

    Returns
    -------
    64 hexadecimal digits
    """
    digest = hashlib.sha256()
    for some in rows:
        words = np.ascontiguousarray(some, dtype=np.float64).view(np.uint64)
        digest.update(np.where(np.isnan(some), _NAN, words).astype("<u8").tobytes())
    return digest.hexdigest()


def bits_of_table(path: Path, measures: Iterable[Measure]) -> str:
    """`bits` of a table of replications in Parquet, of which some rows are in memory at a time."""
    names = [measure.name for measure in measures]
    batches = pq.ParquetFile(path).iter_batches(_ROWS, columns=names)
    return bits(np.column_stack([tables.array(batch[name]) for name in names]) for batch in batches)
