"""Workers of the page that break down: what they had to do is done, by others or by the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from browser.chromium import complaints
from browser.sandboxes import page_file, ready, until

pytestmark = [pytest.mark.browser, pytest.mark.compiled]
#: Workers that the browser reports as broken after a few tasks: `spared` of them never are.
BREAKING = """
const Real = window.Worker;
let started = 0;
window.broken = 0;
window.Worker = class extends Real {
  constructor(...given) {
    super(...given);
    started += 1;
    if (started <= SPARED) return;
    let tasks = 0;
    const send = this.postMessage.bind(this);
    this.postMessage = (...sent) => {
      tasks += 1;
      send(...sent);
      if (tasks !== 3) return;
      window.broken += 1;
      this.terminate();
      setTimeout(() => this.dispatchEvent(new ErrorEvent("error", { message: "broken" })), 50);
    };
  }
};
"""


@pytest.mark.parametrize("spared", [0, 1])
def test_a_worker_that_breaks_down_loses_nothing(
    new_page: Callable[..., Page], spared: int
) -> None:
    page = new_page()
    page.add_init_script(BREAKING.replace("SPARED", str(spared)))
    page.goto(page_file().resolve().as_uri())
    ready(page, 400)
    page.locator("#sliders input").first.evaluate(
        "(one) => { one.value = 30; one.dispatchEvent(new Event('input')) }"
    )
    until(page, "window.sandbox.n() >= 400")
    assert page.evaluate("window.broken") >= 1 - spared
    assert complaints(page) == []
