"""How near the compiled loop comes to drawing its random numbers and doing nothing else, and where the rest of the time goes."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.settings import Settings
from bench.timing import Row, fresh, interleaved, ratios, seconds, short, spread
from sim import chance
from sim.jit import entry

TARGET = 5.0
_PROFILED = 3  # replications for each repeat


@entry
def draw(blocks, seed, first, count):  # type: ignore[no-untyped-def]
    """Draw `blocks` blocks of random words for each of `count` replications; the sum keeps the compiler from leaving them out."""
    total = np.uint64(0)
    for r in range(count):
        for k in range(blocks):
            total ^= chance.words(seed, first + r, 17, 1, 1, k)[0]
    return total


def count_blocks(scenario: str, overrides: dict[str, Any], count: int) -> float:
    """Mean number of blocks that a replication draws, by a count in the plain interpreter; runs in a process of its own."""
    from sim.replication import run_chunk
    from sim.world import build

    template = build(Settings(scenario, overrides).load())
    calls = 0
    uniforms = chance.uniforms

    def counted(*address: Any) -> Any:
        nonlocal calls
        calls += 1
        return uniforms(*address)

    chance.uniforms = counted
    run_chunk(template, 1, 0, count)
    return calls / count + len(template.uncertain)


def against_floor(settings: Settings) -> tuple[list[Row], str]:
    """Time of a compiled chunk against the floor."""
    from sim.replication import run_chunk
    from sim.world import build

    template = build(settings.load())
    blocks = round(fresh("bench.floor:count_blocks", plain=True, scenario=settings.scenario, overrides=settings.overrides, count=settings.counted))
    count, seed = settings.chunk, np.uint64(1)
    contestants = {
        "floor": lambda: seconds(lambda: draw(blocks, seed, 0, count)) / count,
        "loop": lambda: seconds(lambda: run_chunk(template, 1, 0, count)) / count,
    }
    interleaved(contestants, 1)
    found = interleaved(contestants, settings.repeats)
    times = ratios(found["loop"], found["floor"])
    row = Row("compiled loop against the floor, times", f"<= {TARGET:g}, or a profile", str(times), times.median <= TARGET)
    words = (
        f"A replication of {template.days} days draws {blocks:,} blocks of four random words. Drawing them alone takes "
        f"{short(1e6 * spread(found['floor']).median)} us, the replication {short(1e6 * spread(found['loop']).median)} us, "
        f"{short(1e6 * spread(found['loop']).median / template.days)} us a day."
    )
    return [row], f"{words}\n\n{profile(settings)}"


def phases(model: Any) -> list[tuple[str, Callable[[], Any]]]:
    """A day after the release, cut into the entries that Python can call, in the order of `sim/day.py`."""
    from sim import day
    from sim.rules import campaign, feelings

    world = model.world
    groups = range(len(model.template.groups))
    return [
        ("script", lambda: day.open_day(world)),
        ("hosts", lambda: day.hosts_decide(world)),
        ("groups choose", lambda: [(campaign.set_mode(world, g, campaign.group_decides(world, g)), day.group_campaigns(world, g)) for g in groups]),
        ("attacks and operations", lambda: [day.group_acts(world, g) for g in groups]),
        ("offensives", lambda: day.offensives(world)),
        ("feelings", lambda: feelings.apply(world)),
        ("commands choose", lambda: day.commands_choose(world)),
        ("commands fight", lambda: day.commands_fight(world)),
        ("feelings", lambda: feelings.apply(world)),
        ("states choose", lambda: day.states_choose(world)),
        ("states act", lambda: day.states_act(world)),
        ("feelings", lambda: feelings.apply(world)),
        ("talks", lambda: (day.remember(world), day.talks(world))),
        ("ceasefires and crossings", lambda: day.keep_peace(world)),
        ("stocks", lambda: day.end_stocks(world)),
        ("record", lambda: day.record(world)),
    ]


def profile(settings: Settings) -> str:
    """Where the time of a day goes: each phase timed by itself, less the cost of calling it, as shares of all phases."""
    from sim.model import EscalationModel

    spent: dict[str, float] = {}
    scenario = settings.load()
    days = 0
    for replication in range(_PROFILED * settings.repeats + 1):
        if replication == 1:
            spent, days = {}, 0  # the first has loaded the machine code
        model = EscalationModel(scenario, seed=1, replication=replication, from_release=True, collect="nothing")
        calls = phases(model)
        for number in range(1, model.template.horizon + 1):
            model.world.clock[0].day = number
            days += 1
            for name, call in calls:
                start = time.perf_counter_ns()
                call()
                spent[name] = spent.get(name, 0.0) + time.perf_counter_ns() - start
    # applying feelings takes some tens of nanoseconds, so that its call is the price of a call
    empty = spent.pop("feelings") / days / sum(name == "feelings" for name, _ in calls)
    groups = len(model.template.groups)
    price = {"groups choose": 3 * groups, "attacks and operations": groups, "talks": 2}
    net = {name: max(0.0, total / days - empty * price.get(name, 1)) for name, total in spent.items()}
    whole = math.fsum(net.values()) or 1.0
    lines = [f"| {name} | {net[name] / 1000:.2f} | {net[name] / whole:.0%} |" for name in sorted(net, key=lambda n: -net[n])]
    return "\n".join(["Where a day after the release goes, each phase timed by itself:", "", "| phase | us a day | share |", "|---|---|---|", *lines])
