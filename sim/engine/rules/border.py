"""Border commands hold, fire or raid in their own sector, sometimes beyond what is permitted.

Terms: readiness (from a rate a day in calm, so that halving a weight does not multiply rare
events), local grievance, the capital's posture, the nation's outrage, a ceasefire, and men left in
the ranks.
"""

from __future__ import annotations

from sim.engine import chance
from sim.engine.elementary import log
from sim.engine.jit import entry, njit
from sim.engine.rules.bargaining import binding
from sim.engine.rules.clash import fight, mobility
from sim.engine.rules.decide import Decision, decide
from sim.engine.rules.feelings import resent_clash
from sim.engine.rules.record import (
    book_claims,
    claim,
    counting,
    first_day,
    log_event,
    raise_rung,
    touch,
)
from sim.engine.rules.records import Dead, Force
from sim.engine.world.memo import Memo, fading, log_of
from sim.vocabulary.codes import Command, EventKind, FailureKind, Purpose
from sim.vocabulary.decisions import CommandTerm, DecisionKind
from sim.vocabulary.ladder import Rung

N_COMMAND_OPTIONS, N_COMMAND_TERMS = len(Command), len(CommandTerm)

# Assumed: fire across the border is an exchange or two, not a fight to a decision
_FIRE_ROUNDS = 2.0
_LOCAL_RAID = 0.6  # Assumed: size of a local raid relative to one that the capital orders
_FIRE_GRIEVANCE, _RAID_GRIEVANCE = 0.5, 1.0  # Assumed: what either leaves at the border for days
_MOST_OUTRAGE = 2.0  # Assumed: outrage above this moves a command no further
_LEAST_RATE, _MOST_RATE = 1e-9, 0.999  # a chance a day whose log-odds are finite
_LEAST_SCALE = 1e-9  # of rationality, below which readiness would be infinite
# the posture's rung over which leave to fire grows, from tension to open war
_POSTURE_FROM, _POSTURE_SPAN = float(Rung.TENSION), float(Rung.OPEN_WAR - Rung.TENSION)
_FIRE_RUNG, _RAID_RUNG = float(Command.FIRE.rung), float(Command.RAID.rung)


@njit
def odds(rate, discipline):
    """The odds p/(1-p) of an act on a calm day, at a rate a day scaled by discipline.

    Discipline 0.5 leaves the rate as given, 0 doubles it, 1 all but ends it.
    """
    p = min(max(2.0 * (1.0 - discipline) * rate, _LEAST_RATE), _MOST_RATE)
    return p / (1.0 - p)


@njit
def make_ready(world):
    """Morning at the border.

    What each state's rates and discipline mean in utility against holding (utility 0), the same for
    all its commands: p/(1-p) = exp(scale * u) at rest.
    """
    r = world.rules[0]
    scale = max(r.commands_rationality, _LEAST_SCALE)
    for i in range(world.states.shape[0]):
        s = world.states[i]
        fire = odds(r.commands_fire_rate, s.discipline)
        raid = odds(r.commands_raid_rate, s.discipline)
        s.fire_ready = log_of(world, Memo.FIRE, i, fire) / scale
        s.raid_ready = log_of(world, Memo.RAID, i, raid) / scale


@njit
def clear_for_commands(world):
    """What is the same in the table of every command.

    Holding is worth nothing, and nothing is barred.
    """
    terms, weights, available = world.table.terms, world.table.weights, world.table.available
    for a in range(N_COMMAND_OPTIONS):
        available[a] = 1.0
    for k in range(N_COMMAND_TERMS):
        terms[Command.HOLD, k] = 0.0
        weights[k] = 1.0
    weights[CommandTerm.GRIEVANCE] = world.rules[0].commands_grievance
    terms[Command.RAID, CommandTerm.OUTRAGE] = 0.0


@njit
def command_table(world, b, side):
    """Fill the rest of the decision table of a border command."""
    r = world.rules[0]
    c = world.commands[b, side]
    d = world.dyads[c.state, c.rival]
    bound = binding(world, d.pair)
    rung = world.actions[d.posture].rung
    tension = max(0.0, rung - _POSTURE_FROM) / _POSTURE_SPAN
    terms = world.table.terms
    terms[Command.FIRE, CommandTerm.READINESS] = world.states[c.state].fire_ready
    terms[Command.RAID, CommandTerm.READINESS] = world.states[c.state].raid_ready
    terms[Command.FIRE, CommandTerm.GRIEVANCE] = c.grievance
    terms[Command.RAID, CommandTerm.GRIEVANCE] = c.grievance
    terms[Command.FIRE, CommandTerm.POSTURE] = r.commands_posture * tension
    terms[Command.RAID, CommandTerm.POSTURE] = r.commands_raid_posture * tension
    terms[Command.FIRE, CommandTerm.OUTRAGE] = r.commands_outrage * min(d.outrage, _MOST_OUTRAGE)
    terms[Command.FIRE, CommandTerm.CEASEFIRE] = -r.commands_ceasefire * bound
    terms[Command.RAID, CommandTerm.CEASEFIRE] = -r.commands_raid_ceasefire * bound
    thin = log(max(c.men, 1.0) / c.garrison) if c.men < c.garrison else 0.0
    terms[Command.FIRE, CommandTerm.STRENGTH] = thin
    terms[Command.RAID, CommandTerm.STRENGTH] = thin


@entry
def command_decides(world, b, side):
    """The choice of a border command, a `Command`."""
    clear_for_commands(world)
    return next_command_decides(world, b, side)


@njit
def next_command_decides(world, b, side):
    """The same on a table that has been cleared for commands, for one after the other.

    A command without men has nothing to decide.
    """
    c = world.commands[b, side]
    if c.men < 1.0:
        return Command.HOLD
    command_table(world, b, side)
    u, _, _, _ = chance.uniforms(world, c.key, Purpose.COMMAND, 0)
    precision = world.rules[0].commands_rationality
    return decide(world, Decision(DecisionKind.COMMAND, b, side, c.policy, precision), u)


@njit
def opens_first(world, b):
    """The side of a border that is first on a day on which both fight, by its draw of the day."""
    ours, _, _, _ = chance.uniforms(world, world.commands[b, 0].key, Purpose.TIE, 0)
    theirs, _, _, _ = chance.uniforms(world, world.commands[b, 1].key, Purpose.TIE, 0)
    return 0 if ours <= theirs else 1


@njit
def tally_clash(world, state, raid):
    """Count a local clash in the measures."""
    if counting(world):
        t = world.tally[0]
        t.clashes += 1
        if raid:
            t.raids += 1
            world.states[state].raids += 1
            t.first_raid_day = first_day(world, t.first_raid_day)


@njit
def skirmish(world, b, side, choice, index):
    """Fire or a raid of a command on the other side's posts, with the draws of `index`."""
    r = world.rules[0]
    c, other = world.commands[b, side], world.commands[b, 1 - side]
    raid = choice == Command.RAID
    if not raid and choice != Command.FIRE:
        chance.fail(world, FailureKind.UNKNOWN_CHOICE)
        return
    if raid:
        men = _LOCAL_RAID * r.clash_raid_men * mobility(world, c.state)
        force = Force(men, r.clash_post_men, r.clash_rounds, 1.0, 1.0)
    else:
        force = Force(r.clash_fire_men, r.clash_fire_men, _FIRE_ROUNDS, 1.0, 1.0)
    own, dead = fight(world, b, side, index, force)
    local_consequences(world, b, side, raid, Dead(own, dead, 0, 0))
    tally_clash(world, c.state, raid)
    touch(world, other.sector)
    event = log_event(world, EventKind.CLASH, c.state, c.rival)
    event.action, event.sector, event.value = choice, other.sector, float(b)
    event.dead_own, event.dead_security = own, dead
    claimed, admitted = claim(world, c.state, c.rival, (c.key, 2 * index), dead)
    countered, own_admitted = claim(world, c.rival, c.state, (c.key, 2 * index + 1), own)
    book_claims(world, c.state, c.rival, claimed, admitted)
    book_claims(world, c.rival, c.state, countered, own_admitted)
    event.claimed, event.admitted = claimed, admitted
    event.counter_claimed, event.own_admitted = countered, own_admitted


@njit
def local_consequences(world, b, side, raid, fallen):
    """Feelings in the capital and at the border, the ceasefire, and the books of the relation."""
    r = world.rules[0]
    own, dead = fallen.own, fallen.soldiers
    c, other = world.commands[b, side], world.commands[b, 1 - side]
    d = world.dyads[c.state, c.rival]
    pair = world.pairs[d.pair]
    resent_clash(world, c.rival, c.state, raid, dead)
    other.new_grievance += _RAID_GRIEVANCE if raid else _FIRE_GRIEVANCE
    raise_rung(world, d.pair, _RAID_RUNG if raid else _FIRE_RUNG)
    pair.dead_today += own + dead
    world.tally[0].interstate_today += own + dead
    d.own_dead += own
    world.dyads[c.rival, c.state].own_dead += dead
    world.states[c.state].lost_today += own
    world.states[c.rival].lost_today += dead
    if pair.in_force == 1:
        damage = r.ceasefire_local_raid if raid else r.ceasefire_local_fire
        damage /= max(1, pair.borders)  # one stretch of the line
        pair.rubbed += damage
        d.hit += damage


@njit
def calm_down(world):
    """A day's fading of local grievance, and what today added."""
    keep = fading(world, Memo.LOCAL_GRIEVANCE, 0, world.rules[0].commands_grievance_life)
    for b in range(world.commands.shape[0]):
        for side in range(2):
            c = world.commands[b, side]
            c.grievance = c.grievance * keep + c.new_grievance
            c.new_grievance = 0.0
            c.choice = Command.HOLD
