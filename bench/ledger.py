"""What it costs to write the decisions of a replication down."""

from __future__ import annotations

import numpy as np

from bench.settings import Settings
from bench.timing import Row, interleaved, processor_seconds, ratios, short, spread

TARGET = 1.15


def on_and_off(settings: Settings) -> tuple[list[Row], str]:
    """The compiled loop with a ledger against without."""
    from sim.engine import replication
    from sim.engine.world import World, build

    template = build(settings.load())
    replication.warm(template)
    inputs = replication.draw_inputs(template, 1, 0, settings.chunk)
    words = len(replication.replay(template, 1, 0, ledger=True).ledger)

    def each(room: int) -> float:
        world, out = World(template, 0, room), replication._empty(template, 1)

        def work() -> None:
            for k in range(settings.chunk):
                replication.run_all(
                    *(
                        world,
                        world.block,
                        template.words,
                        replication._slots(template),
                        inputs[k : k + 1],
                        np.uint64(1),
                        k,
                        False,
                    ),
                    *(
                        template.history_days,
                        template.horizon,
                        template.window,
                        template.measure_slots,
                        *out,
                    ),
                )

        return processor_seconds(work) / settings.chunk

    found = interleaved(
        {"off": lambda: each(0), "on": lambda: each(2 * words)}, 3 * settings.repeats
    )
    cost = ratios(found["on"], found["off"])
    row = Row(
        "a replication with its ledger against without, times",
        f"<= {TARGET:g}",
        str(cost),
        cost.median <= TARGET,
    )
    told = (
        f"A replication of `{settings.scenario}` writes {words:,} words. Without it takes "
        f"{short(1e6 * spread(found['off']).median)} us of a processor, "
        f"with {short(1e6 * spread(found['on']).median)} us. Off, there is one comparison a "
        "decision, in the figures of all other tables."
    )
    return [row], told
