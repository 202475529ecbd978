"""The host's choice about a group that lives in its land: tolerate, restrain or crack down.

Affinity and the risk that a group cracked down on goes over to the host's own enemies, against the
coercion that the host expects (Schultz 2010; Carter 2012). Numbers: docs/odd.md.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.jit import entry, njit
from sim.engine.rules import forced
from sim.engine.rules.decide import decide
from sim.engine.rules.diplomacy import clear
from sim.engine.rules.record import log_event
from sim.engine.world.tables import NOBODY, STANCE
from sim.vocabulary.policies import QUANTAL

TERMS = ("affinity", "coercion", "trust", "defection")
N_HOST_TERMS = len(TERMS)
TOLERATE, RESTRAIN, CRACK_DOWN = range(3)

_TOLERATED, _RESTRAINED, _CRACKED = 1.0, 0.4, -0.5  # utility of each stance at usual affinity (0.5)
_COERCED = (1.2, 0.6, 0.1)  # cost of each stance by the rival's recent rung, halved
_TRUSTED = (0.0, 0.2, 0.3)


@njit
def host_table(world, g, j):
    """Fill the decision table of a host `j` about a group."""
    host = world.hosts[g, j]
    enemy = world.groups[g].enemy
    d = world.dyads[enemy, j]
    clear(world, 3, N_HOST_TERMS)
    terms = world.table.terms
    tie = 2.0 * host.affinity
    terms[TOLERATE, 0] = _TOLERATED * tie
    terms[RESTRAIN, 0] = _RESTRAINED * tie
    terms[CRACK_DOWN, 0] = _CRACKED * tie
    coerced = 0.5 * world.dyads[j, enemy].coerced
    trust = world.pairs[d.pair].trust if d.pair != NOBODY else 0.0
    for a in range(3):
        terms[a, 1] = -_COERCED[a] * coerced
        terms[a, 2] = _TRUSTED[a] * trust
    terms[CRACK_DOWN, 3] = -world.rules[0].hosting_defection


@entry
def host_decides(world, g, j):
    """The stance of a host about a group; its present one unless it reconsiders today."""
    r = world.rules[0]
    u, v, _, _ = chance.uniforms(world, world.states[j].key ^ world.groups[g].key, chance.HOST, 0)
    if u >= r.hosting_reconsider / r.hosting_review:
        return world.hosts[g, j].stance
    host_table(world, g, j)
    return decide(world, forced.STANCE, j, g, 3, N_HOST_TERMS, QUANTAL, r.hosting_rationality, v)


@entry
def set_stance(world, g, j, stance):
    """Take up a stance: the haven shrinks with it, and so does what is run from there."""
    r, host = world.rules[0], world.hosts[g, j]
    if stance != host.stance:
        host.stance = stance
        event = log_event(world, STANCE, j, NOBODY)
        event.action, event.group = stance, g
    factor = 1.0
    if stance == RESTRAIN:
        factor = r.hosting_restrained
    elif stance == CRACK_DOWN:
        factor = r.hosting_cracked_down
    host.haven_now = host.haven * factor
    host.share_now = host.share * (1.0 - 0.5 * (1.0 - factor))


@njit
def disperse(world, g, j):
    """A day of a crackdown: some fighters in the host's sectors give up or are locked up."""
    if world.hosts[g, j].stance != CRACK_DOWN:
        return
    for k in range(world.sectors.shape[0]):
        if world.sectors[k].state == j:
            world.presence[g, k].fighters *= 1.0 - world.rules[0].hosting_dispersed
