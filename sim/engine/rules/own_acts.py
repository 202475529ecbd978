"""A scenario's own acts: kinds of an action of the ladder, with words and factors of their own.

An own act stands on the rung of its action and is chosen as that; how many of these acts it is says
its share. Row 0 of `own_acts` is the action as it is, whose factors are 1.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import Purpose


@njit
def which(world, i, j, action):
    """Which own act `i` does to `j` as this action today: a row of `own_acts`, 0 for none."""
    rows = world.own_acts
    if rows.shape[0] == 1:
        return 0
    u, _, _, _ = chance.uniforms(world, world.dyads[i, j].key, Purpose.OWN_ACT, action)
    for k in range(1, rows.shape[0]):
        if rows[k].of == action and (rows[k].by == NOBODY or rows[k].by == i):
            u -= rows[k].share
            if u < 0.0:
                return k
    return 0
