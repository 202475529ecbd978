"""Words of a stranger in figures: never mathematics, never left out, in a font that has them."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from matplotlib import mathtext
from matplotlib.figure import Figure
from matplotlib.text import Text
from strangers import MATHEMATICS, stranger

import sim
from sim.cli import main
from sim.report.figures import fonts, missing, style
from sim.words import words

RESOLVE = "states.westmark.resolve"
POLICIES = "states.westmark.policy=quantal,grim"
RUNS = ("--runs", "20", "--seed", "7", "--out", "o")
SHORT = ("--set", "horizon=30", "--set", "outcome_window=10")
FACTOR = ("--factors", f"{RESOLVE}:0.2:0.9", "--seed", "7", "--out", "o")
#: Calls that draw; together every figure that the project has.
CALLS = {
    "run": ("run", "FILE", *RUNS, *SHORT),
    "compare": ("compare", "FILE", "--variant", f"$x_$: {RESOLVE}=0.2", *RUNS, *SHORT),
    "fork": ("fork", "FILE", "--day", "3", "--force", "westmark=raid", *RUNS),
    "sweep": ("sweep", "FILE", "--vary", f"{RESOLVE}=0.2:0.8:3", *RUNS, *SHORT),
    "sweep over two": (
        *("sweep", "FILE", "--vary", f"{RESOLVE}=0.2:0.8:3", *RUNS, *SHORT),
        *("--vary", "states.eastmark.resolve=0.2:0.8:3"),
    ),
    "sweep over words": ("sweep", "FILE", "--vary", POLICIES, *RUNS, *SHORT),
    "tournament": ("tournament", "FILE", "--doctrine", "mirror,dice", *RUNS, *SHORT),
    "sensitivity": ("sensitivity", "FILE", "--method", "oat", *RUNS, *SHORT),
    "uncertainty": ("uncertainty", "FILE", "--points", "8", "--per-point", "4", *FACTOR, *SHORT),
    "discover": ("discover", "FILE", "--outcome", "OTHER", "--points", "60", *FACTOR, *SHORT),
    "explain": ("explain", "FILE", "--seed", "7", "--runs", "10", "--out", "o.html", *SHORT),
    "explain a day": ("explain", "FILE", "--seed", "7", "--day", "2", "--out", "o.html"),
}


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts of all figures that are written; mathematics in one of them is an error."""

    def refuse(_: object, text: str, *more: object, **others: object) -> None:
        raise AssertionError(f"read as mathematics: {text}")

    monkeypatch.setattr(mathtext.MathTextParser, "parse", refuse)
    found: list[str] = []
    use = fonts.use

    def kept(fig: Figure) -> None:
        use(fig)
        texts = [one for one in fig.findobj(Text) if isinstance(one, Text)]
        assert not any(one.get_parse_math() for one in texts)
        found.extend(one.get_text() for one in texts)

    monkeypatch.setattr(fonts, "use", kept)
    return found


def letters(text: str) -> str:
    """A text without the line breaks that a figure may put into it."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("words_of_call", CALLS.values(), ids=CALLS)
def test_every_figure_shows_a_name_as_it_is(
    drawn: list[str],
    words_of_call: tuple[str, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    path = stranger(tmp_path, MATHEMATICS)
    outcomes = list(sim.load(path).outcomes)
    named = {"FILE": path.name, "OTHER": outcomes[-1]}
    assert main([named.get(word, word) for word in words_of_call]) in (0, 1)
    assert drawn
    shown = letters(" ".join(drawn))
    if words_of_call[0] in ("run", "compare", "fork"):
        for outcome in outcomes:
            assert letters(outcome)[:12] in shown, outcome


@pytest.mark.parametrize("kind", ["W" * 150, "many words " * 12])
def test_names_as_long_as_they_may_be_leave_room_for_the_figure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Matplotlib's warning that nothing is left would be an error here."""
    monkeypatch.chdir(tmp_path)
    long = [f"{n} {kind}"[:150].strip() for n in range(70)]
    path = stranger(tmp_path, long)
    assert main(["run", path.name, *RUNS, *SHORT]) == 0
    outcomes = sim.load(path).outcomes
    assert all(len(name) > 120 for name in outcomes)


def test_only_what_is_too_long_is_cut() -> None:
    fig = style.figure()
    ax = fig.add_subplot()
    ax.set_yticks([0, 1], ["short", "x" * 50])
    ax.set_title("a title\n" + "y" * 50)
    style.shorten(fig, 40)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["short", "x" * 39 + "…"]
    assert ax.get_title(loc="left") + ax.get_title() == "a title\n" + "y" * 39 + "…"


def test_figures_are_made_with_the_style_alone() -> None:
    """Whoever makes a figure elsewhere, or sets how text is read, would escape the test above."""
    places = {
        (path.name, word)
        for path in (ROOT / "sim").rglob("*.py")
        for word in re.findall(
            r"\bFigure\(|pyplot|parse_math|usetex|print_png|print_svg|savefig\(",
            re.sub(r'"""(?s:.*?)"""|#.*', "", path.read_text(encoding="utf-8")),
        )
    }
    assert {place for place, _ in places} == {"style.py"}


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Set what fonts the machine has besides the figures' own; nothing has been told yet."""

    def has(*families: str) -> None:
        found = tuple((family, fonts.font_manager.findfont(family)) for family in families)
        monkeypatch.setattr(fonts, "_candidates", lambda: found)

    fonts.find.cache_clear()
    monkeypatch.setattr(missing, "_told", set())
    monkeypatch.setattr(missing, "_waiting", set())
    yield has
    fonts.find.cache_clear()


def drawing(*texts: str, weight: str = "normal") -> tuple[Figure, bytes]:
    with style.settings():
        fig = style.figure()
        fig.add_subplot().set_axis_off()
        for k, text in enumerate(texts):
            fig.text(0.1, 0.9 - 0.1 * k, text, weight=weight)
        return fig, style.pictures(fig)[0]


IN_STIX = "\U0001d49e"  # a script capital C, which the figures' own font lacks


@pytest.mark.parametrize("weight", ["normal", "bold"])
def test_a_font_of_the_system_is_used_where_the_own_one_lacks_a_character(
    machine: Callable[..., None], caplog: pytest.LogCaptureFixture, weight: str
) -> None:
    machine()
    _, boxes = drawing(f"name {IN_STIX}", weight=weight)
    assert missing._waiting
    fonts.find.cache_clear()
    missing._waiting.clear()
    machine("cmr10", "STIXGeneral")
    fig, letters_drawn = drawing(f"name {IN_STIX}", "plain", weight=weight)
    assert fig.texts[0].get_fontfamily() == [fonts.OWN, "STIXGeneral"]
    assert boxes != letters_drawn
    missing.tell(words())
    assert caplog.messages == []


def test_what_no_font_has_is_said_once_in_one_sentence(
    machine: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    machine("cmr10")
    with caplog.at_level(logging.WARNING):
        drawing("停战 तनाव อื่น")
        drawing("停战")
        missing.tell(words())
        drawing("停战")
        missing.tell(words())
    assert caplog.messages == [
        "Figures: no font on this machine has CJK, Devanagari and Thai characters, so they are "
        "shown as boxes (install one that has them, such as Noto Sans)."
    ]


@pytest.mark.parametrize("text", ["plain", "naïve œuvre €", "Привет", "two\nlines\u200f", "—…“”"])
def test_usual_names_look_for_no_font(
    monkeypatch: pytest.MonkeyPatch, text: str, machine: Callable[..., None]
) -> None:
    def refuse() -> None:
        raise AssertionError("the fonts of the system were looked through")

    monkeypatch.setattr(fonts, "_candidates", refuse)
    fig, _ = drawing(text)
    assert fig.texts[0].get_fontfamily() == [fonts.OWN]


def test_a_font_that_is_broken_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, machine: Callable[..., None]
) -> None:
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"no font")
    monkeypatch.setattr(fonts.font_manager, "findSystemFonts", lambda: [str(broken)])
    assert str(broken) not in dict(map(reversed, fonts._candidates.__wrapped__()))
    monkeypatch.setattr(fonts, "_candidates", lambda: (("Broken", str(broken)),))
    assert fonts.find(frozenset("停")) == fonts.Fonts((), frozenset("停"))
