"""Which inputs matter: a design by method, what it costs, and what it says of each outcome and measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.design.factors import Design, Factor
from sim.studies import targets
from sim.studies.dictionary import Entry
from sim.studies.sensitivity import one_at_a_time, salib
from sim.studies.sensitivity.one_at_a_time import OAT
from sim.studies.sensitivity.salib import MORRIS, SOBOL

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.scenario import Scenario

METHODS = (MORRIS, SOBOL, OAT)
#: Blocks of points and replications at each point, where nothing is said.
COUNTS = {MORRIS: 20, SOBOL: 256, OAT: 1}
RUNS = {MORRIS: 50, SOBOL: 10, OAT: 400}
COLUMNS = (
    Entry("name", "word", "outcome or measure"),
    Entry("unit", "word", "unit of the outcome or measure"),
    Entry("path", "word", "dotted path of the factor"),
    Entry("index", "word", "mu_star, mu, sigma (morris), S1, ST (sobol), or at and swing (oat)"),
    Entry("at", "unit of the factor", "value of the factor, for the index at"),
    Entry(
        "value",
        "unit of the row",
        "the index: a change over the factor's whole range; S1 and ST are shares of variance",
    ),
    Entry("low", "as value", "lower end of the 95 % interval"),
    Entry("high", "as value", "upper end of the 95 % interval"),
)
Json = dict[str, Any]


@dataclass(frozen=True)
class Study:
    """A question of sensitivity, ready to be run: the design, and what the method needs to read the answer."""

    method: str
    factors: tuple[Factor, ...]
    design: Design
    blocks: salib.Blocks | None = None
    plan: one_at_a_time.Plan | None = None

    @property
    def paths(self) -> list[str]:
        return [factor.path for factor in self.factors]


def study(
    scenario: Scenario, method: str, factors: Sequence[Factor], count: int, seed: int
) -> Study:
    """The design of a method; `count` is the number of trajectories (morris) or base points (sobol)."""
    if method == OAT:
        plan = one_at_a_time.plan(scenario, factors)
        return Study(method, tuple(factors), plan.design, plan=plan)
    blocks = salib.sample(method, [factor.path for factor in factors], count, seed)
    return Study(method, tuple(factors), Design.of(factors, blocks.shares), blocks=blocks)


def answer(asked: Study, result: DesignResult, names: Mapping[str, str]) -> Json:
    """What the method says, ready for JSON.

    Parameters
    ----------
    asked : the study
    result : its replications
    names : units of the outcomes and measures asked for, by name

    Returns
    -------
    `scenario`, `digest`, `seed`, `method`, `points`, `replications` (at each point), `failed`,
    `draws`; `factors`: by path `label` and `low` and `high`, or `values`; `results`: by outcome or
    measure `unit`, `mean`, `blocks` and `dropped` (None for oat), and `factors`: by path the
    indices, most important first. Indices have `value`, `low`, `high`; oat has `ends` and `swing`.
    """
    return {
        "scenario": result.scenario.id,
        "digest": result.scenario.digest,
        "seed": int(result.seed),
        "method": asked.method,
        "points": len(asked.design),
        "replications": result.replications,
        "failed": result.failures,
        "draws": result.draws,
        "factors": described(asked.factors),
        "results": {
            name: {"unit": unit, **_of_one(asked, targets.table(result, name), result.seed)}
            for name, unit in names.items()
        },
    }


def described(factors: Sequence[Factor]) -> Json:
    """Factors by path, ready for JSON."""
    told = {}
    for factor in factors:
        span: Json = (
            {"values": list(factor.values)}
            if factor.values is not None
            else {"low": factor.low, "high": factor.high}
        )
        if factor.dist is not None:
            span = {"dist": factor.dist.describe()}
        told[factor.path] = {"label": factor.label, **span}
    return told


def _of_one(asked: Study, values: np.ndarray, seed: int) -> Json:
    known = values[~np.isnan(values)]
    mean = float(known.mean()) if known.size else None
    if asked.plan is not None:
        base = values[0][~np.isnan(values[0])]
        found = one_at_a_time.tornado(asked.plan, values)
        return {
            "mean": float(base.mean()) if base.size else None,
            "blocks": None,
            "dropped": None,
            "factors": found,
        }
    assert asked.blocks is not None
    # a failed replication empties its point, and with it the whole block
    told = salib.analyse(asked.blocks, asked.paths, values.mean(axis=1), seed)
    main = "mu_star" if asked.method == MORRIS else "ST"
    order = sorted(told.indices, key=lambda path: -(told.indices[path][main]["value"] or 0.0))
    return {
        "mean": mean,
        "blocks": told.blocks,
        "dropped": told.dropped,
        "factors": {path: told.indices[path] for path in order},
    }


def tidy(told: Json) -> pd.DataFrame:
    """A row for each outcome or measure, factor and index, with the columns of `COLUMNS`."""
    rows = []
    for name, one in told["results"].items():
        for path, found in one["factors"].items():
            about = {"name": name, "unit": one["unit"], "path": path}
            if told["method"] == OAT:
                rows += [about | {"index": "at"} | _only(end) for end in found["ends"]]
                found = {"swing": found["swing"]}
            rows += [about | {"index": index} | _only(value) for index, value in found.items()]
    return pd.DataFrame(rows, columns=[entry.name for entry in COLUMNS])


def _only(found: Json) -> Json:
    return {name: found[name] for name in ("at", "value", "low", "high") if name in found}
