"""Which random draws replications at different points, or futures of a fork, have.

With common random numbers, replication k has the same draws at every point, so that two points
differ by their values alone (Law 2015, *Simulation Modeling and Analysis*, section 11.2). With
independent draws no two rows share any, which is what a variance or an interval over all rows
assumes. With blocks, points that belong together (a trajectory of Morris, a base point of Sobol)
have common random numbers, and those of another block have others: the differences in a block are
sharp, and blocks are independent.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from sim.errors import ModelError


class Draws(StrEnum):
    """The choices, as `--draws` and `draws=` take them."""

    COMMON = "common"
    INDEPENDENT = "independent"
    BLOCKS = "blocks"


#: What can be chosen where points form no blocks.
PLAIN = (Draws.COMMON, Draws.INDEPENDENT)


def draws_of(word: str, among: Sequence[Draws] = PLAIN) -> Draws:
    """The choice of that name. Raise a `ModelError` if it is not one of these."""
    if word not in among:
        raise ModelError(f"draws: must be {' or '.join(among)}, got {word}")
    return Draws(word)
