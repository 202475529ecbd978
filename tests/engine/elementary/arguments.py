"""Arguments of the elementary functions: edges, and random ones of each kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

LEAST, MOST = 5e-324, 1.7976931348623157e308
NORMAL = 2.0**-1022
EDGES = (
    *(0.0, -0.0, LEAST, -LEAST, NORMAL, math.nextafter(NORMAL, 0.0), MOST, -MOST),
    *(math.inf, -math.inf, math.nan),
    *(1.0, math.nextafter(1.0, 2.0), math.nextafter(1.0, 0.0), -1.0, 0.5, 2.0, 10.0, 1e22, 1e23),
    # the first mantissa of the table of log, and the edges of exp
    *(0.6953125, math.nextafter(0.6953125, 0.0), 1.390625, 127.0 / 128.0, 129.0 / 128.0),
    *(709.782712893384, 709.7827128933841, -708.3964185322641, -745.1332191019411, 710.0, -746.0),
    *(-745.1332191019412, 2.0**-54, -(2.0**-54), 3.0, -3.0, 2.5, 2.0**53, 2.0**53 + 2.0, -7.0),
    *(
        math.pi / 2,
        math.pi,
        1.5 * math.pi,
        2.0 * math.pi,
        math.pi / 4,
        2.0**19,
        2.0**70,
        -(2.0**70),
    ),
)

Draw = Callable[..., Any]
Columns = tuple[np.ndarray, ...]


def _near_one(u: Draw, n: int) -> np.ndarray:
    return 1.0 + u(-1.0, 1.0, n) * 10.0 ** u(-15.0, -1.0, n)


def _wide(u: Draw, n: int) -> np.ndarray:
    return np.maximum(10.0 ** u(-323.0, 308.0, n), LEAST)


def _close_to_zeros(u: Draw, n: int) -> np.ndarray:
    """The doubles that are closest to odd numbers of quadrants."""
    return (2.0 * np.floor(u(-160_000.0, 160_000.0, n)) + 1.0) * (math.pi / 2)


def _finite_powers(u: Draw, n: int) -> Columns:
    x = 10.0 ** u(-300.0, 300.0, n)
    return x, u(-745.0, 709.0, n) / np.log(x)


#: By function and kind: equally many arguments of each kind.
KINDS: dict[str, dict[str, Callable[[Draw, int], Columns]]] = {
    "exp": {
        "wide": lambda u, n: (u(-745.0, 709.7, n),),
        "close to 0": lambda u, n: (u(-5.0, 5.0, n) * 10.0 ** u(-12.0, 0.0, n),),
    },
    "log": {
        "wide": lambda u, n: (_wide(u, n),),
        "to 2": lambda u, n: (u(LEAST, 2.0, n),),
        "close to 1": lambda u, n: (_near_one(u, n),),
    },
    "log10": {
        "wide": lambda u, n: (_wide(u, n),),
        "close to 1": lambda u, n: (_near_one(u, n),),
    },
    "pow": {
        "usual": lambda u, n: (10.0 ** u(-6.0, 6.0, n), u(-10.0, 10.0, n)),
        "finite": _finite_powers,
        "close to 1": lambda u, n: (_near_one(u, n), u(-1.0, 1.0, n) * 10.0 ** u(0.0, 4.0, n)),
    },
    "cos": {
        "a turn": lambda u, n: (u(0.0, 2.0 * math.pi, n),),
        "wide": lambda u, n: (u(-(2.0**19), 2.0**19, n),),
        "close to zeros": lambda u, n: (_close_to_zeros(u, n),),
    },
}


def random_arguments(name: str, count: int, seed: int = 1) -> Iterator[tuple[str, Columns]]:
    """(kind, columns of arguments) of a function, `count` of them in all."""
    kinds = KINDS[name]
    for k, (kind, draw) in enumerate(kinds.items()):
        uniform = np.random.default_rng((seed, k)).uniform
        yield kind, draw(uniform, -(-count // len(kinds)))


def edges(name: str) -> Columns:
    """All edges; all pairs of them for a function of two."""
    if name != "pow":
        return (np.array(EDGES),)
    return np.repeat(EDGES, len(EDGES)), np.tile(EDGES, len(EDGES))
