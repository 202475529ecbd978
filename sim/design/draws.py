"""Which random draws replications at different points, or futures of a fork, have.

With common random numbers, replication k has the same draws at every point, so that two points
differ by their values alone (Law 2015, *Simulation Modeling and Analysis*, section 11.2). With
independent draws no two rows share any, which is what a variance or an interval over all rows
assumes.
"""

from __future__ import annotations

from enum import StrEnum

from sim.errors import ModelError


class Draws(StrEnum):
    """The two choices, as `--draws` and `draws=` take them."""

    COMMON = "common"
    INDEPENDENT = "independent"


def draws_of(word: str) -> Draws:
    """The choice of that name. Raise a `ModelError` if there is none."""
    if word not in list(Draws):
        raise ModelError(f"draws: must be {Draws.COMMON} or {Draws.INDEPENDENT}, got {word}")
    return Draws(word)
