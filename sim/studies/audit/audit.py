"""An audit: asymmetric treatment, orders that decide, numbers without effect, what never happens.

A *fault* is something that should not be: results that do not mirror when two states change places,
or that move with the order of the file, or a number that nothing reads. A *remark* is worth a look
and may be meant: an action that is never taken, an actor that never acts, an outcome that never or
always comes, a measure that is the same in every replication, a number that rules read and that
changes nothing here, with the reason if it is known (no crossing, no aircraft, no war).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from sim.engine.replication import run_chunk
from sim.engine.world import Chunk, Template, build
from sim.ensemble.arguments import processors, root_seed
from sim.ensemble.progress import Progress
from sim.errors import ModelError
from sim.plain import job_count, run_count, seed_number
from sim.scenario import Given, Scenario, scenario_of
from sim.stats.estimate import Json
from sim.studies.audit import remarks
from sim.studies.audit.activity import Activity
from sim.studies.audit.case import Case
from sim.studies.audit.effects import Baseline, Number, numbers_of
from sim.studies.audit.findings import Finding
from sim.studies.audit.labels import MOST_PAIRS, exchange
from sim.studies.audit.order import Reading, in_other_orders, reading
from sim.studies.contract import Answer
from sim.studies.dictionary import Column

if TYPE_CHECKING:
    from pandas import DataFrame

REPLAYS = 40  # replications that are run again in full to see who does what
COLUMNS = (
    Column("part", "word"),
    Column("about", "word"),
    Column("says", "sentence"),
    Column("why", "sentence"),
    Column("fault", "flag"),
)


@dataclass(frozen=True)
class AuditQuestion:
    """What is wrong with a scenario, and with the rules that run it.

    `runs` replications are looked at, in each pair of mirrors and for each number that does nothing
    in the first few; `only` are patterns of the paths of the numbers that are moved, such as
    "rules.ceasefire.*".
    """

    scenario: Scenario
    seed: int
    runs: int = 500
    only: Sequence[str] = ("*",)

    def __post_init__(self) -> None:
        object.__setattr__(self, "seed", seed_number(self.seed))
        object.__setattr__(self, "runs", run_count(self.runs))

    def design(self) -> AuditPlan:
        """What is looked at.

        Raises
        ------
        ModelError : if an actor is a Python class, whose own memory and code no mirror turns, or no
            number has a path of these patterns
        """
        template = build(self.scenario)
        if self.scenario.programs:
            named = ", ".join(one.path for one in self.scenario.programs)
            raise ModelError(
                f"audit: {named} is a Python class; "
                "the audit looks at compiled rules, so name a policy of the list"
            )
        numbers = tuple(
            number
            for number in numbers_of(self.scenario, template)
            if any(fnmatch(number.path, pattern) for pattern in self.only)
        )
        if not numbers:
            raise ModelError(f"only: must match the path of a number, got {', '.join(self.only)}")
        pairs = tuple(combinations(template.states, 2))[:MOST_PAIRS]
        return AuditPlan(template, pairs, reading(self.scenario), numbers)

    def answer(self, result: Evidence, /) -> AuditAnswer:
        """The findings, part by part."""
        plan, activity = result.plan, result.activity
        case = Case(self.scenario, activity)
        return AuditAnswer(
            self.scenario,
            self.seed,
            self.runs,
            plan.pairs,
            len(plan.again.orders),
            len(plan.numbers),
            (
                *result.exchanges,
                *result.orders,
                *(
                    remarks.number_without_effect(case, plan.template, number, self.runs)
                    for number in result.idle
                ),
                *remarks.actions(activity),
                *remarks.actors(activity),
                *remarks.outcomes(self.scenario, plan.template, result.base),
                *remarks.measures(plan.template, result.base),
            ),
        )


@dataclass(frozen=True)
class AuditPlan:
    """What an audit looks at.

    `pairs` of states change places, `again` is read in other orders, `numbers` are moved.
    """

    template: Template
    pairs: tuple[tuple[str, str], ...]
    again: Reading
    numbers: tuple[Number, ...]


@dataclass(frozen=True)
class Evidence:
    """What an audit saw.

    `base` are the replications of the scenario as it is, `activity` what its actors did,
    `exchanges` the findings of the pairs of states, `orders` those of other orders of the file,
    `idle` the numbers without effect.
    """

    plan: AuditPlan
    base: Chunk
    activity: Activity
    exchanges: tuple[Finding, ...]
    orders: tuple[Finding, ...]
    idle: tuple[Number, ...]


@dataclass(frozen=True)
class AuditAnswer(Answer):
    """The findings of an audit.

    `pairs` changed places, so many `orders` were turned round, so many `numbers` moved.
    """

    part: ClassVar[str] = "audit"

    scenario: Scenario
    seed: int
    runs: int
    pairs: tuple[tuple[str, str], ...]
    orders: int
    numbers: int
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> list[Finding]:
        """What should not be."""
        return [one for one in self.findings if one.fault]

    def of(self, part: str) -> list[Finding]:
        """The findings of one part, faults first."""
        found = [one for one in self.findings if one.part == part]
        return sorted(found, key=lambda one: not one.fault)

    def columns(self) -> Sequence[Column]:
        """The columns of the rows."""
        return COLUMNS

    def table(self) -> DataFrame:
        """A row a finding."""
        from pandas import DataFrame

        rows = [one.as_json() for one in self.findings]
        return DataFrame(rows, columns=[column.name for column in COLUMNS])

    def as_json(self) -> Json:
        """All of it as plain values."""
        return {
            "scenario": self.scenario.id,
            "digest": self.scenario.digest,
            "seed": self.seed,
            "runs": self.runs,
            "mirrored": [list(pair) for pair in self.pairs],
            "orders": self.orders,
            "numbers": self.numbers,
            "faults": len(self.faults),
            "findings": [one.as_json() for one in self.findings],
        }


def audit(
    scenario: Given,
    *,
    runs: int = 500,
    seed: int | None = None,
    only: Sequence[str] = ("*",),
    jobs: int | None = None,
    progress: Progress | None = None,
) -> AuditAnswer:
    """Audit a scenario.

    Parameters
    ----------
    scenario : as `sim.load` gives it, its file, or the name of a bundled one
    runs, only : as for `AuditQuestion`
    seed, jobs, progress : as for `sim.run`; without a seed a new one

    Returns
    -------
    AuditAnswer

    Raises
    ------
    ModelError : as `AuditQuestion.design` does
    """
    scenario = scenario_of(scenario)
    runs, jobs = run_count(runs), job_count(jobs)
    seed = None if seed is None else seed_number(seed)
    question = AuditQuestion(scenario, root_seed(scenario, seed), runs, only)
    return question.answer(_look(question, jobs or processors(), progress or Progress()))


def _look(question: AuditQuestion, workers: int, progress: Progress) -> Evidence:
    """Run what the plan asks for."""
    scenario, seed, runs = question.scenario, question.seed, question.runs
    plan = question.design()
    template = plan.template
    progress.start(0, len(plan.pairs) + len(plan.numbers) + 2)
    base = run_chunk(template, seed, 0, runs)
    activity = Activity(scenario, template, seed, min(REPLAYS, runs))
    progress.advance(1)
    exchanges: list[Finding] = []
    for one, other in plan.pairs:
        exchanges += exchange(scenario, base, seed, one, other)
        progress.advance(1)
    orders = tuple(in_other_orders(scenario, plan.again, template, base, seed))
    progress.advance(1)
    with ThreadPoolExecutor(workers) as pool:
        baseline = Baseline(template, seed, runs)
        idle = baseline.idle(plan.numbers, pool, lambda: progress.advance(1))
    return Evidence(plan, base, activity, tuple(exchanges), orders, tuple(idle))
