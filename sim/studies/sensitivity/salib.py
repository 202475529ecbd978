"""Morris and Sobol: points by SALib on the unit cube, indices by `sim.stats.expectation`.

`Factor.at` turns a share of a factor's range into its value.

So an elementary effect of Morris is the change over a whole range, in the unit of what is asked,
and Sobol's indices are those of inputs that are evenly spread over their ranges. A word's values
share the cube evenly, in the order in which they are given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.design.sampling import seed_for
from sim.errors import ModelError
from sim.stats import expectation
from sim.stats.indices import Indices

MORRIS, SOBOL = "morris", "sobol"
LEVELS = 4  # of Morris's grid
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Blocks:
    """Points whose rows belong together.

    A block is a trajectory of Morris, or a base point of Sobol with all that is made of it.
    `shares` (n_blocks x size, n_factors) in the unit cube, `size` points a block.
    """

    method: str
    shares: Array
    size: int

    @property
    def number(self) -> int:
        """How many blocks."""
        return len(self.shares) // self.size


@dataclass(frozen=True)
class Analysis:
    """The indices of each factor by path, from so many `blocks`; the others were `dropped`."""

    indices: Mapping[str, Indices]
    blocks: int
    dropped: int


def need_salib() -> None:
    """Refuse in one line where SALib is not installed."""
    try:
        import SALib  # noqa: F401
    except ImportError as error:
        raise ModelError(
            "SALib: must be installed for this method, as by: "
            'pip install --constraint constraints.txt --editable ".[sensitivity]"'
        ) from error


def problem(paths: list[str]) -> dict[str, Any]:
    """The factors as SALib describes them."""
    return {"num_vars": len(paths), "names": list(paths), "bounds": [[0.0, 1.0]] * len(paths)}


def sample(method: str, paths: list[str], count: int, seed: int) -> Blocks:
    """The points of a method.

    Parameters
    ----------
    method : "morris": `count` trajectories (Morris 1991, Technometrics 33:161; Campolongo, Cariboni
        and Saltelli 2007, Environ. Model. Softw. 22:1509), or "sobol": `count` base points, a power
        of two (Saltelli et al. 2010, Comput. Phys. Commun. 181:259)
    paths : of the factors
    count : of blocks
    seed : root seed
    """
    need_salib()
    random = seed_for(seed, f"{method} of {count} x {len(paths)}")
    if method == MORRIS:
        from SALib.sample import morris

        return Blocks(
            method,
            np.asarray(morris.sample(problem(paths), count, num_levels=LEVELS, seed=random)),
            len(paths) + 1,
        )
    if count & (count - 1):
        raise ModelError(
            f"points: must be a power of two for {method}, got {count} "
            f"(try {1 << (count.bit_length() - 1)} or {1 << count.bit_length()})"
        )
    from SALib.sample import sobol

    return Blocks(
        method,
        np.asarray(sobol.sample(problem(paths), count, calc_second_order=False, seed=random)),
        len(paths) + 2,
    )


def analyse(blocks: Blocks, paths: list[str], values: Array) -> Analysis:
    """The indices of every factor, of what is expected at a point (`sim.stats.expectation`).

    Parameters
    ----------
    blocks : as `sample` gave them
    paths : of the factors
    values : (n_points, n_replications), two replications or more; the points of a block have the
        same random draws. A block in which one is NaN is left out whole

    Raises
    ------
    ModelError : if fewer than two blocks are left, or a point has one replication
    """
    each = values.reshape(blocks.number, blocks.size, -1)
    if each.shape[2] < 2:
        raise ModelError(
            f"{blocks.method}: must have two replications at each point or more, to tell "
            f"chance from inputs, got {each.shape[2]}"
        )
    kept = ~np.isnan(each).any(axis=(1, 2))
    dropped = int((~kept).sum())
    if kept.sum() < 2:
        left = f"{int(kept.sum())} of {blocks.number}"
        raise ModelError(
            f"{blocks.method}: must have two whole blocks of points, got {left} "
            "(replications failed, or have no value, in the others)"
        )
    if blocks.method == MORRIS:
        effects = _effects(blocks, each)[kept]
        size = expectation.size_of(effects) or float(each[kept].std())
        found: list[Indices] = [expectation.morris(effects[:, n], size) for n in range(len(paths))]
    else:
        found = [*expectation.sobol(each[kept])]
    return Analysis(dict(zip(paths, found, strict=True)), int(kept.sum()), dropped)


def _effects(blocks: Blocks, values: Array) -> Array:
    """Elementary effects, (n_blocks, n_factors, n_replications), each from the step of its factor.

    A step of a trajectory moves one factor, and its effect is taken to the whole range.
    """
    steps = np.diff(blocks.shares.reshape(blocks.number, blocks.size, -1), axis=1)
    which = np.abs(steps).argmax(axis=2)
    length = np.take_along_axis(steps, which[:, :, None], axis=2)
    found = np.empty((blocks.number, blocks.size - 1, values.shape[2]))
    np.put_along_axis(found, which[:, :, None], np.diff(values, axis=1) / length, axis=1)
    return found
