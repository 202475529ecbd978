"""Many replications of the tiny world, with the engine of the session."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.engine.replication import run_chunk
from sim.engine.world import build
from sim.scenario import load
from tests.engine.world.tiny import TINY, Overrides

#: for tests that need so many replications that the interpreter would take hours
needs_compilation = pytest.mark.compiled


@cache
def _built(overrides: str) -> Any:
    return build(load(TINY, json.loads(overrides)))


def built(overrides: Overrides) -> Any:
    """The template of the tiny world with overrides, for the engine of the session."""
    return _built(json.dumps(dict(overrides)))


@cache
def _run(overrides: str, count: int, seed: int) -> dict[str, np.ndarray]:
    of = _built(overrides)
    chunk = run_chunk(of, seed, 0, count)
    assert not chunk.status.any()
    found = {m.name: chunk.measures[:, n] for n, m in enumerate(of.measures)}
    return found | {
        "rung": chunk.rung,
        "deaths_by_day": chunk.deaths,
        "interstate_by_day": chunk.interstate,
    }


def many(overrides: Overrides, count: int, seed: int = 1) -> dict[str, np.ndarray]:
    """Measures, (count,), and series, (count, horizon), of replications 0 to count-1 by name.

    None of them may fail.
    """
    return _run(json.dumps(dict(overrides)), count, seed)


def error(sample: np.ndarray) -> float:
    """Standard error of the mean of a sample."""
    return float(np.std(sample, ddof=1) / np.sqrt(len(sample)))
