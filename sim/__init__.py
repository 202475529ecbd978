"""Escalation between states, simulated: a scenario file becomes a distribution of outcomes.

`sim.load` reads a scenario, `sim.run` runs many replications of it and gives an `Ensemble`.
Importing `sim` imports nothing else; each name is fetched when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.version import __version__

if TYPE_CHECKING:
    from sim.ensemble import Ensemble, run
    from sim.errors import ModelError, Problem, RunError, ScenarioError, SimError, StoreError
    from sim.replication.record_files import write_record
    from sim.report.notebook import figures
    from sim.scenario import load
    from sim.studies.compare.comparison import Comparison
    from sim.studies.compare.run import CompareAnswer, compare
    from sim.studies.event_study import event_study
    from sim.studies.outcome_tree import outcome_tree
    from sim.studies.typology import typology

__all__ = [
    "CompareAnswer",
    "Comparison",
    "Ensemble",
    "ModelError",
    "Problem",
    "RunError",
    "ScenarioError",
    "SimError",
    "StoreError",
    "__version__",
    "compare",
    "event_study",
    "figures",
    "load",
    "outcome_tree",
    "run",
    "scenarios",
    "typology",
    "write_record",
]

_HOMES = {
    "Comparison": "sim.studies.compare.comparison",
    "CompareAnswer": "sim.studies.compare.run",
    "compare": "sim.studies.compare.run",
    "Ensemble": "sim.ensemble",
    "event_study": "sim.studies.event_study",
    "outcome_tree": "sim.studies.outcome_tree",
    "typology": "sim.studies.typology",
    "write_record": "sim.replication.record_files",
    "figures": "sim.report.notebook",
    "run": "sim.ensemble",
    "load": "sim.scenario",
    "ModelError": "sim.errors",
    "Problem": "sim.errors",
    "RunError": "sim.errors",
    "ScenarioError": "sim.errors",
    "SimError": "sim.errors",
    "StoreError": "sim.errors",
}


def scenarios() -> Path:
    """Folder of the bundled scenarios: in the installed package, or in a checkout."""
    from sim.bundle import folder

    return folder()


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'sim' has no attribute '{name}'")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
