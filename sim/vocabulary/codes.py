"""Coded words of the world, of its log and of chance; ladder, decisions and policies are beside.

An enumeration with plain numbers is a word and nothing else; a table (`Row`) has a column for
whatever code asks about the word. Numbers stand in worlds, logs and ledgers, so that a new word
goes to the end.
"""

from __future__ import annotations

from sim.vocabulary.coded import CodedWord, Row, words
from sim.vocabulary.ladder import Action, Rung


class Target(Row):
    """A kind of target that a militant group attacks.

    `arousal` weight in the victim's outrage; `spectacular` 1 if every attack of this kind is news
    of the first order; `security` share of the dead that are members of the security forces;
    `severity` factor on deaths; `bold` how much the strength of the group speaks for it; `soft` 1
    if a group under pressure turns to it; `crowd` 1 if it is found where people live.
    """

    arousal: float
    spectacular: int
    security: float
    severity: float
    bold: float
    soft: int
    crowd: int

    # Assumed: the numbers of the prototype (docs/odd.md, section 7.2)
    # fmt: off
    #        arousal spect security severity bold soft crowd
    PATROL = 1.0,    0,    0.90,    1.0,     0.25, 0,  0
    POLICE = 1.0,    0,    0.85,    0.9,     0.0,  0,  0
    BASE   = 1.8,    1,    0.90,    1.6,     0.5,  0,  0
    MARKET = 0.7,    0,    0.05,    1.1,     0.0,  1,  1
    # fmt: on


class Terrain(CodedWord):
    """The ground of a sector, by which `rules.clash.defence_...` is chosen."""

    PLAIN = 0
    HILL = 1
    MOUNTAIN = 2
    DESERT = 3
    URBAN = 4


class Stance(CodedWord):
    """What a host does about a group that lives in its land."""

    TOLERATE = 0
    RESTRAIN = 1
    CRACK_DOWN = 2


class Mode(CodedWord):
    """The pace of a group's campaign."""

    LIE_LOW = 0
    SUSTAIN = 1
    SURGE = 2


class Move(CodedWord):
    """Where a group's fighters go: nowhere, into the haven, or into the enemy's land."""

    STAY = 0
    WITHDRAW = 1
    INFILTRATE = 2


class Command(Row):
    """What a border command does; `rung` is the ladder's of the same thing by order."""

    rung: Rung

    HOLD = Rung.CALM
    FIRE = Rung.BORDER_FIRE
    RAID = Rung.RAID


class Answer(CodedWord):
    """An answer to an offer, of talks or of a truce."""

    REFUSE = 0
    ACCEPT = 1


class Fighting(CodedWord):
    """What a state at war does: it holds its fire and waits, or fights on."""

    HALT = 0
    FIGHT_ON = 1


class Joining(CodedWord):
    """What a state does about the war of an ally that calls it: it stays out, or enters."""

    STAY_OUT = 0
    ENTER = 1


class Call(CodedWord):
    """How a state stands to a war against a rival in which an ally calls it.

    Nobody calls; it may still come; it fights; it did not come in time, or made peace and is out.
    """

    NONE = 0
    OPEN = 1
    IN_WAR = 2
    OUT = 3


class CrisisKind(CodedWord):
    """What the sides of a crisis are after: to show resolve, a limited aim, to break the other."""

    DEMONSTRATION = 0
    LIMITED = 1
    ATTRITION = 2


class TruceKind(CodedWord):
    """How a ceasefire came about.

    By a mediator, by the sides' own hotline, because both had stopped, or as a pause of some days.
    """

    MEDIATED = 0
    HOTLINE = 1
    TACIT = 2
    PAUSE = 3


class Stage(CodedWord):
    """How far a mediator's talks about a relation have come."""

    NONE = 0
    ACCESS = 1
    TEXT = 2


class Offer(CodedWord):
    """What a mediator does about a relation."""

    WAIT = 0
    MAKE_OFFER = 1


class Crossing(CodedWord):
    """What a state does about its side of the crossings."""

    OPEN_CROSSINGS = 0
    CLOSE_CROSSINGS = 1


class Offensive(CodedWord):
    """What a government does about the groups that it fights at home."""

    NO_OFFENSIVE = 0
    OFFENSIVE = 1


class BarReason(CodedWord):
    """Why an option is not there; NOTHING if it is."""

    NOTHING = 0
    NO_AIRCRAFT = 1
    NO_BORDER = 2
    NOT_NUCLEAR = 3
    NOTHING_VITAL = 4
    NO_HAVEN = 5
    NOBODY_ABROAD = 6
    NO_TARGET = 7
    NOT_ITS_OWN = 8


class Control(CodedWord):
    """Who mostly controls a sector after a change: its state again, or a group."""

    WON = 0
    LOST = 1


class Collapse(CodedWord):
    """What ended a ceasefire: quality worn down, a state at open war, or a pause that ran out."""

    EROSION = 0
    CLIMB = 1
    LAPSE = 2


class Drop(CodedWord):
    """Why an order was given up before it was carried out.

    Its state decided for something without an order, or for another order; a war began, or a
    ceasefire. From IMPOSSIBLE on a `BarReason` is added: what bars it by now.
    """

    RECALLED = 0
    REPLACED = 1
    WAR = 2
    CEASEFIRE = 3
    IMPOSSIBLE = 4


class Clash(CodedWord):
    """Whose a clash is; each has random draws of its own on the same border.

    A clash of the script has those of its line.
    """

    LOCAL = 0
    NATIONAL = 1


#: What a rung adds to the weight of news, in dead; assumed.
RUNG_WEIGHT = 6
_NEVER_TOLD = (Command.HOLD.word, Stage.NONE.word)


class EventKind(Row):
    """A kind of event in the log.

    `action` what the event's field of that name holds, None if nothing that has words; `sentence`
    its key among the words of the news, with `{}` for the word of the action; `joined` 1 if rows of
    one day and the same actors are one sentence; `claimed` 1 if both sides speak of the dead;
    `routine` 1 if it is no news where few die; `weight` how large a piece of news it is before its
    rung and its dead are counted, in dead.
    """

    action: type[CodedWord] | None
    sentence: str
    joined: int
    claimed: int
    routine: int
    weight: int

    # Assumed: the weights put what begins or ends a war or a peace before a day of fighting, and
    # steps toward it behind
    ACT = Action, "act", 1, 1, 0, 0
    CLASH = Command, "clashes.{}", 1, 1, 0, 0
    ATTACK = Target, "attack", 0, 0, 1, 0
    OPERATION = None, "operation", 1, 0, 1, 0
    OFFENSIVE = None, "offensive", 0, 0, 0, 20
    OFFENSIVE_END = None, "offensive_end", 0, 0, 0, 10
    STANCE = Stance, "stances.{}", 0, 0, 0, 8
    MODE = Mode, "modes.{}", 0, 0, 1, 2
    TRUCE = None, "truce", 0, 0, 0, 30
    TRUCE_END = None, "truce_end", 0, 0, 0, 30
    OFFER = None, "offer", 0, 0, 0, 10
    CEASEFIRE = TruceKind, "ceasefires.{}", 0, 0, 0, 100
    CEASEFIRE_END = Collapse, "ceasefire_end", 0, 0, 0, 100
    CLOSE_CROSSINGS = None, "close_crossings", 0, 0, 0, 8
    OPEN_CROSSINGS = None, "open_crossings", 0, 0, 0, 8
    CHANGE = None, "change", 0, 0, 0, 100
    POSTURE = Action, "posture", 0, 0, 0, 100
    CONTROL = Control, "control_{}", 0, 0, 0, 12
    FORCED = None, "forced", 0, 0, 0, 1000
    TALKS = Stage, "talks.{}", 0, 0, 0, 15
    HALT = Fighting, "fighting.{}", 0, 0, 0, 60
    PROLONG = None, "prolong", 0, 0, 0, 60
    DROPPED = None, "dropped", 0, 0, 0, 10
    HAPPENING = None, "happening", 0, 0, 0, 30
    FLOW_BEGIN = None, "flow_begin", 0, 0, 0, 10
    FLOW_END = None, "flow_end", 0, 0, 0, 10
    CALL = None, "call_on_ally", 0, 0, 0, 60
    ENTRY = None, "entry", 0, 0, 0, 100
    ABSENCE = None, "absence", 0, 0, 0, 60
    SEPARATE_PEACE = None, "separate_peace", 0, 0, 0, 100

    @property
    def sentences(self) -> tuple[str, ...]:
        """All its keys among the words of the news; nobody tells of a command that holds."""
        if "{}" not in self.sentence or self.action is None:
            return (self.sentence,)
        told = (word for word in words(self.action) if word not in _NEVER_TOLD)
        return tuple(self.sentence.format(word) for word in told)


class ScriptEvent(Row):
    """What a scenario can report or plan beside actions, after which the script numbers them.

    `by_group` whether a group does it; `about` whom it is about: a group, a rival, or nobody else;
    `turn` when in its day it is played, since a day has no hours: before the actions of the ladder
    (less than 0) or after them, and what begins a peace after what ends one.
    """

    by_group: bool
    about: str
    turn: int

    ATTACK = True, "enemy", -3
    OPERATION = False, "group", -2
    CLASH = False, "rival", -1
    CEASEFIRE = False, "rival", 3
    CEASEFIRE_END = False, "rival", 2
    CLOSE_CROSSINGS = False, "rival", 1
    OPEN_CROSSINGS = False, "rival", 1
    OFFENSIVE = False, "nobody", -2
    TRUCE = True, "enemy", 3
    TRUCE_END = True, "enemy", 2


class Purpose(CodedWord):
    """What a random draw is for, a part of its address; with a new one at the end no draw moves."""

    PARAMETER = 0
    DRIFT = 1
    ATTACKS = 2
    ATTACK = 3
    ATTACK_TOLL = 4
    OPERATIONS = 5
    OPERATION = 6
    EVIDENCE = 7
    COMMAND = 8
    EXCHANGE = 9
    ATTENTION = 10
    DECISION = 11
    ORDER = 12
    PLACE = 13
    TOLL = 14
    CLAIM = 15
    OFFER_TALKS = 16
    ACCEPT = 17
    QUALITY = 18
    PRIVATE = 19
    HOST = 20
    CAMPAIGN = 21
    MOVE = 22
    TRUCE_TALKS = 23
    CROSSING = 24
    OFFENSIVE_CHOICE = 25
    TARGET_KIND = 26
    TIE = 27
    SPREAD = 28
    CRISIS = 29
    HOTLINE = 30
    ENTRY = 31
    PAUSE = 32
    CONTACT = 33
    WAR = 34
    RELAPSE = 35
    HAPPENING = 36
    OWN_ACT = 37
    JOIN = 38


class FailureKind(Row):
    """Why a replication fails, and in a sentence; its number stands in `clock.error`."""

    sentence: str

    NONE = ""
    BAD_MEAN = "a Poisson mean was below 0, infinite or not a number"
    NOT_FINITE = "a number became infinite or not a number"
    NO_OPTION = "a decision had no available option"
    NEEDS_MESA = "a Python policy needs the Mesa face"
    BARRED = "a forced choice was not available"
    ARITHMETIC = "arithmetic: a division by zero, or a number out of range"
    UNKNOWN_POLICY = "a policy has a number that is in no row of sim/vocabulary/policies.py"
    NO_RIVAL = "a policy that answers a rival had to decide where there is none"
    UNKNOWN_ACTION = "an action has a number that is in no row of the ladder"
    UNKNOWN_RUNG = "a rung has a number that is not on the ladder"
    UNKNOWN_EVENT = "a line of the script has a kind that no rule plays"
    UNKNOWN_CHOICE = "a stance, mode, move, command or terrain has a number that no rule knows"


TARGET_NAMES = words(Target)
#: What a scenario can report or plan, by the numbers of the script.
SCRIPT_NAMES = (*words(Action), *words(ScriptEvent))


def turn_of(name: str) -> tuple[int, int]:
    """When in its day something of the script is played: its turn, then its number.

    Actions come from the lowest of the ladder to the highest.
    """
    number = SCRIPT_NAMES.index(name)
    row = number - len(Action)
    return (0 if row < 0 else ScriptEvent(row).turn), number
