"""`python -m calibration COMMAND`: hold the model against the record."""

from __future__ import annotations

import argparse
import sys
import time

from calibration.record import ROOT


def main(arguments: list[str] | None = None) -> int:
    """Run a command; exit 0 done, 2 bad input."""
    options = parser().parse_args(arguments)
    return int(options.command(options))


def parser() -> argparse.ArgumentParser:
    """Words of the command line."""
    top = argparse.ArgumentParser(prog="python -m calibration", description="Hold the model against the record.")
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    tempo = commands.add_parser("tempo", help="table of tempo, model against data; writes docs/tempo.md")
    common(tempo)
    tempo.set_defaults(command=run_tempo)
    return top


def common(command: argparse.ArgumentParser) -> None:
    """Options of every command that runs the model."""
    command.add_argument("--runs", type=int, default=300, help="replications [300]")
    command.add_argument("--seed", type=int, default=20240201, help="root seed [20240201]")
    command.add_argument("--jobs", type=int, default=None, help="threads [one a processor]")
    command.add_argument("--set", action="append", default=[], metavar="PATH=VALUE", help="set a number or another leaf; may be repeated")
    command.add_argument("--no-write", action="store_true", help="print only")
    command.add_argument("--format", choices=("text", "json"), default="text", help="what to print [text]")


def run_tempo(options: argparse.Namespace) -> int:
    """The table of tempo."""
    from calibration import page
    from calibration.tempo import measure

    began = time.perf_counter()
    found = measure(options.runs, options.seed, options.jobs, dict(pair.split("=", 1) for pair in options.set))
    print(page.text(found), end="")
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
