"""From a scenario to an ensemble: what is missing is cut into chunks, run, put into the store, and made one table.

Results depend on scenario, seed and number alone: chunks are cut by a rule that knows nothing of the workers.
"""

from __future__ import annotations

import os
import platform
import secrets
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import cache, partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import sim
from sim import jit
from sim.ensemble.consolidate import Tables, consolidate
from sim.ensemble.crew import Crew, WorkersDied, processes, threads
from sim.ensemble.result import Ensemble
from sim.ensemble.store import Span, Store, digest_of, read_manifest
from sim.ensemble.work import Rows, Task, perform
from sim.errors import ModelError, StoreError
from sim.replication import warm
from sim.scenario import Scenario
from sim.world import Template, build

#: Replications in a chunk: compiled ones take milliseconds each, those with a Python policy a good part of a second.
CHUNK, PYTHON_CHUNK = 250, 10
COMPILED_FACE, PYTHON_FACE = "sim.replication", "sim.model"
MOST_RUNS, MOST_JOBS, MOST_SEED = 10_000_000, 1024, 2**64 - 1

#: Tasks handed out per worker: one to do and one to go on with.
AHEAD = 2

_LIBRARIES = ("numpy", "scipy", "numba", "pandas", "pyarrow", "mesa")
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
    out : results folder; if left out a temporary one that goes with the ensemble
    progress : hears how it gets on
    executor : any `concurrent.futures.Executor` to use instead of own threads or processes
    fresh : discard what an earlier run left in `out`
    command : what the manifest records as the call
    called : what names the scenario on a command line, overrides included; its path if left out

    Returns
    -------
    Ensemble

    Raises
    ------
    ModelError : if a number is out of its range
    StoreError : if the folder holds other results, cannot be written, or another process writes there
    KeyboardInterrupt : on Ctrl-C, with what is kept and how to go on as its text
    """
    _within("runs", runs, 1, MOST_RUNS)
    _within("jobs", 1 if jobs is None else jobs, 1, MOST_JOBS)
    _within("seed", 0 if seed is None else seed, 0, MOST_SEED)
    progress = progress or Progress()
    template = build(scenario)
    policies = python_policies(scenario, template)
    folder = Path(tempfile.mkdtemp(prefix="escalation-") if out is None else out)
    seed = settled_seed(scenario, seed, folder, fresh)
    ensemble = Ensemble(scenario, seed, folder, runs, temporary=out is None)
    who = identity(scenario, seed) | {"policies": policies, "command": command}
    with Store(folder, who, scenario.resolved_text(), progress.note, fresh=fresh) as store:
        this = Run(store, ensemble, template, progress, called or str(scenario.path), lasting=out is not None)
        with this.accounting():
            this.fill(executor, jobs or processors())
            this.finish()
    return ensemble


def _within(name: str, value: Any, low: int, high: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
        raise ModelError(f"{name}: must be a whole number from {low} to {high}, got {value!r}")


def settled_seed(scenario: Scenario, seed: int | None, folder: Path | None = None, fresh: bool = False) -> int:
    """The seed that was asked for, else that of the same scenario's results in the folder, else a new one."""
    if seed is not None:
        return seed
    manifest = None if fresh or folder is None else read_manifest(folder)
    if manifest is not None and manifest.get("digest") == scenario.digest and isinstance(manifest.get("seed"), int):
        return int(manifest["seed"])
    return secrets.randbits(_NEW_SEED_BITS)


def processors() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def python_policies(scenario: Scenario, template: Template) -> dict[str, str] | None:
    """Digests of the files of the Python policies that a scenario names, by path; None without any.

    Raise a `ModelError` if one cannot be loaded: that is bad input, and not a failure of each replication.
    """
    if not template.python_policies:
        return None
    from sim.model import own  # Mesa, which takes a second to import

    own.classes_of(template, scenario.path.parent, {})
    return own.digests(template, scenario.path.parent)


def identity(scenario: Scenario, seed: int) -> dict[str, Any]:
    """What a manifest says of a run; the parts in `store.AGREE` and `AGREE_VERSIONS` decide what may be mixed."""
    return {
        "created_by": f"escalation {sim.__version__}",
        "scenario": scenario.id,
        "title": scenario.title,
        "digest": scenario.digest,
        "seed": seed,
        "engine": engine(),
        "versions": {"escalation": sim.__version__, "python": platform.python_version(), **{name: _version(name) for name in _LIBRARIES}},
        "environment": jit.environment(),
    }


@cache
def engine() -> str:
    """Digest of the text of the rules, as this process read it."""
    return digest_of(jit.sources(Path(jit.__file__).parent))


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "none"


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
    """One call of `run`, once its folder is open."""

    def __init__(self, store: Store, ensemble: Ensemble, template: Template, progress: Progress, called: str, *, lasting: bool) -> None:
        self.store, self.template, self.progress, self.called, self.lasting = store, template, progress, called, lasting
        self.scenario, self.runs = ensemble.scenario, ensemble.size
        self.slow = bool(template.python_policies)
        self.spans = store.finished(template.measures, template.horizon)

    def tasks(self) -> list[Task]:
        """What is still to be run."""
        shape, seed = (len(self.template.measures), self.template.horizon), self.store.identity["seed"]
        face, source, size = (PYTHON_FACE, self.scenario, PYTHON_CHUNK) if self.slow else (COMPILED_FACE, self.template, CHUNK)
        return [Task(face, source, shape, seed, gap.first, gap.last - gap.first + 1) for gap in missing(self.spans, self.runs, size)]

    def fill(self, executor: Executor | None, jobs: int) -> None:
        """Run what is missing and keep it, each chunk as soon as it is there."""
        tasks = self.tasks()
        self.progress.start(self.runs - sum(task.count for task in tasks), self.runs)
        if not tasks:
            return
        self._get_ready()
        crew = self._crew(executor, min(jobs, len(tasks)))
        try:
            self._keep(map(perform, tasks) if crew is None else crew.work(tasks))
        except KeyboardInterrupt:
            self._keep(() if crew is None else crew.stop())
            raise

    def finish(self) -> None:
        """Make the tables, and sign for them."""
        beyond = max(span.last for span in self.spans) + 1 - self.runs
        if beyond > 0:
            self.progress.note(f"{self.store.folder} holds {beyond:,} replications more; the tables are of the first {self.runs:,}")
        trace = f"run_sim.py trace {self.called} --seed {self.store.identity['seed']} --replication"
        failed = consolidate(self.store, sorted(self.spans), Tables(self.runs, self.template.measures, list(self.scenario.outcomes), trace))
        self.store.sign(runs=self.runs, failed=failed)

    @contextmanager
    def accounting(self) -> Iterator[None]:
        """Whatever ends the run early, say what is kept."""
        try:
            yield
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"stopped: {self._kept()}") from None
        except (StoreError, WorkersDied) as error:
            raise type(error)(f"{error}; {self._kept()}") from error

    def _keep(self, results: Iterable[Rows]) -> None:
        for rows in results:
            self.spans.append(self.store.add(rows, self.template.measures, self.scenario.outcomes))
            self.progress.advance(rows.count)

    def _kept(self) -> str:
        count = sum(max(0, min(span.last + 1, self.runs) - span.first) for span in self.spans)
        if not self.lasting:
            return "nothing is kept without a results folder"
        return f"{count:,} of {self.runs:,} replications are kept in {self.store.folder}; the same command with --out {self.store.folder} goes on from there"

    def _get_ready(self) -> None:
        """Compile before the workers start, and say what takes long."""
        if self.slow:
            self.progress.note("a policy in Python: these replications run through Mesa, which is many times slower")
            return
        if jit.COMPILED and (jit.CACHE is None or not any(jit.CACHE.rglob("*.nbi"))):
            self.progress.note("compiling the rules: once, for a minute or two")
        warm(self.template)

    def _crew(self, executor: Executor | None, jobs: int) -> Crew | None:
        """Workers, or None where this thread does the work itself."""
        if executor is not None:
            return Crew(lambda: executor, AHEAD * jobs, keep=True)
        if jobs == 1:
            return None
        return Crew(partial(processes if self.slow else threads, jobs), AHEAD * jobs)
