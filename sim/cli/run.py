"""The command `run`: an ensemble, its folder, and what is shown of it."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sim.cli.library import read

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.scenario import Scenario

HOME = Path("results")
SOME_FAILED = 1


class Request(NamedTuple):
    """What was asked for."""

    scenario: str
    runs: int
    seed: int | None
    jobs: int | None
    out: Path | None
    settings: tuple[str, ...]
    form: str
    report: bool
    fresh: bool


def carry_out(asked: Request) -> int:
    """Run what is missing, write the folder, print the summary."""
    scenario = read(asked.scenario, asked.settings)
    if scenario.warnings and asked.form == "table":
        count = len(scenario.warnings)
        print(f"{count} warning{'s' if count > 1 else ''} about {scenario.path}; see check", file=sys.stderr)
    ensemble = _run(asked, scenario)
    from sim.analysis.folder import write_words

    summary = write_words(ensemble)
    if asked.report:
        _report(ensemble, quiet=asked.form != "table")
    _print(asked.form, summary, ensemble)
    failed = int(summary["failed"])
    if failed:
        which = ensemble.failed
        print(f"{failed} of {summary['runs']} replications failed; see {ensemble.folder / 'failed.csv'}, or: {which['rerun'].iloc[0]}", file=sys.stderr)
    return SOME_FAILED if failed else 0


def _run(asked: Request, scenario: Scenario) -> Ensemble:
    from sim.cli.progress import shown
    from sim.ensemble import run
    from sim.ensemble.runner import settled_seed

    seed = asked.seed
    if asked.out is None:
        seed = settled_seed(scenario, seed)
    out = asked.out or HOME / f"{scenario.id}-{scenario.digest[:8]}-seed{seed}"
    sets = [word for setting in asked.settings for word in ("--set", setting)]
    with shown(quiet=asked.form != "table") as progress:
        return run(
            scenario,
            runs=asked.runs,
            seed=seed,
            jobs=asked.jobs,
            out=out,
            progress=progress,
            fresh=asked.fresh,
            command=shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]]),
            called=shlex.join([asked.scenario, *sets]),
        )


def _report(ensemble: Ensemble, *, quiet: bool) -> None:
    from sim.report.report import write_report

    if not quiet:
        print("drawing the report", file=sys.stderr)
    write_report(ensemble)


def _print(form: str, summary: dict[str, Any], ensemble: Ensemble) -> None:
    if form == "json":
        from sim.analysis.folder import as_json

        print(as_json(summary))
    elif form == "csv":
        from sim.cli.show import write_csv

        write_csv(summary, sys.stdout)
    else:
        from sim.cli.show import print_tables

        print_tables(summary, ensemble)
