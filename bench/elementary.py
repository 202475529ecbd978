"""What our own elementary functions cost: the compiled loop with them and with those of C."""

from __future__ import annotations

import math
import os
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context
from typing import Any

from bench.settings import Settings
from bench.timing import Row, interleaved, ratios, short, spread

TARGET = 1.03
NAMES = ("two_states", "af_pk_2026")
_TURNS = 5  # for each repeat of other benchmarks: the difference is small
_COUNTS = {"two_states": 6, "af_pk_2026": 1}  # times the replications of a chunk, to last as long


def use_library(cache_folder: str) -> None:
    """Put the functions of the library of C in the place of ours, before any rule is read.

    The rules' machine code is kept elsewhere: its name says nothing of this.
    """
    os.environ["NUMBA_CACHE_DIR"] = cache_folder
    if any(name.startswith("sim.engine.rules") for name in sys.modules):
        raise RuntimeError("the rules have been read before their functions were replaced")
    from sim.engine import elementary
    from sim.engine.jit import njit

    for name in ("exp", "log", "log10", "cos"):
        setattr(elementary, name, njit(_one(getattr(math, name))))
    elementary.pow = njit(lambda x, y: x**y)


def _one(function: Callable[[float], float]) -> Callable[[float], float]:
    return lambda x: function(x)


def loop_seconds(scenario: str, count: int) -> float:
    """Processor time of a replication in this process."""
    from bench.timing import processor_seconds
    from sim.engine.replication import run_chunk

    template = _template(scenario)
    return processor_seconds(lambda: run_chunk(template, 1, 0, count)) / count


@cache
def _template(scenario: str) -> Any:
    from sim.engine.world import build

    return build(Settings(scenario).load())


def own_and_library(settings: Settings) -> tuple[list[Row], str]:
    """The same replications with our functions and with those of C, in turns of two processes."""
    rows: list[Row] = []
    parts: list[str] = []
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(1, get_context("spawn")) as own,
        ProcessPoolExecutor(
            1, get_context("spawn"), initializer=use_library, initargs=(folder,)
        ) as library,
    ):
        for name in NAMES if settings.repeats > 1 else NAMES[:1]:
            count = settings.chunk * _COUNTS[name]

            def ask(executor: Executor, name: str = name, count: int = count) -> float:
                return executor.submit(loop_seconds, name, count).result()

            contestants = {"own": lambda: ask(own), "library": lambda: ask(library)}
            interleaved(contestants, 1)
            turns = 1 if settings.repeats == 1 else _TURNS * settings.repeats
            found = interleaved(contestants, turns)
            cost = ratios(found["own"], found["library"])
            what = f"`{name}`: a replication with our own elementary functions against those of C"
            met = cost.median <= TARGET
            rows.append(Row(f"{what}, times", f"<= {TARGET:g}", str(cost), met))
            us = [short(1e6 * spread(found[key]).median) for key in ("own", "library")]
            least = min(found["own"]) / min(found["library"])
            parts.append(
                f"`{name}`: {us[0]} us a replication with our own, {us[1]} us with those of C; the "
                f"ratio of the lowest of {turns} turns is {short(least)}."
            )
    return rows, " ".join(parts)
