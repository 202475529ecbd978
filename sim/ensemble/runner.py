"""From scenarios to ensembles: what is missing is cut into chunks, run in turns, put into the stores, and made tables.

Results depend on scenario, seed and number alone: chunks are cut by a rule that knows nothing of
the workers. Several scenarios share one crew and one seed, chunk by chunk in turns, so that
whatever stops them leaves them equally far.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any, Self

from sim.engine import jit
from sim.engine.replication import warm
from sim.engine.world import Template, build
from sim.ensemble.consolidate import Tables, consolidate
from sim.ensemble.identity import identity, python_policies
from sim.ensemble.location import Place
from sim.ensemble.result import Ensemble
from sim.ensemble.stopping import Until
from sim.ensemble.store import Span, Store, read_manifest
from sim.ensemble.work import Rows, Task, perform
from sim.ensemble.workers import WorkerPool, WorkersDied, processes, threads
from sim.errors import ModelError, StoreError
from sim.scenario import Scenario

#: Replications in a chunk: compiled ones take milliseconds each, those with a Python policy a good
# part of a second.
CHUNK, PYTHON_CHUNK = 250, 10
COMPILED_FACE, PYTHON_FACE = "sim.engine.replication", "sim.model"
MOST_RUNS, MOST_JOBS, MOST_SEED = 10_000_000, 1024, 2**64 - 1

#: Tasks handed out per worker: one to do and one to go on with.
AHEAD = 2

_NEW_SEED_BITS = 32  # short enough to read out in class


class Progress:
    """Hears how a run gets on; this one keeps it to itself."""

    def start(self, done: int, total: int) -> None:
        """`done` of `total` replications lie in the store already."""

    def advance(self, count: int) -> None:
        """So many more are on the disk."""

    def note(self, text: str) -> None:
        """Something that a user should know, in one line."""


def run(
    scenario: Scenario,
    *,
    runs: int = 1000,
    seed: int | None = None,
    jobs: int | None = None,
    out: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    fresh: bool = False,
    until: Until | None = None,
    command: str | None = None,
    called: str | None = None,
) -> Ensemble:
    """Run many replications, or those that a results folder lacks.

    Parameters
    ----------
    scenario : as `sim.load` gives it
    runs : number of replications, 1 to 10,000,000
    seed : root seed, 0 to 2**64 - 1; if left out the folder's, or a new one
    jobs : workers; all processors that may be used if left out
    out : results folder, or an address that fsspec knows (`s3://...`); if left out a temporary
        folder that goes with the ensemble
    progress : hears how it gets on
    executor : any `concurrent.futures.Executor` to use instead of own threads or processes
    fresh : discard what an earlier run left in `out`
    until : go on from `runs` until the results are this precise
    command : what the manifest records as the call
    called : what names the scenario on a command line, overrides included; its path if left out

    Returns
    -------
    Ensemble

    Raises
    ------
    ModelError : if a number is out of its range
    StoreError : if the folder holds other results, cannot be written, or another process writes
        there
    KeyboardInterrupt : on Ctrl-C, with what is kept and how to go on as its text
    """
    check_counts(runs, seed, jobs)
    place = Place(out)
    ensemble = Ensemble(scenario, begin(place, scenario, seed, fresh), place, runs)
    with Together(
        place,
        {"": ensemble},
        progress or Progress(),
        fresh=fresh,
        command=command,
        called={"": called},
    ) as together:
        together.fill(executor, jobs or processors(), until)
    return ensemble


def run_many(
    scenarios: Mapping[str, Scenario],
    *,
    runs: int = 1000,
    seed: int | None = None,
    jobs: int | None = None,
    out: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    fresh: bool = False,
    until: Until | None = None,
    command: str | None = None,
    called: Mapping[str, str] | None = None,
) -> dict[str, Ensemble]:
    """Run several scenarios on the same luck: one seed, and in turns, chunk by chunk.

    Parameters
    ----------
    scenarios : by the name under which they are compared; each gets the folder `out`/`slug(name)`,
        one as `run` writes
    runs, seed, jobs, out, progress, executor, fresh, until, command : as for `run`
    called : what names each scenario on a command line

    Returns
    -------
    ensembles by name; replication k of each has the same luck

    Raises
    ------
    as `run` does; ModelError too if two names give one folder
    """
    check_counts(runs, seed, jobs)
    folders = {name: slug(name) for name in scenarios}
    if len(set(folders.values())) < len(folders):
        raise ModelError(
            f"names of scenarios must differ in letters and digits, got {', '.join(scenarios)}"
        )
    home = Place(out)
    places = {name: home.under(folder) for name, folder in folders.items()}
    for name, scenario in scenarios.items():
        seed = begin(places[name], scenario, seed, fresh)
    assert seed is not None
    ensembles = {
        name: Ensemble(scenario, seed, places[name], runs) for name, scenario in scenarios.items()
    }
    with Together(
        home, ensembles, progress or Progress(), fresh=fresh, command=command, called=called or {}
    ) as together:
        together.fill(executor, jobs or processors(), until)
    return ensembles


def begin(place: Place, scenario: Scenario, seed: int | None, fresh: bool) -> int:
    """Have here what a run goes on from, and settle the seed."""
    if not fresh:
        place.fetch()
    return root_seed(scenario, seed, place.folder, fresh)


def slug(name: str) -> str:
    """A name as the name of a folder."""
    return re.sub(r"[^a-z0-9._-]+", "_", name.lower()).strip("._") or "scenario"


def check_counts(runs: int, seed: int | None, jobs: int | None) -> None:
    """Refuse numbers out of their range by a `ModelError`."""
    _within("runs", runs, 1, MOST_RUNS)
    _within("jobs", 1 if jobs is None else jobs, 1, MOST_JOBS)
    _within("seed", 0 if seed is None else seed, 0, MOST_SEED)


def _within(name: str, value: Any, low: int, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ModelError(f"{name}: must be a whole number from {low} to {high}, got {value!r}")


def root_seed(
    scenario: Scenario, seed: int | None, folder: Path | None = None, fresh: bool = False
) -> int:
    """The seed that was asked for, else that of the same scenario's results in the folder, else a new one."""
    if seed is not None:
        return seed
    manifest = None if fresh or folder is None else read_manifest(folder)
    if (
        manifest is not None
        and manifest.get("digest") == scenario.digest
        and isinstance(manifest.get("seed"), int)
    ):
        return int(manifest["seed"])
    return secrets.randbits(_NEW_SEED_BITS)


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def missing(spans: Sequence[Span], runs: int, size: int) -> Iterator[Span]:
    """Ranges still to be run, cut where the number is a multiple of `size`."""
    at = 0
    for span in (*spans, Span(runs, runs)):
        stop = min(span.first, runs)
        while at < stop:
            edge = min(stop, (at // size + 1) * size)
            yield Span(at, edge - 1)
            at = edge
        at = max(at, span.last + 1)


class Run:
    """One ensemble being made, once its folder is open."""

    def __init__(
        self, owner: int, store: Store, ensemble: Ensemble, template: Template, called: str
    ) -> None:
        self.owner, self.store, self.ensemble, self.template, self.called = (
            owner,
            store,
            ensemble,
            template,
            called,
        )
        self.scenario = ensemble.scenario
        self.slow = bool(template.python_policies)
        self.spans = store.finished(template.measures, template.horizon)

    def tasks(self) -> list[Task]:
        """What is still to be run."""
        shape, seed = (
            (len(self.template.measures), self.template.horizon),
            self.store.identity["seed"],
        )
        face, source, size = (
            (PYTHON_FACE, self.scenario, PYTHON_CHUNK)
            if self.slow
            else (COMPILED_FACE, self.template, CHUNK)
        )
        gaps = missing(self.spans, self.ensemble.size, size)
        return [
            Task(face, source, shape, seed, gap.first, gap.last - gap.first + 1, owner=self.owner)
            for gap in gaps
        ]

    def keep(self, rows: Rows) -> None:
        """Put a finished task on the disk."""
        span = self.store.add(rows, self.template.measures, self.scenario.outcomes)
        self.ensemble.place.put(*self.store.files(span))
        self.spans.append(span)

    def kept(self) -> int:
        """Replications on the disk, of those that are wanted."""
        return sum(
            max(0, min(span.last + 1, self.ensemble.size) - span.first) for span in self.spans
        )

    def note_beyond(self, progress: Progress) -> None:
        """Say so if the folder holds more than the tables."""
        beyond = max(span.last for span in self.spans) + 1 - self.ensemble.size
        if beyond > 0:
            progress.note(
                f"{self.ensemble.place} holds {beyond:,} replications more; the tables are of the first {self.ensemble.size:,}"
            )

    def finish(self) -> None:
        """Make the tables, and sign for them."""
        runs = self.ensemble.size
        trace = f"run_sim.py trace {self.called} --seed {self.store.identity['seed']} --replication"
        failed = consolidate(
            self.store,
            sorted(self.spans),
            Tables(runs, self.template.measures, list(self.scenario.outcomes), trace),
        )
        self.store.sign(runs=runs, failed=failed)
        self.ensemble.place.publish()


class Together:
    """One or several ensembles made on one crew; a context in which their folders are open to us alone."""

    def __init__(
        self,
        home: Place,
        ensembles: Mapping[str, Ensemble],
        progress: Progress,
        *,
        fresh: bool,
        command: str | None,
        called: Mapping[str, str | None],
    ) -> None:
        self.home, self.ensembles, self.progress = home, ensembles, progress
        self._fresh, self._command, self._called = fresh, command, called
        self._open = ExitStack()
        self.runs: list[Run] = []

    def __enter__(self) -> Self:
        with ExitStack() as opening:
            for owner, (name, ensemble) in enumerate(self.ensembles.items()):
                scenario = ensemble.scenario
                template = build(scenario)
                who = identity(scenario, ensemble.seed) | {
                    "policies": python_policies(scenario, template),
                    "command": self._command,
                }
                store = opening.enter_context(
                    Store(
                        ensemble.folder,
                        who,
                        scenario.resolved_text(),
                        self.progress.note,
                        fresh=self._fresh,
                    )
                )
                if self._fresh:
                    ensemble.place.clear()
                ensemble.place.publish()
                self.runs.append(
                    Run(
                        owner,
                        store,
                        ensemble,
                        template,
                        self._called.get(name) or str(scenario.path),
                    )
                )
            self._open = opening.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def fill(self, executor: Executor | None, jobs: int, until: Until | None = None) -> None:
        """Run what is missing, keep each chunk as soon as it is there, make the tables; go on while the results are not precise enough."""
        with self._accounting():
            while True:
                self._work(executor, jobs)
                for run in self.runs:
                    run.finish()
                size = self.runs[0].ensemble.size
                more = until.target(self.ensembles, size) if until else size
                if more <= size:
                    break
                for run in self.runs:
                    run.ensemble.grow(more)
            for run in self.runs:
                run.note_beyond(self.progress)

    def _work(self, executor: Executor | None, jobs: int) -> None:
        # in turns by number: killed anywhere, no scenario is a chunk ahead of another
        tasks = sorted(
            (task for run in self.runs for task in run.tasks()),
            key=lambda task: (task.first, task.owner),
        )
        total = sum(run.ensemble.size for run in self.runs)
        self.progress.start(total - sum(task.count for task in tasks), total)
        if not tasks:
            return
        self._get_ready()
        pool = self._pool(executor, min(jobs, len(tasks)))
        try:
            self._keep(
                ((task, perform(task)) for task in tasks) if pool is None else pool.work(tasks)
            )
        except KeyboardInterrupt:
            self._keep(() if pool is None else pool.stop())
            raise

    def _keep(self, results: Iterable[tuple[Task, Rows]]) -> None:
        for task, rows in results:
            self.runs[task.owner].keep(rows)
            self.progress.advance(rows.count)

    @contextmanager
    def _accounting(self) -> Iterator[None]:
        """Whatever ends the run early, say what is kept."""
        try:
            yield
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"stopped: {self._kept()}") from None
        except (StoreError, WorkersDied) as error:
            raise type(error)(f"{error}; {self._kept()}") from error

    def _kept(self) -> str:
        if not self.home.lasting:
            return "nothing is kept without a results folder"
        count, wanted = (
            sum(run.kept() for run in self.runs),
            sum(run.ensemble.size for run in self.runs),
        )
        return f"{count:,} of {wanted:,} replications are kept in {self.home}; the same command with --out {self.home} goes on from there"

    def _get_ready(self) -> None:
        """Compile before the workers start, and say what takes long."""
        if any(run.slow for run in self.runs):
            self.progress.note(
                "a policy in Python: these replications run through Mesa, which is many times slower"
            )
        for run in self.runs:
            if not run.slow:
                if not jit.is_ready():
                    self.progress.note("compiling the rules: once, for half a minute")
                return warm(run.template)
        return None

    def _pool(self, executor: Executor | None, jobs: int) -> WorkerPool | None:
        """Workers, or None where this thread does the work itself."""
        if executor is not None:
            return WorkerPool(lambda: executor, AHEAD * jobs, keep=True)
        if jobs == 1:
            return None
        return WorkerPool(
            partial(processes if any(run.slow for run in self.runs) else threads, jobs),
            AHEAD * jobs,
        )
