"""Fonts for writing that the figures' own font lacks: one of the system, if it has one.

Nearly all names can be written in the font that comes with Matplotlib, so that figures are the same
everywhere. Only where a text has other characters (Chinese, Devanagari, Thai) are the fonts of the
system looked through, best candidates first, until all are found. What none of them has is drawn as
a box, and `missing` says so.
"""

from __future__ import annotations

import logging
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font
from matplotlib.text import Text

from sim.report.figures import missing

OWN = "DejaVu Sans"
_BOXES = "Last Resort"  # a font of boxes for every character
_DRAWN_BY_NOBODY = ("Cc", "Cf", "Zl", "Zp")  # line ends, marks of direction and the like
_GOOD = ("Noto Sans", "Noto", "Source Han Sans", "WenQuanYi", "Droid Sans Fallback", "Lohit")
_MISSING = r"Glyph \d+|Matplotlib currently does not support"

_FONT_LOG = logging.getLogger("matplotlib.font_manager")


class Fonts(NamedTuple):
    """Families of fonts that have the characters, and the characters that no font has."""

    families: tuple[str, ...]
    missing: frozenset[str]


def use(fig: Figure) -> None:
    """Give each text of a figure, which is not laid out yet, fonts for all its characters."""
    texts = [text for text in fig.findobj(Text) if isinstance(text, Text)]
    lacking = _lacking("".join(text.get_text() for text in texts))
    if not lacking:
        return
    found = find(lacking)
    if found.families:
        for text in texts:
            text.set_fontfamily([OWN, *found.families])
    missing.keep(found.missing)


@contextmanager
def quiet() -> Iterator[None]:
    """Without Matplotlib's own words about characters and fonts; `missing` has a sentence."""
    level = _FONT_LOG.level
    _FONT_LOG.setLevel(logging.ERROR)  # no bold face in a family is no news
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", _MISSING, UserWarning)
            yield
    finally:
        _FONT_LOG.setLevel(level)


@cache
def find(wanted: frozenset[str]) -> Fonts:
    """Families of this machine's fonts that have these characters, as few as come first."""
    families: dict[str, None] = {}
    left = set(wanted)
    for family, path in _candidates():
        has = _coverage(path, left)
        if has:
            families[family] = None
            left -= has
        if not left:
            break
    return Fonts(tuple(families), frozenset(left))


def _lacking(text: str) -> frozenset[str]:
    """Characters of a text that the figures' own font does not have, bold or not."""
    foreign = {char for char in set(text) if ord(char) > 0x7E}
    drawn = {char for char in foreign if unicodedata.category(char) not in _DRAWN_BY_NOBODY}
    return frozenset(drawn - _own(frozenset(drawn)))


@cache
def _own(wanted: frozenset[str]) -> frozenset[str]:
    paths = (
        font_manager.findfont(font_manager.FontProperties(family=OWN, weight=weight))
        for weight in ("normal", "bold")
    )
    return frozenset.intersection(*(frozenset(_coverage(path, wanted)) for path in paths))


def _coverage(path: str, wanted: Iterable[str]) -> set[str]:
    """Those of some characters that a file of a font has; none if it cannot be read."""
    try:
        font = FT2Font(path)
    except (OSError, RuntimeError):
        return set()
    return {char for char in wanted if font.get_char_index(ord(char))}


@cache
def _candidates() -> tuple[tuple[str, str], ...]:
    """Family and file of each plain font of the system, the likeliest first.

    Matplotlib keeps a list of fonts; those that were installed since then are added to it.
    """
    manager = font_manager.fontManager
    known = {entry.fname for entry in manager.ttflist}
    for path in sorted(set(font_manager.findSystemFonts()) - known):
        try:
            manager.addfont(path)
        except (OSError, RuntimeError, ValueError):  # a broken file is nobody's font
            continue
    plain = {
        (entry.name, entry.fname)
        for entry in manager.ttflist
        if entry.style == "normal" and not entry.name.startswith(_BOXES)
    }

    def rank(entry: tuple[str, str]) -> tuple[int, bool, str, str]:
        family, path = entry
        good = next((n for n, name in enumerate(_GOOD) if family.startswith(name)), len(_GOOD))
        return good, "regular" not in path.lower(), family, path

    return tuple(sorted(plain, key=rank))
