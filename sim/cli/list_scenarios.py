"""The command `list`: the bundled scenarios."""

from __future__ import annotations

from typing import Annotated

import typer

from sim.cli.list_details import details
from sim.cli.options import Debug, Language
from sim.cli.scenarios import bundled_files, heading

SUMMARY = "Show the bundled scenarios."


Long = Annotated[
    bool,
    typer.Option(
        "--long", help="Say who is in each, when it is, and what its numbers rest on. [default: no]"
    ),
]


def command(long: Long = False, language: Language = "en", debug: Debug = False) -> int:
    """Show the bundled scenarios: name, kind, title and question.

    Example: run_sim.py list
    """
    from sim.words import words

    wording = words(language)
    for path in bundled_files():
        try:
            about = heading(path)
        except (OSError, ValueError, RecursionError):
            about = {"title": wording.text("cli.list.unread")}
        kind = wording.term("vocabulary.scenario_kinds", about.get("kind", "stylised"))
        print(wording.text("cli.list.name", name=path.stem, kind=kind))
        print(f"    {about.get('title', '')}")
        if about.get("question"):
            print(f"    {about['question']}")
        for line in details(path, wording) if long else ():
            print(f"    {line}")
    return 0
