"""The page of scenario discovery: the box, how good it is, and all others."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.figures import boxes
from sim.report.figures.drawing import Drawing
from sim.report.pages import page as study
from sim.report.pages.formats import number, percent, plural
from sim.report.pages.page import Page, Section, Table
from sim.report.pages.sensitivity import span
from sim.stats.prim import Kept
from sim.words import words

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.studies.discovery import DiscoveryAnswer

_HOW = (
    "A box is cut smaller, a thin slice at a time, where that makes the outcome most frequent in what is left; then its sides move out again where that "
    "helps, and restrictions that may well be chance (quasi-p above 5 % divided by the number of inputs) are taken away (PRIM, Friedman and Fisher 1999). "
    "It is sought in one half of the cases; "
    "density and coverage are from the other half. One box is sought: where an outcome has two separate causes, it covers one of them."
)


def restriction(kept: Kept) -> str:
    """One side of a box in words."""
    if isinstance(kept, frozenset):
        return " or ".join(sorted(map(str, kept)))
    return boxes.limits(kept)


def sentences(answer: DiscoveryAnswer) -> list[str]:
    """What was found, in words."""
    outcome, everywhere = answer.outcome, percent(answer.everywhere)
    if answer.box is None:
        return [
            f"“{outcome}” came in {everywhere} of {plural(answer.cases, 'case')}: "
            "too rare, too common, or too few cases to seek where it is likely."
        ]
    if not answer.found:
        return [
            f"“{outcome}” comes in {everywhere} of the cases, and no box was found in which it is "
            "clearly more likely: in these ranges it does not depend on single inputs, or more "
            "cases are needed."
        ]
    names, box = answer.sample.names, answer.box.tested
    rules = words().join(
        [f"{names[path]} is {restriction(kept)}" for path, kept in answer.box.sides.items()]
    )
    return [
        f"“{outcome}” comes in {everywhere} of all cases, and in {percent(box.density)} "
        f"({percent(box.low)} to {percent(box.high)}) of those in which {rules}.",
        f"This box holds {percent(box.mass)} of the cases and covers {percent(box.coverage)} "
        "of those that end so.",
    ]


def write_page(answer: DiscoveryAnswer, result: DesignResult, command: str) -> Path:
    """Write `figures/` and `discover.html` beside the results."""
    sample, names = answer.sample, answer.sample.names
    facts = [
        ("Outcome", answer.outcome),
        ("Inputs varied", number(len(sample.factors))),
        ("Cases", number(answer.cases)),
        ("Failed replications", number(sample.failed)),
        ("Seed", str(sample.subject.seed)),
    ]
    tables = []
    if answer.found and answer.box is not None:
        rows = [
            (names[path], restriction(kept), f"{answer.box.quasi_p[path]:.1g}")
            for path, kept in answer.box.sides.items()
        ]
        tables.append(Table("The box", ("input", "kept", "quasi-p"), rows, texts=2))
    inputs = [(factor.name, factor.path, span(factor)) for factor in sample.factors]
    title = f"When is “{answer.outcome}” likely?"
    sections = [
        Section(title, sentences(answer), _drawings(answer), tables, [_HOW]),
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
        title,
        result.scenario.title,
        facts,
        sections,
        plural(answer.cases, "case"),
    )
    return study.write(page, result.scenario, result.folder / "discover.html", command)


def _drawings(answer: DiscoveryAnswer) -> list[Drawing]:
    found = answer.search
    if found is None:
        return []
    trade = Drawing(
        "discover_boxes",
        "How good can a box be?",
        "Dots: coverage and density of each box; the chosen one is marked.",
        "Each dot is a box, in cases that it was not made from; the grey line is the same where it "
        "was sought, which flatters it. The square is the chosen box with the 95 % interval of its "
        "density; the dashed line is the share of the outcome in all cases.",
        partial(boxes.trade, found),
    )
    if not found.found:
        return [trade]
    box = Drawing(
        "discover_box",
        f"Where “{answer.outcome}” is likely",
        "Bars: the range of each restricted input, with the part that is in the box marked.",
        "The whole bar is the range that was varied; the coloured part is in the box. "
        "Inputs that are not named do not matter to it.",
        partial(boxes.sides, found.chosen, answer.points, answer.sample.factors),
    )
    return [box, trade]
