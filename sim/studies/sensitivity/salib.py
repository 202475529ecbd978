"""Morris and Sobol through SALib, which works on the unit cube.

`Factor.at` turns a share of a factor's range into its value.

So an elementary effect of Morris is the change over a whole range, in the unit of what is asked,
and Sobol's indices are those of inputs that are evenly spread over their ranges. A word's values
share the cube evenly, in the order in which they are given.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.design.sampling import seed_for
from sim.errors import ModelError
from sim.stats.indices import Index, Indices, MorrisIndices, SobolIndices

MORRIS, SOBOL = "morris", "sobol"
LEVELS = 4  # of Morris's grid
RESAMPLES = 1000
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


def analyse(blocks: Blocks, paths: list[str], values: Array, seed: int) -> Analysis:
    """The indices of every factor.

    Parameters
    ----------
    blocks : as `sample` gave them
    paths : of the factors
    values : (n_points,) one a point; a block in which one is NaN is left out whole
    seed : root seed, for the bootstrap over blocks

    Raises
    ------
    ModelError : if fewer than two blocks are left
    """
    kept = ~np.isnan(values.reshape(blocks.number, blocks.size)).any(axis=1)
    dropped = int((~kept).sum())
    if kept.sum() < 2:
        left = f"{int(kept.sum())} of {blocks.number}"
        raise ModelError(
            f"{blocks.method}: must have two whole blocks of points, got {left} "
            "(replications failed, or have no value, in the others)"
        )
    rows = np.repeat(kept, blocks.size)
    shares, values = blocks.shares[rows], values[rows]
    if np.ptp(values) == 0:  # nothing moves it: SALib would divide by nothing
        return Analysis(dict.fromkeys(paths, _zero(blocks.method)), int(kept.sum()), dropped)
    answer = _answer(
        blocks.method, paths, shares, values, seed_for(seed, f"bootstrap {blocks.method}")
    )
    read = _morris if blocks.method == MORRIS else _sobol
    return Analysis(
        {path: read(answer, n) for n, path in enumerate(paths)}, int(kept.sum()), dropped
    )


def _answer(method: str, paths: list[str], shares: Array, values: Array, seed: int) -> Any:
    if method == MORRIS:
        from SALib.analyze import morris

        return morris.analyze(
            problem(paths), shares, values, num_resamples=RESAMPLES, num_levels=LEVELS, seed=seed
        )
    from SALib.analyze import sobol

    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a resample in which nothing varies has no index
        return sobol.analyze(
            problem(paths), values, calc_second_order=False, num_resamples=RESAMPLES, seed=seed
        )


def _morris(answer: Any, n: int) -> MorrisIndices:
    return MorrisIndices(
        mu_star=_index(answer, "mu_star", n),
        mu=Index(float(answer["mu"][n]), None, None),
        sigma=Index(float(answer["sigma"][n]), None, None),
    )


def _sobol(answer: Any, n: int) -> SobolIndices:
    return SobolIndices(first=_index(answer, "S1", n), total=_index(answer, "ST", n))


def _index(answer: Any, name: str, n: int) -> Index:
    """An index by its name in SALib's answer, with the half-width of its interval beside it."""
    value, half = float(answer[name][n]), float(answer[f"{name}_conf"][n])
    if not np.isfinite(half):
        return Index(value, None, None)
    return Index(value, value - half, value + half)


def _zero(method: str) -> Indices:
    """The indices of a factor where nothing varies."""
    zero, plain = Index(0.0, 0.0, 0.0), Index(0.0, None, None)
    return MorrisIndices(zero, plain, plain) if method == MORRIS else SobolIndices(zero, zero)
