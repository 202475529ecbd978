"""The page: one file that needs nothing else, with every figure, and safe whatever a text says."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest
from markupsafe import Markup
from page_policy import refused

from sim.errors import StoreError
from sim.report.figures.ensemble import OF_ALL, OF_ONE
from sim.report.pages.ensemble import Report, report_of
from sim.words import words
from tests.report import fake

VOID = {"meta", "br", "img", "link", "input", "hr"}
NAMES = (*OF_ALL, *OF_ONE)
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


def report(ensemble: fake.Ensemble, language: str = "en") -> Report:
    """What its report says; replications are made up, so that these tests need no engine."""
    return report_of(ensemble, words(language), ensemble.rerun)


def text_of(ensemble: fake.Ensemble, language: str = "en") -> str:
    """The page with its figures left blank."""
    made = report(ensemble, language)
    blank = Markup("<svg></svg>")
    return made.page({name: (drawing, blank) for name, drawing in made.drawings().items()})


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    return report(fake.ensemble(fake.two_states(), folder)).write(folder)


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
    for said in (
        "Illustrative model, not a forecast",
        "31 January 2030",
        "Does the ceasefire hold?",
        fake.two_states().digest,
        "--seed 12",
        "numba",
    ):
        assert said in page.text
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


def test_page_is_the_same_every_time(tmp_path: Path) -> None:
    assert text_of(fake.ensemble(fake.two_states(), tmp_path)) == text_of(
        fake.ensemble(fake.two_states(), tmp_path)
    )


@pytest.mark.parametrize(("runs", "failed"), [(1, 0), (3, 3), (5, 2)])
def test_few_and_failed_replications(tmp_path: Path, runs: int, failed: int) -> None:
    page = Page(text_of(fake.ensemble(fake.bare(), tmp_path, runs, failed)))
    assert page.open == []
    assert ("figure-rungs" in page.ids) == (runs > failed)
    assert "nan" not in page.text.lower().split()
    if failed:
        assert f"of which {failed} failed" in page.text
        assert "replay x.yaml --replication 0" in page.text


def test_events_that_never_come(tmp_path: Path) -> None:
    made = fake.ensemble(fake.bare(), tmp_path, 20)
    never = [
        "first_ceasefire_day",
        "first_ceasefire_length",
        "first_open_war_day",
        "first_limited_strike_day",
        "first_raid_day",
    ]
    made.runs[never] = pd.NA
    made.runs["first_ceasefire_broken"] = 0
    text = Page(text_of(made)).text
    assert "No ceasefire began after the release in any replication." in text
    assert "open war in none of the 20 replications" in text


def test_command_of_the_manifest_is_shown(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text(
        '{"command": "run_sim.py run x.yaml --runs 7", "versions": {"escalation": "9.9"}}'
    )
    text = Page(text_of(fake.ensemble(fake.bare(), tmp_path, 3))).text
    assert "run_sim.py run x.yaml --runs 7" in text
    assert "escalation 9.9" in text


def test_a_replication_that_comes_out_differently_is_refused(tmp_path: Path) -> None:
    made = fake.ensemble(fake.bare(), tmp_path, 3)
    made.series.loc[:, "rung"] += 1
    other = fake.ensemble(fake.bare(), tmp_path, 3)
    with pytest.raises(StoreError, match="must come out as it is kept"):
        report_of(made, words(), other.rerun)


def test_another_language_writes_its_own_numbers_and_dates(tmp_path: Path) -> None:
    text = Page(text_of(fake.ensemble(fake.two_states(), tmp_path), "fr")).text
    assert "31 janvier 2030" in text


def test_a_report_in_french_has_no_english_sentence(tmp_path: Path) -> None:
    text = Page(text_of(fake.ensemble(fake.two_states(), tmp_path), "fr")).text
    named = "«\u00a0guerre inachevée\u00a0»"  # no line breaks inside
    assert f"L’issue la plus fréquente est {named}, dans 22 réplications sur 30" in text
    assert text.count(" la ") + text.count(" le ") + text.count(" les ") > 100
    # after the style, and before the numbers, whose help is that of the schema
    before = text[text.index("scénario") : text.index("D’où viennent les nombres")]
    english = re.compile(r"\b(the|of|and|with|which|replications|day)\b")
    # what the scenario says stays in its language: its title, question, summary and places
    own = [fake.two_states().title, "Does the ceasefire hold?", "Two states quarrel"]
    lines = [line for line in before.splitlines() if not any(one in line for one in own)]
    assert [line for line in lines if english.search(line)] == []
