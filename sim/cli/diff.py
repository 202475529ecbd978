"""The command `diff`: in what two scenarios differ."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import Debug, Language, PageFormat
from sim.cli.scenarios import read, text_of

if TYPE_CHECKING:
    from sim.scenario import Change
    from sim.words import Words

SUMMARY = "Show in what two scenarios differ, path by path."

Before = Annotated[
    str,
    typer.Argument(
        metavar="A", help="A scenario file, - for standard input, or a bundled scenario's name."
    ),
]
After = Annotated[str, typer.Argument(metavar="B", help="The same.")]
Notes = Annotated[
    bool,
    typer.Option(
        "--notes",
        help="Show titles, notes, levers and the lesson too, which move no result. [default: no]",
    ),
]
Written = Annotated[
    bool,
    typer.Option(
        "--written",
        help="Compare what the two files themselves say, without what they extend and without "
        "defaults. [default: no]",
    ),
]


def command(
    before: Before,
    after: After,
    own: Written = False,
    notes: Notes = False,
    form: PageFormat = "table",
    language: Language = "en",
    debug: Debug = False,
) -> int:
    """Show every value that is not the same in two scenarios, in full or as they are written.

    Each with its unit and with what the field means.

    Example: run_sim.py diff af_pk_2026 af_pk_2026_no_guarantees
    """
    from sim.scenario import changes
    from sim.words import words

    if own:
        found = _as_written(before, after)
    else:
        found = changes(read(before).file, read(after).file)
    if form == "json":
        print(json.dumps([one._asdict() for one in found], ensure_ascii=False))
        return 0
    shown = [one for one in found if one.moves or notes]
    wording = words(language)
    heads = [wording.text("cli.diff.path"), before, after]
    heads += [wording.text(f"cli.diff.{key}") for key in ("unit", "meaning")]
    _print(shown, heads, form, wording)
    if hidden := len(found) - len(shown):
        print(wording.text("cli.diff.notes", n=hidden))
    return 0


def _as_written(before: str, after: str) -> list[Change]:
    from sim.errors import ScenarioError
    from sim.scenario.diff import leaf_changes
    from sim.scenario.own_text import written_leaves
    from sim.scenario.reading import Unreadable

    try:
        return leaf_changes(*(written_leaves(*text_of(word)) for word in (before, after)))
    except Unreadable as error:
        raise ScenarioError([error.problem]) from error


def _print(shown: Sequence[Change], heads: list[str], form: str, words: Words) -> None:
    from sim.cli.markdown import rows_of
    from sim.cli.tables import screen, table_of
    from sim.scenario.catalogue import meaning
    from sim.words import NONE

    rows = [
        (one.path, one.before or NONE, one.after or NONE, one.unit, meaning(one.path))
        for one in shown
    ]
    if not rows:
        print(words.text("cli.diff.same"))
    elif form == "markdown":
        print("\n".join(rows_of(heads, rows)).rstrip())
    else:
        table = table_of("", heads[0])
        for head in heads[1:]:
            table.add_column(head, overflow="fold")
        for row in rows:
            table.add_row(*row)
        screen().print(table)
