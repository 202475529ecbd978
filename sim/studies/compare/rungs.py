"""Share of replications at each rung by day, streamed from the daily series."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.vocabulary.ladder import N_RUNGS


def shares(series: Path, horizon: int) -> NDArray[np.float64]:
    """Share of the replications whose highest rung of the day is each, (N_RUNGS, horizon).

    `series` is a `series.parquet`; memory holds a few thousand replications.
    """
    counts = np.zeros(N_RUNGS * horizon, dtype=np.int64)
    with pq.ParquetFile(series) as file:
        for batch in file.iter_batches(columns=["day", "rung"], batch_size=1 << 20):
            day, rung = (batch[name].to_numpy().astype(np.int64) for name in ("day", "rung"))
            counts += np.bincount(rung * horizon + day - 1, minlength=len(counts))
    cells = counts.reshape(N_RUNGS, horizon)
    total = cells.sum(axis=0)
    share: NDArray[np.float64] = np.divide(cells, total, out=np.zeros(cells.shape), where=total > 0)
    return share
