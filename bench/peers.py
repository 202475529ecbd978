"""The compiled ensemble against `mesa.batch_run` of the same model, compiled and plain."""

from __future__ import annotations

import tempfile
from functools import partial
from typing import Any

from bench.settings import Settings
from bench.timing import Row, fresh, interleaved, ratios, seconds, short, spread

JOBS = 2
#: Times by rules and by what is collected. The target of compiled rules is held against the model
# as it comes, since the leanest
#: one is machine code almost throughout: 100 times that would be faster than drawing its random
# words.
TARGETS = {("plain", "model"): 300, ("compiled", "all"): 100}
COLLECTED = {"all": "collecting as it comes", "model": "collecting five numbers a day"}


def ensemble_rate(settings: Settings, jobs: int = JOBS, runs: int | None = None) -> float:
    """Replications per second of `sim.run`, results on the disk included."""
    import sim

    count = runs or settings.ensemble

    scenario = settings.load()

    def work() -> None:
        with tempfile.TemporaryDirectory() as folder:
            sim.run(scenario, runs=count, seed=1, jobs=jobs, out=f"{folder}/out")

    return count / seconds(work)


def batch_seconds(
    scenario: str, overrides: dict[str, Any], counts: list[int], jobs: int, collect: str
) -> list[float]:
    """Wall time of `mesa.batch_run` for each number of replications; runs in a process of its own.

    It is given the world's template, which costs least to hand to a worker. `collect` "all" is what
    the model does if nobody says otherwise: reporters of the model and of each agent; "model" is
    the least that `batch_run` gives an answer for.
    """
    from sim.model import (
        EscalationModel,
    )  # first, so that Mesa leaves the way in which workers start alone

    import mesa  # isort: skip
    from sim.engine.world import build

    template = build(Settings(scenario, overrides).load())
    EscalationModel(
        template, collect=collect
    ).run_model()  # machine code is loaded, and inherited by the workers

    def run(count: int) -> float:
        parameters = {
            "scenario": template,
            "seed": 1,
            "replication": range(count),
            "collect": collect,
        }
        return seconds(
            lambda: mesa.batch_run(
                EscalationModel, parameters, jobs, max_steps=template.days, display_progress=False
            )
        )

    return [run(count) for count in counts]


def batch_rate(settings: Settings, *, plain: bool, collect: str = "all", jobs: int = JOBS) -> float:
    """Replications per second of `mesa.batch_run`, its start left out.

    The difference of a short and a long run.
    """
    counts = list(settings.plain if plain else settings.mesa)
    few, many = fresh(
        "bench.peers:batch_seconds",
        plain=plain,
        scenario=settings.scenario,
        overrides=settings.overrides,
        counts=counts,
        jobs=jobs,
        collect=collect,
    )
    # in a smoke test the difference may drown in noise
    return (counts[1] - counts[0]) / (many - few) if many > few else counts[1] / many


def against_mesa(settings: Settings) -> tuple[list[Row], str]:
    """Rates and their ratios."""
    ensemble_rate(settings)
    scenario = settings.load()
    days = (scenario.release - scenario.start).days + 1 + scenario.horizon
    rows, lines = [], []
    loop = face = 0.0
    for rules, collect, repeats in (
        ("compiled", "all", settings.repeats),
        ("compiled", "model", settings.repeats),
        ("plain", "model", settings.plain_repeats),
    ):
        rival = partial(batch_rate, settings, plain=rules == "plain", collect=collect)
        contestants = {"ensemble": partial(ensemble_rate, settings), "mesa": rival}
        results = interleaved(contestants, repeats)
        gain = ratios(results["ensemble"], results["mesa"])
        target = TARGETS.get((rules, collect))
        words = (
            f"{'compiled' if rules == 'compiled' else 'plain Python'} rules, {COLLECTED[collect]}"
        )
        met = None if target is None else gain.median >= target
        rows.append(
            Row(
                f"ensemble against `mesa.batch_run`, {words}, two cores, times",
                f">= {target}" if target else "none",
                str(gain),
                met,
            )
        )
        lines.append(
            f"| `mesa.batch_run`, {words} | {spread(results['mesa'])} | {short(gain.median)} |"
        )
        if (rules, collect) == ("compiled", "model"):
            loop, face = (
                JOBS * 1e6 / spread(results[name]).median / days for name in ("ensemble", "mesa")
            )
    lines.insert(0, f"| the ensemble | {spread(results['ensemble'])} | 1 |")
    table = "\n".join(
        [
            "| two processes or threads | replications/s | ensemble is faster by |",
            "|---|---|---|",
            *lines,
        ]
    )
    words = (
        f"With compiled rules, a day takes {short(face)} us of a processor through the "
        f"agents and {short(loop)} us in the compiled loop (results on the "
        "disk included): the rules are the same machine code, and what is between is Python, "
        "one call for each decision and phase. As it comes, the "
        'model keeps reporters of each agent too (`collect="all"`), which cost more than all '
        "the rest; these two figures are of the leanest, which keeps "
        'five numbers a day (`collect="model"`). The start of `batch_run` is left out.'
    )
    return rows, f"{table}\n\n{words}"


def two_workers(settings: Settings) -> tuple[list[Row], str]:
    """What a second worker brings, and what runner and store cost beside the replications."""
    from sim.engine import replication
    from sim.engine.world import build

    template = build(settings.load())
    chunks = range(0, settings.machinery, settings.chunk)

    def bare() -> float:
        return settings.machinery / seconds(
            lambda: [replication.run_chunk(template, 1, first, settings.chunk) for first in chunks]
        )

    contestants = {
        "one": lambda: ensemble_rate(settings, 1, settings.machinery),
        "two": lambda: ensemble_rate(settings, 2, settings.machinery),
        "bare": bare,
    }
    results = interleaved(contestants, settings.repeats)
    gain, share = ratios(results["two"], results["one"]), ratios(results["bare"], results["one"])
    rows = [
        Row("two workers against one, times", ">= 1.8", str(gain), gain.median >= 1.8),
        Row(
            "time of an ensemble against its replications alone, one worker, times",
            "<= 1.1",
            str(share),
            share.median <= 1.1,
        ),
    ]
    table = "\n".join(
        [
            f"| {settings.machinery:,} replications | replications/s |",
            "|---|---|",
            f"| compiled chunks of {settings.chunk}, nothing kept | {spread(results['bare'])} |",
            f"| `sim.run`, one worker | {spread(results['one'])} |",
            f"| `sim.run`, two workers | {spread(results['two'])} |",
        ]
    )
    return rows, table
