"""Replications for the tempo table: events, days of ceasefire, days of open war."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.engine.replication import replay
from sim.engine.world import Template, build, slot
from sim.scenario import load
from sim.vocabulary.codes import Command, EventKind
from sim.vocabulary.ladder import Action, Posture

ROOT = Path(__file__).resolve().parents[1]
RUNGS = np.array([action.rung for action in Action])
CLASH_RUNGS = np.array([choice.rung for choice in Command])
KIND = {kind.word: int(kind) for kind in EventKind}
_WAR = [int(action) for action in Action if action.posture is Posture.WAR]


@dataclass(frozen=True)
class Cast:
    """Names by number, and the state of each sector."""

    states: tuple[str, ...]
    groups: tuple[str, ...]
    sector_state: NDArray[np.int64]
    release: date
    horizon: int

    def state(self, name: str) -> int:
        return self.states.index(name)

    def months(self) -> NDArray[np.int64]:
        """Number of the calendar month of each day after the release, from 0."""
        days = [self.release + timedelta(days=n + 1) for n in range(self.horizon)]
        return np.array([(d.year - days[0].year) * 12 + d.month - days[0].month for d in days])


@dataclass(frozen=True)
class Record:
    """One replication after the release: `events` as in `sim.engine.world.EVENT`.

    By day whether a ceasefire held and who was at open war.
    """

    events: np.ndarray
    truce: NDArray[np.bool_]  # (horizon,)
    war: NDArray[np.bool_]  # (horizon, n_states)

    def of(self, kind: str) -> np.ndarray:
        """Events of a kind."""
        return self.events[self.events["kind"] == KIND[kind]]


def template_of(name: str, overrides: Mapping[str, object]) -> tuple[Template, Cast]:
    """A bundled scenario as a world, and its cast."""
    scenario = load(ROOT / "scenarios" / f"{name}.yaml", overrides)
    template = build(scenario)
    state_of = [scenario.file.sectors[sector].state for sector in template.sectors]
    places = np.array([template.states.index(state) for state in state_of], dtype=np.int64)
    return template, Cast(
        template.states, template.groups, places, scenario.release, template.horizon
    )


def record(template: Template, seed: int, replication: int) -> Record | None:
    """One replication; None if it failed."""
    story = replay(template, seed, replication)
    if story.status:
        return None
    days = story.blocks[template.history_days :]
    words = days.view(np.int64)
    pairs = range(template.spans["pairs"].shape[0])
    truce = np.any(
        [words[:, slot(template.spans, "pairs", "in_force", p)] == 1 for p in pairs], axis=0
    )
    n = len(template.states)
    war = [
        np.any(
            [
                np.isin(words[:, slot(template.spans, "dyads", "posture", i, j)], _WAR)
                for j in range(n)
            ],
            axis=0,
        )
        for i in range(n)
    ]
    events = story.events[story.events["day"] > 0]
    return Record(events, truce, np.stack(war, axis=1))


def records(template: Template, seed: int, runs: int, jobs: int | None = None) -> list[Record]:
    """Replications 0 to runs-1 that did not fail, in order.

    The interpreter is free while a day is computed.
    """
    with ThreadPoolExecutor(jobs or os.cpu_count()) as pool:
        found = list(pool.map(lambda k: record(template, seed, k), range(runs)))
    return [one for one in found if one is not None]


def deaths(events: np.ndarray) -> NDArray[np.int64]:
    """All dead of each event."""
    columns = ("dead_own", "dead_security", "dead_civilians", "dead_militants")
    return np.sum([np.maximum(events[name], 0) for name in columns], axis=0).astype(np.int64)


def rungs(events: np.ndarray) -> NDArray[np.int64]:
    """Rung of each event between states, 0 for others."""
    found = np.zeros(len(events), dtype=np.int64)
    act, clash = events["kind"] == KIND["act"], events["kind"] == KIND["clash"]
    found[act] = RUNGS[events["action"][act]]
    found[clash] = CLASH_RUNGS[events["action"][clash]]
    return found
