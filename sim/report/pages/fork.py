"""The page of a fork: what was past, what was changed, and what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sim.design.draws import Draws
from sim.narration.event_sentences import event_sentences
from sim.report.figures import fan, flow, forest
from sim.report.figures.drawing import Drawing
from sim.report.pages import page as study
from sim.report.pages.formats import number, percent, plural
from sim.report.pages.page import Page, Section, Table
from sim.studies.compare.sentences import HEADLINES, about, cells, figure
from sim.studies.fork import FORKED, UNFORKED
from sim.words import words

if TYPE_CHECKING:
    from sim.studies.compare.comparison import Comparison
    from sim.studies.fork import Forked

MOST_TOLD = 12  # of the news before the fork
FIRST = 3  # findings that open the page
_HEADS = (UNFORKED, FORKED, "difference", "95 % interval", "unpaired", "p (Holm)")
_INDEPENDENT = (
    "Independent draws: each future has its own random draws from that day on, so the shares are "
    "what the model gives at that point. Future n has the same draws with and without the change, "
    "so a difference between the two comes from the change."
)
_COMMON = (
    "Common random numbers: every draw is that of the original, so this is what would have happened "
    "in that one history (a structural counterfactual). It is one history and not a probability."
)
_FAN = (
    "Black: what happened before the fork, and (broken) what happened after it in the original. Dark band: the middle half of the futures on each day; "
    "pale band: 9 in 10 of them; line: the middle one."
)

_OF = {
    Draws.INDEPENDENT: "with independent random draws",
    Draws.COMMON: "with the original's random draws",
}


def facts(of: Forked) -> list[tuple[str, str]]:
    """What was done, as names and values."""
    shown = of.shown
    found = [
        (
            "Past",
            f"replication {shown.replication} of seed {shown.seed}, up to the evening of day {of.day - 1}; it ended in “{of.original['outcome']}”",
        ),
        (
            "Futures",
            f"{plural(len(shown), 'future')} from day {of.day} to day {of.past.template.horizon}, {_OF[of.draws]}",
        ),
    ]
    found += [
        ("Set", f"{change.path}: {change.before or 'nothing'} becomes {change.after or 'nothing'}")
        for change in shown.changed
    ]
    found += [("Forced", _made(of, k)) for k in range(len(of.made))]
    if of.changed is None:
        found.append(("Changed", "nothing"))
    return found


def _made(of: Forked, k: int) -> str:
    one = of.made[k]
    if one.middle is None:
        return f"{one.words}, which never came to be chosen"
    if len(of.shown) == 1:
        return f"{one.words}, on day {one.first}"
    return f"{one.words}, made in {number(one.times)} of {number(len(of.shown))} futures, first on day {one.first}, mostly by day {one.middle:.0f}"


def would_have_been(of: Forked) -> list[tuple[str, str, str]]:
    """The original and the one future of shared luck: outcome and main measures."""
    row = of.shown.runs.iloc[0]
    rows = [("outcome", str(of.original["outcome"]), str(row["outcome"]))]
    for name in (*HEADLINES, "max_rung"):
        if name in of.original["measures"]:
            after = None if pd.isna(row[name]) else float(row[name])
            rows.append((name, _told(of.original["measures"][name]), _told(after)))
    return rows


def _told(value: float | None) -> str:
    return "never" if value is None else figure(value)


def write_page(of: Forked, folder: Path, command: str) -> Path:
    """Write `figures/` and `fork.html` into the folder."""
    title = (
        f"What if, on day {of.day}?"
        if of.changed is not None
        else f"What could have come of day {of.day}?"
    )
    made_from = f"{plural(len(of.shown), 'future')} of replication {of.plain.replication}"
    page = Page(
        "fork", title, of.scenario.question or of.scenario.title, facts(of), sections(of), made_from
    )
    return study.write(page, of.scenario, folder, "fork.html", command)


def sections(of: Forked) -> list[Section]:
    """The parts of the page."""
    of_fan = Drawing(
        "fan",
        "Rungs before and after the fork",
        "Rung by day: one line up to the fork, then bands of the futures.",
        _FAN,
        partial(fan.draw_fan, of, words()),
    )
    found = _findings(of)
    parts = [Section("What came of it?", found[:FIRST], [of_fan, *_outcomes(of)], _one(of))]
    if of.comparison is not None and of.draws is not Draws.COMMON:
        parts.append(_compared(of.comparison, found[FIRST:]))
    told = news(of, of.past.story.events, range(1, of.day))
    if told:
        see = ["The last of the news up to that morning; all of it is in the past of every future."]
        parts.append(
            Section(
                "What had happened before?",
                see,
                notes=[*(["…"] if len(told) > MOST_TOLD else []), *told[-MOST_TOLD:]],
            )
        )
    if of.draws is Draws.COMMON and of.changed is not None:
        after = range(of.day, of.past.template.horizon + 1)
        for heading, events in (
            ("What happened then", of.past.story.events),
            ("What would have happened", of.changed.told(0).events),
        ):
            found = news(of, events, after)
            parts.append(
                Section(
                    heading,
                    [],
                    notes=[*found[:MOST_TOLD], *(["…"] if len(found) > MOST_TOLD else [])]
                    or ["Nothing larger."],
                )
            )
    parts.append(
        Section(
            "How to read this",
            [_COMMON if of.draws is Draws.COMMON else _INDEPENDENT],
            notes=[*of.notes(), "More on forks: docs/fork.md."],
        )
    )
    return parts


def news(of: Forked, events: np.ndarray, days: range) -> list[str]:
    """What happened on some days, but for routine, a sentence each."""
    return [
        f"Day {one.day}: {one.text}"
        for one in event_sentences(events, of.scenario)
        if one.day in days and not one.routine
    ]


def _findings(of: Forked) -> list[str]:
    if of.draws is Draws.COMMON:
        before, after = of.original["outcome"], of.shown.runs.iloc[0]["outcome"]
        same = "the same outcome" if before == after else f"“{after}” in its place"
        return [
            f"The original ended in “{before}”. With the same random draws, this future has {same}."
        ]
    if of.comparison is None:
        shares, original = of.shares(of.plain), of.original["outcome"]
        most = max(shares, key=lambda name: shares[name].value or 0.0)
        return [
            f"Most often it ends in “{most}” ({percent(shares[most].value)} of the futures). "
            f"The original's “{original}” came in {percent(shares[original].value)}."
        ]
    return about(of.comparison, FORKED)


def _outcomes(of: Forked) -> list[Drawing]:
    if of.draws is Draws.COMMON:
        return []
    bars = [("", of.shares(of.plain), fan.PLAIN_COLOUR)]
    if of.changed is not None:
        bars = [
            (f"{UNFORKED} ", bars[0][1], fan.PLAIN_COLOUR),
            (f"{FORKED} ", of.shares(of.changed), fan.CHANGED_COLOUR),
        ]
    caption = "Share of the futures that end in each outcome, with the 95 % interval of the number of futures."
    return [
        Drawing(
            "outcomes",
            "How the futures end",
            "Bars: share of each outcome with its interval.",
            caption,
            partial(fan.draw_outcomes, bars),
        )
    ]


def _one(of: Forked) -> list[Table]:
    if of.draws is not Draws.COMMON:
        return []
    return [
        Table(
            "With the original's random draws", ("", "original", "this future"), would_have_been(of)
        )
    ]


def _compared(of: Comparison, more: list[str]) -> Section:
    """Every difference: as figures, in words and as tables."""
    drawn = [
        Drawing(
            *(
                "differences",
                "How much differs",
                "Dots with intervals: difference of each outcome and main measure, forked minus unforked.",
            ),
            "Forked minus unforked. Thick: the 95 % interval of pairs on the same luck; thin: the interval that independent runs would give.",
            partial(forest.draw, of, FORKED, words()),
        ),
        Drawing(
            *(
                "flow",
                "What became of each future",
                "Ribbons from the outcomes of the unforked futures to those of the forked.",
            ),
            "Each future on its own luck: left as it ends unforked, right as it ends forked. Pale ribbons end alike.",
            partial(flow.draw, of, FORKED, words()),
        ),
    ]
    tables = [
        Table(
            title,
            (title.removesuffix("s").lower(), *_HEADS),
            [
                (n, *cells(of, row, FORKED, scale=scale))
                for n, row in rows.items()
                if row.differences
            ],
        )
        for title, rows, scale in (("Outcomes", of.outcomes, 100), ("Measures", of.measures, 1))
    ]
    return Section("Against the unforked futures", (), drawn, tables, more)
