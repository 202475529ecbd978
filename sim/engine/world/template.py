"""What every replication of a scenario starts from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from sim.engine.world.tables import TABLES
from sim.scenario.options import ActionOption, option_words
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.measures import Measure


class Span(NamedTuple):
    """Where a table lies in the block: its first word and its shape."""

    start: int
    shape: tuple[int, ...]


@dataclass(frozen=True)
class Template:
    """Everything that a replication starts from; safe to send to another process.

    scenario_id, digest : of the scenario
    words : (n_words,) uint64, the block
    spans : where each table lies in it
    slots : the word of each number by its dotted path
    uncertain : path, word and distribution of each number that is drawn for each replication
    measures, measure_slots : what is measured, and the words where it is read; no word holds the
        measures of the file's own, which are the last
    states, groups, mediators, sectors, borders, relations : names, by number
    actions : what a state can choose from against a rival, by number
    own_acts : names of the scenario's own acts, by their rows from 1 on
    history_days, horizon, window : days before the release (the day of the release included),
        after it, and at the end for the measures of a window
    python_policies : the classes that the scenario names, by the path of the policy
    fixed : the tables of `FIXED_TABLES`
    """

    scenario_id: str
    digest: str
    words: np.ndarray
    spans: dict[str, Span]
    slots: dict[str, int]
    uncertain: list[tuple[str, int, Any]]
    measures: tuple[Measure, ...]
    measure_slots: np.ndarray
    states: tuple[str, ...]
    groups: tuple[str, ...]
    mediators: tuple[str, ...]
    sectors: tuple[str, ...]
    borders: tuple[str, ...]
    relations: tuple[str, ...]
    actions: tuple[ActionOption, ...]
    own_acts: tuple[str, ...]
    history_days: int
    horizon: int
    window: int
    python_policies: dict[str, str]
    fixed: dict[str, np.ndarray] = field(repr=False)

    @property
    def own(self) -> bool:
        """Whether it has measures of the file's own, which need the record of each replication."""
        return len(self.measures) > len(self.measure_slots)

    @property
    def days(self) -> int:
        """History and what follows."""
        return self.history_days + self.horizon

    def options(self, kind: DecisionKind) -> tuple[str, ...]:
        """The names of the options of a kind of decision, by their numbers."""
        return option_words(kind, self.actions)

    @property
    def actors(self) -> tuple[str, ...]:
        """Names by the number that an event carries: states, groups, mediators."""
        return (*self.states, *self.groups, *self.mediators)


def slot(spans: dict[str, Span], table: str, name: str, *index: int) -> int:
    """The word that holds a field of a row."""
    span, dtype = spans[table], TABLES[table]
    row = int(np.ravel_multi_index(index, span.shape)) if index else 0
    return span.start + row * len(dtype.names or ()) + list(dtype.names or ()).index(name)
