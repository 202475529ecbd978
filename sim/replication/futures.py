"""The futures of a fork: where they start, how one is run again, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.design.draws import Draws
from sim.engine.replication import Replication, replay_future
from sim.engine.world import Branch, Template
from sim.ensemble import tables
from sim.ensemble.failure import Failure
from sim.ensemble.work import Rows
from sim.errors import ModelError
from sim.replication.forcing import ForcedChoice
from sim.scenario import Change, Scenario

#: Future n has the draws of replication FIRST_FUTURE + n, far beyond those of any ensemble.
FIRST_FUTURE = 1 << 62


@dataclass(frozen=True, kw_only=True)
class ForkPoint:
    """Where the futures of a fork start.

    `branch` is the state at the end of the day before, with all changes and forced `choices`
    written into it, and the first day; `scenario` and its `template` hold from there on;
    `replication` is the one that is forked.
    """

    scenario: Scenario
    template: Template
    branch: Branch
    replication: int
    draws: Draws
    choices: tuple[ForcedChoice, ...]

    @property
    def day(self) -> int:
        """The first day of the futures, counted from the release."""
        return self.branch.day

    @property
    def first(self) -> int:
        """The replication whose random draws the first future has."""
        return self.replication if self.draws is Draws.COMMON else FIRST_FUTURE

    def replay(self, future: int) -> Replication:
        """One future, with all that happens in it from `day` on."""
        stream = self.first if self.draws is Draws.COMMON else self.first + future
        return replay_future(self.template, self.branch, stream)


@dataclass(frozen=True, kw_only=True)
class Futures:
    """The results of a fork.

    `runs` has a row a future as an ensemble's has a row a replication (`replication` is the number
    of the future), with measures counted from the release, the past included; `rung`, `deaths`,
    `interstate` (n_futures, horizon) are by day, the past's days first. `changed` are the changes
    at the fork; `forced` the forced choices, `applied` (n_futures, n_forced) the day on which each
    was made, 0 if its actor never came to decide.
    """

    point: ForkPoint
    seed: int
    runs: pd.DataFrame
    rung: NDArray[np.int8]
    deaths: NDArray[np.int32]
    interstate: NDArray[np.int32]
    changed: tuple[Change, ...] = ()
    applied: NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 0), dtype=np.int64))
    failures: tuple[Failure, ...] = ()

    def __len__(self) -> int:
        return len(self.runs)

    @property
    def scenario(self) -> Scenario:
        """That of the futures, from the fork on."""
        return self.point.scenario

    @property
    def replication(self) -> int:
        """The one that was forked."""
        return self.point.replication

    @property
    def day(self) -> int:
        """The first day of the futures, counted from the release."""
        return self.point.day

    @property
    def draws(self) -> Draws:
        """Whether the futures have their own random draws or those of the original."""
        return self.point.draws

    @property
    def forced_choices(self) -> tuple[ForcedChoice, ...]:
        """The forced choices."""
        return self.point.choices

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row a future and day: `replication`, `day`, `rung`, `deaths`, `interstate`.

        Futures that failed are left out.
        """
        rows = Rows(
            first=0,
            measures=np.empty((len(self), 0)),
            rung=self.rung,
            deaths=self.deaths,
            interstate=self.interstate,
            failures=self.failures,
        )
        return tables.frame(tables.series_table(rows))

    def replay(self, future: int) -> Replication:
        """One future again, with all that happens in it from the fork's day on.

        Raises
        ------
        ModelError : if there is none of that number
        """
        if not 0 <= future < len(self):
            raise ModelError(f"future: must be from 0 to {len(self) - 1}, got {future}")
        return self.point.replay(future)
