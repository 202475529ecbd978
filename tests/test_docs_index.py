"""Nobody has to guess where a page is: the front page of the docs links to each of them."""

from __future__ import annotations

import re

from conftest import ROOT

DOCS = ROOT / "docs"


def test_the_front_page_links_to_every_page() -> None:
    text = (DOCS / "index.md").read_text(encoding="utf-8")
    linked = {(DOCS / one).resolve() for one in re.findall(r"\]\(([^)#]+)", text)}
    pages = [*DOCS.rglob("*.md"), *DOCS.rglob("*.ipynb")]
    assert {page.name for page in pages if page.resolve() not in linked} == {"index.md"}
