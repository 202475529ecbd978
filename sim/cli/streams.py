"""The standard streams while a command runs: nothing written to them can command a terminal.

Whatever is printed may quote a stranger: a name of a scenario, a file, an exception. So control
codes are taken out where text leaves the program, once for all prints. Rich writes its own colours
past this, from text that `sim.cli.tables.Screen` has cleaned.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sim.printable import without_codes


class PrintableStream:
    """A text stream that is written to without control codes; all else is the stream's own."""

    def __init__(self, stream: Any) -> None:
        self.rich_proxied_file = stream  # where Rich looks for the stream behind a proxy

    def write(self, text: str) -> int:
        with self._with_name():
            self.rich_proxied_file.write(without_codes(text))
        return len(text)

    def flush(self) -> None:
        """Hand on what was written; see `_with_name`."""
        with self._with_name():
            self.rich_proxied_file.flush()

    @contextmanager
    def _with_name(self) -> Iterator[None]:
        """Whatever goes wrong is said with the stream's name; of stderr nothing can be said."""
        try:
            yield
        except OSError as error:
            if self.rich_proxied_file is sys.__stderr__:
                return
            error.filename = error.filename or "standard output"
            raise

    def __getattr__(self, name: str) -> Any:
        return getattr(self.rich_proxied_file, name)


@contextmanager
def printable_streams() -> Iterator[None]:
    """Standard output and errors in UTF-8 for a program, as JSON needs it; else as a terminal can.

    Control codes are taken out of all that is written in this block.
    """
    _open_closed()
    before = sys.stdout, sys.stderr
    for stream in before:
        if isinstance(stream, io.TextIOWrapper):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")
    sys.stdout, sys.stderr = map(PrintableStream, before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _open_closed() -> None:
    """Open what the caller closed (`>&-`): no file of results may take the number of a stream."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115
