"""Shapes of wars and truces over random settings inside the priors, beside the reference.

For each setting of the uncertain numbers as many replications run with that setting fixed, so that
its shape is not that of a mixture of settings. Wars are ordered before the first day, so that what
makes wars begin does not select them; truces counted are those that stopped a war, as in the
reference. Definitions are those of `reference.py`: a pause that lapses within a week belongs to the
war, a round of fighting has at least 25 dead.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration import priors
from calibration.record import ROOT
from calibration.reference import TRUCE_AGES, WAR_AGES, Spells, alive, weibull
from calibration.reference import truces as reference_truces
from calibration.reference import wars as reference_wars
from calibration.statistics import stretches
from sim.engine.replication import Replication, replay, replay_future
from sim.engine.world import Branch, Template, build, slot
from sim.scenario import Scenario, load
from sim.vocabulary.codes import EventKind, TruceKind
from sim.vocabulary.ladder import Action

DAYS = 730
LULL, LEAST_DEAD = 7, 25  # days of a pause that belongs to a war; dead of a round of fighting
SETTLED_QUALITY, SETTLED_AGE = 0.6, 90
SHAPE = (0.4, 0.9)
SETTLED = (0.01, 0.20)
ALONE = (0.2, 0.6)
LEAST_WARS = 30  # ends from which a setting's shape is fitted
#: other scenarios of the record of one pair, of which the latest stands for all
SAME_PAIR = ("af_pk_base", "af_pk_2024", "af_pk_october_2025")
_EVENTS = 40_000  # room for the events of two years, so that no history is run twice
AGES = {"wars": WAR_AGES, "truces": TRUCE_AGES}

Lengths = list[tuple[int, bool]]


class History(NamedTuple):
    """What a replication shows of wars and truces.

    wars, truces : lengths in days, and whether the end was seen; wars of at least 25 dead
    small : wars with fewer dead
    others : truces that stopped no war
    unmediated, stops : ceasefires without a mediator, and all, of those that stopped a war
    settled : whether an arrangement is in force at the end
    """

    wars: Lengths
    truces: Lengths
    small: Lengths
    others: Lengths
    unmediated: int
    stops: int
    settled: bool


class Setting(NamedTuple):
    """A setting of the uncertain numbers, and the histories of it: wars forced, and as they come.

    values : by path
    """

    values: dict[str, float]
    forced: list[History]
    free: list[History]

    @property
    def wars(self) -> Spells:
        """Wars of the forced histories."""
        return pooled(h.wars for h in self.forced)

    @property
    def truces(self) -> Spells:
        """Truces that stopped them."""
        return pooled(h.truces for h in self.forced)

    @property
    def shape(self) -> float:
        """Weibull's shape of its wars; NaN with fewer than 30 ends."""
        wars = self.wars
        return weibull(wars) if wars.ended.sum() >= LEAST_WARS else np.nan

    @property
    def alone(self) -> float:
        """Share of the stops of wars without a mediator."""
        stops = sum(h.stops for h in self.forced)
        return sum(h.unmediated for h in self.forced) / stops if stops else np.nan

    @property
    def settled(self) -> float:
        """Share of the free histories that end in an arrangement."""
        return float(np.mean([h.settled for h in self.free]))


class Shapes(NamedTuple):
    """Settings by scenario, and how they were made."""

    found: dict[str, list[Setting]]
    digests: dict[str, str]
    runs: int
    seed: int


def pooled(lengths: Iterable[Lengths]) -> Spells:
    """Lengths of many histories as one list."""
    flat = [one for some in lengths for one in some]
    days, ended = zip(*flat, strict=True) if flat else ((), ())
    return Spells(np.array(days, np.int64), np.array(ended, np.bool_))


def scenarios() -> tuple[str, ...]:
    """The bundled scenarios that are measured: the first lesson, and each historical pair once."""
    files = sorted((ROOT / "scenarios").glob("*.yaml"))
    history = [
        path.stem
        for path in files
        if path.stem not in SAME_PAIR and load(path).file.kind == "historical"
    ]
    return ("two_states", *history)


def measure(
    names: Sequence[str], settings: int, runs: int, seed: int, jobs: int | None = None
) -> Shapes:
    """Draw the settings of each scenario and run them all."""
    found, digests = {}, {}
    for name in names:
        scenario = load(ROOT / "scenarios" / f"{name}.yaml")
        if not scenario.file.relations:
            continue
        print(f"{name}: {settings} settings", file=sys.stderr)
        digests[name] = scenario.digest
        drawn = list(priors.settings(scenario, settings, seed))
        with ThreadPoolExecutor(jobs or os.cpu_count()) as pool:
            found[name] = list(pool.map(partial(_setting, scenario, runs, seed), drawn))
    return Shapes(found, digests, runs, seed)


def _setting(scenario: Scenario, runs: int, seed: int, values: dict[str, float]) -> Setting:
    fixed = load(scenario.path, {**values, "horizon": DAYS})
    long = build(fixed)
    short = build(load(scenario.path, {**values, "horizon": 1, "outcome_window": 1}))
    warring = _war_at_release(short, seed)
    forced = list(_histories(long, short, seed, runs, force=not warring))
    free = list(_histories(long, short, seed, runs, force=False)) if not warring else forced
    return Setting(values, forced, free)


def _war_at_release(template: Template, seed: int) -> bool:
    evening = replay(template, seed, 0).blocks[template.history_days - 1].view(np.int64)
    pairs = range(template.spans["pairs"].shape[0])
    return any(evening[slot(template.spans, "pairs", "war", p)] == 1 for p in pairs)


def _histories(
    template: Template, short: Template, seed: int, runs: int, *, force: bool
) -> Iterator[History]:
    for replication in range(runs):
        if force:
            evening = replay(short, seed, replication).blocks[short.history_days - 1].copy()
            order_war(template, evening)
            story = replay_future(template, Branch(evening, 1), replication)
            days = story.blocks
        else:
            story = replay(template, seed, replication, log_rows=_EVENTS)
            days = story.blocks[template.history_days :]
        if not story.status:
            yield history(template, story, days)


def order_war(template: Template, block: NDArray[np.uint64]) -> None:
    """Write orders of open war by both sides of the first relation into the evening before day 1.

    What follows is as after any such order: the war begins with an act, and so does its crisis.
    """
    words, spans = block.view(np.int64), template.spans
    a, b = (int(words[slot(spans, "pairs", side, 0)]) for side in ("a", "b"))
    words[slot(spans, "clock", "horizon", 0)] = template.horizon
    words[slot(spans, "clock", "window", 0)] = template.window
    for i, j in ((a, b), (b, a)):
        words[slot(spans, "dyads", "order", i, j)] = int(Action.OPEN_WAR)


def history(template: Template, story: Replication, blocks: NDArray[np.uint64]) -> History:
    """What a replication shows; `blocks` are those of the days after the release."""
    words, last = blocks.view(np.int64), len(blocks)
    wars, small, truces, others = Lengths(), Lengths(), Lengths(), Lengths()
    alone = stops = 0
    for p in range(template.spans["pairs"].shape[0]):
        a, b = (int(words[0, slot(template.spans, "pairs", side, p)]) for side in ("a", "b"))
        at_war = words[:, slot(template.spans, "pairs", "war", p)] == 1
        at_war[days_of_war(story.events, (a, b)) - 1] = True
        for first, end in rounds(at_war):
            spell = (end - first + 1, end < last - 1)
            bloody = story.interstate[first : end + 1].sum() >= LEAST_DEAD
            (wars if bloody else small).append(spell)
        for begun, length, kind in _ceasefires(story.events, (a, b), last):
            stopped = bool(at_war[max(begun - 2, 0) : begun].any())
            (truces if stopped else others).append(length)
            alone += stopped and kind != TruceKind.MEDIATED
            stops += stopped
    return History(wars, truces, small, others, alone, stops, _settled(template, story))


def days_of_war(events: np.ndarray, pair: tuple[int, int]) -> NDArray[np.int64]:
    """Days on which an act of open war took place in a pair.

    The last of a war is among them, on the evening of which it may be over.
    """
    acts = (events["kind"] == EventKind.ACT) & (events["action"] == Action.OPEN_WAR)
    mine = np.isin(events["actor"], pair) & np.isin(events["target"], pair) & (events["day"] > 0)
    return np.unique(events["day"][acts & mine])


def rounds(at_war: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last index of each round: wars with at most a week of pause between are one."""
    merged: list[tuple[int, int]] = []
    for first, end in stretches(at_war):
        if merged and first - merged[-1][1] - 1 <= LULL:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((first, end))
    return merged


def _ceasefires(
    events: np.ndarray, pair: tuple[int, int], last: int
) -> Iterator[tuple[int, tuple[int, bool], int]]:
    """Day of each ceasefire of a pair, its length and whether its end was seen, and its kind."""
    mine = events[(events["actor"] == pair[0]) & (events["target"] == pair[1])]
    ends = mine["day"][mine["kind"] == EventKind.CEASEFIRE_END]
    for event in mine[(mine["kind"] == EventKind.CEASEFIRE) & (mine["day"] > 0)]:
        begun = int(event["day"])
        end = next((int(day) for day in ends if day >= begun), None)
        length = ((last if end is None else end) - begun + 1, end is not None)
        yield begun, length, int(event["action"])


def _settled(template: Template, story: Replication) -> bool:
    found = {m.name: story.measures[k] for k, m in enumerate(template.measures)}
    return bool(
        found["ceasefire_quality_end"] >= SETTLED_QUALITY
        and found["ceasefire_age_end"] >= SETTLED_AGE
    )


def reference(kind: str) -> Spells:
    """The reference's wars or truces."""
    return reference_wars() if kind == "wars" else reference_truces()


def inside(settings: Sequence[Setting], kind: str, day: int) -> NDArray[np.bool_]:
    """Whether each setting's share longer than a day lies in the reference's 95 % band."""
    band = alive(reference(kind), day)
    shares = np.array([alive(getattr(one, kind), day).value for one in settings])
    return np.asarray((shares >= band.low) & (shares <= band.high))
