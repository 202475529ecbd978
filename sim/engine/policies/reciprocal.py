"""Policies that answer what they met: tit for tat with overshoot, and grim trigger."""

from __future__ import annotations

from sim.engine.jit import njit
from sim.engine.policies.simple import certain
from sim.vocabulary.ladder import NUCLEAR_SIGNAL, OPEN_WAR, column

_RUNG = column("rung")
_TOP = 6.0


@njit
def highest(table, rung):
    """The highest available action, short of nuclear signalling, not above a rung."""
    choice = 0
    for a in range(NUCLEAR_SIGNAL):
        if table.available[a] > 0.0 and _RUNG[a] <= rung:
            choice = a
    return choice


@njit
def proportional(world, table, options, i, j):
    """Answer the rival's last rung, a little higher; below a raid, answer in kind.

    Tit for tat (Axelrod 1984) with the overshoot of spirals of conflict (Jervis 1976, ch. 3):
    `overshoot` rungs above what was met. Not valid as a model of a state with aims of its own: it
    never begins.
    """
    met = world.dyads[i, j].met_rung
    rung = min(_TOP, met + world.states[i].overshoot) if met >= 3.0 else met
    certain(table, options, highest(table, rung))


@njit
def grim(world, table, options, i, j):
    """Restrained until struck (rung 4), then at open war, or as near as it can get, for ever (Friedman 1971)."""
    provoked = world.dyads[i, j].provoked == 1
    certain(table, options, highest(table, _RUNG[OPEN_WAR]) if provoked else 0)
