"""The system's Chromium under Playwright, with no way to any network.

Playwright brings its own driver but, here, no browser: the tests use the Chromium that the system
has, so that nothing is downloaded outside the package registries.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # no name is resolved but this machine's own, and no address is reached but through a proxy
    # that is not there
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=127.0.0.1;localhost",
)
PATIENCE = 30_000  # milliseconds until Playwright gives up, on a busy machine
INSIDE = ("data:", "blob:", "about:")  # what a page carries in itself
_COMPLAINTS: WeakKeyDictionary[Page, list[str]] = WeakKeyDictionary()


@dataclass(frozen=True)
class View:
    """A screen: width and height in CSS pixels, and whether it is touched like a telephone's."""

    width: int
    height: int
    touch: bool = False


TELEPHONE = View(360, 740, touch=True)
DESK = View(1280, 800)
PROJECTOR = View(1920, 1080)


def program() -> str | None:
    """Path of a Chromium, if this machine has one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


@contextmanager
def launch() -> Iterator[Browser]:
    """One Chromium with a fresh profile; it has ended when the block is left.

    Tests run as root on build machines and the pages are our own, so it runs without its sandbox.
    """
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program(), args=list(FLAGS), chromium_sandbox=False
        )
        try:
            yield browser
        finally:
            browser.close()


def new_page(browser: Browser, view: View = DESK, *, still: bool = True) -> Page:
    """Open an empty window that is offline and remembers every complaint.

    Parameters
    ----------
    browser : from `launch`
    view : size of the window, and whether it is a telephone
    still : True tells the page that its reader prefers reduced motion
    """
    context = browser.new_context(
        viewport={"width": view.width, "height": view.height},
        device_scale_factor=1,
        is_mobile=view.touch,
        has_touch=view.touch,
        reduced_motion="reduce" if still else "no-preference",
        offline=True,
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    heard = _COMPLAINTS.setdefault(page, [])

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            heard.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        address = request.url.split("#")[0]
        own = request.is_navigation_request() and request.frame == page.main_frame
        if not own and not address.startswith(INSIDE):
            heard.append(f"request: {address}")

    page.on("console", on_console)
    page.on("pageerror", lambda error: heard.append(f"exception: {error}"))
    page.on("request", on_request)
    return page


def complaints(page: Page) -> list[str]:
    """Errors and warnings of the console, exceptions, and requests for what is not in the page."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")
    return list(_COMPLAINTS[page])
