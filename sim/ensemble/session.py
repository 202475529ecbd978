"""One or several ensembles made by one pool of workers, chunk by chunk in turns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial

from sim.ensemble.arguments import Settings
from sim.ensemble.job import Job
from sim.ensemble.location import Location
from sim.ensemble.work import Rows, Task, perform
from sim.ensemble.workers import WorkerPool, WorkersLost, processes, threads
from sim.errors import StoreError
from sim.words.sentence import Sentence

#: Tasks handed out per worker: one to do and one to go on with.
AHEAD = 2


def make(home: Location, jobs: Mapping[str, Job], settings: Settings) -> None:
    """Run what ensembles lack, and write their tables.

    Each chunk is on the disk as soon as it is finished.

    Parameters
    ----------
    home : the folder of the results, or the one that holds those of all
    jobs : one for each ensemble, by name; all have the same number of replications
    settings : of the run

    Raises
    ------
    StoreError, WorkersLost, KeyboardInterrupt : with what is kept, and how to resume, in the text
    """
    with ExitStack() as folders:
        for job in jobs.values():
            folders.enter_context(job.open(settings))
        _Session(home, jobs, settings).fill()


class _Session:
    """Jobs whose folders are open."""

    def __init__(self, home: Location, jobs: Mapping[str, Job], settings: Settings) -> None:
        self.home, self.settings = home, settings
        self.ensembles = {name: job.ensemble for name, job in jobs.items()}
        self.jobs = list(jobs.values())

    def fill(self) -> None:
        """Run what is missing and write the tables."""
        with self._saying_what_is_kept():
            self._work()
            for job in self.jobs:
                job.finish()
            for job in self.jobs:
                job.note_beyond(self.settings.progress)

    def _work(self) -> None:
        # in turns by number: wherever a run is killed, no ensemble is a chunk ahead of another
        tasks = sorted(
            (task for owner, job in enumerate(self.jobs) for task in job.tasks(owner)),
            key=lambda task: (task.first, task.owner),
        )
        total = sum(job.ensemble.size for job in self.jobs)
        self.settings.progress.start(total - sum(task.count for task in tasks), total)
        if not tasks:
            return
        self._warm()
        pool = self._pool(len(tasks))
        try:
            self._keep(
                ((task, perform(task)) for task in tasks) if pool is None else pool.work(tasks)
            )
        except KeyboardInterrupt:
            self._keep(() if pool is None else pool.stop())
            raise

    def _keep(self, results: Iterable[tuple[Task, Rows]]) -> None:
        for task, rows in results:
            self.jobs[task.owner].keep(rows)
            self.settings.progress.advance(rows.count)

    def _warm(self) -> None:
        """Compile before the workers start; what a user has to wait for is said once."""
        said: set[Sentence] = set()

        def note(sentence: Sentence) -> None:
            if sentence not in said:
                said.add(sentence)
                self.settings.progress.note(sentence)

        for job in self.jobs:
            for engine in job.engines:
                engine.warm(note)

    def _pool(self, tasks: int) -> WorkerPool | None:
        """Workers, or None where this thread does the work itself."""
        jobs, executor = min(self.settings.jobs, tasks), self.settings.executor
        if executor is not None:
            note = self.settings.progress.note
            return WorkerPool(lambda: executor, AHEAD * jobs, keep=True, note=note)
        if jobs == 1:
            return None
        engines = [engine for job in self.jobs for engine in job.engines]
        workers = threads if all(engine.threads for engine in engines) else processes
        return WorkerPool(partial(workers, jobs), AHEAD * jobs)

    @contextmanager
    def _saying_what_is_kept(self) -> Iterator[None]:
        """Whatever ends the run early, say what is kept."""
        try:
            yield
        except KeyboardInterrupt:
            raise KeyboardInterrupt(f"stopped: {self._kept_text()}") from None
        except (StoreError, WorkersLost) as error:
            raise type(error)(f"{error}; {self._kept_text()}") from error

    def _kept_text(self) -> str:
        if not self.home.permanent:
            return "nothing is kept without a results folder"
        count = sum(job.n_kept() for job in self.jobs)
        if not self.home.folder.is_dir():
            return f"nothing is kept: {self.home} was removed meanwhile"
        wanted = sum(job.ensemble.size for job in self.jobs)
        return (
            f"{count:,} of {wanted:,} replications are kept in {self.home}; "
            f"the same command with --out {self.home} resumes there"
        )
