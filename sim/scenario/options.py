"""What a state can choose from against a rival: the ladder's actions, then the file's own options.

An own action with a rung of its own is an option of its own (`actions` in a file). It follows the
rules of the action that it is of, `like`; the numbers of options go on behind those of the ladder,
in the order of the own actions' names.
"""

from __future__ import annotations

from typing import NamedTuple

from sim.scenario.schema import OwnAct, ScenarioFile
from sim.vocabulary.coded import words
from sim.vocabulary.decisions import DecisionKind
from sim.vocabulary.ladder import N_ACTIONS, Action, Aim, Domain, Posture


class ActionOption(NamedTuple):
    """One option of a state's decision about a rival.

    `word` is the name in files, tables and forced choices; `like` the action of the ladder whose
    rules it follows, itself for one of the ladder; `height` its rung, which may lie between two
    whole ones; `posture` how long it lasts; `domain` what it needs; `kills` whether anybody can die
    in it; `hunts` whether it is aimed at militants. `label` and `does` are the file's words for an
    own one, else empty.
    """

    word: str
    like: Action
    height: float
    posture: Posture
    domain: Domain
    kills: bool
    hunts: bool
    label: str = ""
    does: str = ""

    @property
    def rung(self) -> int:
        """The whole rung that it has reached, as which measures count it."""
        return int(self.height)


#: The ladder's actions as options, by their numbers.
LADDER = tuple(
    ActionOption(
        one.word, one, float(one.rung), one.posture, one.domain, one.kills, one.aim is Aim.MILITANTS
    )
    for one in Action
)


def is_option(one: OwnAct) -> bool:
    """Whether an own action is an option of its own."""
    return one.rung is not None


def fights(one: OwnAct) -> bool:
    """Whether men fight in an own action, so that it needs what its act needs."""
    return one.fights is not False


def own_options(file: ScenarioFile) -> dict[str, int]:
    """Names of the own actions that are options of their own, and their numbers as such."""
    names = [name for name in sorted(file.actions) if is_option(file.actions[name])]
    return {name: N_ACTIONS + n for n, name in enumerate(names)}


def action_options(file: ScenarioFile) -> tuple[ActionOption, ...]:
    """All options of a state's decision about a rival in a scenario, by their numbers."""
    return (*LADDER, *(_own(name, file.actions[name]) for name in own_options(file)))


def _own(name: str, one: OwnAct) -> ActionOption:
    like, height = Action.of(one.of), float(one.rung or 0.0)
    fought = fights(one)
    return ActionOption(
        name,
        like,
        height,
        Posture.ONCE,
        like.domain if fought else Domain.NONE,
        like.kills and fought and one.deaths.high > 0.0,
        like.aim is Aim.MILITANTS and fought,
        one.label,
        one.does,
    )


def option_words(kind: DecisionKind, actions: tuple[ActionOption, ...] = LADDER) -> tuple[str, ...]:
    """The names of the options of a kind of decision, by their numbers.

    Parameters
    ----------
    kind : of decision
    actions : what a state can choose from against a rival, in the scenario at hand
    """
    if kind is DecisionKind.ACTION:
        return tuple(one.word for one in actions)
    return words(kind.options)
