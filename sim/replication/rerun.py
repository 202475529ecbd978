"""One replication of an ensemble run again, with all that happened in it."""

from __future__ import annotations

from sim.ensemble.engine import ChooseEngine, Rerun, engine_of
from sim.scenario import Scenario

__all__ = ["Rerun", "rerun"]


def rerun(
    scenario: Scenario, seed: int, replication: int, *, engine: ChooseEngine = engine_of
) -> Rerun:
    """Run a replication again: the same seed and number give the same days as in any ensemble."""
    return engine(scenario).replay(seed, replication)
