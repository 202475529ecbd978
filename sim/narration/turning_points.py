"""The turning points of a replication: the days on which the forecast of its outcome moved most.

Each morning's forecast is the share of each outcome among futures that begin there
(`sim.replication.fork`). All mornings have common random numbers:
future n has the same draws from each, so two mornings are compared future by future, which takes
most of the noise out of their difference. A day is named if the share of an outcome moved
significantly, with all days and outcomes tested together (Holm 1979).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from sim.design.draws import Draws
from sim.ensemble.progress import Progress
from sim.replication.fork import Fork

LEVEL = 0.05
MOST = 5  # turning points that are shown


class Move(NamedTuple):
    """How the forecast moved on a day: the outcome that moved most and its share.

    `before` is the share in the morning, `after` that of the next morning, `error` the standard
    error of the difference.
    """

    day: int
    outcome: str
    before: float
    after: float
    error: float

    @property
    def size(self) -> float:
        return self.after - self.before


@dataclass(frozen=True)
class Turning:
    """Forecasts of a replication from each morning, and its turning points.

    `shares` (horizon + 1, n_outcomes): row d is the forecast on the morning of day d + 1, the last
    row what came; `runs` futures each; `error` the largest standard error of a share; `moves` the
    turning points, the largest first; `tested` how many moves were tested.
    """

    outcomes: tuple[str, ...]
    shares: NDArray[np.float64]
    runs: int
    error: float
    moves: tuple[Move, ...]
    tested: int


def turning(fork: Fork, runs: int, jobs: int | None, progress: Progress) -> Turning:
    """Estimate the forecast of each morning of a replication and find its turning points.

    Parameters
    ----------
    fork : of the replication
    runs : futures from each morning
    jobs : workers, None for all processors
    progress : hears of each morning

    Returns
    -------
    Turning
    """
    horizon, names = fork.template.horizon, tuple(fork.scenario.outcomes)
    came = np.empty((horizon + 1, runs), dtype=np.int64)  # outcome of each future, by morning
    progress.start(0, horizon)
    for day in range(1, horizon + 1):
        outcome = fork.futures(day, runs=runs, jobs=jobs).runs["outcome"]
        came[day - 1] = [names.index(name) if name in names else -1 for name in outcome]
        progress.advance(1)
    came[horizon] = names.index(_what_came(fork))
    shares = np.stack([(came == k).mean(axis=1) for k in range(len(names))], axis=1)
    moves, tested = _moves(came, names, shares)
    return Turning(
        names, shares, runs, float(np.sqrt(shares * (1.0 - shares) / runs).max()), moves, tested
    )


def _what_came(fork: Fork) -> str:
    """The outcome of the replication itself."""
    return str(
        fork.futures(fork.template.horizon, runs=1, draws=Draws.COMMON).runs["outcome"].iloc[0]
    )


def _moves(
    came: NDArray[np.int64], names: tuple[str, ...], shares: NDArray[np.float64]
) -> tuple[tuple[Move, ...], int]:
    """Days on which a share moved significantly, the largest move first."""
    runs = came.shape[1]
    is_of = (came[:, :, None] == np.arange(len(names))).astype(
        np.float64
    )  # (mornings, runs, outcomes)
    difference = np.diff(is_of, axis=0)
    mean = difference.mean(axis=1)
    # at least one future in doubt: where none differs, the error is not known to be 0
    error = np.sqrt(
        np.maximum(difference.var(axis=1, ddof=1) if runs > 1 else 1.0, 1.0 / runs) / runs
    )
    p = 2.0 * norm.sf(np.abs(mean) / error)
    order = np.argsort(p, axis=None)
    bound = LEVEL / np.arange(p.size, 0, -1)
    failed = np.flatnonzero(p.ravel()[order] > bound)
    real = np.zeros(p.size, dtype=bool)
    real[order[: failed[0] if failed.size else p.size]] = True
    real = real.reshape(p.shape)
    moves = []
    for day in range(len(mean)):
        if real[day].any():
            k = int(np.argmax(np.where(real[day], np.abs(mean[day]), 0.0)))
            moves.append(
                Move(
                    day + 1,
                    names[k],
                    float(shares[day, k]),
                    float(shares[day + 1, k]),
                    float(error[day, k]),
                )
            )
    return tuple(sorted(moves, key=lambda move: -abs(move.size))), p.size
