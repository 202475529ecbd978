"""A made-up language in which every letter is marked: what has no marks came from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from string import ascii_letters

from matplotlib.text import Text
from ruamel.yaml import YAML

from sim.report.figures.drawing import Drawing
from sim.scenario import Scenario
from sim.words import Words, words
from sim.words.reading import Entry

TAG = "el"  # CLDR writes its dates in other letters than ours, and counts as English does
SILENT = {"style", "script", "code", "pre", "svg"}
MARKS = str.maketrans(ascii_letters, "ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ")


def mark(text: str) -> str:
    """A text with every letter marked but those of what is filled in."""
    return "".join(
        part if part.startswith("{") else part.translate(MARKS)
        for part in re.split(r"({\w+})", text)
    )


def marked_words(home: Path) -> Words:
    """The words of the language, written into an empty folder."""
    tree: dict[str, object] = {"complete": words().plain.sections()}
    for key, entry in words().entries.items():
        *above, last = key.split(".")
        here = tree
        for name in above:
            here = here.setdefault(name, {})  # type: ignore[assignment]
        here[last] = _marked(entry)
    with (home / f"{TAG}.yaml").open("w", encoding="utf-8") as file:
        yaml = YAML(typ="safe", pure=True)
        yaml.default_flow_style, yaml.width = False, 100_000  # a folded key is not read again
        yaml.dump(tree, file)
    return words(TAG, home)


def _marked(entry: Entry) -> object:
    if isinstance(entry, str):
        return mark(entry)
    return {form: mark(text) for form, text in entry.items()}


class Visible(HTMLParser):
    """What a reader sees or hears of a page, but for code and what says that it is English."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        silent = tag in SILENT or said.get("lang") == "en" or any(one for _, one in self.open)
        if not silent:
            self.texts += [
                said[name] or "" for name in ("aria-label", "alt", "title") if name in said
            ]
        if tag not in ("meta", "link", "br", "img", "input", "hr"):
            self.open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(silent for _, silent in self.open):
            self.texts.append(data)


def texts_of(drawings: Iterable[Drawing]) -> list[str]:
    """Everything that is written in some figures."""
    return [text.get_text() for one in drawings for text in one.draw().findobj(Text)]


def unmarked(texts: Iterable[str], scenario: Scenario, *known: str) -> list[str]:
    """Texts with a word of two letters or more that is neither marked nor of the scenario."""
    own = set(re.findall(r"[a-z]{2,}", f"{scenario.text} {' '.join(known)}".lower()))
    return [
        text.strip()
        for text in dict.fromkeys(texts)
        if set(re.findall(r"(?<!\w)[a-z]{2,}(?!\w)", text.lower().replace("_", " "))) - own
    ]
