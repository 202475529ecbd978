"""The command `new`: a scenario of your own that runs at once."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.bundle import bundled_names as names
from sim.cli.options import Debug, Language
from sim.cli.parsers import BadUse, whole
from sim.cli.scenarios import ENDINGS, find, read

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


def _option(kind: str, default: int) -> object:
    low = _LEAST[kind]
    return typer.Option(
        f"--{kind}",
        parser=_names_of(kind),
        metavar="N|NAMES",
        help=f"Number of {kind}, from {low} to {_MOST}, or their names, a,b. "
        f"[default: {default}; asked on a terminal]",
    )


def _names_of(kind: str) -> Callable[[str], tuple[str, ...]]:
    """A parser of a number of actors, or of their names."""

    def parse(word: str) -> tuple[str, ...]:
        from sim.scenario.spec import NAME, NAME_RULES
        from sim.scenario.template import usual_names

        low = _LEAST[kind]
        if not re.search("[a-z]", word):
            return usual_names(kind, whole(f"--{kind}", low, _MOST)(word))
        names = tuple(name.strip() for name in word.split(","))
        for name in names:
            if not re.fullmatch(NAME, name):
                given = f"{name[:40] or 'nothing'}{_spelling(name)}"
                raise BadUse(f"--{kind}: {NAME_RULES[NAME]}, got {given}")
        if not low <= len(names) <= _MOST or len(set(names)) < len(names):
            raise BadUse(f"--{kind}: must be {low} to {_MOST} different names, got {word[:80]}")
        return names

    return parse


States = Annotated[tuple | None, _option("states", 2)]
Groups = Annotated[tuple | None, _option("groups", 1)]
Mediators = Annotated[tuple | None, _option("mediators", 1)]
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

    Example: run_sim.py new my_case --states coral_isles,mainland --mediators 2
    """
    from sim.files import make_folder, write_file
    from sim.words import words

    wording = words(language)
    path = _path(name)
    if path.exists() and not force:
        raise BadUse(f"{path}: must be a new file, got one that is there (--force writes over it)")
    given = {"states": states, "groups": groups, "mediators": mediators}
    if base is None:
        text = _new(path.stem, _cast(given, wording), wording)
    elif wrong := next((key for key, value in given.items() if value is not None), None):
        raise BadUse(f"--{wrong} is of a scenario from nothing: leave it or --from out")
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
        raise BadUse(f"{name[:80]}: {NAME_RULES[ID]}{_spelling(path.stem)}")
    return path


def _spelling(name: str) -> str:
    """` (write ...)`: how a name with accents, capitals or spaces stands in a file; or nothing."""
    from unicodedata import normalize

    plain = normalize("NFKD", name[:40]).encode("ascii", "ignore").decode().lower()
    fit = re.sub("[^a-z0-9]+", "_", plain).strip("_")
    return f" (write {fit})" if re.fullmatch("[a-z][a-z0-9_]*", fit) else ""


def _cast(given: Mapping[str, tuple[str, ...] | None], words: Words) -> Cast:
    """The names of each kind: as given, as answered on a terminal, or the usual ones.

    Raises
    ------
    BadUse : if one name is given twice
    """
    from sim.scenario.template import USUAL, Cast, usual_names

    found = {}
    for kind, stated in given.items():
        if stated is None and sys.stdin.isatty():
            found[kind] = _ask(kind, words)
        else:
            found[kind] = usual_names(kind, USUAL[kind]) if stated is None else stated
    everybody = [name for names in found.values() for name in names]
    twice = next((name for name in everybody if everybody.count(name) > 1), None)
    if twice is not None:
        raise BadUse(f"{twice}: must be the name of one actor only, got it twice")
    return Cast(**found)


def _ask(kind: str, words: Words) -> tuple[str, ...]:
    """A number or names from the terminal; an empty answer is the usual number."""
    from sim.scenario.template import USUAL, usual_names

    default = USUAL[kind]
    text = words.text(f"cli.new.ask.{kind}", low=_LEAST[kind], high=_MOST, default=default)
    while True:
        print(text, end=" ", flush=True)
        answer = sys.stdin.readline().strip()
        if not answer:
            return usual_names(kind, default)
        try:
            return _names_of(kind)(answer)
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
