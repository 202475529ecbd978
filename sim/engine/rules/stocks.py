"""What accumulates and fades.

Weariness, international pressure, lists of targets, coercion felt, habituation to deaths.
"""

from __future__ import annotations

from sim.engine.jit import njit
from sim.engine.rules.attribution import forget
from sim.engine.rules.bargaining import men_mobilised, saturation
from sim.engine.rules.feelings import fade
from sim.engine.world.memo import Memo, fading

_PER_THOUSAND = 1000.0
_MET_MEMORY = (
    0.9  # what is left each day of the memory of the rival's last rung, for the reciprocal policies
)


@njit
def tire(world, i):
    """A day of a state's weariness of the conflict with rivals, and of the pressure on it.

    Own dead count per thousand mobilised men, and weariness saturates. Soldiers lost to militants
    do not tire a state of its rival: they weigh through outrage and blame.
    """
    r, s = world.rules[0], world.states[i]
    losses = _PER_THOUSAND * s.lost_today / men_mobilised(world, i)
    s.losses = s.losses * fading(world, Memo.WEARINESS, 0, r.stocks_weariness_life) + losses
    s.weariness = saturation(world, s.losses)
    s.pressure *= fading(world, Memo.PRESSURE, 0, r.stocks_pressure_life)
    s.lost_today = 0.0


@njit
def habituate(world, i):
    """Mean daily dead of militant attacks, over the window in which people get used to them."""
    s = world.states[i]
    s.news_mean += (s.toll - s.news_mean) / world.rules[0].feelings_news_window
    s.toll = 0.0


@njit
def settle_dyad(world, i, j):
    """A day's end between a state and a rival."""
    r, d = world.rules[0], world.dyads[i, j]
    fade(world, i, j)
    forget(world, i, j)
    d.targets = min(1.0, d.targets + (1.0 - d.targets) / r.choice_target_refill)
    d.coerced += (world.dyads[j, i].act_rung - d.coerced) / r.hosting_coercion_window
    d.crisis_losses += d.own_dead
    if world.dyads[j, i].act_rung < d.met_rung:
        d.met_rung *= _MET_MEMORY
        if d.met_rung < 1.0:
            d.met_rung = 0.0


@njit
def close_dyad(world, i, j):
    """Forget what was collected today."""
    d = world.dyads[i, j]
    d.own_dead = 0.0
    d.act_rung = 0.0
