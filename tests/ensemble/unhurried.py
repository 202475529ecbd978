"""The compiled face, a little slower a chunk, so that there is a middle in which a worker can die."""

from __future__ import annotations

import time

import numpy as np

from sim.engine import replication
from sim.engine.world import Chunk, Template

NAME = "ensemble.unhurried"
SECONDS = 0.3


def run_chunk(
    template: Template, seed: int, first: int, count: int, inputs: np.ndarray | None = None
) -> Chunk:
    time.sleep(SECONDS)
    return replication.run_chunk(template, seed, first, count, inputs)
