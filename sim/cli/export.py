"""The command `export`: results for a paper, as LaTeX, Stata, R, text to cite, or one archive."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sim.cli.exit_codes import DONE
from sim.cli.options import Debug, Language
from sim.cli.parsers import BadUse, path, whole
from sim.cli.results_folder import Folder, results_folder

if TYPE_CHECKING:
    from sim.studies.event_study import EventStudy
    from sim.words import Words

SUMMARY = "Write results for a paper: LaTeX, Stata, R, text to cite, a bundle."
ENDINGS = (".zip",)

Bundle = Annotated[
    Path | None,
    typer.Option(
        "--bundle",
        parser=path,
        metavar="FILE.zip",
        help="Write one archive with tables, scenario, versions, checksums and how to compute it "
        "again. [default: none]",
    ),
]
EventOf = Annotated[
    str | None,
    typer.Option(
        "--event-study",
        metavar="EVENT",
        help="Also figures and tables of the days before and after an event, beside matched "
        "control days: an action (raid), a kind of event (attack), strike for every air strike, "
        "or an action, event or flow of the file's own; raid.westmark is one actor's. Needs a run "
        "with --events. [default: none]",
    ),
]
Of = Annotated[
    str | None,
    typer.Option(
        "--of",
        metavar="SERIES,...",
        help="What is shown around the event: deaths, interstate, rung; outrage, grievance, "
        "belief, weariness and others of a run with --daily; or an event, counted by day. "
        "[default: deaths]",
    ),
]
Window = Annotated[
    int | None,
    typer.Option(
        "--window",
        parser=whole("--window", 1, 365),
        metavar="DAYS",
        help="Days before and after the event, a number from 1. [default: 14]",
    ),
]
Ahead = Annotated[
    bool,
    typer.Option(
        "--quiet-after",
        help="Ask control days for no such event in the days after, too; that chooses them by "
        "their future. [default: no]",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        parser=path,
        metavar="DIR",
        help="Where the files go. [default: FOLDER/export; nowhere with --bundle alone]",
    ),
]


def command(
    folder: Folder,
    out: Out = None,
    archive: Bundle = None,
    event: EventOf = None,
    series: Of = None,
    window: Window = None,
    ahead: Ahead = False,
    language: Language = "en",
    debug: Debug = False,
) -> int:
    """Write LaTeX tables, the runs for Stata and R, and text to cite; or all of it as one archive.

    With --event-study also what happened before and after an event, beside control days.

    Example: run_sim.py export results/first --event-study strike --of deaths,outrage
    """
    _refuse_alone(event, {"--of": series, "--window": window, "--quiet-after": ahead or None})
    from sim.classroom import page
    from sim.cli.tables import screen
    from sim.files import make_folder, write_file
    from sim.studies.paper_files import FOLDER, bundle, paper_files
    from sim.words import words

    if archive is not None:
        page.fit(archive, ENDINGS, option="--bundle")
    wording, console, source = words(language), screen(), results_folder(folder)
    if archive is not None:
        write_file(archive, bundle(source, wording))
        console.print(wording.text("paper.export.bundle", place=str(archive)), soft_wrap=True)
    if out is not None or archive is None or event is not None:
        home = out or source / FOLDER
        found = paper_files(source, wording)
        if event is not None:
            study = _study(source, event, series, window, ahead=ahead)
            found |= _event_files(study, wording)
            for line in study.sentences(wording):
                console.print(line, soft_wrap=True, highlight=False, markup=False)
        for name, content in found.items():
            make_folder((home / name).parent)
            write_file(home / name, content)
        about = {"n": len(found), "place": str(home)}
        console.print(wording.text("paper.export.written", **about), soft_wrap=True)
        for name in found:
            if Path(name).name == "CITE.txt":
                console.print(found[name].decode().strip(), soft_wrap=True)
    return DONE


def _refuse_alone(event: str | None, options: Mapping[str, object]) -> None:
    """Refuse options of an event study without one. Raise a `BadUse` that names the first."""
    given = [name for name, value in options.items() if value is not None]
    if event is None and given:
        raise BadUse(f"{given[0]}: must come with --event-study EVENT, got it alone")


def _study(
    folder: Path, event: str, series: str | None, window: int | None, *, ahead: bool
) -> EventStudy:
    """The event study of one run."""
    from sim.ensemble.reopen import folders
    from sim.studies.event_study import SERIES, WINDOW, event_study

    found = folders(str(folder))
    if len(found) > 1:
        raise BadUse(
            f"{folder}: must be the folder of one run for --event-study, got {len(found)} runs "
            f"(give one of them, for example {found[0]})"
        )
    names = [one.strip() for one in series.split(",")] if series else SERIES
    return event_study(found[0], event, names, window=window or WINDOW, ahead=ahead)


def _event_files(study: EventStudy, words: Words) -> dict[str, bytes]:
    """Its tables and figures by the names of their files."""
    from sim.report.figures.drawing import pictures
    from sim.report.figures.event_study import drawings
    from sim.scenario import localise
    from sim.studies.paper_tables import event_study_tables

    scenario, said = localise(study.scenario, words)
    study = replace(study, scenario=scenario)
    found = event_study_tables(study, said)
    for one in drawings(study, said):
        png, svg = pictures(one, said)
        found |= {f"{one.name}.png": png, f"{one.name}.svg": svg}
    return found
