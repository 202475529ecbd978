"""A page with sliders over a precomputed design: its surfaces and how far off they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from sim.classroom import page
from sim.classroom.levers import Handle, Preset
from sim.design.design import DesignResult
from sim.errors import ModelError
from sim.report.figures.palette import RUNG_COLOURS, outcome_colours
from sim.report.pages.html import Kind, render
from sim.scenario import Scenario
from sim.scenario.schema import Watch
from sim.stats.kriging import Array, Fault, Surface, fault_of_mean, faults_of_shares, fit, roots
from sim.stats.restricted import pseudo_values, times
from sim.stats.table import column
from sim.studies.compare.quantities import FLAG
from sim.version import __version__
from sim.vocabulary.ladder import N_RUNGS, RUNG_NAMES
from sim.vocabulary.measures import Measure
from sim.words import Words
from sim.words.measures import measure_meaning, unit_beside

MOST_NUMBERS, MOST_DAYS = 4, 61  # numbers beside the outcomes, and days of the picture by day
PARTS = 10_000  # shares of rungs are kept in ten-thousandths
PAGE = Kind(
    "handout.html.j2",
    "classroom.handout",
    styles=("page.css", "handout.css"),
    script="handout/main.js",
    package=page.PACKAGE,
)


@dataclass(frozen=True)
class Number:
    """A watched number at each point: `value` with standard error `error`, both (points,).

    `label` is what the scenario calls it, empty if it does not. Its `surface` has a scale of its
    own; `fault` is how far off that is.
    """

    measure: Measure
    label: str
    share: bool
    value: Array
    error: Array
    surface: Surface
    fault: Fault


@dataclass(frozen=True)
class Handout:
    """Everything that the page shows, computed.

    `where` (points, sliders) in shares of their lengths, `counts` (points, outcomes) of `n`
    (points,) replications, `rungs` (points, days x rungs) in ten-thousandths.
    """

    scenario: Scenario
    sliders: Sequence[Handle]
    tried: Sequence[Preset]
    where: Array
    n: Array
    counts: Array
    outcomes: list[Surface]
    faults: list[Fault]
    numbers: list[Number]
    days: list[int]
    rungs: Array
    rung_surface: Surface


def handout(
    scenario: Scenario,
    sliders: Sequence[Handle],
    tried: Sequence[Preset],
    where: Array,
    result: DesignResult,
) -> Handout:
    """Fit the surfaces through a finished design.

    Its points lie at `where`, in shares of the sliders' lengths.
    """
    runs = result.runs
    fine = runs[runs["status"] == 0]
    points, names = np.arange(len(where)), list(scenario.outcomes)
    counts = (
        fine.groupby(["point", "outcome"])
        .size()
        .unstack(fill_value=0)
        .reindex(index=points, columns=names, fill_value=0)
        .to_numpy(np.float64)
    )
    n = counts.sum(axis=1)
    if not n.all():
        raise ModelError(
            f"{scenario.id}: must have a replication that does not fail at each point, "
            f"got none at {int((n == 0).sum())} of them"
        )
    shares = counts / n[:, None]
    surfaces = [fit(where, roots(shares[:, [k]])) for k in range(len(names))]
    days, rungs = _rungs(result, scenario.horizon)
    by_point = [rows for _, rows in fine.groupby("point")]
    tried_numbers = (
        _number(scenario, watch, by_point, where) for watch in numbers_to_watch(scenario)
    )
    numbers = [number for number in tried_numbers if number is not None]
    surface = fit(where, roots(rungs / PARTS))
    return Handout(
        scenario,
        sliders,
        tried,
        where,
        n,
        counts,
        surfaces,
        faults_of_shares(surfaces, shares, n),
        numbers,
        days,
        rungs,
        surface,
    )


def _rungs(result: DesignResult, horizon: int) -> tuple[list[int], Array]:
    """Days that are drawn, and the shares of the rungs on them by point."""
    step = -(-horizon // MOST_DAYS)
    days = list(range(horizon, 0, -step))[::-1]
    table = result.rungs
    shares = (
        table[table["day"].isin(days)]
        .pivot(index="point", columns=["day", "rung"], values="share")
        .sort_index(axis=1)
    )
    return days, np.round(shares.to_numpy(np.float64) * PARTS)


def numbers_to_watch(scenario: Scenario) -> list[Watch]:
    """Numbers that the lesson looks at, without outcomes, which are shown anyway.

    The dead between the states if there are none.
    """
    measures = {measure.name for measure in scenario.measures}
    all_of_them = [
        watch
        for trial in scenario.file.teaching.tries
        for watch in trial.watch
        if watch.measure in measures
    ]
    found = {
        (watch.measure, tuple(watch.probability_within or ())): watch
        for watch in reversed(all_of_them)
    }
    most = list(reversed(found.values()))[:MOST_NUMBERS]
    return most or [Watch(measure="interstate_deaths")]


def _number(
    scenario: Scenario, watch: Watch, by_point: Sequence[Any], where: Array
) -> Number | None:
    """A watched number with its surface; None if it has no value at some point."""
    measure = next(one for one in scenario.measures if one.name == watch.measure)
    share = watch.probability_within is not None or measure.unit == FLAG
    columns = [_values(rows, watch, measure, scenario.horizon) for rows in by_point]
    if not all(one.size and not np.isnan(one).any() for one in columns):
        return None
    value, n = np.array([one.mean() for one in columns]), np.array([len(one) for one in columns])
    error = np.array(
        [one.std(ddof=1) / np.sqrt(len(one)) if len(one) > 1 else 0.0 for one in columns]
    )
    # six digits here and in the page, so that both fit through the same numbers
    value, error = (np.array([float(f"{one:.6g}") for one in row]) for row in (value, error))
    label = watch.label or ""
    if share:
        pair = np.column_stack([value, 1 - value])
        surface = fit(where, roots(pair))
        fault = faults_of_shares(
            [
                Surface(where, surface.values[:, [k]], surface.lengths, surface.nugget)
                for k in (0, 1)
            ],
            pair,
            n,
        )[0]
        return Number(measure, label, True, value, error, surface, fault)
    surface = fit(where, np.log1p(value)[:, None])
    return Number(
        measure, label, False, value, error, surface, fault_of_mean(surface, value, error)
    )


def _values(rows: Any, watch: Watch, measure: Measure, horizon: int) -> Array:
    """The watched number of each replication.

    A time that never came is in no range, and counts as the last day in a mean; of a duration it is
    the pseudo-value of the restricted mean.
    """
    values = column(rows, watch.measure)
    if watch.probability_within is not None:
        low, high = watch.probability_within
        return np.where(np.isnan(values), 0.0, (values >= low) & (values <= high))
    if measure.time:
        of = times(rows, measure, horizon)
        return pseudo_values(of, min(horizon, int(of.longest)))
    return values[~np.isnan(values)]


def data(made: Handout, seed: int, runs: int, command: str, words: Words) -> dict[str, Any]:
    """What the page carries."""
    names = list(made.scenario.outcomes)
    colours = outcome_colours(names)
    rows = [tuple(map(float, row)) for row in made.where]
    return {
        "runs": runs,
        "seed": str(seed),
        "horizon": made.scenario.horizon,
        "command": command,
        "levers": [handle._asdict() for handle in made.sliders],
        "presets": [
            {"label": one.label, "do": one.do, "point": rows.index(one.where)} for one in made.tried
        ],
        "points": rows,
        "n": made.n.astype(int).tolist(),
        "outcomes": [
            {
                "name": name,
                "colour": colours[name],
                "counts": made.counts[:, k].astype(int).tolist(),
                "surface": made.outcomes[k].as_json(),
                "fault": asdict(made.faults[k]),
            }
            for k, name in enumerate(names)
        ],
        "numbers": [
            {
                "label": one.label or measure_meaning(one.measure, words),
                "unit": _unit(one, words),
                "share": one.share,
                "value": one.value.tolist(),
                "error": one.error.tolist(),
                "surface": one.surface.as_json(),
                "fault": asdict(one.fault),
            }
            for one in made.numbers
        ],
        "rungs": {
            "days": made.days,
            "names": list(RUNG_NAMES),
            "colours": list(RUNG_COLOURS[:N_RUNGS]),
            "parts": made.rungs.astype(int).tolist(),
            "surface": {
                key: value
                for key, value in made.rung_surface.as_json().items()
                if key != "variance"
            },
        },
    }


def _unit(number: Number, words: Words) -> str:
    """The unit beside a number, where it needs one."""
    return "" if number.share else unit_beside(number.measure.unit, words)


def text(made: Handout, found: dict[str, Any], words: Words) -> str:
    """The page."""
    return render(
        PAGE,
        words,
        {"say": page.script_words(words, "handout"), "data": found},
        about=made.scenario,
        version=__version__,
        found=found,
    )
