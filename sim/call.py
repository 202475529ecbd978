"""Command lines that repeat a result, as a user types them."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

PROGRAM = "run_sim.py"


ALLOW_PYTHON = "--allow-python"


def scenario_words(
    scenario: str, settings: Sequence[str] = (), *, python: bool = False
) -> list[str]:
    """The words that name a scenario with its `PATH=VALUE` settings.

    With `python` also the consent to run the Python policies that it names.
    """
    named = [scenario, *(word for setting in settings for word in ("--set", setting))]
    return [*named, ALLOW_PYTHON] if python else named


def scenario_text(scenario: str, settings: Sequence[str] = (), *, python: bool = False) -> str:
    """The same as one text, quoted for a shell."""
    return shlex.join(scenario_words(scenario, settings, python=python))


def option_words(options: Mapping[str, object]) -> list[str]:
    """`--name value` for each option; a sequence repeats its option, None leaves it out."""
    found: list[str] = []
    for name, value in options.items():
        many = value if isinstance(value, Iterable) and not isinstance(value, str) else (value,)
        found += [word for one in many if one is not None for word in (f"--{name}", str(one))]
    return found


def command_line(command: str, words: Sequence[str], options: Mapping[str, object]) -> str:
    """A whole call, such as `run_sim.py replay two_states --seed 7`, quoted for a shell."""
    return shlex.join([PROGRAM, command, *words, *option_words(options)])


def this_call() -> str:
    """The call of this process as it was typed, quoted for a shell: for manifests and pages."""
    return shlex.join([Path(sys.argv[0]).name, *sys.argv[1:]])
