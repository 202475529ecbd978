"""A design being run: its rows in one folder, cut into chunks and kept as an ensemble's are.

    design.csv               the points
    runs.parquet, runs.csv   a row a point and replication
    rungs.parquet            share of each rung by point and day
    failed.csv               what went wrong

The rest of the folder is as `sim/ensemble/store.py` says; in a chunk, `replication` is the number
of the row.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute

from sim.cells import cell, safe_frame
from sim.design.chunks import ROUND, Layout, RowRunner
from sim.design.draws import Draws
from sim.design.result import DesignResult
from sim.ensemble import tables
from sim.ensemble.arguments import Settings
from sim.ensemble.consolidate import FAILED, ROWS_GROUP, groups, pieces
from sim.ensemble.engine import Engine, Inputs
from sim.ensemble.job import Job
from sim.ensemble.manifest import Manifest
from sim.ensemble.store import CHUNKS, SERIES, Span
from sim.errors import StoreError
from sim.files import whole_file, write_file
from sim.vocabulary.ladder import N_RUNGS

MOST_CELLS = 8_000_000  # of points, days and rungs, above which no table of rungs is made


class DesignJob(Job):
    """A design being run; its replications are rows of points."""

    ensemble: DesignResult

    def __init__(self, result: DesignResult, engines: Sequence[Engine], called: str | None) -> None:
        blocks = {Draws.COMMON: 0, Draws.INDEPENDENT: 1, Draws.BLOCKS: result.design.block}
        self.layout = Layout(len(result.design), result.replications, blocks[result.draws])
        columns = result.prepared.columns([engine.template for engine in engines])
        self.rows = RowRunner(self.layout, tuple(engines), columns)
        super().__init__(result, engines, called, self.rows)

    def manifest(self, settings: Settings) -> Manifest:
        result = self.ensemble
        return replace(
            super().manifest(settings),
            design={
                "points": result.prepared.digest[:16],
                "draws": str(result.draws),
                **({"block": str(result.design.block)} if result.draws is Draws.BLOCKS else {}),
            },
            replications=result.replications,
        )

    def prepare(self) -> None:
        """Check that the rows in the folder are rows of this design, and write its points.

        Raises
        ------
        StoreError : if another number of replications is there, whose rows are other ones
        """
        earlier, here = self.store.earlier, self.layout.replications
        there = here if earlier is None or earlier.replications is None else earlier.replications
        if there != here and not self.layout.extends(min(there, here)):
            raise StoreError(
                f"{self.store.folder}: holds {there} replications at each point, and {here} have "
                "other rows, because with common random numbers points get theirs "
                f"{ROUND} at a time (give a number that is a multiple of {ROUND}, "
                "choose another --out, or discard them with --fresh)"
            )
        # the manifest has the number by which the rows lie, before any is added
        self.store.manifest = replace(self.store.manifest, replications=max(there, here))
        if earlier is not None and there < here:
            self.store.sign(runs=earlier.runs, failed=earlier.failed)
        points = safe_frame(self.ensemble.design.points).to_csv(lineterminator="\n")
        write_file(self.store.folder / "design.csv", points)

    def inputs(self, span: Span) -> Inputs:
        """Variant and varied numbers of a range of rows."""
        points, _ = self.layout.position(np.arange(span.first, span.last + 1))
        return self.ensemble.prepared.inputs(points)

    def finish(self) -> None:
        """Write the tables, then the manifest that signs for them."""
        failed = self._write_runs()
        self._write_rungs()
        self.store.sign_tables(runs=self.ensemble.size, failed=failed)
        self.ensemble.location.publish()

    def _label(self, group: pa.Table) -> pa.Table:
        """A chunk's table with point, replication and drawn inputs of each row."""
        rows = group["replication"].to_numpy()
        at = group.schema.get_field_index("replication")
        point, replication = self.layout.position(rows.astype(np.int64))
        group = group.set_column(at, "replication", pa.array(replication, pa.int32()))
        prepared = self.ensemble.prepared
        values = self.rows.draws_of_rows(prepared, self.ensemble.seed, point, replication)
        group = tables.with_inputs(group, prepared.drawn_paths, values)
        return group.add_column(0, "point", pa.array(point, pa.int32()))

    def _write_runs(self) -> int:
        chunk, drawn = (
            tables.chunk_schema(self.template.measures),
            self.ensemble.prepared.drawn_paths,
        )
        schema = pa.schema(
            [pa.field("point", pa.int32()), *tables.runs_schema(self.template.measures, drawn)]
        )
        odd = any(cell(name) != name for name in self.ensemble.scenario.outcomes)
        failed = []
        with ExitStack() as stack:
            file, text = (
                stack.enter_context(whole_file(self.store.folder / name))
                for name in ("runs.parquet", "runs.csv")
            )
            parquet = stack.enter_context(tables.writer(file, schema))
            text.write((",".join(schema.names) + "\n").encode())
            for group in groups(
                pieces(self.store, CHUNKS, sorted(self.spans), self.ensemble.size, chunk),
                ROWS_GROUP,
            ):
                rows = self._label(group)
                table = rows.select(schema.names).cast(schema)
                parquet.write_table(table, row_group_size=len(table))
                frame = safe_frame(tables.frame(table)) if odd else tables.frame(table)
                lines = frame.to_csv(index=False, header=False, lineterminator="\n")
                text.write(lines.encode())
                failed += rows.filter(pa.compute.not_equal(rows["status"], 0)).to_pylist()
        self._write_failed(failed)
        return len(failed)

    def _write_failed(self, rows: list[dict[str, Any]]) -> None:
        path = self.store.folder / "failed.csv"
        if not rows:
            path.unlink(missing_ok=True)
            return
        table = (
            pd.DataFrame(rows)
            .rename(columns={"failed_day": "day"})
            .assign(rerun=[self._rerun(row) for row in rows])
        )
        write_file(
            path,
            safe_frame(table[["point", *FAILED]].astype({"day": "Int64"})).to_csv(
                index=False, lineterminator="\n"
            ),
        )

    def _rerun(self, row: dict[str, Any]) -> str:
        """The command that repeats a row alone."""
        values = self.ensemble.design.sets(row["point"])
        sets = [word for path, value in values.items() for word in ("--set", f"{path}={value}")]
        return (
            f"run_sim.py trace {self.called} {shlex.join(sets)} "
            f"--seed {self.ensemble.seed} --replication {row['replication']}"
        )

    def _write_rungs(self) -> None:
        points, horizon = self.layout.points, self.template.horizon
        if points * horizon * N_RUNGS > MOST_CELLS:
            return
        counts = np.zeros(points * horizon * N_RUNGS, dtype=np.int64)
        for table in pieces(
            self.store, SERIES, sorted(self.spans), self.ensemble.size, tables.SERIES
        ):
            row, day, rung = (
                table[name].to_numpy().astype(np.int64) for name in ("replication", "day", "rung")
            )
            counts += np.bincount(
                (self.layout.position(row)[0] * horizon + day - 1) * N_RUNGS + rung,
                minlength=len(counts),
            )
        cells = counts.reshape(points, horizon, N_RUNGS)
        total = cells.sum(axis=2, keepdims=True)
        shares = np.divide(cells, total, out=np.full(cells.shape, np.nan), where=total > 0)
        point, day, rung = (axis.ravel() for axis in np.indices(cells.shape))
        columns = [
            pa.array(point, pa.int32()),
            pa.array(day + 1, pa.int16()),
            pa.array(rung, pa.int8()),
            pa.array(shares.ravel()),
        ]
        with whole_file(self.store.folder / "rungs.parquet") as file:
            tables.write(pa.table(columns, ["point", "day", "rung", "share"]), file)
