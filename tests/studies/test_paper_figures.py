"""Event studies, typology, outcome tree, differences by day: of runs, as files and as pictures."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import sim
from sim.cli import main
from sim.ensemble import Ensemble
from sim.report.figures import comparison as compared
from sim.report.figures.drawing import pictures
from sim.stats.event_study import FEWEST_RUNS
from sim.studies.compare import by_day
from sim.studies.compare.run import CompareAnswer
from sim.studies.contract import Subject
from sim.studies.daily import (
    OF_DYADS,
    OF_RUNS,
    OF_STATES,
    Daily,
    EventName,
    event_names,
    event_title,
    series_names,
    series_title,
)
from sim.studies.event_study import EventStudy
from sim.studies.outcome_tree import Question, outcome_tree_of
from sim.studies.paper_files import paper_files
from sim.studies.paper_tables import event_study_tables
from sim.studies.typology import typology_of
from sim.words import words

pytestmark = pytest.mark.compiled
RUNS, HORIZON, WINDOW = 140, 40, 5
SHORT = {"horizon": HORIZON, "outcome_window": 5}
SUBJECT = Subject("made", "0" * 64, 7)


@pytest.fixture(scope="module")
def ensemble(tmp_path_factory: pytest.TempPathFactory) -> Ensemble:
    """Runs of the naval case, which has actions and events of its own, with all tables."""
    scenario = sim.load("naval_strait", SHORT)
    made = sim.run(scenario, runs=RUNS, seed=7, jobs=1, out=tmp_path_factory.mktemp("runs") / "r")
    sim.write_record(made)
    return made


@pytest.fixture(scope="module")
def study(ensemble: Ensemble) -> EventStudy:
    return sim.event_study(ensemble, "attack", ["deaths", "outrage", "attack"], window=WINDOW)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> CompareAnswer:
    plain = sim.load("two_states", SHORT)
    bold = sim.load("two_states", {**SHORT, "states.westmark.resolve": 0.855})
    return sim.compare({"plain": plain, "bold": bold}, runs=40, seed=7, jobs=1)


def table(ensemble: Ensemble, name: str) -> pd.DataFrame:
    return pd.read_parquet(ensemble.folder / f"{name}.parquet")


def test_series_are_those_of_the_tables(ensemble: Ensemble) -> None:
    daily, runs = Daily(ensemble), ensemble.runs
    assert daily.series("deaths").sum(axis=1).tolist() == runs["deaths"].astype(float).tolist()
    assert daily.series("attack").sum(axis=1).tolist() == runs["attacks"].astype(float).tolist()
    of_one = daily.series("deaths_security.corvath").sum(axis=1)
    assert of_one.tolist() == runs["deaths_corvath_security"].astype(float).tolist()
    dyads = table(ensemble, "dyads")
    view = dyads[(dyads["state"] == "pellania") & (dyads["rival"] == "corvath")]
    assert daily.series("outrage.pellania.corvath").ravel().tolist() == view["outrage"].tolist()
    both = dyads.groupby(["replication", "day"])["outrage"].mean()
    np.testing.assert_allclose(daily.series("outrage").ravel(), both.to_numpy())


def test_own_actions_and_events_are_found_by_their_names(ensemble: Ensemble) -> None:
    daily, runs, scenario = Daily(ensemble), ensemble.runs, ensemble.scenario
    for name, column in (
        ("interception", "acts_interception"),
        ("fog", "times_fog"),
        ("attack", "attacks"),
        ("raid", "raids"),
    ):
        counts = daily.counts(EventName.parse(name, scenario)).sum(axis=1)
        assert counts.sum() > 0
        assert counts.sum() == pytest.approx(runs[column].sum(), rel=0.2 if name == "raid" else 0)
    events = table(ensemble, "events")
    file = scenario.file
    assert set(events["own"].dropna()) <= {*file.actions, *file.events, *file.flows}
    assert {"interception", "fog"} <= set(events["own"].dropna())
    mine = daily.counts(EventName.parse("attack.market", scenario)).sum()
    assert mine == (events["detail"] == "market").sum()


def test_words_of_every_event_and_series_are_there(ensemble: Ensemble) -> None:
    scenario = ensemble.scenario
    for language in ("en", "fr"):
        said = words(language)
        assert all(event_title(name, scenario, said) for name in event_names(scenario))
        assert all(series_title(name, scenario, said) for name in series_names(scenario))
    assert event_title("fog", scenario, words()) == "Fog stops the ferry"
    assert event_title("raid.pellania", scenario, words()) == "raid, Pellania"
    assert series_title("outrage.pellania.corvath", scenario, words()).endswith(
        "Pellania – Corvath"
    )


def test_an_event_study_by_hand(ensemble: Ensemble, study: EventStudy) -> None:
    """One day of one series, from the tables by pandas."""
    events, series = table(ensemble, "events"), table(ensemble, "series")
    days = events[events["kind"] == "attack"].groupby(["replication", "day"]).size()
    happened = days.unstack(fill_value=0).reindex(
        index=range(RUNS), columns=range(1, HORIZON + 1), fill_value=0
    )
    deaths = series.pivot_table("deaths", "replication", "day")
    rung = series.pivot_table("rung", "replication", "day")
    gaps = []
    for day in range(WINDOW + 1, HORIZON - WINDOW + 1):
        clear = (happened.loc[:, day - WINDOW : day - 1] == 0).all(axis=1)
        for _, runs in rung[day - 1].groupby(rung[day - 1]):
            free = clear[runs.index]
            mine = [r for r in free[free].index if happened.loc[r, day]]
            others = [r for r in free[free].index if not happened.loc[r, day]]
            if len(others) >= 5:
                gaps += [deaths.loc[r, day] - deaths.loc[others, day].mean() for r in mine]
    got = study.curves["deaths"]
    assert got.days == len(gaps)
    assert got.gap.value[WINDOW] == pytest.approx(np.mean(gaps))
    assert study.curves["attack"].controls.value[WINDOW] == 0
    assert study.curves["attack"].events.value[WINDOW] >= 1


def test_an_event_study_as_rows_files_and_sentences(study: EventStudy) -> None:
    rows = study.table()
    assert list(rows.columns) == [column.name for column in study.columns()]
    assert len(rows) == 3 * (2 * WINDOW + 1)
    assert repr(study).startswith("<EventStudy of naval_strait: attack, deaths, ")
    assert [one.name for one in study.dictionary()] == list(rows.columns)
    assert json.dumps(study.as_json(), allow_nan=False)
    for language, said in (("en", "control days"), ("fr", "jours témoins")):
        lines = study.sentences(words(language))
        assert len(lines) == 7
        assert said in lines[0]
        assert said in lines[-1]
    files = event_study_tables(study, words())
    assert {"event_study_attack.csv", "event_study_attack_deaths.tex"} <= files.keys()
    assert b"\\toprule" in files["event_study_attack_outrage.tex"]


@pytest.mark.parametrize(
    ("event", "series", "window", "said"),
    [
        (
            "atack",
            "deaths",
            5,
            r"event: must be one of strike, .*interception.*did you mean attack",
        ),
        ("attack.kent", "deaths", 5, r"event attack\.WHOSE: must be one of .*pellania"),
        ("attack", "doom", 5, r"series: must be one of deaths, .*outrage"),
        ("attack", "outrage.kent.corvath", 5, r"outrage\.STATE: must be one of"),
        ("attack", "outrage.corvath", 5, r"must be outrage or outrage\.STATE\.RIVAL"),
        ("attack", "deaths.corvath", 5, "must be deaths alone"),
        ("attack", "deaths", 20, "window: must be a whole number from 1 to 19, got 20"),
        (
            "nuclear_signal",
            "deaths",
            5,
            rf"at least {FEWEST_RUNS} replications .* got 0 .* of {RUNS}",
        ),
        ("attack", (), 5, "series: must be one or more"),
    ],
)
def test_what_cannot_be_shown_is_said(
    ensemble: Ensemble, event: str, series: str | tuple[str, ...], window: int, said: str
) -> None:
    with pytest.raises(sim.ModelError, match=said):
        sim.event_study(ensemble, event, series, window=window)


def test_a_folder_without_the_tables_says_what_to_run(pair: CompareAnswer) -> None:
    folder = pair.comparison.ensembles["plain"].folder
    with pytest.raises(sim.StoreError, match=r"events\.parquet.*--events"):
        sim.event_study(folder, "attack", window=WINDOW)
    with pytest.raises(sim.StoreError, match=r"dyads\.parquet.*--daily"):
        Daily(pair.comparison.ensembles["plain"]).series("outrage")


def test_typology_and_tree_of_runs(ensemble: Ensemble) -> None:
    types, tree = sim.typology(ensemble), sim.outcome_tree(ensemble)
    assert types is not None
    assert tree is not None
    assert types.n == tree.n + tree.root.grown == RUNS
    assert sum(one.runs for one in types.types) == RUNS
    assert {one.example for one in types.types} <= set(range(RUNS))
    for one in types.types:
        mine = types.replications[types.member == types.types.index(one)]
        course = ensemble.series[ensemble.series["replication"] == one.example]["rung"]
        assert one.example in mine
        assert course.tolist() == one.course.tolist()
        np.testing.assert_allclose(one.rungs.sum(axis=0), 1)
    members = types.members()
    assert members["replication"].tolist() == list(range(RUNS))
    assert json.dumps([types.as_json(), tree.as_json()], allow_nan=False)
    assert repr(types).startswith("<Typology of naval_strait: A ")
    assert repr(tree).startswith("<OutcomeTree of naval_strait: ")
    for answer in (types, tree):
        assert [one.name for one in answer.dictionary(words("fr"))] == list(answer.table().columns)
    assert sim.typology(ensemble).table().equals(types.table())  # type: ignore[union-attr]


def made_up(runs: int = 400) -> tuple[np.ndarray, np.ndarray, dict[str, np.ndarray]]:
    """Rungs of two kinds, and ends that follow an early strike and then a ceasefire by day 14."""
    rng = np.random.default_rng(3)
    rung = np.ones((runs, 60), dtype=np.int64)
    strikes, truce = rng.random((2, runs)) < 0.5
    for run in np.flatnonzero(strikes):
        rung[run, rng.integers(2, 6) :] = 4
    day = np.where(truce, rng.integers(8, 14, runs), np.nan)
    ends = np.where(~strikes, "quiet", np.where(truce, "strikes, then a truce", "war, not over"))
    return rung, ends.astype(object), {"first_ceasefire_day": day}


def test_known_turns_and_types_are_found(ensemble: Ensemble) -> None:
    rung, ends, times = made_up()
    numbers = np.arange(len(rung))
    tree = outcome_tree_of(ensemble.scenario, SUBJECT, rung, ends, times, numbers)
    assert tree is not None
    asked = [tree.questions[k] for k in {q for path, _ in tree.root.walk() for q, _ in path}]
    assert {(one.rung > 0, one.by) for one in asked} == {(True, 7), (False, 14)}
    assert all(2 <= one.rung <= 4 for one in asked if one.rung)
    assert len(list(tree.leaves())) == 3
    best = [max(one.value or 0 for one in tree.shares(leaf).values()) for _, leaf in tree.leaves()]
    assert best == [1.0] * 3
    text = " ".join(tree.sentences(words()))
    assert "ceasefire by day 14" in text
    types = typology_of(SUBJECT, rung, ends, numbers)
    assert types is not None
    assert len(types.types) == 2
    assert {one.usual for one in types.types} == {1, 4}
    assert types.step == 7


def test_ends_that_have_nothing_to_do_with_turns_grow_no_tree(ensemble: Ensemble) -> None:
    rung, ends, times = made_up()
    mixed = np.random.default_rng(4).permutation(ends)
    tree = outcome_tree_of(ensemble.scenario, SUBJECT, rung, mixed, times, np.arange(len(rung)))
    assert tree is not None
    assert not tree.has_turns
    assert tree.sentences(words()) == []
    assert "No early turn" in tree.see(words())


def test_few_runs_have_neither(ensemble: Ensemble) -> None:
    rung, ends, times = made_up(40)
    numbers = np.arange(40)
    assert typology_of(SUBJECT, rung, ends, numbers) is None
    assert outcome_tree_of(ensemble.scenario, SUBJECT, rung, ends, times, numbers) is None


def test_questions_are_said_as_conditions() -> None:
    one = Question(14, 4)
    assert one.text(words()) == "Rung 4 (limited strikes) or higher by day 14?"
    assert one.text(words(), True) == "limited strikes or worse by day 14"
    assert "pas de" in one.text(words("fr"), False)


def test_differences_by_day_by_hand(pair: CompareAnswer) -> None:
    of = pair.comparison
    one = of.by_day["bold"]
    a, b = (of.ensembles[name].series for name in ("plain", "bold"))
    gap = (b["deaths"] - a["deaths"]).to_numpy().reshape(40, HORIZON).cumsum(axis=1)
    np.testing.assert_allclose(one.bands["deaths"].value, gap.mean(axis=0))
    assert one.unequal["deaths"].tolist() == (gap != 0).sum(axis=0).tolist()
    same = one.unequal["deaths"] == 0
    assert same.any()
    assert (one.bands["deaths"].low_all[same] == one.bands["deaths"].high_all[same]).all()
    assert one.parts is not None
    assert (a["rung"] == b["rung"]).to_numpy().reshape(40, HORIZON)[:, : one.parts - 1].all()
    frame = by_day.table(of.baseline, of.by_day.values())
    assert list(frame.columns) == [column.name for column in by_day.COLUMNS]
    said = " ".join(by_day.sentences(one, words()))
    assert f"part from day {one.parts} on" in said or one.parts == 1


def test_equal_scenarios_never_part(pair: CompareAnswer) -> None:
    plain = pair.comparison.ensembles["plain"]
    one = by_day.by_day(plain, plain, "again")
    assert one is not None
    assert (one.parts, one.half_part) == (None, None)
    assert "equal in all 40 pairs" in by_day.sentences(one, words())[0]


def test_every_picture_can_be_drawn(
    ensemble: Ensemble, study: EventStudy, pair: CompareAnswer
) -> None:
    shown = [*sim.figures(study, language="fr").values()]
    of_runs = sim.figures(ensemble)
    shown += [of_runs[name] for name in ("typology", "tree") if name in of_runs]
    drawn = {one.name: one for one in compared.drawings(pair.comparison, words())}
    png, svg = pictures(drawn["by_day"], words(), "x")
    assert png
    assert len(svg) < 400_000
    assert len(shown) >= 4
    for one in shown:
        assert one.alt
        assert one.caption
        assert one._repr_svg_().lstrip().startswith("<?xml")


def test_export_writes_tables_and_figures(
    ensemble: Ensemble, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["export", str(ensemble.folder), "--event-study", "attack", "--window", "5"]
    assert main([*call, "--of", "deaths,interception", "--out", str(tmp_path)]) == 0
    made = {path.name for path in tmp_path.iterdir()}
    name = "event_study_attack"
    assert {f"{name}.csv", f"{name}.parquet", f"{name}_interception.svg", "typology.tex"} <= made
    rows = pd.read_parquet(tmp_path / f"{name}.parquet")
    assert rows.equals(pd.read_csv(tmp_path / f"{name}.csv"))
    assert "control days" in capsys.readouterr().out
    for wrong, said in (
        (["--of", "deaths"], "--of: must come with --event-study"),
        (["--event-study", "atack"], "did you mean attack"),
    ):
        assert main(["export", str(ensemble.folder), *wrong]) == 2
        assert said in capsys.readouterr().err


def test_files_of_a_comparison(pair: CompareAnswer, tmp_path: Path) -> None:
    of = pair.comparison
    by_day.write(of.baseline, of.by_day, tmp_path)
    made = pd.read_csv(tmp_path / "by_day.csv")
    assert len(made) == 3 * HORIZON
    assert {*OF_RUNS} == set(made["series"])
    assert not {*OF_STATES, *OF_DYADS} & set(made["series"])
    for name, ensemble in of.ensembles.items():
        (tmp_path / name).symlink_to(ensemble.folder)
    found = paper_files(tmp_path)
    assert {"by_day.parquet", "by_day.tex"} <= found.keys()
