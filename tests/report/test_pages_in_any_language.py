"""Every word of a page comes from `sim/words`, from the scenario, or is said to be English."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from markupsafe import Markup

import sim
from sim.design.design import run_design
from sim.design.draws import Draws
from sim.design.factors import Factor
from sim.narration.outcomes import meanings
from sim.report.figures.comparison import drawings
from sim.report.pages import comparison as compare_page
from sim.report.pages import page as study
from sim.report.pages.discovery import DiscoveryPage
from sim.report.pages.ensemble import report_of
from sim.report.pages.fork import ForkPage
from sim.report.pages.html import Provenance, render
from sim.report.pages.page import Page, Section
from sim.report.pages.sensitivity import SensitivityPage
from sim.report.pages.sweep import SweepPage
from sim.report.pages.tournament import TournamentPage
from sim.report.pages.uncertainty import UncertaintyPage
from sim.scenario import Scenario
from sim.studies import targets
from sim.studies.compare.comparison import Comparison
from sim.studies.compare.sides import Side
from sim.studies.discovery import DiscoveryQuestion
from sim.studies.fork import Branch, ForkQuestion, fork
from sim.studies.sensitivity.sensitivity import SensitivityQuestion
from sim.studies.sweep import SweepQuestion
from sim.studies.tournament.strategies import strategies_of, two_states
from sim.studies.tournament.tournament import TournamentQuestion
from sim.studies.uncertainty import UncertaintyQuestion
from sim.words import Words
from sim.words.sentence import Sentence
from tests.report import fake
from tests.report.marked import Visible, marked_words, texts_of, unmarked
from tests.studies.inputs import known

OUTCOMES = {"many": {"attacks": {"at_least": 1}}, "few": {}}
LEFT_OUT = {"expect": [], "teaching": None}  # they name outcomes that this scenario has not
OVERRIDES = {"horizon": 10, "outcome_window": 5, "outcomes": OUTCOMES, **LEFT_OUT}
#: Names of programs, of a unit, and what stands for itself in every language.
NAMES = (
    "escalation python numpy scipy numba pandas matplotlib sha csv json known holm sobol morris usd"
)
BLANK = Markup("")


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Words:
    return marked_words(tmp_path_factory.mktemp("words"))


@pytest.fixture(scope="module")
def scenario() -> Scenario:
    return sim.load(sim.scenarios() / "two_states.yaml", OVERRIDES)


def factors(count: int) -> tuple[Factor, ...]:
    return tuple(Factor(path, f"number {n}", 0, 1) for n, path in enumerate(known.PATHS[:count]))


def sweep(count: int) -> Callable[[Scenario], SweepQuestion]:
    def question(scenario: Scenario) -> SweepQuestion:
        grid = ((0.2, 0.8, 0.9),) * count
        chosen = targets.select(scenario, ["many", "few", "closure_days"])
        return SweepQuestion(scenario, factors(count), chosen, 7, grid)

    return question


def sensitivity(method: str, count: int) -> Callable[[Scenario], SensitivityQuestion]:
    def question(scenario: Scenario) -> SensitivityQuestion:
        chosen = targets.select(scenario, ["many", "closure_days"])
        return SensitivityQuestion(scenario, factors(3), chosen, 7, method, count)

    return question


def uncertainty(scenario: Scenario) -> UncertaintyQuestion:
    chosen = targets.select(scenario, ["many", "trade_lost", "closure_days"])
    return UncertaintyQuestion(scenario, factors(3), chosen, 7, "sobol", 64)


def discovery(scenario: Scenario) -> DiscoveryQuestion:
    return DiscoveryQuestion(scenario, factors(3), targets.select(scenario, ["many"]), 7, 400)


def tournament(scenario: Scenario) -> TournamentQuestion:
    who = strategies_of(["mirror", "dice"], ["grim"])
    return TournamentQuestion.ask(
        scenario, who, two_states(scenario), measures=["closure_days", "many"], seed=7
    )


QUESTIONS: dict[str, Callable[[Scenario], Any]] = {
    "sweep": sweep(1),
    "sweep of two": sweep(2),
    "tournament": tournament,
    "oat": sensitivity("oat", 1),
    "morris": sensitivity("morris", 8),
    "sobol": sensitivity("sobol", 32),
    "uncertainty": uncertainty,
    "discovery": discovery,
}


def page_of(question: Any, answer: Any, words: Words) -> Page:
    """The page of an answer."""
    scenario = question.scenario
    if isinstance(question, SweepQuestion):
        return SweepPage(answer, list(scenario.outcomes), words).page(scenario.title)
    if isinstance(question, TournamentQuestion):
        return TournamentPage(answer, words).page(scenario.title)
    if isinstance(question, SensitivityQuestion):
        return SensitivityPage(answer, words).page(scenario.title)
    if isinstance(question, UncertaintyQuestion):
        return UncertaintyPage(answer, answer.targets, words).page(scenario.title)
    return DiscoveryPage(answer, words).page(scenario.title)


@pytest.mark.parametrize("kind", QUESTIONS)
def test_a_page_of_inputs(kind: str, scenario: Scenario, marked: Words) -> None:
    question = QUESTIONS[kind](scenario)
    result = run_design(
        scenario,
        question.design(),
        runs=20,
        seed=7,
        jobs=1,
        draws=question.draws,
        engine=known.known_engine(),
    )
    page = page_of(question, question.answer(result), marked)
    text = render(
        study.PAGE,
        marked,
        page=page,
        scenario=scenario,
        markup=dict.fromkeys((one.name for one in page.drawings), BLANK),
        provenance=Provenance("", {"escalation": "1"}),
        meanings=meanings([scenario], marked),
    )
    shown = [*Visible(text).texts, *texts_of(page.drawings)]
    assert len(shown) > 40
    coded = "many few number sobol policy overshoot proportional grim random"
    assert unmarked(shown, scenario, NAMES, coded) == []


def test_the_page_of_a_report(tmp_path: Path, marked: Words) -> None:
    found = fake.ensemble(fake.two_states(), tmp_path, runs=240)
    ends = np.array(["quiet", "war, not over"])[_early_war(found)]
    ensemble = replace(found, runs=found.runs.assign(outcome=ends))
    made = report_of(ensemble, marked, ensemble.rerun)  # type: ignore[arg-type]
    assert {"typology", "tree"} <= set(made.drawings())
    figures = made.drawings()
    text = made.page({name: (one, BLANK) for name, one in figures.items()})
    shown = [*Visible(text).texts, *texts_of(figures.values())]
    assert unmarked(shown, ensemble.scenario, NAMES) == []


def _early_war(ensemble: fake.Ensemble) -> np.ndarray:
    """Whether each run has open war in its first week, as a number."""
    series = ensemble.series
    early = series[series["day"] <= 7].groupby("replication")["rung"].max()
    return (early >= 6).to_numpy().astype(int)


@pytest.mark.parametrize("paired", [True, False])
def test_the_page_of_a_comparison(marked: Words, paired: bool) -> None:
    scenario = fake.two_states()
    found = fake.ensemble_tables(90, 1, scenario)[0]
    flags = [measure.name for measure in scenario.measures if measure.unit == "flag"]
    runs = found.assign(**{name: found[name].clip(upper=1) for name in flags})
    more = runs.assign(deaths=2 * runs["deaths"], outcome="war, not over")
    reason = Sentence.of("studies.compare.other_seed", each="1, 2")
    of = Comparison(
        [Side("north", scenario, runs, 7), Side("south", scenario, more, 7)],
        unpaired_because=None if paired else reason,
    )
    figures = drawings(of, marked)
    text = compare_page.page(of, [(one, BLANK) for one in figures], marked)
    shown = [*Visible(text).texts, *texts_of(figures)]
    assert unmarked(shown, scenario, NAMES, "north south") == []


@pytest.mark.parametrize("draws", ["independent", "common"])
def test_the_page_of_a_fork(tmp_path: Path, marked: Words, draws: str) -> None:
    short = {"horizon": 12, "outcome_window": 5}
    scenario = sim.load(sim.scenarios() / "two_states.yaml", short)
    branch = Branch(choices=("westmark=raid",))
    answer = fork(ForkQuestion(scenario, 7, 3, 4, branch, 4, Draws(draws)))
    sections = ForkPage(answer, marked).sections()
    texts = [*(text for one in sections for text in written(one))]
    figures = [drawing for one in sections for drawing in one.drawings]
    assert unmarked([*texts, *texts_of(figures)], scenario, NAMES, "docs fork md") == []


def written(section: Section) -> list[str]:
    """The texts of a part of a page."""
    tables = [
        text
        for table in section.tables
        for text in (table.title, *table.columns, *(cell for row in table.rows for cell in row))
    ]
    return [section.heading, *section.see, *tables, *section.notes]


def test_what_is_not_from_words_is_found(scenario: Scenario) -> None:
    texts = Visible('<p>ħīǥħ</p><p>highest rung</p><p lang="en">left out</p>').texts
    assert unmarked(texts, scenario) == ["highest rung"]
