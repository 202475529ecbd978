"""The host's choice about a group that lives in its land: tolerate, restrain or crack down.

Affinity and the risk that a group cracked down on goes over to the host's own enemies, against the
coercion that the host expects (Schultz 2010; Carter 2012). Numbers: docs/odd.md.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.jit import entry, njit
from sim.engine.rules.decide import Decision, clear_table, decide
from sim.engine.rules.record import log_event
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import EventKind, FailureKind, Purpose, Stance
from sim.vocabulary.decisions import DecisionKind, StanceTerm
from sim.vocabulary.policies import Policy

# by stance, in the order of `Stance`; Assumed: the numbers of the prototype (docs/odd.md, 7.9)
_WORTH = (1.0, 0.4, -0.5)  # utility at the usual affinity
_COERCED = (1.2, 0.6, 0.1)  # cost of half a rung of coercion felt
_TRUSTED = (0.0, 0.2, 0.3)  # utility where the neighbour is trusted in full
_USUAL_AFFINITY = 0.5
_HALF = 0.5  # Assumed: of coercion, and of what a smaller haven takes from the violence run from it


@njit
def host_table(world, g, j):
    """Fill the decision table of a host `j` about a group."""
    host = world.hosts[g, j]
    enemy = world.groups[g].enemy
    d = world.dyads[enemy, j]
    clear_table(world, DecisionKind.STANCE)
    terms = world.table.terms
    tie = host.affinity / _USUAL_AFFINITY
    coerced = _HALF * world.dyads[j, enemy].coerced
    trust = world.pairs[d.pair].trust if d.pair != NOBODY else 0.0
    for a in range(len(_WORTH)):
        terms[a, StanceTerm.AFFINITY] = _WORTH[a] * tie
        terms[a, StanceTerm.COERCION] = -_COERCED[a] * coerced
        terms[a, StanceTerm.TRUST] = _TRUSTED[a] * trust
    terms[Stance.CRACK_DOWN, StanceTerm.DEFECTION] = -world.rules[0].hosting_defection


@entry
def host_decides(world, g, j):
    """The stance of a host about a group; its present one unless it reconsiders today."""
    r = world.rules[0]
    u, v, _, _ = chance.uniforms(world, world.states[j].key ^ world.groups[g].key, Purpose.HOST, 0)
    if u >= r.hosting_reconsider / r.hosting_review:
        return world.hosts[g, j].stance
    host_table(world, g, j)
    kind, policy = DecisionKind.STANCE, Policy.QUANTAL
    return decide(world, Decision(kind, j, g, policy, r.hosting_rationality), v)


@entry
def set_stance(world, g, j, stance):
    """Set a host's stance: the haven shrinks with it, and so does what is run from there."""
    r, host = world.rules[0], world.hosts[g, j]
    if stance != host.stance:
        host.stance = stance
        event = log_event(world, EventKind.STANCE, j, NOBODY)
        event.action, event.group = stance, g
    factor = 1.0
    if stance == Stance.RESTRAIN:
        factor = r.hosting_restrained
    elif stance == Stance.CRACK_DOWN:
        factor = r.hosting_cracked_down
    elif stance != Stance.TOLERATE:
        chance.fail(world, FailureKind.UNKNOWN_CHOICE)
    host.haven_now = host.haven * factor
    host.share_now = host.share * (1.0 - _HALF * (1.0 - factor))


@njit
def disperse(world, g, j):
    """A day of a crackdown: some fighters in the host's sectors give up or are locked up."""
    if world.hosts[g, j].stance != Stance.CRACK_DOWN:
        return
    for k in range(world.sectors.shape[0]):
        if world.sectors[k].state == j:
            world.presence[g, k].fighters *= 1.0 - world.rules[0].hosting_dispersed
