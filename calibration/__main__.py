"""`python -m calibration COMMAND`: hold the model against the record."""

from __future__ import annotations

import argparse
import json
import sys
import time
from functools import partial
from pathlib import Path
from typing import Any

from sim.errors import SimError

DOCS = Path(__file__).resolve().parents[1] / "docs"
SEED = 20240201


def main(arguments: list[str] | None = None) -> int:
    """Run a command; exit 0 done, 1 a known answer is off, 2 bad input."""
    options = parser().parse_args(arguments)
    began = time.perf_counter()
    try:
        code = options.command(options)
    except SimError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
    return code or 0


def parser() -> argparse.ArgumentParser:
    """Words of the command line."""
    top = argparse.ArgumentParser(
        prog="python -m calibration", description="Hold the model against the record."
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    tempo = commands.add_parser(
        "tempo", help="table of tempo, model against data; writes docs/tempo.md"
    )
    _common(tempo, runs=300)
    tempo.add_argument(
        "--set",
        action="append",
        type=_pair,
        default=[],
        metavar="PATH=VALUE",
        help="set a number or another leaf, print only",
    )
    tempo.set_defaults(command=run_tempo)
    levers = commands.add_parser(
        "levers", help="what each lever and each number of the rules moves; writes docs/levers.md"
    )
    _common(levers, runs=200)
    levers.add_argument(
        "--only",
        action="append",
        metavar="PATTERN",
        help="paths to move, as in rules.ceasefire.*; print only",
    )
    levers.set_defaults(command=run_levers)
    coverage = commands.add_parser(
        "coverage", help="how often intervals hold the truth; writes docs/statistics.md"
    )
    coverage.add_argument("--day", required=True, help="date to write into the page, YYYY-MM-DD")
    coverage.add_argument("--seed", type=int, default=SEED, help=f"root seed [{SEED}]")
    coverage.add_argument(
        "--factor", type=float, default=1.0, help="so many times as many studies [1]"
    )
    coverage.add_argument(
        "--jobs", type=_positive, default=None, help="processes [one a processor]"
    )
    coverage.add_argument("--no-write", action="store_true", help="print only")
    coverage.set_defaults(command=run_coverage)
    reference = commands.add_parser(
        "reference",
        help="how wars and truces of history end; writes docs/reference_distributions.md and "
        "docs/non_events.md",
    )
    reference.add_argument("--no-write", action="store_true", help="print only")
    reference.set_defaults(command=run_reference)
    cases = commands.add_parser(
        "cases", help="nine crises and ten attacks that were not answered; writes docs/cases.md"
    )
    _common(cases, runs=300)
    cases.set_defaults(command=run_cases)
    shapes = commands.add_parser(
        "shapes", help="how wars and truces end in random settings; writes docs/shapes.md"
    )
    _common(shapes, runs=300)
    shapes.add_argument("--settings", type=_positive, default=40, help="random settings [40]")
    shapes.add_argument(
        "--scenario", action="append", metavar="NAME", help="a bundled scenario; print only"
    )
    shapes.set_defaults(command=run_shapes)
    verify = commands.add_parser(
        "verify", help="known answers of the engine; writes docs/verification.md"
    )
    verify.add_argument("--seed", type=int, default=SEED, help=f"root seed [{SEED}]")
    verify.add_argument(
        "--quick", action="store_true", help="a tenth of the replications; print only"
    )
    _output(verify)
    verify.set_defaults(command=run_verify)
    gallery = commands.add_parser(
        "gallery", help="a picture of every bundled scenario; writes docs/gallery.md"
    )
    _common(gallery, runs=400)
    gallery.set_defaults(command=run_gallery)
    return top


def _common(command: argparse.ArgumentParser, runs: int) -> None:
    command.add_argument("--runs", type=_positive, default=runs, help=f"replications [{runs}]")
    command.add_argument("--seed", type=int, default=SEED, help=f"root seed [{SEED}]")
    command.add_argument("--jobs", type=_positive, default=None, help="threads [one a processor]")
    _output(command)


def _output(command: argparse.ArgumentParser) -> None:
    command.add_argument("--no-write", action="store_true", help="print only")
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="what to print [text]"
    )


def _pair(text: str) -> tuple[str, str]:
    path, sign, value = text.partition("=")
    if not (path and sign):
        raise argparse.ArgumentTypeError(f"must be PATH=VALUE, got {text!r}")
    return path, value


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"must be a whole number above 0, got {text!r}")
    return int(text)


def _write(name: str, text: str) -> None:
    (DOCS / name).write_text(text, encoding="utf-8")
    print(f"written: docs/{name}", file=sys.stderr)


def run_tempo(options: argparse.Namespace) -> None:
    """The table of tempo."""
    from calibration import page
    from calibration.tempo import measure

    found = measure(options.runs, options.seed, options.jobs, dict(options.set))
    if options.format == "json":
        print(json.dumps(page.as_json(found), indent=1, allow_nan=False))
        print(*page.Verdict(found).words(), sep="\n", file=sys.stderr)
    else:
        print(page.text(found), end="")
    if options.set:
        print("not written: docs/tempo.md is of the scenarios as they stand", file=sys.stderr)
    elif not options.no_write:
        _write("tempo.md", page.page(found))


def run_levers(options: argparse.Namespace) -> None:
    """The table of levers."""
    from calibration import levers_page as page
    from calibration import steps
    from calibration.levers import measure

    found, bench = measure(options.runs, options.seed, options.jobs, options.only or ("*",))
    print(
        json.dumps(page.as_json(found), indent=1, allow_nan=False)
        if options.format == "json"
        else page.text(found).rstrip()
    )
    if not (options.only or options.no_write):
        told = steps.section(steps.measure(options.runs, options.seed, options.jobs), options.runs)
        _write("levers.md", page.page(found, bench, told))


def run_reference(options: argparse.Namespace) -> None:
    """The pages of the reference tables, and their figure."""
    from calibration import reference_page as page

    text = page.page()
    print(text, end="")
    if not options.no_write:
        _write("reference_distributions.md", text)
        _write("non_events.md", page.non_events())
        _write(page.FIGURE, page.svg().decode())


def _print(page: Any, found: Any, form: str) -> None:
    """Print what was found, as the module of its page says it: words, or JSON."""
    if form == "json":
        print(json.dumps(page.as_json(found), indent=1, allow_nan=False))
    else:
        print(page.text(found), end="")


def run_cases(options: argparse.Namespace) -> None:
    """The table of cases, and its figure."""
    from calibration import cases_page as page
    from calibration.cases import SCALES, daily_attacks, louder, measure

    how = options.runs, options.seed, options.jobs
    found = page.Run(
        measure(*how),
        measure(*how, daily_attacks),
        {scale: measure(*how, louder(scale)) for scale in SCALES},
        options.seed,
    )
    _print(page, found, options.format)
    if not options.no_write:
        _write("cases.md", page.page(found))
        _write(page.FIGURE, page.svg(found.forecasts).decode())


def run_shapes(options: argparse.Namespace) -> None:
    """The tables of shapes."""
    from calibration import shapes
    from calibration import shapes_page as page

    names = options.scenario or shapes.scenarios()
    found = shapes.measure(names, options.settings, options.runs, options.seed, options.jobs)
    _print(page, found, options.format)
    if not (options.scenario or options.no_write):
        _write("shapes.md", page.page(found))
        _write(page.FIGURE, page.svg(found).decode())


def run_verify(options: argparse.Namespace) -> int:
    """The table of known answers; 1 if one is off, or if a wrong formula passes."""
    from calibration.verification import page

    found = page.verify(options.seed, options.quick)
    _print(page, found, options.format)
    if not (options.quick or options.no_write):
        _write("verification.md", page.page(found))
        _write(page.FIGURE, page.svg(found).decode())
    return int(bool(found.off or found.blind))


def run_gallery(options: argparse.Namespace) -> None:
    """The gallery and its pictures."""
    from calibration import gallery

    found = gallery.measure(options.runs, options.seed, options.jobs)
    if options.format == "json":
        print(json.dumps({one.name: dict(one.shares) for one in found}, indent=1))
    else:
        print(*(f"{one.name}: {one.shares}" for one in found), sep="\n")
    if not options.no_write:
        (DOCS / gallery.FOLDER).mkdir(exist_ok=True)
        _write(f"{gallery.FOLDER}/rungs.svg", gallery.svg(gallery.draw_key))
        for one in found:
            _write(f"{gallery.FOLDER}/{one.name}.svg", gallery.svg(partial(gallery.draw, one)))
        _write("gallery.md", gallery.page(found, options.runs, options.seed))


def run_coverage(options: argparse.Namespace) -> None:
    """The table of covering shares."""
    from calibration.coverage import page, record

    made = record.make(options.day, options.seed, options.factor, options.jobs)
    print(page.table(made))
    if not options.no_write:
        record.save(made)
        page.write(made)
        print("written: docs/statistics.md, calibration/data/coverage.json", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
