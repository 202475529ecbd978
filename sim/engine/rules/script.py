"""The script: dated events replayed as they happened, and interventions after the release.

An event goes through the same rules as the same thing decided by an actor: it moves beliefs,
feelings, forces and ceasefires. Deaths that the event states replace those that the rule would
draw.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.rules.border import local_consequences, skirmish, tally_clash
from sim.engine.rules.campaign import begin_truce, end_truce
from sim.engine.rules.ceasefire import (
    Terms,
    begin_ceasefire,
    climber_of,
    end_ceasefire,
    first_quality,
    guarantee_drawn,
    mean_leverage,
)
from sim.engine.rules.clash import command_dies
from sim.engine.rules.crossings import set_crossings
from sim.engine.rules.militants import group_targets, severity, strike_target, stronghold
from sim.engine.rules.operations import bag, begin_offensive, carry_out_operation
from sim.engine.rules.record import (
    deploy,
    log_event,
    militants_die,
    pick,
    touch,
)
from sim.engine.rules.records import Attack, Dead, Operation
from sim.engine.rules.script_acts import (
    NAMED,
    OTHER,
    at_place,
    fallback_sector,
    place_of,
    report,
    scripted_act,
    stated_or_drawn,
    untold,
)
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import (
    Collapse,
    Command,
    Crossing,
    EventKind,
    FailureKind,
    Purpose,
    ScriptEvent,
    TruceKind,
)
from sim.vocabulary.ladder import N_ACTIONS

_NOBODY_THERE = 1e-6  # fighters that weigh as much as none, where a group has none at all


@njit
def sector_of(world, line, g):
    """Where an event of a group, or against it, takes place: one of the sectors that it names.

    The draw picks one, by the group's fighters there; by none, if it has none in any of them. Where
    an event names no sector, it is NOBODY.
    """
    if line.count <= 1:
        return place_of(world, line, 0)
    u, _, _, _ = chance.uniforms(world, world.groups[g].key, Purpose.PLACE, line.draws)
    for k in range(world.sectors.shape[0]):
        world.weigh[k] = 0.0
    for k in range(line.count):
        sector = place_of(world, line, k)
        world.weigh[sector] = max(world.presence[g, sector].fighters, _NOBODY_THERE)
    return pick(world.weigh, world.sectors.shape[0], u)


@njit
def scripted_attack(world, line):
    """A group's attack."""
    g, number = line.group, line.draws
    group = world.groups[g]
    kind = line.target_kind if line.target_kind >= 0 else group_targets(world, g, number)
    sector = sector_of(world, line, g)
    if sector == NOBODY:
        sector = fallback_sector(world, group.enemy)
    u, v, w, _ = chance.uniforms(world, group.key, Purpose.ATTACK, number)
    if untold(line):
        dead = severity(world, g, kind, u, v)
        security = chance.split(dead, world.target_kinds[kind].security, w)
        civilians = dead - security
    else:
        security, civilians = stated_or_drawn(line.security, 0), stated_or_drawn(line.civilians, 0)
    fallen = Dead(0, security, civilians, stated_or_drawn(line.militants, 0))
    strike_target(world, g, sector, Attack(number, kind, line.evidence), fallen)


@njit
def scripted_clash(world, line):
    """A local clash between two states at the border that the sectors name, or any that they share.

    Fire, where it states no dead.
    """
    i, j = line.actor, line.target
    for b in range(world.borders.shape[0]):
        side = 0 if world.commands[b, 0].state == i else 1
        facing = world.commands[b, side].state == i and world.commands[b, 1 - side].state == j
        world.weigh[b] = (NAMED if at_place(world, line, b) else OTHER) if facing else 0.0
    u, _, _, _ = chance.uniforms(world, world.dyads[i, j].key, Purpose.PLACE, line.draws)
    b = pick(world.weigh, world.borders.shape[0], u)
    if b == NOBODY:
        return
    side = 0 if world.commands[b, 0].state == i else 1
    if untold(line):
        skirmish(world, b, side, Command.FIRE, line.draws)
        return
    own = command_dies(world, b, side, stated_or_drawn(line.own, 0))
    dead = command_dies(world, b, 1 - side, stated_or_drawn(line.security, 0))
    sector = world.commands[b, 1 - side].sector
    touch(world, sector)
    event = log_event(world, EventKind.CLASH, i, j)
    event.action, event.sector, event.value = Command.FIRE, sector, float(b)
    event.dead_own, event.dead_security = own, dead
    report(world, line, event, line.own)
    local_consequences(world, b, side, False, Dead(own, dead, 0, 0))
    tally_clash(world, i, False)


@njit
def guarantor(world, line, pair):
    """Of the mediators who brought a ceasefire about, the one whose guarantee is worth most.

    NOBODY if there were none.
    """
    best, most, mediators = NOBODY, -1.0, world.mediators
    for k in range(line.mediators):
        m = world.places[line.first + line.count + k]
        worth = mean_leverage(world, m, pair) * mediators[m].credibility
        if best == NOBODY or chance.outranks(
            world, worth, most, (mediators[m].key, mediators[best].key)
        ):
            best, most = m, worth
    return best


@njit
def scripted_ceasefire(world, line):
    """A ceasefire between actor and target begins: guaranteed, or by the sides alone."""
    p = world.dyads[line.actor, line.target].pair
    pair = world.pairs[p]
    m = guarantor(world, line, pair)
    kind = TruceKind.HOTLINE if m == NOBODY else TruceKind.MEDIATED
    guarantee = 0.0 if m == NOBODY else guarantee_drawn(world, m, pair, line.draws)
    quality = line.quality if line.quality >= 0.0 else first_quality(world, pair, kind, guarantee)
    begin_ceasefire(world, p, Terms(kind, m, quality, guarantee))


@njit
def scripted_collapse(world, line):
    """A ceasefire between actor and target ends."""
    p = world.dyads[line.actor, line.target].pair
    if world.pairs[p].in_force == 0:
        return
    if world.pairs[p].war == 1:
        end_ceasefire(world, p, Collapse.CLIMB, climber_of(world, p))
    else:
        end_ceasefire(world, p, Collapse.EROSION, line.actor)


@njit
def scripted_operation(world, line):
    """A state's operation against a group."""
    sector = sector_of(world, line, line.group)
    if sector == NOBODY:
        sector = fallback_sector(world, line.actor)
    key = world.groups[line.group].key
    u, v, w, x = chance.uniforms(world, key, Purpose.OPERATION, line.draws)
    killed = bag(world, w, x) if untold(line) else stated_or_drawn(line.militants, 0)
    short = killed - int(world.presence[line.group, sector].fighters)
    fallen = Dead(int(line.own), 0, int(line.civilians), killed)
    carry_out_operation(world, Operation(line.group, line.actor, sector), fallen, (u, v))
    if short > 0:
        # a raid that came from elsewhere: the rest of its dead fall where the group is strongest
        where = stronghold(world, line.group, sector)
        more = militants_die(world, line.group, where, short)
        event = log_event(world, EventKind.OPERATION, line.actor, NOBODY)
        event.sector, event.group, event.dead_militants = where, line.group, more


@njit
def play_line(world, line):
    """One event of the script."""
    if 0 <= line.kind < N_ACTIONS:
        scripted_act(world, line)
        return
    kind = line.kind - N_ACTIONS
    if kind == ScriptEvent.ATTACK:
        scripted_attack(world, line)
    elif kind == ScriptEvent.OPERATION:
        scripted_operation(world, line)
    elif kind == ScriptEvent.CLASH:
        scripted_clash(world, line)
    elif kind == ScriptEvent.CEASEFIRE:
        scripted_ceasefire(world, line)
    elif kind == ScriptEvent.CEASEFIRE_END:
        scripted_collapse(world, line)
    elif kind == ScriptEvent.CLOSE_CROSSINGS:
        set_crossings(world, line.actor, line.target, Crossing.CLOSE_CROSSINGS)
    elif kind == ScriptEvent.OPEN_CROSSINGS:
        set_crossings(world, line.actor, line.target, Crossing.OPEN_CROSSINGS)
    elif kind == ScriptEvent.OFFENSIVE:
        begin_offensive(world, line.actor)
    elif kind == ScriptEvent.TRUCE:
        begin_truce(world, line.group)
    elif kind == ScriptEvent.TRUCE_END:
        end_truce(world, line.group)
    else:
        chance.fail(world, FailureKind.UNKNOWN_EVENT)


@njit
def play(world):
    """All of today's lines of the script, and the numbers that change today."""
    clock, changed = world.clock[0], False
    for c in range(world.changes.shape[0]):
        if world.changes[c].day == clock.day:
            changed = True
            world.words[world.changes[c].slot] = world.changes[c].value
            event = log_event(world, EventKind.CHANGE, NOBODY, NOBODY)
            event.action, event.value = c, world.changes[c].value
    if changed:
        deploy(world)
    for n in range(world.script.shape[0]):
        if world.script[n].day == clock.day:
            before = clock.log_length
            play_line(world, world.script[n])
            for row in range(before, min(clock.log_length, world.log.shape[0])):
                world.log[row].scripted = 1 + world.script[n].told
