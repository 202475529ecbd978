"""The page of a sweep: outcomes and measures along what was moved."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from sim.design.draws import Draws
from sim.ensemble.runner import slug
from sim.report.figures import curves, palette
from sim.report.figures.bars import said
from sim.report.figures.drawing import Drawing
from sim.report.pages import page as study
from sim.report.pages.formats import number, plural, points
from sim.report.pages.page import Page, Section, Table
from sim.studies import targets
from sim.studies.sensitivity.one_at_a_time import difference

if TYPE_CHECKING:
    from sim.design.design import DesignResult

_COMMON = "Replication k has the same random draws at every point (common random numbers), so that differences along the way are sharper than the intervals of single points suggest."
_INDEPENDENT = "The random draws of every point are independent of those of the others."
_TITLE = 64  # characters


def write_page(
    table: pd.DataFrame, result: DesignResult, names: Mapping[str, str], command: str
) -> Path:
    """Write `figures/` and `sweep.html` beside the results."""
    factors = result.design.factors
    facts = [
        ("Moved", " and ".join(factor.name for factor in factors)),
        ("Points", number(len(result.design))),
        ("Replications at each", number(result.replications)),
        ("Failed replications", number(result.failures)),
        ("Seed", str(result.seed)),
    ]
    sections = _along(table, result, names) if len(factors) == 1 else _over(table, result, names)
    title = f"What if {' and '.join(factor.name for factor in factors)} changed?"
    page = Page(
        "sweep",
        title if len(title) <= _TITLE else "What if this changed?",
        result.scenario.title,
        facts,
        sections,
        f"{number(len(result.design))} points",
    )
    return study.write(page, result.scenario, result.folder / "sweep.html", command)


def sentence(table: pd.DataFrame, name: str, unit: str, result: DesignResult) -> str:
    """From where to where one outcome or measure goes, and whether the ends are clear of each other."""
    rows = table[table["name"] == name].dropna(subset=["estimate"])
    if rows.empty:
        return f"“{name}” has no value at any point."
    low, high = (
        rows.iloc[int(where)]
        for where in (rows["estimate"].to_numpy().argmin(), rows["estimate"].to_numpy().argmax())
    )
    least, most = said(float(low["estimate"]), unit), said(float(high["estimate"]), unit)
    if low["estimate"] == high["estimate"]:
        return f"“{name}” is the same at every point: {least}."
    where = [
        ", ".join(f"{factor.name} at {said(row[factor.path])}" for factor in result.design.factors)
        for row in (low, high)
    ]
    return f"“{name}” is lowest, {least}, with {where[0]}, and highest, {most}, with {where[1]}. {_apart(low, high, name, unit, result)}"


def _apart(low: Any, high: Any, name: str, unit: str, result: DesignResult) -> str:
    """Whether two points differ by more than chance: by their pairs where they share their luck, else by their intervals."""
    if result.draws is Draws.INDEPENDENT:
        return (
            "The intervals of the two do not touch."
            if low["high"] < high["low"]
            else "The intervals of the two overlap: this may be chance."
        )
    gap = difference(targets.table(result, name), int(high["point"]), int(low["point"]))
    say, tail = (points, " percentage points") if unit == "probability" else (number, "")
    verdict = "" if gap.low > 0 else ": this may be chance"
    return f"On the same luck they differ by {say(gap.value)}{tail} (95 %: {say(gap.low)} to {say(gap.high)}){verdict}."


def _along(table: pd.DataFrame, result: DesignResult, names: Mapping[str, str]) -> list[Section]:
    (factor,) = result.design.factors
    outcomes = [name for name in curves.drawn(table) if name in names]
    colours = palette.outcome_colours(list(result.scenario.outcomes))
    draws = _INDEPENDENT if result.draws is Draws.INDEPENDENT else _COMMON
    found = []
    if outcomes:
        drawing = Drawing(
            "sweep_outcomes",
            "How it ends",
            "Share of replications in each outcome along the input; the table below has the numbers.",
            f"Share of replications in each outcome class, with 95 % intervals. {draws}",
            partial(curves.curves, table, factor, outcomes, colours, "probability"),
        )
        see = [sentence(table, name, "probability", result) for name in outcomes]
        found.append(
            Section(
                "How does it end?",
                see,
                [drawing],
                [_numbers(table, result, outcomes, "probability")],
            )
        )
    for name, unit in names.items():
        if unit != "probability":
            drawing = Drawing(
                slug(f"sweep_{name}"),
                name,
                f"Mean of {name} along the input; the table below has the numbers.",
                f"Mean over replications, with its 95 % interval. {draws}",
                partial(curves.curves, table, factor, [name], {name: palette.OKABE_ITO[2]}, unit),
            )
            found.append(
                Section(
                    f"{name} ({unit})",
                    [sentence(table, name, unit, result)],
                    [drawing],
                    [_numbers(table, result, [name], unit)],
                )
            )
    return found


def _over(table: pd.DataFrame, result: DesignResult, names: Mapping[str, str]) -> list[Section]:
    found = []
    seen = curves.drawn(table)
    for name, unit in names.items():
        if unit == "probability" and name not in seen:
            continue
        drawing = Drawing(
            slug(f"sweep_{name}"),
            name if unit == "probability" else f"{name} ({unit})",
            f"Heat map of {name} over the two inputs; the table below has the numbers.",
            f"The darker, the more. Below each number half the width of its 95 % interval. {_INDEPENDENT if result.draws is Draws.INDEPENDENT else _COMMON}",
            partial(curves.heat, table, result.design.factors, name, unit),
        )
        found.append(
            Section(
                f"Where is “{name}”?",
                [sentence(table, name, unit, result)],
                [drawing],
                [_numbers(table, result, [name], unit)],
            )
        )
    rare = [name for name, unit in names.items() if unit == "probability" and name not in seen]
    if rare:
        found.append(
            Section(
                "What hardly ever comes",
                [
                    f"{', '.join(rare)}: in fewer than one in {1 / curves.SEEN:.0f} replications at every point."
                ],
            )
        )
    return found


def _numbers(table: pd.DataFrame, result: DesignResult, names: list[str], unit: str) -> Table:
    """The numbers of a figure."""
    paths = [factor.path for factor in result.design.factors]
    rows = []
    for _, point in table.groupby("point"):
        found = point.set_index("name")
        cells = [
            f"{said(found.at[name, 'estimate'], unit)} ({said(found.at[name, 'low'], unit)} – {said(found.at[name, 'high'], unit)})"
            for name in names
        ]
        rows.append(
            [
                *(said(point.iloc[0][path]) for path in paths),
                *cells,
                plural(int(point["failed"].max()), "failure"),
            ]
        )
    return Table(
        "Estimates with their 95 % intervals",
        (*(factor.name for factor in result.design.factors), *names, "failed"),
        rows,
        texts=len(paths),
    )
