"""The command `fmt`: scenario files in one layout."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.exit_codes import BAD_INPUT, DONE, PARTLY_FAILED
from sim.cli.options import Debug, Language
from sim.cli.scenarios import STDIN, find, text_of
from sim.errors import ScenarioError

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


def command(
    files: Files, check: Check = False, language: Language = "en", debug: Debug = False
) -> int:
    """Put the keys of scenario files into the order of the schema, comments with them.

    Lines are moved and not written anew: comments, quotes and the names of entries stay as they
    are, and what the file says is compared before and after. Doing it twice changes nothing. With
    --check the exit code is 1 if a file would change.

    Example: run_sim.py fmt scenarios/two_states.yaml
    """
    from sim.words import words

    wording, code = words(language), DONE
    for word in files:
        try:
            data, shown = text_of(word)
            made = _in_layout(data, shown)
        except ScenarioError as error:
            print(error, file=sys.stderr)
            code = BAD_INPUT
            continue
        if word == STDIN and not check:
            print(made, end="")
        elif made.encode() == data:
            print(wording.text("cli.fmt.is", place=shown))
        else:
            print(wording.text(f"cli.fmt.{'would' if check else 'done'}", place=shown))
            if check:
                code = max(code, PARTLY_FAILED)
            else:
                _write(find(word), made)
    return code


def _in_layout(data: bytes, shown: str) -> str:
    from sim.scenario.layout import in_layout
    from sim.scenario.reading import Unreadable

    try:
        return in_layout(data, shown)
    except Unreadable as error:
        raise ScenarioError([error.problem]) from error


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all; a link stays one, and its file has the mode that it had."""
    from sim.files import write_file

    target = Path(os.path.realpath(path))
    mode = target.stat().st_mode
    write_file(target, text)
    target.chmod(mode)
