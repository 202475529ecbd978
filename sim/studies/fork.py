"""A fork: one past, and its futures with and without a change, with the same random draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from sim.design.draws import Draws
from sim.ensemble.outcomes import classify
from sim.ensemble.progress import Progress
from sim.files import make_folder
from sim.plain import MOST_NUMBER, replication_number, run_count, seed_number, whole
from sim.replication.fork import Fork, Futures
from sim.scenario import Scenario
from sim.stats.estimate import Estimate, Json, finite
from sim.stats.shares import outcome_shares, shares_as_json
from sim.studies.compare.comparison import Comparison
from sim.studies.compare.run import CompareAnswer
from sim.studies.compare.sides import Side
from sim.studies.contract import Answer
from sim.studies.dictionary import ROWS, Column, Entry, dictionary, entries
from sim.studies.files import csv_text, json_text, write_texts
from sim.words import PLAIN, Words
from sim.words import words as words_of

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.words import Words

UNFORKED, FORKED = "unforked", "forked"


@dataclass(frozen=True)
class Branch:
    """A set of futures: values changed from the fork's day on, and choices forced."""

    changes: Mapping[str, object] = field(default_factory=dict)
    choices: Mapping[str, str] | Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.changes or self.choices)


@dataclass(frozen=True)
class ForkQuestion:
    """What a change on the morning of a day would have brought.

    The past is that of `replication` up to the end of the day before `day`; `runs` futures follow,
    one with common random numbers. Parameters and errors are those of `sim.replication.fork.Fork`
    and its `futures`.
    """

    scenario: Scenario
    seed: int
    replication: int
    day: int
    branch: Branch = Branch()
    runs: int = 500
    draws: Draws = Draws.INDEPENDENT

    def __post_init__(self) -> None:
        plain_numbers = {
            "seed": seed_number(self.seed),
            "replication": replication_number(self.replication),
            "day": whole("day", self.day, -MOST_NUMBER, MOST_NUMBER),
            "runs": run_count(self.runs),
        }
        for name, value in plain_numbers.items():
            object.__setattr__(self, name, value)

    def design(self) -> tuple[Branch, ...]:
        """The futures that are run: the forked ones, if anything is changed, and the unforked."""
        return (self.branch, Branch()) if self.branch else (Branch(),)

    def answer(self, result: tuple[Fork, Sequence[Futures]], /) -> ForkAnswer:
        """The past and its futures, in the order of the design."""
        past, futures = result
        return ForkAnswer(past, futures[-1], futures[0] if len(futures) > 1 else None)


def fork(
    question: ForkQuestion, *, jobs: int | None = None, progress: Progress | None = None
) -> ForkAnswer:
    """Replay the past and run its futures; `jobs` and `progress` as for `sim.run`."""
    past = Fork(question.scenario, question.seed, question.replication)
    futures = [
        past.futures(
            question.day,
            runs=1 if question.draws is Draws.COMMON else question.runs,
            draws=question.draws,
            changed=branch.changes or None,
            forced=branch.choices or None,
            jobs=jobs,
            progress=progress,
        )
        for branch in question.design()
    ]
    return question.answer((past, futures))


@dataclass(frozen=True, slots=True)
class Original:
    """How the replication itself ended: outcome and measures, None for what never came."""

    outcome: str
    measures: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class ChoiceUse:
    """A forced choice in words, and in how many futures its actor came to it.

    `first` and `middle` are the first and the median day of that; None where none came to it.
    """

    words: str
    times: int
    first: int | None
    middle: float | None

    def as_json(self) -> Json:
        """The fields."""
        return {
            "words": self.words,
            "times": self.times,
            "first": self.first,
            "middle": self.middle,
        }


@dataclass(frozen=True)
class ForkAnswer(Answer):
    """A past, its futures as they would be (`plain`), and those of the fork (`changed`).

    `changed` is None if nothing was.
    """

    part: ClassVar[str] = "fork"

    past: Fork
    plain: Futures
    changed: Futures | None

    @property
    def scenario(self) -> Scenario:
        """The scenario of the past."""
        return self.past.scenario

    @property
    def day(self) -> int:
        """First day of the futures."""
        return self.plain.day

    @property
    def draws(self) -> Draws:
        """Which random draws the futures have."""
        return self.plain.draws

    @property
    def futures(self) -> Futures:
        """The futures that were asked for."""
        return self.plain if self.changed is None else self.changed

    @cached_property
    def comparison(self) -> Comparison | None:
        """Forked beside unforked futures; forced choices are part of what differs."""
        return self._compare(UNFORKED, FORKED, words_of())

    def comparison_in(self, words: Words) -> Comparison | None:
        """The same to be read: the two sides are called as a language calls them."""
        if words.language == PLAIN:
            return self.comparison
        unforked, forked = (
            words.text(f"studies.fork.{key}") for key in ("plain_set", "changed_set")
        )
        return self._compare(unforked, forked, words)

    def _compare(self, unforked: str, forked: str, words: Words) -> Comparison | None:
        if self.changed is None:
            return None
        own, choices = words.text("studies.fork.own_choice"), self._forced_choices(words)
        return Comparison(
            [
                Side(unforked, self.scenario, self.plain.runs, self.plain.seed),
                Side(forked, self.changed.scenario, self.changed.runs, self.changed.seed),
            ],
            imposed={
                words.text("studies.fork.choice_of", actor=actor): {unforked: own, forked: choice}
                for actor, choice in choices.items()
            },
        )

    def _forced_choices(self, words: Words) -> dict[str, str]:
        """The forced choices of each actor, in words where there are several."""
        choices: dict[str, str] = {}
        for one in self.futures.forced_choices:
            actor = one.words.partition("=")[0]
            before = choices.get(actor)
            choices[actor] = (
                words.text("studies.fork.after", first=before, next=one.choice)
                if before
                else one.choice
            )
        return choices

    @cached_property
    def original(self) -> Original:
        """The replication itself."""
        names = [measure.name for measure in self.past.template.measures]
        values = {
            name: np.array([value])
            for name, value in zip(names, self.past.original.measures, strict=True)
        }
        outcome = str(np.asarray(classify(values, 1, self.scenario.outcomes))[0])
        return Original(outcome, {name: finite(float(v[0])) for name, v in values.items()})

    @cached_property
    def choices(self) -> tuple[ChoiceUse, ...]:
        """What became of each forced choice."""
        return tuple(
            _use(one.words, self.futures.applied[:, k])
            for k, one in enumerate(self.futures.forced_choices)
        )

    def shares(self, futures: Futures) -> dict[str, Estimate]:
        """Share of each outcome with its interval."""
        fine = futures.runs[futures.runs["status"] == 0]
        return outcome_shares(fine, list(self.scenario.outcomes))

    def notes(self, words: Words) -> list[str]:
        """What a reader of the numbers should know first, in words."""
        found = []
        if self.comparison is not None and self.comparison.no_difference(FORKED):
            found.append(words.text("studies.fork.moves_nothing"))
        total = len(self.futures)
        return found + [
            words.text("studies.fork.never_came", choice=one.words, times=one.times, total=total)
            for one in self.choices
            if one.times < total
        ]

    def table(self) -> DataFrame:
        """A row a future."""
        return _rows(self.futures)

    def columns(self) -> Sequence[Column]:
        """The columns of the rows."""
        days = [Column(_day_of(one.words), "days", "forced") for one in self.futures.forced_choices]
        measures = [Column(one.name, one.unit) for one in self.scenario.measures]
        return [*ROWS, *days, *measures]

    def dictionary(self, words: Words | None = None) -> list[Entry]:
        """Name, unit and meaning of the columns; in English by default."""
        runs, first = dictionary(self.scenario, words), len(ROWS)
        days = self.columns()[first : first + len(self.futures.forced_choices)]
        return [*runs[:first], *entries(self.part, days, words), *runs[first:]]

    def as_json(self) -> Json:
        """`fork`, and the comparison, or without a change `runs` and `outcomes`."""
        fork = {
            "scenario": self.scenario.id,
            "digest": self.scenario.digest,
            "seed": self.plain.seed,
            "replication": self.plain.replication,
            "day": self.day,
            "draws": self.draws,
            "runs": len(self.futures),
            "set": {change.path: [change.before, change.after] for change in self.futures.changed},
            "forced": [one.as_json() for one in self.choices],
            "original": {
                "outcome": self.original.outcome,
                "measures": self.original.measures,
            },
        }
        if self.comparison is None:
            outcomes = shares_as_json(self.shares(self.plain))
            return {"fork": fork, "runs": len(self.plain), "outcomes": outcomes}
        return {"fork": fork, **CompareAnswer(self.comparison).as_json()}


def _use(words: str, days: np.ndarray) -> ChoiceUse:
    """A forced choice, from the day of each future on which it was made, 0 for never."""
    days = days[days > 0]
    if not days.size:
        return ChoiceUse(words, 0, None, None)
    return ChoiceUse(words, len(days), int(days.min()), float(np.median(days)))


def write_tables(answer: ForkAnswer, folder: Path) -> None:
    """Write `fork.json`, `futures.csv` and, of the unforked futures beside, `unforked.csv`."""
    make_folder(folder)
    texts = {
        "fork.json": json_text(answer.as_json()) + "\n",
        "futures.csv": csv_text(answer.table()),
    }
    if answer.changed is not None:
        texts["unforked.csv"] = csv_text(_rows(answer.plain))
    write_texts(folder, texts)


def _rows(futures: Futures) -> DataFrame:
    """A row a future, with the day of each forced choice after the outcome."""
    table = futures.runs.copy()
    for k, one in enumerate(futures.forced_choices):
        days = futures.applied[:, k]
        table.insert(len(ROWS) + k, _day_of(one.words), np.where(days > 0, days, np.nan))
    return table


def _day_of(words: str) -> str:
    return f"day of {words}"
