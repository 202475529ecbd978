"""Where in the space of the inputs an outcome is likely: cases from a design, a box, and what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from sim.errors import ModelError
from sim.scenario.reading import near
from sim.stats.prim import Box, Discovery, Judged, discover
from sim.studies.dictionary import Entry
from sim.studies.sensitivity.sensitivity import described
from sim.studies.targets import values

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.scenario import Scenario

Json = dict[str, Any]
COLUMNS = (
    Entry(
        "box", "number", "number of the box, from everything to the smallest; -1 for the chosen one"
    ),
    Entry("path", "word", "restricted input; empty in a box without restrictions"),
    Entry(
        "low",
        "unit of the input",
        "lowest value in the box; empty if not restricted there, or for a word",
    ),
    Entry(
        "high",
        "unit of the input",
        "highest value in the box; empty if not restricted there, or for a word",
    ),
    Entry("words", "word", "words in the box, parted by |"),
    Entry("quasi_p", "probability", "chance of as many hits if this restriction did nothing"),
    Entry(
        "density",
        "share",
        "share of the box's cases with the outcome, in the half that the box was not made from",
    ),
    Entry("density_low", "share", "lower end of its 95 % interval"),
    Entry("density_high", "share", "upper end of its 95 % interval"),
    Entry(
        "coverage", "share", "share of all cases with the outcome that are in the box, in that half"
    ),
    Entry("mass", "share", "share of all cases that are in the box, in that half"),
    Entry(
        "density_sought",
        "share",
        "density in the half in which the box was sought, which flatters it",
    ),
)


def require_outcome(scenario: Scenario, name: str) -> None:
    """Refuse what is no outcome by a `ModelError`."""
    if name not in scenario.outcomes:
        raise ModelError(
            f"{name}: must be an outcome of {scenario.id} ({near(name, scenario.outcomes, 'there are')})"
        )


def cases(result: DesignResult, outcome: str) -> tuple[pd.DataFrame, np.ndarray]:
    """Inputs and whether the outcome came, a row a replication that did not fail."""
    runs = result.some("point", "status", "outcome")
    came = values(runs, result.scenario, outcome)
    known = ~np.isnan(came)
    return result.points.iloc[runs["point"].to_numpy()[known]].reset_index(drop=True), came[known]


def answer(result: DesignResult, outcome: str) -> tuple[Json, Discovery | None]:
    """What was found, ready for JSON, and the boxes themselves.

    Returns
    -------
    `scenario`, `digest`, `seed`, `outcome`, `cases`, `failed`, `everywhere` (share of the outcome),
    `factors` by path; `found`: whether the box holds clearly more than there is everywhere, in
    cases that it was not made from; `box` and `boxes`: `sides` by path (`low` and `high`, or
    `words`, and `quasi_p`), `density`, `density_low`, `density_high`, `coverage`, `mass`,
    `density_sought`; None where the outcome came never, always, or in too few cases
    """
    inputs, came = cases(result, outcome)
    found = discover(inputs, came)
    told: Json = {
        "scenario": result.scenario.id,
        "digest": result.scenario.digest,
        "seed": int(result.seed),
        "outcome": outcome,
        "cases": len(came),
        "failed": result.failures,
        "everywhere": float(came.mean()) if len(came) else None,
        "factors": described(result.design.factors),
        "found": found is not None and found.found,
        "box": _box(found.chosen) if found is not None else None,
        "boxes": [_box(box) for box in found.boxes] if found is not None else [],
    }
    return told, found


def _box(box: Box) -> Json:
    sides = {
        path: {**_limits(kept), "quasi_p": box.chance[path]} for path, kept in box.sides.items()
    }
    return {"sides": sides, **_judged(box.fresh), "density_sought": box.seen.density}


def _limits(kept: Any) -> Json:
    if isinstance(kept, frozenset):
        return {"words": sorted(map(str, kept))}
    return {
        name: float(edge) if np.isfinite(edge) else None
        for name, edge in zip(("low", "high"), kept, strict=True)
    }


def _judged(judged: Judged) -> Json:
    return {
        "density": judged.density,
        "density_low": judged.low,
        "density_high": judged.high,
        "coverage": judged.coverage,
        "mass": judged.mass,
    }


def tidy(told: Json) -> pd.DataFrame:
    """A row for each restriction of each box, with the columns of `COLUMNS`."""
    rows = []
    for number, box in [(-1, told["box"])] * (told["box"] is not None) + list(
        enumerate(told["boxes"])
    ):
        about = {name: value for name, value in box.items() if name != "sides"}
        for path, side in (box["sides"] or {"": {}}).items():
            words = "|".join(side["words"]) if "words" in side else None
            limits = {name: side.get(name) for name in ("low", "high", "quasi_p")}
            rows.append({"box": number, "path": path, "words": words, **limits, **about})
    return pd.DataFrame(rows, columns=[entry.name for entry in COLUMNS])
