"""Mesa, without what its import does to others.

`import mesa` makes "spawn" the way in which every pool of this process starts its workers; here
that is undone. Its base classes count agents in a table that holds each model for ever; `release`
lets one go.
"""

from __future__ import annotations

import multiprocessing
from typing import Any

_method = multiprocessing.get_start_method(allow_none=True)

from mesa import Agent, DataCollector, Model  # noqa: E402
from mesa.agent import AgentSet  # noqa: E402

multiprocessing.set_start_method(_method, force=True)

__all__ = ["Agent", "AgentSet", "DataCollector", "Model", "release"]


def release(model: Any) -> None:
    """Let Mesa forget a model that is over, so that its memory can be used again."""
    getattr(Agent, "_ids", {}).pop(model, None)
