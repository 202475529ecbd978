"""A pack holds all pages of a lesson in both languages, and its first page leads to each."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from conftest import ROOT

from sim.classroom.pack import FIRST, Lesson, archive, files
from sim.classroom.variants import run_variants
from sim.scenario import load
from sim.words import words
from tests.engine.world.many import needs_compilation
from tests.page_policy import refused

MOST = 5 << 20


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    scenario = load(ROOT / "scenarios" / "two_states.yaml")
    results = run_variants(scenario, runs=20, seed=7, jobs=1)
    lesson = Lesson(scenario, 7, "two_states", results, 20)
    return files(lesson, {tag: words(tag) for tag in ("en", "fr")})


@needs_compilation
def test_the_first_page_leads_to_every_page(pages: dict[str, str]) -> None:
    first, *others = pages
    assert first == FIRST
    assert sorted(re.findall(r'href="([^":]+\.html)"', pages[FIRST])) == sorted(others)
    assert {name.split("/")[0] for name in others} == {"en", "fr"}
    assert {name.split("/")[1] for name in others} >= {
        "page.html",
        "broken-truce.html",
        "war-then-a-truce.html",
        "quiet.html",
        "cards.html",
        "card-lakeland.html",
        "worlds.html",
        "teacher.html",
        "students.html",
    }


@needs_compilation
def test_no_page_asks_for_anything_outside(pages: dict[str, str]) -> None:
    assert refused(pages[FIRST]) == []
    for page in pages.values():
        assert not re.search(r"""(?:src|href)\s*=\s*["']?https?:""", page)


@needs_compilation
def test_the_archive_is_small_and_the_same_for_the_same_pages(pages: dict[str, str]) -> None:
    made = archive(pages)
    assert len(made) < MOST
    assert archive(pages) == made
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        assert file.namelist() == list(pages)
        assert file.read(FIRST).decode() == pages[FIRST]
        assert all(one.compress_size < one.file_size for one in file.infolist())
