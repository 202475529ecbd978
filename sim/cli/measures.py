"""The command `measures`: what is counted in each replication."""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.markdown import WIDTH, head_of, rows_of
from sim.cli.options import Debug, Language, PageFormat
from sim.cli.scenarios import read

if TYPE_CHECKING:
    from sim.words import Words

SUMMARY = "Show the measures: name, unit, meaning."

Scenario = Annotated[
    str | None,
    typer.Argument(
        metavar="[SCENARIO]",
        help="Name the measures of this scenario's states, groups and sectors. [default: of any]",
    ),
]
Conditions = Annotated[
    bool,
    typer.Option(
        "--conditions",
        help="Show what conditions of events (`when`) can look at instead. [default: no]",
    ),
]
_HEADS = ("name", "unit", "meaning")


def command(
    scenario: Scenario = None,
    conditions: Conditions = False,
    form: PageFormat = "table",
    language: Language = "en",
    debug: Debug = False,
) -> int:
    """Show the measures of a replication: columns of `runs`, words of `outcomes` and `expect`.

    Example: run_sim.py measures two_states
    """
    from sim.cli.tables import screen, table_of
    from sim.words import words
    from sim.words.measures import unit_name

    wording = words(language)
    rows = _rows(scenario, wording, conditions=conditions)
    if form == "json":
        print(json.dumps([dict(zip(_HEADS, row, strict=True)) for row in rows], ensure_ascii=False))
        return 0
    heads = [wording.text(f"cli.measures.{key}") for key in _HEADS]
    shown = [(name, unit_name(unit, wording), meaning) for name, unit, meaning in rows]
    if form == "markdown":
        lines = [*head_of("measures", wording)]
        lines += rows_of(heads, [(f"`{name}`", *rest) for name, *rest in shown])
        if not conditions:
            said = [
                (f"`{name}`", unit_name(unit, wording), meaning)
                for name, unit, meaning in _rows(scenario, wording, conditions=True)
            ]
            lines += (f"## {wording.text('cli.measures.conditions_of_page')}", "")
            lines += (*wrap(wording.text("cli.measures.conditions_page"), WIDTH), "")
            lines += rows_of([wording.text("cli.measures.reading"), *heads[1:]], said)
        print("\n".join(lines).rstrip())
        return 0
    title = "conditions" if conditions else "title"
    table = table_of(wording.text(f"cli.measures.{title}"), *heads[:1])
    for head in heads[1:]:
        table.add_column(head, overflow="fold")
    for row in shown:
        table.add_row(*row)
    screen().print(table)
    return 0


def _rows(scenario: str | None, wording: Words, *, conditions: bool) -> list[tuple[str, str, str]]:
    """Name, unit and meaning of the measures, or of what conditions can look at beside them."""
    from sim.words.measures import measure_meaning, patterns, reading_patterns

    if scenario is None:
        found = reading_patterns(wording) if conditions else patterns(wording)
        return [(name, unit, meaning) for name, unit, meaning in found]
    of = read(scenario)
    if not conditions:
        return [(one.name, one.unit, measure_meaning(one, wording)) for one in of.measures]
    from sim.narration.conditions import RuleWriter

    writer = RuleWriter(of, wording)
    return [(one.name, one.unit, writer.reading(one)) for one in writer.readings.values()]
