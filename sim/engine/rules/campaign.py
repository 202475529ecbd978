"""A group's campaign: its mode (lie low, sustain, surge), moves across the border, truces, recruits and control of ground.

Forms: docs/odd.md. Recruitment is logistic with the haven, with a backlash of recruits for
civilians harmed (Rosendorff and Sandler 2004; Bueno de Mesquita 2005), weak by default because the
data show no rise of attacks after strikes.
"""

from __future__ import annotations

import math

from sim.engine import chance
from sim.engine.jit import entry, njit
from sim.engine.rules import forced
from sim.engine.rules.decide import MOVE, TRUCE, decide
from sim.engine.rules.diplomacy import clear
from sim.engine.rules.record import counting, log_event
from sim.engine.world.tables import CONTROL, MODE, NOBODY, TRUCE_END
from sim.engine.world.tables import TRUCE as TRUCE_BEGINS
from sim.vocabulary.ladder import GROUND_OFFENSIVE, column
from sim.vocabulary.policies import QUANTAL

MODE_TERMS = ("habit", "strength", "pressure", "opportunity")
MOVE_TERMS = ("habit", "pressure", "haven")
TRUCE_TERMS = ("openness", "pressure", "host", "strength")
N_MODE_TERMS, N_MOVE_TERMS, N_TRUCE_TERMS = len(MODE_TERMS), len(MOVE_TERMS), len(TRUCE_TERMS)
LIE_LOW, SUSTAIN, SURGE = range(3)
STAY, WITHDRAW, INFILTRATE = range(3)
RESTRAINT = 1

_RUNG = column("rung")
_LOSS_DAYS = 30.0  # memory of losses
_HEAVY = (
    20.0  # Assumed: a twentieth of the fighters lost within the memory weighs one unit of utility
)
_CONTEST = 0.5  # force ratio at which control begins to shift
_HELD = 0.5  # share of control at which a sector counts as held
_SWEEP = 0.1  # Assumed: share of control that an offensive takes back each day
_NOWHERE = 1e-9  # havens of no more weight than this take nobody in: shares of it would lose digits


@njit
def pressure_at_home(world, g):
    """Recent losses to operations, as a share of the fighters at home, in units of utility."""
    group = world.groups[g]
    return min(2.0, _HEAVY * group.home_losses / max(group.home, 50.0))


@njit
def pressure_abroad(world, g):
    """Recent losses to strikes in the haven, likewise."""
    group = world.groups[g]
    return min(2.0, _HEAVY * group.haven_losses / max(group.abroad, 50.0))


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
    clear(world, 3, N_MODE_TERMS)
    terms = world.table.terms
    terms[SUSTAIN, 0] = 1.0
    strength = math.log(max(group.effective, 1.0) / group.reference_strength)
    pressure = pressure_at_home(world, g)
    opportunity = 0.0
    for j in range(world.states.shape[0]):
        d = world.dyads[group.enemy, j]
        if d.pair != NOBODY and _RUNG[d.posture] >= _RUNG[GROUND_OFFENSIVE]:
            opportunity = 1.0
    for a, sign in ((LIE_LOW, -1.0), (SURGE, 1.0)):
        terms[a, 1] = sign * strength
        terms[a, 2] = -sign * pressure
        terms[a, 3] = sign * opportunity


@entry
def group_decides(world, g):
    """A group's mode, reviewed now and then; its present one on other days."""
    group = world.groups[g]
    u, v, _, _ = chance.uniforms(world, group.key, chance.CAMPAIGN, 0)
    if u >= 1.0 / world.rules[0].militancy_review:
        return group.mode
    mode_table(world, g)
    return decide(
        world, forced.MODE, g, NOBODY, 3, N_MODE_TERMS, group.policy, group.rationality, v
    )


@entry
def set_mode(world, g, mode):
    """Take up a mode."""
    group = world.groups[g]
    if mode != group.mode:
        group.mode = mode
        event = log_event(world, MODE, world.states.shape[0] + g, NOBODY)
        event.action, event.group = mode, g


@njit
def move_table(world, g):
    """Fill the decision table of a group's move across the border."""
    clear(world, 3, N_MOVE_TERMS)
    terms = world.table.terms
    terms[STAY, 0] = 1.0
    gradient = pressure_at_home(world, g) - pressure_abroad(world, g)
    haven = best_haven(world, g) - 0.5
    for a, sign in ((WITHDRAW, 1.0), (INFILTRATE, -1.0)):
        terms[a, 1] = sign * gradient
        terms[a, 2] = sign * haven
    world.table.available[WITHDRAW] = (
        1.0 if best_haven(world, g) > 0.0 and world.groups[g].home >= 1.0 else 0.0
    )
    world.table.available[INFILTRATE] = 1.0 if world.groups[g].abroad >= 1.0 else 0.0


@njit
def group_moves(world, g):
    """A group's move, reviewed as its mode is, on days of its own."""
    group = world.groups[g]
    u, v, _, _ = chance.uniforms(world, group.key, chance.MOVE, 0)
    if u >= 1.0 / world.rules[0].militancy_review:
        return STAY
    move_table(world, g)
    return decide(world, MOVE, g, NOBODY, 3, N_MOVE_TERMS, QUANTAL, group.rationality, v)


@njit
def shift(world, g, share, homeward):
    """Move a share of the fighters across the border: into the haven, or (homeward) into the enemy's sectors.

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
def truce_table(world, g):
    """Fill the decision table of a group on an offer of a truce."""
    group = world.groups[g]
    clear(world, 2, N_TRUCE_TERMS)
    terms = world.table.terms
    terms[1, 0] = group.truce_openness
    terms[1, 1] = pressure_at_home(world, g) + pressure_abroad(world, g)
    for s in range(world.states.shape[0]):
        if world.hosts[g, s].present == 1 and world.hosts[g, s].stance >= RESTRAINT:
            terms[1, 2] = max(terms[1, 2], world.hosts[g, s].haven)
    terms[1, 3] = -math.log(max(group.effective, 1.0) / group.reference_strength)


@njit
def truce(world, g):
    """A day of truces with a group: one may be offered and accepted, one in force may run out."""
    r, group = world.rules[0], world.groups[g]
    if group.strength < 1.0:
        return
    u, v, _, _ = chance.uniforms(world, group.key, chance.TRUCE_TALKS, 0)
    if group.truce == 1:
        if u < 1.0 / r.militancy_truce_days or world.states[group.enemy].offensive == 1:
            end_truce(world, g)
        return
    rate = r.militancy_truce_offer
    for s in range(world.states.shape[0]):
        if world.hosts[g, s].present == 1 and world.hosts[g, s].stance >= RESTRAINT:
            rate = 2.0 * r.militancy_truce_offer
    if u < rate and world.states[group.enemy].offensive == 0:
        truce_table(world, g)
        if decide(world, TRUCE, g, NOBODY, 2, N_TRUCE_TERMS, QUANTAL, group.rationality, v) == 1:
            begin_truce(world, g)


@njit
def begin_truce(world, g):
    """A truce between a group and its enemy begins."""
    world.groups[g].truce = 1
    if counting(world):
        world.tally[0].truces += 1
    event = log_event(world, TRUCE_BEGINS, world.states.shape[0] + g, world.groups[g].enemy)
    event.group = g


@njit
def end_truce(world, g):
    """It ends."""
    world.groups[g].truce = 0
    event = log_event(world, TRUCE_END, world.states.shape[0] + g, world.groups[g].enemy)
    event.group = g


@njit
def recruit(world, g):
    """A day of recruits: logistic growth with haven and held ground, and backlash for civilians harmed by the enemy state."""
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
    """A day of the contest for a sector: control moves with the ratio of fighters to soldiers, and offensives take it back."""
    r, place = world.rules[0], world.sectors[k]
    fighters = 0.0
    for g in range(world.groups.shape[0]):
        if world.groups[g].enemy == place.state:
            fighters += world.presence[g, k].fighters
    ratio = r.militancy_hold_ratio * fighters / max(place.garrison, 1.0)
    aim = min(max(ratio - _CONTEST, 0.0), 1.0)
    before = place.control
    place.control += (aim - place.control) / r.militancy_control_days
    if world.states[place.state].offensive == 1:
        place.control *= 1.0 - _SWEEP
    if (before >= _HELD) != (place.control >= _HELD):
        event = log_event(world, CONTROL, place.state, NOBODY)
        event.action = 1 if place.control >= _HELD else 0
        event.sector, event.value = k, place.control


@njit
def forget_losses(world, g):
    """Memory of losses fades."""
    fading = math.exp(-1.0 / _LOSS_DAYS)
    world.groups[g].home_losses *= fading
    world.groups[g].haven_losses *= fading
