"""The tables of a finished ensemble, read from its folder when they are asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.cells import plain, table_html
from sim.ensemble import tables
from sim.ensemble.bits import bits_of_table
from sim.ensemble.consolidate import FAILED
from sim.ensemble.location import Location

if TYPE_CHECKING:
    import pandas as pd

    from sim.scenario import Scenario
    from sim.stats.summary import Summary


class Ensemble:
    """Many replications of one scenario.

    `scenario`, root `seed` and `location` say what it is; `size` is the number of replications;
    `folder` is where its files lie on this machine, and is removed with the ensemble if its
    location is temporary or remote.
    """

    def __init__(self, scenario: Scenario, seed: int, location: Location, size: int) -> None:
        self.scenario, self.seed, self.size = scenario, seed, size
        self.location, self.folder = location, location.folder

    def __len__(self) -> int:
        return self.size

    def __repr__(self) -> str:
        return f"<Ensemble of {self.scenario.id}: {self.size} replications, seed {self.seed}>"

    def _repr_html_(self) -> str:
        """The shares of the outcomes as a notebook shows them."""
        shares = self.summary().outcomes
        rows = {
            name: f"{share.value:.1%} ({share.low:.1%} to {share.high:.1%})"
            for name, share in shares.items()
            if share.value is not None and share.low is not None and share.high is not None
        }
        title = f"{self.scenario.title}: {self.size} replications, seed {self.seed}"
        kept = {"folder": str(self.location)} if self.location.permanent else {}
        return table_html(title, rows | kept)

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a replication: `replication`, `status` (0 = fine), `outcome`, then the measures.

        Measures that are whole numbers are Int64.
        """
        return tables.frame(pq.read_table(self.folder / "runs.parquet"))

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row a replication and day: `rung`, `deaths`, `interstate`.

        Replications that failed are left out.
        """
        return tables.frame(pq.read_table(self.folder / "series.parquet"))

    def first(self, count: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        """`runs` and `series` of the first `count` replications; the rest stays on the disk."""
        early = [("replication", "<", count)]
        runs, series = (
            pq.read_table(self.folder / name, filters=early)
            for name in ("runs.parquet", "series.parquet")
        )
        return tables.frame(runs), tables.frame(series)

    @cached_property
    def failed(self) -> pd.DataFrame:
        """One row a replication that failed.

        Columns are `replication`, `stage`, `error`, `day`, `rerun` (the command), `traceback`.
        """
        import pandas as pd

        path = self.folder / "failed.csv"
        kinds: dict[Any, Any] = dict.fromkeys(FAILED, "str") | {
            "replication": "int64",
            "day": "Int64",
        }
        if not path.exists():
            return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in kinds.items()})
        found = pd.read_csv(path, dtype=kinds, keep_default_na=False, na_values=[""])
        return found.assign(error=found["error"].map(plain, na_action="ignore"))

    def columns(self) -> Columns:
        """The table `runs` for one look at each column in turn: memory holds one column."""
        return Columns(pq.ParquetFile(self.folder / "runs.parquet", read_dictionary=["outcome"]))

    @cached_property
    def bits(self) -> str:
        """SHA-256 of the measures; see `sim.ensemble.bits`."""
        return bits_of_table(self.folder / "runs.parquet", self.scenario.measures)

    def summary(self) -> Summary:
        """Shares of the outcomes with their intervals, the measures, and times by day."""
        from sim.stats.summary import summarise

        return summarise(
            self.columns(),
            outcomes=list(self.scenario.outcomes),
            measures=self.scenario.measures,
            horizon=self.scenario.horizon,
        )


class Columns:
    """A table of replications that reads a column when it is needed: a `sim.stats.table.Table`."""

    def __init__(self, file: pq.ParquetFile, rows: NDArray[np.bool_] | None = None) -> None:
        self._file, self._rows = file, rows

    def __len__(self) -> int:
        return int(self._file.metadata.num_rows if self._rows is None else self._rows.sum())

    def __contains__(self, name: str) -> bool:
        return name in self._file.schema_arrow.names

    def __getitem__(self, key: Any) -> Any:
        """A column by its name; by a mask of all rows, the table without the others."""
        if not isinstance(key, str):
            return Columns(self._file, np.asarray(key, dtype=bool))
        column = tables.array(self._file.read([key])[key])
        return column if self._rows is None else column[self._rows]
