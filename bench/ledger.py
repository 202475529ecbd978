"""What it costs to write the decisions of a replication down."""

from __future__ import annotations

from bench.settings import Settings
from bench.timing import Row, interleaved, processor_seconds, ratios, short, spread

TARGET = 1.15


def on_and_off(settings: Settings) -> tuple[list[Row], str]:
    """The compiled loop with a ledger against without."""
    from sim.engine import replication
    from sim.engine.loop import run_all
    from sim.engine.world import Batch, World, build

    template = build(settings.load())
    replication.warm(template)
    inputs = replication.draw_inputs(template, 1, 0, settings.chunk)
    words = len(replication.replay(template, 1, 0, ledger=True).ledger)

    def each(room: int) -> float:
        world = World(template, 0, room)
        batches = [Batch(template, k, 1, seed=1, inputs=row[None]) for k, row in enumerate(inputs)]

        def work() -> None:
            for batch in batches:
                run_all(world, batch)

        return processor_seconds(work) / settings.chunk

    results = interleaved(
        {"off": lambda: each(0), "on": lambda: each(2 * words)}, 3 * settings.repeats
    )
    cost = ratios(results["on"], results["off"])
    row = Row(
        "a replication with its ledger against without, times",
        f"<= {TARGET:g}",
        str(cost),
        cost.median <= TARGET,
    )
    text = (
        f"A replication of `{settings.scenario}` writes {words:,} words. Without it takes "
        f"{short(1e6 * spread(results['off']).median)} us of a processor, with "
        f"{short(1e6 * spread(results['on']).median)} us. Off, there is one comparison a decision, "
        "in the figures of all other tables."
    )
    return [row], text
