"""Pages of the docs that commands write: head and tables, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.words import Words

WIDTH = 100


def head_of(command: str, words: Words) -> Iterator[str]:
    """Title and first paragraph of the page of a command."""
    yield from (f"# {words.text(f'cli.{command}.title_of_page')}", "")
    yield from (*wrap(words.text(f"cli.{command}.page"), WIDTH, break_on_hyphens=False), "")


def rows_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Lines of a table in Markdown, and an empty one after it."""
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        cells = (cell.replace("|", "\\|").replace("\n", " ") for cell in row)
        yield f"| {' | '.join(cells)} |"
    yield ""
