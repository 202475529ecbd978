"""The standard streams while a command runs: nothing written to them can command a terminal.

Whatever is printed may quote a stranger: a name of a scenario, a file, an exception. So control
codes are taken out where text leaves the program, once for all prints. Rich writes its own colours
past this, from text that `sim.cli.tables.Screen` has cleaned.
"""

from __future__ import annotations

import io
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
        self.rich_proxied_file.write(without_codes(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.rich_proxied_file, name)


@contextmanager
def printable_streams() -> Iterator[None]:
    """Standard output and errors in UTF-8 for a program, as JSON needs it; else as a terminal can.

    Control codes are taken out of all that is written in this block.
    """
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
