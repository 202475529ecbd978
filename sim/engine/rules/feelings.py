"""Two stocks of feeling of a state toward a rival: outrage lasts days, grievance lasts months.

Equations and numbers: the prototype's, in docs/odd.md. What a day adds is collected in the dyad and
applied at once, so that nobody's order of action matters. The demand to act is Fearon's (1994)
audience cost in its simplest form.
"""

from __future__ import annotations

from sim.engine.elementary import exp, log
from sim.engine.jit import entry, njit
from sim.engine.rules.allies import feel_with_allies, share_anger
from sim.engine.rules.record import raise_rung
from sim.engine.world.memo import Memo, fading
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import Command
from sim.vocabulary.ladder import Rung

_UNFORGIVEN = float(Rung.LIMITED_STRIKES)  # what a grim state never forgives
_TOP = float(Rung.OPEN_WAR)  # the rung at which an act counts in full
# Assumed: local fire and raids leave grievance in proportion to their rungs, as national acts do
_FIRE_RUNG, _RAID_RUNG = float(Command.FIRE.rung), float(Command.RAID.rung)


@njit
def sigmoid(x):
    """The logistic function."""
    return 1.0 / (1.0 + exp(-x))


@njit
def demanding_anger(world, i, j):
    """What makes a state demand an act: outrage, and the part of grievance that counts."""
    d = world.dyads[i, j]
    return d.outrage + world.rules[0].feelings_grievance_share * d.grievance


@njit
def demanded_rung(world, i, j):
    """The rung that its anger makes a state demand of itself against a rival."""
    return _TOP * (1.0 - exp(-world.states[i].resolve * demanding_anger(world, i, j)))


@njit
def news(world, state, dead, kind):
    """How far an attack stands out from what a state is used to: log of dead over a threshold."""
    if dead <= 0:
        return 0.0
    r = world.rules[0]
    threshold = max(r.feelings_news_floor, r.feelings_news_multiple * world.states[state].news_mean)
    factor = r.feelings_news_spectacular if world.target_kinds[kind].spectacular == 1 else 1.0
    return max(0.0, log((dead + 1.0) * factor / threshold))


@njit
def resent_attack(world, victim, host, heard, share):
    """Feelings of the victim of a militant attack toward a host, by its belief about the host."""
    r = world.rules[0]
    d = world.dyads[victim, host]
    blame = sigmoid(d.belief) * share * r.attribution_blame
    arousal = world.target_kinds[heard.kind].arousal
    d.new_outrage += r.feelings_attack_outrage * blame * arousal * heard.standing
    d.new_grievance += r.feelings_attack_grievance * blame * log(1.0 + heard.dead)


@njit
def resent_act(world, deed, fallen, manner):
    """Feelings on both sides about an act, a `Deed`, with these `Dead`, in this `Manner`."""
    r, rung = world.rules[0], float(world.actions[deed.action].rung)
    actor, victim, dead = deed.actor, deed.target, fallen.soldiers + fallen.civilians
    factor = r.feelings_capital_factor if manner.capital else 1.0
    if manner.announced and dead == 0:
        factor *= r.feelings_gesture
    factor *= world.own_acts[world.dyads[actor, victim].own_act].felt
    d = world.dyads[victim, actor]
    outrage = factor * (
        r.feelings_act_outrage * rung / _TOP + r.feelings_act_deaths * log(1.0 + dead)
    )
    grievance = factor * r.feelings_act_grievance * rung / _TOP
    d.new_outrage += outrage
    d.new_grievance += grievance
    share_anger(world, victim, actor, outrage, grievance)
    world.dyads[actor, victim].new_outrage += r.feelings_own_deaths * log(1.0 + fallen.own)


@njit
def resent_clash(world, victim, actor, raid, dead):
    """Feelings of the victim of local fire or a local raid."""
    r = world.rules[0]
    d = world.dyads[victim, actor]
    outrage = (
        r.feelings_local_raid_outrage if raid else r.feelings_fire_outrage
    ) + r.feelings_local_deaths * log(1.0 + dead)
    grievance = r.feelings_local_grievance * (_RAID_RUNG if raid else _FIRE_RUNG)
    d.new_outrage += outrage
    d.new_grievance += grievance
    share_anger(world, victim, actor, outrage, grievance)


@njit
def discharge(world, i, j, action):
    """Acting spends outrage, and a little grievance."""
    r = world.rules[0]
    d = world.dyads[i, j]
    d.kept_outrage = min(d.kept_outrage, 1.0 - r.feelings_discharge * world.actions[action].spent)
    d.kept_grievance = min(d.kept_grievance, 1.0 - r.feelings_grievance_spent)


@entry
def apply(world):
    """Apply what has been collected in all dyads.

    What acting spent, what was added, the evidence.
    """
    r = world.rules[0]
    for i in range(world.states.shape[0]):
        for j in range(world.states.shape[0]):
            d = world.dyads[i, j]
            if d.pair != NOBODY:
                d.outrage = min(r.feelings_outrage_cap, d.outrage * d.kept_outrage + d.new_outrage)
                d.grievance = min(
                    r.feelings_grievance_cap, d.grievance * d.kept_grievance + d.new_grievance
                )
                d.new_outrage = 0.0
                d.new_grievance = 0.0
                d.kept_outrage = 1.0
                d.kept_grievance = 1.0
                d.belief = min(
                    max(d.belief + d.new_evidence, -r.attribution_bound), r.attribution_bound
                )
                d.new_evidence = 0.0
    feel_with_allies(world)


@njit
def fade(world, i, j):
    """A day's decay of both stocks."""
    r = world.rules[0]
    d = world.dyads[i, j]
    d.outrage *= fading(world, Memo.OUTRAGE, 0, r.feelings_outrage_life)
    d.grievance *= fading(world, Memo.GRIEVANCE, 0, r.feelings_grievance_life)
    d.outrage_mark = min(d.outrage_mark, d.outrage)


@njit
def note_act(world, i, j, rung):
    """Remember today's act of `i` against `j` on both sides."""
    d = world.dyads[i, j]
    d.act_rung = max(d.act_rung, float(rung))
    met = world.dyads[j, i]
    met.met_rung = max(met.met_rung, float(rung))
    if rung >= _UNFORGIVEN:
        met.provoked = 1
    raise_rung(world, d.pair, rung)
