"""The compiled loop: a batch of replications from end to end.

These are the functions that a program in another language would call: each takes the addresses of
a world and of a batch (`sim/engine/world/native.py`) and numbers, and returns nothing.
"""

from __future__ import annotations

import numpy as np

from sim.engine.day import day
from sim.engine.jit import entry, njit
from sim.engine.rules.books import finish
from sim.engine.rules.opening import start


@entry
def begin(world, batch, r):
    """Make a world ready for the first day of the r-th replication of a batch."""
    clear(world, batch)
    clock, settings = world.clock[0], batch.settings[0]
    clock.seed = settings.seed
    clock.replication = settings.first + r
    clock.stream = settings.first + r
    clock.day = settings.first_day - 1
    clock.horizon = settings.horizon
    clock.window = settings.window
    for k in range(batch.slots.shape[0]):
        world.words[batch.slots[k]] = batch.inputs[r, k]
    start(world)


@entry
def resume(world, batch, r):
    """Make a world ready to go on from a batch's past, with the r-th of its random streams."""
    clear(world, batch)
    world.clock[0].stream = batch.settings[0].first + r
    world.clock[0].log_length = 0


@njit
def clear(world, batch):
    """The block as it is before the first day of a batch."""
    for k in range(batch.eve.shape[0]):
        world.block[k] = batch.eve[k]


@entry
def advance(world, number):
    """One day: `number` is days from the release."""
    world.clock[0].day = number
    day(world)


@entry
def run_all(world, batch):
    """Run all replications of a batch, and write down what they come to; see `Chunk`."""
    for r in range(batch.status.shape[0]):
        if batch.settings[0].forked == 1:
            resume(world, batch, r)
        else:
            begin(world, batch, r)
        run_days(world, batch, r)
        clock = world.clock[0]
        if clock.error == 0:
            finish(world)
        batch.status[r] = clock.error
        batch.failed_day[r] = clock.error_day
        for m in range(batch.places.shape[0]):
            batch.measures[r, m] = world.words[batch.places[m]] if clock.error == 0 else np.nan


@njit
def run_days(world, batch, r):
    """All days of one replication, or those up to its failure."""
    clock, tally = world.clock[0], world.tally[0]
    first = batch.settings[0].first_day
    for number in range(first, batch.settings[0].horizon + 1):
        advance(world, number)
        if batch.blocks.shape[0] > 0:
            for k in range(batch.eve.shape[0]):
                batch.blocks[number - first, k] = world.block[k]
        if clock.error != 0:
            return
        if number > 0:
            batch.rung[r, number - 1] = int(tally.rung_today)
            batch.deaths[r, number - 1] = int(tally.dead_today)
            batch.interstate[r, number - 1] = int(tally.interstate_today)
