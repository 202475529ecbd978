"""What a comparison found, in sentences.

The sentences are in `sim/words`, section studies; here stands what is filled in.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sim.plain import MOST_RUNS
from sim.stats.difference import SURE
from sim.stats.restricted import FEWEST_ENDS
from sim.studies.compare.quantities import Contrast, Row
from sim.words import NONE, Words
from sim.words import words as words_of
from sim.words.measures import measure_name

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison

#: Measures that get a sentence of their own; the others are in the tables.
HEADLINES = (
    "interstate_deaths",
    "deaths",
    "days_at_rung_6",
    "attacks",
    "first_open_war_day",
    "first_limited_strike_day",
    "first_ceasefire_day",
    "first_ceasefire_length",
    "ceasefire_days",
    "closure_days",
)
_SMALLEST_P = 0.001
_POINTS = 100  # of a share in percentage points


def verdicts(of: Comparison, words: Words | None = None) -> list[str]:
    """A sentence a finding: how the runs are paired, what changed, outcomes, main measures."""
    findings = Findings(of, words or words_of())
    return [findings.pairing(), *(line for other in of.others for line in findings.about(other))]


def about(of: Comparison, other: str, words: Words | None = None) -> list[str]:
    """What was found of one scenario beside the baseline."""
    return Findings(of, words or words_of()).about(other)


@dataclass(frozen=True)
class Findings:
    """The findings of a comparison in the words of a language."""

    of: Comparison
    words: Words

    def about(self, other: str) -> list[str]:
        """What was found of one scenario beside the baseline."""
        of = self.of
        if of.identical(other):
            return [self._say("identical", other=other)]
        if of.paired and not of.pairs[other].empty and of.no_difference(other):
            return list(self._changes(other))
        return [*self._changes(other), *self._each(other), *self._family(other)]

    def pairing(self) -> str:
        """Whether the runs are pairs, and why not."""
        if self.of.unpaired_because is not None:
            return self._say("not_paired", why=self.of.unpaired_because(self.words))
        return self._say("paired", seed=str(self.of.seed), each=self.of.each_in(self.words))

    def _changes(self, other: str) -> Iterator[str]:
        of, pair = self.of, self.of.pairs[other]
        if pair.empty:
            yield self._say("nothing", other=other)
            return
        if pair.dropped:
            key = "failed_paired" if of.paired else "failed"
            yield self._say(key, other=other, n=pair.dropped)
        yield from self._unequal(other)
        if of.paired:
            yield self._outcome_changes(other)

    def _unequal(self, other: str) -> Iterator[str]:
        """Where the two sides differ in size or horizon."""
        of = self.of
        first, second = (len(of.sides[name].runs) for name in (of.baseline, other))
        if of.paired and first != second:
            replications = self.words.count(first, "replication")
            fewest = min(first, second)
            yield self._say(
                "sizes", other=other, replications=replications, size=second, fewest=fewest
            )
        horizons = {name: of.sides[name].scenario.horizon for name in (of.baseline, other)}
        if len(set(horizons.values())) > 1:
            days = self.words.join(
                self._say("horizon_of", days=self.words.count(days, "day"), name=name)
                for name, days in horizons.items()
            )
            yield self._say("horizons", days=days, day=min(horizons.values()))

    def _outcome_changes(self, other: str) -> str:
        """In how many pairs the outcome changed, and from what to what most often."""
        pair = self.of.pairs[other]
        replications = self.words.count(pair.counts[0], "replication")
        moves = [(one, new, count) for one, new, count in pair.flow() if one != new]
        if not moves:
            key = "no_effect" if self.of.no_difference(other) else "no_outcome_changed"
            return self._say(key, other=other, replications=replications)
        total = sum(count for *_, count in moves)
        one, new, most = moves[0]
        return self._say(
            "outcome_changed",
            other=other,
            changed=total,
            replications=replications,
            share=share(total / pair.counts[0], self.words),
            before=self._outcome_name(one),
            after=self._outcome_name(new),
            most=most,
        )

    def _each(self, other: str) -> list[str]:
        """Outcomes and main measures: first what is significant, then what is not."""
        of = self.of
        outcomes = [(of.outcomes[name], self._outcome, name) for name in of.outcomes]
        measures = [
            (of.measures[name], self._measure, name) for name in HEADLINES if name in of.measures
        ]
        rows = [
            (not row.differences[other].significant, sentence(other, name, row))
            for row, sentence, name in outcomes + measures
            if other in row.differences
        ]
        lines = [line for _, line in sorted(rows, key=lambda pair: pair[0])]
        return [*lines, *self._too_few(other)]

    def _too_few(self, other: str) -> Iterator[str]:
        """Durations of which too few ended to be compared."""
        of = self.of
        for name in HEADLINES:
            row = of.measures.get(name)
            if row is None or not of.about[name].duration or other in row.differences:
                continue
            if {of.baseline, other} <= row.estimates.keys():
                unknown = [side for side in (of.baseline, other) if row.estimates[side] is None]
                where = self.words.join(self._say("quoted", name=side) for side in unknown)
                key = "too_few_in" if unknown else "too_few"
                yield self._say(
                    key,
                    measure=measure_name(of.about[name], self.words),
                    fewest=FEWEST_ENDS,
                    where=where,
                )

    def _outcome(self, other: str, name: str, row: Row) -> str:
        of, gap = self.of, row.differences[other]
        head = self._say(
            "outcome",
            name=self._outcome_name(name),
            first=share(row.estimates[of.baseline], self.words),
            other=other,
            second=share(row.estimates[other], self.words),
        )
        if not gap.significant:
            return f"{head}. {self._unclear(gap, _POINTS, 'points')}"
        size = self._amount(
            self._places(abs(_POINTS * gap.value), gap, _POINTS, sign=False), "points"
        )
        key = "more" if gap.value > 0 else "fewer"
        text = self._say(key, head=head, size=size, bounds=self._bounds(gap, _POINTS))
        if gap.ratio is None or gap.ratio.value is None:
            return f"{text}."
        return self._say("times", text=text, times=figure(gap.ratio.value, self.words))

    def _measure(self, other: str, name: str, row: Row) -> str:
        of, gap, measure = self.of, row.differences[other], self.of.about[name]
        title = measure_name(measure, self.words)
        if gap.upto is not None:
            title = self._say("until", name=title, day=gap.upto)
        head = self._say(
            "measure",
            name=title,
            first=self._amount(figure(row.estimates[of.baseline], self.words), measure.unit),
            other=other,
            second=figure(row.estimates[other], self.words),
        )
        if not gap.significant:
            return f"{head}. {self._unclear(gap, 1, measure.unit)}"
        if measure.duration:
            more, less = "longer", "shorter"
        else:
            more, less = ("later", "earlier") if measure.time else ("more", "fewer")
        size = self._amount(self._places(abs(gap.value), gap, sign=False), measure.unit)
        key = more if gap.value > 0 else less
        return f"{self._say(key, head=head, size=size, bounds=self._bounds(gap))}."

    def _unclear(self, gap: Contrast, scale: float, unit: str) -> str:
        """What to say of a difference that is not significant."""
        if gap.low is None:
            return self._say("one_replication")
        if gap.value == 0:
            most = max(map(abs, gap.bounds))
            if most == 0:
                return self._say("same")
            return self._say("unseen", size=self._amount(figure(scale * most, self.words), unit))
        size = self._amount(self._places(scale * gap.value, gap, scale), unit)
        enough = gap.runs_to_separate
        if enough is None:
            return self._say("few_runs", size=size)
        runs = (
            self._say("runs_millions")
            if enough > MOST_RUNS
            else self._say("runs_about", n=round_up(enough))
        )
        alone = gap.p is not None and gap.p <= SURE
        key = "unclear_alone" if alone else "unclear"
        return self._say(key, size=size, bounds=self._bounds(gap, scale), runs=runs)

    def _bounds(self, gap: Contrast, scale: float = 1) -> str:
        """The interval, and beside it the one that the same runs would give without pairing."""
        low, high, apart, far = (
            self._places(scale * bound, gap, scale) for bound in (*gap.bounds, *gap.unpaired_bounds)
        )
        interval = self.words.range(low, high)
        if gap.unpaired_low == gap.low:
            return self._say("bounds", interval=interval)
        return self._say(
            "bounds_unpaired", interval=interval, unpaired=self.words.range(apart, far)
        )

    def _family(self, other: str) -> Iterator[str]:
        of = self.of
        sure = sum(
            row.differences[other].significant
            for part in (of.outcomes, of.measures)
            for row in part.values()
            if other in row.differences
        )
        if of.family:
            yield self._say("family", other=other, n=sure, tested=of.family)

    def _amount(self, number: str, unit: str) -> str:
        """A number with its unit: 3 days, 5 points; a count has none."""
        if unit in ("count", "flag"):
            return number
        return f"{number} {self.words.term('studies.compare.units', unit)}"

    def _places(self, value: float, gap: Contrast, scale: float = 1, *, sign: bool = True) -> str:
        return with_places(value, gap, scale, self.words, sign=sign)

    def _outcome_name(self, name: str) -> str:
        return self.words.term("vocabulary.outcomes", name)

    def _say(self, key: str, **values: object) -> str:
        return self.words.text(f"studies.compare.{key}", baseline=self.of.baseline, **values)


def cells(
    of: Comparison, row: Row, other: str, *, scale: float, words: Words | None = None
) -> list[str]:
    """A row of a table: both estimates, the difference, its intervals, p.

    `scale` is 100 for shares in points, else 1.
    """
    words, gap = words or words_of(), row.differences[other]
    say = share if scale == _POINTS else figure
    both = [say(row.estimates[name], words) for name in (of.baseline, other)]
    if gap.low is None:
        return [*both, NONE, NONE, NONE, NONE]
    value, low, high, apart, far = (
        with_places(scale * number, gap, scale, words, sign=True)
        for number in (gap.value, *gap.bounds, *gap.unpaired_bounds)
    )
    return [
        *both,
        value,
        words.range(low, high),
        words.range(apart, far),
        _p_value(gap.p_holm, words),
    ]


def _p_value(p: float, words: Words) -> str:
    if p < _SMALLEST_P:
        return words.text("common.below", value=words.number(_SMALLEST_P, decimals=3))
    return words.number(p, decimals=3)


def share(value: float | None, words: Words | None = None) -> str:
    """A share in per cent."""
    words = words or words_of()
    if value is None:
        return words.text("studies.compare.unknown")
    return words.percent(value, decimals=1)


def figure(value: float | None, words: Words | None = None) -> str:
    """A number in three digits, thousands apart."""
    words = words or words_of()
    if value is None:
        return words.text("studies.compare.unknown")
    return words.number(value) if abs(value) >= 100 else words.number(value, significant=3)


def with_places(
    value: float,
    gap: Contrast,
    scale: float = 1,
    words: Words | None = None,
    *,
    sign: bool = False,
) -> str:
    """A number with as many places as its interval is worth; with its sign, if asked for."""
    words = words or words_of()
    low, high = gap.bounds
    half = scale * (high - low) / 2
    places = max(0, 1 - math.floor(math.log10(half))) if half > 0 else 1
    places = min(places, 6)
    if not sign:
        return words.number(abs(value), decimals=places)
    return words.with_sign(value, decimals=places)


def round_up(count: int) -> int:
    """A number of runs in two digits, rounded up, since it is a guess."""
    size: int = 10 ** max(len(str(count)) - 2, 0)
    return -(-count // size) * size
