"""The command `run`: an ensemble, its folder, and what is shown of it."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sim.cli.options import Precision
from sim.cli.scenarios import read
from sim.cli.words import BadUse, near

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.ensemble.stopping import Until
    from sim.scenario import Scenario
    from sim.studies.overview import Overview

HOME = Path("results")
SOME_FAILED = 1


class Request(NamedTuple):
    """What was asked for."""

    scenario: str
    runs: int
    seed: int | None
    jobs: int | None
    out: str | None
    settings: tuple[str, ...]
    form: str
    report: bool
    fresh: bool
    precision: Precision | None
    cluster: str | None
    ledger: int | None


def carry_out(asked: Request) -> int:
    """Run what is missing, write the folder, print the summary."""
    scenario = read(asked.scenario, asked.settings)
    if scenario.warnings and asked.form == "table":
        count = len(scenario.warnings)
        print(
            f"{count} warning{'s' if count > 1 else ''} about {scenario.path}; see check",
            file=sys.stderr,
        )
    ensemble = _run(asked, scenario)
    from sim.studies.files import write_overview

    overview = write_overview(ensemble)
    if asked.ledger is not None:
        _ledger(ensemble, asked.ledger, quiet=asked.form != "table")
    if asked.report:
        _report(ensemble, quiet=asked.form != "table")
    ensemble.place.publish()
    if asked.precision is not None:
        _say_reached(asked.precision, ensemble)
    _print(asked.form, overview, ensemble)
    failed = overview.summary.failed
    if failed:
        which = ensemble.failed
        print(
            f"{failed} of {overview.summary.runs} replications failed; see {ensemble.place}/failed.csv, or: {which['rerun'].iloc[0]}",
            file=sys.stderr,
        )
    return SOME_FAILED if failed else 0


def _run(asked: Request, scenario: Scenario) -> Ensemble:
    from sim.cli.progress import shown
    from sim.ensemble import run
    from sim.ensemble.cluster import connect
    from sim.ensemble.runner import root_seed

    seed = asked.seed
    if asked.out is None:
        seed = root_seed(scenario, seed)
    out = asked.out or HOME / f"{scenario.id}-{scenario.digest[:8]}-seed{seed}"
    until = None if asked.precision is None else _until(asked.precision, scenario)
    sets = [word for setting in asked.settings for word in ("--set", setting)]
    with (
        connect(asked.cluster, asked.jobs) as workers,
        shown(quiet=asked.form != "table") as progress,
    ):
        return run(
            scenario,
            runs=asked.runs,
            seed=seed,
            jobs=workers.jobs,
            executor=workers.executor,
            out=out,
            progress=progress,
            until=until,
            fresh=asked.fresh,
            command=shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]]),
            called=shlex.join([asked.scenario, *sets]),
        )


def _until(precision: Precision, scenario: Scenario) -> Until:
    """When to stop. Raise a `BadUse` if the scenario has no such outcome."""
    from sim.ensemble.stopping import until

    if precision.on is not None and precision.on not in scenario.outcomes:
        raise BadUse(
            f"--on: must be one of {', '.join(scenario.outcomes)}, got {precision.on}{near(precision.on, scenario.outcomes)}"
        )
    return until(precision.halfwidth, precision.most, precision.on)


def _say_reached(precision: Precision, ensemble: Ensemble) -> None:
    from sim.ensemble.stopping import halfwidth

    width = halfwidth(ensemble, precision.on)
    what = "widest half-width" if precision.on is None else f"half-width of {precision.on}"
    verdict = "reached" if width <= precision.halfwidth else "not reached (raise --max-runs)"
    print(
        f"{what} {width:.4f} after {ensemble.size:,} replications: {precision.halfwidth:g} {verdict}",
        file=sys.stderr,
    )


def _report(ensemble: Ensemble, *, quiet: bool) -> None:
    from sim.report.pages.ensemble import write_report

    if not quiet:
        print("drawing the report", file=sys.stderr)
    write_report(ensemble)


def _ledger(ensemble: Ensemble, runs: int, *, quiet: bool) -> None:
    from sim.cli.progress import shown
    from sim.replication.ledger_files import write_ledger

    with shown(quiet=quiet, what="replications of the ledger") as progress:
        written = write_ledger(ensemble, runs, progress)
    if written < ensemble.size:
        print(
            f"the ledger holds the decisions of the first {written:,} of {ensemble.size:,} replications (more: --ledger-runs)",
            file=sys.stderr,
        )


def _print(form: str, overview: Overview, ensemble: Ensemble) -> None:
    if form == "json":
        from sim.studies.files import json_text

        print(json_text(overview.as_json()))
    elif form == "csv":
        from sim.studies.files import csv_text

        print(csv_text(overview.table()), end="")
    else:
        from sim.cli.show import print_tables

        print_tables(overview.summary, ensemble)
