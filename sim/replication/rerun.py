"""One replication of an ensemble run again, with all that happened in it."""

from __future__ import annotations

from sim.ensemble.engine import ChooseEngine, Rerun, engine_for
from sim.plain import replication_number, seed_number
from sim.scenario import Given, scenario_of

__all__ = ["Rerun", "rerun"]


def rerun(
    scenario: Given,
    seed: int,
    replication: int,
    *,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> Rerun:
    """Run a replication again: the same seed and number give the same days as in any ensemble.

    `engine` and `allow_python` as for `sim.run`.
    """
    scenario = scenario_of(scenario)
    return engine_for(engine, allow_python=allow_python)(scenario).replay(
        seed_number(seed), replication_number(replication)
    )
