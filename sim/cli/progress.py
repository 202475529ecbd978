"""Progress on stderr: a bar with the time left on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.ensemble.progress import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

SECONDS_BETWEEN_LINES = 20.0


class Quiet(Progress):
    """Notes alone, without counts: for output that another program reads."""

    def note(self, text: str) -> None:
        print(text, file=sys.stderr)


class Lines(Quiet):
    """A line every twenty seconds."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.done = self.total = 0
        self.last_line = time.monotonic()

    def start(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if done:
            self.note(f"{done:,} of {total:,} {self.what} are there already")

    def advance(self, count: int) -> None:
        self.done += count
        if time.monotonic() - self.last_line >= SECONDS_BETWEEN_LINES:
            self.last_line = time.monotonic()
            self.note(f"{self.done:,} of {self.total:,} {self.what}")


class Bars(Progress):
    """A bar with the time left."""

    def __init__(self, bar: Bar, what: str) -> None:
        self.bar, self.what = bar, what
        self.task: TaskID | None = None

    def start(self, done: int, total: int) -> None:
        self.task = self.bar.add_task(self.what, total=total, completed=done)

    def advance(self, count: int) -> None:
        if self.task is not None:
            self.bar.advance(self.task, count)

    def note(self, text: str) -> None:
        self.bar.console.print(text, highlight=False, markup=False, soft_wrap=True)


@contextmanager
def progress_display(*, quiet: bool, what: str = "replications") -> Iterator[Progress]:
    """Progress of the `what`: a bar on a terminal, else lines, or notes alone if `quiet`."""
    if not sys.stderr.isatty():
        yield Quiet() if quiet else Lines(what)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Bars(bar, what)
