"""A resolved scenario as arrays: `build` makes a template, `World` a world of one's own from it."""

from sim.engine.world.batch import Batch, Branch, Chunk
from sim.engine.world.build import build
from sim.engine.world.tables import EVENT, EVENT_KINDS
from sim.engine.world.template import Template, slot
from sim.engine.world.world import World

__all__ = [
    "EVENT",
    "EVENT_KINDS",
    "Batch",
    "Branch",
    "Chunk",
    "Template",
    "World",
    "build",
    "slot",
]
