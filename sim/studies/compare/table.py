"""The rows of a comparison: `compare.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.studies.dictionary import Entry

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.studies.compare.comparison import Comparison

COLUMNS = (
    Entry("kind", "word", "outcome or measure"),
    Entry("name", "word", "outcome class, or measure as in the tables of the runs"),
    Entry("unit", "word", "unit of the estimates and of their difference; share for outcomes"),
    Entry("baseline", "word", "scenario that is compared with"),
    Entry("other", "word", "scenario that is compared"),
    Entry(
        "estimate_baseline", "see unit", "share, mean, or restricted mean of a time in the baseline"
    ),
    Entry("estimate_other", "see unit", "the same in the other scenario"),
    Entry("paired", "flag", "true if replication k of both has the same random draws"),
    Entry(
        "value",
        "see unit",
        "difference: other minus baseline, over the replications that did not fail on either side",
    ),
    Entry("low", "see unit", "lower bound of its 95 % interval, paired where the runs are"),
    Entry("high", "see unit", "upper bound"),
    Entry(
        "unpaired_low",
        "see unit",
        "lower bound that the same runs would give as independent samples",
    ),
    Entry("unpaired_high", "see unit", "upper bound"),
    Entry(
        "p",
        "probability",
        "p value of no difference: paired t (shares: McNemar, exact), "
        "not paired Welch (shares: Fisher)",
    ),
    Entry(
        "p_holm",
        "probability",
        "the same, corrected together with all others of the comparison (Holm)",
    ),
    Entry("spread", "see unit", "standard deviation of the difference of one pair of replications"),
    Entry(
        "runs_to_separate",
        "replications",
        "of each scenario with which such a difference would be significant with power 0.8, "
        "at 5 % shared by all tests",
    ),
    Entry(
        "risk_ratio",
        "ratio",
        "share in the other over share in the baseline; missing where one is 0",
    ),
    Entry("risk_ratio_low", "ratio", "lower bound of its 95 % interval"),
    Entry("risk_ratio_high", "ratio", "upper bound"),
    Entry("upto", "days", "day up to which a time is compared"),
    Entry("log_rank", "probability", "p value of the log-rank test of independent samples"),
    Entry("q05_difference", "see unit", "difference of the 5 % quantiles"),
    Entry(
        "q50_difference",
        "see unit",
        "difference of the medians; missing where a time had not come that often",
    ),
    Entry("q95_difference", "see unit", "difference of the 95 % quantiles"),
    Entry(
        "ks",
        "probability",
        "largest gap of the two cumulative distributions (Kolmogorov and Smirnov)",
    ),
    Entry(
        "wasserstein",
        "see unit",
        "mean distance by which one distribution must be moved to become the other",
    ),
    Entry("beyond_chance", "flag", "true if p_holm is at most 0.05"),
)


def rows(of: Comparison) -> DataFrame:
    """A row for each outcome or measure and each scenario beside the baseline."""
    from pandas import DataFrame

    found = []
    for kind, part in (("outcome", of.outcomes), ("measure", of.measures)):
        for name, row in part.items():
            for other, gap in row.differences.items():
                found.append(
                    {
                        "kind": kind,
                        "name": name,
                        "unit": "share" if kind == "outcome" else of.about[name].unit,
                        "baseline": of.baseline,
                        "other": other,
                        "estimate_baseline": row.estimates[of.baseline],
                        "estimate_other": row.estimates[other],
                        "paired": of.paired,
                        **gap.as_json(),
                        "beyond_chance": gap.significant,
                    }
                )
    return DataFrame(found, columns=[entry.name for entry in COLUMNS])
