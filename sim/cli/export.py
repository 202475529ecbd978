"""The command `export`: results for a paper, as LaTeX, Stata, R, text to cite, or one archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sim.cli.exit_codes import DONE
from sim.cli.options import Debug, Language
from sim.cli.parsers import path
from sim.cli.results_folder import Folder, results_folder

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
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        parser=path,
        metavar="DIR",
        help="Where the files go. [default: FOLDER/export; nowhere with --bundle]",
    ),
]


def command(
    folder: Folder,
    out: Out = None,
    archive: Bundle = None,
    language: Language = "en",
    debug: Debug = False,
) -> int:
    """Write LaTeX tables, the runs for Stata and R, and text to cite; or all of it as one archive.

    Example: run_sim.py export results/first --bundle first.zip
    """
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
    if out is not None or archive is None:
        home = out or source / FOLDER
        found = paper_files(source, wording)
        for name, content in found.items():
            make_folder((home / name).parent)
            write_file(home / name, content)
        about = {"n": len(found), "place": str(home)}
        console.print(wording.text("paper.export.written", **about), soft_wrap=True)
        for name in found:
            if Path(name).name == "CITE.txt":
                console.print(found[name].decode().strip(), soft_wrap=True)
    return DONE
