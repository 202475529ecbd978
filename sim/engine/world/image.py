"""A world as bytes, which a program without Python puts where it likes and runs.

A descriptor holds addresses of this process. An image holds the same tables one after the other and
their places in it: whoever loads it adds its own address to each.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from sim.engine.world.template import Template
from sim.engine.world.world import World

_WORD = 8


class Place(NamedTuple):
    """Where a table lies in an image: its first byte, rows and columns, as a descriptor has them.

    A table of the block lies within the block.
    """

    offset: int
    rows: int
    columns: int


class Image(NamedTuple):
    """Bytes, and the place of each table by name, in the order of the descriptor."""

    content: bytes
    places: dict[str, Place]


def image(tables: Mapping[str, np.ndarray], block: np.ndarray) -> Image:
    """Tables one after the other, each from a whole word on.

    Parameters
    ----------
    tables : by name, in the order of a descriptor
    block : the one of which some of them are views, and stay so
    """
    parts, size, places = [block.tobytes()], block.nbytes, {}
    for name, table in tables.items():
        offset = table.ctypes.data - block.ctypes.data
        if not 0 <= offset < block.nbytes:
            content = np.ascontiguousarray(table).tobytes()
            offset, padding = size, -len(content) % _WORD
            parts.append(content + bytes(padding))
            size += len(content) + padding
        columns = table.shape[1] if table.ndim == 2 else 1
        places[name] = Place(offset, table.shape[0], columns)
    return Image(b"".join(parts), places)


def world_image(template: Template) -> Image:
    """A world on its first day, as `World` makes it."""
    world = World(template)
    return image(world.tables(), world.block)
