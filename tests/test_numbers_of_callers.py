"""Numbers of NumPy and pandas at every door of the Python interface, and one sentence for others.

The doors are found by their signatures: a function of these rooms that takes a seed, a number of
replications, a day and the like is tried here or says why not, so a new one cannot be forgotten.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from ensemble.conftest import scenario
from ensemble.stand_in import stand_in

import sim
from sim.design.design import run_design
from sim.design.factors import Design, Factor
from sim.ensemble.arguments import root_seed
from sim.ensemble.runner import run, run_many
from sim.ensemble.stopping import until
from sim.errors import ModelError, ScenarioError
from sim.model import EscalationModel
from sim.plain import MOST_SEED, plain, real, whole
from sim.replication.fork import Fork
from sim.replication.fork import fork as futures
from sim.replication.ledger import decisions
from sim.replication.ledger_files import write_ledger
from sim.replication.pick import pick, pick_all
from sim.replication.play import Game, best_replication
from sim.replication.rerun import rerun
from sim.scenario import Scenario
from sim.studies.audit.audit import AuditQuestion, audit
from sim.studies.compare.run import CompareQuestion, compare, plan
from sim.studies.discovery import DiscoveryQuestion
from sim.studies.fork import ForkQuestion
from sim.studies.sensitivity.sensitivity import SensitivityQuestion
from sim.studies.sweep import SweepQuestion
from sim.studies.tournament.strategies import strategies_of, two_states
from sim.studies.tournament.tournament import TournamentQuestion
from sim.studies.uncertainty import UncertaintyQuestion

__all__ = ["scenario"]

LEVER = "mediators.lakeland.leverage.westmark"
FEW: dict[str, Any] = {"runs": 2, "seed": 7, "jobs": 1}
STAND = {"engine": stand_in()}


def _doors(of: Scenario) -> dict[str, tuple[Callable[..., object], dict[str, Any]]]:
    """Each door, with the numbers that it takes; the other arguments are there already."""
    factor = Factor(LEVER, "", 0.0, 1.0)
    points = Design.of([factor], [[0.2], [0.6]])
    both = {"a": of, "b": of}
    targets = {"war, not over": "share"}
    some: dict[str, Any] = {"scenario": of, "factors": (factor,), "targets": targets}
    past = {"seed": 7, "replication": 1}
    ends = {**past, "day": 3, "runs": 2}

    def ledger(runs: int) -> object:
        return write_ledger(run(of, **FEW, **STAND), runs)

    return {
        "run": (lambda **n: run(of, **STAND, **n), FEW),
        "run_many": (lambda **n: run_many(both, **STAND, **n), FEW),
        "run_design": (lambda **n: run_design(of, points, **STAND, **n), FEW),
        "compare": (lambda **n: compare(both, **STAND, **n), FEW),
        "plan": (
            lambda **n: plan(CompareQuestion(both), on=None, **n),
            {"halfwidth": 0.25, "most": 40},
        ),
        "until": (until, {"halfwidth": 0.25, "most": 40}),
        "root_seed": (lambda seed: root_seed(of, seed), {"seed": 7}),
        "EscalationModel": (
            lambda **n: EscalationModel(of, collect="nothing", **n).step(),
            {**past, "log_rows": 8, "ledger_words": 64},
        ),
        "rerun": (lambda **n: rerun(of, **n), past),
        "pick": (lambda seed: pick(of, seed, "quiet"), {"seed": 7}),
        "pick_all": (lambda seed: pick_all(of, seed, ["quiet"]), {"seed": 7}),
        "decisions": (lambda **n: decisions(of, **n), past),
        "write_ledger": (ledger, {"runs": 2}),
        "Fork": (lambda **n: Fork(of, **n), past),
        "fork": (lambda **n: futures(of, **n), {**ends, "jobs": 1}),
        "Game": (lambda **n: Game(of, roles=["westmark"], **n), past),
        "best_replication": (
            lambda seed: best_replication(of, seed, ["westmark"], among=1),
            {"seed": 7},
        ),
        "ForkQuestion": (lambda **n: ForkQuestion(of, **n), ends),
        "audit": (lambda **n: audit(of, only=[LEVER], **n), FEW),
        "AuditQuestion": (lambda **n: AuditQuestion(of, **n), {"seed": 7, "runs": 2}),
        "SweepQuestion": (lambda **n: SweepQuestion(**some, grid=((0.2,),), **n), {"seed": 7}),
        "TournamentQuestion": (
            lambda **n: TournamentQuestion.ask(of, strategies_of((), ()), two_states(of), **n),
            {"seed": 7},
        ),
        "SensitivityQuestion": (
            lambda **n: SensitivityQuestion(**some, method="morris", **n),
            {"seed": 7, "count": 4},
        ),
        "UncertaintyQuestion": (
            lambda **n: UncertaintyQuestion(**some, filling="sobol", **n),
            {"seed": 7, "count": 4},
        ),
        "DiscoveryQuestion": (lambda **n: DiscoveryQuestion(**some, **n), {"seed": 7, "count": 4}),
        "Factor": (lambda **n: Factor(LEVER, **n), {"low": 0.25, "high": 0.75}),
    }


NAMES = {name: list(numbers) for name, (_, numbers) in _doors(None).items()}  # type: ignore[arg-type]
PAIRS = [(door, number) for door, numbers in NAMES.items() for number in numbers]
#: What one of NumPy's kinds makes of a number that a door takes.
KINDS: dict[str, Callable[[Any], Any]] = {
    "int64": np.int64,
    "uint8": np.uint8,
    "0-d": np.array,
    "pandas": lambda n: pd.Series([n], dtype="Int64").iloc[0],
}
REAL = {"halfwidth", "low", "high"}


@pytest.mark.parametrize(("door", "number"), PAIRS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_number_of_a_table_is_a_number(
    scenario: Scenario, door: str, number: str, kind: str
) -> None:
    call, numbers = _doors(scenario)[door]
    make = {"int64": np.float64, "uint8": np.float32, "0-d": np.array, "pandas": np.float64}
    given = (make if number in REAL else KINDS)[kind](numbers[number])
    call(**numbers | {number: given})


WRONG = [True, np.bool_(True), "7", np.str_("7"), 7.5, np.float64(7.0), np.nan, np.inf, [7]]
WRONG += [-1, np.int64(-1), 2**70, np.array([7]), np.array([7, 8]), pd.NA, object()]


@pytest.mark.parametrize(("door", "number"), [p for p in PAIRS if p[1] not in REAL])
def test_what_is_no_whole_number_in_its_range_is_one_true_sentence(
    scenario: Scenario, door: str, number: str
) -> None:
    call, numbers = _doors(scenario)[door]
    for value in WRONG:
        if number == "day" and type(value) in (int, np.int64):
            continue  # which days there are says the replication
        with pytest.raises(ModelError, match=rf"^{number}: must be a whole number ") as said:
            call(**numbers | {number: value})
        text = str(said.value)
        assert len(text.splitlines()) == 1
        assert "np." not in text, "NumPy's own way to write a number is no matter of the user"


@pytest.mark.parametrize("door", ["until", "plan"])
@pytest.mark.parametrize("value", [True, np.bool_(True), "0.1", 0, -0.1, np.nan, None, [0.1]])
def test_what_is_no_width_is_one_sentence(scenario: Scenario, door: str, value: object) -> None:
    call, numbers = _doors(scenario)[door]
    with pytest.raises(ModelError, match=r"^halfwidth: must be a number above 0, got "):
        call(**numbers | {"halfwidth": value})


#: Functions that take such numbers from within, after a door has read them.
INNER = {
    "sim.classroom": "from its command, whose words are parsed",
    "sim.report": "from results",
    "sim.narration.turning_points": "hands them to `Fork.futures`",
    "sim.narration.ending": "reads them, and hands them to `Fork`",
    "sim.classroom.variants": "hands them to `run_many`",
    "sim.design.chunks": "of a run",
    "sim.studies.designs": "of a design of a file, whose numbers are parsed, or of its command",
    "sim.errors": "what an error says of a replication",
    "sim.plain": "the readers themselves",
    "sim.printable": "letters of a text",
    "sim.design.result": "results",
    "sim.design.sampling": "from questions",
    "sim.engine": "compiled rules",
    "sim.ensemble.arguments": "settings of a run",
    "sim.ensemble.cluster": "from the command line, or None",
    "sim.ensemble.consolidate": "of a run",
    "sim.ensemble.failure": "of a run",
    "sim.ensemble.job": "of a run",
    "sim.ensemble.manifest": "of a run, and checked when it is read",
    "sim.ensemble.outcomes": "of a run",
    "sim.ensemble.result": "results",
    "sim.ensemble.stopping": "of a run",
    "sim.ensemble.store": "of a run",
    "sim.ensemble.work": "of a run",
    "sim.ensemble.workers": "of a run",
    "sim.model.chunk": "of a run",
    "sim.replication.forcing": "of a fork",
    "sim.replication.futures": "of a fork",
    "sim.replication.game_code": "checked when a code is read",
    "sim.replication.ledger": "of a replication",
    "sim.replication.stops": "of a game",
    "sim.replication.orders": "of a game",
    "sim.replication.ledger_files": "of a replication",
    "sim.replication.record_files": "of a replication",
    "sim.stats": "arrays and counts of results",
    "sim.studies.audit": "parts of an audit",
    "sim.studies.compare": "parts of a comparison",
    "sim.studies.contract": "results",
    "sim.studies.daily": "results",
    "sim.studies.fork": "results, and `jobs` for `Fork.futures`",
    "sim.studies.inputs": "the base of questions, and results",
    "sim.studies.reproduction": "results",
    "sim.studies.sensitivity.salib": "from questions",
    "sim.studies.typology": "results",
}
WORDS = {"seed", "runs", "jobs", "replication", "day", "most", "halfwidth", "log_rows", "number"}
WORDS |= {"count", "points", "ledger_words"}


def takes_numbers() -> dict[str, str]:
    """Public functions and classes that take a number that a user knows, with their modules."""
    found = {}
    for module in pkgutil.walk_packages(sim.__path__, "sim."):
        if module.name.startswith(("sim.cli", "sim.vocabulary", "sim.words", "sim.scenario")):
            continue
        if module.name.endswith("__main__"):
            continue
        for name, one in vars(importlib.import_module(module.name)).items():
            if name.startswith("_") or getattr(one, "__module__", "") != module.name:
                continue
            if not (inspect.isfunction(one) or inspect.isclass(one)):
                continue
            try:
                parameters = inspect.signature(one).parameters.values()
            except ValueError:
                continue
            kinds = ("int", "int | None", "float", "float | None")
            if any(p.name in WORDS and str(p.annotation) in kinds for p in parameters):
                found[f"{module.name}.{name}"] = module.name
    return found


def test_no_door_is_forgotten() -> None:
    found = takes_numbers()
    assert len(found) > 40
    tried = set(NAMES)
    new = {
        name
        for name, module in found.items()
        if name.rpartition(".")[2] not in tried
        and not any(f"{module}.".startswith(f"{room}.") for room in INNER)
    }
    assert new == set(), "try it in `_doors`, or say in `INNER` who reads its numbers"


@pytest.mark.parametrize("value", [np.float64(0.9), np.float32(0.5), np.array(0.9), np.str_("0.9")])
def test_a_value_of_a_scenario_may_be_numpys(value: Any) -> None:
    path = sim.scenarios() / "two_states.yaml"
    loaded = sim.load(path, {"states.westmark.resolve": value})
    same = sim.load(path, {"states.westmark.resolve": plain(value)})
    assert loaded.digest == same.digest


def test_a_truth_of_numpy_is_no_number() -> None:
    with pytest.raises(ScenarioError, match="must be a number, got true"):
        sim.load(sim.scenarios() / "two_states.yaml", {"states.westmark.resolve": np.bool_(True)})


def test_values_of_a_sweep_may_be_numpys(scenario: Scenario, tmp_path: Path) -> None:
    digests = set()
    for values in ((0.25, 0.5), np.array([0.25, 0.5], dtype=np.float32), [np.float64(0.25), 0.5]):
        factor = Factor(LEVER, values=values)  # type: ignore[arg-type]
        design = Design.of([factor], [[0.0], [1.0]])
        digests.add(design.csv())
        run_design(scenario, design, **FEW, **STAND)
    assert len(digests) == 1


def test_the_same_number_is_the_same_result(scenario: Scenario) -> None:
    known = run(scenario, runs=3, seed=7, jobs=1, **STAND)
    number = known.runs["replication"].iloc[2]
    assert not isinstance(number, int)
    again = rerun(scenario, np.uint64(7), number)
    assert (again.rung == rerun(scenario, 7, 2).rung).all()
    model = EscalationModel(scenario, seed=np.int64(7), replication=number, collect="nothing")
    assert type(model.replication) is int


def test_plain_numbers_and_their_bounds() -> None:
    assert whole("seed", np.uint64(MOST_SEED), 0, MOST_SEED) == MOST_SEED
    assert type(real("x", np.float32(0.5), 0)) is float
    assert plain(np.array([1])) is not None
    assert plain("x") == "x"
