"""Before and after an event in the runs of an ensemble, beside matched control days.

How days are chosen and matched, and how errors are found, says `sim.stats.event_study`: controls
are the same day of other replications, at the same rung on the day before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from sim.ensemble.reopen import reopen
from sim.ensemble.result import Ensemble
from sim.errors import ModelError
from sim.files import Place
from sim.plain import whole
from sim.stats.estimate import Json
from sim.stats.event_study import FEWEST_RUNS, Curves, curves, sample
from sim.studies.contract import Answer, Subject
from sim.studies.daily import Daily, EventName, event_title, series_title
from sim.studies.dictionary import Column
from sim.studies.outcome_tree import begin

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.scenario import Scenario
    from sim.words import Words

WINDOW = 14
MOST_WINDOW = 365
SERIES = ("deaths",)
COLUMNS = (
    Column("series", "word"),
    Column("unit", "word"),
    Column("day", "days"),
    *(
        Column(f"{name}{end}", "value")
        for name in ("events", "controls", "difference")
        for end in ("", "_low", "_high")
    ),
    Column("difference_low_all", "value"),
    Column("difference_high_all", "value"),
)


@dataclass(frozen=True)
class EventStudy(Answer):
    """Series around an event.

    Attributes
    ----------
    subject : scenario, digest and seed
    event : its name
    window : days before and after
    ahead : whether controls have no such event in the days after, too
    replications : that were looked at
    edge, repeated : event days left out, as their window does not lie within the run, or as there
        was such an event in the days before
    curves, units : of each series by its name
    scenario : whose names the figures say
    """

    part: ClassVar[str] = "event_study"
    section: ClassVar[str] = "paper"

    subject: Subject
    event: str
    window: int
    ahead: bool
    replications: int
    edge: int
    repeated: int
    curves: dict[str, Curves]
    units: dict[str, str]
    scenario: Scenario

    def __repr__(self) -> str:
        what = f"{self.event}, {', '.join(self.curves)}"
        return f"<EventStudy of {self.subject.scenario}: {what}, {self.window} days around>"

    def table(self) -> DataFrame:
        """A row for each series and day from the event."""
        from pandas import DataFrame

        rows = []
        for name, one in self.curves.items():
            for k, day in enumerate(range(-self.window, self.window + 1)):
                row: list[object] = [name, self.units[name], day]
                for band in (one.events, one.controls, one.gap):
                    row += [float(band.value[k]), float(band.low[k]), float(band.high[k])]
                row += [float(one.gap.low_all[k]), float(one.gap.high_all[k])]
                rows.append(row)
        return DataFrame(rows, columns=[column.name for column in COLUMNS])

    def columns(self) -> Sequence[Column]:
        """The columns of the rows."""
        return COLUMNS

    def as_json(self) -> Json:
        """Everything as plain values."""
        return {
            **self.subject.as_json(),
            "event": self.event,
            "window": self.window,
            "ahead": self.ahead,
            "replications": self.replications,
            "left_out": {"edge": self.edge, "repeated": self.repeated},
            "series": {
                name: {
                    "unit": self.units[name],
                    "days": one.days,
                    "runs": one.runs,
                    "unmatched": one.unmatched,
                    "after": _bounds(one, "after"),
                    "before": _bounds(one, "before"),
                    "factor": one.gap.factor,
                }
                for name, one in self.curves.items()
            },
            "rows": self.table().to_dict("records"),
        }

    def sentences(self, words: Words) -> list[str]:
        """What was found and how, in words."""
        return list(self._sentences(words))

    def _sentences(self, words: Words) -> Iterator[str]:
        event = event_title(self.event, self.scenario, words)
        for name, one in self.curves.items():
            series = begin(series_title(name, self.scenario, words))
            key = "added" if self.units[name] in ("deaths", "count") else "mean"
            scale = 1.0 if key == "added" else 1.0 / (self.window + 1)
            ends = (scale * float(x[0]) for x in (one.after.value, one.after.low, one.after.high))
            value, low, high = (with_sign(end, words) for end in ends)
            about = {"event": event, "series": series, "w": self.window, "value": value}
            yield words.text(f"paper.event_study.{key}", **about, low=low, high=high)
            apart = bool(one.gap.apart[: self.window].any())
            key = "selection" if apart else "no_selection"
            before = with_sign(float(one.before.value[0]), words)
            yield words.text(f"paper.event_study.{key}", value=before, w=self.window)
        yield self.how(words)

    def how(self, words: Words) -> str:
        """How many days were compared, how controls were chosen, and what was left out."""
        one = next(iter(self.curves.values()))
        return words.text(
            f"paper.event_study.{'how_ahead' if self.ahead else 'how'}",
            days=one.days,
            runs=one.runs,
            n=self.replications,
            w=self.window,
            edge=self.edge,
            repeated=self.repeated,
            unmatched=one.unmatched,
        )


def with_sign(value: float, words: Words) -> str:
    """A difference with its sign, with about three figures."""
    size = abs(value)
    return words.with_sign(value, decimals=0 if size >= 100 else 1 if size >= 10 else 2)


def _bounds(one: Curves, name: str) -> Json:
    band = getattr(one, name)
    keys = ("value", "low", "high")
    return {key: float(getattr(band, key)[0]) for key in keys}


def event_study(
    results: Ensemble | Place,
    event: str,
    series: str | Sequence[str] = SERIES,
    *,
    window: int = WINDOW,
    ahead: bool = False,
) -> EventStudy:
    """Mean of daily series before and after an event, and on matched control days.

    Parameters
    ----------
    results : an ensemble with the table of events (`run --events`, or `sim.write_record`), or its
        folder; of very many replications the first 10,000 count
    event : an action (`raid`), a kind of event (`attack`), `strike` for every air strike, or an
        action, event or flow of the file's own; `raid.westmark` is one actor's, `attack.market` one
        of a kind
    series : one or more of deaths, interstate, rung; a column of the tables of states and dyads
        (`run --daily`), of all or of one (`outrage`, `outrage.westmark.eastmark`); or an event,
        counted by day
    window : days before and after, from 1
    ahead : ask control days for no such event in the days after, too; that chooses them by their
        future

    Returns
    -------
    EventStudy

    Raises
    ------
    ModelError : if there is no such event or series, the window does not fit into the run, or too
        few replications have such an event
    StoreError : if there are no such results, or a table is not there
    """
    ensemble = results if isinstance(results, Ensemble) else reopen(results)
    names = [series] if isinstance(series, str) else list(dict.fromkeys(series))
    if not names:
        raise ModelError("series: must be one or more, got none (for example deaths)")
    horizon = int(ensemble.scenario.horizon)
    most = min(MOST_WINDOW, (horizon - 1) // 2)
    wide = whole("window", window, 1, max(most, 1))
    daily, kind = Daily(ensemble), EventName.parse(event, ensemble.scenario)
    values = {name: daily.series(name) for name in names}
    days = sample(daily.counts(kind) > 0, wide, ahead=ahead)
    rung = daily.series("rung").astype(np.int64)
    before = np.pad(rung, ((0, 0), (1, 0)))[:, :-1]  # the rung of the day before
    found = {}
    for name, one in values.items():
        got = curves(days, one, before)
        if got is None or got.runs < FEWEST_RUNS:
            raise _too_few(event, wide, got, int(days.events.any(axis=1).sum()), len(rung))
        found[name] = got
    return EventStudy(
        Subject.of(ensemble),
        str(kind),
        wide,
        ahead,
        len(daily.replications),
        days.edge,
        days.repeated,
        found,
        {name: daily.unit(name) for name in names},
        ensemble.scenario,
    )


def _too_few(event: str, window: int, got: Curves | None, runs: int, total: int) -> ModelError:
    return ModelError(
        f"event {event}: must come in at least {FEWEST_RUNS} replications with {window} days "
        f"before and after, none such in the days before, and control days, got "
        f"{0 if got is None else got.runs} (without asking for control days {runs} of {total}; run "
        "more replications, or give a smaller window)"
    )
