"""A headless Chromium driven from Python: over a pipe, by the DevTools protocol, with no driver, no port and no network.

`Browser.page()` gives a window; the functions below it look for faults of a page and return them in
words, so that a test reads `assert faults(page) == []`.
"""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 30.0  # seconds for an answer, on a busy machine
PROBES = (Path(__file__).parent / "browser_probes.js").read_text(encoding="utf-8")
FLAGS = (
    "--headless",
    "--no-sandbox",  # tests run as root on build machines; the pages are our own
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
    "--remote-debugging-pipe",
)
# no name is resolved but this machine's own, and no address is reached but through a proxy that is
# not there
BLOCKED = (
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
    "--proxy-server=127.0.0.1:9",
    "--proxy-bypass-list=127.0.0.1;localhost",
)
KEYS = {
    "ArrowLeft": 37,
    "ArrowUp": 38,
    "ArrowRight": 39,
    "ArrowDown": 40,
    "Home": 36,
    "End": 35,
    "Tab": 9,
    "Enter": 13,
    "Escape": 27,
    " ": 32,
}
SHIFT = 8
# the protocol's pipes are file descriptors 3 and 4, whichever numbers they have here
AS_3_AND_4 = """
import fcntl, os, sys
away = [fcntl.fcntl(int(n), fcntl.F_DUPFD, 10) for n in sys.argv[1:3]]
for here, there in zip(away, (3, 4)):
    os.dup2(here, there)
os.execv(sys.argv[3], sys.argv[3:])
"""


def chromium() -> str | None:
    """Path of a Chromium, if this machine has one."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Browser:
    """One Chromium with a profile of its own; a context manager that ends it.

    Parameters
    ----------
    folder : empty folder for its profile
    """

    def __init__(self, folder: Path) -> None:
        program = chromium()
        assert program, "no Chromium on this machine"
        ours, self._out = os.pipe()
        self._in, theirs = os.pipe()
        call = [program, *FLAGS, *BLOCKED, f"--user-data-dir={folder}", "about:blank"]
        command = [sys.executable, "-ISc", AS_3_AND_4, str(ours), str(theirs), *call]
        self._process = subprocess.Popen(
            command, pass_fds=(ours, theirs), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        os.close(ours)
        os.close(theirs)
        self._rest = b""
        self._number = 0
        self._hears: dict[str, Callable[[str, dict[str, Any]], None]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.call("Browser.close")
        except (OSError, RuntimeError):
            self._process.kill()
        self._process.wait(PATIENCE)
        os.close(self._in)
        os.close(self._out)

    def page(
        self, width: int = 1280, height: int = 800, *, touch: bool = False, still: bool = True
    ) -> Page:
        """An empty window.

        Parameters
        ----------
        width, height : of the view, in CSS pixels
        touch : True for a telephone: touch events, and a mobile view
        still : True tells the page that its reader prefers reduced motion
        """
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = Page(self, target, session)
        self._hears[session] = page._hear
        for domain in ("Page", "Runtime", "Log", "Network"):
            page.call(f"{domain}.enable")
        page.call(
            "Network.emulateNetworkConditions",
            offline=True,
            latency=0,
            downloadThroughput=0,
            uploadThroughput=0,
        )
        page.call(
            "Emulation.setEmulatedMedia",
            features=[
                {"name": "prefers-reduced-motion", "value": "reduce" if still else "no-preference"}
            ],
        )
        page.resize(width, height, touch=touch)
        return page

    def call(self, method: str, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Send one command and wait for its answer; events that come meanwhile go to their page."""
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": params} | (
            {"sessionId": session} if session else {}
        )
        os.write(self._out, json.dumps(message).encode() + b"\0")
        end = time.monotonic() + PATIENCE
        while True:
            answer = self._read(end)
            if answer is None:
                raise RuntimeError(f"{method}: no answer from the browser within {PATIENCE:g} s")
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return dict(answer["result"])

    def _read(self, end: float) -> dict[str, Any] | None:
        """The next message, None if none comes in time; events are handed on."""
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], max(0.0, end - time.monotonic()))
            more = os.read(self._in, 1 << 20) if ready else b""
            if not more:
                return None
            self._rest += more
        line, _, self._rest = self._rest.partition(b"\0")
        message = dict(json.loads(line))
        hear = self._hears.get(message.get("sessionId", ""))
        if hear and "method" in message:
            hear(message["method"], message["params"])
        return message


class Page:
    """A window of a browser.

    Attributes
    ----------
    errors : what the console complained of, and exceptions
    requests : addresses that the page asked for, itself and what it carries in itself left out
    """

    def __init__(self, browser: Browser, target: str, session: str) -> None:
        self._browser, self._target, self._session = browser, target, session
        self.errors: list[str] = []
        self.requests: list[str] = []
        self._address = ""
        self._loaded = False

    def _hear(self, method: str, about: dict[str, Any]) -> None:
        if method == "Runtime.exceptionThrown":
            details = about["exceptionDetails"]
            self.errors.append(details.get("exception", {}).get("description") or details["text"])
        elif method == "Runtime.consoleAPICalled" and about["type"] in (
            "error",
            "warning",
            "assert",
        ):
            self.errors.append(
                " ".join(str(arg.get("value", arg.get("description"))) for arg in about["args"])
            )
        elif method == "Log.entryAdded" and about["entry"]["level"] in ("error", "warning"):
            self.errors.append(about["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            url = about["request"]["url"]
            if url.split("#")[0] != self._address and not url.startswith(
                ("data:", "blob:", "about:")
            ):
                self.requests.append(url)
        elif method == "Page.loadEventFired":
            self._loaded = True

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        return self._browser.call(method, self._session, **params)

    def resize(self, width: int, height: int, *, touch: bool = False) -> None:
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=touch,
        )
        self.call("Emulation.setTouchEmulationEnabled", enabled=touch)

    def open(self, file: Path, *, online: bool = False) -> Self:
        """Open a file from disk and wait until it is there; `online` lets a page of this machine's own server through."""
        return self.go(file.resolve().as_uri(), online=online)

    def go(self, address: str, *, online: bool = False) -> Self:
        """Open an address and wait until it is there."""
        if online:
            self.call(
                "Network.emulateNetworkConditions",
                offline=False,
                latency=0,
                downloadThroughput=-1,
                uploadThroughput=-1,
            )
        self._address, self._loaded = address.split("#")[0], False
        failed = self.call("Page.navigate", url=address).get("errorText")
        assert not failed, f"{address}: {failed}"
        end = time.monotonic() + PATIENCE
        while not self._loaded:
            assert time.monotonic() < end, f"{address} did not load"
            self.evaluate("1")
        return self

    def evaluate(self, expression: str) -> Any:
        """Value of a JavaScript expression in the page; waits for a promise."""
        done = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        if "exceptionDetails" in done:
            raise RuntimeError(
                done["exceptionDetails"]
                .get("exception", {})
                .get("description", "an exception in the page")
            )
        return done["result"].get("value")

    def until(self, expression: str, patience: float = 10.0) -> Any:
        """Wait until an expression is true in the page, and return it."""
        end = time.monotonic() + patience
        while not (value := self.evaluate(expression)):
            assert time.monotonic() < end, f"never came true: {expression}"
            time.sleep(0.02)
        return value

    def text(self, selector: str) -> str:
        """What can be read in the first element that fits."""
        return str(self.evaluate(f"document.querySelector({json.dumps(selector)}).innerText"))

    def place(self, selector: str) -> tuple[float, float]:
        """The middle of the first element that fits, scrolled into view."""
        found = self.evaluate(
            f"(() => {{const e = document.querySelector({json.dumps(selector)}); if (!e) return null;"
            " e.scrollIntoView({block: 'center', inline: 'center', behavior: 'instant'});"
            " const b = e.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]})()"
        )
        assert found, f"nothing fits {selector}"
        return found[0], found[1]

    def click(self, selector: str) -> None:
        x, y = self.place(selector)
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def tap(self, selector: str) -> None:
        x, y = self.place(selector)
        self._touch((x, y), (x, y))

    def swipe(self, selector: str, dx: float, dy: float = 0.0) -> None:
        """Drag a finger from the middle of an element."""
        x, y = self.place(selector)
        self._touch((x, y), (x + dx, y + dy))

    def _touch(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        steps = (
            [start]
            if start == end
            else [
                (start[0] + (end[0] - start[0]) * k / 5, start[1] + (end[1] - start[1]) * k / 5)
                for k in range(6)
            ]
        )
        for k, (x, y) in enumerate(steps):
            self.call(
                "Input.dispatchTouchEvent",
                type="touchMove" if k else "touchStart",
                touchPoints=[{"x": x, "y": y}],
            )
        self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def press(self, key: str, *, shift: bool = False) -> None:
        """Press and release a key by its name, such as `ArrowRight`, or a character."""
        code = KEYS.get(key) or ord(key.upper())
        about = {
            "key": key,
            "code": "Space" if key == " " else key,
            "windowsVirtualKeyCode": code,
            "modifiers": SHIFT if shift else 0,
        }
        text = {"text": "\r" if key == "Enter" else key} if len(key) == 1 or key == "Enter" else {}
        self.call(
            "Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", **about, **text
        )
        self.call("Input.dispatchKeyEvent", type="keyUp", **about)

    def screenshot(self, file: Path, *, whole: bool = False) -> Path:
        """Write what is seen as PNG; `whole` takes the page from top to bottom."""
        clip = {}
        if whole:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            clip = {
                "clip": {
                    "x": 0,
                    "y": 0,
                    "width": size["width"],
                    "height": size["height"],
                    "scale": 1,
                },
                "captureBeyondViewport": True,
            }
        file.write_bytes(
            base64.b64decode(self.call("Page.captureScreenshot", format="png", **clip)["data"])
        )
        return file

    def probe(self, name: str) -> list[str]:
        """Run one of the functions of `browser_probes.js`."""
        return list(self.evaluate(f"(() => {{{PROBES}\nreturn {name}()}})()"))

    def close(self) -> None:
        self._browser.call("Target.closeTarget", targetId=self._target)
        self._browser._hears.pop(self._session, None)


def complaints(page: Page) -> list[str]:
    """Errors and warnings of the console, and requests for anything that is not in the page."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))")
    return [f"console: {text}" for text in page.errors] + [
        f"request: {url}" for url in page.requests
    ]


def overflow(page: Page) -> list[str]:
    """What sticks out to the side, so that the page would have to be scrolled sideways."""
    return page.probe("overflow")


def pale(page: Page) -> list[str]:
    """Texts with less contrast than WCAG 2.2 AA asks for: 4.5, or 3 where they are large."""
    return page.probe("pale")


def unnamed(page: Page) -> list[str]:
    """Controls and pictures without a name that a screen reader could say."""
    return page.probe("unnamed")


def unreached(page: Page, most: int = 400) -> list[str]:
    """Controls that the Tab key does not come to, and those on which the focus cannot be seen."""
    page.evaluate(
        "document.activeElement && document.activeElement.blur(), window.__tab = new Set(), window.scrollTo(0, 0)"
    )
    wanted, hidden = page.probe("controls"), []
    for _ in range(most):
        page.press("Tab")
        name, seen, again = page.probe("focused") or ("", True, True)
        if not seen:
            hidden.append(f"{name}: focus cannot be seen")
        if again:
            break
    reached = set(page.evaluate("[...window.__tab]"))
    return [f"{name}: not reached by Tab" for name in wanted if name not in reached] + list(
        dict.fromkeys(hidden)
    )
