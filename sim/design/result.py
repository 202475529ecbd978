"""The results of a design, read from its folder when they are needed."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.design.draws import Draws
from sim.design.variants import Variants
from sim.ensemble import tables
from sim.ensemble.location import Location
from sim.ensemble.result import Ensemble


class DesignResult(Ensemble):
    """The results of a design: `points`, and `runs` with a row for each point and replication.

    `design` is what was run, `replications` the number at each point, `draws` whether points share
    their random draws.
    """

    def __init__(
        self, prepared: Variants, seed: int, location: Location, replications: int, draws: Draws
    ) -> None:
        super().__init__(prepared.scenario, seed, location, replications * len(prepared.design))
        self.prepared, self.design = prepared, prepared.design
        self.replications, self.draws = replications, draws

    def __repr__(self) -> str:
        return (
            f"<DesignResult of {self.scenario.id}: {len(self.design)} points, "
            f"{self.replications} replications each, seed {self.seed}>"
        )

    @property
    def points(self) -> pd.DataFrame:
        """One row a point, one column a factor; the index is the number of the point."""
        return self.design.points

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a point and replication, by point.

        Columns are `point`, `replication`, `status` (0 = fine), `outcome`, then the measures.
        """
        return super().runs.sort_values(["point", "replication"], ignore_index=True)

    def some(self, *names: str) -> pd.DataFrame:
        """A few columns of `runs` with its rows; the others stay on the disk."""
        table = tables.frame(pq.read_table(self.folder / "runs.parquet", columns=list(names)))
        return table.iloc[self._order].reset_index(drop=True)

    @cached_property
    def _order(self) -> NDArray[np.int64]:
        """Rows of the file by point and replication."""
        table = pq.read_table(self.folder / "runs.parquet", columns=["point", "replication"])
        return np.lexsort((table["replication"].to_numpy(), table["point"].to_numpy()))

    @cached_property
    def failures(self) -> int:
        """Replications that failed."""
        return int((self.some("status")["status"] != 0).sum())

    @cached_property
    def rungs(self) -> pd.DataFrame:
        """Mean share of each rung: `point`, `day`, `rung`, `share`."""
        return tables.frame(pq.read_table(self.folder / "rungs.parquet"))
