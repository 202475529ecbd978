"""The page of scenario discovery: the box, how good it is, and all others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.design.factors import Factor
from sim.report.figures import boxes
from sim.report.figures.drawing import Drawing
from sim.report.pages import page as study
from sim.report.pages.formats import number, percent, plural
from sim.report.pages.page import Page, Section, Table
from sim.report.pages.sensitivity import names, span
from sim.stats.prim import Discovery
from sim.words import words

if TYPE_CHECKING:
    from sim.design.design import DesignResult

Json = dict[str, Any]
_HOW = (
    "A box is cut smaller, a thin slice at a time, where that makes the outcome most frequent in what is left; then its sides move out again where that "
    "helps, and restrictions that may well be chance (quasi-p above 5 % divided by the number of inputs) are taken away (PRIM, Friedman and Fisher 1999). "
    "It is sought in one half of the cases; "
    "density and coverage are from the other half. One box is sought: where an outcome has two separate causes, it covers one of them."
)


def described(side: Json) -> str:
    """One restriction in words."""
    if "words" in side:
        return " or ".join(side["words"])
    low, high = side["low"], side["high"]
    return boxes.limits((-np.inf if low is None else low, np.inf if high is None else high))


def sentences(told: Json, factors: Sequence[Factor]) -> list[str]:
    """What was found, in words."""
    outcome, everywhere = told["outcome"], told["everywhere"]
    if told["box"] is None:
        return [
            f"“{outcome}” came in {percent(everywhere)} of {plural(told['cases'], 'case')}: too rare, too common, or too few cases to seek where it is likely."
        ]
    box, called = told["box"], {factor.path: factor.name for factor in factors}
    if not told["found"]:
        return [
            f"“{outcome}” comes in {percent(everywhere)} of the cases, and no box was found in which it is clearly more likely: "
            "in these ranges it does not hang on single inputs, or more cases are needed."
        ]
    rules = words().join(
        [f"{called[path]} is {described(side)}" for path, side in box["sides"].items()]
    )
    return [
        f"“{outcome}” comes in {percent(everywhere)} of all cases, and in {percent(box['density'])} "
        f"({percent(box['density_low'])} to {percent(box['density_high'])}) "
        f"of those in which {rules}.",
        f"This box holds {percent(box['mass'])} of the cases and covers {percent(box['coverage'])} of those that end so.",
    ]


def write_page(told: Json, found: Discovery | None, result: DesignResult, command: str) -> Path:
    """Write `figures/` and `discover.html` beside the results."""
    factors, called = result.design.factors, names(told)
    facts = [
        ("Outcome", told["outcome"]),
        ("Inputs varied", number(len(factors))),
        ("Cases", number(told["cases"])),
        ("Failed replications", number(told["failed"])),
        ("Seed", str(told["seed"])),
    ]
    drawings = _drawings(found, result, told["outcome"]) if found is not None else []
    tables = (
        [
            Table(
                "The box",
                ("input", "kept", "quasi-p"),
                [
                    (called[p], described(s), f"{s['quasi_p']:.1g}")
                    for p, s in told["box"]["sides"].items()
                ],
                texts=2,
            )
        ]
        if told["found"]
        else []
    )
    inputs = [(called[path], path, span(one)) for path, one in told["factors"].items()]
    sections = [
        Section(
            f"When is “{told['outcome']}” likely?",
            sentences(told, factors),
            drawings,
            tables,
            [_HOW],
        ),
        Section(
            "What was varied",
            tables=[
                Table(
                    "Inputs and their ranges, spread evenly",
                    ("input", "path", "range"),
                    inputs,
                    texts=3,
                )
            ],
        ),
    ]
    page = Page(
        "scenario discovery",
        f"When is “{told['outcome']}” likely?",
        result.scenario.title,
        facts,
        sections,
        plural(told["cases"], "case"),
    )
    return study.write(page, result.scenario, result.folder / "discover.html", command)


def _drawings(found: Discovery, result: DesignResult, outcome: str) -> list[Drawing]:
    trade = Drawing(
        "discover_boxes",
        "How good can a box be?",
        "Dots: coverage and density of each box; the chosen one is marked.",
        "Each dot is a box, in cases that it was not made from; the grey line is the same where it was sought, which flatters it. "
        "The square is the chosen box with "
        "the 95 % interval of its density; the dashed line is the share of the outcome in all cases.",
        partial(boxes.trade, found),
    )
    if not found.found:
        return [trade]
    box = Drawing(
        "discover_box",
        f"Where “{outcome}” is likely",
        "Bars: the range of each restricted input, with the part that is in the box marked.",
        "The whole bar is the range that was varied; the coloured part is in the box. Inputs that are not named do not matter to it.",
        partial(boxes.sides, found.chosen, result.points, result.design.factors),
    )
    return [box, trade]
