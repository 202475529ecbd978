"""A results folder on this machine, as `rerun` and `export` take it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.parsers import BadUse

Folder = Annotated[
    str,
    typer.Argument(
        metavar="FOLDER",
        help="Results of a run or a study, or a folder of several, as `compare` leaves it.",
    ),
]


def results_folder(word: str) -> Path:
    """The folder that a word names.

    Raises
    ------
    BadUse : for an address of another machine
    StoreError : for what is no name of a folder
    """
    from sim.files import place

    found = place(word)
    if isinstance(found, str):
        raise BadUse(f"{word}: must be a folder on this machine (copy the results here first)")
    return found
