"""Each lever of each bundled scenario over its whole range: whether it moves something, one way.

A lever that does nothing over half of its range, or turns round, teaches what the model does not
say. So each is set to five values from low to high, with the same draws of chance, and judged by
the outcome that it moves most.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.record import ROOT
from calibration.reference_page import table
from sim.engine.replication import run_chunk
from sim.engine.world import Template, build
from sim.scenario import load
from sim.studies.audit.effects import with_number

VALUES = 5
VISIBLE, TURNS = 3.5, 3.0  # standard errors of a paired difference
ONE_WAY, UNSEEN, BOTH_WAYS = "one way", "not visible", "turns round"
Array = NDArray[np.float64]


class Steps(NamedTuple):
    """A lever at its values.

    outcome : what it moves most
    means : of that outcome at each value
    z : of the difference between the ends, and of each step, in standard errors of pairs
    """

    scenario: str
    label: str
    low: float
    high: float
    outcome: str
    means: tuple[float, ...]
    z: float
    steps: tuple[float, ...]

    @property
    def verdict(self) -> str:
        """Whether it moves its outcome, and without a step that visibly goes back."""
        if abs(self.z) < VISIBLE:
            return UNSEEN
        back = any(step * np.sign(self.z) < -TURNS for step in self.steps)
        return BOTH_WAYS if back else ONE_WAY

    @property
    def largest(self) -> float:
        """The largest step as a share of the whole way."""
        whole = self.means[-1] - self.means[0]
        return float(np.abs(np.diff(self.means)).max() / abs(whole)) if whole else np.nan


OUTCOMES = (
    "a war came",
    "ceasefire within 30 days",
    "ceasefire at the end",
    "a strike or more",
    "log of dead between states",
    "attacks",
)


def outcomes(template: Template, measures: Array) -> Mapping[str, Array]:
    """What a lever may move, (runs,) each; tolls in logs, so that one war does not outweigh all."""
    found = {m.name: measures[:, k] for k, m in enumerate(template.measures)}
    values = (
        found["wars"] >= 1,
        found["first_ceasefire_day"] <= 30,
        found["ceasefire_at_end"],
        found["max_rung"] >= 4,
        np.log1p(found["interstate_deaths"]),
        found["attacks"],
    )
    return {
        name: np.asarray(value, np.float64) for name, value in zip(OUTCOMES, values, strict=True)
    }


def measure(runs: int, seed: int, jobs: int | None = None) -> list[Steps]:
    """Every lever of every bundled scenario."""
    found: list[Steps] = []
    for path in sorted((ROOT / "scenarios").glob("*.yaml")):
        scenario = load(path)
        template = build(scenario)
        moved = [lever for lever in scenario.file.levers if lever.path in template.slots]
        asked = [(lever.path, lever.label, lever.low, lever.high) for lever in moved]
        with ThreadPoolExecutor(jobs or os.cpu_count()) as pool:
            found += pool.map(partial(_lever, template, runs, seed), asked)
    return found


def _lever(template: Template, runs: int, seed: int, lever: tuple[str, str, float, float]) -> Steps:
    path, label, low, high = lever
    ran = [
        outcomes(template, run_chunk(with_number(template, path, value), seed, 0, runs).measures)
        for value in np.linspace(low, high, VALUES).tolist()
    ]
    name = max(ran[0], key=lambda outcome: abs(_z(ran[0][outcome], ran[-1][outcome])))
    values = [one[name] for one in ran]
    return Steps(
        template.scenario_id,
        label,
        low,
        high,
        name,
        tuple(float(np.nanmean(value)) for value in values),
        _z(values[0], values[-1]),
        tuple(_z(a, b) for a, b in pairwise(values)),
    )


def _z(before: Array, after: Array) -> float:
    """A paired difference in its standard errors; 0 where nothing differs."""
    difference = after - before
    difference = difference[np.isfinite(difference)]
    if difference.size < 2 or not difference.any():
        return 0.0
    error = difference.std(ddof=1) / np.sqrt(difference.size)
    return float(difference.mean() / error) if error > 0 else float(np.sign(difference[0])) * 99.0


def section(found: list[Steps], runs: int) -> str:
    """The part of docs/levers.md on them."""
    one_way = sum(steps.verdict == ONE_WAY for steps in found)
    return f"""## Levers of the bundled scenarios, step by step

Each lever at five values from low to high, {runs} pairs of replications; shown is the outcome that
it moves most, of: {", ".join(OUTCOMES)}.

* **{ONE_WAY}**: the ends differ by {VISIBLE:g} standard errors or more, and no step visibly goes
  back ({one_way} of {len(found)}).
* **{UNSEEN}**: the ends do not differ by so much. **{BOTH_WAYS}**: a step goes back by more than
  {TURNS:g} standard errors.
* **Largest step**: of the four, as a share of the whole way; near 1 the lever is a switch.

{table(("scenario", "lever", "outcome", "low to high", "largest step", "verdict"), _rows(found))}"""


def _rows(found: list[Steps]) -> Iterator[tuple[str, ...]]:
    for one in found:
        verdict = one.verdict if one.verdict == ONE_WAY else f"**{one.verdict}**"
        way = " ".join(f"{mean:.2f}" if mean < 10 else f"{mean:.0f}" for mean in one.means)
        largest = "" if one.verdict == UNSEEN else f"{one.largest:.2f}"
        label = f"{one.label} ({one.low:g} to {one.high:g})"
        yield one.scenario, label, one.outcome, way, largest, verdict
