"""The summary of an ensemble on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from sim.words import words

if TYPE_CHECKING:
    from sim.ensemble import Ensemble
    from sim.stats.summary import Summary

TIMES = {
    "first_open_war_day": "open war",
    "first_ceasefire_day": "ceasefire",
    "first_limited_strike_day": "limited strike",
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


def print_tables(summary: Summary, ensemble: Ensemble) -> None:
    """Outcomes with intervals, times to events, main measures, and the folder of the files."""
    console = screen()
    console.print(ensemble.scenario.title, style="bold", markup=False)
    console.print(
        f"{ensemble.scenario.question}  Illustrative model, not a forecast.", markup=False
    )
    console.print(_outcomes(summary))
    console.print(_times(summary, ensemble.scenario.horizon))
    console.print(_measures(summary))
    failed = f", {summary.failed:,} of them failed" if summary.failed else ""
    console.print(
        f"{words().count(summary.runs, 'replication')}{failed}; seed {ensemble.seed}; "
        f"scenario digest {ensemble.scenario.digest[:8]}",
        markup=False,
    )
    console.print(f"everything is in {ensemble.location}", markup=False, soft_wrap=True)


class Screen(Console):
    """Where tables go. `sim.cli.main` answers a closed pipe (`| head`); Rich would exit with 1."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def screen() -> Screen:
    """The standard output; as wide as the terminal, or as a page."""
    found = Screen(highlight=False)
    return found if found.is_terminal else Screen(highlight=False, width=PIPE_WIDTH)


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
    table.add_column(first, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True)
    return table


def _outcomes(summary: Summary) -> Table:
    table = table_of("\nHow it ends", "outcome", "probability", "95 % interval")
    table.add_column("", no_wrap=True)
    for name, share in summary.outcomes.items():
        bar = "█" * round((share.value or 0.0) * BAR)
        table.add_row(
            name,
            _percent(share.value),
            f"{_percent(share.low)} to {_percent(share.high)}",
            bar,
        )
    return table


def _times(summary: Summary, horizon: int) -> Table:
    from sim.stats.summary import DAYS

    days = [day for day in DAYS if day <= horizon]
    table = table_of(
        "\nHas happened by day (the rest has not by the end of the run)",
        "first",
        *map(str, days),
        f"by day {horizon}",
        "median day",
    )
    for name, noun in TIMES.items():
        if name in summary.by_day:
            by, about = summary.by_day[name], summary.measures[name]
            middle = about.quantiles["q50"]
            median = f"{middle:.0f}" if middle is not None else f"after {horizon}"
            table.add_row(noun, *(_percent(by[day]) for day in days), _percent(about.ever), median)
    return table


def _measures(summary: Summary) -> Table:
    table = table_of("\nMeasures over the run", "measure", "mean", "5 %", "median", "95 %", "unit")
    dead = [name for name in summary.measures if name.startswith("deaths_")]
    for name in (*MAIN, *dead, *MORE):
        about = summary.measures.get(name)
        if about:
            numbers = (about.mean, *about.quantiles.values())
            table.add_row(name, *map(_figure, numbers), about.unit)
    return table


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.1f} %"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
