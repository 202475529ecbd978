"""The rows of a comparison: `compare.csv`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.studies.dictionary import Column

if TYPE_CHECKING:
    from pandas import DataFrame

    from sim.studies.compare.comparison import Comparison

COLUMNS = (
    Column("kind", "word"),
    Column("name", "word"),
    Column("unit", "word"),
    Column("baseline", "word"),
    Column("other", "word"),
    Column("estimate_baseline", "see unit"),
    Column("estimate_other", "see unit"),
    Column("paired", "flag"),
    Column("value", "see unit"),
    Column("low", "see unit"),
    Column("high", "see unit"),
    Column("unpaired_low", "see unit"),
    Column("unpaired_high", "see unit"),
    Column("p", "probability"),
    Column("p_holm", "probability"),
    Column("spread", "see unit"),
    Column("runs_to_separate", "replications"),
    Column("risk_ratio", "ratio"),
    Column("risk_ratio_low", "ratio"),
    Column("risk_ratio_high", "ratio"),
    Column("upto", "days"),
    Column("log_rank", "probability"),
    Column("q05_difference", "see unit"),
    Column("q50_difference", "see unit"),
    Column("q95_difference", "see unit"),
    Column("ks", "probability"),
    Column("wasserstein", "see unit"),
    Column("beyond_chance", "flag"),
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
    return DataFrame(found, columns=[column.name for column in COLUMNS])
