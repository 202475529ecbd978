"""What is not known about the inputs and what is chance, for each outcome and measure of a design with independent random draws."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.design.sampling import seed_for
from sim.stats.variance import Split, split
from sim.studies import targets
from sim.studies.dictionary import Entry
from sim.studies.sensitivity.sensitivity import described

if TYPE_CHECKING:
    from sim.design.design import DesignResult

Json = dict[str, Any]
_PARTS = ("mean", "inputs", "chance", "share")
COLUMNS = (
    Entry("name", "word", "outcome or measure"),
    Entry("kind", "word", "outcome (1 where it came, else 0) or measure"),
    Entry("unit", "word", "unit of the mean; the variances are in its square"),
    Entry("mean", "unit of the row", "mean over inputs and chance; for an outcome its probability"),
    Entry(
        "inputs",
        "unit squared",
        "variance of what is expected at known inputs: it would be gone if the inputs were known",
    ),
    Entry("chance", "unit squared", "mean variance at known inputs: it would stay"),
    Entry("share", "share", "inputs / (inputs + chance)"),
)


def answer(result: DesignResult, names: Mapping[str, str], design: str) -> Json:
    """The split of every outcome and measure asked for, ready for JSON.

    Parameters
    ----------
    result : of a design with independent random draws over the uncertain inputs
    names : units by name
    design : how the points were chosen

    Returns
    -------
    `scenario`, `digest`, `seed`, `design`, `points`, `replications` (at each point), `failed`,
    `chance`; `factors` by path; `outcomes` and `measures`: by name `unit` and `mean`, `inputs`,
    `chance`, `share`, each with `_low` and `_high` (95 %); None where nothing can be said
    """
    told: Json = {
        "scenario": result.scenario.id,
        "digest": result.scenario.digest,
        "seed": int(result.seed),
        "design": design,
        "points": len(result.design),
        "replications": result.replications,
        "failed": result.failures,
        "draws": result.draws,
        "factors": described(result.design.factors),
        "outcomes": {},
        "measures": {},
    }
    for name, unit in names.items():
        found = split(targets.table(result, name), seed_for(result.seed, f"bootstrap split {name}"))
        told["outcomes" if name in result.scenario.outcomes else "measures"][name] = {
            "unit": unit,
            **_plain(found),
        }
    return told


def _plain(found: Split) -> Json:
    return {
        name: float(value) if np.isfinite(value) else None
        for name, value in found._asdict().items()
    }


def tidy(told: Json) -> pd.DataFrame:
    """A row an outcome or measure, with the columns of `COLUMNS` and the ends of their intervals."""
    rows = [
        {"name": name, "kind": kind, **row}
        for kind, part in (("outcome", "outcomes"), ("measure", "measures"))
        for name, row in told[part].items()
    ]
    order = [
        "name",
        "kind",
        "unit",
        *(f"{part}{end}" for part in _PARTS for end in ("", "_low", "_high")),
    ]
    return pd.DataFrame(rows)[order]


def dictionary() -> list[Entry]:
    """The columns of the table."""
    found = []
    for entry in COLUMNS:
        found.append(entry)
        if entry.name in _PARTS:
            found += [
                Entry(
                    f"{entry.name}_{end}",
                    entry.unit,
                    f"{end}er end of the 95 % interval of {entry.name}",
                )
                for end in ("low", "high")
            ]
    return found
