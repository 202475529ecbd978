"""Replications by the number: a chunk of them compiled from end to end, or one of them told in full.

A replication is a scenario, a root seed and a number; nothing else moves its result.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from sim.engine import chance
from sim.engine.cache import one_at_a_time
from sim.engine.chance import FAILURES, PARAMETER, key
from sim.engine.day import day, finish, start
from sim.engine.jit import CACHE, COMPILED, entry
from sim.engine.world import Template, World, slot

ARITHMETIC = len(FAILURES)
_LOG_ROWS = 4096
_LEDGER_WORDS = 1 << 20
_LOG_GROWTH = 4


class Chunk(NamedTuple):
    """Results of replications first, first+1, ...

    measures : (count, n_measures) float64, NaN where a time never came
    rung : (count, horizon) int8, highest rung of each day after the release
    deaths, interstate : (count, horizon) int32, all dead of the day, and those of acts between
        states
    status : (count,) int64, 0 or the code of a failure
    failed_day : (count,) int64, day of the failure, days from the release
    """

    measures: np.ndarray
    rung: np.ndarray
    deaths: np.ndarray
    interstate: np.ndarray
    status: np.ndarray
    failed_day: np.ndarray


class Replication(NamedTuple):
    """One replication in full: what happened, and the world's block at the end of each day from the first of history.

    A replication that fails ends on the day of its failure, with `status` saying why and no
    measures.
    """

    events: np.ndarray  # (n_events,) EVENT
    blocks: np.ndarray  # (days, n_words) uint64
    measures: np.ndarray  # (n_measures,)
    rung: np.ndarray  # (horizon,)
    deaths: np.ndarray  # (horizon,)
    interstate: np.ndarray  # (horizon,)
    status: int
    ledger: np.ndarray  # (n,) words of the decisions made, laid out as in sim/engine/rules/decide.py; none unless asked for


@entry
def begin(world, block, template, slots, inputs, seed, replication, horizon, window):
    """Make a world ready for its first day; `inputs` (n_uncertain,) are the values of the uncertain numbers."""
    block[:] = template
    clock = world.clock[0]
    clock.seed = seed
    clock.replication = replication
    clock.stream = replication
    clock.horizon = horizon
    clock.window = window
    for k in range(slots.shape[0]):
        world.words[slots[k]] = inputs[k]
    start(world)


@entry
def resume(world, block, past, stream):
    """Make a world ready to go on from the evening that `past` (n_words,) holds, with the luck of a replication of this number."""
    block[:] = past
    world.clock[0].stream = stream
    world.clock[0].log_length = 0


@entry
def advance(world, number):
    """One day: `number` is days from the release."""
    world.clock[0].day = number
    day(world)


@entry
def run_all(
    world,
    block,
    eve,
    slots,
    inputs,
    seed,
    first,
    forked,
    history,
    horizon,
    window,
    places,
    out,
    rung,
    deaths,
    interstate,
    status,
    failed,
):
    """Run one replication for each row of `out`; see `Chunk` for the arrays, `Template` for the rest.

    They begin from `eve` (n_words,), the template, `history` days ago; or, if `forked`, go on from
    it with the luck of the numbers first, first+1, ..., where `history` is less than 1: a fork on
    day D follows 1 - D days of history.
    """
    clock, tally = world.clock[0], world.tally[0]
    for r in range(out.shape[0]):
        if forked:
            resume(world, block, eve, first + r)
        else:
            begin(world, block, eve, slots, inputs[r], seed, first + r, horizon, window)
        for number in range(1 - history, horizon + 1):
            advance(world, number)
            if clock.error != 0:
                break
            if number > 0:
                rung[r, number - 1] = int(tally.rung_today)
                deaths[r, number - 1] = int(tally.dead_today)
                interstate[r, number - 1] = int(tally.interstate_today)
        if clock.error == 0:
            finish(world)
        status[r] = clock.error
        failed[r] = clock.error_day
        for m in range(places.shape[0]):
            out[r, m] = world.words[places[m]] if clock.error == 0 else np.nan


def draw_inputs(template: Template, seed: int, first: int, count: int) -> np.ndarray:
    """Values of the uncertain numbers, (count, n_uncertain): each by an address of its path, so that none moves another."""
    values = np.empty((count, len(template.uncertain)))
    entities = np.array([key(path) for path, _, _ in template.uncertain], dtype=np.uint64)
    chance.fill_uniforms(values, np.uint64(seed), first, entities, 0, PARAMETER)
    for column, (_, _, quantity) in enumerate(template.uncertain):
        values[:, column] = quantity.dist.ppf(values[:, column])
    return values


def _slots(template: Template) -> np.ndarray:
    return np.array([slot for _, slot, _ in template.uncertain], dtype=np.int64)


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
    return _salvaged(
        lambda at, n: _run(template, seed, first + at, n, inputs[at : at + n]),
        _failed(template),
        0,
        count,
    )


def _salvaged(run: Callable[[int, int], Chunk], failed: Chunk, at: int, count: int) -> Chunk:
    """`run(at, count)`; if one of them divides by zero or the like, each alone, to find which."""
    try:
        return run(at, count)
    except (ArithmeticError, ValueError):
        if count == 1:
            return failed
        singles = [_salvaged(run, failed, at + r, 1) for r in range(count)]
        return Chunk(*(np.concatenate(parts) for parts in zip(*singles, strict=True)))


def _run(template: Template, seed: int, first: int, count: int, inputs: np.ndarray) -> Chunk:
    world = World(template)
    chunk = _empty(template, count)
    run_all(
        *(
            world,
            world.block,
            template.words,
            _slots(template),
            inputs,
            np.uint64(seed),
            first,
            False,
        ),
        *(template.history_days, template.horizon, template.window, template.measure_slots, *chunk),
    )
    return chunk


def _empty(template: Template, count: int, numbers: int | None = None) -> Chunk:
    days = (count, template.horizon)
    measures = np.full((count, len(template.measures) if numbers is None else numbers), np.nan)
    series = np.zeros(days, np.int8), np.zeros(days, np.int32), np.zeros(days, np.int32)
    return Chunk(measures, *series, np.zeros(count, np.int64), np.zeros(count, np.int64))


def run_futures(
    template: Template, past: np.ndarray, day: int, first: int, count: int, places: np.ndarray
) -> Chunk:
    """Go on from an evening, `count` times.

    Parameters
    ----------
    template : of the scenario from here on, laid out as that of the past
    past : (n_words,) the world's block at the end of day - 1, with what is to be changed or forced
        written into it
    day : first day of the futures, days from the release, at least 1
    first : the luck is that of replications first, first+1, ...
    places : (n,) words to read at the end in the place of the measures

    Returns
    -------
    Chunk, whose `measures` are the words at `places`, and whose series are 0 before `day`
    """
    warm(template)
    return _salvaged(
        lambda at, n: _go_on(template, past, day, first + at, n, places),
        _failed(template, len(places)),
        0,
        count,
    )


def _go_on(
    template: Template, past: np.ndarray, day: int, first: int, count: int, places: np.ndarray
) -> Chunk:
    world = World(template)
    chunk = _empty(template, count, len(places))
    run_all(
        *(
            world,
            world.block,
            past,
            np.empty(0, np.int64),
            np.empty((count, 0)),
            np.uint64(0),
            first,
            True,
        ),
        *(1 - day, template.horizon, template.window, places, *chunk),
    )
    return chunk


def _failed(template: Template, numbers: int | None = None) -> Chunk:
    chunk = _empty(template, 1, numbers)
    chunk.status[:] = ARITHMETIC
    return chunk


def replay(
    template: Template,
    seed: int,
    replication: int,
    inputs: np.ndarray | None = None,
    log_rows: int = _LOG_ROWS,
    *,
    ledger: bool = False,
) -> Replication:
    """Run one replication again and keep all of it: same seed and number, same story as in any ensemble; with `ledger` its decisions too."""
    drawn = draw_inputs(template, seed, replication, 1) if inputs is None else inputs

    def ready(world: World) -> None:
        begin(
            world,
            world.block,
            template.words,
            _slots(template),
            drawn[0],
            np.uint64(seed),
            replication,
            template.horizon,
            template.window,
        )

    return _told(
        template, ready, 1 - template.history_days, log_rows, _LEDGER_WORDS if ledger else 0
    )


def replay_future(template: Template, past: np.ndarray, day: int, stream: int) -> Replication:
    """Go on from an evening as `run_futures` does, with the luck of one number, and keep all of it from `day` on."""
    return _told(template, lambda world: resume(world, world.block, past, stream), day)


def _told(
    template: Template,
    ready: Callable[[World], None],
    first: int,
    log_rows: int = _LOG_ROWS,
    ledger_words: int = 0,
) -> Replication:
    """The story from the day `first` on, of a world that is made ready for it; with a longer log or ledger if it does not suffice."""
    warm(template)
    world = World(template, log_rows, ledger_words)
    blocks = np.empty((template.horizon + 1 - first, len(world.block)), dtype=np.uint64)
    status, row = 0, 0
    try:
        ready(world)
        for row in range(len(blocks)):
            advance(world, first + row)
            blocks[row] = world.block
            status = int(world.clock[0].error)
            if status:
                break
        else:
            finish(world)
            status = int(world.clock[0].error)
    except (ArithmeticError, ValueError):
        status = ARITHMETIC
    logged, noted = int(world.clock[0].log_length), int(world.clock[0].ledger_length)
    if logged > log_rows or noted > ledger_words:
        return _told(
            template,
            ready,
            first,
            max(log_rows, _LOG_GROWTH * logged if logged > log_rows else 0),
            max(ledger_words, noted),
        )
    return _story(template, world, blocks[: row + 1], max(0, 1 - first), status)


def _story(
    template: Template, world: World, blocks: np.ndarray, history: int, status: int
) -> Replication:
    numbers = blocks.view(np.float64)[history:]
    series = [
        numbers[:, slot(template.spans, "tally", name, 0)].astype(int)
        for name in ("rung_today", "dead_today", "interstate_today")
    ]
    events = np.asarray(world.log)[: int(world.clock[0].log_length)].copy()
    measures = (
        world.words[template.measure_slots]
        if status == 0
        else np.full(len(template.measures), np.nan)
    )
    rung, deaths, interstate = series
    return Replication(
        events,
        blocks,
        measures,
        rung,
        deaths,
        interstate,
        status,
        world.ledger[: int(world.clock[0].ledger_length)],
    )


def is_warm() -> bool:
    """Whether the loop is ready in this process."""
    return not COMPILED or bool(run_all.whole.signatures)


def warm(template: Template) -> None:
    """Compile the loop, or load it from the disk, by a run of no replication; one process compiles, others wait for it."""
    if is_warm():
        return
    with one_at_a_time(CACHE):
        _run(template, 0, 0, 0, np.empty((0, len(template.uncertain))))
