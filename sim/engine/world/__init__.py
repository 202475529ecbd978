"""A resolved scenario as arrays: `build` makes a template, `World` a world of one's own from it."""

from sim.engine.world.batch import Batch, Branch, Chunk
from sim.engine.world.build import build
from sim.engine.world.tables import EVENT
from sim.engine.world.template import Template, slot
from sim.engine.world.world import World

__all__ = [
    "EVENT",
    "Batch",
    "Branch",
    "Chunk",
    "Template",
    "World",
    "build",
    "slot",
]
