"""The Mesa model: one replication with agents on the world's rows; a user can replace choices.

The rules are the same compiled functions that `sim.engine.replication` runs; here Python stands
between them, so that a lesson can stop at any day and a class of the user's own can take an actor
over.
"""

from sim.model.agents import Actor, BorderCommand, Mediator, MilitantGroup, StateAgent
from sim.model.chunk import policy_digests, run_chunk
from sim.model.model import EscalationModel
from sim.model.options import Options
from sim.model.rows import Row

__all__ = [
    "Actor",
    "BorderCommand",
    "EscalationModel",
    "Mediator",
    "MilitantGroup",
    "Options",
    "Row",
    "StateAgent",
    "policy_digests",
    "run_chunk",
]
