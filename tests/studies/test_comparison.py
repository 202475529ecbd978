"""A comparison of tables: what it says of the same, of what failed, of what only one side has."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from sim.errors import ModelError
from sim.stats.restricted import FEWEST_ENDS
from sim.studies.compare.comparison import Comparison
from sim.studies.compare.quantities import Contrast, Row
from sim.studies.compare.run import CompareAnswer
from sim.studies.compare.sentences import verdicts
from sim.studies.compare.sides import Side
from sim.words.sentence import Sentence
from tests.report import fake

SCENARIO = fake.two_states()
OTHER = fake.two_states(**{"states.arland.resolve": 0.9})
N = 120


def table(seed: int = 1, runs: int = N) -> pd.DataFrame:
    found = fake.ensemble_tables(runs, seed, SCENARIO)[0]
    return found.assign(
        war_at_end=found["war_at_end"].clip(upper=1),
        first_ceasefire_broken=found["first_ceasefire_broken"].clip(upper=1),
    )


def side(name: str, runs: pd.DataFrame, scenario: object = SCENARIO, seed: int = 7) -> Side:
    return Side(name, scenario, runs, seed)  # type: ignore[arg-type]


def shifted(runs: pd.DataFrame) -> pd.DataFrame:
    """The same replications with three more dead each, and every tenth ending in open war."""
    return runs.assign(
        deaths=runs["deaths"] + 3,
        outcome=[
            ("war, not over" if k % 10 == 0 else name) for k, name in enumerate(runs["outcome"])
        ],
    )


def gaps(of: Comparison, other: str) -> list[Contrast]:
    return [
        row.differences[other]
        for part in (of.outcomes, of.measures)
        for row in part.values()
        if other in row.differences
    ]


def test_a_scenario_against_itself_differs_in_nothing() -> None:
    of = Comparison([side("one", table()), side("twin", table())])
    assert len(gaps(of, "twin")) > 40
    assert {(gap.value, gap.low, gap.high) for gap in gaps(of, "twin")} == {(0.0, 0.0, 0.0)}
    assert CompareAnswer(of).as_json()["changed"] == {"twin": 0.0}
    assert of.differs == {}
    assert "differ in no value" in verdicts(of)[1]
    assert of.family == 0


def test_other_luck_is_not_nothing() -> None:
    """The control: other replications do differ."""
    of = Comparison([side("one", table()), side("other", table(2))])
    assert max(abs(gap.value) for gap in gaps(of, "other")) > 0  # type: ignore[arg-type]
    assert CompareAnswer(of).as_json()["changed"]["other"] > 0.1


def test_a_known_change_is_found_exactly() -> None:
    base = table()
    of = Comparison([side("one", base), side("other", shifted(base), OTHER)])
    gap = of.measures["deaths"].differences["other"]
    assert (gap.value, gap.low, gap.high) == (3.0, 3.0, 3.0)
    assert gap.unpaired_high - gap.unpaired_low > 1
    wars = sum(base["outcome"][::10] != "war, not over")
    assert of.pairs["other"].share_changed() == pytest.approx(wars / N)
    assert sum(count for one, new, count in of.pairs["other"].flow() if one != new) == wars
    assert {new for one, new, _ in of.pairs["other"].flow() if one != new} == {"war, not over"}
    assert of.differs == {
        "states.arland.resolve": {"one": of.differs["states.arland.resolve"]["one"], "other": "0.9"}
    }
    assert any(line.startswith("all dead:") and "3.0 dead more" in line for line in verdicts(of))
    assert any("do not separate the scenarios" in line for line in verdicts(of))


def test_failed_replications_are_left_out_on_both_sides() -> None:
    base = table()
    of = Comparison(
        [side("one", fake.fail(base, [3])), side("other", fake.fail(shifted(base), [3, 8]), OTHER)]
    )
    pair = of.pairs["other"]
    assert pair.dropped == 2
    assert (
        pair.a["replication"].tolist()
        == pair.b["replication"].tolist()
        == [k for k in range(N) if k not in (3, 8)]
    )
    assert of.measures["deaths"].differences["other"].value == 3.0
    assert any(line.startswith("2 replications failed") for line in verdicts(of))


def test_all_failed_leaves_nothing_to_compare() -> None:
    of = Comparison(
        [side("one", table()), side("other", fake.fail(table(), list(range(N))), OTHER)]
    )
    assert gaps(of, "other") == []
    assert any("nothing to compare" in line for line in verdicts(of))
    json.dumps(CompareAnswer(of).as_json(), allow_nan=False)


def test_a_measure_that_only_one_side_has_is_shown_and_not_compared() -> None:
    of = Comparison([side("one", table()), side("other", table().drop(columns="attacks"), OTHER)])
    assert of.measures["attacks"].estimates.keys() == {"one"}
    assert of.measures["attacks"].differences == {}


def test_other_seeds_are_not_paired() -> None:
    of = Comparison(
        [side("one", table()), side("other", table(2, 80), OTHER, seed=8)],
        unpaired_because=Sentence.of("studies.compare.other_seed", each="one: 1, other: 2"),
    )
    assert CompareAnswer(of).as_json()["changed"] == {"other": None}
    assert of.pairs["other"].flow() == []
    assert all(
        (gap.low, gap.high) == (gap.unpaired_low, gap.unpaired_high) for gap in gaps(of, "other")
    )
    assert of.pairs["other"].counts == (N, 80)
    assert "Not paired, since the seed is not the same" in verdicts(of)[0]


def test_other_horizons_are_said_and_times_are_cut_at_the_shorter() -> None:
    short = fake.two_states(horizon=20, outcome_window=10)
    runs = fake.ensemble_tables(N, 1, short)[0].assign(war_at_end=0)
    of = Comparison([side("long", table()), side("short", runs, short)])
    assert of.measures["first_raid_day"].differences["short"].upto == 20
    assert any("horizons differ" in line for line in verdicts(of))


def test_a_time_that_never_came_counts_as_the_horizon() -> None:
    base, other = table(), table()
    base["first_raid_day"], other["first_raid_day"] = (
        pd.array([None] * N, "Int64"),
        pd.array([SCENARIO.horizon - 5] * N, "Int64"),
    )
    of = Comparison([side("one", base), side("other", other, OTHER)])
    assert of.measures["first_raid_day"].differences["other"].value == pytest.approx(-5)


def test_the_curves_of_a_rare_time_are_as_far_apart_as_the_times_are() -> None:
    """Two of many come on another day: rounding in the last digit is no gap."""
    base = table().assign(first_open_war_day=[5.0, 9.0] + [np.nan] * (N - 2))
    of = Comparison(
        [
            side("one", base),
            side("other", base.assign(first_open_war_day=[6.0] + [np.nan] * (N - 1)), OTHER),
        ]
    )
    gap = of.measures["first_open_war_day"].differences["other"]
    assert gap.shape.ks == pytest.approx(1 / N)


def test_sides_of_unequal_size_say_so_and_pair_what_both_have() -> None:
    base = table()
    of = Comparison([side("few", base[:40]), side("many", shifted(base)[:60], OTHER)])
    assert verdicts(of)[0].endswith("; 40 to 60 replications each.")
    assert verdicts(of)[1].startswith(
        "“few” has 40 replications and “many” 60: differences are those of the first 40,"
    )
    assert of.measures["deaths"].differences["many"].value == 3.0


def test_one_replication_says_that_it_is_too_few() -> None:
    of = Comparison([side("one", table(runs=1)), side("other", shifted(table(runs=1)), OTHER)])
    assert of.measures["deaths"].differences["other"].low is None
    assert any("One replication cannot separate" in line for line in verdicts(of))
    json.dumps(CompareAnswer(of).as_json(), allow_nan=False)


def test_few_replications_that_agree_are_too_few() -> None:
    of = Comparison([side("one", table(runs=2)), side("other", shifted(table(runs=2)), OTHER)])
    assert any(
        line.startswith("all dead:") and "So few runs do not separate" in line
        for line in verdicts(of)
    )


def test_the_object_has_the_keys_that_were_promised() -> None:
    base = table()
    of = Comparison(
        [side("one", base), side("b", shifted(base), OTHER), side("c", base)], baseline="b"
    )
    told = json.loads(json.dumps(CompareAnswer(of).as_json(), allow_nan=False))
    assert {
        "scenarios",
        "baseline",
        "runs",
        "differs",
        "outcomes",
        "measures",
        "changed",
        "verdicts",
    } <= told.keys()
    assert (told["scenarios"], told["baseline"], told["runs"]) == (["one", "b", "c"], "b", N)
    assert told["changed"].keys() == {"one", "c"}
    row = told["outcomes"]["war, not over"]
    assert row.keys() == {"one", "b", "c", "difference"}
    assert {
        "value",
        "low",
        "high",
        "unpaired_low",
        "unpaired_high",
        "p",
        "p_holm",
        "risk_ratio",
    } <= row["difference"]["c"].keys()
    assert {"q50_difference", "ks", "wasserstein"} <= told["measures"]["deaths"]["difference"][
        "one"
    ].keys()
    assert {"upto", "log_rank"} <= told["measures"]["first_raid_day"]["difference"]["one"].keys()


def test_every_column_of_the_rows_is_explained() -> None:
    base = table()
    of = Comparison([side("one", base), side("other", shifted(base), OTHER)])
    assert list(CompareAnswer(of).table().columns) == [
        entry.name for entry in CompareAnswer(of).columns()
    ]
    keys = {key for gap in gaps(of, "other") for key in gap.as_json()}
    assert keys <= {entry.name for entry in CompareAnswer(of).columns()}
    assert len(CompareAnswer(of).table()) == len(gaps(of, "other"))
    assert np.isfinite(CompareAnswer(of).table()["value"]).all()


@pytest.mark.parametrize(
    ("names", "baseline", "message"),
    [
        (["a"], None, "two scenarios or more, got a"),
        (["a", "a"], None, "got a twice"),
        (["a", "difference"], None, "another name than difference"),
        (["a", "b"], "c", "baseline: must be one of a, b, got c"),
    ],
)
def test_names_that_cannot_be_compared(
    names: list[str], baseline: str | None, message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        Comparison([side(name, table(runs=2)) for name in names], baseline)


def test_a_python_policy_that_was_changed_is_no_twin() -> None:
    """The file is the same to the letter; what it runs is not."""
    of = Comparison([side("one", table()), side("other", shifted(table()))])
    assert of.differs == {}
    assert "the outcome changed in" in verdicts(of)[1]
    assert of.measures["deaths"].differences["other"].low == 3.0


@pytest.mark.parametrize(
    ("ended", "compared"), [(0, False), (FEWEST_ENDS - 1, False), (FEWEST_ENDS, True)]
)
def test_a_duration_of_which_few_ended_is_not_compared(ended: int, compared: bool) -> None:
    few = table(2).assign(
        first_ceasefire_length=pd.array([40] * N, "Int64"),
        first_ceasefire_broken=[1] * ended + [0] * (N - ended),
    )
    of = Comparison([side("one", table()), side("few", few, OTHER)])
    row = of.measures["first_ceasefire_length"]
    assert (row.estimates["few"] is not None, "few" in row.differences) == (compared, compared)
    head = "length of the first ceasefire: not compared"
    said = f"{head}, since fewer than 10 were seen to end in “few”."
    assert (said in verdicts(of)) is not compared


def test_a_duration_that_never_began_in_one_scenario_is_still_compared_in_the_others() -> None:
    none = table().assign(
        first_ceasefire_length=pd.array([None] * N, "Int64"), first_ceasefire_broken=0
    )
    of = Comparison([side("one", table()), side("b", table(2), OTHER), side("none", none, OTHER)])
    row = of.measures["first_ceasefire_length"]
    assert row.estimates["none"] is None
    assert row.differences.keys() == {"b"}


def test_the_half_width_is_that_of_what_was_asked_for() -> None:
    base = table()
    of = Comparison([side("one", base), side("other", shifted(table(2)), OTHER)])

    def half(row: Row) -> float:
        low, high = row.differences["other"].bounds
        return (high - low) / 2

    assert of.halfwidth() == max(half(row) for row in of.outcomes.values())
    assert of.halfwidth("war, not over") == half(of.outcomes["war, not over"])
    assert of.halfwidth("attacks") == half(of.measures["attacks"])
