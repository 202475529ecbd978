"""When a run is precise enough: the stopping rule of `--until-halfwidth`."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sim.ensemble.result import Ensemble
from sim.stats.shares import outcome_shares

#: Replications are added in multiples of this.
STEP = 250


@dataclass(frozen=True, slots=True)
class Until:
    """Add replications until an interval is narrow enough.

    `widest` gives, for finished ensembles by name, the half-width that counts; when it is at most
    `halfwidth`, or at `most` replications, the run ends. It is evaluated at numbers of replications
    that depend on the results alone, never on the workers.
    """

    halfwidth: float
    most: int
    widest: Callable[[Mapping[str, Ensemble]], float]

    def target(self, ensembles: Mapping[str, Ensemble], runs: int) -> int:
        """Number of replications to continue to after `runs`; `runs` itself if that is enough."""
        width = self.widest(ensembles)
        if width <= self.halfwidth or runs >= self.most:
            return runs
        # a half-width falls with the root of the number; 2 % more, since the estimate moves too
        guess = math.ceil(1.02 * runs * (width / self.halfwidth) ** 2 / STEP) * STEP
        return min(max(guess, runs + STEP), 4 * runs, self.most)


def until(halfwidth: float, most: int, on: str | None = None) -> Until:
    """Add replications until the outcome shares are known to ± `halfwidth`.

    Parameters
    ----------
    halfwidth : of the 95 % interval, a share
    most : upper limit on replications
    on : the outcome whose share counts; all of them if left out
    """
    return Until(halfwidth, most, partial(widest, on=on))


def widest(ensembles: Mapping[str, Ensemble], on: str | None = None) -> float:
    """Greatest half-width over several ensembles; see `halfwidth`."""
    return max(halfwidth(ensemble, on) for ensemble in ensembles.values())


def halfwidth(ensemble: Ensemble, on: str | None = None) -> float:
    """Greatest half-width of the intervals of the outcome shares, or that of the outcome `on`.

    1 if every replication failed.
    """
    table = ensemble.columns()
    fine = table[table["status"] == 0]
    if not len(fine):
        return 1.0
    shares = outcome_shares(fine, list(ensemble.scenario.outcomes))
    return max(share.halfwidth for name, share in shares.items() if on in (None, name))
