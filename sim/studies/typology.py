"""A typology of how runs go: types of the course of the rungs, with an example of each.

A course is the highest rung of each week (of each day in runs of less than four weeks), so that two
runs that do the same a day apart are alike. Two runs are apart by the steps between their rungs,
week by week. Types are found among the first `COMPARED` runs, each of the others counts for the
type whose example is nearest; see `sim.stats.typology`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from numpy.typing import NDArray

from sim.call import command_line
from sim.ensemble.store import RESOLVED
from sim.stats.estimate import Estimate, Json
from sim.stats.shares import share
from sim.stats.typology import NO_TYPES, nearest, types
from sim.studies.contract import Answer, Subject
from sim.studies.dictionary import Column
from sim.vocabulary.ladder import N_RUNGS

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.ensemble import Ensemble
    from sim.words import Words

#: Runs among which types are found; memory and time grow with the square.
COMPARED = 1000
#: Fewer runs are no typology.
FEWEST = 50
WEEK = 7
_SHORT = 4 * WEEK  # days of a run that is looked at day by day
COLUMNS = (
    Column("type", "word"),
    Column("runs", "count"),
    Column("share", "share"),
    Column("low", "share"),
    Column("high", "share"),
    Column("example", "number"),
    Column("usual_rung", "rung"),
    Column("highest_rung", "rung"),
    Column("outcome", "word"),
    Column("outcome_share", "share"),
)


@dataclass(frozen=True)
class CourseType:
    """One type.

    Attributes
    ----------
    name : a letter, A for the most frequent
    share : of the runs, with its interval
    runs : their number
    example : number of the replication in the middle of the type
    course : (days,) its rungs
    rungs : (N_RUNGS, days) share of the runs of the type at each rung by day
    usual, highest : median over the runs of the rung of a median day, and of the highest rung
    outcome, outcome_share : how most of them end, and how many of them
    """

    name: str
    share: Estimate
    runs: int
    example: int
    course: NDArray[np.int64]
    rungs: NDArray[np.float64]
    usual: int
    highest: int
    outcome: str
    outcome_share: float


@dataclass(frozen=True)
class Typology(Answer):
    """Types of course, the most frequent first.

    `step` are the days of a position, `n` the runs that were counted, `compared` those among which
    types were found; `silhouette` is their mean, or the best of any number where there is one type
    alone; `member` (n,) is the number of each run's type, `replications` (n,) the run's own.
    """

    part: ClassVar[str] = "typology"
    section: ClassVar[str] = "paper"

    subject: Subject
    types: tuple[CourseType, ...]
    step: int
    n: int
    compared: int
    silhouette: float
    member: NDArray[np.int64]
    replications: NDArray[np.int64]

    def __repr__(self) -> str:
        sizes = ", ".join(f"{one.name} {one.share.value:.0%}" for one in self.types)
        return f"<Typology of {self.subject.scenario}: {sizes} of {self.n} replications>"

    @property
    def has_types(self) -> bool:
        """Whether runs fall into types at all."""
        return len(self.types) > 1

    def table(self) -> DataFrame:
        """A row for each type."""
        from pandas import DataFrame

        rows = [
            (
                *(one.name, one.runs, one.share.value, one.share.low, one.share.high),
                *(one.example, one.usual, one.highest, one.outcome, one.outcome_share),
            )
            for one in self.types
        ]
        return DataFrame(rows, columns=[column.name for column in COLUMNS])

    def columns(self) -> Sequence[Column]:
        """The columns of the rows."""
        return COLUMNS

    def members(self) -> DataFrame:
        """A row for each run: its number and its type."""
        from pandas import DataFrame

        names = np.array([one.name for one in self.types], dtype=object)
        return DataFrame({"replication": self.replications, "type": names[self.member]})

    def as_json(self) -> Json:
        """Everything as plain values."""
        return {
            **self.subject.as_json(),
            "step": self.step,
            "runs": self.n,
            "compared": self.compared,
            "silhouette": self.silhouette,
            "found": self.has_types,
            "types": self.table().to_dict("records"),
        }

    def sentences(self, words: Words) -> list[str]:
        """Each type in a sentence."""
        return [type_sentence(one, words) for one in self.types] if self.has_types else []

    @property
    def open_command(self) -> str:
        """The command that shows the first example, in the results folder."""
        of, example = self.subject, self.types[0].example
        return command_line("replay", [RESOLVED], {"seed": of.seed, "replication": example})

    def see(self, words: Words) -> str:
        """How many types there are, and by which rule."""
        key = "see" if self.has_types else "none"
        return words.text(
            f"paper.typology.{key}",
            types=len(self.types),
            n=self.n,
            silhouette=words.number(self.silhouette, decimals=2),
            least=words.number(NO_TYPES, decimals=2),
        )


def type_sentence(one: CourseType, words: Words) -> str:
    """A type in a sentence: its share, its rungs, how it ends, and its example."""
    low, high = one.share.bounds
    return words.text(
        "paper.typology.type",
        name=one.name,
        share=words.percent(one.share.value),
        low=words.percent(low),
        high=words.percent(high),
        usual=words.text(f"vocabulary.rungs.{one.usual}"),
        highest=words.text(f"vocabulary.rungs.{one.highest}"),
        outcome=words.term("vocabulary.outcomes", one.outcome),
        ending=words.percent(one.outcome_share),
        example=str(one.example),
    )


def typology(ensemble: Ensemble) -> Typology | None:
    """The typology of an ensemble, of its first 10,000 replications at the most.

    None with fewer than 50 that did not fail.
    """
    from sim.stats.table import column, texts
    from sim.studies.daily import Daily

    daily = Daily(ensemble)
    runs = ensemble.columns()
    assert len(column(runs, "status")) == len(runs)
    ends = texts(runs, "outcome")[daily.replications]
    rung = daily.series("rung").astype(np.int64)
    return typology_of(Subject.of(ensemble), rung, ends, daily.replications)


def typology_of(
    subject: Subject,
    rung: NDArray[np.int64],
    outcomes: NDArray[np.object_],
    replications: NDArray[np.int64],
) -> Typology | None:
    """The same from (n, days) rungs, (n,) outcomes and the numbers of the replications."""
    n, days = rung.shape
    if n < FEWEST:
        return None
    step = 1 if days < _SHORT else WEEK
    courses = highest_by(rung, step)
    found = types(courses[:COMPARED])
    member = nearest(courses, courses[found.medoids])
    order = np.argsort(-np.bincount(member, minlength=len(found.medoids)), kind="stable")
    place = np.argsort(order)
    member = place[member]
    made = [
        _course_type(k, rung, outcomes, member == k, int(found.medoids[old]), replications)
        for k, old in enumerate(order)
    ]
    return Typology(
        subject,
        tuple(made),
        step,
        n,
        min(n, COMPARED),
        found.silhouette,
        member,
        replications,
    )


def highest_by(rung: NDArray[np.int64], step: int) -> NDArray[np.int64]:
    """(n, parts) the highest rung of each `step` days of (n, days); the last part may be short."""
    starts = np.arange(0, rung.shape[1], step)
    found: NDArray[np.int64] = np.maximum.reduceat(rung, starts, axis=1)
    return found


def _course_type(
    number: int,
    rung: NDArray[np.int64],
    outcomes: NDArray[np.object_],
    mine: NDArray[np.bool_],
    example: int,
    replications: NDArray[np.int64],
) -> CourseType:
    rungs, count = rung[mine], int(mine.sum())
    names, counts = np.unique(outcomes[mine].astype(str), return_counts=True)
    most = int(np.argmax(counts))
    return CourseType(
        chr(ord("A") + number),
        share(count, len(mine)),
        count,
        int(replications[example]),
        rung[example],
        np.stack([(rungs == level).mean(axis=0) for level in range(N_RUNGS)]),
        int(np.median(np.median(rungs, axis=1))),
        int(np.median(rungs.max(axis=1))),
        str(names[most]),
        float(counts[most] / count),
    )
