"""Every kind of decision: its options, the terms that weigh, and how the ledger records it.

The rules fill the decision table by these terms (`table.terms[option, AnswerTerm.TRUST]`), and the
ledger, `explain`, the replay and the Mesa agents name the columns by the same members.
"""

from __future__ import annotations

from sim.vocabulary.coded import CodedWord, Row, require
from sim.vocabulary.codes import (
    Answer,
    Command,
    Crossing,
    Fighting,
    Joining,
    Mode,
    Move,
    Offensive,
    Offer,
    Stance,
    Target,
)
from sim.vocabulary.ladder import MOST_OWN, Action


class ActionTerm(CodedWord):
    """What weighs when a state chooses an action against a rival (`rules/state_choice.py`)."""

    PUNISH = 0
    DISRUPT = 1
    COST = 2
    RETALIATION = 3
    DIPLOMATIC = 4
    COMMITMENT = 5
    SHADOW = 6
    INERTIA = 7


class PriceTerm(CodedWord):
    """What makes peace dear or cheap to a state (`rules/bargaining.py`): the price of peace."""

    OPENNESS = 0
    AIM = 1
    OPTIMISM = 2
    RESULTS = 3
    GAINS = 4
    SUNK = 5
    OUTRAGE = 6
    LOSSES = 7
    PRESSURE = 8
    TARGETS = 9
    TRUST = 10
    PRIVATE = 11


class AnswerTerm(CodedWord):
    """What weighs when a state answers an offer: the price of peace, and what the offer adds."""

    OPENNESS = 0
    AIM = 1
    OPTIMISM = 2
    RESULTS = 3
    GAINS = 4
    SUNK = 5
    OUTRAGE = 6
    LOSSES = 7
    PRESSURE = 8
    TARGETS = 9
    TRUST = 10
    PRIVATE = 11
    LEVERAGE = 12
    STEP = 13


class WarTerm(CodedWord):
    """What weighs when a state at war fights on or halts: the price of peace, and the rival."""

    OPENNESS = 0
    AIM = 1
    OPTIMISM = 2
    RESULTS = 3
    GAINS = 4
    SUNK = 5
    OUTRAGE = 6
    LOSSES = 7
    PRESSURE = 8
    TARGETS = 9
    TRUST = 10
    PRIVATE = 11
    ALONE = 12
    RIVAL = 13
    INERTIA = 14


for _terms in (AnswerTerm, WarTerm):
    require(
        list(_terms.__members__)[: len(PriceTerm)] == list(PriceTerm.__members__),
        _terms.__name__,
        "must begin with the terms of PriceTerm",
    )


class JoinTerm(CodedWord):
    """What weighs when a state enters an ally's war: all that weighs in an action, and its word."""

    PUNISH = 0
    DISRUPT = 1
    COST = 2
    RETALIATION = 3
    DIPLOMATIC = 4
    COMMITMENT = 5
    SHADOW = 6
    INERTIA = 7
    PLEDGE = 8


require(
    list(JoinTerm.__members__)[: len(ActionTerm)] == list(ActionTerm.__members__),
    JoinTerm.__name__,
    "must begin with the terms of ActionTerm",
)


class CrossingTerm(CodedWord):
    """What weighs when a state keeps its crossings open or closed (`rules/crossings.py`)."""

    PROTEST = 0
    VIOLENCE = 1
    TRADE = 2
    INERTIA = 3


class OffensiveTerm(CodedWord):
    """What weighs when a government asks itself about an offensive (`rules/operations.py`)."""

    NEED = 0
    COST = 1
    DISTRACTION = 2


class StanceTerm(CodedWord):
    """What weighs when a host chooses its stance toward a group (`rules/host.py`)."""

    AFFINITY = 0
    COERCION = 1
    TRUST = 2
    DEFECTION = 3


class ModeTerm(CodedWord):
    """What weighs when a group chooses the pace of its campaign (`rules/campaign.py`)."""

    HABIT = 0
    STRENGTH = 1
    PRESSURE = 2
    OPPORTUNITY = 3


class CommandTerm(CodedWord):
    """What weighs when a border command holds, fires or raids (`rules/border.py`)."""

    READINESS = 0
    GRIEVANCE = 1
    POSTURE = 2
    OUTRAGE = 3
    CEASEFIRE = 4
    STRENGTH = 5


class OfferTerm(CodedWord):
    """What weighs when a mediator offers talks or waits (`rules/diplomacy.py`)."""

    READINESS = 0
    HEIGHT = 1
    LEVERAGE = 2
    CREDIBILITY = 3


class TargetTerm(CodedWord):
    """What weighs when a group chooses what to attack (`rules/militants.py`)."""

    HABIT = 0
    STRENGTH = 1
    PRESSURE = 2


class MoveTerm(CodedWord):
    """What weighs when a group moves its fighters across the border (`rules/campaign.py`)."""

    HABIT = 0
    PRESSURE = 1
    HAVEN = 2


class TruceTerm(CodedWord):
    """What weighs when a group answers an offer of a truce (`rules/campaign.py`)."""

    OPENNESS = 0
    PRESSURE = 1
    HOST = 2
    STRENGTH = 3


class Extra(Row):
    """What a record keeps of the actor beside its table, with unit and meaning.

    Belief and truth come first, then the stocks that make a state's demand to act.
    """

    unit: str
    meaning: str

    # fmt: off
    BELIEVED_COMPLICITY = "share", "how sure the actor is that the other harbours its attackers"
    HAVEN = "share", "the freest haven that they have there in truth, 0 none, 1 full"
    OUTRAGE = "number", "outrage of the actor toward the other"
    ANGER = "number", "outrage and the part of grievance that counts together"
    RESOLVE = "1/anger", "how steeply anger becomes a demand to act"
    WEARINESS = "number", "weariness of the actor"
    CEASEFIRE = "share", "quality of the ceasefire between the two, 0 if there is none"
    REASONING = "level", "level of reasoning about the other's reply"
    WORD = "share", "what is left of the word given with the ceasefire; it binds beside the quality"
    # fmt: on


_NONE, _BELIEF, _ALL = 0, int(Extra.OUTRAGE), len(Extra)


class DecisionKind(Row):
    """A kind of decision.

    `options` and `terms` its rows and columns; `actor` and `about` the tables whose rows decide and
    are decided about, empty for nobody (a border command is a border, and a side of it); `forced`
    whether a fork can force it; `extras` how many members of `Extra` its record keeps; `own` the
    field of a scenario by which a Python class decides it, empty if none can; `delayed` whether
    what is chosen is carried out on a later day.
    """

    options: type[CodedWord]
    terms: type[CodedWord]
    actor: str
    about: str
    forced: bool
    extras: int
    own: str
    delayed: bool

    # fmt: off
    ACTION = Action, ActionTerm, "states", "states", True, _ALL, "policy", True
    ANSWER = Answer, AnswerTerm, "states", "states", True, _BELIEF, "", False
    CROSSINGS = Crossing, CrossingTerm, "states", "states", True, _BELIEF, "", False
    OFFENSIVE = Offensive, OffensiveTerm, "states", "", True, _NONE, "", False
    STANCE = Stance, StanceTerm, "states", "groups", True, _NONE, "", False
    MODE = Mode, ModeTerm, "groups", "", True, _NONE, "policy", False
    COMMAND = Command, CommandTerm, "borders", "sides", True, _NONE, "command_policy", False
    OFFER = Offer, OfferTerm, "mediators", "relations", True, _NONE, "policy", False
    TARGET = Target, TargetTerm, "groups", "", False, _NONE, "", False
    MOVE = Move, MoveTerm, "groups", "", False, _NONE, "", False
    TRUCE = Answer, TruceTerm, "groups", "", False, _NONE, "", False
    WAR = Fighting, WarTerm, "states", "states", True, _ALL, "policy", False
    JOIN = Joining, JoinTerm, "states", "states", True, _ALL, "policy", False
    # fmt: on


class Header(CodedWord):
    """The first words of a record of the ledger."""

    LENGTH = 0
    DAY = 1
    KIND = 2
    ACTOR = 3
    ABOUT = 4
    OPTIONS = 5
    TERMS = 6
    EXTRAS = 7
    POLICY = 8
    RATIONALITY = 9
    DRAW = 10
    CHOICE = 11
    TAKEN = 12


#: Room that a decision table needs: the most options and the most terms of any kind. Behind the
#: ladder's actions stand a scenario's own.
MOST_OPTIONS = max(
    len(kind.options) + (MOST_OWN if kind is DecisionKind.ACTION else 0) for kind in DecisionKind
)
MOST_TERMS = max(len(kind.terms) for kind in DecisionKind)
