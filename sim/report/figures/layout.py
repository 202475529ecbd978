"""Where the sectors of a scenario without coordinates stand on its schematic."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_ROUNDS = 300
_FAR = 1e-6  # keeps two sectors in one place from dividing by zero
_STEP = 0.12  # most that a sector moves in the first round, in widths of the picture


def spring(states: Sequence[int], edges: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Places of sectors: linked ones near each other, all apart, each state on its side.

    Fruchterman and Reingold (1991), Softw. Pract. Exper. 21:1129, from a fixed start (a column a
    state, in the order of the file), so that the same scenario always looks the same.

    Parameters
    ----------
    states : (n,) index of each sector's state
    edges : pairs of sectors that touch

    Returns
    -------
    (n, 2) places in [0, 1]
    """
    side = np.asarray(states, np.float64)
    n = len(side)
    columns = side / max(1.0, side.max(initial=0.0))
    rows = np.array([np.mean([k < i for k in range(n) if side[k] == side[i]]) for i in range(n)])
    # a slight bow, or sectors in one line never leave it
    place = np.column_stack([columns + 0.05 * np.sin(2.4 * np.arange(n)), rows])
    links = np.zeros((n, n))
    for a, b in edges:
        links[a, b] = links[b, a] = 1.0
    ideal = 1.0 / np.sqrt(max(n, 1))
    for step in range(_ROUNDS):
        gap = place[:, None, :] - place[None, :, :]
        far = np.hypot(gap[..., 0], gap[..., 1]) + _FAR
        force = (
            gap * ((ideal / far) ** 2 - links * far / ideal)[..., None] / far[..., None] * ideal
        ).sum(axis=1)
        size = np.hypot(force[:, 0], force[:, 1]) + _FAR
        place += force * (np.minimum(size, _STEP * (1 - step / _ROUNDS)) / size)[:, None]
    return filling(place)


def filling(place: NDArray[np.float64]) -> NDArray[np.float64]:
    """Places stretched to fill the unit square; in the middle where there is nothing to stretch."""
    low, high = place.min(axis=0, initial=np.inf), place.max(axis=0, initial=-np.inf)
    return (
        np.where(high > low + _FAR, (place - low) / np.maximum(high - low, _FAR), 0.5)
        if len(place)
        else place
    )
