"""The command `sensitivity`: which inputs matter, by Morris, Sobol, or one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

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
from sim.cli.parsers import one_of
from sim.design.draws import Draws

if TYPE_CHECKING:
    from sim.design.design import DesignResult

SUMMARY = "Show which inputs matter."
METHODS = ("morris", "sobol", "oat")
_SHOWN = 12  # factors on the screen

Method = Annotated[
    str,
    typer.Option(
        "--method",
        parser=one_of("--method", METHODS),
        metavar="morris|sobol|oat",
        help="morris: screen many; sobol: shares of variance; oat: one at a time, a tornado.",
    ),
]
Points = Annotated[
    int | None,
    study.points_option(
        "Trajectories (morris) or base points, a power of two (sobol). [default: 20 and 256]"
    ),
]
RunsAtPoint = Annotated[
    int | None,
    study.runs_option(
        "Replications at each point, with common random numbers. "
        "[default: morris 50, sobol 10, oat 400]",
        low=2,
    ),
]


def command(
    scenario: Scenario,
    method: Method = "morris",
    on: study.On = None,
    factors: study.Factors = None,
    points: Points = None,
    runs: RunsAtPoint = None,
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
    """Vary inputs and show which of them move the outcomes, and by how much.

    morris and sobol need SALib, which the extra [sensitivity] installs.

    Example: run_sim.py sensitivity two_states --method morris --on "open war" --seed 7
    """
    from sim.design import sampling
    from sim.studies import targets
    from sim.studies.export import export
    from sim.studies.sensitivity import one_at_a_time, salib, sensitivity

    if method != one_at_a_time.OAT:
        salib.need_salib()
    each = runs or sensitivity.RUNS[method]
    options = study.StudyOptions(
        scenario, settings or (), each, seed, jobs, cluster, out, form, report, fresh
    )
    loaded, seed = study.load(options)
    names = targets.chosen(loaded, tuple(on or ()))
    inputs = study.factors_of(loaded, factors) or sampling.movable(loaded)
    count = points or sensitivity.COUNTS[method]
    question = sensitivity.study(loaded, method, inputs, count, seed)
    result = study.run_points(
        options,
        loaded,
        seed,
        question.design,
        study=f"sensitivity-{method}",
        draws=Draws.COMMON,
    )
    answer = sensitivity.answer(question, result, names)
    table = sensitivity.tidy(answer)
    study.write_tables(result.folder, "sensitivity", table, sensitivity.COLUMNS, answer)
    export(result, names, question.blocks.shares if question.blocks is not None else None)
    if report:
        from sim.report.pages.sensitivity import write_page

        write_page(answer, result, this_call())
    if options.quiet:
        study.print_machine_readable(form, table, answer)
    else:
        _print(answer, result)
    return study.exit_code(result)


def _print(answer: dict[str, Any], result: DesignResult) -> None:
    from sim.cli.tables import screen, table_of
    from sim.report.pages.sensitivity import HEADS, cells, names

    console = screen()
    console.print(result.scenario.title, style="bold", markup=False)
    labels = names(answer)
    for name, one in answer["results"].items():
        dropped = (
            f"; {one['dropped']} of {one['blocks'] + one['dropped']} blocks dropped"
            if one["dropped"]
            else ""
        )
        rows = table_of(f"\n{name} ({one['unit']}){dropped}", "factor", *HEADS[answer["method"]])
        for path in list(one["factors"])[:_SHOWN]:
            rows.add_row(labels[path], *cells(answer["method"], one["factors"][path], one["unit"]))
        console.print(rows)
    study.print_source(result, answer["seed"])
