"""The plainest study: how does a scenario end? One ensemble, summarised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sim.stats.estimate import Json
from sim.stats.summary import Summary
from sim.studies.contract import Answer, Subject
from sim.studies.dictionary import Column

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.ensemble import Ensemble

COLUMNS = (
    Column("part", "word"),
    Column("name", "word"),
    Column("statistic", "word"),
    Column("value", "see unit"),
    Column("unit", "word"),
)


@dataclass(frozen=True)
class Overview(Answer):
    """The summary of an ensemble, with the SHA-256 of its measures (`sim.ensemble.bits`)."""

    part: ClassVar[str] = "overview"

    subject: Subject
    summary: Summary
    bits: str

    @classmethod
    def of(cls, ensemble: Ensemble) -> Overview:
        """Summarise a finished ensemble."""
        return cls(Subject.of(ensemble), ensemble.summary(), ensemble.bits)

    def as_json(self) -> Json:
        """`scenario`, `digest`, `seed`, `bits`, then the summary."""
        return {**self._head(), **self.summary.as_json()}

    def _head(self) -> Json:
        """Which ensemble it is."""
        return {**self.subject.as_json(), "bits": self.bits}

    def columns(self) -> Sequence[Column]:
        """The columns of the rows."""
        return COLUMNS

    def table(self) -> DataFrame:
        """A row a number."""
        from pandas import DataFrame

        names = [column.name for column in COLUMNS]
        return DataFrame(list(self._rows()), columns=names, dtype=object)

    def _rows(self) -> Iterator[tuple[str, str, str | int, Any, str]]:
        found = self.summary
        head = {**self._head(), "runs": found.runs, "failed": found.failed}
        for key, value in head.items():
            yield "run", key, "", value, ""
        for name, share in found.outcomes.items():
            for key, value in (
                ("probability", share.value),
                ("low", share.low),
                ("high", share.high),
            ):
                yield "outcome", name, key, value, "probability"
        for name, measure in found.measures.items():
            for key, value in measure.as_json().items():
                if key != "unit":
                    yield "measure", name, key, value, measure.unit
        for name, by in found.by_day.items():
            for day, value in by.items():
                yield "by_day", name, int(day), value, "probability"
