"""Our words are NumPy's Philox words, bit for bit, with compilation on and off."""

from __future__ import annotations

import hashlib
import math
import random

import numpy as np
import pytest
from conftest import Python
from hypothesis import assume, given
from hypothesis import strategies as st

from sim.engine import chance
from sim.engine.jit import njit
from sim.vocabulary.codes import Purpose
from tests.engine.world.plain import plain

MANY = 10_000
TOP = 2**64 - 1
EXTREMES = (0, 1, 2**31, 2**53, 2**63 - 1, 2**63, TOP - 1, TOP)

Address = tuple[int, int, int, int, int, int]

SEEDS = st.integers(0, TOP)
ENTITIES = st.integers(0, TOP)
REPLICATIONS = st.integers(0, 2**63 - 1)
DAYS = st.integers(-7300, 7300)
PURPOSES = st.integers(0, len(Purpose) - 1)
INDICES = st.integers(0, 10_000)
ADDRESSES = st.tuples(SEEDS, REPLICATIONS, ENTITIES, DAYS, PURPOSES, INDICES)


def numpys(address: Address) -> list[int]:
    """The first four words of NumPy's generator for an address."""
    seed, replication, entity, day, purpose, index = address
    key, counter = (
        np.array([seed, replication], np.uint64),
        np.array([index, purpose, entity, day + 2**32], np.uint64),
    )
    return [int(word) for word in np.random.Philox(key=key, counter=counter).random_raw(4)]


def typed(address: Address) -> tuple[object, ...]:
    """An address with the types that the engine gives it."""
    seed, replication, entity, *rest = address
    return (np.uint64(seed), np.uint64(replication)), np.uint64(entity), *rest


def addresses() -> list[Address]:
    """Every corner, and many addresses from the middle."""
    corners = [
        (seed, r, entity, day, 3, 0)
        for seed in EXTREMES
        for r in EXTREMES
        for entity in EXTREMES
        for day in (-7300, 0, 7300)
    ]
    rng = random.Random(20260227)
    middle = [
        (
            rng.randrange(2**64),
            rng.randrange(2**63),
            rng.randrange(2**64),
            rng.randint(-7300, 7300),
            rng.randrange(len(Purpose)),
            rng.randrange(10_000),
        )
        for _ in range(MANY)
    ]
    return corners + middle


@njit
def fill(out, seeds, replications, entities, days, purposes, indices):
    for n in range(out.shape[0]):
        a, b, c, d = chance.words(
            (seeds[n], replications[n]), entities[n], days[n], purposes[n], indices[n]
        )
        out[n, 0], out[n, 1], out[n, 2], out[n, 3] = a, b, c, d


def ours(some: list[Address]) -> list[list[int]]:
    """The words of many addresses, from one call of the session's engine."""
    kinds = (np.uint64, np.uint64, np.uint64, np.int64, np.int64, np.int64)
    columns = [
        np.array(column, dtype=kind)
        for column, kind in zip(zip(*some, strict=True), kinds, strict=True)
    ]
    out = np.empty((len(some), 4), np.uint64)
    fill(out, *columns)
    return [[int(word) for word in row] for row in out]


def test_words_are_those_of_numpy() -> None:
    some = addresses()
    assert len(some) > MANY
    assert ours(some) == [numpys(address) for address in some]


def test_words_without_compilation_are_those_of_numpy() -> None:
    words = plain("sim.engine.chance").words
    some = addresses()
    assert [[int(word) for word in words(*typed(address))] for address in some] == [
        numpys(address) for address in some
    ]


def test_a_neighbouring_word_is_not_the_same() -> None:
    """The control: the comparison above can fail."""
    address = (1, 2, 3, 4, 5, 6)
    assert numpys(address) != numpys((1, 2, 3, 4, 5, 7))
    assert ours([address]) != [numpys((1, 2, 3, 5, 5, 6))]


@pytest.mark.compiled
def test_a_fresh_interpreter_without_compilation_gives_the_same_words(python: Python) -> None:
    """The plain copy in these tests stands for a process in which compilation was never on."""
    code = f"""
from sim.engine import chance
import numpy as np
key, entity = (np.uint64({TOP}), np.uint64(7)), np.uint64({TOP})
print([int(word) for word in chance.words(key, entity, -3, 2, 9)])
"""
    done = python(code, environ={"NUMBA_DISABLE_JIT": "1", "PYTHONWARNINGS": "error"})
    assert done.stdout.strip() == str(ours([(TOP, 7, TOP, -3, 2, 9)])[0])


@given(ADDRESSES, ADDRESSES)
def test_two_addresses_have_different_words(one: Address, other: Address) -> None:
    assume(one != other)
    words = plain("sim.engine.chance").words
    assert words(*typed(one)) != words(*typed(other))


@given(ADDRESSES, st.integers(0, 5), st.integers(1, 1000))
def test_each_part_of_an_address_matters(address: Address, part: int, step: int) -> None:
    changed = list(address)
    changed[part] = (changed[part] + step) % 2**64 if part in (0, 2) else changed[part] + step
    words = plain("sim.engine.chance").words
    assert words(*typed(address)) != words(*typed(tuple(changed)))  # type: ignore[arg-type]


def test_uniform_numbers_are_the_upper_bits_of_the_words() -> None:
    """`fill_uniforms` gives word >> 11 times 2^-53 for each replication and entity."""
    entities = np.array([0, 5, TOP], dtype=np.uint64)
    values = np.empty((4, 3))
    key = (np.uint64(TOP), np.uint64(10))
    chance.fill_uniforms(values, key, entities, 0, Purpose.PARAMETER)
    want = [
        [
            (numpys((TOP, 10 + r, int(e), 0, Purpose.PARAMETER, 0))[0] >> 11) * 2.0**-53
            for e in entities
        ]
        for r in range(4)
    ]
    assert values.tolist() == want


@given(SEEDS, REPLICATIONS, ENTITIES, DAYS)
def test_uniform_numbers_lie_below_one(seed: int, replication: int, entity: int, day: int) -> None:
    class Clock:
        pass

    clock, world = Clock(), Clock()
    clock.seed, clock.stream, clock.day, world.clock = (
        np.uint64(seed),
        np.uint64(replication),
        day,
        [clock],
    )  # type: ignore[attr-defined]
    drawn = plain("sim.engine.chance").uniforms(world, np.uint64(entity), 1, 0)
    assert len(drawn) == 4
    assert all(0.0 <= u < 1.0 for u in drawn)


def test_the_largest_word_stays_below_one() -> None:
    assert (TOP >> 11) * 2.0**-53 < 1.0
    assert math.isfinite(plain("sim.engine.chance").normal((TOP >> 11) * 2.0**-53, 0.5))


def test_keys_of_names_are_stable_and_distinct() -> None:
    names = [f"groups.g{n}" for n in range(1000)]
    assert len({chance.key(name) for name in names}) == 1000
    # a name's key is part of what a seed means: a change moves every result
    assert chance.key("states.north") == int.from_bytes(
        hashlib.blake2b(b"states.north", digest_size=8).digest(), "little"
    )


def test_purposes_do_not_share_a_number() -> None:
    purposes = [int(purpose) for purpose in Purpose]
    assert sorted(purposes) == list(range(len(Purpose)))
