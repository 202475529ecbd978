"""The model as Mesa sees it: one replication, a day a step, in the order of `sim/engine/day.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from sim.engine.day import PHASES, Phase, runs
from sim.engine.loop import begin
from sim.engine.replication import draw_inputs
from sim.engine.rules import campaign, diplomacy
from sim.engine.rules.books import finish
from sim.engine.world import Batch, Template, World
from sim.engine.world.tables import NOBODY
from sim.errors import ModelError, RunError
from sim.model.agents import Actor, begin_day
from sim.model.cast import Cast
from sim.model.mesa import AgentSet, DataCollector, Model, release
from sim.model.opening import check, open_scenario
from sim.model.own import classes_of
from sim.model.rows import Row
from sim.plain import replication_number, seed_number, whole
from sim.scenario import Scenario
from sim.vocabulary.codes import FailureKind, Offer
from sim.vocabulary.policies import PYTHON, Policy

#: where the codes of policies lie
_POLICIES = (
    ("states", "policy"),
    ("states", "command_policy"),
    ("commands", "policy"),
    ("groups", "policy"),
    ("mediators", "policy"),
)

#: Rows or words that a log may have room for.
MOST_ROOM = 1 << 40


class EscalationModel(Model):
    """One replication of a scenario, lived by agents.

    It gives bit for bit what the compiled ensemble gives for the same scenario, seed and
    replication, as long as every actor keeps to its policy; and since chance is addressed, an actor
    with a mind of its own changes nobody else's random draws.

    Parameters
    ----------
    scenario : a file, or what `sim.load` made of one, or the template of its world
    seed : root seed, unsigned 64-bit, as `run --seed`; Mesa's own generators are seeded from it
        too, and no rule uses them
    replication : which replication of this seed; `iterations` of `mesa.batch_run` would repeat the
        same one, so sweep this
    from_release : True lives through the history at once, so that the first step is the first day
        on which actors decide
    collect : "all" (model and agents), "model", or "nothing": what the data collector writes down
        each day
    policies : classes for actors, by path: {"states.westmark.policy": Cautious}; over those that
        the scenario names
    allow_python : consent to run the Python classes that the scenario names
    inputs : (n_uncertain,) values of the uncertain numbers; drawn if left out
    log_rows : how many events to keep for `events`
    ledger_words : room for the decisions, as `sim.replication.ledger` reads them
    overrides : numbers by dotted path, if the scenario is given as a file

    Attributes
    ----------
    world : the arrays; everything that the model knows
    template : names of all entities, lengths, measures
    states, groups, commands, mediators : the actors, each an AgentSet
    running : False once the horizon is reached or the replication has failed
    status : 0, or why the rules failed, a number of `sim.vocabulary.codes.FailureKind`
    """

    MODEL_REPORTERS: ClassVar[Mapping[str, Any]] = {
        name: name for name in ("day", "rung", "deaths", "interstate", "ceasefires")
    }
    AGENT_REPORTERS: ClassVar[Mapping[str, Any]] = {
        name: name for name in ("name", "choice", "posture", "weariness", "strength", "men")
    }

    def __init__(
        self,
        scenario: str | Path | Scenario | Template,
        *,
        seed: int = 0,
        replication: int = 0,
        from_release: bool = False,
        collect: str = "all",
        policies: Mapping[str, type[Actor]] | None = None,
        allow_python: bool = False,
        inputs: np.ndarray | None = None,
        log_rows: int = 0,
        ledger_words: int = 0,
        **overrides: object,
    ) -> None:
        check(collect)
        seed, replication = seed_number(seed), replication_number(replication)
        log_rows = whole("log_rows", log_rows, 0, MOST_ROOM)
        ledger_words = whole("ledger_words", ledger_words, 0, MOST_ROOM)
        super().__init__(rng=(seed << 64) | replication)
        self.root_seed, self.replication = seed, replication
        self.template, loaded = open_scenario(scenario, overrides)
        self._release = None if loaded is None else loaded.release
        classes = classes_of(self.template, loaded, policies or {}, allow_python=allow_python)
        self.world: Any = World(self.template, log_rows, ledger_words)
        self._clock, self._tally = np.asarray(self.world.clock)[0], np.asarray(self.world.tally)[0]
        self.status = 0
        self.errors = np.asarray(self.world.clock)["error"]
        self.day = -self.template.history_days
        self._begin(inputs)
        self._cast = Cast(self, classes)
        self._decide: dict[str, Callable[..., None]] = {
            "groups": self._groups,
            "commands": self._commands,
            "states": self._states,
            "allies": self._allies,
            "mediators": self._mediators,
        }
        self.states, self.groups, self.commands, self.mediators = (
            AgentSet(actors, random=self.random)
            for actors in (
                self._cast.states,
                self._cast.groups,
                self._cast.commands,
                self._cast.mediators,
            )
        )
        self._collect = collect
        self.datacollector = DataCollector(
            dict(self.MODEL_REPORTERS) if collect != "nothing" else None,
            dict(self.AGENT_REPORTERS) if collect == "all" else None,
        )
        if from_release:
            self.skip_history()

    def _begin(self, inputs: np.ndarray | None) -> None:
        """The world before its first day; to the rules, an actor with a Python class is quantal."""
        seed, number = self.root_seed, self.replication
        if inputs is None:
            inputs = draw_inputs(self.template, seed, number, 1)[0]
        batch = Batch(self.template, number, 1, seed=seed, inputs=np.reshape(inputs, (1, -1)))
        begin(self.world, batch, 0)
        for table, name in _POLICIES:
            codes = getattr(self.world, table)[name]
            codes[codes == PYTHON] = Policy.QUANTAL

    def step(self) -> None:
        """Run a day; raise a `RunError` if the replication fails, a `ModelError` if it is over."""
        if not self.running:
            raise ModelError(
                f"{self.template.scenario_id}: this replication is over; make a new model to "
                "run it again"
            )
        self._live()
        if self._collect != "nothing":
            self.datacollector.collect(self)

    def skip_history(self) -> None:
        """Live through what is left of the history at once.

        Its days are neither steps nor collected.
        """
        while self.day < 0:
            self._live()

    def _live(self) -> None:
        self.running = False  # unless the day comes to its end
        self.day += 1
        self._clock["day"] = self.day
        try:
            self._day()
            if self.day == self.template.horizon:
                finish(self.world)
        except (ArithmeticError, ValueError) as error:
            self.status = FailureKind.ARITHMETIC
            raise self.failure(f"{type(error).__name__}: {error}") from error
        if self.errors[0] != 0:
            self.status = int(self.errors[0])
            raise self.failure(FailureKind(self.status).sentence)
        self.running = self.day < self.template.horizon
        if not self.running:
            release(self)

    def _day(self) -> None:
        """A day in the order of `sim.engine.day`, in which the agents decide."""
        begin_day(self._cast)
        for by_group, run in runs(PHASES):
            phases = [p for p in run if self.day > 0 or not p.after_release]
            for group in self._cast.groups if by_group else [None]:
                for phase in phases:
                    self._live_through(phase, () if group is None else (group.number,))

    def _live_through(self, phase: Phase, about: tuple[int, ...]) -> None:
        """A phase: what the agents decide in it, or what the rules do."""
        if phase.decide:
            self._decide[phase.decide](*about)
        else:
            phase.run(self.world, *about)

    def _groups(self, number: int) -> None:
        """A group reviews its mode."""
        campaign.set_mode(self.world, number, self._cast.groups[number].choose())

    def _commands(self) -> None:
        """All commands choose before any of them acts."""
        chosen = np.asarray(self.world.commands)["choice"]
        for command in self._cast.guards:
            chosen[command.place] = command.choose()

    def _states(self) -> None:
        """All states choose before any of them acts."""
        chosen = np.asarray(self.world.dyads)["choice"]
        for state, rival in self._cast.views:
            chosen[state.number, rival] = state.choose(rival)

    def _allies(self) -> None:
        """All states that an ally calls choose before any of them enters a war."""
        calls = self.world.calls
        for state, enemy in self._cast.views if calls.size else ():
            choice = state.answer_call(enemy)
            if choice != NOBODY:
                calls[state.number, enemy].choice = choice

    def _mediators(self) -> None:
        """All offers and calls are answered before anything that was agreed begins."""
        for p, (a, b) in enumerate(self._cast.parties):
            for mediator in self._cast.mediators:
                if mediator.choose(p) == Offer.MAKE_OFFER:
                    m = mediator.number
                    ours, theirs = a.reply(m, b.number), b.reply(m, a.number)
                    diplomacy.settle(self.world, m, p, ours, theirs)
            if diplomacy.hotline_rings(self.world, p):
                ours, theirs = a.reply(NOBODY, b.number), b.reply(NOBODY, a.number)
                diplomacy.answer_call(self.world, p, ours, theirs)
        for p, (a, b) in enumerate(self._cast.parties):
            if diplomacy.pause_ends(self.world, p):
                ours, theirs = a.reply(NOBODY, b.number), b.reply(NOBODY, a.number)
                diplomacy.prolong(self.world, p, ours, theirs)
            else:
                diplomacy.conclude(self.world, p)

    def failure(self, words: str) -> RunError:
        """An error of this replication, with what is needed to repeat it."""
        return RunError(
            words,
            scenario=self.template.scenario_id,
            replication=self.replication,
            seed=self.root_seed,
            day=self.day,
        )

    @property
    def date(self) -> date:
        """The day that was lived last."""
        if self._release is None:
            raise ModelError("a template knows no dates: make the model from its scenario")
        return self._release + timedelta(days=self.day)

    @property
    def rung(self) -> int:
        """Highest rung of the day."""
        return int(self._tally["rung_today"])

    @property
    def deaths(self) -> int:
        """All dead of the day."""
        return int(self._tally["dead_today"])

    @property
    def interstate(self) -> int:
        """The day's dead in acts of states against each other and in clashes."""
        return int(self._tally["interstate_today"])

    @property
    def ceasefires(self) -> int:
        """Relations with a ceasefire in force."""
        return int(np.count_nonzero(self.world.pairs["in_force"]))

    @property
    def measures(self) -> dict[str, float]:
        """The measures so far, NaN where a time has not come.

        Those of the end are filled in at the end. Measures of the file's own are of a whole
        replication and not among them.
        """
        values = self.world.words[self.template.measure_slots]
        kept = self.template.measures[: len(values)]
        return {measure.name: one for measure, one in zip(kept, values.tolist(), strict=True)}

    @property
    def events(self) -> np.ndarray:
        """What has happened, (n_events,) of `sim.engine.world.EVENT`.

        The first `log_rows` of it.
        """
        return np.asarray(self.world.log)[: int(self._clock["log_length"])].copy()

    def actor(self, path: str) -> Any:
        """An agent by its path, such as "states.westmark" or "commands.pass.westmark"."""
        for actor in self._cast:
            if actor.path == path:
                return actor
        raise ModelError(
            f"no actor {path!r}; there are {', '.join(actor.path for actor in self._cast)}"
        )

    def row(self, path: str) -> Row:
        """A row of the world by table and names.

        "rules", "sectors.hills", "relations.neighbours", "dyads.westmark.eastmark".
        """
        t = self.template
        tables: dict[str, tuple[str, tuple[tuple[str, ...], ...]]] = {
            "rules": ("rules", ()),
            "sectors": ("sectors", (t.sectors,)),
            "borders": ("borders", (t.borders,)),
            "relations": ("pairs", (t.relations,)),
            "dyads": ("dyads", (t.states, t.states)),
            "hosts": ("hosts", (t.groups, t.states)),
            "presence": ("presence", (t.groups, t.sectors)),
            "leverage": ("leverage", (t.mediators, t.states)),
        }
        head, *parts = path.split(".")
        if head not in tables:
            raise ModelError(f"no rows {head!r}; there are {', '.join(tables)}")
        table, names = tables[head]
        if len(parts) != len(names):
            raise ModelError(f"{path}: needs {len(names)} names after {head}")
        for part, known in zip(parts, names, strict=True):
            if part not in known:
                raise ModelError(f"{path}: no {part!r}; there are {', '.join(known)}")
        index = tuple(known.index(part) for part, known in zip(parts, names, strict=True)) or (0,)
        return Row(path, table, getattr(self.world, table)[index])
