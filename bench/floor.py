"""The compiled loop against drawing its random numbers alone, and where its time goes."""

from __future__ import annotations

from typing import Any

import numpy as np

from bench.settings import Settings
from bench.timing import Row, fresh, interleaved, processor_seconds, ratios, short, spread
from sim.engine import chance
from sim.engine.jit import entry

TARGET = 6.0


@entry
def draw(blocks, seed, first, count):  # type: ignore[no-untyped-def]
    """Draw `blocks` blocks of random words for each of `count` replications.

    The sum keeps the compiler from leaving them out.
    """
    total = np.uint64(0)
    for r in range(count):
        for k in range(blocks):
            total ^= chance.words((seed, first + np.uint64(r)), 17, 1, 1, k)[0]
    return total


def count_blocks(scenario: str, overrides: dict[str, Any], count: int) -> float:
    """Mean number of blocks that a replication draws, counted in a plain process of its own."""
    from sim.engine.replication import run_chunk
    from sim.engine.world import build

    template = build(Settings(scenario, overrides).load())
    calls = 0
    uniforms = chance.uniforms

    def counted(*address: Any) -> Any:
        nonlocal calls
        calls += 1
        return uniforms(*address)

    chance.uniforms = counted
    run_chunk(template, 1, 0, count)
    return calls / count + len(template.uncertain)


def against_floor(settings: Settings) -> tuple[list[Row], str]:
    """Time of a compiled chunk against the floor."""
    from bench.profile import profile
    from sim.engine.replication import run_chunk
    from sim.engine.world import build

    template = build(settings.load())
    blocks = round(
        fresh(
            "bench.floor:count_blocks",
            plain=True,
            scenario=settings.scenario,
            overrides=settings.overrides,
            count=settings.counted,
        )
    )
    count, seed = settings.chunk, np.uint64(1)
    contestants = {
        "floor": lambda: processor_seconds(lambda: draw(blocks, seed, seed, count)) / count,
        "loop": lambda: processor_seconds(lambda: run_chunk(template, 1, 0, count)) / count,
    }
    interleaved(contestants, 1)
    results = interleaved(contestants, settings.repeats)
    times = ratios(results["loop"], results["floor"])
    row = Row(
        "compiled loop against the floor, times",
        f"<= {TARGET:g}",
        str(times),
        times.median <= TARGET,
    )
    words = (
        f"A replication of {template.days} days draws {blocks:,} blocks of four random "
        "words. Drawing them alone takes "
        f"{short(1e6 * spread(results['floor']).median)} us, the replication "
        f"{short(1e6 * spread(results['loop']).median)} us, "
        f"{short(1e6 * spread(results['loop']).median / template.days)} us a day."
    )
    return [row], f"{words}\n\n{profile(settings)}"
