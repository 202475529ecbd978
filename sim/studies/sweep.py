"""A sweep: one or two things of a scenario moved over a grid, and what is asked at each point, with its interval."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy import stats

from sim.stats.difference import LEVEL
from sim.stats.shares import interval
from sim.studies import targets
from sim.studies.compare.quantities import FLAG
from sim.studies.dictionary import Entry
from sim.studies.sensitivity.sensitivity import described

if TYPE_CHECKING:
    from sim.design.design import DesignResult

MOST_VARIED = 2
COLUMNS = (
    Entry("point", "number", "number of the point, as in design.csv and runs.csv"),
    Entry("name", "word", "outcome or measure"),
    Entry("kind", "word", "outcome (a probability) or measure (a mean)"),
    Entry(
        "estimate",
        "unit of the row",
        "share of replications, or mean; a time that never came counts as the horizon",
    ),
    Entry(
        "low",
        "unit of the row",
        "lower end of the 95 % interval: Wilson's for a share or flag (at none or all the rule of three), Student's for a mean",
    ),
    Entry("high", "unit of the row", "upper end of the 95 % interval"),
    Entry("unit", "word", "unit of estimate, low and high"),
    Entry("replications", "number", "replications behind the estimate"),
    Entry("failed", "number", "replications that failed at this point, left out"),
)


def tidy(result: DesignResult, names: Mapping[str, str]) -> pd.DataFrame:
    """A row for each point and each outcome or measure asked for; a column a factor comes after `point`, then `COLUMNS`.

    Parameters
    ----------
    result : of the sweep
    names : units by name of what is asked for
    """
    parts = [_of_one(result, name, unit) for name, unit in names.items()]
    return pd.concat(parts, ignore_index=True)


def _of_one(result: DesignResult, name: str, unit: str) -> pd.DataFrame:
    values = targets.table(result, name)
    known = ~np.isnan(values)
    n = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    middle = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    if name in result.scenario.outcomes or unit == FLAG:
        low, high = interval(np.nan_to_num(middle), n)
    else:
        squares = np.where(known, (values - np.nan_to_num(middle)[:, None]) ** 2, 0.0).sum(axis=1)
        error = np.sqrt(np.divide(squares, n * (n - 1.0), out=np.full(len(n), np.nan), where=n > 1))
        half = stats.t.ppf((1 + LEVEL) / 2, np.maximum(n - 1, 1)) * error
        low, high = middle - half, middle + half
    failed = (result.some("status")["status"] != 0).to_numpy().reshape(values.shape).sum(axis=1)
    kind = "outcome" if name in result.scenario.outcomes else "measure"
    columns = {
        "name": name,
        "kind": kind,
        "estimate": middle,
        "low": low,
        "high": high,
        "unit": unit,
        "replications": n,
        "failed": failed,
    }
    return result.points.reset_index().assign(**columns)


def dictionary(result: DesignResult) -> list[Entry]:
    """The columns of the table, those of the factors among them."""
    numbers = result.scenario.numbers()
    factors = [
        Entry(
            f.path,
            numbers[f.path].unit if f.path in numbers else "word",
            f"value of {f.name} at the point",
        )
        for f in result.design.factors
    ]
    return [COLUMNS[0], *factors, *COLUMNS[1:]]


def answer(result: DesignResult, table: pd.DataFrame) -> dict[str, Any]:
    """The same, ready for JSON: `scenario`, `digest`, `seed`, `draws`, `replications` (at each point), `failed`, `factors`, and `points`.

    `points` is a list of `at` (path to value), `outcomes` and `measures` (name to `estimate`,
    `low`, `high`, `replications`).
    """
    paths = [factor.path for factor in result.design.factors]
    points: list[dict[str, Any]] = []
    for _, rows in table.groupby("point"):
        first = rows.iloc[0]
        told: dict[str, Any] = {
            "at": {path: _plain(first[path]) for path in paths},
            "outcomes": {},
            "measures": {},
        }
        for row in rows.to_dict("records"):
            told[f"{row['kind']}s"][row["name"]] = {
                key: _plain(row[key]) for key in ("estimate", "low", "high", "replications")
            }
        points.append(told)
    return {
        "scenario": result.scenario.id,
        "digest": result.scenario.digest,
        "seed": int(result.seed),
        "draws": result.draws,
        "replications": result.replications,
        "failed": result.failures,
        "factors": described(result.design.factors),
        "points": points,
    }


def _plain(value: Any) -> Any:
    """A value of a table as JSON has it; None where there is none."""
    value = value.item() if isinstance(value, np.generic) else value
    return None if isinstance(value, float) and not np.isfinite(value) else value
