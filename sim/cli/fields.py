"""The command `fields`: what a scenario file may say, from the one schema."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from sim.cli.options import Debug, Language, PageFormat
from sim.cli.parsers import BadUse

SUMMARY = "Show the fields of a scenario file: unit, range, default, usual values."

Path = Annotated[
    str,
    typer.Argument(
        metavar="[PATH]",
        help="A field or a part of a file, such as groups.base_rate; names of entries may be left "
        "out. [default: the parts of a file]",
    ),
]


def command(
    path: Path = "", form: PageFormat = "table", language: Language = "en", debug: Debug = False
) -> int:
    """Show the fields of a scenario file.

    Each with its unit, range, default and where that comes from; for numbers that are hard to know
    also a low, a typical and a high value, and a rule of thumb.

    Example: run_sim.py fields groups.base_rate
    """
    from sim.cli import field_tables
    from sim.scenario.catalogue import find, hint
    from sim.words import words

    found = find(path)
    if not found:
        raise BadUse(f"{path[:80]}: must be a field of a scenario ({hint(path)})")
    wording = words(language)
    leaves = [one for one in found if one.is_leaf]
    if form == "json":
        print(json.dumps([field_tables.as_json(one) for one in leaves], ensure_ascii=False))
    elif form == "markdown":
        print("\n".join(field_tables.page(found, wording)).rstrip())
    elif len(leaves) == 1:
        field_tables.print_field(leaves[0], wording)
    elif not path:
        top = [one for one in found if len(one.path) == 1]
        field_tables.print_table(top, wording.text("cli.fields.parts"), wording)
    else:
        field_tables.print_table(leaves, path, wording)
    return 0
