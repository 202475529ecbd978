"""The command `list`: the bundled scenarios."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

import sim
from sim.bundle import bundled_files
from sim.cli.lines import wrap_line
from sim.cli.list_details import details
from sim.cli.options import Debug, Language
from sim.cli.scenarios import heading
from sim.errors import ScenarioError

if TYPE_CHECKING:
    from sim.words import Words

PLAIN = "en"  # the language of the bundled files
SUMMARY = "Show the bundled scenarios."


class Entry(NamedTuple):
    """A bundled scenario as the list has it: its subfolder if any, kind, name, and what it says."""

    folder: str
    kind: str
    name: str
    title: str
    question: str
    path: Path


Long = Annotated[
    bool,
    typer.Option(
        "--long", help="Say who is in each, when it is, and what its numbers rest on. [default: no]"
    ),
]


def command(long: Long = False, language: Language = "en", debug: Debug = False) -> int:
    """Show the bundled scenarios by kind: name, kind, title and question; subfolders come last.

    Example: run_sim.py list
    """
    from sim.words import words

    wording = words(language)
    entries = sorted(_entry(path, wording) for path in bundled_files())
    for (folder, kind), group in groupby(entries, key=lambda one: (one.folder, one.kind)):
        print(f"{folder}/" if folder else f"{kind}:")
        for one in group:
            print(wording.text("cli.list.name", name=one.name, kind=one.kind))
            print(wrap_line(f"    {one.title}"))
            if one.question:
                print(wrap_line(f"    {one.question}"))
            for line in details(one.path, wording) if long else ():
                print(wrap_line(f"    {line}"))
    return 0


def _about(path: Path, wording: Words) -> dict[str, str]:
    """Title, kind and question, in the language of the reader where the file gives them in it."""
    if wording.language == PLAIN:
        return heading(path)  # a tenth of the time that reading the whole file takes
    from sim.scenario import load, localise

    scenario, _ = localise(load(path), wording)
    return {"title": scenario.title, "kind": scenario.kind, "question": scenario.question}


def _entry(path: Path, wording: Words) -> Entry:
    folder = path.parent.relative_to(sim.scenarios()).as_posix()
    try:
        about = _about(path, wording)
    except (OSError, ValueError, RecursionError, ScenarioError):
        about = {"title": wording.text("cli.list.unread")}
    return Entry(
        folder if folder != "." else "",
        wording.term("vocabulary.scenario_kinds", about.get("kind", "stylised")),
        path.stem,
        about.get("title", ""),
        about.get("question", ""),
        path,
    )
