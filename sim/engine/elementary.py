"""Elementary functions of our own, so that no library's last bit decides a result.

The C libraries of two systems, and of two processors on one system, round `exp`, `log`, `pow` and
`cos` differently. These use +, - and * of doubles and the bits of doubles alone, which IEEE 754
lays down to the last bit, and are compiled without contraction of a product and a sum to one
operation. So they give the same bits in machine code for any processor, in WebAssembly and in the
plain interpreter. `math.sqrt`, `math.floor` and the like are exact, and need no twin.

How far each is from the truth at most is said in units in the last place (ulp) of the result, as
found on a million arguments of each kind (`tests/engine/elementary/`); half a unit is the least.
All take and give doubles, and none fails: what has no value is NaN, what is too large is infinite.

Sources: the method of tables is that of Tang (1989), "Table-driven implementation of the
exponential function in IEEE floating-point arithmetic", *ACM Transactions on Mathematical Software*
15(2), and Tang (1990) for the logarithm, 16(4); sums and products in two words are those of Dekker
(1971), "A floating-point technique for extending the available precision", *Numerische Mathematik*
18. The tables are made in `sim/engine/elementary_tables.py`.
"""

from __future__ import annotations

import math

import numpy as np

from sim.engine import elementary_tables as tables
from sim.engine.jit import apart, njit

__all__ = ["cos", "exp", "log", "log10", "pow", "square"]

_INFINITY, _NAN = math.inf, math.nan
#: Added and taken away again, it rounds a double of less than 2^51 to the nearest whole number.
_ROUNDING = 1.5 * 2.0**52
_MANTISSA = 52  # bits of a double below its exponent
_TWO_54, _TWO_64, _TWO_MINUS_64 = 2.0**54, 2.0**64, 2.0**-64
_LEAST_NORMAL = 1 << _MANTISSA  # the bits of it

# exp: between these all, and what is left out by rounding, is normal; beyond these all is infinite,
# or 0
_MOST_NORMAL_EXPONENT, _LEAST_NORMAL_EXPONENT = 700.0, -650.0
_MOST_EXPONENT, _LEAST_EXPONENT = 710.0, -746.0
_STEPS_BY_ONE = tables.STEPS_BY_ONE
_STEP, _STEP_REST = tables.STEP
_EXP = tables.EXP_TABLE
_E0, _E1, _E2 = tables.EXP_TAIL

_LOG = tables.LOG_TABLE
_LOG_FIRST = tables.LOG_FIRST
_LN2, _LN2_REST = tables.LN2
_L0, _L1, _L2, _L3, _L4, _L5 = tables.LOG_TAIL
_ONE_BY_LN10, _ONE_BY_LN10_REST = tables.ONE_BY_LN10

_MOST_POWER = 2.0**70  # with a larger one, all but 1 comes to 0 or to infinity
_EVEN_FROM = 2.0**53  # from here on all doubles are even whole numbers

_MOST_ANGLE = 2.0**19  # keeps products with a number of quadrants exact
_TWO_BY_PI = tables.TWO_BY_PI
_P0, _P1, _P2, _P3 = tables.HALF_PI
_C0, _C1, _C2, _C3, _C4, _C5 = tables.COS_TAIL
_S0, _S1, _S2, _S3, _S4, _S5, _S6 = tables.SIN_TAIL


@njit
def square(x):
    """The product of a number with itself, rounded once."""
    return x * x


@njit
def exp(x):
    """Return e to the power x; off by 0.51 ulp at most, 0.8 where the result is subnormal.

    x is a number of steps of ln 2 / 128 and a rest r: 2 to the steps comes from a table in two
    words, e^r is 1 + r + r^2/2 + r^3 P(r).
    """
    x = float(x)
    if not _LEAST_NORMAL_EXPONENT < x < _MOST_NORMAL_EXPONENT:
        return _exp_at_the_edge(x, 0.0)
    steps = x * _STEPS_BY_ONE + _ROUNDING - _ROUNDING
    return _exp_of_steps(int(steps), (x - steps * _STEP) - steps * _STEP_REST)


@apart
def log(x):
    """The natural logarithm; off by 0.52 ulp at most. Of 0 it is -infinity, of less NaN.

    x is 2^k m, and m lies in one of 128 intervals with c, an inverse of its middle: r = c m - 1 is
    exact in two words, k ln 2 - ln c comes from tables in two, ln(1 + r) is r - r^2/2 + r^3 L(r).
    """
    x = float(x)
    if not 0.0 < x < _INFINITY:
        return _beyond_log(x)
    first, r, rest, low = _log_parts(x)
    high = first + r
    low += ((first - high) + r) + rest
    z = r * r
    return high + ((low - 0.5 * z) + _log_tail(r, z))


@apart
def log10(x):
    """The logarithm to base 10; off by 0.51 ulp at most. Of 0 it is -infinity, of less NaN.

    The natural logarithm in two words times 1 / ln 10 in two words.
    """
    x = float(x)
    if not 0.0 < x < _INFINITY:
        return _beyond_log(x)
    high, low = _log_words(x)
    product = high * _ONE_BY_LN10
    rest = _product_rest(high, _ONE_BY_LN10, product)
    return product + (rest + (high * _ONE_BY_LN10_REST + low * _ONE_BY_LN10))


@apart
def pow(x, y):
    """Return x to the power y; off by 0.51 ulp at most, 0.8 where the result is subnormal.

    It is e^(y ln x), with the logarithm and the product in two words. What has no such value is as
    IEEE 754 (2019, section 9.2.1) has it: x^0 and 1^y are 1, a number below 0 has whole powers
    alone, 0 to a power below 0 is infinite.
    """
    x, y = float(x), float(y)
    if 0.0 < x < _INFINITY and -_MOST_POWER < y < _MOST_POWER:
        return _positive_pow(x, y)
    return _beyond_pow(x, y)


@apart
def cos(x):
    """The cosine of an angle in radians up to 2^19 either way, beyond it NaN; off by 0.8 ulp.

    x is a number of quadrants and a rest in two words, since pi/2 has four (Cody and Waite 1980,
    *Software Manual for the Elementary Functions*); of the rest, the cosine or the sine is a
    polynomial.
    """
    x = float(x)
    if not -_MOST_ANGLE <= x <= _MOST_ANGLE:
        return _NAN
    quadrants = x * _TWO_BY_PI + _ROUNDING - _ROUNDING
    first = x - quadrants * _P0
    second, rest = _two_sum(first, -quadrants * _P1)
    r, more = _two_sum(second, -quadrants * _P2)
    rest += more - quadrants * _P3
    turn = int(quadrants) & 3
    value = _sin_of_rest(r, rest) if turn & 1 else _cos_of_rest(r, rest)
    return -value if turn == 1 or turn == 2 else value


@njit
def _bits(x):
    """The bits of a double, as a whole number."""
    return int(np.float64(x).view(np.int64))


@njit
def _number(bits):
    """The double that has these bits."""
    return float(np.int64(bits).view(np.float64))


@njit
def _head(x):
    """The first 26 bits of a number: the product of two heads is exact."""
    return _number(_bits(x) & -(1 << 27))


@njit
def _two_sum(a, b):
    """A sum, and exactly what its rounding left out (Knuth 1969)."""
    total = a + b
    part = total - a
    return total, (a - (total - part)) + (b - part)


@njit
def _product_rest(a, b, product):
    """What the rounding of a product left out."""
    a_head, b_head = _head(a), _head(b)
    a_tail, b_tail = a - a_head, b - b_head
    return ((a_head * b_head - product) + a_head * b_tail + a_tail * b_head) + a_tail * b_tail


@njit
def _exp_of_steps(n, r):
    """2^(n/128) e^r, for an r up to half a step.

    Sums are in pairs, so that a processor adds them up side by side.
    """
    j = n & 127
    root, z = _number(_bits(float(_EXP[j, 0])) + ((n >> 7) << _MANTISSA)), r * r
    tail = z * (0.5 + r * _E0) + z * z * (_E1 + r * _E2)
    return root + root * ((float(_EXP[j, 1]) + r) + tail)


@apart
def _exp_at_the_edge(x, rest):
    """The power of e of two words that may be subnormal or too large."""
    if x != x:
        return _NAN
    if not _LEAST_EXPONENT < x < _MOST_EXPONENT:
        return _INFINITY if x > 0.0 else 0.0
    steps = x * _STEPS_BY_ONE + _ROUNDING - _ROUNDING
    n, r = int(steps), (x - steps * _STEP) + (rest - steps * _STEP_REST)
    if n > 0:  # worked out where nothing is lost, then brought to its place
        return _exp_of_steps(n - (64 << 7), r) * _TWO_64
    return _exp_of_steps(n + (64 << 7), r) * _TWO_MINUS_64


@njit
def _log_parts(x):
    """(k ln 2 - ln c, r, the rest of r, the rest of the first) of a number above 0."""
    bits, k = _bits(x), 0
    if bits < _LEAST_NORMAL:
        bits, k = _bits(x * _TWO_54), -54
    above = bits - _LOG_FIRST
    shift, j = above >> _MANTISSA, (above >> 45) & 127
    bits -= shift << _MANTISSA
    m, head = _number(bits), _number(bits & -(1 << 21))
    c = float(_LOG[j, 0])
    first, second = head * c - 1.0, (m - head) * c
    r = first + second
    exponent = float(shift + k)
    return (
        exponent * _LN2 + float(_LOG[j, 1]),
        r,
        (first - r) + second,
        exponent * _LN2_REST + float(_LOG[j, 2]),
    )


@njit
def _log_tail(r, z):
    """ln(1 + r) - r + r^2/2, of a number and its square."""
    cube = r * z
    return cube * (_L0 + r * _L1) + cube * z * ((_L2 + r * _L3) + z * (_L4 + r * _L5))


@njit
def _log_words(x):
    """The natural logarithm of a number above 0, in two words: right to about 2^-68."""
    first, r, rest, low = _log_parts(x)
    head, z = _head(r), r * r
    half = 0.5 * head * head
    total = first + r
    high = total - half
    low += ((first - total) + r) + ((total - high) - half)
    low += rest - r * rest - 0.5 * (r - head) * (r + head)
    low += _log_tail(r, z)
    total = high + low
    return total, (high - total) + low


@njit
def _positive_pow(x, y):
    """The power of a number above 0, where the product with its logarithm is finite."""
    high, low = _log_words(x)
    product = y * high
    rest = _product_rest(y, high, product) + y * low
    if not _LEAST_NORMAL_EXPONENT < product < _MOST_NORMAL_EXPONENT:
        return _exp_at_the_edge(product, rest)
    steps = product * _STEPS_BY_ONE + _ROUNDING - _ROUNDING
    return _exp_of_steps(int(steps), (product - steps * _STEP) + (rest - steps * _STEP_REST))


@apart
def _beyond_pow(x, y):
    """Powers that are no e^(y ln x) of finite numbers."""
    if y == 0.0 or x == 1.0:
        return 1.0
    if x != x or y != y:
        return _NAN
    large = abs(y) >= _EVEN_FROM
    whole = large or math.floor(y) == y
    odd = whole and not large and 2.0 * math.floor(0.5 * y) != y
    if x < 0.0 and not whole and x > -_INFINITY:
        return _NAN
    size = abs(x)
    if 0.0 < size < _INFINITY and abs(y) < _MOST_POWER:
        value = _positive_pow(size, y)
    elif size == 1.0:
        value = 1.0
    else:
        value = _INFINITY if (size > 1.0) == (y > 0.0) else 0.0
    return -value if odd and _bits(x) < 0 else value


@apart
def _beyond_log(x):
    if x == 0.0:
        return -_INFINITY
    return x if x > 0.0 else _NAN


@njit
def _cos_of_rest(r, rest):
    """The cosine of an angle up to pi/4 in two words."""
    z, head = r * r, _head(r)
    half = 0.5 * head * head
    high = 1.0 - half
    y = z * z
    tail = y * ((_C0 + z * _C1) + y * ((_C2 + z * _C3) + y * (_C4 + z * _C5)))
    left = 0.5 * (r - head) * (r + head) + r * rest
    return high + (((1.0 - high) - half) + (tail - left))


@njit
def _sin_of_rest(r, rest):
    """The sine of an angle up to pi/4 in two words."""
    z = r * r
    y = z * z
    tail = _S0 + (z * _S1 + y * ((_S2 + z * _S3) + y * ((_S4 + z * _S5) + y * _S6)))
    return r + (r * z * tail + rest * (1.0 - 0.5 * z))
