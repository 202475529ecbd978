"""What `list --long` says of a bundled scenario beyond its heading."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.words import Words


def details(path: Path, words: Words) -> list[str]:
    """Lines on who is in a scenario, when it is, and how its numbers are founded."""
    from sim.errors import ScenarioError
    from sim.narration.names import titles_of
    from sim.scenario import load, localise

    try:
        scenario, words = localise(load(path), words)
    except ScenarioError:
        return [words.text("cli.list.unread")]
    file, titles = scenario.file, titles_of(scenario.file)
    given = [number for number in scenario.numbers().values() if not number.default]
    kinds = {
        kind: words.join([titles[name] for name in table])
        for kind, table in (
            ("states", file.states),
            ("groups", file.groups),
            ("mediators", file.mediators),
        )
        if table
    }
    designs = ", ".join(scenario.designs)
    return [
        *(words.text(f"cli.list.{kind}", names=names) for kind, names in kinds.items()),
        words.text(
            "cli.list.when",
            release=words.date(file.release),
            horizon=words.count(file.horizon, "day"),
            events=words.text("cli.list.events", n=len(file.history)),
        ),
        words.text(
            "cli.list.numbers",
            given=len(given),
            sourced=sum(1 for number in given if number.source),
            sources=words.text("cli.list.sources", n=len(file.sources)),
        ),
        *([words.text("cli.list.designs", names=designs)] if designs else []),
    ]
