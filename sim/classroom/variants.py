"""The variants of a lesson, and the numbers that its questions ask for.

The variants and the scenario itself are run with common random numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor
from copy import copy
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.design.variants import reread
from sim.ensemble import run_many
from sim.ensemble.engine import ChooseEngine
from sim.ensemble.progress import Progress
from sim.files import Place
from sim.scenario import Scenario
from sim.scenario.schema import Trial, Watch
from sim.stats.difference import of_pairs
from sim.stats.estimate import Estimate
from sim.stats.restricted import few_ends, pseudo_values, times, window
from sim.stats.shares import share
from sim.stats.table import column
from sim.studies.compare.quantities import FLAG
from sim.vocabulary.measures import Measure
from sim.words import Words
from sim.words.measures import measure_meaning

AS_IT_IS = "as it is"


class Change(NamedTuple):
    """How a number changed: `change` with its 95 % interval.

    It comes from `n` pairs with common random numbers, of which `changed` differ.
    """

    before: float
    after: float
    change: float
    low: float
    high: float
    n: int
    changed: int

    @property
    def clear(self) -> bool:
        """Whether the interval leaves zero out; one of too few pairs does not."""
        return self.low > 0 or self.high < 0


def change(before: NDArray[np.float64], after: NDArray[np.float64], *, share: bool) -> Change:
    """The change between two columns (n,) of one seed, without pairs that hold a NaN.

    The columns of a `share` hold 0 and 1.
    """
    both = ~(np.isnan(before) | np.isnan(after))
    first, second = before[both], after[both]
    if not both.any():
        return Change(np.nan, np.nan, np.nan, np.nan, np.nan, 0, 0)
    found = of_pairs(first, second, share=share)
    low, high = (np.nan if bound is None else bound for bound in (found.low, found.high))
    return Change(
        float(first.mean()),
        float(second.mean()),
        float(second.mean() - first.mean()),
        low,
        high,
        len(first),
        int((first != second).sum()),
    )


@dataclass(frozen=True)
class Baseline:
    """A watched number in the scenario as it is: `value` with its 95 % interval.

    A probability if `share`, else a mean in `unit`.
    """

    label: str
    share: bool
    unit: str
    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Effect:
    """What a variant did to a watched number."""

    label: str
    share: bool
    unit: str
    difference: Change


class Results:
    """Finished ensembles of a scenario and its variants, of one seed and size."""

    def __init__(self, scenario: Scenario, ensembles: Mapping[str, Any]) -> None:
        self.scenario = scenario
        self.runs = {name: ensemble.runs for name, ensemble in ensembles.items()}
        self._measures = {measure.name: measure for measure in scenario.measures}

    def with_labels_of(self, scenario: Scenario) -> Results:
        """The same, the variants under the names that `scenario` has for them in its language."""
        names = {
            one.label: other.label
            for one, other in zip(settable(self.scenario), settable(scenario), strict=True)
        }
        made = copy(self)
        made.scenario = scenario
        made.runs = {names.get(name, name): runs for name, runs in self.runs.items()}
        made._measures = {measure.name: measure for measure in scenario.measures}
        return made

    @property
    def n(self) -> int:
        """Replications of each."""
        return len(self.runs[AS_IT_IS])

    @property
    def failures(self) -> int:
        """Replications that failed, over all variants."""
        return sum(int((runs["status"] != 0).sum()) for runs in self.runs.values())

    def outcomes(self) -> dict[str, Estimate]:
        """Shares of the outcomes as it is, with intervals."""
        fine = self.runs[AS_IT_IS][self.runs[AS_IT_IS]["status"] == 0]
        return {
            name: share(int((fine["outcome"] == name).sum()), len(fine))
            for name in self.scenario.outcomes
        }

    def baseline(self, watch: Watch, words: Words) -> Baseline:
        """A watched number as it is, called as people read it."""
        values = self._values(AS_IT_IS, watch)
        known = values[~np.isnan(values)]
        if self._is_share(watch):
            found = share(int(known.sum()), len(known))
            value = np.nan if found.value is None else found.value
            return Baseline(self._label(watch, words), True, "", value, *found.bounds)
        pair = change(np.zeros(len(known)), known, share=False)  # from nothing: the number itself
        return Baseline(
            self._label(watch, words),
            False,
            self._measures[watch.measure].unit,
            pair.change,
            pair.low,
            pair.high,
        )

    def effect(self, trial: str, watch: Watch, words: Words) -> Effect:
        """What a variant did to a watched number, called as people read it."""
        pair = change(
            self._values(AS_IT_IS, watch), self._values(trial, watch), share=self._is_share(watch)
        )
        return Effect(
            self._label(watch, words),
            self._is_share(watch),
            "" if self._is_share(watch) else self._measures[watch.measure].unit,
            pair,
        )

    def _is_share(self, watch: Watch) -> bool:
        return (
            watch.measure not in self._measures
            or watch.probability_within is not None
            or self._measures[watch.measure].unit == FLAG
        )

    def _label(self, watch: Watch, words: Words) -> str:
        return watch.label or (
            measure_meaning(self._measures[watch.measure], words)
            if watch.measure in self._measures
            else words.term("vocabulary.outcomes", watch.measure)
        )

    def _values(self, name: str, watch: Watch) -> NDArray[np.float64]:
        """The watched number of each replication, NaN where it failed.

        A time that never came is in no range, and counts as the last day in a mean; of a duration
        it is the pseudo-value of the restricted mean.
        """
        runs = self.runs[name]
        failed = runs["status"].to_numpy() != 0
        if watch.measure not in self._measures:
            values = (runs["outcome"] == watch.measure).to_numpy(dtype=np.float64, na_value=np.nan)
        else:
            values = column(runs, watch.measure)
            if watch.probability_within is not None:
                low, high = watch.probability_within
                values = np.where(np.isnan(values), 0.0, (values >= low) & (values <= high))
            elif self._measures[watch.measure].time:
                return self._times(name, self._measures[watch.measure], failed)
        return np.where(failed, np.nan, values)

    def _times(self, name: str, measure: Measure, failed: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Pseudo-values of a time over the days that the scenario and all variants have in common.

        NaN throughout if too few ends of a duration were seen.
        """
        horizon = self.scenario.horizon
        each = {
            variant: times(runs[runs["status"] == 0], measure, horizon)
            for variant, runs in self.runs.items()
        }
        found, upto = np.full(len(failed), np.nan), window(measure, list(each.values()), horizon)
        if upto is not None and not few_ends(measure, each[name]):
            found[~failed] = pseudo_values(each[name], upto)
        return found


def settable(scenario: Scenario) -> list[Trial]:
    """Things to try that are variants: those that set numbers."""
    return [trial for trial in scenario.file.teaching.tries if trial.set]


def run_variants(
    scenario: Scenario,
    *,
    runs: int,
    seed: int | None = None,
    jobs: int | None = None,
    out: Place | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    fresh: bool = False,
    command: str | None = None,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> Results:
    """Run a scenario and the variants of its lesson with common random numbers.

    Parameters are those of `sim.ensemble.run_many`.
    """
    versions = {AS_IT_IS: scenario} | {
        trial.label: reread(scenario, trial.set) for trial in settable(scenario)
    }
    return Results(
        scenario,
        run_many(
            versions,
            runs=runs,
            seed=seed,
            jobs=jobs,
            out=out,
            progress=progress,
            executor=executor,
            fresh=fresh,
            command=command,
            engine=engine,
            allow_python=allow_python,
        ),
    )
