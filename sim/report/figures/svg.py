"""A figure as a piece of a page: an SVG without outside addresses whose ids clash with no other figure's."""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape
from pathlib import Path

HEAVY = 400_000  # bytes from which a figure goes into the page as a picture
_ID = re.compile(r'\bid="([^"]+)"')
_REFERENCE = re.compile(r'(?:xlink:)?href="#([^"]+)"')
_URL = re.compile(r"url\(#([^)]+)\)")
_OPENING = re.compile(r"<svg\b[^>]*>")
_VIEW = re.compile(r'viewBox="[^"]+"')
_UNWANTED = re.compile(
    r"<metadata>.*?</metadata>|<defs>\s*<style\b.*?</style>\s*</defs>|<style\b.*?</style>|<!--.*?-->",
    re.DOTALL,
)


def embedded(png: Path, svg: Path, name: str, alt: str) -> str:
    """The markup of one figure for a page.

    Parameters
    ----------
    png, svg : the two files of the figure
    name : prefix that makes its ids its own
    alt : what it shows, for readers who cannot see it

    Returns
    -------
    an svg element, or an img element with the PNG in it where the SVG is heavy
    """
    text = svg.read_text(encoding="utf-8")
    if len(text) > HEAVY:
        return f'<img alt="{escape(alt)}" src="data:image/png;base64,{b64encode(png.read_bytes()).decode()}">'
    return inline(text, name, alt)


def inline(text: str, name: str, alt: str) -> str:
    """An SVG file's text as an element of an HTML page."""
    text = _UNWANTED.sub("", text[text.index("<svg") :])
    opening = _OPENING.search(text)
    view = _VIEW.search(opening[0]) if opening else None
    assert opening is not None
    assert view is not None
    head = f'<svg role="img" aria-label="{escape(alt)}" {view[0]} style="stroke-linejoin: round; stroke-linecap: butt">'
    text = head + text[opening.end() :]
    text = _ID.sub(lambda match: f'id="{name}-{match[1]}"', text)
    text = _REFERENCE.sub(lambda match: f'href="#{name}-{match[1]}"', text)
    return _URL.sub(lambda match: f"url(#{name}-{match[1]})", text).strip()
