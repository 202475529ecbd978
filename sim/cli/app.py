"""All commands in the order of the help, and how a call finds its command."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from sim.cli import (
    audit,
    check,
    compare,
    describe,
    diff,
    discover,
    explain,
    fields,
    fmt,
    fork,
    lesson,
    list_scenarios,
    measures,
    new,
    pack,
    page,
    policies,
    replay,
    resolve,
    run,
    schema,
    sensitivity,
    serve,
    sweep,
    tournament,
    trace,
    uncertainty,
)
from sim.cli.parsers import BadUse, near

#: A new command is a module with `SUMMARY` and `command`, and one line here.
COMMANDS = {
    "run": run,
    "check": check,
    "list": list_scenarios,
    "trace": trace,
    "resolve": resolve,
    "schema": schema,
    "compare": compare,
    "fork": fork,
    "uncertainty": uncertainty,
    "sensitivity": sensitivity,
    "sweep": sweep,
    "discover": discover,
    "tournament": tournament,
    "audit": audit,
    "lesson": lesson,
    "page": page,
    "pack": pack,
    "serve": serve,
    "replay": replay,
    "explain": explain,
    "new": new,
    "describe": describe,
    "fields": fields,
    "measures": measures,
    "policies": policies,
    "diff": diff,
    "fmt": fmt,
}

app = typer.Typer(
    name="escalation",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="""Simulate escalation between states: a scenario file becomes a distribution of outcomes.

    An illustrative model for teaching and research, not a forecast. SCENARIO is a file, - for
    standard input, or the name of a bundled scenario; `run_sim.py SCENARIO` alone means
    `run SCENARIO`.

    Example: run_sim.py run two_states --runs 2000 --seed 7 --out results/first""",
)


@app.callback()
def front(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Answer --version; the commands do the rest."""


for name, module in COMMANDS.items():
    app.command(name, short_help=module.SUMMARY)(module.command)


def call(words: list[str]) -> int:
    """Find the command of a call and run it; gives its exit code.

    Raises
    ------
    BadUse : if the words are no call, with what is wrong
    """
    if "--version" in words[:1]:
        from sim.version import __version__

        print(f"escalation {__version__}")
        return 0
    command = get_command(app)
    try:
        # not app(): that swallows Ctrl-C and closed pipes, which are main's
        with command.make_context(_program(), with_command(words) or ["--help"]) as context:
            return int(command.invoke(context) or 0)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        raise BadUse(_one_line(error.format_message(), words)) from error


def with_command(words: list[str]) -> list[str]:
    """The words, with `run` put before a scenario that stands alone."""
    if not words or words[0] in COMMANDS or (words[0].startswith("-") and words[0] != "-"):
        return words
    from sim.bundle import bundled_names as names
    from sim.cli.scenarios import seems_scenario

    if seems_scenario(words[0]):
        return ["run", *words]
    raise BadUse(
        f"{words[0]}: must be a command, a scenario file or a bundled scenario"
        f"{near(words[0], [*COMMANDS, *names()])}; commands are {', '.join(COMMANDS)}"
    )


def _program() -> str:
    """The name by which this program was called."""
    return Path(sys.argv[0]).name


def _one_line(message: str, words: list[str]) -> str:
    """Typer's own complaint on one line, with the way to the help."""
    command = next((word for word in words if word in COMMANDS), "")
    message = re.sub(
        r"(?<=Missing argument )'\w+'",
        lambda found: found[0].upper(),
        " ".join(message.split()).rstrip("."),
    )
    return f"{message} (see {' '.join(filter(None, [_program(), command]))} --help)"
