"""Runs a design: its rows are cut into chunks, kept in one folder as an ensemble's are, and made tables.

    design.csv               the points                       runs.parquet, runs.csv  a row a point
    and replication rungs.parquet            share of each rung by point and day
    failed.csv  what went wrong

The rest of the folder is as `sim/ensemble/store.py` says; a chunk's `replication` is there the
number of the row.
"""

from __future__ import annotations

import os
import shlex
from concurrent.futures import Executor
from contextlib import ExitStack
from functools import cached_property
from typing import Any, Self

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute
import pyarrow.parquet as pq
from numpy.typing import NDArray

from sim.design.chunks import FACE, ROUND, Source
from sim.design.draws import Draws, draws_of
from sim.design.factors import Design, Factor
from sim.design.variants import Varied, varied
from sim.ensemble import runner, tables
from sim.ensemble.consolidate import FAILED, ROWS_GROUP, groups, pieces
from sim.ensemble.identity import identity, python_policies
from sim.ensemble.location import Place
from sim.ensemble.result import Ensemble
from sim.ensemble.runner import Progress, Run, Together, begin, check_counts, missing, processors
from sim.ensemble.store import CHUNKS, SERIES, Store
from sim.ensemble.work import Task
from sim.errors import StoreError
from sim.files import whole_file, write_file
from sim.scenario import Scenario
from sim.vocabulary.ladder import N_RUNGS

__all__ = ["Design", "DesignResult", "Factor", "run_design"]

MOST_CELLS = 8_000_000  # of points, days and rungs, above which no table of rungs is made


class DesignResult(Ensemble):
    """What a design came to: `points`, and `runs` with a row for each point and replication.

    `design` is what was run, `replications` the number at each point, `draws` whether points share
    their random draws.
    """

    def __init__(
        self, prepared: Varied, seed: int, place: Place, replications: int, draws: Draws
    ) -> None:
        super().__init__(prepared.scenario, seed, place, replications * len(prepared.design))
        self.prepared, self.design, self.replications, self.draws = (
            prepared,
            prepared.design,
            replications,
            draws,
        )

    def __repr__(self) -> str:
        return f"<DesignResult of {self.scenario.id}: {len(self.design)} points, {self.replications} replications each, seed {self.seed}>"

    @property
    def points(self) -> pd.DataFrame:
        """One row a point, one column a factor; the index is the number of the point."""
        return self.design.points

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a point and replication, by point: `point`, `replication`, `status` (0 = fine), `outcome`, then the measures."""
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
        return pq.read_table(self.folder / "rungs.parquet").to_pandas()


class DesignRun(Run):
    """A design being run, once its folder is open."""

    ensemble: DesignResult

    def __init__(self, store: Store, result: DesignResult, called: str) -> None:
        self.prepared = result.prepared
        super().__init__(0, store, result, self.prepared.templates[0], called)
        self.slow = any(template.python_policies for template in self.prepared.templates)
        face = runner.PYTHON_FACE if self.slow else runner.COMPILED_FACE
        variants: tuple[Any, ...] = self.prepared.variants if self.slow else self.prepared.templates
        self.source = Source(
            face,
            variants,
            self.prepared.columns(),
            len(result.design),
            result.replications,
            result.draws is Draws.INDEPENDENT,
        )

    def go_on(self) -> None:
        """Take up what was begun with another number of replications, if it has rows of this design; a `StoreError` says why not."""
        earlier = self.store.earlier
        here = self.source.replications
        there = here if earlier is None else earlier["replications"]
        if there != here and not self.source.whole(min(there, here)):
            raise StoreError(
                f"{self.store.folder}: holds {there} replications at each point, and {here} have other rows, because with common random numbers points get "
                f"theirs {ROUND} at a time (give a number that is a multiple of {ROUND}, choose another --out, or discard them with --fresh)"
            )
        # the manifest has the number by which the rows lie, before any is added
        self.store.identity = {**self.store.identity, "replications": max(there, here)}
        if earlier is not None and there < here:
            self.store.sign(runs=earlier["runs"], failed=earlier["failed"])

    def tasks(self) -> list[Task]:
        """What is still to be run."""
        shape, seed = (len(self.template.measures), self.template.horizon), self.ensemble.seed
        size = runner.PYTHON_CHUNK if self.slow else runner.CHUNK
        gaps = [
            (gap.first, gap.last - gap.first + 1)
            for gap in missing(self.spans, self.ensemble.size, size)
        ]
        return [
            Task(FACE, self.source, shape, seed, first, count, self._inputs(first, count))
            for first, count in gaps
        ]

    def _inputs(self, first: int, count: int) -> NDArray[np.float64]:
        """Variant and numbers of rows first .. first+count-1."""
        return self.prepared.inputs(self.source.place(np.arange(first, first + count))[0])

    def finish(self) -> None:
        """Make the tables, and sign for them."""
        failed = self._write_runs()
        self._write_rungs()
        self.store.sign(runs=self.ensemble.size, failed=failed)
        self.ensemble.place.publish()

    def _labelled(self, group: pa.Table) -> pa.Table:
        """A chunk's table with the point and the replication of each row."""
        rows = group["replication"].to_numpy()
        place = group.schema.get_field_index("replication")
        point, replication = self.source.place(rows.astype(np.int64))
        group = group.set_column(place, "replication", pa.array(replication, pa.int32()))
        return group.add_column(0, "point", pa.array(point, pa.int32()))

    def _write_runs(self) -> int:
        chunk = tables.chunk_schema(self.template.measures)
        schema = pa.schema(
            [pa.field("point", pa.int32()), *tables.runs_schema(self.template.measures)]
        )
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
                rows = self._labelled(group)
                table = rows.select(schema.names).cast(schema)
                parquet.write_table(table, row_group_size=len(table))
                text.write(
                    table.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get)
                    .to_csv(index=False, header=False, lineterminator="\n")
                    .encode()
                )
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
            table[["point", *FAILED]]
            .astype({"day": "Int64"})
            .to_csv(index=False, lineterminator="\n"),
        )

    def _rerun(self, row: dict[str, Any]) -> str:
        """The command that repeats a row alone."""
        values = self.ensemble.points.iloc[row["point"]]
        sets = [word for path, value in values.items() for word in ("--set", f"{path}={value}")]
        return f"run_sim.py trace {self.called} {shlex.join(sets)} --seed {self.ensemble.seed} --replication {row['replication']}"

    def _write_rungs(self) -> None:
        points, horizon = self.source.points, self.template.horizon
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
                (self.source.place(row)[0] * horizon + day - 1) * N_RUNGS + rung,
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


class _Designs(Together):
    """The one folder of a design, open to us alone."""

    def __init__(
        self,
        result: DesignResult,
        progress: Progress,
        *,
        fresh: bool,
        command: str | None,
        called: str | None,
    ) -> None:
        super().__init__(
            result.place, {"": result}, progress, fresh=fresh, command=command, called={"": called}
        )
        self.result = result

    def __enter__(self) -> Self:
        result, prepared = self.result, self.result.prepared
        who = identity(result.scenario, result.seed) | {
            "policies": _policies(prepared),
            "command": self._command,
            "design": {"points": prepared.digest[:16], "draws": result.draws},
            "replications": result.replications,
        }
        with ExitStack() as opening:
            store = opening.enter_context(
                Store(
                    result.folder,
                    who,
                    result.scenario.resolved_text(),
                    self.progress.note,
                    fresh=self._fresh,
                )
            )
            run = DesignRun(store, result, self._called.get("") or str(result.scenario.path))
            run.go_on()
            write_file(result.folder / "design.csv", result.design.csv())
            if self._fresh:
                result.place.clear()
            result.place.publish()
            self.runs.append(run)
            self._open = opening.pop_all()
        return self


def _policies(prepared: Varied) -> dict[str, str] | None:
    """Digests of the Python policies that any version names."""
    found: dict[str, str] = {}
    for variant, template in zip(prepared.variants, prepared.templates, strict=True):
        found |= python_policies(variant, template) or {}
    return found or None


def run_design(
    scenario: Scenario,
    design: Design,
    *,
    runs: int = 100,
    seed: int | None = None,
    jobs: int | None = None,
    out: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    draws: str = Draws.COMMON,
    fresh: bool = False,
    command: str | None = None,
    called: str | None = None,
) -> DesignResult:
    """Run a scenario at each point of a design, or what a results folder lacks of that.

    Parameters
    ----------
    scenario : as `sim.load` gives it; a factor's value replaces its own, its other uncertain
        numbers are drawn as ever
    design : factors and points
    runs : replications at each point; a folder with fewer is given the rest (with common random
        numbers if theirs is a multiple of 5)
    draws : "common" (replication k has the same random draws at each point) or "independent" (no
        two rows share any)
    seed, jobs, out, progress, executor, fresh, command, called : as for `sim.ensemble.run`

    Returns
    -------
    DesignResult

    Raises
    ------
    as `sim.ensemble.run` does; ScenarioError too if a value or a combination of values cannot be
    """
    which = draws_of(draws)
    prepared = varied(scenario, design)
    check_counts(runs, seed, jobs)
    check_counts(runs * len(design), seed, jobs)
    place = Place(out)
    result = DesignResult(prepared, begin(place, scenario, seed, fresh), place, runs, which)
    with _Designs(
        result, progress or Progress(), fresh=fresh, command=command, called=called
    ) as together:
        together.fill(executor, jobs or processors())
    return result
