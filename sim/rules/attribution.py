"""Who is behind it: Bayes' rule in log-odds about whether a state harbours its neighbour's enemies.

Baliga, Bueno de Mesquita and Wolitzky (2020), "Deterrence with imperfect attribution", APSR 114(4): evidence with a true- and a
false-positive rate. Bounded and forgotten, as docs/odd.md tells.
"""

from __future__ import annotations

import math

from sim import chance
from sim.jit import njit


@njit
def weigh_evidence(world, victim, host, points_there):
    """Update the victim's log-odds that the host harbours its enemies, by one piece of evidence.

    `points_there`: whether the attack's traces lead to the host. L gains ln(tp/fp) or ln((1-tp)/(1-fp)).
    """
    s = world.states[victim]
    d = world.dyads[victim, host]
    bound = world.rules[0].attribution_bound
    if points_there:
        gain = math.log(s.true_positive / s.false_positive)
    else:
        gain = math.log((1.0 - s.true_positive) / (1.0 - s.false_positive))
    d.belief = min(max(d.belief + gain, -bound), bound)


@njit
def investigate(world, group, victim, host, index, standing, share, known):
    """Look for evidence in one attack: always if it is news, else now and then; `known` is 1, 0 or -1 (drawn)."""
    u, v, w, _ = chance.uniforms(world, world.groups[group].key, chance.EVIDENCE, index)
    looked_at = standing > 0.0 or u < world.rules[0].attribution_background * share or known >= 0
    if not looked_at:
        return
    s = world.states[victim]
    run_from_there = v < share
    points_there = w < (s.true_positive if run_from_there else s.false_positive)
    if known >= 0:
        points_there = known == 1
    weigh_evidence(world, victim, host, points_there)


@njit
def forget(world, i, j):
    """A day's drift of belief to the prior."""
    d = world.dyads[i, j]
    prior = math.log(d.prior / (1.0 - d.prior))
    d.belief = prior + (d.belief - prior) * math.exp(-1.0 / world.rules[0].attribution_forgetting)
