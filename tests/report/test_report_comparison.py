"""The page and the figures of a comparison."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser.checks import faults, unreached
from browser.chromium import View
from conftest import OpenPage

from sim.report.figures import heat, palette, style
from sim.report.figures.comparison import drawings
from sim.report.figures.drawing import Drawing, write
from sim.report.pages.comparison import PAGE, page, write_comparison
from sim.report.pages.crossing import SHADES
from sim.studies.compare.comparison import Comparison
from sim.studies.compare.crossing import AS_IT_IS, Cell, Crossing, matrices
from sim.studies.compare.regret import CrossResults, regret
from sim.studies.compare.sides import Side
from sim.studies.contract import DesignLabel
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


def crossed(of: Comparison) -> CrossResults:
    """What was crossed: one option in every other scenario, with its regret."""
    cells = {
        name: Cell(f"arland: grim {k // 2}", ("mirror", AS_IT_IS)[k % 2])
        for k, name in enumerate(of.names)
    }
    asked = DesignLabel("cross", "A <crossing>", "Which option loses least?")
    crossing = Crossing(cells, ("deaths", "quiet", "first_ceasefire_day"), asked)
    return CrossResults(crossing, tuple(matrices(of, crossing)), regret(of, "deaths", cells))


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_comparison(comparison(), tmp_path_factory.mktemp("page")).read_text(
        encoding="utf-8"
    )


@pytest.fixture(scope="module")
def of_three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of two scenarios beside the baseline, crossed, with their regret."""
    of = comparison(others=2)
    return write_comparison(of, tmp_path_factory.mktemp("three"), crossed(of))


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


def test_a_crossing_begins_with_its_matrix_and_its_regret(of_three: Path) -> None:
    text = of_three.read_text(encoding="utf-8")
    places = [text.index(f'id="{name}"') for name in ("matrix", "regret", "differs", "findings")]
    assert places == sorted(places)
    assert "<h1>A &lt;crossing&gt;</h1>" in text
    assert "Which option loses least?" in text
    cells = re.findall(r'<td class="shade-(\d)"><strong>(.*?)</strong>\s*<span>(.*?)</span>', text)
    assert len(cells) == 3 * 2 * 2  # of two scenarios and two options, of which one is not there
    assert sum(value == "–" for _, value, _ in cells) == 3
    assert {shade for shade, value, _ in cells if value == "–"} == {"0"}
    assert all(" to " in interval for _, value, interval in cells if value != "–")
    assert "Whose loss is it?" in text
    assert "says nothing about what a government should do" in text


def test_the_colours_of_cells_are_those_of_heat_maps() -> None:
    css = PAGE.style_text
    for shade in range(SHADES):
        colour = heat.colour_of(shade / (SHADES - 1), 0.0, 1.0)
        rule = re.search(rf"\.shade-{shade} {{ background: (#\w+);( color: #fff;)? }}", css)
        assert rule
        assert rule[1] == colour
        assert bool(rule[2]) == (palette.ink_on(colour) == palette.PAPER)


def test_many_scenarios_have_no_figures_of_pairs(tmp_path: Path) -> None:
    of = comparison(others=6)
    assert drawings(of, words()) == []
    text = page(of, [], words())
    assert "7 scenarios beside each other" in text
    assert "There are figures of pairs and of measures for up to 6 scenarios" in text


def test_a_comparison_in_french_has_no_english_sentence(tmp_path: Path) -> None:
    of = comparison()
    page = write_comparison(of, tmp_path, crossed(of), language="fr").read_text(encoding="utf-8")
    assert "\u00a0?" in page
    assert " ?" not in re.sub(r"<(style|svg|script)\b.*?</\1>", "", page, flags=re.DOTALL)
    body = re.sub(r"<(style|svg|script)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert '<html lang="fr"' in page
    assert "Apparié\u00a0: la réplication k de chacun a les mêmes tirages aléatoires" in body
    for own in ("<bold> &amp; 0", "as it is", "A &lt;crossing&gt;", "Which option loses least?"):
        body = body.replace(own, "")  # texts of the scenario
    assert re.findall(r"\b(?:the|which|of|replications|differences|and|days)\b", body) == []
