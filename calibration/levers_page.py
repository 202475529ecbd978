"""The table of levers as text, as a page and as JSON."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from calibration.explanations import LEVERS
from calibration.levers import (
    COUNTS,
    DEAD,
    FREE,
    OCTOBER,
    SHAPE,
    SHARES,
    STRONG,
    STRONG_SHARE,
    UNSEEN,
    VISIBLE,
    WAR,
    WEAK,
    Bench,
    Effect,
    Lever,
    outcomes,
)

UNEXPLAINED = "**UNEXPLAINED**: nobody has said yet why it is kept."
MEASURES = (*COUNTS, SHAPE, *SHARES)


def change(name: str, effect: Effect | None) -> str:
    """A visible change, in per cent or percentage points; a dot where none is visible."""
    if effect is None or abs(effect.z) < VISIBLE:
        return "·"
    return f"{100 * effect.change:+.0f}".replace("-", "−") + (" pp" if name in SHARES else "")


def cell(name: str, lever: Lever) -> str:
    """Change at the low and at the high value; empty where neither is visible."""
    words = [change(name, side.get(name)) for side in (lever.low, lever.high)]
    return "" if words == ["·", "·"] else " / ".join(words)


def number(value: float) -> str:
    """A value as it would be written in a scenario."""
    return f"{value:.4g}".replace("inf", "")


def text(levers: list[Lever]) -> str:
    """One line a lever: verdict, path, values, what moves most."""
    lines = []
    for lever in levers:
        most = sorted(lever.visible.items(), key=lambda item: -item[1])[:3]
        told = ", ".join(f"{name} {cell(name, lever)}" for name, _ in most)
        k = lever.knob
        lines.append(
            f"{lever.verdict:14} {k.path:55} {number(k.low)} < {number(k.default)} < "
            f"{number(k.high):8}  {told}".rstrip()
        )
    lines += [
        "",
        *(f"{sum(lever.verdict == v for lever in levers)} {v}" for v in (DEAD, UNSEEN, WEAK)),
    ]
    return "\n".join([*lines, *words(levers)]) + "\n"


def as_json(levers: list[Lever]) -> list[dict[str, Any]]:
    """The table as a list of objects; z of a change without spread is null."""

    def side(effects: dict[str, Effect]) -> dict[str, dict[str, float | None]]:
        return {
            name: {"change": e.change, "z": e.z if math.isfinite(e.z) else None}
            for name, e in effects.items()
        }

    return [
        {
            **lever.knob._asdict(),
            "verdict": lever.verdict,
            "at_low": side(lever.low),
            "at_high": side(lever.high),
        }
        for lever in levers
    ]


def page(levers: list[Lever], bench: Bench, step_by_step: str) -> str:
    """The table as docs/levers.md."""
    named, rules = (
        [lever for lever in levers if lever.knob.label],
        [lever for lever in levers if not lever.knob.label],
    )
    parts = [
        _head(levers, bench),
        "## Levers of the scenario",
        _table(named),
        "## Numbers of the rules, at half and at double",
        _table(rules),
    ]
    return "\n\n".join([*parts, _idle(levers), step_by_step]) + "\n"


def _head(levers: list[Lever], bench: Bench) -> str:
    means = []
    for name, template in bench.templates.items():
        told = outcomes(template, bench.default[name], name)
        means += [f"{measure} {np.nanmean(values):.3g}" for measure, values in told.items()]
    means.append(f"{SHAPE} {bench.shapes[0]:.3g}")
    dead = sum(lever.verdict == DEAD for lever in levers)
    digests = ", ".join(
        f"`{name}` ({scenario.digest[:12]})" for name, scenario in bench.scenarios.items()
    )
    return f"""# Levers: what each number moves

Written by `python -m calibration levers --runs {bench.runs} --seed {bench.seed}` from {digests}; do not edit it by hand.
Each number is set low and high while everything else, chance included, stays as it is: {bench.runs} pairs of replications of `{FREE}`; for *truce in
30 days* of `{OCTOBER}`, and for what ends in *2026* of `{WAR}`, where a war is on at the release: the days of war, Weibull's shape of that
war's length (below 1: its end becomes less likely with time), a truce within 30 days, the war going on after 20 days, the first truce after 30 and 120.
A *crisis* is a history that reaches rung 5, *war* one with open war. A cell shows the mean change at the low / the high value, in per cent of the mean, or percentage points (pp) for a probability; a dot
or an empty cell is a change of less than {VISIBLE} standard errors of the paired difference.

* **{DEAD}**: all replications are the same to the last death ({dead} of {len(levers)}). Such a number is given force or taken out.
* **{UNSEEN}**: something changes, no measure here visibly. **{WEAK}**: visible, but under {STRONG:.0%} of a mean or {100 * STRONG_SHARE:.0f} percentage points.

Means at the defaults: {", ".join(means)}."""


def _table(levers: list[Lever]) -> str:
    if not levers:
        return "None."
    lines = [
        f"| number | default | low / high | {' | '.join(MEASURES)} | verdict |",
        "|" + "---|" * (len(MEASURES) + 4),
    ]
    for lever in levers:
        k = lever.knob
        label = f"{k.label} (`{k.path}`)" if k.label else f"`{k.path.removeprefix('rules.')}`"
        verdict = "" if lever.verdict not in (DEAD, UNSEEN, WEAK) else f"**{lever.verdict}**"
        row = (
            label,
            number(k.default),
            f"{number(k.low)} / {number(k.high)}",
            *(cell(name, lever) for name in MEASURES),
            verdict,
        )
        lines.append(f"| {' | '.join(row)} |")
    return "\n".join(lines)


def words(levers: list[Lever]) -> Iterator[str]:
    """What has to be said of the dictionary of explanations."""
    verdicts = {lever.knob.path: lever.verdict for lever in levers}
    for path, verdict in verdicts.items():
        if verdict == DEAD and path not in LEVERS:
            yield (
                f"UNEXPLAINED: {path} moves nothing, and calibration/explanations.py does not "
                "say why it is kept"
            )
        if verdict != DEAD and path in LEVERS:
            yield f"STALE: {path} has an explanation, and moves something"


def _idle(levers: list[Lever]) -> str:
    lines = ["## What moves little", ""]
    lines += [
        f"* **{DEAD}**: `{x.knob.path}`. {LEVERS.get(x.knob.path, UNEXPLAINED)}"
        for x in levers
        if x.verdict == DEAD
    ]
    for verdict in (UNSEEN, WEAK):
        names = ", ".join(f"`{lever.knob.path}`" for lever in levers if lever.verdict == verdict)
        lines.append(f"* **{verdict}**: {names or 'none'}.")
    return "\n".join(lines)
