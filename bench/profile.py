"""Where a day goes: a compiled twin of `sim.engine.day.day` that reads the processor's clock between its phases."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from llvmlite import ir
from numba import types
from numba.extending import intrinsic

from bench.settings import Settings
from sim.engine import day
from sim.engine.jit import entry, njit
from sim.engine.rules import campaign, feelings, militants, operations

PHASES = (
    "script",
    "hosts choose",
    "groups choose",
    "attacks",
    "operations",
    "governments choose offensives",
    "feelings",
    "commands choose",
    "commands fight",
    "states choose",
    "states act",
    "talks",
    "ceasefires and crossings",
    "stocks",
    "record",
)
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


@njit
def book(spent, phase, since):  # type: ignore[no-untyped-def]
    """Add the time since `since` to a phase; returns the time now."""
    now = ticks()
    spent[phase] += now - since
    return ticks()


@entry
def timed_days(world, spent, horizon):  # type: ignore[no-untyped-def]
    """All days after the release, in the order of `sim.engine.day.day`.

    `spent` (n_phases,) takes the ticks of each phase.
    """
    for number in range(1, horizon + 1):
        world.clock[0].day = number
        t = ticks()
        day.open_day(world)
        t = book(spent, 0, t)
        day.hosts_decide(world)
        t = book(spent, 1, t)
        for g in range(world.groups.shape[0]):
            campaign.set_mode(world, g, campaign.group_decides(world, g))
            day.group_campaigns(world, g)
            t = book(spent, 2, t)
            militants.attack(world, g)
            t = book(spent, 3, t)
            operations.operate(world, g)
            t = book(spent, 4, t)
        day.offensives(world)
        t = book(spent, 5, t)
        feelings.apply(world)
        t = book(spent, 6, t)
        day.commands_choose(world)
        t = book(spent, 7, t)
        day.commands_fight(world)
        t = book(spent, 8, t)
        feelings.apply(world)
        t = book(spent, 6, t)
        day.states_choose(world)
        t = book(spent, 9, t)
        day.states_act(world)
        t = book(spent, 10, t)
        feelings.apply(world)
        t = book(spent, 6, t)
        day.remember(world)
        day.talks(world)
        t = book(spent, 11, t)
        day.keep_peace(world)
        t = book(spent, 12, t)
        day.end_stocks(world)
        t = book(spent, 13, t)
        day.record(world)
        book(spent, 14, t)


def profile(settings: Settings) -> str:
    """Shares of the phases of a day after the release.

    Raise if the twin has left the order of the original.
    """
    from sim.engine.replication import run_chunk
    from sim.model import EscalationModel

    spent = np.zeros(len(PHASES), dtype=np.int64)
    scenario = settings.load()
    deaths = 0.0
    for replication in range(_REPLICATIONS):
        model = EscalationModel(
            scenario, seed=1, replication=replication, from_release=True, collect="nothing"
        )
        timed_days(model.world, spent, model.template.horizon)
        deaths += model.measures["deaths"]
    column = [measure.name for measure in model.template.measures].index("deaths")
    if deaths != run_chunk(model.template, 1, 0, _REPLICATIONS).measures[:, column].sum():
        raise RuntimeError("bench/profile.py does not live through the days of sim/engine/day.py")
    whole = math.fsum(spent)
    lines = [f"| {PHASES[k]} | {spent[k] / whole:.0%} |" for k in np.argsort(-spent)]
    return "\n".join(
        ["Where a day after the release goes:", "", "| phase | share |", "|---|---|", *lines]
    )
