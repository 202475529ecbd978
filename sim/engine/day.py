"""The order of a day. This file alone knows it, and holds nothing else.

1. Script: dated events and numbers that change today.
2. Hosts review their stance toward the groups in their land. Militants: each group reviews mode,
   moves and truces; attacks happen; casualties fall; evidence appears; operations answer.
3. Attribution: the victims' feelings and beliefs about each host, collected over the day's attacks,
   move at once, after governments have reviewed offensives at home.
4. Border commands choose, all on the same snapshot; then clashes are fought.
5. States choose, all on the same snapshot, and those whose ally calls them into its war; then
   orders are given, wars begin and are entered, and what is due is carried out, effects collected
   and applied together.
6. Diplomacy: mediators offer, states accept or refuse; ceasefires begin, hold, erode, collapse;
   crossings close and open.
7. Stocks: feelings, beliefs, pressure fade; weariness and trade losses accumulate; groups recruit;
   control of ground shifts.
8. Record: measures and series.

Until the release (day 0) the script alone acts for states, commands and mediators; groups go on
below the threshold of news.

To add a phase: its function in `sim/engine/rules/phases.py`, its line in `PHASES`. The compiled
`day`, the Mesa model, which lets its agents decide, and the profiler all take the order from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from itertools import groupby
from typing import Any, NamedTuple

from sim.engine.jit import njit
from sim.engine.rules import phases

Step = Callable[..., Any]


class Phase(NamedTuple):
    """A part of a day.

    Attributes
    ----------
    item : its number in the list above
    name : in words
    run : what happens; takes the world, and a group's number if it is lived through `by_group`
    decide : whose choices it makes and nothing else, so that agents may make them: "groups",
        "commands", "states", "allies", "mediators", or nobody's
    after_release : whether it is left out until the release
    by_group : whether it belongs to a run of phases that each group lives through in turn
    """

    item: int
    name: str
    run: Step
    decide: str = ""
    after_release: bool = False
    by_group: bool = False


PHASES = (
    Phase(1, "script", phases.play_script),
    Phase(2, "hosts", phases.hosts_decide),
    Phase(2, "groups choose", phases.groups_choose, "groups", after_release=True, by_group=True),
    Phase(2, "groups move", phases.groups_move, after_release=True, by_group=True),
    Phase(2, "attacks", phases.groups_attack, by_group=True),
    Phase(2, "operations", phases.states_answer, by_group=True),
    Phase(3, "offensives", phases.governments_decide),
    Phase(3, "feelings", phases.feel),
    Phase(4, "commands choose", phases.commands_choose, "commands", after_release=True),
    Phase(4, "commands fight", phases.commands_fight, after_release=True),
    Phase(4, "feelings", phases.feel, after_release=True),
    Phase(5, "states choose", phases.states_choose, "states", after_release=True),
    Phase(5, "calls on allies", phases.call_allies, after_release=True),
    Phase(5, "allies choose", phases.allies_choose, "allies", after_release=True),
    Phase(5, "states act", phases.states_act, after_release=True),
    Phase(5, "feelings", phases.feel, after_release=True),
    Phase(6, "crises", phases.follow_crises),
    Phase(6, "talks", phases.mediators_talk, "mediators", after_release=True),
    Phase(6, "ceasefires and crossings", phases.keep_peace),
    Phase(7, "stocks", phases.change_stocks),
    Phase(8, "record", phases.record_day),
)


def runs(order: Iterable[Phase]) -> Iterator[tuple[bool, list[Phase]]]:
    """The phases in runs: whether the run is lived through group by group, and its phases."""
    for by_group, run in groupby(order, key=lambda phase: phase.by_group):
        yield by_group, list(run)


def in_order(steps: Iterable[Step]) -> Step:
    """One compiled function that takes the steps one after the other, with the same arguments."""

    def two(first: Step, second: Step) -> Step:
        @njit
        def both(*arguments):
            first(*arguments)
            second(*arguments)

        return both

    return reduce(two, steps)


def after_release(step: Step) -> Step:
    """The step, on days after the release."""

    @njit
    def run_guarded(world, *more):
        if world.clock[0].day > 0:
            step(world, *more)

    return run_guarded


def for_each_group(step: Step) -> Step:
    """The step, for one group after the other."""

    @njit
    def run_repeatedly(world):
        for g in range(world.groups.shape[0]):
            step(world, g)

    return run_repeatedly


def compose(order: Iterable[Phase]) -> Step:
    """The compiled day of these phases; takes the world."""
    steps = []
    for by_group, run in runs(order):
        step = in_order(after_release(p.run) if p.after_release else p.run for p in run)
        steps.append(for_each_group(step) if by_group else step)
    return in_order(steps)


#: One day of a world, compiled.
day = compose(PHASES)
