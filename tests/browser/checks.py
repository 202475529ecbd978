"""Faults of a page, in words: a test reads `assert faults(page) == []`.

Names, roles, labels and the contrast of text are judged by axe-core. What it does not judge is
asked by the functions of `probes.js`: what sticks out to the side, the contrast of text in
drawings, and where the Tab key goes.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from .chromium import complaints

PROBES = (Path(__file__).parent / "probes.js").read_text(encoding="utf-8")
MOST_TABS = 400
# WCAG 2.2 at levels A and AA, and axe-core's own good practice
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
DRAWN_TEXT = ("<text", "<tspan")


def faults(page: Page) -> list[str]:
    """Everything that can be judged without touching the page; complaints come last."""
    return [*overflow(page), *barriers(page), *pale_drawings(page), *complaints(page)]


def probe(page: Page, name: str) -> list[Any]:
    """Call one of the functions of `probes.js`."""
    page.evaluate(f"(() => {{{PROBES}}})()")
    return list(page.evaluate(f"probes.{name}()"))


def overflow(page: Page) -> list[str]:
    """Elements that stick out, so that the page would have to be scrolled sideways."""
    return probe(page, "overflow")


def barriers(page: Page) -> list[str]:
    """Violations that axe-core finds: rule, element, what is wrong with it.

    axe-core takes the `color` of an SVG text for its ink, which is its `fill`: the contrast of
    those is left to `pale_drawings`.
    """
    violations = Axe().run(page, options=AXE).response["violations"]
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {_reason(node)}"
        for rule in violations
        for node in rule["nodes"]
        if not (rule["id"] == "color-contrast" and node["html"].startswith(DRAWN_TEXT))
    ]


def _reason(node: dict[str, Any]) -> str:
    parts = [one["message"] for kind in ("any", "all", "none") for one in node[kind]]
    return "; ".join(parts)


def pale_drawings(page: Page) -> list[str]:
    """Texts of drawings with less contrast than WCAG 2.2 AA asks for: 4.5, or 3 if large."""
    return probe(page, "paleDrawings")


def unreached(page: Page) -> list[str]:
    """Controls that the Tab key does not come to, and those on which the focus is not visible."""
    page.evaluate("document.activeElement?.blur(), window.tabbed = new Set(), scrollTo(0, 0)")
    wanted, hidden = probe(page, "controls"), []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        name, visible, again = probe(page, "focus")
        if not visible:
            hidden.append(f"{name}: focus cannot be seen")
        if again:
            break
    reached = set(page.evaluate("[...window.tabbed]"))
    missing = [f"{name}: not reached by Tab" for name in wanted if name not in reached]
    return missing + list(dict.fromkeys(hidden))


def swipe(page: Page, selector: str, dx: float) -> None:
    """Drag a finger sideways from the middle of an element, `dx` CSS pixels far.

    Playwright's touchscreen can only tap, so the touches are sent through Chromium's own protocol.
    """
    element = page.locator(selector)
    element.scroll_into_view_if_needed()
    box = element.bounding_box()
    assert box, f"{selector} cannot be seen"
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    for step in range(1, 6):
        touch("touchMove", {"x": x + dx * step / 5, "y": y})
    touch("touchEnd")
    session.detach()
