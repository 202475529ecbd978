"""The turning points of a replication: the days on which the shares of its ends moved.

Each morning has the shares of the outcomes among futures that begin there (`sim.replication.fork`).
All mornings have common random numbers: future n has the same draws from each, so two mornings are
compared future by future, which takes most of the noise out of their difference.

This is the one definition of a turning point: a day from whose morning to the next the share of an
outcome moved by at least `FLOOR`, and by more than chance explains, all days and outcomes tested
together (Holm 1979). A move that is nearer to the floor than two of its standard errors may fall on
the other side of it with other or more futures; those days are named as `near`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from sim.design.draws import Draws
from sim.ensemble.progress import Progress
from sim.replication.fork import Fork

LEVEL = 0.05
#: Least move of a share that is a turning point. Assumed: what a class calls a change, one in ten.
FLOOR = 0.1
DOUBT = 2.0  # standard errors within which a move may lie on the other side of the floor
MOST_NEAR = 12  # days near the floor that are named; of more, only their number is said
GAME_RUNS = 100  # futures of a morning, at the end of a game: a standard error of 5 points at most


class Move(NamedTuple):
    """How the shares moved on a day: the outcome that moved most and its share.

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

    @property
    def is_near(self) -> bool:
        """Whether it may lie on the other side of the floor."""
        return abs(abs(self.size) - FLOOR) < DOUBT * self.error


@dataclass(frozen=True)
class Turning:
    """Shares of the outcomes from each morning of a replication, and its turning points.

    `shares` (horizon + 1, n_outcomes): row d is the morning of day d + 1, the last row what came;
    `runs` futures each; `error` the largest standard error of a share; `moves` the turning points,
    in order of days; `tested` how many moves were tested; `near` days that are none, but may be
    with more futures.
    """

    outcomes: tuple[str, ...]
    shares: NDArray[np.float64]
    runs: int
    error: float
    moves: tuple[Move, ...]
    tested: int
    near: tuple[int, ...] = ()


def turning(fork: Fork, runs: int, jobs: int | None, progress: Progress) -> Turning:
    """Estimate the shares of each morning of a replication and find its turning points.

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
        came[day - 1] = _numbers(fork, day, runs, jobs)
        progress.advance(1)
    came[horizon] = names.index(_what_came(fork))
    return turning_of(came, names)


def turning_of(came: NDArray[np.int64], names: tuple[str, ...]) -> Turning:
    """The turning points from the outcomes of futures.

    Parameters
    ----------
    came : (mornings, runs) number of the outcome of each future, -1 where it failed; future n has
        the same draws from each morning
    names : of the outcomes
    """
    runs = came.shape[1]
    shares = np.stack([(came == k).mean(axis=1) for k in range(len(names))], axis=1)
    moves, tested = _moves(came, names, shares)
    largest, turned = _largest(came, names, shares), {move.day for move in moves}
    near = tuple(
        move.day
        for move in largest
        if move.day not in turned and abs(move.size) > 0.0 and _may_reach(move)
    )
    error = float(np.sqrt(shares * (1.0 - shares) / runs).max())
    return Turning(names, shares, runs, error, moves, tested, near)


def day_move(fork: Fork, day: int, outcomes: Sequence[object]) -> tuple[Move, bool] | None:
    """How the shares moved on one day of a replication, and whether it was a turning point.

    Parameters
    ----------
    fork : of the replication
    day : which
    outcomes : of futures from its morning, with independent draws

    Returns
    -------
    the largest move and what it is by the same rule, of this day alone; None of the last day
    """
    if day >= fork.template.horizon:
        return None
    names, runs = tuple(fork.scenario.outcomes), len(outcomes)
    first = [names.index(str(name)) if name in names else -1 for name in outcomes]
    came = np.array([first, _numbers(fork, day + 1, runs, None)], dtype=np.int64)
    found = turning_of(came, names)
    (move,) = _largest(came, names, found.shares)
    return move._replace(day=day), bool(found.moves)


def _numbers(fork: Fork, day: int, runs: int, jobs: int | None) -> list[int]:
    """The outcome of each future of a morning as its number, -1 where it failed."""
    names = tuple(fork.scenario.outcomes)
    outcome = fork.futures(day, runs=runs, jobs=jobs).runs["outcome"]
    return [names.index(name) if name in names else -1 for name in outcome]


def _what_came(fork: Fork) -> str:
    """The outcome of the replication itself."""
    return str(
        fork.futures(fork.template.horizon, runs=1, draws=Draws.COMMON).runs["outcome"].iloc[0]
    )


def _differences(
    came: NDArray[np.int64], n: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Moves of the shares of `n` outcomes and their standard errors, (days, outcomes)."""
    runs = came.shape[1]
    is_of = (came[:, :, None] == np.arange(n)).astype(np.float64)  # (mornings, runs, outcomes)
    difference = np.diff(is_of, axis=0)
    # at least one future in doubt: where none differs, the error is not known to be 0
    error = np.sqrt(
        np.maximum(difference.var(axis=1, ddof=1) if runs > 1 else 1.0, 1.0 / runs) / runs
    )
    return difference.mean(axis=1), error


def _moves(
    came: NDArray[np.int64], names: tuple[str, ...], shares: NDArray[np.float64]
) -> tuple[tuple[Move, ...], int]:
    """Days on which a share moved by the floor and significantly, in order."""
    mean, error = _differences(came, len(names))
    p = 2.0 * norm.sf(np.abs(mean) / error)
    order = np.argsort(p, axis=None)
    bound = LEVEL / np.arange(p.size, 0, -1)
    failed = np.flatnonzero(p.ravel()[order] > bound)
    real = np.zeros(p.size, dtype=bool)
    real[order[: failed[0] if failed.size else p.size]] = True
    # a share is a whole number of futures: what is 10 of 100 is no rounding below it
    real = real.reshape(p.shape) & (np.abs(mean) > FLOOR - 1e-9)
    size = np.where(real, np.abs(mean), 0.0)
    days = np.flatnonzero(real.any(axis=1))
    moves = [_move(int(d), int(size[d].argmax()), names, shares, error) for d in days]
    return tuple(moves), p.size


def _largest(
    came: NDArray[np.int64], names: tuple[str, ...], shares: NDArray[np.float64]
) -> list[Move]:
    """The largest move of each day."""
    mean, error = _differences(came, len(names))
    best = np.abs(mean).argmax(axis=1)
    return [_move(day, int(k), names, shares, error) for day, k in enumerate(best)]


def _may_reach(move: Move) -> bool:
    """Whether a move that was not counted may be one with more futures."""
    return abs(move.size) >= FLOOR or move.is_near


def _move(
    day: int,
    k: int,
    names: tuple[str, ...],
    shares: NDArray[np.float64],
    error: NDArray[np.float64],
) -> Move:
    return Move(
        day + 1,
        names[k],
        float(shares[day, k]),
        float(shares[day + 1, k]),
        float(error[day, k]),
    )
