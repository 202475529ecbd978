"""What each lever and each number of the rules moves.

Paired runs at a low and a high value, with the random draws of the default.

Every variant runs the same replications with the same seed, so that a number that nothing reads
gives the very same histories, to the last death, and a difference is the number's own doing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.record import ROOT
from calibration.reference import Spells, weibull
from sim.engine.replication import run_chunk
from sim.engine.world import Template, build
from sim.scenario import Scenario, load, schema
from sim.scenario.fields import specs
from sim.studies.audit.effects import around, with_number

FREE, OCTOBER, WAR = "af_pk_2024", "af_pk_october_2025", "af_pk_2026"
# standard errors of a paired difference; each number is judged by 17 figures at two values
VISIBLE = 3.5
STRONG = 0.10  # of the mean of a count
STRONG_SHARE = 0.05  # of a probability
TRUCE_DAYS = 30
DEAD, UNSEEN, WEAK, MOVES = "moves nothing", "not visible", "weak", "moves"


class Knob(NamedTuple):
    """A number that is moved, and where to."""

    path: str
    label: str
    default: float
    low: float
    high: float


class Effect(NamedTuple):
    """Mean paired difference of a measure.

    As a share of its mean (percentage points for a probability), and in standard errors.
    """

    change: float
    z: float


class Lever(NamedTuple):
    """What moving a number does: for the low and the high value, by measure."""

    knob: Knob
    low: dict[str, Effect]
    high: dict[str, Effect]
    same: bool  # every measure of every replication is the same

    @property
    def visible(self) -> dict[str, float]:
        """Largest visible change of each measure that changes visibly."""
        found: dict[str, float] = {}
        for side in (self.low, self.high):
            for name, effect in side.items():
                if abs(effect.z) >= VISIBLE:
                    found[name] = max(found.get(name, 0.0), abs(effect.change))
        return found

    @property
    def verdict(self) -> str:
        """Whether it moves anything."""
        if self.same:
            return DEAD
        if not self.visible:
            return UNSEEN
        strong = any(
            change >= (STRONG_SHARE if name in SHARES else STRONG)
            for name, change in self.visible.items()
        )
        return MOVES if strong else WEAK


#: measures looked at, by the scenario that they are of; those of `SHARES` are probabilities
COUNTS = (
    "attacks",
    "deaths",
    "interstate_deaths",
    "strikes",
    "clashes",
    "ceasefires",
    "ceasefire_days",
    "closure_days",
    "days of war 2026",
)
SHARES = (
    "crisis",
    "war",
    "truce in 30 days",
    "truce 2026",
    "war past 20 days 2026",
    "truce past 30 days 2026",
    "truce past 120 days 2026",
)
#: a figure of all replications together: its error is that of a jackknife over parts of them
SHAPE, PARTS = "war shape 2026", 20


def outcomes(
    template: Template, measures: NDArray[np.float64], name: str
) -> dict[str, NDArray[np.float64]]:
    """The measures looked at, (runs,) each."""
    column = {m.name: measures[:, k] for k, m in enumerate(template.measures)}
    truce = (column["first_ceasefire_day"] <= TRUCE_DAYS).astype(np.float64)
    if name == OCTOBER:
        return {"truce in 30 days": truce}
    if name == WAR:
        war = column["first_war_days"], column["first_war_over"]
        held = column["first_ceasefire_length"], column["first_ceasefire_broken"]
        return {
            "days of war 2026": column["days_at_rung_6"],
            "truce 2026": truce,
            "war past 20 days 2026": past(*war, 20),
            "truce past 30 days 2026": past(*held, 30),
            "truce past 120 days 2026": past(*held, 120),
        }
    found = {count: column[count] for count in COUNTS if count in column}
    found["crisis"] = (column["max_rung"] >= 5).astype(np.float64)
    found["war"] = (~np.isnan(column["first_open_war_day"])).astype(np.float64)
    return found


def past(days: NDArray[np.float64], over: NDArray[np.float64], age: int) -> NDArray[np.float64]:
    """Whether something lasted longer than so many days; NaN if it never began or nobody knows."""
    longer = (days > age).astype(np.float64)
    unknown = np.isnan(days) | ((over == 0) & (days <= age))
    return np.where(unknown, np.nan, longer)


def war_shapes(template: Template, measures: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weibull's shape of the first wars, then that without each of `PARTS` parts of the runs."""
    column = {m.name: measures[:, k] for k, m in enumerate(template.measures)}
    days, over = column["first_war_days"], column["first_war_over"] == 1
    began = days >= 1
    part = np.arange(len(days)) % PARTS

    def shape(kept: NDArray[np.bool_]) -> float:
        return weibull(Spells(days[kept].astype(np.int64), over[kept]))

    return np.array([shape(began), *(shape(began & (part != k)) for k in range(PARTS))])


def shape_effect(default: NDArray[np.float64], moved: NDArray[np.float64]) -> Effect:
    """Difference of two shapes as a share of the first.

    Its standard error is that of the jackknife over parts, paired as the replications are (Efron
    and Tibshirani 1993, ch. 11).
    """
    whole, parts = moved[0] - default[0], moved[1:] - default[1:]
    error = float(np.sqrt((PARTS - 1) / PARTS * ((parts - parts.mean()) ** 2).sum()))
    if np.isnan(whole) or whole == 0:
        return Effect(0.0, 0.0)
    return Effect(float(whole / default[0]), float(whole / error) if error > 0 else np.inf)


def effect(name: str, default: NDArray[np.float64], moved: NDArray[np.float64]) -> Effect:
    """Paired difference of one measure."""
    difference = (moved - default)[np.isfinite(moved) & np.isfinite(default)]
    if not difference.size or not difference.any():
        return Effect(0.0, 0.0)
    centre, spread = (
        float(difference.mean()),
        float(difference.std(ddof=1)) if difference.size > 1 else 0.0,
    )
    scale = 1.0 if name in SHARES else max(float(np.nanmean(default)), 1e-9)
    return Effect(
        centre / scale,
        centre / (spread / np.sqrt(difference.size)) if spread else float(np.sign(centre)) * np.inf,
    )


def knobs(scenario: Scenario) -> Iterator[Knob]:
    """The levers of a scenario, then every number of the rules at half and double its value."""
    numbers = scenario.numbers()
    levers = scenario.file.levers
    yield from (
        Knob(lever.path, lever.label, numbers[lever.path].value, lever.low, lever.high)
        for lever in levers
    )
    known = {lever.path for lever in levers}
    for rule, spec in specs(schema.Rules).items():
        for name, field in specs(spec.block).items() if spec.block else ():
            path = f"rules.{rule}.{name}"
            if path not in known and field.form == "number":
                value = numbers[path].value
                low, high = around(value, field.low, field.high)
                yield Knob(path, "", value, low, high)


class Bench:
    """The scenarios at their defaults, run once; every lever is compared with these."""

    def __init__(self, runs: int, seed: int, names: Sequence[str] = (FREE, OCTOBER, WAR)) -> None:
        self.runs, self.seed = runs, seed
        self.scenarios = {name: load(ROOT / "scenarios" / f"{name}.yaml") for name in names}
        self.templates = {name: build(scenario) for name, scenario in self.scenarios.items()}
        self.default = {name: self._run(template) for name, template in self.templates.items()}
        self.shapes = (
            war_shapes(self.templates[WAR], self.default[WAR]) if WAR in names else np.array([])
        )

    def _run(self, template: Template) -> NDArray[np.float64]:
        return run_chunk(template, self.seed, 0, self.runs).measures

    def side(self, path: str, value: float) -> tuple[dict[str, Effect], bool]:
        """Effects of one value, and whether nothing at all changed."""
        effects: dict[str, Effect] = {}
        same = True
        for name, template in self.templates.items():
            if path not in template.slots:
                continue
            measures = self._run(with_number(template, path, value))
            before, after = (
                outcomes(template, self.default[name], name),
                outcomes(template, measures, name),
            )
            effects |= {
                measure: effect(measure, before[measure], after[measure]) for measure in before
            }
            if name == WAR:
                effects[SHAPE] = shape_effect(self.shapes, war_shapes(template, measures))
            same = same and np.array_equal(measures, self.default[name], equal_nan=True)
        return effects, same

    def lever(self, knob: Knob) -> Lever:
        """Both values of a number."""
        (low, low_same), (high, high_same) = (
            self.side(knob.path, knob.low),
            self.side(knob.path, knob.high),
        )
        return Lever(knob, low, high, low_same and high_same)


def measure(
    runs: int, seed: int, jobs: int | None = None, only: Sequence[str] = ("*",)
) -> tuple[list[Lever], Bench]:
    """Move every lever and number whose path matches one of the patterns."""
    bench = Bench(runs, seed)
    chosen = [
        knob
        for knob in knobs(bench.scenarios[FREE])
        if any(fnmatch(knob.path, pattern) for pattern in only)
    ]
    found = []
    with ThreadPoolExecutor(jobs or os.cpu_count()) as pool:
        for n, lever in enumerate(pool.map(bench.lever, chosen), 1):
            found.append(lever)
            if n % 20 == 0:
                print(f"{n} of {len(chosen)} numbers moved", file=sys.stderr)
    return found, bench
