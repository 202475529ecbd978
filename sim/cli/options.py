"""Options that several commands share, each with its parser and bounds."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from sim.call import ALLOW_PYTHON
from sim.cli.engine import give_consent
from sim.cli.parsers import BadUse, address, one_of, path, setting, whole
from sim.plain import MOST_JOBS, MOST_NUMBER, MOST_RUNS, MOST_SEED

if TYPE_CHECKING:
    from sim.words import Words

FORMATS = ("table", "json", "csv")
PAGE_FORMATS = ("table", "json", "markdown")
DEFAULT_MAX_RUNS = 100_000
_WIDTH_DIGITS = 4
_STEP = 250  # replications, of which a multiple is advised
_LEDGER_RUNS = 20  # half a megabyte and a tenth of a second each for the largest bundled scenario

Scenario = Annotated[
    str, typer.Argument(help="A scenario file, - for standard input, or a bundled scenario's name.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        parser=setting,
        metavar="PATH=VALUE",
        help="Set a value of the scenario by its dotted path, in the file's own unit; may be "
        "repeated. [default: none]",
    ),
]
Runs = Annotated[
    int,
    typer.Option(
        "--runs",
        parser=whole("--runs", 1, MOST_RUNS),
        metavar="N",
        help="Replications, a number from 1.",
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        "--seed",
        parser=whole("--seed", 0, MOST_SEED),
        metavar="N",
        help="Root seed, a whole number from 0. [default: a new one, which is shown]",
    ),
]
FixedSeed = Annotated[
    int,
    typer.Option(
        "--seed",
        parser=whole("--seed", 0, MOST_SEED),
        metavar="N",
        help="Root seed, a whole number from 0.",
    ),
]
Jobs = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        parser=whole("--jobs", 1, MOST_JOBS),
        metavar="N",
        help="Workers, a number from 1. [default: all processors]",
    ),
]
Replication = Annotated[
    int,
    typer.Option(
        "--replication",
        parser=whole("--replication", 0, MOST_NUMBER),
        metavar="K",
        help="Number of the replication, from 0.",
    ),
]
Story = Annotated[
    str | None,
    typer.Option(
        "--pick",
        metavar="STORY",
        help="The first replication in which this happens, in place of --replication: an outcome "
        "class, “first war”, “truce” or “broken truce”. [default: none]",
    ),
]
Language = Annotated[
    str,
    typer.Option(
        "--language",
        metavar="TAG",
        help="Language of the text: en or fr; texts of the scenario are in it if its file gives "
        "them.",
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--out",
        parser=address,
        metavar="DIR",
        help="Results folder, or an address such as s3://BUCKET/NAME; an existing folder is "
        "resumed. [default: results/ID-DIGEST-seedN]",
    ),
]
OutFile = Annotated[
    Path | None,
    typer.Option(
        "--out",
        parser=path,
        metavar="FILE",
        help="A figure of the terms or of the turning points: .png, .svg, or .html with the words. "
        "[default: none]",
    ),
]
Format = Annotated[
    str,
    typer.Option(
        "--format",
        parser=one_of("--format", FORMATS),
        metavar="table|json|csv",
        help="How to print the results.",
    ),
]
ShortFormat = Annotated[
    str,
    typer.Option(
        "--format",
        parser=one_of("--format", ("table", "json")),
        metavar="table|json",
        help="How to print the findings; JSON has all of them.",
    ),
]
PageFormat = Annotated[
    str,
    typer.Option(
        "--format",
        parser=one_of("--format", PAGE_FORMATS),
        metavar="table|json|markdown",
        help="How to print it; markdown is a page of the docs.",
    ),
]
Report = Annotated[bool, typer.Option("--report/--no-report", help="Write figures and a page.")]
Fresh = Annotated[
    bool,
    typer.Option("--fresh", help="Discard what an earlier run left in the folder. [default: no]"),
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="tcp://HOST:PORT",
        help="Scheduler of a Dask cluster to run on. [default: none, this machine]",
    ),
]
MaxRuns = Annotated[
    int,
    typer.Option(
        "--max-runs",
        parser=whole("--max-runs", 1, MOST_RUNS),
        metavar="N",
        help="Upper limit on replications for --until-halfwidth.",
    ),
]
AllowPython = Annotated[
    bool,
    typer.Option(
        ALLOW_PYTHON,
        callback=give_consent,
        help="Run the Python policies that the scenario names: programs, which can do all that you "
        "can. [default: no]",
    ),
]
Debug = Annotated[
    bool, typer.Option("--debug", help="Show a traceback with an error. [default: no]")
]


class Precision(NamedTuple):
    """How precise results have to be.

    `halfwidth` of the 95 % interval, of the outcome or measure `on` or (None) of all; `most`
    replications at most.
    """

    halfwidth: float
    on: str | None
    most: int

    def verdict(self, what: str, width: float, runs: int, words: Words) -> str:
        """Whether a half-width, which is said to be `what`, came that far in so many runs."""
        if width <= self.halfwidth:
            key = "reached"
        else:
            key = "missed_by_chance" if runs < self.most and math.isfinite(width) else "missed"
        more = runs * (width / self.halfwidth) ** 2 if key == "missed_by_chance" else 0
        return words.text(
            f"cli.precision.{key}",
            what=what,
            width=words.number(width, significant=_WIDTH_DIGITS),
            replications=words.count(runs, "replication"),
            goal=words.exact(self.halfwidth),
            more=str(math.ceil(1.05 * more / _STEP) * _STEP),
        )


def precision(
    halfwidth: float | None, on: str | None, max_runs: int, runs: int
) -> Precision | None:
    """What `--until-halfwidth`, `--on` and `--max-runs` say together; `runs` is where they start.

    Raises
    ------
    BadUse : if they contradict each other
    """
    if halfwidth is None:
        if on is not None or max_runs != DEFAULT_MAX_RUNS:
            raise BadUse(
                "--on and --max-runs say how far --until-halfwidth goes: give it too "
                "(for example --until-halfwidth 0.02)"
            )
        return None
    if max_runs < runs:
        raise BadUse(
            f"--max-runs: must be at least --runs, {runs:,}, got {max_runs} "
            "(give a smaller --runs too)"
        )
    return Precision(halfwidth, on, max_runs)


def ledger_runs(ledger: bool, runs: int | None) -> int | None:
    """How many replications `--ledger` and `--ledger-runs` ask to record; None for none.

    Raises
    ------
    BadUse : if a number is given without `--ledger`
    """
    if runs is not None and not ledger:
        raise BadUse(
            "--ledger-runs says how many replications --ledger writes: give it too "
            "(for example --ledger --ledger-runs 50)"
        )
    return (runs or _LEDGER_RUNS) if ledger else None
