"""Every benchmark runs to its end and answers its question; no figure is judged here."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from conftest import LONG_TESTS

from bench.__main__ import BENCHES, main
from bench.growth import peak_memory, widened
from bench.settings import QUICK
from bench.timing import Row, fresh, interleaved, ratios, short

#: These compile, count in the interpreter or start browsers: `make nightly` takes their time.
SLOW = () if LONG_TESTS else ("mesa", "floor", "page", "starts")


def test_every_benchmark_says_something(tmp_path: Path) -> None:
    out, which = tmp_path / "RESULTS.md", [name for name in BENCHES if name not in SLOW]
    with ThreadPoolExecutor(1) as own:  # a browser of another test may hold this thread's loop
        own.submit(main, ["--quick", "--only", *which, "--out", str(out)]).result()
    text = out.read_text(encoding="utf-8")
    head, *parts = re.split(r"^## ", text, flags=re.MULTILINE)
    assert [part.splitlines()[0] for part in parts] == [BENCHES[name][0] for name in which]
    rows = [line.split("|") for line in head.splitlines() if line.startswith("| ")][1:]
    assert len(rows) >= len(which)
    for _, what, target, achieved, met, _ in rows:
        assert what.strip()
        assert re.match(r" [\d,.]+", achieved), achieved
        assert (met.strip() in {"yes", "**no**"}) == (target.strip() != "none")
    assert "nan" not in text
    assert ("| commands choose |" in text) == ("floor" in which)


def test_ratios_are_taken_within_a_turn() -> None:
    order: list[str] = []

    def contestant(name: str, seconds: float) -> float:
        order.append(name)
        return seconds * len(order)

    found = interleaved({"a": lambda: contestant("a", 1.0), "b": lambda: contestant("b", 2.0)}, 2)
    assert order == ["a", "b", "a", "b"]
    assert ratios(found["b"], found["a"]).median == (4 / 1 + 8 / 3) / 2


def test_numbers_are_short() -> None:
    assert [short(x) for x in (0.012345, 1.5, 123.4, 12345.6)] == ["0.0123", "1.5", "123", "12,346"]
    assert Row("what", "none", "1", None).met is None


def test_a_widened_scenario_has_everything_several_times(tmp_path: Path) -> None:
    scenario = QUICK.load()
    wide = widened(scenario, 3, tmp_path)
    assert len(wide.file.sectors) == 3 * len(scenario.file.sectors)
    assert len(wide.file.borders) == 3 * len(scenario.file.borders)
    fighters = [
        sum(float(n) for n in s.file.groups["hill_front"].fighters.values())
        for s in (scenario, wide)
    ]
    assert fighters[1] == 3 * fighters[0]
    assert wide.file.sectors["west_hills_3"].neighbours == [
        f"{n}_3" for n in scenario.file.sectors["west_hills"].neighbours
    ]


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="no high-water mark of its own program"
)
def test_peak_memory_is_not_the_parents() -> None:
    import numpy as np

    small = fresh("bench.growth:peak_memory")
    ballast = np.ones(100_000_000)  # 763 MiB
    assert fresh("bench.growth:peak_memory") < small + 100
    assert peak_memory() > 700
    assert ballast[-1] == 1.0
