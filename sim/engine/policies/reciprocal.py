"""Policies that answer what they met: tit for tat with overshoot, and grim trigger."""

from __future__ import annotations

from sim.engine.jit import njit
from sim.engine.policies.simple import certain, highest
from sim.vocabulary.ladder import Rung

_TOP = float(Rung.OPEN_WAR)  # the highest answer: short of nuclear signalling
_ANSWERED = float(Rung.RAID)  # below it, an act is answered in kind


@njit
def proportional(world, table, question):
    """Answer the rival's last rung, a little higher; below a raid, answer in kind.

    Tit for tat (Axelrod 1984) with the overshoot of spirals of conflict (Jervis 1976, ch. 3):
    `overshoot` rungs above what was met. Not valid as a model of a state with aims of its own: it
    never begins.
    """
    met = world.dyads[question.state, question.rival].met_rung
    rung = min(_TOP, met + world.states[question.state].overshoot) if met >= _ANSWERED else met
    certain(table, question.options, highest(table, question.options, rung))


@njit
def grim(world, table, question):
    """Restrained until struck, then at open war, or as near as it can get, for ever.

    Grim trigger (Friedman 1971); what provokes it is an act of the rung of strikes or above. Not
    valid where anger or weariness fade.
    """
    provoked = world.dyads[question.state, question.rival].provoked == 1
    choice = highest(table, question.options, _TOP) if provoked else 0
    certain(table, question.options, choice)
