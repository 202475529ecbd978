"""The command `fmt`: scenario files in one layout."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.exit_codes import BAD_INPUT, DONE, PARTLY_FAILED
from sim.cli.options import Debug, Language
from sim.cli.parsers import BadUse
from sim.cli.scenarios import STDIN, find, text_of
from sim.errors import ScenarioError, SimError
from sim.printable import printable

if TYPE_CHECKING:
    from sim.scenario.upgrade import Change

SUMMARY = "Put the keys of scenario files in order, with their comments."

Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILES...",
        help="Scenario files, or - for standard input, whose text is printed.",
    ),
]
Check = Annotated[
    bool,
    typer.Option("--check", help="Write nothing; name the files that would change. [default: no]"),
]
Upgrade = Annotated[
    bool,
    typer.Option(
        "--upgrade",
        help="Bring a file of an older version up to date too; what it was is kept as FILE.old.  "
        "[default: no]",
    ),
]


def command(
    files: Files,
    check: Check = False,
    upgrade: Upgrade = False,
    language: Language = "en",
    debug: Debug = False,
) -> int:
    """Put the keys of scenario files into the order of the schema, comments with them.

    Lines are moved and not written anew: comments, quotes and the names of entries stay as they
    are, and what the file says is compared before and after. Doing it twice changes nothing. With
    --check the exit code is 1 if a file would change.

    --upgrade writes what an older version called by another name as this one reads it, leaves out
    what is gone, says each change, and keeps the file as it was beside it.

    Example: run_sim.py fmt scenarios/two_states.yaml
    """
    from sim.words import words

    wording, code = words(language), DONE
    for word in files:
        try:
            data, shown = text_of(word)
            made, changes = _new_text(data, shown, upgrade=upgrade)
            changed = made.encode() != data
            if changed and word != STDIN and not check:
                if changes:
                    _keep(find(word))
                _write(find(word), made)
        except SimError as error:
            print(error, file=sys.stderr)
            code = BAD_INPUT
            continue
        for change in changes:
            about = {"path": change.path, "detail": change.detail, "given": change.given}
            told = wording.text(f"cli.fmt.{change.how}", place=shown, **about)
            print(printable(told), file=sys.stderr if word == STDIN else sys.stdout)
        if word == STDIN and not check:
            print(made, end="")
            continue
        how = "is" if not changed else "would" if check else "done"
        print(wording.text(f"cli.fmt.{how}", place=shown))
        if how == "would":
            code = max(code, PARTLY_FAILED)
    return code


def _new_text(data: bytes, shown: str, *, upgrade: bool) -> tuple[str, list[Change]]:
    """The text of a file in its layout, and what is changed beside its order."""
    from sim.scenario import upgrade as older
    from sim.scenario.layout import in_layout
    from sim.scenario.reading import Unreadable

    try:
        return older.upgrade(data, shown) if upgrade else (in_layout(data, shown), [])
    except Unreadable as error:
        raise ScenarioError([error.problem]) from error


def _keep(path: Path) -> None:
    """Keep what a file was beside it, and never over another file."""
    from sim.files import write_file

    kept, data = path.with_name(f"{path.name}.old"), path.read_bytes()
    if kept.exists() and kept.read_bytes() != data:
        hint = "it is kept as it was; move it away"
        raise BadUse(f"{kept}: must be free for the file as it was, got another file ({hint})")
    write_file(kept, data)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all; a link stays one, and its file has the mode that it had."""
    from sim.files import write_file

    target = Path(os.path.realpath(path))
    mode = target.stat().st_mode
    write_file(target, text)
    target.chmod(mode)
