"""Morris and Sobol through SALib, which works on the unit cube; `Factor.at` says what a share of a factor's range is.

So an elementary effect of Morris is the change over a whole range, in the unit of what is asked,
and Sobol's indices are those of inputs that are evenly spread over their ranges. A word's values
share the cube evenly, in the order in which they are given.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.design.sampling import seed_for
from sim.errors import ModelError

MORRIS, SOBOL = "morris", "sobol"
LEVELS = 4  # of Morris's grid
RESAMPLES = 1000
#: What each method says of a factor: name, its name in SALib's answer, and of its interval's
# half-width, if it has one.
INDICES: Mapping[str, tuple[tuple[str, str, str | None], ...]] = {
    MORRIS: (("mu_star", "mu_star", "mu_star_conf"), ("mu", "mu", None), ("sigma", "sigma", None)),
    SOBOL: (("S1", "S1", "S1_conf"), ("ST", "ST", "ST_conf")),
}

Array = NDArray[np.float64]


class Blocks(NamedTuple):
    """Points whose rows belong together: a trajectory of Morris, or a base point of Sobol with all that is made of it.

    `shares` (n_blocks x size, n_factors) in the unit cube, `size` points a block.
    """

    method: str
    shares: Array
    size: int

    @property
    def number(self) -> int:
        return len(self.shares) // self.size


class Found(NamedTuple):
    """What a method found: by factor's path each index with `value`, `low` and `high` (None where it has no interval); how many blocks were used."""

    indices: dict[str, dict[str, dict[str, float | None]]]
    blocks: int
    dropped: int


def need_salib() -> None:
    """Refuse in one line where SALib is not installed."""
    try:
        import SALib  # noqa: F401
    except ImportError as error:
        raise ModelError(
            'SALib: must be installed for this method, as by: pip install --constraint constraints.txt --editable ".[sensitivity]"'
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
            f"points: must be a power of two for {method}, got {count} (try {1 << (count.bit_length() - 1)} or {1 << count.bit_length()})"
        )
    from SALib.sample import sobol

    return Blocks(
        method,
        np.asarray(sobol.sample(problem(paths), count, calc_second_order=False, seed=random)),
        len(paths) + 2,
    )


def analyse(blocks: Blocks, paths: list[str], values: Array, seed: int) -> Found:
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
            f"{blocks.method}: must have two whole blocks of points, got {left} (replications failed, or have no value, in the others)"
        )
    rows = np.repeat(kept, blocks.size)
    shares, values = blocks.shares[rows], values[rows]
    if np.ptp(values) == 0:  # nothing moves it: SALib would divide by nothing
        return Found({path: _nothing(blocks.method) for path in paths}, int(kept.sum()), dropped)
    answer = _answer(
        blocks.method, paths, shares, values, seed_for(seed, f"bootstrap {blocks.method}")
    )
    found = {
        path: {name: _index(answer, at, n, half) for name, at, half in INDICES[blocks.method]}
        for n, path in enumerate(paths)
    }
    return Found(found, int(kept.sum()), dropped)


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


def _index(answer: Any, name: str, n: int, half: str | None) -> dict[str, float | None]:
    value = float(answer[name][n])
    width = float(answer[half][n]) if half else np.nan
    known = bool(np.isfinite(width))
    return {
        "value": value,
        "low": value - width if known else None,
        "high": value + width if known else None,
    }


def _nothing(method: str) -> dict[str, dict[str, float | None]]:
    return {
        name: {"value": 0.0, "low": 0.0 if half else None, "high": 0.0 if half else None}
        for name, _, half in INDICES[method]
    }
