"""A replication is a scenario, a seed and a number, in any batch, compiled or not."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sim.engine.jit import COMPILED
from sim.engine.replication import draw_inputs, replay, run_chunk
from sim.engine.world import Chunk
from sim.vocabulary.codes import FailureKind
from tests.engine.world.many import built
from tests.engine.world.plain import plain
from tests.golden.record import CASES

SEED = 2**64 - 3
RUNS = 60 if COMPILED else 4
SERIES = ("rung", "deaths", "interstate", "status", "failed_day")

each = pytest.mark.parametrize("name", CASES)


@pytest.fixture(scope="module", params=CASES)
def batch(request: pytest.FixtureRequest) -> tuple[Any, Chunk]:
    of = built(CASES[request.param])
    return of, run_chunk(of, SEED, 0, RUNS)


def same(one: Chunk, other: Chunk) -> None:
    """Bit for bit, missing times included."""
    assert one.measures.tobytes() == other.measures.tobytes()
    for series in SERIES:
        assert np.array_equal(getattr(one, series), getattr(other, series)), series


def part(chunk: Chunk, first: int, count: int) -> Chunk:
    return Chunk(*(array[first : first + count] for array in chunk))


def test_the_same_seed_gives_the_same(batch: tuple[Any, Chunk]) -> None:
    of, chunk = batch
    same(run_chunk(of, SEED, 0, RUNS), chunk)


def test_another_seed_gives_another(batch: tuple[Any, Chunk]) -> None:
    of, chunk = batch
    assert run_chunk(of, SEED - 1, 0, RUNS).measures.tobytes() != chunk.measures.tobytes()


def test_a_replication_alone_is_that_of_the_batch(batch: tuple[Any, Chunk]) -> None:
    of, chunk = batch
    for k in {0, 1, RUNS // 2, RUNS - 1}:
        same(run_chunk(of, SEED, k, 1), part(chunk, k, 1))


def test_replications_differ(batch: tuple[Any, Chunk]) -> None:
    _, chunk = batch
    assert len({row.tobytes() for row in chunk.measures}) == RUNS


@pytest.mark.parametrize("size", [1, 7, 30])
def test_it_does_not_matter_how_a_batch_is_cut(size: int, batch: tuple[Any, Chunk]) -> None:
    of, chunk = batch
    pieces = [run_chunk(of, SEED, first, min(size, RUNS - first)) for first in range(0, RUNS, size)]
    same(Chunk(*(np.concatenate(parts) for parts in zip(*pieces, strict=True))), chunk)


def test_a_replay_tells_the_replication_of_the_batch(batch: tuple[Any, Chunk]) -> None:
    of, chunk = batch
    for k in (0, RUNS - 1):
        story = replay(of, SEED, k)
        assert story.measures.tobytes() == chunk.measures[k].tobytes()
        for series in ("rung", "deaths", "interstate"):
            assert np.array_equal(getattr(story, series), getattr(chunk, series)[k])
        assert story.status == chunk.status[k] == 0


def test_a_short_log_is_made_longer_and_tells_the_same(batch: tuple[Any, Chunk]) -> None:
    of, _ = batch
    long, short = replay(of, SEED, 0), replay(of, SEED, 0, log_rows=2)
    assert len(long.events) > 2
    assert long.events.tobytes() == short.events.tobytes()
    assert long.measures.tobytes() == short.measures.tobytes()


def test_given_inputs_are_used_in_the_place_of_drawn_ones() -> None:
    of = built(CASES["war"])
    draw = plain("sim.engine.replication").draw_inputs
    assert len(of.uncertain) == 1
    inputs = draw(of, SEED, 0, 3)
    same(run_chunk(of, SEED, 0, 3, inputs=inputs), run_chunk(of, SEED, 0, 3))
    turned = run_chunk(of, SEED, 0, 3, inputs=inputs[::-1])
    assert turned.measures.tobytes() != run_chunk(of, SEED, 0, 3).measures.tobytes()


@pytest.mark.compiled
@each
def test_compiled_and_plain_engine_tell_the_same(name: str) -> None:
    """Whole numbers agree exactly, real ones to the rounding of the mathematical functions."""
    of = built(CASES[name])
    ours, theirs = replay(of, SEED, 5), plain("sim.engine.replication").replay(of, SEED, 5)
    assert len(ours.events) == len(theirs.events) > 0
    for field in ours.events.dtype.names or ():
        np.testing.assert_allclose(
            ours.events[field], theirs.events[field], rtol=1e-9, atol=1e-12, err_msg=field
        )
    np.testing.assert_allclose(ours.measures, theirs.measures, rtol=1e-9, atol=1e-12)
    for series in ("rung", "deaths", "interstate"):
        assert np.array_equal(getattr(ours, series), getattr(theirs, series))


def test_a_replication_that_fails_fails_alone() -> None:
    """A number that no file may have ends its own replication; the others are what they were."""
    rate = {"dist": "uniform", "low": 0.5, "high": 1, "assumed": "invented"}
    of = built({"groups.rebels.base_rate": rate})
    runs = 40 if COMPILED else 8
    inputs = draw_inputs(of, 7, 0, runs)
    inputs[::3] = -8.0
    chunk = run_chunk(of, 7, 0, runs, inputs=inputs)
    bad = np.flatnonzero(chunk.status)
    assert bad.tolist() == list(range(0, runs, 3))
    assert set(chunk.status[bad]) == {FailureKind.BAD_MEAN}
    assert set(chunk.failed_day[bad]) == {1 - of.history_days}
    assert np.isnan(chunk.measures[bad]).all()
    for k in (0, 1):
        same(run_chunk(of, 7, k, 1, inputs=inputs[k : k + 1]), part(chunk, k, 1))
    story = replay(of, 7, 0, inputs[:1])
    assert story.status == chunk.status[bad[0]]
    assert np.isnan(story.measures).all()
