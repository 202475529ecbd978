"""A scenario's own acts, with words and factors of their own.

Either a kind of an action of the ladder, chosen as that, of which a share says how many of these
acts it is; or an option of its own, a row of `actions` behind the ladder's with a rung of its own.
Row 0 of `own_acts` is an action as it is, whose factors are 1.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import Purpose
from sim.vocabulary.ladder import N_ACTIONS


@njit
def which(world, i, j, action):
    """Which own act `i` does to `j` as this action today: a row of `own_acts`, 0 for none."""
    rows = world.own_acts
    if rows.shape[0] == 1:
        return 0
    if action >= N_ACTIONS:
        return world.actions[action].own
    u, _, _, _ = chance.uniforms(world, world.dyads[i, j].key, Purpose.OWN_ACT, action)
    for k in range(1, rows.shape[0]):
        if rows[k].of == action and (rows[k].by == NOBODY or rows[k].by == i):
            u -= rows[k].share
            if u < 0.0:
                return k
    return 0


@njit
def action_of(world, line):
    """The action of a line of the script: its own act's option, or the one of the ladder."""
    option = world.own_acts[line.own_act].option
    return line.kind if option == NOBODY else option


@njit
def scale_options(world):
    """Work out the rows of the scenario's own options from those of their acts.

    Every morning, since a number of an own act may be drawn, set by an event or by a user.
    """
    for action in range(N_ACTIONS, world.actions.shape[0]):
        row = world.actions[action]
        act, own = world.actions[row.like], world.own_acts[row.own]
        row.cost = act.cost * own.cost + own.concession
        row.harm = act.harm * own.harm
        row.delay_days = act.delay_days * own.delay
        row.violation = act.violation * own.violation
        row.disrupt = act.disrupt * own.disrupt
        row.damage = act.damage * own.damage


@njit
def calm_rival(world, i, j, own):
    """What an own act of `i` relieves of the anger of `j`, and the trust that it builds."""
    d, act = world.dyads[j, i], world.own_acts[own]
    d.kept_outrage = min(d.kept_outrage, 1.0 - act.relief)
    d.kept_grievance = min(d.kept_grievance, 1.0 - act.relief)
    pair = world.pairs[d.pair]
    pair.trust += act.trust * (1.0 - pair.trust)
