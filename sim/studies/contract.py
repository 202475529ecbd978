"""What every study shares: a question, the design that answers it, and the answer.

A study is one module with two frozen records. Its `Question` says what is asked; `design()` gives
what must be run for it, and `answer()` what the results of that say. Its `Answer` holds what was
found as attributes, which pages, figures and commands read; `table()`, `columns()`, `dictionary()`
and `as_json()` make rows and plain values at the edge, for files and for other programs.

To add a study, write that module and a page (`sim/report/pages/`); `sim.studies.files` writes the
files of any answer.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from sim.stats.estimate import Json
from sim.studies.dictionary import Column, Entry, entries

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.ensemble import Ensemble
    from sim.scenario.designs import NamedDesign
    from sim.words import Words

DesignT = TypeVar("DesignT", covariant=True)
ResultT = TypeVar("ResultT", contravariant=True)
AnswerT = TypeVar("AnswerT", bound="Answer", covariant=True)


class Answer(ABC):
    """What a study found; `part` is the name of its table among the words of `section`."""

    part: ClassVar[str]
    section: ClassVar[str] = "studies"

    @abstractmethod
    def table(self) -> DataFrame:
        """What was found as rows."""

    @abstractmethod
    def columns(self) -> Sequence[Column]:
        """Name and unit of the columns of `table()`, in their order."""

    def dictionary(self, words: Words | None = None) -> list[Entry]:
        """Name, unit and meaning of these columns; in English by default."""
        return entries(self.part, self.columns(), words, self.section)

    @abstractmethod
    def as_json(self) -> Json:
        """Everything as plain values, None for what is not known."""


class Question(Protocol[DesignT, ResultT, AnswerT]):
    """What a study asks.

    `DesignT` is what has to be run: points of inputs (sweep, sensitivity, uncertainty, discovery),
    scenarios by name (compare), a past with two sets of futures (fork), a plan of checks (audit).
    `ResultT` is what running it gives.
    """

    def design(self) -> DesignT:
        """What has to be run."""
        ...

    def answer(self, result: ResultT, /) -> AnswerT:
        """What the results say."""
        ...


@dataclass(frozen=True)
class DesignLabel:
    """Which design a study ran: its name, what to call it, and what it asks."""

    name: str
    label: str
    question: str

    @classmethod
    def of(cls, design: NamedDesign | None) -> DesignLabel | None:
        """The design as pages and files name it; None for none."""
        if design is None:
            return None
        return cls(design.name, design.label, design.asked.question or "")


@dataclass(frozen=True, slots=True)
class Subject:
    """What an answer is about: id and digest of the scenario, the root seed, the named design."""

    scenario: str
    digest: str
    seed: int
    design: str | None = None

    @classmethod
    def of(cls, result: Ensemble, design: str | None = None) -> Subject:
        """The subject of replications; `design` is the name of a design of the file."""
        return cls(result.scenario.id, result.scenario.digest, int(result.seed), design)

    def as_json(self) -> Json:
        """`scenario`, `digest` and `seed`, and `design` if there is one."""
        named = {} if self.design is None else {"design": self.design}
        return {"scenario": self.scenario, "digest": self.digest, "seed": self.seed, **named}
