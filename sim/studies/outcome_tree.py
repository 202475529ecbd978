"""Which early turns lead to which ends: a small tree of questions, chosen by the data.

Questions are of what a reader knows: whether a rung of the ladder was reached by a day of the first
half of the run, and whether something that is timed had come by then (the first ceasefire, and
measures of the file's own that are times). How they are chosen says `sim.stats.tree`: replications
with even numbers choose, those with odd numbers give the shares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.stats.estimate import Estimate, Json
from sim.stats.shares import share
from sim.stats.tree import FEWEST, Node, Path, grow
from sim.studies.contract import Answer, Subject
from sim.studies.dictionary import Column
from sim.vocabulary.ladder import Rung
from sim.words.measures import measure_name

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.ensemble import Ensemble
    from sim.scenario import Scenario
    from sim.vocabulary.measures import Measure
    from sim.words import Words

#: Days that questions ask about, those in the first half of the run.
BY_DAYS = (7, 14, 30, 60, 90, 180, 365)
#: The only built-in time that is asked for; the others say again when a rung was reached.
TRUCE = "first_ceasefire_day"
COLUMNS = (
    Column("leaf", "number"),
    Column("path", "word"),
    Column("runs", "count"),
    Column("share_of_runs", "share"),
    Column("outcome", "word"),
    Column("share", "share"),
    Column("low", "share"),
    Column("high", "share"),
)


class Question(NamedTuple):
    """Whether a rung was reached, or a measure that is a time had come, by a day."""

    by: int
    rung: int = 0
    measure: Measure | None = None

    def text(self, words: Words, answer: bool | None = None) -> str:
        """The question, or its answer as a condition."""
        key = "ask" if answer is None else "yes" if answer else "no"
        if self.measure is None:
            name = words.text(f"vocabulary.rungs.{self.rung}")
            return words.text(f"paper.tree.rung_{key}", rung=self.rung, name=name, day=self.by)
        if self.measure.name == TRUCE:
            return words.text(f"paper.tree.truce_{key}", day=self.by)
        name = measure_name(self.measure, words)
        return words.text(f"paper.tree.own_{key}", name=name, day=self.by)


@dataclass(frozen=True)
class OutcomeTree(Answer):
    """The tree.

    `questions` by the numbers that its places use, `classes` the outcomes in the order of the
    counts of a place, `root` the first place, `n` the runs of the honest half.
    """

    part: ClassVar[str] = "tree"
    section: ClassVar[str] = "paper"

    subject: Subject
    root: Node
    questions: tuple[Question, ...]
    classes: tuple[str, ...]

    def __repr__(self) -> str:
        leaves = sum(1 for _ in self.leaves())
        return f"<OutcomeTree of {self.subject.scenario}: {leaves} ends, {self.n} replications>"

    @property
    def n(self) -> int:
        """Replications of the half that gives the shares."""
        return self.root.n

    @property
    def has_turns(self) -> bool:
        """Whether any early turn tells ends apart beyond chance."""
        return self.root.question is not None

    def leaves(self) -> Iterator[tuple[Path, Node]]:
        """The leaves with the answers that lead there."""
        return ((path, node) for path, node in self.root.walk() if node.question is None)

    def shares(self, node: Node) -> dict[str, Estimate]:
        """Share of each outcome in a place, with its interval."""
        pairs = zip(self.classes, node.counts, strict=True)
        return {name: share(int(count), node.n) for name, count in pairs}

    def table(self) -> DataFrame:
        """A row for each leaf and outcome."""
        from pandas import DataFrame

        from sim.words import words

        rows = [
            (
                *(number, self.path_text(path, words()), node.n, node.n / max(self.n, 1)),
                *(name, one.value, one.low, one.high),
            )
            for number, (path, node) in enumerate(self.leaves(), start=1)
            for name, one in self.shares(node).items()
        ]
        return DataFrame(rows, columns=[column.name for column in COLUMNS])

    def columns(self) -> Sequence[Column]:
        """The columns of the rows."""
        return COLUMNS

    def as_json(self) -> Json:
        """Everything as plain values."""
        return {
            **self.subject.as_json(),
            "runs": self.n,
            "grown_on": self.root.grown,
            "found": self.has_turns,
            "leaves": self.table().to_dict("records"),
        }

    def path_text(self, path: Path, words: Words) -> str:
        """The answers that lead to a place; all runs at the root."""
        if not path:
            return words.text("paper.tree.all")
        return words.join(self.questions[k].text(words, yes) for k, yes in path)

    def sentences(self, words: Words) -> list[str]:
        """Each leaf in a sentence: what came early, how often, and how it mostly ends."""
        found = []
        for path, node in self.leaves() if self.has_turns else ():
            shares = self.shares(node)
            most = max(shares, key=lambda name: shares[name].value or 0.0)
            low, high = shares[most].bounds
            found.append(
                words.text(
                    "paper.tree.leaf",
                    path=begin(self.path_text(path, words)),
                    runs=words.percent(node.n / self.n),
                    n=node.n,
                    outcome=words.term("vocabulary.outcomes", most),
                    share=words.percent(shares[most].value),
                    low=words.percent(low),
                    high=words.percent(high),
                )
            )
        return found

    def see(self, words: Words) -> str:
        """Which turn tells most, or that none does."""
        if self.root.question is None:
            return words.text("paper.tree.none", n=self.n + self.root.grown)
        first = self.questions[self.root.question].text(words)
        return words.text("paper.tree.see", question=first, n=self.n)


def begin(text: str) -> str:
    """A text with a capital at its beginning."""
    return text[:1].upper() + text[1:]


def outcome_tree(ensemble: Ensemble) -> OutcomeTree | None:
    """The outcome tree of an ensemble, of its first 10,000 replications at the most.

    None with fewer than 120 that did not fail.
    """
    from sim.stats.table import column, texts
    from sim.studies.daily import Daily

    daily, runs = Daily(ensemble), ensemble.columns()
    scenario = ensemble.scenario
    times = {
        one.name: column(runs, one.name)[daily.replications] for one in times_of(scenario.measures)
    }
    return outcome_tree_of(
        scenario,
        Subject.of(ensemble),
        daily.series("rung").astype(np.int64),
        texts(runs, "outcome")[daily.replications],
        times,
        daily.replications,
    )


def times_of(measures: Sequence[Measure]) -> list[Measure]:
    """The measures that questions are asked of: the first truce, and own ones that are times."""
    return [
        one
        for one in measures
        if one.time and not one.duration and (one.name == TRUCE or one.own is not None)
    ]


def outcome_tree_of(
    scenario: Scenario,
    subject: Subject,
    rung: NDArray[np.int64],
    outcomes: NDArray[np.object_],
    times: Mapping[str, NDArray[np.float64]],
    replications: NDArray[np.int64],
) -> OutcomeTree | None:
    """The same from arrays: (n, days) rungs, (n,) outcomes, times by measure and numbers."""
    if len(rung) < 4 * FEWEST:
        return None
    days = rung.shape[1]
    by_days = [day for day in BY_DAYS if day <= days / 2] or [max(1, days // 2)]
    highest = np.maximum.accumulate(rung, axis=1)
    questions, answers = [], []
    for day in by_days:
        for level in list(Rung)[1:]:
            questions.append(Question(day, int(level)))
            answers.append(highest[:, day - 1] >= int(level))
        for one in times_of(scenario.measures):
            if one.name in times:
                questions.append(Question(day, measure=one))
                answers.append(times[one.name] <= day)
    have = set(map(str, outcomes))
    classes = [*scenario.outcomes, *sorted(have - set(scenario.outcomes))]
    code = {name: k for k, name in enumerate(classes)}
    ends = np.array([code[str(name)] for name in outcomes], dtype=np.int64)
    root = grow(np.stack(answers, axis=1), ends, len(classes), replications % 2 == 0)
    return OutcomeTree(subject, root, tuple(questions), tuple(classes))
