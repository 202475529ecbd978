"""Run scenarios with common random numbers and compare them, or compare what was run before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from sim.cells import table_html
from sim.ensemble.engine import ChooseEngine
from sim.ensemble.manifest import AGREE_VERSIONS
from sim.ensemble.progress import Progress
from sim.ensemble.reopen import manifest_of
from sim.ensemble.runner import run_many
from sim.ensemble.stopping import Until
from sim.errors import ModelError
from sim.files import Place
from sim.plain import MOST_RUNS, real, whole
from sim.scenario import scenario_of
from sim.stats.estimate import Json
from sim.studies.compare.comparison import Comparison, check_names
from sim.studies.compare.quantities import Row
from sim.studies.compare.sentences import verdicts
from sim.studies.compare.sides import Side
from sim.studies.compare.table import COLUMNS, rows
from sim.studies.contract import Answer
from sim.studies.dictionary import Column
from sim.words import words
from sim.words.measures import measure_meaning
from sim.words.sentence import Sentence

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.ensemble import Ensemble
    from sim.scenario import Given, Scenario


@dataclass(frozen=True)
class CompareQuestion:
    """What differs between scenarios, and how much: `scenarios` by the names of the comparison.

    The others are compared with the one called `baseline`, the first if it is None. A `ModelError`
    if they cannot be compared.
    """

    scenarios: Mapping[str, Scenario]
    baseline: str | None = None

    def __post_init__(self) -> None:
        check_names(list(self.scenarios), self.baseline)

    def design(self) -> Mapping[str, Scenario]:
        """The scenarios, to be run with one seed."""
        return self.scenarios

    def answer(self, result: Mapping[str, Ensemble], /) -> CompareAnswer:
        """Compare finished ensembles by name.

        Paired if they have one seed and come from the same rules, else not.
        """
        sides = [
            Side(name, ensemble.scenario, ensemble.columns(), ensemble.seed)
            for name, ensemble in result.items()
        ]
        return CompareAnswer(
            Comparison(
                sides, self.baseline, unpaired_because=why_unpaired(result), ensembles=result
            )
        )


@dataclass(frozen=True)
class CompareAnswer(Answer):
    """A comparison, with what it says in sentences and as rows."""

    part: ClassVar[str] = "compare"

    comparison: Comparison

    def __repr__(self) -> str:
        return repr(self.comparison)

    def _repr_html_(self) -> str:
        """The shares of the outcomes by scenario, and their differences, as a notebook shows it."""
        of = self.comparison
        return table_html(
            f"{', '.join(of.names)}: {of.each}",
            {name: "; ".join(self._shares(row)) for name, row in of.outcomes.items()},
        )

    def _shares(self, row: Row) -> Iterator[str]:
        for name, share in row.estimates.items():
            gap = row.differences.get(name)
            if share is None:
                continue
            if gap is None or gap.value is None or gap.low is None or gap.high is None:
                yield f"{name} {share:.1%}"
            else:
                points, low, high = (f"{100 * x:+.1f}" for x in (gap.value, gap.low, gap.high))
                yield f"{name} {share:.1%} ({points} pp [{low}, {high}])"

    @property
    def differs(self) -> Mapping[str, Mapping[str, str]]:
        """Value of each scenario by the dotted path of what is not the same in all."""
        return self.comparison.differs

    @property
    def outcomes(self) -> Mapping[str, Row]:
        """Share of each outcome class by scenario, and the differences."""
        return self.comparison.outcomes

    @property
    def measures(self) -> Mapping[str, Row]:
        """Mean of each measure by scenario (of times the restricted mean), and the differences."""
        return self.comparison.measures

    @cached_property
    def verdicts(self) -> list[str]:
        """The findings in sentences."""
        return verdicts(self.comparison)

    def table(self) -> DataFrame:
        """A row for each outcome or measure and each scenario beside the baseline."""
        return rows(self.comparison)

    def columns(self) -> Sequence[Column]:
        """The columns of the rows."""
        return COLUMNS

    def as_json(self) -> Json:
        """Everything as one object of plain values."""
        of = self.comparison
        keys = ("from", "to", "count")
        return {
            "scenarios": of.names,
            "baseline": of.baseline,
            "runs": of.size,
            "paired": of.paired,
            "seeds": {name: side.seed for name, side in of.sides.items()},
            "digests": {name: side.scenario.digest for name, side in of.sides.items()},
            "differs": of.differs,
            "outcomes": {name: row.as_json() for name, row in of.outcomes.items()},
            "measures": {name: row.as_json() for name, row in of.measures.items()},
            "about": {
                name: {"unit": m.unit, "meaning": measure_meaning(m, words()), "time": m.time}
                for name, m in of.about.items()
            },
            "changed": {name: pair.share_changed() for name, pair in of.pairs.items()},
            "flows": {
                name: [dict(zip(keys, row, strict=True)) for row in pair.flow()]
                for name, pair in of.pairs.items()
            },
            "dropped": {name: pair.dropped for name, pair in of.pairs.items()},
            "tested_together": of.family,
            "verdicts": self.verdicts,
        }


def compare(
    scenarios: Mapping[str, Given] | Sequence[Given],
    *,
    baseline: str | None = None,
    runs: int = 1000,
    seed: int | None = None,
    jobs: int | None = None,
    out: Place | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
    fresh: bool = False,
    until: tuple[float, str | None, int] | None = None,
    command: str | None = None,
    called: Mapping[str, str] | None = None,
    engine: ChooseEngine | None = None,
    allow_python: bool = False,
) -> CompareAnswer:
    """Run scenarios with common random numbers, in turns, and compare them.

    Parameters
    ----------
    scenarios : by the name under which they are compared, or a list, which is named by the
        scenarios' ids
    baseline : name of the one that the others are compared with; the first if left out
    until : plan for this half-width of a difference's 95 % interval, of this outcome or measure
        (None = all outcomes), with at most so many replications
    runs, seed, jobs, out, progress, executor, fresh, command, called, engine, allow_python : as
        for `sim.run`, and for `run_many`

    Returns
    -------
    CompareAnswer

    Raises
    ------
    ModelError : if there are fewer than two, names repeat, or a number is out of its range
    StoreError : as `sim.run` does
    """
    if isinstance(scenarios, Mapping):
        named = {name: scenario_of(given) for name, given in scenarios.items()}
    else:
        loaded = [scenario_of(given) for given in scenarios]
        check_names([scenario.id for scenario in loaded], baseline)
        named = {scenario.id: scenario for scenario in loaded}
    question = CompareQuestion(named, baseline)
    goal = None if until is None else plan(question, *until)
    ensembles = run_many(
        question.design(),
        runs=runs,
        seed=seed,
        jobs=jobs,
        out=out,
        progress=progress,
        executor=executor,
        fresh=fresh,
        until=goal,
        command=command,
        called=called,
        engine=engine,
        allow_python=allow_python,
    )
    return question.answer(ensembles)


def plan(question: CompareQuestion, halfwidth: float, on: str | None, most: int) -> Until:
    """As many replications as make the differences known to ± `halfwidth`.

    Raises
    ------
    ModelError : if the baseline and another scenario have no outcome or measure `on`, or no outcome
    """
    name = question.baseline or next(iter(question.scenarios))
    base = question.scenarios[name]
    others = [one for other, one in question.scenarios.items() if other != name]
    outcomes = [one for one in base.outcomes if any(one in other.outcomes for other in others)]
    measures = {m.name for m in base.measures} & {m.name for one in others for m in one.measures}
    if on is None and not outcomes:
        raise ModelError(
            f"on: must name a measure, since no scenario has an outcome in common with {name} "
            "(for example interstate_deaths)"
        )
    if on is not None and on not in (*outcomes, *measures):
        raise ModelError(
            f"on: must be an outcome or a measure, got {on}; "
            f"outcomes that {name} and another have are {', '.join(outcomes) or 'none'}"
        )
    wanted = real("halfwidth", halfwidth, 0.0)

    def size_for(ensembles: Mapping[str, Ensemble]) -> int | None:
        return question.answer(ensembles).comparison.size_for(wanted, on)

    return Until(whole("most", most, 1, MOST_RUNS), size_for)


def why_unpaired(ensembles: Mapping[str, Ensemble]) -> Sentence | None:
    """Why ensembles cannot be paired; None if they can."""
    manifests = {name: manifest_of(ensemble.folder) for name, ensemble in ensembles.items()}
    for key in ("seed", "engine"):
        if reason := _unequal(f"other_{key}", {k: getattr(m, key) for k, m in manifests.items()}):
            return reason
    for library in AGREE_VERSIONS:
        found = {name: manifest.versions.get(library) for name, manifest in manifests.items()}
        if reason := _unequal("other_version", found, library=library):
            return reason
    return None


def _unequal(key: str, found: Mapping[str, object], **values: object) -> Sentence | None:
    """That something is not the same in all scenarios, by its key; None if it is."""
    if len(set(found.values())) <= 1:
        return None
    each = ", ".join(f"{name}: {value}" for name, value in found.items())
    return Sentence.of(f"studies.compare.{key}", each=each, **values)
