"""The command `rerun`: a stored run computed again, and compared to the byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.cli.engine import chosen_engine
from sim.cli.exit_codes import DONE, PARTLY_FAILED
from sim.cli.options import AllowPython, Debug, Jobs, Language, ShortFormat
from sim.cli.results_folder import Folder, results_folder

if TYPE_CHECKING:
    from sim.studies.reproduction import Reproduction
    from sim.words import Words

SUMMARY = "Compute a stored run again: the same bytes, or what differs."
SHOWN = 10  # columns that differ, on the screen; JSON has all


def command(
    folder: Folder,
    jobs: Jobs = None,
    form: ShortFormat = "table",
    language: Language = "en",
    allow_python: AllowPython = False,
    debug: Debug = False,
) -> int:
    """Compute the replications of a results folder again, with its scenario and seed, and compare.

    Nothing is written. Exit codes: 0 every value is the same, 1 something differs, 2 no results.

    Example: run_sim.py rerun results/first
    """
    from sim.cli.progress import progress_display
    from sim.studies.reproduction import reproduce
    from sim.words import words

    wording, source = words(language), results_folder(folder)
    with progress_display(wording, quiet=form != "table") as progress:
        found = reproduce(source, jobs=jobs, progress=progress, engine=chosen_engine())
    if form == "json":
        from sim.studies.files import json_text

        runs = [one.as_json() for one in found]
        print(json_text({"same_values": all(one.holds for one in found), "runs": runs}))
    else:
        _print(found, wording)
    return DONE if all(one.holds for one in found) else PARTLY_FAILED


def _print(found: list[Reproduction], words: Words) -> None:
    from sim.cli.tables import screen

    console = screen()

    def say(key: str, **about: object) -> None:
        console.print(words.text(f"paper.rerun.{key}", **about), markup=False, soft_wrap=True)

    for one in found:
        about = {"place": one.folder, "scenario": one.scenario, "seed": str(one.seed)}
        say("head", **about, n=one.runs)
        for name, (there, here) in one.facts.items():
            say("fact", name=name, there=there, here=here)
        for name in one.edited:
            say("edited", name=name)
        for gap in one.gaps[:SHOWN]:
            values = {"there": gap.there, "here": gap.here, "n": gap.rows}
            where = {"table": gap.table, "column": gap.column}
            if gap.replication is None:
                say("gap", **where, **values)
            else:
                say("gap_from", **where, **values, replication=str(gap.replication))
        if len(one.gaps) > SHOWN:
            say("more", n=len(one.gaps) - SHOWN)
        say("same_bytes" if one.same_bytes and one.holds else "same" if one.holds else "differs")
