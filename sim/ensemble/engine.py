"""What runs replications: the compiled rules, or Mesa's agents where an actor has a Python policy.

Everything above asks an `Engine` and does not know which one it has. `engine_of` is the one place
that chooses; the public functions take another choice by their keyword `engine`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from sim.engine import jit, replication
from sim.engine.code_files import take_remarks
from sim.engine.world import Chunk, Template, build
from sim.ensemble.failure import reason_of
from sim.ensemble.progress import Note, note_of
from sim.errors import RunError
from sim.scenario import Scenario
from sim.scenario.programs import Source, read_source, require_consent

if TYPE_CHECKING:
    from sim.model import Actor, EscalationModel

Inputs = NDArray[np.float64]

_LOG_ROWS, _LEDGER_WORDS = 1 << 16, 1 << 20  # room for one replication; more is made if needed


@dataclass(frozen=True, slots=True)
class Rerun:
    """One replication with all that happened in it.

    `events` (n,) are rows of `sim.engine.world.EVENT`; `rung` (days,) counts from the release;
    `blocks` (days, n_words) are the world's words at the end of each day from the first of history,
    laid out by `template`; `ledger` are the words of its decisions, empty unless asked for;
    `failure` says why it ended early, None if it did not.
    """

    template: Template
    events: NDArray[Any]
    rung: NDArray[np.int_]
    blocks: NDArray[np.uint64]
    ledger: NDArray[np.float64]
    failure: RunError | None


class Runner(Protocol):
    """Runs rows by their number. It is pickled for other processes, and keeps no state."""

    def run_chunk(self, seed: int, first: int, count: int, inputs: Inputs | None = None) -> Chunk:
        """Run rows `first` to `first + count - 1`.

        `inputs` (count, n) are the values that a design gives; without them the uncertain numbers
        are drawn.
        """
        ...


class Engine(Runner, Protocol):
    """Runs the replications of one scenario; a row is a replication."""

    @property
    def template(self) -> Template:
        """The scenario's world before its first day."""
        ...

    @property
    def chunk(self) -> int:
        """Replications in a task."""
        ...

    @property
    def threads(self) -> bool:
        """Whether replications can run beside each other in threads; else they need processes."""
        ...

    @property
    def compiled(self) -> bool:
        """Whether the compiled rules alone decide.

        Only then is all state in the words of the world, so that a replication can be resumed on
        any day, as a fork does.
        """
        ...

    def ready(self) -> bool:
        """Whether a replication would start at once and take milliseconds."""
        ...

    def warm(self, note: Note) -> None:
        """Do once what takes long, and tell `note` what a user has to wait for."""
        ...

    def replay(self, seed: int, number: int, *, ledger: bool = False) -> Rerun:
        """Run one replication again, with its decisions if `ledger`; a failure is in the answer."""
        ...

    def policies(self) -> Mapping[str, str] | None:
        """Digest of the files of the Python policies, by path of each; None without any.

        Raises
        ------
        ModelError : if one cannot be loaded, which is bad input and not a failed replication
        """
        ...


#: Chooses the engine of a scenario: `engine_of`, unless a caller has another.
ChooseEngine = Callable[[Scenario], Engine]


def engine_of(scenario: Scenario, *, allow_python: bool = False) -> Engine:
    """The engine that a scenario needs: Mesa if an actor has a Python policy, else the rules.

    Raises
    ------
    ConsentError : if the scenario names a Python policy and that is not allowed
    ModelError : if its file is not there
    """
    wanted = scenario.programs
    if not wanted:
        return Compiled(build(scenario))
    require_consent(wanted, allowed=allow_python)
    return Mesa(build(scenario), scenario, read_source(wanted))


def engine_for(engine: ChooseEngine | None, *, allow_python: bool) -> ChooseEngine:
    """What chooses engines for a caller: `engine`, or `engine_of` with the caller's consent."""
    return engine or partial(engine_of, allow_python=allow_python)


@dataclass(frozen=True)
class Compiled:
    """The rules in machine code; other threads run meanwhile."""

    template: Template
    chunk: int = 250  # of some milliseconds each
    threads: bool = True
    compiled: bool = True

    def ready(self) -> bool:
        return jit.is_ready()

    def warm(self, note: Note) -> None:
        if not replication.is_warm() and not self.ready():
            note(note_of("compiling"))
        replication.warm(self.template)
        for text in take_remarks():
            note(note_of("cache", text=text))

    def run_chunk(self, seed: int, first: int, count: int, inputs: Inputs | None = None) -> Chunk:
        return replication.run_chunk(self.template, seed, first, count, inputs)

    def replay(self, seed: int, number: int, *, ledger: bool = False) -> Rerun:
        full = replication.replay(self.template, seed, number, ledger=ledger)
        failure = None
        if full.status:
            failure = RunError(
                reason_of(full.status),
                scenario=self.template.scenario_id,
                replication=number,
                seed=seed,
                day=len(full.blocks) - self.template.history_days,
            )
        return Rerun(self.template, full.events, full.rung, full.blocks, full.ledger, failure)

    def policies(self) -> None:
        return None


@dataclass(frozen=True)
class Mesa:
    """Agents in Python, some of a user's own class; many times slower, and one at a time.

    `source` is the text of the classes, which the user has allowed to run; it goes along to the
    workers, so that all run the same.
    """

    template: Template
    scenario: Scenario
    source: Source | None = None
    chunk: int = 10  # of a good part of a second each
    threads: bool = False
    compiled: bool = False

    def ready(self) -> bool:
        return False

    def warm(self, note: Note) -> None:
        note(note_of("python_policy"))

    def run_chunk(self, seed: int, first: int, count: int, inputs: Inputs | None = None) -> Chunk:
        from sim.model import run_chunk  # Mesa takes a second to import

        return run_chunk(self.scenario, seed, first, count, inputs, policies=self._classes())

    def _classes(self) -> dict[str, type[Actor]]:
        from sim.model import own

        return own.load(self.scenario.programs, self.source) if self.source else {}

    def replay(self, seed: int, number: int, *, ledger: bool = False) -> Rerun:
        from sim.model import EscalationModel

        classes = self._classes()

        def model_with(log_rows: int, ledger_words: int) -> EscalationModel:
            return EscalationModel(
                self.scenario,
                seed=seed,
                replication=number,
                collect="nothing",
                log_rows=log_rows,
                ledger_words=ledger_words,
                policies=classes,
            )

        model = model_with(_LOG_ROWS, _LEDGER_WORDS if ledger else 0)
        run = _run_to_its_end(self.template, model)
        clock, decided = model.world.clock[0], len(run.ledger)
        if clock.log_length > len(run.events) or (ledger and clock.ledger_length > decided):
            model = model_with(int(clock.log_length), int(clock.ledger_length) if ledger else 0)
            run = _run_to_its_end(self.template, model)
        return run

    def policies(self) -> Mapping[str, str]:
        digest = self.source.digest if self.source else ""
        return dict.fromkeys(self._classes(), digest)


def _run_to_its_end(template: Template, model: EscalationModel) -> Rerun:
    """Step a model until it is over, and keep what happened."""
    rungs: list[int] = []
    blocks: list[NDArray[np.uint64]] = []
    failure = None
    try:
        while model.running:
            model.step()
            blocks.append(model.world.block.copy())
            if model.day > 0:
                rungs.append(model.rung)
    except RunError as error:
        failure = error
    return Rerun(
        template,
        model.events,
        np.array(rungs, dtype=np.int64),
        np.array(blocks, dtype=np.uint64),
        model.world.ledger[: int(model.world.clock[0].ledger_length)],
        failure,
    )
