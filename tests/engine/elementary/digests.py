"""Hashes of the values of the elementary functions, as whatever runs them computes them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import numpy as np

from tests.engine.elementary.arguments import KINDS, edges, random_arguments

COUNT = 3_000


def values(name: str, columns: tuple[np.ndarray, ...]) -> np.ndarray:
    """A function of all arguments, from one loop, as machine code sees it in the rules."""
    from sim.engine import elementary
    from sim.engine.jit import entry

    function = getattr(elementary, name)

    def of_one(found, x):  # type: ignore[no-untyped-def]
        for k in range(found.shape[0]):
            found[k] = function(x[k])

    def of_two(found, x, y):  # type: ignore[no-untyped-def]
        for k in range(found.shape[0]):
            found[k] = function(x[k], y[k])

    loop = of_two if len(columns) == 2 else of_one
    loop.__qualname__ = f"{loop.__name__}_{name}"
    found = np.empty(len(columns[0]))
    entry(loop)(found, *columns)
    return found


def arguments(name: str) -> tuple[np.ndarray, ...]:
    """A function's edges, random arguments of each kind, and doubles of any bits at all."""
    groups = [edges(name), *(columns for _, columns in random_arguments(name, COUNT))]
    bits = np.random.default_rng(2).integers(-(2**63), 2**63 - 1, (len(groups[0]), COUNT))
    groups.append(tuple(bits.view(np.float64)))
    return tuple(np.concatenate(parts) for parts in zip(*groups, strict=True))


Values = Callable[[str, tuple[np.ndarray, ...]], np.ndarray]


def digests(of: Values = values) -> list[str]:
    """A hash of the values of each function at all these arguments, by whatever computes them."""
    return [
        f"{name} {hashlib.sha256(of(name, arguments(name)).tobytes()).hexdigest()}"
        for name in KINDS
    ]
