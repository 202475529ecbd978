"""A random number for an address.

The address (root seed, replication, entity, day, purpose, index) is the key and counter of
Philox-4x64-10, the counter-based generator of Salmon, Moraes, Dror and Shaw (2011), "Parallel
random numbers: as easy as 1, 2, 3", SC'11. The four words are those that
`numpy.random.Philox(key=[seed, replication], counter=[index, purpose, entity, day])` gives first.
No stream and no order: a change to one actor moves no other actor's draws.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.engine.elementary import cos, exp, log
from sim.engine.jit import COMPILED, entry, hot, njit, umul128
from sim.vocabulary.codes import FailureKind, Purpose

_M0 = 0xD2E7470EE14C6C93
_M1 = 0xCA5A826395121157
_W0 = 0x9E3779B97F4A7C15
_W1 = 0xBB67AE8584CAA73B
_MASK = (1 << 64) - 1
_ROUNDS = 10
# days before the release are negative; the counter's word is not
_DAY_ZERO = 1 << 32
_UNIT = 2.0**-53
_LARGEST_INVERTED = 700.0  # exp(-mean) must not underflow in the inversion
_LARGEST_COUNT = 2.0**53  # above it, whole numbers are not all there
# Wichura (1988), "Algorithm AS 241: the percentage points of the normal distribution", Applied
# Statistics 37: ratios of polynomials, lowest power first, in the middle and in the tails
_MIDDLE = (
    (3.3871327179, 50.434271938, 159.29113202, 59.109374720),
    (1.0, 17.895169469, 78.757757664, 67.187563600),
)
_TAIL = (
    (1.4234372777, 2.7568153900, 1.3067284816, 0.17023821103),
    (1.0, 0.73700164250, 0.12021132975),
)
_FAR_TAIL = (
    (6.6579051150, 3.0812263860, 0.42868294337, 0.017337203997),
    (1.0, 0.24197894225, 0.012258202635),
)


def _philox_plain(key: Sequence[Any], counter: Sequence[Any]) -> tuple[int, int, int, int]:
    """The plain twin of the compiled function below, on Python integers."""
    (k0, k1), (a, b, c, d) = map(int, key), map(int, counter)
    for _ in range(_ROUNDS):
        p, q = _M0 * a, _M1 * c
        a, b, c, d = (q >> 64) ^ b ^ k0, q & _MASK, (p >> 64) ^ d ^ k1, p & _MASK
        k0, k1 = (k0 + _W0) & _MASK, (k1 + _W1) & _MASK
    return a, b, c, d


@hot
def _philox_compiled(key, counter):
    k0, k1 = key
    a, b, c, d = counter
    for _ in range(_ROUNDS):
        high0, low0 = umul128(np.uint64(_M0), a)
        high1, low1 = umul128(np.uint64(_M1), c)
        a, b, c, d = high1 ^ b ^ k0, low1, high0 ^ d ^ k1, low0
        k0 += np.uint64(_W0)
        k1 += np.uint64(_W1)
    return a, b, c, d


#: Four 64-bit words for a key of two and a counter of four words.
philox = _philox_compiled if COMPILED else _philox_plain


@hot
def words(key, entity, day, purpose, index):
    """Four 64-bit words of an address.

    Parameters
    ----------
    key : (root seed, replication), unsigned 64-bit
    entity : unsigned 64-bit, the `key` of a name
    day : days since the release, may be negative
    purpose : one of `sim.vocabulary.codes.Purpose`
    index : number of the draw within the purpose, from 0

    Returns
    -------
    four unsigned 64-bit words
    """
    counter = (
        np.uint64(index + 1),
        np.uint64(purpose),
        np.uint64(entity),
        np.uint64(day + _DAY_ZERO),
    )
    return philox(key, counter)


@hot
def uniforms(world, entity, purpose, index):
    """Four uniform numbers in [0, 1) for an address of this world's day."""
    clock = world.clock[0]
    a, b, c, d = words((clock.seed, clock.stream), entity, clock.day, purpose, index)
    return (a >> 11) * _UNIT, (b >> 11) * _UNIT, (c >> 11) * _UNIT, (d >> 11) * _UNIT


@entry
def fill_uniforms(values, key, entities, day, purpose):
    """Fill `values` (count, n_entities) with uniform numbers in [0, 1): one an address.

    `key` is (root seed, replication of the first row), unsigned 64-bit; rows are replications,
    columns the `entities`.
    """
    seed, first = key
    for r in range(values.shape[0]):
        for k in range(values.shape[1]):
            row = (seed, first + np.uint64(r))
            values[r, k] = (words(row, entities[k], day, purpose, 0)[0] >> 11) * _UNIT


@hot
def normal(u, v):
    """One standard normal number from two uniform ones (Box and Muller 1958)."""
    return math.sqrt(-2.0 * log(1.0 - u)) * cos(2.0 * math.pi * v)


@njit
def ratio(polynomials, x):
    """The ratio of two polynomials, each with its lowest power first."""
    above, below = 0.0, 0.0
    for k in range(len(polynomials[0]) - 1, -1, -1):
        above = above * x + polynomials[0][k]
    for k in range(len(polynomials[1]) - 1, -1, -1):
        below = below * x + polynomials[1][k]
    return above / below


@njit
def normal_quantile(u):
    """The standard normal number below which a share `u` in (0, 1) lies, to seven digits.

    PPND7 of Wichura (1988), AS 241.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        return q * ratio(_MIDDLE, 0.180625 - q * q)
    r = math.sqrt(-log(u if q < 0.0 else 1.0 - u))
    z = ratio(_TAIL, r - 1.6) if r <= 5.0 else ratio(_FAR_TAIL, r - 5.0)
    return -z if q < 0.0 else z


@njit
def large_poisson(mean, u):
    """Poisson count of a mean above 700, from the same uniform number, so that it grows with it.

    Cornish and Fisher (1938), to the skewness: its distribution is off by less than 1e-4 there.
    """
    z = normal_quantile(min(max(u, 0.5 * _UNIT), 1.0 - 0.5 * _UNIT))
    return int(min(mean + math.sqrt(mean) * z + (z * z - 1.0) / 6.0 + 0.5, _LARGEST_COUNT))


@njit
def poisson(world, mean, u):
    """Poisson count by inversion of one uniform number, for any mean.

    One below 0, infinite or not a number fails the replication; it never makes an endless loop.
    """
    if not 0.0 <= mean < math.inf:
        fail(world, FailureKind.BAD_MEAN)
        return 0
    if mean > _LARGEST_INVERTED:
        return large_poisson(mean, u)
    term = exp(-mean)
    total = term
    k = 0
    while u >= total and term > 0.0:
        k += 1
        term *= mean / k
        total += term
        # rounding can leave the total just below 1; the tail beyond is nil
        if k > mean and term < 1e-18:
            break
    return k


@njit
def lognormal_count(mean, sigma, u, v, w):
    """A count with the given mean: a lognormal number of this log-spread.

    It is rounded up or down at random, so that the mean stays.
    """
    if mean <= 0.0:
        return 0
    return int(math.floor(exp(log(mean) - 0.5 * sigma * sigma + sigma * normal(u, v)) + w))


@njit
def split(count, share, u):
    """Whole part of `count` that falls to `share`, unbiased: floor of the exact part plus `u`."""
    return min(int(math.floor(count * share + u)), count)


@njit
def tie(world, key):
    """A uniform number of a contender for today: of those that are equal, the least comes first.

    So that neither a place in a file nor a name decides.
    """
    u, _, _, _ = uniforms(world, key, Purpose.TIE, 0)
    return u


@njit
def outranks(world, value, best, contenders):
    """Whether a contender with this value comes before one with the value `best`.

    `contenders` are the keys of the two, whose draws decide a tie.
    """
    if value != best:
        return value > best
    return tie(world, contenders[0]) < tie(world, contenders[1])


@njit
def fail(world, code):
    """Mark the replication as failed, by a number of `FailureKind`; the first reason stays."""
    if world.clock[0].error == 0:
        world.clock[0].error = code
        world.clock[0].error_day = world.clock[0].day


def key(name: str) -> int:
    """The 64-bit key of an entity's name: no other entity's presence moves its draws."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little")
