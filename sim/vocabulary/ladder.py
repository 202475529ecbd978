"""The ladder of escalation as data: its rungs, and the actions on them.

A new action is one row of `Action` and its words in `sim/words`; the rules, the news, the report
and the audit read its columns. The world carries the columns in a fixed table, `world.actions`, one
row an action. The numbers of a row are those of the prototype in docs/odd.md, section "Ladder":
assumed, tuned by hand on the founding case's tempo.
"""

from __future__ import annotations

from sim.vocabulary.coded import CodedWord, Row, require, words


class Rung(Row):
    """A step of the ladder.

    `title` as people read it; `hostility` level of the Militarized Interstate Disputes (Palmer et
    al. 2022, MID 5): 1 none, 2 threat, 3 display, 4 use, 5 war.
    """

    title: str
    hostility: int

    CALM = "calm", 1
    TENSION = "tension", 3
    BORDER_FIRE = "border fire", 4
    RAID = "raid", 4
    LIMITED_STRIKES = "limited strikes", 4
    MILITARY_STRIKES = "military strikes or ground offensive", 4
    OPEN_WAR = "open war", 5
    NUCLEAR_SIGNALLING = "nuclear signalling", 3


class Domain(CodedWord):
    """What an action needs: nothing, a border with the rival, aircraft, or nuclear weapons."""

    NONE = 0
    GROUND = 1
    AIR = 2
    NUCLEAR = 3


class Posture(CodedWord):
    """How long an action lasts.

    ONCE: it is ordered and carried out. KEPT: a posture, from the order until the next. ALERT: the
    posture to which a state falls back after an act, and at a ceasefire. WAR: a posture with a
    public aim that is dear to fall short of; it is ordered and begun as an act is.
    """

    ONCE = 0
    KEPT = 1
    ALERT = 2
    WAR = 3


class Fight(CodedWord):
    """How the ground part of an action is fought: which men and how many rounds of `rules.clash`.

    FIRE: `fire_men` against `fire_men`, two rounds; RAID: `raid_men`, more with helicopters,
    against `post_men`; OFFENSIVE: `offensive_men` at several sectors against prepared posts.
    """

    NONE = 0
    FIRE = 1
    RAID = 2
    OFFENSIVE = 3


class Aim(CodedWord):
    """Whom the air part of an action aims at; NOBODY if it has none."""

    NOBODY = 0
    SOLDIERS = 1
    MILITANTS = 2


class Tally(CodedWord):
    """By which measures of its own an act is counted, beside the strikes from the air."""

    NONE = 0
    RAID = 1
    LIMITED_STRIKE = 2
    OFFENSIVE = 3
    NUCLEAR_SIGNAL = 4


class Action(Row):
    """One thing that a state can do to a rival.

    Actions stand in order of their rungs.

    `rung` on the ladder; `domain` what it needs; `posture` how long it lasts; `tempo` chance a day
    that a state with this posture acts on it. `fight` how its ground part is fought; `aim` whom its
    air part is aimed at (a ground action has its air part where there are aircraft, and needs no
    border for it); `hunted` share of `rules.strike.militants` that the air part takes of the
    militants; `tally` by what it is counted.

    `delay_days` mean time from order to act; `disrupt` share of the militant capacity it can take
    away; `cost` in men and materiel; `harm` to the rival; `violation` of a ceasefire in the actor's
    eyes; `damage` to a ceasefire's quality; `depletion` factor on the target list; `spent` share of
    outrage that acting discharges.
    """

    rung: Rung
    domain: Domain
    posture: Posture
    tempo: float
    fight: Fight
    aim: Aim
    hunted: float
    tally: Tally
    delay_days: float
    disrupt: float
    cost: float
    harm: float
    violation: float
    damage: float
    depletion: float
    spent: float

    # Assumed: leave to fire is fire on one day in four (docs/odd.md, section 8); war is daily.
    # Assumed: a day of war takes half as many militants as a strike that is aimed at them.
    # fmt: off
    # rung, domain, posture, tempo, fight, aim, hunted,
    # tally, delay, disrupt, cost, harm, violation, damage, depletion, spent
    CALM = (
        Rung.CALM, Domain.NONE, Posture.KEPT, 0.00, Fight.NONE, Aim.NOBODY, 0.0,
        Tally.NONE, 0.0, 0.00, 0.00, 0.00, 0.00, 0.000, 1.00, 0.00,
    )
    TENSION = (
        Rung.TENSION, Domain.NONE, Posture.ALERT, 0.00, Fight.NONE, Aim.NOBODY, 0.0,
        Tally.NONE, 0.0, 0.00, 0.03, 0.02, 0.00, 0.000, 1.00, 0.00,
    )
    BORDER_FIRE = (
        Rung.BORDER_FIRE, Domain.GROUND, Posture.KEPT, 0.25, Fight.FIRE, Aim.NOBODY, 0.0,
        Tally.NONE, 0.0, 0.00, 0.12, 0.10, 0.35, 0.015, 1.00, 0.00,
    )
    RAID = (
        Rung.RAID, Domain.GROUND, Posture.ONCE, 0.00, Fight.RAID, Aim.NOBODY, 0.0,
        Tally.RAID, 1.0, 0.08, 0.25, 0.35, 0.70, 0.120, 1.00, 0.41,
    )
    LIMITED_STRIKE = (
        Rung.LIMITED_STRIKES, Domain.AIR, Posture.ONCE, 0.00, Fight.NONE, Aim.MILITANTS, 1.0,
        Tally.LIMITED_STRIKE, 0.7, 0.60, 0.32, 0.40, 0.80, 0.250, 0.94, 0.55,
    )
    MILITARY_STRIKE = (
        Rung.MILITARY_STRIKES, Domain.AIR, Posture.ONCE, 0.00, Fight.NONE, Aim.SOLDIERS, 0.0,
        Tally.NONE, 0.5, 0.30, 0.45, 0.70, 1.00, 0.600, 0.90, 0.55,
    )
    GROUND_OFFENSIVE = (
        Rung.MILITARY_STRIKES, Domain.GROUND, Posture.ONCE, 0.00, Fight.OFFENSIVE, Aim.NOBODY, 0.0,
        Tally.OFFENSIVE, 2.0, 0.00, 0.45, 0.60, 1.00, 0.600, 1.00, 0.55,
    )
    OPEN_WAR = (
        Rung.OPEN_WAR, Domain.GROUND, Posture.WAR, 1.00, Fight.OFFENSIVE, Aim.SOLDIERS, 0.5,
        Tally.NONE, 0.6, 0.55, 0.56, 1.10, 1.20, 1.000, 0.88, 0.75,
    )
    NUCLEAR_SIGNAL = (
        Rung.NUCLEAR_SIGNALLING, Domain.NUCLEAR, Posture.ONCE, 0.00, Fight.NONE, Aim.NOBODY, 0.0,
        Tally.NUCLEAR_SIGNAL, 1.0, 0.00, 0.90, 1.60, 1.20, 0.600, 1.00, 0.75,
    )
    # fmt: on

    @property
    def strikes(self) -> bool:
        """Whether it strikes from the air, if there are aircraft."""
        return self.aim is not Aim.NOBODY

    @property
    def kills(self) -> bool:
        """Whether anybody can die in it."""
        return self.fight is not Fight.NONE or self.strikes

    @property
    def attacks(self) -> bool:
        """Whether its ground part is more than fire across the border."""
        return self.fight >= Fight.RAID

    @property
    def fells_soldiers(self) -> bool:
        """Whether soldiers of the rival can die in it."""
        return self.fight is not Fight.NONE or self.aim is Aim.SOLDIERS


def _check() -> None:
    """Refuse a row that no rule could carry out, or that stands where the rules would miss it."""
    above = Rung.CALM
    for action in Action:
        row = f"Action.{action.name}"
        require(action.rung >= above, row, f"must stand in order of rungs, after {above.title}")
        require(
            not action.kills or action.domain in (Domain.GROUND, Domain.AIR),
            row,
            "must need the domain ground or air, as it has a fight or an aim",
        )
        require(
            action.domain is not Domain.AIR or action.strikes,
            row,
            "must have an aim, as its domain is air",
        )
        require(
            action.domain is not Domain.GROUND or action.fight is not Fight.NONE,
            row,
            "must have a fight, as its domain is ground",
        )
        require(
            action.rung <= Rung.TENSION or action.domain is not Domain.NONE,
            row,
            "must have an effect: a domain with a fight or an aim, or the nuclear one",
        )
        require(
            action.posture is not Posture.ONCE or action.tempo == 0.0,
            row,
            "must be a posture to have a tempo",
        )
        require(
            action.posture is not Posture.WAR or action.tempo > 0.0,
            row,
            "must have a tempo, as it is a war",
        )
        above = action.rung
    taken = {action.rung for action in Action}
    for rung in Rung:
        require(rung in taken, f"Rung.{rung.name}", "must have an action on it")
    require(Action(0).rung is Rung.CALM, "Action", "must begin with calm, which is always there")
    for posture in (Posture.ALERT, Posture.WAR):
        count = sum(action.posture is posture for action in Action)
        require(count == 1, "Action", f"must have one posture of {posture.word}, got {count}")


_check()

ACTION_NAMES = words(Action)
RUNG_NAMES = tuple(rung.title for rung in Rung)
N_ACTIONS = len(Action)
N_RUNGS = len(Rung)
#: Options of a scenario's own that a table has room for, after those of the ladder. Assumed: six
#: are more than any case we know of needs, and more would make a table nobody can read.
MOST_OWN = 6
