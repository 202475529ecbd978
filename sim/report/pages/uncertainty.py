"""The page of what is not known and what is luck."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.report.figures import shares
from sim.report.figures.bars import said
from sim.report.figures.drawing import Drawing
from sim.report.pages import page as study
from sim.report.pages.formats import number, percent, plural, points
from sim.report.pages.page import Page, Section, Table
from sim.report.pages.sensitivity import names, span
from sim.studies import targets
from sim.words import words

if TYPE_CHECKING:
    from sim.design.design import DesignResult

Json = dict[str, Any]
HEADS = ("mean", "from inputs", "95 % interval", "sd if luck were gone", "sd if inputs were known")
_SEEN = 0.005
_HALF = 0.5
_HOW = (
    "Variance of a replication = variance of what is expected at known inputs (would be gone if we knew them) + "
    "mean variance at known inputs (luck, which would stay): the law of total variance. Every replication has luck of its own; the estimator takes "
    "the part of luck in the points' means off, so that a few "
    "replications a point are enough. An estimate below nothing is shown as nothing. "
    "Intervals come from a bootstrap over points and are a little too narrow (about 92 in 100 cover)."
)


def shown(told: Json, on: Sequence[str]) -> dict[str, Json]:
    """The outcomes that came and the main measures, or what was asked for."""
    both = told["outcomes"] | told["measures"]
    wanted = on or [
        *(name for name, row in told["outcomes"].items() if (row["mean"] or 0) >= _SEEN),
        *targets.MAIN,
    ]
    return {name: both[name] for name in wanted if name in both}


def cells(row: Mapping[str, Any]) -> list[str]:
    """A row's numbers under `HEADS`."""
    if row["share"] is None:
        return ["–"] * len(HEADS)
    unit = row["unit"]
    interval = f"{percent(row['share_low'])} to {percent(row['share_high'])}"
    return [
        said(row["mean"], unit),
        percent(row["share"]),
        interval,
        *(said(row[part] ** 0.5, unit) for part in ("inputs", "chance")),
    ]


def sentence(name: str, row: Mapping[str, Any]) -> str:
    """How much of one outcome or measure comes from what is not known."""
    if row["share"] is None:
        return (
            f"“{name}”: nothing can be said, as there are too few replications that have a value."
        )
    if not row["inputs"] and not row["chance"]:
        return f"“{name}” never varies."
    interval = f"{percent(row['share_low'])} to {percent(row['share_high'])}"
    text = f"“{name}”: {percent(row['share'])} of what varies comes from inputs that we do not know ({interval}), the rest is luck."
    if row["unit"] != "probability":
        return text
    spread = points(row["inputs"] ** 0.5)
    return f"{text} Its probability is {percent(row['mean'])} on the whole; known inputs would typically move it by {spread} percentage points up or down."


def headline(rows: Mapping[str, Mapping[str, Any]]) -> str:
    """Which part is the larger, and where inputs matter most."""
    told = {
        name: row["share"]
        for name, row in rows.items()
        if row["share"] is not None and (row["inputs"] or row["chance"])
    }
    if not told:
        return "Nothing that is shown here varies."
    most = max(told, key=lambda name: told[name])
    if told[most] < _HALF:
        return f"Most of what varies is luck. Inputs that we do not know matter most for “{most}”, and there they make {percent(told[most])} of the variance."
    larger = words().join([f"“{name}”" for name, share in told.items() if share >= _HALF])
    return f"Inputs that we do not know make more than half of what varies in {larger}; most of all in “{most}”, {percent(told[most])} of the variance."


def write_page(told: Json, result: DesignResult, on: Sequence[str], command: str) -> Path:
    """Write `figures/` and `uncertainty.html` beside the results."""
    main, called = shown(told, on), names(told)
    facts = [
        ("Unknown inputs", number(len(told["factors"]))),
        ("Points", f"{number(told['points'])} ({told['design']})"),
        ("Replications at each", number(told["replications"])),
        ("Failed replications", number(told["failed"])),
        ("Seed", str(told["seed"])),
    ]
    drawing = Drawing(
        "uncertainty",
        "Not known, or luck?",
        "Bars: share of the variance of each outcome and measure from unknown inputs and from luck; the table below has the numbers.",
        "Orange would go if we knew the inputs; light blue would stay. The whisker is the 95 % interval of the border.",
        partial(shares.draw, main),
    )
    rows = [(name, *cells(row)) for name, row in (told["outcomes"] | told["measures"]).items()]
    inputs = [(called[path], path, span(one)) for path, one in told["factors"].items()]
    sections = [
        Section(
            "Not known, or luck?",
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
        "Not known, or luck?",
        result.scenario.title,
        facts,
        sections,
        f"{plural(told['points'], 'point')}",
    )
    return study.write(page, result.scenario, result.folder / "uncertainty.html", command)
