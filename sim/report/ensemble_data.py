"""What the report of an ensemble shows, computed once from the tables of the ensemble."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.stats.summary import summarise, time_curve
from sim.stats.survival import Curve
from sim.stats.table import column, texts
from sim.studies.contract import Subject
from sim.studies.outcome_tree import OutcomeTree, outcome_tree_of, times_of
from sim.studies.typology import Typology, typology_of
from sim.vocabulary.ladder import N_RUNGS

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.scenario import Scenario
    from sim.stats.summary import Summary
    from sim.stats.table import Table

#: Times from the release that are drawn, with the names of their words.
EVENTS = {
    "first_limited_strike_day": "limited_strike",
    "first_raid_day": "raid",
    "first_open_war_day": "open_war",
    "first_ceasefire_day": "ceasefire",
}

#: Replications in the figures by day, which would otherwise need memory that grows with the
#: ensemble.
MOST_DRAWN = 10_000
SHARES = (0.05, 0.25, 0.50, 0.75, 0.95)
PATHS = 12


@dataclass(frozen=True)
class Fan:
    """Cumulative deaths by day: quantiles over replications, and a few replications themselves."""

    quantiles: NDArray[np.float64]  # (len(SHARES), horizon)
    paths: NDArray[np.float64]  # (PATHS, horizon)


@dataclass(frozen=True)
class EnsembleData:
    """An ensemble as its report sees it; everything but `summary` leaves failed replications out.

    Attributes
    ----------
    scenario, summary, seed : of the ensemble
    fine : the replications that are drawn by day, from which two are told: the first of very many
    whole : all of them
    rungs : (N_RUNGS, horizon) share of replications at each rung by day
    deaths, interstate : cumulative dead by day, of all acts and of those between the states
    curves : probability by day of each of `EVENTS`, and the length of first ceasefires by age
    typical, extreme : numbers of the two replications that are told, None where every one failed
    kept : their rungs by day
    typology, tree : types of course and the outcome tree, of the replications that are drawn by
        day; None where there are too few
    """

    scenario: Scenario
    summary: Summary
    seed: int
    fine: DataFrame
    whole: Table
    rungs: NDArray[np.float64]
    deaths: Fan
    interstate: Fan
    curves: dict[str, Curve]
    typical: int | None
    extreme: int | None
    kept: dict[int, NDArray[np.int64]]
    typology: Typology | None
    tree: OutcomeTree | None

    @property
    def n(self) -> int:
        """Replications that did not fail."""
        return len(self.whole)

    @property
    def n_by_day(self) -> int:
        """How many of these are in the figures by day."""
        return len(self.fine)

    @property
    def horizon(self) -> int:
        return int(self.scenario.horizon)

    def mean(self, measure: str) -> float:
        """Mean of a measure, NaN without replications."""
        return float(np.mean(column(self.whole, measure))) if self.n else float("nan")

    def count(self, measure: str) -> int:
        """Replications in which a flag is up, or a count above zero."""
        return int((column(self.whole, measure) > 0).sum())


def gather(
    runs: DataFrame, series: DataFrame, scenario: Scenario, seed: int, whole: Table | None = None
) -> EnsembleData:
    """Work out everything that is shown.

    Parameters
    ----------
    runs, series : tables of an ensemble, or of its first replications
    scenario : that it is of
    seed : root seed
    whole : the table `runs` of the whole ensemble, if the first is not

    Returns
    -------
    EnsembleData
    """
    fine = runs[runs["status"] == 0]
    daily = (
        series
        if len(series) == len(fine) * scenario.horizon
        else series[series["replication"].isin(fine["replication"])]
    )
    shape = (len(fine), scenario.horizon)
    rung, deaths, interstate = (
        daily[name].to_numpy().reshape(shape) for name in ("rung", "deaths", "interstate")
    )
    typical, extreme = pick_two(fine, scenario)
    whole = runs if whole is None else whole
    good = whole[whole["status"] == 0]
    return EnsembleData(
        scenario=scenario,
        summary=summarise(
            whole,
            outcomes=list(scenario.outcomes),
            measures=scenario.measures,
            horizon=scenario.horizon,
        ),
        seed=seed,
        fine=fine,
        whole=good,
        rungs=np.stack(
            [
                (rung == r).mean(axis=0) if len(fine) else np.zeros(scenario.horizon)
                for r in range(N_RUNGS)
            ]
        ),
        deaths=_fan(deaths),
        interstate=_fan(interstate),
        curves={
            measure.name: time_curve(good, measure, scenario.horizon)
            for measure in scenario.measures
            if measure.name in EVENTS or measure.duration
        },
        typical=typical,
        extreme=extreme,
        kept={
            number: rung[list(fine["replication"]).index(number)].astype(np.int64)
            for number in (typical, extreme)
            if number is not None
        },
        **_courses(fine, rung.astype(np.int64), scenario, seed),
    )


def _courses(
    fine: DataFrame, rung: NDArray[np.int64], scenario: Scenario, seed: int
) -> dict[str, Any]:
    """The typology and the outcome tree."""
    subject = Subject(scenario.id, scenario.digest, seed)
    outcomes = texts(fine, "outcome")
    numbers = column(fine, "replication").astype(np.int64)
    times = {one.name: column(fine, one.name) for one in times_of(scenario.measures)}
    return {
        "typology": typology_of(subject, rung, outcomes, numbers),
        "tree": outcome_tree_of(scenario, subject, rung, outcomes, times, numbers),
    }


def pick_two(fine: DataFrame, scenario: Scenario) -> tuple[int | None, int | None]:
    """A typical and an extreme replication, by number.

    Typical is the medoid of the most frequent outcome class: the replication with the least sum of
    distances to all others of that class (Kaufman and Rousseeuw 1990), where the distance is that
    of the ranks of the measures in `_features`, added up. Extreme is the one with the most
    interstate dead, then with the most dead.
    """
    if fine.empty:
        return None, None
    most = str(fine["outcome"].value_counts().sort_index(kind="stable").idxmax())
    group = fine[fine["outcome"] == most]
    typical = group["replication"].iloc[medoid(_features(group, scenario))]
    extreme = fine["replication"].iloc[
        int(np.lexsort((column(fine, "deaths"), column(fine, "interstate_deaths")))[-1])
    ]
    return int(typical), int(extreme)


def _features(group: DataFrame, scenario: Scenario) -> NDArray[np.float64]:
    """(n, k) measures that tell how a replication went; what never came is as late as can be."""
    names = [f"days_at_rung_{r}" for r in range(N_RUNGS)] + [
        "deaths",
        "interstate_deaths",
        "attacks",
        "strikes",
        "raids",
        "clashes",
        "ceasefires",
    ]
    names += ["ceasefire_days", "closure_days", *EVENTS]
    return np.stack(
        [np.nan_to_num(column(group, name), nan=scenario.horizon + 1.0) for name in names], axis=1
    )


def medoid(features: NDArray[np.float64]) -> int:
    """Row with the least sum of distances to all others.

    A distance adds up differences of ranks.

    The sum of absolute differences to all others comes from one sort per column, so large ensembles
    cost little.

    Parameters
    ----------
    features : (n, k) at least one row

    Returns
    -------
    index of the first such row
    """
    n = len(features)
    total = np.zeros(n)
    for values in features.T:
        _, level, size = np.unique(values, return_inverse=True, return_counts=True)
        rank = np.cumsum(size) - (size - 1) / 2  # ties share their mean rank
        below = np.cumsum(size * rank) - size * rank
        fewer = np.cumsum(size) - size
        above = (size * rank).sum() - below - size * rank
        more = n - fewer - size
        total += (fewer * rank - below + above - more * rank)[level]
    return int(np.argmin(total))


def _fan(daily: NDArray[Any]) -> Fan:
    """Quantiles and some paths of the running sum, evenly spaced in the order of their ends."""
    sums = np.cumsum(daily, axis=1, dtype=np.float64)
    if not len(sums):
        return Fan(np.full((len(SHARES), daily.shape[1]), np.nan), sums)
    order = np.argsort(sums[:, -1], kind="stable")
    middles = (np.arange(PATHS) + 0.5) / PATHS * len(order)
    return Fan(np.quantile(sums, SHARES, axis=0), sums[order[np.unique(middles.astype(np.int64))]])
