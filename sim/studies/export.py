"""Designs and results as other programs read them: SALib and the EMA Workbench.

Both get a row a point and the mean over its replications, empty where none has a value.
"""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.files import make_inside, write_file
from sim.studies import targets
from sim.studies.files import csv_text

if TYPE_CHECKING:
    from sim.design.design import DesignResult

SALIB, EMA = Path("export") / "salib", Path("export") / "ema_workbench.tar.gz"
EMA_FORMAT = 0.1  # the version of the format that load_results of EMA Workbench 2.5 reads


def means(result: DesignResult, names: Mapping[str, str]) -> pd.DataFrame:
    """Mean over the replications of each point, a column a name; NaN where none has a value."""
    columns = {}
    for name in names:
        values = targets.table(result, name)
        known = ~np.isnan(values)
        total, n = np.where(known, values, 0.0).sum(axis=1), known.sum(axis=1)
        columns[name] = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    return pd.DataFrame(columns)


def export(
    result: DesignResult, names: Mapping[str, str], shares: NDArray[np.float64] | None = None
) -> None:
    """Write `export/` beside the results.

    `salib/` has `problem.json`, `X.csv` and `Y.csv`; `ema_workbench.tar.gz` is one archive.

    Parameters
    ----------
    result : of any design
    names : units by name of the outcomes and measures to give
    shares : (n_points, n_factors) where the points lie in the unit cube, if a method of SALib made
        them
    """
    found = means(result, names)
    make_inside(result.folder, *SALIB.parts)
    problem, x = _for_salib(result, shares)
    texts = {
        "problem.json": json.dumps(problem, indent=2, ensure_ascii=False),
        "X.csv": csv_text(x),
        "Y.csv": csv_text(found),
    }
    for name, text in texts.items():
        write_file(result.folder / SALIB / name, text)
    write_file(result.folder / EMA, _for_ema(result, found))


def _csv(table: pd.DataFrame) -> str:
    return str(table.to_csv(index=False, lineterminator="\n"))


def _for_salib(
    result: DesignResult, shares: NDArray[np.float64] | None
) -> tuple[dict[str, Any], pd.DataFrame]:
    """The problem and X: numbers in their own unit, words as numbers.

    A word by where it lies in the unit cube, if SALib made the points, else by its number.
    """
    bounds, columns = [], {}
    for n, factor in enumerate(result.design.factors):
        points = result.points[factor.path]
        if factor.values is None:
            values = points.to_numpy(dtype=np.float64)
            low, high = (
                (factor.low, factor.high) if factor.dist is None else (values.min(), values.max())
            )
        elif shares is not None:
            values, low, high = shares[:, n], 0.0, 1.0
        else:
            values = np.array([factor.values.index(value) for value in points], dtype=np.float64)
            low, high = 0.0, float(len(factor.values) - 1)
        columns[factor.path] = values
        bounds.append([float(low or 0.0), float(high or 0.0)])
    return {"num_vars": len(bounds), "names": list(columns), "bounds": bounds}, pd.DataFrame(
        columns
    )


def _for_ema(result: DesignResult, found: pd.DataFrame) -> bytes:
    """The archive of `save_results`: experiments, a file an outcome, metadata; no date in it."""
    points = result.points.reset_index(drop=True).assign(
        scenario=np.arange(len(result.points)), policy="as given", model=result.scenario.id
    )
    kinds = {
        str(name): kind.name if pd.api.types.is_numeric_dtype(kind) else "category"
        for name, kind in points.dtypes.items()
    }
    files = {
        f"outcome_{n}.csv": found[name].to_csv(index=False, header=False, lineterminator="\n")
        for n, name in enumerate(found)
    }
    about = [["ScalarOutcome", name, file] for name, file in zip(found, files, strict=True)]
    files |= {
        "experiments.csv": _csv(points),
        "metadata.json": json.dumps(
            {"version": EMA_FORMAT, "outcomes": about, "experiments": kinds}
        ),
    }
    raw = io.BytesIO()
    with (
        gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as archive,
    ):
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return raw.getvalue()
