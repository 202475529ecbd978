"""Where a day goes: the phases of `sim.engine.day`, with the processor's clock read around each."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from bench.settings import Settings
from sim.engine.day import PHASES, Phase, Step, in_order, runs
from sim.engine.jit import entry, njit

#: what time is booked under: phases of one name count together
NAMES = tuple(dict.fromkeys(phase.name for phase in PHASES))
_REPLICATIONS = 20


def _ticks(context: Any) -> Any:

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        word = ir.IntType(64)
        return builder.call(
            builder.module.declare_intrinsic(
                "llvm.readcyclecounter", (), ir.FunctionType(word, ())
            ),
            (),
        )

    return types.int64(), generate


#: The processor's time stamp, in compiled code.
ticks: Any = intrinsic(_ticks)


def timed(phase: Phase) -> Step:
    """The phase, adding its ticks to `spent` (n_names,) under its name."""
    run, k = phase.run, NAMES.index(phase.name)

    @njit
    def step(world, spent, *about):  # type: ignore[no-untyped-def]
        since = ticks()
        run(world, *about)
        spent[k] += ticks() - since

    return step


def for_each_group(step: Step) -> Step:
    """The timed step, for one group after the other."""

    @njit
    def repeated(world, spent):  # type: ignore[no-untyped-def]
        for g in range(world.groups.shape[0]):
            step(world, spent, g)

    return repeated


def steps() -> Iterator[Step]:
    """A day after the release, timed, in the order of `PHASES`."""
    for by_group, run in runs(PHASES):
        step = in_order(timed(phase) for phase in run)
        yield for_each_group(step) if by_group else step


timed_day = in_order(steps())


@entry
def timed_days(world, spent, horizon):  # type: ignore[no-untyped-def]
    """All days after the release; `spent` (n_names,) takes the ticks of each phase."""
    for number in range(1, horizon + 1):
        world.clock[0].day = number
        timed_day(world, spent)


def profile(settings: Settings) -> str:
    """Shares of the phases of a day after the release."""
    from sim.model import EscalationModel

    spent = np.zeros(len(NAMES), dtype=np.int64)
    scenario = settings.load()
    for replication in range(_REPLICATIONS):
        model = EscalationModel(
            scenario, seed=1, replication=replication, from_release=True, collect="nothing"
        )
        timed_days(model.world, spent, model.template.horizon)
    whole = math.fsum(spent)
    lines = [f"| {NAMES[k]} | {spent[k] / whole:.0%} |" for k in np.argsort(-spent)]
    return "\n".join(
        ["Where a day after the release goes:", "", "| phase | share |", "|---|---|", *lines]
    )
