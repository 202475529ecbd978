"""As many replications as a precision needs: the plan of `--until-halfwidth`.

A run that looks at its own results, and ends where an interval is narrow, is biased: a share that
is small by chance has a narrow interval, and ends the run (a true share of 0.0115 was 0.0066 on
average). So the number of replications is planned from a pilot, which is thrown away: it has random
draws of its own, so the number does not depend on the results that are kept, and their shares,
means and intervals are those of a run of a fixed number (two stages: Stein 1945, Ann. Math. Stat.
16:243; there the first one is kept, which biases a share).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sim.ensemble.result import Ensemble
from sim.plain import MOST_RUNS, real, whole
from sim.stats.estimate import Estimate
from sim.stats.shares import outcome_shares

#: Replications of the first pilot, and how many times as many may be planned from one.
PILOT, REACH = 500, 8
#: Replications are planned in multiples of this.
STEP = 50


@dataclass(frozen=True, slots=True)
class Until:
    """As many replications as make an interval narrow enough, at `most` so many.

    `size_for` says how many that takes, from the ensembles of a pilot by name; None if they do not
    tell.
    """

    most: int
    size_for: Callable[[Mapping[str, Ensemble]], int | None]

    def plan(self, pilot: Callable[[int], Mapping[str, Ensemble]]) -> int:
        """Number of replications; `pilot` runs so many with draws of their own.

        The number depends on the pilot alone, never on the workers.
        """
        size = min(PILOT, self.most)
        while True:
            needed = self.size_for(pilot(size))
            wanted = self.most if needed is None else min(self.most, -(-needed // STEP) * STEP)
            if wanted <= REACH * size:
                return wanted
            size = -(-wanted // REACH)


def pilot_seed(seed: int) -> int:
    """The root seed of a pilot: draws that no replication of the run has."""
    digest = hashlib.blake2b(f"{seed}:pilot".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little")


def until(halfwidth: float, most: int, on: str | None = None) -> Until:
    """As many replications as make the outcome shares known to ± `halfwidth`.

    Parameters
    ----------
    halfwidth : of the 95 % interval, a share
    most : upper limit on replications
    on : the outcome whose share counts; all of them if left out
    """
    wanted = real("halfwidth", halfwidth, 0.0)
    return Until(whole("most", most, 1, MOST_RUNS), partial(_size_for, wanted=wanted, on=on))


def _size_for(ensembles: Mapping[str, Ensemble], wanted: float, on: str | None) -> int | None:
    """The most that the share of an outcome in any of the ensembles needs."""
    from sim.stats.sample_size import for_share  # SciPy, which a run without a target does not need

    found = []
    for ensemble in ensembles.values():
        for name, share in _shares(ensemble).items():
            if on in (None, name) and share.value is not None:
                found.append(for_share(round(share.value * share.n), share.n, wanted))
    return max(found, default=None)


def widest(ensembles: Mapping[str, Ensemble], on: str | None = None) -> float:
    """Greatest half-width over several ensembles; see `halfwidth`."""
    return max(halfwidth(ensemble, on) for ensemble in ensembles.values())


def halfwidth(ensemble: Ensemble, on: str | None = None) -> float:
    """Greatest half-width of the intervals of the outcome shares, or that of the outcome `on`.

    1 if every replication failed.
    """
    shares = _shares(ensemble)
    if not shares or any(share.value is None for share in shares.values()):
        return 1.0
    return max(share.halfwidth for name, share in shares.items() if on in (None, name))


def _shares(ensemble: Ensemble) -> dict[str, Estimate]:
    table = ensemble.columns()
    return outcome_shares(table[table["status"] == 0], list(ensemble.scenario.outcomes))
