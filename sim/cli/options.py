"""Options that several commands share, with their bounds."""

from __future__ import annotations

from typing import Annotated, NamedTuple

import typer

from sim.cli.words import BadUse, given, whole

FORMATS = ("table", "json", "csv")
MOST_RUNS, MOST_JOBS, MOST_SEED, MOST_NUMBER = 10_000_000, 1024, 2**64 - 1, 2**63 - 1

Scenario = Annotated[
    str, typer.Argument(help="A scenario file, - for standard input, or a bundled scenario's name.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="PATH=VALUE",
        help="Set a value of the scenario by its dotted path, in the file's own unit; may be repeated. [default: none]",
    ),
]
Seed = Annotated[
    str | None,
    typer.Option(
        "--seed",
        metavar="N",
        help="Root seed, a whole number from 0. [default: a new one, which is shown]",
    ),
]
Debug = Annotated[
    bool, typer.Option("--debug", help="Show a traceback with an error. [default: no]")
]
Jobs = Annotated[
    str | None,
    typer.Option("--jobs", metavar="N", help="Workers, a number from 1. [default: all processors]"),
]
Replication = Annotated[
    str, typer.Option("--replication", metavar="K", help="Number of the replication, from 0.")
]
Language = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="TAG",
        help="Language of the text: en or fr; texts of the scenario stay as they are.",
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--out",
        parser=given,
        metavar="DIR",
        help="Results folder, or an address such as s3://BUCKET/NAME; one that holds some replications gets the others. [default: results/ID-DIGEST-seedN]",
    ),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="tcp://HOST:PORT",
        help="Scheduler of a Dask cluster to run on. [default: none, this machine]",
    ),
]
Halfwidth = Annotated[
    str | None,
    typer.Option(
        "--until-halfwidth",
        metavar="W",
        help="Go on until every 95 % interval is at most 2 W wide, W between 0 and 0.5. [default: none]",
    ),
]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        metavar="OUTCOME",
        help="Only this outcome's interval counts for --until-halfwidth. [default: all]",
    ),
]
Ledger = Annotated[
    bool,
    typer.Option(
        "--ledger",
        help="Write every decision of the first replications into ledger/, with all that decided it. [default: no]",
    ),
]
LedgerRuns = Annotated[
    str | None,
    typer.Option(
        "--ledger-runs",
        metavar="N",
        help="Replications whose decisions --ledger writes, a number from 1. [default: 20]",
    ),
]
MaxRuns = Annotated[
    str,
    typer.Option(
        "--max-runs", metavar="N", help="Replications at which --until-halfwidth gives up."
    ),
]
DEFAULT_MAX_RUNS = "100000"
_LEDGER_RUNS = 20  # half a megabyte and a tenth of a second each for the largest bundled scenario


class Precision(NamedTuple):
    """How precise results are wanted: half-width of the 95 % interval, of one outcome or (None) of all, and the most replications."""

    halfwidth: float
    on: str | None
    most: int


def precise(width: float | None, on: str | None, max_runs: str, runs: int) -> Precision | None:
    """What `--until-halfwidth` (as a number), `--on` and `--max-runs` ask for, from `runs` on. Raise a `BadUse` if they cannot be obeyed."""
    most = whole("--max-runs", max_runs, 1, MOST_RUNS)
    if width is not None and most < runs:
        raise BadUse(
            f"--max-runs: must be at least --runs, {runs:,}, got {max_runs} (give a smaller --runs too)"
        )
    if width is not None:
        return Precision(width, on, most)
    if on is not None or max_runs != DEFAULT_MAX_RUNS:
        raise BadUse(
            "--on and --max-runs say how far --until-halfwidth goes: give it too (for example --until-halfwidth 0.02)"
        )
    return None


def noted(ledger: bool, runs: str | None) -> int | None:
    """How many replications `--ledger` and `--ledger-runs` ask to note, None for none. Raise a `BadUse` if they cannot be obeyed."""
    number = whole("--ledger-runs", runs, 1, MOST_RUNS)
    if number is not None and not ledger:
        raise BadUse(
            "--ledger-runs says how many replications --ledger writes: give it too (for example --ledger --ledger-runs 50)"
        )
    return (number or _LEDGER_RUNS) if ledger else None
