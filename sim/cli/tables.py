"""The summary of an ensemble on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from sim.printable import printable
from sim.scenario import localise
from sim.words import NONE
from sim.words.measures import measure_name, unit_name

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.scenario import Scenario
    from sim.stats.estimate import Estimate
    from sim.stats.summary import Summary
    from sim.words import Words

#: Times from the release that are shown, with their names among the words of the report.
TIMES = {
    "first_open_war_day": "open_war",
    "first_ceasefire_day": "ceasefire",
    "first_limited_strike_day": "limited_strike",
    "first_raid_day": "raid",
}
MAIN = (
    "max_rung",
    "days_at_rung_6",
    "interstate_deaths",
    "deaths",
    "attacks",
    "raids",
    "strikes",
    "clashes",
    "ceasefires",
    "ceasefire_collapses",
)
MORE = ("closure_days", "trade_lost")
BAR = 30  # characters for probability 1
PIPE_WIDTH = 110  # where there is no terminal to ask


def print_tables(summary: Summary, ensemble: Ensemble, words: Words) -> None:
    """Outcomes with intervals, times to events, main measures, and the folder of the files."""
    console, (scenario, words) = screen(), localise(ensemble.scenario, words)
    console.print(scenario.title, style="bold", markup=False)
    console.print(f"{scenario.question}  {words.text('common.model')}", markup=False)
    title = words.text("common.outcomes_title")
    console.print(outcome_shares(title, summary.outcomes, words))
    console.print(_times(summary, scenario.horizon, words))
    console.print(_measures(summary, scenario, words))
    about = {"seed": str(ensemble.seed), "digest": scenario.digest[:8]}
    replications = words.count(summary.runs, "replication")
    if summary.failed:
        text = words.text(
            "cli.run.foot_failed", replications=replications, failed=summary.failed, **about
        )
    else:
        text = words.text("cli.run.foot", replications=replications, **about)
    console.print(text, markup=False)
    place = words.text("cli.place", place=str(ensemble.location))
    console.print(place, markup=False, soft_wrap=True)


class Screen(Console):
    """Where tables and sentences go; every word of them is text, and nothing in it is markup.

    Rich takes `[red]` in a text for a colour and `:smile:` for a picture. Here it never does, in a
    cell, a title or a line: that is settled where Rich turns any text into what it prints.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"highlight": False, "emoji": False, "markup": False, **options})

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(printable(text), **{**options, "emoji": False, "markup": False})

    def on_broken_pipe(self) -> None:
        """`sim.cli.main` answers a closed pipe (`| head`); Rich would exit with 1."""
        raise BrokenPipeError


def screen() -> Screen:
    """The standard output; as wide as the terminal, or as a page."""
    found = Screen()
    return found if found.is_terminal else Screen(width=PIPE_WIDTH)


def table_of(title: str, first: str, *columns: str) -> Table:
    """An empty table with a title, a column of words and columns of numbers."""
    table = Table(
        title=title,
        title_justify="left",
        title_style="bold",
        box=None,
        pad_edge=False,
        header_style="dim",
    )
    table.add_column(first, overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def outcome_shares(title: str, shares: Mapping[str, Estimate], words: Words) -> Table:
    """The share of each outcome with its interval and a bar."""
    heads = (words.text(f"cli.run.{key}") for key in ("outcome", "probability"))
    table = table_of(f"\n{title}", *heads, words.text("common.interval"))
    table.add_column("", no_wrap=True)
    for name, share in shares.items():
        bar = "█" * round((share.value or 0.0) * BAR)
        table.add_row(
            words.term("vocabulary.outcomes", name),
            _percent(share.value, words),
            words.range(_percent(share.low, words), _percent(share.high, words)),
            bar,
        )
    return table


def _times(summary: Summary, horizon: int, words: Words) -> Table:
    from sim.stats.summary import DAYS

    days = [day for day in DAYS if day <= horizon]
    table = table_of(
        f"\n{words.text('cli.run.times')}",
        words.text("cli.run.event"),
        *map(words.number, days),
        words.text("cli.run.by_day", day=horizon),
        words.text("cli.run.median_day"),
    )
    for name, key in TIMES.items():
        if name in summary.by_day:
            by, about = summary.by_day[name], summary.measures[name]
            middle = about.quantiles["q50"]
            median = words.text("cli.run.after", day=horizon)
            if middle is not None:
                median = words.number(middle, decimals=0)
            shares = [*(by[day] for day in days), about.ever]
            event = words.text(f"vocabulary.events.{key}")
            table.add_row(event, *(_percent(share, words) for share in shares), median)
    return table


def _measures(summary: Summary, scenario: Scenario, words: Words) -> Table:
    keys = ("measure", "mean", "q05", "median", "q95", "unit")
    heads = [words.text(f"cli.run.{key}") for key in keys]
    table = table_of(f"\n{words.text('cli.run.measures')}", *heads)
    dead = [name for name in summary.measures if name.startswith("deaths_")]
    named = {measure.name: measure for measure in scenario.measures}
    for name in (*MAIN, *dead, *MORE):
        about = summary.measures.get(name)
        if about:
            numbers = (about.mean, *about.quantiles.values())
            table.add_row(
                measure_name(named[name], words),
                *(_figure(number, words) for number in numbers),
                unit_name(about.unit, words),
            )
    return table


def _percent(share: float | None, words: Words) -> str:
    return NONE if share is None else words.percent(share, decimals=1)


def _figure(value: float | None, words: Words) -> str:
    """A number in three digits, thousands apart."""
    if value is None or abs(value) >= 100:
        return words.number(value)
    return words.number(value, significant=3)
