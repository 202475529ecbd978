"""The same past, other futures: a replication taken up on the morning of a day, with numbers changed or choices forced.

With shared luck every draw of the future is the original's, so the one future is what would have
happened (a structural counterfactual: the same exogenous noise); without any change it is the
original to the bit. With fresh luck future n has the luck of a number that no ensemble reaches, the
same for every fork of the seed: two forks are compared future by future, each pair on the same
luck. See docs/fork.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from sim.design.draws import Draws, draws_of
from sim.design.variants import reread
from sim.engine import chance
from sim.engine.replication import Replication, replay, replay_future, run_futures
from sim.engine.world import Branch, Chunk, Template, build
from sim.ensemble import tables
from sim.ensemble.runner import Progress, check_counts, processors, root_seed
from sim.ensemble.work import Failure, Rows, reason_of, told
from sim.errors import ModelError, RunError
from sim.replication import forcing
from sim.replication.forcing import ForcedChoice
from sim.scenario import Change, Scenario, changes

#: future n has the luck of replication _FUTURES + n, far beyond those of any ensemble
_FUTURES = 1 << 62
_CHUNK = 100


@dataclass(frozen=True)
class Futures:
    """What came after a fork.

    `runs` has a row a future as an ensemble's has a row a replication (`replication` is the number
    of the future), measures counted from the release, past included; `rung`, `deaths`, `interstate`
    (n_futures, horizon) by day, the past's days first. `scenario` is that of the futures; `story`
    the original in full; `changed` what was changed at the fork; `forced` the forced choices,
    `obeyed` (n_futures, n_forced) the day on which each was made, 0 if its actor never came to
    decide. `told` tells one future in full.
    """

    scenario: Scenario
    seed: int
    replication: int
    day: int
    draws: Draws
    runs: pd.DataFrame
    rung: np.ndarray
    deaths: np.ndarray
    interstate: np.ndarray
    story: Replication
    changed: tuple[Change, ...] = ()
    forced: tuple[ForcedChoice, ...] = ()
    applied: np.ndarray = field(default_factory=lambda: np.empty((0, 0), dtype=np.int64))
    failures: tuple[Failure, ...] = ()
    again: Callable[[int], Replication] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.runs)

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row a future and day: `replication`, `day`, `rung`, `deaths`, `interstate`; futures that failed are left out."""
        return tables.series_table(self._rows()).to_pandas()

    def told(self, future: int) -> Replication:
        """One future again, with all that happens in it from the fork's day on. Raise a `ModelError` if there is none of that number."""
        if not 0 <= future < len(self):
            raise ModelError(f"future: must be from 0 to {len(self) - 1}, got {future}")
        assert self.again is not None
        return self.again(future)

    def _rows(self) -> Rows:
        return Rows(
            0, np.empty((len(self), 0)), self.rung, self.deaths, self.interstate, self.failures
        )


class Fork:
    """One replication, from any day of which futures can be run; replayed once.

    `story` is the replication in full. Raise a `ModelError` if an actor is a Python class, whose
    memory cannot be taken up on an evening; a `RunError` if the replication fails.
    """

    def __init__(self, scenario: Scenario, seed: int, replication: int) -> None:
        check_counts(1, seed, None)
        if not 0 <= replication < _FUTURES:
            raise ModelError(f"replication: must be a whole number from 0, got {replication}")
        self.scenario, self.seed, self.replication = scenario, seed, replication
        self.template = build(scenario)
        if self.template.python_policies:
            named = ", ".join(self.template.python_policies)
            raise ModelError(
                f"fork: {named} is a Python class, which keeps a memory of its own, so no day but the first can be taken up"
            )
        self.story = replay(self.template, seed, replication)
        if self.story.status:
            day = len(self.story.blocks) - self.template.history_days
            raise RunError(
                reason_of(self.story.status),
                scenario=scenario.id,
                replication=replication,
                seed=seed,
                day=day,
            )

    def evening(self, day: int) -> np.ndarray:
        """The world's block at the end of the day before `day`; raise a `ModelError` if that is not in the time in which actors decide."""
        if not 1 <= day <= self.template.horizon:
            last = self.template.horizon
            raise ModelError(
                f"day: must be from 1 (the first day after the release, on which actors decide) to {last} (the last), got {day}"
            )
        return self.story.blocks[self.template.history_days + day - 2].copy()

    def futures(
        self,
        day: int,
        *,
        runs: int = 500,
        draws: str = Draws.INDEPENDENT,
        changed: Mapping[str, object] | None = None,
        forced: Mapping[str, str] | Sequence[str] | None = None,
        jobs: int | None = None,
        progress: Progress | None = None,
    ) -> Futures:
        """Run futures from the morning of a day; see `fork` for the parameters."""
        check_counts(runs, None, jobs)
        which = draws_of(draws)
        past = self.evening(day)
        after, template = self._changed(past, changed or {})
        choices = forcing.forced_choices(template, forced or {})
        forcing.write(template, past, choices)
        places = np.concatenate([template.measure_slots, forcing.places(template, choices)])
        chunk = self._run(template, past, day, which, runs, places, jobs, progress or Progress())
        self._refuse_barred(template, past, day, which, chunk, choices)
        made = self._made(after, day, which, chunk, choices)
        return replace(
            made,
            again=lambda future: replay_future(
                template, Branch(past, day), self.number(future, which)
            ),
        )

    def _changed(self, past: np.ndarray, given: Mapping[str, object]) -> tuple[Scenario, Template]:
        """The scenario from the fork on; its changed words are written into the past's evening."""
        if not given:
            return self.scenario, self.template
        after = reread(self.scenario, given)
        template = build(after)
        if (
            template.spans != self.template.spans
            or template.measures != self.template.measures
            or template.days != self.template.days
        ):
            raise ModelError(
                f"fork: must keep actors, places and days, which {', '.join(given)} changes; a past cannot be taken up by others"
            )
        if template.python_policies:
            raise ModelError(
                f"fork: must keep to compiled policies, which {', '.join(template.python_policies)} is not"
            )
        paths = {change.path for change in changes(self.scenario.file, after.file)} | set(given)
        drawn = [path for path, _, _ in template.uncertain if path in paths]
        if drawn:
            raise ModelError(f"{drawn[0]}: must be one number at a fork, got a distribution")
        places = np.union1d(
            np.flatnonzero(template.words != self.template.words),
            [template.slots[p] for p in sorted(paths) if p in template.slots],
        )
        where = places.astype(np.int64)
        past[where] = template.words[where]
        return after, template

    def _run(
        self,
        template: Template,
        past: np.ndarray,
        day: int,
        draws: Draws,
        runs: int,
        places: np.ndarray,
        jobs: int | None,
        progress: Progress,
    ) -> Chunk:
        """All futures, in chunks; with shared luck there is only one, so it is run once."""
        progress.start(0, runs)
        if draws is Draws.COMMON:
            one = run_futures(template, Branch(past, day), self.replication, 1, places)
            progress.advance(runs)
            return Chunk(*(np.repeat(part, runs, axis=0) for part in one))
        parts = []
        with ThreadPoolExecutor(min(jobs or processors(), -(-runs // _CHUNK))) as pool:
            firsts = range(0, runs, _CHUNK)
            work = [
                pool.submit(
                    run_futures,
                    template,
                    Branch(past, day),
                    _FUTURES + first,
                    min(_CHUNK, runs - first),
                    places,
                )
                for first in firsts
            ]
            try:
                for future in work:
                    parts.append(future.result())
                    progress.advance(len(parts[-1].status))
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
        return Chunk(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))

    def number(self, future: int, draws: Draws) -> int:
        """The replication whose luck a future has."""
        return self.replication if draws is Draws.COMMON else _FUTURES + future

    def _refuse_barred(
        self,
        template: Template,
        past: np.ndarray,
        day: int,
        draws: Draws,
        chunk: Chunk,
        choices: Sequence[ForcedChoice],
    ) -> None:
        """A choice that the rules bar is an error of the question, and not of the replication."""
        barred = np.flatnonzero(chunk.status == chance.BARRED)
        if not barred.size:
            return
        first = int(barred[np.argmin(chunk.failed_day[barred])])
        block = replay_future(template, Branch(past, day), self.number(first, draws)).blocks[-1]
        one, others = forcing.available(template, block, choices)[0]
        share = (
            ""
            if draws is Draws.COMMON
            else f" (in {barred.size:,} of {len(chunk.status):,} futures)"
        )
        when = int(chunk.failed_day[first])
        raise ModelError(
            f"force: {one.words}: {one.choice} is not available on day {when}, when the choice is made{share}; there are {', '.join(others)}"
        )

    def _made(
        self, after: Scenario, day: int, draws: Draws, chunk: Chunk, choices: Sequence[ForcedChoice]
    ) -> Futures:
        count = len(self.template.measures)
        for name in ("rung", "deaths", "interstate"):
            getattr(chunk, name)[:, : day - 1] = getattr(self.story, name)[: day - 1]
        failures = tuple(
            told(int(k), int(chunk.status[k]), int(chunk.failed_day[k]))
            for k in np.flatnonzero(chunk.status)
        )
        measures = np.ascontiguousarray(chunk.measures[:, :count])
        rows = Rows(0, measures, chunk.rung, chunk.deaths, chunk.interstate, failures)
        frame = tables.chunk_table(rows, self.template.measures, after.outcomes).select(
            tables.runs_schema(self.template.measures).names
        )
        applied = np.where(
            chunk.status[:, None] == 0,
            np.ascontiguousarray(chunk.measures[:, count:]).view(np.int64),
            0,
        )
        return Futures(
            *(after, self.seed, self.replication, day, draws),
            runs=tables.frame(frame),
            rung=chunk.rung,
            deaths=chunk.deaths,
            interstate=chunk.interstate,
            story=self.story,
            changed=tuple(changes(self.scenario.file, after.file)),
            forced=tuple(choices),
            applied=applied,
            failures=failures,
        )


def fork(
    scenario: Scenario,
    seed: int | None,
    replication: int,
    day: int,
    *,
    runs: int = 500,
    draws: str = Draws.INDEPENDENT,
    changes: Mapping[str, object] | None = None,
    forced: Mapping[str, str] | Sequence[str] | None = None,
    jobs: int | None = None,
    progress: Progress | None = None,
) -> Futures:
    """Run many futures of one replication's past.

    Parameters
    ----------
    scenario : as `sim.load` gives it
    seed, replication : which past; without a seed a new one
    day : the first of the futures, days from the release, at least 1; what happened up to the
        evening before stays
    runs : number of futures
    draws : "independent" (each future has its own random draws) or "common" (those of the original;
        there is then one future)
    changes : numbers and words of the scenario that are others from `day` on, by dotted path
    forced : choices put in the place of an actor's own: {"westmark>eastmark": "raid"} or
        ["westmark=raid"]; the actor's first decision of that kind at or after `day` is replaced,
        once, and nobody's luck moves
    jobs : threads; all processors if left out
    progress : hears how it gets on

    Returns
    -------
    Futures

    Raises
    ------
    ModelError : if the day lies before the release or after the horizon, a choice is unknown or not
        available (it says what is), or an actor is a Python class
    ScenarioError : if a change cannot be
    RunError : if the replication itself fails
    """
    return Fork(scenario, root_seed(scenario, seed), replication).futures(
        day, runs=runs, draws=draws, changed=changes, forced=forced, jobs=jobs, progress=progress
    )
