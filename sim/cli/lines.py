"""Lines that fit into the terminal; where there is none, a line is as long as its sentence."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap

LEAST_WIDTH = 30
#: A sign stays with what it belongs to: 86 %, « raid ».
_BOUND = re.compile(r" (?=[%»:;?!])|(?<=«) ")
_KEPT = "\N{NO-BREAK SPACE}"


def terminal_width() -> int | None:
    """How many columns the terminal has; None where the output goes to no terminal."""
    if not sys.stdout.isatty():
        return None
    return max(LEAST_WIDTH, shutil.get_terminal_size().columns)


def fill(text: str, width: int, first: str = "", others: str = "") -> str:
    """A text in lines of a width, the first and all others with an indent of their own."""
    lines = textwrap.fill(
        *(_BOUND.sub(_KEPT, text), width),
        initial_indent=first,
        subsequent_indent=others,
    )
    return lines.replace(_KEPT, " ")


def wrap_line(line: str) -> str:
    """A line as the terminal can show it: what does not fit goes on below it, indented further."""
    width = terminal_width()
    if width is None or len(line) <= width:
        return line
    indent = line[: len(line) - len(line.lstrip())]
    return fill(line.lstrip(), width, indent, f"{indent}  ")
