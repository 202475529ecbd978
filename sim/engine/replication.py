"""Replications by the number: a chunk of them, or one of them with all that happened in it.

A replication is a scenario, a root seed and a number; nothing else moves its result.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.engine import chance
from sim.engine.cache import one_at_a_time
from sim.engine.chance import key
from sim.engine.jit import CACHE, COMPILED
from sim.engine.loop import run_all
from sim.engine.own_measures import own_values
from sim.engine.world import Batch, Branch, Chunk, Template, World, slot
from sim.engine.world.batch import empty_chunk
from sim.vocabulary.codes import FailureKind, Purpose

_LOG_ROWS = 4096
_LEDGER_WORDS = 1 << 20
_LOG_GROWTH = 4
_ARITHMETIC_ERRORS = (ArithmeticError, ValueError)


class Replication(NamedTuple):
    """One replication in full.

    A replication that fails ends on the day of its failure, with `status` saying why and no
    measures.

    events : (n_events,) EVENT
    blocks : (days, n_words) uint64, the world's block at the end of each day from the first of
        history, or of a branch
    measures : (n_measures,) float64
    rung, deaths, interstate : (horizon,) by day after the release; see `Chunk`
    status : 0 or a number of `FailureKind`
    ledger : (n,) words of the decisions made, as sim/engine/rules/decide.py lays them out; none
        unless asked for
    """

    events: np.ndarray
    blocks: np.ndarray
    measures: np.ndarray
    rung: np.ndarray
    deaths: np.ndarray
    interstate: np.ndarray
    status: int
    ledger: np.ndarray


def draw_inputs(template: Template, seed: int, first: int, count: int) -> np.ndarray:
    """Values of the uncertain numbers, (count, n_uncertain), each by an address of its path."""
    values = np.empty((count, len(template.uncertain)))
    entities = np.array([key(path) for path, _, _ in template.uncertain], dtype=np.uint64)
    chance.fill_uniforms(
        values, (np.uint64(seed), np.uint64(first)), entities, 0, Purpose.PARAMETER
    )
    for column, (_, _, quantity) in enumerate(template.uncertain):
        values[:, column] = quantity.dist.ppf(values[:, column])
    return values


def run_chunk(
    template: Template, seed: int, first: int, count: int, inputs: np.ndarray | None = None
) -> Chunk:
    """Run replications first .. first+count-1; the GIL is released while they run.

    Parameters
    ----------
    template : of the scenario
    seed : root seed, unsigned 64-bit
    first, count : which replications
    inputs : (count, n_uncertain) values of the uncertain numbers, if a design gives them; else
        drawn

    Returns
    -------
    Chunk
    """
    warm(template)
    if inputs is None:
        inputs = draw_inputs(template, seed, first, count)
    if template.own:
        return _run_with_record(template, seed, first, inputs)

    def run(at: int, n: int) -> Chunk:
        return _run(template, Batch(template, first + at, n, seed=seed, inputs=inputs[at : at + n]))

    return _salvage(run, _failed_chunk(template), 0, count)


def _run_with_record(template: Template, seed: int, first: int, inputs: np.ndarray) -> Chunk:
    """The same one by one, with the record from which measures of a file's own are computed."""
    chunk, world = empty_chunk(template, len(inputs)), World(template, _LOG_ROWS)
    for r in range(len(inputs)):
        found = replay(template, seed, first + r, inputs[r : r + 1], world=world)
        chunk.status[r] = found.status
        if found.status:
            arithmetic = found.status == FailureKind.ARITHMETIC
            chunk.failed_day[r] = 0 if arithmetic else len(found.blocks) - template.history_days
            continue
        chunk.measures[r] = found.measures
        chunk.rung[r], chunk.deaths[r] = found.rung, found.deaths
        chunk.interstate[r] = found.interstate
    return chunk


def run_futures(
    template: Template, branch: Branch, first: int, count: int, places: np.ndarray
) -> Chunk:
    """Go on from a branch, `count` times.

    Parameters
    ----------
    template : of the scenario from here on, laid out as that of the past
    branch : the past and the first day
    first : the random streams are those of replications first, first+1, ...
    places : (n,) words to read at the end in the place of the measures

    Returns
    -------
    Chunk, whose `measures` are the words at `places`, and whose series are 0 before the branch
    """
    warm(template)

    def run(at: int, n: int) -> Chunk:
        return _run(template, Batch(template, first + at, n, branch=branch, places=places))

    return _salvage(run, _failed_chunk(template, len(places)), 0, count)


def _run(template: Template, batch: Batch) -> Chunk:
    run_all(World(template), batch)
    return batch.chunk


def _salvage(run: Callable[[int, int], Chunk], failed: Chunk, at: int, count: int) -> Chunk:
    """`run(at, count)`; if one of them divides by zero or the like, each alone, to find which."""
    try:
        return run(at, count)
    except _ARITHMETIC_ERRORS:
        if count == 1:
            return failed
        singles = [_salvage(run, failed, at + r, 1) for r in range(count)]
        return Chunk(*(np.concatenate(parts) for parts in zip(*singles, strict=True)))


def _failed_chunk(template: Template, numbers: int | None = None) -> Chunk:
    chunk = empty_chunk(template, 1, numbers)
    chunk.status[:] = FailureKind.ARITHMETIC
    return chunk


def replay(
    template: Template,
    seed: int,
    replication: int,
    inputs: np.ndarray | None = None,
    *,
    log_rows: int = _LOG_ROWS,
    ledger: bool = False,
    world: World | None = None,
) -> Replication:
    """Run one replication again and keep all of it: the same as in any ensemble of this seed.

    Parameters
    ----------
    template : of the scenario
    seed, replication : which one
    inputs : (1, n_uncertain) values of the uncertain numbers; drawn if left out
    log_rows : room for events to begin with; if it does not suffice, there will be more
    ledger : whether to keep its decisions too
    world : to run it in, with a log of `log_rows` rows; a new one if left out
    """
    numbers = draw_inputs(template, seed, replication, 1) if inputs is None else inputs

    def batch() -> Batch:
        return Batch(template, replication, 1, seed=seed, inputs=numbers, keep_days=True)

    found = _in_full(template, batch, log_rows, _LEDGER_WORDS if ledger else 0, world)
    if not template.own or found.status:
        return found
    own = own_values(template, found.events, found.blocks)
    slots = len(template.measure_slots)
    return found._replace(measures=np.concatenate([found.measures[:slots], own]))


def replay_future(
    template: Template, branch: Branch, stream: int, *, ledger: bool = False
) -> Replication:
    """Go on from a branch with the random stream of one number, and keep all of it from there.

    `ledger` says whether to keep its decisions too. The measures of a file's own, which need the
    past too, are missing.
    """

    def batch() -> Batch:
        return Batch(template, stream, 1, branch=branch, keep_days=True)

    return _in_full(template, batch, _LOG_ROWS, _LEDGER_WORDS if ledger else 0)


def _in_full(
    template: Template,
    batch_of: Callable[[], Batch],
    log_rows: int,
    ledger_words: int,
    world: World | None = None,
) -> Replication:
    """Run a batch of one and keep all of it; again, with more room, if log or ledger overflow."""
    warm(template)
    world, batch = world or World(template, log_rows, ledger_words), batch_of()
    clock, days = world.clock[0], len(batch.blocks)
    try:
        run_all(world, batch)
        status = int(batch.chunk.status[0])
    except _ARITHMETIC_ERRORS:
        status = FailureKind.ARITHMETIC
    if status:
        days = max(1, int(clock.day) - int(batch.settings[0].first_day) + 1)
        batch.blocks[days - 1] = world.block
    events, words = int(clock.log_length), int(clock.ledger_length)
    if events > log_rows or words > ledger_words:
        rows = _LOG_GROWTH * events if events > log_rows else log_rows
        return _in_full(template, batch_of, rows, max(ledger_words, words))
    blocks = batch.blocks[:days]
    history = max(0, 1 - int(batch.settings[0].first_day))
    numbers = blocks.view(np.float64)[history:]
    rung, deaths, interstate = (
        numbers[:, slot(template.spans, "tally", name, 0)].astype(int)
        for name in ("rung_today", "dead_today", "interstate_today")
    )
    return Replication(
        events=np.asarray(world.log)[:events].copy(),
        blocks=blocks,
        measures=_all_measures(template, batch.chunk.measures[0]),
        rung=rung,
        deaths=deaths,
        interstate=interstate,
        status=status,
        ledger=world.ledger[:words],
    )


def _all_measures(template: Template, words: np.ndarray) -> np.ndarray:
    """(n_measures,) the measures that words of the world hold; those of a file's own missing."""
    measures = np.full(len(template.measures), np.nan)
    measures[: len(words)] = words
    return measures


def is_warm() -> bool:
    """Whether the loop is ready in this process."""
    return not COMPILED or bool(run_all.callers)


def warm(template: Template) -> None:
    """Compile the loop, or load it from the disk, by running no replication.

    One process compiles, others wait for it.
    """
    if is_warm():
        return
    with one_at_a_time(CACHE):
        _run(template, Batch(template, 0, 0, inputs=np.empty((0, len(template.uncertain)))))
