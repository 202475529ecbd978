"""A resolved scenario as arrays: `build` makes the template of a world, `open_world` a world of its own."""

from sim.world.build import Template, build, open_world, slot
from sim.world.tables import EVENT, EVENT_KINDS, World

__all__ = ["EVENT", "EVENT_KINDS", "Template", "World", "build", "open_world", "slot"]
