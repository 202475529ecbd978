"""The commands and their options, with help that gives unit, default and a real call."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from sim.cli.commands import auditing, comparing, inputs, main_job, teaching
from sim.cli.words import BadUse, near

#: Groups of commands in the order in which help lists them; a new command is a function in one of
# them, a new group one more here.
GROUPS = (main_job.group, comparing.group, inputs.group, auditing.group, teaching.group)

app = typer.Typer(
    name="escalation",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    help="""Simulate escalation between states: a scenario file becomes a distribution of outcomes.

    An illustrative model for teaching and research, not a forecast. SCENARIO is a file, - for standard input, or the
    name of a bundled scenario; `run_sim.py SCENARIO` alone means `run SCENARIO`.

    Example: run_sim.py run two_states --runs 2000 --seed 7 --out results/first""",
)


@app.callback()
def front(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Answer --version; the commands do the rest."""


for group in GROUPS:
    app.add_typer(group)


def call(words: list[str]) -> int:
    """Find the command that was meant and run it; gives its exit code. Raise a `BadUse` that says what was wrong."""
    if "--version" in words[:1]:
        from sim.version import __version__

        print(f"escalation {__version__}")
        return 0
    command = get_command(app)
    try:
        # not app(): that swallows Ctrl-C and closed pipes, which are main's
        with command.make_context(_called(), routed(words) or ["--help"]) as context:
            return int(command.invoke(context) or 0)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        raise BadUse(_one_line(error.format_message(), words)) from error


def commands() -> list[str]:
    """Names of all commands, in the order of the help."""
    return [
        command.name or (command.callback.__name__ if command.callback else "")
        for group in GROUPS
        for command in group.registered_commands
    ]


def routed(words: list[str]) -> list[str]:
    """The words, with `run` put before a scenario that stands alone."""
    if not words or words[0] in commands() or (words[0].startswith("-") and words[0] != "-"):
        return words
    from sim.cli.scenarios import names, seems_scenario

    if seems_scenario(words[0]):
        return ["run", *words]
    known = [*commands(), *names()]
    raise BadUse(
        f"{words[0]}: must be a command, a scenario file or a bundled scenario{near(words[0], known)}; commands are {', '.join(commands())}"
    )


def _called() -> str:
    """The name that we were called by."""
    return Path(sys.argv[0]).name


def _one_line(message: str, words: list[str]) -> str:
    """Typer's own complaint on one line, with the way to the help."""
    command = next((word for word in words if word in commands()), "")
    message = re.sub(
        r"(?<=Missing argument )'\w+'",
        lambda found: found[0].upper(),
        " ".join(message.split()).rstrip("."),
    )
    return f"{message} (see {' '.join(filter(None, [_called(), command]))} --help)"
