"""A game: one replication in which a player decides for a role at the stops.

A game is a scenario, a seed, a replication, the roles and the list of choices, and nothing else. It
is a fork of the replication's first day with common random numbers, in which each choice is forced
on the day of its stop (`ACTOR@DAY=CHOICE`, `sim/replication/forcing.py`): every draw is the
replication's own, so the same choices give the same days to the last bit, in a terminal, in a page
and by `fork --force`. Between the stops the model's own policies decide for the roles too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.design.draws import Draws
from sim.engine.replication import Replication, replay_future, run_futures
from sim.engine.world import Branch, Chunk, Template, slot
from sim.ensemble.engine import Rerun
from sim.ensemble.failure import reason_of
from sim.errors import ModelError, RunError
from sim.replication import forcing
from sim.replication.forcing import ForcedChoice
from sim.replication.fork import Fork
from sim.replication.futures import FIRST_FUTURE, ForkPoint
from sim.replication.stops import BUDGET, MOST_ROLES, Role, Stop, stops
from sim.scenario import Given, Scenario, scenario_of
from sim.vocabulary.decisions import DecisionKind

LEAVE = 0  # the choice that leaves a decision to the model's own
_KINDS = ("states", "groups", "mediators")


@dataclass(frozen=True)
class Position:
    """A game as far as it was played.

    `choices` are the numbers given at the stops: `LEAVE`, or the place of an option among those
    that are open, from 1; `run` the replication with them, from the first day to the last, as it
    would go on without another choice; `stops` all its stops, of which the first are decided.
    """

    choices: tuple[int, ...]
    run: Replication
    stops: tuple[Stop, ...]

    @property
    def stop(self) -> Stop | None:
        """The stop at which a player is asked; None if the game is over."""
        return self.stops[len(self.choices)] if not self.is_over else None

    @property
    def is_over(self) -> bool:
        """Whether there is nothing more to decide."""
        return len(self.choices) >= len(self.stops)


class Game:
    """A replication that is played.

    Parameters
    ----------
    scenario : resolved, its file, or the name of a bundled one
    seed, replication : which one
    roles : names of the states, groups and mediators that are played; their order does not matter

    Raises
    ------
    ModelError : if there is no such actor, or too many, or one of the scenario is a Python class
    RunError : if the replication fails
    """

    def __init__(self, scenario: Given, seed: int, replication: int, roles: Sequence[str]) -> None:
        self.fork = Fork(scenario_of(scenario), seed, replication)
        self.roles = roles_of(self.fork.template, roles)
        self._start = self.fork.state_before(1)
        self._positions: dict[tuple[int, ...], Position] = {}

    @property
    def scenario(self) -> Scenario:
        """That is played."""
        return self.fork.scenario

    @property
    def template(self) -> Template:
        """Of the scenario."""
        return self.fork.template

    def position(self, choices: Sequence[int] = ()) -> Position:
        """The game after some choices.

        Raises
        ------
        ModelError : if a choice is none of those that are open at its stop
        """
        made = tuple(int(one) for one in choices)
        if made not in self._positions:
            if made:
                self._require(self.position(made[:-1]), made[-1])
            run = self._run(self._forced_choices(made))
            found = stops(self.template, run.ledger, run.events, self.roles)
            self._positions[made] = Position(made, run, tuple(found))
        return self._positions[made]

    def forced_choices(self, position: Position) -> list[ForcedChoice]:
        """The choices of a game as `fork --force` takes them, on the first day."""
        return self._forced_choices(position.choices)

    def futures(self, position: Position, count: int, option: int | None = None) -> Chunk:
        """Futures from the morning of the stop, each with its own draws; measures are the model's.

        Parameters
        ----------
        position : of the game
        count : of futures
        option : that is chosen at the stop, as in `choices`; left out, it is left to the model
        """
        stop = position.stop
        if stop is None:
            raise ModelError("worlds: must be asked for at a stop, and the game is over")
        block = self.block_before(position, stop.day)
        if option:
            self._require(position, option)
            first = len(self.forced_choices(position))
            forcing.write(self.template, block, [self._choice(stop, option)], first)
        branch = Branch(block, stop.day)
        slots = self.template.measure_slots
        return run_futures(self.template, branch, FIRST_FUTURE, count, slots)

    def block_before(self, position: Position, day: int) -> NDArray[np.uint64]:
        """A copy of the words of the world at the end of the day before."""
        block: NDArray[np.uint64] = (
            position.run.blocks[day - 2].copy() if day > 1 else self._start.copy()
        )
        return block

    def as_rerun(self, position: Position) -> Rerun:
        """The game with the history before it, as a replication that was run again."""
        past, run = self.fork.original, position.run
        history = self.template.history_days
        return Rerun(
            template=self.template,
            events=np.concatenate([past.events[past.events["day"] <= 0], run.events]),
            rung=run.rung,
            blocks=np.concatenate([past.blocks[:history], run.blocks]),
            ledger=run.ledger,
            failure=None,
        )

    def as_fork(self, position: Position) -> Fork:
        """The game as a replication that can be forked on any day, for its turning points.

        A morning knows the choices that were made before it, and no later one.
        """
        again = self.as_rerun(position)
        blocks = again.blocks
        words, spans = blocks.view(np.int64), self.template.spans
        for k in range(len(position.choices)):
            later = words[:, slot(spans, "forced", "day", k)] == 0
            for name in ("open", "stands"):
                words[later, slot(spans, "forced", name, k)] = 0
        fork = copy(self.fork)
        fork.original = position.run._replace(blocks=blocks, events=again.events)
        return fork

    def _require(self, position: Position, choice: int) -> None:
        stop = position.stop
        if stop is None:
            raise ModelError(
                f"choices: must be at most {len(position.stops)} in this game, got one more"
            )
        if not 0 <= choice <= len(stop.options):
            raise ModelError(
                f"choice {len(position.choices) + 1}: must be from 0 (left to the model's own) "
                f"to {len(stop.options)}, got {choice}"
            )

    def _forced_choices(self, choices: tuple[int, ...]) -> list[ForcedChoice]:
        found = []
        for k, choice in enumerate(choices):
            stop = self.position(choices[:k]).stop
            assert stop is not None
            if choice != LEAVE:
                found.append(self._choice(stop, choice))
        return found

    def _choice(self, stop: Stop, choice: int) -> ForcedChoice:
        """The forced choice of an answer at a stop."""
        kind, option = DecisionKind(stop.kind), stop.options[choice - 1]
        who = next(
            one.who
            for one in forcing.questions(self.template)
            if (one.kind, one.actor, one.about) == (kind, stop.actor, stop.about)
        )
        name = self.template.options(kind)[option]
        text = f"{who}@{stop.day}={name}"
        return ForcedChoice(stop.kind, stop.actor, stop.about, option, name, text, stop.day)

    def _run(self, choices: Sequence[ForcedChoice]) -> Replication:
        block = self._start.copy()
        forcing.write(self.template, block, choices)
        run = replay_future(self.template, Branch(block, 1), self.fork.replication, ledger=True)
        if run.status:
            raise RunError(
                reason_of(run.status),
                scenario=self.scenario.id,
                replication=self.fork.replication,
                seed=self.fork.seed,
                day=len(run.blocks),
            )
        return run

    def point(self, position: Position) -> ForkPoint:
        """The game as a fork: the first day, with all its choices forced."""
        block = self._start.copy()
        choices = tuple(self.forced_choices(position))
        forcing.write(self.template, block, choices)
        return ForkPoint(
            scenario=self.scenario,
            template=self.template,
            branch=Branch(block, 1),
            replication=self.fork.replication,
            draws=Draws.COMMON,
            choices=choices,
        )


def roles_of(template: Template, names: Sequence[str]) -> tuple[Role, ...]:
    """The roles of some names, in the order of the scenario.

    Raises
    ------
    ModelError : if there is no such actor, one stands twice, or there are too many
    """
    known = playable(template)
    there = {role.name: role for role in known}
    for name in names:
        if name not in there:
            near = forcing.near(name, there)
            raise ModelError(f"role: no actor {name}{near}; there are {', '.join(there)}")
    if not 1 <= len(names) <= MOST_ROLES:
        raise ModelError(f"roles: must be from 1 to {MOST_ROLES}, got {len(names)}")
    if len(set(names)) < len(names):
        raise ModelError(f"roles: must each be named once, got {', '.join(names)}")
    return tuple(role for role in known if role.name in names)


def playable(template: Template) -> list[Role]:
    """Everybody who can be played, by the order of the scenario: states, groups, mediators."""
    bound = {one.actor for one in forcing.questions(template) if one.kind is DecisionKind.JOIN}
    return [
        Role(kind, row, name, int(kind == "states" and row in bound))
        for kind in _KINDS
        for row, name in enumerate(getattr(template, kind))
    ]


def run_digest(template: Template, run: Replication) -> str:
    """SHA-256 of all words of all days of a replication: equal if and only if every bit is.

    The length of the ledger is left out: it says whether somebody kept one.
    """
    blocks = np.array(run.blocks, dtype="<u8")
    blocks[:, slot(template.spans, "clock", "ledger_length", 0)] = 0
    return hashlib.sha256(blocks.tobytes()).hexdigest()


def best_replication(
    scenario: Given, seed: int, roles: Sequence[str], *, among: int = 20, wanted: int = 8
) -> tuple[int, int]:
    """The first replication in which the roles are asked often enough, and how often.

    Without choices of a player. If none of the first `among` has `wanted` stops, the one with most.
    """
    scenario = scenario_of(scenario)
    best = (0, -1)
    for replication in range(among):
        try:
            game = Game(scenario, seed, replication, roles)
            count = len(game.position().stops)
        except RunError:
            continue
        if count >= min(wanted, BUDGET):
            return replication, count
        if count > best[1]:
            best = (replication, count)
    return best
