"""Run the benchmarks and write their table."""

from __future__ import annotations

import argparse
import platform
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from bench import cluster, elementary, floor, growth, ledger, page, peers, serving, starts
from bench.settings import FULL, QUICK, Settings
from bench.timing import ROOT, Row

Bench = Callable[[Settings], tuple[list[Row], str]]
BENCHES: dict[str, tuple[str, Bench]] = {
    "mesa": ("Against Mesa", peers.against_mesa),
    "floor": ("Against the floor", floor.against_floor),
    "elementary": ("Our own elementary functions", elementary.own_and_library),
    "jobs": ("Workers and machinery", peers.two_workers),
    "cluster": ("Workers of a Dask cluster", cluster.two_dask_workers),
    "ledger": ("The ledger of decisions", ledger.on_and_off),
    "page": ("The engine in a page", page.in_chromium),
    "room": ("A room in front of one laptop", serving.thirty_devices),
    "replications": ("Growth with replications", growth.with_replications),
    "days": ("Growth with days", growth.with_days),
    "sectors": ("Growth with sectors", growth.with_sectors),
    "starts": ("Start-up", starts.start_up),
}
HEAD = """# Benchmarks

Written by `python -m bench`. Every figure is a median of repeats in which the contestants took
turns, with the lowest and the highest; compare ratios, not seconds, since the machine was busy.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Parse the command line, run, write."""
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Benchmarks against peers and limits."
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="a smoke test of a minute: every benchmark runs, no figure means anything",
    )
    parser.add_argument(
        "--only", nargs="+", choices=BENCHES, default=list(BENCHES), help="which benchmarks to run"
    )
    parser.add_argument(
        "--out", type=Path, default=ROOT / "bench" / "RESULTS.md", help="file to write"
    )
    options = parser.parse_args(arguments)
    settings = QUICK if options.quick else FULL
    rows: list[Row] = []
    parts: list[str] = []
    for name in options.only:
        title, bench = BENCHES[name]
        print(title, "...", flush=True)
        results, text = bench(settings)
        rows += results
        parts.append(f"## {title}\n\n{text}\n")
        for row in results:
            print(f"  {row.what}: {row.achieved} (target {row.target})", flush=True)
    options.out.write_text(
        "\n".join([HEAD, conditions(settings), table(rows), *parts]), encoding="utf-8"
    )
    print(f"written: {options.out}")


def conditions(settings: Settings) -> str:
    """On what it was measured."""
    import os

    from sim.ensemble.manifest import rules_digest

    scenario = settings.load()
    libraries = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "mesa"))
    size = (
        f"{len(scenario.file.sectors)} sectors, {len(scenario.file.borders)} stretches of "
        f"border, {scenario.horizon} days after the release"
    )
    return (
        f"Scenario `{settings.scenario}`: {size}. {os.cpu_count()} processors, "
        f"{platform.machine()}, Python {platform.python_version()}, "
        f"{libraries}. Rules: {rules_digest()[:12]}.\n"
    )


def table(rows: Sequence[Row]) -> str:
    """Targets and what came of them."""
    met = {True: "yes", False: "**no**", None: ""}
    lines = [f"| {row.what} | {row.target} | {row.achieved} | {met[row.met]} |" for row in rows]
    return "\n".join(["| | target | achieved | met |", "|---|---|---|---|", *lines, ""])


if __name__ == "__main__":
    main()
