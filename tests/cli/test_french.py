"""No English sentence on a French page or screen: of any kind of page, and of any command.

What is English is known from the English words of the program and from the texts of the scenario in
its own language: three words of one of them in a row, or a short one alone, that stand in no French
one. All that a page holds is read, what its scripts say later too.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import attrs
import jinja2
import pytest
from conftest import ROOT

from sim.cli import app, main
from sim.scenario import load
from sim.scenario.languages import NAMED, texts_of
from sim.scenario.schema import ScenarioFile
from sim.vocabulary.codes import FailureKind
from sim.vocabulary.measures import DEFAULT_OUTCOMES
from sim.words import words
from sim.words.names import place_name, readable_name
from tests.engine.world.many import needs_compilation
from tests.report.marked import Visible

LANGUAGE = "fr"
IN_A_ROW = 3  # words by which a longer text is known
SHORT = "id: short\nextends: two_states\nhorizon: 25\noutcome_window: 5\n"
ONE = ("--jobs", 1)
FEW = ("--runs", 4)
FACTOR = ("--factors", "states.westmark.resolve:0.2:0.9")
VARIED = ("--vary", "states.westmark.resolve=0.2:0.9:2")
#: A call of each command that tells something of a scenario; `SHORT` is its scenario.
CALLS: dict[str, tuple[object, ...]] = {
    "run": ("run", *FEW, *ONE),
    "compare": ("compare", "--variant", "bold: states.westmark.resolve=0.9", *FEW, *ONE),
    "fork": ("fork", "--force", "westmark=raid", *FEW, *ONE, "--replication", 1, "--day", 4),
    "sweep": ("sweep", *VARIED, *FEW, *ONE),
    "tournament": ("tournament", "--doctrine", "mirror,dice", *FEW, *ONE),
    "sensitivity": ("sensitivity", "--method", "oat", *FEW, *FACTOR, *ONE),
    "uncertainty": ("uncertainty", "--points", 4, "--per-point", 2, *FACTOR, *ONE),
    "discover": ("discover", "--outcome", "quiet", "--points", 40, *FACTOR, *ONE),
    "trace": ("trace",),
    "explain": ("explain", "--day", 2, "--out", "why.html"),
    "explain, turning points": ("explain", *FEW, *ONE, "--out", "turning.html"),
    "replay": ("replay", "--out", "replay.html"),
    "play": ("play", "--as", "westmark", "--replication", 1),
    "page": ("page", "--out", "page.html"),
    "lesson": ("lesson", *FEW, *ONE, "--out", "lesson"),
    "pack": ("pack", *FEW, *ONE, "--out", "pack.zip"),
    "describe": ("describe",),
}
#: Scenarios with events and actions of their own, and what tells of these in words.
WITH_OWN_RULES = ("naval_strait", "cyber_grid", "sponsor_valley", "two_alliances")
TELLING: dict[str, tuple[object, ...]] = {
    "describe": ("describe",),
    "trace": ("trace", "--seed", 7, "--replication", 1),
    "explain": ("explain", "--seed", 7, "--replication", 1, "--day", 45),
    "replay": ("replay", "--seed", 7, "--replication", 1, "--out", "replay.html"),
}
#: Commands about files, fields and folders, which tell nothing of a scenario to a class.
OTHERS = {"check", "diff", "fmt", "resolve", "schema", "list", "fields", "policies", "new"} | {
    *("measures", "serve", "audit", "export", "rerun")
}
#: Why a replication ended early: an error message, which is English on every page.
ERRORS = {kind.sentence for kind in FailureKind}


def spoken(text: str) -> list[str]:
    """The words of a text in small letters, a placeholder being none."""
    return re.findall(r"[^\W\d_]+", re.sub(r"{\w+}", " | ", text).lower().replace("’", "'"))


def rows(text: str) -> Iterator[tuple[str, ...]]:
    """Each few words of a text that stand in a row, nothing filled in between them."""
    for part in re.split(r"{\w+}", text):
        each = spoken(part)
        yield from (tuple(each[i : i + IN_A_ROW]) for i in range(len(each) - IN_A_ROW + 1))


def entries(language: str) -> Iterator[str]:
    """All texts of the program in a language."""
    own = words(language)
    for entry in own.own.entries().values():
        yield from [entry] if isinstance(entry, str) else entry.values()


class English:
    """What is English and not French, by the words of the program and the texts of a scenario."""

    def __init__(self, file: ScenarioFile) -> None:
        french, own = file.languages[LANGUAGE], [text for _, text in texts_of(file)]
        named = (name for table in NAMED for name in texts_in(attrs.asdict(french)[table]))
        here = [*entries(LANGUAGE), *french.texts.values(), *french.outcomes.values(), *named]
        there = [*entries("en"), *own, *file.outcomes]
        self.rows = {row for text in there for row in rows(text)} - {
            row for text in here for row in rows(text)
        }
        alike = {" ".join(spoken(text)) for text in here}
        self.short = {
            text
            for text in (" ".join(spoken(one)) for one in there if "{" not in one)
            if 0 < text.count(" ") < IN_A_ROW and text not in alike
        }
        self.names = {name for name in _names(file) if not any(name in text for text in here)}

    def find(self, text: str) -> str:
        """The first English of a text; empty if there is none."""
        squeezed = " ".join(text.split())
        if " " not in squeezed or squeezed in ERRORS:
            return ""
        for name in self.names:
            if name in squeezed:
                return name
        if " ".join(spoken(squeezed)) in self.short:
            return squeezed
        return next((" ".join(row) for row in rows(squeezed) if row in self.rows), "")


def _names(file: ScenarioFile) -> Iterator[str]:
    """Names of the entities as an English page has them."""
    for table in NAMED:
        for key, entry in getattr(file, table).items():
            title = getattr(entry, "crossing" if table == "borders" else "title", None)
            yield from (place_name(title, key), readable_name(key))


def texts_in(value: Any) -> Iterator[str]:
    """The texts in the data of a page; a page within it is read like any other."""
    if isinstance(value, str):
        if value not in DEFAULT_OUTCOMES:  # by which scripts look up the words of an outcome
            yield from shown_on(value) if value.lstrip().startswith("<!doctype") else [value]
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts_in(one)


def shown_on(page: str) -> list[str]:
    """All that is written on a page, or can be by its scripts."""
    data = re.findall(r'<script type="application/json" id="(?!worker)[^"]*">(.*?)</script>', page)
    inside = [text for one in data if one[:2] != "@@" for text in texts_in(json.loads(one))]
    drawn = re.findall(r"<text\b[^>]*>(.*?)</text>", page, re.DOTALL)
    return [*Visible(page).texts, *inside, *(re.sub("<[^>]*>", " ", one) for one in drawn)]


def without_code(text: str) -> str:
    """A screen without what stands for itself: commands, paths, keys and names of files."""
    return re.sub(r"\S*[/_=.]\S+|--\S+", "|", text)


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """By call, all that its screen and its pages say; templates that were filled in under ''."""
    found: dict[str, list[str]] = {"": []}
    real = jinja2.Environment.get_template

    def get_template(self: jinja2.Environment, name: Any, *more: Any) -> jinja2.Template:
        found[""].append(str(name))
        return real(self, name, *more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jinja2.Environment, "get_template", get_template)
        for name, (command, *options) in CALLS.items():
            folder = tmp_path_factory.mktemp("french")
            patch.chdir(folder)
            Path("short.yaml").write_text(SHORT, encoding="utf-8")
            seed = () if command == "describe" else ("--seed", 7)
            argv = [command, "short.yaml", *options, *seed, "--language", LANGUAGE]
            patch.setattr("sys.argv", ["run_sim.py", *map(str, argv)])
            with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
                code = main([*map(str, argv)])
            assert code == 0, f"{name}: {err.getvalue()}"
            screen = without_code(f"{out.getvalue()}\n{err.getvalue()}")
            found[name] = [*screen.splitlines(), *_of_files(folder)]
    return found


def _of_files(folder: Path) -> Iterator[str]:
    for page in folder.rglob("*.html"):
        yield from shown_on(page.read_text(encoding="utf-8"))
    for packed in folder.rglob("*.zip"):
        with zipfile.ZipFile(packed) as file:
            for name in file.namelist():
                yield from shown_on(file.read(name).decode())


@needs_compilation
@pytest.mark.parametrize("name", CALLS)
def test_what_is_french_says_nothing_in_english(said: dict[str, list[str]], name: str) -> None:
    english = English(load("two_states").file)
    assert len(said[name]) > 5
    found = {text.strip(): english.find(text) for text in said[name]}
    assert {text: why for text, why in found.items() if why} == {}


@needs_compilation
@pytest.mark.parametrize("scenario", WITH_OWN_RULES)
def test_own_actions_and_events_are_told_in_french_too(
    scenario: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    english = English(load(scenario).file)
    for name, (command, *options) in TELLING.items():
        argv = [command, scenario, *map(str, options), "--language", LANGUAGE]
        monkeypatch.setattr("sys.argv", ["run_sim.py", *map(str, argv)])
        with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()):
            assert main([*map(str, argv)]) == 0
        texts = [*without_code(out.getvalue()).splitlines(), *_of_files(tmp_path)]
        found = {text.strip(): english.find(text) for text in texts}
        assert {text: why for text, why in found.items() if why} == {}, name


def test_the_list_has_the_titles_of_those_that_are_in_french(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["list", "--long", "--language", LANGUAGE]) == 0
    said = capsys.readouterr().out
    for scenario in ("two_states", *WITH_OWN_RULES):
        file = load(scenario).file
        assert f"    {file.languages[LANGUAGE].texts[file.title]}\n" in said
        assert f"    {file.languages[LANGUAGE].texts[file.question]}\n" in said
        assert file.title not in said
    assert "Union maritime" in said


@needs_compilation
def test_each_kind_of_page_is_read(said: dict[str, list[str]]) -> None:
    folders = (ROOT / "sim" / "classroom", ROOT / "sim" / "report" / "pages")
    kinds = {
        file.name
        for folder in folders
        for file in (folder / "templates").glob("*.j2")
        if "{% block body %}" in file.read_text(encoding="utf-8") and file.stem != "layout.html"
    }
    assert kinds <= set(said[""])


def test_each_command_is_read() -> None:
    assert {str(call[0]) for call in CALLS.values()} | OTHERS == set(app.COMMANDS)


def test_english_is_found() -> None:
    english = English(load("two_states").file)
    for text in (
        "Jour 3 : Hill Front attaque",
        "no haven",
        "Both sides claim more enemy dead than the other admits.",
        "(Illustrative model, not a forecast.)",
        "Guess first",
    ):
        assert english.find(text), text
    assert not english.find("Le Westmark ferme ses points de passage avec l’Eastmark.")
