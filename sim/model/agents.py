"""The actors as Mesa agents.

Each a view of its row, with a `decide` that a subclass can replace.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any, ClassVar, TypeVar

import numpy as np

from sim.engine import chance
from sim.engine.rules import border, campaign, diplomacy, joining, state_choice
from sim.engine.world.tables import NOBODY
from sim.model.mesa import Agent
from sim.model.options import Options, Question, question
from sim.model.rows import Entity, Row, Stage, View
from sim.printable import one_line
from sim.scenario.programs import public_name
from sim.vocabulary.codes import Mode
from sim.vocabulary.decisions import DecisionKind, Header
from sim.vocabulary.ladder import Action

ACT = question(DecisionKind.ACTION, state_choice.state_decides)
FIGHT = question(DecisionKind.WAR, state_choice.state_decides)
JOIN = question(DecisionKind.JOIN, joining.ally_decides)
ANSWER = question(DecisionKind.ANSWER, diplomacy.state_accepts)
CAMPAIGN = question(DecisionKind.MODE, campaign.group_decides)
COMMAND = question(DecisionKind.COMMAND, border.command_decides)
OFFER = question(DecisionKind.OFFER, diplomacy.mediator_decides)

_OWN_DRAWS = 1 << 16  # purposes of `Actor.uniform` begin here, far from those of the rules
_LONG_CALM = -1e9


def name_of(cls: type) -> str:
    """A class as a scenario names it, "module:Class"."""
    return f"{public_name(cls.__module__)}:{cls.__name__}"


Method = TypeVar("Method", bound=Callable[..., Any])


def compiled(method: Method) -> Method:
    """Mark a method that only repeats the choice of the compiled function."""
    method._compiled = True  # type: ignore[attr-defined]
    return method


class Actor(Agent, View):
    """An actor of the scenario.

    Its numbers are attributes: `agent.resolve` reads the world, `agent.resolve = 0.9` changes it. A
    subclass may replace `decide`; it may keep attributes of its own, which are made anew for each
    replication.

    Attributes
    ----------
    name : as in the scenario, such as "westmark"
    path : "states.westmark"
    number : its row
    """

    #: kinds of decision by the method that a subclass may replace
    QUESTIONS: ClassVar[dict[str, Question]] = {}

    model: Stage
    name: str
    number: int

    def __init__(self, model: Stage, entity: Entity) -> None:
        Agent.__init__(self, model)
        self.name, self.number = entity.name, entity.number
        self._key = chance.key(entity.path)
        self._chosen: dict[str, str] = {}
        self._questions = {
            method: asked.of(model.template) for method, asked in self.QUESTIONS.items()
        }
        # a class that replaces nothing is never asked: the compiled choice stands
        self._own = frozenset(
            method
            for method in self.QUESTIONS
            if not hasattr(getattr(type(self), method), "_compiled")
        )
        self._bind(entity.path, entity.table, entity.row)

    def _keeps(self, name: str) -> bool:
        return not type(self).__module__.startswith("sim.model") and not self._near(name)

    @property
    def choice(self) -> str | None:
        """What it chose today; None on a day without a decision."""
        return next(iter(self._chosen.values()), None)

    def uniform(self, number: int = 0) -> float:
        """A uniform number in [0, 1) for the actor today; the same in every run of a replication.

        Parameters
        ----------
        number : tells several draws of a day apart, from 0 to 9999
        """
        if not 0 <= number < 10_000:
            raise ValueError(f"number must lie in [0, 9999], got {number!r}")
        value = np.empty((1, 1))
        clock = self.model.world.clock[0]
        entity = np.array([self._key], dtype=np.uint64)
        key = (np.uint64(clock.seed), np.uint64(clock.stream))
        chance.fill_uniforms(value, key, entity, int(clock.day), _OWN_DRAWS + number)
        return float(value[0, 0])

    @compiled
    def decide(self, options: Options) -> str | int:
        """Choose one of today's options, by name or by its number in `options.all`.

        Here it is the choice of the compiled policy, which is made before anybody is asked.
        """
        return options.default

    def _forget(self) -> None:
        """A new day."""
        self._chosen.clear()

    def _ask(self, method: str, *at: int, about: str = "") -> int:
        """The choice of a decision: the compiled one, unless the class decides and has a choice."""
        model, question = self.model, self._questions[method]
        world = model.world
        draw = world.table.draw
        draw[0] = math.nan
        before = int(world.clock[0].ledger_length)
        choice = question.decides(world, *at)
        if math.isnan(draw[0]) or model.errors[0] != 0:
            return choice
        if method in self._own:
            choice = self._answer(method, Options(question, world.table, choice, about))
            if before < world.clock[0].ledger_length <= len(world.ledger):
                world.ledger[before + Header.TAKEN] = choice
        self._chosen[about] = question.options[choice]
        return choice

    def _answer(self, method: str, options: Options) -> int:
        try:
            return options.number(getattr(self, method)(options))
        except (Exception, SystemExit) as error:
            raised = "" if isinstance(error, ValueError) else f"raised {type(error).__name__}: "
            words = one_line(f"{raised}{error}")
            raise self.model.failure(
                f"{self.path}: {name_of(type(self))}.{method} {words}"
            ) from error


class StateAgent(Actor):
    """A government: it decides about each rival, when it deliberates, and answers offers of talks.

    At open war it does not choose from the ladder: it halts or fights on. Called by an ally, it
    enters the ally's war or stays out. Set the class attribute `every_day` to True to be asked on
    every day.
    """

    QUESTIONS: ClassVar = {"decide": ACT, "fight": FIGHT, "join": JOIN, "answer": ANSWER}
    every_day: ClassVar[bool] = False

    @property
    def rivals(self) -> tuple[str, ...]:
        """States with which it has a relation."""
        states = self.model.template.states
        return tuple(
            states[j]
            for j in range(len(states))
            if self.model.world.dyads[self.number, j].pair != NOBODY
        )

    def toward(self, rival: str) -> Row:
        """What it holds against a rival: grievance, outrage, posture, ..."""
        return self.model.row(f"dyads.{self.name}.{rival}")

    @property
    def posture(self) -> str:
        """Its highest posture toward any rival."""
        states, dyads = self.model.template.states, self.model.world.dyads
        postures = [int(dyads[self.number, states.index(rival)].posture) for rival in self.rivals]
        return max(map(Action, postures), key=lambda action: action.rung, default=Action.CALM).word

    @compiled
    def fight(self, options: Options) -> str | int:
        """Halt or fight on in the war with `options.about`; here the compiled choice."""
        return options.default

    @compiled
    def join(self, options: Options) -> str | int:
        """Stay out of an ally's war with `options.about`, or enter; here the compiled choice."""
        return options.default

    @compiled
    def answer(self, options: Options) -> str | int:
        """Refuse or accept talks with the rival `options.about`; here the compiled choice."""
        return options.default

    def choose(self, rival: int) -> int:
        """What it does about a rival (by number), or NOBODY when it does not deliberate.

        An `Action`, or the scenario's own option; at open war a `Fighting`.
        """
        if self.every_day:
            self.model.world.dyads[self.number, rival].outrage_mark = _LONG_CALM
        pair = self.model.world.dyads[self.number, rival].pair
        method = "fight" if self.model.world.pairs[pair].war == 1 else "decide"
        return self._ask(method, self.number, rival, about=self.model.template.states[rival])

    def answer_call(self, enemy: int) -> int:
        """A `Joining` about the war of an ally with an enemy (by number); NOBODY if none calls."""
        return self._ask("join", self.number, enemy, about=self.model.template.states[enemy])

    def reply(self, mediator: int, rival: int) -> int:
        """Its `Answer` to an offer of a mediator, or of the rival itself (NOBODY)."""
        return self._ask(
            "answer", mediator, self.number, rival, about=self.model.template.states[rival]
        )


class MilitantGroup(Actor):
    """A militant group. It decides about its mode (lie low, sustain, surge), when it reviews it."""

    QUESTIONS: ClassVar = {"decide": CAMPAIGN}

    @property
    def enemy(self) -> str:
        """The state that it fights."""
        return self.model.template.states[int(self._row["enemy"])]

    @property
    def mode_name(self) -> str:
        """Its mode in words; `mode` is the number."""
        return Mode(int(self._row["mode"])).word

    def host(self, state: str) -> Row:
        """What it has in a state that is not its enemy: haven, share, stance, ..."""
        return self.model.row(f"hosts.{self.name}.{state}")

    def presence(self, sector: str) -> Row:
        """Its fighters in a sector."""
        return self.model.row(f"presence.{self.name}.{sector}")

    def choose(self) -> int:
        """Its mode of the day."""
        return self._ask("decide", self.number)


class BorderCommand(Actor):
    """One side's command at a stretch of border: holds, fires or raids, every day.

    Its `name` is border and state.
    """

    QUESTIONS: ClassVar = {"decide": COMMAND}

    @cached_property
    def state(self) -> str:
        """The state that it serves."""
        return self.model.template.states[int(self._row["state"])]

    @cached_property
    def rival(self) -> str:
        """The state on the other side."""
        return self.model.template.states[int(self._row["rival"])]

    @cached_property
    def sector(self) -> str:
        """Where it stands."""
        return self.model.template.sectors[int(self._row["sector"])]

    @cached_property
    def place(self) -> tuple[int, int]:
        """Numbers of its border and of its side."""
        return divmod(self.number, 2)

    def choose(self) -> int:
        """A `Command`."""
        return self._ask("decide", *self.place, about=self.rival)


class Mediator(Actor):
    """A third party that can offer talks in each relation, on days when an offer makes sense."""

    QUESTIONS: ClassVar = {"decide": OFFER}

    def leverage_on(self, state: str) -> Row:
        """Its pull on a state."""
        return self.model.row(f"leverage.{self.name}.{state}")

    def choose(self, relation: int) -> int:
        """An `Offer`; `options.about` is the relation."""
        return self._ask(
            "decide", self.number, relation, about=self.model.template.relations[relation]
        )


def begin_day(actors: Iterable[Actor]) -> None:
    """Forget what all of them chose yesterday."""
    for actor in actors:
        actor._forget()
