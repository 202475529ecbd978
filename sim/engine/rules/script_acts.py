"""National acts of the script: replayed with the dead that the file states, or with drawn ones.

Where the file names places the act falls there, whoever draws its dead.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.jit import njit
from sim.engine.rules.acts import consequences, ground, weigh_borders
from sim.engine.rules.balance import strikes
from sim.engine.rules.own_acts import action_of
from sim.engine.rules.record import book_claims, garrison, log_event, people, soldiers_die
from sim.engine.rules.records import Dead, Deed, Manner, Site
from sim.engine.rules.strike import bomb, claim_hit, hit, quarry, share_of, tolls
from sim.engine.rules.war import begin_war
from sim.engine.world.tables import NOBODY
from sim.vocabulary.codes import EventKind, Purpose
from sim.vocabulary.ladder import N_ACTIONS, Aim, Fight, Posture

# Assumed: without any other hint, an event falls at a border that it names and at no other
NAMED, OTHER = 3.0, 0.001


@njit
def stated_or_drawn(count, drawn):
    """The stated count, or the drawn one where none is stated (-1)."""
    return int(count) if count >= 0 else int(drawn)


@njit
def untold(line):
    """Whether an event states no deaths at all, so that the rules draw them."""
    return line.own < 0 and line.security < 0 and line.civilians < 0 and line.militants < 0


@njit
def place_of(world, line, k):
    """The k-th sector of an event, or NOBODY."""
    return world.places[line.first + k] if k < line.count else NOBODY


@njit
def who_is_there(world, line, sector):
    """Whether an act of the script finds soldiers, civilians and militants in a sector, 1 or 0."""
    fighters = (
        quarry(world, line.actor, NOBODY, sector)
        if line.group == NOBODY
        else world.presence[line.group, sector].fighters
    )
    return (
        int(garrison(world, sector) >= 1.0),
        int(people(world, sector) >= 1.0),
        int(fighters >= 1.0),
    )


@njit
def scripted_act(world, line):
    """A national act with stated dead, spread over its sectors.

    Without any statement of deaths, they are drawn.
    """
    i, j, action = line.actor, line.target, action_of(world, line)
    d, row = world.dyads[i, j], world.actions[action]
    if row.posture == Posture.WAR:
        begin_war(world, i, j)
    elif row.posture != Posture.ONCE:
        d.posture = action
    if row.posture != Posture.ONCE and row.tempo == 0.0:
        return
    d.own_act = line.own_act
    if untold(line):
        act_there(world, line)
    else:
        fallen, capital = spread_dead(world, line)
        manner = Manner(capital, line.announced == 1)
        consequences(world, Deed(i, j, action), fallen, manner)
    d.own_act = 0


@njit
def act_there(world, line):
    """An act whose dead nobody states: the rules draw them, at the places that the event names."""
    i, j, action = line.actor, line.target, action_of(world, line)
    weigh_borders(world, i, j)
    for b in range(world.borders.shape[0]):
        if line.count > 0 and not at_place(world, line, b):
            world.weigh[b] *= OTHER
    own, soldiers = ground(world, i, j, action)
    fallen, capital = Dead(0, 0, 0, 0), False
    if line.count > 0 and strikes(world, i, action):
        fallen, capital = bomb_there(world, line)
    elif strikes(world, i, action):
        fell, civilians, capital = bomb(world, i, j, action)
        fallen = Dead(0, fell, civilians, 0)
    elif world.actions[action].fight == Fight.NONE:
        event = log_event(world, EventKind.ACT, i, j)
        event.action, event.value = action, float(line.own_act)
    dead = Dead(own, soldiers + fallen.soldiers, fallen.civilians, 0)
    consequences(world, Deed(i, j, action), dead, Manner(capital, line.announced == 1))


@njit
def bomb_there(world, line):
    """Strike the sectors that an event names, with drawn dead.

    Returns soldiers and civilians dead, and whether the capital was hit.
    """
    i, j = line.actor, line.target
    deed, capital = Deed(i, j, action_of(world, line)), False
    soldiers, civilians = 0, 0
    for k in range(line.count):
        sector = place_of(world, line, k)
        capital = capital or sector == world.states[j].capital
        site = line.draws + k
        event = hit(world, deed, Site(sector, site), tolls(world, deed, sector, site), line.group)
        claim_hit(world, event, site)
        if k == 0 and line.claimed >= 0:
            event.claimed = line.claimed
        soldiers += int(event.dead_security)
        civilians += int(event.dead_civilians)
    return Dead(0, soldiers, civilians, 0), capital


@njit
def spread_dead(world, line):
    """Book the stated dead of an act over its sectors.

    Returns the dead (militants left out), and whether the capital was hit.
    """
    i, j = line.actor, line.target
    deed = Deed(i, j, action_of(world, line))
    parts = max(1, line.count)
    own = soldiers_die(world, i, stated_or_drawn(line.own, 0))
    security, civilians = 0, 0
    capital = False
    first = world.unkept[0]
    u, v, w, _ = chance.uniforms(world, world.dyads[i, j].key, Purpose.SPREAD, line.draws)
    all_s, all_c, all_m, s, c, m = 0, 0, 0, 0, 0, 0
    for k in range(parts):
        soldiers, people_there, fighters = who_is_there(world, line, site_of(world, line, k))
        all_s, all_c, all_m = all_s + soldiers, all_c + people_there, all_m + fighters
    for k in range(parts):
        sector = site_of(world, line, k)
        capital = capital or sector == world.states[j].capital
        soldiers, people_there, fighters = who_is_there(world, line, sector)
        share = Dead(
            0,
            share_of(stated_or_drawn(line.security, 0), soldiers, (s, all_s), u),
            share_of(stated_or_drawn(line.civilians, 0), people_there, (c, all_c), v),
            share_of(stated_or_drawn(line.militants, 0), fighters, (m, all_m), w),
        )
        s, c, m = s + soldiers, c + people_there, m + fighters
        event = hit(world, deed, Site(sector, line.draws + k), share, line.group)
        if k == 0:
            first = event
        security += int(event.dead_security)
        civilians += int(event.dead_civilians)
    first.dead_own = own
    report(world, line, first, NOBODY)
    return Dead(own, security, civilians, 0), capital


@njit
def site_of(world, line, k):
    """The k-th sector that an act of the script hits, or where it names none, the best held."""
    sector = place_of(world, line, k)
    return fallback_sector(world, line.target) if sector == NOBODY else sector


@njit
def of_militants(world, line):
    """Whether the claims of an event are of militants: those of an act that is aimed at them."""
    if line.kind >= N_ACTIONS:
        return False
    return world.actions[action_of(world, line)].aim == Aim.MILITANTS


@njit
def report(world, line, event, own_admitted):
    """What both sides were reported to say of an event, in the log and in the measures.

    The target admits the stated losses.
    """
    event.claimed, event.admitted = line.claimed, line.security
    event.counter_claimed, event.own_admitted = line.countered, own_admitted
    if line.claimed >= 0 and not of_militants(world, line):
        book_claims(world, line.actor, line.target, line.claimed, stated_or_drawn(line.security, 0))
    if line.countered >= 0:
        book_claims(world, line.target, line.actor, line.countered, stated_or_drawn(line.own, 0))


@njit
def fallback_sector(world, state):
    """The sector of a state with the largest garrison, where an event names none."""
    best, sectors = NOBODY, world.sectors
    for k in range(sectors.shape[0]):
        if sectors[k].state == state and (
            best == NOBODY
            or chance.outranks(
                world,
                sectors[k].garrison,
                sectors[best].garrison,
                (sectors[k].key, sectors[best].key),
            )
        ):
            best = k
    return best


@njit
def at_place(world, line, b):
    """Whether a border touches a sector of the event."""
    for k in range(line.count):
        sector = place_of(world, line, k)
        if world.commands[b, 0].sector == sector or world.commands[b, 1].sector == sector:
            return True
    return False
