"""Many replications of one scenario, in a folder from which an interrupted run resumes."""

from sim.ensemble.result import Ensemble
from sim.ensemble.runner import run, run_many

__all__ = ["Ensemble", "run", "run_many"]
