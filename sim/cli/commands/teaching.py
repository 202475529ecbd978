"""Commands for the classroom: explanations, replays, handouts, lessons."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import (
    MOST_JOBS,
    MOST_NUMBER,
    MOST_RUNS,
    MOST_SEED,
    Debug,
    Jobs,
    Language,
    Replication,
    Scenario,
    Seed,
    Settings,
)
from sim.cli.words import BadUse, given_path, near, whole

group = typer.Typer()

Fresh = Annotated[
    bool, typer.Option("--fresh", help="Discard what an earlier run left there. [default: no]")
]


@group.command(short_help="Make a lesson: teacher's notes and student sheets.")
def lesson(
    scenario: Scenario,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            parser=given_path,
            metavar="DIR",
            help="Folder for the pages and the runs. [default: results/lesson-ID-DIGEST-seedN]",
        ),
    ] = None,
    runs: Annotated[
        str,
        typer.Option(
            "--runs",
            metavar="N",
            help="Replications of the scenario and of each variant, a number from 1.",
        ),
    ] = "500",
    seed: Seed = None,
    jobs: Jobs = None,
    language: Language = "en",
    settings: Settings = None,
    fresh: Fresh = False,
    debug: Debug = False,
) -> int:
    """Make two pages to print from the `teaching:` block of a scenario.

    The teacher's notes have answers, computed from runs of the scenario and of each thing to try,
    on the same luck; the students' sheet has role cards, and no answers.

    Example: run_sim.py lesson two_states --seed 7 --out results/lesson
    """
    from sim.cli.lesson import carry_out

    numbers = (
        whole("--runs", runs, 1, MOST_RUNS),
        whole("--seed", seed, 0, MOST_SEED),
        whole("--jobs", jobs, 1, MOST_JOBS),
    )
    return carry_out(scenario, tuple(settings or ()), *numbers, out, language, fresh)


@group.command(short_help="Make a page with sliders over precomputed ensembles.")
def handout(
    scenario: Scenario,
    levers: Annotated[
        list[str] | None,
        typer.Option(
            "--levers",
            metavar="PATH[:LOW:HIGH]",
            help="A number to move, at most eight; may be repeated, or be several with commas. "
            "[default: up to five levers of the scenario, those first that its things to try move]",
        ),
    ] = None,
    points: Annotated[
        str,
        typer.Option(
            "--points",
            metavar="N",
            help="Points that fill the space of the sliders, from 4 to 256.",
        ),
    ] = "64",
    runs: Annotated[
        str,
        typer.Option("--runs", metavar="N", help="Replications at each point, a number from 1."),
    ] = "500",
    seed: Seed = None,
    jobs: Jobs = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            parser=given_path,
            metavar="FILE.html",
            help="The page; its runs lie beside it. [default: results/handout-ID-DIGEST-seedN/handout.html]",
        ),
    ] = None,
    language: Language = "en",
    settings: Settings = None,
    fresh: Fresh = False,
    debug: Debug = False,
) -> int:
    """Make one page whose sliders move over ensembles computed beforehand: it needs no network, no server, no installation.

    The page shows where it was computed, how far off it is between these points, and the outcomes
    with intervals.

    Example: run_sim.py handout two_states --seed 7 --points 32 --runs 200 --out handout.html
    """
    from sim.cli.handout import Request, carry_out

    numbers = (
        whole("--points", points, 4, 256),
        whole("--runs", runs, 1, MOST_RUNS),
        whole("--seed", seed, 0, MOST_SEED),
        whole("--jobs", jobs, 1, MOST_JOBS),
    )
    return carry_out(
        Request(scenario, tuple(settings or ()), levers or (), *numbers, out, language, fresh)
    )


@group.command(short_help="Write one replication as a page that plays it.")
def replay(
    scenario: Scenario,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            parser=given_path,
            metavar="FILE.html",
            show_default=False,
            help="The page; an older one is replaced.",
        ),
    ],
    replication: Replication = "0",
    seed: Seed = None,
    settings: Settings = None,
    language: Language = "en",
    debug: Debug = False,
) -> int:
    """Write one replication as a single page that plays it day by day: map, ladder, news with both sides' claims, reasons.

    The page needs no network and no server: open it from disk, on a telephone too.

    Example: run_sim.py replay two_states --replication 3 --seed 7 --out replay.html
    """
    from sim.cli.replay import carry_out

    numbers = (
        whole("--replication", replication, 0, MOST_NUMBER),
        whole("--seed", seed, 0, MOST_SEED),
    )
    return carry_out(scenario, settings or [], *numbers, language, out)


@group.command(short_help="Say why the actors of one replication did what they did.")
def explain(
    scenario: Scenario,
    replication: Replication = "0",
    day: Annotated[
        str | None,
        typer.Option(
            "--day",
            metavar="D",
            help="Day after the release, from 1. [default: all; and without --actor, turning points]",
        ),
    ] = None,
    actor: Annotated[
        str | None,
        typer.Option(
            "--actor",
            metavar="NAME",
            help="A state, group, mediator, or a command as STATE.BORDER. [default: all]",
        ),
    ] = None,
    runs: Annotated[
        str,
        typer.Option(
            "--runs", metavar="N", help="Futures from each morning, for the turning points."
        ),
    ] = "200",
    seed: Seed = None,
    jobs: Jobs = None,
    settings: Settings = None,
    form: Annotated[
        str,
        typer.Option(
            "--format", metavar="text|json", help="Words, or the records of the decisions."
        ),
    ] = "text",
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            parser=given_path,
            metavar="FILE",
            help="A figure of the terms or of the turning points: .png, .svg, or .html with the words. [default: none]",
        ),
    ] = None,
    language: Language = "en",
    debug: Debug = False,
) -> int:
    """Say why actors did what they did: options, what weighed, belief and truth, the draw, and what would have changed their mind.

    Without a day and an actor: the turning points, the days on which the forecast of the end moved
    most, with their error.

    Example: run_sim.py explain two_states --seed 7 --replication 3 --day 2 --actor westmark --out
    why.png
    """
    from sim.cli.explain import FORMATS, Request, carry_out

    if form not in FORMATS:
        raise BadUse(
            f"--format: must be one of {', '.join(FORMATS)}, got {form}{near(form, FORMATS)}"
        )
    numbers = (
        whole("--replication", replication, 0, MOST_NUMBER),
        whole("--seed", seed, 0, MOST_SEED),
        whole("--day", day, 0, MOST_NUMBER),
    )
    many = whole("--runs", runs, 2, MOST_RUNS), whole("--jobs", jobs, 1, MOST_JOBS)
    return carry_out(
        Request(scenario, tuple(settings or ()), *numbers, actor, *many, form, out, language)
    )
