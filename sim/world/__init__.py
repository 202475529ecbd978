"""A resolved scenario as arrays: `build` makes the template of a world, `World` opens a world of its own."""

from sim.world.build import Template, build, slot
from sim.world.tables import EVENT, EVENT_KINDS
from sim.world.world import World

__all__ = ["EVENT", "EVENT_KINDS", "Template", "World", "build", "slot"]
