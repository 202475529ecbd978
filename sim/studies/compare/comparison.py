"""A comparison: two or more sides, what differs between them, and every difference with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from sim.errors import ModelError
from sim.scenario.diff import differences
from sim.stats.difference import holm, runs_to_separate
from sim.studies.compare.quantities import (
    Json,
    estimate,
    estimate_outcome,
    measured,
    outcome,
    window,
)
from sim.studies.compare.sentences import SURE, verdicts
from sim.studies.compare.sides import Pair, Side
from sim.words import words

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.ensemble import Ensemble
    from sim.vocabulary.measures import Measure

DIFFERENCE = (
    "difference"  # the one word that cannot name a scenario, since it stands beside their names
)


def checked(names: Sequence[str], baseline: str | None) -> str:
    """The baseline, if these names can be compared; else a `ModelError`."""
    if len(names) < 2:
        raise ModelError(
            f"a comparison must have two scenarios or more, got {names[0] if names else 'none'} (add another file, or --variant)"
        )
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise ModelError(
            f"names in a comparison must differ, got {twice[0]} twice (give a change to a file as --variant)"
        )
    if DIFFERENCE in names:
        raise ModelError(
            f"a scenario must have another name than {DIFFERENCE}, which stands beside the names in the results"
        )
    if baseline is not None and baseline not in names:
        raise ModelError(f"baseline: must be one of {', '.join(names)}, got {baseline}")
    return names[0] if baseline is None else baseline


class Comparison:
    """Scenarios compared with the one that is called `baseline`.

    `sides` by name; `paired` whether replication k of each has the same luck, else
    `unpaired_because` says why not; `ensembles` are the runs themselves, where there are any.
    """

    def __init__(
        self,
        sides: Sequence[Side],
        baseline: str | None = None,
        *,
        unpaired_because: str = "",
        ensembles: Mapping[str, Ensemble] = {},
    ) -> None:
        self.names = [side.name for side in sides]
        self.sides = {side.name: side for side in sides}
        self.baseline = checked(self.names, baseline)
        self.others = [name for name in self.names if name != self.baseline]
        self.paired, self.unpaired_because, self.ensembles = (
            not unpaired_because,
            unpaired_because,
            dict(ensembles),
        )
        self.pairs = {
            name: Pair(self.sides[self.baseline], self.sides[name], paired=self.paired)
            for name in self.others
        }

    def __repr__(self) -> str:
        return f"<Comparison of {', '.join(self.names)}: {self.size} replications each, {'paired' if self.paired else 'not paired'}>"

    @property
    def size(self) -> int:
        """Replications of each side; the fewest where they differ."""
        return min(len(side.runs) for side in self.sides.values())

    @property
    def each(self) -> str:
        """How many replications each side has, in words."""
        fewest, most = self.size, max(len(side.runs) for side in self.sides.values())
        return f"{'' if fewest == most else f'{fewest:,} to '}{words().count(most, 'replication')} each"

    @property
    def seed(self) -> int:
        """Root seed of the baseline."""
        return self.sides[self.baseline].seed

    @cached_property
    def differs(self) -> dict[str, dict[str, str]]:
        """Value of each scenario by the dotted path of what is not the same in all."""
        return differences({name: side.scenario.file for name, side in self.sides.items()})

    def identical(self, other: str) -> bool:
        """Whether a scenario has every value of the baseline, and every replication is the same (with another Python policy none need be)."""
        return (
            self.paired
            and all(row[other] == row[self.baseline] for row in self.differs.values())
            and self.no_difference(other)
        )

    def no_difference(self, other: str) -> bool:
        """Whether not one number of one replication differs from the baseline's."""
        rows = [row[DIFFERENCE].get(other) for part in self._raw.values() for row in part.values()]
        return not any(row and (row["spread"] or row["value"]) for row in rows)

    @cached_property
    def outcomes(self) -> dict[str, Json]:
        """Share of each outcome class by scenario, and the differences; a class that a scenario does not have is left out there."""
        return self._corrected["outcomes"]

    @cached_property
    def measures(self) -> dict[str, Json]:
        """Mean of each measure by scenario (of times the restricted mean), and the differences."""
        return self._corrected["measures"]

    @cached_property
    def family(self) -> int:
        """Number of differences that were tested together."""
        return len(_tested(self._raw))

    @cached_property
    def about(self) -> dict[str, Json]:
        """Unit and meaning of each measure, and whether it is a time."""
        return {
            name: {"unit": m.unit, "meaning": m.meaning, "time": m.time}
            for name, m in self._known_measures.items()
        }

    @cached_property
    def _known_measures(self) -> dict[str, Measure]:
        return {
            m.name: m
            for side in self.sides.values()
            for m in side.scenario.measures
            if m.name in side.runs
        }

    @cached_property
    def _corrected(self) -> dict[str, dict[str, Json]]:
        fair = holm(_tested(self._raw))
        identical = [other for other in self.others if self.identical(other)]
        for part, rows in self._raw.items():
            for name, row in rows.items():
                for other, gap in row[DIFFERENCE].items():
                    if (
                        other in identical
                    ):  # known, and not estimated: more replications would be the same too
                        gap["low"] = gap["high"] = 0.0
                    gap["p_holm"] = fair.get((part, name, other), 1.0)
                    gap["runs_to_separate"] = (
                        runs_to_separate(gap["value"], gap["spread"], len(fair))
                        if gap["spread"]
                        else None
                    )
        return self._raw

    @cached_property
    def _raw(self) -> dict[str, dict[str, Json]]:
        return {"outcomes": self._outcomes(), "measures": self._measures()}

    def _outcomes(self) -> dict[str, Json]:
        classes = {
            name: dict.fromkeys(
                [*side.scenario.outcomes, *sorted(set(map(str, side.fine["outcome"])))]
            )
            for name, side in self.sides.items()
        }
        rows = {}
        for name in dict.fromkeys(one for found in classes.values() for one in found):
            have = [side for side in self.names if name in classes[side]]
            gaps = {other: outcome(self.pairs[other], name) for other in self._comparable(have)}
            rows[name] = {side: estimate_outcome(self.sides[side], name) for side in have} | {
                DIFFERENCE: gaps
            }
        return rows

    def _measures(self, only: str | None = None) -> dict[str, Json]:
        rows = {}
        for name, measure in self._known_measures.items():
            if only not in (None, name):
                continue
            have = [side for side in self.names if name in self.sides[side].runs]
            upto = window(measure, [self.sides[side] for side in have])
            gaps = {
                other: measured(self.pairs[other], measure, upto)
                for other in self._comparable(have)
            }
            rows[name] = {side: estimate(self.sides[side], measure, upto) for side in have} | {
                DIFFERENCE: {k: gap for k, gap in gaps.items() if gap}
            }
        return rows

    def _comparable(self, have: Sequence[str]) -> list[str]:
        """The scenarios that can be compared with the baseline in something that `have` have."""
        return [
            other
            for other in self.others
            if {other, self.baseline} <= set(have) and not self.pairs[other].empty
        ]

    @cached_property
    def verdicts(self) -> list[str]:
        """The findings in sentences."""
        return verdicts(self)

    def halfwidth(self, on: str | None = None) -> float:
        """Widest half of the 95 % intervals of the differences: of an outcome or measure, else of all outcomes."""
        # worked out anew: asked while a run goes on, when the rest is not needed
        outcomes = self._outcomes()
        rows = (
            outcomes if on is None else {on: outcomes[on]} if on in outcomes else self._measures(on)
        )
        gaps = [
            gap
            for row in rows.values()
            for gap in row[DIFFERENCE].values()
            if gap["low"] is not None
        ]
        return max(((gap["high"] - gap["low"]) / 2 for gap in gaps), default=0.0)

    def as_json(self) -> Json:
        """Everything as one object of plain values."""
        flows = {
            name: [dict(zip(("from", "to", "count"), row, strict=True)) for row in pair.flow()]
            for name, pair in self.pairs.items()
        }
        return {
            "scenarios": self.names,
            "baseline": self.baseline,
            "runs": self.size,
            "paired": self.paired,
            "seeds": {name: side.seed for name, side in self.sides.items()},
            "digests": {name: side.scenario.digest for name, side in self.sides.items()},
            "differs": self.differs,
            "outcomes": self.outcomes,
            "measures": self.measures,
            "about": self.about,
            "changed": {name: pair.changed() for name, pair in self.pairs.items()},
            "flows": flows,
            "dropped": {name: pair.dropped for name, pair in self.pairs.items()},
            "tested_together": self.family,
            "verdicts": self.verdicts,
        }

    @cached_property
    def table(self) -> DataFrame:
        """One row an outcome or measure and scenario beside the baseline; `sim.studies.compare.files` explains the columns."""
        from pandas import DataFrame

        rows = []
        for kind, part in (("outcome", self.outcomes), ("measure", self.measures)):
            for name, row in part.items():
                unit = "share" if kind == "outcome" else self.about[name]["unit"]
                for other, gap in row[DIFFERENCE].items():
                    head = {
                        "kind": kind,
                        "name": name,
                        "unit": unit,
                        "baseline": self.baseline,
                        "other": other,
                    }
                    rows.append(
                        head
                        | {
                            "estimate_baseline": row[self.baseline],
                            "estimate_other": row[other],
                            "paired": self.paired,
                        }
                        | gap
                    )
        return DataFrame(rows, columns=list(COLUMNS)).assign(
            beyond_chance=[row["p_holm"] <= SURE for row in rows]
        )


def _tested(parts: Mapping[str, Mapping[str, Json]]) -> dict[tuple[str, ...], float]:
    """The p values that are corrected together; what differs in no replication was not tested."""
    return {
        (part, name, other): gap["p"]
        for part, rows in parts.items()
        for name, row in rows.items()
        for other, gap in row[DIFFERENCE].items()
        if gap["p"] is not None and (gap["spread"] or gap["value"])
    }


#: Columns of `compare.csv`, with unit and meaning.
COLUMNS: dict[str, tuple[str, str]] = {
    "kind": ("word", "outcome or measure"),
    "name": ("word", "outcome class, or measure as in the tables of the runs"),
    "unit": ("word", "unit of the estimates and of their difference; share for outcomes"),
    "baseline": ("word", "scenario that is compared with"),
    "other": ("word", "scenario that is compared"),
    "estimate_baseline": ("see unit", "share, mean, or restricted mean of a time in the baseline"),
    "estimate_other": ("see unit", "the same in the other scenario"),
    "paired": ("flag", "true if replication k of both has the same luck"),
    "value": ("see unit", "difference: other minus baseline, over the replications that did not fail on either side"),
    "low": ("see unit", "lower bound of its 95 % interval, paired where the runs are"),
    "high": ("see unit", "upper bound"),
    "unpaired_low": ("see unit", "lower bound that the same runs would give as independent samples"),
    "unpaired_high": ("see unit", "upper bound"),
    "p": ("probability", "p value of no difference: paired t (shares: McNemar, exact), not paired Welch (shares: Fisher)"),
    "p_holm": ("probability", "the same, corrected together with all others of the comparison (Holm)"),
    "spread": ("see unit", "standard deviation of the difference of one pair of replications"),
    "runs_to_separate": ("replications", "of each scenario with which such a difference would be beyond chance with power 0.8, at 5 % shared by all tests"),
    "risk_ratio": ("ratio", "share in the other over share in the baseline; missing where one is 0"),
    "risk_ratio_low": ("ratio", "lower bound of its 95 % interval"),
    "risk_ratio_high": ("ratio", "upper bound"),
    "upto": ("days", "day up to which a time is compared"),
    "log_rank": ("probability", "p value of the log-rank test of independent samples"),
    "q05_difference": ("see unit", "difference of the 5 % quantiles"),
    "q50_difference": ("see unit", "difference of the medians; missing where a time had not come that often"),
    "q95_difference": ("see unit", "difference of the 95 % quantiles"),
    "ks": ("probability", "largest gap of the two cumulative distributions (Kolmogorov and Smirnov)"),
    "wasserstein": ("see unit", "mean distance by which one distribution must be moved to become the other"),
    "beyond_chance": ("flag", "true if p_holm is at most 0.05"),
}  # fmt: skip
