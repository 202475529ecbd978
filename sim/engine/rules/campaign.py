"""A group's campaign: mode, moves across the border, truces, recruits and control of ground.

Forms: docs/odd.md. Recruitment is logistic with the haven, with a backlash of recruits for
civilians harmed (Rosendorff and Sandler 2004; Bueno de Mesquita 2005), weak by default because the
data show no rise of attacks after strikes.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.elementary import log
from sim.engine.jit import entry, njit
from sim.engine.rules.decide import Decision, clear_table, decide
from sim.engine.rules.record import counting, garrison, log_event
from sim.engine.world.memo import Memo, fading
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import (
    Answer,
    Control,
    EventKind,
    Mode,
    Move,
    Purpose,
    Stance,
)
from sim.vocabulary.decisions import DecisionKind, ModeTerm, MoveTerm, TruceTerm
from sim.vocabulary.ladder import Rung
from sim.vocabulary.policies import Policy

_LOSS_DAYS = 30.0  # Assumed: memory of losses
# Assumed: a twentieth of the fighters lost within the memory weighs one unit of utility, and two
# units are the most; fewer than so many fighters are no base for a share
_HEAVY, _MOST_PRESSURE, _LEAST_BASE = 20.0, 2.0, 50.0
# Assumed: what the usual pace is worth, and what an open war of the enemy is worth to a surge
_HABIT, _OPPORTUNITY = 1.0, 1.0
_STAY = 1.0  # Assumed: what staying is worth to a group's fighters, in units of utility
_HALF_HAVEN = 0.5  # Assumed: a haven freer than this draws fighters, one less free sends them home
_MEDIATED = 2.0  # Assumed: an offer of a truce is twice as likely where a host restrains the group
_CONTEST = 0.5  # Assumed: force ratio at which control begins to shift
_HELD = 0.5  # share of control at which a sector counts as held
_SWEEP = 0.1  # Assumed: share of control that an offensive takes back each day
_NOWHERE = 1e-9  # havens of no more weight than this take nobody in: shares of it would lose digits


@njit
def pressure_at_home(world, g):
    """Recent losses to operations, as a share of the fighters at home, in units of utility."""
    group = world.groups[g]
    return min(_MOST_PRESSURE, _HEAVY * group.home_losses / max(group.home, _LEAST_BASE))


@njit
def pressure_abroad(world, g):
    """Recent losses to strikes in the haven, likewise."""
    group = world.groups[g]
    return min(_MOST_PRESSURE, _HEAVY * group.haven_losses / max(group.abroad, _LEAST_BASE))


@njit
def best_haven(world, g):
    """The freest haven that a group has now."""
    best = 0.0
    for s in range(world.states.shape[0]):
        if world.hosts[g, s].present == 1:
            best = max(best, world.hosts[g, s].haven_now)
    return best


@njit
def mode_table(world, g):
    """Fill the decision table of a group's mode."""
    group = world.groups[g]
    clear_table(world, DecisionKind.MODE)
    terms = world.table.terms
    terms[Mode.SUSTAIN, ModeTerm.HABIT] = _HABIT
    strength = log(max(group.effective, 1.0) / group.reference_strength)
    pressure = pressure_at_home(world, g)
    opportunity = 0.0
    for j in range(world.states.shape[0]):
        d = world.dyads[group.enemy, j]
        if d.pair != NOBODY and world.actions[d.posture].rung >= Rung.MILITARY_STRIKES:
            opportunity = _OPPORTUNITY
    for a, sign in ((Mode.LIE_LOW, -1.0), (Mode.SURGE, 1.0)):
        terms[a, ModeTerm.STRENGTH] = sign * strength
        terms[a, ModeTerm.PRESSURE] = -sign * pressure
        terms[a, ModeTerm.OPPORTUNITY] = sign * opportunity


@entry
def group_decides(world, g):
    """A group's mode, reviewed now and then; its present one on other days."""
    group = world.groups[g]
    u, v, _, _ = chance.uniforms(world, group.key, Purpose.CAMPAIGN, 0)
    if u >= 1.0 / world.rules[0].militancy_review:
        return group.mode
    mode_table(world, g)
    return decide(world, Decision(DecisionKind.MODE, g, NOBODY, group.policy, group.rationality), v)


@entry
def set_mode(world, g, mode):
    """Set a group's mode."""
    group = world.groups[g]
    if mode != group.mode:
        group.mode = mode
        event = log_event(world, EventKind.MODE, world.states.shape[0] + g, NOBODY)
        event.action, event.group = mode, g


@njit
def move_table(world, g):
    """Fill the decision table of a group's move across the border."""
    clear_table(world, DecisionKind.MOVE)
    terms = world.table.terms
    terms[Move.STAY, MoveTerm.HABIT] = _STAY
    gradient = pressure_at_home(world, g) - pressure_abroad(world, g)
    haven = best_haven(world, g) - _HALF_HAVEN
    for a, sign in ((Move.WITHDRAW, 1.0), (Move.INFILTRATE, -1.0)):
        terms[a, MoveTerm.PRESSURE] = sign * gradient
        terms[a, MoveTerm.HAVEN] = sign * haven
    available = world.table.available
    can_leave = best_haven(world, g) > 0.0 and world.groups[g].home >= 1.0
    available[Move.WITHDRAW] = 1.0 if can_leave else 0.0
    available[Move.INFILTRATE] = 1.0 if world.groups[g].abroad >= 1.0 else 0.0


@njit
def group_moves(world, g):
    """A group's move, reviewed as its mode is, on days of its own."""
    group = world.groups[g]
    u, v, _, _ = chance.uniforms(world, group.key, Purpose.MOVE, 0)
    if u >= 1.0 / world.rules[0].militancy_review:
        return Move.STAY
    move_table(world, g)
    return decide(
        world, Decision(DecisionKind.MOVE, g, NOBODY, Policy.QUANTAL, group.rationality), v
    )


@njit
def shift(world, g, share, homeward):
    """Move a share of the fighters across the border: into the haven, or homeward to the enemy.

    They come to the sectors in proportion to who is there already; with nowhere to go they stay.
    """
    enemy = world.groups[g].enemy
    moved, weight = 0.0, 0.0
    for k in range(world.sectors.shape[0]):
        world.weigh[k] = arrival(world, g, k, homeward)
        weight += world.weigh[k]
    if weight <= _NOWHERE:
        return
    for k in range(world.sectors.shape[0]):
        place = world.presence[g, k]
        if (world.sectors[k].state == enemy) != homeward:
            moved += place.fighters * share
            place.fighters -= place.fighters * share
    for k in range(world.sectors.shape[0]):
        world.presence[g, k].fighters += moved * world.weigh[k] / weight


@njit
def arrival(world, g, k, homeward):
    """How much of a movement a sector receives."""
    state = world.sectors[k].state
    if homeward:
        return world.presence[g, k].fighters + 1.0 if state == world.groups[g].enemy else 0.0
    host = world.hosts[g, state]
    return (world.presence[g, k].fighters + 1.0) * host.haven_now if host.present == 1 else 0.0


@njit
def is_restrained(world, g, s):
    """Whether a host does something about a group in its land."""
    host = world.hosts[g, s]
    return host.present == 1 and host.stance != Stance.TOLERATE


@njit
def truce_table(world, g):
    """Fill the decision table of a group on an offer of a truce."""
    group = world.groups[g]
    clear_table(world, DecisionKind.TRUCE)
    terms = world.table.terms
    terms[Answer.ACCEPT, TruceTerm.OPENNESS] = group.truce_openness
    pressure = pressure_at_home(world, g) + pressure_abroad(world, g)
    terms[Answer.ACCEPT, TruceTerm.PRESSURE] = pressure
    best = 0.0
    for s in range(world.states.shape[0]):
        if is_restrained(world, g, s):
            best = max(best, world.hosts[g, s].haven)
    terms[Answer.ACCEPT, TruceTerm.HOST] = best
    strength = log(max(group.effective, 1.0) / group.reference_strength)
    terms[Answer.ACCEPT, TruceTerm.STRENGTH] = -strength


@njit
def truce(world, g):
    """A day of truces with a group: one may be offered and accepted, one in force may run out."""
    r, group = world.rules[0], world.groups[g]
    if group.strength < 1.0:
        return
    u, v, _, _ = chance.uniforms(world, group.key, Purpose.TRUCE_TALKS, 0)
    if group.truce == 1:
        if u < 1.0 / r.militancy_truce_days or world.states[group.enemy].offensive == 1:
            end_truce(world, g)
        return
    rate = r.militancy_truce_offer
    for s in range(world.states.shape[0]):
        if is_restrained(world, g, s):
            rate = _MEDIATED * r.militancy_truce_offer
    if u < rate and world.states[group.enemy].offensive == 0:
        truce_table(world, g)
        kind, policy = DecisionKind.TRUCE, Policy.QUANTAL
        answer = decide(world, Decision(kind, g, NOBODY, policy, group.rationality), v)
        if answer == Answer.ACCEPT:
            begin_truce(world, g)


@njit
def begin_truce(world, g):
    """A truce between a group and its enemy begins."""
    world.groups[g].truce = 1
    if counting(world):
        world.tally[0].truces += 1
    event = log_event(world, EventKind.TRUCE, world.states.shape[0] + g, world.groups[g].enemy)
    event.group = g


@njit
def end_truce(world, g):
    """It ends."""
    world.groups[g].truce = 0
    event = log_event(world, EventKind.TRUCE_END, world.states.shape[0] + g, world.groups[g].enemy)
    event.group = g


@njit
def recruit(world, g):
    """A day of recruits: logistic growth with haven and held ground, and backlash."""
    r, group = world.rules[0], world.groups[g]
    total, control = 0.0, 0.0
    for k in range(world.sectors.shape[0]):
        fighters = world.presence[g, k].fighters
        total += fighters
        control += fighters * world.sectors[k].control
    if total <= 0.0:
        return
    base = r.militancy_capacity_base
    capacity = max(1.0, group.capacity * (base + (1.0 - base) * best_haven(world, g)))
    growth = (
        group.growth
        * (1.0 + r.militancy_control_recruits * control / total)
        * (1.0 - total / capacity)
    )
    gained = total * growth + r.militancy_backlash * group.grievances
    group.grievances = 0.0
    for k in range(world.sectors.shape[0]):
        place = world.presence[g, k]
        place.fighters = max(0.0, place.fighters + gained * place.fighters / total)


@njit
def contest(world, k):
    """A day of the contest for a sector: control follows fighters per soldier.

    Offensives sweep it.
    """
    r, place = world.rules[0], world.sectors[k]
    fighters = 0.0
    for g in range(world.groups.shape[0]):
        if world.groups[g].enemy == place.state:
            fighters += world.presence[g, k].fighters
    ratio = r.militancy_hold_ratio * fighters / max(garrison(world, k), 1.0)
    aim = min(max(ratio - _CONTEST, 0.0), 1.0)
    before = place.control
    place.control += (aim - place.control) / r.militancy_control_days
    if world.states[place.state].offensive == 1:
        place.control *= 1.0 - _SWEEP
    if (before >= _HELD) != (place.control >= _HELD):
        event = log_event(world, EventKind.CONTROL, place.state, NOBODY)
        event.action = Control.LOST if place.control >= _HELD else Control.WON
        event.sector, event.value = k, place.control


@njit
def forget_losses(world, g):
    """Memory of losses fades."""
    keep = fading(world, Memo.HOME_LOSSES, g, _LOSS_DAYS)
    world.groups[g].home_losses *= keep
    world.groups[g].haven_losses *= keep
