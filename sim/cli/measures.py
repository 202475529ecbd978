"""The command `measures`: what is counted in each replication."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from sim.cli.markdown import head_of, rows_of
from sim.cli.options import Debug, Language, PageFormat
from sim.cli.scenarios import read

SUMMARY = "Show the measures: name, unit, meaning."

Scenario = Annotated[
    str | None,
    typer.Argument(
        metavar="[SCENARIO]",
        help="Name the measures of this scenario's states, groups and sectors. [default: of any]",
    ),
]
_HEADS = ("name", "unit", "meaning")


def command(
    scenario: Scenario = None,
    form: PageFormat = "table",
    language: Language = "en",
    debug: Debug = False,
) -> int:
    """Show the measures of a replication: columns of `runs`, words of `outcomes` and `expect`.

    Example: run_sim.py measures two_states
    """
    from sim.cli.tables import screen, table_of
    from sim.words import words
    from sim.words.measures import measure_meaning, patterns, unit_name

    wording = words(language)
    if scenario is None:
        rows = [(name, unit, meaning) for name, unit, meaning in patterns(wording)]
    else:
        of = read(scenario).measures
        rows = [(one.name, one.unit, measure_meaning(one, wording)) for one in of]
    if form == "json":
        print(json.dumps([dict(zip(_HEADS, row, strict=True)) for row in rows], ensure_ascii=False))
        return 0
    heads = [wording.text(f"cli.measures.{key}") for key in _HEADS]
    shown = [(name, unit_name(unit, wording), meaning) for name, unit, meaning in rows]
    if form == "markdown":
        lines = [*head_of("measures", wording)]
        lines += rows_of(heads, [(f"`{name}`", *rest) for name, *rest in shown])
        print("\n".join(lines).rstrip())
        return 0
    table = table_of(wording.text("cli.measures.title"), *heads[:1])
    for head in heads[1:]:
        table.add_column(head, overflow="fold")
    for row in shown:
        table.add_row(*row)
    screen().print(table)
    return 0
