"""Options that several commands share, with their bounds."""

from __future__ import annotations

from typing import Annotated

import typer

FORMATS = ("table", "json", "csv")
MOST_RUNS, MOST_JOBS, MOST_SEED, MOST_NUMBER = 10_000_000, 1024, 2**64 - 1, 2**63 - 1

Scenario = Annotated[str, typer.Argument(help="A scenario file, - for standard input, or a bundled scenario's name.")]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Set a value of the scenario by its dotted path, in the file's own unit; may be repeated. [default: none]"
    ),
]
Seed = Annotated[str | None, typer.Option("--seed", metavar="N", help="Root seed, a whole number from 0. [default: a new one, which is shown]")]
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback with an error. [default: no]")]
Jobs = Annotated[str | None, typer.Option("--jobs", metavar="N", help="Workers, a number from 1. [default: all processors]")]
Replication = Annotated[str, typer.Option("--replication", metavar="K", help="Number of the replication, from 0.")]
Language = Annotated[str, typer.Option("--language", metavar="TAG", help="Language of the page: en or fr; texts of the scenario stay as they are.")]
