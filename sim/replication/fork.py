"""One past, many futures: a replication branched on a day, with values changed or choices forced.

With common random numbers every draw of the future is the original's, so the one future is what
would have happened (a structural counterfactual: the same exogenous noise); without any change it
is the original to the bit. With independent draws, future n has those of a replication that no
ensemble reaches, the same for every fork of the seed: two forks are compared future by future, each
pair with common random numbers. See docs/fork.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from sim.design.draws import Draws, draws_of
from sim.design.variants import reread
from sim.engine.own_measures import own_values
from sim.engine.replication import Replication, replay, run_futures
from sim.engine.world import Branch, Chunk, Template, build
from sim.ensemble import tables
from sim.ensemble.arguments import processors, root_seed
from sim.ensemble.failure import failure_of, reason_of
from sim.ensemble.progress import Progress
from sim.ensemble.work import Rows
from sim.errors import ModelError, RunError
from sim.plain import MOST_NUMBER, job_count, run_count, seed_number, whole
from sim.replication import forcing
from sim.replication.futures import FIRST_FUTURE, ForkPoint, Futures
from sim.scenario import Given, Scenario, changes, scenario_of
from sim.vocabulary.codes import FailureKind

__all__ = ["Fork", "Futures", "fork"]

_CHUNK = 100  # futures in a task


class Fork:
    """One replication, from any day of which futures can be run; it is run again once.

    `original` is the replication in full.

    Raises
    ------
    ModelError : if an actor is a Python class, whose internal state cannot be restored
    RunError : if the replication fails
    """

    def __init__(self, scenario: Scenario, seed: int, replication: int) -> None:
        seed = seed_number(seed)
        replication = whole("replication", replication, 0, FIRST_FUTURE - 1)
        self.scenario, self.seed, self.replication = scenario, seed, replication
        self.template = build(scenario)
        if scenario.programs:
            named = ", ".join(one.path for one in scenario.programs)
            raise ModelError(
                f"fork: {named} is a Python policy, so this scenario cannot be forked: "
                "the policy's internal state cannot be restored"
            )
        self.original: Replication = replay(self.template, seed, replication)
        if self.original.status:
            raise RunError(
                reason_of(self.original.status),
                scenario=scenario.id,
                replication=replication,
                seed=seed,
                day=len(self.original.blocks) - self.template.history_days,
            )

    def state_before(self, day: int) -> NDArray[np.uint64]:
        """A copy of the state at the end of the day before `day`: the words of the world.

        Raises
        ------
        ModelError : if `day` is not one on which actors decide
        """
        if not 1 <= day <= self.template.horizon:
            raise ModelError(
                "day: must be from 1 (the first day after the release, on which actors decide) "
                f"to {self.template.horizon} (the last), got {day}"
            )
        block: NDArray[np.uint64] = self.original.blocks[self.template.history_days + day - 2]
        return block.copy()

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
        """Run futures from a day on; see `fork` for the parameters."""
        runs, jobs = run_count(runs), job_count(jobs)
        day = whole("day", day, -MOST_NUMBER, MOST_NUMBER)
        point = self._fork_point(day, draws_of(draws), changed or {}, forced or {})
        chunk = _run(point, runs, jobs or processors(), progress or Progress())
        _refuse_barred(point, chunk)
        return self._futures(point, chunk)

    def _fork_point(
        self,
        day: int,
        draws: Draws,
        changed: Mapping[str, object],
        forced: Mapping[str, str] | Sequence[str],
    ) -> ForkPoint:
        """The start of the futures, all changes made."""
        block = self.state_before(day)
        scenario, template = self._apply(changed, block)
        choices = tuple(forcing.forced_choices(template, forced))
        if choices:  # else those that the past has, as a game does, stand
            forcing.write(template, block, choices)
        return ForkPoint(
            scenario=scenario,
            template=template,
            branch=Branch(block, day),
            replication=self.replication,
            draws=draws,
            choices=choices,
        )

    def _apply(
        self, changed: Mapping[str, object], block: NDArray[np.uint64]
    ) -> tuple[Scenario, Template]:
        """The scenario from the fork on; its changed words are written into the block."""
        if not changed:
            return self.scenario, self.template
        after = reread(self.scenario, changed)
        template = build(after)
        if (
            template.spans != self.template.spans
            or template.measures != self.template.measures
            or template.days != self.template.days
        ):
            raise ModelError(f"fork: {', '.join(changed)} must not change actors, sectors or dates")
        if after.programs:
            named = ", ".join(one.path for one in after.programs)
            raise ModelError(f"fork: must keep to compiled policies, which {named} is not")
        paths = {change.path for change in changes(self.scenario.file, after.file)} | set(changed)
        drawn = [path for path, _, _ in template.uncertain if path in paths]
        if drawn:
            raise ModelError(f"{drawn[0]}: must be one number at a fork, got a distribution")
        # a value that is given is written even where the template does not change: the replication
        # may have drawn another
        words = np.union1d(
            np.flatnonzero(template.words != self.template.words),
            [template.slots[path] for path in sorted(paths) if path in template.slots],
        ).astype(np.int64)
        block[words] = template.words[words]
        return after, template

    def _futures(self, point: ForkPoint, chunk: Chunk) -> Futures:
        """The results, with the past before them."""
        for name in ("rung", "deaths", "interstate"):
            past = getattr(self.original, name)[: point.day - 1]
            getattr(chunk, name)[:, : point.day - 1] = past
        measures, slots = self.template.measures, len(self.template.measure_slots)
        rows = Rows(
            first=0,
            measures=np.hstack([chunk.measures[:, :slots], self._own(point, chunk)]),
            rung=chunk.rung,
            deaths=chunk.deaths,
            interstate=chunk.interstate,
            failures=tuple(
                failure_of(int(k), int(chunk.status[k]), int(chunk.failed_day[k]))
                for k in np.flatnonzero(chunk.status)
            ),
        )
        table = tables.chunk_table(rows, measures, point.scenario.outcomes)
        days = np.ascontiguousarray(chunk.measures[:, slots:]).view(np.int64)
        return Futures(
            point=point,
            seed=self.seed,
            runs=tables.frame(table.select(tables.runs_schema(measures).names)),
            rung=chunk.rung,
            deaths=chunk.deaths,
            interstate=chunk.interstate,
            changed=tuple(changes(self.scenario.file, point.scenario.file)),
            applied=np.where(chunk.status[:, None] == 0, days, 0),
            failures=rows.failures,
        )

    def _own(self, point: ForkPoint, chunk: Chunk) -> NDArray[np.float64]:
        """(n_futures, n_own) measures of the file's own; each future is run again for its record.

        Its days and events follow those of the past.
        """
        template, past = point.template, self.original
        measures = len(template.measures) - len(template.measure_slots)
        found = np.full((len(chunk.status), measures), np.nan)
        if not template.own:
            return found
        events = past.events[past.events["day"] < point.day]
        blocks = past.blocks[: template.history_days + point.day - 1]
        for future in np.flatnonzero(chunk.status == 0):
            run = point.replay(int(future))
            record = (np.concatenate(both) for both in ((events, run.events), (blocks, run.blocks)))
            found[future] = own_values(template, *record)
        return found


def _run(point: ForkPoint, runs: int, jobs: int, progress: Progress) -> Chunk:
    """All futures, in chunks; with common random numbers there is only one, so it is run once.

    The measures of the result are followed by the days on which forced choices were made.
    """
    template = point.template
    words = np.concatenate(
        [template.measure_slots, forcing.day_slots(template, len(point.choices))]
    )

    def some(first: int, count: int) -> Chunk:
        return run_futures(template, point.branch, point.first + first, count, words)

    progress.start(0, runs)
    if point.draws is Draws.COMMON:
        one = some(0, 1)
        progress.advance(runs)
        return Chunk(*(np.repeat(part, runs, axis=0) for part in one))
    return _join(_in_threads(some, runs, jobs, progress))


def _in_threads(
    some: Callable[[int, int], Chunk], runs: int, jobs: int, progress: Progress
) -> Iterable[Chunk]:
    with ThreadPoolExecutor(min(jobs, -(-runs // _CHUNK))) as pool:
        tasks = [
            pool.submit(some, first, min(_CHUNK, runs - first)) for first in range(0, runs, _CHUNK)
        ]
        try:
            for task in tasks:
                chunk = task.result()
                progress.advance(len(chunk.status))
                yield chunk
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _join(parts: Iterable[Chunk]) -> Chunk:
    return Chunk(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _refuse_barred(point: ForkPoint, chunk: Chunk) -> None:
    """A choice that the rules bar is an error of the question, and not of the replication."""
    barred = np.flatnonzero(chunk.status == FailureKind.BARRED)
    if not barred.size:
        return
    first = int(barred[np.argmin(chunk.failed_day[barred])])
    block = point.replay(first).blocks[-1]
    one, others = forcing.barred_choice(point.template, block, point.choices)
    share = f" (in {barred.size:,} of {len(chunk.status):,} futures)"
    raise ModelError(
        f"force: {one.words}: {one.choice} is not available on day {int(chunk.failed_day[first])}, "
        f"when the choice is made{'' if point.draws is Draws.COMMON else share}; "
        f"there are {', '.join(others)}"
    )


def fork(
    scenario: Given,
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
    scenario : as `sim.load` gives it, its file, or the name of a bundled one
    seed, replication : which past; without a seed a new one
    day : the first of the futures, days from the release, at least 1; the days before it stay as
        they were
    runs : number of futures
    draws : "independent" (each future has its own random draws) or "common" (those of the original;
        there is then one future)
    changes : values of the scenario that are others from `day` on, by dotted path
    forced : choices put in the place of an actor's own: {"westmark>eastmark": "raid"} or
        ["westmark=raid"]; the actor's first decision of that kind on or after `day` is replaced,
        once, and no random draw changes
    jobs : threads; all processors if left out
    progress : is told how it gets on

    Returns
    -------
    Futures

    Raises
    ------
    ModelError : if the day lies before the release or after the horizon, a choice is unknown or not
        available (it says what is), or an actor is a Python class
    ScenarioError : if a change is not valid
    RunError : if the replication itself fails
    """
    scenario = scenario_of(scenario)
    return Fork(scenario, root_seed(scenario, seed), replication).futures(
        day, runs=runs, draws=draws, changed=changes, forced=forced, jobs=jobs, progress=progress
    )
