"""The page of a sweep: outcomes and measures along what was moved."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.design.draws import Draws
from sim.ensemble.runner import slug
from sim.report.figures import curves, palette
from sim.report.figures.bars import said
from sim.report.figures.drawing import Drawing
from sim.report.pages import page as study
from sim.report.pages.formats import number, plural, points
from sim.report.pages.page import Page, Section, Table

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.stats.estimate import Estimate
    from sim.studies.sweep import Series, SweepAnswer

_COMMON = (
    "Replication k has the same random draws at every point (common random numbers), "
    "so that differences along the way are sharper than the intervals of single points suggest."
)
_INDEPENDENT = "The random draws of every point are independent of those of the others."
_TITLE = 64  # characters


def write_page(answer: SweepAnswer, result: DesignResult, command: str) -> Path:
    """Write `figures/` and `sweep.html` beside the results."""
    sample = answer.sample
    facts = [
        ("Moved", " and ".join(factor.name for factor in sample.factors)),
        ("Points", number(sample.points)),
        ("Replications at each", number(sample.replications)),
        ("Failed replications", number(sample.failed)),
        ("Seed", str(sample.subject.seed)),
    ]
    sections = _along(answer, result) if len(sample.factors) == 1 else _over(answer)
    title = f"What if {' and '.join(factor.name for factor in sample.factors)} changed?"
    page = Page(
        "sweep",
        title if len(title) <= _TITLE else "What if this changed?",
        result.scenario.title,
        facts,
        sections,
        f"{number(sample.points)} points",
    )
    return study.write(page, result.scenario, result.folder / "sweep.html", command)


def sentence(answer: SweepAnswer, name: str) -> str:
    """From where to where one outcome or measure goes, and whether the ends are clear of each other."""
    one = answer.series[name]
    if one.lowest is None or one.highest is None:
        return f"“{name}” has no value at any point."
    low, high = one.estimates[one.lowest], one.estimates[one.highest]
    least, most = said(low.value, one.unit), said(high.value, one.unit)
    if low.value == high.value:
        return f"“{name}” is the same at every point: {least}."
    where = [_where(answer, point) for point in (one.lowest, one.highest)]
    return (
        f"“{name}” is lowest, {least}, with {where[0]}, and highest, {most}, with {where[1]}. "
        f"{_apart(one, low, high)}"
    )


def _where(answer: SweepAnswer, point: int) -> str:
    """A point by the values of its factors."""
    return ", ".join(
        f"{factor.name} at {said(answer.at(point, factor))}" for factor in answer.sample.factors
    )


def _apart(one: Series, low: Estimate, high: Estimate) -> str:
    """Whether two points differ by more than chance: by their pairs, else by their intervals."""
    if one.gap is None:
        clear = low.high is not None and high.low is not None and low.high < high.low
        return (
            "The intervals of the two do not touch."
            if clear
            else "The intervals of the two overlap: this may be chance."
        )
    gap = one.gap
    say, tail = (points, " percentage points") if one.unit == "probability" else (number, "")
    verdict = "" if gap.low is not None and gap.low > 0 else ": this may be chance"
    return (
        f"With common random numbers they differ by {say(gap.value)}{tail} "
        f"(95 %: {say(gap.low)} to {say(gap.high)}){verdict}."
    )


def _along(answer: SweepAnswer, result: DesignResult) -> list[Section]:
    (factor,) = answer.sample.factors
    outcomes = curves.shown_outcomes(answer)
    colours = palette.outcome_colours(list(result.scenario.outcomes))
    draws = _draws(answer)
    found = []
    if outcomes:
        drawing = Drawing(
            "sweep_outcomes",
            "How it ends",
            "Share of replications in each outcome along the input; the table below has the numbers.",
            f"Share of replications in each outcome class, with 95 % intervals. {draws}",
            partial(curves.curves, answer, factor, outcomes, colours, "probability"),
        )
        see = [sentence(answer, name) for name in outcomes]
        found.append(Section("How does it end?", see, [drawing], [_numbers(answer, outcomes)]))
    for name, one in answer.series.items():
        if one.unit != "probability":
            drawing = Drawing(
                slug(f"sweep_{name}"),
                name,
                f"Mean of {name} along the input; the table below has the numbers.",
                f"Mean over replications, with its 95 % interval. {draws}",
                partial(
                    curves.curves, answer, factor, [name], {name: palette.OKABE_ITO[2]}, one.unit
                ),
            )
            heading = f"{name} ({one.unit})"
            see = [sentence(answer, name)]
            found.append(Section(heading, see, [drawing], [_numbers(answer, [name])]))
    return found


def _draws(answer: SweepAnswer) -> str:
    return _INDEPENDENT if answer.sample.draws is Draws.INDEPENDENT else _COMMON


def _over(answer: SweepAnswer) -> list[Section]:
    found = []
    seen = curves.shown_outcomes(answer)
    rare = []
    for name, one in answer.series.items():
        if one.unit == "probability" and name not in seen:
            rare.append(name)
            continue
        drawing = Drawing(
            slug(f"sweep_{name}"),
            name if one.unit == "probability" else f"{name} ({one.unit})",
            f"Heat map of {name} over the two inputs; the table below has the numbers.",
            "The darker, the more. Below each number half the width of its 95 % interval. "
            f"{_draws(answer)}",
            partial(curves.heat, answer, name),
        )
        see = [sentence(answer, name)]
        found.append(Section(f"Where is “{name}”?", see, [drawing], [_numbers(answer, [name])]))
    if rare:
        often = f"in fewer than one in {1 / curves.SEEN:.0f} replications at every point."
        found.append(Section("What hardly ever comes", [f"{', '.join(rare)}: {often}"]))
    return found


def _numbers(answer: SweepAnswer, names: list[str]) -> Table:
    """The numbers of a figure."""
    factors = answer.sample.factors
    rows = []
    for point in range(answer.sample.points):
        found = [(answer.series[name].estimates[point], answer.series[name].unit) for name in names]
        cells = [
            f"{said(one.value, unit)} ({said(one.low, unit)} – {said(one.high, unit)})"
            for one, unit in found
        ]
        at = [said(answer.at(point, factor)) for factor in factors]
        rows.append([*at, *cells, plural(answer.failed[point], "failure")])
    return Table(
        "Estimates with their 95 % intervals",
        (*(factor.name for factor in factors), *names, "failed"),
        rows,
        texts=len(factors),
    )
