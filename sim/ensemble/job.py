"""One ensemble being made: what is missing, where finished rows go, and its tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from sim.engine.replication import draw_inputs
from sim.ensemble.arguments import Settings
from sim.ensemble.consolidate import Tables, consolidate
from sim.ensemble.engine import Engine, Inputs, Runner
from sim.ensemble.manifest import Manifest, manifest_for
from sim.ensemble.progress import Progress, note_of
from sim.ensemble.result import Ensemble
from sim.ensemble.store import Span, Store
from sim.ensemble.work import Rows, Task


def gaps(spans: Sequence[Span], runs: int, size: int) -> Iterator[Span]:
    """Ranges still to be run, cut where the number is a multiple of `size`.

    Parameters
    ----------
    spans : ranges that are there, in order
    runs : replications wanted
    size : replications in a chunk
    """
    at = 0
    for span in (*spans, Span(runs, runs)):
        stop = min(span.first, runs)
        while at < stop:
            edge = min(stop, (at // size + 1) * size)
            yield Span(at, edge - 1)
            at = edge
        at = max(at, span.last + 1)


class Job:
    """An ensemble being made; `open` its folder first.

    `engines` do the work: one, or that of each variant in a design, whose rows `runner` knows.
    `called` names the scenario on a command line, overrides included. `spans` are the ranges of
    replications on the disk.
    """

    store: Store

    def __init__(
        self,
        ensemble: Ensemble,
        engines: Sequence[Engine],
        called: str | None,
        runner: Runner | None = None,
    ) -> None:
        self.ensemble, self.engines = ensemble, engines
        self.runner: Runner = runner or engines[0]
        self.called = called or str(ensemble.scenario.path)
        self.template = engines[0].template
        self.chunk = min(engine.chunk for engine in engines)
        self.spans: list[Span] = []

    @contextmanager
    def open(self, settings: Settings) -> Iterator[None]:
        """Hold the folder for writing, and find what is there already."""
        ensemble, note = self.ensemble, settings.progress.note
        text = ensemble.scenario.resolved_text()
        manifest = self.manifest(settings)
        with Store(ensemble.folder, manifest, text, note, fresh=settings.fresh) as self.store:
            self.prepare()
            if settings.fresh:
                ensemble.location.clear()
            self.spans = self.store.finished_spans()
            ensemble.location.publish()
            yield

    def manifest(self, settings: Settings) -> Manifest:
        """What the folder will say of itself."""
        policies: dict[str, str] = {}
        for engine in self.engines:
            policies |= engine.policies() or {}
        scenario, seed = self.ensemble.scenario, self.ensemble.seed
        return manifest_for(scenario, seed, policies or None, settings.command)

    def prepare(self) -> None:
        """Write what belongs in the folder before any replication."""

    def inputs(self, span: Span) -> Inputs | None:
        """Values that a design gives to a range of rows."""
        return None

    def tasks(self, owner: int) -> list[Task]:
        """What is still to be run, for the ensemble with the number `owner`."""
        shape = len(self.template.measures), self.template.horizon
        return [
            Task(
                runner=self.runner,
                shape=shape,
                seed=self.ensemble.seed,
                first=gap.first,
                count=gap.count,
                inputs=self.inputs(gap),
                owner=owner,
            )
            for gap in gaps(self.spans, self.ensemble.size, self.chunk)
        ]

    def keep(self, rows: Rows) -> None:
        """Put a finished task on the disk."""
        span = self.store.add(rows, self.template.measures, self.ensemble.scenario.outcomes)
        self.ensemble.location.put(*self.store.files(span))
        self.spans.append(span)

    def n_kept(self) -> int:
        """Replications on the disk now, of those that are wanted."""
        size = self.ensemble.size
        there = (span for span in self.spans if self.store.files(span)[-1].exists())
        return sum(max(0, min(span.last + 1, size) - span.first) for span in there)

    def note_beyond(self, progress: Progress) -> None:
        """Say so if the folder holds more replications than the tables."""
        beyond = max(span.last for span in self.spans) + 1 - self.ensemble.size
        if beyond > 0:
            place = str(self.ensemble.location)
            progress.note(note_of("beyond", place=place, n=beyond, size=self.ensemble.size))

    def finish(self) -> None:
        """Write the tables, then the manifest that signs for them."""
        ensemble = self.ensemble
        trace = f"run_sim.py trace {self.called} --seed {ensemble.seed} --replication"
        outcomes = list(ensemble.scenario.outcomes)
        paths = [path for path, _, _ in self.template.uncertain]
        draw = partial(draw_inputs, self.template, ensemble.seed) if paths else None
        wanted = Tables(ensemble.size, self.template.measures, outcomes, trace, paths, draw)
        failed = consolidate(self.store, sorted(self.spans), wanted)
        self.store.sign_tables(runs=ensemble.size, failed=failed)
        ensemble.location.publish()
