"""The page of a sensitivity study: what moves each outcome and measure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from sim.ensemble.runner import slug
from sim.report.figures import bars
from sim.report.figures.bars import said
from sim.report.figures.drawing import Drawing
from sim.report.pages import page as study
from sim.report.pages.formats import THIN, number, percent, plural, points
from sim.report.pages.page import Page, Section, Table
from sim.stats.shares import Z95
from sim.studies.sensitivity.one_at_a_time import OAT
from sim.studies.sensitivity.salib import MORRIS, SOBOL
from sim.words import words

if TYPE_CHECKING:
    from sim.design.design import DesignResult

Json = dict[str, Any]
TITLES = {
    MORRIS: "Which inputs matter? (screening)",
    SOBOL: "Which inputs matter? (shares of variance)",
    OAT: "Which inputs matter? (one at a time)",
}
HEADS = {
    MORRIS: ("µ*", "95 % interval", "µ", "σ"),
    SOBOL: ("alone", "95 % interval", "in all", "95 % interval"),
    OAT: ("from", "to", "difference", "95 % interval"),
}
HOW = {
    MORRIS: "Each input in turn takes a step of two thirds of its range, along many random paths (Morris 1991). µ* is the mean size of what that does, "
    "for a whole range; µ is the same with its sign; σ says how much it differs from place to place: near or above µ*, the input acts "
    "differently at different values or together with others. Intervals come from a bootstrap over paths.",
    SOBOL: "Inputs are spread evenly over their ranges. “Alone” is the share of the variance between points that would go if that input were known "
    "(first-order index); “in all” is what would stay if all others were known (total index). Both are estimates and may lie a little below 0. "
    "Intervals come from a bootstrap over base points.",
    OAT: "Each input goes to the low and to the high end of its range while all else stays as the scenario has it. Replications have the same luck at "
    "every point, so that the intervals of the differences are narrow. What inputs do together cannot be seen in this way.",
}
_LUCK = "Points differ in their inputs alone: every point has the same replications, with the same luck, and the numbers above are of their means."
WIDE = "Some intervals are wide: these shares are only a first idea, and more base points (--points) or replications (--runs) are needed."
_WIDE = 0.5  # of a share


def names(told: Json) -> dict[str, str]:
    """What to call each factor."""
    return {path: one["label"] or path for path, one in told["factors"].items()}


def span(factor: Mapping[str, Any]) -> str:
    """The range or the values of a factor in words."""
    if "values" in factor:
        return ", ".join(map(said, factor["values"]))
    return (
        str(factor["dist"])
        if "dist" in factor
        else f"{said(factor['low'])} to {said(factor['high'])}"
    )


def cells(method: str, row: Json, unit: str) -> list[str]:
    """A factor's numbers under `HEADS`."""
    if method == OAT:
        swing = row["swing"]
        means = [end["mean"] for end in row["ends"]]
        return [
            said(means[0], unit),
            said(means[-1], unit),
            _signed(swing["value"], unit),
            f"{_signed(swing['low'], unit)} to {_signed(swing['high'], unit)}",
        ]
    if method == MORRIS:
        star = row["mu_star"]
        return [
            said(star["value"], unit),
            _interval(star, unit),
            _signed(row["mu"]["value"], unit),
            said(row["sigma"]["value"], unit),
        ]
    return [
        text
        for index in ("S1", "ST")
        for text in (
            _signed(row[index]["value"], "probability"),
            _interval(row[index], "probability"),
        )
    ]


def _interval(index: Json, unit: str) -> str:
    return (
        "–"
        if index["low"] is None
        else f"{_signed(index['low'], unit)} to {_signed(index['high'], unit)}"
    )


def _signed(value: float | None, unit: str) -> str:
    """A number or share with a minus sign where it needs one."""
    if value is None:
        return "–"
    if unit == "probability":
        return f"{points(value)}{THIN}%"
    return f"−{number(-value)}" if value < 0 else number(value)


def matters(method: str, row: Json, factors: int) -> bool:
    """Whether the interval of a factor's effect tells it from none, also when that many are looked at (Bonferroni).

    Morris's µ* and Sobol's total index cannot be below 0, so that the whole interval must lie clear
    of it.
    """
    index = row["swing"] if method == OAT else row["mu_star"] if method == MORRIS else row["ST"]
    if index["low"] is None or index["high"] is None:
        return False
    wider = NormalDist().inv_cdf(1 - 0.025 / factors) / Z95
    return bool(abs(index["value"]) > wider * (index["high"] - index["low"]) / 2)


def sentence(told: Json, name: str) -> str:
    """What moves one outcome or measure most."""
    one, called = told["results"][name], names(told)
    clear = [
        path
        for path, row in one["factors"].items()
        if matters(told["method"], row, len(one["factors"]))
    ]
    if not clear:
        return f"“{name}”: no input moves it by more than chance could; more replications, trajectories or a wider range might tell."
    best = clear[0]
    text = f"“{name}” depends most on {called[best]} ({_effect(told['method'], one['factors'][best], one['unit'])})"
    if len(clear) > 1:
        text += f", then on {words().join([called[path] for path in clear[1:3]])}"
    many = (
        "Every input moves"
        if len(clear) == len(one["factors"])
        else f"{plural(len(clear), 'input')} of {len(one['factors'])} clearly move{'s' * (len(clear) == 1)}"
    )
    return f"{text}. {many} it, also if one allows for looking at so many."


def _effect(method: str, row: Json, unit: str) -> str:
    if method == OAT:
        return f"{'up' if row['swing']['value'] > 0 else 'down'} by {_amount(abs(row['swing']['value']), unit)} from one end to the other"
    if method == MORRIS:
        return f"on average {_amount(row['mu_star']['value'], unit)} over its range"
    return f"{percent(min(1.0, max(0.0, row['ST']['value'])))} of the variance between points"


def _amount(value: float, unit: str) -> str:
    return (
        f"{points(value)} percentage points"
        if unit == "probability"
        else f"{number(value)} ({unit})"
    )


def write_page(told: Json, result: DesignResult, command: str) -> Path:
    """Write `figures/` and `sensitivity.html` beside the results."""
    method = told["method"]
    facts = [
        ("Inputs", number(len(told["factors"]))),
        ("Points", number(told["points"])),
        ("Replications at each", number(told["replications"])),
        ("Failed replications", number(told["failed"])),
        ("Seed", str(told["seed"])),
    ]
    sections = [_section(told, name) for name in told["results"]]
    rows = [(names(told)[path], path, span(one)) for path, one in told["factors"].items()]
    sections.append(
        Section(
            "What was varied",
            tables=[Table("Inputs and their ranges", ("input", "path", "range"), rows, texts=3)],
            notes=[HOW[method], _LUCK],
        )
    )
    page = Page(
        "sensitivity",
        TITLES[method],
        result.scenario.title,
        facts,
        sections,
        f"{number(told['points'])} points",
    )
    return study.write(page, result.scenario, result.folder / "sensitivity.html", command)


def _section(told: Json, name: str) -> Section:
    one, called, method = told["results"][name], names(told), told["method"]
    axis = "share of replications" if one["unit"] == "probability" else f"{name} ({one['unit']})"
    table = Table(
        f"{name}: all inputs",
        ("input", *HEADS[method]),
        [(called[path], *cells(method, row, one["unit"])) for path, row in one["factors"].items()],
    )
    wide = (
        [WIDE]
        if method == SOBOL and any(_width(row["ST"]) > _WIDE for row in one["factors"].values())
        else []
    )
    notes = (
        [
            f"{plural(one['dropped'], 'block')} of points left out whole, since a replication in them failed or has no value."
        ]
        if one["dropped"]
        else []
    )
    notes += wide
    still = not any(matters(method, row, len(one["factors"])) for row in one["factors"].values())
    drawings = (
        []
        if one["mean"] is None or (still and _flat(method, one))
        else _drawings(method, name, one, called, axis)
    )
    return Section(f"What moves “{name}”?", [sentence(told, name)], drawings, [table], notes)


def _width(index: Json) -> float:
    return (
        0.0
        if index["low"] is None or index["high"] is None
        else float(index["high"] - index["low"])
    )


def _flat(method: str, one: Json) -> bool:
    """Whether nothing moved it at all."""
    index = {OAT: "swing", MORRIS: "mu_star", SOBOL: "ST"}[method]
    return not any(row[index]["value"] for row in one["factors"].values())


def _drawings(
    method: str, name: str, one: Json, called: dict[str, str], axis: str
) -> list[Drawing]:
    file, rows, unit = slug(f"{method}_{name}"), one["factors"], one["unit"]
    most = f"The {bars.MOST} most important inputs." if len(rows) > bars.MOST else ""
    if method == OAT:
        ends = "Each bar goes from the low end of an input's range (blue) to the high end (orange); the line is the scenario as it is."
        caption = f"{ends} Black: 95 % intervals of the difference. {most}"
        return [
            Drawing(
                file,
                f"What moves “{name}”",
                f"Tornado of the inputs of {name}; the table below has its numbers.",
                caption,
                partial(bars.tornado, rows, called, one["mean"], unit, axis),
            )
        ]
    if method == SOBOL:
        caption = f"Dark: what goes if the input is known. Light: what stays if all others are. The difference acts together with other inputs. {most}"
        return [
            Drawing(
                file,
                f"What “{name}” varies with",
                f"Bars of Sobol indices of {name}; the table below has its numbers.",
                caption,
                partial(bars.indices, rows, called),
            )
        ]
    effects = Drawing(
        file,
        f"What moves “{name}”",
        f"Bars of Morris effects on {name}; the table below has its numbers.",
        f"Mean size of the change when an input moves over its whole range, with 95 % intervals. {most}",
        partial(
            bars.effects,
            rows,
            called,
            unit,
            f"change of the {axis}" if unit == "probability" else axis,
        ),
    )
    plot = Drawing(
        f"{file}_plot",
        "Alone, or together?",
        f"Morris plot of {name}: size of the effect against its spread.",
        "Each dot is an input. Far right: it does much. High up, near or above the dashed line: what it does depends on its own value or on other inputs.",
        partial(bars.together, rows, called, unit),
    )
    return [effects, plot]
