"""The page and the figures of a comparison."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser.checks import faults, unreached
from browser.chromium import View
from conftest import OpenPage

from sim.report.figures import style
from sim.report.figures.comparison import drawings
from sim.report.figures.drawing import Drawing, write
from sim.report.pages.comparison import page, write_comparison
from sim.studies.compare.comparison import Comparison
from sim.studies.compare.sides import Side
from sim.words import words
from sim.words.sentence import Sentence
from tests.report import fake

SCENARIO = fake.two_states()
OTHER = fake.two_states(**{"states.arland.resolve": 0.9})


def comparison(*, paired: bool = True, others: int = 1) -> Comparison:
    runs = fake.ensemble_tables(90, 1, SCENARIO)[0].assign(war_at_end=0)
    changed = runs.assign(
        deaths=2 * runs["deaths"],
        outcome=["war, not over" if k % 7 == 0 else name for k, name in enumerate(runs["outcome"])],
    )
    sides = [
        Side("as it is", SCENARIO, runs, 7),
        *(Side(f"<bold> & {k}", OTHER, changed, 7) for k in range(others)),
    ]
    return Comparison(
        sides,
        unpaired_because=None if paired else Sentence.of("studies.compare.other_seed", each="1, 2"),
    )


def drawn(of: Comparison) -> dict[str, Drawing]:
    return {drawing.name: drawing for drawing in drawings(of, words())}


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_comparison(comparison(), tmp_path_factory.mktemp("page")).read_text(
        encoding="utf-8"
    )


@pytest.fixture(scope="module")
def of_three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of two scenarios beside the baseline."""
    return write_comparison(comparison(others=2), tmp_path_factory.mktemp("three"))


def test_the_page_stands_alone(text: str) -> None:
    assert re.findall(r"""(?:src|href)\s*=\s*["']?(?:https?:)?//""", text) == []
    assert "@import" not in text
    assert '<html lang="en" dir="ltr">' in text
    assert "Illustrative model, not a forecast" in text


def test_it_opens_with_what_differs_then_findings_then_figures(text: str) -> None:
    places = [
        text.index(f'id="{name}"')
        for name in ("differs", "findings", "differences", "flow", "numbers", "repeat")
    ]
    assert places == sorted(places)
    assert "states.arland.resolve" in text[: places[1]]


def test_names_are_text_and_not_markup(text: str) -> None:
    assert "<bold>" not in text
    assert "&lt;bold&gt; &amp; 0" in text


def test_every_figure_says_what_it_shows(text: str) -> None:
    figures = re.findall(r"<figure.*?</figure>", text, re.DOTALL)
    assert len(figures) == 5
    for figure in figures:
        assert re.search(r'(aria-label|alt)="[^"]{20,}"', figure)
        assert "<figcaption>" in figure


def test_figures_are_written_as_png_and_svg_and_are_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        for drawing in drawings(comparison(), words()):
            write(drawing, tmp_path / name, words(), "90 replications each")
    names = {path.name for path in (tmp_path / "one").iterdir()}
    assert names == {
        f"{figure}.{kind}"
        for figure in ("differences", "flow", "convergence", "curves", "clouds")
        for kind in ("png", "svg")
    }
    assert all(
        (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
        for name in names
    )


def test_without_pairs_there_is_no_flow() -> None:
    assert "flow" in drawn(comparison())
    assert "flow" not in drawn(comparison(paired=False))


def test_each_scenario_beside_the_baseline_has_its_own_figures() -> None:
    assert {name for name in drawn(comparison(others=2)) if name.startswith("flow")} == {
        "flow_1",
        "flow_2",
    }


def test_ribbons_leave_and_arrive_whole(tmp_path: Path) -> None:
    """Each ribbon is as wide where it ends as where it starts, and together they fill both bars."""
    with style.settings():
        (ax,) = drawn(comparison())["flow"].draw().axes
    bands = [path.get_paths()[0].vertices for path in ax.collections]
    ribbons = [band for band in bands if len(band) > 20]
    of = comparison()
    assert len(ribbons) == len(of.pairs["<bold> & 0"].flow())
    widths = [abs(band[len(band) // 4, 1] - band[-len(band) // 4, 1]) for band in ribbons]
    assert sum(widths) == pytest.approx(1, abs=0.02)


def test_a_comparison_of_the_same_draws_too(tmp_path: Path) -> None:
    runs = fake.ensemble_tables(30, 1, SCENARIO)[0].assign(war_at_end=0)
    of = Comparison([Side("one", SCENARIO, runs, 7), Side("twin", SCENARIO, runs, 7)])
    assert "Nothing: the scenarios have the same values." in page(of, [], words())
    assert (
        len([write(drawing, tmp_path, words(), of.each) for drawing in drawings(of, words())]) == 5
    )


@pytest.mark.browser
@pytest.mark.parametrize("width", [360, 1200])
def test_the_page_has_no_faults_in_a_browser(
    open_page: OpenPage, of_three: Path, width: int
) -> None:
    page = open_page(of_three, View(width, 800))
    assert faults(page) + unreached(page) == []


def test_a_comparison_in_french_has_no_english_sentence(tmp_path: Path) -> None:
    page = write_comparison(comparison(), tmp_path, language="fr").read_text(encoding="utf-8")
    body = re.sub(r"<(style|svg|script)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert '<html lang="fr"' in page
    assert "Apparié : la réplication k de chacun a les mêmes tirages aléatoires" in body
    body = body.replace("<bold> &amp; 0", "").replace("as it is", "")  # names of the scenarios
    assert re.findall(r"\b(?:the|which|of|replications|differences|and|days)\b", body) == []
