"""The command `serve`: a folder of pages for the devices of a room."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from sim.cli.options import Debug, Language
from sim.cli.parsers import path, whole
from sim.errors import ModelError

SUMMARY = "Show a folder of pages to the devices of a room."

Folder = Annotated[Path, typer.Argument(parser=path, help="A folder, such as an unpacked pack.")]
Share = Annotated[
    bool,
    typer.Option(
        "--share",
        help="Let other devices of the network see it, and show address and QR code. "
        "[default: this device alone]",
    ),
]
Port = Annotated[
    int,
    typer.Option(
        "--port",
        parser=whole("--port", 0, 65_535),
        metavar="N",
        help="Port; 0 for a free one.",
    ),
]


def command(
    folder: Folder,
    share: Share = False,
    port: Port = 0,
    language: Language = "en",
    debug: Debug = False,
) -> int:
    """Show the pages of a folder in browsers, read only, until Ctrl-C.

    Nothing but the files of the folder is served, and nothing is written or sent elsewhere. Without
    --share only this device can open it.

    Example: run_sim.py serve lesson --share
    """
    from sim.classroom.serving import address, code, server
    from sim.words import words

    if not folder.is_dir():
        hint = "unpack the archive first" if folder.is_file() else "there is nothing of that name"
        raise ModelError(f"serve: must be a folder, got {folder} ({hint})")
    wording = words(language)
    with server(folder, port, share=share) as running:
        where = address(running, share=share)
        key = "cli.serve.shared" if share else "cli.serve.own"
        print(wording.text(key, address=where), flush=True)
        if share:
            print(code(where), flush=True)
        print(wording.text("cli.serve.stop"), file=sys.stderr, flush=True)
        running.serve_forever()
    return 0
