"""What `python -m calibration cases` prints and writes: the table, docs/cases.md and its figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from matplotlib.figure import Figure

from calibration.cases import (
    ADDED,
    BLAME,
    CLASSES,
    HORIZONS,
    WAR,
    Forecast,
    Scores,
    dead_of_attack,
    scores,
    struck,
    told_apart,
)
from calibration.reference_page import table
from sim.report.figures import palette, style

FIGURE = "cases.svg"
NAMES = tuple(CLASSES)
#: A colour for each class: none, strikes, strikes that a ceasefire ended, war, war with a ceasefire.
COLOURS = (
    palette.PALE,
    palette.OKABE_ITO[1],
    palette.OKABE_ITO[6],
    palette.OKABE_ITO[0],
    palette.OKABE_ITO[3],
)
PANELS = 4  # in a row


class Run(NamedTuple):
    """What a call of the command found, and how.

    forecasts : of every case as it stands
    daily : by the other reading of the rule
    louder : by the factor on what a blamed attack does to feelings
    """

    forecasts: list[Forecast]
    daily: list[Forecast]
    louder: Mapping[int, list[Forecast]]
    seed: int

    @property
    def runs(self) -> int:
        """Replications of each case."""
        return self.forecasts[0].runs


def answered(found: Sequence[Forecast]) -> list[bool]:
    """Which of the forecasts are of a crisis, and not of an attack that was not answered."""
    return [one.case.answered for one in found]


def as_json(run: Run) -> dict[str, Any]:
    """The scores and the shares as an object."""
    all_scores = scores(run.forecasts)
    mean, error = all_scores.difference()
    return {
        "cases": sum(answered(run.forecasts)),
        "non_events": len(run.forecasts) - sum(answered(run.forecasts)),
        "log_score": float(all_scores.model.mean()),
        "log_score_base_rates": float(all_scores.base.mean()),
        "difference": mean,
        "standard_error": error,
        "runs": run.runs,
        "failed": sum(one.failed for one in run.forecasts),
        "seed": run.seed,
        "log_score_daily_attacks": float(scores(run.daily).model.mean()),
        "blame": [
            {
                "factor": factor,
                "log_score": float(scores(found).model.mean()),
                "told_apart": [told_apart(found, h) for h in range(len(HORIZONS))],
            }
            for factor, found in run.louder.items()
        ],
        "forecasts": [_object(one) for one in run.forecasts],
    }


def _object(one: Forecast) -> dict[str, Any]:
    return {
        "name": one.case.name,
        "scenario": one.case.scenario,
        "digest": one.scenario.digest,
        "by_day": {
            str(day): {
                "came": NAMES[one.case.came[h]],
                "runs": dict(zip(NAMES, one.counts[h].tolist(), strict=True)),
            }
            for h, day in enumerate(HORIZONS)
        },
    }


def text(run: Run) -> str:
    """The table and the scores for a terminal."""
    lines = [f"{'case':34}{'day':>4}  {'came':20}" + "".join(f"{name:>20}" for name in NAMES)]
    for one in run.forecasts:
        for h, day in enumerate(HORIZONS):
            shares = "".join(f"{n / max(one.counts[h].sum(), 1):20.2f}" for n in one.counts[h])
            name = one.case.scenario if h == 0 else ""
            lines.append(f"{name:34}{day:4}  {NAMES[one.case.came[h]]:20}{shares}")
    lines += ["", *(f"{a:36}{b:>8}{c:>12}" for a, b, c, *_ in _score_rows(run))]
    return "\n".join(lines) + "\n"


def _score_rows(run: Run) -> list[tuple[str, str, str, str, str]]:
    """What is scored, model, base rates, their difference with its standard error, forecasts."""
    found = scores(run.forecasts)
    kind = np.array(answered(run.forecasts))
    every = np.ones(len(kind), dtype=np.bool_)
    parts = [
        ("all", every, slice(None)),
        *((f"by day {day}", every, slice(h, h + 1)) for h, day in enumerate(HORIZONS)),
        ("the nine crises", kind, slice(None)),
        ("the ten that were not answered", ~kind, slice(None)),
    ]
    return [_score_row(name, found, rows, days) for name, rows, days in parts]


def _score_row(name: str, found: Scores, rows: Any, days: slice) -> tuple[str, str, str, str, str]:
    part = Scores(found.model[rows, days], found.base[rows, days])
    mean, error = part.difference()
    return (
        name,
        f"{part.model.mean():.2f}",
        f"{part.base.mean():.2f}",
        f"{mean:+.2f} ± {error:.2f}",
        f"{part.model.size}",
    )


def draw(found: Sequence[Forecast]) -> Figure:
    """A panel for each case: shares of the classes by each day, and a ring in the colour of what came."""
    rows = -(-len(found) // PANELS)
    fig = style.figure(width=13.0, height=2.0 * rows)
    axes = fig.subplots(rows, PANELS).ravel()
    for ax, one in zip(axes, found, strict=False):
        _panel(ax, one)
    for ax in axes[len(found) :]:
        ax.set_axis_off()
    key = axes[len(found)]
    for k, (name, colour) in enumerate(zip(NAMES, COLOURS, strict=True)):
        at = 0.95 - 0.18 * k
        key.add_patch(_box(key, 0.0, at - 0.1, colour))
        key.text(0.14, at - 0.1, name, size=style.SMALL, va="bottom", transform=key.transAxes)
    key.text(
        0.0, -0.02, "ring: what came, in its colour", size=style.SMALL, transform=key.transAxes
    )
    return fig


def _box(ax: Any, x: float, y: float, colour: str) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), 0.1, 0.13, color=colour, transform=ax.transAxes, clip_on=False)


def _panel(ax: Any, one: Forecast) -> None:
    shares = one.counts / one.counts.sum(axis=1, keepdims=True)
    edges = np.concatenate([np.zeros((len(HORIZONS), 1)), shares.cumsum(axis=1)], axis=1)
    places = np.arange(len(HORIZONS))[::-1]
    for k, colour in enumerate(COLOURS):
        ax.barh(places, shares[:, k], left=edges[:, k], color=colour, height=0.8)
    for h, place in enumerate(places):
        came = one.case.came[h]
        at = edges[h, came] + shares[h, came] / 2
        ax.plot(
            [at],
            [place],
            marker="o",
            markersize=9,
            markerfacecolor=COLOURS[came],
            markeredgecolor=palette.INK,
            markeredgewidth=2,
            clip_on=False,
        )
    ax.set_xlim(0, 1)
    ax.set_xticks([])
    ax.set_yticks(places, [f"day {day}" for day in HORIZONS], size=style.SMALL)
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    ax.set_title(one.case.scenario.replace("_", " "), size=style.SMALL, pad=4)


def svg(found: Sequence[Forecast]) -> bytes:
    """The figure as a file."""
    with style.settings():
        return style.pictures(draw(found))[1]


def page(run: Run) -> str:
    """docs/cases.md."""
    found = run.forecasts
    all_scores = scores(found)
    mean, error = all_scores.difference()
    verdict = "not to be told apart from"
    if abs(mean) > 2 * error:
        verdict = "better than" if mean > 0 else "worse than"
    defined = "\n".join(f"* **{name}**: {what}." for name, what in CLASSES.items())
    daily = scores(run.daily).model.mean()
    failed = sum(one.failed for one in found)
    return f"""# Nine crises and ten attacks that were not answered, against the model

Written by `python -m calibration cases --runs {run.runs} --seed {run.seed}`; do not edit it by hand.

Each case is a bundled scenario that [one rule](mapping.md) made from a fact sheet, released on its day, run {run.runs} times ({failed} failed). The
files know nothing that came later; what came is in `calibration/data/cases.csv` and `non_events.csv` ([the reports](non_events.md)). **The cases were
chosen and not sampled**: famous crises for the nine, attacks without a strike for the ten. Shares over them say nothing about how often an
attack is answered, the base rates below are those of this list alone, and nineteen cases with three days each are few and hang together: {_pairs(found)}. No number of the model was fitted to them.

## What is counted

By day 7, 30 and 90 after the release, in a replication from the rungs of its days and from `first_open_war_day` and `first_ceasefire_day`:

{defined}

A ceasefire without a strike before it stays *no strike*. In the record a strike is one on targets on the other's soil or more (`rung_4`), and a
war is a round of fighting in `wars.csv`, some of which (India and Pakistan in May, Thailand and Cambodia in July) the fact sheets put at
rung 5: there the model's word is narrower than the record's. What an army does to a group on the host's soil counts as done to the host.

## The score

Log score: the logarithm of the probability that was given to what came, its mean over cases and days; 0 is the best, and a forecast that gives every
class the same gets {np.log(1 / len(CLASSES)):.2f}. Of n runs of which k were of a class the probability is (k + {ADDED:g}) / (n + {ADDED * len(CLASSES):g}) (Jeffreys), so that no class gets nothing; what
came and was in no run of {run.runs} costs {np.log(ADDED / (run.runs + ADDED * len(CLASSES))):.1f}, and more replications would make that worse.
**Base rates**: the same formula on the other eighteen cases by the same day (leave one out). The standard error is that of the mean over
cases, each a mean over its days.

{table(("forecasts of", "model", "base rates", "model less base rates", "forecasts"), _score_rows(run))}

Over all, the model is **{verdict}** the base rates: {all_scores.model.mean():.2f} against {all_scores.base.mean():.2f}, a difference of {mean:+.2f} ± {error:.2f} (one standard error, n = {len(found)} cases).

**One number of the rule can be read in two ways.** Section 6 of the rule took "one for 1,500 fighters" as one attack a week before anything was run. Read as
one a day, which the words allow, the model's mean log score is {daily:.2f}.

## What it says

{_reading(found)}

## Is it the size of the outrage?

{_louder(run)}

## Case by case

![Shares of the classes by day 7, 30 and 90 for each case; the ring is what came, in its colour]({FIGURE})

Shares of the replications in per cent; what came is **bold**.

{_shares(found)}

## What each file cannot show

{_notes(found)}
"""


def _reading(found: Sequence[Forecast]) -> str:
    """The mean share of runs with a strike, where strikes came and where none did."""
    last, kind = struck(found, -1), np.array(answered(found))
    crises, others = float(last[kind].mean()), float(last[~kind].mean())
    came = sum(one.case.came[-1] >= WAR for one in found)
    wars = float(np.mean([one.counts[-1, WAR:].sum() / one.counts[-1].sum() for one in found]))
    return (
        f"By day {HORIZONS[-1]} a strike, or more, has come in {100 * crises:.0f} % of the "
        f"replications of the nine crises, where it came in all nine, and in {100 * others:.0f} % "
        "of those of the ten attacks where none came; an open war in "
        f"{100 * wars:.1f} % of all, where the record has {came} in {len(found)} cases. A score "
        "near 0 for the ten and far from it for the nine is that of a forecast of calm."
    )


def _louder(run: Run) -> str:
    """What a factor on the feelings after a blamed attack does to the score, and what not."""
    kind = np.array(answered(run.forecasts))
    rows = []
    for factor, found in run.louder.items():
        model = scores(found).model
        first, last = struck(found, 0), struck(found, -1)
        rows.append(
            (
                f"{factor}",
                *(f"{100 * first[k].mean():.0f}" for k in (kind, ~kind)),
                *(f"{100 * last[k].mean():.0f}" for k in (kind, ~kind)),
                f"{told_apart(found, 0):.2f}",
                f"{told_apart(found, -1):.2f}",
                *(f"{model[k].mean():.2f}" for k in (kind | ~kind, kind, ~kind)),
            )
        )
    head = (
        f"factor on `{BLAME}`",
        *(f"strike by day {day}, {of}, %" for day in HORIZONS[::2] for of in ("crises", "others")),
        *(f"told apart by day {day}" for day in HORIZONS[::2]),
        *(f"log score, {of}" for of in ("all", "crises", "others")),
    )
    dead = [dead_of_attack(one.scenario) for one in run.forecasts]
    none = sum(number is None for number in dead)
    usual = [
        np.nanmedian(
            [
                number
                for number, of in zip(dead, kind, strict=True)
                if of == one and number is not None
            ]
        )
        for one in (True, False)
    ]
    best = max(float(scores(found).model.mean()) for found in run.louder.values())
    return f"""A blamed attack could simply weigh too little. So what it does to feelings is tried at several times its size, everything else as it is.
*Told apart* is the share of pairs of a crisis and an attack without an answer in which the crisis has more replications with a strike: 1/2 is a coin.

{table(head, rows)}

The best of these factors has a log score of {best:.2f}, the base rates {scores(run.forecasts).base.mean():.2f}. A factor makes answers to all attacks more frequent, to those that
were answered and to those that were not. Where *told apart* stays at 1/2 or below, what is missing is not size but a difference: of what
decides in the record whether an attack is answered, these files hold little beside the dead, and the attacks without an answer had more of
them (median {usual[1]:g}, in the crises {usual[0]:g}). {none} of the crises began with no attack by a group, and no factor on blame reaches them."""


def _pairs(found: Sequence[Forecast]) -> str:
    """How many cases are of a pair that has several."""
    of_pair = Counter(tuple(sorted(one.scenario.file.states)) for one in found)
    several = [n for n in of_pair.values() if n > 1]
    return f"{len(several)} pairs of states make {sum(several)} of them"


def _shares(found: Sequence[Forecast]) -> str:
    rows = []
    for one in found:
        for h, day in enumerate(HORIZONS):
            total = one.counts[h].sum()
            shares = [f"{100 * n / total:.0f}" for n in one.counts[h]]
            shares[one.case.came[h]] = f"**{shares[one.case.came[h]]}**"
            name = f"`{one.case.scenario}`" if h == 0 else ""
            rows.append((name, str(day), *shares))
    return table(("case", "by day", *NAMES), rows)


def _notes(found: Sequence[Forecast]) -> str:
    return "\n".join(f"* `{one.case.scenario}`: {one.scenario.note.strip()}" for one in found)
