"""A lesson by the clock: the plans of a scenario, and a usual one of each length that it lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from sim.scenario.schema import Stage, Teaching
from sim.words import Words

#: By minutes, the stages of a usual plan (words, section sheets.stages) and how long each takes.
#: Assumed: first the guess, then the look; at least a seventh of the time to look back.
USUAL: dict[int, tuple[tuple[str, int], ...]] = {
    20: (("reports", 4), ("bet", 4), ("worlds", 5), ("story", 4), ("close", 3)),
    45: (
        ("reports", 5),
        ("bet", 5),
        ("worlds", 7),
        ("roles", 6),
        ("story", 8),
        ("tries", 8),
        ("close", 6),
    ),
    90: (
        ("reports", 8),
        ("bet", 6),
        ("worlds", 10),
        ("roles", 12),
        ("story", 14),
        ("tries", 18),
        ("questions", 12),
        ("close", 10),
    ),
}


class Step(NamedTuple):
    """A stage of a plan with the minutes at which it begins and ends."""

    start: int
    end: int
    what: str
    say: str


class ClockPlan(NamedTuple):
    """A lesson of so many minutes; `own` if it is of the scenario."""

    minutes: int
    own: bool
    steps: list[Step]


def plans(teaching: Teaching, words: Words) -> list[ClockPlan]:
    """The plans of a lesson by length: its own, and the usual ones of other lengths."""
    own = {plan.minutes: plan.stages for plan in teaching.plans}
    if teaching.plan:
        own.setdefault(sum(stage.minutes for stage in teaching.plan), teaching.plan)
    usual = {minutes: _usual(minutes, words) for minutes in USUAL if minutes not in own}
    made = [ClockPlan(n, True, list(_steps(_stages(stages)))) for n, stages in own.items()]
    made += [ClockPlan(n, False, list(_steps(stages))) for n, stages in usual.items()]
    return sorted(made, key=lambda plan: plan.minutes)


def _stages(stages: Sequence[Stage]) -> list[tuple[int, str, str]]:
    return [(stage.minutes, stage.what, stage.say or "") for stage in stages]


def _usual(minutes: int, words: Words) -> list[tuple[int, str, str]]:
    return [
        (
            length,
            words.text(f"sheets.stages.{name}.what"),
            words.text(f"sheets.stages.{name}.say"),
        )
        for name, length in USUAL[minutes]
    ]


def _steps(stages: Sequence[tuple[int, str, str]]) -> Iterator[Step]:
    for (minutes, what, say), end in zip(
        stages, accumulate(minutes for minutes, _, _ in stages), strict=True
    ):
        yield Step(end - minutes, end, what, say)
