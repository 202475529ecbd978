"""A figure as an element of a page, without addresses, styles of its own or ids of another figure.

What Matplotlib writes into `style` attributes becomes attributes of the same names: they look the
same, and a page's policy can refuse styles that are not the project's own.
"""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape

from markupsafe import Markup

HEAVY = 400_000  # bytes from which a figure goes into the page as a PNG
_ID = re.compile(r'\bid="([^"]+)"')
_REFERENCE = re.compile(r'(?:xlink:)?href="#([^"]+)"')
_URL = re.compile(r"url\(#([^)]+)\)")
_OPENING = re.compile(r"<svg\b[^>]*>")
_VIEW = re.compile(r'viewBox="[^"]+"')
_STYLE = re.compile(r'\bstyle="([^"]*)"')
_UNWANTED = re.compile(
    r"<metadata>.*?</metadata>|<defs>\s*<style\b.*?</style>\s*</defs>|<style\b.*?</style>|<!--.*?-->",
    re.DOTALL,
)


def element(png: bytes, svg: bytes, name: str, alt: str) -> Markup:
    """The markup of one figure for a page.

    Parameters
    ----------
    png, svg : the figure in both formats
    name : prefix that makes its ids its own
    alt : what it shows, for readers who cannot see it

    Returns
    -------
    an svg element, or an img element with the PNG in it where the SVG is heavy
    """
    if len(svg) <= HEAVY:
        return Markup(inline(svg.decode(), name, alt))
    picture = b64encode(png).decode()
    return Markup(f'<img alt="{escape(alt)}" src="data:image/png;base64,{picture}">')


def inline(text: str, name: str, alt: str) -> str:
    """An SVG file's text as an element of an HTML page."""
    text = _UNWANTED.sub("", text[text.index("<svg") :])
    opening = _OPENING.search(text)
    view = _VIEW.search(opening[0]) if opening else None
    assert opening is not None
    assert view is not None
    head = f'<svg role="img" aria-label="{escape(alt)}" {view[0]} '
    head += 'stroke-linejoin="round" stroke-linecap="butt">'
    text = head + _STYLE.sub(_attributes, text[opening.end() :])
    text = _ID.sub(lambda match: f'id="{name}-{match[1]}"', text)
    text = _REFERENCE.sub(lambda match: f'href="#{name}-{match[1]}"', text)
    return _URL.sub(lambda match: f"url(#{name}-{match[1]})", text).strip()


def _attributes(style: re.Match[str]) -> str:
    """`style="fill: none; stroke: #000"` as `fill="none" stroke="#000"`."""
    rules = (rule.partition(":") for rule in style[1].split(";") if rule.strip())
    return " ".join(f'{name.strip()}="{value.strip()}"' for name, _, value in rules)
