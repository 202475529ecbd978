"""A resolved scenario as arrays: `build` makes the template of a world, `World` opens a world of its own."""

from sim.engine.world.build import Template, build, slot
from sim.engine.world.tables import EVENT, EVENT_KINDS
from sim.engine.world.world import World

__all__ = ["EVENT", "EVENT_KINDS", "Template", "World", "build", "slot"]
