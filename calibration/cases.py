"""The nine crises and the ten attacks that were not answered, against the model.

Each case is a bundled scenario that docs/mapping.md made from its sheet, released on its day. What
had come by day 7, 30 and 90 stands in `cases.csv` and `non_events.csv`; the scenario does not know
it. A replication and the record are put into the same classes, by the same days, and the model's
shares are scored beside the base rates of the other cases.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration import figures
from sim.cli.scenarios import find
from sim.engine.replication import run_chunk
from sim.engine.world import Chunk, Template, build
from sim.scenario import Scenario, load
from sim.vocabulary.ladder import Rung

HORIZONS = (7, 30, 90)
#: Classes of what has come by a day, from least to most, and a sentence on each.
CLASSES = {
    "no strike": "no day with an act of rung 4, 5 or 6, and no open war",
    "strikes": "a day with an act of rung 4, 5 or 6, no open war and no ceasefire",
    "strikes, ceasefire": "the same, and a ceasefire has begun",
    "war": "an open war has begun, and no ceasefire",
    "war, ceasefire": "an open war and a ceasefire have begun",
}
NO_STRIKE, STRIKES, TRUCE_OF_STRIKES, WAR, TRUCE_OF_WAR = range(len(CLASSES))
#: Runs of each class that are added to those that were counted (Jeffreys).
ADDED = 0.5
#: How much the blame for an attack by a group counts, and the factors on it that are tried.
BLAME, SCALES = "rules.attribution.blame", (1, 2, 4, 8)
Array = NDArray[np.float64]
Counts = NDArray[np.int64]


class Case(NamedTuple):
    """A case of the record: its name, its scenario, its class by each horizon, its group."""

    name: str
    scenario: str
    came: tuple[int, ...]
    answered: bool


class Forecast(NamedTuple):
    """What the model made of a case: `counts` (horizons, classes) of `runs` replications."""

    case: Case
    scenario: Scenario
    counts: Counts
    runs: int
    failed: int

    @property
    def shares(self) -> Array:
        """Smoothed shares, (horizons, classes)."""
        return smooth(self.counts)


class Scores(NamedTuple):
    """Log scores of what came, (cases, horizons): the model's, and those of the base rates."""

    model: Array
    base: Array

    def difference(self) -> tuple[float, float]:
        """Mean of model less base rates, and its standard error over cases."""
        each = (self.model - self.base).mean(axis=1)
        return float(each.mean()), float(each.std(ddof=1) / np.sqrt(len(each)))


def record() -> tuple[Case, ...]:
    """The cases of the record, then the attacks that were not answered."""
    by_case: dict[str, list[dict[str, str]]] = {}
    for row in figures.table("cases"):
        by_case.setdefault(row["case"], []).append(row)
    cases = []
    for name, rows in by_case.items():
        ordered = sorted(rows, key=lambda row: int(row["horizon"]))
        came = tuple(_class_of_row(row) for row in ordered)
        cases.append(Case(name, ordered[0]["scenario"], came, answered=True))
    calm = (NO_STRIKE,) * len(HORIZONS)
    others = [
        Case(row["name"], row["scenario"], calm, answered=False)
        for row in figures.table("non_events")
    ]
    return (*cases, *others)


def _class_of_row(row: dict[str, str]) -> int:
    strikes, war, truce = (row[key] == "1" for key in ("rung_4", "war", "ceasefire"))
    return int(classes(np.array([strikes]), np.array([war]), np.array([truce]))[0])


def classes(strikes: NDArray[np.bool_], war: NDArray[np.bool_], truce: NDArray[np.bool_]) -> Counts:
    """The class of each of some runs; a ceasefire without a strike stays `no strike`."""
    found = np.where(strikes, np.where(truce, TRUCE_OF_STRIKES, STRIKES), NO_STRIKE)
    return np.where(war, np.where(truce, TRUCE_OF_WAR, WAR), found)


def count(template: Template, chunk: Chunk) -> Counts:
    """Runs of each class by each horizon, (horizons, classes); failed runs are left out."""
    kept = chunk.status == 0
    column = {m.name: chunk.measures[kept, k] for k, m in enumerate(template.measures)}
    acts = (chunk.rung[kept] >= Rung.LIMITED_STRIKES) & (chunk.rung[kept] <= Rung.OPEN_WAR)
    found = np.zeros((len(HORIZONS), len(CLASSES)), dtype=np.int64)
    for h, day in enumerate(HORIZONS):
        # a time that never came is NaN, which is not below anything
        war, truce = (column[name] <= day for name in ("first_open_war_day", "first_ceasefire_day"))
        found[h] = np.bincount(
            classes(acts[:, :day].any(axis=1), war, truce), minlength=len(CLASSES)
        )
    return found


def smooth(counts: Counts) -> Array:
    """Shares of counts (..., classes), each class with half a run more (Jeffreys)."""
    total = counts.sum(axis=-1, keepdims=True) + ADDED * counts.shape[-1]
    return np.asarray((counts + ADDED) / total, dtype=np.float64)


def base_rates(cases: Sequence[Case]) -> Array:
    """For each case the smoothed shares of classes among the others, (cases, horizons, classes)."""
    came = np.array([case.came for case in cases])
    of_all = np.eye(len(CLASSES), dtype=np.int64)[came]
    return smooth(of_all.sum(axis=0) - of_all)


def scores(forecasts: Sequence[Forecast]) -> Scores:
    """Log scores of what came; nearer to 0 is better."""
    cases = [one.case for one in forecasts]
    came = np.array([case.came for case in cases])[..., None]

    def of(shares: Array) -> Array:
        return np.log(np.take_along_axis(shares, came, axis=-1)[..., 0])

    return Scores(of(np.stack([one.shares for one in forecasts])), of(base_rates(cases)))


def struck(found: Sequence[Forecast], horizon: int) -> Array:
    """Share of the runs of each case with a strike, or more, by a horizon (a row of `HORIZONS`)."""
    counts = np.array([one.counts[horizon] for one in found])
    return np.asarray(1 - counts[:, NO_STRIKE] / counts.sum(axis=1), dtype=np.float64)


def told_apart(found: Sequence[Forecast], horizon: int) -> float:
    """How well the shares of `struck` tell the crises from the attacks without an answer.

    The share of pairs of one of each in which the crisis has the higher one, ties half: 1/2 is a
    coin (the area under the ROC curve; Hanley and McNeil 1982, Radiology 143).
    """
    share, kind = struck(found, horizon), np.array([one.case.answered for one in found])
    ahead = share[kind][:, None] - share[~kind][None, :]
    return float(((ahead > 0) + 0.5 * (ahead == 0)).mean())


def dead_of_attack(scenario: Scenario) -> float | None:
    """Dead that the file states for the attacks by groups on the day of release.

    None if there was no such attack, NaN if nobody counted.
    """
    attacks = [
        event.deaths
        for event in scenario.file.history
        if event.action == "attack" and event.date == scenario.file.release
    ]
    if not attacks:
        return None
    stated = [
        float(number)
        for dead in attacks
        for number in (dead.security, dead.civilians)
        if number is not None
    ]
    return sum(stated) if stated else np.nan


Settings = Callable[[Scenario], Mapping[str, object]]


def as_it_is(_: Scenario) -> dict[str, object]:
    """No setting."""
    return {}


def louder(scale: float) -> Settings:
    """Settings that make what a blamed attack does to feelings so many times as much."""

    def settings(scenario: Scenario) -> dict[str, object]:
        return {BLAME: scale * float(scenario.file.rules.attribution.blame)}

    return settings


def daily_attacks(scenario: Scenario) -> dict[str, object]:
    """Settings for the other reading of the rule: one attack a day for 1,500 fighters."""
    return {
        f"groups.{name}.base_rate": sum(float(men) for men in group.fighters.values()) / 1500
        for name, group in scenario.file.groups.items()
    }


def forecast(case: Case, runs: int, seed: int, settings: Settings = as_it_is) -> Forecast:
    """Run the scenario of a case, with settings."""
    scenario = load(find(case.scenario))
    scenario = load(find(case.scenario), settings(scenario))
    template = build(scenario)
    chunk = run_chunk(template, seed, 0, runs)
    counts = count(template, chunk)
    return Forecast(case, scenario, counts, runs, int((chunk.status != 0).sum()))


def measure(
    runs: int, seed: int, jobs: int | None = None, settings: Settings = as_it_is
) -> list[Forecast]:
    """Run every case of the record; the interpreter is free while a day is computed."""
    with ThreadPoolExecutor(jobs or os.cpu_count()) as pool:
        return list(pool.map(lambda case: forecast(case, runs, seed, settings), record()))
