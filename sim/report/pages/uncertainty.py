"""The page of what is not known and what is luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sim.report.figures import shares
from sim.report.figures.bars import said
from sim.report.figures.drawing import Drawing
from sim.report.pages import page as study
from sim.report.pages.formats import number, percent, plural, points
from sim.report.pages.page import Page, Section, Table
from sim.report.pages.sensitivity import span
from sim.studies import targets
from sim.words import words

if TYPE_CHECKING:
    from sim.design.design import DesignResult
    from sim.studies.uncertainty import TargetVariance, UncertaintyAnswer

HEADS = (
    "mean",
    "from inputs",
    "95 % interval",
    "sd if chance were gone",
    "sd if inputs were known",
)
_SEEN = 0.005
_HALF = 0.5
_HOW = (
    "Variance of a replication = variance of what is expected at known inputs (would be gone if we knew them) + "
    "mean variance at known inputs (chance, which would stay): the law of total variance. "
    "The random draws of all replications are independent; the estimator subtracts the variance "
    "that chance gives to the points' means, so that a few replications a point are enough. "
    "An estimate below 0 is shown as 0. "
    "Intervals come from a bootstrap over points and are a little too narrow (about 92 in 100 cover)."
)


def shown(answer: UncertaintyAnswer, on: Sequence[str]) -> dict[str, TargetVariance]:
    """The outcomes that came and the main measures, or what was asked for."""
    wanted = on or [
        *(
            name
            for name, one in answer.targets.items()
            if one.is_outcome and (one.variance.mean.value or 0) >= _SEEN
        ),
        *targets.MAIN,
    ]
    return {name: answer.targets[name] for name in wanted if name in answer.targets}


def cells(one: TargetVariance) -> list[str]:
    """A row's numbers under `HEADS`."""
    found = one.variance
    if not found.known:
        return ["–"] * len(HEADS)
    return [
        said(found.mean.value, one.unit),
        percent(found.share.value),
        f"{percent(found.share.low)} to {percent(found.share.high)}",
        *(said((part.value or 0.0) ** 0.5, one.unit) for part in (found.inputs, found.chance)),
    ]


def sentence(name: str, one: TargetVariance) -> str:
    """How much of one outcome or measure comes from what is not known."""
    found = one.variance
    if not found.known:
        return (
            f"“{name}”: nothing can be said, as there are too few replications that have a value."
        )
    if not found.varies:
        return f"“{name}” never varies."
    interval = f"{percent(found.share.low)} to {percent(found.share.high)}"
    text = (
        f"“{name}”: {percent(found.share.value)} of what varies comes from inputs that we do not "
        f"know ({interval}), the rest is chance."
    )
    if one.unit != "probability":
        return text
    spread = points((found.inputs.value or 0.0) ** 0.5)
    return (
        f"{text} Its probability is {percent(found.mean.value)} on the whole; known inputs would "
        f"typically move it by {spread} percentage points up or down."
    )


def headline(rows: Mapping[str, TargetVariance]) -> str:
    """Which part is the larger, and where inputs matter most."""
    share = {
        name: one.variance.share.value or 0.0 for name, one in rows.items() if one.variance.varies
    }
    if not share:
        return "Nothing that is shown here varies."
    most = max(share, key=lambda name: share[name])
    if share[most] < _HALF:
        return (
            "Most of what varies is chance. Inputs that we do not know matter most for "
            f"“{most}”, and there they make {percent(share[most])} of the variance."
        )
    larger = words().join([f"“{name}”" for name, value in share.items() if value >= _HALF])
    return (
        f"Inputs that we do not know make more than half of what varies in {larger}; "
        f"most of all in “{most}”, {percent(share[most])} of the variance."
    )


def write_page(
    answer: UncertaintyAnswer, result: DesignResult, on: Sequence[str], command: str
) -> Path:
    """Write `figures/` and `uncertainty.html` beside the results."""
    main, sample = shown(answer, on), answer.sample
    facts = [
        ("Unknown inputs", number(len(sample.factors))),
        ("Points", f"{number(sample.points)} ({answer.filling})"),
        ("Replications at each", number(sample.replications)),
        ("Failed replications", number(sample.failed)),
        ("Seed", str(sample.subject.seed)),
    ]
    drawing = Drawing(
        "uncertainty",
        "Inputs, or chance?",
        "Bars: share of the variance of each outcome and measure from unknown inputs and from chance; the table below has the numbers.",
        "Orange would go if we knew the inputs; light blue would stay. The whisker is the 95 % interval of the border.",
        partial(shares.draw, main),
    )
    rows = [(name, *cells(one)) for name, one in answer.targets.items()]
    inputs = [(factor.name, factor.path, span(factor)) for factor in sample.factors]
    sections = [
        Section(
            "Inputs, or chance?",
            [headline(main)],
            [drawing],
            notes=[*(sentence(name, row) for name, row in main.items()), _HOW],
        ),
        Section(
            "All outcomes and measures",
            tables=[Table("Shares of the variance", ("outcome or measure", *HEADS), rows)],
        ),
        Section(
            "What is not known",
            tables=[
                Table(
                    "Inputs and what is known of them",
                    ("input", "path", "distribution"),
                    inputs,
                    texts=3,
                )
            ],
        ),
    ]
    page = Page(
        "uncertainty",
        "Inputs, or chance?",
        result.scenario.title,
        facts,
        sections,
        f"{plural(sample.points, 'point')}",
    )
    return study.write(page, result.scenario, result.folder / "uncertainty.html", command)
