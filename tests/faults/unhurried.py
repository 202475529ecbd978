"""The compiled rules, slower a chunk, so that there is a middle in which a worker can die."""

from __future__ import annotations

import time
from dataclasses import dataclass

from sim.engine.world import Chunk, build
from sim.ensemble.engine import Compiled, Inputs
from sim.scenario import Scenario

SECONDS = 0.3


@dataclass(frozen=True)
class Unhurried(Compiled):
    """Takes `SECONDS` longer for a chunk."""

    def run_chunk(self, seed: int, first: int, count: int, inputs: Inputs | None = None) -> Chunk:
        time.sleep(SECONDS)
        return super().run_chunk(seed, first, count, inputs)


def unhurried(scenario: Scenario) -> Unhurried:
    return Unhurried(build(scenario))
