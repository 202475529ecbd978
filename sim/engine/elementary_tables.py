"""The numbers behind the elementary functions, made of whole numbers when this is imported.

No library of C takes part: a real number is a whole number of steps of 2^-192, Python's whole
numbers are exact, and its division of two of them gives the nearest double. So the tables are the
same on every machine. A number that needs more than a double has two *words*: the nearest double,
or the nearest one with few bits so that products with it are exact, and the double nearest to the
rest.

Logarithms and pi are sums of the series of atanh and atan (Machin 1706, for pi), roots are whole
square roots, and a polynomial is the one that agrees with its function at the Chebyshev nodes of
its interval, which is nearly the best of its degree (Trefethen 2013, *Approximation Theory and
Approximation Practice*, chapters 4 and 16).
"""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial, isqrt

import numpy as np

__all__ = [
    "COS_TAIL",
    "EXP_TABLE",
    "EXP_TAIL",
    "HALF_PI",
    "LN2",
    "LOG_FIRST",
    "LOG_TABLE",
    "LOG_TAIL",
    "ONE_BY_LN10",
    "SIN_TAIL",
    "STEP",
    "STEPS_BY_ONE",
    "TWO_BY_PI",
]

_BITS = 192
_ONE = 1 << _BITS
#: steps of a power of two in the table of exp, and intervals of a mantissa in that of log
_STEPS = 128


def _product(a: int, b: int) -> int:
    return a * b >> _BITS


def _ratio(a: int, b: int) -> int:
    return (a << _BITS) // b


def _double(value: int) -> float:
    """The nearest double."""
    return value / _ONE


def _words(value: int, *grids: int) -> tuple[float, ...]:
    """A double for each grid, the nearest multiple of 2^-grid to what is left; then the rest."""
    words = []
    for grid in grids:
        steps = (value + (_ONE >> grid + 1)) >> _BITS - grid
        words.append(steps / (1 << grid))
        value -= steps << _BITS - grid
    return (*words, _double(value))


def _two_words(value: int) -> tuple[float, float]:
    """The nearest double and the double nearest to the rest."""
    first = _double(value)
    above, below = first.as_integer_ratio()
    return first, _double(value - above * (_ONE // below))


def _arctangent(above: int, below: int, sign: int) -> int:
    """Of above / below: atan if the sign of the terms changes (-1), atanh if it does not (1)."""
    power = _ratio(above, below)
    square, total, n = sign * _product(power, power), 0, 1
    while power not in (0, -1):  # rounded down, it comes to 0 from above, to -1 from below
        total += power // n
        power, n = _product(power, square), n + 2
    return total


def _log(above: int, below: int) -> int:
    """The logarithm of above / below, close to 1."""
    return 2 * _arctangent(above - below, above + below, 1)


def _sum(series: Sequence[int], x: int) -> int:
    """A power series, from its coefficients."""
    total = 0
    for coefficient in reversed(series):
        total = _product(total, x) + coefficient
    return total


def _polynomial(series: Sequence[int], degree: int, low: int, high: int) -> tuple[float, ...]:
    """Coefficients, the constant first, of a polynomial that is close to a power series.

    It agrees with it at the Chebyshev nodes of [low, high]: Newton's divided differences,
    multiplied out.
    """
    count = degree + 1
    angles = [(2 * k + 1) * _PI // (2 * count) for k in range(count)]
    nodes = [
        (low + high + _product(high - low, _sum(_COS, _product(angle, angle)))) // 2
        for angle in angles
    ]
    differences = [_sum(series, node) for node in nodes]
    for order in range(1, count):
        for k in range(degree, order - 1, -1):
            rise, run = differences[k] - differences[k - 1], nodes[k] - nodes[k - order]
            differences[k] = _ratio(rise, run)
    found = [0] * count
    for node, difference in zip(reversed(nodes), reversed(differences), strict=True):
        found = [up - _product(node, one) for up, one in zip([0, *found[:-1]], found, strict=True)]
        found[0] += difference
    return tuple(map(_double, found))


_TERMS = 32  # of each series: what follows is below 2^-192 where it is summed
_COS = [(-1) ** k * (_ONE // factorial(2 * k)) for k in range(_TERMS)]
_LN2 = 2 * _arctangent(1, 3, 1)
_LN10 = 3 * _LN2 + _log(5, 4)
_PI = 16 * _arctangent(1, 5, -1) - 4 * _arctangent(1, 239, -1)

# exp ---------------------------------------------------------------------------------------------

#: ln 2 / 128 in two words, the first of 34 bits: times a number of steps it is exact
STEP = _words(_LN2 // _STEPS, 41)
STEPS_BY_ONE = _double(_ratio(_STEPS * _ONE, _LN2))


def _roots_of_two() -> np.ndarray:
    root = 2 * _ONE
    for _ in range(_STEPS.bit_length() - 1):
        root = isqrt(root << _BITS)
    powers = [_ONE]
    while len(powers) < _STEPS:
        powers.append(_product(powers[-1], root))
    heads = [int(_double(power) * 2**52) << _BITS - 52 for power in powers]
    return np.array(
        [(_double(h), _double(_ratio(p - h, h))) for h, p in zip(heads, powers, strict=True)]
    )


#: (128, 2): the double next to 2^(j/128), and by what share of it that is more
EXP_TABLE = _roots_of_two()
#: (e^r - 1 - r - r^2/2) / r^3 for |r| up to half a step
EXP_TAIL = _polynomial(
    [_ONE // factorial(k + 3) for k in range(_TERMS)],
    2,
    -_LN2 // (2 * _STEPS),
    _LN2 // (2 * _STEPS),
)

# log ---------------------------------------------------------------------------------------------

#: ln 2 in two words, the first a multiple of 2^-42: times an exponent it is exact
LN2 = _words(_LN2, 42)
ONE_BY_LN10 = _two_words(_ratio(_ONE, _LN10))
#: The mantissa of the first interval, in 128ths below 2: mantissas are from 178/256 to 178/128
_FIRST = 178
#: that mantissa as a double has these bits
LOG_FIRST = (1022 << 52) + ((_FIRST - _STEPS) << 45)
_FRACTION = 17  # bits of an inverse after the point


def _inverses() -> np.ndarray:
    rows = []
    for j in range(_FIRST, _FIRST + _STEPS):
        # an interval is [j, j + 1] / 256 below 1, [k, k + 1] / 128 above, so that 1 is an edge
        middle = (2 * j + 1, 512) if j < 256 else (2 * (j - 128) + 1, 256)
        inverse = (2 * middle[1] << _FRACTION) // middle[0] + 1 >> 1
        if j in (255, 256):  # on both sides of 1 nothing may cancel
            inverse = 1 << _FRACTION
        rows.append((inverse / (1 << _FRACTION), *_words(-_log(inverse, 1 << _FRACTION), 42)))
    return np.array(rows)


#: (128, 3): c, close to the inverse of the middle of an interval of mantissas, and -ln c in two
#: words, the first a multiple of 2^-42
LOG_TABLE = _inverses()
#: (ln(1 + r) - r + r^2/2) / r^3 for r from -1/256 to 1/128
LOG_TAIL = _polynomial(
    [(-1) ** k * (_ONE // (k + 3)) for k in range(_TERMS)], 5, -_ONE >> 8, _ONE >> 7
)

# cos ---------------------------------------------------------------------------------------------

#: pi/2 in four words, the first three of 33 bits: times a number of quadrants they are exact
HALF_PI = _words(_PI // 2, 32, 65, 98)
TWO_BY_PI = _double(_ratio(2 * _ONE, _PI))
_EIGHTH = _product(_PI // 4, _PI // 4)
#: (cos r - 1 + r^2/2) / r^4 and (sin r - r) / r^3 as polynomials in r^2, for |r| up to pi/4
COS_TAIL = _polynomial(
    [(-1) ** k * (_ONE // factorial(2 * k + 4)) for k in range(_TERMS)], 5, 0, _EIGHTH
)
SIN_TAIL = _polynomial(
    [-((-1) ** k) * (_ONE // factorial(2 * k + 3)) for k in range(_TERMS)], 6, 0, _EIGHTH
)
