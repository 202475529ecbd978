"""Who is behind it: Bayes' rule in log-odds about whether a state harbours its neighbour's enemies.

Baliga, Bueno de Mesquita and Wolitzky (2020), "Deterrence with imperfect attribution", APSR 114(4):
evidence with a true- and a false-positive rate. Bounded and forgotten, as docs/odd.md tells.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.elementary import log
from sim.engine.jit import njit
from sim.engine.world.memo import Memo, fading, log_of
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import Purpose


@njit
def weigh_evidence(world, victim, host, points_there):
    """Add one piece of evidence to the victim's log-odds that the host harbours its enemies.

    `points_there`: whether the attack's traces lead to the host. L gains ln(tp/fp) or
    ln((1-tp)/(1-fp)); what a day brings is added at once (`feelings.apply`), so that the order of
    attacks does not matter.
    """
    s = world.states[victim]
    if points_there:
        gain = log(s.true_positive / s.false_positive)
    else:
        gain = log((1.0 - s.true_positive) / (1.0 - s.false_positive))
    world.dyads[victim, host].new_evidence += gain


@njit
def run_from(world, group, number):
    """The host from which an attack of the day was run, or NOBODY.

    Each by the share of violence run from there.

    Hosts share the unit interval in the order of their keys, so that their order in the file
    decides nothing.
    """
    u, _, _, _ = chance.uniforms(world, world.groups[group].key, Purpose.EVIDENCE, number)
    states, hosts = world.states, world.hosts[group]
    for h in range(states.shape[0]):
        below = 0.0
        for k in range(states.shape[0]):
            if states[k].key < states[h].key:
                below += hosts[k].share_now
        if below <= u < below + hosts[h].share_now:
            return h
    return NOBODY


@njit
def investigate(world, group, host, attack, trail):
    """Look for evidence of a host in an `Attack` with this `Trail`: if news, or now and then."""
    victim = world.groups[group].enemy
    s, known = world.states[victim], attack.known
    key = world.groups[group].key ^ world.states[host].key
    u, v, _, _ = chance.uniforms(world, key, Purpose.EVIDENCE, attack.number)
    share = world.hosts[group, host].share_now
    if known >= 0:
        weigh_evidence(world, victim, host, known == 1)
    elif trail.striking or u < world.rules[0].attribution_background * share:
        weigh_evidence(
            world, victim, host, v < (s.true_positive if trail.source == host else s.false_positive)
        )


@njit
def forget(world, i, j):
    """A day's drift of belief to the prior."""
    d = world.dyads[i, j]
    pair = i * world.states.shape[0] + j
    prior = log_of(world, Memo.PRIOR, pair, d.prior / (1.0 - d.prior))
    keep = fading(world, Memo.FORGETTING, 0, world.rules[0].attribution_forgetting)
    d.belief = prior + (d.belief - prior) * keep
