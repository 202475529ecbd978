"""The map of a replay: sectors, the ground of each state, borders and crossings, without days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from sim.words.names import place_name

if TYPE_CHECKING:
    from sim.scenario import Scenario

WIDE, HIGH = 1000, 700  # of the picture, in its own units
EDGE_X, EDGE_Y = 90, 84  # room at the edges for the names
LARGEST, SMALLEST = 38.0, 15.0  # radius of a sector
APART = 0.4  # radius of a sector as a share of the distance between the two nearest
GROUND = 3.0  # width of a state's ground, in radii
FEW = 10  # sectors that still have room for all their names

Json = dict[str, Any]


def scene(scenario: Scenario) -> Json:
    """Places in units of a picture of WIDE by HIGH, y downwards."""
    from sim.report.figures.schematic import places, spanning

    file = scenario.file
    names, states, relations = list(file.sectors), list(file.states), list(file.relations.values())
    unit = places(scenario) if names else np.zeros((0, 2))
    xy = np.column_stack(
        [EDGE_X + unit[:, 0] * (WIDE - 2 * EDGE_X), EDGE_Y + (1 - unit[:, 1]) * (HIGH - 2 * EDGE_Y)]
    )
    radius = _radius(xy)
    grounds = []
    for state in states:
        mine = [k for k, sector in enumerate(file.sectors.values()) if sector.state == state]
        grounds.append(
            [[mine[a], mine[b]] for a, b in spanning(xy[mine])]
            if len(mine) > 1
            else [[k, k] for k in mine]
        )
    return {
        "wide": WIDE,
        "high": HIGH,
        "radius": round(radius, 1),
        "ground": round(GROUND * radius, 1),
        "few": len(names) <= FEW,
        "sectors": [
            {
                "name": place_name(sector.title, name),
                "title": sector.title,
                "state": states.index(sector.state),
                "capital": bool(sector.capital),
            }
            | {
                "x": round(float(x), 1),
                "y": round(float(y), 1),
                "garrison": round(float(sector.garrison)),
            }
            for (name, sector), (x, y) in zip(file.sectors.items(), xy, strict=True)
        ],
        "grounds": grounds,
        "borders": [
            {
                "a": names.index(border.sectors[0]),
                "b": names.index(border.sectors[1]),
                "crossing": border.crossing,
                "pair": _pair(file, relations, border),
            }
            for border in file.borders.values()
        ],
    }


def _radius(xy: np.ndarray) -> float:
    """Radius at which no two sectors touch."""
    gaps = [float(np.hypot(*(xy[a] - xy[b]))) for a in range(len(xy)) for b in range(a)]
    return min(LARGEST, max(SMALLEST, APART * min(gaps, default=LARGEST / APART)))


def _pair(file: Any, relations: list[Any], border: Any) -> int:
    """The relation of the two states at a border, -1 if they have none."""
    sides = {file.sectors[name].state for name in border.sectors}
    return next((p for p, relation in enumerate(relations) if set(relation.between) == sides), -1)
