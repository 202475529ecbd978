"""A comparison: sides, what differs between them, and every difference with its interval."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from sim.errors import ModelError
from sim.scenario import localise
from sim.scenario.diff import differences
from sim.stats.difference import holm, runs_to_separate
from sim.studies.compare.by_day import ByDay, by_day
from sim.studies.compare.quantities import (
    DIFFERENCE,
    Contrast,
    Row,
    estimate_measure,
    estimate_outcome,
    measure_contrast,
    outcome_contrast,
    pairs_for_measure,
    pairs_for_outcome,
    window,
)
from sim.studies.compare.sides import Pair, Side
from sim.words import Words
from sim.words import words as words_of
from sim.words.sentence import Sentence

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.vocabulary.measures import Measure

#: A p value by part (outcomes or measures), name, and the scenario beside the baseline.
Tests = dict[tuple[str, ...], float]


def check_names(names: Sequence[str], baseline: str | None) -> str:
    """The baseline, if these names can be compared; else a `ModelError`."""
    if len(names) < 2:
        raise ModelError(
            f"a comparison must have two scenarios or more, got {names[0] if names else 'none'} "
            "(add another file, --variant, or --variants all for those of the file)"
        )
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ModelError(
            f"names in a comparison must differ, got {twice[0]} twice "
            "(give a change to a file as --variant)"
        )
    if DIFFERENCE in names:
        raise ModelError(
            f"a scenario must have another name than {DIFFERENCE}, "
            "which stands beside the names in the results"
        )
    if baseline is not None and baseline not in names:
        raise ModelError(f"baseline: must be one of {', '.join(names)}, got {baseline}")
    return names[0] if baseline is None else baseline


class Comparison:
    """Scenarios compared with the one that is called `baseline`.

    `sides` by name; `paired` whether replication k of each has the same random draws, else
    `unpaired_because` says why not; `ensembles` are the runs themselves, where there are any. The
    differences are worked out when they are first asked for.
    """

    def __init__(
        self,
        sides: Sequence[Side],
        baseline: str | None = None,
        *,
        unpaired_because: Sentence | None = None,
        ensembles: Mapping[str, Ensemble] = {},
        imposed: Mapping[str, Mapping[str, str]] = {},
    ) -> None:
        self.names = [side.name for side in sides]
        self.sides = {side.name: side for side in sides}
        self.baseline = check_names(self.names, baseline)
        self.others = [name for name in self.names if name != self.baseline]
        self.paired, self.unpaired_because = unpaired_because is None, unpaired_because
        self.ensembles = dict(ensembles)
        self._imposed = imposed  # what differs beside the scenarios' values, as `differs` has it
        self.pairs = {
            name: Pair(self.sides[self.baseline], self.sides[name], paired=self.paired)
            for name in self.others
        }

    def in_language(self, words: Words) -> tuple[Comparison, Words]:
        """The same to be read, with the words of it; see `localise`."""
        made = copy(self)
        made.sides = {}
        for name, side in self.sides.items():
            scenario, words = localise(side.scenario, words)
            made.sides[name] = Side(name, scenario, side.runs, side.seed)
        vars(made).pop("about", None)
        return made, words

    def __repr__(self) -> str:
        how = "paired" if self.paired else "not paired"
        return f"<Comparison of {', '.join(self.names)}: {self.size} replications each, {how}>"

    @property
    def size(self) -> int:
        """Replications of each side; the fewest where they differ."""
        return min(len(side.runs) for side in self.sides.values())

    @property
    def each(self) -> str:
        """How many replications each side has, in English."""
        return self.each_in(words_of())

    def each_in(self, words: Words) -> str:
        """How many replications each side has, in words."""
        fewest, most = self.size, max(len(side.runs) for side in self.sides.values())
        replications = words.count(most, "replication")
        if fewest != most:
            replications = words.range(words.number(fewest), replications)
        return words.text("studies.compare.each", replications=replications)

    @property
    def seed(self) -> int:
        """Root seed of the baseline."""
        return self.sides[self.baseline].seed

    @cached_property
    def differs(self) -> dict[str, Mapping[str, str]]:
        """Value of each scenario by the dotted path of what is not the same in all."""
        files = {name: side.scenario.file for name, side in self.sides.items()}
        return {**differences(files), **self._imposed}

    @cached_property
    def by_day(self) -> Mapping[str, ByDay]:
        """Differences from day to day of each scenario that is paired with the baseline."""
        if not self.paired or self.baseline not in self.ensembles:
            return {}
        base = self.ensembles[self.baseline]
        pairs = {name: self.ensembles[name] for name in self.others if name in self.ensembles}
        found = ((name, by_day(base, other, name)) for name, other in pairs.items())
        return {name: one for name, one in found if one is not None}

    def identical(self, other: str) -> bool:
        """Whether a scenario has every value of the baseline, and every replication is the same.

        With another Python policy the values can be the same and the replications not.
        """
        return (
            self.paired
            and all(row[other] == row[self.baseline] for row in self.differs.values())
            and self.no_difference(other)
        )

    def no_difference(self, other: str) -> bool:
        """Whether not one number of one replication differs from the baseline's."""
        rows = (*self._before_holm.outcomes.values(), *self._before_holm.measures.values())
        gaps = [row.differences.get(other) for row in rows]
        return not any(gap and (gap.spread or gap.value) for gap in gaps)

    @property
    def outcomes(self) -> Mapping[str, Row]:
        """Share of each outcome class by scenario, and the differences.

        A scenario that does not have a class is left out of its row.
        """
        return self._after_holm.outcomes

    @property
    def measures(self) -> Mapping[str, Row]:
        """Mean of each measure by scenario (of times the restricted mean), and the differences."""
        return self._after_holm.measures

    @cached_property
    def family(self) -> int:
        """Number of differences that were tested together."""
        return len(self._before_holm.p_values())

    @cached_property
    def about(self) -> dict[str, Measure]:
        """The measures that any scenario has, by name: unit, meaning, whether it is a time."""
        return {
            m.name: m
            for side in self.sides.values()
            for m in side.scenario.measures
            if m.name in side.runs
        }

    @cached_property
    def _before_holm(self) -> _Rows:
        """The differences before the correction for their number."""
        return _Rows(self._outcomes(), self._measures())

    @cached_property
    def _after_holm(self) -> _Rows:
        fair = holm(self._before_holm.p_values())
        identical = {other for other in self.others if self.identical(other)}

        def correct(part: str, name: str, other: str, gap: Contrast) -> Contrast:
            if other in identical:
                # known, and not estimated: more replications would be the same too
                gap = replace(gap, low=0.0, high=0.0)
            runs = runs_to_separate(gap.value, gap.spread, len(fair)) if gap.spread else None
            p = fair.get((part, name, other), 1.0)
            return replace(gap, p_holm=p, runs_to_separate=runs)

        return _Rows(
            *(
                {
                    name: Row(
                        row.estimates,
                        {k: correct(part, name, k, gap) for k, gap in row.differences.items()},
                    )
                    for name, row in rows.items()
                }
                for part, rows in self._before_holm.parts()
            )
        )

    def _outcomes(self) -> dict[str, Row]:
        classes = {
            name: dict.fromkeys(
                [*side.scenario.outcomes, *sorted(set(map(str, side.fine["outcome"])))]
            )
            for name, side in self.sides.items()
        }
        rows = {}
        for name in dict.fromkeys(one for found in classes.values() for one in found):
            have = [side for side in self.names if name in classes[side]]
            rows[name] = Row(
                {side: estimate_outcome(self.sides[side], name) for side in have},
                {k: outcome_contrast(self.pairs[k], name) for k in self._comparable(have)},
            )
        return rows

    def _measures(self, only: str | None = None) -> dict[str, Row]:
        rows = {}
        for name, measure in self.about.items():
            if only not in (None, name):
                continue
            have = [side for side in self.names if name in self.sides[side].runs]
            upto = window(measure, [self.sides[side] for side in have])
            gaps = {
                other: measure_contrast(self.pairs[other], measure, upto)
                for other in self._comparable(have)
            }
            rows[name] = Row(
                {side: estimate_measure(self.sides[side], measure, upto) for side in have},
                {other: gap for other, gap in gaps.items() if gap},
            )
        return rows

    def _comparable(self, have: Sequence[str]) -> list[str]:
        """The scenarios that can be compared with the baseline in something that `have` have."""
        return [
            other
            for other in self.others
            if {other, self.baseline} <= set(have) and not self.pairs[other].empty
        ]

    def halfwidth(self, on: str | None = None) -> float:
        """Greatest half-width of the 95 % intervals of the differences.

        Of one outcome or measure, else of all outcomes; infinite where one has no interval.
        """
        if on is None:
            rows = self._outcomes()
        elif on in self.about:
            rows = self._measures(on)
        else:
            rows = {on: self._outcomes()[on]}
        gaps = [gap for row in rows.values() for gap in row.differences.values()]
        widths = [
            math.inf if g.low is None or g.high is None else (g.high - g.low) / 2 for g in gaps
        ]
        return max(widths, default=math.inf)

    def size_for(self, halfwidth: float, on: str | None = None) -> int | None:
        """Replications with which the differences would be known that well, foreseen from these.

        None if these do not tell.
        """
        if on is not None and on in self.about:
            measure = self.about[on]
            have = [side for side in self.names if on in self.sides[side].runs]
            upto = window(measure, [self.sides[side] for side in have])
            pairs = (self.pairs[other] for other in self._comparable(have))
            found = [pairs_for_measure(pair, measure, upto, halfwidth) for pair in pairs]
        else:
            found = [
                pairs_for_outcome(self.pairs[other], name, halfwidth)
                for name, row in self._outcomes().items()
                for other in row.differences
                if on in (None, name)
            ]
        known = [count for count in found if count is not None]
        return max(known) if known and len(known) == len(found) else None


@dataclass(frozen=True, slots=True)
class _Rows:
    """The rows of a comparison."""

    outcomes: Mapping[str, Row]
    measures: Mapping[str, Row]

    def parts(self) -> tuple[tuple[str, Mapping[str, Row]], ...]:
        return ("outcomes", self.outcomes), ("measures", self.measures)

    def p_values(self) -> Tests:
        """The p values that are corrected together; what differs nowhere was not tested."""
        return {
            (part, name, other): gap.p
            for part, rows in self.parts()
            for name, row in rows.items()
            for other, gap in row.differences.items()
            if gap.p is not None and (gap.spread or gap.value)
        }
