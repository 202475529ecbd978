"""The command `new`: a scenario of your own that runs at once."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.options import Debug, Language
from sim.cli.parsers import BadUse, whole
from sim.cli.scenarios import ENDINGS, find, names, read

if TYPE_CHECKING:
    from sim.scenario.template import Cast
    from sim.words import Words

SUMMARY = "Write a scenario of your own, commented, that runs at once."
_MOST = 12
_LEAST = {"states": 2, "groups": 0, "mediators": 0}

Name = Annotated[
    str,
    typer.Argument(help="Name of the scenario, or its file: lower-case letters, digits, _."),
]
From = Annotated[
    str | None,
    typer.Option(
        "--from",
        metavar="SCENARIO",
        help="Extend this scenario: the new file says what differs. [default: none]",
    ),
]


def _option(name: str, default: int) -> object:
    low = _LEAST[name]
    return typer.Option(
        f"--{name}",
        parser=whole(f"--{name}", low, _MOST),
        metavar="N",
        help=f"Number of {name}, from {low} to {_MOST}. [default: {default}; asked on a terminal]",
    )


States = Annotated[int | None, _option("states", 2)]
Groups = Annotated[int | None, _option("groups", 1)]
Mediators = Annotated[int | None, _option("mediators", 1)]
Force = Annotated[
    bool, typer.Option("--force", help="Write over a file that is there. [default: no]")
]


def command(
    name: Name,
    base: From = None,
    states: States = None,
    groups: Groups = None,
    mediators: Mediators = None,
    force: Force = False,
    language: Language = "en",
    debug: Debug = False,
) -> int:
    """Write a new scenario file into this folder, with comments and rules of thumb.

    It has no errors and no warnings, and can be run before anything is changed. On a terminal the
    numbers of states, groups and mediators are asked for where no option gives them.

    Example: run_sim.py new my_case --states 3 --mediators 2
    """
    from sim.files import make_folder, write_file
    from sim.words import words

    wording = words(language)
    path = _path(name)
    if path.exists() and not force:
        raise BadUse(f"{path}: must be a new file, got one that is there (--force writes over it)")
    counts = {"states": states, "groups": groups, "mediators": mediators}
    if base is None:
        text = _new(path.stem, _cast(counts, wording), wording)
    elif given := next((key for key, value in counts.items() if value is not None), None):
        raise BadUse(f"--{given} is of a scenario from nothing: leave it or --from out")
    else:
        text = _child(path, base, wording)
    make_folder(path.parent)
    write_file(path, text)
    print(wording.text("cli.new.written", place=path))
    return 0


def _path(name: str) -> Path:
    """The file that a name means.

    Raises
    ------
    BadUse : if its last part cannot be the id of a scenario
    """
    from sim.scenario.spec import ID, NAME_RULES

    path = Path(name if name.endswith(ENDINGS) else f"{name}.yaml")
    if not re.fullmatch(ID, path.stem):
        raise BadUse(f"{name[:80]}: {NAME_RULES[ID]}")
    return path


def _cast(counts: dict[str, int | None], words: Words) -> Cast:
    """How many of each: as given, as answered on a terminal, or the default."""
    from sim.scenario.template import Cast

    found = {}
    for key, value in counts.items():
        default = Cast._field_defaults[key]
        if value is None and sys.stdin.isatty():
            value = _ask(key, default, words)
        found[key] = default if value is None else value
    return Cast(**found)


def _ask(key: str, default: int, words: Words) -> int:
    """A number from the terminal; an empty answer is the default."""
    text = words.text(f"cli.new.ask.{key}", low=_LEAST[key], high=_MOST, default=default)
    while True:
        print(text, end=" ", flush=True)
        answer = sys.stdin.readline().strip()
        if not answer:
            return default
        try:
            return whole(f"--{key}", _LEAST[key], _MOST)(answer)
        except BadUse as error:
            print(error, file=sys.stderr)


def _new(name: str, cast: Cast, words: Words) -> str:
    from sim.scenario.template import template

    return template(name, cast, words)


def _child(path: Path, base: str, words: Words) -> str:
    from sim.scenario.template import child

    scenario = read(base)
    numbers = scenario.numbers()
    levers = [
        (lever.path, numbers[lever.path].value, lever.label) for lever in scenario.file.levers
    ]
    named = base if base in names() and not os.path.exists(base) else None
    source = named or Path(os.path.relpath(find(base), path.parent)).as_posix()
    return child(path.stem, source, scenario.title, levers, words)
