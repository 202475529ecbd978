"""The page that holds the engine: against machine code, and from a lever to two hundred worlds."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.settings import Settings
from bench.timing import ROOT, Row, interleaved, ratios, seconds, short

SLOWEST = 4.0  # times machine code, of a replication; the prototype's page took 2.5
WORLDS = 200
READY = 600  # milliseconds
# milliseconds from a lever to two hundred worlds, on two quiet cores: median and 95th percentile
LEVER = {"two_states": (120, 250), "af_pk_2026": (None, 700)}
MOVES = {"two_states": 40, "af_pk_2026": 12}
SANDBOX = "#hide=bet&step=sandbox"  # all is drawn, as it is for a class after its bet
PER_REPLICATION = """async (count) => {
  const begun = performance.now();
  await window.sandbox.again(count);
  return performance.now() - begun;
}"""
MOVE = """async (value) => {
  const input = document.querySelector("#sliders input");
  const begun = performance.now();
  input.value = String(value);
  input.dispatchEvent(new Event("input"));
  while (window.sandbox.n() < %d) await new Promise((done) => setTimeout(done, 1));
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - begun;
}"""


def in_chromium(settings: Settings) -> tuple[list[Row], str]:
    """Replications in a page against native ones in turns, and moves of its first lever."""
    sys.path.insert(0, str(ROOT / "tests"))
    from browser.chromium import launch, new_page, program  # type: ignore[import-not-found]

    if program() is None:
        return [], "Not measured: there is no Chromium."
    rows: list[Row] = []
    parts: list[str] = []
    with launch() as browser, tempfile.TemporaryDirectory() as folder:
        for name in LEVER if settings.repeats > 1 else list(LEVER)[:1]:
            page = new_page(browser)
            page.goto(_page_file(name, Path(folder)).as_uri() + SANDBOX)
            begun = time.perf_counter()
            _until(page, "window.sandbox !== undefined && window.sandbox.nBase() >= 8")
            ready = 1000 * (time.perf_counter() - begun)
            _until(page, "window.sandbox.nBase() >= 1600")
            found, text = _measure(page, name, settings)
            rows += [*found, _row(f"`{name}`: from opening to the first worlds, ms", READY, ready)]
            parts.append(text)
            page.context.close()
    return rows, " ".join(parts)


def _page_file(name: str, folder: Path) -> Path:
    from sim.cli import main

    file = folder / f"{name}.html"
    if main(["page", name, "--seed", "7", "--out", str(file)]) != 0:
        raise SystemExit("bench: the page cannot be made here")
    return file


def _until(page: Any, expression: str) -> None:
    while not page.evaluate(expression):
        page.wait_for_timeout(5)


def _row(what: str, most: float | None, value: float) -> Row:
    target = "none" if most is None else f"<= {most:g}"
    return Row(what, target, short(value), None if most is None else value <= most)


def _measure(page: Any, name: str, settings: Settings) -> tuple[list[Row], str]:
    import sim
    from sim.engine import replication
    from sim.engine.world import build

    template = build(sim.load(sim.scenarios() / f"{name}.yaml"))
    count = min(100, settings.chunk)
    replication.warm(template)
    results = interleaved(
        {
            "page": lambda: page.evaluate(PER_REPLICATION, count) / 1000,
            "native": lambda: seconds(lambda: replication.run_chunk(template, 7, 0, count)),
        },
        3 * settings.repeats,
    )
    cost = ratios(results["page"], results["native"])
    moves = MOVES[name] if settings.repeats > 1 else 3
    times = [page.evaluate(MOVE % WORLDS, 10 + 37 * k % 80) for k in range(moves)]
    median = statistics.median(times)
    last = sorted(times)[min(len(times) - 1, int(0.95 * len(times)))]
    half, most = LEVER[name]
    rows = [
        Row(
            f"`{name}`: a replication in one thread of a page against machine code, times",
            f"<= {SLOWEST:g}",
            str(cost),
            cost.median <= SLOWEST,
        ),
        Row(
            f"`{name}`: from a lever to {WORLDS} worlds redrawn against one thread of machine "
            "code, times",
            "none",
            short(median / (1000 * WORLDS / count * statistics.median(results["native"]))),
            None,
        ),
        _row(f"`{name}`: from a lever to {WORLDS} worlds redrawn, ms, median", half, median),
        _row(f"`{name}`: the same, 95th percentile", most, last),
    ]
    own, native = (short(1000 * statistics.median(results[key])) for key in ("page", "native"))
    text = (
        f"`{name}`: {count} replications took {own} ms in a page and {native} ms as machine code; "
        f"{moves} moves of a lever."
    )
    return rows, text
