"""The sentence that says what to see in each part of the report of an ensemble."""

from __future__ import annotations

import numpy as np

from sim.report.ensemble_data import EVENTS, EnsembleData
from sim.report.pages.scenario_inputs import Inputs
from sim.stats.table import column
from sim.vocabulary.ladder import Rung
from sim.words import Words
from sim.words.names import place_name

SERIOUS = int(Rung.LIMITED_STRIKES)  # from this rung on the states use their air forces or armies
_OF_100 = 200  # replications from which shares are given as a count out of a hundred
_SPREAD = 10  # replications from which a range of nine in ten means something
_AGES = (30, 7, 1)  # days for which first ceasefires are followed, the first that was observed
_BUSIEST = 3  # places that are named


def of_runs(count: int, n: int, words: Words) -> str:
    """A share of replications as people say it: 46 of 100 replications."""
    if count == 0:
        return words.text("report.shares.none", n=n)
    if count == n:
        return words.text("report.shares.all", n=n)
    share = round(100 * count / n)
    if n >= _OF_100 and 0 < share < 100:
        return words.text("report.shares.some", count=share, n=100)
    return words.text("report.shares.some", count=count, n=n)


class Sentences:
    """The sentences of a report, in a language; empty where there is nothing to say."""

    def __init__(self, data: EnsembleData, words: Words) -> None:
        self._data, self._words = data, words

    def _text(self, key: str, **values: object) -> str:
        return self._words.text(f"report.ensemble.{key}", **values)

    def _of_runs(self, count: int) -> str:
        return of_runs(count, self._data.n, self._words)

    def _outcome(self, name: str) -> str:
        return self._words.term("vocabulary.outcomes", name)

    def outcomes(self) -> str:
        """What most often came out, and what was in force on the last day."""
        data = self._data
        if not data.n:
            return self._text("outcomes.all_failed")
        shares = {name: row.value or 0.0 for name, row in data.summary.outcomes.items()}
        best = max(shares, key=lambda name: shares[name])
        return self._text(
            "outcomes.see",
            outcome=self._outcome(best),
            runs=self._of_runs(round(shares[best] * data.n)),
            holding=self._of_runs(data.count("ceasefire_at_end")),
            day=data.horizon,
        )

    def convergence(self) -> str:
        """How wide the widest interval is, and what would halve it."""
        data = self._data
        if not data.n:
            return ""
        rows = data.summary.outcomes
        widest = max(rows, key=lambda name: rows[name].halfwidth)
        return self._text(
            "convergence.see",
            runs=self._words.count(data.n, "replication"),
            outcome=self._outcome(widest),
            width=self._words.percent(rows[widest].halfwidth),
            more=4 * data.n,
        )

    def rungs(self) -> str:
        """How often the upper half of the ladder was reached, at the end and at the most."""
        data = self._data
        if not data.n:
            return ""
        share = data.rungs[SERIOUS:].sum(axis=0)
        top = int(np.argmax(share))
        last, most = round(share[-1] * data.n), round(share[top] * data.n)
        name = self._words.text(f"vocabulary.rungs.{SERIOUS}")
        if most == 0:
            return self._text("rungs.never", rung=SERIOUS, name=name)
        return self._text(
            "rungs.see",
            day=data.horizon,
            last=self._of_runs(last),
            rung=SERIOUS,
            name=name,
            top=top + 1,
            most=self._of_runs(most),
        )

    def times(self) -> str:
        """How often each event came, and by when in half of the replications."""
        data = self._data
        if not data.n:
            return ""
        parts = []
        for measure, name in EVENTS.items():
            curve, half = data.curves[measure], data.curves[measure].quantile(0.5)
            event, runs = self._text(f"times.{name}"), self._of_runs(curve.events)
            parts.append(
                self._text("times.event", event=event, runs=runs)
                if half is None
                else self._text("times.event_half", event=event, runs=runs, day=half)
            )
        return self._text(
            "times.see",
            days=self._words.count(data.horizon, "day"),
            events=self._words.join(parts),
        )

    def ceasefires(self) -> str:
        """How many first ceasefires held for how long."""
        curve = self._data.curves["first_ceasefire_length"]
        if not curve.n:
            return self._text("ceasefires.none")
        age = next((age for age in _AGES if curve.by(age) is not None), 0)
        return self._text(
            "ceasefires.see",
            runs=self._of_runs(curve.n),
            share=self._words.percent(1 - (curve.by(age) or 0.0)),
            days=self._words.count(age, "day"),
        )

    def deaths(self) -> str:
        """The median and the spread of the dead."""
        data = self._data
        if not data.n:
            return ""
        low, _, median, _, high = data.deaths.quantiles[:, -1]
        days = self._words.count(data.horizon, "day")
        parts = [self._text("deaths.median", days=days, dead=round(median))]
        if data.n >= _SPREAD:
            parts.append(self._text("deaths.spread", low=low, high=high))
        states = round(data.interstate.quantiles[2, -1])
        return " ".join([*parts, self._text("deaths.interstate", dead=states)])

    def places(self) -> str:
        """The busiest places."""
        data, sectors = self._data, self._data.scenario.file.sectors
        if not sectors:
            return self._text("places.none")
        if not data.n:
            return ""
        means = {name: float(np.mean(column(data.whole, f"events_{name}"))) for name in sectors}
        busiest = sorted(means, key=lambda name: -means[name])[:_BUSIEST]
        return self._text(
            "places.see",
            places=self._words.join(
                self._text("places.place", place=place_name(sectors[k].title, k), n=means[k])
                for k in busiest
            ),
        )

    def typical(self) -> str:
        """Which replication is shown as typical, and of what."""
        return self._story("typical", self._data.typical)

    def extreme(self) -> str:
        """Which replication is shown as extreme, and why."""
        return self._story("extreme", self._data.extreme)

    def _story(self, name: str, replication: int | None) -> str:
        row = self._data.fine[self._data.fine["replication"] == replication].iloc[0]
        return self._text(
            f"{name}.see",
            replication=str(replication),
            outcome=self._outcome(str(row["outcome"])),
            dead=int(row["interstate_deaths"]),
        )

    def sources(self, inputs: Inputs) -> str:
        """How well the numbers of the scenario are founded."""
        bad, weak, good = len(inputs.unsourced), len(inputs.assumed), len(inputs.sourced)
        return self._text(
            "numbers.see",
            given=self._words.count(bad + weak + good, "number"),
            unsourced=bad or self._text("numbers.none"),
            assumed=weak or self._text("numbers.none"),
            sourced=good or self._text("numbers.none"),
            defaults=len(inputs.defaults),
        )
