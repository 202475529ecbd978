"""Many replications of one scenario: cut into chunks, run anywhere, kept in a folder that a killed run goes on from."""

from sim.ensemble.result import Ensemble
from sim.ensemble.runner import run, run_many

__all__ = ["Ensemble", "run", "run_many"]
