"""How time and memory grow with replications, days and sectors."""

from __future__ import annotations

import resource
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from bench.settings import Settings
from bench.timing import Row, fresh, interleaved, processor_seconds, ratios, seconds, short, spread
from sim.engine.world import Template
from sim.scenario import Scenario, load

FACTORS = (1, 2, 4)
_MEMORY_TARGET = 1.5


def ensemble_in_full(scenario: str, overrides: dict[str, Any], runs: int) -> tuple[float, float]:
    """Wall seconds and peak MiB of an ensemble with everything that is kept.

    Runs in a process of its own.
    """
    import sim
    from sim.engine.replication import warm
    from sim.engine.world import build

    loaded = Settings(scenario, overrides).load()
    warm(build(loaded))
    with tempfile.TemporaryDirectory() as folder:
        took = seconds(lambda: sim.run(loaded, runs=runs, seed=1, jobs=2, out=f"{folder}/out"))
    return took, peak_memory()


def peak_memory() -> float:
    """Most MiB that this process has had in memory since its program began.

    On Linux not `ru_maxrss`, which a process inherits from the one that started it: a child of a
    large parent would report its parent's peak.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(
            line
            for line in status.read_text(encoding="ascii", errors="replace").splitlines()
            if line.startswith("VmHWM:")
        )
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (
        1 << 20 if sys.platform == "darwin" else 1 << 10
    )


def with_replications(settings: Settings) -> tuple[list[Row], str]:
    """Time and peak memory of ever larger ensembles."""
    results = [
        fresh(
            "bench.growth:ensemble_in_full",
            scenario=settings.scenario,
            overrides=settings.overrides,
            runs=runs,
        )
        for runs in settings.growth
    ]
    each = [took / runs for (took, _), runs in zip(results, settings.growth, strict=True)]
    memory = results[-1][1] / results[0][1]
    few, many = settings.growth[0], settings.growth[-1]
    rows = [
        Row(
            f"peak memory, {many:,} replications against {few:,}, times",
            f"<= {_MEMORY_TARGET:g}",
            short(memory),
            memory <= _MEMORY_TARGET,
        ),
        Row(
            f"time of a replication, among {many:,} against among {few:,}, times",
            "none",
            short(each[-1] / each[0]),
            None,
        ),
    ]
    lines = [
        f"| {runs:,} | {short(took)} | {short(runs / took)} | {short(peak)} |"
        for runs, (took, peak) in zip(settings.growth, results, strict=True)
    ]
    return rows, "\n".join(
        ["| replications | s | replications/s | peak memory, MiB |", "|---|---|---|---|", *lines]
    )


def per_replication(scenarios: dict[str, Scenario], settings: Settings) -> dict[str, list[float]]:
    """Seconds of one replication in a compiled chunk, for each scenario, in turns."""
    from sim.engine.replication import run_chunk
    from sim.engine.world import build

    def each(template: Template) -> float:
        return processor_seconds(lambda: run_chunk(template, 1, 0, settings.chunk)) / settings.chunk

    contestants = {name: partial(each, build(scenario)) for name, scenario in scenarios.items()}
    interleaved(contestants, 1)
    return interleaved(contestants, settings.repeats)


def with_days(settings: Settings) -> tuple[list[Row], str]:
    """Time with the horizon once, twice and four times as long."""
    horizon = settings.load().horizon
    scenarios = {str(k * horizon): settings.load(horizon=k * horizon) for k in FACTORS}
    return _growth("days after the release", per_replication(scenarios, settings))


def with_sectors(settings: Settings) -> tuple[list[Row], str]:
    """Time with every sector and stretch of border once, twice and four times there."""
    with tempfile.TemporaryDirectory() as folder:
        scenarios = {}
        for k in FACTORS:
            made = widened(settings.load(), k, Path(folder))
            scenarios[str(len(made.file.sectors))] = made
        return _growth("sectors", per_replication(scenarios, settings))


def _growth(of: str, results: dict[str, list[float]]) -> tuple[list[Row], str]:
    first, *_, last = results
    times = ratios(results[last], results[first])
    lines = [
        f"| {name} | {short(1e6 * spread(took).median)} | "
        f"{short(ratios(took, results[first]).median)} |"
        for name, took in results.items()
    ]
    row = Row(
        f"time of a replication, {last} {of} against {first}, times", "none", str(times), None
    )
    return [row], "\n".join([f"| {of} | us a replication | times |", "|---|---|---|", *lines])


def widened(scenario: Scenario, times: int, folder: Path) -> Scenario:
    """The scenario with its sectors, borders and fighters there several times over.

    The copies touch each other as the first do.
    """
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style, yaml.width = False, 100_000  # in others it breaks long keys
    tree = yaml.load(scenario.resolved_text())
    for copy in range(2, times + 1):
        _copy_places(tree, list(scenario.file.sectors), list(scenario.file.borders), copy)
    for border in tree["borders"].values():
        border["trade_share"] = _divided(border.get("trade_share", 0.0), times)
    tree["id"] = f"wide_{times}"
    path = folder / f"wide_{times}.yaml"
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(tree, file)
    return load(path)


def _divided(number: Any, by: int) -> Any:
    """A number of a scenario file, with or without its provenance, divided."""
    return {**number, "value": number["value"] / by} if isinstance(number, dict) else number / by


def _copy_places(tree: dict[str, Any], sectors: list[str], borders: list[str], copy: int) -> None:
    def renamed(name: str) -> str:
        return f"{name}_{copy}"

    for name in sectors:
        sector = tree["sectors"][name]
        tree["sectors"][renamed(name)] = {
            **sector,
            "capital": False,
            "neighbours": [renamed(n) for n in sector.get("neighbours", [])],
        }
    for name in borders:
        border = tree["borders"][name]
        tree["borders"][renamed(name)] = {
            **border,
            "sectors": [renamed(s) for s in border["sectors"]],
        }
    for group in tree["groups"].values():
        for name in [name for name in group["fighters"] if name in sectors]:
            group["fighters"][renamed(name)] = group["fighters"][name]
