"""Commands that vary a scenario's inputs: what is not known, what matters, how it changes along one or two, where an outcome is likely."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.options import (
    FORMATS,
    MOST_JOBS,
    MOST_RUNS,
    MOST_SEED,
    Cluster,
    Debug,
    Jobs,
    Scenario,
    Seed,
    Settings,
)
from sim.cli.words import BadUse, given, near, whole
from sim.design.draws import Draws

group = typer.Typer()

METHODS, DESIGNS = ("morris", "sobol", "oat"), ("sobol", "lhs")
MOST_POINTS = 1_000_000

On = Annotated[
    list[str] | None,
    typer.Option(
        "--on",
        metavar="NAME",
        help="An outcome or measure to look at; may be repeated. [default: every outcome, max_rung, interstate_deaths]",
    ),
]
Factors = Annotated[
    list[str] | None,
    typer.Option(
        "--factors",
        metavar="PATH:LOW:HIGH",
        help="Something to vary, in the file's own unit, or PATH:a,b,c for words; may be repeated. "
        "[default: the scenario's levers, and its uncertain numbers between their 5 % and 95 % quantiles]",
    ),
]
Unknown = Annotated[
    list[str] | None,
    typer.Option(
        "--factors",
        metavar="PATH:LOW:HIGH",
        help="Something that is not known, evenly spread from LOW to HIGH in the file's own unit; may be repeated. [default: the scenario's uncertain numbers]",
    ),
]
Out = Annotated[
    str | None,
    typer.Option(
        "--out",
        parser=given,
        metavar="DIR",
        help="Results folder or address; one that holds some replications gets the others. [default: results/ID-DIGEST-seedN-...]",
    ),
]
Format = Annotated[
    str, typer.Option("--format", metavar="table|json|csv", help="How to print the results.")
]
Report = Annotated[bool, typer.Option("--report/--no-report", help="Write figures and a page.")]
Fresh = Annotated[
    bool,
    typer.Option("--fresh", help="Discard what an earlier run left in the folder. [default: no]"),
]


def one_of(option: str, word: str, known: tuple[str, ...]) -> str:
    """A word that must be one of a few."""
    if word not in known:
        raise BadUse(f"{option}: must be one of {', '.join(known)}, got {word}{near(word, known)}")
    return word


@group.command(short_help="Split what varies into unknown inputs and luck.")
def uncertainty(
    scenario: Scenario,
    design: Annotated[
        str,
        typer.Option(
            "--design", metavar="sobol|lhs", help="How points fill the space of the inputs."
        ),
    ] = "sobol",
    points: Annotated[
        str, typer.Option("--points", metavar="N", help="Points; a power of two is best for sobol.")
    ] = "256",
    per_point: Annotated[
        str,
        typer.Option(
            "--per-point",
            metavar="N",
            help="Replications at each point, from 2, each with luck of its own.",
        ),
    ] = "8",
    on: Annotated[
        list[str] | None,
        typer.Option(
            "--on",
            metavar="NAME",
            help="An outcome or measure to look at; may be repeated. [default: all; outcomes, max_rung and interstate_deaths on the screen]",
        ),
    ] = None,
    factors: Unknown = None,
    seed: Seed = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    out: Out = None,
    settings: Settings = None,
    form: Format = "table",
    report: Report = True,
    fresh: Fresh = False,
    debug: Debug = False,
) -> int:
    """Split what varies between replications into what comes from inputs that we do not know and what is luck.

    The scenario's numbers that are given as distributions are drawn by a design that fills their
    space evenly.

    Example: run_sim.py uncertainty af_pk_2026 --points 128 --per-point 4 --seed 7
    """
    from sim.cli.uncertainty import carry_out
    from sim.cli.varied import Asked

    kind = one_of("--design", design, DESIGNS)
    count, each = (
        whole("--points", points, 2, MOST_POINTS),
        whole("--per-point", per_point, 2, MOST_RUNS),
    )
    numbers = (
        each,
        whole("--seed", seed, 0, MOST_SEED),
        whole("--jobs", jobs, 1, MOST_JOBS),
        cluster,
    )
    asked = Asked(
        scenario,
        tuple(settings or ()),
        tuple(on or ()),
        *numbers,
        out,
        one_of("--format", form, FORMATS),
        report,
        fresh,
    )
    return carry_out(asked, kind, count, tuple(factors or ()))


@group.command(short_help="Show which inputs matter.")
def sensitivity(
    scenario: Scenario,
    method: Annotated[
        str,
        typer.Option(
            "--method",
            metavar="morris|sobol|oat",
            help="morris: screen many; sobol: shares of variance; oat: one at a time, a tornado.",
        ),
    ] = "morris",
    on: On = None,
    factors: Factors = None,
    points: Annotated[
        str | None,
        typer.Option(
            "--points",
            metavar="N",
            help="Trajectories (morris) or base points, a power of two (sobol). [default: 20 and 256]",
        ),
    ] = None,
    runs: Annotated[
        str | None,
        typer.Option(
            "--runs",
            metavar="N",
            help="Replications at each point, the same luck at all. [default: morris 50, sobol 10, oat 400]",
        ),
    ] = None,
    seed: Seed = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    out: Out = None,
    settings: Settings = None,
    form: Format = "table",
    report: Report = True,
    fresh: Fresh = False,
    debug: Debug = False,
) -> int:
    """Vary inputs and show which of them move the outcomes, and by how much.

    morris and sobol need SALib, which the extra [sensitivity] installs.

    Example: run_sim.py sensitivity two_states --method morris --on "open war" --seed 7
    """
    from sim.cli.sensitivity import carry_out
    from sim.cli.varied import Asked

    chosen = one_of("--method", method, METHODS)
    each = whole("--runs", runs, 2, MOST_RUNS)
    asked = Asked(
        scenario,
        tuple(settings or ()),
        tuple(on or ()),
        each or 0,
        whole("--seed", seed, 0, MOST_SEED),
        whole("--jobs", jobs, 1, MOST_JOBS),
        cluster,
        out,
        one_of("--format", form, FORMATS),
        report,
        fresh,
    )
    return carry_out(
        asked, chosen, tuple(factors or ()), whole("--points", points, 2, MOST_POINTS), each
    )


@group.command(short_help="Show how outcomes change along one or two inputs.")
def sweep(
    scenario: Scenario,
    vary: Annotated[
        list[str] | None,
        typer.Option(
            "--vary",
            metavar="PATH=LOW:HIGH:N",
            help="N steps from LOW to HIGH in the file's own unit, or PATH=a,b,c; once or twice. [required]",
        ),
    ] = None,
    on: On = None,
    runs: Annotated[
        str, typer.Option("--runs", metavar="N", help="Replications at each point.")
    ] = "200",
    draws: Annotated[
        str,
        typer.Option(
            "--draws",
            metavar="common|independent",
            help="common: replication K has the same random draws at every point.",
        ),
    ] = Draws.COMMON.value,
    seed: Seed = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    out: Out = None,
    settings: Settings = None,
    form: Format = "table",
    report: Report = True,
    fresh: Fresh = False,
    debug: Debug = False,
) -> int:
    """Move one or two inputs step by step and show the outcomes along the way: curves, or heat maps.

    Example: run_sim.py sweep two_states --vary mediators.lakeland.leverage.westmark=0:1:6 --runs
    400 --seed 7
    """
    from sim.cli.sweep import carry_out
    from sim.cli.varied import Asked

    numbers = (
        whole("--runs", runs, 1, MOST_RUNS),
        whole("--seed", seed, 0, MOST_SEED),
        whole("--jobs", jobs, 1, MOST_JOBS),
        cluster,
    )
    asked = Asked(
        scenario,
        tuple(settings or ()),
        tuple(on or ()),
        *numbers,
        out,
        one_of("--format", form, FORMATS),
        report,
        fresh,
    )
    return carry_out(asked, tuple(vary or ()), one_of("--draws", draws, tuple(Draws)))


@group.command(short_help="Find the ranges of inputs in which an outcome is likely.")
def discover(
    scenario: Scenario,
    outcome: Annotated[
        str | None,
        typer.Option(
            "--outcome",
            metavar="NAME",
            help="The outcome to explain. [required]",
            show_default=False,
        ),
    ] = None,
    points: Annotated[
        str,
        typer.Option(
            "--points", metavar="N", help="Cases: points of a Latin hypercube, a replication each."
        ),
    ] = "4000",
    factors: Factors = None,
    seed: Seed = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    out: Out = None,
    settings: Settings = None,
    form: Format = "table",
    report: Report = True,
    fresh: Fresh = False,
    debug: Debug = False,
) -> int:
    """Find a box of inputs in which an outcome is likely (PRIM), with its coverage and density in cases it was not made from.

    Example: run_sim.py discover two_states --outcome "ceasefire holding" --points 4000 --seed 7
    """
    from sim.cli.discover import carry_out
    from sim.cli.varied import Asked

    if outcome is None:
        raise BadUse(
            '--outcome: must name an outcome of the scenario, got none (for example --outcome "open war")'
        )
    numbers = 1, whole("--seed", seed, 0, MOST_SEED), whole("--jobs", jobs, 1, MOST_JOBS), cluster
    asked = Asked(
        scenario,
        tuple(settings or ()),
        (),
        *numbers,
        out,
        one_of("--format", form, FORMATS),
        report,
        fresh,
    )
    return carry_out(
        asked, outcome, whole("--points", points, 40, MOST_POINTS), tuple(factors or ())
    )
