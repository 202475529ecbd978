"""Named ways for a state to choose: a policy with its parameters, and a face.

A doctrine says what the state itself decides. Its border commands keep their own `command_policy`,
so that now and then something happens that no capital has ordered. Names and sentences are in
`sim/words`, section `doctrines`.

A face is one line in a square of 24 x 24, drawn with round ends and without filling, as the `d` of
an SVG path of absolute M, L and Z alone. Each has a shape of its own, for eyes without colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

#: Width and height of a face, and the width of its line.
FACE_SIZE, FACE_LINE = 24.0, 2.0


@dataclass(frozen=True)
class Doctrine:
    """A way to choose: its `name`, its `face`, and the fields of a state that it sets."""

    name: str
    face: str
    settings: Mapping[str, str | int | float] = field(hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "settings", MappingProxyType(dict(self.settings)))


#: All doctrines, from the mildest answer to a blow to the strongest, then those that do not answer.
DOCTRINES = (
    Doctrine(
        "still_water",  # lines of a calm lake under a low sun
        "M3 13 L21 13 M6 17 L18 17 M9 21 L15 21 M6 13 L7 8.5 L12 6 L17 8.5 L18 13",
        {"policy": "restrain"},
    ),
    Doctrine(
        "mirror",  # two triangles, one on each side of a line
        "M12 2 L12 22 M8.5 6 L8.5 18 L2 18 Z M15.5 6 L15.5 18 L22 18 Z",
        {"policy": "proportional", "overshoot": 0},
    ),
    Doctrine(
        "staircase",  # four steps up
        "M2 21 L7 21 L7 16 L12 16 L12 11 L17 11 L17 6 L22 6",
        {"policy": "proportional", "overshoot": 1},
    ),
    Doctrine(
        "tripwire",  # a bell on a line between two posts
        "M3 4 L3 21 M21 4 L21 21 M3 10 L21 10 M12 10 L8 17 L16 17 Z M12 20 L12 20.5",
        {"policy": "grim"},
    ),
    Doctrine(
        "scales",  # a balance with two pans
        "M12 3 L12 21 M7 21 L17 21 M5 6 L19 6 M5 6 L2 14 L8 14 Z M19 6 L16 14 L22 14 Z",
        {"policy": "quantal", "reasoning": 1},
    ),
    Doctrine(
        "chessboard",  # squares, three by three
        "M3 3 L21 3 L21 21 L3 21 Z M9 3 L9 21 M15 3 L15 21 M3 9 L21 9 M3 15 L21 15",
        {"policy": "quantal", "reasoning": 2, "rationality": 50},
    ),
    Doctrine(
        "dice",  # one face with five points
        "M3 3 L21 3 L21 21 L3 21 Z M8 7.5 L8 8.5 M16 7.5 L16 8.5 M12 11.5 L12 12.5 "
        "M8 15.5 L8 16.5 M16 15.5 L16 16.5",
        {"policy": "random"},
    ),
)

DOCTRINE_NAMES = tuple(doctrine.name for doctrine in DOCTRINES)


def doctrine_of(name: str) -> Doctrine:
    """The doctrine of that name; a `KeyError` if there is none."""
    return {doctrine.name: doctrine for doctrine in DOCTRINES}[name]
