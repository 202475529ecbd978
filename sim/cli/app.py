"""The commands and their options, with help that gives unit, default and a real call."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from sim.cli.words import BadUse, near, whole

FORMATS = ("table", "json", "csv")
COMMANDS = ("run", "check", "list", "trace", "resolve", "schema")
MOST_RUNS, MOST_JOBS, MOST_SEED, MOST_NUMBER = 10_000_000, 1024, 2**64 - 1, 2**63 - 1

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

Scenario = Annotated[str, typer.Argument(help="A scenario file, - for standard input, or a bundled scenario's name.")]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="PATH=VALUE", help="Set a value of the scenario by its dotted path, in the file's own unit; may be repeated. [default: none]"
    ),
]
Seed = Annotated[str | None, typer.Option("--seed", metavar="N", help="Root seed, a whole number from 0. [default: a new one, which is shown]")]
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback with an error. [default: no]")]


@app.callback()
def front(version: Annotated[bool, typer.Option("--version", is_eager=True, help="Show the version.")] = False) -> None:
    """Answer --version; the commands do the rest."""


@app.command(short_help="Run many replications; show and keep the outcomes.")
def run(
    scenario: Scenario,
    runs: Annotated[str, typer.Option("--runs", metavar="N", help="Replications, a number from 1.")] = "1000",
    seed: Seed = None,
    jobs: Annotated[str | None, typer.Option("--jobs", metavar="N", help="Workers, a number from 1. [default: all processors]")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="Results folder; one that holds some replications gets the others. [default: results/ID-DIGEST-seedN]"),
    ] = None,
    settings: Settings = None,
    form: Annotated[str, typer.Option("--format", metavar="table|json|csv", help="How to print the summary.")] = "table",
    report: Annotated[bool, typer.Option("--report/--no-report", help="Write figures and report.html.")] = True,
    fresh: Annotated[bool, typer.Option("--fresh", help="Discard what an earlier run left in the folder. [default: no]")] = False,
    debug: Debug = False,
) -> int:
    """Run many replications of a scenario and show the distribution of outcomes.

    A run that was stopped or killed goes on where it was when it is called again with the same folder.

    Example: run_sim.py run scenarios/two_states.yaml --runs 2000 --seed 7 --set horizon=90
    """
    from sim.cli.run import Request, carry_out

    numbers = whole("--runs", runs, 1, MOST_RUNS), whole("--seed", seed, 0, MOST_SEED), whole("--jobs", jobs, 1, MOST_JOBS)
    if form not in FORMATS:
        raise BadUse(f"--format: must be one of {', '.join(FORMATS)}, got {form}{near(form, FORMATS)}")
    return carry_out(Request(scenario, *numbers, out, tuple(settings or ()), form, report, fresh))


@app.command(short_help="Show everything that is wrong with scenarios.")
def check(
    scenarios: Annotated[list[str], typer.Argument(help="Scenario files, - for standard input, or bundled scenarios' names.")],
    settings: Settings = None,
    test: Annotated[bool, typer.Option("--run", help="Run a short ensemble of each too, and test its `expect` block. [default: no]")] = False,
    runs: Annotated[str, typer.Option("--runs", metavar="N", help="Replications of the short ensemble.")] = "500",
    seed: Annotated[str, typer.Option("--seed", metavar="N", help="Root seed of the short ensemble.")] = "1",
    debug: Debug = False,
) -> int:
    """Read scenarios strictly and show everything that is wrong with them, all at once.

    Example: run_sim.py check scenarios/two_states.yaml --run
    """
    from sim.cli.check import carry_out

    return carry_out(scenarios, settings or [], test, whole("--runs", runs, 1, MOST_RUNS), whole("--seed", seed, 0, MOST_SEED))


@app.command("list", short_help="Show the bundled scenarios.")
def list_(debug: Debug = False) -> int:
    """Show the bundled scenarios: name, kind, title and question.

    Example: run_sim.py list
    """
    from sim.cli.library import show

    return show()


@app.command(short_help="Tell one replication day by day.")
def trace(
    scenario: Scenario,
    replication: Annotated[str, typer.Option("--replication", metavar="K", help="Number of the replication, from 0.")] = "0",
    seed: Seed = None,
    settings: Settings = None,
    days: Annotated[
        str,
        typer.Option(
            "--days",
            metavar="A:B",
            show_default=False,
            help="Only these days after the release, the first and the last; 0 and below is history. [default: all]",
        ),
    ] = ":",
    every: Annotated[bool, typer.Option("--every", help="Tell small attacks and operations one by one, too. [default: no]")] = False,
    debug: Debug = False,
) -> int:
    """Tell one replication day by day: who did what to whom, who died, and the rung.

    Example: run_sim.py trace two_states --seed 7 --replication 3 --days 1:30
    """
    from sim.cli.trace import carry_out, span

    numbers = whole("--replication", replication, 0, MOST_NUMBER), whole("--seed", seed, 0, MOST_SEED)
    return carry_out(scenario, settings or [], *numbers, span(days), every)


@app.command(short_help="Print a scenario in full.")
def resolve(scenario: Scenario, settings: Settings = None, debug: Debug = False) -> int:
    """Print a scenario in full: every default and every inherited value, with the file that it came from.

    Example: run_sim.py resolve two_states > full.yaml
    """
    from sim.cli.library import read

    print(read(scenario, settings or []).resolved_text(), end="")
    return 0


@app.command(short_help="Print the JSON Schema of scenarios.")
def schema(debug: Debug = False) -> int:
    """Print the JSON Schema of the scenario language, for completion in editors.

    Example: run_sim.py schema > scenario.schema.json
    """
    import json

    from sim.scenario import schema_json

    print(json.dumps(schema_json(), indent=2, ensure_ascii=False))
    return 0


def call(words: list[str]) -> int:
    """Find the command that was meant and run it; gives its exit code. Raise a `BadUse` that says what was wrong."""
    if "--version" in words[:1]:
        from sim import __version__

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


def routed(words: list[str]) -> list[str]:
    """The words, with `run` put before a scenario that stands alone."""
    if not words or words[0] in COMMANDS or (words[0].startswith("-") and words[0] != "-"):
        return words
    from sim.cli.library import names, seems_scenario

    if seems_scenario(words[0]):
        return ["run", *words]
    known = [*COMMANDS, *names()]
    raise BadUse(f"{words[0]}: must be a command, a scenario file or a bundled scenario{near(words[0], known)}; commands are {', '.join(COMMANDS)}")


def _called() -> str:
    """The name that we were called by."""
    return Path(sys.argv[0]).name


def _one_line(message: str, words: list[str]) -> str:
    """Typer's own complaint on one line, with the way to the help."""
    command = next((word for word in words if word in COMMANDS), "")
    message = re.sub(r"(?<=Missing argument )'\w+'", lambda found: found[0].upper(), " ".join(message.split()).rstrip("."))
    return f"{message} (see {' '.join(filter(None, [_called(), command]))} --help)"
