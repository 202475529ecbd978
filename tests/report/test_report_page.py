"""The page: one file that asks for nothing outside, with every figure, and safe against what a scenario says."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from markupsafe import Markup
from page_policy import refused

from sim.report.figures.ensemble import STORIES
from sim.report.pages import ensemble as report
from sim.report.pages.facts import Facts
from sim.scenario import Scenario
from tests.report import fake

VOID = {"meta", "br", "img", "link", "input", "hr"}
NAMES = ("outcomes", "convergence", "rungs", "times", "ceasefires", "deaths", "places", *STORIES)
ADDRESSES = {
    "src",
    "href",
    "srcset",
    "action",
    "data",
    "poster",
    "xlink:href",
    "formaction",
    "background",
}


class Page(HTMLParser):
    """Everything that the tests ask of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.open: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        self.attributes.setdefault(tag, found)
        self.addresses += [value or "" for name, value in attrs if name in ADDRESSES]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def ensemble(
    scenario: Scenario,
    folder: Path,
    runs: int = 30,
    failed: int = 0,
    frame: pd.DataFrame | None = None,
) -> SimpleNamespace:
    made, series = fake.ensemble_tables(runs, scenario.horizon, about=scenario)
    made = fake.fail(made if frame is None else frame, list(range(failed)))
    tables = {"first": lambda count: (made, series), "columns": lambda: made}
    return SimpleNamespace(
        **tables, scenario=scenario, seed=12, folder=folder, failed=fake.failures(failed)
    )


@pytest.fixture(autouse=True)
def _stories(monkeypatch: pytest.MonkeyPatch) -> None:
    """Replications to tell are made up, so that these tests need no engine."""

    def replayed(facts: Facts, seed: int) -> dict[str, object]:
        rung = fake.rungs(1, facts.horizon, seed)[0]
        told = report.telling(fake.story(facts.scenario, rung), facts.scenario)  # type: ignore[arg-type]
        return dict.fromkeys(STORIES, told) if facts.n else {}

    monkeypatch.setattr(report, "replayed", replayed)


@pytest.fixture
def _undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures are left blank, for tests of the words."""
    monkeypatch.setattr(report, "write", lambda *_: Markup("<svg></svg>"))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    with pytest.MonkeyPatch.context() as patch:
        told = report.telling(
            fake.story(fake.two_states(), fake.rungs(1, 180)[0]), fake.two_states()
        )  # type: ignore[arg-type]
        patch.setattr(report, "replayed", lambda facts, seed: dict.fromkeys(STORIES, told))
        return report.write_report(ensemble(fake.two_states(), folder))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def page(written: Path) -> Page:
    return Page(written.read_text(encoding="utf-8"))


def test_page_is_well_formed_and_says_its_language(page: Page) -> None:
    assert page.open == []
    assert page.attributes["html"]["lang"] == "en"
    assert page.tags.count("h1") == 1


def test_page_asks_for_nothing_outside(written: Path, page: Page) -> None:
    assert [address for address in page.addresses if not address.startswith(("#", "data:"))] == []
    text = written.read_text(encoding="utf-8")
    assert not re.search(r"https?://|@import|url\((?!#)", text)
    assert page.attributes["link"] == {"rel": "icon", "href": "data:,"}
    assert page.tags.count("link") == 1
    assert not {"script", "iframe", "object", "embed", "base"} & set(page.tags)


def test_every_reference_inside_the_page_leads_somewhere_and_ids_are_unique(
    written: Path, page: Page
) -> None:
    assert len(page.ids) == len(set(page.ids))
    targets = {address[1:] for address in page.addresses if address.startswith("#")}
    targets |= set(re.findall(r"url\(#([^)]+)\)", written.read_text(encoding="utf-8")))
    assert targets <= set(page.ids)
    assert len(targets) > 50


def test_every_figure_is_on_the_page_with_a_caption_and_beside_it_as_files(
    written: Path, page: Page
) -> None:
    names = set(NAMES)
    assert {f"figure-{name}" for name in names} <= set(page.ids)
    assert page.tags.count("figcaption") == page.tags.count("figure") == len(names)
    assert {path.name for path in (written.parent / "figures").iterdir()} == {
        f"{name}.{ending}" for name in names for ending in ("png", "svg")
    }
    assert page.attributes["svg"]["role"] == "img"
    assert page.attributes["svg"]["aria-label"]


def test_words_of_a_scenario_are_text_never_markup(written: Path, page: Page) -> None:
    title = fake.two_states().title
    assert "<script>" in title
    assert title in page.text
    assert "b" not in page.tags
    assert "i" not in page.tags
    assert "<script" not in written.read_text(encoding="utf-8")


def test_page_says_what_it_is(page: Page) -> None:
    for words in (
        "Illustrative model, not a forecast",
        "31 January 2030",
        "Does the ceasefire hold?",
        fake.two_states().digest,
        "--seed 12",
        "numba",
    ):
        assert words in page.text
    assert page.text.index("Illustrative model, not a forecast") < page.text.index(
        "How does it end?"
    )


def test_every_number_of_the_scenario_is_there_unsourced_first(page: Page) -> None:
    assert all(path in page.text for path in fake.two_states().numbers())
    order = [
        page.text.index(heading)
        for heading in (
            "Without source or reason",
            "Assumed, with the reason",
            "From a source",
            "left at the model's defaults\n",
        )
    ]
    assert order == sorted(order)
    assert (
        page.text.index("states.arland.combat_aircraft")
        < page.text.index("states.arland.resolve")
        < page.text.index("states.arland.personnel")
    )


def test_a_browser_would_refuse_nothing_of_it(written: Path) -> None:
    assert refused(written.read_text(encoding="utf-8")) == []


def test_page_is_small(written: Path) -> None:
    assert written.stat().st_size < 3_000_000


@pytest.mark.usefixtures("_undrawn")
def test_page_is_the_same_every_time(tmp_path: Path) -> None:
    pages = [
        report.write_report(ensemble(fake.two_states(), tmp_path)).read_bytes() for _ in range(2)
    ]  # type: ignore[arg-type]
    assert pages[0] == pages[1]


@pytest.mark.usefixtures("_undrawn")
@pytest.mark.parametrize(("runs", "failed"), [(1, 0), (3, 3), (5, 2)])
def test_few_and_failed_replications(tmp_path: Path, runs: int, failed: int) -> None:
    path = report.write_report(ensemble(fake.bare(), tmp_path, runs, failed))  # type: ignore[arg-type]
    page = Page(path.read_text(encoding="utf-8"))
    assert page.open == []
    assert ("figure-rungs" in page.ids) == (runs > failed)
    assert "nan" not in page.text.lower().split()
    if failed:
        assert f"of which {failed} failed" in page.text
        assert "replay x.yaml --replication 0" in page.text


@pytest.mark.usefixtures("_undrawn")
def test_events_that_never_come(tmp_path: Path) -> None:
    frame, _ = fake.ensemble_tables(20, 7, about=fake.bare())
    never = [
        "first_ceasefire_day",
        "first_ceasefire_length",
        "first_open_war_day",
        "first_limited_strike_day",
        "first_raid_day",
    ]
    frame[never] = pd.NA
    frame["first_ceasefire_broken"] = 0
    page = Page(
        report.write_report(ensemble(fake.bare(), tmp_path, 20, frame=frame)).read_text(
            encoding="utf-8"
        )
    )  # type: ignore[arg-type]
    assert "No ceasefire began after the release in any replication." in page.text
    assert "open war in none of the 20 replications" in page.text


@pytest.mark.usefixtures("_undrawn")
def test_command_of_the_manifest_is_shown(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(
        '{"command": "run_sim.py run x.yaml --runs 7", "versions": {"escalation": "9.9"}}'
    )
    text = Page(
        report.write_report(ensemble(fake.bare(), tmp_path, 3)).read_text(encoding="utf-8")
    ).text  # type: ignore[arg-type]
    assert "run_sim.py run x.yaml --runs 7" in text
    assert "escalation 9.9" in text
