"""The command `discover`: the ranges of the inputs in which an outcome is likely."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.call import this_call
from sim.cli import study
from sim.cli.options import (
    Cluster,
    Debug,
    Format,
    Fresh,
    Jobs,
    Report,
    Scenario,
    Seed,
    Settings,
)
from sim.cli.parsers import BadUse
from sim.design.draws import Draws

SUMMARY = "Find the ranges of inputs in which an outcome is likely."
FEWEST_CASES = 40  # below that half of the cases cannot judge a box

Outcome = Annotated[
    str | None,
    typer.Option(
        "--outcome",
        metavar="NAME",
        help="The outcome to explain. [required]",
        show_default=False,
    ),
]
Points = Annotated[
    int,
    study.points_option(
        "Cases: points of a Latin hypercube, a replication each.", low=FEWEST_CASES
    ),
]


def command(
    scenario: Scenario,
    outcome: Outcome = None,
    points: Points = 4000,
    factors: study.Factors = None,
    seed: Seed = None,
    jobs: Jobs = None,
    cluster: Cluster = None,
    out: study.Out = None,
    settings: Settings = None,
    form: Format = "table",
    report: Report = True,
    fresh: Fresh = False,
    debug: Debug = False,
) -> int:
    """Find a box of inputs in which an outcome is likely (PRIM).

    Its coverage and density are those in cases that did not help to find it.

    Example: run_sim.py discover two_states --outcome "ceasefire holding" --points 4000 --seed 7
    """
    if outcome is None:
        raise BadUse(
            "--outcome: must name an outcome of the scenario, got none "
            '(for example --outcome "open war")'
        )
    from sim.design import sampling
    from sim.design.design import Design
    from sim.studies import discovery
    from sim.studies.export import export

    options = study.StudyOptions(
        scenario, settings or (), 1, seed, jobs, cluster, out, form, report, fresh
    )
    loaded, seed = study.load(options)
    discovery.require_outcome(loaded, outcome)
    inputs = study.factors_of(loaded, factors) or sampling.movable(loaded)
    # no Sobol sequence: its even and odd points lie in different halves of the space, and the cases
    # are halved to judge the box
    design = Design.of(inputs, sampling.filling("lhs", points, len(inputs), seed))
    result = study.run_points(
        options, loaded, seed, design, study="discover", draws=Draws.INDEPENDENT
    )
    answer, box = discovery.answer(result, outcome)
    table = discovery.tidy(answer)
    study.write_tables(result.folder, "discover", table, discovery.COLUMNS, answer)
    export(result, {outcome: "probability"})
    if report:
        from sim.report.pages.discovery import write_page

        write_page(answer, box, result, this_call())
    if options.quiet:
        study.print_machine_readable(form, table, answer)
        return study.exit_code(result)
    from sim.cli.tables import screen
    from sim.report.pages.discovery import sentences

    console = screen()
    console.print(loaded.title, style="bold", markup=False)
    for sentence in sentences(answer, result.design.factors):
        console.print(sentence, markup=False)
    study.print_source(result, answer["seed"])
    return study.exit_code(result)
