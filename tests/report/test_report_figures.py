"""Figures: the same bytes twice, labels apart, and colours that can be told apart."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from sim.narration.event_sentences import EventSentence, event_sentences
from sim.narration.names import Names
from sim.report.ensemble_data import EnsembleData, gather, medoid
from sim.report.figures import palette, style
from sim.report.figures.drawing import Drawing, write
from sim.report.figures.ensemble import OF_ALL, drawings
from sim.report.figures.layout import spring
from sim.report.figures.svg import HEAVY, element, inline
from sim.report.figures.timeline import POINTS, Line, headlines
from sim.report.pages.ensemble_sentences import Sentences, of_runs
from sim.report.values import short
from sim.scenario import Scenario
from sim.words import words
from tests.report import fake


def data_of(scenario: Scenario, runs: int = 40) -> EnsembleData:
    return gather(*fake.ensemble_tables(runs, about=scenario), scenario, 1)


def line_of(scenario: Scenario) -> Line:
    rung = fake.rungs(1, scenario.horizon)[0]
    return Line(
        rung,
        list(event_sentences(fake.story(scenario, rung).events, scenario)),
        Names(scenario).states,
    )


def drawing_of(name: str, data: EnsembleData) -> Drawing:
    return drawings(data, {}, words())[name]


def picture_of(name: str, data: EnsembleData) -> tuple[bytes, bytes]:
    with style.settings():
        return style.pictures(drawing_of(name, data).draw())


def test_same_data_give_the_same_bytes(tmp_path: Path) -> None:
    scenario = fake.two_states(horizon=14)
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        for drawing in drawings(
            data_of(scenario), {"typical": line_of(scenario)}, words()
        ).values():
            write(drawing, folder, words())
    files = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert len(files) == 2 * 8
    assert [
        name
        for name in files
        if (tmp_path / "a" / name).read_bytes() != (tmp_path / "b" / name).read_bytes()
    ] == []


def test_last_digits_of_the_layout_solver_do_not_reach_the_files(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They differ from time to time, and names of clipping paths are made from them."""
    execute, noise = ConstrainedLayoutEngine.execute, iter((0.0, 3e-13))

    def noisy(engine: ConstrainedLayoutEngine, fig: Figure) -> None:
        execute(engine, fig)
        shift = next(noise)
        for ax in fig.axes:
            left, bottom, width, height = ax.get_position().bounds
            ax.set_position((left + shift, bottom, width, height))

    monkeypatch.setattr(ConstrainedLayoutEngine, "execute", noisy)
    (_, first), (_, second) = (picture_of("rungs", data_of(fake.bare())) for _ in range(2))
    assert first == second


def test_other_data_give_other_bytes() -> None:
    (_, first), (_, second) = (
        picture_of("rungs", gather(*fake.ensemble_tables(30, seed, fake.bare()), fake.bare(), 1))
        for seed in (1, 2)
    )
    assert first != second


def test_files_hold_no_date_and_no_version() -> None:
    png, svg = picture_of("outcomes", data_of(fake.bare()))
    assert b"Matplotlib" not in png
    assert b"<dc:date>" not in svg


@pytest.mark.parametrize("name", OF_ALL)
@pytest.mark.parametrize("runs", [0, 1])
def test_every_figure_can_be_drawn_from_nothing_and_from_one(name: str, runs: int) -> None:
    scenario = fake.bare()
    made, series = fake.ensemble_tables(1, about=scenario)
    png, svg = picture_of(name, gather(made if runs else fake.fail(made, [0]), series, scenario, 1))
    assert png
    assert svg


def test_importing_the_figures_starts_no_window_system(
    python: Callable[..., subprocess.CompletedProcess[str]],
) -> None:
    done = python(
        "import sys, sim.report.pages.ensemble\n"
        "heavy = ('matplotlib.pyplot', 'tkinter', 'scipy.stats')\n"
        "print(*[name for name in heavy if name in sys.modules])"
    )
    assert done.stdout.strip() == ""


def test_style_leaves_the_settings_of_the_process_alone() -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    assert before["font.size"] == mpl.rcParamsDefault["font.size"]
    with style.settings():
        assert mpl.rcParams["font.size"] == style.TEXT
    assert dict(mpl.rcParams) == before


def lightness(colour: str) -> float:
    """CIE L* of a colour."""
    values = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return float(116 * np.cbrt(linear @ [0.2126, 0.7152, 0.0722]) - 16)


def test_rungs_get_darker_step_by_step_so_that_grey_tells_them_apart() -> None:
    steps = np.diff([lightness(colour) for colour in palette.RUNG_COLOURS])
    assert (steps < -8).all()


def test_type_on_a_colour_can_be_read() -> None:
    for colour in (*palette.RUNG_COLOURS, *palette.OKABE_ITO):
        assert abs(lightness(colour) - lightness(palette.ink_on(colour))) > 38


def test_labels_are_moved_apart_and_keep_their_order() -> None:
    got = style.spread([0.5, 0.5, 0.51, 0.9], 0.1, 0.0, 1.0)
    assert np.diff(got).min() >= 0.1 - 1e-12
    assert got[:3].mean() == pytest.approx((0.5 + 0.5 + 0.51) / 3)
    assert got[3] == pytest.approx(0.9)


def test_labels_at_an_edge_stay_inside() -> None:
    got = style.spread([1.0, 1.0, 0.99], 0.2, 0.0, 1.0)
    assert sorted(got) == pytest.approx([0.6, 0.8, 1.0])
    assert style.spread([0.0] * 11, 0.2, 0.0, 1.0) == pytest.approx(np.linspace(0, 1, 11))
    assert style.spread([], 0.1, 0, 1).size == 0


def test_medoid_is_the_row_nearest_to_all_others() -> None:
    rows = np.random.default_rng(3).integers(0, 5, (40, 3)).astype(float)
    ranks = np.stack(
        [[np.sum(c < v) + (np.sum(c == v) + 1) / 2 for v in c] for c in rows.T], axis=1
    )
    by_hand = np.abs(ranks[:, None, :] - ranks[None, :, :]).sum(axis=(1, 2))
    assert medoid(rows) == int(np.argmin(by_hand))
    assert medoid(np.array([[1.0], [2.0], [9.0]])) == 1


def test_typical_is_of_the_most_frequent_outcome_and_extreme_has_most_dead() -> None:
    data = data_of(fake.two_states())
    by_number = data.fine.set_index("replication")
    assert by_number.loc[data.typical, "outcome"] == data.fine["outcome"].mode()[0]
    assert by_number.loc[data.extreme, "interstate_deaths"] == data.fine["interstate_deaths"].max()


def test_rung_shares_of_a_day_sum_to_one() -> None:
    data = data_of(fake.two_states())
    np.testing.assert_allclose(data.rungs.sum(axis=0), 1)
    _, series = fake.ensemble_tables(40, about=fake.two_states())
    assert data.rungs[6, 9] == pytest.approx((series[series["day"] == 10]["rung"] == 6).mean())


def test_layout_keeps_states_on_their_sides_and_sectors_apart() -> None:
    place = spring([0, 0, 0, 1, 1, 1], [(0, 1), (1, 2), (3, 4), (4, 5), (0, 3), (2, 5)])
    gap = np.hypot(*(place[:, None] - place[None, :]).transpose(2, 0, 1)) + np.eye(6)
    assert place[:3, 0].max() < place[3:, 0].min()
    assert gap.min() > 0.2
    assert (place.min(), place.max()) == (0, 1)
    assert spring([], []).shape == (0, 2)
    assert spring([0], []).tolist() == [[0.5, 0.5]]


def test_layout_of_a_ring_is_a_ring() -> None:
    place = spring([0] * 8, [(k, (k + 1) % 8) for k in range(8)])
    gap = np.hypot(*(place[:, None] - place[None, :]).transpose(2, 0, 1))
    sides = np.array([gap[k, (k + 1) % 8] for k in range(8)])
    assert sides.max() < 1.1 * sides.min()
    assert min(gap[k, (k + 4) % 8] for k in range(8)) > 2 * sides.max()


def test_svg_in_a_page_has_its_own_ids_and_no_namespace() -> None:
    head = '<?xml version="1.0"?><svg xmlns="http://w3" width="1pt" viewBox="0 0 1 1">'
    text = head + '<metadata>http://x</metadata><style>*{}</style><g id="a"/>'
    got = inline(text + '<use xlink:href="#a" clip-path="url(#b)"/></svg>', "fig", 'say "it"')
    assert got.startswith('<svg role="img" aria-label="say &quot;it&quot;" viewBox="0 0 1 1"')
    assert got.endswith('><g id="fig-a"/><use href="#fig-a" clip-path="url(#fig-b)"/></svg>')


def test_styles_of_a_figure_become_attributes_that_a_policy_allows() -> None:
    text = '<svg viewBox="0 0 1 1"><path d="M 0 0" style="fill: none; stroke: #f00"/></svg>'
    got = inline(text, "fig", "line")
    assert got.endswith('><path d="M 0 0" fill="none" stroke="#f00"/></svg>')


def test_heavy_figure_goes_in_as_a_picture() -> None:
    assert (
        element(b"picture", b"<svg viewBox='0 0 1 1'>" + b" " * HEAVY, "f", "alt")
        == '<img alt="alt" src="data:image/png;base64,cGljdHVyZQ==">'
    )


def test_headlines_are_few_different_and_in_order() -> None:
    points = headlines(line_of(fake.two_states()))
    assert 1 <= len(points) <= POINTS
    assert [one.day for one in points] == sorted(one.day for one in points)
    assert len(set(points)) == len(points)


def test_a_replayed_past_is_no_headline() -> None:
    past = EventSentence(-3, "ceasefire", 0, 1, -1, -1, 0, 0, -1, True, "A ceasefire begins.", "")
    assert headlines(Line(np.zeros(7, int), [past], ["A", "B"])) == []


@pytest.mark.parametrize(
    ("count", "n", "said"),
    [
        (0, 50, "none of the 50 replications"),
        (7, 50, "7 of 50 replications"),
        (460, 1000, "46 of 100 replications"),
        (3, 1000, "3 of 1,000 replications"),
        (9, 9, "all of the 9 replications"),
        (1, 1, "1 of 1 replication"),
    ],
)
def test_shares_are_said_as_counts(count: int, n: int, said: str) -> None:
    assert of_runs(count, n, words()) == said


def test_sentences_follow_the_data() -> None:
    data = data_of(fake.two_states())
    best = data.fine["outcome"].mode()[0]
    assert (
        f"“{best}”, in {(data.fine['outcome'] == best).sum()} of 40 replications"
        in Sentences(data, words()).outcomes()
    )
    assert (
        f"in {int(data.fine['ceasefire_at_end'].sum())} of 40 replications "
        "a ceasefire was in force on day 180" in Sentences(data, words()).outcomes()
    )


def test_long_names_keep_what_tells_them_apart() -> None:
    labels = [f"Leverage of Lakeland on {state}" for state in ("Northmark", "Southmark")]
    paths = [f"mediators.lakeland.leverage.{state}" for state in ("northmark", "southmark")]
    for names in (labels, paths):
        cut = [short(name, 24) for name in names]
        assert [len(name) for name in cut] == [24, 24]
        assert cut[0] != cut[1]
    assert short("Leverage", 24) == "Leverage"
