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

    from sim.words import Words
    from sim.words.sentence import Sentence

SECONDS_BETWEEN_LINES = 20.0


class Quiet(Progress):
    """Notes alone, in the words of a language, without counts: another program reads the output."""

    def __init__(self, words: Words) -> None:
        self.words = words

    def note(self, sentence: Sentence) -> None:
        self.show(sentence(self.words))

    def show(self, text: str) -> None:
        """A line that is written already."""
        print(text, file=sys.stderr)


class Lines(Quiet):
    """A line every twenty seconds."""

    def __init__(self, words: Words, what: str) -> None:
        super().__init__(words)
        self.what = what
        self.done = self.total = 0
        self.last_line = time.monotonic()

    def start(self, done: int, total: int) -> None:
        self.done, self.total = done, total
        if done:
            self.show(self.words.text("cli.progress.there", done=done, total=total))

    def advance(self, count: int) -> None:
        self.done += count
        if time.monotonic() - self.last_line >= SECONDS_BETWEEN_LINES:
            self.last_line = time.monotonic()
            key = f"cli.progress.so_far.{self.what}"
            self.show(self.words.text(key, done=self.done, total=self.total))


class Bars(Quiet):
    """A bar with the time left."""

    def __init__(self, words: Words, what: str, bar: Bar) -> None:
        super().__init__(words)
        self.bar, self.what = bar, what
        self.task: TaskID | None = None

    def start(self, done: int, total: int) -> None:
        label = self.words.text(f"cli.progress.label.{self.what}")
        self.task = self.bar.add_task(label, total=total, completed=done)

    def advance(self, count: int) -> None:
        if self.task is not None:
            self.bar.advance(self.task, count)

    def show(self, text: str) -> None:
        self.bar.console.print(text, soft_wrap=True)


@contextmanager
def progress_display(words: Words, *, quiet: bool, what: str = "replications") -> Iterator[Quiet]:
    """Progress in the words of a language: a bar on a terminal, else lines, or notes if `quiet`.

    `what` is counted, a key of `cli.progress.label`.
    """
    if not sys.stderr.isatty():
        yield Quiet(words) if quiet else Lines(words, what)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    from sim.cli.tables import Screen

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Bar(*columns, console=Screen(stderr=True), transient=True) as bar:
        yield Bars(words, what, bar)
